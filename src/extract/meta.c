/* meta.c: what a page of HTML says of itself outside its text: title, authors, outlet,
 * language, canonical address. Several voices are heard (JSON-LD, meta elements, the page's own
 * headings and bylines, the address). Dates are when.c's. */
#include "base/utf8.h"
#include "extract/html_page.h"

typedef struct found {
    dl_str og_title, title, site, author[12], canonical, language, h1;
    uint32_t authors;
    dl_xhtml *h;
    dl_tsv keys; /* data/meta_keys.tsv                                                         */
} found;

dl_str dl_meta_decode(dl_xpage *p, dl_str s)
{
    if (dl_str_find(s, DL_STR("&"), 0) != SIZE_MAX) s = dl_html_unescape(p->a, s, NULL);
    if (dl_str_find(s, DL_STR("&amp;"), 0) != SIZE_MAX || dl_str_find(s, DL_STR("&#"), 0) != SIZE_MAX ||
        dl_str_find(s, DL_STR("&quot;"), 0) != SIZE_MAX)
        s = dl_html_unescape(p->a, s, NULL);
    return dl_extract_fold(p->a, s);
}

static dl_str kind_of(found *f, dl_str key)
{
    uint32_t r = dl_tsv_find_lower(&f->keys, key);
    return r == DL_NONE ? (dl_str){ NULL, 0 } : dl_tsv_cell(&f->keys, r, 1);
}

static bool url_like(dl_str s)
{
    return dl_str_find(s, DL_STR("://"), 0) != SIZE_MAX || dl_str_starts(s, DL_STR("/")) || dl_str_starts(s, DL_STR("@")) ||
           dl_str_find(s, DL_STR("@"), 0) != SIZE_MAX;
}

/* What one meta element says, by the kind that data/meta_keys.tsv gives its name. */
static void meta_says(found *f, dl_str kind, dl_str v)
{
    dl_xpage *p = f->h->p;
    if (dl_str_eq(kind, DL_STR("og")) || (dl_str_eq(kind, DL_STR("title")) && !f->og_title.len))
        f->og_title = v;
    else if (dl_str_eq(kind, DL_STR("og:description")) || (dl_str_eq(kind, DL_STR("description")) && !f->h->description.len))
        f->h->description = dl_meta_decode(p, v);
    else if (dl_str_eq(kind, DL_STR("site")) || (dl_str_eq(kind, DL_STR("application")) && !f->site.len))
        f->site = v;
    else if (dl_str_eq(kind, DL_STR("locale")) && !f->language.len)
        f->language = v;
    else if (dl_str_eq(kind, DL_STR("section")) && !p->b->meta.section.end)
        p->b->meta.section = dl_put(p->b, dl_meta_decode(p, v));
    else if (dl_str_eq(kind, DL_STR("author")) && !url_like(v) && f->authors < DL_COUNT(f->author))
        f->author[f->authors++] = v;
}

static void meta_element(found *f, uint32_t n)
{
    const dl_dom *d = &f->h->d;
    dl_str key = dl_dom_attr(d, n, "property"), v = dl_dom_attr(d, n, "content");
    if (!key.len) key = dl_dom_attr(d, n, "name");
    if (!key.len) key = dl_dom_attr(d, n, "itemprop");
    if (!key.len && dl_str_eq_nocase(dl_dom_attr(d, n, "http-equiv"), DL_STR("content-language")) && !f->language.len)
        f->language = v;
    dl_str kind = key.len && v.len ? kind_of(f, key) : key;
    if (key.len && v.len && kind.len) meta_says(f, kind, v);
}

static void link_element(found *f, uint32_t n)
{
    if (dl_str_eq_nocase(dl_dom_attr(&f->h->d, n, "rel"), DL_STR("canonical"))) f->canonical = dl_dom_attr(&f->h->d, n, "href");
}

static void walk(found *f)
{
    dl_xhtml *h = f->h;
    const dl_dom *d = &h->d;
    for (uint32_t n = 0; n < d->n; n++) {
        if (d->type[n] != DL_NODE_ELEMENT || d->ns[n] != DL_NS_HTML) continue;
        switch (d->tag[n]) {
        case DL_TAG_META: meta_element(f, n); break;
        case DL_TAG_LINK: link_element(f, n); break;
        case DL_TAG_TITLE:
            if (!f->title.len && d->first[n] != DL_NONE) f->title = d->data[d->first[n]];
            break;
        case DL_TAG_HTML: f->language = dl_dom_attr(d, n, "lang").len ? dl_dom_attr(d, n, "lang") : f->language; break;
        default: break;
        }
    }
}

