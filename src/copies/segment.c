/* segment.c: writing and reading segments of the shingle index. */
#include "copies/segment.h"

#include <stddef.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/varint.h"

static const char magic[8] = "DLSHNG\0\1";

typedef struct head {
    char magic[8];
    uint64_t bytes, sum;
    uint32_t parts, pages;
} head;
#define SUMMED offsetof(head, parts) /* from here to the end of the directory                        */

/* ---- Writing ---------------------------------------------------------------------------------- */

typedef struct writer {
    dl_buf *out;
    const dl_keyed *post; /* of one partition: shingle, page; ascending                              */
    size_t n;
    dl_partition part;
} writer;

static void put(dl_buf *b, const void *p, size_t n) { dl_buf_add(b, (dl_str){ p, n }); }

static void put_row(writer *w, size_t i, size_t j, uint32_t from)
{
    uint8_t bytes[3 * DL_VARINT_MAX], *at = dl_varint_put(bytes, w->post[i].key - from);
    at = dl_varint_put(at, (uint64_t)(w->post[i].value - w->part.base) << 1 | (j - i > 1));
    if (j - i > 1) at = dl_varint_put(at, j - i - 1);
    put(w->out, bytes, (size_t)(at - bytes));
    for (size_t k = i + 1; k < j; k++) {
        at = dl_varint_put(bytes, w->post[k].value - w->post[k - 1].value);
        put(w->out, bytes, (size_t)(at - bytes));
    }
}

/* Counts the shingles, leaves room for their blocks, then row by row. */
static bool put_partition(writer *w)
{
    w->part.shingles = 0;
    for (size_t i = 0; i < w->n; i++) w->part.shingles += !i || w->post[i].key != w->post[i - 1].key;
    size_t blocks = (w->part.shingles + DL_SHINGLE_BLOCK - 1) / DL_SHINGLE_BLOCK;
    w->part.beg = w->out->len;
    w->part.postings = w->n;
    dl_buf_fill(w->out, 0, blocks * 8);
    size_t data = w->out->len, row = 0;
    uint32_t from = 0;
    for (size_t i = 0, j; i < w->n && !w->out->failed; i = j, row++) {
        for (j = i + 1; j < w->n && w->post[j].key == w->post[i].key;) j++;
        if (row % DL_SHINGLE_BLOCK == 0) {
            if (w->out->len - data > UINT32_MAX) return false;
            uint32_t block[2] = { w->post[i].key, (uint32_t)(w->out->len - data) };
            memcpy(w->out->p + w->part.beg + row / DL_SHINGLE_BLOCK * 8, block, sizeof block);
            from = 0;
        }
        put_row(w, i, j, from);
        from = w->post[i].key;
    }
    if (w->out->failed) return true;
    dl_buf_fill(w->out, 0, (8 - w->out->len % 8) % 8);
    w->part.end = w->out->len;
    if (!w->out->failed) w->part.sum = dl_hash(w->out->p + w->part.beg, (size_t)(w->part.end - w->part.beg), 0);
    return true;
}

static int by_day(const void *x, const void *y, const void *ctx)
{
    const dl_added *added = ctx, *a = &added[*(const uint32_t *)x], *b = &added[*(const uint32_t *)y];
    return a->day < b->day ? -1 : a->day > b->day;
}

/* Postings from "shingle, row of added" to "shingle, page", partition by partition. */
typedef struct split {
    dl_keyed *post; /* [n]                                                                        */
    size_t *end;    /* [n_parts] of post                                                            */
    uint32_t *part; /* [n_added] partition of a page                                                */
    int32_t *day;   /* [n_parts]                                                                    */
    uint32_t *base; /* [n_parts] first page                                                          */
    uint32_t n_parts;
} split;

static bool split_days(split *s, const dl_added *added, size_t n, dl_arena *a)
{
    uint32_t *row = dl_arena_raw(a, n + 1, sizeof *row);
    s->part = dl_arena_raw(a, n + 1, sizeof *s->part);
    s->day = dl_arena_raw(a, n + 1, sizeof *s->day);
    s->base = dl_arena_raw(a, n + 1, sizeof *s->base);
    s->end = dl_arena_get(a, n + 2, sizeof *s->end);
    if (dl_arena_failed(a)) return false;
    for (uint32_t i = 0; i < n; i++) row[i] = i;
    if (!dl_sort(row, n, sizeof *row, by_day, added, a)) return false;
    for (size_t i = 0; i < n; i++) {
        const dl_added *x = &added[row[i]];
        if (!i || x->day != s->day[s->n_parts - 1]) {
            s->day[s->n_parts] = x->day;
            s->base[s->n_parts++] = x->page;
        }
        s->part[row[i]] = s->n_parts - 1;
    }
    return true;
}

