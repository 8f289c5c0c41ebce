/* blocks.c: one block of a page: its text, the form in which blocks are compared, its counts. */
#include "base/hash.h"
#include "base/utf8.h"
#include "extract/page.h"

dl_str dl_extract_fold(dl_arena *a, dl_str s)
{
    char *out = dl_arena_raw(a, s.len + 1, 1);
    if (!out) return (dl_str){ NULL, 0 };
    size_t n = 0;
    bool blank = true;
    for (size_t i = 0; i < s.len;) {
        unsigned char c = (unsigned char)s.p[i];
        size_t at = i;
        uint32_t cp = c < 0x80 ? (i++, c) : dl_utf8_next(s, &i);
        if (cp < 0x80 ? dl_is_space((int)cp) || cp < 0x20 : dl_cp_space(cp)) {
            if (!blank) out[n++] = ' ';
            blank = true;
        } else if (cp != 0x200b && cp != 0xfeff) { /* zero width space, byte order mark */
            memcpy(out + n, s.p + at, i - at);
            n += i - at;
            blank = false;
        }
    }
    if (n && out[n - 1] == ' ') n--;
    return (dl_str){ out, n };
}

/* Appends what belongs to words: letters and digits as they are, anything else parts words, an
 * apostrophe is dropped. */
static size_t norm_bytes(char *out, dl_str s)
{
    size_t n = 0;
    bool blank = true;
    for (size_t i = 0; i < s.len;) {
        unsigned char c = (unsigned char)s.p[i];
        size_t at = i;
        uint32_t cp = c < 0x80 ? (i++, c) : dl_utf8_next(s, &i);
        if (cp == '\'' || cp == 0x2019 || cp == 0xad) continue;
        bool word = cp < 0x80 ? dl_is_alpha((int)cp) || dl_is_digit((int)cp) : !dl_cp_space(cp) && !dl_cp_mark(cp);
        if (word) {
            for (; at < i; at++) out[n++] = dl_lower(s.p[at]);
            blank = false;
        } else if (!blank) {
            out[n++] = ' ';
            blank = true;
        }
    }
    return n && out[n - 1] == ' ' ? n - 1 : n;
}

dl_str dl_extract_norm(dl_arena *a, dl_str s)
{
    bool ascii = true;
    for (size_t i = 0; i < s.len && ascii; i++) ascii = (unsigned char)s.p[i] < 0x80;
    if (!ascii) { /* folding may lengthen: a ligature becomes letters */
        size_t cap = s.len * 3 + 4;
        char *f = dl_arena_raw(a, cap, 1);
        if (!f) return (dl_str){ NULL, 0 };
        size_t len = dl_fold(f, cap, s);
        s = (dl_str){ f, len < cap ? len : cap };
    }
    char *out = dl_arena_raw(a, s.len + 1, 1);
    if (!out) return (dl_str){ NULL, 0 };
    return (dl_str){ out, norm_bytes(out, s) };
}

static bool closes(uint32_t cp)
{
    return cp == '.' || cp == '!' || cp == '?' || cp == 0x2026 || cp == 0x3002 || cp == 0xff01 || cp == 0xff1f || cp == 0x964 ||
           cp == 0x61f || cp == 0x6d4 || cp == 0x55b;
}

/* Does the text end like a sentence: a stop, perhaps inside quotation marks or brackets? */
static bool ends_closed(dl_str t)
{
    size_t at = t.len;
    for (int i = 0; i < 4 && at > 0; i++) {
        uint32_t cp = dl_utf8_prev(t, &at);
        if (closes(cp)) return true;
        if (cp != ')' && cp != ']' && cp != '*' && cp != ' ' && !dl_cp_quote(cp)) return false;
    }
    return false;
}

/* A bit for the length and the ends of a word: most words of a page are told from those of a table by it. */
static uint32_t bit_of(dl_str w)
{
    const uint32_t a = (unsigned char)w.p[0], b = (unsigned char)w.p[w.len / 2], c = (unsigned char)w.p[w.len - 1];
    return (a * 31 * 31 + b * 31 + c + (uint32_t)w.len * 7919) % DL_WORD_BITS;
}

static void set_bit(uint64_t *bits, dl_str w)
{
    if (w.len) bits[bit_of(w) / 64] |= UINT64_C(1) << bit_of(w) % 64;
}

bool dl_extract_bit(const uint64_t *bits, dl_str w) { return w.len && bits[bit_of(w) / 64] >> bit_of(w) % 64 & 1; }

bool dl_extract_filters(dl_xpage *p)
{
    p->stop_bits = DL_NEW(p->a, DL_WORD_BITS / 64, uint64_t);
    p->phrase_bits = DL_NEW(p->a, DL_WORD_BITS / 64, uint64_t);
    if (!p->stop_bits || !p->phrase_bits) return false;
    for (uint32_t r = 0; r < p->words.n; r++) set_bit(p->stop_bits, dl_tsv_cell(&p->words, r, 0));
    for (uint32_t r = 0; r < p->phrases.n; r++) {
        dl_str rest = dl_tsv_cell(&p->phrases, r, 0), first;
        if (dl_tsv_cell(&p->phrases, r, 2).p[0] == '~' && dl_str_next(&rest, ' ', &first)) set_bit(p->phrase_bits, first);
    }
    return true;
}

bool dl_extract_stop(const dl_xpage *p, dl_str w)
{
    if (!dl_extract_bit(p->stop_bits, w)) return false;
    uint32_t r = dl_tsv_find(&p->words, w);
    return r != DL_NONE && (!p->language.len || dl_str_find(dl_tsv_cell(&p->words, r, 1), p->language, 0) != SIZE_MAX);
}

static void count_words(dl_xpage *p, dl_xblock *k)
{
    dl_str rest = k->norm, w;
    while (dl_str_next(&rest, ' ', &w)) {
        k->words++;
        if (w.len <= 12 && k->stops < UINT16_MAX && dl_extract_stop(p, w)) k->stops++;
    }
    bool start = true;
    for (size_t i = 0; i < k->text.len; i++) {
        unsigned char c = (unsigned char)k->text.p[i];
        k->chars += (c & 0xc0) != 0x80;
        if (start && dl_is_upper(c) && k->caps < UINT16_MAX) k->caps++;
        start = c == ' ' || c == '-' || c == '(';
    }
}

void dl_extract_measure(dl_xpage *p, dl_xblock *k)
{
    k->norm = dl_extract_norm(p->a, k->text);
    k->hash = dl_hash_str(k->norm);
    k->words = k->chars = 0;
    k->caps = k->stops = 0;
    count_words(p, k);
    k->closed = ends_closed(k->text);
    size_t at = 0;
    k->quoted = k->text.len && dl_cp_quote(dl_utf8_next(k->text, &at));
}

dl_xblock *dl_extract_block(dl_xpage *p, dl_str text, dl_span src)
{
    if (!DL_ROOM(p->a, p->blk, p->n, p->cap)) return NULL;
    dl_xblock *k = &p->blk[p->n++];
    *k = (dl_xblock){ .text = text, .src = src, .post = DL_NONE, .same_as = DL_NONE, .node = DL_NONE };
    dl_extract_measure(p, k);
    return k;
}

dl_span dl_extract_raw(const dl_xpage *p, dl_span src)
{
    for (uint32_t i = p->maps; i-- > 0;) src = dl_offsets_span(p->map[i], src);
    return src;
}

void dl_extract_out(dl_xblock *k, const char *why)
{
    k->role = DL_ROLE_OUT;
    k->why = why;
}
