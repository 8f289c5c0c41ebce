/* calendar.c: months, days, weekdays, seasons, years and feasts. */
#include "times/scan.h"

#include <stdio.h>

static uint32_t place(found *out, uint32_t e, point p, bool explicit)
{
    out->type = DL_DATE;
    out->p = p;
    out->basis = explicit ? DL_EXPLICIT : DL_DEICTIC;
    return e;
}

static bool prep_before(const scan *s, uint32_t i)
{
    static const char *const prep[] = { "in",      "since", "of",      "by",    "until",  "till", "from",  "to",  "during", "for",
                                        "between", "and",   "through", "after", "before", "late", "early", "mid", "circa" };
    for (size_t k = 0; i && k < DL_COUNT(prep); k++)
        if (dl_times_is(s, i - 1, prep[k])) return true;
    return false;
}

/* Words that may as well stand before a number of things. */
static bool weak_before(const scan *s, uint32_t i)
{
    return dl_times_is(s, i - 1, "and") || dl_times_is(s, i - 1, "of") || dl_times_is(s, i - 1, "for") ||
           dl_times_is(s, i - 1, "to");
}

bool dl_times_is_year(const scan *s, uint32_t i)
{
    if (atom_cls(s, i) != A_DIGITS || s->a[i].digits != 4 || s->a[i].val < 1000 || s->a[i].val > 2100 ||
        (s->a[i].flags & AT_FIGURE))
        return false;
    const bool more = atom_glued(s, i + 1) && atom_glued(s, i + 2) &&
                      (atom_mark(s, i + 1, '.') || atom_mark(s, i + 1, ',') || atom_mark(s, i + 1, ':')) &&
                      atom_cls(s, i + 2) == A_DIGITS;
    return !more;
}

/* "'98": 1998. */
static bool short_year(const scan *s, uint32_t i, int32_t *year)
{
    if (!atom_mark(s, i, '\'') || !atom_glued(s, i + 1) || atom_cls(s, i + 1) != A_DIGITS || s->a[i + 1].digits != 2)
        return false;
    *year = s->a[i + 1].val + (s->a[i + 1].val > 40 ? 1900 : 2000);
    return true;
}

uint32_t dl_times_year_after(const scan *s, uint32_t i, int32_t *year)
{
    uint32_t e = i;
    if (atom_mark(s, e, ',')) e++;
    if (dl_times_is(s, e, "of") || dl_times_is(s, e, "in")) e++;
    if (dl_times_is_year(s, e) && s->a[e].val >= 1400) {
        *year = s->a[e].val;
        return e + 1;
    }
    if (short_year(s, e, year)) return e + 2;
    if (atom_mark(s, i, ',') || dl_times_is(s, e - 1, "in") || !s->anchored) return i;
    if (dl_times_is(s, e, "the")) e++;
    if (atom_cls(s, e) == A_REL && s->a[e].val >= -1 && s->a[e].val <= 1 && atom_cls(s, e + 1) == A_UNIT &&
        s->a[e + 1].val == U_YEAR && !(s->a[e + 1].flags & AT_PLURAL)) {
        *year = dl_civil_of(s->today).year + s->a[e].val;
        return e + 2;
    }
    return i;
}

/* A month that the words leave open: the one before the page's day, or with a verb to come the
 * one after it. */
static int32_t open_month(const scan *s, uint32_t i, uint32_t e, int month, const mods *m)
{
    const int32_t now = dl_point_of_day(U_MONTH, s->today).index;
    const int32_t this_year = now - now % 12 + month - 1;
    if (m->has_rel && m->rel == -1) return this_year >= now ? this_year - 12 : this_year;
    if (m->has_rel && m->rel == 1) return this_year <= now ? this_year + 12 : this_year;
    if (m->has_rel && m->rel == 0) return this_year;
    const int tense = dl_times_tense(s, i, e);
    if (tense > 0) return this_year < now ? this_year + 12 : this_year;
    return this_year > now + (tense < 0 ? 1 : 2) ? this_year - 12 : this_year;
}

/* The year of a day and month without one. */
static int32_t open_day(const scan *s, uint32_t i, uint32_t e, int month, int day, const mods *m)
{
    const int32_t year = dl_civil_of(s->today).year;
    const int32_t d = dl_days(year, month, day);
    if (m->has_rel && m->rel != 0 && m->rel != 2)
        return m->rel < 0 ? (d >= s->today ? year - 1 : year) : (d <= s->today ? year + 1 : year);
    const int tense = dl_times_tense(s, i, e);
    const int32_t ahead = tense > 0 ? 330 : tense < 0 ? 75 : 150; /* days that may lie ahead */
    if (d - s->today > ahead) return year - 1;
    return s->today - d > 365 - ahead ? year + 1 : year;
}

