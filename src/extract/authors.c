/* authors.c: who wrote a page of HTML. What JSON-LD states is taken as it stands, agencies and
 * newsrooms too; else meta elements; else links to authors' pages; else the byline. */
#include "extract/html_page.h"

static dl_str strip_by(dl_str s)
{
    static const char *const starts[] = { "by ", "von ", "par ", "por ", "door ", "written by ", "text: ", "av " };
    for (size_t i = 0; i < DL_COUNT(starts); i++)
        if (dl_str_starts_nocase(s, dl_str_of(starts[i]))) return dl_str_trim(dl_str_cut(s, strlen(starts[i]), s.len));
    return dl_str_trim(s);
}

static bool nobody(dl_str s)
{
    static const char *const names[] = { "admin", "administrator", "editor",    "webmaster", "unknown",
                                         "null",  "none",          "anonymous", "undefined", "author",
                                         "staff", "guest",         "root",      "n/a",       "-" };
    for (size_t i = 0; i < DL_COUNT(names); i++)
        if (dl_str_eq_nocase(s, dl_str_of(names[i]))) return true;
    return dl_str_find(s, DL_STR("://"), 0) != SIZE_MAX || dl_str_starts(s, DL_STR("/")) || dl_str_starts(s, DL_STR("#")) ||
           dl_str_find(s, DL_STR("@"), 0) != SIZE_MAX || dl_str_find(s, DL_STR("<"), 0) != SIZE_MAX;
}

static bool has(dl_str s, const char *z) { return dl_str_find(s, dl_str_of(z), 0) != SIZE_MAX; }

/* Names no person: the site's own, or one word (an account, an abbreviation). */
static bool impersonal(const dl_xpage *p, dl_str s)
{
    if (!has(s, " ") && (unsigned char)s.p[0] < 0x80) return true;
    return p->outlet.len && (dl_str_eq_nocase(s, p->outlet) || dl_str_find_nocase(s, p->outlet, 0) != SIZE_MAX ||
                             dl_str_find_nocase(p->outlet, s, 0) != SIZE_MAX);
}

static dl_str clean(dl_xpage *p, dl_str s)
{
    s = strip_by(dl_meta_decode(p, s));
    size_t bar = dl_str_find(s, DL_STR(" | "), 0);
    if (bar != SIZE_MAX) s = dl_str_trim(dl_str_cut(s, 0, bar));
    while (s.len && (s.p[0] == ',' || s.p[0] == ' ')) s = dl_str_cut(s, 1, s.len);
    size_t in = dl_str_find(s, DL_STR(" in "), 0);
    if (in != SIZE_MAX && (dl_extract_name_like(dl_str_cut(s, 0, in)) || dl_extract_agency(p, dl_str_cut(s, 0, in)).len))
        s = dl_str_cut(s, 0, in);
    return s;
}

/* A name that meta data states: as it stands, or its parts where all of them are persons' names. */
static bool stated(dl_xpage *p, dl_str s)
{
    s = clean(p, s);
    uint32_t words = 1, before = p->b->d.authors.n;
    for (size_t i = 0; i < s.len; i++) words += s.p[i] == ' ';
    if (s.len < 2 || s.len > 120 || words > 14 || nobody(s)) return false;
    if (dl_extract_agency(p, s).len) dl_extract_credit(p, s, DL_CREDIT_META, (dl_span){ 0, 0 });
    bool parts = has(s, ",") || has(s, " and ") || has(s, ";") || has(s, " & ") || has(s, " und ") || has(s, " og ") ||
                 has(s, " och ") || has(s, " et ") || has(s, " y ");
    if (parts) dl_extract_names(p, s, (dl_span){ 0, 0 });
    if (p->b->d.authors.n == before && words <= 7) dl_extract_author(p, s);
    return p->b->d.authors.n > before;
}

static bool author_link(const dl_dom *d, uint32_t n)
{
    static const char *const paths[] = { "/author/",     "/authors/", "/staff/",   "/people/",   "/profile/",  "/by/",
                                         "/journalist",  "/autor/",   "/autoren/", "/autores/",  "/auteur",    "/reporter",
                                         "/contributor", "/writers/", "/writer/",  "/columnist", "/redakteur", "/skribent",
                                         "/firma/",      "/byline/",  "author=" };
    if (d->tag[n] != DL_TAG_A) return false;
    if (dl_str_eq(dl_dom_attr(d, n, "rel"), DL_STR("author"))) return true;
    dl_str href = dl_dom_attr(d, n, "href");
    for (size_t i = 0; i < DL_COUNT(paths); i++)
        if (dl_str_find(href, dl_str_of(paths[i]), 0) != SIZE_MAX) return true;
    return false;
}

static uint32_t up(const dl_dom *d, uint32_t n, int steps)
{
    while (steps-- > 0 && d->parent[n] != DL_NONE) n = d->parent[n];
    return n;
}

