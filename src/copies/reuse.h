/* reuse.h: what of a shared passage was taken over as text.
 *
 * Who reuses a text takes whole sentences of it. A quotation that two reporters heard, or a teaser
 * that a site sets into the lines of all its pages, begins and ends inside sentences; what asks
 * the reader for a subscription is nobody's report. */
#ifndef DL_COPIES_REUSE_H
#define DL_COPIES_REUSE_H

#include "copies/align.h"

#define DL_ADDRESS_WORDS 24u

typedef struct dl_address { /* words with which a site speaks to its readers                     */
    uint32_t hash[DL_ADDRESS_WORDS];
    uint64_t low[16]; /* bits: the low ends of these hashes, to pass most words by                 */
} dl_address;

typedef struct dl_taken { /* words in whole sentences of one passage                              */
    uint32_t all;
    uint32_t told; /* of a reporter: no quotation, no heading                                    */
} dl_taken;

/* A text: n words, row[i] is the place of word i in `all`. */
typedef struct dl_taken_side {
    const dl_words *all;
    const uint32_t *row;
    uint32_t n;
} dl_taken_side;

void dl_address_make(dl_address *out);
/* Words of the sentences that lie inside words [beg, end); the ends may lack a word or two that were
 * replaced. A list of headlines holds none. Linear in the passage. */
dl_taken dl_taken_of(const dl_taken_side *s, uint32_t beg, uint32_t end, const dl_address *address);

#endif
