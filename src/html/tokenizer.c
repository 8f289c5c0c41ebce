/* tokenizer.c: runs of text in the six content states, and what stands at a '<'. */
#include "html/tokenizer.h"

#include "html/charref.h"

#define SPACE (DL_CH_SPACE | DL_CH_TAG_END | DL_CH_NAME_END | DL_CH_VALUE_END)
#define UPPER (DL_CH_ALPHA | DL_CH_UPPER)
const uint8_t dl_ch_class[256] = {
    ['\t'] = SPACE,
    ['\n'] = SPACE,
    ['\f'] = SPACE,
    ['\r'] = SPACE,
    [' '] = SPACE,
    ['/'] = DL_CH_TAG_END | DL_CH_NAME_END,
    ['>'] = DL_CH_TAG_END | DL_CH_NAME_END | DL_CH_VALUE_END,
    ['='] = DL_CH_NAME_END,
    [0] = DL_CH_UPPER,
    /* clang-format off */
    ['A'] = UPPER, ['B'] = UPPER, ['C'] = UPPER, ['D'] = UPPER, ['E'] = UPPER, ['F'] = UPPER, ['G'] = UPPER,
    ['H'] = UPPER, ['I'] = UPPER, ['J'] = UPPER, ['K'] = UPPER, ['L'] = UPPER, ['M'] = UPPER, ['N'] = UPPER,
    ['O'] = UPPER, ['P'] = UPPER, ['Q'] = UPPER, ['R'] = UPPER, ['S'] = UPPER, ['T'] = UPPER, ['U'] = UPPER,
    ['V'] = UPPER, ['W'] = UPPER, ['X'] = UPPER, ['Y'] = UPPER, ['Z'] = UPPER,
    ['a'] = DL_CH_ALPHA, ['b'] = DL_CH_ALPHA, ['c'] = DL_CH_ALPHA, ['d'] = DL_CH_ALPHA, ['e'] = DL_CH_ALPHA,
    ['f'] = DL_CH_ALPHA, ['g'] = DL_CH_ALPHA, ['h'] = DL_CH_ALPHA, ['i'] = DL_CH_ALPHA, ['j'] = DL_CH_ALPHA,
    ['k'] = DL_CH_ALPHA, ['l'] = DL_CH_ALPHA, ['m'] = DL_CH_ALPHA, ['n'] = DL_CH_ALPHA, ['o'] = DL_CH_ALPHA,
    ['p'] = DL_CH_ALPHA, ['q'] = DL_CH_ALPHA, ['r'] = DL_CH_ALPHA, ['s'] = DL_CH_ALPHA, ['t'] = DL_CH_ALPHA,
    ['u'] = DL_CH_ALPHA, ['v'] = DL_CH_ALPHA, ['w'] = DL_CH_ALPHA, ['x'] = DL_CH_ALPHA, ['y'] = DL_CH_ALPHA,
    ['z'] = DL_CH_ALPHA,
    /* clang-format on */
};

void dl_tok_init(dl_tokenizer *t, dl_str page, dl_arena *keep, dl_arena *scratch)
{
    *t = (dl_tokenizer){ .p = page.p, .n = (uint32_t)page.len, .keep = keep, .scratch = scratch };
    t->next_amp = dl_tok_find(t, 0, '&');
    t->next_cr = dl_tok_find(t, 0, '\r');
    t->next_nul = dl_tok_find(t, 0, 0);
}

dl_str dl_tok_chars(dl_tokenizer *t, uint32_t beg, uint32_t end, unsigned how, dl_offsets *map)
{
    unsigned need = how & DL_DECODE_GAPS;
    if (how & DL_DECODE_REFS && dl_tok_ahead(t, &t->next_amp, beg, end, '&')) need |= how & (DL_DECODE_REFS | DL_DECODE_ATTR);
    if (dl_tok_ahead(t, &t->next_cr, beg, end, '\r')) need |= DL_DECODE_CR;
    if (how & DL_DECODE_NUL && dl_tok_ahead(t, &t->next_nul, beg, end, 0)) need |= DL_DECODE_NUL;
    if (map) map->n = 0;
    if (!need) return (dl_str){ t->p + beg, end - beg };
    dl_str s = dl_html_decode(t->keep, t->p, (dl_span){ beg, end }, need, map, t->scratch);
    if (!s.p) t->failed = true;
    return s;
}

dl_str dl_tok_lower(dl_tokenizer *t, uint32_t beg, uint32_t end)
{
    dl_str s = dl_tok_chars(t, beg, end, DL_DECODE_NUL, NULL);
    char *low = dl_arena_raw(t->keep, s.len, 1);
    if (!low) {
        t->failed = true;
        return (dl_str){ "", 0 };
    }
    for (size_t i = 0; i < s.len; i++) low[i] = dl_lower(s.p[i]);
    return (dl_str){ low, s.len };
}

bool dl_tok_closes(const dl_tokenizer *t, uint32_t at)
{
    size_t len = t->last_start.len;
    if (!len || t->n - at < len + 3 || t->p[at + 1] != '/' || !dl_ch_is(t->p[at + 2 + len], DL_CH_TAG_END)) return false;
    return dl_str_eq_nocase((dl_str){ t->p + at + 2, len }, t->last_start);
}

