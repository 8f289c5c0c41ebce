/* cluster.c: from links between pages to stories. Average link, not single link: one page that
 * resembles two stories must not chain them. Mean over all members is the quorum. */
#include "base/sort.h"
#include "stories/link.h"

enum { ROUNDS = 3, MERGES = 8 };
static const double BAR = 0.37;   /* mean link to join                                            */
static const double LEAVE = 0.26; /* mean link below which a page is put out again                */

typedef struct groups {
    const dl_graph *g;
    uint32_t *of;   /* [pages] group                                                            */
    uint32_t *size; /* [pages] members of a group                                               */
    uint32_t n;     /* groups made so far, empty ones included                                  */
    double *sum;    /* [pages + 1] of links to a group; 0 between uses                           */
    uint32_t *seen; /* [pages + 1] groups with a sum                                            */
} groups;

/* The group, other than its own, with the best mean link to page x. `before` leaves later pages out.
 * *own receives the mean link to the page's own group. Ties go to the older group. */
static uint32_t best_group(groups *s, uint32_t x, bool before, double *best, double *own)
{
    uint32_t n = 0, found = DL_NONE, mine = before ? DL_NONE : s->of[x];
    *best = 0;
    *own = 0;
    for (uint32_t e = s->g->beg[x]; e < s->g->beg[x + 1]; e++) {
        uint32_t y = s->g->edge[e].page;
        if (before && y >= x) break;
        if (s->sum[s->of[y]] <= 0) s->seen[n++] = s->of[y];
        s->sum[s->of[y]] += (double)s->g->edge[e].p;
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t c = s->seen[i];
        double mean = s->sum[c] / (c == mine ? (s->size[c] > 1 ? s->size[c] - 1 : 1) : s->size[c]);
        s->sum[c] = 0;
        if (c == mine)
            *own = mean;
        else if (mean > *best || (found != DL_NONE && mean >= *best && c < found)) {
            *best = mean;
            found = c;
        }
    }
    return found;
}

static void move(groups *s, uint32_t x, uint32_t to)
{
    s->size[s->of[x]]--;
    s->of[x] = to;
    s->size[to]++;
}

/* An empty group: one whose last page left, else a new one. There are never more groups than pages. */
static uint32_t empty_group(groups *s)
{
    if (s->n < s->g->n) return s->n++;
    for (uint32_t c = 0; c < s->n; c++) {
        if (!s->size[c]) return c;
    }
    return DL_NONE;
}

static void join_in_order(groups *s)
{
    for (uint32_t x = 0; x < s->g->n; x++) {
        double best, own;
        uint32_t c = best_group(s, x, true, &best, &own);
        if (c == DL_NONE || best < BAR) c = s->n++;
        s->of[x] = c;
        s->size[c]++;
    }
}

static bool move_pages(groups *s)
{
    bool any = false;
    for (uint32_t x = 0; x < s->g->n; x++) {
        double best, own;
        uint32_t c = best_group(s, x, false, &best, &own);
        if (c != DL_NONE && best >= BAR && best > own + 1e-9) {
            move(s, x, c);
            any = true;
        } else if (s->size[s->of[x]] > 1 && own < LEAVE && (c = empty_group(s)) != DL_NONE) {
            move(s, x, c);
            any = true;
        }
    }
    return any;
}

typedef struct bridge { /* between two groups */
    uint32_t a, b;
    double p;
} bridge;

static int by_groups(const void *x, const void *y, const void *ctx)
{
    const bridge *p = x, *q = y;
    (void)ctx;
    if (p->a != q->a) return p->a < q->a ? -1 : 1;
    return p->b < q->b ? -1 : p->b > q->b;
}

static int strongest(const void *x, const void *y, const void *ctx)
{
    const bridge *p = x, *q = y;
    if (p->p > q->p || p->p < q->p) return p->p > q->p ? -1 : 1;
    return by_groups(x, y, ctx);
}

/* Bridges above the bar, strongest first. */
static bool find_bridges(const groups *s, bridge **out, uint32_t *n, dl_arena *a)
{
    size_t most = s->g->beg[s->g->n] / 2 + 1, k = 0;
    bridge *v = dl_arena_raw(a, most, sizeof *v);
    if (!v) return false;
    for (uint32_t x = 0; x < s->g->n; x++) {
        for (uint32_t e = s->g->beg[x]; e < s->g->beg[x + 1]; e++) {
            uint32_t y = s->g->edge[e].page, p = s->of[x], q = s->of[y];
            if (y < x || p == q) continue;
            v[k++] = (bridge){ p < q ? p : q, p < q ? q : p, (double)s->g->edge[e].p };
        }
    }
    if (!dl_sort(v, k, sizeof *v, by_groups, NULL, a)) return false;
    uint32_t kept = 0;
    for (size_t i = 0, j; i < k; i = j) {
        double sum = 0;
        for (j = i; j < k && v[j].a == v[i].a && v[j].b == v[i].b; j++) sum += v[j].p;
        sum /= (double)s->size[v[i].a] * s->size[v[i].b];
        if (sum >= BAR) v[kept++] = (bridge){ v[i].a, v[i].b, sum };
    }
    *out = v;
    *n = kept;
    return dl_sort(v, kept, sizeof *v, strongest, NULL, a);
}

/* Merges the strongest bridges whose groups have not merged in this pass. */
static bool merge_groups(groups *s, bool *any, dl_arena *a)
{
    bridge *v = NULL;
    uint32_t n = 0;
    *any = false;
    if (!find_bridges(s, &v, &n, a)) return false;
    uint32_t *into = dl_arena_raw(a, (size_t)s->n + 1, sizeof *into);
    if (!into) return false;
    memset(into, 0xff, ((size_t)s->n + 1) * sizeof *into);
    for (uint32_t i = 0; i < n; i++) {
        if (into[v[i].a] != DL_NONE || into[v[i].b] != DL_NONE) continue;
        into[v[i].a] = into[v[i].b] = v[i].a;
        *any = true;
    }
    for (uint32_t x = 0; x < s->g->n && *any; x++) {
        uint32_t to = into[s->of[x]];
        if (to != DL_NONE && to != s->of[x]) move(s, x, to);
    }
    return true;
}

static uint32_t number(uint32_t *of, const groups *s, uint32_t *row)
{
    uint32_t n = 0;
    memset(row, 0xff, ((size_t)s->n + 1) * sizeof *row);
    for (uint32_t x = 0; x < s->g->n; x++) {
        if (row[s->of[x]] == DL_NONE) row[s->of[x]] = n++;
        of[x] = row[s->of[x]];
    }
    return n;
}

uint32_t dl_graph_cluster(uint32_t *of, const dl_graph *g, dl_arena *scratch)
{
    size_t n = (size_t)g->n + 1;
    groups s = { .g = g };
    s.of = DL_NEW(scratch, n, uint32_t);
    s.size = DL_NEW(scratch, n, uint32_t);
    s.sum = DL_NEW(scratch, n, double);
    s.seen = DL_NEW(scratch, n, uint32_t);
    uint32_t *row = DL_NEW(scratch, n, uint32_t);
    if (!s.of || !s.size || !s.sum || !s.seen || !row) return DL_NONE;
    join_in_order(&s);
    for (int r = 0; r < ROUNDS; r++) {
        bool moved = move_pages(&s), any = true;
        for (int k = 0; k < MERGES && any; k++) {
            dl_arena_mark mark = dl_arena_here(scratch);
            if (!merge_groups(&s, &any, scratch)) return DL_NONE;
            dl_arena_back(scratch, mark);
            moved |= any;
        }
        if (!moved) break;
    }
    return number(of, &s, row);
}
