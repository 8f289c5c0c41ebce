/* families.c: from pairs to families. */
#include "base/hash.h"
#include "base/sort.h"
#include "copies/unseen.h"
#include "copies/work.h"

static const double QUORUM = .45; /* mean share between two groups that become one               */

typedef struct edge {
    uint32_t page; /* the other page of a pair                                                  */
    float share;   /* the larger of the two shares                                              */
} edge;

/* Groups under way: members are chains, the smaller joins the larger. */
typedef struct groups {
    uint32_t *of;    /* [pages] group                                                           */
    uint32_t *first; /* [pages] first member of a group                                         */
    uint32_t *last;
    uint32_t *next; /* [pages] next member of its group, or DL_NONE                             */
    uint32_t *size;
    uint64_t *refused;        /* [pages] the group last refused and the sizes at that time, mixed        */
    const uint32_t *edge_beg; /* [pages + 1] rows of edge                                         */
    const edge *edge;
} groups;

static bool is_copy(const dl_pair *p) { return dl_copy_whole(p->kind); }

static uint32_t larger_share(const dl_pair *p)
{
    uint32_t share = p->share_a > p->share_b ? p->share_a : p->share_b;
    return share > p->retold ? share : p->retold;
}

/* How much the pair speaks for one text. A partial pair with a large share was refused as a copy:
 * half. */
static float speaks(const dl_pair *p)
{
    uint32_t share = larger_share(p);
    return (float)share / (is_copy(p) || share < 5000 ? 10000 : 20000);
}

static bool make_edges(groups *g, dl_work *w)
{
    size_t n = w->pages->n;
    uint32_t *beg = DL_NEW(&w->life, n + 2, uint32_t), *at = DL_NEW(&w->life, n + 2, uint32_t);
    edge *edges = DL_NEW(&w->life, 2 * w->n_pairs + 1, edge);
    if (!beg || !at || !edges) return false;
    for (size_t i = 0; i < w->n_pairs; i++) {
        beg[w->pair[i].a + 1]++;
        beg[w->pair[i].b + 1]++;
    }
    for (size_t p = 0; p < n; p++) beg[p + 1] += beg[p];
    memcpy(at, beg, n * sizeof *at);
    for (size_t i = 0; i < w->n_pairs; i++) {
        const dl_pair *p = &w->pair[i];
        edges[at[p->a]++] = (edge){ p->b, speaks(p) };
        edges[at[p->b]++] = (edge){ p->a, speaks(p) };
    }
    g->edge_beg = beg;
    g->edge = edges;
    return true;
}

static bool groups_make(groups *g, dl_work *w)
{
    size_t n = w->pages->n;
    g->of = dl_arena_raw(&w->life, n + 1, sizeof *g->of);
    g->first = dl_arena_raw(&w->life, n + 1, sizeof *g->first);
    g->last = dl_arena_raw(&w->life, n + 1, sizeof *g->last);
    g->next = dl_arena_raw(&w->life, n + 1, sizeof *g->next);
    g->size = dl_arena_raw(&w->life, n + 1, sizeof *g->size);
    g->refused = DL_NEW(&w->life, n + 1, uint64_t);
    if (dl_arena_failed(&w->life)) return false;
    for (uint32_t p = 0; p < n; p++) {
        g->of[p] = g->first[p] = g->last[p] = p;
        g->next[p] = DL_NONE;
        g->size[p] = 1;
    }
    return make_edges(g, w);
}

/* The sum of shares between group x and group y; x is the smaller. */
static double shares_between(const groups *g, uint32_t x, uint32_t y)
{
    double sum = 0;
    for (uint32_t p = g->first[x]; p != DL_NONE; p = g->next[p]) {
        for (uint32_t e = g->edge_beg[p]; e < g->edge_beg[p + 1]; e++) {
            if (g->of[g->edge[e].page] == y) sum += (double)g->edge[e].share;
        }
    }
    return sum;
}

static void join(groups *g, uint32_t x, uint32_t y)
{
    if (g->size[x] > g->size[y]) {
        uint32_t t = x;
        x = y;
        y = t;
    }
    /* A page is compared with its nearest candidates alone: in large groups these are the quorum. */
    double across = (double)g->size[x] * g->size[y], cap = (double)g->size[x] * 16;
    uint64_t attempt = dl_hash_mix(dl_hash_mix(y, g->size[x]), g->size[y]) | 1;
    if (g->refused[x] == attempt) return; /* nothing has changed since */
    if (shares_between(g, x, y) < QUORUM * (across < cap ? across : cap)) {
        g->refused[x] = attempt;
        return;
    }
    for (uint32_t p = g->first[x]; p != DL_NONE; p = g->next[p]) g->of[p] = y;
    g->next[g->last[y]] = g->first[x];
    g->last[y] = g->last[x];
    g->size[y] += g->size[x];
}

