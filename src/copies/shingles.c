/* shingles.c: the segments together: opening, adding, committing, expiring, merging. */
#include "copies/shingles.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"
#include "base/folder.h"
#include "base/hash.h"
#include "base/limits.h"
#include "copies/segment.h"

#define MERGED_MAX ((uint64_t)1 << 20) /* postings of a segment that others are merged into           */
static const char magic[8] = "DLINDX\0\1";

typedef struct head { /* of the manifest; then the entries, then the note                              */
    char magic[8];
    uint64_t sum; /* of all that follows                                                          */
    uint64_t next, segments, note;
} head;
typedef struct entry {
    uint64_t number, bytes;
    int64_t from;
} entry;

static const char *in_folder(dl_shingles *x, const char *name)
{
    size_t room = strlen(x->dir) + strlen(name) + 2;
    char *p = dl_arena_raw(&x->arena, room, 1);
    if (p) snprintf(p, room, "%s/%s", x->dir, name);
    return p;
}

const char *dl_shingles_path(dl_shingles *x, uint64_t number, const char *kind)
{
    char name[DL_PART_NAME];
    dl_part_name(name, number, kind);
    return in_folder(x, name);
}

static const char *manifest_path(dl_shingles *x) { return in_folder(x, "index"); }

/* ---- Opening ---------------------------------------------------------------------------------- */

static dl_status open_segment(dl_shingles *x, const entry *e, dl_error *err)
{
    const char *path = dl_shingles_path(x, e->number, "shingles");
    if (!path || !DL_ROOM(&x->arena, x->seg, x->n_seg, x->cap_seg)) return dl_fail_mem(err, x->dir);
    dl_segment *s = &x->seg[x->n_seg];
    *s = (dl_segment){ .number = e->number, .from = (int32_t)e->from };
    dl_status st = dl_mapped_open(&s->map, path, err);
    if (st) return st;
    x->n_seg++;
    if (s->map.len != e->bytes)
        return dl_fail(err, DL_ESTORE, path, s->map.len, "cut: the index says %llu bytes, there are %zu",
                       (unsigned long long)e->bytes, s->map.len);
    return dl_segment_check(s, path, err);
}

static dl_status read_manifest(dl_shingles *x, const dl_mapped *m, const char *path, dl_error *err)
{
    head h;
    if (m->len < sizeof h || memcmp(m->p, magic, sizeof magic))
        return dl_fail(err, DL_ESTORE, path, 0, "not a shingle index of this version");
    memcpy(&h, m->p, sizeof h);
    size_t rest = m->len - sizeof h;
    if (h.segments > rest / sizeof(entry) || h.note != rest - h.segments * sizeof(entry))
        return dl_fail(err, DL_ESTORE, path, m->len, "cut: its lengths do not agree");
    if (dl_hash(m->p + 16, m->len - 16, 0) != h.sum)
        return dl_fail(err, DL_ESTORE, path, 16, "damaged: its checksum does not agree");
    x->next = h.next;
    x->note = dl_arena_str(&x->arena, (dl_str){ (const char *)m->p + m->len - h.note, (size_t)h.note });
    dl_status st = DL_OK;
    for (uint64_t i = 0; !st && i < h.segments; i++) {
        entry e;
        memcpy(&e, m->p + sizeof h + i * sizeof e, sizeof e);
        st = open_segment(x, &e, err);
    }
    return st;
}

/* Files that a killed run wrote and no manifest names. What is not ours is left alone. */
static dl_status clear_unnamed(const dl_shingles *x, dl_error *err)
{
    DIR *d = opendir(x->dir);
    if (!d) return dl_fail_sys(err, x->dir, "cannot be read");
    for (const struct dirent *e; (e = readdir(d));) {
        char path[4096];
        const dl_str name = dl_str_of(e->d_name);
        const uint64_t pages = dl_part_number(name, "pages"), number = pages ? pages : dl_part_number(name, "shingles");
        if ((!number || number < x->next) && !dl_str_eq(name, DL_STR("index.new"))) continue;
        const int n = snprintf(path, sizeof path, "%s/%s", x->dir, e->d_name);
        if (n > 0 && (size_t)n < sizeof path) unlink(path);
    }
    closedir(d);
    return DL_OK;
}

