/* rank.c: the evidence for each day, as features: which voices name it, where they stand, whether
 * they agree, how the day lies to the days that other voices name. */
#include "dates/rank.h"

enum {
    T_VOICE = 0x3001,
    T_REGION,
    T_SIGNS,
    T_FIRST,
    T_ALONE_IN,
    T_FOREMOST,
    T_SHOWN,
    T_NEXT,
    T_ROWS,
    T_VOICES,
    T_ORDER,
    T_CLOCK,
    T_DATELINE,
    T_RIVAL,
    T_CHANGED,
    T_UNIT
};

bool dl_rank_may_be(int64_t at, int32_t off)
{
    const int64_t clock = at - dl_seconds(dl_day_of(at));
    return off == -1 ? clock < 12 * 3600 : clock >= 12 * 3600;
}

static uint64_t voice(const dl_dates *t, uint32_t i) { return (uint64_t)t->place[i] << 1 | t->modified[i]; }
/* Not where a page says its own date, unless right behind the headline: whole pages lie in a footer. */
static bool aside(const dl_rank *r, uint32_t i)
{
    return (r->signs[i] & (DL_DATE_SWAPPED | DL_DATE_OTHER)) ||
           ((r->signs[i] & (DL_DATE_ASIDE | DL_DATE_FOOT)) && r->b->d.dates.region[i] != DL_REGION_TITLE);
}

/* Of the dates that are shown: how near to the headline. 0: not shown, or far. */
static int nearness(const dl_rank *r, uint32_t i)
{
    const dl_dates *t = &r->b->d.dates;
    static const uint8_t near[DL_REGIONS] = {
        [DL_REGION_TITLE] = 4, [DL_REGION_ABOVE] = 3, [DL_REGION_LEDE] = 2, [DL_REGION_END] = 1
    };
    const bool shown = t->place[i] == DL_DATE_ITEM || t->place[i] == DL_DATE_TIME || t->place[i] == DL_DATE_CLASS ||
                       t->place[i] == DL_DATE_PRINTED;
    if (!shown || aside(r, i) || t->modified[i] || t->region[i] >= DL_REGIONS) return 0;
    const bool said = (r->signs[i] & (DL_DATE_ALONE | DL_DATE_NAMED | DL_DATE_SAID)) || t->place[i] != DL_DATE_PRINTED;
    return near[t->region[i]] ? near[t->region[i]] + 4 * said : 0;
}

/* Does a row that is clear about day and month name the day? */
static bool named(const dl_rank *r, int32_t day)
{
    for (uint32_t i = 0; i < r->rows; i++)
        if (r->row_day[i] == day && !(r->signs[i] & DL_DATE_VAGUE)) return true;
    return false;
}

/* A vague date stands in two rows, one each way round: where a clear row names the day of one of them
 * alone, the other is not heard. */
static void settle_vague(dl_rank *r)
{
    for (uint32_t i = 0; i + 1 < r->rows; i++) {
        if ((r->signs[i] & DL_DATE_SWAPPED) || !(r->signs[i + 1] & DL_DATE_SWAPPED)) continue;
        const bool one = named(r, r->row_day[i]), other = named(r, r->row_day[i + 1]);
        if (one == other) continue;
        r->row_day[one ? i + 1 : i] = DL_NO_DAY;
        r->signs[i + 1] &= (uint16_t)~DL_DATE_SWAPPED;
    }
}

/* A change is no publication: where the page's system states when it published, a day on which it says that
 * it changed the page, and that the page does not show, is not heard. */
static void drop_changes(dl_rank *r)
{
    const dl_dates *t = &r->b->d.dates;
    bool stated = false;
    for (uint32_t i = 0; i < r->rows; i++)
        stated |= r->row_day[i] != DL_NO_DAY && !t->modified[i] && (t->place[i] == DL_DATE_LD || t->place[i] == DL_DATE_META);
    for (uint32_t i = 0; stated && i < r->rows; i++) {
        bool change = r->row_day[i] != DL_NO_DAY;
        for (uint32_t j = 0; change && j < r->rows; j++)
            change = r->row_day[j] != r->row_day[i] || (t->modified[j] && t->region[j] == DL_REGION_NONE);
        if (!change) continue;
        const int32_t day = r->row_day[i];
        for (uint32_t j = i; j < r->rows; j++)
            if (r->row_day[j] == day) r->row_day[j] = DL_NO_DAY;
    }
}

void dl_rank_days(dl_rank *r, const dl_build *b, int32_t last, uint32_t unheard)
{
    const dl_dates *t = &b->d.dates;
    int nearest = 0;
    r->b = b;
    r->days = 0;
    r->shown = DL_NONE;
    r->rows = t->n < DL_DATE_ROWS_MAX ? t->n : DL_DATE_ROWS_MAX;
    for (uint32_t i = 0; i < r->rows; i++) {
        const bool heard = t->at[i] != DL_NEVER && t->day[i] <= last && !(unheard >> t->place[i] & 1);
        r->row_day[i] = heard ? t->day[i] : DL_NO_DAY;
        r->signs[i] = t->signs[i];
    }
    settle_vague(r);
    drop_changes(r);
    for (uint32_t i = 0; i < r->rows; i++) {
        if (r->row_day[i] == DL_NO_DAY) continue;
        if (nearness(r, i) > nearest) {
            nearest = nearness(r, i);
            r->shown = i;
        }
        uint32_t k = 0;
        while (k < r->days && r->day[k] != r->row_day[i]) k++;
        if (k < r->days || k == DL_DATE_DAYS_MAX) continue;
        r->day[k] = r->row_day[i];
        r->first[k] = i;
        r->days++;
    }
}

