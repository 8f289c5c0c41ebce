/* tok_tag.c: start tags, end tags and their attributes (13.2.5.8, 13.2.5.32 to 13.2.5.40). */
#include "base/hash.h"
#include "base/limits.h"
#include "html/charref.h"
#include "html/tag_find.h"
#include "html/tokenizer.h"

/* Tags of fewer attributes are searched for a double by comparing names. */
enum { FEW_ATTRS = 16 };

/* A tag being read. `bloom` has a bit for each name seen: most tags are never searched. */
typedef struct reading {
    uint32_t at; /* the next byte                                                               */
    uint32_t n;  /* attributes so far                                                           */
    uint64_t bloom;
} reading;

static inline uint32_t skip_space(const dl_tokenizer *t, uint32_t at)
{
    while (at < t->n && dl_ch_is(t->p[at], DL_CH_SPACE)) at++;
    return at;
}

bool dl_tok_attr_room(dl_tokenizer *t, size_t more)
{
    dl_attrs *a = &t->attrs;
    size_t n = a->n + (size_t)t->tok.n_attr, cap = a->cap ? a->cap * 2 : 256;
    if (a->n + more <= a->cap) return true;
    while (cap < a->n + more) cap *= 2;
    if (n > a->cap) n = a->cap;
    dl_str *name = dl_arena_grow(t->keep, a->name, n, cap, sizeof *name);
    dl_str *value = dl_arena_grow(t->keep, a->value, n, cap, sizeof *value);
    dl_span *raw = dl_arena_grow(t->keep, a->raw, n, cap, sizeof *raw);
    if (!name || !value || !raw) {
        t->failed = true;
        return false;
    }
    *a = (dl_attrs){ a->n, cap, name, value, raw };
    return true;
}

/* Puts a row of this tag into the table of names; false: a row of that name is in it. */
static bool seen_add(dl_tokenizer *t, uint32_t row)
{
    dl_str name = t->attrs.name[row];
    uint32_t mask = t->seen_cap - 1;
    uint32_t slot = (uint32_t)dl_hash_str(name) & mask;
    for (; t->seen[slot]; slot = (slot + 1) & mask)
        if (dl_str_eq(t->attrs.name[t->seen[slot] - 1], name)) return false;
    t->seen[slot] = row + 1;
    t->seen_n++;
    return true;
}

/* The table for the n rows of this tag, of 4n to 8n slots: emptying it costs no more than reading
 * the attributes did. */
static bool seen_make(dl_tokenizer *t, uint32_t n)
{
    uint32_t cap = 4 * FEW_ATTRS;
    while (cap < 4 * n) cap *= 2;
    if (cap > t->seen_room) {
        t->seen = dl_arena_raw(t->scratch, cap, sizeof *t->seen);
        if (!t->seen) return false;
        t->seen_room = cap;
    }
    t->seen_cap = cap;
    t->seen_n = 0;
    memset(t->seen, 0, cap * sizeof *t->seen);
    for (uint32_t i = 0; i < n; i++) (void)seen_add(t, t->attrs.n + i);
    return true;
}

/* 13.2.5.33: the second attribute of a name is dropped. The name stands in the row behind the last. */
static bool is_double(dl_tokenizer *t, reading *r, uint32_t hash)
{
    uint64_t bit = UINT64_C(1) << (hash * 0x9E3779B1u >> 26);
    bool maybe = r->bloom & bit;
    r->bloom |= bit;
    uint32_t row = t->attrs.n + t->tok.n_attr;
    if (t->tok.n_attr < FEW_ATTRS) {
        if (maybe)
            for (uint32_t i = t->attrs.n; i < row; i++)
                if (dl_str_eq(t->attrs.name[i], t->attrs.name[row])) return true;
        return false;
    }
    if ((t->tok.n_attr == FEW_ATTRS && !t->seen_n) || 2 * t->seen_n >= t->seen_cap) {
        if (!seen_make(t, t->tok.n_attr)) {
            t->failed = true;
            return true;
        }
    }
    return !seen_add(t, row);
}

/* 13.2.5.33 attribute name state. A '=' in the first place belongs to the name. */
static dl_str attr_name(dl_tokenizer *t, reading *r, uint32_t *hash)
{
    uint32_t beg = r->at, at = beg, h = 0;
    unsigned seen = 0;
    do {
        unsigned char c = (unsigned char)t->p[at++];
        seen |= dl_ch_class[c];
        h = h * 31 + (c | 32u);
    } while (at < t->n && !dl_ch_is(t->p[at], DL_CH_NAME_END));
    r->at = at;
    *hash = h;
    if (!(seen & DL_CH_UPPER)) return (dl_str){ t->p + beg, at - beg };
    dl_str name = dl_tok_lower(t, beg, at);
    for (*hash = 0, at = 0; at < name.len; at++) *hash = *hash * 31 + ((unsigned char)name.p[at] | 32u);
    return name;
}