dl_status dl_shingles_open(dl_shingles *out, const char *dir, dl_error *err)
{
    *out = (dl_shingles){ .next = 1, .lock = -1 };
    dl_arena_init(&out->arena, DL_ARENA_MAX);
    dl_arena_init(&out->scratch, DL_ARENA_MAX);
    dl_buf_init(&out->buf, SIZE_MAX / 2);
    dl_buf_init(&out->post, SIZE_MAX / 2);
    dl_buf_init(&out->added, SIZE_MAX / 2);
    if (!dir) return DL_OK;
    out->dir = dl_arena_str(&out->arena, dl_str_of(dir)).p;
    if (!out->dir) return dl_fail_mem(err, dir);
    dl_status st = dl_folder_hold(&out->lock, dir, err);
    if (st) return st;
    const char *path = manifest_path(out);
    if (!path) return dl_fail_mem(err, dir);
    if (!access(path, F_OK)) {
        dl_mapped m = { 0 };
        st = dl_mapped_open(&m, path, err);
        if (!st) st = read_manifest(out, &m, path, err);
        dl_mapped_close(&m);
    }
    return st ? st : clear_unnamed(out, err);
}

void dl_shingles_close(dl_shingles *x)
{
    for (size_t i = 0; i < x->n_seg; i++) dl_mapped_close(&x->seg[i].map);
    dl_folder_release(x->lock);
    dl_buf_free(&x->buf);
    dl_buf_free(&x->post);
    dl_buf_free(&x->added);
    dl_arena_free(&x->arena);
    dl_arena_free(&x->scratch);
    *x = (dl_shingles){ 0 };
}

/* ---- Adding ----------------------------------------------------------------------------------- */

static size_t n_post(const dl_shingles *x) { return x->post.len / sizeof(dl_keyed); }
static size_t n_added(const dl_shingles *x) { return x->added.len / sizeof(dl_added); }
static dl_keyed *posts(dl_shingles *x) { return (dl_keyed *)(void *)x->post.p; }
static dl_added *added(dl_shingles *x) { return (dl_added *)(void *)x->added.p; }

static void add_post(dl_shingles *x, uint32_t shingle, uint32_t row)
{
    dl_keyed k = { shingle, row };
    dl_buf_add(&x->post, (dl_str){ (const char *)&k, sizeof k });
}

dl_status dl_shingles_add(dl_shingles *x, uint32_t page, int32_t day, const uint32_t *shingle, uint32_t n, dl_error *err)
{
    uint32_t row = (uint32_t)n_added(x);
    dl_added one = { page, day };
    dl_buf_add(&x->added, (dl_str){ (const char *)&one, sizeof one });
    dl_keyed *to = n ? (dl_keyed *)(void *)dl_buf_room(&x->post, n * sizeof *to) : NULL;
    for (uint32_t i = 0; to && i < n; i++) to[i] = (dl_keyed){ shingle[i], row };
    return x->added.failed || x->post.failed ? dl_fail_mem(err, "shingles") : DL_OK;
}

/* ---- Committing ------------------------------------------------------------------------------- */

static dl_status put_manifest(dl_shingles *x, dl_str note, dl_error *err)
{
    const char *path = manifest_path(x);
    head h = { .next = x->next, .segments = x->n_seg, .note = note.len };
    if (!path) return dl_fail_mem(err, x->dir);
    memcpy(h.magic, magic, sizeof magic);
    dl_buf_reset(&x->buf);
    dl_buf_add(&x->buf, (dl_str){ (const char *)&h, sizeof h });
    for (size_t i = 0; i < x->n_seg; i++) {
        entry e = { x->seg[i].number, x->seg[i].map.len, x->seg[i].from };
        dl_buf_add(&x->buf, (dl_str){ (const char *)&e, sizeof e });
    }
    dl_buf_add(&x->buf, note);
    if (x->buf.failed) return dl_fail_mem(err, x->dir);
    h.sum = dl_hash(x->buf.p + 16, x->buf.len - 16, 0);
    memcpy(x->buf.p, &h, sizeof h);
    return dl_mapped_put(path, dl_buf_str(&x->buf), err);
}

/* The bytes of x->buf as a new segment, mapped. */
static dl_status put_segment(dl_shingles *x, dl_segment *out, dl_error *err)
{
    *out = (dl_segment){ .number = x->next, .from = INT32_MIN };
    dl_status st;
    if (x->dir) {
        const char *path = dl_shingles_path(x, x->next, "shingles");
        st = path ? dl_mapped_put(path, dl_buf_str(&x->buf), err) : dl_fail_mem(err, x->dir);
        if (!st) st = dl_mapped_open(&out->map, path, err);
    } else {
        dl_spool s;
        dl_spool_open(&s, x->n_seg ? 0 : DL_SPOOL_HELD); /* of a small pile nothing is written */
        st = dl_spool_add(&s, x->buf.p, x->buf.len, err);
        if (!st) st = dl_spool_map(&s, &out->map, err);
        dl_spool_close(&s);
    }
    if (st) return st;
    dl_segment_trust(out);
    x->next++;
    return DL_OK;
}

