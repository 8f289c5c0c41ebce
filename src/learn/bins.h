/* bins.h: columns of numbers cut into at most 255 bins of about as many rows each, for growing trees (grow.h). Used by trainers alone.
 *
 * A cut lies midway between two neighbouring values that occur, so `code <= b` and `value <= cut[b]` say the same of every row.
 * NaN counts as the lowest value, as it does at a node of forest.h. */
#ifndef DL_LEARN_BINS_H
#define DL_LEARN_BINS_H

#include "base/arena.h"

#define DL_BINS_MAX 255

typedef struct dl_bins {
    size_t n; /* rows                                                                           */
    uint32_t n_columns;
    uint32_t *first; /* [n_columns + 1] a column's first cut; it has one bin more than cuts     */
    float *cut;      /* [first[n_columns]] finite, ascending within a column                    */
    uint8_t *code;   /* [n_columns * n] the bin of each value, column after column: how many cuts are below it */
} dl_bins;

/* Cuts the n rows of `row` (row-major, n_columns wide) whose numbers are in `pick`, into at most `bins` (2 to DL_BINS_MAX) bins a
 * column. Working memory comes from a and is given back. False: no memory. */
bool dl_bins_make(dl_bins *out, const float *row, uint32_t n_columns, const uint32_t *pick, size_t n, uint32_t bins, dl_arena *a);
static inline uint32_t dl_bins_cuts(const dl_bins *b, uint32_t column) { return b->first[column + 1] - b->first[column]; }

#endif
