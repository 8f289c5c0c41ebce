/* words.c: cutting and folding words in one pass; ASCII is read byte by byte, the rest by code
 * point. */
#include "card/words.h"
#include "base/utf8.h"

/* A word while it is read. */
typedef struct reader {
    dl_words *w;
    uint64_t h;
    uint32_t beg;
    uint8_t flags, next_flags;
    bool open;
    uint32_t line_beg; /* first word of the line                                               */
    uint32_t quote;    /* the quotation mark that is open, or 0                                */
    uint32_t last;     /* the last character that is no white space                            */
    uint8_t stop;      /* sentence_stop: what stands before the next word                          */
} reader;

typedef enum sentence_stop { STOP_NONE, STOP_SEEN, STOP_APART /* and white space behind it */ } sentence_stop;
enum { CASELESS = 0x590 }; /* Hebrew and what comes after it: few of these scripts have capitals  */

static uint64_t mix_byte(uint64_t h, unsigned char c) { return (h ^ c) * UINT64_C(0x100000001b3); /* FNV-1a */ }
static uint32_t finish(uint64_t h)
{
    h ^= h >> 33;
    h *= UINT64_C(0xff51afd7ed558ccd);
    return (uint32_t)(h ^ (h >> 32));
}
#define FNV_START UINT64_C(0xcbf29ce484222325)

static void close_word(reader *r, size_t end)
{
    if (!r->open) return;
    uint32_t i = r->w->n++;
    r->w->hash[i] = finish(r->h);
    r->w->span[i] = (dl_span){ r->beg, (uint32_t)end };
    r->w->flags[i] = r->flags;
    r->open = false;
}

/* `small`: the word begins with a small letter of a script that has capitals. */
static void open_word(reader *r, size_t at, uint8_t kind, bool small)
{
    r->open = true;
    r->h = FNV_START;
    r->beg = (uint32_t)at;
    r->flags = (uint8_t)(kind | r->next_flags | (r->quote ? DL_WORD_QUOTED : 0));
    if ((r->flags & DL_WORD_LINE) || (r->stop == STOP_APART && !small)) r->flags |= DL_WORD_BEGINS;
    r->last = 0;
    r->next_flags = 0;
    r->stop = STOP_NONE;
}

static bool is_stop(uint32_t cp)
{
    return cp == '.' || cp == '?' || cp == '!' || cp == '"' || cp == '\'' || cp == ':' || cp == ',' || cp == ';' || cp == ')' ||
           cp == 0x201d || cp == 0x2019 || cp == 0x2026;
}

/* Headings and teasers have few words and no stop. */
static void end_line(reader *r)
{
    enum { HEADING_WORDS = 25 };
    uint32_t n = r->w->n - r->line_beg;
    if (n < HEADING_WORDS && !is_stop(r->last)) {
        for (uint32_t i = r->line_beg; i < r->w->n; i++) r->w->flags[i] |= DL_WORD_HEADING;
    }
    r->line_beg = r->w->n;
    r->quote = 0;
    r->next_flags |= DL_WORD_LINE;
}

/* "Sen.", "Mr.", "(R-Fla.": the stop is the abbreviation's. */
static bool shortened(const reader *r)
{
    enum { SHORT = 3 }; /* bytes */
    const dl_words *w = r->w;
    return w->n && (w->flags[w->n - 1] & DL_WORD_UPPER) && dl_span_len(w->span[w->n - 1]) <= SHORT;
}

static bool is_space(uint32_t cp) { return cp == ' ' || cp == '\t' || cp == '\r' || cp == '\n' || cp == 0xa0; }

static void mark_stop(reader *r, uint32_t cp)
{
    if (cp == '?' || cp == '!' || cp == 0x3002 || (cp == '.' && !shortened(r)))
        r->stop = cp == 0x3002 ? STOP_APART : STOP_SEEN;
    else if (r->stop == STOP_SEEN && is_space(cp))
        r->stop = STOP_APART;
}

/* What stands between words and says where sentences, lines and quotations begin. */
static void mark(reader *r, uint32_t cp)
{
    mark_stop(r, cp);
    if (!is_space(cp)) r->last = cp;
    if (cp == '"')
        r->quote = r->quote == '"' ? 0 : r->quote ? r->quote : '"';
    else if (cp == 0x201c)
        r->quote = cp;
    else if (cp == 0x201d)
        r->quote = 0;
    if (cp == '\n')
        end_line(r);
    else if (cp == '.' || cp == '?' || cp == '!' || cp == '"' || cp == ':' || cp == 0x201c || cp == 0x201d)
        r->next_flags |= DL_WORD_SENT;
}

