/* text.c: text for people. */
#include "api/text.h"

#include <utf8proc.h>

#include "base/date.h"
#include "base/utf8.h"

/* Characters that a terminal or a reader must not get from a page. */
static bool hostile(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0x200E || cp == 0x200F || (cp >= 0x202A && cp <= 0x202E) ||
           (cp >= 0x2066 && cp <= 0x2069) || cp == 0xFEFF;
}

void dl_text_put(dl_buf *b, dl_str s)
{
    for (size_t at = 0; at < s.len;) {
        size_t from = at;
        uint32_t cp = dl_utf8_next(s, &at);
        if (cp == '\n' || cp == '\t' || cp == '\r')
            dl_buf_putc(b, ' ');
        else if (hostile(cp) || (cp == 0xFFFD && at - from == 1))
            dl_buf_puts(b, "\xEF\xBF\xBD");
        else
            dl_buf_add(b, dl_str_cut(s, from, at));
    }
}

void dl_text_folded(dl_buf *b, dl_str s)
{
    bool gap = false;
    for (size_t i = 0; i < s.len; i++) {
        if (dl_is_space((unsigned char)s.p[i])) {
            gap = b->len > 0;
            continue;
        }
        if (gap && b->p[b->len - 1] != ' ') dl_buf_putc(b, ' ');
        gap = false;
        dl_buf_putc(b, s.p[i]);
    }
}

void dl_text_styled(dl_buf *b, dl_str s, dl_style style, bool colour)
{
    static const char *const codes[] = { "", "\033[1m", "\033[2m", "\033[33m", "\033[36m" };
    if (colour && style) dl_buf_puts(b, codes[style]);
    dl_text_put(b, s);
    if (colour && style) dl_buf_puts(b, "\033[0m");
}

/* Length of "ESC [ digits ; m" at the head of s; 0: it is none. */
static size_t colour_code(dl_str s)
{
    size_t i = 2;
    if (s.len < 3 || s.p[0] != 033 || s.p[1] != '[') return 0;
    while (i < s.len && i < 12 && (dl_is_digit((unsigned char)s.p[i]) || s.p[i] == ';')) i++;
    return i < s.len && s.p[i] == 'm' ? i + 1 : 0;
}

