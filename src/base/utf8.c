/* utf8.c: UTF-8 (RFC 3629) and character classes by utf8proc. */
#include "base/utf8.h"

#include <utf8proc.h>

enum { REPLACEMENT = 0xFFFD };

/* Length of the well-formed sequence at p[0..n), its code point in *cp; 0: not well formed. */
static size_t sequence(const unsigned char *p, size_t n, uint32_t *cp)
{
    unsigned char c = p[0];
    size_t len = c < 0x80 ? 1 : c >= 0xC2 && c < 0xE0 ? 2 : c >= 0xE0 && c < 0xF0 ? 3 : c >= 0xF0 && c < 0xF5 ? 4 : 0;
    if (!len || len > n) return 0;
    if (len == 1) {
        *cp = c;
        return 1;
    }
    uint32_t v = c & (0xFFu >> (len + 1));
    for (size_t i = 1; i < len; i++) {
        if ((p[i] & 0xC0) != 0x80) return 0;
        v = v << 6 | (p[i] & 0x3F);
    }
    if ((len == 3 && (v < 0x800 || (v >= 0xD800 && v < 0xE000))) || (len == 4 && (v < 0x10000 || v > 0x10FFFF))) return 0;
    *cp = v;
    return len;
}

uint32_t dl_utf8_next(dl_str s, size_t *at)
{
    uint32_t cp = REPLACEMENT;
    size_t n = sequence((const unsigned char *)s.p + *at, s.len - *at, &cp);
    *at += n ? n : 1;
    return n ? cp : REPLACEMENT;
}

uint32_t dl_utf8_prev(dl_str s, size_t *at)
{
    size_t end = *at;
    for (size_t n = 1; n <= 4 && n <= end; n++) {
        uint32_t cp;
        if (((unsigned char)s.p[end - n] & 0xC0) == 0x80) continue;
        if (sequence((const unsigned char *)s.p + end - n, n, &cp) != n) break;
        *at = end - n;
        return cp;
    }
    *at = end - 1;
    return REPLACEMENT;
}

size_t dl_utf8_put(char out[4], uint32_t cp)
{
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000)) cp = REPLACEMENT;
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    size_t n = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, cp >>= 6) out[i] = (char)(0x80 | (cp & 0x3F));
    out[0] = (char)((0xF00u >> n & 0xFFu) | cp);
    return n;
}

/* Eight bytes at a time, four such at once where the text is long: what a page has most is ASCII. */
size_t dl_utf8_wide(dl_str s, size_t at)
{
    const uint64_t high = UINT64_C(0x8080808080808080);
    uint64_t w[4];
    for (; s.len - at >= sizeof w; at += sizeof w) {
        memcpy(w, s.p + at, sizeof w);
        if ((w[0] | w[1] | w[2] | w[3]) & high) break;
    }
    for (; s.len - at >= sizeof *w; at += sizeof *w) {
        memcpy(w, s.p + at, sizeof *w);
        if (*w & high) break;
    }
    while (at < s.len && (unsigned char)s.p[at] < 0x80) at++;
    return at;
}

static inline bool goes_on(char c) { return ((unsigned char)c & 0xC0) == 0x80; }

size_t dl_utf8_bad(dl_str s)
{
    for (size_t at = 0;;) {
        if (at < s.len && (unsigned char)s.p[at] < 0x80) at = dl_utf8_wide(s, at);
        if (at >= s.len) return s.len;
        const unsigned char c = (unsigned char)s.p[at];
        uint32_t cp;
        size_t n;
        if (c >= 0xC2 && c < 0xE0 && s.len - at > 1 && goes_on(s.p[at + 1]))
            n = 2;
        else if (c > 0xE0 && c < 0xED && s.len - at > 2 && goes_on(s.p[at + 1]) && goes_on(s.p[at + 2]))
            n = 3;
        else
            n = sequence((const unsigned char *)s.p + at, s.len - at, &cp);
        if (!n) return at;
        at += n;
    }
}

dl_str dl_utf8_clean(dl_arena *a, dl_str s)
{
    size_t bad = 0;
    for (size_t at = 0; at < s.len;) {
        dl_str rest = dl_str_cut(s, at, s.len);
        size_t good = dl_utf8_bad(rest);
        bad += good < rest.len;
        at += good + 1;
    }
    if (!bad) return s;
    char *out = dl_arena_raw(a, s.len + 2 * bad, 1);
    if (!out) return (dl_str){ NULL, 0 };
    size_t n = 0;
    for (size_t at = 0; at < s.len;) {
        dl_str rest = dl_str_cut(s, at, s.len);
        size_t good = dl_utf8_bad(rest);
        memcpy(out + n, rest.p, good);
        n += good;
        at += good;
        if (at < s.len) {
            n += dl_utf8_put(out + n, REPLACEMENT);
            at++;
        }
    }
    return (dl_str){ out, n };
}

