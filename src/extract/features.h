/* features.h: what the scorer of blocks knows of each block, as numbers.
 *
 * One row a block, DL_FEATURES columns, made in a constant number of passes over blocks and elements.
 * The same code runs in training (train/train_blocks.c) and in use. Missing values are 0. The rules
 * of choose.c and trim.c have decided before: what they say of a block is a feature among others. */
#ifndef DL_EXTRACT_FEATURES_H
#define DL_EXTRACT_FEATURES_H

#include "extract/html_page.h"

#define DL_FEATURES 150 /* columns; features.c checks that it fills no more                          */

/* row[h->p->n * DL_FEATURES], in the page's scratch; NULL: no memory. */
float *dl_features_make(dl_xhtml *h);

#endif
