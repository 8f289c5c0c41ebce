/* link.c: the pair model and the sparse graph of links. */
#include "stories/link.h"

#include <math.h>

#include "base/date.h"
#include "base/error.h"
#include "base/sort.h"

enum {
    COMPARED_MAX = 48,   /* earlier pages a page is compared with in full                            */
    POSTINGS_MAX = 2048, /* latest pages of a term that are looked at                              */
};

dl_status dl_link_open(dl_link_model *out, const dl_models *m, dl_error *err)
{
    dl_str s = dl_models_section(m, "stories");
    if (s.len != sizeof *out) return dl_fail(err, DL_EMODEL, "stories", DL_NO_OFFSET, "weights are missing or of another size");
    memcpy(out, s.p, sizeof *out);
    return DL_OK;
}

static void both(double out[2], const dl_bag *a, const dl_bag *b, const dl_bag *all_a, const dl_bag *all_b)
{
    double x = dl_bag_covered(a, all_b), y = dl_bag_covered(b, all_a);
    out[0] = x < y ? x : y;
    out[1] = x < y ? y : x;
}

void dl_link_features(double out[DL_LINK_FEATURES], const dl_vector *a, const dl_vector *b, double cosine)
{
    const double SIGMA = 3, FAR = 60;
    double dot[DL_BAGS];
    for (int k = 1; k < DL_BAGS; k++) dot[k] = dl_bag_dot(&a->bag[k], &b->bag[k]);
    bool dated = a->published != DL_NEVER && b->published != DL_NEVER;
    double days = dated ? fabs((double)a->published - (double)b->published) / (double)DL_DAY_SECONDS : 0;
    double near = dated ? exp(-days * days / (2 * SIGMA * SIGMA)) : 0, late = log1p(days), undated = !dated;
    double length = log((a->words < b->words ? a->words : b->words) + 20.0);
    double c = cosine, h = dot[DL_BAG_HEAD], n = dot[DL_BAG_NAMES], u = dot[DL_BAG_NUMBERS], t = dot[DL_BAG_TITLE],
           p = dot[DL_BAG_PAIRS];
    const double f[] = { 1,
                         c,
                         h,
                         n,
                         u,
                         sqrt(c),
                         sqrt(h),
                         sqrt(n),
                         sqrt(u),
                         near,
                         late,
                         undated,
                         c * near,
                         c * undated,
                         c * late,
                         h * near,
                         length,
                         c * length,
                         (days < FAR ? days : FAR) / FAR,
                         t,
                         sqrt(t),
                         p,
                         sqrt(p) };
    memcpy(out, f, sizeof f);
    double *rest = out + DL_COUNT(f);
    both(rest, &a->bag[DL_BAG_HEAD], &b->bag[DL_BAG_HEAD], &a->bag[DL_BAG_ALL], &b->bag[DL_BAG_ALL]);
    both(rest + 2, &a->bag[DL_BAG_TITLE], &b->bag[DL_BAG_TITLE], &a->bag[DL_BAG_ALL], &b->bag[DL_BAG_ALL]);
    both(rest + 4, &a->bag[DL_BAG_NAMES], &b->bag[DL_BAG_NAMES], &a->bag[DL_BAG_ALL], &b->bag[DL_BAG_ALL]);
    rest[6] = p * near;
}

static double vote(const dl_link_net *n, const double x[DL_LINK_FEATURES])
{
    double z = (double)n->out_bias;
    for (int h = 0; h < DL_LINK_HIDDEN; h++) {
        double y = (double)n->in_bias[h];
        for (int i = 0; i < DL_LINK_FEATURES; i++) y += (double)n->in[h][i] * x[i];
        z += (double)n->out[h] * dl_link_bend(y);
    }
    return 1 / (1 + exp(-z));
}

