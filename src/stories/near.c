/* near.c: the pages of the window that share weighty terms with a page, and how likely they are of one story. */
#include "base/date.h"
#include "base/sort.h"
#include "stories/online.h"

enum {
    POSTINGS = 128,   /* latest pages of a term that are looked at                                   */
    LOOKED_AT = 2048, /* postings of a page in all                                                   */
    WEIGHED = 48,     /* pages that are compared by all of their words                               */
    AHEAD = 3,        /* pages whose words are asked for before their turn                          */
    SLOTS = 4 << 12   /* a power of two, above LOOKED_AT                                          */
};
static const float WEAK = 0.01f; /* links below it are taken for none */

typedef struct found {
    uint32_t page;
    float rank;
} found;

typedef struct candidate {
    uint32_t page;
    float rank;
    double cosine;
} candidate;

/* The best by rank, then by page: a heap with the last of them at its root. */
typedef struct best {
    candidate at[WEIGHED];
    uint32_t n, most;
} best;

static bool is_better(const candidate *a, const candidate *b)
{
    return a->rank > b->rank || (a->rank >= b->rank && a->page < b->page);
}

static void keep(best *h, candidate c)
{
    uint32_t i = 0;
    if (h->n < h->most) {
        for (i = h->n++; i && is_better(&h->at[(i - 1) / 2], &c); i = (i - 1) / 2) h->at[i] = h->at[(i - 1) / 2];
        h->at[i] = c;
        return;
    }
    if (!is_better(&c, &h->at[0])) return;
    for (uint32_t k; (k = 2 * i + 1) < h->n; i = k) {
        if (k + 1 < h->n && is_better(&h->at[k], &h->at[k + 1])) k++;
        if (!is_better(&c, &h->at[k])) break;
        h->at[i] = h->at[k];
    }
    h->at[i] = c;
}

/* Sums by page: an open table that one search fills. */
typedef struct sums {
    found *slot; /* [SLOTS] page DL_NONE: free                                                      */
    uint32_t *used;
    uint32_t n;
} sums;

static void add(sums *t, uint32_t page, float x)
{
    uint32_t i = page * UINT32_C(0x9e3779b1) >> 8 & (SLOTS - 1);
    while (t->slot[i].page != DL_NONE && t->slot[i].page != page) i = (i + 1) & (SLOTS - 1);
    if (t->slot[i].page == DL_NONE) {
        t->slot[i] = (found){ page, 0 };
        t->used[t->n++] = i;
    }
    t->slot[i].rank += x;
}

/* The latest pages that have the term, from block b on. Returns how many were looked at. */
static uint32_t look_up(const dl_online *s, const dl_term *term, uint32_t b, sums *t)
{
    const float weight = (float)(term->weight / (DL_WEIGHT_ONE * DL_WEIGHT_ONE));
    uint32_t looked = 0;
    for (; b != DL_NONE; b = s->postings.block[b].before) {
        const dl_postings_block *at = &s->postings.block[b];
        if (at->before != DL_NONE) DL_FETCH(&s->postings.block[at->before]);
        for (uint32_t i = at->n; i-- > 0; looked++) {
            if (at->page[i] < s->page.lo || looked == POSTINGS) return looked;
            add(t, at->page[i], weight * (float)at->weight[i]);
        }
    }
    return looked;
}

/* The latest block of each term; all of them lie far from one another, and are asked for at once. */
static void find_blocks(const dl_online *s, const dl_term *term, uint32_t n, uint32_t *block)
{
    for (uint32_t i = 0; i < n; i++) dl_postings_fetch(&s->postings, term[i].hash);
    for (uint32_t i = 0; i < n; i++) {
        block[i] = dl_postings_of(&s->postings, term[i].hash);
        if (block[i] != DL_NONE) DL_FETCH(&s->postings.block[block[i]]);
    }
}

