/* atoms.c: a sentence as words, figures and marks, with what the word list says of them. */
#include "base/utf8.h"
#include "times/scan.h"

#define WORD(z)                                                                                                                  \
    {                                                                                                                            \
        (z), sizeof(z) - 1                                                                                                       \
    }
static const struct {
    dl_str word;
    uint8_t cls, flags;
} classes[] = {
    { WORD("word"), A_WORD, 0 },
    { WORD("det"), A_DET, 0 },
    { WORD("rel"), A_REL, 0 },
    { WORD("about"), A_ABOUT, 0 },
    { WORD("unit"), A_UNIT, 0 },
    { WORD("units"), A_UNIT, AT_PLURAL },
    { WORD("number"), A_NUMBER, 0 },
    { WORD("month"), A_MONTH, 0 },
    { WORD("weekday"), A_WEEKDAY, 0 },
    { WORD("month."), A_MONTH, AT_SHORT },
    { WORD("weekday."), A_WEEKDAY, AT_SHORT },
    { WORD("weekdays"), A_WEEKDAY, AT_PLURAL },
    { WORD("unit."), A_UNIT, AT_SHORT },
    { WORD("units."), A_UNIT, AT_SHORT | AT_PLURAL },
    { WORD("scale"), A_SCALE, 0 },
    { WORD("vague"), A_VAGUE, 0 },
    { WORD("half"), A_HALF, 0 },
    { WORD("ordinal"), A_ORDINAL, 0 },
    { WORD("season"), A_SEASON, 0 },
    { WORD("seasons"), A_SEASON, AT_PLURAL },
    { WORD("part"), A_PART, 0 },
    { WORD("parts"), A_PART, AT_PLURAL },
    { WORD("day"), A_DAY, 0 },
    { WORD("ref"), A_REF, 0 },
    { WORD("often"), A_OFTEN, 0 },
    { WORD("phase"), A_PHASE, 0 },
    { WORD("edge"), A_EDGE, 0 },
    { WORD("shift"), A_SHIFT, 0 },
    { WORD("zone"), A_ZONE, 0 },
    { WORD("year"), A_YEARLY, 0 },
};

static int32_t small_number(dl_str s)
{
    const bool minus = s.len && s.p[0] == '-';
    int32_t v = 0;
    for (size_t i = minus; i < s.len && dl_is_digit(s.p[i]) && v < 100000000; i++) v = v * 10 + (s.p[i] - '0');
    return minus ? -v : v;
}

static void classify(atom *a, const char *text, const dl_tsv *words)
{
    const dl_str s = { text + a->beg, a->end - a->beg };
    a->row = s.len < 2 && s.p[0] != 'a' && s.p[0] != 'A' ? DL_NONE : dl_tsv_find_lower(words, s);
    if (a->row == DL_NONE) return;
    const dl_str cls = dl_tsv_cell(words, a->row, 1);
    for (size_t i = 0; i < DL_COUNT(classes); i++)
        if (dl_str_eq(cls, classes[i].word)) {
            a->cls = classes[i].cls;
            a->flags |= classes[i].flags;
            a->val = small_number(dl_tsv_cell(words, a->row, 2));
            return;
        }
}

/* Typographic marks are three bytes from U+2010 to U+203A. */
static char plain_mark(uint32_t cp)
{
    if (cp >= 0x2010 && cp <= 0x2015) return '-';
    if (cp == 0x2018 || cp == 0x2019) return '\'';
    if (cp >= 0x201c && cp <= 0x201f) return '"';
    return cp < 128 ? (char)cp : '?';
}

/* "21st" is an ordinal, "1990s" a decade; both glue letters to figures. */
static bool suffix(atom *a, const char *text, uint32_t end)
{
    const dl_str s = { text + a->end, end - a->end };
    static const char *const ordinal[] = { "st", "nd", "rd", "th" };
    if (a->cls != A_DIGITS || !s.len) return false;
    for (size_t i = 0; i < DL_COUNT(ordinal); i++)
        if (a->digits <= 2 && s.len >= 2 && dl_str_starts_nocase(s, dl_str_of(ordinal[i])) &&
            (s.len == 2 || !dl_is_alpha(s.p[2]))) {
            a->cls = A_ORDINAL;
            a->end += 2;
            a->flags |= AT_FIGURE;
            return true;
        }
    if (s.p[0] == 's' && (s.len == 1 || !dl_is_alpha(s.p[1])) && a->val % 10 == 0 && (a->digits == 4 || a->digits == 2)) {
        a->end++;
        a->flags |= AT_FIGURE | AT_PLURAL;
    }
    return true;
}

