/* printed.h: dates as pages print them, and hypotheses of a page's own date. For this room alone. */
#ifndef DL_EXTRACT_PRINTED_H
#define DL_EXTRACT_PRINTED_H

#include "base/date.h"
#include "doc/kinds.h"

typedef struct dl_xpage dl_xpage;
typedef struct dl_xblock dl_xblock;

typedef struct dl_printed {
    dl_span span;   /* bytes of the string                                                     */
    int64_t at;     /* seconds UTC                                                             */
    dl_grain grain; /* DL_GRAIN_DAY or DL_GRAIN_MINUTE or _SECOND                              */
    bool zone;      /* a time zone was printed                                                 */
    bool vague;     /* day and month could be the other way round                              */
    bool brief;     /* 8.5.12: could be no date at all                                         */
    bool utc;       /* the zone is that of Greenwich                                           */
    int32_t day;    /* as written, days since 1970                                             */
} dl_printed;
/* The first date in s at or behind `from`. With a year always. */
bool dl_extract_date(const dl_xpage *p, dl_str s, size_t from, dl_printed *out);
/* ... and of those written like 8.5.12, where a date is what one expects. */
bool dl_extract_brief_date(const dl_xpage *p, dl_str s, size_t from, dl_printed *out);
bool dl_extract_may_date(dl_str s);                 /* could there be one? By its digits alone                */
bool dl_extract_month(const dl_xpage *p, dl_str w); /* the name of one                          */
/* A hypothesis of the page's date, and where it stands. */
typedef struct dl_when {
    dl_printed d;
    dl_basis basis;
    dl_date_place place;
    dl_date_region region;
    unsigned signs; /* DL_DATE_ALONE ...                                                       */
    int sure;       /* 0-100                                                                   */
    bool modified;
    dl_span src;  /* bytes of src                                                            */
    dl_str words; /* as found                                                                */
} dl_when;
void dl_when_add(dl_xpage *p, const dl_when *w);
void dl_when_url(dl_xpage *p, dl_str url); /* the day in the page's address                        */
/* The same for a line of text. */
void dl_extract_hypothesis(dl_xpage *p, dl_printed d, dl_basis basis, int sure, bool modified, dl_span src, dl_str words);
/* What the words before a date say of it: it is that of a change; of publication; of something else. */
typedef enum dl_date_said { DL_SAID_NOTHING, DL_SAID_PUBLISHED, DL_SAID_CHANGED, DL_SAID_OTHER } dl_date_said;
dl_date_said dl_extract_date_said(dl_str before);
/* A block that is a date line. `keep`: its dates are hypotheses, but those of HTML, which when_lines.c
 * gathers with their neighbourhood. */
bool dl_extract_date_line(dl_xpage *p, const dl_xblock *k, bool keep);

#endif
