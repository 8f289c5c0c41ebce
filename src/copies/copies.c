/* copies.c: the way through: cards, the index of rare shingles, candidates, alignment, families,
 * lines. */
#include "copies/copies.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/sort.h"
#include "copies/work.h"

const char *const dl_copy_words[DL_COPY_KINDS] = { "copy", "partial", "rewrite", "cites" };
const char *const dl_direction_words[DL_DIRECTIONS] = { "unknown", "a>b", "b>a", "siblings" };
const char *const dl_origin_words[DL_ORIGIN_KINDS] = { "wire", "newsroom", "unknown" };

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
    return dl_shared_make(&w->shared, w->card, n, &w->life, &w->page);
}

static uint32_t per_myriad(double x) { return (uint32_t)(x * 10000 + .5); }

/* A dateline is part of a text and is copied with it; the other credits are of the page that prints
 * them. */
static bool from_wire(const dl_source *s)
{
    return s->name.len && s->kind == DL_WIRE && !s->own && s->where && strcmp(s->where, "dateline") != 0;
}

static const double WEAK = .1; /* share from which a pair without a kind is kept until families are made */

static bool compare(dl_work *w, const dl_side *a, const dl_side *b, const dl_align_index *index)
{
    dl_compared c;
    if (!dl_pair_compare(&c, a, b, index, &w->page)) return false;
    dl_copy_kind kind = dl_pair_judge(&c, a, b);
    if (kind == DL_COPY_KINDS && c.part_a < WEAK && c.part_b < WEAK) return true;
    dl_pair found = { .a = a->page, .b = b->page, .kind = (uint8_t)kind };
    const dl_source *sa = &w->source[a->page], *sb = &w->source[b->page];
    dl_credit credit = { from_wire(sa) || from_wire(sb), dl_source_names(sa, b->doc), dl_source_names(sb, a->doc) };
    if (!dl_pair_direction(&found, &c, a, b, &w->background, credit, &w->page) || !DL_ROOM(&w->life, w->pair, w->n_pairs, w->cap))
        return false;
    dl_pair *p = &w->pair[w->n_pairs++];
    *p = found;
    p->share_a = per_myriad(c.part_a);
    p->share_b = per_myriad(c.part_b);
    return dl_pair_passages(p, &c, a, b, w->keep);
}

/* Page b against the earlier pages that share rare shingles with it. */
static bool compare_page(dl_work *w, uint32_t b, uint32_t *count)
{
    dl_candidate *cand = NULL;
    uint32_t n = 0;
    if (!dl_candidates(&cand, &n, &w->shared, w->card, b, count, &w->page)) return false;
    if (!n) return true;
    dl_side sb;
    dl_align_index index;
    if (!dl_side_make(&sb, w->pages, b, w->card, &w->shared, &w->page)) return false;
    if (!dl_align_index_make(&index, sb.word, sb.n, &w->page)) return false;
    for (uint32_t i = 0; i < n; i++) {
        dl_arena_mark mark = dl_arena_here(&w->page);
        dl_side sa;
        if (!dl_side_make(&sa, w->pages, cand[i].page, w->card, &w->shared, &w->page)) return false;
        if (!compare(w, &sa, &sb, &index)) return false;
        dl_arena_back(&w->page, mark);
    }
    return true;
}

static int by_pages(const void *x, const void *y, const void *ctx)
{
    const dl_pair *p = x, *q = y;
    (void)ctx;
    if (p->a != q->a) return p->a < q->a ? -1 : 1;
    return p->b < q->b ? -1 : p->b > q->b;
}

static bool find_pairs(dl_work *w)
{
    uint32_t *count = DL_NEW(&w->life, (size_t)w->pages->n + 1, uint32_t);
    if (!count) return false;
    for (uint32_t b = 0; b < w->pages->n; b++) {
        dl_arena_mark mark = dl_arena_here(&w->page);
        if (!compare_page(w, b, count)) return false;
        dl_arena_back(&w->page, mark);
    }
    return dl_sort(w->pair, w->n_pairs, sizeof *w->pair, by_pages, NULL, &w->life);
}

static bool hand_out(dl_copies *out, dl_work *w)
{
    dl_pair *kept = dl_arena_raw(w->keep, w->n_pairs + 1, sizeof *kept);
    if (!kept) return false;
    for (size_t i = 0; i < w->n_pairs; i++) {
        if (w->pair[i].kind == DL_COPY_KINDS) continue;
        if (!dl_pair_explain(&w->pair[i], w)) return false;
        kept[out->n_pairs++] = w->pair[i];
    }
    out->pair = kept;
    return true;
}

dl_status dl_copies_find(dl_copies *out, const dl_pages *pages, const dl_models *m, dl_arena *keep, dl_error *err)
{
    dl_work w = { .pages = pages, .models = m, .keep = keep, .background = dl_background_open(m) };
    dl_copies found = { .pages = pages->n };
    dl_arena_init(&w.life, DL_ARENA_MAX);
    dl_arena_init(&w.page, DL_ARENA_MAX);
    bool ok =
        read_cards(&w) && find_pairs(&w) && dl_families_make(&found, &w) && dl_lines_make(&found, &w) && hand_out(&found, &w);
    dl_arena_free(&w.life);
    dl_arena_free(&w.page);
    if (!ok) return dl_fail_mem(err, "copies");
    *out = found;
    return DL_OK;
}
