/* units.c: expressions whose head is a unit: "two weeks ago", "the third quarter", "last month",
 * "eight-day", "every year". */
#include "times/scan.h"

#define COUNT_MAX 1000000 /* units; more is no span of time that news speaks of */

static uint32_t length(found *out, uint32_t e, unit u, int32_t n, bool half, int side)
{
    out->type = DL_DURATION;
    out->length = u;
    out->count = n;
    out->half = half;
    out->side = (int8_t)side;
    dl_length_value(out->value, u, n, half);
    return e;
}

static uint32_t place(found *out, uint32_t e, point p)
{
    out->type = DL_DATE;
    out->p = p;
    out->basis = DL_DEICTIC;
    return e;
}

static uint32_t vague(found *out, uint32_t e, const char *value)
{
    out->type = DL_DATE;
    out->basis = DL_DEICTIC;
    dl_str v = dl_str_of(value);
    memcpy(out->value, v.p, v.len + 1);
    return e;
}

static int32_t now_in(const scan *s, unit u) { return dl_point_of_day(u, s->today).index; }

/* The focus seen as unit u; today where nothing was spoken of. */
static int32_t focus_in(const scan *s, unit u)
{
    if (!s->f.last.unit) return now_in(s, u);
    return dl_point_of_day(u, dl_point_day(s->f.last)).index;
}

/* "three years ago", "a week earlier", "two days later", "a month from now". 0: none of these. */
static uint32_t shifted(const scan *s, uint32_t e, const mods *m, unit u, found *out)
{
    const int32_t n = m->has_count ? m->count : m->det == 2 ? 1 : 0;
    if ((!n && !m->half) || m->hyphen || m->has_rel || m->ordinal) return 0;
    if (dl_times_is(s, e, "or") && (dl_times_is(s, e + 1, "so") || dl_times_is(s, e + 1, "more"))) e += 2;
    const bool ago = dl_times_is(s, e, "ago"), earlier = dl_times_is(s, e, "earlier");
    const bool later = dl_times_is(s, e, "later"), from_now = dl_times_is(s, e, "from") && dl_times_is(s, e + 1, "now");
    if (!(ago || earlier || later || from_now)) return 0;
    e += from_now ? 2 : 1;
    if (n < 0 && (later || from_now)) return length(out, e, u, n, false, from_now);
    if (n < 0 || (!s->anchored && (ago || from_now))) return vague(out, e, ago || earlier ? "PAST_REF" : "FUTURE_REF");
    if ((ago || earlier) && n == 1 && u == U_YEAR && s->f.quarter.unit)
        return place(out, e, dl_point_at(U_QUARTER, s->f.quarter.index - 4));
    if (!s->anchored || later) return length(out, e, u, n, m->half, 0);
    if (u < U_DAY) {
        const int64_t at = dl_length_seconds(u, ago || earlier ? -n : n, s->now);
        return place(out, e, dl_point_of_day(U_DAY, dl_day_of(at)));
    }
    if (m->half) u = u == U_YEAR ? U_MONTH : U_DAY;
    const int32_t step = m->half ? (u == U_MONTH ? n * 12 + 6 : 0) : n;
    const int32_t base = earlier ? focus_in(s, u) : now_in(s, u);
    return place(out, e, dl_point_at(u, ago || earlier ? base - step : base + step));
}

/* "the year-ago quarter", "the year-earlier period": the unit before stands for the one behind. */
static uint32_t year_ago(const scan *s, uint32_t i, found *out)
{
    if (s->a[i].val != U_YEAR || !atom_mark(s, i + 1, '-') || !s->anchored) return 0;
    const bool ago = dl_times_is(s, i + 2, "ago") || dl_times_is(s, i + 2, "earlier");
    if (!ago) return 0;
    uint32_t e = i + 3;
    const point q = s->f.quarter.unit ? s->f.quarter : dl_point_at(U_QUARTER, now_in(s, U_QUARTER) - 1);
    bool quarter = s->f.quarter.unit;
    if (atom_cls(s, e) == A_ORDINAL) e++;
    if (atom_cls(s, e) == A_UNIT && s->a[e].val == U_QUARTER)
        e++, quarter = true;
    else if (dl_times_is(s, e, "period"))
        e++;
    return place(out, e, quarter ? dl_point_at(U_QUARTER, q.index - 4) : dl_point_at(U_YEAR, now_in(s, U_YEAR) - 1));
}

/* The occurrence of a quarter or half of the year nearest to the page's day. */
static int32_t nearest(const scan *s, unit u, int32_t which, int32_t per_year)
{
    const int32_t now = now_in(s, u);
    int32_t i = now - now % per_year + which;
    if (i - now > per_year / 2)
        i -= per_year;
    else if (now - i > per_year / 2)
        i += per_year;
    return i;
}