/* The first heading of the first rank that is a headline and no name of the site. */
static dl_str first_heading(const dl_xhtml *h)
{
    dl_str best = { NULL, 0 };
    for (uint32_t i = 0; i < h->p->n; i++) {
        const dl_xblock *k = &h->p->blk[i];
        bool h1 = false;
        for (uint32_t n = k->node, up = 0; n != DL_NONE && up < 4 && !h1; n = h->d.parent[n], up++) h1 = h->d.tag[n] == DL_TAG_H1;
        if (!h1 || (k->flags & (DL_ZONE_NAV | DL_ZONE_FOOT | DL_ZONE_RELATED | DL_ZONE_SIDE))) continue;
        if (k->words >= 3 || (k->chars > 12 && k->words <= 2)) return k->text;
        if (!best.len) best = k->text;
    }
    return best;
}

/* Scripts of JSON-LD; read before anything else, for its articleBody helps to choose. */
static void ld_scripts(dl_xhtml *h)
{
    const dl_dom *d = &h->d;
    dl_arena *a = h->p->a;
    dl_ld_all *all = DL_NEW(a, 1, dl_ld_all);
    dl_str titles[3], heading = first_heading(h);
    uint32_t n = 0;
    if (!all) return;
    for (uint32_t i = 0; i < d->n; i++) {
        if (d->type[i] != DL_NODE_ELEMENT) continue;
        const uint32_t t = d->first[i];
        if (d->tag[i] == DL_TAG_TITLE && t != DL_NONE && !n) titles[n++] = dl_extract_norm(a, dl_meta_decode(h->p, d->data[t]));
        if (d->tag[i] == DL_TAG_SCRIPT && t != DL_NONE &&
            dl_str_find_nocase(dl_dom_attr(d, i, "type"), DL_STR("ld+json"), 0) != SIZE_MAX)
            dl_jsonld_read(all, a, d->data[t], d->raw[t]);
    }
    if (heading.len) titles[n++] = dl_extract_norm(a, heading);
    dl_jsonld_settle(&h->ld, all, a, h->p->raw->url, titles, n);
}

void dl_meta_stated(dl_xhtml *h)
{
    ld_scripts(h);
    dl_map_init(&h->ld_grams, h->p->a);
    if (h->ld.body.len < 200) return;
    dl_str body = dl_meta_decode(h->p, h->ld.body);
    dl_str rest = dl_extract_norm(h->p->a, body), w;
    uint64_t last[4] = { 0 };
    uint32_t n = 0;
    while (dl_str_next(&rest, ' ', &w) && n < 60000) {
        last[n++ % 4] = dl_hash_str(w);
        if (n < 4) continue;
        uint64_t g = 0;
        for (uint32_t i = 0; i < 4; i++) g = dl_hash_mix(g, last[(n + i) % 4]);
        (void)dl_map_put(&h->ld_grams, g, 1);
    }
    h->ld_words = n;
}

/* "Headline | Daily Echo", "Headline - Daily Echo": the headline. */
static dl_str without_site(dl_xpage *p, dl_str t, dl_str site)
{
    static const char *const bars[] = { " | ",        " - ",  " \xe2\x80\x93 ", " \xe2\x80\x94 ",
                                        " \xc2\xbb ", " :: ", " \xc2\xb7 ",     " \xe2\x80\xa2 ",
                                        " / " };
    for (size_t i = 0; i < DL_COUNT(bars); i++) {
        size_t at = SIZE_MAX, next = 0;
        while ((next = dl_str_find(t, dl_str_of(bars[i]), next)) != SIZE_MAX) at = next++;
        if (at == SIZE_MAX) continue;
        dl_str head = dl_str_cut(t, 0, at), tail = dl_str_trim(dl_str_cut(t, at + strlen(bars[i]), t.len));
        bool same = site.len && (dl_str_eq_nocase(tail, site) || dl_str_find_nocase(tail, site, 0) != SIZE_MAX ||
                                 dl_str_find_nocase(site, tail, 0) != SIZE_MAX);
        dl_str nt = dl_extract_norm(p->a, tail), nh = dl_extract_norm(p->a, head);
        if (!nt.p || !nh.p) return t;
        size_t wt = 1, wh = 1;
        for (size_t j = 0; j < nt.len; j++) wt += nt.p[j] == ' ';
        for (size_t j = 0; j < nh.len; j++) wh += nh.p[j] == ' ';
        if (same || (i == 0 && wt <= 5 && wh > wt)) return without_site(p, dl_str_trim(head), (dl_str){ NULL, 0 });
        if (!site.len && wt <= 3 && wh >= 4 && bars[i][1] != '/') return dl_str_trim(head);
    }
    return t;
}

