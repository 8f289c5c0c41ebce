/* clock.c: the day in eight of the latest pages. */
#include "stories/clock.h"

void dl_clock_init(dl_clock *c) { *c = (dl_clock){ .now = DL_CLOCK_UNSET, .dawn = DL_CLOCK_UNSET }; }

/* The k-th latest of the days there are. */
static int32_t latest(const dl_clock *c, uint32_t n, uint32_t k)
{
    enum { MOST = DL_CLOCK_PAGES / 8 > DL_CLOCK_LEAST ? DL_CLOCK_PAGES / 8 : DL_CLOCK_LEAST };
    int32_t top[MOST] = { 0 }; /* descending */
    uint32_t have = 0;
    for (uint32_t i = 0; i < n; i++) {
        const int32_t day = c->day[i];
        if (have == k && day <= top[k - 1]) continue;
        uint32_t at = have < k ? have++ : k - 1;
        for (; at && top[at - 1] < day; at--) top[at] = top[at - 1];
        top[at] = day;
    }
    return top[k - 1];
}

void dl_clock_see(dl_clock *c, int32_t day)
{
    const uint32_t at = (uint32_t)(c->seen % DL_CLOCK_PAGES);
    const bool full = c->seen >= DL_CLOCK_PAGES;
    const int32_t gone = c->day[at];
    c->day[at] = day;
    c->seen++;
    if (c->seen < DL_CLOCK_LEAST) return;
    /* Of a full ring the clock stays where as many are ahead of it and behind it as before. */
    if (full && (day > c->now) == (gone > c->now) && (day < c->now) == (gone < c->now)) return;
    const uint32_t n = c->seen < DL_CLOCK_PAGES ? (uint32_t)c->seen : DL_CLOCK_PAGES, k = n / 8;
    c->now = latest(c, n, k > DL_CLOCK_LEAST ? k : DL_CLOCK_LEAST);
    if (c->dawn == DL_CLOCK_UNSET) c->dawn = c->now;
}
