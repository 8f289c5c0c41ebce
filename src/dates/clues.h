/* clues.h: how well a day fits what a text says of days: the inside of the room. */
#ifndef DL_DATES_CLUES_H
#define DL_DATES_CLUES_H

#include "base/date.h"
#include "times/signs.h"

#define DL_NO_DAY INT32_MIN

/* Log-likelihood of a page's weekdays if it was published on `day`: news speaks of today and
 * yesterday far more than of last Thursday. 0 where it names none. */
double dl_clue_weekdays(const dl_sign *v, uint32_t n, int32_t day);
/* "Wednesday (22 February)" in the year of `day`, or the year that brings it nearest: weekdays
 * that agree less those that do not. */
int dl_clue_pairs(const dl_sign *v, uint32_t n, int32_t day);
/* The latest day printed without need of a year, with a verb in the past, within [from, to];
 * DL_NO_DAY: none. Days without a year take that of `from` or `to`. *paired: a weekday fixes it. */
int32_t dl_clue_latest(const dl_sign *v, uint32_t n, int32_t from, int32_t to, bool *paired);
/* A day printed in full, with a verb in the past, that lies after `day`. */
bool dl_clue_after(const dl_sign *v, uint32_t n, int32_t day);
/* A printed day, with a verb to come, that lies within 60 days after `day`: the page looks ahead to
 * it, as one of that day would. */
bool dl_clue_ahead(const dl_sign *v, uint32_t n, int32_t day);
/* The text itself speaks of the year. */
bool dl_clue_year(const dl_sign *v, uint32_t n, int32_t year);

#endif
