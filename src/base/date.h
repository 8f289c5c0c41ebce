/* date.h: days and instants of the proleptic Gregorian calendar, without the clock or the
 * machine's time zone. Days are counted from 1970-01-01, seconds from its midnight, UTC.
 * Source: H. Hinnant, "chrono-compatible low-level date algorithms" (days_from_civil). */
#ifndef DL_BASE_DATE_H
#define DL_BASE_DATE_H

#include "base/str.h"

#define DL_DAY_SECONDS INT64_C(86400)

typedef struct dl_civil {
    int32_t year;
    uint8_t month, day; /* 1-12, 1-31                                                          */
} dl_civil;

/* How exact a time is. */
typedef enum dl_grain {
    DL_GRAIN_NONE,
    DL_GRAIN_SECOND,
    DL_GRAIN_MINUTE,
    DL_GRAIN_HOUR,
    DL_GRAIN_PART /* of a day */,
    DL_GRAIN_DAY,
    DL_GRAIN_WEEK,
    DL_GRAIN_MONTH,
    DL_GRAIN_QUARTER,
    DL_GRAIN_SEASON,
    DL_GRAIN_YEAR,
    DL_GRAIN_DECADE,
    DL_GRAIN_CENTURY,
    DL_GRAINS
} dl_grain;
const char *dl_grain_name(dl_grain g); /* "day" ...                                            */

int32_t dl_days(int32_t year, int month, int day); /* month and day may overflow               */
dl_civil dl_civil_of(int32_t days);
bool dl_date_valid(int32_t year, int month, int day); /* years 1 to 9999                       */
int dl_days_in_month(int32_t year, int month);
int dl_weekday(int32_t days); /* 0 Monday ... 6 Sunday                                         */
/* ISO 8601 week and its year. */
void dl_iso_week(int32_t days, int32_t *year, int *week);

static inline int64_t dl_seconds(int32_t days) { return days * DL_DAY_SECONDS; }
int32_t dl_day_of(int64_t seconds); /* floor; seconds must not be DL_NEVER                     */
/* How many days lie between those of two instants, whichever is first; neither may be DL_NEVER. */
static inline int32_t dl_days_apart(int64_t a, int64_t b)
{
    const int32_t days = dl_day_of(a) - dl_day_of(b);
    return days < 0 ? -days : days;
}

/* The midnight at or after an instant: the exclusive end, in whole days, of what ends there. DL_NEVER stays. */
int64_t dl_day_until(int64_t seconds);

/* "2023-02-22" into out[11]; "2023-02-22T11:53:00Z" into out[21]. NUL-terminated; "" for DL_NEVER. */
void dl_date_text(char out[11], int64_t seconds);
void dl_instant_text(char out[21], int64_t seconds);
/* YYYY-MM-DD with an optional [T ]HH:MM[:SS[.frac]][Z|+HH:MM]; the whole string. *has_time tells
 * whether a clock time stood there. A time without a zone is taken as UTC. */
bool dl_date_read(dl_str s, int64_t *seconds, bool *has_time);

/* When a page came: the order in which streams take pages, which rests on the pages alone. */
typedef struct dl_arrival {
    int64_t published, fetched; /* seconds; DL_NEVER comes first                                 */
    dl_str id;
} dl_arrival;
/* By `published`, then `fetched`, then the id. */
int dl_arrival_cmp(const dl_arrival *a, const dl_arrival *b);

#endif
