/* features.h: what the tagger sees of a word; the same for train/train_tags.c. */
#ifndef DL_TAGS_FEATURES_H
#define DL_TAGS_FEATURES_H

#include "learn/learn.h"
#include "learn/lex.h"

/* The lexicon, "tags/lexicon": of each form seen often, the two commonest labels (fine: one more than the
 * first, and 256 times one more than the second or 0), and whether the first is the only one (kase 1):
 * such a form is not looked at any further. */
#define DL_TAG_LEXICON "tags/lexicon"
/* A word as the tagger sees it. */
dl_lex dl_tag_word(dl_str form, const dl_clusters *groups, const dl_clusters *lexicon);
/* Sets what the places of the words tell: w[0 .. n), whether a blank follows in DL_LEX_GLUES already. */
void dl_tag_places(dl_lex *w, uint32_t n);
/* The label of a form that has one alone; UINT32_MAX: it is to be judged. */
static inline uint32_t dl_tag_sure(const dl_lex *x) { return x->known.kase ? (x->known.fine & 255u) - 1 : UINT32_MAX; }

/* Words lie in an array with two edges before and two behind: w[-2] to w[n + 1]. */
#define DL_TAG_EDGE 2

/* Features of word i that do not depend on the tags before it. */
void dl_tag_static(const dl_lex *w, uint32_t i, uint32_t n, dl_feats *f);
/* Those that do: `one` and `two` are the labels of the last word and the one before; UINT32_MAX at the edge. */
void dl_tag_history(const dl_lex *w, uint32_t i, uint32_t one, uint32_t two, dl_feats *f);

#endif
