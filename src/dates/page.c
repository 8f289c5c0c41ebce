/* page.c: the date of a page from what the page alone says. */
#include "base/error.h"
#include "dates/clues.h"
#include "dates/dates.h"

#define SIGNS_MAX 256u
#define ROWS_MAX 256u /* hypotheses that are weighed against each other */

/* What one place of a page is worth, of 100: what the publisher's system states, what is shown,
 * what the address holds, what stands somewhere in the text. */
static const uint8_t worth[DL_BASES] = {
    [DL_BY_META] = 100, [DL_BY_PRINTED] = 85, [DL_BY_URL] = 70, [DL_BY_TEXT] = 30, [DL_BY_GIVEN] = 100
};

/* A date as found in the ISO shape, and what follows its ten figures. */
static bool iso_day(dl_str s, int32_t *day, dl_str *rest)
{
    uint64_t v[3];
    dl_str piece = { s.p, 0 };
    for (size_t k = 0, at = 0; k < 3; k++) {
        size_t end = at;
        while (end < s.len && dl_is_digit((unsigned char)s.p[end])) end++;
        piece = dl_str_cut(s, at, end);
        if ((k ? piece.len < 1 || piece.len > 2 : piece.len != 4) || !dl_str_number(piece, 9999, &v[k])) return false;
        if (k < 2 && (end == s.len || s.p[end] != '-')) return false;
        at = end + (k < 2);
    }
    if (!dl_date_valid((int32_t)v[0], (int)v[1], (int)v[2])) return false;
    *day = dl_days((int32_t)v[0], (int)v[1], (int)v[2]);
    *rest = dl_str_cut(s, (size_t)(piece.p + piece.len - s.p), s.len);
    return true;
}

/* The day of a row where it was written: "2020-02-15T07:00+09:00" is the 15th, whatever day it was at
 * Greenwich. *utc: it was written in UTC, which says nothing of the day at the publisher's. */
static int32_t row_day(const dl_build *b, uint32_t i, bool *utc)
{
    const int32_t day = dl_day_of(b->d.dates.at[i]);
    int32_t local = day;
    dl_str rest = { NULL, 0 };
    const bool iso =
        dl_span_len(b->d.dates.words[i]) && iso_day(dl_str_trim(dl_doc_str(&b->d, b->d.dates.words[i])), &local, &rest);
    *utc = iso && rest.len &&
           (dl_str_ends(rest, DL_STR("Z")) || dl_str_ends(rest, DL_STR("+00:00")) || dl_str_ends(rest, DL_STR("+0000")));
    return iso && local - day <= 1 && day - local <= 1 ? local : day;
}

static int row_weight(const dl_dates *t, uint32_t i)
{
    const int sure = t->sure[i] ? t->sure[i] : 50;
    return worth[t->basis[i] < DL_BASES ? t->basis[i] : 0] * sure;
}

/* Does a UTC instant lie on `day` somewhere that is awake to publish: west of Greenwich the day
 * before, east of it the day after? */
static bool may_be(int64_t at, int32_t off)
{
    return off == -1 ? at - dl_seconds(dl_day_of(at)) < 12 * 3600 : at - dl_seconds(dl_day_of(at)) >= 12 * 3600;
}

/* Support of a day by the best row of each kind; by a day beside it at half, or nearly in full where
 * a page shows (`shown`) the day that a UTC instant leaves open. */
static int support(const dl_build *b, int32_t day, bool shown, bool modified)
{
    const dl_dates *t = &b->d.dates;
    int best[DL_BASES] = { 0 }, sum = 0;
    for (uint32_t i = 0; i < t->n && i < ROWS_MAX; i++) {
        if (t->at[i] == DL_NEVER || (t->modified[i] != 0) != modified || t->basis[i] >= DL_BASES) continue;
        bool utc;
        const int32_t off = day - row_day(b, i, &utc);
        if (off < -1 || off > 1) continue;
        const int full = row_weight(t, i), w = !off ? full : shown && utc && may_be(t->at[i], off) ? full * 9 / 10 : full / 2;
        if (w > best[t->basis[i]]) best[t->basis[i]] = w;
    }
    for (int k = 0; k < DL_BASES; k++) sum += best[k];
    if (b->meta.place_day != DL_NEVER && dl_day_of(b->meta.place_day) == day) sum += 4000;
    return sum;
}

static bool is_shown(const dl_dates *t, uint32_t i)
{
    return t->basis[i] == DL_BY_URL || (t->basis[i] == DL_BY_PRINTED && t->sure[i] >= 75);
}

/* The row whose day has most support; DL_NONE: no row. */
static uint32_t winner(const dl_build *b, const dl_sign *v, uint32_t n, bool modified)
{
    const dl_dates *t = &b->d.dates;
    const int32_t last = b->meta.fetched == DL_NEVER ? INT32_MAX : dl_day_of(b->meta.fetched) + 1;
    uint32_t best = DL_NONE;
    int best_score = 0;
    bool utc;
    for (uint32_t i = 0; i < t->n && i < ROWS_MAX; i++) {
        if (t->at[i] == DL_NEVER || (t->modified[i] != 0) != modified || row_day(b, i, &utc) > last) continue;
        const int32_t day = row_day(b, i, &utc);
        const int pairs = dl_clue_pairs(v, n, day);
        const int score = support(b, day, is_shown(t, i), modified) + (pairs > 0 ? 3000 : pairs < 0 ? -4000 : 0);
        if (best == DL_NONE || score > best_score) best = i, best_score = score;
    }
    return best;
}

/* Of the rows of that day, the one that the date is said to rest on; and one with a clock time, if
 * that lies on the day at Greenwich too: elsewhere the day is worth more than the hour. */
static void settle(dl_build *b, uint32_t row)
{
    const dl_dates *t = &b->d.dates;
    bool utc;
    const int32_t day = row_day(b, row, &utc);
    uint32_t timed = DL_NONE;
    for (uint32_t i = 0; i < t->n; i++) {
        if (t->at[i] == DL_NEVER || row_day(b, i, &utc) != day || t->modified[i] != t->modified[row]) continue;
        if (row_weight(t, i) > row_weight(t, row)) row = i;
        const bool fine = t->grain[i] != DL_GRAIN_NONE && t->grain[i] < DL_GRAIN_DAY && dl_day_of(t->at[i]) == day;
        if (fine && (timed == DL_NONE || row_weight(t, i) > row_weight(t, timed))) timed = i;
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
