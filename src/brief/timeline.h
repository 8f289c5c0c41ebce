/* timeline.h: what happened when: the dated claims of a story in order of day.
 *
 * A sentence often gives an event and a statement of one day; it is shown once, by the longer passage.
 * Cost   n log n in claims.   Fails DL_ENOMEM. */
#ifndef DL_BRIEF_TIMELINE_H
#define DL_BRIEF_TIMELINE_H

#include "claims/claims.h"

typedef struct dl_timeline {
    uint32_t n;
    const dl_claim *const *claim; /* [n] by day, then by place                                   */
} dl_timeline;

DL_MUST_USE dl_status dl_timeline_find(dl_timeline *out, const dl_claims *claims, dl_arena *keep, dl_error *err);

#endif