/* "May", "March", "Sat" are months and days only where their neighbours say so. */
static bool month_sure(const scan *s, uint32_t i, const mods *m)
{
    const atom *a = &s->a[i];
    if (!(a->flags & AT_CAPITAL)) return false;
    const bool figure_next = atom_cls(s, i + 1) == A_DIGITS || atom_cls(s, i + 1) == A_ORDINAL ||
                             ((a->flags & AT_SHORT) && atom_mark(s, i + 1, '.') && atom_cls(s, i + 2) == A_DIGITS);
    const bool day_before = (m->has_count && m->figures && m->count <= 31) || m->ordinal;
    if (figure_next || day_before || m->has_rel || m->phase || m->edge) return true;
    if (a->flags & AT_SHORT) return prep_before(s, i) && a->val != 1 && a->val != 3;
    if (a->val == 5 || a->val == 3)
        return prep_before(s, i) && !(atom_cls(s, i + 1) == A_OTHER && (s->a[i + 1].flags & AT_CAPITAL));
    const bool name = i + 1 < s->n && s->a[i + 1].cls == A_OTHER && (s->a[i + 1].flags & AT_CAPITAL);
    return !name || prep_before(s, i) || a->val == 2 || (a->val >= 9 && a->val <= 12);
}

/* Days 1-31 in figures or as an ordinal at i; 0: none. */
static int day_at(const scan *s, uint32_t i)
{
    const int c = atom_cls(s, i);
    if (c != A_DIGITS && c != A_ORDINAL) return 0;
    const atom *a = &s->a[i];
    if (a->val < 1 || a->val > 31 || (c == A_DIGITS && (a->digits > 2 || (a->flags & AT_FIGURE)))) return 0;
    const bool more = atom_glued(s, i + 1) && atom_glued(s, i + 2) &&
                      (atom_mark(s, i + 1, '.') || atom_mark(s, i + 1, ':') || atom_mark(s, i + 1, ',')) &&
                      atom_cls(s, i + 2) == A_DIGITS;
    return more || atom_mark(s, i + 1, '%') ? 0 : a->val;
}

uint32_t dl_times_month(const scan *s, uint32_t i, const mods *m, found *out)
{
    if (!month_sure(s, i, m)) return 0;
    const int month = s->a[i].val;
    uint32_t e = i + 1;
    if ((s->a[i].flags & AT_SHORT) && atom_mark(s, e, '.') && atom_glued(s, e)) e++;
    int day = m->has_count && m->figures && m->count >= 1 && m->count <= 31 ? m->count : m->ordinal <= 31 ? m->ordinal : 0;
    if (m->has_count && !day) return 0;
    if (!day && !m->has_rel && !m->phase && !m->edge) {
        const uint32_t at = dl_times_is(s, e, "the") ? e + 1 : e;
        day = day_at(s, at);
        if (day) e = at + 1;
    } else if (!day && m->has_rel && day_at(s, e)) {
        day = day_at(s, e++);
    }
    if (m->det == 3 && !day) {
        snprintf(out->value, sizeof out->value, "XXXX-%02d", month);
        out->type = DL_SET;
        return e;
    }
    int32_t year = m->year;
    if (!year) e = dl_times_year_after(s, e, &year);
    out->year_said = year != 0;
    if (!year && !s->anchored && !day) return 0;
    if (!day) return place(out, e, dl_point_at(U_MONTH, year ? year * 12 + month - 1 : open_month(s, i, e, month, m)), year != 0);
    if (!year) year = s->anchored ? open_day(s, i, e, month, day, m) : 2000;
    if (day > dl_days_in_month(year, month)) return 0;
    return place(out, e, dl_point_at(U_DAY, dl_days(year, month, day)), true);
}