/* Less for pages far away in time, so that the nearest in both are compared. */
static float nearer(int64_t a, int64_t b, float cosine)
{
    if (a == DL_NEVER || b == DL_NEVER) return cosine;
    int32_t days = dl_days_apart(a, b);
    return days < 4 ? cosine : days < 14 ? cosine * .7f : cosine * .4f;
}

static bool gather(dl_online *s, const dl_vector *v, const dl_term *heavy, uint32_t n_heavy, best *out)
{
    dl_arena *a = &s->scratch;
    sums t = { dl_arena_raw(a, SLOTS, sizeof *t.slot), dl_arena_raw(a, SLOTS, sizeof *t.used), 0 };
    uint32_t looked = 0, block[DL_NEAR_ASKED];
    if (!t.slot || !t.used) return false;
    memset(t.slot, 0xff, SLOTS * sizeof *t.slot);
    find_blocks(s, heavy, n_heavy, block);
    for (uint32_t i = 0; i < n_heavy && looked < LOOKED_AT; i++) looked += look_up(s, &heavy[i], block[i], &t);
    for (uint32_t i = 0; i < t.n; i++) {
        const found *f = &t.slot[t.used[i]];
        if (out->n == out->most && f->rank < out->at[0].rank) continue; /* far away it is worth still less */
        keep(out, (candidate){ f->page, nearer(dl_online_at(s, f->page)->published, v->published, f->rank), 0 });
    }
    return true;
}

/* The first terms of a page; those behind them follow by themselves. */
static void fetch_terms(const dl_online *s, uint32_t page)
{
    enum { LINE = 16, LINES = 10 }; /* terms of a line of the cache */
    const dl_online_page *p = dl_online_at(s, page);
    const uint32_t *t = p->n[DL_BAG_ALL] ? dl_tape_at(&s->cell, p->cells) : NULL;
    for (uint32_t i = 0; t && i < LINES && i * LINE < p->n[DL_BAG_ALL]; i++) DL_FETCH(t + (size_t)i * LINE);
}

static int by_page(const void *x, const void *y, const void *ctx)
{
    const dl_near *a = x, *b = y;
    (void)ctx;
    return a->page < b->page ? -1 : a->page > b->page;
}

bool dl_online_near(dl_online *s, const dl_vector *v, const dl_term *heavy, uint32_t n_heavy, dl_near *out, uint32_t *n)
{
    best shared = { .most = WEIGHED }, near = { .most = DL_NEAR_MAX };
    dl_probe probe;
    *n = 0;
    if (!gather(s, v, heavy, n_heavy, &shared)) return false;
    dl_probe_make(&probe, v);
    for (uint32_t i = 0; i < shared.n; i++) DL_FETCH(dl_online_at(s, shared.at[i].page));
    for (uint32_t i = 0; i < shared.n; i++) {
        if (i + AHEAD < shared.n) fetch_terms(s, shared.at[i + AHEAD].page);
        const dl_vector o = dl_online_vector(s, shared.at[i].page);
        const double c = dl_probe_dot(&probe, &o.bag[DL_BAG_ALL]);
        if (c < DL_LINK_LEAST) continue;
        keep(&near, (candidate){ shared.at[i].page, nearer(o.published, v->published, (float)c), c });
    }
    for (uint32_t i = 0; i < near.n; i++) {
        const dl_vector o = dl_online_vector(s, near.at[i].page);
        double feature[DL_LINK_FEATURES];
        dl_likeness like;
        dl_probe_liken(&like, &probe, &o, near.at[i].cosine);
        dl_link_features(feature, &o, v, &like);
        if (s->set.saw) s->set.saw(s->set.ctx, near.at[i].page, dl_online_pages(s), feature);
        const float p = (float)dl_link(&s->model, feature, o.published != DL_NEVER && v->published != DL_NEVER);
        if (p >= WEAK) out[(*n)++] = (dl_near){ near.at[i].page, p };
    }
    return dl_sort(out, *n, sizeof *out, by_page, NULL, &s->scratch);
}
