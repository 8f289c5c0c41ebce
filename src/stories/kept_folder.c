/* kept_folder.c: the files of a folder of stories: reading the state with its parts, and replacing it. */
#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

#include "base/error.h"
#include "base/folder.h"
#include "base/sort.h"
#include "stories/kept.h"

enum { PARTS = 8, PATH_BYTES = 4096 };
static const char MAGIC[8] = "DLkept\0\2";

typedef struct head { /* of the file: then an entry a part, `late`, the tapes, the stream                   */
    char magic[8];
    uint64_t sum;                       /* of all that follows                                                          */
    uint64_t next, parts, logged, late; /* late: bytes of it                                              */
} head;

typedef struct entry {
    uint64_t number, bytes, sum;
} entry;

static bool path_of(char out[PATH_BYTES], const dl_kept *k, const char *name)
{
    const int n = snprintf(out, PATH_BYTES, "%s/%s", k->dir, name);
    return n > 0 && n < PATH_BYTES;
}

static bool part_path(char out[PATH_BYTES], const dl_kept *k, uint64_t number, const char *kind)
{
    char name[DL_PART_NAME];
    dl_part_name(name, number, kind);
    return path_of(out, k, name);
}

/* ---- Reading ------------------------------------------------------------------------------------- */

/* Maps a part of that many bytes. */
static dl_status map_part(const dl_kept *k, struct dl_kept_part *p, const entry *e, const char *kind, dl_error *err)
{
    char path[PATH_BYTES];
    *p = (struct dl_kept_part){ .number = e->number, .sum = e->sum };
    if (!part_path(path, k, e->number, kind)) return dl_fail(err, DL_EIO, k->dir, DL_NO_OFFSET, "the path is too long");
    dl_status st = dl_mapped_open(&p->map, path, err);
    if (st || p->map.len == e->bytes) return st;
    st = dl_fail(err, DL_ESTORE, path, p->map.len, "cut: the state says %llu bytes, there are %zu", (unsigned long long)e->bytes,
                 p->map.len);
    dl_mapped_close(&p->map);
    return st;
}

static dl_status check_part(const dl_kept *k, const struct dl_kept_part *p, const char *kind, dl_error *err)
{
    char path[PATH_BYTES];
    if (dl_hash(p->map.p, p->map.len, 0) == p->sum) return DL_OK;
    return dl_fail(err, DL_ESTORE, part_path(path, k, p->number, kind) ? path : k->dir, 0,
                   "damaged: its checksum does not agree");
}

dl_status dl_kept_check_log(const dl_kept *k, const struct dl_kept_part *p, dl_error *err)
{
    return check_part(k, p, "log", err);
}

static dl_status open_part(dl_kept *k, const entry *e, dl_error *err)
{
    if (!DL_ROOM(&k->arena, k->part, k->n_parts, k->cap_parts)) return dl_fail_mem(err, k->dir);
    struct dl_kept_part *p = &k->part[k->n_parts];
    dl_status st = map_part(k, p, e, "left", err);
    if (st) return st;
    k->n_parts++;
    return check_part(k, p, "left", err);
}

static dl_status open_log(dl_kept *k, const entry *e, dl_error *err)
{
    if (!DL_ROOM(&k->arena, k->logged, k->n_logged, k->cap_logged)) return dl_fail_mem(err, k->dir);
    dl_status st = map_part(k, &k->logged[k->n_logged], e, "log", err);
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
        entry e;
        if ((size_t)(end - at) < sizeof e) return dl_fail(err, DL_ESTORE, path, m->len, "cut: parts are missing");
        memcpy(&e, at, sizeof e);
        at += sizeof e;
        st = i < h.parts ? open_part(k, &e, err) : open_log(k, &e, err);
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

/* Writes the next part; *out names it. */
static dl_status put_part(dl_kept *k, entry *out, dl_str bytes, const char *kind, dl_error *err)
{
    char path[PATH_BYTES];
    *out = (entry){ k->next, bytes.len, dl_hash(bytes.p, bytes.len, 0) };
    if (!part_path(path, k, k->next, kind)) return dl_fail(err, DL_EIO, k->dir, DL_NO_OFFSET, "the path is too long");
    dl_status st = dl_mapped_put(path, bytes, err);
    if (!st) k->next++;
    return st;
}

/* All that have left since the last commit, and with too many parts those of the parts too, as one part. */
static dl_status write_part(dl_kept *k, bool all, dl_error *err)
{
    const dl_page_left *fresh = (const dl_page_left *)(const void *)k->left.p + k->committed;
    size_t n = k->left.len / sizeof *fresh - k->committed, total = n;
    entry e;
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
    dl_status st = put_part(k, &e, (dl_str){ (const char *)v, kept * sizeof *v }, "left", err);
    if (st) return st;
    for (size_t i = 0; all && i < k->n_parts; i++) dl_mapped_close(&k->part[i].map);
    if (all) k->n_parts = 0;
    return open_part(k, &e, err);
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
    const bool all = k->n_logged >= LOGS;
    dl_buf b;
    entry e;
    dl_buf_init(&b, SIZE_MAX / 2);
    dl_status st = all ? dl_kept_lines(k, add_lines, &b, err) : DL_OK;
    if (!st && b.failed) st = dl_fail_mem(err, k->dir);
    if (!st) st = put_part(k, &e, dl_buf_str(all ? &b : &k->log), "log", err);
    dl_buf_free(&b);
    for (size_t i = 0; !st && all && i < k->n_logged; i++) dl_mapped_close(&k->logged[i].map);
    if (!st && all) k->n_logged = 0;
    if (!st) st = open_log(k, &e, err);
    if (!st) dl_buf_reset(&k->log);
    dl_tape_drop(&k->online.change, k->online.change.hi);
    return st;
}

static void put_entries(dl_buf *b, const struct dl_kept_part *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const entry e = { p[i].number, p[i].map.len, p[i].sum };
        dl_buf_add(b, (dl_str){ (const char *)&e, sizeof e });
    }
}

static dl_status write_state(dl_kept *k, dl_error *err)
{
    char path[PATH_BYTES];
    dl_buf b;
    head h = { .next = k->next, .parts = k->n_parts, .logged = k->n_logged, .late = k->late.len };
    memcpy(h.magic, MAGIC, sizeof MAGIC);
    dl_buf_init(&b, SIZE_MAX / 2);
    dl_buf_add(&b, (dl_str){ (const char *)&h, sizeof h });
    put_entries(&b, k->part, k->n_parts);
    put_entries(&b, k->logged, k->n_logged);
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

static bool holds(const struct dl_kept_part *p, size_t n, uint64_t number)
{
    for (size_t i = 0; i < n; i++) {
        if (p[i].number == number) return true;
    }
    return false;
}

/* A file that is no part of ours stays, too: one that is called by a day has a number that we never come to. */
static bool is_named(const dl_kept *k, dl_str name)
{
    const uint64_t left = dl_part_number(name, "left"), log = dl_part_number(name, "log");
    if (left > k->next || log > k->next) return true;
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