uint32_t dl_times_season(const scan *s, uint32_t i, const mods *m, found *out)
{
    const atom *a = &s->a[i];
    if (m->has_count || (a->flags & AT_PLURAL)) {
        if (!m->has_rel || m->rel >= 2) return 0;
        snprintf(out->value, sizeof out->value, "XXXX-%s", a->val == 0 ? "SP" : a->val == 1 ? "SU" : a->val == 2 ? "FA" : "WI");
        out->type = DL_SET;
        return i + 1;
    }
    if (m->det == 3) {
        snprintf(out->value, sizeof out->value, "XXXX-%s", a->val == 0 ? "SP" : a->val == 1 ? "SU" : a->val == 2 ? "FA" : "WI");
        out->type = DL_SET;
        return i + 1;
    }
    int32_t year = m->year;
    const uint32_t e = year ? i + 1 : dl_times_year_after(s, i + 1, &year);
    const bool in = i && (dl_times_is(s, i - 1, "in") || dl_times_is(s, i - 1, "since") || dl_times_is(s, i - 1, "by"));
    if (!year && !m->has_rel && !m->phase && !m->edge && !(m->det == 1 && i >= 2 && prep_before(s, i - 1)) &&
        !(in && a->val != 2))
        return 0;
    if (year) return place(out, e, dl_point_at(U_SEASON, year * 4 + a->val), true);
    if (!s->anchored || (m->has_rel && m->rel > 2)) return 0;
    const int32_t now = dl_point_of_day(U_SEASON, s->today).index;
    int32_t at = now - now % 4 + a->val;
    if (m->has_rel && m->rel == -1)
        at -= at >= now ? 4 : 0;
    else if (m->has_rel && m->rel == 1)
        at += at <= now ? 4 : 0;
    else if (!m->has_rel)
        at += dl_times_tense(s, i, e) > 0 ? (at < now ? 4 : 0) : (at > now ? -4 : 0);
    return place(out, i + 1, dl_point_at(U_SEASON, at), false);
}

/* "1989", "fiscal 1989", "1998-99", "the 1990s", "mid-1990s". */
uint32_t dl_times_year(const scan *s, uint32_t i, const mods *m, found *out)
{
    const atom *a = &s->a[i];
    if (a->flags & AT_FIGURE) { /* a decade */
        const int32_t y = a->digits == 4 ? a->val : a->val >= 20 ? 1900 + a->val : 0;
        if (y < 1000 || y > 2100 || (a->digits == 2 && !(i && (atom_mark(s, i - 1, '\'') || m->det == 1)))) return 0;
        return place(out, i + 1, dl_point_at(U_DECADE, y / 10), true);
    }
    if (!dl_times_is_year(s, i) ||
        (i && (atom_mark(s, i - 1, '$') || atom_mark(s, i - 1, '?') || atom_mark(s, i - 1, '.') || atom_mark(s, i - 1, '#')) &&
         atom_glued(s, i)))
        return 0;
    const bool led =
        m->fiscal || m->phase || m->edge || (prep_before(s, i) && !weak_before(s, i)) || (i && atom_mark(s, i - 1, '-'));
    if (a->val < 1500 || (!led && (a->val < 1900 || a->val > 2060))) return 0;
    uint32_t e = i + 1;
    if (!led) { /* "2000 people": a number */
        const bool word = e < s->n && s->a[e].cls == A_OTHER && !(s->a[e].flags & AT_CAPITAL) &&
                          s->d->text[s->a[e].end - 1] == 's' && !atom_glued(s, e);
        if (word || atom_mark(s, e, '%') || atom_cls(s, e) == A_UNIT) return 0;
    }
    if (atom_mark(s, e, '-') && atom_glued(s, e) && atom_glued(s, e + 1) && atom_cls(s, e + 1) == A_DIGITS &&
        s->a[e + 1].digits == 2 && s->a[e + 1].val == (a->val + 1) % 100)
        e += 2;
    if (dl_times_is(s, e, "period") && m->det == 1) e++;
    out->year_said = true;
    return place(out, e, dl_point_at(U_YEAR, a->val), true);
}

/* ---- Weekdays ------------------------------------------------------------------------------ */

static bool clock_atom(const scan *s, uint32_t i)
{
    const int c = atom_cls(s, i);
    return c == A_DIGITS || c == A_ZONE || c == A_PART || atom_mark(s, i, '.') || atom_mark(s, i, ':') ||
           dl_times_is(s, i, "a") || dl_times_is(s, i, "p") || dl_times_is(s, i, "m") || dl_times_is(s, i, "am") ||
           dl_times_is(s, i, "pm");
}

/* The day of a bare weekday: the most recent one, the page's day itself included, unless the verb
 * that governs it is to come or the words before it point ahead. */
