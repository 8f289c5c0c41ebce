/* escaped_parts.c: markup that was escaped inside a page that is not: a text that holds whole tags as
 * character references is unwrapped where it stands. What a page shows as code is left alone. */
#include "extract/page.h"
#include "html/dom.h"

#define FAR 40 /* bytes between an escaped tag and an end tag that make it markup and no talk of a tag    */

/* Elements whose text means what it says, or is none. */
static const char *const opaque[] = { "script", "style", "textarea", "pre",  "code", "xmp",      "title",   "iframe",
                                      "kbd",    "samp",  "svg",      "math", "tt",   "template", "noscript" };

/* The byte behind the tag or comment at s[i], a '<'; i + 1: it is none. *name: of a start tag. */
static size_t behind_tag(dl_str s, size_t i, dl_str *name)
{
    *name = (dl_str){ NULL, 0 };
    if (i + 1 >= s.len) return s.len;
    if (dl_str_starts(dl_str_cut(s, i, s.len), DL_STR("<!--"))) {
        const size_t end = dl_str_find(s, DL_STR("-->"), i + 4);
        return end == SIZE_MAX ? s.len : end + 3;
    }
    const unsigned char c = (unsigned char)s.p[i + 1];
    if (!dl_is_alpha(c) && c != '/' && c != '!' && c != '?') return i + 1;
    size_t at = i + 1;
    while (at < s.len && dl_is_alpha((unsigned char)s.p[at])) at++;
    *name = dl_str_cut(s, i + 1, at);
    for (; at < s.len && s.p[at] != '>'; at++) {
        const bool quote = (s.p[at] == '"' || s.p[at] == '\'') && s.p[at - 1] == '=';
        if (!quote) continue;
        const char *end = memchr(s.p + at + 1, s.p[at], s.len - at - 1);
        if (!end) return s.len;
        at = (size_t)(end - s.p);
    }
    return at < s.len ? at + 1 : s.len;
}

/* Behind the end tag of an element that is not looked into; `at` for all others. */
static size_t behind_opaque(dl_str s, size_t at, dl_str name)
{
    for (size_t i = 0; i < DL_COUNT(opaque); i++) {
        if (!dl_str_eq_nocase(name, dl_str_of(opaque[i]))) continue;
        for (size_t end = at; (end = dl_str_find(s, DL_STR("</"), end)) != SIZE_MAX; end += 2)
            if (dl_str_starts_nocase(dl_str_cut(s, end + 2, s.len), name)) return end;
        return s.len;
    }
    return at;
}

/* The name of the escaped tag that begins at s[i], an '&', with its '/'; empty: it is none. */
static dl_str escaped_name(dl_str s, size_t i)
{
    static const char *const names[] = { "p",     "/p",     "br",      "a",   "/a",         "div",        "/div",   "span",
                                         "/span", "strong", "/strong", "em",  "/em",        "b",          "/b",     "i",
                                         "/i",    "ul",     "/ul",     "li",  "/li",        "img",        "figure", "/figure",
                                         "h2",    "/h2",    "h3",      "/h3", "blockquote", "/blockquote" };
    static const char *const begins[] = { "&lt;", "&amp;lt;", "&#60;", "&#x3c;" };
    size_t at = SIZE_MAX;
    for (size_t k = 0; k < DL_COUNT(begins) && at == SIZE_MAX; k++)
        if (dl_str_starts_nocase(dl_str_cut(s, i, s.len), dl_str_of(begins[k]))) at = i + strlen(begins[k]);
    if (at == SIZE_MAX) return (dl_str){ NULL, 0 };
    size_t end = at + (at < s.len && s.p[at] == '/');
    while (end < s.len && end < at + 12 && (dl_is_alpha((unsigned char)s.p[end]) || dl_is_digit((unsigned char)s.p[end]))) end++;
    for (size_t k = 0; k < DL_COUNT(names); k++)
        if (dl_str_eq_nocase(dl_str_cut(s, at, end), dl_str_of(names[k]))) return dl_str_cut(s, at, end);
    return (dl_str){ NULL, 0 };
}

