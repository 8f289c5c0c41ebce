/* unseen.h: families whose text no page of the pile shows whole.
 *
 * A wire that papers cut each in its own way need not stand anywhere in full, and nobody need credit it. It
 * shows in what they share: two of them have a stretch in common that the third lacks, and so it is with each.
 *
 *     attested   what a page shares with another of the family, in a stretch of DL_UNSEEN_BYTES or more
 *     top        a page of which no other has all that is attested (of equal ones: the first)
 *     in parts   there are three top pages or more, any two of them share a stretch, and for each of them two
 *                others share a stretch of prose, of which both have the rare words and it has not
 *
 * Then none of the top pages is the origin: what two have and the third lacks was there before all three.
 * A passage of copies may hold reworded words, but hardly ever reaches over paragraphs of which each page has
 * another (rewrite.h), so that what a page lacks is not taken for its own.
 *
 * A page with the whole text has all that is attested, and is the only top page. A copy of a copy has nothing
 * that the copy lacks, and is none: chains end with two top pages at most.
 *
 * Nor does a family count in which somebody names the outlet of another page as the source, one that holds a page of
 * the outlet that is credited, one of which a page is days before all others and lacks little (an update),
 * or one of which two top pages have a seventh of their words in common with pages of other families, too: what is
 * woven from two texts shows neither whole, but they may well be in the pile. */
#ifndef DL_COPIES_UNSEEN_H
#define DL_COPIES_UNSEEN_H

#include "copies/work.h"

#define DL_UNSEEN_BYTES 150u /* of a stretch                                                             */
#define DL_UNSEEN_MOST 32u   /* pages; of larger families one mostly shows the whole text: they are not looked at */

/* The places in the family of its top pages, as bits, where it is in parts; 0: some page may be the origin.
 * O(pages^3 * passages of a pair), within DL_UNSEEN_MOST. False: no memory. */
DL_MUST_USE bool dl_unseen_find(uint32_t *top, const dl_family *f, const dl_work *w, const uint8_t *elsewhere, dl_arena *scratch);
/* elsewhere[page]: 1: has so many words in common with a page of another family. [pages], in `a`; NULL: no memory. */
uint8_t *dl_unseen_elsewhere(const uint32_t *family_of, const dl_work *w, dl_arena *a);

#endif
