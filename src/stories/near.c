/* near.c: the pages of the window that share weighty terms with a page, and how likely they are of one story. */
#include "base/date.h"
#include "base/sort.h"
#include "stories/online.h"

enum {
    ASKED = 40,       /* heaviest terms of a page that are looked up                                 */
    POSTINGS = 512,   /* latest pages of a term that are looked at                                   */
    LOOKED_AT = 8192, /* postings of a page in all                                                   */
    WEIGHED = 96,     /* pages that are compared by all of their words                               */
    SLOTS = 4 * LOOKED_AT
};
static const float WEAK = 0.01f; /* links below it are taken for none */

typedef struct found {
    uint32_t page;
    float rank;
} found;

static int best_first(const void *x, const void *y, const void *ctx)
{
    const found *a = x, *b = y;
    (void)ctx;
    if (a->rank > b->rank || a->rank < b->rank) return a->rank > b->rank ? -1 : 1;
    return a->page < b->page ? -1 : a->page > b->page;
}

static int heaviest(const void *x, const void *y, const void *ctx)
{
    const dl_term *a = x, *b = y;
    (void)ctx;
    if (a->weight > b->weight || a->weight < b->weight) return a->weight > b->weight ? -1 : 1;
    return a->hash < b->hash ? -1 : a->hash > b->hash;
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

/* The latest pages that have the term. Returns how many were looked at. */
static uint32_t look_up(const dl_online *s, const dl_term *term, sums *t)
{
    uint32_t looked = 0;
    for (uint32_t b = dl_postings_of(&s->postings, term->hash); b != DL_NONE; b = s->postings.block[b].before) {
        const dl_postings_block *at = &s->postings.block[b];
        if (at->before != DL_NONE) DL_FETCH(&s->postings.block[at->before]);
        for (uint32_t i = at->n; i-- > 0; looked++) {
            if (at->page[i] < s->page.lo || looked == POSTINGS) return looked;
            add(t, at->page[i], term->weight * (float)at->weight[i] / 65535);
        }
    }
    return looked;
}

/* Less for pages far away in time, so that the nearest in both are compared. */
static float nearer(int64_t a, int64_t b, float cosine)
{
    if (a == DL_NEVER || b == DL_NEVER) return cosine;
    int32_t days = dl_days_apart(a, b);
    return days < 4 ? cosine : days < 14 ? cosine * .7f : cosine * .4f;
}

static bool gather(dl_online *s, const dl_vector *v, found **out, uint32_t *n)
{
    dl_arena *a = &s->scratch;
    const dl_bag *all = &v->bag[DL_BAG_ALL];
    dl_term *term = dl_arena_raw(a, (size_t)all->n + 1, sizeof *term);
    sums t = { dl_arena_raw(a, SLOTS, sizeof *t.slot), dl_arena_raw(a, SLOTS, sizeof *t.used), 0 };
    if (!term || !t.slot || !t.used) return false;
    memset(t.slot, 0xff, SLOTS * sizeof *t.slot);
    if (all->n) memcpy(term, all->term, all->n * sizeof *term);
    if (!dl_sort(term, all->n, sizeof *term, heaviest, NULL, a)) return false;
    uint32_t looked = 0;
    for (uint32_t i = 0; i < all->n && i < ASKED && looked < LOOKED_AT; i++) looked += look_up(s, &term[i], &t);
    found *f = dl_arena_raw(a, (size_t)t.n + 1, sizeof *f);
    if (!f) return false;
    for (uint32_t i = 0; i < t.n; i++) {
        f[i] = t.slot[t.used[i]];
        f[i].rank = nearer(dl_online_at(s, f[i].page)->published, v->published, f[i].rank);
    }
    *out = f;
    *n = t.n;
    return dl_sort(f, t.n, sizeof *f, best_first, NULL, a);
}

static int by_page(const void *x, const void *y, const void *ctx)
{
    const dl_near *a = x, *b = y;
    (void)ctx;
    return a->page < b->page ? -1 : a->page > b->page;
}

bool dl_online_near(dl_online *s, const dl_vector *v, dl_near *out, uint32_t *n)
{
    found *f = NULL;
    uint32_t k = 0, kept = 0;
    *n = 0;
    if (!gather(s, v, &f, &k)) return false;
    if (k > WEIGHED) k = WEIGHED;
    float *cosine = dl_arena_raw(&s->scratch, (size_t)k + 1, sizeof *cosine);
    if (!cosine) return false;
    for (uint32_t i = 0; i < k; i++) {
        dl_vector o = dl_online_vector(s, f[i].page);
        double c = dl_bag_dot(&o.bag[DL_BAG_ALL], &v->bag[DL_BAG_ALL]);
        if (c < DL_LINK_LEAST) continue;
        f[kept++] = (found){ f[i].page, nearer(o.published, v->published, (float)c) };
    }
    if (!dl_sort(f, kept, sizeof *f, best_first, NULL, &s->scratch)) return false;
    for (uint32_t i = 0; i < kept && i < DL_NEAR_MAX; i++) {
        dl_vector o = dl_online_vector(s, f[i].page);
        double c = dl_bag_dot(&o.bag[DL_BAG_ALL], &v->bag[DL_BAG_ALL]);
        float p = (float)dl_link(&s->model, &o, v, c < 1 ? c : 1);
        if (p >= WEAK) out[(*n)++] = (dl_near){ f[i].page, p };
    }
    return dl_sort(out, *n, sizeof *out, by_page, NULL, &s->scratch);
}
