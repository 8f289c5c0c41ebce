/* signs.c: days, weekdays and years as printed, read without an anchor. */
#include "times/signs.h"

#include "base/limits.h"
#include "times/scan.h"

static bool sign_of(const scan *s, const found *f, dl_sign *out)
{
    *out = (dl_sign){ .beg = s->a[f->beg].beg, .weekday = f->weekday };
    if (f->type == DL_SET) return false;
    if (f->p.unit == U_DAY) {
        const dl_civil c = dl_civil_of(f->p.index);
        out->month = c.month;
        out->day = c.day;
        out->year = f->year_said ? c.year : 0;
    } else if (f->p.unit == U_MONTH && f->year_said) {
        const dl_civil c = dl_civil_of(dl_point_day(f->p));
        out->month = c.month;
        out->year = c.year;
    } else if (f->p.unit == U_YEAR) {
        out->year = f->p.index;
    }
    if (!out->day && !out->year && out->weekday < 0) return false;
    const bool until =
        f->beg && (dl_times_is(s, f->beg - 1, "until") || dl_times_is(s, f->beg - 1, "by") || dl_times_is(s, f->beg, "next"));
    out->tense = (int8_t)(until ? 1 : dl_times_tense(s, f->beg, f->end));
    return true;
}

static bool sentence(const scan *s, uint32_t sent, dl_sign **v, size_t *n, size_t *cap, uint32_t max, dl_arena *arena)
{
    found f;
    for (uint32_t i = 0; i < s->n && *n < max;) {
        const int c = s->a[i].cls;
        const uint32_t e = c != A_OTHER && c != A_MARK ? dl_times_read(s, i, &f) : 0;
        if (!e) {
            i++;
            continue;
        }
        dl_sign sign;
        if (sign_of(s, &f, &sign)) {
            if (!DL_ROOM(arena, *v, *n, *cap)) return false;
            sign.sent = sent;
            (*v)[(*n)++] = sign;
        }
        i = e;
    }
    return true;
}

bool dl_times_signs(dl_sign **out, uint32_t *n, uint32_t max, const dl_doc *d, const dl_models *m, dl_arena *arena)
{
    scan s = { .d = d, .words = dl_tsv_open(m, "timewords"), .feasts = dl_tsv_open(m, "holidays") };
    size_t k = 0, cap = max < 64 ? max : 64;
    dl_sign *v = DL_NEW(arena, cap, dl_sign);
    dl_arena atoms;
    dl_arena_init(&atoms, DL_ARENA_MAX);
    bool fine = v != NULL;
    for (uint32_t i = 0; fine && i < d->sents.n && k < max; i++) {
        const dl_arena_mark mark = dl_arena_here(&atoms);
        atom *at = NULL;
        fine = dl_times_atoms(&at, &s.n, d, &s.words, d->sents.span[i], &atoms);
        s.a = at;
        fine = fine && sentence(&s, i, &v, &k, &cap, max, arena);
        dl_arena_back(&atoms, mark);
    }
    dl_arena_free(&atoms);
    *out = v;
    *n = (uint32_t)k;
    return fine;
}