static bool alike(dl_xpage *p, dl_str a, dl_str b)
{
    if (!a.len || !b.len) return false;
    dl_str x = dl_extract_norm(p->a, a), y = dl_extract_norm(p->a, b);
    return dl_str_eq(x, y) || (x.len > 15 && y.len > 15 && (dl_str_starts(x, y) || dl_str_starts(y, x)));
}

/* The headline: what most of the first heading, JSON-LD, og:title and the page's title say; where all
 * differ, the first heading. */
static void choose_title(found *f)
{
    dl_xpage *p = f->h->p;
    if (p->title.len) return;
    const dl_str said[] = { f->h1, dl_meta_decode(p, f->h->ld.headline), without_site(p, dl_meta_decode(p, f->og_title), f->site),
                            without_site(p, dl_meta_decode(p, f->title), f->site) };
    uint32_t best = 0, top = 0;
    for (uint32_t i = 0; i < DL_COUNT(said); i++) {
        uint32_t votes = said[i].len > 0;
        for (uint32_t j = 0; j < DL_COUNT(said) && votes; j++) votes += j != i && alike(p, said[i], said[j]);
        if (votes > top) {
            top = votes;
            best = i;
        }
    }
    p->title = said[best];
}

static void host_of(dl_str url, dl_str *host)
{
    size_t at = dl_str_find(url, DL_STR("://"), 0);
    if (!url.p || at == SIZE_MAX) return;
    dl_str rest = dl_str_cut(url, at + 3, url.len);
    if (dl_str_starts(rest, DL_STR("www."))) rest = dl_str_cut(rest, 4, rest.len);
    size_t end = 0;
    while (end < rest.len && rest.p[end] != '/' && rest.p[end] != ':' && rest.p[end] != '?' && rest.p[end] != '#') end++;
    *host = dl_str_cut(rest, 0, end);
}

static void choose_outlet(found *f)
{
    dl_xpage *p = f->h->p;
    dl_str host = { NULL, 0 };
    if (p->outlet.len) return;
    if (f->site.len)
        p->outlet = dl_meta_decode(p, f->site);
    else if (f->h->ld.publisher.len)
        p->outlet = dl_meta_decode(p, f->h->ld.publisher);
    if (p->outlet.len && p->outlet.len < 80) return;
    host_of(p->raw->url.len ? p->raw->url : f->canonical, &host);
    p->outlet = host;
}

static void choose_language(found *f)
{
    dl_xpage *p = f->h->p;
    if (p->language.len) return;
    dl_str l = f->language.len ? f->language : f->h->ld.language;
    if (l.len < 2 || !dl_is_alpha(l.p[0]) || !dl_is_alpha(l.p[1]) || (l.len > 2 && dl_is_alpha(l.p[2]))) return;
    char *two = dl_arena_raw(p->a, 2, 1);
    if (!two) return;
    two[0] = dl_lower(l.p[0]);
    two[1] = dl_lower(l.p[1]);
    p->language = (dl_str){ two, 2 };
}

void dl_meta_read(dl_xhtml *h)
{
    dl_xpage *p = h->p;
    found f = { .h = h, .keys = dl_tsv_open(h->p->models, "meta_keys") };
    walk(&f);
    f.h1 = first_heading(h);
    if (f.canonical.len && f.canonical.len < 2000) p->b->meta.canonical = dl_put(p->b, f.canonical);
    choose_outlet(&f);
    choose_language(&f);
    choose_title(&f);
    dl_authors_read(h, f.author, f.authors);
    p->live |= h->ld.live;
}
