/* features.h: what the scorer of blocks knows of each block, as numbers.
 *
 * One row a block, DL_FEATURES columns, made after a constant number of passes over blocks and elements.
 * The same code runs in training (train/train_blocks.c) and in use. Missing values are 0. The rules
 * of choose.c and trim.c have decided before: what they say of a block is a feature among others. */
#ifndef DL_EXTRACT_FEATURES_H
#define DL_EXTRACT_FEATURES_H

#include "extract/html_page.h"

#define DL_FEATURES 151 /* columns; each row is filled to the last one                                    */

typedef struct dl_features dl_features;

/* What is summed over the page, in its scratch; NULL: no memory. */
dl_features *dl_features_begin(dl_xhtml *h);
/* The row of the next block, the first one at the first call: row[DL_FEATURES]. */
void dl_features_next(dl_features *m, float *row);

#endif
