/* page.c: the date of a page from what the page alone says. */
#include <math.h>

#include "base/error.h"
#include "dates/clues.h"
#include "dates/dates.h"
#include "dates/rank.h"

#define SIGNS_MAX 256u
#define LIKELY                                                                                                                   \
    0.3              /* of the days that a page names, the best must be as probable as that: in a list of
                      * thirty pages with a date each none is                                         */
#define PAIRED 3.0   /* log odds where weekdays in the text agree with a day                        */
#define UNPAIRED 3.0 /* ... where they do not                                                       */

/* What one place of a page is worth, of 100: what the publisher's system states, what is shown,
 * what the address holds, what stands somewhere in the text. */
static const uint8_t worth[DL_BASES] = {
    [DL_BY_META] = 100, [DL_BY_PRINTED] = 85, [DL_BY_URL] = 70, [DL_BY_TEXT] = 30, [DL_BY_GIVEN] = 100
};

static int row_weight(const dl_dates *t, uint32_t i)
{
    const int sure = t->sure[i] ? t->sure[i] : 50;
    return worth[t->basis[i] < DL_BASES ? t->basis[i] : 0] * sure;
}

/* Log odds of each day by the evidence of its rows. */
static void weigh(const dl_rank *r, const dl_models *m, double *odds)
{
    const uint64_t one = dl_rank_unit();
    dl_linear w;
    dl_feats f;
    int32_t unit[DL_LABELS_MAX] = { 0 }, score[DL_LABELS_MAX] = { 0 };
    (void)dl_linear_open(&w, m, DL_RANK_WEIGHTS);
    dl_linear_score(&w, &one, 1, unit);
    for (uint32_t k = 0; k < r->days; k++) {
        dl_rank_feats(r, k, &f);
        score[0] = 0;
        dl_linear_score(&w, f.h, f.n, score);
        odds[k] = (double)score[0] / (unit[0] ? unit[0] : 1);
    }
}

/* Weekdays that the text names with their days speak for a year and against another. They are looked
 * for only where they can turn the choice. False: no memory. */
static bool add_pairs(dl_build *b, const dl_models *m, const dl_rank *r, double *odds, uint32_t best)
{
    bool open = false;
    for (uint32_t k = 0; k < r->days; k++) open |= k != best && odds[k] + PAIRED + UNPAIRED > odds[best];
    if (!open) return true;
    const dl_arena_mark mark = dl_arena_here(&b->scratch);
    dl_sign *v;
    uint32_t n;
    if (!dl_times_signs(&v, &n, SIGNS_MAX, &b->d, m, &b->scratch)) return false;
    for (uint32_t k = 0; k < r->days; k++) {
        const int pairs = dl_clue_pairs(v, n, r->day[k]);
        odds[k] += pairs > 0 ? PAIRED : pairs < 0 ? -UNPAIRED : 0;
    }
    dl_arena_back(&b->scratch, mark);
    return true;
}

static uint32_t top(const double *odds, uint32_t n)
{
    uint32_t best = 0;
    for (uint32_t k = 1; k < n; k++)
        if (odds[k] > odds[best]) best = k;
    return best;
}

/* *row: the first row of the likeliest day; DL_NONE: none is likely. False: no memory. */
static bool winner(dl_build *b, const dl_models *m, uint32_t *row)
{
    const int32_t last = b->meta.fetched == DL_NEVER ? INT32_MAX : dl_day_of(b->meta.fetched) + 1;
    double odds[DL_DATE_DAYS_MAX] = { 0 }, sum = 0;
    dl_rank r;
    dl_rank_days(&r, b, last, 0);
    weigh(&r, m, odds);
    if (!add_pairs(b, m, &r, odds, top(odds, r.days))) return false;
    const uint32_t best = top(odds, r.days);
    for (uint32_t k = 0; k < r.days; k++) sum += exp(odds[k] - odds[best]);
    *row = r.days && sum * LIKELY < 1 ? r.first[best] : DL_NONE;
    return true;
}

/* Which of two rows a date rests on: of a publication rather than of a change, then what is worth more. */
static bool better(const dl_dates *t, uint32_t i, uint32_t than)
{
    if (than == DL_NONE || t->modified[i] != t->modified[than]) return than == DL_NONE || !t->modified[i];
    return row_weight(t, i) > row_weight(t, than);
}

/* Of the rows of that day, the one that the date is said to rest on; and one with a clock time, if
 * that lies on the day at Greenwich too: elsewhere the day is worth more than the hour. */
static void settle(dl_build *b, int32_t day)
{
    const dl_dates *t = &b->d.dates;
    uint32_t row = DL_NONE, timed = DL_NONE;
    for (uint32_t i = 0; i < t->n; i++)
        if (t->at[i] != DL_NEVER && t->day[i] == day && better(t, i, row)) row = i;
    for (uint32_t i = 0; i < t->n; i++) {
        if (t->at[i] == DL_NEVER || t->day[i] != day || t->modified[i] != t->modified[row]) continue;
        const bool fine = t->grain[i] != DL_GRAIN_NONE && t->grain[i] < DL_GRAIN_DAY && dl_day_of(t->at[i]) == day;
        if (fine && better(t, i, timed)) timed = i;
    }
    b->meta.basis = t->basis[row];
    b->meta.has_time = timed != DL_NONE;
    b->meta.published = timed != DL_NONE ? t->at[timed] : dl_seconds(day);
}

/* When the page was changed last, as its system states or as it shows; never before it was published. */
static int64_t changed_at(const dl_build *b)
{
    const dl_dates *t = &b->d.dates;
    uint32_t best = DL_NONE;
    for (uint32_t i = 0; i < t->n; i++) {
        if (t->at[i] == DL_NEVER || !t->modified[i] || (t->signs[i] & (DL_DATE_ASIDE | DL_DATE_SWAPPED))) continue;
        if (b->meta.published != DL_NEVER && t->at[i] < b->meta.published && t->day[i] <= dl_day_of(b->meta.published)) continue;
        if (best == DL_NONE || row_weight(t, i) > row_weight(t, best) ||
            (row_weight(t, i) == row_weight(t, best) && t->at[i] > t->at[best]))
            best = i;
    }
    return best == DL_NONE ? DL_NEVER : t->at[best];
}

dl_status dl_dates_page(dl_build *b, const dl_models *m)
{
    dl_meta *meta = &b->meta;
    uint32_t row = DL_NONE;
    if (meta->given != DL_NEVER) {
        meta->published = meta->given;
        meta->basis = DL_BY_GIVEN;
        meta->has_time = meta->has_time || meta->given % DL_DAY_SECONDS != 0;
    } else {
        meta->published = DL_NEVER;
        meta->basis = DL_BY_NONE;
        meta->has_time = 0;
        if (b->d.dates.n && !winner(b, m, &row)) return dl_fail_mem(b->err, "dates");
        if (row != DL_NONE) settle(b, b->d.dates.day[row]);
    }
    meta->modified = changed_at(b);
    return dl_build_status(b);
}

void dl_dates_apply(dl_build *b, const dl_redate *r)
{
    if (!r->changed) return;
    b->meta.published = r->published;
    b->meta.basis = r->basis;
    b->meta.has_time = r->has_time;
    if (r->why.len) dl_warn(b, "date", "%.*s", (int)(r->why.len < 400 ? r->why.len : 400), r->why.p);
}
