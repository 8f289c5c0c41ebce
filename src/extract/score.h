/* score.h: which blocks of a page of HTML are the article: boosted trees over the columns of
 * features.h, learnt from pages whose article is known (train/train_blocks.c).
 *
 * Runs after the rules and overrules them. How sure a block must be depends on the page: the set of
 * blocks whose expected F1 is the largest holds those above half of that F1 (Ye et al., "Optimizing
 * F-measure: A Tale of Two Approaches", ICML 2012), held between SCORE_LEAST and SCORE_MOST.
 * Without the model in the pack the rules stand. */
#ifndef DL_EXTRACT_SCORE_H
#define DL_EXTRACT_SCORE_H

#include "extract/html_page.h"
#include "learn/forest.h"

#define DL_SCORE_MODEL "blocks/forest"

/* Sets role, kind, why and sure of every block. */
void dl_score_blocks(dl_xhtml *h);

/* The probability that a block with this row of features.h is the article. */
float dl_score_probability(const dl_forest *f, const float *row);
/* How sure a block of these must be to be kept. `lean` as in dl_xpage. */
float dl_score_threshold(const dl_xblock *blk, const float *p, size_t n, int lean, dl_arena *scratch);

#endif
