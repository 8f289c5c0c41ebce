/* test_shingles.c: the shingle index beside a naive model: adds, expiries, reopenings, merges; what a
 * killed run leaves behind; damaged and cut files. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "copies/shingles.h"
#include "folder.h"
#include "roll.h"
#include "test.h"

enum { PAGES = 400, WORDS = 97, MOST = 12 };

/* The model: every page with its shingles, in a table. */
typedef struct model {
    uint32_t n;
    int32_t day[PAGES];
    uint32_t shingle[PAGES][MOST], shingles[PAGES];
    bool gone[PAGES];
} model;

/* A shingle of few values, spread over all 32 bits so that every bucket of a sweep is met. */
static uint32_t spread(uint32_t word) { return word * UINT32_C(0x9e3779b1); }

static void add_page(dl_shingles *x, model *m, uint64_t *seed)
{
    dl_error err;
    uint32_t p = m->n++, k = 0, want = roll(seed) % MOST;
    for (uint32_t word = roll(seed) % 9; k < want && word < WORDS; word += 1 + roll(seed) % 9) m->shingle[p][k++] = spread(word);
    m->shingles[p] = k;
    m->day[p] = roll(seed) % 8 ? 19000 + (int32_t)(roll(seed) % 12) : DL_NO_DAY_KNOWN;
    assert_int_equal(dl_shingles_add(x, p, m->day[p], m->shingle[p], k, &err), DL_OK);
}

static bool model_holds(const model *m, uint32_t page, uint32_t shingle)
{
    for (uint32_t k = 0; !m->gone[page] && k < m->shingles[page]; k++) {
        if (m->shingle[page][k] == shingle) return true;
    }
    return false;
}

static uint32_t model_count(const model *m, uint32_t shingle)
{
    uint32_t n = 0;
    for (uint32_t p = 0; p < m->n; p++) n += model_holds(m, p, shingle);
    return n;
}

typedef struct swept {
    const model *m;
    uint32_t last, rows;
    bool any;
} swept;

static dl_status see(void *ctx, uint32_t shingle, uint32_t *page, uint32_t n, dl_error *err)
{
    swept *s = ctx;
    (void)err;
    assert_true(!s->any || shingle > s->last);
    assert_int_equal(n, model_count(s->m, shingle));
    for (uint32_t i = 0; i < n; i++) assert_true(model_holds(s->m, page[i], shingle));
    s->last = shingle;
    s->any = true;
    s->rows++;
    return DL_OK;
}

static void compare(dl_shingles *x, const model *m)
{
    dl_error err;
    swept s = { .m = m };
    uint32_t rows = 0;
    for (uint32_t word = 0; word < WORDS; word++) {
        uint32_t n = 0, page;
        dl_shingle_cursor c;
        dl_shingles_seek(&c, x, spread(word));
        while (dl_shingles_next(&c, &page)) {
            assert_true(model_holds(m, page, spread(word)));
            n++;
        }
        assert_int_equal(n, model_count(m, spread(word)));
        rows += n > 1;
    }
    assert_int_equal(dl_shingles_sweep(x, see, &s, &err), DL_OK);
    assert_int_equal(s.rows, rows);
}

static void expire(dl_shingles *x, model *m, int32_t day)
{
    dl_error err;
    assert_int_equal(dl_shingles_expire(x, day, DL_STR("note"), &err), DL_OK);
    for (uint32_t p = 0; p < m->n; p++) m->gone[p] |= m->day[p] != DL_NO_DAY_KNOWN && m->day[p] < day;
}

/* Random commits, expiries and reopenings; what was added but not committed is lost with the handle. */
static void agrees_with_the_model(void **state)
{
    (void)state;
    for (uint64_t round = 1; round <= 12; round++) {
        model *m = calloc(1, sizeof *m);
        dl_shingles x;
        dl_error err;
        uint64_t seed = round;
        int32_t day = 19000;
        bool named = round % 3 != 0;
        assert_non_null(m);
        assert_int_equal(dl_shingles_open(&x, named ? dir : NULL, &err), DL_OK);
        while (m->n < PAGES - 10) {
            for (uint32_t n = roll(&seed) % 10; n > 0; n--) add_page(&x, m, &seed);
            assert_int_equal(dl_shingles_commit(&x, DL_STR("note"), &err), DL_OK);
            if (roll(&seed) % 16 == 0 && day < 19008) expire(&x, m, day += (int32_t)(roll(&seed) % 3));
            if (named && roll(&seed) % 8 == 0) {
                uint32_t before = m->n;
                add_page(&x, m, &seed);
                m->n = before;
                dl_shingles_close(&x);
                assert_int_equal(dl_shingles_open(&x, dir, &err), DL_OK);
                assert_string_equal(x.note.p, "note");
            }
            assert_true(x.n_seg <= DL_SEGMENTS_MAX + 1);
        }
        compare(&x, m);
        expire(&x, m, 19100);
        compare(&x, m);
        dl_shingles_close(&x);
        remove_dir(NULL);
        assert_int_equal(mkdir(dir, 0700), 0);
        free(m);
    }
}

