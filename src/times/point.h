/* point.h: places on the calendar as (unit, index), so that "two units earlier" is a subtraction.
 *
 * unit       index counts
 * DAY        days from 1970-01-01
 * WEEK       weeks whose Monday is day 7 * index - 3; WEEKEND the same
 * MONTH      year * 12 + month - 1
 * QUARTER    year * 4 + 0..3;  HALF  year * 2 + 0..1
 * SEASON     year * 4 + 0 spring (from March) .. 3 winter (December to February)
 * YEAR       year;  DECADE  year / 10;  CENTURY  year / 100
 * Below a day a point holds its day and a clock time or a part of the day. */
#ifndef DL_TIMES_POINT_H
#define DL_TIMES_POINT_H

#include "base/date.h"

typedef enum unit {
    U_NONE,
    U_SECOND,
    U_MINUTE,
    U_HOUR,
    U_DAY,
    U_WEEKEND,
    U_WEEK,
    U_MONTH,
    U_QUARTER,
    U_HALF,
    U_SEASON,
    U_YEAR,
    U_DECADE,
    U_CENTURY,
    U_UNITS
} unit;

typedef enum part { PART_NONE, PART_MORNING, PART_MIDDAY, PART_AFTERNOON, PART_EVENING, PART_NIGHT, PARTS } part;

typedef struct point {
    uint8_t unit;                /* unit: DAY or coarser; NONE: no point                        */
    uint8_t part;                /* of the day                                                  */
    int8_t hour, minute, second; /* -1: not said                                                */
    int32_t index;
} point;

point dl_point_at(unit u, int32_t index);
point dl_point_of_day(unit u, int32_t day);    /* the unit that holds the day           */
int32_t dl_point_first(unit u, int32_t index); /* its first day                         */
bool dl_point_sound(point p);                  /* within the years 1 to 9999 */
static inline int32_t dl_point_day(point p) { return dl_point_first((unit)p.unit, p.index); }
/* Its TIMEX3 value, NUL-terminated: "2023-02-21", "2023-W07", "2023-02-21T11:53", "202". */
void dl_point_value(char out[32], point p);
/* The interval it denotes, half open. */
void dl_point_range(point p, int64_t *from, int64_t *to);
dl_grain dl_point_grain(point p);
/* "P8D", "PT24H", "P2Y6M", "PXM" (n < 0). */
void dl_length_value(char out[32], unit u, int32_t n, bool half);
/* Moves a day by n units; shorter than a day: in seconds, by the second function. */
int64_t dl_length_seconds(unit u, int32_t n, int64_t from);
dl_grain dl_unit_grain(unit u);

#endif
