/* background.h: how common a word is in the news at large: document frequencies learnt from a
 * stream of raw articles by train/train_background.c.
 *
 * Section "background": n u32, documents u32, hashes u32[n] ascending (dl_word_hash), levels u8[n]:
 * round(12 * log2(documents with the word)). Words in fewer than 3 documents are left out. */
#ifndef DL_CARD_BACKGROUND_H
#define DL_CARD_BACKGROUND_H

#include "base/defs.h"
#include "model/pack.h"

#define DL_BACKGROUND_STEPS 12.0 /* levels per doubling                                          */

typedef struct dl_background {
    uint32_t n, documents;
    const uint32_t *hash; /* [n]                                                               */
    const uint8_t *level; /* [n]                                                               */
    double df[256];       /* documents, by level                                               */
    double log_df[256];   /* their logarithms to base 2                                       */
} dl_background;

/* A view of the section; empty (n = 0, documents = 1) where there is none. */
dl_background dl_background_open(const dl_models *m);
/* The level of a word; 0, of which df is 1, for a word that is not known. O(log n). */
uint8_t dl_background_level(const dl_background *b, uint32_t word);
/* Documents that have the word. */
static inline double dl_background_df(const dl_background *b, uint32_t word) { return b->df[dl_background_level(b, word)]; }

/* Levels that were asked for lately, by the lowest bits of their words: texts say the same words again, and the background
 * lies beyond the nearer caches. One thread at a time; begins as zeros. */
enum { DL_LEVELS = 1 << 13 };
typedef struct dl_levels {
    uint64_t last[DL_LEVELS]; /* word * 512 + 256 + level; 0: none                                    */
} dl_levels;

static inline uint8_t dl_levels_ask(dl_levels *l, const dl_background *b, uint32_t word)
{
    uint64_t *at = &l->last[word % DL_LEVELS];
    if (*at >> 8 != (uint64_t)word * 2 + 1) *at = (uint64_t)word * 512 + 256 + dl_background_level(b, word);
    return (uint8_t)*at;
}

#endif
