/* align.h: which passages two texts share, exactly.
 *
 * Seeds are runs of three equal words. A seed grows in both directions over small edits: a word
 * replaced, a few put in or left out. What is reordered is found as several passages. */
#ifndef DL_COPIES_ALIGN_H
#define DL_COPIES_ALIGN_H

#include "card/words.h"

typedef struct dl_run { /* a passage in words: [a_beg, a_end) of one text is [b_beg, b_end) of the other */
    uint32_t a_beg, a_end, b_beg, b_end;
    uint32_t same; /* words that are equal                                                      */
} dl_run;

typedef struct dl_alignment {
    uint32_t n;
    dl_run *run;               /* [n] disjoint in both texts, in order of a                         */
    uint32_t same;             /* equal words over all runs                                         */
    uint32_t cover_a, cover_b; /* words inside the runs                                         */
} dl_alignment;

/* The larger share of words inside the runs, of texts with so many words. */
static inline double dl_align_cover(const dl_alignment *al, uint32_t na, uint32_t nb)
{
    double a = na ? (double)al->cover_a / na : 0, b = nb ? (double)al->cover_b / nb : 0;
    return a > b ? a : b;
}

/* Three words in a row of the second text, to be looked up: made once, used for many. */
typedef struct dl_align_index {
    const uint32_t *word; /* [n]                                                               */
    uint32_t n, mask;
    uint32_t *slot; /* [mask + 1] first place with that hash, or DL_NONE                        */
    uint32_t *next; /* [n] the next place with that hash                                        */
    uint64_t *any;  /* bits: some place has a hash with these lowest bits; few and at hand, to pass most words by */
} dl_align_index;

/* false: no memory. */
bool dl_align_index_make(dl_align_index *x, const uint32_t *word, uint32_t n, dl_arena *a);
/* Aligns text a with the indexed text b; runs with fewer than `least` equal words are dropped.
 * O(words) for ordinary texts; a word triple is tried at no more than 8 places. */
bool dl_align(dl_alignment *out, const uint32_t *word, uint32_t n, const dl_align_index *b, uint32_t least, dl_arena *a);

/* The equal words of a run, one to one, nearest first: mate_a[i] = j and mate_b[j] = i. The arrays
 * belong to the whole texts and hold DL_NONE where a word has no mate; mate_b may be NULL. */
void dl_align_mates(uint32_t *mate_a, uint32_t *mate_b, const uint32_t *a, const uint32_t *b, const dl_run *r);

#endif
