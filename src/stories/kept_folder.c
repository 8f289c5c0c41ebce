/* kept_folder.c: the files of a folder of stories: reading the state with its parts, and replacing it. */
#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

#include "base/error.h"
#include "base/sort.h"
#include "stories/kept.h"

enum { PARTS = 8, PATH_BYTES = 4096 };
static const char MAGIC[8] = "DLkept\0\1";

typedef struct head { /* of the file: then the parts' numbers, `late`, the tapes, the stream                   */
    char magic[8];
    uint64_t sum;                       /* of all that follows                                                          */
    uint64_t next, parts, logged, late; /* late: bytes of it                                              */
} head;

static bool path_of(char out[PATH_BYTES], const dl_kept *k, const char *name)
{
    const int n = snprintf(out, PATH_BYTES, "%s/%s", k->dir, name);
    return n > 0 && n < PATH_BYTES;
}

static bool part_path(char out[PATH_BYTES], const dl_kept *k, uint64_t number, const char *kind)
{
    char name[32];
    snprintf(name, sizeof name, "%08llu.%s", (unsigned long long)number, kind);
    return path_of(out, k, name);
}

/* ---- Reading ------------------------------------------------------------------------------------- */

static dl_status open_part(dl_kept *k, uint64_t number, dl_error *err)
{
    char path[PATH_BYTES];
    if (!part_path(path, k, number, "left") || !DL_ROOM(&k->arena, k->part, k->n_parts, k->cap_parts))
        return dl_fail_mem(err, k->dir);
    struct dl_kept_part *p = &k->part[k->n_parts];
    *p = (struct dl_kept_part){ .number = number };
    dl_status st = dl_mapped_open(&p->map, path, err);
    if (st) return st;
    k->n_parts++;
    const dl_page_left *v = (const void *)p->map.p;
    const size_t n = p->map.len / sizeof *v;
    if (p->map.len % sizeof *v) return dl_fail(err, DL_ESTORE, path, p->map.len, "cut: the last page is not whole");
    for (size_t i = 1; i < n; i++) {
        if (v[i - 1].key >= v[i].key) return dl_fail(err, DL_ESTORE, path, i * sizeof *v, "damaged: out of order");
    }
    return DL_OK;
}

static dl_status open_log(dl_kept *k, uint64_t number, dl_error *err)
{
    char path[PATH_BYTES];
    if (!part_path(path, k, number, "log") || !DL_ROOM(&k->arena, k->logged, k->n_logged, k->cap_logged))
        return dl_fail_mem(err, k->dir);
    struct dl_kept_part *p = &k->logged[k->n_logged];
    *p = (struct dl_kept_part){ .number = number };
    dl_status st = dl_mapped_open(&p->map, path, err);
    if (!st) k->n_logged++;
    return st;
}

static bool sound(const dl_kept *k)
{
    if (k->known.lo != k->online.page.lo || k->known.hi != k->online.page.hi) return false;
    for (uint64_t i = k->known.lo; i < k->known.hi; i++) {
        const dl_page_known *p = dl_tape_at(&k->known, i);
        if (p->id < k->id.lo || p->id > k->id.hi || p->id_len >= k->id.hi - p->id ||
            p->id >> k->id.shift != (p->id + p->id_len) >> k->id.shift)
            return false;
    }
    return true;
}

