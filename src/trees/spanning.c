/* spanning.c: best heads; while they make a cycle, the cycle becomes one node. */
#include "trees/spanning.h"

#include <string.h>

#include "learn/learn.h"
#include "learn/wide.h"

#define LOST INT32_MIN
#define NO_ARC (INT64_MIN / 4)
#define ONE_ROOT (1 << 26) /* what an arc from the root costs, so that there is but one of them     */

typedef struct arc { /* between words, from 1; 0: the root                                         */
    uint16_t head, dep;
} arc;

/* Nodes are 0 (the root) and 1 .. n; a cycle goes on as its first node. */
typedef struct graph {
    size_t n, size; /* size: n + 1                                                                 */
    int64_t *w;     /* [dep * size + head] of the nodes that are left                              */
    arc *of;        /* the arc between words that it stands for                                    */
    uint16_t *best; /* [size] each node's head at present                                          */
    bool *gone;     /* [size]                                                                      */
    uint16_t *node; /* [size] the node that a word is in at present                                */
    uint8_t *mark;  /* [size]                                                                      */
} graph;

/* A cycle that became one node: its members' arcs, and which member each word was in. */
typedef struct cycle {
    size_t n;
    uint16_t *member; /* [n] nodes                                                                 */
    arc *in;          /* [n] the arc of the cycle into each                                        */
    uint16_t *node;   /* [size] of each word, before                                               */
} cycle;

DL_WIDE static int64_t largest(const int64_t *w, size_t n)
{
    int64_t most = w[0];
    for (size_t i = 1; i < n; i++) most = w[i] > most ? w[i] : most;
    return most;
}

/* The first of the best heads; arcs from nodes that are gone, and from itself, are NO_ARC. */
static void choose(graph *g, size_t dep)
{
    const int64_t *w = g->w + dep * g->size, most = largest(w, g->size);
    size_t at = 0;
    while (at + 1 < g->size && w[at] != most) at++;
    g->best[dep] = (uint16_t)at;
}

/* A node on a cycle of best heads; 0: none. */
static size_t find_cycle(graph *g)
{
    memset(g->mark, 0, g->size);
    g->mark[0] = 2;
    for (size_t i = 1; i < g->size; i++) {
        if (g->gone[i] || g->mark[i]) continue;
        size_t v = i;
        for (; !g->mark[v]; v = g->best[v]) g->mark[v] = 1;
        if (g->mark[v] == 1) return v;
        for (v = i; g->mark[v] == 1; v = g->best[v]) g->mark[v] = 2;
    }
    return 0;
}

static bool note(const graph *g, size_t v, cycle *c, dl_arena *a)
{
    *c = (cycle){ .n = 0 };
    for (size_t u = v;;) {
        c->n++;
        u = g->best[u];
        if (u == v) break;
    }
    c->member = dl_arena_raw(a, c->n, sizeof *c->member);
    c->in = dl_arena_raw(a, c->n, sizeof *c->in);
    c->node = dl_arena_raw(a, g->size, sizeof *c->node);
    if (!c->member || !c->in || !c->node) return false;
    memcpy(c->node, g->node, g->size * sizeof *c->node);
    for (size_t i = 0, u = v; i < c->n; i++, u = g->best[u]) {
        c->member[i] = (uint16_t)u;
        c->in[i] = g->of[u * g->size + g->best[u]];
    }
    return true;
}

/* The cycle's arcs from and to node k become those of its first member v. */
static void join(graph *g, const cycle *c, size_t k)
{
    const size_t v = c->member[0];
    int64_t in = INT64_MIN, out = INT64_MIN;
    arc in_arc = { 0, 0 }, out_arc = { 0, 0 };
    for (size_t i = 0; i < c->n; i++) {
        const size_t m = c->member[i];
        const int64_t gain = g->w[m * g->size + k] - g->w[m * g->size + g->best[m]];
        if (gain > in) {
            in = gain;
            in_arc = g->of[m * g->size + k];
        }
        if (k && g->w[k * g->size + m] > out) {
            out = g->w[k * g->size + m];
            out_arc = g->of[k * g->size + m];
        }
    }
    g->w[v * g->size + k] = in;
    g->of[v * g->size + k] = in_arc;
    if (!k) return;
    g->w[k * g->size + v] = out;
    g->of[k * g->size + v] = out_arc;
}