static int32_t weekday_day(const scan *s, uint32_t beg, uint32_t i, uint32_t e, const mods *m)
{
    const int32_t back = (dl_weekday(s->today) - s->a[i].val + 7) % 7;
    if (m->has_rel && m->rel == -1) return s->today - (back ? back : 7);
    if (m->has_rel && m->rel == 1) return s->today - back + 7;
    uint32_t at = beg; /* before an hour: "until 9 a.m. Tuesday" */
    for (unsigned k = 0; k < 8 && at && clock_atom(s, at - 1); k++) at--;
    const bool until = at && (dl_times_is(s, at - 1, "until") || dl_times_is(s, at - 1, "till") || dl_times_is(s, at - 1, "by"));
    const bool ahead = until || (beg > 2 && dl_times_is(s, beg - 1, "as") &&
                                 (dl_times_is(s, beg - 2, "soon") || dl_times_is(s, beg - 2, "early")));
    if (!back) return s->today;
    if (ahead || dl_times_tense(s, beg, e) > 0) return s->today - back + 7;
    return s->today - back;
}

/* ", Oct. 13" or " (22 February)" behind a weekday: a date that fixes it. */
static uint32_t date_after(const scan *s, uint32_t e, found *out)
{
    const uint32_t paren = atom_mark(s, e, '(');
    uint32_t at = paren || atom_mark(s, e, ',') ? e + 1 : e;
    mods m;
    dl_times_mods(s, at, &m);
    if (m.end > at + 3 || atom_cls(s, m.end) != A_MONTH) return 0;
    found date = { .weekday = -1 };
    const uint32_t r = dl_times_month(s, m.end, &m, &date);
    if (!r || date.p.unit != U_DAY) return 0;
    out->p = date.p;
    out->year_said = date.year_said;
    out->basis = DL_EXPLICIT;
    return paren && atom_mark(s, r, ')') ? r + 1 : r;
}

uint32_t dl_times_weekday(const scan *s, uint32_t i, const mods *m, found *out)
{
    const atom *a = &s->a[i];
    uint32_t e = i + 1;
    if (!(a->flags & AT_CAPITAL) || m->has_count || m->ordinal) return 0;
    if ((a->flags & AT_SHORT) && atom_mark(s, e, '.') && atom_glued(s, e)) e++;
    out->type = DL_DATE;
    out->weekday = (int8_t)a->val;
    if ((a->flags & AT_PLURAL) || m->det == 3 || atom_cls(s, e) == A_PART) {
        const bool parts = atom_cls(s, e) == A_PART && (s->a[e].flags & AT_PLURAL) && s->a[e].val < PARTS;
        if ((a->flags & AT_PLURAL) || m->det == 3 || parts) {
            point p = dl_point_at(U_DAY, 0);
            p.part = parts ? (uint8_t)s->a[e].val : PART_NONE;
            char tail[32];
            dl_point_value(tail, p);
            snprintf(out->value, sizeof out->value, "XXXX-WXX-%d%.4s", (int)a->val + 1, tail + 10);
            out->type = DL_SET;
            return parts ? e + 1 : e;
        }
    }
    const uint32_t dated = date_after(s, e, out);
    if (dated) return dated;
    if (a->flags & AT_SHORT) return 0;
    if (!s->anchored) {
        out->p.unit = U_NONE;
        snprintf(out->value, sizeof out->value, "XXXX-WXX-%d", (int)a->val + 1);
        return e;
    }
    const uint32_t beg = i - (m->any && m->end == i ? 1 : 0);
    int32_t day = weekday_day(s, i, i, e, m);
    if (m->has_rel && s->f.last.unit == U_DAY && (dl_times_is(s, beg, "previous") || dl_times_is(s, beg, "following"))) {
        const int32_t f = dl_point_day(s->f.last), back = (dl_weekday(f) - a->val + 7) % 7;
        day = m->rel < 0 ? f - (back ? back : 7) : f + 7 - back;
    }
    out->p = dl_point_at(U_DAY, day);
    out->basis = DL_DEICTIC;
    if (atom_cls(s, e) == A_REL && atom_cls(s, e + 1) == A_UNIT && s->a[e + 1].val == U_WEEK && s->a[e].val >= -1 &&
        s->a[e].val <= 1) {
        out->p.index = dl_point_first(U_WEEK, dl_point_of_day(U_WEEK, s->today).index + s->a[e].val) + a->val;
        e += 2;
    } else if (dl_times_is(s, e, "week") && !dl_times_is(s, e + 1, "'")) {
        out->p.index += out->p.index <= s->today ? 14 : 7; /* "Monday week" */
        e++;
    }
    const uint32_t later = dl_times_part_after(s, e, out);
    return later ? later : e;
}

