/* clock.h: what day it is in a stream, by the days that its pages bear. Pages with a wrong day come with the others:
 * the clock shows the latest day that one in eight of the last 256 pages with a day have reached, and eight of them at
 * least. Some pages from the future do not end the past, and where they were many, it goes back behind them. */
#ifndef DL_STORIES_CLOCK_H
#define DL_STORIES_CLOCK_H

#include "base/defs.h"

#define DL_CLOCK_PAGES 256u
#define DL_CLOCK_LEAST 8u /* pages that must have reached a day                                       */
#define DL_CLOCK_UNSET INT32_MIN

typedef struct dl_clock {        /* without pointers, as it is kept                                          */
    int32_t day[DL_CLOCK_PAGES]; /* of the last pages, a ring                                         */
    uint64_t seen;               /* pages with a day, ever                                            */
    int32_t now;                 /* a day since 1970, or DL_CLOCK_UNSET                               */
    int32_t dawn;                /* the first that it showed, or DL_CLOCK_UNSET                       */
} dl_clock;

void dl_clock_init(dl_clock *c);
/* A page with that day. */
void dl_clock_see(dl_clock *c, int32_t day);

#endif