/* Goes on with these segments alone: first the manifest, then the files of the others go. */
static dl_status keep_segments(dl_shingles *x, dl_segment *kept, size_t n, dl_str note, dl_error *err)
{
    dl_segment *all = x->seg;
    size_t n_all = x->n_seg;
    x->seg = kept;
    x->n_seg = x->cap_seg = n;
    dl_status st = x->dir ? put_manifest(x, note, err) : DL_OK;
    for (size_t i = 0, k = 0; i < n_all; i++) {
        if (k < n && kept[k].number == all[i].number) {
            k++;
            continue;
        }
        const char *path = x->dir && !st ? dl_shingles_path(x, all[i].number, "shingles") : NULL;
        if (path) unlink(path);
        dl_mapped_close(&all[i].map);
    }
    return st;
}

/* What was added becomes a segment behind the others. */
static dl_status write_added(dl_shingles *x, dl_error *err)
{
    dl_segment fresh;
    if (!x->added.len) return DL_OK;
    if (!DL_ROOM(&x->arena, x->seg, x->n_seg, x->cap_seg)) return dl_fail_mem(err, "shingles");
    dl_arena_reset(&x->scratch);
    dl_status st = dl_segment_write(&x->buf, posts(x), n_post(x), added(x), n_added(x), &x->scratch, err);
    if (!st) st = put_segment(x, &fresh, err);
    if (st) return st;
    x->seg[x->n_seg++] = fresh;
    dl_buf_reset(&x->post);
    dl_buf_reset(&x->added);
    return DL_OK;
}

/* A segment's postings that have not expired, added anew. */
static dl_status add_again(dl_shingles *x, const dl_segment *s, dl_map *row, dl_error *err)
{
    for (uint32_t k = 0; k < s->n_parts; k++) {
        dl_rows r;
        if (!dl_segment_lives(s, k)) continue;
        dl_rows_open(&r, s, k, 0);
        while (dl_rows_next(&r)) {
            uint32_t page, shingle = r.shingle;
            while (dl_rows_page(&r, &page)) {
                const uint32_t fresh = (uint32_t)n_added(x), *at = dl_map_put(row, page, fresh);
                if (!at || (*at == fresh && dl_shingles_add(x, page, s->part[k].day, NULL, 0, err)))
                    return dl_fail_mem(err, "shingles");
                add_post(x, shingle, *at);
            }
        }
        if (r.bad)
            return dl_fail(err, DL_ESTORE, "shingles", s->part[k].beg, "damaged: segment %llu", (unsigned long long)s->number);
    }
    return x->post.failed ? dl_fail_mem(err, "shingles") : DL_OK;
}

static uint64_t postings_of(const dl_segment *s)
{
    uint64_t n = 0;
    for (uint32_t k = 0; k < s->n_parts; k++) n += dl_segment_lives(s, k) ? s->part[k].postings : 0;
    return n;
}

typedef struct sized {
    uint64_t postings;
    uint32_t row; /* of the segments                                                             */
} sized;

static int smallest(const void *x, const void *y, const void *ctx)
{
    const sized *a = x, *b = y;
    (void)ctx;
    return a->postings < b->postings ? -1 : a->postings > b->postings;
}

static int by_page(const void *x, const void *y, const void *ctx)
{
    const dl_added *v = ctx;
    uint32_t a = v[*(const uint32_t *)x].page, b = v[*(const uint32_t *)y].page;
    return a < b ? -1 : a > b;
}