static bool split_postings(split *s, const dl_keyed *post, size_t n, const dl_added *added, dl_arena *a)
{
    s->post = dl_arena_raw(a, n + 1, sizeof *s->post);
    if (!s->post) return false;
    for (size_t i = 0; i < n; i++) s->end[s->part[post[i].value] + 1]++;
    for (uint32_t k = 0; k < s->n_parts; k++) s->end[k + 1] += s->end[k];
    /* end[k] is now the beginning of partition k, and its end when all are placed. */
    for (size_t i = 0; i < n; i++) {
        const dl_added *x = &added[post[i].value];
        s->post[s->end[s->part[post[i].value]]++] = (dl_keyed){ post[i].key, x->page };
    }
    return true;
}

dl_status dl_segment_write(dl_buf *out, dl_keyed *post, size_t n_post, const dl_added *added, size_t n_added, dl_arena *scratch,
                           dl_error *err)
{
    split s = { 0 };
    if (!dl_sort_keyed(post, n_post, scratch) || !split_days(&s, added, n_added, scratch) ||
        !split_postings(&s, post, n_post, added, scratch))
        return dl_fail_mem(err, "shingles");
    dl_buf_reset(out);
    size_t directory = sizeof(head), rows = s.n_parts * sizeof(dl_partition);
    dl_buf_fill(out, 0, directory + rows);
    for (uint32_t k = 0; k < s.n_parts && !out->failed; k++) {
        size_t beg = k ? s.end[k - 1] : 0;
        writer w = { .out = out, .post = s.post + beg, .n = s.end[k] - beg, .part = { .day = s.day[k], .base = s.base[k] } };
        if (!put_partition(&w)) return dl_fail(err, DL_ELIMIT, "shingles", DL_NO_OFFSET, "limit: a partition of 4 GiB");
        if (!out->failed) memcpy(out->p + directory + k * sizeof w.part, &w.part, sizeof w.part);
    }
    if (out->failed) return dl_fail_mem(err, "shingles");
    head h = { .bytes = out->len, .parts = s.n_parts, .pages = (uint32_t)n_added };
    memcpy(h.magic, magic, sizeof magic);
    memcpy(out->p, &h, sizeof h);
    h.sum = dl_hash(out->p + SUMMED, directory - SUMMED + rows, 0);
    memcpy(out->p, &h, sizeof h);
    return DL_OK;
}

/* ---- Reading ---------------------------------------------------------------------------------- */

static uint64_t blocks_of(const dl_partition *p) { return ((uint64_t)p->shingles + DL_SHINGLE_BLOCK - 1) / DL_SHINGLE_BLOCK; }

/* Does the partition lie in the file, behind the one before, and do its sums agree? */
static dl_status check_partition(const dl_segment *s, uint32_t k, uint64_t from, const char *where, dl_error *err)
{
    const dl_partition *p = &s->part[k];
    uint64_t row = sizeof(head) + (uint64_t)k * sizeof *p;
    if (p->beg != from || p->end < p->beg || p->end > s->map.len || p->beg % 8 || p->end % 8 || p->zero ||
        (k && p->day <= s->part[k - 1].day))
        return dl_fail(err, DL_ESTORE, where, row, "damaged: a partition that lies outside the file or out of order");
    if (p->end - p->beg < 8 * blocks_of(p) || p->postings < p->shingles || p->postings > p->end - p->beg)
        return dl_fail(err, DL_ESTORE, where, row, "damaged: a partition that is too short for its shingles");
    if (dl_hash(s->map.p + p->beg, (size_t)(p->end - p->beg), 0) != p->sum)
        return dl_fail(err, DL_ESTORE, where, p->beg, "damaged: the checksum of a partition does not agree");
    return DL_OK;
}

