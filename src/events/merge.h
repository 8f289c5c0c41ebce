/* merge.h: the page events of a pile become events: one row for what several pages report.
 *
 * Two page events are one when type, actors (unordered where the type is mutual) and day agree or
 * one is silent. Modality belongs to each page; the merged one is that of the latest page: what
 * was expected in the morning and has happened by night is one event that changed.
 * Cost   linear in events, times those that share type and an actor.   Fails DL_ENOMEM. */
#ifndef DL_EVENTS_MERGE_H
#define DL_EVENTS_MERGE_H

#include "base/arena.h"
#include "doc/pages.h"

struct dl_actors;

typedef struct dl_report { /* one page event */
    uint32_t page, event;  /* page number; row of that document's events                         */
} dl_report;

typedef struct dl_happening {
    uint8_t type, root, modality, basis; /* as dl_events                                        */
    int64_t from, to;                    /* the narrowest interval that its reports share                   */
    uint32_t n_source, n_target, n_reports;
    const uint32_t *source;  /* [n_source] actors                                               */
    const uint32_t *target;  /* [n_target] actors                                               */
    uint32_t place;          /* actor, or DL_NONE                                               */
    const dl_report *report; /* [n_reports] in order of page, then event                        */
} dl_happening;

typedef struct dl_happenings {
    uint32_t n;
    const dl_happening *row; /* [n] in order of first report                                    */
} dl_happenings;

DL_MUST_USE dl_status dl_events_merge(dl_happenings *out, const dl_pages *pages, const struct dl_actors *actors, dl_arena *keep,
                                      dl_error *err);

#endif
