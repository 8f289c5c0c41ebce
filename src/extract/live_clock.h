/* live_clock.h: the clock times that a live page prints above or at the beginning of its posts. */
#ifndef DL_EXTRACT_LIVE_CLOCK_H
#define DL_EXTRACT_LIVE_CLOCK_H

#include "extract/html_page.h"

typedef struct dl_clock {
    uint32_t minutes; /* of the day, as printed                                                  */
    bool utc;         /* "GMT", "UTC" stands behind it                                           */
} dl_clock;

/* "10:32", "10.32am GMT", "Posted at 10:32", "14.05 Uhr": a line that is a clock time. */
bool dl_clock_line(const dl_xblock *k, dl_clock *out);
/* "14:05 Ferries stop": text that begins with one. */
bool dl_clock_begins(const dl_xblock *k, dl_clock *out);
/* The same without its clock time and what stands between: "Ferries stop". */
dl_str dl_clock_without(dl_str s);
/* Instants for posts that have a clock time (of[i] is the post of block i, or DL_NONE) and no better one: by the
 * day of the page, whose zone must be stated. */
void dl_clock_settle(dl_xhtml *h, const uint32_t *of);

#endif