/* 13.2.5.35 before attribute value state to 13.2.5.39 after attribute value (quoted) state. The
 * bytes of the value go to *raw; false at the end of the page. */
static bool attr_value(const dl_tokenizer *t, reading *r, dl_span *raw)
{
    uint32_t at = skip_space(t, r->at);
    if (at == t->n) return false;
    char c = t->p[at];
    if (c == '"' || c == '\'') {
        uint32_t end = dl_tok_find(t, at + 1, c);
        *raw = (dl_span){ at + 1, end };
        r->at = end + 1;
        return end < t->n;
    }
    uint32_t beg = at;
    while (at < t->n && !dl_ch_is(t->p[at], DL_CH_VALUE_END)) at++;
    *raw = (dl_span){ beg, at };
    r->at = at;
    return at < t->n;
}

/* One attribute, name at r->at. False at the end of the page or of memory. */
static bool attribute(dl_tokenizer *t, reading *r)
{
    if (!dl_tok_attr_room(t, t->tok.n_attr + (size_t)1)) return false;
    uint32_t hash = 0, row = t->attrs.n + t->tok.n_attr;
    t->attrs.name[row] = attr_name(t, r, &hash);
    dl_span raw = { r->at, r->at };
    uint32_t after = skip_space(t, r->at);
    if (after < t->n && t->p[after] == '=') {
        r->at = after + 1;
        if (!attr_value(t, r, &raw)) return false;
    } else {
        r->at = after;
    }
    if (t->tok.n_attr >= DL_ATTR_MAX || is_double(t, r, hash)) return !t->failed;
    t->attrs.raw[row] = raw;
    t->attrs.value[row] = dl_tok_chars(t, raw.beg, raw.end, DL_DECODE_REFS | DL_DECODE_ATTR | DL_DECODE_NUL, NULL);
    t->tok.n_attr++;
    return !t->failed;
}

/* 13.2.5.8 tag name state; hash and find in one go. */
static bool tag_name(dl_tokenizer *t, uint32_t beg, uint32_t *end)
{
    uint32_t at = beg, hash = 0;
    unsigned seen = 0;
    for (; at < t->n; at++) {
        unsigned char c = (unsigned char)t->p[at];
        unsigned class = dl_ch_class[c];
        if (class & DL_CH_TAG_END) break;
        seen |= class;
        hash = dl_tag_hash_add(hash, class & DL_CH_ALPHA ? c | 32u : c);
    }
    *end = at;
    if (at == t->n) return false;
    t->tok.tag = dl_tag_find(hash, (dl_str){ t->p + beg, at - beg });
    if (t->tok.tag != DL_TAG_UNKNOWN)
        t->tok.text = dl_tag_name(t->tok.tag);
    else
        t->tok.text = seen & DL_CH_UPPER ? dl_tok_lower(t, beg, at) : (dl_str){ t->p + beg, at - beg };
    return true;
}

/* 13.2.5.32 before attribute name state and 13.2.5.40 self-closing start tag state. */
static bool attributes(dl_tokenizer *t, reading *r)
{
    for (;;) {
        r->at = skip_space(t, r->at);
        if (r->at == t->n) return false;
        char c = t->p[r->at];
        if (c == '>') return true;
        if (c == '/') {
            r->at++;
            if (r->at < t->n && t->p[r->at] == '>') return t->tok.self_closing = true;
            continue;
        }
        if (!attribute(t, r)) return false;
    }
}

dl_token_type dl_tok_tag(dl_tokenizer *t, dl_token_type type, uint32_t name)
{
    reading r = { 0 };
    uint32_t beg = t->at;
    t->tok.attr = t->attrs.n;
    t->tok.n_attr = 0;
    t->tok.self_closing = false;
    t->seen_n = 0;
    if (!tag_name(t, name, &r.at) || !attributes(t, &r)) {
        t->at = t->n; /* eof-in-tag: the tag is dropped */
        return DL_TOKEN_EOF;
    }
    t->at = r.at + 1;
    t->tok.raw = (dl_span){ beg, t->at };
    if (type == DL_TOKEN_START) t->last_start = t->tok.text;
    return type;
}
