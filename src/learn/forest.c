/* forest.c: reading a forest's section, and scores. */
#include "learn/forest.h"

#include <math.h>

#define LANES 6 /* trees walked side by side: a walk waits for memory at every step             */

/* Whether the nodes [beg, end) are one tree: children inside and as many as there are nodes but the root, features known. */
static bool sound_tree(const dl_forest_node *node, uint32_t beg, uint32_t end, uint32_t n_features)
{
    uint64_t nodes = 1;
    for (uint32_t i = beg; i < end; i++) {
        const bool leaf = !node[i].child;
        if (!isfinite(node[i].value) || node[i].feature > n_features || leaf != (node[i].feature == n_features)) return false;
        if (leaf) continue;
        if ((uint64_t)i + node[i].child + 1 >= end) return false;
        nodes += 2;
    }
    return nodes == end - beg;
}

/* Bytes of head and roots, filled up to a multiple of 8. */
static uint64_t nodes_at(uint32_t n_trees) { return (sizeof(dl_forest_head) + ((uint64_t)n_trees + 1) * 4 + 7) / 8 * 8; }

static bool sound(const dl_forest_head *h, const dl_forest *f, dl_str s)
{
    if (memcmp(h->magic, DL_FOREST_MAGIC, 8) != 0 || !h->n_trees || !h->n_features) return false;
    if (h->n_features > DL_FOREST_FEATURES_MAX || !isfinite(h->bias)) return false;
    if (nodes_at(h->n_trees) + (uint64_t)h->n_nodes * sizeof *f->node != s.len || (uintptr_t)s.p % 8) return false;
    if (f->root[0] != 0 || f->root[h->n_trees] != h->n_nodes) return false;
    for (uint32_t t = 0; t < h->n_trees; t++)
        if (f->root[t] >= f->root[t + 1] || f->root[t + 1] > h->n_nodes) return false;
    for (uint32_t t = 0; t < h->n_trees; t++)
        if (!sound_tree(f->node, f->root[t], f->root[t + 1], h->n_features)) return false;
    return true;
}

bool dl_forest_view(dl_forest *out, dl_str section)
{
    static const dl_forest none = { 0 };
    *out = none;
    dl_forest_head h;
    if (section.len < sizeof h) return false;
    memcpy(&h, section.p, sizeof h);
    const char *p = section.p;
    /* The nodes' place is looked at only once the sizes are found right. */
    const uint64_t at = nodes_at(h.n_trees) <= section.len ? nodes_at(h.n_trees) : 0;
    dl_forest f = { .n_features = h.n_features,
                    .n_trees = h.n_trees,
                    .bias = h.bias,
                    .root = (const uint32_t *)(const void *)(p + sizeof h),
                    .node = (const dl_forest_node *)(const void *)(p + at) };
    if (!sound(&h, &f, section)) return false;
    *out = f;
    return true;
}

bool dl_forest_open(dl_forest *out, const dl_models *m, const char *section)
{
    dl_str s = m ? dl_models_section(m, section) : (dl_str){ 0 };
    return dl_forest_view(out, s);
}

/* One step down; a leaf stays, as nothing is greater than NaN. Without a branch: the way is data, not to be foreseen. */
static inline const dl_forest_node *step(const dl_forest_node *n, const float *row)
{
    return n + (n->child + (uint32_t)(row[n->feature] > n->value));
}

/* The sum after trees [from, to); row[n_features] is NaN. */
static float walk(const dl_forest *f, const float *row, uint32_t from, uint32_t to, float sum)
{
    uint32_t t = from;
    for (; to - t >= LANES; t += LANES) {
        const dl_forest_node *a = f->node + f->root[t], *b = f->node + f->root[t + 1], *c = f->node + f->root[t + 2];
        const dl_forest_node *d = f->node + f->root[t + 3], *e = f->node + f->root[t + 4], *g = f->node + f->root[t + 5];
        do {
            a = step(step(a, row), row);
            b = step(step(b, row), row);
            c = step(step(c, row), row);
            d = step(step(d, row), row);
            e = step(step(e, row), row);
            g = step(step(g, row), row);
        } while (a->child | b->child | c->child | d->child | e->child | g->child);
        sum = sum + a->value + b->value + c->value + d->value + e->value + g->value;
    }
    for (; t < to; t++) {
        const dl_forest_node *n = f->node + f->root[t];
        while (n->child) n = step(n, row);
        sum += n->value;
    }
    return sum;
}

float dl_forest_score(const dl_forest *f, const float *row) { return dl_forest_score_from(f, row, f->n_trees, -INFINITY); }

float dl_forest_score_from(const dl_forest *f, const float *row, uint32_t probe, float floor)
{
    float own[DL_FOREST_FEATURES_MAX + 1];
    if (!f->n_trees) return 0;
    memcpy(own, row, f->n_features * sizeof *row);
    own[f->n_features] = NAN;
    float sum = f->bias;
    if (!probe || probe > f->n_trees) probe = f->n_trees;
    for (uint32_t t = 0; t < f->n_trees && (!t || (sum >= floor && sum <= -floor)); t += probe)
        sum = walk(f, own, t, probe < f->n_trees - t ? t + probe : f->n_trees, sum);
    return sum;
}
