/* json.c: writing JSON. */
#include "base/json.h"

#include <stdio.h>

#include "base/date.h"
#include "base/utf8.h"

static void before(dl_json *j)
{
    if (j->comma) dl_buf_putc(j->buf, ',');
    j->comma = true;
}

static void literal(dl_json *j, const char *z)
{
    before(j);
    dl_buf_puts(j->buf, z);
}

void dl_json_open(dl_json *j, char bracket)
{
    before(j);
    dl_buf_putc(j->buf, bracket);
    j->comma = false;
}

void dl_json_close(dl_json *j, char bracket)
{
    dl_buf_putc(j->buf, bracket);
    j->comma = true;
}

/* One character that may not stand as it is. */
static void escape(dl_buf *b, uint32_t cp)
{
    switch (cp) {
    case '"': dl_buf_puts(b, "\\\""); break;
    case '\\': dl_buf_puts(b, "\\\\"); break;
    case '\n': dl_buf_puts(b, "\\n"); break;
    case '\t': dl_buf_puts(b, "\\t"); break;
    case '\r': dl_buf_puts(b, "\\r"); break;
    default: dl_buf_fmt(b, "\\u%04x", (unsigned)cp);
    }
}

static void quoted(dl_buf *b, dl_str s)
{
    size_t start = 0, at = 0;
    dl_buf_putc(b, '"');
    while (at < s.len) {
        unsigned char c = (unsigned char)s.p[at];
        if (c >= 0x20 && c < 0x7F && c != '"' && c != '\\') {
            at++;
            continue;
        }
        size_t here = at;
        uint32_t cp = dl_utf8_next(s, &at);
        bool bad = cp == 0xFFFD && at - here == 1;
        if (cp >= 0x80 && cp != 0x2028 && cp != 0x2029 && !bad && cp > 0x9F) continue;
        dl_buf_add(b, dl_str_cut(s, start, here));
        escape(b, cp);
        start = at;
    }
    dl_buf_add(b, dl_str_cut(s, start, s.len));
    dl_buf_putc(b, '"');
}

void dl_json_key(dl_json *j, const char *name)
{
    before(j);
    quoted(j->buf, dl_str_of(name));
    dl_buf_putc(j->buf, ':');
    j->comma = false;
}

void dl_json_str(dl_json *j, dl_str s)
{
    before(j);
    quoted(j->buf, s);
}

void dl_json_word(dl_json *j, const char *z)
{
    if (z)
        dl_json_str(j, dl_str_of(z));
    else
        dl_json_null(j);
}

void dl_json_opt(dl_json *j, dl_str s)
{
    if (s.len)
        dl_json_str(j, s);
    else
        dl_json_null(j);
}

void dl_json_int(dl_json *j, int64_t v)
{
    before(j);
    dl_buf_fmt(j->buf, "%lld", (long long)v);
}

/* Written from integers: the decimal point must not follow the locale. */
void dl_json_num(dl_json *j, double v, int decimals)
{
    static const int64_t power[] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };
    int64_t scale = power[decimals < 0 ? 0 : decimals > 6 ? 6 : decimals];
    double scaled = v * (double)scale;
    before(j);
    if (!(scaled > -9e15 && scaled < 9e15)) { /* not a number, or not one that JSON should hold */
        dl_buf_puts(j->buf, "null");
        return;
    }
    int64_t whole = (int64_t)(scaled + (scaled < 0 ? -0.5 : 0.5));
    int64_t size = whole < 0 ? -whole : whole;
    if (whole < 0) dl_buf_putc(j->buf, '-');
    dl_buf_fmt(j->buf, "%lld", (long long)(size / scale));
    if (scale > 1) dl_buf_fmt(j->buf, ".%0*lld", decimals > 6 ? 6 : decimals, (long long)(size % scale));
}

void dl_json_bool(dl_json *j, bool v) { literal(j, v ? "true" : "false"); }
void dl_json_null(dl_json *j) { literal(j, "null"); }

void dl_json_day(dl_json *j, int64_t seconds)
{
    char text[11];
    dl_date_text(text, seconds);
    dl_json_opt(j, dl_str_of(text));
}

void dl_json_until(dl_json *j, int64_t seconds) { dl_json_day(j, dl_day_until(seconds)); }

void dl_json_instant(dl_json *j, int64_t seconds)
{
    char text[21];
    dl_instant_text(text, seconds);
    dl_json_opt(j, dl_str_of(text));
}

void dl_json_pair(dl_json *j, int64_t a, int64_t b)
{
    dl_json_open(j, '[');
    dl_json_int(j, a);
    dl_json_int(j, b);
    dl_json_close(j, ']');
}

void dl_json_line(dl_json *j)
{
    dl_buf_putc(j->buf, '\n');
    j->comma = false;
}