static int strongest(const void *x, const void *y, const void *ctx)
{
    const dl_pair *pair = ctx, *p = &pair[*(const uint32_t *)x], *q = &pair[*(const uint32_t *)y];
    uint32_t s = larger_share(p), t = larger_share(q);
    if (s != t) return s > t ? -1 : 1;
    uint32_t u = p->share_a + p->share_b, v = q->share_a + q->share_b;
    return u > v ? -1 : u < v;
}

static bool join_pairs(groups *g, dl_work *w)
{
    uint32_t *row = dl_arena_raw(&w->life, w->n_pairs + 1, sizeof *row), n = 0;
    if (!row) return false;
    for (uint32_t i = 0; i < w->n_pairs; i++) {
        if (is_copy(&w->pair[i])) row[n++] = i;
    }
    if (!dl_sort(row, n, sizeof *row, strongest, w->pair, &w->life)) return false;
    for (int round = 0; round < 2; round++) { /* a pair refused at first may have its quorum later */
        for (uint32_t i = 0; i < n; i++) {
            const dl_pair *p = &w->pair[row[i]];
            if (g->of[p->a] != g->of[p->b]) join(g, g->of[p->a], g->of[p->b]);
        }
    }
    return true;
}

/* What the families say of the pairs. Two texts of one that share less than half are no copies of each other as they are. */
static void settle_kinds(const groups *g, dl_work *w)
{
    enum { HALF = 5000 };
    for (size_t i = 0; i < w->n_pairs; i++) {
        dl_pair *p = &w->pair[i];
        bool one = g->of[p->a] == g->of[p->b];
        if (one && !is_copy(p)) p->kind = larger_share(p) < HALF ? DL_REWRITE : DL_COPY;
        if (!one && is_copy(p)) p->kind = DL_PARTIAL;
    }
}

static bool number_families(dl_copies *out, const groups *g, dl_work *w)
{
    uint32_t n = w->pages->n, *row = dl_arena_raw(&w->life, (size_t)n + 1, sizeof *row);
    dl_family *f = DL_NEW(w->keep, (size_t)n + 1, dl_family);
    out->family_of = DL_NEW(w->keep, (size_t)n + 1, uint32_t);
    uint32_t *page = DL_NEW(w->keep, (size_t)n + 1, uint32_t), *at = dl_arena_raw(&w->life, (size_t)n + 1, sizeof *at), used = 0;
    if (!row || !f || !out->family_of || !page || !at) return false;
    memset(row, 0xff, n * sizeof *row);
    for (uint32_t p = 0; p < n; p++) {
        uint32_t x = g->of[p];
        if (row[x] == DL_NONE) {
            row[x] = out->n_families++;
            at[row[x]] = used;
            f[row[x]] = (dl_family){ .page = page + used, .seen = DL_NONE };
            used += g->size[x];
        }
        dl_family *own = &f[row[x]];
        page[at[row[x]] + own->n++] = p;
        out->family_of[p] = row[x];
    }
    out->family = f;
    return true;
}

/* Each page has one parent at most; where they go in a circle, its first page has none. */
static bool break_circles(uint32_t *parent, uint32_t n, dl_arena *a)
{
    uint32_t *seen = dl_arena_raw(a, (size_t)n + 1, sizeof *seen); /* the walk that was here, or DL_NONE */
    if (!seen) return false;
    memset(seen, 0xff, ((size_t)n + 1) * sizeof *seen);
    for (uint32_t p = 0; p < n; p++) {
        uint32_t at = p;
        while (at != DL_NONE && seen[at] == DL_NONE) {
            seen[at] = p;
            at = parent[at];
        }
        if (at == DL_NONE || seen[at] != p) continue;
        uint32_t least = at;
        for (uint32_t k = parent[at]; k != at; k = parent[k]) least = k < least ? k : least;
        parent[least] = DL_NONE;
    }
    return true;
}

/* The page of the family it most likely came from: the copy pair that points to it with the
 * largest share. */