/* "the third quarter of 1989", "the first half", "the 20th century". */
static uint32_t ordinal(const scan *s, uint32_t e, const mods *m, unit u, found *out)
{
    if (u == U_CENTURY) {
        out->basis = DL_EXPLICIT;
        const uint32_t r = place(out, e, dl_point_at(U_CENTURY, m->ordinal - 1));
        out->basis = DL_EXPLICIT;
        return r;
    }
    const int32_t per = u == U_QUARTER ? 4 : u == U_HALF ? 2 : 0;
    if (!per || m->ordinal > per) return 0;
    int32_t year = m->year;
    if (!year) e = dl_times_year_after(s, e, &year);
    if (!year && !s->anchored) return 0;
    int32_t at = year ? year * per + m->ordinal - 1 : nearest(s, u, m->ordinal - 1, per);
    if (!year && m->fiscal && at > now_in(s, u)) at -= per; /* reported, so it is over */
    place(out, e, dl_point_at(u, at));
    out->year_said = year != 0;
    return e;
}

/* "the last half of 1989". */
static uint32_t half_of(const scan *s, uint32_t e, const mods *m, found *out)
{
    int32_t year = 0;
    if (!m->has_rel || m->rel != -1) return 0;
    e = dl_times_year_after(s, e, &year);
    out->year_said = true;
    return year ? place(out, e, dl_point_at(U_HALF, year * 2 + 1)) : 0;
}

/* "last month", "this week", "the past two years", "the coming days". */
static uint32_t related(const scan *s, uint32_t i, uint32_t e, const mods *m, unit u, found *out)
{
    const bool plural = s->a[i].flags & AT_PLURAL;
    if (m->rel == 3) {
        if (m->has_count) return length(out, e, u, m->count, m->half, -1);
        if (plural) return vague(out, e, "PAST_REF");
        if (u == U_QUARTER && s->anchored)
            return place(out, e, s->f.quarter.unit ? s->f.quarter : dl_point_at(u, now_in(s, u) - 1));
        return 0;
    }
    if (m->rel == 4 || (!s->anchored && m->rel != 2 && !m->has_count)) return 0;
    if (m->has_count || plural) {
        if (m->rel == 2) return 0;
        if (!m->has_count && !m->det && dl_times_is(s, i - 1, "following")) return 0; /* "following weeks of talks" */
        return length(out, e, u, m->has_count ? m->count : -1, m->half, m->rel);
    }
    if (u < U_DAY) return m->rel == 2 ? 0 : length(out, e, u, 1, false, m->rel);
    if (m->rel == 2) return s->f.last.unit || s->anchored ? place(out, e, dl_point_at(u, focus_in(s, u))) : 0;
    if (u >= U_DECADE && m->rel != 0) return length(out, e, u, 1, false, m->rel);
    const bool from_focus = s->f.last.unit && (dl_times_is(s, i - 1, "previous") || dl_times_is(s, i - 1, "following") ||
                                               dl_times_is(s, i - 1, "preceding"));
    if (u == U_QUARTER && m->rel == 0 && s->f.quarter.unit) return place(out, e, s->f.quarter);
    if (dl_times_is(s, i - 1, "past")) { /* the twelve months before now, though the value is last year */
        out->length = u;
        out->count = 1;
        out->side = -1;
    }
    return place(out, e, dl_point_at(u, (from_focus ? focus_in(s, u) : now_in(s, u)) + m->rel));
}

/* "$33 million a year", "interviews a day": how often, not how long. */
static bool is_rate(const scan *s, uint32_t beg)
{
    if (!beg) return false;
    const atom *p = &s->a[beg - 1];
    const int c = p->cls;
    if (c == A_DIGITS || c == A_SCALE || (c == A_MARK && p->val == '%') || dl_times_is(s, beg - 1, "million") ||
        dl_times_is(s, beg - 1, "billion"))
        return true;
    if (dl_times_is(s, beg - 1, "once") || dl_times_is(s, beg - 1, "twice") || dl_times_is(s, beg - 1, "times") ||
        dl_times_is(s, beg - 1, "percent"))
        return true;
    if (c != A_OTHER || s->d->text[p->end - 1] != 's') return false;
    for (uint32_t k = 2; k <= 4 && k <= beg; k++) {
        const int b = atom_cls(s, beg - k);
        if (b == A_DIGITS || b == A_NUMBER || b == A_SCALE || b == A_VAGUE || dl_times_is(s, beg - k, "million")) return true;
    }
    return false;
}