static void take_wide(reader *r, dl_str s, size_t at, size_t end, uint32_t cp)
{
    bool letter = dl_cp_letter(cp), number = !letter && dl_cp_number(cp);
    if (!letter && !number) {
        close_word(r, at);
        mark(r, cp);
        return;
    }
    bool cjk = dl_cp_cjk(cp);
    if (cjk) close_word(r, at);
    if (!r->open)
        open_word(r, at,
                  (uint8_t)(number            ? DL_WORD_NUMBER
                            : dl_cp_upper(cp) ? DL_WORD_UPPER
                                              : 0),
                  letter && cp < CASELESS && !dl_cp_upper(cp));
    char folded[16];
    size_t n = dl_fold(folded, sizeof folded, dl_str_cut(s, at, end));
    if (n > sizeof folded) n = sizeof folded;
    for (size_t i = 0; i < n; i++) r->h = mix_byte(r->h, (unsigned char)folded[i]);
    if (cjk) close_word(r, end);
}

/* Classes of ASCII; 0: parts words. */
enum { SMALL = 1, CAPITAL, DIGIT };

static void make_classes(uint8_t class[256])
{
    memset(class, 0, 256);
    for (int c = 'a'; c <= 'z'; c++) class[c] = SMALL;
    for (int c = 'A'; c <= 'Z'; c++) class[c] = CAPITAL;
    for (int c = '0'; c <= '9'; c++) class[c] = DIGIT;
}

/* From an ASCII letter or digit up to what is none: the word opens or goes on. Returns where. */
static size_t take_plain(reader *r, dl_str s, size_t at, const uint8_t class[256])
{
    uint8_t k = class[(unsigned char)s.p[at]];
    if (!r->open) open_word(r, at, k == CAPITAL ? DL_WORD_UPPER : k == DIGIT ? DL_WORD_NUMBER : 0, k == SMALL);
    uint64_t h = r->h;
    do {
        h = mix_byte(h, (unsigned char)(s.p[at++] | 0x20)); /* a digit has that bit */
    } while (at < s.len && class[(unsigned char)s.p[at]]);
    r->h = h;
    return at;
}

static void read_words(reader *r, dl_str s)
{
    uint8_t class[256];
    make_classes(class);
    for (size_t at = 0; at < s.len;) {
        unsigned char c = (unsigned char)s.p[at];
        if (class[c]) {
            at = take_plain(r, s, at, class);
        } else if (c < 0x80) {
            close_word(r, at);
            if (c != ' ')
                mark(r, c);
            else if (r->stop == STOP_SEEN)
                r->stop = STOP_APART;
            at++;
        } else {
            size_t beg = at;
            uint32_t cp = dl_utf8_next(s, &at);
            take_wide(r, s, beg, at, cp);
        }
    }
    close_word(r, s.len);
    end_line(r);
}

void dl_words_of(dl_words *out, dl_str text, dl_arena *a)
{
    *out = (dl_words){ 0 };
    size_t cap = text.len / 2 + 1; /* a word and what parts it are two bytes; a lone CJK character has three */
    out->hash = dl_arena_raw(a, cap, sizeof *out->hash);
    out->span = dl_arena_raw(a, cap, sizeof *out->span);
    out->flags = dl_arena_raw(a, cap, sizeof *out->flags);
    if (!out->hash || !out->span || !out->flags) return;
    reader r = { .w = out, .next_flags = DL_WORD_LINE };
    read_words(&r, text);
}

uint32_t dl_word_hash(dl_str word)
{
    uint32_t hash = 0;
    dl_span span;
    uint8_t flags;
    dl_words w = { 0, &hash, &span, &flags };
    if (word.len > 255) return 0;
    reader r = { .w = &w, .h = FNV_START };
    for (size_t at = 0; at < word.len && !w.n;) { /* the first word of the string */
        size_t beg = at;
        uint32_t cp = dl_utf8_next(word, &at);
        take_wide(&r, word, beg, at, cp);
    }
    if (!w.n) close_word(&r, word.len);
    return hash;
}
