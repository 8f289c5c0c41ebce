/* corpus.h: labelled texts as examples for fit.h. Used by train/ alone.
 *
 * Treebanks are CoNLL-U files (their name has ".conllu"); names are columns (token first, BIO label last, a blank line
 * ends a sentence, -DOCSTART- a document). Plain or gzipped. Sets of types are mapped to PER ORG LOC NORP FAC EVENT MISC; dates, money and
 * numbers are no names. Sets that have but one MISC for peoples, events and works are split by word: what the tables
 * know as a people is NORP. */
#ifndef DL_FIT_CORPUS_H
#define DL_FIT_CORPUS_H

#include "fit/fit.h"
#include "model/pack.h"

typedef struct dl_corpus {
    dl_arena *arena; /* examples last as long as it                                                */
    const dl_models *models;
    dl_fit_sent *sent;
    size_t n, cap, words;
} dl_corpus;

/* Appends the sentences of a file, each with that weight. Fails DL_EIO, DL_ENOMEM, DL_EINPUT. */
DL_MUST_USE dl_status dl_corpus_read(dl_corpus *c, const char *path, float weight, dl_error *err);

#endif
