/* members.c: one pass over the line, one over the strings that are asked for (RFC 8259). */
#include "input/members.h"

#include "base/utf8.h"

static size_t blanks(dl_str s, size_t at)
{
    while (at < s.len && (s.p[at] == ' ' || s.p[at] == '\t' || s.p[at] == '\r' || s.p[at] == '\n')) at++;
    return at;
}

/* The quotation mark that ends the string whose first byte is s[at]; SIZE_MAX: none does. */
static size_t string_end(dl_str s, size_t at)
{
    for (size_t i = at; i < s.len; i++) {
        const char *mark = memchr(s.p + i, '"', s.len - i);
        if (!mark) return SIZE_MAX;
        size_t slashes = 0;
        for (i = (size_t)(mark - s.p); i - slashes > at && s.p[i - slashes - 1] == '\\';) slashes++;
        if (slashes % 2 == 0) return i;
    }
    return SIZE_MAX;
}

/* Behind a number or a literal; at: it is neither. */
static size_t scalar_end(dl_str s, size_t at)
{
    static const char *const words[] = { "null", "true", "false" };
    const dl_str rest = dl_str_cut(s, at, s.len);
    for (size_t i = 0; i < DL_COUNT(words); i++)
        if (dl_str_starts(rest, dl_str_of(words[i]))) return at + strlen(words[i]);
    size_t i = at + (rest.len && rest.p[0] == '-');
    const size_t digits = i;
    while (i < s.len && dl_is_digit((unsigned char)s.p[i])) i++;
    return i > digits && (s.p[digits] != '0' || i == digits + 1) ? i : at; /* fractions: for the whole parser */
}

bool dl_members_find(dl_members *out, dl_str s)
{
    size_t at = blanks(s, 0);
    out->n = 0;
    if (at == s.len || s.p[at] != '{') return false;
    at = blanks(s, at + 1);
    while (at < s.len && s.p[at] == '"' && out->n < DL_MEMBERS_MAX) {
        const size_t key = at + 1, key_end = string_end(s, key);
        if (key_end == SIZE_MAX || memchr(s.p + key, '\\', key_end - key)) return false;
        at = blanks(s, key_end + 1);
        if (at == s.len || s.p[at] != ':') return false;
        at = blanks(s, at + 1);
        const bool string = at < s.len && s.p[at] == '"';
        const size_t value = string ? at + 1 : at, end = string ? string_end(s, value) : scalar_end(s, at);
        if (end == SIZE_MAX || (!string && end == at)) return false;
        out->at[out->n].key = dl_str_cut(s, key, key_end);
        out->at[out->n].value = dl_str_cut(s, value, end);
        out->at[out->n++].string = string;
        at = blanks(s, end + string);
        if (at < s.len && s.p[at] == '}') return blanks(s, at + 1) == s.len;
        if (at == s.len || s.p[at] != ',') return false;
        at = blanks(s, at + 1);
    }
    return false;
}

/* Four hexadecimal digits; UINT32_MAX: they are not. */
static uint32_t hex4(dl_str s, size_t at)
{
    uint32_t v = 0;
    if (s.len < at + 4) return UINT32_MAX;
    for (size_t i = at; i < at + 4; i++) {
        const int h = dl_hex((unsigned char)s.p[i]);
        if (h < 0) return UINT32_MAX;
        v = v << 4 | (uint32_t)h;
    }
    return v;
}

/* \uXXXX, or two of them, at s[*at] behind the backslash; *at moves behind it. Bytes written; 0: it is none. */
static size_t put_escaped(char *to, dl_str s, size_t *at)
{
    uint32_t cp = hex4(s, *at + 1);
    *at += 5;
    if (cp >= 0xd800 && cp < 0xdc00) {
        const uint32_t low = s.len > *at + 1 && s.p[*at] == '\\' && s.p[*at + 1] == 'u' ? hex4(s, *at + 2) : UINT32_MAX;
        if (low < 0xdc00 || low > 0xdfff) return 0;
        cp = 0x10000 + ((cp - 0xd800) << 10) + (low - 0xdc00);
        *at += 6;
    }
    return cp > 0x10ffff || (cp >= 0xdc00 && cp < 0xe000) ? 0 : dl_utf8_put(to, cp);
}

static dl_str unescape(dl_str s, dl_arena *a, bool *odd)
{
    static const char marks[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
    char *to = dl_arena_raw(a, s.len + 4, 1); /* no escape is shorter than what it stands for */
    size_t n = 0;
    if (!to) return (dl_str){ NULL, 0 };
    for (size_t i = 0; i < s.len;) {
        const char *slash = memchr(s.p + i, '\\', s.len - i);
        const size_t run = (slash ? (size_t)(slash - s.p) : s.len) - i;
        memcpy(to + n, s.p + i, run);
        n += run;
        i += run;
        if (!slash) break;
        i++;
        const char *mark = i < s.len && s.p[i] ? memchr(marks, s.p[i], sizeof marks - 1) : NULL;
        if (mark) {
            to[n++] = means[mark - marks];
            i++;
            continue;
        }
        const size_t made = i < s.len && s.p[i] == 'u' ? put_escaped(to + n, s, &i) : 0;
        *odd = *odd || !made;
        if (!made) return (dl_str){ NULL, 0 };
        n += made;
    }
    return (dl_str){ to, n };
}

/* The last member of that key, or m->n. */
static size_t find(const dl_members *m, const char *key)
{
    const dl_str want = dl_str_of(key);
    for (size_t i = m->n; i-- > 0;)
        if (dl_str_eq(m->at[i].key, want)) return i;
    return m->n;
}

dl_str dl_members_text(const dl_members *m, const char *key, dl_arena *a, bool *odd)
{
    const size_t i = find(m, key);
    return i < m->n && m->at[i].string ? unescape(m->at[i].value, a, odd) : (dl_str){ NULL, 0 };
}

dl_str dl_members_number(const dl_members *m, const char *key)
{
    const size_t i = find(m, key);
    const bool number = i < m->n && !m->at[i].string && m->at[i].value.p[0] <= '9'; /* else null, true, false */
    return number ? m->at[i].value : (dl_str){ NULL, 0 };
}
