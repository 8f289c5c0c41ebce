/* prescan.c: which encoding a page declares of itself: HTML standard 13.2.3.2, "prescan a byte
 * stream to determine its encoding", and the XML declaration. */
#include "input/decode.h"
#include "input/labels.h"

/* The standard looks at 1024 bytes and lets the parser change its mind later; here it is looked at
 * further once. */
#define PRESCAN 16384u

typedef struct cursor {
    dl_str s;
    size_t at;
} cursor;

static int peek(const cursor *c) { return c->at < c->s.len ? (unsigned char)c->s.p[c->at] : -1; }
static bool gap(int ch) { return ch == '\t' || ch == '\n' || ch == '\f' || ch == '\r' || ch == ' '; }

/* "Get an attribute". False: there is none left. */
static bool attribute(cursor *c, dl_str *name, dl_str *value)
{
    while (gap(peek(c)) || peek(c) == '/') c->at++;
    if (peek(c) == '>' || peek(c) < 0) return false;
    size_t beg = c->at;
    while (peek(c) >= 0 && !(peek(c) == '=' && c->at > beg) && !gap(peek(c)) && peek(c) != '/' && peek(c) != '>') c->at++;
    *name = dl_str_cut(c->s, beg, c->at);
    *value = (dl_str){ NULL, 0 };
    while (gap(peek(c))) c->at++;
    if (peek(c) != '=') return true;
    c->at++;
    while (gap(peek(c))) c->at++;
    const int quote = peek(c);
    const bool quoted = quote == '"' || quote == '\'';
    beg = c->at += quoted;
    while (peek(c) >= 0 && (quoted ? peek(c) != quote : !gap(peek(c)) && peek(c) != '>')) c->at++;
    if (peek(c) < 0) return false; /* the bytes end inside the tag: nothing is declared */
    *value = dl_str_cut(c->s, beg, c->at);
    c->at += quoted;
    return true;
}

/* "Extract a character encoding from a meta element", and the same for a content type. */
dl_str dl_decode_charset(dl_str s)
{
    if (!s.len) return s;
    for (size_t at = 0; (at = dl_str_find_nocase(s, DL_STR("charset"), at)) != SIZE_MAX;) {
        at += 7;
        while (at < s.len && gap((unsigned char)s.p[at])) at++;
        if (at == s.len || s.p[at] != '=') continue;
        at++;
        while (at < s.len && gap((unsigned char)s.p[at])) at++;
        const char quote = at < s.len && (s.p[at] == '"' || s.p[at] == '\'') ? s.p[at] : '\0';
        const size_t beg = at + (quote != '\0');
        size_t end = beg;
        while (end < s.len && (quote ? s.p[end] != quote : !gap((unsigned char)s.p[end]) && s.p[end] != ';')) end++;
        return beg < end && (!quote || end < s.len) ? dl_str_cut(s, beg, end) : (dl_str){ NULL, 0 };
    }
    return (dl_str){ NULL, 0 };
}

static dl_str meta(cursor *c)
{
    bool pragma = false, need_pragma = false;
    dl_str name, value, charset = { NULL, 0 };
    while (attribute(c, &name, &value)) {
        if (dl_str_eq_nocase(name, DL_STR("http-equiv")))
            pragma = pragma || dl_str_eq_nocase(value, DL_STR("content-type"));
        else if (dl_str_eq_nocase(name, DL_STR("charset")) && value.len)
            charset = value, need_pragma = false;
        else if (dl_str_eq_nocase(name, DL_STR("content")) && !charset.len && dl_decode_charset(value).len)
            charset = dl_decode_charset(value), need_pragma = true;
    }
    const dl_charset *found = charset.len && (pragma || !need_pragma) && peek(c) == '>' ? dl_charset_of(charset) : NULL;
    if (!found) return (dl_str){ NULL, 0 };
    /* ASCII could be read up to here: it is no UTF-16. */
    return dl_str_starts(dl_str_of(found->name), DL_STR("utf-16")) ? DL_STR("utf-8") : dl_str_of(found->name);
}

static void over_tag(cursor *c)
{
    dl_str name, value;
    while (peek(c) >= 0 && !gap(peek(c)) && peek(c) != '>') c->at++;
    while (attribute(c, &name, &value)) continue;
}

static dl_str xml_declared(dl_str s)
{
    if (!dl_str_starts(s, DL_STR("<?xml"))) return (dl_str){ NULL, 0 };
    const size_t end = dl_str_find(s, DL_STR("?>"), 0), at = dl_str_find(s, DL_STR("encoding"), 0);
    if (end == SIZE_MAX || at == SIZE_MAX || at > end) return (dl_str){ NULL, 0 };
    cursor c = { dl_str_cut(s, 0, end), at };
    dl_str name, value;
    return attribute(&c, &name, &value) ? value : (dl_str){ NULL, 0 };
}

dl_str dl_decode_prescan(dl_str page)
{
    cursor c = { dl_str_cut(page, 0, page.len < PRESCAN ? page.len : PRESCAN), 0 };
    const dl_str xml = xml_declared(c.s);
    if (xml.len) return xml;
    while (c.at < c.s.len) {
        const dl_str rest = dl_str_cut(c.s, c.at, c.s.len);
        if (dl_str_starts(rest, DL_STR("<!--"))) {
            const size_t end = dl_str_find(c.s, DL_STR("-->"), c.at + 2);
            c.at = end == SIZE_MAX ? c.s.len : end + 3;
        } else if (dl_str_starts_nocase(rest, DL_STR("<meta")) && rest.len > 5 &&
                   (gap((unsigned char)rest.p[5]) || rest.p[5] == '/')) {
            c.at += 5;
            const dl_str found = meta(&c);
            if (found.len) return found;
        } else if (rest.len > 1 && rest.p[0] == '<' &&
                   (dl_is_alpha(rest.p[1]) || (rest.p[1] == '/' && rest.len > 2 && dl_is_alpha(rest.p[2])))) {
            c.at++;
            over_tag(&c);
        } else if (rest.len > 1 && rest.p[0] == '<' && (rest.p[1] == '!' || rest.p[1] == '/' || rest.p[1] == '?')) {
            const size_t end = dl_str_find(c.s, DL_STR(">"), c.at);
            c.at = end == SIZE_MAX ? c.s.len : end + 1;
        } else {
            c.at++;
        }
    }
    return (dl_str){ NULL, 0 };
}