/* Adds a feature once. */
static void add(dl_feats *f, uint64_t h)
{
    for (uint32_t i = 0; i < f->n; i++)
        if (f->h[i] == h) return;
    dl_feat_add(f, h);
}

static uint64_t bucket(uint32_t n) { return n <= 3 ? n : n <= 6 ? 4 : n <= 12 ? 5 : 6; }

/* How far apart two days are, signed, in buckets. */
static uint64_t gap(int32_t d)
{
    const int32_t a = d < 0 ? -d : d;
    const uint64_t v = a == 0 ? 0 : a == 1 ? 1 : a <= 7 ? 2 : a <= 60 ? 3 : a <= 400 ? 4 : 5;
    return v << 1 | (d < 0);
}

static void row_feats(const dl_rank *r, uint32_t i, dl_feats *out)
{
    const dl_dates *t = &r->b->d.dates;
    const uint64_t v = voice(t, i);
    add(out, dl_feat(T_VOICE, v));
    add(out, dl_feat3(T_REGION, v, t->region[i], aside(r, i)));
    for (unsigned s = 0; s < 8; s++)
        if (r->signs[i] >> s & 1) add(out, dl_feat2(T_SIGNS, v, s));
    if (r->signs[i] & DL_DATE_ALONE) add(out, dl_feat3(T_SIGNS, v, t->region[i], aside(r, i)));
    if (t->grain[i] != DL_GRAIN_NONE && t->grain[i] < DL_GRAIN_DAY) add(out, dl_feat2(T_CLOCK, t->place[i], t->modified[i]));
    bool first = true, only = true;
    for (uint32_t j = 0; j < r->rows; j++) {
        if (r->row_day[j] == DL_NO_DAY || r->row_day[j] == r->row_day[i] || voice(t, j) != v || aside(r, j)) continue;
        only = false;
        first &= j > i;
    }
    if (!aside(r, i)) {
        if (first) add(out, dl_feat(T_FIRST, v));
        if (only) add(out, dl_feat(T_ALONE_IN, v));
    }
}

/* The days that the strong voices name: how this one lies to them. */
static void rival_feats(const dl_rank *r, int32_t day, dl_feats *out)
{
    const dl_dates *t = &r->b->d.dates;
    for (uint32_t i = 0; i < r->rows; i++) {
        if (r->row_day[i] == DL_NO_DAY || r->row_day[i] == day || aside(r, i)) continue;
        const int32_t off = day - r->row_day[i];
        if (off == 1 || off == -1)
            add(out, dl_feat3(T_NEXT, voice(t, i), (uint64_t)(uint32_t)(off + 1),
                              (uint64_t)((t->signs[i] & DL_DATE_UTC) && dl_rank_may_be(t->at[i], off))));
        if (t->place[i] <= DL_DATE_META_DAY) add(out, dl_feat2(T_RIVAL, voice(t, i), gap(off)));
    }
}

/* The page's system says that it changed on this day and was published on another. */
static bool changed_then(const dl_rank *r, int32_t day)
{
    const dl_dates *t = &r->b->d.dates;
    bool changed = false, other = false;
    for (uint32_t i = 0; i < r->rows; i++) {
        if (r->row_day[i] == DL_NO_DAY || (t->place[i] != DL_DATE_LD && t->place[i] != DL_DATE_META)) continue;
        if (!t->modified[i] && r->row_day[i] == day) return false;
        changed |= t->modified[i] && r->row_day[i] == day;
        other |= !t->modified[i];
    }
    return changed && other;
}

void dl_rank_feats(const dl_rank *r, uint32_t k, dl_feats *out)
{
    const dl_dates *t = &r->b->d.dates;
    const int32_t day = r->day[k];
    uint32_t rows = 0, voices = 0, later = 0, earlier = 0;
    uint64_t seen = 0;
    out->n = 0;
    for (uint32_t i = 0; i < r->rows; i++) {
        if (r->row_day[i] == DL_NO_DAY) continue;
        if (r->row_day[i] == day) {
            rows++;
            if (!(seen >> voice(t, i) & 1) && !aside(r, i)) voices++;
            seen |= UINT64_C(1) << voice(t, i);
            row_feats(r, i, out);
        }
    }
    for (uint32_t j = 0; j < r->days; j++) {
        later += r->day[j] > day;
        earlier += r->day[j] < day;
    }
    rival_feats(r, day, out);
    if (changed_then(r, day))
        dl_feat_add(out,
                    dl_feat(T_CHANGED, r->shown != DL_NONE && r->row_day[r->shown] == day ? t->place[r->shown] : DL_DATE_PLACES));
    dl_feat_add(out, dl_feat(T_ROWS, bucket(rows)));
    dl_feat_add(out, dl_feat(T_VOICES, bucket(voices)));
    dl_feat_add(out, dl_feat3(T_ORDER, earlier > 0, later > 0, r->days > 8));
    dl_feat_add(out, dl_feat(T_FOREMOST, k == 0));
    if (r->shown != DL_NONE && r->row_day[r->shown] == day)
        dl_feat_add(out, dl_feat2(T_SHOWN, 0, (uint64_t)nearness(r, r->shown)));
    if (r->b->meta.place_day != DL_NEVER && dl_day_of(r->b->meta.place_day) == day) dl_feat_add(out, dl_feat(T_DATELINE, 1));
}

uint64_t dl_rank_unit(void) { return dl_feat(T_UNIT, 0); }
