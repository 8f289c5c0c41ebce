/* rank.h: the days that a page may have been published on, each with the evidence for it as features
 * of the learner. The inside of the room; train/train_dates.c learns the weights. */
#ifndef DL_DATES_RANK_H
#define DL_DATES_RANK_H

#include "dates/clues.h"
#include "doc/build.h"
#include "learn/learn.h"

#define DL_DATE_ROWS_MAX 160u /* hypotheses that are weighed against each other                      */
#define DL_DATE_DAYS_MAX 48u
#define DL_RANK_WEIGHTS "dates/weights" /* section of models/dates.dlm                         */

typedef struct dl_rank {
    const dl_build *b;
    uint32_t rows, days;
    int32_t row_day[DL_DATE_ROWS_MAX]; /* DL_NO_DAY: not to be weighed                              */
    uint32_t shown;                    /* the row nearest to the headline among those that are shown round it, or DL_NONE  */
    uint16_t signs[DL_DATE_ROWS_MAX];  /* of the rows; which way round a vague date is may be settled  */
    int32_t day[DL_DATE_DAYS_MAX];     /* in order of their first row                                */
    uint32_t first[DL_DATE_DAYS_MAX];  /* its first row                                              */
} dl_rank;

/* Does a UTC instant lie on the day `off` from its own somewhere that is awake to publish: west of
 * Greenwich the day before (-1), east of it the day after (1)? */
bool dl_rank_may_be(int64_t at, int32_t off);
/* The days of the page's hypotheses, but those after `last` and those of the places in `unheard` (bits). */
void dl_rank_days(dl_rank *r, const dl_build *b, int32_t last, uint32_t unheard);
void dl_rank_feats(const dl_rank *r, uint32_t i, dl_feats *out);
/* The feature whose weight is 1: the unit of scores, natural logarithms of odds. */
uint64_t dl_rank_unit(void);

#endif
