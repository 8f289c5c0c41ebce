/* marks.c: pairs of quotation marks; see marks.h. */
#include "quotes/marks.h"

#include "base/utf8.h"

typedef enum kind { NO_MARK, OPEN, CLOSE, EITHER, S_OPEN, S_CLOSE, S_EITHER } kind;

typedef struct scan {
    const dl_doc *d;
    dl_arena *a;
    dl_marks *out;
    dl_str text; /* the body                                                                   */
    dl_span at;  /* the block                                                                  */
    uint32_t block;
    uint32_t opens, closes;  /* double marks of the block that tell by their glyph                 */
    uint32_t depth;          /* double marks open                                                  */
    uint32_t beg, inner;     /* the outermost open one: its mark, what is behind it                */
    uint32_t s_beg, s_inner; /* the open single one; DL_NONE: none                               */
    bool ok;
} scan;

static kind kind_of(uint32_t cp)
{
    switch (cp) {
    case 0x201c:
    case 0x201e:
    case 0x201f:
    case 0xab: return OPEN;
    case 0x201d:
    case 0xbb: return CLOSE;
    case '"':
    case 0xff02: return EITHER;
    case 0x2018:
    case 0x201a:
    case 0x201b:
    case 0x2039: return S_OPEN;
    case 0x2019:
    case 0x203a: return S_CLOSE;
    case '\'': return S_EITHER;
    default: return NO_MARK;
    }
}

static uint32_t before(const scan *s, size_t at) { return at > s->at.beg ? dl_utf8_prev(s->text, &at) : ' '; }

static uint32_t after(const scan *s, size_t at) { return at < s->at.end ? dl_utf8_next(s->text, &at) : ' '; }

static bool wordy(uint32_t cp) { return dl_cp_letter(cp) || dl_cp_number(cp); }

static void add(scan *s, dl_span span, dl_span inner, bool single, bool closed)
{
    if (!s->ok || inner.beg >= inner.end) return;
    if (!DL_ROOM(s->a, s->out->row, s->out->n, s->out->cap)) {
        s->ok = false;
        return;
    }
    s->out->row[s->out->n++] = (dl_mark){ span, inner, s->block, single, closed, 0 };
}

static void shut(scan *s, size_t inner_end, size_t end, bool closed)
{
    /* single quotations inside the double one are its own matter */
    while (s->out->n && s->out->row[s->out->n - 1].span.beg >= s->beg && s->out->row[s->out->n - 1].block == s->block)
        s->out->n--;
    add(s, (dl_span){ s->beg, (uint32_t)end }, (dl_span){ s->inner, (uint32_t)inner_end }, false, closed);
    s->depth = 0;
    s->s_beg = DL_NONE;
}

/* A double mark at [at, end). */
static void twin(scan *s, kind k, size_t at, size_t end)
{
    uint32_t b = before(s, at), f = after(s, end);
    bool room_b = dl_cp_space(b) || b == '(' || b == '[' || b == 0x2014 || b == 0x2013 || b == '-', room_f = dl_cp_space(f);
    if (k == EITHER) k = s->depth ? (room_b && wordy(f) && s->beg + 1 < at ? OPEN : CLOSE) : OPEN;
    /* „German“ and a closing glyph typed for an opening one */
    if (k == OPEN && s->depth && !room_b && !wordy(f)) k = CLOSE;
    if (k == CLOSE && !s->depth && room_b && !room_f) k = OPEN;
    if (k == CLOSE) {
        if (s->depth > 1)
            s->depth--;
        else if (s->depth)
            shut(s, at, end, true);
        return;
    }
    if (s->depth && s->opens == s->closes) {
        s->depth++; /* one in the other: the glyphs of the paragraph are in balance */
        return;
    }
    if (s->depth) shut(s, at, at, false); /* the closing one was forgotten */
    s->depth = 1;
    s->beg = (uint32_t)at;
    s->inner = (uint32_t)end;
}

