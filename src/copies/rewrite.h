/* rewrite.h: which sentences two texts both tell, each in its own words.
 *
 * After a round trip through another language, or in the hands of a careful rewriter, hardly five words in a
 * row are left. What stays are the words that carry the matter, sentence by sentence and in one order: names
 * and numbers, and the rare nouns, verbs and adjectives that come along with them. Two reporters of one event
 * share the names and numbers alone, and each has an order of his own. */
#ifndef DL_COPIES_REWRITE_H
#define DL_COPIES_REWRITE_H

#include "copies/pair.h"

typedef struct dl_rewrite {
    dl_alignment al;    /* runs of sentences that both tell; `same`: weighty words that both have there  */
    uint32_t sentences; /* of a, told by b                                                           */
    uint32_t told;      /* their words outside quotations and headings                                */
    uint32_t close;     /* of these sentences, those that hardly differ                                */
    uint32_t close_told;
    double kept;  /* of the weight of those that are no names or numbers, the share that b has, too */
    double steps; /* of these sentences behind one another, the share that are so in b           */
} dl_rewrite;

/* Sets sentence against sentence. Everything in `scratch`. False: no memory. Linear in the words but
 * for those that stand in many sentences, of which some are looked at. */
bool dl_rewrite_find(dl_rewrite *out, const dl_side *a, const dl_side *b, const dl_background *bg, dl_arena *scratch);
/* Is one of the two a rewrite of the other, as far as these sentences tell? part: the larger share of words that
 * stand in runs of equal ones. */
bool dl_rewrite_whole(const dl_rewrite *r, const dl_side *a, const dl_side *b, double part);
/* Of one text told in other words: runs that follow one another in both, with about as many words between them here as
 * there, which tell the same, made one. Paragraphs of which each page has another stay out. *out is in `scratch`. False: no
 * memory. Linear. */
bool dl_rewrite_bridge(dl_alignment *out, const dl_alignment *in, const dl_side *a, const dl_side *b, const dl_background *bg,
                       dl_arena *scratch);
/* Words of a reporter's that one has from the other, in sentences that hardly differ; 0: two reports may have come to
 * be so alike by themselves. */
uint32_t dl_rewrite_reuse(const dl_rewrite *r, double part);

#endif