static utf8proc_category_t category(uint32_t cp) { return utf8proc_category((utf8proc_int32_t)cp); }

bool dl_cp_letter(uint32_t cp)
{
    if (cp < 0x80) return dl_is_alpha((int)cp);
    utf8proc_category_t c = category(cp);
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_ME;
}

bool dl_cp_upper(uint32_t cp)
{
    if (cp < 0x80) return dl_is_upper((int)cp);
    utf8proc_category_t c = category(cp);
    return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT;
}

bool dl_cp_lower(uint32_t cp) { return cp < 0x80 ? dl_is_lower((int)cp) : category(cp) == UTF8PROC_CATEGORY_LL; }

bool dl_cp_number(uint32_t cp)
{
    if (cp < 0x80) return dl_is_digit((int)cp);
    utf8proc_category_t c = category(cp);
    return c >= UTF8PROC_CATEGORY_ND && c <= UTF8PROC_CATEGORY_NO;
}

bool dl_cp_space(uint32_t cp)
{
    if (cp < 0x80) return dl_is_space((int)cp);
    utf8proc_category_t c = category(cp);
    return c >= UTF8PROC_CATEGORY_ZS && c <= UTF8PROC_CATEGORY_ZP;
}

bool dl_cp_mark(uint32_t cp)
{
    utf8proc_category_t c = category(cp);
    return c >= UTF8PROC_CATEGORY_PC && c <= UTF8PROC_CATEGORY_SO;
}

bool dl_cp_cjk(uint32_t cp)
{
    return (cp >= 0x2E80 && cp <= 0x312F) || (cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0xF900 && cp <= 0xFAFF) ||
           (cp >= 0x20000 && cp <= 0x3FFFF) || (cp >= 0x0E00 && cp <= 0x0EFF) || (cp >= 0x1000 && cp <= 0x109F) ||
           (cp >= 0x1780 && cp <= 0x17FF);
}

bool dl_cp_quote(uint32_t cp)
{
    return cp == '"' || cp == '\'' || (cp >= 0x2018 && cp <= 0x201F) || cp == 0xAB || cp == 0xBB || cp == 0x2039 ||
           cp == 0x203A || (cp >= 0x300C && cp <= 0x300F);
}

uint32_t dl_cp_fold(uint32_t cp)
{
    if (cp < 0x80) return (uint32_t)(unsigned char)dl_lower((char)cp);
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
}

/* What a folded character is written as; 0: nothing (a combining mark). */
static uint32_t plain(uint32_t cp)
{
    if (cp < 0x80) return (uint32_t)(unsigned char)dl_lower((char)cp);
    if ((cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212) return '-';
    if ((cp >= 0x2018 && cp <= 0x201B) || cp == 0x2039 || cp == 0x203A) return '\'';
    if ((cp >= 0x201C && cp <= 0x201F) || cp == 0xAB || cp == 0xBB) return '"';
    utf8proc_int32_t parts[8];
    int edge = 0;
    utf8proc_ssize_t n =
        utf8proc_decompose_char((utf8proc_int32_t)cp, parts, DL_COUNT(parts), UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD, &edge);
    if (n < 1 || n > (utf8proc_ssize_t)DL_COUNT(parts)) return cp;
    utf8proc_category_t c = category((uint32_t)parts[0]);
    if (c >= UTF8PROC_CATEGORY_MN && c <= UTF8PROC_CATEGORY_ME) return 0;
    return (uint32_t)parts[0];
}

size_t dl_fold(char *out, size_t cap, dl_str s)
{
    size_t n = 0;
    for (size_t at = 0; at < s.len;) {
        unsigned char c = (unsigned char)s.p[at];
        if (c < 0x80) {
            if (n < cap) out[n] = dl_lower((char)c);
            n++;
            at++;
            continue;
        }
        uint32_t cp = plain(dl_utf8_next(s, &at));
        char bytes[4];
        size_t len = cp ? dl_utf8_put(bytes, cp) : 0;
        for (size_t i = 0; i < len; i++, n++)
            if (n < cap) out[n] = bytes[i];
    }
    return n;
}
