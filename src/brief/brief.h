/* brief.h: the account of a story: which sentences tell it, in which order.
 *
 * Extractive: every sentence is verbatim at its bytes. Claims are ranked by what they rest on
 * (first-hand lines, then lines), by how central they are and by where their page tells them; each
 * is told by its best sentence; a sentence that would repeat what is told already is left out.
 * Never shown: damaged passages, headings, captions, questions, sentences that lean on the one before.
 *
 * Cost   linear in claims, times the sentences chosen.   Fails DL_ENOMEM. */
#ifndef DL_BRIEF_BRIEF_H
#define DL_BRIEF_BRIEF_H

#include "claims/disagree.h"

#define DL_FLAG_ONE_LINE 1u     /* rests on one line                                              */
#define DL_FLAG_SECONDARY 2u    /* no first-hand line                                             */
#define DL_FLAG_DISPUTED 4u     /* a disagreement is about it                                     */
#define DL_FLAG_NOT_VERBATIM 8u /* its page went through a machine: wording of quotations is not sure */
#define DL_FLAG_TO_COME 16u     /* expected, not happened                                         */

typedef struct dl_told {
    uint32_t page, sent; /* row of the page's sents                                            */
    dl_span span;        /* bytes of its text                                                  */
    uint32_t claim;      /* the claim it was chosen for                                        */
    uint32_t lines, first_hand;
    uint32_t flags;        /* DL_FLAG_*                                                          */
    uint32_t disagreement; /* row, or DL_NONE                                                   */
} dl_told;

typedef struct dl_brief {
    uint32_t n;
    const dl_told *told; /* [n] in order of telling                                            */
    uint32_t damaged;    /* damaged passages that are not shown                                */
    uint32_t removed;    /* parts of the pages that were thrown away (teasers, furniture ...)  */
    uint32_t left_out;   /* claims that are not told                                           */
} dl_brief;

typedef struct dl_brief_plan {
    uint32_t words;     /* at most so many; 0: as many as it takes                            */
    uint32_t lines_min; /* claims with so many lines only                                     */
} dl_brief_plan;

DL_MUST_USE dl_status dl_brief_find(dl_brief *out, const dl_matter *m, const dl_claims *claims, const dl_disagreements *dis,
                                    dl_brief_plan plan, dl_arena *keep, dl_error *err);

#endif
