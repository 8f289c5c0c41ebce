/* signs.h: what a text tells of its own date before that date is known: days and weekdays as
 * printed, and whether their verbs look back or ahead. For dates/. */
#ifndef DL_TIMES_SIGNS_H
#define DL_TIMES_SIGNS_H

#include "base/arena.h"
#include "doc/doc.h"
#include "model/pack.h"

typedef struct dl_sign {
    uint32_t sent;      /* row of sents                                                          */
    uint32_t beg;       /* byte of text                                                          */
    int32_t year;       /* 0: not printed                                                        */
    uint8_t month, day; /* 0: not printed                                                        */
    int8_t weekday;     /* 0 Monday .. 6; -1: not printed                                        */
    int8_t tense;       /* -1 past, 0 unknown, 1 to come                                         */
} dl_sign;

/* The signs of the body's sentences, in order, at most `max`; the array lies in `arena`.
 * Linear in the text. False: no memory. */
bool dl_times_signs(dl_sign **out, uint32_t *n, uint32_t max, const dl_doc *d, const dl_models *m, dl_arena *arena);

#endif