static bool below(const dl_dom *d, uint32_t n, uint32_t root)
{
    while (n != DL_NONE && n != root) n = d->parent[n];
    return n == root;
}

/* The first link to an author's page, and those close to it. */
static bool by_links(dl_xhtml *h)
{
    dl_xpage *p = h->p;
    uint32_t near = DL_NONE, before = p->b->d.authors.n, tried = 0;
    for (uint32_t i = 0; i < h->seen && tried < 40; i++) {
        uint32_t n = h->order[i];
        bool item = dl_str_eq(dl_dom_attr(&h->d, n, "itemprop"), DL_STR("author")) ||
                    dl_str_eq(dl_dom_attr(&h->d, n, "itemprop"), DL_STR("creator"));
        if ((h->flags[n] & (DL_ZONE_RELATED | DL_ZONE_COMMENT | DL_ZONE_NAV | DL_ZONE_FOOT | DL_ZONE_SIDE)) ||
            !(item || author_link(&h->d, n)))
            continue;
        if (near != DL_NONE && !below(&h->d, n, near)) continue;
        tried++;
        dl_str name = strip_by(dl_walk_text(h, n, 100));
        if (name.len > 60 || !dl_extract_name_like(name)) continue;
        dl_extract_author(p, name);
        if (near == DL_NONE) near = up(&h->d, n, 3);
    }
    return p->b->d.authors.n > before;
}

/* "posted on 2023-12-19 23:30 by Ann Lee" */
static dl_str behind_by(dl_str s)
{
    size_t at = dl_str_find_nocase(s, DL_STR(" by "), 0);
    return at == SIZE_MAX ? strip_by(s) : dl_str_cut(s, at + 4, s.len);
}

/* A name alone, within three lines below the first heading. */
static bool below_title(dl_xhtml *h)
{
    dl_xpage *p = h->p;
    uint32_t title = DL_NONE;
    for (uint32_t i = 0; i < p->n && title == DL_NONE; i++)
        if (h->d.tag[p->blk[i].node] == DL_TAG_H1 && p->blk[i].words >= 3) title = i;
    for (uint32_t i = title; title != DL_NONE && ++i < p->n && i <= title + 3;) {
        const dl_xblock *k = &p->blk[i];
        if (k->words > 4 || k->link || (k->flags & (DL_ZONE_BAD | DL_ZONE_CAPTION | DL_ZONE_HEADING)) ||
            !dl_extract_name_like(k->text))
            continue;
        dl_extract_author(p, k->text);
        return true;
    }
    return false;
}

static bool by_lines(dl_xhtml *h)
{
    dl_xpage *p = h->p;
    uint32_t before = p->b->d.authors.n;
    for (int pass = 0; pass < 2 && p->b->d.authors.n == before; pass++)
        for (uint32_t i = 0; i < p->n && p->b->d.authors.n == before; i++) {
            const dl_xblock *k = &p->blk[i];
            if (k->words > 30 || (k->flags & (DL_ZONE_RELATED | DL_ZONE_COMMENT | DL_ZONE_NAV | DL_ZONE_FOOT | DL_ZONE_CAPTION |
                                              DL_ZONE_INLINE_FIG)))
                continue;
            if (pass == 0 && k->lex == DL_LEX_BYLINE)
                (void)dl_extract_byline(p, k, true);
            else if (pass == 0 && (k->flags & DL_ZONE_BYLINE) && k->words <= 12)
                dl_extract_names(p, strip_by(k->text), k->src);
            else if (pass == 1 && (k->lex == DL_LEX_DATE || (k->flags & DL_ZONE_META)) &&
                     dl_str_find_nocase(k->text, DL_STR(" by "), 0) != SIZE_MAX)
                dl_extract_names(p, behind_by(k->text), k->src);
        }
    return p->b->d.authors.n > before;
}

void dl_authors_read(dl_xhtml *h, const dl_str *meta, uint32_t n)
{
    dl_xpage *p = h->p;
    bool any = false, held = false;
    for (uint32_t i = 0; i < h->ld.authors; i++) {
        dl_str s = clean(p, h->ld.author[i].name);
        if (s.len && impersonal(p, s) && !dl_extract_agency(p, s).len && h->ld.authors == 1)
            held = true;
        else
            any |= stated(p, s);
    }
    for (uint32_t i = 0; i < n && !any; i++) {
        dl_str s = clean(p, meta[i]);
        if (s.len && impersonal(p, s) && !dl_extract_agency(p, s).len)
            held = true;
        else
            any |= stated(p, s);
    }
    if (any || by_links(h) || by_lines(h) || below_title(h) || !held) return;
    for (uint32_t i = 0; i < h->ld.authors && !any; i++) any = stated(p, h->ld.author[i].name);
    for (uint32_t i = 0; i < n && !any; i++) any = stated(p, meta[i]);
}