static void figures(atom *a, const char *text, uint32_t end)
{
    while (a->end < end && dl_is_digit(text[a->end])) {
        if (a->digits < 9) a->val = a->val * 10 + (text[a->end] - '0');
        a->digits = (uint8_t)(a->digits < 99 ? a->digits + 1 : 99);
        a->end++;
    }
    a->cls = A_DIGITS;
    if (a->digits > 9) a->val = 1000000000;
    suffix(a, text, end);
}

/* One atom from at->beg on; a mark unless letters or figures begin there. */
static void one(atom *a, const dl_doc *d, const dl_tsv *words, uint32_t end)
{
    const char *t = d->text;
    const char c = t[a->beg];
    a->end = a->beg;
    if (dl_is_digit(c)) {
        figures(a, t, end);
        return;
    }
    if (dl_is_alpha(c)) {
        a->flags |= dl_is_upper(c) ? AT_CAPITAL : 0;
        while (a->end < end && dl_is_alpha(t[a->end])) a->end++;
        if (a->end < end && (unsigned char)t[a->end] >= 0xc3 && (unsigned char)t[a->end] < 0xe2) {
            while (a->end < end &&
                   (dl_is_alpha(t[a->end]) || ((unsigned char)t[a->end] >= 0x80 && (unsigned char)t[a->end] != 0xe2)))
                a->end++; /* a word with other letters is never one of ours */
            return;
        }
        classify(a, t, words);
        return;
    }
    size_t at = a->beg;
    const uint32_t cp = dl_utf8_next((dl_str){ t, end }, &at);
    a->end = (uint32_t)at;
    if (cp >= 0x80 && dl_cp_letter(cp)) {
        a->flags |= dl_cp_upper(cp) ? AT_CAPITAL : 0;
        while (a->end < end && (dl_is_alpha(t[a->end]) || ((unsigned char)t[a->end] >= 0x80 && (unsigned char)t[a->end] != 0xe2)))
            a->end++;
        return;
    }
    a->cls = A_MARK;
    a->val = (unsigned char)plain_mark(cp);
}

void dl_times_tags(atom *v, uint32_t n, const dl_doc *d, dl_span toks)
{
    uint32_t t = toks.beg;
    for (uint32_t i = 0; d->toks.xpos && i < n; i++) {
        while (t < toks.end && d->toks.span[t].end <= v[i].beg) t++;
        if (t < toks.end && d->toks.span[t].beg <= v[i].beg) v[i].xpos = d->toks.xpos[t];
    }
}

bool dl_times_atoms(atom **out, uint32_t *n, const dl_doc *d, const dl_tsv *words, dl_span span, dl_arena *arena)
{
    atom *v = NULL;
    size_t cap = 0, k = 0;
    bool glued = false;
    for (uint32_t i = span.beg; i < span.end;) {
        const unsigned char c = (unsigned char)d->text[i];
        const bool nbsp = c == 0xc2 && i + 1 < span.end && (unsigned char)d->text[i + 1] == 0xa0;
        if (dl_is_space(c) || nbsp) {
            glued = false;
            i += nbsp ? 2 : 1;
            continue;
        }
        if (!DL_ROOM(arena, v, k, cap)) return false;
        v[k] = (atom){ .beg = i, .flags = glued ? AT_GLUED : 0, .row = DL_NONE };
        one(&v[k], d, words, span.end);
        glued = true;
        i = v[k++].end;
    }
    *out = v;
    *n = (uint32_t)k;
    return true;
}

bool dl_times_is(const scan *s, uint32_t i, const char *lower)
{
    if (i >= s->n) return false;
    const atom *a = &s->a[i];
    return dl_str_is((dl_str){ s->d->text + a->beg, a->end - a->beg }, lower);
}
