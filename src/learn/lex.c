/* lex.c: from a word to the numbers that features are made of. */
#include "learn/lex.h"

#include "base/hash.h"
#include "base/utf8.h"

#define WORD_MAX 64 /* bytes of a word that are looked at                                        */

typedef struct shaper {
    char low[WORD_MAX + 4], form[WORD_MAX + 4], shape[WORD_MAX];
    size_t n, n_form, n_shape;
    bool lower;
} shaper;

static void add_shape(shaper *s, char c)
{
    if (s->n_shape >= 2 && s->shape[s->n_shape - 1] == c && s->shape[s->n_shape - 2] == c) return;
    if (s->n_shape < sizeof s->shape) s->shape[s->n_shape++] = c;
}

static void add_ascii(shaper *s, char c, dl_lex *x)
{
    char low = c, form = c, shape = c;
    if (dl_is_digit(c)) {
        low = form = shape = '0';
        x->flags |= DL_LEX_DIGIT;
    } else if (dl_is_upper(c)) {
        low = dl_lower(c);
        shape = 'X';
        x->flags |= DL_LEX_LETTER | (s->n ? 0 : DL_LEX_UPPER);
    } else if (dl_is_lower(c)) {
        shape = 'x';
        x->flags |= DL_LEX_LETTER;
        s->lower = true;
    } else if (c == '-') {
        x->flags |= DL_LEX_HYPHEN;
    } else if (c == '.') {
        x->flags |= DL_LEX_STOP;
    }
    s->low[s->n++] = low;
    s->form[s->n_form++] = form;
    add_shape(s, shape);
}

static void add_wide(shaper *s, uint32_t cp, dl_lex *x)
{
    if (cp == 0x2019 || cp == 0x2bc) {
        add_ascii(s, '\'', x);
        return;
    }
    bool upper = dl_cp_upper(cp), letter = upper || dl_cp_letter(cp);
    if (letter) x->flags |= DL_LEX_LETTER | (upper && !s->n ? DL_LEX_UPPER : 0);
    if (letter && !upper) s->lower = true;
    s->n_form += dl_utf8_put(s->form + s->n_form, cp);
    s->n += dl_utf8_put(s->low + s->n, upper ? dl_cp_fold(cp) : cp);
    add_shape(s, upper ? 'X' : letter ? 'x' : '*');
}

static uint32_t pack(const char *p, size_t n)
{
    uint32_t v = 0;
    for (size_t i = 0; i < n; i++) v = v << 8 | (unsigned char)p[i];
    return v;
}

dl_lex dl_lex_of(dl_str word)
{
    dl_lex x = { .len = (uint32_t)word.len };
    shaper s = { .n = 0 };
    for (size_t at = 0; at < word.len && s.n < WORD_MAX && s.n_form < WORD_MAX;) {
        if ((unsigned char)word.p[at] < 0x80)
            add_ascii(&s, word.p[at++], &x);
        else
            add_wide(&s, dl_utf8_next(word, &at), &x);
    }
    if ((x.flags & DL_LEX_UPPER) && !s.lower) x.flags |= DL_LEX_CAPS;
    x.form = dl_hash(s.form, s.n_form, 0);
    x.lower = dl_hash(s.low, s.n, 0);
    x.shape = dl_hash(s.shape, s.n_shape, 0);
    for (size_t k = 1; k <= 4 && k < s.n; k++) x.suf[k - 1] = pack(s.low + s.n - k, k);
    for (size_t k = 1; k <= 3 && k < s.n; k++) x.pre[k - 1] = pack(s.low, k);
    return x;
}

dl_lex dl_lex_edge(unsigned which) { return (dl_lex){ .form = which + 1, .lower = which + 1, .shape = which + 1 }; }
