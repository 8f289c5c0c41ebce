/* charref.c: character references, newlines and U+0000. */
#include "html/charref.h"

#include "base/utf8.h"
#include "html/dom.h"
#include "html/entity_table.h"

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */

/* First entity of [lo, hi) whose byte at k is c or above; a name that ends before k is below all. */
static unsigned bound(unsigned lo, unsigned hi, size_t k, unsigned c)
{
    while (lo < hi) {
        unsigned mid = lo + (hi - lo) / 2;
        size_t at = entity_at[mid] + k;
        if (at < entity_at[mid + 1] && (unsigned char)entity_name[at >> 7][at & 127] >= c)
            hi = mid;
        else
            lo = mid + 1;
    }
    return lo;
}

/* 13.2.5.73 named character reference state: the longest name that p begins with. The range of
 * names that agree narrows with each byte. */
static size_t named(const char *p, size_t n, unsigned *entity)
{
    if (!n || p[0] < 'A' || p[0] > 'z') return 0;
    unsigned lo = entity_first[p[0] - 'A'], hi = entity_first[p[0] - 'A' + 1];
    size_t found = 0;
    for (size_t k = 1; k < n && lo < hi; k++) {
        unsigned c = (unsigned char)p[k];
        lo = bound(lo, hi, k, c);
        hi = bound(lo, hi, k, c + 1);
        if (lo < hi && entity_at[lo] + k + 1 == entity_at[lo + 1]) {
            found = k + 1;
            *entity = lo;
        }
    }
    return found;
}

/* 13.2.5.80 numeric character reference end state. */
static uint32_t number_meaning(uint32_t code)
{
    /* What windows-1252 has at 0x80 to 0x9F; 0: the code point itself. */
    static const uint16_t windows[32] = { 0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                          0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                          0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178 };
    if (!code || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return 0xFFFD;
    if (code >= 0x80 && code <= 0x9F && windows[code - 0x80]) return windows[code - 0x80];
    return code;
}

/* 13.2.5.75 numeric character reference state, from behind "&#". */
static size_t numeric(const char *p, size_t n, uint32_t *code)
{
    size_t i = 2;
    bool hex = i < n && (p[i] == 'x' || p[i] == 'X');
    if (hex) i++;
    size_t digits = i;
    uint32_t value = 0;
    for (; i < n; i++) {
        char c = dl_lower(p[i]);
        uint32_t digit = 0;
        if (dl_is_digit(c))
            digit = (uint32_t)(c - '0');
        else if (hex && c >= 'a' && c <= 'f')
            digit = (uint32_t)(c - 'a' + 10);
        else
            break;
        value = value > 0x10FFFF ? value : value * (hex ? 16 : 10) + digit;
    }
    if (i == digits) return 0;
    *code = number_meaning(value);
    return i < n && p[i] == ';' ? i + 1 : i;
}

size_t dl_html_charref(const char *p, size_t n, bool in_attr, char out[8], size_t *out_len)
{
    if (n < 2) return 0;
    if (p[1] == '#') {
        uint32_t code = 0;
        size_t len = numeric(p, n, &code);
        if (len) *out_len = dl_utf8_put(out, code);
        return len;
    }
    unsigned entity = 0;
    size_t len = named(p + 1, n - 1, &entity);
    if (!len) return 0;
    /* For historical reasons, "&copy=1" in an attribute is no reference. */
    if (in_attr && p[len] != ';' && len + 1 < n) {
        char next = p[len + 1];
        if (next == '=' || dl_is_alpha(next) || dl_is_digit(next)) return 0;
    }
    uint32_t code = entity_code[entity];
    *out_len = dl_utf8_put(out, code & 0xFFFFFF);
    if (code >> 24) *out_len += dl_utf8_put(out + *out_len, entity_second[(code >> 24) - 1]);
    return len + 1;
}

/* A decoding under way. */
typedef struct decoding {
    const char *p;
    uint32_t at, end;
    char *out;
    size_t made;
    unsigned how;
    dl_offsets *map;
    dl_arena *map_arena;
    bool failed;
} decoding;

static void mark(decoding *d)
{
    if (d->map && !dl_offsets_mark(d->map, d->map_arena, (uint32_t)d->made, d->at)) d->failed = true;
}

/* `len` bytes of the page stand for these characters. */
static void put(decoding *d, uint32_t len, const char *text, size_t n)
{
    memcpy(d->out + d->made, text, n);
    d->made += n;
    d->at += len;
    if (len != 1 || n != 1) mark(d);
}

/* Decodes what stands at a byte that may be special. */
static void special(decoding *d)
{
    const char *p = d->p + d->at;
    size_t left = d->end - d->at;
    char text[8];
    size_t n = 0, len = 0;
    if (*p == '&' && d->how & DL_DECODE_REFS && (len = dl_html_charref(p, left, d->how & DL_DECODE_ATTR, text, &n)))
        put(d, (uint32_t)len, text, n);
    else if (*p == '\r' && d->how & DL_DECODE_CR)
        put(d, left > 1 && p[1] == '\n' ? 2 : 1, "\n", 1);
    else if (!*p && d->how & DL_DECODE_NUL)
        put(d, 1, replacement, 3);
    else if (*p == '<' && d->how & DL_DECODE_GAPS && left > 2 && p[1] == '/' && p[2] == '>')
        put(d, 3, "", 0);
    else
        put(d, 1, p, 1);
}

static inline bool may_be_special(char c) { return c == '&' || c == '\r' || !c || c == '<'; }

dl_str dl_html_decode(dl_arena *keep, const char *p, dl_span in, unsigned how, dl_offsets *map, dl_arena *map_arena)
{
    /* References never grow by more than a quarter (tools/gen_entities.py checks), U+0000 by 2 bytes. */
    size_t n = dl_span_len(in), room = n + n / 4 + 8;
    if (how & DL_DECODE_NUL && memchr(p + in.beg, 0, n)) room = 3 * n + 8;
    decoding d = { .p = p, .at = in.beg, .end = in.end, .out = dl_arena_raw(keep, room, 1), .how = how, .map = map };
    d.map_arena = map_arena;
    if (!d.out) return (dl_str){ NULL, 0 };
    if (map) map->n = 0;
    mark(&d);
    while (d.at < d.end && !d.failed) {
        uint32_t stop = d.at;
        while (stop < d.end && !may_be_special(p[stop])) stop++;
        memcpy(d.out + d.made, p + d.at, stop - d.at);
        d.made += stop - d.at;
        d.at = stop;
        if (d.at < d.end) special(&d);
    }
    return d.failed ? (dl_str){ NULL, 0 } : (dl_str){ d.out, d.made };
}

dl_str dl_html_unescape(dl_arena *a, dl_str s, dl_offsets *map)
{
    if (!s.len || s.len > UINT32_MAX / 4 || !memchr(s.p, '&', s.len)) {
        if (map) map->n = 0;
        return s;
    }
    return dl_html_decode(a, s.p, (dl_span){ 0, (uint32_t)s.len }, DL_DECODE_REFS, map, a);
}