static void contract(graph *g, const cycle *c)
{
    const uint16_t v = c->member[0];
    memset(g->mark, 0, g->size);
    for (size_t i = 0; i < c->n; i++) g->mark[c->member[i]] = 1;
    for (size_t k = 0; k < g->size; k++)
        if (!g->gone[k] && !g->mark[k]) join(g, c, k);
    for (size_t i = 1; i < c->n; i++) g->gone[c->member[i]] = true;
    for (size_t k = 1; k < g->size; k++)
        for (size_t i = 1; !g->gone[k] && i < c->n; i++) g->w[k * g->size + c->member[i]] = NO_ARC;
    for (size_t t = 1; t < g->size; t++)
        if (g->mark[g->node[t]]) g->node[t] = v;
    for (size_t k = 1; k < g->size; k++)
        if (!g->gone[k] && (k == v || g->mark[g->best[k]])) choose(g, k);
}

/* From the arcs between the last nodes back to those between words. */
static void expand(const graph *g, const cycle *c, size_t n_cycles, uint16_t *head)
{
    memset(head, 0xff, g->n * sizeof *head);
    for (size_t i = 1; i < g->size; i++)
        if (!g->gone[i]) {
            const arc a = g->of[i * g->size + g->best[i]];
            head[a.dep - 1] = a.head;
        }
    while (n_cycles--) {
        const cycle *k = &c[n_cycles];
        size_t entered = 0; /* the member that the arc from outside goes into */
        for (size_t t = 1; t < g->size; t++)
            for (size_t i = 0; head[t - 1] != UINT16_MAX && i < k->n; i++)
                if (k->node[t] == k->member[i]) entered = i;
        for (size_t i = 0; i < k->n; i++)
            if (i != entered) head[k->in[i].dep - 1] = k->in[i].head;
    }
}

/* `head`: the best heads as they were found, which an arc from the root may not be any longer. */
static bool fill(graph *g, const int32_t *score, size_t n, size_t ld, dl_arena *a, const uint16_t *head)
{
    *g = (graph){ .n = n, .size = n + 1 };
    g->w = dl_arena_raw(a, g->size * g->size, sizeof *g->w);
    g->of = dl_arena_raw(a, g->size * g->size, sizeof *g->of);
    g->best = DL_NEW(a, g->size, uint16_t);
    g->gone = DL_NEW(a, g->size, bool);
    g->node = DL_NEW(a, g->size, uint16_t);
    g->mark = DL_NEW(a, g->size, uint8_t);
    if (!g->w || !g->of || !g->best || !g->gone || !g->node || !g->mark) return false;
    for (size_t i = 0; i < g->size; i++) {
        g->node[i] = (uint16_t)i;
        for (size_t j = 0; i && j < g->size; j++) {
            g->w[i * g->size + j] = i == j ? NO_ARC : score[(i - 1) * ld + j] - (j ? 0 : ONE_ROOT);
            g->of[i * g->size + j] = (arc){ (uint16_t)j, (uint16_t)i };
        }
    }
    for (size_t i = 1; i < g->size; i++) {
        g->best[i] = head[i - 1];
        if (!head[i - 1]) choose(g, i);
    }
    return true;
}

static bool edmonds(const int32_t *score, size_t n, size_t ld, dl_arena *scratch, uint16_t *head)
{
    graph g;
    cycle *c = dl_arena_raw(scratch, n + 1, sizeof *c);
    size_t n_cycles = 0;
    if (!c || !fill(&g, score, n, ld, scratch, head)) return false;
    for (size_t v; (v = find_cycle(&g)) != 0; n_cycles++) {
        if (!note(&g, v, &c[n_cycles], scratch)) return false;
        contract(&g, &c[n_cycles]);
    }
    expand(&g, c, n_cycles, head);
    return true;
}

/* Whether the heads are a tree with one dependent of the root. */
static bool is_tree(const uint16_t *head, size_t n, uint8_t *mark)
{
    size_t roots = 0;
    memset(mark, 0, n + 1);
    mark[0] = 2;
    for (size_t i = 1; i <= n; i++) {
        roots += head[i - 1] == 0;
        size_t v = i;
        for (; !mark[v]; v = head[v - 1]) mark[v] = 1;
        if (mark[v] == 1) return false;
        for (v = i; mark[v] == 1; v = head[v - 1]) mark[v] = 2;
    }
    return roots == 1;
}

bool dl_spanning_tree(int32_t *score, size_t n, size_t ld, dl_arena *scratch, uint16_t *head)
{
    const dl_arena_mark here = dl_arena_here(scratch);
    uint8_t *mark = dl_arena_raw(scratch, n + 1, 1);
    if (!mark) return false;
    for (size_t i = 0; i < n; i++) {
        score[i * ld + i + 1] = LOST;
        head[i] = (uint16_t)dl_linear_best(score + i * ld, (uint32_t)n + 1);
    }
    const bool ok = is_tree(head, n, mark) || edmonds(score, n, ld, scratch, head);
    dl_arena_back(scratch, here);
    return ok;
}
