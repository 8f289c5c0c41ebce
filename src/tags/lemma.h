/* lemma.h: dictionary forms: by the table of irregular forms, else by edits of the lowered word, learnt per
 * tag and ending, so that "making" gives "make"; and which capitals stay, learnt too: "Israeli", "TV", but
 * "Recent" at a sentence's head. Learnt by train/train_lemmas.c, which uses the same code. */
#ifndef DL_TAGS_LEMMA_H
#define DL_TAGS_LEMMA_H

#include "doc/build.h"
#include "learn/learn.h"
#include "model/table.h"

#define DL_LEMMA_MAX 64 /* bytes; longer words are their own lemmas                              */

typedef struct dl_lemmas {
    dl_linear edits, cases;
    dl_tsv irregular;
    dl_str edit[DL_LABELS_MAX]; /* of each label                                                */
} dl_lemmas;

/* A word and what around it tells whether its capitals are its own. */
typedef struct dl_lemma_word {
    dl_str form;
    uint32_t xpos;
    bool first;   /* of its sentence                                                            */
    bool shouted; /* a word beside it is in capitals, too                                       */
} dl_lemma_word;

void dl_lemmas_open(dl_lemmas *l, const dl_models *m);
/* Fills toks.lemma. Every form is looked up once a page. */
void dl_lemmas_find(dl_build *b, const dl_models *m);
/* The lemma of a word; out has DL_LEMMA_MAX + 4 bytes. */
dl_str dl_lemma_of(const dl_lemmas *l, char *out, const dl_lemma_word *w);

/* ---- For the trainer. ---- */

/* The features of a form and its Penn tag; the form is lowered, proper nouns excepted. */
void dl_lemma_features(dl_str form, uint32_t xpos, dl_feats *f);
/* The form as lemmas are made of it: lowered unless a proper noun; out has DL_LEMMA_MAX + 4 bytes. */
dl_str dl_lemma_base(char *out, dl_str form, uint32_t xpos);
/* Applies an edit, "2+y": take off two bytes, add y; false where the form is too short. */
bool dl_lemma_edit(char *out, dl_str base, dl_str edit, dl_str *lemma);
/* Whether the capitals of the word are in question: it has some and is neither a proper noun nor a pronoun. */
bool dl_lemma_cased(const dl_lemma_word *w);
void dl_lemma_case_features(const dl_lemma_word *w, dl_feats *f);
/* A word in capitals of two letters or more. */
bool dl_lemma_shouts(dl_str form);

#endif
