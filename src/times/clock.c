/* clock.c: times of day, and dates written in figures. */
#include "times/scan.h"

uint32_t dl_times_part_after(const scan *s, uint32_t i, found *out)
{
    uint32_t e = i;
    if (atom_cls(s, e) == A_PHASE) e++;
    if (atom_cls(s, e) != A_PART || (s->a[e].flags & AT_PLURAL) || out->p.unit != U_DAY) return 0;
    const int32_t v = s->a[e].val;
    out->type = DL_TIME;
    if (v == 6 || dl_times_is(s, e, "noon") || dl_times_is(s, e, "midday")) {
        out->p.hour = v == 6 ? 0 : 12;
        out->p.minute = 0;
        return e + 1;
    }
    out->p.part = (uint8_t)v;
    return e + 1;
}

/* "a.m.", "PM", "o'clock": the atom behind, *pm: 12 hours to add or 0. */
static uint32_t half_day(const scan *s, uint32_t i, int *hour, bool *sure)
{
    const bool am = dl_times_is(s, i, "am") ||
                    (dl_times_is(s, i, "a") && atom_mark(s, i + 1, '.') && dl_times_is(s, i + 2, "m") && atom_glued(s, i + 2));
    const bool pm = dl_times_is(s, i, "pm") ||
                    (dl_times_is(s, i, "p") && atom_mark(s, i + 1, '.') && dl_times_is(s, i + 2, "m") && atom_glued(s, i + 2));
    if (dl_times_is(s, i, "o") && atom_mark(s, i + 1, '\'') && dl_times_is(s, i + 2, "clock")) {
        *sure = true;
        return i + 3;
    }
    if (!am && !pm) return i;
    if (*hour > 12) return i;
    *hour = *hour % 12 + (pm ? 12 : 0);
    *sure = true;
    const uint32_t e = dl_times_is(s, i, "am") || dl_times_is(s, i, "pm") ? i + 1 : i + 3;
    return e > i + 1 && atom_mark(s, e, '.') && atom_glued(s, e) ? e + 1 : e;
}

/* ":53", ".30": minutes behind the hour. */
static uint32_t minutes(const scan *s, uint32_t i, int *minute, int *second, bool *colon)
{
    const bool dot = atom_mark(s, i, '.'), two = atom_mark(s, i, ':');
    if (!(dot || two) || !atom_glued(s, i) || !atom_glued(s, i + 1) || atom_cls(s, i + 1) != A_DIGITS ||
        s->a[i + 1].digits != 2 || s->a[i + 1].val > 59)
        return i;
    *minute = s->a[i + 1].val;
    *colon = two;
    i += 2;
    if (two && atom_mark(s, i, ':') && atom_glued(s, i + 1) && atom_cls(s, i + 1) == A_DIGITS && s->a[i + 1].digits == 2 &&
        s->a[i + 1].val < 60) {
        *second = s->a[i + 1].val;
        i += 2;
    }
    return i;
}

/* The day of a clock time: one that stands behind it, or the page's. */
static uint32_t day_of(const scan *s, uint32_t i, found *out)
{
    const point t = out->p;
    uint32_t at = dl_times_is(s, i, "on") ? i + 1 : i;
    if (dl_times_is(s, at, "in") && dl_times_is(s, at + 1, "the") && atom_cls(s, at + 2) == A_PART) {
        if (s->a[at + 2].val >= PART_AFTERNOON && out->p.hour < 12) out->p.hour = (int8_t)(out->p.hour + 12);
        at += 3;
        i = at;
    }
    const int c = atom_cls(s, at);
    found day = { .weekday = -1 };
    mods m;
    dl_times_mods(s, at, &m);
    const int head = atom_cls(s, m.end);
    uint32_t e = 0;
    if (m.end < at + 3 && head == A_WEEKDAY)
        e = dl_times_weekday(s, m.end, &m, &day);
    else if (m.end < at + 3 && head == A_MONTH)
        e = dl_times_month(s, m.end, &m, &day);
    else if (c == A_DAY && s->a[at].val < 9)
        e = dl_times_day(s, at, &m, &day);
    if (e && day.p.unit == U_DAY && day.p.hour < 0) {
        out->p.index = day.p.index;
        out->p.part = PART_NONE;
        out->weekday = day.weekday;
        out->year_said = day.year_said;
        return e;
    }
    out->p.index = t.index;
    return s->anchored ? i : 0;
}

static uint32_t finish(const scan *s, uint32_t e, int hour, int minute, int second, found *out)
{
    out->type = DL_TIME;
    out->basis = DL_DEICTIC;
    out->p = dl_point_at(U_DAY, s->f.last.unit == U_DAY && s->anchored ? dl_point_day(s->f.last) : s->today);
    out->p.hour = (int8_t)(hour % 24);
    out->p.minute = (int8_t)minute;
    out->p.second = (int8_t)second;
    const bool paren = atom_mark(s, e, '(');
    if (atom_cls(s, e + paren) == A_ZONE && (!paren || atom_mark(s, e + 2, ')'))) e += paren ? 3 : 1;
    if (atom_mark(s, e, ','))
        e = day_of(s, e + 1, out) > e + 1 ? day_of(s, e + 1, out) : e;
    else
        e = day_of(s, e, out);
    return e;
}

