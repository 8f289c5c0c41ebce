/* escaped.c: pages whose markup was escaped, once or more, wholly or in part: undone until stable. */
#include "base/limits.h"
#include "extract/page.h"
#include "html/dom.h"

typedef struct signs {
    size_t escaped; /* tags written with character references                                  */
    size_t tags;    /* end tags as they should be                                              */
    size_t blocks;  /* start or end tags of p, div, br and the like                            */
    size_t refs;    /* character references                                                    */
} signs;

static bool block_tag(dl_str s)
{
    static const char *const names[] = { "p>",      "p ",    "/p>",  "div",  "/div",     "br>",    "br/",       "br ",
                                         "h1",      "h2",    "h3",   "li>",  "ul>",      "span",   "script",    "article",
                                         "section", "table", "html", "body", "!doctype", "figure", "blockquote" };
    for (size_t i = 0; i < DL_COUNT(names); i++)
        if (dl_str_starts_nocase(s, dl_str_of(names[i]))) return true;
    return false;
}

/* At s[i], an '&': is it a tag's '<' or '/' that was written as a reference? */
static bool escaped_tag(dl_str s, size_t i)
{
    const dl_str rest = dl_str_cut(s, i, s.len);
    if (dl_str_starts(rest, DL_STR("&lt;")))
        return rest.len > 4 && (dl_is_alpha(rest.p[4]) || rest.p[4] == '/' || rest.p[4] == '!');
    return dl_str_starts(rest, DL_STR("&amp;lt;")) || dl_str_starts(rest, DL_STR("&#60;")) ||
           dl_str_starts_nocase(rest, DL_STR("&#x3c;")) || (i && s.p[i - 1] == '<' && dl_str_starts(rest, DL_STR("&sol;")));
}

/* Most pages have none, or one or two: they are looked at no further. */
static bool few_escaped(dl_str s)
{
    unsigned n = 0;
    for (size_t i = 0; n < 3 && i < s.len; i++) {
        const char *hit = memchr(s.p + i, '&', s.len - i);
        if (!hit) break;
        i = (size_t)(hit - s.p);
        n += escaped_tag(s, i);
    }
    return n < 3;
}

static signs count(dl_str s, bool blocks)
{
    signs n = { 0 };
    for (size_t i = 0; i + 2 < s.len; i++) {
        if (s.p[i] == '<') {
            n.tags += s.p[i + 1] == '/';
            n.blocks += blocks && block_tag(dl_str_cut(s, i + 1, s.len));
        } else if (s.p[i] == '&') {
            n.escaped += escaped_tag(s, i);
            const size_t end = s.len < i + 12 ? s.len : i + 12;
            const char *semi = memchr(s.p + i, ';', end - i);
            n.refs += semi && semi > s.p + i + 1;
        }
    }
    return n;
}

static bool undo(dl_xpage *p)
{
    if (p->maps == DL_COUNT(p->map)) return false;
    dl_offsets *map = DL_NEW(p->a, 1, dl_offsets);
    if (!map) return false;
    dl_str made = dl_html_unescape(p->a, p->src, map);
    if (dl_str_eq(made, p->src)) return false;
    p->src = made;
    p->map[p->maps++] = map;
    return true;
}

bool dl_extract_escaped(dl_xpage *p)
{
    bool html = p->raw->kind == DL_RAW_HTML;
    if (html && few_escaped(p->src)) return true;
    signs n = count(p->src, !html);
    if (html && !(n.escaped >= 3 && n.escaped > n.tags)) {
        for (int i = 0; i < DL_UNESCAPE_MAX && dl_extract_unwrap_parts(p); i++)
            if (!i) dl_warn(p->b, "escaped", "markup inside the page was escaped; unescaped where it stands");
        return true;
    }
    bool undone = false;
    for (int i = 0; i < DL_UNESCAPE_MAX && n.refs > 0; i++) {
        if (!undo(p)) break;
        undone |= n.escaped > 0;
        n = count(p->src, !html);
        if (n.tags >= 3 && !n.escaped) break; /* what is left is HTML's own escaping */
    }
    if (undone) dl_warn(p->b, "escaped", "the page's markup was escaped; unescaped and read again");
    return html || n.blocks >= 3;
}