/* "today", "yesterday morning", "tonight". */
uint32_t dl_times_day(const scan *s, uint32_t i, const mods *m, found *out)
{
    const int32_t v = s->a[i].val;
    if (!s->anchored || m->has_count || m->det || m->ordinal) return 0;
    if (v == 0 && atom_mark(s, i + 1, '\'') && dl_times_is(s, i + 2, "s") && (s->a[i].flags & AT_CAPITAL) && i + 3 < s->n &&
        (s->a[i + 3].flags & AT_CAPITAL))
        return 0;
    out->type = DL_DATE;
    out->p = dl_point_at(U_DAY, v >= 9 ? s->today : s->today + v);
    out->basis = DL_DEICTIC;
    if (v >= 9) {
        out->type = DL_TIME;
        out->p.part = PART_NIGHT;
        return i + 1;
    }
    const uint32_t e = dl_times_part_after(s, i + 1, out);
    return e ? e : i + 1;
}

/* ---- Feasts -------------------------------------------------------------------------------- */

/* Anonymous Gregorian algorithm (Nature, 20 April 1876). */
static int32_t easter(int32_t y)
{
    const int32_t a = y % 19, b = y / 100, c = y % 100, h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    const int32_t l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7, k = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * k + 114;
    return dl_days(y, n / 31, n % 31 + 1);
}

static int32_t number_of(dl_str s, size_t beg)
{
    int32_t v = 0;
    const bool minus = beg < s.len && s.p[beg] == '-';
    for (size_t i = beg + (minus || (beg < s.len && s.p[beg] == '+')); i < s.len && dl_is_digit(s.p[i]); i++)
        v = v * 10 + (s.p[i] - '0');
    return minus ? -v : v;
}

/* The day of a rule of data/holidays.tsv in a year. */
static int32_t feast_day(dl_str rule, int32_t year)
{
    if (rule.p[0] == 'E') return easter(year) + number_of(rule, 1);
    const int month = (int)number_of(rule, 0);
    if (rule.len > 2 && rule.p[2] == '-') return dl_days(year, month, (int)number_of(rule, 3));
    const int32_t nth = number_of(rule, 3), weekday = number_of(rule, rule.len - 1);
    if (nth < 0) {
        const int32_t last = dl_days(year, month + 1, 1) - 1;
        return last - (dl_weekday(last) - weekday + 7) % 7;
    }
    const int32_t first = dl_days(year, month, 1);
    return first + (weekday - dl_weekday(first) + 7) % 7 + 7 * (nth - 1);
}

/* The atoms behind i that spell `rest`; 0 when they do not. */
static uint32_t follows(const scan *s, uint32_t i, dl_str rest)
{
    dl_str word;
    while (dl_str_next(&rest, ' ', &word)) {
        if (word.len && word.p[0] == '\'') {
            if (!atom_mark(s, i, '\'')) return 0;
            i++;
            word = dl_str_cut(word, 1, word.len);
        }
        if (i >= s->n || !dl_str_eq_nocase(word, dl_doc_text(s->d, (dl_span){ s->a[i].beg, s->a[i].end }))) return 0;
        i++;
    }
    return i;
}

uint32_t dl_times_feast(const scan *s, uint32_t i, found *out)
{
    if (!(s->a[i].flags & AT_CAPITAL)) return 0;
    uint32_t best = 0, best_row = DL_NONE;
    for (uint32_t row = dl_tsv_find_lower(&s->feasts, dl_doc_text(s->d, (dl_span){ s->a[i].beg, s->a[i].end })); row != DL_NONE;
         row = dl_tsv_more(&s->feasts, row)) {
        const uint32_t e = follows(s, i + 1, dl_tsv_cell(&s->feasts, row, 1));
        if (e > best && (e == i + 1 || (s->a[e - 1].flags & AT_CAPITAL) || dl_times_is(s, e - 1, "day")))
            best = e, best_row = row;
    }
    if (!best) return 0;
    const dl_str rule = dl_tsv_cell(&s->feasts, best_row, 2);
    int32_t year = 0;
    uint32_t e = dl_times_year_after(s, best, &year);
    if (!year && !s->anchored) return 0;
    const bool said = year != 0;
    if (!year) { /* the nearest one; what lies over 60 days ahead is the last one, unless the verb says otherwise */
        year = dl_civil_of(s->today).year;
        const int32_t d = feast_day(rule, year), ahead = dl_times_tense(s, i, best) > 0 ? 330 : 60;
        year += d - s->today > ahead ? -1 : s->today - d > 365 - ahead ? 1 : 0;
        e = best;
    }
    out->year_said = said;
    return place(out, e, dl_point_at(U_DAY, feast_day(rule, year)), said);
}