/* Rows of `added` in the order of their pages, as a segment wants them. */
static bool sort_added(dl_shingles *x)
{
    dl_arena *a = &x->scratch;
    uint32_t n = (uint32_t)n_added(x), *row = dl_arena_raw(a, n + 1u, sizeof *row), *to = dl_arena_raw(a, n + 1u, sizeof *to);
    dl_added *sorted = dl_arena_raw(a, n + 1u, sizeof *sorted), *old = added(x);
    dl_keyed *by = dl_arena_raw(a, n_post(x) + 1, sizeof *by), *post = posts(x);
    if (!row || !to || !sorted || !by) return false;
    for (uint32_t i = 0; i < n; i++) row[i] = i;
    if (!dl_sort(row, n, sizeof *row, by_page, old, a)) return false;
    for (uint32_t i = 0; i < n; i++) {
        to[row[i]] = i;
        sorted[i] = old[row[i]];
    }
    if (n) memcpy(old, sorted, n * sizeof *sorted);
    /* Two stable sorts: by row, then, when the segment is written, by shingle. */
    for (size_t i = 0; i < n_post(x); i++) by[i] = (dl_keyed){ to[post[i].value], post[i].key };
    if (!dl_sort_keyed(by, n_post(x), a)) return false;
    for (size_t i = 0; i < n_post(x); i++) post[i] = (dl_keyed){ by[i].value, by[i].key };
    return true;
}

/* Which segments are merged: the smaller half, as far as it has no more than MERGED_MAX postings. */
static uint8_t *choose_small(dl_shingles *x, size_t *n, dl_arena *a)
{
    sized *v = dl_arena_raw(a, x->n_seg, sizeof *v);
    uint8_t *small = dl_arena_get(a, x->n_seg, 1);
    if (!v || !small) return NULL;
    for (size_t i = 0; i < x->n_seg; i++) v[i] = (sized){ postings_of(&x->seg[i]), (uint32_t)i };
    if (!dl_sort(v, x->n_seg, sizeof *v, smallest, NULL, a)) return NULL;
    uint64_t sum = 0;
    for (*n = 0; *n < x->n_seg / 2 && (sum += v[*n].postings) <= MERGED_MAX; ++*n) small[v[*n].row] = 1;
    return small;
}

/* The segments that are small become one. `a` lives through write_added, which takes the scratch. */
static dl_status merge(dl_shingles *x, const uint8_t *small, dl_str note, dl_arena *a, dl_error *err)
{
    size_t before = x->n_seg, kept = 0;
    dl_status st = DL_OK;
    dl_map row;
    dl_map_init(&row, a);
    for (size_t i = 0; !st && i < before; i++) {
        if (small[i]) st = add_again(x, &x->seg[i], &row, err);
    }
    if (st) return st;
    dl_arena_reset(&x->scratch);
    if (!sort_added(x)) return dl_fail_mem(err, "shingles");
    st = write_added(x, err);
    if (st) return st;
    dl_segment *v = dl_arena_raw(&x->arena, x->n_seg, sizeof *v);
    if (!v) return dl_fail_mem(err, "shingles");
    for (size_t i = 0; i < x->n_seg; i++) {
        if (i >= before || !small[i]) v[kept++] = x->seg[i];
    }
    return keep_segments(x, v, kept, note, err);
}

static dl_status merge_small(dl_shingles *x, dl_str note, dl_error *err)
{
    dl_arena a;
    dl_arena_init(&a, DL_ARENA_MAX);
    size_t n = 0;
    dl_status st = DL_OK;
    const uint8_t *small = choose_small(x, &n, &a);
    if (!small)
        st = dl_fail_mem(err, "shingles");
    else if (n > 1)
        st = merge(x, small, note, &a, err);
    dl_arena_free(&a);
    return st;
}

dl_status dl_shingles_commit(dl_shingles *x, dl_str note, dl_error *err)
{
    dl_status st = write_added(x, err);
    if (!st && x->dir) st = put_manifest(x, note, err);
    if (!st && x->dir) x->note = dl_arena_str(&x->arena, note);
    if (!st && x->n_seg > DL_SEGMENTS_MAX) st = merge_small(x, note, err);
    return st;
}

dl_status dl_shingles_expire(dl_shingles *x, int32_t day, dl_str note, dl_error *err)
{
    dl_status st = write_added(x, err);
    dl_segment *v = st ? NULL : dl_arena_raw(&x->arena, x->n_seg + 1, sizeof *v);
    size_t n = 0;
    if (!v) return st ? st : dl_fail_mem(err, "shingles");
    for (size_t i = 0; i < x->n_seg; i++) {
        dl_segment *s = &x->seg[i];
        bool lives = false;
        if (s->from < day) s->from = day;
        for (uint32_t k = 0; k < s->n_parts && !lives; k++) lives = dl_segment_lives(s, k);
        if (lives) v[n++] = *s;
    }
    if (x->dir) x->note = dl_arena_str(&x->arena, note);
    return keep_segments(x, v, n, note, err);
}
