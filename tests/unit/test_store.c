/* test_store.c: a store keeps pages, knows them again, finds passages, and refuses what is not one. */
#include "test.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "search/query.h"
#include "store/handle.h"

static dl_bytes sealed(const char *id, const char *text)
{
    dl_build b;
    dl_bytes block;
    dl_error err;
    dl_build_init(&b);
    b.meta.id = dl_put(&b, dl_str_of(id));
    dl_span at = dl_put_text(&b, dl_str_of(text));
    dl_put_text(&b, DL_STR("\n"));
    b.meta.body_len = b.d.text_len;
    uint32_t row = dl_row(&b, DL_T_BLOCKS);
    b.d.blocks.span[row] = at;
    b.d.blocks.time[row] = DL_NEVER;
    assert_int_equal(dl_seal(&block, &b, &err), DL_OK);
    dl_build_free(&b);
    return block;
}

static void put(dl_store *s, uint64_t key, const char *id, const char *text)
{
    dl_doc d;
    dl_error err;
    dl_bytes block = sealed(id, text);
    assert_int_equal(dl_doc_open(&d, block.p, block.len, &err), DL_OK);
    assert_int_equal(dl_store_put(s, key, &d, block, dl_str_of(text), &err), DL_OK);
    free(block.p);
}

typedef struct hits {
    unsigned n;
    char first[64], marked[128];
} hits;

static bool take(void *ctx, const dl_hit *hit)
{
    hits *h = ctx;
    if (!h->n++) {
        snprintf(h->first, sizeof h->first, "%.*s", (int)hit->id.len, hit->id.p);
        snprintf(h->marked, sizeof h->marked, "%.*s", (int)hit->marked.len, hit->marked.p);
    }
    return true;
}

static void pages_come_back_and_are_found(void **state)
{
    (void)state;
    dl_store *s;
    dl_error err;
    hits h = { 0 };
    assert_int_equal(dl_store_open(&s, ":memory:", false, &err), DL_OK);
    assert_int_equal(dl_store_begin(s, &err), DL_OK);
    put(s, 1, "one", "The harbour was closed after the spill.");
    put(s, 2, "two", "A concert was held.");
    assert_int_equal(dl_store_commit(s, &err), DL_OK);
    assert_true(dl_store_knows(s, 1));
    assert_false(dl_store_knows(s, 3));
    assert_int_equal(dl_store_count(s), 2);
    dl_bytes b;
    dl_doc d;
    assert_int_equal(dl_store_get(s, 1, &b, &err), DL_OK);
    assert_int_equal(dl_doc_open(&d, b.p, b.len, &err), DL_OK);
    assert_true(dl_str_eq(dl_doc_str(&d, d.meta->id), DL_STR("two")));
    free(b.p);
    assert_int_equal(dl_store_snapshot(s, 0, &b, &err), DL_OK);
    assert_true(dl_str_eq((dl_str){ (char *)b.p, b.len }, DL_STR("The harbour was closed after the spill.")));
    free(b.p);
    assert_int_equal(dl_store_get(s, 2, &b, &err), DL_ESTORE);
    assert_int_equal(dl_store_search(s, "\"harbour\"", NULL, NULL, 0, 10, take, &h, &err), DL_OK);
    assert_int_equal(h.n, 1);
    assert_string_equal(h.first, "one");
    assert_string_equal(h.marked, "The [harbour] was closed after the spill.");
    uint32_t bad = 9;
    assert_int_equal(dl_store_check(s, &bad, &err), DL_OK);
    assert_int_equal(bad, 0);
    dl_store_close(s);
}

static void what_was_not_committed_is_gone(void **state)
{
    (void)state;
    char path[] = "/tmp/dl-test-store-XXXXXX", wal[64];
    dl_store *s;
    dl_error err;
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(dl_store_open(&s, path, false, &err), DL_OK);
    assert_int_equal(dl_store_begin(s, &err), DL_OK);
    put(s, 1, "one", "kept");
    assert_int_equal(dl_store_commit(s, &err), DL_OK);
    assert_int_equal(dl_store_begin(s, &err), DL_OK);
    put(s, 2, "two", "lost");
    dl_store_close(s); /* as a kill would */
    assert_int_equal(dl_store_open(&s, path, true, &err), DL_OK);
    assert_int_equal(dl_store_count(s), 1);
    dl_store_close(s);
    unlink(path);
    snprintf(wal, sizeof wal, "%s-wal", path);
    unlink(wal);
    snprintf(wal, sizeof wal, "%s-shm", path);
    unlink(wal);
}

