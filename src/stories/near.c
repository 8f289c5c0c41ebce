/* near.c: the pages of the window that share weighty terms with a page, and how likely they are of one story. */
#include "base/sort.h"
#include "stories/online.h"

enum {
    POSTINGS = 128,   /* latest pages of a term that are looked at                                   */
    LOOKED_AT = 1024, /* postings of a page in all                                                   */
    WEIGHED = 48,     /* pages that are compared by all of their words                               */
    IN_VAIN = 12,     /* of those in a row without a link: the rest, which shares less, has none        */
    AHEAD = 3,        /* pages whose words are asked for before their turn                          */
    SLOTS = 1 << 11   /* a power of two, above LOOKED_AT + POSTINGS                                  */
};
static const float WEAK = 0.01f; /* links below it are taken for none */

typedef struct found {
    uint32_t page;
    float rank;
} found;

/* The best by rank, then by page: a heap with the last of them at its root. */
typedef struct best {
    found at[WEIGHED];
    uint32_t n;
} best;

static bool is_better(const found *a, const found *b) { return a->rank > b->rank || (a->rank >= b->rank && a->page < b->page); }

/* Lets `c` sink from the root of the heap to its place. */
static void sink(best *h, found c)
{
    uint32_t i = 0;
    for (uint32_t k; (k = 2 * i + 1) < h->n; i = k) {
        if (k + 1 < h->n && is_better(&h->at[k], &h->at[k + 1])) k++;
        if (!is_better(&c, &h->at[k])) break;
        h->at[i] = h->at[k];
    }
    h->at[i] = c;
}

static void keep(best *h, found c)
{
    if (h->n == WEIGHED) {
        if (is_better(&c, &h->at[0])) sink(h, c);
        return;
    }
    uint32_t i = h->n++;
    for (; i && is_better(&h->at[(i - 1) / 2], &c); i = (i - 1) / 2) h->at[i] = h->at[(i - 1) / 2];
    h->at[i] = c;
}

