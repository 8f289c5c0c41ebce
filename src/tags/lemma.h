/* lemma.h: dictionary forms: edits of the lowered word, learnt per tag and ending, so that "making"
 * gives "make" and "said" gives "say". Made by train/train_lemmas.c. */
#ifndef DL_TAGS_LEMMA_H
#define DL_TAGS_LEMMA_H

#include "doc/build.h"
#include "learn/learn.h"

#define DL_LEMMA_MAX 64 /* bytes; longer words are their own lemmas                              */

/* Fills toks.lemma. Every form is looked up once a page. */
void dl_lemmas_find(dl_build *b, const dl_models *m);

/* The features of a form and its Penn tag; the form is lowered, proper nouns excepted. */
void dl_lemma_features(dl_str form, uint32_t xpos, dl_feats *f);
/* The form as lemmas are made of it: lowered unless a proper noun; out has DL_LEMMA_MAX + 4 bytes. */
dl_str dl_lemma_base(char *out, dl_str form, uint32_t xpos);
/* Applies an edit, "2+y": take off two bytes, add y; false where the form is too short. */
bool dl_lemma_edit(char *out, dl_str base, dl_str edit, dl_str *lemma);

#endif
