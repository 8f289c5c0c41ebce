/* sweep.c: reading the shingle index: one shingle, or all of them in order. */
#include "base/error.h"
#include "base/limits.h"
#include "copies/segment.h"

/* ---- One shingle ------------------------------------------------------------------------------ */

void dl_shingles_seek(dl_shingle_cursor *c, const dl_shingles *x, uint32_t shingle)
{
    *c = (dl_shingle_cursor){ .index = x, .shingle = shingle };
}

/* The row of the shingle in the next partition that has it. */
static bool next_partition(dl_shingle_cursor *c, dl_rows *r)
{
    for (; c->seg < c->index->n_seg; c->seg++, c->part = 0) {
        const dl_segment *s = &c->index->seg[c->seg];
        while (c->part < s->n_parts) {
            uint32_t part = c->part++, block = dl_segment_lives(s, part) ? dl_rows_block(s, part, c->shingle) : DL_NONE;
            if (block == DL_NONE) continue;
            dl_rows_open(r, s, part, block);
            for (uint32_t i = 0; i < DL_SHINGLE_BLOCK && dl_rows_next(r); i++) {
                if (r->shingle == c->shingle) return true;
                if (r->shingle > c->shingle) break;
            }
        }
    }
    return false;
}

bool dl_shingles_next(dl_shingle_cursor *c, uint32_t *page)
{
    if (!c->rows.pages || c->rows.bad) {
        if (!next_partition(c, &c->rows)) return false;
    }
    return dl_rows_page(&c->rows, page);
}

/* ---- All of them ------------------------------------------------------------------------------ */

typedef struct sweep {
    dl_rows *rows; /* [n] a row in hand each, or at its end                                         */
    size_t n;
    bool bad;    /* a partition is not what its segment says                                      */
    dl_buf post; /* dl_keyed each: shingle, page                                                   */
    dl_arena arena;
} sweep;

static bool open_rows(sweep *w, const dl_shingles *x)
{
    size_t n = 0;
    for (size_t i = 0; i < x->n_seg; i++) n += x->seg[i].n_parts;
    w->rows = dl_arena_raw(&w->arena, n + 1, sizeof *w->rows);
    if (!w->rows) return false;
    for (size_t i = 0; i < x->n_seg; i++) {
        for (uint32_t k = 0; k < x->seg[i].n_parts; k++) {
            if (!dl_segment_lives(&x->seg[i], k)) continue;
            dl_rows_open(&w->rows[w->n], &x->seg[i], k, 0);
            if (dl_rows_next(&w->rows[w->n]))
                w->n++;
            else
                w->bad |= w->rows[w->n].bad;
        }
    }
    return true;
}

/* All postings whose shingle has these eight bits on top. */
static bool gather(sweep *w, uint32_t top)
{
    if (w->bad) return false;
    dl_buf_reset(&w->post);
    for (size_t i = 0; i < w->n; i++) {
        dl_rows *r = &w->rows[i];
        while (r->pages && r->shingle >> 24 == top) {
            uint32_t shingle = r->shingle, pages = r->pages;
            dl_keyed *to = (dl_keyed *)(void *)dl_buf_room(&w->post, pages * sizeof *to);
            if (!to) return false;
            for (uint32_t k = 0; k < pages; k++) {
                to[k].key = shingle;
                to[k].value = DL_NONE;
                (void)dl_rows_page(r, &to[k].value);
            }
            r->pages = 0;
            w->bad |= r->bad || (!dl_rows_next(r) && r->bad);
            if (w->bad) return false;
        }
    }
    return true;
}

static dl_status tell(sweep *w, uint32_t *page, dl_shingles_sweep_fn *fn, void *ctx, dl_error *err)
{
    const dl_keyed *p = (const dl_keyed *)(const void *)w->post.p;
    size_t n = w->post.len / sizeof *p;
    dl_status st = DL_OK;
    for (size_t i = 0, j; !st && i < n; i = j) {
        uint32_t k = 0;
        for (j = i; j < n && p[j].key == p[i].key; j++) page[k++] = p[j].value;
        if (k > 1) st = fn(ctx, p[i].key, page, k, err);
    }
    return st;
}

static dl_status sweep_top(sweep *w, uint32_t top, dl_shingles_sweep_fn *fn, void *ctx, dl_error *err)
{
    if (!gather(w, top))
        return w->bad ? dl_fail(err, DL_ESTORE, "shingles", DL_NO_OFFSET, "damaged: a partition is not what its segment says")
                      : dl_fail_mem(err, "shingles");
    size_t n = w->post.len / sizeof(dl_keyed);
    dl_arena_mark mark = dl_arena_here(&w->arena);
    uint32_t *page = dl_arena_raw(&w->arena, n + 1, sizeof *page);
    if (!page || !dl_sort_keyed((dl_keyed *)(void *)w->post.p, n, &w->arena)) return dl_fail_mem(err, "shingles");
    dl_status st = tell(w, page, fn, ctx, err);
    dl_arena_back(&w->arena, mark);
    return st;
}

dl_status dl_shingles_sweep(dl_shingles *x, dl_shingles_sweep_fn *fn, void *ctx, dl_error *err)
{
    sweep w = { 0 };
    dl_arena_init(&w.arena, DL_ARENA_MAX);
    dl_buf_init(&w.post, SIZE_MAX / 2);
    dl_status st = open_rows(&w, x) ? DL_OK : dl_fail_mem(err, "shingles");
    for (uint32_t top = 0; !st && top < 256; top++) st = sweep_top(&w, top, fn, ctx, err);
    dl_buf_free(&w.post);
    dl_arena_free(&w.arena);
    return st;
}
