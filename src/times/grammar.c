/* grammar.c: which expression, if any, begins at an atom. */
#include "times/scan.h"

#include <stdio.h>

static uint32_t word_value(found *out, uint32_t e, int type, const char *value)
{
    const dl_str v = dl_str_of(value);
    out->type = (uint8_t)type;
    out->basis = DL_DEICTIC;
    memcpy(out->value, v.p, v.len + 1);
    return e;
}

static uint32_t reference(const scan *s, uint32_t i, found *out)
{
    static const char *const value[] = { "PAST_REF", "PRESENT_REF", "FUTURE_REF" };
    const int32_t v = s->a[i].val;
    if (dl_times_is(s, i, "soon") &&
        (dl_times_is(s, i - (i > 0), "as") || dl_times_is(s, i - (i > 0), "how") || dl_times_is(s, i - (i > 0), "too")))
        return 0;
    if (dl_times_is(s, i, "now") && dl_times_is(s, i + 1, "that")) return 0;
    return v >= -1 && v <= 1 ? word_value(out, i + 1, DL_DATE, value[v + 1]) : 0;
}

/* Heads that are only words: "the future", "in the past", "the near term", "the nineties". */
static uint32_t word_head(const scan *s, uint32_t i, const mods *m, found *out)
{
    const bool the = dl_times_is(s, i - (i > 0), "the");
    if ((dl_times_is(s, i, "future") && the) ||
        (dl_times_is(s, i, "near") && the && (dl_times_is(s, i + 1, "future") || dl_times_is(s, i + 1, "term"))))
        return word_value(out, dl_times_is(s, i, "near") ? i + 2 : i + 1, DL_DATE, "FUTURE_REF");
    if (m->has_rel && m->rel == -1 && m->det == 1 && dl_times_is(s, i - 1, "past") && i >= 3 && dl_times_is(s, i - 3, "in") &&
        !m->has_count)
        return word_value(out, i, DL_DATE, "PAST_REF");
    if (m->has_rel && m->rel == 3 && m->end == i && !m->det && dl_times_is(s, i - 1, "recent"))
        return word_value(out, i, DL_DATE, "PAST_REF");
    if (m->has_rel && m->rel == 0 && m->end == i && dl_times_is(s, i - 1, "current"))
        return word_value(out, i, DL_DATE, "PRESENT_REF");
    if (m->has_rel && m->rel == 0 && dl_times_is(s, i - 1, "this") && (dl_times_is(s, i, "time") || dl_times_is(s, i, "moment")))
        return word_value(out, i + 1, DL_DATE, "PRESENT_REF");
    if (m->det == 1 && !m->has_rel && dl_times_is(s, i, "moment") && i >= 2 && dl_times_is(s, i - 2, "at"))
        return word_value(out, i + 1, DL_DATE, "PRESENT_REF");
    return 0;
}

/* "twenties" ... "nineties", "'90s". */
static uint32_t decade_word(const scan *s, uint32_t i, found *out)
{
    static const char *const names[] = { "twenties", "thirties",  "forties",  "fifties",
                                         "sixties",  "seventies", "eighties", "nineties" };
    for (size_t k = 0; k < DL_COUNT(names); k++)
        if (dl_times_is(s, i, names[k]) && i &&
            (dl_times_is(s, i - 1, "the") || atom_mark(s, i - 1, '-') || atom_cls(s, i - 1) == A_PHASE)) {
            out->type = DL_DATE;
            out->basis = DL_EXPLICIT;
            out->p = dl_point_at(U_DECADE, 192 + (int32_t)k);
            return i + 1;
        }
    return 0;
}

/* A period that is compared: "the 1988 period", "the corresponding period". */
static uint32_t period(const scan *s, uint32_t i, const mods *m, found *out)
{
    if (!dl_times_is(s, i, "period") || !s->anchored || m->det != 1) return 0;
    out->type = DL_DATE;
    out->basis = DL_DEICTIC;
    if (m->year) {
        out->p = s->f.quarter.unit ? dl_point_at(U_QUARTER, m->year * 4 + s->f.quarter.index % 4) : dl_point_at(U_YEAR, m->year);
        return i + 1;
    }
    if (m->has_rel && m->rel == 3 && s->f.quarter.unit) {
        out->p = s->f.quarter;
        return i + 1;
    }
    return 0;
}

