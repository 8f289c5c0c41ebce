/* forest.h: boosted regression trees (Friedman, "Greedy Function Approximation: A Gradient Boosting Machine", 2001): a sum of small
 * trees over a row of numbers, for a decision between yes and no. Made by grow.h.
 *
 *     dl_forest f;
 *     dl_forest_open(&f, models, "room/forest");         // a view: cheap
 *     float odds = dl_forest_score(&f, row);             // row[f.n_features]; > 0: rather yes
 *
 * At a node a row goes left when row[feature] <= value; NaN goes left as well.
 *
 * A section, little endian: dl_forest_head | number of each tree's root u32[n_trees + 1], the last one n_nodes; one more u32 of 0
 * where that makes the whole a multiple of 8 | dl_forest_node[n_nodes], the trees one after the other. Two children lie side by
 * side behind their parent, so a step is a sum and a walk comes to an end. A leaf asks for the feature behind the last, which scoring
 * makes NaN, and so is its own child. */
#ifndef DL_LEARN_FOREST_H
#define DL_LEARN_FOREST_H

#include "model/pack.h"

#define DL_FOREST_MAGIC "DLFOR\0\0\1"
#define DL_FOREST_FEATURES_MAX 1023 /* of a row: scoring copies it                               */

typedef struct dl_forest_head {
    char magic[8];
    uint32_t n_features, n_trees, n_nodes;
    float bias; /* log-odds before any tree                                                     */
} dl_forest_head;

typedef struct dl_forest_node {
    float value;      /* the threshold; of a leaf: what it adds to the log-odds                 */
    uint16_t feature; /* of a leaf: n_features                                                  */
    uint16_t child;   /* the left child is so many nodes on, the right one behind it; 0: a leaf */
} dl_forest_node;

typedef struct dl_forest { /* a view of a section; n_trees 0: none, every score is then 0       */
    uint32_t n_features, n_trees;
    float bias;
    const uint32_t *root;       /* [n_trees + 1]                                                */
    const dl_forest_node *node; /* [root[n_trees]]                                              */
} dl_forest;

/* False (and an empty view) where there is no such section or it is not of this form: everything is checked. */
bool dl_forest_open(dl_forest *out, const dl_models *m, const char *section);
bool dl_forest_view(dl_forest *out, dl_str section);

/* Log-odds of yes: the bias and a leaf of each tree, summed in order of trees. */
float dl_forest_score(const dl_forest *f, const float *row);
/* The same, but after each `probe` trees (0: all) a row whose sum is below `floor` (< 0) or above -floor is settled: that sum is
 * returned. */
float dl_forest_score_from(const dl_forest *f, const float *row, uint32_t probe, float floor);

#endif