static dl_status read_state(dl_kept *k, const dl_mapped *m, const char *path, dl_error *err)
{
    head h;
    const uint8_t *at = m->p, *end = m->p + m->len;
    if (m->len < sizeof h || memcmp(at, MAGIC, sizeof MAGIC) != 0)
        return dl_fail(err, DL_ESTORE, path, 0, "no stories of this version");
    memcpy(&h, at, sizeof h);
    at += sizeof h;
    if (dl_hash(m->p + 16, m->len - 16, 0) != h.sum)
        return dl_fail(err, DL_ESTORE, path, 16, "damaged: its checksum does not agree");
    k->next = h.next;
    dl_status st = DL_OK;
    for (uint64_t i = 0; !st && i < h.parts + h.logged; i++) {
        uint64_t number;
        if ((size_t)(end - at) < sizeof number) return dl_fail(err, DL_ESTORE, path, m->len, "cut: parts are missing");
        memcpy(&number, at, sizeof number);
        at += sizeof number;
        st = i < h.parts ? open_part(k, number, err) : open_log(k, number, err);
    }
    if (st) return st;
    bool ok = h.late <= (uint64_t)(end - at);
    if (ok) dl_buf_add(&k->late, (dl_str){ (const char *)at, (size_t)h.late });
    if (ok) at += h.late;
    ok = ok && dl_tape_take(&k->known, &at, end) && dl_tape_take(&k->id, &at, end);
    if (ok) st = dl_online_take(&k->online, (dl_str){ (const char *)at, (size_t)(end - at) }, err);
    if (!st && (!ok || !sound(k)))
        st = dl_fail(err, DL_ESTORE, path, (uint64_t)(at - m->p), "damaged: its pages are not those of its stories");
    return st;
}

dl_status dl_kept_read(dl_kept *k, dl_error *err)
{
    char path[PATH_BYTES];
    dl_mapped map = { 0 };
    if (!path_of(path, k, "stories")) return dl_fail(err, DL_EIO, k->dir, DL_NO_OFFSET, "the path is too long");
    if (access(path, F_OK)) return DL_OK;
    dl_status st = dl_mapped_open(&map, path, err);
    if (!st) st = read_state(k, &map, path, err);
    dl_mapped_close(&map);
    return st;
}

/* ---- Committing ------------------------------------------------------------------------------------ */

static int by_key(const void *x, const void *y, const void *ctx)
{
    const dl_page_left *a = x, *b = y;
    (void)ctx;
    return a->key < b->key ? -1 : a->key > b->key;
}

/* All that have left since the last commit, and with too many parts those of the parts too, as one part. */
static dl_status write_part(dl_kept *k, bool all, dl_error *err)
{
    const dl_page_left *fresh = (const dl_page_left *)(const void *)k->left.p + k->committed;
    size_t n = k->left.len / sizeof *fresh - k->committed, total = n;
    char path[PATH_BYTES];
    for (size_t i = 0; all && i < k->n_parts; i++) total += k->part[i].map.len / sizeof *fresh;
    dl_page_left *v = dl_arena_raw(&k->scratch, total + 1, sizeof *v);
    if (!v) return dl_fail_mem(err, k->dir);
    memcpy(v, fresh, n * sizeof *v);
    for (size_t i = 0; all && i < k->n_parts; i++) {
        memcpy(v + n, k->part[i].map.p, k->part[i].map.len);
        n += k->part[i].map.len / sizeof *v;
    }
    if (!dl_sort(v, n, sizeof *v, by_key, NULL, &k->scratch)) return dl_fail_mem(err, k->dir);
    size_t kept = 0; /* a key that came again behind the window is known by the last story */
    for (size_t i = 0; i < n; i++) {
        if (kept && v[kept - 1].key == v[i].key) kept--;
        v[kept++] = v[i];
    }
    if (!part_path(path, k, k->next, "left")) return dl_fail(err, DL_EIO, k->dir, DL_NO_OFFSET, "the path is too long");
    dl_status st = dl_mapped_put(path, (dl_str){ (const char *)v, kept * sizeof *v }, err);
    if (st) return st;
    for (size_t i = 0; all && i < k->n_parts; i++) dl_mapped_close(&k->part[i].map);
    if (all) k->n_parts = 0;
    return open_part(k, k->next++, err);
}

static bool add_lines(void *ctx, dl_str lines)
{
    dl_buf_add(ctx, lines);
    return true;
}

/* The fresh lines, and with too many parts those of all of them, as one part. */
static dl_status write_lines(dl_kept *k, dl_error *err)
{
    enum { LOGS = 64 };
    char path[PATH_BYTES];
    const bool all = k->n_logged >= LOGS;
    dl_buf b;
    if (!part_path(path, k, k->next, "log")) return dl_fail(err, DL_EIO, k->dir, DL_NO_OFFSET, "the path is too long");
    dl_buf_init(&b, SIZE_MAX / 2);
    if (all) (void)!dl_kept_lines(k, add_lines, &b);
    dl_status st = b.failed ? dl_fail_mem(err, k->dir) : dl_mapped_put(path, dl_buf_str(all ? &b : &k->log), err);
    dl_buf_free(&b);
    for (size_t i = 0; !st && all && i < k->n_logged; i++) dl_mapped_close(&k->logged[i].map);
    if (!st && all) k->n_logged = 0;
    if (!st) st = open_log(k, k->next++, err);
    if (!st) dl_buf_reset(&k->log);
    dl_tape_drop(&k->online.change, k->online.change.hi);
    return st;
}

