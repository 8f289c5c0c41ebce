/* times.c: the stage: every expression of the body with its value and interval. */
#include "times/times.h"

#include "base/error.h"
#include "times/scan.h"

static void interval(const scan *s, const found *f, int64_t *from, int64_t *to, dl_grain *grain)
{
    *from = *to = DL_NEVER;
    *grain = DL_GRAIN_NONE;
    if (f->p.unit && !f->side) {
        dl_point_range(f->p, from, to);
        *grain = dl_point_grain(f->p);
    } else if (f->length) {
        *grain = dl_unit_grain(f->length);
        if (!f->side || !s->anchored) return;
        const int64_t now = f->length < U_DAY ? s->now : dl_seconds(s->today + (f->side < 0));
        if (f->count > 0) *(f->side < 0 ? from : to) = dl_length_seconds(f->length, f->side * f->count, now);
        *(f->side < 0 ? to : from) = now;
    }
}

static void emit(dl_build *b, const scan *s, const found *f, uint32_t sent, uint32_t *tok)
{
    const uint32_t r = dl_row(b, DL_T_TIMES);
    if (r == DL_NONE) return;
    dl_times *t = &b->d.times;
    const dl_toks *toks = &b->d.toks;
    char value[32], anchor[32] = "";
    int64_t from, to;
    dl_grain grain;
    interval(s, f, &from, &to, &grain);
    if (f->p.unit) dl_point_value(value, f->p);
    const bool relative = f->basis == DL_DEICTIC && s->anchored;
    if (relative) dl_point_value(anchor, dl_point_at(U_DAY, s->today));
    const dl_span span = { s->a[f->beg].beg, s->a[f->end - 1].end };
    while (*tok < toks->n && toks->span[*tok].end <= span.beg) ++*tok;
    uint32_t end = *tok;
    while (end < toks->n && toks->span[end].beg < span.end) end++;
    t->span[r] = span;
    t->tok[r] = (dl_span){ *tok, end };
    t->sent[r] = sent;
    t->type[r] = f->type;
    t->from[r] = from;
    t->to[r] = to;
    t->grain[r] = (uint8_t)grain;
    t->basis[r] = f->basis;
    t->value[r] = dl_put(b, dl_str_of(f->p.unit ? value : f->value));
    t->anchor[r] = dl_put(b, dl_str_of(anchor));
}

static void remember(scan *s, const found *f)
{
    if (!f->p.unit) return;
    s->f.last = f->p;
    const bool now_or_past = !s->anchored || dl_point_day(f->p) <= s->today;
    if (f->p.unit == U_QUARTER && now_or_past && (!s->f.quarter.unit || f->p.index > s->f.quarter.index - 3)) s->f.quarter = f->p;
}

/* Days that share the month of the date before: "Feb. 21-22", "May 3 and 4". */
static uint32_t next_day(const scan *s, uint32_t i, const found *before, found *out)
{
    const bool day_last = before->end && (atom_cls(s, before->end - 1) == A_DIGITS || atom_cls(s, before->end - 1) == A_ORDINAL);
    if (before->p.unit != U_DAY || before->p.hour >= 0 || before->basis != DL_EXPLICIT || before->year_said || !day_last)
        return 0;
    const bool dash = atom_mark(s, i, '-') || atom_mark(s, i, '/'), and = dl_times_is(s, i, "and") || dl_times_is(s, i, "to");
    const uint32_t at = i + 1;
    const bool day = atom_cls(s, at) == A_DIGITS && s->a[at].digits <= 2 && !atom_glued(s, at + 1);
    if (!(dash || and) || !(day || atom_cls(s, at) == A_ORDINAL)) return 0;
    if (and&&at + 1 < s->n && atom_cls(s, at + 1) != A_MARK && atom_cls(s, at + 1) != A_WORD) return 0;
    const dl_civil c = dl_civil_of(before->p.index);
    if (s->a[at].val <= c.day || s->a[at].val > dl_days_in_month(c.year, c.month)) return 0;
    *out = *before;
    out->p.index += s->a[at].val - c.day;
    out->weekday = -1;
    out->beg = at;
    out->end = at + 1;
    return at + 1;
}

static void sentence(dl_build *b, scan *s, uint32_t sent, uint32_t *tok)
{
    found f, last = { .weekday = -1 };
    for (uint32_t i = 0; i < s->n;) {
        uint32_t e = i == last.end && i ? next_day(s, i, &last, &f) : 0;
        if (!e && s->a[i].cls != A_OTHER)
            e = dl_times_read(s, i, &f);
        else if (!e && (s->a[i].flags & AT_CAPITAL))
            e = dl_times_read(s, i, &f);
        else if (!e && s->d->text[s->a[i].end - 1] == 's')
            e = dl_times_read(s, i, &f);
        if (!e) {
            i++;
            continue;
        }
        emit(b, s, &f, sent, tok);
        remember(s, &f);
        last = f;
        i = e;
    }
}

dl_status dl_times_find(dl_build *b, const dl_models *m)
{
    scan s = { .d = &b->d, .words = dl_tsv_open(m, "timewords"), .feasts = dl_tsv_open(m, "holidays") };
    s.anchored = b->meta.published != DL_NEVER;
    if (s.anchored) {
        s.today = dl_day_of(b->meta.published);
        s.now = b->meta.has_time ? b->meta.published : dl_seconds(s.today + 1);
    }
    uint32_t tok = 0;
    for (uint32_t i = 0; i < b->d.sents.n; i++) {
        const dl_arena_mark mark = dl_arena_here(&b->scratch);
        atom *atoms;
        if (!dl_times_atoms(&atoms, &s.n, &b->d, &s.words, b->d.sents.span[i], &b->scratch)) return dl_fail_mem(b->err, "times");
        dl_times_tags(atoms, s.n, &b->d, b->d.sents.tok[i]);
        s.a = atoms;
        sentence(b, &s, i, &tok);
        dl_arena_back(&b->scratch, mark);
    }
    return dl_build_status(b);
}
