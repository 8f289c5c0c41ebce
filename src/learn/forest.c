/* forest.c: reading a forest's section, and scores. */
#include "learn/forest.h"

#define LANES 6 /* trees walked side by side: a walk waits for memory at every step             */

static bool finite_bits(float v)
{
    uint32_t bits;
    memcpy(&bits, &v, sizeof bits);
    return (bits >> 23 & 0xff) != 0xff;
}

/* Whether the nodes [beg, end) are one tree: children inside and as many as there are nodes but the root, features known. */
static bool sound_tree(const dl_forest_node *node, uint32_t beg, uint32_t end, uint32_t n_features)
{
    uint64_t nodes = 1;
    for (uint32_t i = beg; i < end; i++) {
        if (!finite_bits(node[i].value) || node[i].feature >= n_features) return false;
        if (!node[i].child) continue;
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
    if (h->n_features > DL_FOREST_FEATURES_MAX || !finite_bits(h->bias)) return false;
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

/* One step down from node `at`; a leaf stays. Without a branch: the way is data, not to be foreseen. */
static inline uint32_t step(const dl_forest_node *node, const float *row, uint32_t at)
{
    const dl_forest_node *n = node + at;
    return at + n->child + ((row[n->feature] > n->value) & (n->child != 0));
}

/* The sum after trees [from, to). */
static float walk(const dl_forest *f, const float *row, uint32_t from, uint32_t to, float sum)
{
    const dl_forest_node *node = f->node;
    uint32_t t = from;
    for (; to - t >= LANES; t += LANES) {
        uint32_t at[LANES], moving;
        for (int k = 0; k < LANES; k++) at[k] = f->root[t + (uint32_t)k];
        do {
            moving = 0;
            for (int k = 0; k < LANES; k++) {
                at[k] = step(node, row, at[k]);
                moving |= node[at[k]].child;
            }
        } while (moving);
        for (int k = 0; k < LANES; k++) sum += node[at[k]].value;
    }
    for (; t < to; t++) {
        uint32_t at = f->root[t];
        while (node[at].child) at = step(node, row, at);
        sum += node[at].value;
    }
    return sum;
}

float dl_forest_score(const dl_forest *f, const float *row) { return walk(f, row, 0, f->n_trees, f->bias); }

float dl_forest_score_from(const dl_forest *f, const float *row, uint32_t probe, float floor)
{
    if (probe > f->n_trees) probe = f->n_trees;
    float sum = walk(f, row, 0, probe, f->bias);
    return sum < floor ? sum : walk(f, row, probe, f->n_trees, sum);
}
