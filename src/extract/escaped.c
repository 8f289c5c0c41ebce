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

static signs count(dl_str s)
{
    signs n = { 0 };
    for (size_t i = 0; i + 2 < s.len; i++) {
        dl_str rest = dl_str_cut(s, i, s.len < i + 16 ? s.len : i + 16);
        if (s.p[i] == '<') {
            n.tags += s.p[i + 1] == '/';
            n.blocks += block_tag(dl_str_cut(s, i + 1, i + 1 + (rest.len - 1)));
            n.escaped += dl_str_starts(rest, DL_STR("<&sol;"));
        } else if (s.p[i] == '&') {
            bool lt = dl_str_starts(rest, DL_STR("&lt;"));
            n.escaped += (lt && i + 4 < s.len && (dl_is_alpha(s.p[i + 4]) || s.p[i + 4] == '/' || s.p[i + 4] == '!')) ||
                         dl_str_starts(rest, DL_STR("&amp;lt;")) || dl_str_starts(rest, DL_STR("&#60;")) ||
                         dl_str_starts(rest, DL_STR("&#x3c;")) || dl_str_starts(rest, DL_STR("&#x3C;"));
            size_t semi = dl_str_find(rest, DL_STR(";"), 0);
            n.refs += semi != SIZE_MAX && semi > 1 && semi < 12;
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
    signs n = count(p->src);
    bool html = p->raw->kind == DL_RAW_HTML;
    if (html && !(n.escaped >= 3 && n.escaped > n.tags)) return true;
    bool undone = false;
    for (int i = 0; i < DL_UNESCAPE_MAX && n.refs > 0; i++) {
        if (!undo(p)) break;
        undone |= n.escaped > 0;
        n = count(p->src);
        if (n.tags >= 3 && !n.escaped) break; /* what is left is HTML's own escaping */
    }
    if (undone) dl_warn(p->b, "escaped", "the page's markup was escaped; unescaped and read again");
    return html || n.blocks >= 3;
}