double dl_link(const dl_link_model *m, const dl_vector *a, const dl_vector *b, double cosine)
{
    double f[DL_LINK_FEATURES], sum = 0;
    dl_link_features(f, a, b, cosine);
    for (int i = 0; i < DL_LINK_FEATURES; i++) f[i] = (f[i] - (double)m->mean[i]) * (double)m->scale[i];
    for (int k = 0; k < DL_LINK_NETS; k++) sum += vote(&m->net[k], f);
    return sum / DL_LINK_NETS;
}

/* ---- The inverted index ------------------------------------------------------------------------ */

typedef struct posting {
    uint32_t page;
    float weight;
} posting;

typedef struct index {
    uint32_t n;
    uint32_t *hash; /* [n] ascending terms                                                      */
    uint32_t *beg;  /* [n + 1]                                                                  */
    uint32_t *fill; /* [n] postings so far                                                      */
    posting *at;
} index;

static bool index_make(index *x, const dl_vector *v, uint32_t n, dl_arena *a)
{
    size_t all = 0, at = 0;
    for (uint32_t p = 0; p < n; p++) all += v[p].bag[DL_BAG_ALL].n;
    uint32_t *h = dl_arena_raw(a, all + 1, sizeof *h);
    if (!h || all >= UINT32_MAX) return false;
    for (uint32_t p = 0; p < n; p++) {
        for (uint32_t i = 0; i < v[p].bag[DL_BAG_ALL].n; i++) h[at++] = v[p].bag[DL_BAG_ALL].term[i].hash;
    }
    if (!dl_sort(h, all, sizeof *h, dl_by_u32, NULL, a)) return false;
    x->hash = dl_arena_raw(a, all + 1, sizeof *x->hash);
    x->beg = dl_arena_raw(a, all + 2, sizeof *x->beg);
    x->fill = dl_arena_get(a, all + 1, sizeof *x->fill);
    x->at = dl_arena_raw(a, all + 1, sizeof *x->at);
    if (!x->hash || !x->beg || !x->fill || !x->at) return false;
    x->n = 0;
    for (size_t i = 0; i < all; i++) {
        if (i && h[i] == h[i - 1]) continue;
        x->beg[x->n] = (uint32_t)i;
        x->hash[x->n++] = h[i];
    }
    x->beg[x->n] = (uint32_t)all;
    return true;
}

typedef struct near_page {
    uint32_t page;
    float cosine, rank;
} near_page;

static int nearest(const void *x, const void *y, const void *ctx)
{
    const near_page *a = x, *b = y;
    (void)ctx;
    if (a->rank > b->rank || a->rank < b->rank) return a->rank > b->rank ? -1 : 1;
    return a->page < b->page ? -1 : a->page > b->page;
}

typedef struct search {
    index x;
    const dl_vector *v;
    float *sum;      /* [pages] cosine so far; 0 between pages                                    */
    uint32_t *found; /* [pages] pages with a sum                                                 */
} search;

/* Rank: cosine, less for pages far away in time, so that the nearest in both are compared. */
static float rank_of(const dl_vector *a, const dl_vector *b, float cosine)
{
    if (a->published == DL_NEVER || b->published == DL_NEVER) return cosine;
    double days = fabs((double)a->published - (double)b->published) / (double)DL_DAY_SECONDS;
    return days < 4 ? cosine : days < 14 ? cosine * .7f : cosine * .4f;
}