/* "the weekend", "the quarter", "the year", "the end of the month", "year-end". */
static uint32_t bare(const scan *s, uint32_t i, uint32_t e, const mods *m, unit u, found *out)
{
    const bool plural = s->a[i].flags & AT_PLURAL;
    if (plural) {
        const bool lasting =
            i && (dl_times_is(s, i - 1, "for") || dl_times_is(s, i - 1, "of") || dl_times_is(s, i - 1, "within"));
        if (atom_mark(s, e, '-') && dl_times_is(s, e + 1, "long")) return length(out, e + 2, u, -1, false, 0);
        if (dl_times_is(s, e, "ago")) return vague(out, e + 1, "PAST_REF");
        if (dl_times_is(s, e, "ahead") || dl_times_is(s, e, "later")) return length(out, e + 1, u, -1, false, 0);
        return lasting && u >= U_DAY && !m->any ? length(out, e, u, -1, false, 0) : 0;
    }
    if (!s->anchored) return 0;
    if (u == U_YEAR && !m->det && atom_cls(s, e + (atom_mark(s, e, '-') ? 1 : 0)) == A_EDGE &&
        s->a[e + (atom_mark(s, e, '-') ? 1 : 0)].val == 3) {
        e += atom_mark(s, e, '-') ? 2 : 1;
        const bool ahead = dl_times_tense(s, i, e) > 0 || dl_civil_of(s->today).month >= 10;
        return place(out, e, dl_point_at(U_MONTH, (now_in(s, U_YEAR) - !ahead) * 12 + 11));
    }
    if (m->edge && (m->det == 1 || atom_mark(s, i - 1, '-'))) {
        const bool end_of_year = u == U_YEAR && m->edge == 3 && m->det != 1;
        if (end_of_year)
            return place(
                out, e,
                dl_point_at(U_MONTH,
                            (now_in(s, U_YEAR) - (dl_times_tense(s, i, e) <= 0 && dl_civil_of(s->today).month < 10)) * 12 + 11));
        return u >= U_DAY ? place(out, e, dl_point_at(u, now_in(s, u))) : 0;
    }
    if (m->det != 1) return 0;
    if (m->phase && u > U_DAY) return place(out, e, dl_point_at(u, now_in(s, u)));
    if (u == U_WEEKEND) return place(out, e, dl_point_at(u, now_in(s, u) - (dl_weekday(s->today) < 3)));
    if (u == U_QUARTER) return place(out, e, s->f.quarter.unit ? s->f.quarter : dl_point_at(u, now_in(s, u) - 1));
    if (u == U_YEAR && m->fiscal) return place(out, e, dl_point_at(u, now_in(s, u)));
    return u == U_YEAR ? length(out, e, u, 1, false, 0) : 0;
}

uint32_t dl_times_unit(const scan *s, uint32_t i, const mods *m, found *out)
{
    const unit u = s->a[i].cls == A_HALF ? U_HALF : s->a[i].cls == A_ORDINAL ? U_SECOND : (unit)s->a[i].val;
    uint32_t e = i + 1;
    if ((s->a[i].flags & AT_SHORT) && atom_mark(s, e, '.') && atom_glued(s, e)) e++;
    if (m->has_count && m->count > COUNT_MAX) return 0;
    uint32_t r = shifted(s, e, m, u, out);
    if (!r) r = year_ago(s, i, out);
    if (r) return r;
    if (m->ordinal && !m->has_count) return ordinal(s, e, m, u, out);
    if (u == U_HALF) return half_of(s, e, m, out);
    if (m->has_count && m->hyphen && u != U_QUARTER) {
        if (atom_mark(s, e, '-') && dl_times_is(s, e + 1, "old")) /* an age is no time */
            return 0;
        if (atom_mark(s, e, '-') && dl_times_is(s, e + 1, "long"))
            e += 2;
        else if (m->det && dl_times_is(s, e, "period"))
            e++;
        return length(out, e, u, m->count, m->half, 0);
    }
    if (m->year && u == U_QUARTER) /* "last year's quarter": the one that is being spoken of */
        return s->anchored
                   ? place(out, e, dl_point_at(u, m->year * 4 + (s->f.quarter.unit ? s->f.quarter.index : now_in(s, u) - 1) % 4))
                   : 0;
    if (m->det == 3) {
        const bool past = m->has_rel;
        length(out, e, u, m->has_count ? m->count : 1, m->half, past ? m->rel : 0);
        out->type = past ? DL_DURATION : DL_SET;
        return e;
    }
    if (u == U_QUARTER && !m->has_rel && (m->has_count || m->det == 2)) /* a fraction */
        return 0;
    if (m->has_rel) return related(s, i, e, m, u, out);
    if (m->has_count) {
        if (dl_times_is(s, e, "and") && dl_times_is(s, e + 1, "a") && atom_cls(s, e + 2) == A_HALF)
            return length(out, e + 3, u, m->count, true, 0);
        return length(out, e, u, m->count, m->half, 0);
    }
    if (m->det == 2 && !m->edge && !m->phase) {
        const uint32_t beg = i - 1;
        if (dl_times_is(s, e, "and") && dl_times_is(s, e + 1, "a") && atom_cls(s, e + 2) == A_HALF)
            return length(out, e + 3, u, 1, true, 0);
        length(out, e, u, 1, false, 0);
        out->type = is_rate(s, beg) ? DL_SET : DL_DURATION;
        return e;
    }
    return bare(s, i, e, m, u, out);
}
