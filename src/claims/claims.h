/* claims.h: what is asserted about a story, and by how many independent lines.
 *
 * A *unit* is the smallest thing a page says: an event, a statement, or a sentence that holds
 * neither. Units of several pages are one *claim* when they are about the same actors, acts, days and
 * things; copies bring no line of their own. What is only possible, open or denied there is support
 * to show, and is not counted. A claim of one page stays a claim: status says what it rests on.
 *
 * Reads  the documents, lines, actors and merged events of one story.
 * Cost   linear in units, times those that share a rare feature (postings are capped).
 * Fails  DL_ENOMEM. */
#ifndef DL_CLAIMS_CLAIMS_H
#define DL_CLAIMS_CLAIMS_H

#include "actors/actors.h"
#include "copies/copies.h"
#include "events/merge.h"

typedef enum dl_claim_kind { DL_CLAIM_EVENT, DL_CLAIM_STATEMENT, DL_CLAIM_COUNT, DL_CLAIM_STATE, DL_CLAIM_KINDS } dl_claim_kind;
typedef enum dl_stance { DL_ASSERTS, DL_EXPECTS, DL_ALLOWS, DL_DENIES, DL_STANCES } dl_stance;
typedef enum dl_claim_status {
    DL_CORROBORATED,
    DL_ONE_LINE,
    DL_SECONDARY_ONLY,
    DL_UNSUPPORTED,
    DL_CLAIM_STATUSES
} dl_claim_status;
extern const char *const dl_claim_words[DL_CLAIM_KINDS], *const dl_stance_words[DL_STANCES],
                                                             *const dl_status_words[DL_CLAIM_STATUSES];

typedef struct dl_support {
    uint32_t page;
    dl_span span;          /* bytes of its text: the clause                                          */
    uint32_t sent;         /* row of its sents                                                       */
    uint8_t stance;        /* dl_stance                                                              */
    uint8_t modality;      /* dl_modality as that page has it                                        */
    uint8_t damaged;       /* 1: the clause holds a damaged passage                                  */
    uint32_t who;          /* actor it is attributed to there, or DL_NONE                            */
    uint32_t event, quote; /* rows of the page's events and quotes, or DL_NONE                  */
} dl_support;

typedef struct dl_claim {
    uint8_t kind, modality, status;
    int64_t from, to; /* half-open seconds, or DL_NEVER                                     */
    uint32_t n;
    const dl_support *support;                /* [n] in order of page, then place                              */
    uint32_t head;                            /* the support that says it best: its words stand for the claim       */
    uint32_t pages, texts, lines, first_hand; /* of what asserts it                             */
    float weight;                             /* for ranking: lines first, then how central its words are           */
} dl_claim;

/* Belongs on a timeline: an event or a statement with a day, not merely possible. */
static inline bool dl_claim_dated(const dl_claim *c)
{
    return c->from != DL_NEVER && (c->kind == DL_CLAIM_EVENT || c->kind == DL_CLAIM_STATEMENT) &&
           c->modality != DL_HYPOTHETICAL && c->modality != DL_POSSIBLE;
}

typedef struct dl_claims {
    uint32_t n;
    const dl_claim *claim; /* [n] in order of first support                                     */
} dl_claims;

/* What the corpus stages found, for one story. */
typedef struct dl_matter {
    const dl_pages *pages;
    const uint32_t *page; /* [n] the story's pages, ascending                                   */
    uint32_t n;
    const dl_lines *lines;
    const dl_actors *actors;
    const dl_happenings *events;
    const uint32_t *happening; /* [n_happenings] rows of events with a report in the story, ascending */
    uint32_t n_happenings;
    const uint32_t *event_base;   /* [pages + 1] where a page's events begin in happening_of    */
    const uint32_t *happening_of; /* row of events that each page event is a report of          */
    const dl_models *models;
} dl_matter;

/* Everything in *out lies in `keep`. */
DL_MUST_USE dl_status dl_claims_find(dl_claims *out, const dl_matter *m, dl_arena *keep, dl_error *err);

#endif