/* Earlier pages near page p, nearest first; page p goes into the index. */
static bool look_up(search *s, uint32_t p, near_page **out, uint32_t *n, dl_arena *a)
{
    const dl_bag *b = &s->v[p].bag[DL_BAG_ALL];
    uint32_t found = 0, kept = 0;
    for (uint32_t i = 0; i < b->n; i++) {
        uint32_t row = dl_find_u32(s->x.hash, s->x.n, b->term[i].hash), fill = s->x.fill[row];
        const posting *list = s->x.at + s->x.beg[row];
        for (uint32_t k = fill > POSTINGS_MAX ? fill - POSTINGS_MAX : 0; k < fill; k++) {
            if (s->sum[list[k].page] <= 0) s->found[found++] = list[k].page;
            s->sum[list[k].page] += list[k].weight * b->term[i].weight + 1e-9f;
        }
        s->x.at[s->x.beg[row] + s->x.fill[row]++] = (posting){ p, b->term[i].weight };
    }
    near_page *v = dl_arena_raw(a, (size_t)found + 1, sizeof *v);
    if (!v) return false;
    for (uint32_t i = 0; i < found; i++) {
        uint32_t q = s->found[i];
        float c = s->sum[q];
        s->sum[q] = 0;
        if (c >= (float)DL_LINK_LEAST) v[kept++] = (near_page){ q, c < 1 ? c : 1, rank_of(&s->v[p], &s->v[q], c) };
    }
    *out = v;
    *n = kept < COMPARED_MAX ? kept : COMPARED_MAX;
    return dl_sort(v, kept, sizeof *v, nearest, NULL, a);
}

/* ---- The graph ----------------------------------------------------------------------------------- */

typedef struct pair_link {
    uint32_t a, b;
    float p;
} pair_link;

static int by_page(const void *x, const void *y, const void *ctx)
{
    const dl_edge *a = x, *b = y;
    (void)ctx;
    return a->page < b->page ? -1 : a->page > b->page;
}

static bool both_ways(dl_graph *out, const pair_link *l, size_t n, dl_arena *keep, dl_arena *scratch)
{
    uint32_t *beg = DL_NEW(keep, (size_t)out->n + 2, uint32_t), *at = dl_arena_raw(scratch, (size_t)out->n + 2, sizeof *at);
    dl_edge *e = dl_arena_raw(keep, 2 * n + 1, sizeof *e);
    if (!beg || !at || !e) return false;
    for (size_t i = 0; i < n; i++) {
        beg[l[i].a + 1]++;
        beg[l[i].b + 1]++;
    }
    for (uint32_t p = 0; p < out->n; p++) beg[p + 1] += beg[p];
    memcpy(at, beg, ((size_t)out->n + 1) * sizeof *at);
    for (size_t i = 0; i < n; i++) {
        e[at[l[i].a]++] = (dl_edge){ l[i].b, l[i].p };
        e[at[l[i].b]++] = (dl_edge){ l[i].a, l[i].p };
    }
    for (uint32_t p = 0; p < out->n; p++) {
        if (!dl_sort(e + beg[p], beg[p + 1] - beg[p], sizeof *e, by_page, NULL, scratch)) return false;
    }
    out->beg = beg;
    out->edge = e;
    return true;
}

bool dl_graph_make(dl_graph *out, const dl_vector *v, uint32_t n, const dl_link_model *m, dl_arena *keep, dl_arena *scratch)
{
    const double WEAK = 0.01; /* links below it are taken for none */
    search s = { .v = v };
    pair_link *link = NULL;
    size_t n_links = 0, cap = 0;
    *out = (dl_graph){ .n = n };
    s.sum = DL_NEW(scratch, (size_t)n + 1, float);
    s.found = DL_NEW(scratch, (size_t)n + 1, uint32_t);
    if (!s.sum || !s.found || !index_make(&s.x, v, n, scratch)) return false;
    for (uint32_t p = 0; p < n; p++) {
        dl_arena_mark mark = dl_arena_here(scratch);
        near_page *near = NULL;
        uint32_t n_near = 0;
        if (!look_up(&s, p, &near, &n_near, scratch)) return false;
        for (uint32_t i = 0; i < n_near; i++) {
            double x = dl_link(m, &v[near[i].page], &v[p], (double)near[i].cosine);
            if (x < WEAK) continue;
            if (!DL_ROOM(keep, link, n_links, cap)) return false;
            link[n_links++] = (pair_link){ near[i].page, p, (float)x };
        }
        dl_arena_back(scratch, mark);
    }
    return both_ways(out, link, n_links, keep, scratch);
}