static uint32_t head(const scan *s, uint32_t i, const mods *m, found *out)
{
    switch (atom_cls(s, i)) {
    case A_UNIT: return dl_times_unit(s, i, m, out);
    case A_HALF: return dl_times_unit(s, i, m, out);
    case A_ORDINAL: return m->has_count && dl_times_is(s, i, "second") ? dl_times_unit(s, i, m, out) : 0;
    case A_MONTH: return dl_times_month(s, i, m, out);
    case A_WEEKDAY: return dl_times_weekday(s, i, m, out);
    case A_SEASON: return dl_times_season(s, i, m, out);
    case A_PART: return dl_times_part(s, i, m, out);
    case A_DAY: return dl_times_day(s, i, m, out);
    case A_DIGITS: return dl_times_year(s, i, m, out);
    case A_REF: return m->any ? 0 : reference(s, i, out);
    case A_OFTEN: {
        if (m->any || atom_mark(s, i + 1, '-')) return 0;
        char value[32];
        const dl_str v = dl_tsv_cell(&s->words, s->a[i].row, 2);
        snprintf(value, sizeof value, "%.*s", (int)(v.len < 31 ? v.len : 31), v.p);
        return word_value(out, i + 1, DL_SET, value);
    }
    default: break;
    }
    uint32_t e = decade_word(s, i, out);
    if (!e) e = period(s, i, m, out);
    return e ? e : word_head(s, i, m, out);
}

/* "the year 2000", "the year two thousand". */
static uint32_t the_year(const scan *s, uint32_t i, found *out)
{
    const uint32_t at = dl_times_is(s, i, "the") ? i + 1 : i;
    if (!dl_times_is(s, at, "year")) return 0;
    int32_t n = 0;
    bool half;
    const uint32_t e = dl_times_number(s, at + 1, &n, &half);
    if (!e || n < 1000 || n > 2100) return 0;
    out->type = DL_DATE;
    out->basis = DL_EXPLICIT;
    out->p = dl_point_at(U_YEAR, n);
    out->year_said = true;
    return e;
}

/* "per year", "the week of March 6". */
static uint32_t special(const scan *s, uint32_t i, found *out)
{
    if (dl_times_is(s, i, "per") && atom_cls(s, i + 1) == A_UNIT && !(s->a[i + 1].flags & AT_PLURAL)) {
        out->type = DL_SET;
        dl_length_value(out->value, (unit)s->a[i + 1].val, 1, false);
        return i + 2;
    }
    if (dl_times_is(s, i, "the") && dl_times_is(s, i + 1, "week") && dl_times_is(s, i + 2, "of") &&
        atom_cls(s, i + 3) == A_MONTH) {
        mods m;
        dl_times_mods(s, i + 3, &m);
        const uint32_t e = dl_times_month(s, i + 3, &m, out);
        if (e && out->p.unit == U_DAY) {
            out->p = dl_point_of_day(U_WEEK, dl_point_day(out->p));
            return e;
        }
    }
    return the_year(s, i, out);
}

static void clear(found *out) { *out = (found){ .weekday = -1, .p = { .hour = -1, .minute = -1, .second = -1 } }; }

uint32_t dl_times_read(const scan *s, uint32_t i, found *out)
{
    const int c = atom_cls(s, i);
    uint32_t e = 0;
    clear(out);
    if (c == A_MARK && !(s->a[i].val == '\'')) return 0;
    if (c == A_DIGITS) e = dl_times_figures(s, i, out);
    if (!e && (c == A_DIGITS || c == A_PART || c == A_NUMBER)) e = dl_times_clock(s, i, out);
    if (!e && c != A_MARK && (s->a[i].flags & AT_CAPITAL)) {
        clear(out);
        e = dl_times_feast(s, i, out);
    }
    if (!e && (c == A_DET || c == A_WORD || c == A_UNIT)) {
        clear(out);
        e = special(s, i, out);
    }
    if (c == A_MARK) { /* "'80s" */
        const mods none = { .end = i + 1 };
        clear(out);
        e = atom_cls(s, i + 1) == A_DIGITS && atom_glued(s, i + 1) && (s->a[i + 1].flags & AT_FIGURE)
                ? dl_times_year(s, i + 1, &none, out)
                : 0;
        out->beg = i;
        out->end = e;
        return e;
    }
    if (!e) {
        mods m;
        clear(out);
        dl_times_mods(s, i, &m);
        if (m.end < s->n || m.any) e = head(s, m.end, &m, out);
    }
    out->beg = i;
    out->end = e;
    if (out->p.unit && !dl_point_sound(out->p)) return 0;
    return e > i ? e : 0;
}
