/* disagree.h: where the sources of a story differ.
 *
 * Found between slots of one claim - who said it, how many, when, how certain, how broad - never
 * between raw sentences. What one page expected and a later one reports as done has changed over
 * time; that is no disagreement and has a kind of its own.
 *
 * Cost   linear in claims, quadratic in the supports of one claim up to PAIRS_MAX.
 * Fails  DL_ENOMEM. */
#ifndef DL_CLAIMS_DISAGREE_H
#define DL_CLAIMS_DISAGREE_H

#include "claims/claims.h"

typedef enum dl_disagree_kind {
    DL_WHO_SAID_IT,
    DL_HOW_MANY,
    DL_WHEN_KIND,
    DL_HOW_CERTAIN,
    DL_HOW_BROAD,
    DL_DATE_KIND,
    DL_CHANGED,
    DL_DISAGREE_KINDS
} dl_disagree_kind;
extern const char *const dl_disagree_words[DL_DISAGREE_KINDS];

typedef struct dl_passage_at {
    uint32_t page;
    dl_span span; /* bytes of its text                                                          */
} dl_passage_at;

typedef struct dl_reading {
    dl_str words; /* what these pages have in the slot                            */
    uint32_t n;
    const dl_passage_at *at;    /* [n]                                                          */
    uint32_t lines, first_hand; /* of these pages                                               */
} dl_reading;

typedef struct dl_disagreement {
    uint8_t kind;
    dl_str about;   /* words of the pages                                           */
    uint32_t claim; /* row of claims, or DL_NONE                                    */
    uint32_t n;
    const dl_reading *reading; /* [n] the best supported first                                 */
    dl_str note;               /* for a person; may be empty                                   */
} dl_disagreement;

typedef struct dl_disagreements {
    uint32_t n;
    const dl_disagreement *row; /* [n] by kind, then by claim                                   */
} dl_disagreements;

DL_MUST_USE dl_status dl_disagreements_find(dl_disagreements *out, const dl_matter *m, const dl_claims *claims, dl_arena *keep,
                                            dl_error *err);

#endif
