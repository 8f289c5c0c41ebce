/* calendar.h: what a page says of days: its own day, and the years, months and weekdays that it names.
 * Two reports of one incident speak of the same weekday; a page without a date often has one printed
 * over its text. Words come from data/timewords.tsv. */
#ifndef DL_STORIES_CALENDAR_H
#define DL_STORIES_CALENDAR_H

#include "base/date.h"
#include "card/words.h"
#include "model/pack.h"

#define DL_CALENDAR_SLOTS 1024u
#define DL_DAY_UNKNOWN INT32_MIN

/* The words of the calendar by hash: a table made once. */
typedef struct dl_calendar {
    struct dl_calendar_slot {
        uint32_t word;
        uint16_t value;
        uint8_t kind; /* 0: free                                                                  */
    } slot[DL_CALENDAR_SLOTS];
} dl_calendar;

#define DL_TOLD_DAYS 12u
#define DL_TOLD_DATES 8u
#define DL_TOLD_EPOCH 1990u /* the year of bit 0                                                      */
typedef struct dl_told {
    uint64_t years;   /* bits of those named, of DL_TOLD_EPOCH and the 63 after it                       */
    int32_t day;      /* its own day: of publication, else printed over the text, else DL_DAY_UNKNOWN        */
    uint16_t months;  /* bits of those named, January is 1                                              */
    uint8_t weekdays; /* bits of those named, Monday is 1                                               */
    /* The first days that it names, "January 5", and where its own is known the latest of each weekday, too; since 1970,
     * 0: no more. Of a page whose own day is not known those with a year. */
    uint16_t days[DL_TOLD_DAYS];
    uint16_t dates[DL_TOLD_DATES]; /* the same without years and weekdays: month * 32 + day; 0: no more */
} dl_told;

void dl_calendar_make(dl_calendar *out, const dl_models *m);
/* Of the words of a body; `published` may be DL_NEVER. Linear. */
dl_told dl_calendar_read(const dl_calendar *c, const dl_words *body, int64_t published);
/* Its year: that of its day, else the latest it names; 0: neither. */
uint32_t dl_told_year(const dl_told *d);
/* The latest year that it names; 0: none. */
uint32_t dl_told_latest(const dl_told *d);

#endif