/* 13.2.5.1 data state, 13.2.5.6 tag open state, 13.2.5.7 end tag open state: the end of the text,
 * where a '<' begins a tag, a comment or a declaration. "</>" is no token, so text goes on behind it. */
static uint32_t data_end(const dl_tokenizer *t, bool *gaps)
{
    for (uint32_t at = t->at;;) {
        at = dl_tok_find(t, at, '<');
        if (t->n - at < 2) return t->n;
        char c = t->p[at + 1];
        if (dl_ch_is(c, DL_CH_ALPHA) || c == '!' || c == '?') return at;
        if (c == '/') {
            if (t->n - at < 3) return t->n;
            if (t->p[at + 2] != '>') return at;
            *gaps = true;
            at += 2;
        }
        at++;
    }
}

/* 13.2.5.9 to 13.2.5.14: text of RCDATA and RAWTEXT ends at the appropriate end tag alone. */
static uint32_t raw_end(const dl_tokenizer *t)
{
    for (uint32_t at = t->at;; at++) {
        at = dl_tok_find(t, at, '<');
        if (at == t->n || dl_tok_closes(t, at)) return at;
    }
}

/* 13.2.5.69 CDATA section state. */
static uint32_t cdata_end(const dl_tokenizer *t)
{
    for (uint32_t at = t->at;; at++) {
        at = dl_tok_find(t, at, ']');
        if (t->n - at < 3) return t->n;
        if (t->p[at + 1] == ']' && t->p[at + 2] == '>') return at;
    }
}

/* The text at t->at, of the state it is in; the state behind it is data. */
static void text(dl_tokenizer *t)
{
    static const uint8_t decode[] = { [DL_TOK_DATA] = DL_DECODE_REFS,     [DL_TOK_RCDATA] = DL_DECODE_REFS | DL_DECODE_NUL,
                                      [DL_TOK_RAWTEXT] = DL_DECODE_NUL,   [DL_TOK_SCRIPT] = DL_DECODE_NUL,
                                      [DL_TOK_PLAINTEXT] = DL_DECODE_NUL, [DL_TOK_CDATA] = 0 };
    unsigned how = decode[t->state];
    uint32_t beg = t->at, end = t->n;
    bool gaps = false;
    switch (t->state) {
    case DL_TOK_DATA: end = data_end(t, &gaps); break;
    case DL_TOK_RCDATA:
    case DL_TOK_RAWTEXT: end = raw_end(t); break;
    case DL_TOK_SCRIPT: end = dl_tok_script_end(t); break;
    case DL_TOK_CDATA: end = cdata_end(t); break;
    case DL_TOK_PLAINTEXT: break;
    }
    t->at = end;
    if (t->state == DL_TOK_CDATA && end < t->n) t->at = end + 3;
    t->state = DL_TOK_DATA;
    t->tok.raw = (dl_span){ beg, end };
    if (beg == end) {
        t->tok.text = (dl_str){ NULL, 0 };
        return;
    }
    t->tok.nul = !(how & DL_DECODE_NUL) && dl_tok_ahead(t, &t->next_nul, beg, end, 0);
    t->tok.text = dl_tok_chars(t, beg, end, gaps ? how | DL_DECODE_GAPS : how, &t->map);
}

dl_token_type dl_tok_next(dl_tokenizer *t)
{
    dl_token_type type = DL_TOKEN_EOF;
    while (t->at < t->n && !t->failed) {
        text(t);
        if (t->tok.text.len) {
            type = DL_TOKEN_TEXT;
            break;
        }
        if (t->at < t->n && t->p[t->at] == '<' && (type = dl_tok_markup(t)) != DL_TOKEN_EOF) break;
    }
    if (t->failed || type == DL_TOKEN_EOF) {
        type = DL_TOKEN_EOF;
        t->tok.raw = (dl_span){ t->n, t->n };
    }
    return t->tok.type = type;
}

/* 13.2.5.42 markup declaration open state. */
static dl_token_type declaration(dl_tokenizer *t)
{
    uint32_t beg = t->at + 2;
    dl_str rest = { t->p + beg, t->n - beg };
    if (dl_str_starts(rest, DL_STR("--"))) return dl_tok_comment(t, beg + 2);
    if (dl_str_starts_nocase(rest, DL_STR("doctype"))) return dl_tok_doctype(t, beg + 7);
    if (t->foreign && dl_str_starts(rest, DL_STR("[CDATA["))) {
        t->state = DL_TOK_CDATA;
        t->at = beg + 7;
        return DL_TOKEN_EOF;
    }
    return dl_tok_bogus(t, beg);
}

dl_token_type dl_tok_markup(dl_tokenizer *t)
{
    char c = t->p[t->at + 1];
    if (dl_ch_is(c, DL_CH_ALPHA)) return dl_tok_tag(t, DL_TOKEN_START, t->at + 1);
    if (c == '/')
        return dl_ch_is(t->p[t->at + 2], DL_CH_ALPHA) ? dl_tok_tag(t, DL_TOKEN_END, t->at + 2) : dl_tok_bogus(t, t->at + 2);
    return c == '!' ? declaration(t) : dl_tok_bogus(t, t->at + 1);
}