/* Is it markup that was escaped, and not a text about markup? A tag with an attribute, or an end tag a good
 * way behind its start tag, says so. */
static bool is_markup(dl_str s)
{
    size_t last = SIZE_MAX;
    uint32_t breaks = 0;
    for (size_t i = 0; i < s.len; i++) {
        const char *hit = memchr(s.p + i, '&', s.len - i);
        if (!hit) return false;
        i = (size_t)(hit - s.p);
        const dl_str name = escaped_name(s, i);
        if (!name.len) continue;
        const size_t behind = (size_t)(name.p - s.p) + name.len;
        const size_t eq = dl_str_find(dl_str_cut(s, behind, s.len < behind + 24 ? s.len : behind + 24), DL_STR("="), 0);
        breaks += dl_str_eq_nocase(name, DL_STR("br"));
        if (breaks >= 2 || (behind < s.len && s.p[behind] == ' ' && eq != SIZE_MAX)) return true;
        if (name.p[0] == '/' && last != SIZE_MAX && i - last >= FAR) return true;
        last = i;
    }
    return false;
}

typedef struct writer {
    dl_xpage *p;
    dl_offsets *map;
    char *out;
    size_t n;
    size_t from; /* bytes of src that are written                                               */
    uint32_t parts;
} writer;

/* What stands before byte `to` as it is. */
static void copy(writer *w, size_t to)
{
    (void)dl_offsets_mark(w->map, w->p->a, (uint32_t)w->n, (uint32_t)w->from);
    if (to > w->from) memcpy(w->out + w->n, w->p->src.p + w->from, to - w->from);
    w->n += to - w->from;
    w->from = to;
}

/* Unwrapped text is never longer than what it was: "&lt;" is "<". */
static void unwrap(writer *w, size_t beg, size_t end)
{
    dl_arena *a = w->p->a;
    dl_offsets local = { 0 };
    const dl_str part = dl_str_cut(w->p->src, beg, end), made = dl_html_unescape(a, part, &local);
    if (!made.p || made.len > part.len) return;
    copy(w, beg);
    (void)dl_offsets_mark(w->map, a, (uint32_t)w->n, (uint32_t)beg);
    for (size_t i = 0; i < local.n; i++)
        (void)dl_offsets_mark(w->map, a, (uint32_t)w->n + local.made[i], (uint32_t)beg + local.from[i]);
    if (made.len) memcpy(w->out + w->n, made.p, made.len);
    w->n += made.len;
    w->from = end;
    w->parts++;
}

bool dl_extract_unwrap_parts(dl_xpage *p)
{
    const dl_str s = p->src;
    if (p->maps == DL_COUNT(p->map)) return false;
    writer w = { .p = p, .map = DL_NEW(p->a, 1, dl_offsets), .out = dl_arena_raw(p->a, s.len + 1, 1) };
    if (!w.map || !w.out) return false;
    const size_t body = dl_str_find_nocase(s, DL_STR("<body"), 0); /* what stands in the head would open the body */
    for (size_t i = body == SIZE_MAX ? 0 : body; i < s.len;) {
        const char *hit = memchr(s.p + i, '<', s.len - i);
        const size_t tag = hit ? (size_t)(hit - s.p) : s.len;
        if (is_markup(dl_str_cut(s, i, tag))) unwrap(&w, i, tag);
        dl_str name;
        i = tag < s.len ? behind_tag(s, tag, &name) : s.len;
        if (tag < s.len) i = behind_opaque(s, i, name);
    }
    if (!w.parts) return false;
    copy(&w, s.len);
    p->src = (dl_str){ w.out, w.n };
    p->map[p->maps++] = w.map;
    return true;
}