static char *file_of(const char *kind, char path[512])
{
    DIR *d = opendir(dir);
    path[0] = 0;
    for (struct dirent *e; d && (e = readdir(d));) {
        if (strstr(e->d_name, kind)) snprintf(path, 512, "%s/%s", dir, e->d_name);
    }
    closedir(d);
    assert_true(path[0]);
    return path;
}

static void one_commit(void)
{
    dl_shingles x;
    dl_error err;
    static const uint32_t shingle[] = { 5, 700, 70000, 4000000000u };
    assert_int_equal(dl_shingles_open(&x, dir, &err), DL_OK);
    assert_int_equal(dl_shingles_add(&x, 0, 19000, shingle, 4, &err), DL_OK);
    assert_int_equal(dl_shingles_add(&x, 1, 19001, shingle + 1, 2, &err), DL_OK);
    assert_int_equal(dl_shingles_commit(&x, DL_STR("here"), &err), DL_OK);
    dl_shingles_close(&x);
}

static void cut_files_are_named_with_their_byte(void **state)
{
    (void)state;
    char path[512];
    struct stat info;
    dl_shingles x;
    dl_error err;
    one_commit();
    assert_int_equal(stat(file_of(".shingles", path), &info), 0);
    assert_int_equal(truncate(path, info.st_size - 3), 0);
    assert_int_equal(dl_shingles_open(&x, dir, &err), DL_ESTORE);
    assert_string_equal(err.where, path);
    assert_int_equal(err.offset, (uint64_t)info.st_size - 3);
    dl_shingles_close(&x);
    assert_int_equal(stat(file_of("index", path), &info), 0);
    assert_int_equal(truncate(path, 20), 0);
    assert_int_equal(dl_shingles_open(&x, dir, &err), DL_ESTORE);
    assert_string_equal(err.where, path);
    dl_shingles_close(&x);
}

/* Every byte of both files, changed: an error, and never another answer. */
static void changed_bytes_are_found(void **state)
{
    (void)state;
    static const char *const kind[] = { ".shingles", "index" };
    one_commit();
    for (int k = 0; k < 2; k++) {
        char path[512];
        struct stat info;
        assert_int_equal(stat(file_of(kind[k], path), &info), 0);
        for (long at = 0; at < info.st_size; at++) {
            dl_shingles x;
            dl_error err;
            FILE *f = fopen(path, "r+b");
            assert_non_null(f);
            fseek(f, at, SEEK_SET);
            int was = fgetc(f);
            fseek(f, at, SEEK_SET);
            fputc(was ^ 0x40, f);
            fclose(f);
            dl_status st = dl_shingles_open(&x, dir, &err);
            assert_true(st == DL_ESTORE || st == DL_EIO);
            dl_shingles_close(&x);
            f = fopen(path, "r+b");
            fseek(f, at, SEEK_SET);
            fputc(was, f);
            fclose(f);
        }
    }
}

/* A run that was killed behind its segment and before its manifest: the next clears it away. */
static void what_a_killed_run_left_is_cleared(void **state)
{
    (void)state;
    char stray[512];
    dl_shingles x;
    dl_error err;
    uint32_t page;
    dl_shingle_cursor c;
    one_commit();
    snprintf(stray, sizeof stray, "%s/%08d.shingles", dir, 2);
    FILE *f = fopen(stray, "wb");
    fputs("half a segment", f);
    fclose(f);
    assert_int_equal(dl_shingles_open(&x, dir, &err), DL_OK);
    assert_int_equal(access(stray, F_OK), -1);
    dl_shingles_seek(&c, &x, 700);
    assert_true(dl_shingles_next(&c, &page) && page == 0);
    assert_true(dl_shingles_next(&c, &page) && page == 1);
    assert_false(dl_shingles_next(&c, &page));
    dl_shingles_close(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(agrees_with_the_model, make_dir, remove_dir),
        cmocka_unit_test_setup_teardown(cut_files_are_named_with_their_byte, make_dir, remove_dir),
        cmocka_unit_test_setup_teardown(changed_bytes_are_found, make_dir, remove_dir),
        cmocka_unit_test_setup_teardown(what_a_killed_run_left_is_cleared, make_dir, remove_dir),
    };
    return cmocka_run_group_tests_name("shingles", tests, NULL, NULL);
}