/* 'em, 'til, '90s, and 's behind a blank, open nothing. */
static bool clipped(const scan *s, size_t end)
{
    static const char *const words[] = { "em", "til", "tis", "twas", "cause", "round", "bout", "n",
                                         "s",  "t",   "re",  "ve",   "ll",    "d",     "m" };
    if (dl_is_digit((unsigned char)(end < s->at.end ? s->text.p[end] : ' '))) return true;
    size_t to = end;
    while (to < s->at.end && dl_is_alpha((unsigned char)s->text.p[to])) to++;
    for (size_t i = 0; i < DL_COUNT(words); i++)
        if (dl_str_eq_nocase(dl_str_cut(s->text, end, to), dl_str_of(words[i]))) return true;
    return false;
}

/* Whether the next single mark that is no apostrophe closes. Each stretch between two marks is read
 * once: linear over the block. */
static bool closes_later(const scan *s, size_t at)
{
    while (at < s->at.end) {
        size_t beg = at;
        kind k = kind_of(dl_utf8_next(s->text, &at));
        if (k < S_OPEN) continue;
        uint32_t b = before(s, beg), f = after(s, at);
        if (wordy(b) && wordy(f)) continue;
        return k != S_OPEN && !dl_cp_space(b) && !wordy(f);
    }
    return false;
}

/* A single mark: it opens behind white space before a word, it closes behind a word's end. */
static void lone(scan *s, kind k, size_t at, size_t end)
{
    uint32_t b = before(s, at), f = after(s, end);
    if (wordy(b) && wordy(f)) return; /* an apostrophe */
    bool room_b = dl_cp_space(b) || b == '(' || b == '[' || b == 0x2014 || b == 0x2013 || dl_cp_quote(b);
    if (s->s_beg == DL_NONE) {
        if (k != S_CLOSE && room_b && wordy(f) && !clipped(s, end)) {
            s->s_beg = (uint32_t)at;
            s->s_inner = (uint32_t)end;
        }
        return;
    }
    if (k == S_OPEN) { /* the one before was an apostrophe, or never closed */
        s->s_beg = (uint32_t)at;
        s->s_inner = (uint32_t)end;
        return;
    }
    if (wordy(f) || (room_b && !dl_cp_quote(b) && k != S_CLOSE)) return;
    if ((b == 's' || b == 'S') && closes_later(s, end)) return; /* ‘the workers’ homes’ */
    add(s, (dl_span){ s->s_beg, (uint32_t)end }, (dl_span){ s->s_inner, (uint32_t)at }, true, true);
    s->s_beg = DL_NONE;
}

static void count(scan *s)
{
    s->opens = s->closes = 0;
    for (size_t at = s->at.beg; at < s->at.end;) {
        kind k = kind_of(dl_utf8_next(s->text, &at));
        s->opens += k == OPEN;
        s->closes += k == CLOSE;
    }
}

static void read_block(scan *s)
{
    count(s);
    s->depth = 0;
    s->s_beg = DL_NONE;
    /* a paragraph that goes on with a quotation: its first mark opens whatever its glyph */
    if (s->out->n && s->out->row[s->out->n - 1].block + 1 == s->block && !s->out->row[s->out->n - 1].closed) {
        size_t at = s->at.beg;
        kind k = at < s->at.end ? kind_of(dl_utf8_next(s->text, &at)) : NO_MARK;
        s->out->row[s->out->n - 1].goes_on = k != NO_MARK;
    }
    for (size_t at = s->at.beg; at < s->at.end && s->ok;) {
        size_t beg = at;
        kind k = kind_of(dl_utf8_next(s->text, &at));
        if (k == NO_MARK) continue;
        if (k >= S_OPEN)
            lone(s, k, beg, at);
        else
            twin(s, k, beg, at);
    }
    if (s->depth) shut(s, s->at.end, s->at.end, false);
}

bool dl_marks_find(dl_marks *out, const dl_doc *d, dl_arena *a)
{
    *out = (dl_marks){ 0, 0, NULL };
    scan s = { .d = d, .a = a, .out = out, .text = dl_doc_body(d), .ok = true };
    for (uint32_t i = 0; i < d->blocks.n && s.ok; i++) {
        if (d->blocks.kind[i] > DL_POST || d->blocks.span[i].end > d->meta->body_len) continue;
        s.at = d->blocks.span[i];
        s.block = i;
        read_block(&s);
    }
    return s.ok;
}