uint32_t dl_times_clock(const scan *s, uint32_t i, found *out)
{
    const atom *a = &s->a[i];
    if (a->cls == A_PART && (a->val == 6 || dl_times_is(s, i, "noon") || dl_times_is(s, i, "midday"))) {
        if (i && (dl_times_is(s, i - 1, "the") || dl_times_is(s, i - 1, "this"))) return 0;
        return finish(s, i + 1, a->val == 6 ? 0 : 12, 0, -1, out);
    }
    if (a->cls == A_NUMBER && a->val >= 1 && a->val <= 12) {
        int h = a->val;
        bool clock = false;
        const uint32_t e = half_day(s, i + 1, &h, &clock);
        return clock ? finish(s, e, h, 0, -1, out) : 0;
    }
    if (a->cls != A_DIGITS || (i && atom_glued(s, i) && !atom_mark(s, i - 1, '(')) || (a->flags & AT_FIGURE)) return 0;
    if (a->digits == 4 && a->val % 100 < 60 && a->val < 2400 && atom_cls(s, i + 1) == A_ZONE)
        return finish(s, i + 1, a->val / 100, a->val % 100, -1, out);
    if (a->digits > 2 || a->val > 24) return 0;
    int hour = a->val, minute = 0, second = -1;
    bool sure = false, colon = false;
    uint32_t e = minutes(s, i + 1, &minute, &second, &colon);
    e = half_day(s, e, &hour, &sure);
    if (atom_cls(s, e) == A_ZONE && e > i + 1) sure = true;
    if (atom_cls(s, e) == A_ZONE && e == i + 1 && i && dl_times_is(s, i - 1, "at")) sure = true;
    if (!sure && dl_times_is(s, e, "in") && dl_times_is(s, e + 1, "the") && atom_cls(s, e + 2) == A_PART && i &&
        dl_times_is(s, i - 1, "at"))
        sure = true;
    if (!sure && !(colon && i &&
                   (dl_times_is(s, i - 1, "at") || dl_times_is(s, i - 1, "by") || dl_times_is(s, i - 1, "around") ||
                    dl_times_is(s, i - 1, "until"))))
        return 0;
    return hour > 24 ? 0 : finish(s, e, hour, minute, second, out);
}

static bool glued_pair(const scan *s, uint32_t i, char mark)
{
    return atom_mark(s, i, mark) && atom_glued(s, i) && atom_glued(s, i + 1) && atom_cls(s, i + 1) == A_DIGITS;
}

/* 2023-02-21, 2023/02/21, 02/21/2023, 21.02.2023; where day and month may be either, the month of
 * an American page comes first, which text alone does not tell: month first, unless above 12. */
uint32_t dl_times_figures(const scan *s, uint32_t i, found *out)
{
    const atom *a = &s->a[i];
    if (a->cls != A_DIGITS || (i && atom_glued(s, i) && !atom_mark(s, i - 1, '('))) return 0;
    const char mark = atom_mark(s, i + 1, '-') ? '-' : atom_mark(s, i + 1, '/') ? '/' : '.';
    if (!glued_pair(s, i + 1, mark) || !glued_pair(s, i + 3, mark)) return 0;
    int32_t year = a->val, month = s->a[i + 2].val, day = s->a[i + 4].val;
    if (a->digits == 4) {
        if (mark == '.') return 0;
    } else {
        const atom *y = &s->a[i + 4];
        year = y->digits == 2 ? y->val + (y->val > 50 ? 1900 : 2000) : y->val;
        if ((y->digits != 4 && (y->digits != 2 || mark != '/')) || a->digits > 2) return 0;
        month = mark == '.' || a->val > 12 ? s->a[i + 2].val : a->val;
        day = mark == '.' || a->val > 12 ? a->val : s->a[i + 2].val;
    }
    if (year < 1000 || !dl_date_valid(year, month, day)) return 0;
    out->type = DL_DATE;
    out->basis = DL_EXPLICIT;
    out->year_said = true;
    out->p = dl_point_at(U_DAY, dl_days(year, month, day));
    return i + 5;
}

uint32_t dl_times_part(const scan *s, uint32_t i, const mods *m, found *out)
{
    const int32_t v = s->a[i].val;
    if (!s->anchored || m->has_count || m->ordinal || (s->a[i].flags & AT_PLURAL)) return 0;
    int32_t day = s->today;
    if (m->det == 3) {
        out->type = DL_SET;
        dl_length_value(out->value, U_DAY, 1, false);
        return i + 1;
    }
    if (m->has_rel && m->rel == -1)
        day--;
    else if (m->has_rel && m->rel == 1)
        day = (s->f.last.unit == U_DAY ? dl_point_day(s->f.last) : day) + 1;
    else if (m->has_rel && m->rel == 2 && s->f.last.unit == U_DAY)
        day = dl_point_day(s->f.last);
    else if (!m->has_rel && !(m->det == 1 && i >= 2 && dl_times_is(s, i - 2, "in") && v != PART_NIGHT))
        return 0;
    if (!m->has_rel && s->f.last.unit == U_DAY) day = dl_point_day(s->f.last);
    out->type = DL_TIME;
    out->basis = DL_DEICTIC;
    out->p = dl_point_at(U_DAY, day);
    out->p.part = (uint8_t)(v == 6 ? PART_NIGHT : v);
    return i + 1;
}