/* The best first. */
static void put_in_order(best *h)
{
    const uint32_t n = h->n;
    while (h->n > 1) {
        const found last = h->at[0], c = h->at[--h->n];
        sink(h, c);
        h->at[h->n] = last;
    }
    h->n = n;
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
static float nearer(int32_t a, int32_t b, float cosine)
{
    if (a == DL_DAY_UNKNOWN || b == DL_DAY_UNKNOWN) return cosine;
    const int32_t days = a < b ? b - a : a - b;
    return days < 4 ? cosine : days < 14 ? cosine * .7f : cosine * .4f;
}

/* The rarest first: few pages have them, and those tell most. Of equal ones the first. */
static void put_rarest_first(const dl_online *s, dl_term *term, uint32_t n)
{
    double idf[DL_NEAR_ASKED];
    for (uint32_t i = 0; i < n; i++) {
        const dl_term t = term[i];
        const double x = dl_frequency_idf(&s->frequency, t.hash);
        uint32_t k = i;
        for (; k && idf[k - 1] < x; k--) {
            idf[k] = idf[k - 1];
            term[k] = term[k - 1];
        }
        idf[k] = x;
        term[k] = t;
    }
}

static bool gather(dl_online *s, const dl_vector *v, dl_term *heavy, uint32_t n_heavy, best *out)
{
    dl_arena *a = &s->scratch;
    sums t = { dl_arena_raw(a, SLOTS, sizeof *t.slot), dl_arena_raw(a, SLOTS, sizeof *t.used), 0 };
    uint32_t looked = 0, block[DL_NEAR_ASKED];
    if (!t.slot || !t.used) return false;
    memset(t.slot, 0xff, SLOTS * sizeof *t.slot);
    put_rarest_first(s, heavy, n_heavy);
    find_blocks(s, heavy, n_heavy, block);
    for (uint32_t i = 0; i < n_heavy && looked < LOOKED_AT; i++) looked += look_up(s, &heavy[i], block[i], &t);
    for (uint32_t i = 0; i < t.n; i++) {
        const found *f = &t.slot[t.used[i]];
        if (out->n == WEIGHED && f->rank < out->at[0].rank) continue; /* far away it is worth still less */
        keep(out, (found){ f->page, nearer(dl_online_at(s, f->page)->day, v->day, f->rank) });
    }
    put_in_order(out);
    return true;
}

/* Head and hashes of a page's terms. */
static void fetch_terms(const dl_online *s, uint32_t page)
{
    enum { LINES = 11, LINE = 8 }; /* of the cache: all hashes of the bag of all; cells of a line */
    const uint64_t at = dl_online_at(s, page)->cells, block = UINT64_C(1) << s->cell.shift, left = block - (at & (block - 1));
    const uint64_t *t = dl_tape_at(&s->cell, at);
    for (uint64_t i = 0; i < LINES && i * LINE < left; i++) DL_FETCH(t + i * LINE);
}

static int by_page(const void *x, const void *y, const void *ctx)
{
    const dl_near *a = x, *b = y;
    (void)ctx;
    return a->page < b->page ? -1 : a->page > b->page;
}

static int by_link(const void *x, const void *y, const void *ctx)
{
    const dl_near *a = x, *b = y;
    if (a->p > b->p || a->p < b->p) return a->p > b->p ? -1 : 1;
    return by_page(x, y, ctx);
}

/* Pages a day, of late; 0: unknown. Those that came before the clock went are not counted. */
static double rate_of(const dl_online *s)
{
    const uint32_t LATELY = 1000, n = dl_online_pages(s), lo = (uint32_t)s->page.lo;
    uint32_t beg = n - lo > LATELY ? n - LATELY : lo, end = n;
    if (beg < n && dl_online_ties_of(s, beg)->came != DL_CLOCK_UNSET) end = beg;
    while (beg < end) { /* the first from there with a clock */
        const uint32_t mid = beg + (end - beg) / 2;
        if (dl_online_ties_of(s, mid)->came == DL_CLOCK_UNSET)
            beg = mid + 1;
        else
            end = mid;
    }
    if (beg == n) return 0;
    const int64_t days = (int64_t)s->clock.now - dl_online_ties_of(s, beg)->came;
    return (double)(n - beg) / (double)(days > 0 ? days + 1 : 1);
}

/* How likely page `other` is of one story with the probe's, the next to come; 0: they are not compared. */
static float weigh(const dl_online *s, const dl_probe *probe, double rate, uint32_t other)
{
    const dl_vector o = dl_online_vector(s, other);
    dl_shared shared;
    const double c = dl_probe_share(&shared, probe, &o.bag[DL_BAG_ALL]);
    double feature[DL_LINK_FEATURES];
    dl_likeness like;
    if (c < DL_LINK_LEAST) return 0;
    dl_probe_liken(&like, probe, &o, &shared, c);
    dl_link_features(feature, &o, probe->v, &like, rate);
    if (s->set.saw) s->set.saw(s->set.ctx, other, dl_online_pages(s), feature);
    return (float)dl_link(&s->model, feature, o.day != DL_DAY_UNKNOWN && probe->v->day != DL_DAY_UNKNOWN);
}

bool dl_online_near(dl_online *s, const dl_vector *v, dl_term *heavy, uint32_t n_heavy, dl_near *out, uint32_t *n)
{
    best shared = { .n = 0 };
    dl_probe probe;
    dl_near near[WEIGHED];
    const double rate = rate_of(s);
    uint32_t linked = 0, in_vain = 0;
    if (!gather(s, v, heavy, n_heavy, &shared)) return false;
    dl_probe_make(&probe, v);
    for (uint32_t i = 0; i < shared.n && i < AHEAD; i++) fetch_terms(s, shared.at[i].page);
    for (uint32_t i = 0; i < shared.n && (in_vain < IN_VAIN || s->set.saw); i++) {
        if (i + AHEAD < shared.n) fetch_terms(s, shared.at[i + AHEAD].page);
        const float p = weigh(s, &probe, rate, shared.at[i].page);
        in_vain = p >= WEAK ? 0 : in_vain + 1;
        if (p >= WEAK) near[linked++] = (dl_near){ shared.at[i].page, p };
    }
    if (!dl_sort(near, linked, sizeof *near, by_link, NULL, &s->scratch)) return false;
    *n = linked < DL_NEAR_MAX ? linked : DL_NEAR_MAX;
    memcpy(out, near, *n * sizeof *out);
    return dl_sort(out, *n, sizeof *out, by_page, NULL, &s->scratch);
}
