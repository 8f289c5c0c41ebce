/* gold.h: treebanks for trainers: CoNLL-U files, plain or gzipped, all columns. Used by train/ alone. */
#ifndef DL_LEARN_GOLD_H
#define DL_LEARN_GOLD_H

#include "base/arena.h"

typedef struct dl_gold_word {
    dl_str form, lemma, upos, xpos, rel;
    uint32_t head; /* 1 is the sentence's first word; 0: root                                    */
    bool space;    /* white space follows                                                        */
} dl_gold_word;
typedef struct dl_gold_sent {
    dl_span words; /* rows of word                                                               */
    bool par, doc; /* begins a paragraph, a document                                             */
} dl_gold_sent;
typedef struct dl_gold {
    dl_gold_word *word; /* [n_words]                                                            */
    dl_gold_sent *sent; /* [n_sents]                                                            */
    size_t n_words, n_sents, words_cap, sents_cap;
} dl_gold;

/* Appends the sentences of a file. Fails DL_EIO, DL_ENOMEM, DL_EINPUT. */
DL_MUST_USE dl_status dl_gold_read(dl_gold *g, dl_arena *a, const char *path, dl_error *err);

#endif