void dl_text_guard(dl_buf *out, dl_str in, bool colour)
{
    size_t start = 0;
    for (size_t at = 0; at < in.len;) {
        unsigned char c = (unsigned char)in.p[at];
        if ((c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t') {
            at++;
            continue;
        }
        size_t here = at, code = colour ? colour_code(dl_str_cut(in, at, in.len)) : 0;
        if (code) {
            at += code;
            continue;
        }
        uint32_t cp = dl_utf8_next(in, &at);
        if (!hostile(cp) && !(cp == 0xFFFD && at - here == 1)) continue;
        dl_buf_add(out, dl_str_cut(in, start, here));
        dl_buf_puts(out, "\xEF\xBF\xBD");
        start = at;
    }
    dl_buf_add(out, dl_str_cut(in, start, in.len));
}

unsigned dl_text_columns(dl_str s)
{
    unsigned n = 0;
    for (size_t at = 0; at < s.len;) {
        uint32_t cp = dl_utf8_next(s, &at);
        int w = hostile(cp) ? 1 : utf8proc_charwidth((utf8proc_int32_t)cp);
        n += w > 0 ? (unsigned)w : 0;
    }
    return n;
}

void dl_text_wrap(dl_buf *b, dl_str s, unsigned width, unsigned indent, unsigned at)
{
    bool first = true;
    if (at < indent) {
        dl_buf_fill(b, ' ', indent - at);
        at = indent;
    }
    for (size_t i = 0; i < s.len;) {
        while (i < s.len && dl_is_space((unsigned char)s.p[i])) i++;
        size_t beg = i;
        while (i < s.len && !dl_is_space((unsigned char)s.p[i])) i++;
        if (i == beg) break;
        dl_str word = dl_str_cut(s, beg, i);
        unsigned w = dl_text_columns(word);
        if (!first && at + 1 + w > width) {
            dl_buf_putc(b, '\n');
            dl_buf_fill(b, ' ', indent);
            at = indent;
        } else if (!first) {
            dl_buf_putc(b, ' ');
            at++;
        }
        dl_text_put(b, word);
        at += w;
        first = false;
    }
    dl_buf_putc(b, '\n');
}

void dl_text_cell(dl_buf *b, dl_str s, unsigned columns)
{
    unsigned n = 0;
    size_t at = 0;
    bool whole = dl_text_columns(s) <= columns;
    while (at < s.len) {
        size_t from = at;
        int w = utf8proc_charwidth((utf8proc_int32_t)dl_utf8_next(s, &at));
        unsigned cols = w > 0 ? (unsigned)w : 0;
        if (!whole && n + cols + 1 > columns) break;
        dl_text_put(b, dl_str_cut(s, from, at));
        n += cols;
    }
    if (!whole) {
        dl_buf_puts(b, "\xE2\x80\xA6");
        n++;
    }
    if (n < columns) dl_buf_fill(b, ' ', columns - n);
}

void dl_text_cell_right(dl_buf *b, uint64_t number, unsigned columns)
{
    dl_buf_fmt(b, "%*llu", (int)columns, (unsigned long long)number);
}

void dl_text_days(dl_buf *b, int64_t from, int64_t to)
{
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    if (from == DL_NEVER) return;
    dl_civil a = dl_civil_of(dl_day_of(from)), z = a;
    if (to != DL_NEVER && to > from) z = dl_civil_of(dl_day_of(to - 1));
    if (a.year != z.year)
        dl_buf_fmt(b, "%d %s %d \xE2\x80\x93 ", a.day, months[a.month - 1], a.year);
    else if (a.month != z.month)
        dl_buf_fmt(b, "%d %s \xE2\x80\x93 ", a.day, months[a.month - 1]);
    else if (a.day != z.day)
        dl_buf_fmt(b, "%d\xE2\x80\x93", a.day);
    dl_buf_fmt(b, "%d %s %d", z.day, months[z.month - 1], z.year);
}

/* Percent-encoded as a fragment directive wants it: "-", "," and "&" too. */
static void encode(dl_buf *b, dl_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (dl_is_alpha(c) || dl_is_digit(c) || c == '.' || c == '_' || c == '~')
            dl_buf_putc(b, (char)c);
        else
            dl_buf_fmt(b, "%%%02X", c);
    }
}

/* The first or last n words of a passage. */
static dl_str some_words(dl_str s, unsigned n, bool from_end)
{
    size_t i = from_end ? s.len : 0;
    unsigned words = 0;
    while (from_end ? i > 0 : i < s.len) {
        if (dl_is_space((unsigned char)s.p[from_end ? i - 1 : i]) && ++words == n) break;
        from_end ? i-- : i++;
    }
    return dl_str_trim(from_end ? dl_str_cut(s, i, s.len) : dl_str_cut(s, 0, i));
}

/* Without the url: "#:~:text=...". */
static void fragment(dl_buf *b, dl_str passage)
{
    passage = dl_str_trim(passage);
    dl_buf_puts(b, "#:~:text=");
    if (passage.len <= 60) {
        encode(b, passage);
        return;
    }
    encode(b, some_words(passage, 5, false));
    dl_buf_putc(b, ',');
    encode(b, some_words(passage, 4, true));
}

void dl_text_fragment(dl_buf *b, dl_str url, dl_str passage)
{
    if (!dl_str_web(url)) return;
    size_t hash = dl_str_find(url, DL_STR("#"), 0);
    dl_str base = hash == SIZE_MAX ? url : dl_str_cut(url, 0, hash);
    for (size_t i = 0; i < base.len; i++) {
        unsigned char c = (unsigned char)base.p[i];
        if (c <= 0x20 || c >= 0x7F || c == '"' || c == '<' || c == '>' || c == '\\' || c == '`')
            dl_buf_fmt(b, "%%%02X", c);
        else
            dl_buf_putc(b, (char)c);
    }
    fragment(b, passage);
}
