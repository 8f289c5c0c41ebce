/* grow_tree.h: one tree of grow.h, from gradients. Private to grow.c. */
#ifndef DL_LEARN_GROW_TREE_H
#define DL_LEARN_GROW_TREE_H

#include "learn/bins.h"
#include "learn/grow.h"

typedef struct dl_pull { /* of a row on its score: the loss's first and second derivative       */
    float g, h;
} dl_pull;

typedef struct dl_cell { /* sums over the rows of one bin                                       */
    double g, h;
    uint32_t n;
} dl_cell;

typedef struct dl_cut { /* the best way to divide a leaf; gain 0: there is none                  */
    double gain;
    uint32_t column;
    uint8_t bin; /* code <= bin goes left                                                       */
    dl_cell left;
} dl_cut;

typedef struct dl_twig { /* a leaf while the tree grows                                          */
    uint32_t beg, end;   /* of `rows`                                                               */
    uint32_t node;
    dl_cell sum;
    dl_cell *hist; /* NULL: too small to be divided                                               */
    dl_cut best;
} dl_twig;

typedef struct dl_grower {
    const dl_grow_plan *plan;
    const dl_bins *bins;
    const dl_pull *pull; /* [bins->n]                                                             */
    uint32_t *rows;      /* [n_rows] sampled, ascending within each twig                          */
    uint32_t *spare;     /* [n_rows]                                                              */
    dl_pull *ordered;    /* [n_rows] the pulls of a twig's rows                                   */
    uint32_t n_rows;
    uint32_t *column; /* [n_columns] sampled, ascending                                            */
    uint32_t *at;     /* [n_columns + 1] a sampled column's place in a histogram                   */
    uint32_t n_columns;
    dl_cell *pool;   /* [leaves] histograms                                                         */
    size_t hist_max; /* cells of one, at most                                                      */
    uint32_t n_hists;
    dl_twig *twig; /* [leaves]                                                                     */
    uint32_t n_twigs;
    dl_forest_node *node; /* [2 * leaves - 1]                                                      */
    uint8_t *bin;         /* [2 * leaves - 1] the threshold as a bin                               */
    uint32_t n_nodes;
} dl_grower;

/* Room for trees over `bins`. False: no memory. */
bool dl_grower_init(dl_grower *g, const dl_grow_plan *plan, const dl_bins *bins, const dl_pull *pull, dl_arena *a);
/* Grows a tree over the sampled rows and columns into node and bin. */
void dl_grower_tree(dl_grower *g);
/* What the tree says of a row of the bins, sampled or not. */
float dl_grower_leaf(const dl_grower *g, size_t row);

#endif
