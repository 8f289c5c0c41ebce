/* mods.c: what stands before the head of an expression: "nearly the last 2 1/2", "early next",
 * "the end of the first". */
#include "times/scan.h"

static bool year_like(const atom *a)
{
    return a->cls == A_DIGITS && a->digits == 4 && !(a->flags & AT_FIGURE) && a->val >= 1000 && a->val <= 2100;
}

/* "1 1/2" and ".5": a half behind figures. */
static uint32_t half_after(const scan *s, uint32_t i, bool *half)
{
    if (atom_cls(s, i) == A_DIGITS && s->a[i].val == 1 && atom_mark(s, i + 1, '/') && atom_cls(s, i + 2) == A_DIGITS &&
        s->a[i + 2].val == 2) {
        *half = true;
        return i + 3;
    }
    if (atom_mark(s, i, '.') && atom_glued(s, i) && atom_glued(s, i + 1) && atom_cls(s, i + 1) == A_DIGITS) {
        *half = s->a[i + 1].val == 5 && s->a[i + 1].digits == 1;
        return i + 2;
    }
    if (dl_times_is(s, i, "and") && dl_times_is(s, i + 1, "a") && atom_cls(s, i + 2) == A_HALF) {
        *half = true;
        return i + 3;
    }
    return i;
}

static uint32_t figures(const scan *s, uint32_t i, int32_t *n)
{
    int64_t v = s->a[i].val;
    const uint32_t last = i + 8; /* three groups of three and no more: each place is read anew */
    for (i++; i < last && atom_mark(s, i, ',') && atom_glued(s, i) && atom_glued(s, i + 1) && atom_cls(s, i + 1) == A_DIGITS &&
              s->a[i + 1].digits == 3;
         i += 2)
        v = v < 1000000 ? v * 1000 + s->a[i + 1].val : v;
    *n = v > 1000000000 ? 1000000000 : (int32_t)v;
    return i;
}

static uint32_t words(const scan *s, uint32_t i, int32_t *n)
{
    int64_t sum = 0, chunk = 0;
    const uint32_t beg = i;
    if (atom_cls(s, i) == A_DET && s->a[i].val == 2 && atom_cls(s, i + 1) == A_SCALE) chunk = 1, i++;
    for (; i < s->n && i < beg + 8; i++) {
        const int c = atom_cls(s, i);
        if (c == A_NUMBER)
            chunk += s->a[i].val;
        else if (c == A_SCALE && s->a[i].val < 1000)
            chunk = (chunk ? chunk : 1) * s->a[i].val;
        else if (c == A_SCALE)
            sum += (chunk ? chunk : 1) * 1000, chunk = 0;
        else if (!(atom_mark(s, i, '-') && i > beg && s->a[i - 1].cls == A_NUMBER && s->a[i - 1].val >= 20 &&
                   atom_cls(s, i + 1) == A_NUMBER))
            break;
        if (chunk > 1000000) break;
    }
    *n = (int32_t)(sum + chunk);
    return i;
}

uint32_t dl_times_number(const scan *s, uint32_t i, int32_t *n, bool *half)
{
    *half = false;
    const bool a = atom_cls(s, i) == A_DET && s->a[i].val == 2;
    switch (atom_cls(s, i + a)) {
    case A_VAGUE:
        i += a;
        *n = s->a[i].val;
        i++;
        return dl_times_is(s, i, "of") ? i + 1 : i;
    case A_HALF:
        i += a + 1u;
        *n = 0;
        *half = true;
        if (atom_mark(s, i, '-') && atom_glued(s, i)) i++;
        return atom_cls(s, i) == A_DET && s->a[i].val == 2 ? i + 1 : i;
    case A_DIGITS:
        if (a) return 0;
        i = figures(s, i, n);
        return half_after(s, i, half);
    case A_NUMBER:
        if (a) return 0;
        /* fallthrough */
    case A_SCALE: i = words(s, i, n); return half_after(s, i, half);
    default: return 0;
    }
}

/* "more than", "at least", "up to": two words that weaken a number. */
static uint32_t weakened(const scan *s, uint32_t i)
{
    if (dl_times_is(s, i, "no")) i++;
    if ((dl_times_is(s, i, "more") || dl_times_is(s, i, "less")) && dl_times_is(s, i + 1, "than")) return i + 2;
    if (dl_times_is(s, i, "at") && (dl_times_is(s, i + 1, "least") || dl_times_is(s, i + 1, "most"))) return i + 2;
    return dl_times_is(s, i, "up") && dl_times_is(s, i + 1, "to") ? i + 2 : 0;
}

