/* copies.c: the way through for pages in hand: cards, the index of rare shingles, pairs, families,
 * lines. */
#include "copies/copies.h"
#include "base/error.h"
#include "base/limits.h"
#include "copies/work.h"

const char *const dl_copy_words[DL_COPY_KINDS] = { "copy", "partial", "rewrite", "cites" };
const char *const dl_direction_words[DL_DIRECTIONS] = { "unknown", "a>b", "b>a", "siblings" };
const char *const dl_origin_words[DL_ORIGIN_KINDS] = { "wire", "newsroom", "unknown" };

const dl_pair *dl_pair_of(const dl_pair *pair, size_t n, uint32_t x, uint32_t y)
{
    uint32_t a = x < y ? x : y, b = x < y ? y : x;
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (pair[mid].a < a || (pair[mid].a == a && pair[mid].b < b))
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < n && pair[lo].a == a && pair[lo].b == b ? &pair[lo] : NULL;
}

static bool read_cards(dl_work *w)
{
    uint32_t n = w->pages->n;
    w->card = dl_arena_get(&w->life, (size_t)n + 1, sizeof *w->card);
    w->source = dl_arena_get(&w->life, (size_t)n + 1, sizeof *w->source);
    if (!w->card || !w->source) return false;
    for (uint32_t p = 0; p < n; p++) {
        const dl_doc *d = dl_page(w->pages, p);
        dl_arena_mark mark = dl_arena_here(&w->page);
        bool ok = dl_card_make(&w->card[p], NULL, d, &w->life, &w->page);
        dl_arena_back(&w->page, mark);
        if (!ok) return false;
        dl_source_of(&w->source[p], d, w->models);
    }
    return true;
}

/* The shingles of pages in hand: an index that ends with the call. */
static dl_status index_cards(dl_work *w, dl_error *err)
{
    dl_shingles x;
    uint32_t n = w->pages->n, *same = dl_arena_raw(&w->life, (size_t)n + 1, sizeof *same);
    if (!same) return dl_fail_mem(err, "copies");
    dl_status st = dl_shingles_open(&x, NULL, err);
    for (uint32_t p = 0; !st && p < n; p++) {
        same[p] = p;
        st = dl_shingles_add(&x, p, DL_NO_DAY_KNOWN, w->card[p].sketch, w->card[p].n_sketch, err);
    }
    if (!st) st = dl_shingles_commit(&x, (dl_str){ 0 }, err);
    if (!st) st = dl_shared_make(&w->shared, &x, same, n, w->card, n, &w->life, err);
    dl_shingles_close(&x);
    return st;
}

/* Pairs with a kind, and their reasons; a lasting work gives these when it is asked for them. */
static bool hand_out(dl_copies *out, dl_work *w)
{
    dl_pair *kept = w->lasting ? w->pair : dl_arena_raw(w->keep, w->n_pairs + 1, sizeof *kept);
    if (w->n_pairs && !kept) return false;
    for (size_t i = 0; i < w->n_pairs; i++) {
        if (w->pair[i].kind == DL_COPY_KINDS) continue;
        if (!w->lasting && !dl_pair_explain(&w->pair[i], w)) return false;
        kept[out->n_pairs++] = w->pair[i];
    }
    out->pair = kept;
    return true;
}

dl_status dl_work_finish(dl_copies *out, dl_work *w, dl_error *err)
{
    dl_status st = dl_pairs_find(w, err);
    if (st) return st;
    return dl_families_make(out, w) && dl_lines_make(out, w) && hand_out(out, w) ? DL_OK : dl_fail_mem(err, "copies");
}

void dl_work_close(dl_work *w)
{
    dl_shared_close(&w->shared);
    dl_mapped_close(&w->passages);
    dl_arena_free(&w->life);
    dl_arena_free(&w->page);
}

dl_status dl_copies_find(dl_copies *out, const dl_pages *pages, const dl_models *m, dl_arena *keep, dl_error *err)
{
    dl_work w = { .pages = pages, .models = m, .keep = keep, .workers = 1, .background = dl_background_open(m) };
    dl_copies found = { .pages = pages->n };
    dl_arena_init(&w.life, DL_ARENA_MAX);
    dl_arena_init(&w.page, DL_ARENA_MAX);
    dl_status st = read_cards(&w) ? DL_OK : dl_fail_mem(err, "copies");
    if (!st) st = index_cards(&w, err);
    if (!st) st = dl_work_finish(&found, &w, err);
    dl_work_close(&w);
    if (!st) *out = found;
    return st;
}
