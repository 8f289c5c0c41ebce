/* features.h: what the tagger sees of a word; the same for train/train_tags.c. */
#ifndef DL_TAGS_FEATURES_H
#define DL_TAGS_FEATURES_H

#include "learn/learn.h"
#include "learn/lex.h"

/* Words lie in an array with two edges before and two behind: w[-2] to w[n + 1]. */
#define DL_TAG_EDGE 2

/* Features of word i that do not depend on the tags before it. */
void dl_tag_static(const dl_lex *w, uint32_t i, uint32_t n, dl_feats *f);
/* Those that do: `one` and `two` are the labels of the last word and the one before; UINT32_MAX at the edge. */
void dl_tag_history(const dl_lex *w, uint32_t i, uint32_t one, uint32_t two, dl_feats *f);

#endif