/* "last year's", "this year's", "1989's": the year of what follows. */
static uint32_t owned_year(const scan *s, uint32_t i, int32_t *year)
{
    uint32_t e = 0;
    int32_t y = 0;
    if (atom_cls(s, i) == A_REL && s->a[i].val >= -1 && s->a[i].val <= 1 && atom_cls(s, i + 1) == A_UNIT &&
        s->a[i + 1].val == U_YEAR && s->anchored) {
        y = dl_point_of_day(U_YEAR, s->today).index + s->a[i].val;
        e = i + 2;
    } else if (i < s->n && year_like(&s->a[i])) {
        y = s->a[i].val;
        e = i + 1;
    }
    if (!e || !atom_mark(s, e, '\'') || !dl_times_is(s, e + 1, "s")) return 0;
    *year = y;
    return e + 2;
}

/* A number before a head; 0 where it is a year or a day that is a head itself. */
static uint32_t counted(const scan *s, uint32_t i, mods *m)
{
    const atom *a = &s->a[i];
    if (year_like(a)) {
        const int next = atom_cls(s, i + 1);
        const bool before = next == A_ORDINAL || next == A_HALF || next == A_SEASON || dl_times_is(s, i + 1, "period") ||
                            (next == A_UNIT && s->a[i + 1].val == U_QUARTER);
        if (!before || m->year) return 0;
        m->year = a->val;
        return i + 1;
    }
    if ((a->cls == A_HALF && (m->ordinal || m->has_rel)) || (a->cls == A_DIGITS && (a->flags & AT_FIGURE))) return 0;
    const uint32_t e = dl_times_number(s, i, &m->count, &m->half);
    if (!e) return 0;
    if (atom_mark(s, e, '-') && atom_cls(s, e + 1) == A_ORDINAL && m->count % 10 == 0 && m->count > 0) {
        m->ordinal = m->count + s->a[e + 1].val;
        return e + 2;
    }
    m->has_count = true;
    m->figures = a->cls == A_DIGITS;
    m->number_beg = i;
    m->number_end = e;
    if (atom_mark(s, e, '-') && atom_glued(s, e)) {
        m->hyphen = true;
        return e + 1;
    }
    return dl_times_is(s, e, "more") || dl_times_is(s, e, "full") ? e + 1 : e;
}

/* One modifier at i; the atom behind it, or 0. */
static uint32_t modifier(const scan *s, uint32_t i, mods *m)
{
    const atom *a = &s->a[i];
    const uint32_t weak = a->cls == A_WORD || a->cls == A_OTHER ? weakened(s, i) : 0, owned = owned_year(s, i, &m->year);
    if (weak || owned) return weak ? weak : owned;
    switch (a->cls) {
    case A_ABOUT: return i + 1;
    case A_DET:
        if (m->has_count || m->has_rel) return 0;
        m->det = (uint8_t)a->val;
        if (a->val == 2) {
            const uint32_t e = counted(s, i, m);
            if (e) return e;
            m->count = 1;
        }
        return a->val == 3 && dl_times_is(s, i + 1, "of") ? i + 2 : i + 1;
    case A_EDGE: {
        const uint32_t gap = atom_mark(s, i + 1, '-');
        if (m->has_count || !dl_times_is(s, i + 1 + gap, "of")) return 0;
        m->edge = (uint8_t)a->val;
        m->det = 0;
        return i + 2 + gap + (atom_mark(s, i + 2 + gap, '-') ? 1 : 0);
    }
    case A_PHASE:
        if (m->has_count) return 0;
        m->phase = (uint8_t)a->val;
        if (dl_times_is(s, i + 1, "in") || dl_times_is(s, i + 1, "on")) return a->val != 2 ? i + 2 : 0;
        return atom_mark(s, i + 1, '-') ? i + 2 : i + 1;
    case A_REL:
        if (m->number_end) return 0; /* "rose to 300,000 last year" */
        if (!m->has_rel || a->val != 2) m->rel = (int8_t)a->val;
        m->has_rel = true;
        return i + 1;
    case A_YEARLY: m->fiscal = true; return i + 1;
    case A_ORDINAL:
        if ((m->has_count && m->figures) || m->ordinal) return 0;
        m->ordinal = a->val;
        if (atom_mark(s, i + 1, '-') && atom_glued(s, i + 1)) {
            m->hyphen = true;
            return i + 2;
        }
        return dl_times_is(s, i + 1, "of") && atom_cls(s, i + 2) == A_MONTH ? i + 2 : i + 1;
    case A_DIGITS:
    case A_NUMBER:
    case A_SCALE:
    case A_VAGUE:
    case A_HALF: return m->has_count ? 0 : counted(s, i, m);
    default: return 0;
    }
}

void dl_times_mods(const scan *s, uint32_t i, mods *m)
{
    *m = (mods){ .end = i };
    for (unsigned k = 0; k < 10 && m->end < s->n; k++) {
        const uint32_t e = modifier(s, m->end, m);
        if (!e) return;
        m->end = e;
        m->any = true;
    }
}
