/* dates.h: when was a page published? A printed date is a hypothesis.
 *
 * On the page vote: a given date (believed), else all places that name a day, weighed by a learnt
 * choice (rank.h, models/dates.dlm; a day less likely than 0.3 is not taken), and weekday and day
 * pairs ("Wednesday (22 February)" fixes the year). Over the pile vote: pages of the same matter; an
 * outlier that disagrees with itself and with them is repaired. Never the wall clock. Source of the
 * day rule: the weekday counts in docs/design.md.
 *
 * Reads  meta, dates, text, sents, toks.   Writes meta.published, meta.basis, meta.has_time,
 *        meta.modified, warnings ("date"). */
#ifndef DL_DATES_DATES_H
#define DL_DATES_DATES_H

#include "doc/build.h"
#include "doc/pages.h"
#include "model/pack.h"

/* The page alone. Linear in tokens. Fails DL_ENOMEM. */
DL_MUST_USE dl_status dl_dates_page(dl_build *b, const dl_models *m);

/* What the pile says of each page's date. */
typedef struct dl_redate {
    int64_t published; /* seconds UTC, or DL_NEVER                                              */
    uint8_t basis;     /* dl_basis: DL_BY_STORY where the pile decided                          */
    uint8_t has_time;
    bool changed; /* differs from the page's own meta                                      */
    dl_str why;   /* for a person; empty when unchanged                                    */
} dl_redate;

/* Fills out[pages->n]. Pages are compared by rare words alone, so that it runs before tags.
 * Strings lie in `keep`. Fails DL_ENOMEM. */
DL_MUST_USE dl_status dl_dates_pile(dl_redate *out, const dl_pages *pages, const dl_models *m, dl_arena *keep, dl_error *err);
/* Writes a changed date into a builder, with the warning. */
void dl_dates_apply(dl_build *b, const dl_redate *r);

#endif