void dl_segment_trust(dl_segment *s)
{
    const head *h = (const void *)s->map.p;
    s->n_parts = h->parts;
    s->n_pages = h->pages;
    s->part = (const void *)(s->map.p + sizeof *h);
}

dl_status dl_segment_check(dl_segment *s, const char *where, dl_error *err)
{
    const head *h = (const void *)s->map.p;
    if (s->map.len < sizeof *h || memcmp(h->magic, magic, sizeof magic))
        return dl_fail(err, DL_ESTORE, where, 0, "not a segment of a shingle index of this version");
    if (h->bytes != s->map.len)
        return dl_fail(err, DL_ESTORE, where, s->map.len, "cut: says %llu bytes, has %zu", (unsigned long long)h->bytes,
                       s->map.len);
    if (h->parts > (s->map.len - sizeof *h) / sizeof(dl_partition))
        return dl_fail(err, DL_ESTORE, where, 24, "damaged: its directory is longer than the file");
    if (dl_hash(s->map.p + SUMMED, sizeof *h - SUMMED + h->parts * sizeof(dl_partition), 0) != h->sum)
        return dl_fail(err, DL_ESTORE, where, SUMMED, "damaged: the checksum of its directory does not agree");
    dl_segment_trust(s);
    uint64_t from = sizeof *h + (uint64_t)h->parts * sizeof(dl_partition);
    for (uint32_t k = 0; k < s->n_parts; k++) {
        dl_status st = check_partition(s, k, from, where, err);
        if (st) return st;
        from = s->part[k].end;
    }
    if (from != s->map.len) return dl_fail(err, DL_ESTORE, where, from, "damaged: bytes behind the last partition");
    return DL_OK;
}

static const uint32_t *block_row(const dl_segment *s, uint32_t part, uint32_t block)
{
    return (const uint32_t *)(const void *)(s->map.p + s->part[part].beg) + 2 * (size_t)block;
}

void dl_rows_open(dl_rows *r, const dl_segment *s, uint32_t part, uint32_t block)
{
    const dl_partition *p = &s->part[part];
    const uint8_t *data = s->map.p + p->beg + 8 * blocks_of(p), *end = s->map.p + p->end;
    *r = (dl_rows){ .at = data, .end = end, .row = block * DL_SHINGLE_BLOCK, .rows = p->shingles, .base = p->base };
    if (r->row >= r->rows) return;
    uint32_t skip = block_row(s, part, block)[1];
    if (skip > (size_t)(end - data))
        r->bad = true;
    else
        r->at = data + skip;
}

uint32_t dl_rows_block(const dl_segment *s, uint32_t part, uint32_t shingle)
{
    uint32_t lo = 0, hi = (uint32_t)blocks_of(&s->part[part]);
    while (lo < hi) { /* the first block that begins behind it */
        uint32_t mid = lo + (hi - lo) / 2;
        if (block_row(s, part, mid)[0] <= shingle)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo ? lo - 1 : DL_NONE;
}

bool dl_rows_next(dl_rows *r)
{
    uint32_t skipped;
    uint64_t step = 0, first = 0, more = 0;
    while (r->pages && dl_rows_page(r, &skipped)) continue;
    if (r->bad || r->row >= r->rows) return false;
    r->bad = !dl_varint_take(&r->at, r->end, &step) || !dl_varint_take(&r->at, r->end, &first);
    if (!r->bad && (first & 1)) r->bad = !dl_varint_take(&r->at, r->end, &more) || !more || more > (size_t)(r->end - r->at);
    uint64_t shingle = (r->row % DL_SHINGLE_BLOCK ? r->shingle : 0) + step, page = r->base + (first >> 1);
    r->bad |= step > UINT32_MAX || shingle > UINT32_MAX || first >> 1 >= DL_NONE || page >= DL_NONE;
    if (r->bad) return false;
    r->shingle = (uint32_t)shingle;
    r->page = page;
    r->pages = (uint32_t)more + 1;
    r->row++;
    return true;
}

bool dl_rows_page(dl_rows *r, uint32_t *page)
{
    uint64_t step = 0;
    if (!r->pages || r->bad) return false;
    *page = (uint32_t)r->page;
    if (--r->pages) {
        r->bad = !dl_varint_take(&r->at, r->end, &step) || !step || step >= DL_NONE || r->page + step >= DL_NONE;
        if (!r->bad) r->page += step;
    }
    return true;
}
