/* sight.h: what the networks see of a page's words, as rows of their tables: the same in training and in use.
 *
 * Of a word by itself (dl_sight_word): form, lower case, shape, beginnings, endings, how the word is usually
 * written. Of its place (dl_sight_place): quotation marks open before it, the case of its sentence, how the same
 * word is printed elsewhere on the page and what stands beside it there, and what the tables of facts know of the phrase it is in. */
#ifndef DL_ENCODE_SIGHT_H
#define DL_ENCODE_SIGHT_H

#include "base/arena.h"
#include "facts/facts.h"
#include "learn/clusters.h"
#include "learn/lex.h"

#define DL_WORD_FEATS 12
#define DL_PLACE_FEATS 24

/* What a page has of one form. */
typedef struct dl_form {
    dl_lex lex;    /* how it looks; lex.lower is what vectors know it by                          */
    uint32_t type; /* forms that differ in capitals alone have one type                           */
    uint16_t fact; /* bits of what the tables know of the word                                    */
    uint8_t upper; /* 1: begins with a capital; 2: capitals only                                  */
    uint8_t alpha; /* begins with a letter                                                        */
    uint8_t opens; /* 1, 2: a country's name or a body's may begin with it                          */
} dl_form;

typedef struct dl_sight { /* a page, looked at once; arrays in the arena                            */
    const dl_doc *d;
    dl_facts facts;
    dl_clusters groups;
    uint32_t *of;  /* [toks.n] the form of each token                                              */
    dl_form *form; /* [n_forms] in order of appearance                                             */
    size_t n_forms, cap;
    uint32_t *same; /* [toks.n][2] the places of the same type before and behind it where it has a capital, or DL_NONE */
    uint16_t *fact; /* [toks.n] bits: of the word and of the phrase it is in                        */
    uint8_t *seen;  /* [types] bits: the page has it in lower case, with a capital inside a sentence, in
                       capitals                                                                    */
} dl_sight;

/* False: no memory. */
DL_MUST_USE bool dl_sight_page(dl_sight *s, const dl_doc *d, const dl_models *m, dl_arena *a);

/* Features (hashes, as learn.h makes them) of one of its forms; returns their number. */
uint32_t dl_sight_word(const dl_sight *s, const dl_form *form, uint64_t feat[DL_WORD_FEATS]);
/* Of a sentence's places: a class for all of its words. */
typedef struct dl_sight_line {
    dl_span sent;
    uint32_t how; /* how its words are written                                                    */
    bool quoted;  /* an odd number of straight quotation marks so far                             */
} dl_sight_line;
dl_sight_line dl_sight_sentence(const dl_sight *s, dl_span sent);
/* Features of token t; to be asked from left to right. White space is not among them: files of names do not tell it. */
uint32_t dl_sight_place(const dl_sight *s, dl_sight_line *line, uint32_t t, uint64_t feat[DL_PLACE_FEATS]);

#endif
