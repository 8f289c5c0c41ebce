/* grow.h: growing the trees of forest.h by gradient boosting of the logistic loss (Friedman 2001), each tree leaf by leaf on
 * histograms of the gradient (Ke et al., "LightGBM", 2017). Used by train/ and tests alone.
 *
 *     dl_grow_plan plan = { .trees = 150, .leaves = 31, .bins = 63, .min_rows = 40, .rate = 0.08f, .lambda = 5, .seed = 1 };
 *     dl_buf b;
 *     dl_buf_init(&b, 64 << 20);
 *     dl_grow_forest(&b, row, y, weight, n, n_features, &plan, &arena, &err);
 *     dl_forest_view(&f, dl_buf_str(&b));                // evaluate with what will be shipped
 *
 * The same input and plan give the same bytes. Rows of weight 0 are as good as absent. Some n * (n_features + 40) bytes of memory. */
#ifndef DL_LEARN_GROW_H
#define DL_LEARN_GROW_H

#include "base/arena.h"
#include "base/buf.h"
#include "learn/forest.h"

#define DL_GROW_LEAVES_MAX 4096

typedef struct dl_grow_plan {
    uint32_t trees;
    uint32_t leaves;       /* of a tree, at most: 2 to DL_GROW_LEAVES_MAX                          */
    uint32_t bins;         /* of a feature, at most: 2 to 255                                      */
    uint32_t min_rows;     /* of a leaf, of the rows sampled for the tree                          */
    float rate;            /* what is taken of each leaf's value                                   */
    float lambda;          /* added to the hessian of a leaf: draws its value to 0                 */
    float feature_share;   /* of the features, drawn for each tree; 0: all                         */
    float row_share;       /* of the rows, drawn for each tree; 0: all                             */
    const uint32_t *group; /* [n] rows of one number are drawn together: those of one page are alike; NULL: each alone */
    uint64_t seed;
    void (*told)(void *ctx, uint32_t tree, double loss); /* mean loss over all rows after so many trees; may be NULL */
    void *ctx;
} dl_grow_plan;

/* Appends the section of a forest grown on row[n * n_features], y[n] in [0, 1] and weight[n] >= 0 (NULL: all 1) to out, which begins
 * at a multiple of 8. Memory comes from a and is given back. Fails DL_EUSAGE (a plan, label or weight out of range, no row with a
 * weight), DL_ENOMEM. */
DL_MUST_USE dl_status dl_grow_forest(dl_buf *out, const float *row, const float *y, const float *weight, size_t n,
                                     uint32_t n_features, const dl_grow_plan *plan, dl_arena *a, dl_error *err);

#endif