static bool find_parents(dl_copies *out, dl_work *w)
{
    uint32_t n = w->pages->n;
    out->parent = dl_arena_raw(w->keep, (size_t)n + 1, sizeof *out->parent);
    out->kind = DL_NEW(w->keep, (size_t)n + 1, uint8_t);
    out->credited = DL_NEW(w->keep, (size_t)n + 1, uint8_t);
    uint32_t *best = DL_NEW(&w->life, (size_t)n + 1, uint32_t);
    if (!out->parent || !out->kind || !out->credited || !best) return false;
    memset(out->parent, 0xff, ((size_t)n + 1) * sizeof *out->parent);
    for (size_t i = 0; i < w->n_pairs; i++) {
        const dl_pair *p = &w->pair[i];
        if (!is_copy(p)) continue;
        bool down = p->direction == DL_A_TO_B, up = p->direction == DL_B_TO_A;
        if (!down && !up) continue;
        uint32_t child = down ? p->b : p->a, share = (down ? p->share_b : p->share_a) + 1;
        if (share <= best[child]) continue;
        best[child] = share;
        out->parent[child] = down ? p->a : p->b;
        out->kind[child] = p->kind;
    }
    for (uint32_t p = 0; p < n; p++) out->credited[p] = w->source[p].name.len > 0 && !w->source[p].own;
    return break_circles(out->parent, n, &w->life);
}

/* A family whose text no page shows whole: its top pages come from none of the others. */
static bool find_unseen(dl_family *f, dl_copies *out, dl_work *w, const uint8_t *elsewhere)
{
    uint32_t top;
    dl_arena_reset(&w->page);
    if (!dl_unseen_find(&top, f, w, elsewhere, &w->page)) return false;
    f->in_parts = top != 0;
    for (uint32_t i = 0; i < f->n && top; i++) {
        if (!(top >> i & 1)) continue;
        out->parent[f->page[i]] = DL_NONE;
        for (uint32_t k = i + 1; k < f->n; k++) {
            dl_pair *p = top >> k & 1 ? (dl_pair *)dl_pair_of(w->pair, w->n_pairs, f->page[i], f->page[k]) : NULL;
            if (!p) continue;
            p->direction = DL_SIBLINGS;
            p->signs = DL_SIGN_PARTS;
        }
    }
    return true;
}

/* The origin: whom a member credits, wires first; else the page no other came before. */
static void name_origin(dl_family *f, const dl_copies *out, const dl_work *w)
{
    const dl_source *best = NULL;
    uint32_t seen = DL_NONE;
    for (uint32_t i = 0; i < f->n; i++) {
        const dl_source *s = &w->source[f->page[i]];
        if (!s->name.len) continue;
        if (s->own) seen = f->page[i];
        if (!best || (s->own && !best->own) || (s->kind == DL_WIRE && best->kind != DL_WIRE && !best->own)) best = s;
    }
    f->origin_kind = DL_ORIGIN_UNKNOWN;
    f->seen = seen;
    if (best) {
        f->origin = best->name;
        f->origin_kind = best->kind;
        return;
    }
    if (f->in_parts) return;
    for (uint32_t i = 0; i < f->n && f->seen == DL_NONE; i++) {
        if (out->parent[f->page[i]] == DL_NONE) f->seen = f->page[i];
    }
    const dl_doc *d = f->seen == DL_NONE ? NULL : dl_page(w->pages, f->seen);
    f->origin = dl_source_outlet(d);
    if (f->origin.len) f->origin_kind = DL_NEWSROOM;
}

bool dl_families_make(dl_copies *out, dl_work *w)
{
    groups g;
    if (!groups_make(&g, w) || !join_pairs(&g, w)) return false;
    settle_kinds(&g, w);
    if (!number_families(out, &g, w) || !find_parents(out, w)) return false;
    dl_family *f = (dl_family *)out->family; /* made above, in keep */
    const uint8_t *elsewhere = dl_unseen_elsewhere(out->family_of, w, &w->life);
    if (!elsewhere) return false;
    for (uint32_t i = 0; i < out->n_families; i++) {
        if (!find_unseen(&f[i], out, w, elsewhere)) return false;
        name_origin(&f[i], out, w);
        if (f[i].origin.len) f[i].origin = dl_arena_str(w->keep, f[i].origin);
    }
    return !dl_arena_failed(w->keep);
}
