/* page.c: the date of a page from what the page alone says. */
#include "base/error.h"
#include "dates/clues.h"
#include "dates/dates.h"

#define SIGNS_MAX 256u

/* What one place of a page is worth, of 100: what the publisher's system states, what is shown,
 * what the address holds, what stands somewhere in the text. */
static const uint8_t worth[DL_BASES] = {
    [DL_BY_META] = 100, [DL_BY_PRINTED] = 85, [DL_BY_URL] = 70, [DL_BY_TEXT] = 30, [DL_BY_GIVEN] = 100
};

static int32_t row_day(const dl_dates *t, uint32_t i) { return dl_day_of(t->at[i]); }

static int row_weight(const dl_dates *t, uint32_t i)
{
    const int sure = t->sure[i] ? t->sure[i] : 50;
    return worth[t->basis[i] < DL_BASES ? t->basis[i] : 0] * sure;
}

/* Support of a day: the best row of each kind, a day beside it (another time zone) at half. */
static int support(const dl_build *b, int32_t day, bool modified)
{
    const dl_dates *t = &b->d.dates;
    int best[DL_BASES] = { 0 }, sum = 0;
    for (uint32_t i = 0; i < t->n; i++) {
        if (t->at[i] == DL_NEVER || (t->modified[i] != 0) != modified || t->basis[i] >= DL_BASES) continue;
        const int32_t off = row_day(t, i) - day;
        const int w = off == 0 ? row_weight(t, i) : off == 1 || off == -1 ? row_weight(t, i) / 2 : 0;
        if (w > best[t->basis[i]]) best[t->basis[i]] = w;
    }
    for (int k = 0; k < DL_BASES; k++) sum += best[k];
    if (b->meta.place_day != DL_NEVER && dl_day_of(b->meta.place_day) == day) sum += 4000;
    return sum;
}

/* The row whose day has most support; DL_NONE: no row. */
static uint32_t winner(const dl_build *b, const dl_sign *v, uint32_t n, bool modified)
{
    const dl_dates *t = &b->d.dates;
    const int32_t last = b->meta.fetched == DL_NEVER ? INT32_MAX : dl_day_of(b->meta.fetched) + 1;
    uint32_t best = DL_NONE;
    int best_score = 0;
    for (uint32_t i = 0; i < t->n; i++) {
        if (t->at[i] == DL_NEVER || (t->modified[i] != 0) != modified || row_day(t, i) > last) continue;
        const int pairs = dl_clue_pairs(v, n, row_day(t, i));
        const int score = support(b, row_day(t, i), modified) + (pairs > 0 ? 3000 : pairs < 0 ? -4000 : 0);
        if (best == DL_NONE || score > best_score) best = i, best_score = score;
    }
    return best;
}

/* Of the rows of that day, the one that the date is said to rest on; and one with a clock time. */
static void settle(dl_build *b, uint32_t row)
{
    const dl_dates *t = &b->d.dates;
    const int32_t day = row_day(t, row);
    uint32_t timed = DL_NONE;
    for (uint32_t i = 0; i < t->n; i++) {
        if (t->at[i] == DL_NEVER || row_day(t, i) != day || t->modified[i] != t->modified[row]) continue;
        if (row_weight(t, i) > row_weight(t, row)) row = i;
        if (t->grain[i] != DL_GRAIN_NONE && t->grain[i] < DL_GRAIN_DAY &&
            (timed == DL_NONE || row_weight(t, i) > row_weight(t, timed)))
            timed = i;
    }
    b->meta.basis = t->basis[row];
    b->meta.has_time = timed != DL_NONE;
    b->meta.published = timed != DL_NONE ? t->at[timed] : dl_seconds(day);
}

dl_status dl_dates_page(dl_build *b, const dl_models *m)
{
    dl_meta *meta = &b->meta;
    if (meta->given != DL_NEVER) {
        meta->published = meta->given;
        meta->basis = DL_BY_GIVEN;
        meta->has_time = meta->has_time || meta->given % DL_DAY_SECONDS != 0;
        return dl_build_status(b);
    }
    meta->published = DL_NEVER;
    meta->basis = DL_BY_NONE;
    meta->has_time = 0;
    if (!b->d.dates.n) return dl_build_status(b);
    const dl_arena_mark mark = dl_arena_here(&b->scratch);
    dl_sign *v;
    uint32_t n;
    if (!dl_times_signs(&v, &n, SIGNS_MAX, &b->d, m, &b->scratch)) return dl_fail_mem(b->err, "dates");
    uint32_t row = winner(b, v, n, false);
    if (row == DL_NONE) row = winner(b, v, n, true);
    dl_arena_back(&b->scratch, mark);
    if (row != DL_NONE) settle(b, row);
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
