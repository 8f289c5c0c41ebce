/* tok_declare.c: comments and doctypes (13.2.5.41 to 13.2.5.68). */
#include "html/charref.h"
#include "html/tokenizer.h"

static dl_token_type comment_token(dl_tokenizer *t, uint32_t beg, uint32_t end, uint32_t behind)
{
    t->tok.raw = (dl_span){ t->at, behind };
    t->tok.text = dl_tok_chars(t, beg, end, DL_DECODE_NUL, &t->map);
    t->at = behind;
    return DL_TOKEN_COMMENT;
}

dl_token_type dl_tok_bogus(dl_tokenizer *t, uint32_t beg)
{
    uint32_t end = dl_tok_find(t, beg, '>');
    return comment_token(t, beg, end, end < t->n ? end + 1 : end);
}

/* Bytes at the end of [beg, end) that belong to the comment's closing: "--", "--!", or, at the end
 * of the page, "-" too (13.2.5.50 to 13.2.5.52). */
static uint32_t closing(const dl_tokenizer *t, uint32_t beg, uint32_t end)
{
    const char *p = t->p;
    uint32_t len = end - beg;
    if (len >= 2 && p[end - 1] == '-' && p[end - 2] == '-') return 2;
    if (len >= 3 && p[end - 1] == '!' && p[end - 2] == '-' && p[end - 3] == '-') return 3;
    return 0;
}

dl_token_type dl_tok_comment(dl_tokenizer *t, uint32_t beg)
{
    for (uint32_t at = beg;; at++) {
        at = dl_tok_find(t, at, '>');
        uint32_t close = closing(t, beg, at);
        if (at == t->n) {
            if (!close && at > beg && t->p[at - 1] == '-') close = 1;
            return comment_token(t, beg, at - close, at);
        }
        if (close) return comment_token(t, beg, at - close, at + 1);
        /* 13.2.5.43, 13.2.5.44: "<!-->" and "<!--->" are empty comments. */
        if (at == beg || (at == beg + 1 && t->p[beg] == '-')) return comment_token(t, beg, beg, at + 1);
    }
}

static uint32_t skip_space(const dl_tokenizer *t, uint32_t at)
{
    while (at < t->n && dl_ch_is(t->p[at], DL_CH_SPACE)) at++;
    return at;
}

/* Ends the doctype at `at`, or behind the next '>' (13.2.5.68 bogus DOCTYPE state). */
static dl_token_type doctype_token(dl_tokenizer *t, uint32_t at, bool quirks)
{
    uint32_t end = dl_tok_find(t, at, '>');
    if (end < t->n) end++;
    t->tok.force_quirks = quirks;
    t->tok.raw = (dl_span){ t->at, end };
    t->at = end;
    return DL_TOKEN_DOCTYPE;
}

/* 13.2.5.59, 13.2.5.60, 13.2.5.65, 13.2.5.66: an identifier in quotes, the first of which stands at
 * *at. False: it was ended by '>' or by the end of the page, at which *at is left. */
static bool identifier(dl_tokenizer *t, uint32_t *at, dl_str *id)
{
    uint32_t beg = *at + 1, end = beg;
    char quote = t->p[*at];
    while (end < t->n && t->p[end] != quote && t->p[end] != '>') end++;
    *id = dl_tok_chars(t, beg, end, DL_DECODE_NUL, NULL);
    bool closed = end < t->n && t->p[end] == quote;
    *at = closed ? end + 1 : end;
    return closed;
}

static bool at_quote(const dl_tokenizer *t, uint32_t at) { return at < t->n && (t->p[at] == '"' || t->p[at] == '\''); }
static bool at_end(const dl_tokenizer *t, uint32_t at) { return at < t->n && t->p[at] == '>'; }

/* 13.2.5.56 after DOCTYPE name state and on. */
static dl_token_type identifiers(dl_tokenizer *t, uint32_t at)
{
    at = skip_space(t, at);
    if (at_end(t, at)) return doctype_token(t, at, false);
    dl_str rest = { t->p + at, t->n - at };
    bool public = dl_str_starts_nocase(rest, DL_STR("public"));
    if (!public && !dl_str_starts_nocase(rest, DL_STR("system"))) return doctype_token(t, at, true);
    at = skip_space(t, at + 6);
    if (!at_quote(t, at)) return doctype_token(t, at, true);
    if (public) {
        if (!identifier(t, &at, &t->tok.public_id)) return doctype_token(t, at, true);
        at = skip_space(t, at);
        if (!at_quote(t, at)) return doctype_token(t, at, !at_end(t, at));
    }
    if (!identifier(t, &at, &t->tok.system_id)) return doctype_token(t, at, true);
    return doctype_token(t, at, skip_space(t, at) == t->n); /* what follows is bogus, but no reason for quirks */
}

dl_token_type dl_tok_doctype(dl_tokenizer *t, uint32_t beg)
{
    t->tok.text = t->tok.public_id = t->tok.system_id = (dl_str){ NULL, 0 };
    uint32_t at = skip_space(t, beg), name = at;
    if (at == t->n || at_end(t, at)) return doctype_token(t, at, true);
    while (at < t->n && !dl_ch_is(t->p[at], DL_CH_VALUE_END)) at++;
    t->tok.text = dl_tok_lower(t, name, at);
    return at == t->n ? doctype_token(t, at, true) : identifiers(t, at);
}