static dl_status write_state(dl_kept *k, dl_error *err)
{
    char path[PATH_BYTES];
    dl_buf b;
    head h = { .next = k->next, .parts = k->n_parts, .logged = k->n_logged, .late = k->late.len };
    memcpy(h.magic, MAGIC, sizeof MAGIC);
    dl_buf_init(&b, SIZE_MAX / 2);
    dl_buf_add(&b, (dl_str){ (const char *)&h, sizeof h });
    for (size_t i = 0; i < k->n_parts; i++)
        dl_buf_add(&b, (dl_str){ (const char *)&k->part[i].number, sizeof k->part[i].number });
    for (size_t i = 0; i < k->n_logged; i++)
        dl_buf_add(&b, (dl_str){ (const char *)&k->logged[i].number, sizeof k->logged[i].number });
    dl_buf_add(&b, dl_buf_str(&k->late));
    bool ok = dl_tape_put(&k->known, &b) && dl_tape_put(&k->id, &b) && dl_online_put(&k->online, &b) && !b.failed;
    dl_status st = ok && path_of(path, k, "stories") ? DL_OK : dl_fail_mem(err, k->dir);
    if (!st) {
        h.sum = dl_hash(b.p + 16, b.len - 16, 0);
        memcpy(b.p, &h, sizeof h);
        st = dl_mapped_put(path, dl_buf_str(&b), err);
    }
    dl_buf_free(&b);
    return st;
}

/* The number of a part by its name; 0: it is none of that kind. */
static uint64_t number_of(dl_str name, dl_str kind)
{
    enum { DIGITS = 8 };
    uint64_t number = 0;
    if (name.len < DIGITS || !dl_str_eq(dl_str_cut(name, DIGITS, name.len), kind)) return 0;
    for (size_t i = 0; i < DIGITS; i++) {
        if (!dl_is_digit(name.p[i])) return 0;
        number = number * 10 + (uint64_t)(name.p[i] - '0');
    }
    return number;
}

static bool holds(const struct dl_kept_part *p, size_t n, uint64_t number)
{
    for (size_t i = 0; i < n; i++) {
        if (p[i].number == number) return true;
    }
    return false;
}

/* A file that is no part stays, too. */
static bool is_named(const dl_kept *k, dl_str name)
{
    const uint64_t left = number_of(name, DL_STR(".left")), log = number_of(name, DL_STR(".log"));
    return (!left || holds(k->part, k->n_parts, left)) && (!log || holds(k->logged, k->n_logged, log));
}

/* Parts of which the state says nothing: of a commit that was cut short, or before parts were made one. */
static dl_status clear_unnamed(const dl_kept *k, dl_error *err)
{
    char path[PATH_BYTES];
    DIR *d = opendir(k->dir);
    if (!d) return dl_fail_sys(err, k->dir, "cannot be read");
    for (const struct dirent *e; (e = readdir(d));) {
        if (!is_named(k, dl_str_of(e->d_name)) && path_of(path, k, e->d_name)) unlink(path);
    }
    closedir(d);
    return DL_OK;
}

dl_status dl_kept_commit(dl_kept *k, dl_error *err)
{
    dl_status st = DL_OK;
    const size_t left = k->left.len / sizeof(dl_page_left);
    if (!k->dir) return DL_OK;
    if (left > k->committed) st = write_part(k, k->n_parts >= PARTS, err);
    dl_arena_reset(&k->scratch);
    if (!st && k->log.len) st = write_lines(k, err);
    if (!st) st = write_state(k, err);
    if (st) return st;
    k->committed = left;
    k->since = 0;
    return clear_unnamed(k, err);
}