static void a_stranger_is_refused(void **state)
{
    (void)state;
    char path[] = "/tmp/dl-test-store-XXXXXX";
    dl_store *s;
    dl_error err;
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "not a database, but long enough to be looked at as one\n", 55), 55);
    close(fd);
    assert_int_equal(dl_store_open(&s, path, false, &err), DL_ESTORE);
    assert_non_null(strstr(err.message, "doctor"));
    unlink(path);
    assert_int_equal(dl_store_open(&s, path, true, &err), DL_ENONE);
}

static void a_newer_store_is_refused_with_its_version(void **state)
{
    (void)state;
    char path[] = "/tmp/dl-test-store-XXXXXX";
    dl_store *s;
    dl_error err;
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(dl_store_open(&s, path, false, &err), DL_OK);
    assert_int_equal(sqlite3_exec(s->db, "PRAGMA user_version = 99", NULL, NULL, NULL), SQLITE_OK);
    dl_store_close(s);
    assert_int_equal(dl_store_open(&s, path, false, &err), DL_ESTORE);
    assert_non_null(strstr(err.message, "99"));
    assert_non_null(strstr(err.message, "newer"));
    unlink(path);
}

static void a_full_disk_loses_nothing_that_was_kept(void **state)
{
    (void)state;
    dl_store *s;
    dl_error err;
    dl_status st = DL_OK;
    static char text[20001];
    memset(text, 'x', sizeof text - 1);
    for (size_t i = 7; i < sizeof text - 1; i += 8) text[i] = ' ';
    assert_int_equal(dl_store_open(&s, ":memory:", false, &err), DL_OK);
    assert_int_equal(dl_store_begin(s, &err), DL_OK);
    put(s, 1, "one", "kept");
    assert_int_equal(dl_store_commit(s, &err), DL_OK);
    assert_int_equal(sqlite3_exec(s->db, "PRAGMA max_page_count = 60", NULL, NULL, NULL), SQLITE_OK);
    dl_bytes block = sealed("two", text);
    dl_doc d;
    assert_int_equal(dl_doc_open(&d, block.p, block.len, &err), DL_OK);
    assert_int_equal(dl_store_begin(s, &err), DL_OK);
    for (uint64_t key = 2; !st && key < 200; key++) st = dl_store_put(s, key, &d, block, (dl_str){ NULL, 0 }, &err);
    assert_int_equal(st, DL_ESTORE);
    assert_non_null(strstr(err.message, "make room"));
    dl_store_rollback(s);
    free(block.p);
    assert_int_equal(dl_store_count(s), 1);
    assert_true(dl_store_knows(s, 1));
    assert_false(dl_store_knows(s, 2));
    dl_store_close(s);
}

static void a_nul_byte_is_no_word(void **state)
{
    (void)state;
    dl_buf out;
    dl_error err;
    dl_buf_init(&out, 4096);
    assert_int_equal(dl_query_read(&out, (dl_str){ "ab c\0d", 6 }, &err), DL_EUSAGE);
    assert_int_equal(err.offset, 4);
    dl_buf_free(&out);
}

static void queries_become_expressions(void **state)
{
    (void)state;
    const struct {
        const char *query, *match; /* NULL: an error */
        size_t at;
    } cases[] = {
        { "oil spill", "\"oil\" AND \"spill\"", 0 },
        { "\"oil spill\" OR fer*", "\"oil spill\" OR \"fer\"*", 0 },
        { "a NOT (b OR c)", "\"a\" NOT (\"b\" OR \"c\")", 0 },
        { "and not", "\"and\" AND \"not\"", 0 },
        { "x:y^2", "\"x:y^2\"", 0 },
        { "OR a", NULL, 0 },
        { "a AND", NULL, 5 },
        { "a \"b", NULL, 2 },
        { "(a", NULL, 2 },
        { "a )", NULL, 2 },
        { "- -", NULL, 0 },
        { "", NULL, 0 },
    };
    for (size_t i = 0; i < DL_COUNT(cases); i++) {
        dl_buf out;
        dl_error err;
        dl_buf_init(&out, 4096);
        dl_status st = dl_query_read(&out, dl_str_of(cases[i].query), &err);
        assert_int_equal(st, cases[i].match ? DL_OK : DL_EUSAGE);
        if (cases[i].match)
            assert_string_equal(out.p, cases[i].match);
        else
            assert_int_equal(err.offset, cases[i].at);
        dl_buf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_come_back_and_are_found),
        cmocka_unit_test(what_was_not_committed_is_gone),
        cmocka_unit_test(a_stranger_is_refused),
        cmocka_unit_test(a_newer_store_is_refused_with_its_version),
        cmocka_unit_test(a_full_disk_loses_nothing_that_was_kept),
        cmocka_unit_test(a_nul_byte_is_no_word),
        cmocka_unit_test(queries_become_expressions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
