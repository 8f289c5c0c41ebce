/* postings.h: which pages have a term: an inverted index over a window of pages, the latest first.
 *
 * Pages come with rising numbers and leave in the same order: what is older than the window is passed
 * over at once, and its memory taken back by dl_postings_sweep. */
#ifndef DL_STORIES_POSTINGS_H
#define DL_STORIES_POSTINGS_H

#include "base/buf.h"

#define DL_POSTINGS_BLOCK 20u /* postings that lie side by side                                       */

typedef struct dl_postings_block {
    uint32_t page[DL_POSTINGS_BLOCK];   /* ascending                                                */
    uint16_t weight[DL_POSTINGS_BLOCK]; /* of the term in the page, times 65535                      */
    uint32_t n, before;                 /* the block with older pages, or DL_NONE                     */
} dl_postings_block;

typedef struct dl_postings {
    struct dl_postings_term {
        uint32_t term, block;          /* its latest block; DL_NONE: the slot is free                        */
    } * term;                          /* [cap]                                                             */
    uint32_t n, cap;                   /* cap: a power of two, or 0                                         */
    dl_postings_block *block;          /* [blocks_cap]                                                      */
    uint32_t blocks, blocks_cap, free; /* in use once; room; the first free one, or DL_NONE           */
} dl_postings;

/* Where a term is looked up first; cap is not 0. */
static inline uint32_t dl_postings_place(const dl_postings *p, uint32_t term)
{
    return term * UINT32_C(0x9e3779b1) >> 1 & (p->cap - 1);
}

void dl_postings_init(dl_postings *p);
void dl_postings_free(dl_postings *p);
/* The place where a term is looked up will be wanted. */
static inline void dl_postings_fetch(const dl_postings *p, uint32_t term)
{
    if (p->cap) DL_FETCH(&p->term[dl_postings_place(p, term)]);
}
/* The latest block of a term, or DL_NONE. */
uint32_t dl_postings_of(const dl_postings *p, uint32_t term);
/* Adds a page, later than all of the term's. False: no memory. */
bool dl_postings_add(dl_postings *p, uint32_t term, uint32_t page, double weight);
/* Takes back the blocks in which all pages are older than `lo`. False: no memory. */
bool dl_postings_sweep(dl_postings *p, uint32_t lo);

/* All pages are below this number. Linear in the postings. */
uint32_t dl_postings_end(const dl_postings *p);

/* As bytes, and back; *at moves on. False: no memory, or damaged. */
bool dl_postings_put(const dl_postings *p, dl_buf *out);
bool dl_postings_take(dl_postings *p, const uint8_t **at, const uint8_t *end);

#endif
