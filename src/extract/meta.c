/* meta.c: what a page of HTML says of itself outside its text: title, authors, outlet,
 * language, canonical address. Several voices are heard (JSON-LD, meta elements, the page's own
* headings and bylines, the address). Dates are when.c's. */
#include "extract/people.h"
#include "extract/voices.h"

typedef struct found {
    dl_voices *o;
    dl_xhtml *h;
    dl_tsv keys;  /* data/meta_keys.tsv                                                      */
    dl_str label; /* of the twitter:label that came last: "Written by"                       */
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
    return dl_str_find(s, DL_STR("://"), 0) != SIZE_MAX || dl_str_starts(s, DL_STR("/")) ||
           dl_str_find(s, DL_STR("@"), 0) != SIZE_MAX;
}

static void add(found *f, dl_stated_field field, dl_stated_basis basis, dl_str key, dl_str value, dl_span src)
{
    dl_voices *o = f->o;
    if (value.len > DL_VOICE_MAX || o->n == DL_VOICES) return;
    value = dl_meta_decode(f->h->p, value);
    if (!value.len) return;
    o->v[o->n++] = (dl_voice){ .value = value, .key = key, .src = src, .field = (uint8_t)field, .basis = (uint8_t)basis };
}

/* What one meta element says, by the kind that data/meta_keys.tsv gives its name. */
static void meta_says(found *f, dl_str kind, dl_str key, dl_str v, dl_span src)
{
    static const struct {
        const char *kind;
        uint8_t field, basis;
    } plain[] = { { "og", DL_STATED_TITLE, DL_STATED_BY_OG },
                  { "title", DL_STATED_TITLE, DL_STATED_BY_META },
                  { "site", DL_STATED_OUTLET, DL_STATED_BY_OG },
                  { "application", DL_STATED_OUTLET, DL_STATED_BY_META },
                  { "locale", DL_STATED_LANGUAGE, DL_STATED_BY_OG },
                  { "language", DL_STATED_LANGUAGE, DL_STATED_BY_META },
                  { "section", DL_STATED_SECTION, DL_STATED_BY_META },
                  { "og:url", DL_STATED_CANONICAL, DL_STATED_BY_OG },
                  { "syndication", DL_STATED_CANONICAL, DL_STATED_BY_META } };
    for (size_t i = 0; i < DL_COUNT(plain); i++)
        if (dl_str_eq(kind, dl_str_of(plain[i].kind))) add(f, plain[i].field, plain[i].basis, key, v, src);
    if (dl_str_eq(kind, DL_STR("og:description")) || (dl_str_eq(kind, DL_STR("description")) && !f->h->description.len))
        f->h->description = dl_meta_decode(f->h->p, v);
    else if (dl_str_eq(kind, DL_STR("author")) && !url_like(v))
        add(f, DL_STATED_AUTHOR, DL_STATED_BY_META, key, v, src);
    else if (dl_str_eq(kind, DL_STR("label")))
        f->label = v;
    else if (dl_str_eq(kind, DL_STR("label-data")) && dl_people_lead(f->h->p, f->label))
        add(f, DL_STATED_AUTHOR, DL_STATED_BY_META, key, v, src);
}

static void meta_element(found *f, uint32_t n)
{
    const dl_dom *d = &f->h->d;
    dl_str key = dl_dom_attr(d, n, "property"), v = dl_dom_attr(d, n, "content");
    if (!key.len) key = dl_dom_attr(d, n, "name");
    if (!key.len) key = dl_dom_attr(d, n, "itemprop");
    if (!key.len && dl_str_eq_nocase(dl_dom_attr(d, n, "http-equiv"), DL_STR("content-language")))
        add(f, DL_STATED_LANGUAGE, DL_STATED_BY_META, key, v, d->raw[n]);
    dl_str kind = key.len && v.len ? kind_of(f, key) : key;
    if (key.len && v.len && kind.len) meta_says(f, kind, key, v, d->raw[n]);
}

static void element(found *f, uint32_t n)
{
    const dl_dom *d = &f->h->d;
    const dl_str none = { NULL, 0 };
    switch (d->tag[n]) {
    case DL_TAG_META: meta_element(f, n); break;
    case DL_TAG_LINK:
        if (dl_str_eq_nocase(dl_dom_attr(d, n, "rel"), DL_STR("canonical")))
            add(f, DL_STATED_CANONICAL, DL_STATED_BY_LINK, none, dl_dom_attr(d, n, "href"), d->raw[n]);
        break;
    case DL_TAG_TITLE:
        if (!dl_voices_first(f->o, DL_STATED_TITLE, DL_STATED_BY_WINDOW) && d->first[n] != DL_NONE)
            add(f, DL_STATED_TITLE, DL_STATED_BY_WINDOW, none, d->data[d->first[n]], d->raw[d->first[n]]);
        break;
    case DL_TAG_HTML: add(f, DL_STATED_LANGUAGE, DL_STATED_BY_HTML, none, dl_dom_attr(d, n, "lang"), d->raw[n]); break;
    default: break;
    }
}

static void walk(found *f)
{
    const dl_dom *d = &f->h->d;
    for (uint32_t n = 0; n < d->n; n++)
        if (d->type[n] == DL_NODE_ELEMENT && d->ns[n] == DL_NS_HTML) element(f, n);
}

/* The first heading of the first rank that is a headline and no name of the site. */
static uint32_t first_heading(const dl_xhtml *h)
{
    uint32_t best = DL_NONE;
    for (uint32_t i = 0; i < h->p->n; i++) {
        const dl_xblock *k = &h->p->blk[i];
        bool h1 = false;
        for (uint32_t n = k->node, up = 0; n != DL_NONE && up < 4 && !h1; n = h->d.parent[n], up++) h1 = h->d.tag[n] == DL_TAG_H1;
        if (!h1 || (k->flags & (DL_ZONE_NAV | DL_ZONE_FOOT | DL_ZONE_RELATED | DL_ZONE_SIDE))) continue;
        if (k->words >= 3 || (k->chars > 12 && k->words <= 2)) return i;
        if (best == DL_NONE) best = i;
    }
    return best;
}

/* Scripts of JSON-LD; read before anything else, for its articleBody helps to choose. */
static void ld_scripts(dl_xhtml *h)
{
    const dl_dom *d = &h->d;
    dl_arena *a = h->p->a;
    dl_ld_all *all = DL_NEW(a, 1, dl_ld_all);
    dl_str titles[2];
    uint32_t n = 0, heading = first_heading(h);
    if (!all) return;
    for (uint32_t i = 0; i < d->n; i++) {
        if (d->type[i] != DL_NODE_ELEMENT) continue;
        const uint32_t t = d->first[i];
        if (d->tag[i] == DL_TAG_TITLE && t != DL_NONE && !n) titles[n++] = dl_extract_norm(a, dl_meta_decode(h->p, d->data[t]));
        if (d->tag[i] == DL_TAG_SCRIPT && t != DL_NONE &&
            dl_str_find_nocase(dl_dom_attr(d, i, "type"), DL_STR("ld+json"), 0) != SIZE_MAX)
            dl_jsonld_read(all, a, d->data[t], d->raw[t]);
    }
    if (heading != DL_NONE) titles[n++] = h->p->blk[heading].norm;
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

void dl_meta_read(dl_xhtml *h)
{
    dl_xpage *p = h->p;
    dl_voices *o = DL_NEW(p->a, 1, dl_voices);
    if (!o) return;
    found f = { .o = o, .h = h, .keys = dl_tsv_open(h->p->models, "meta_keys") };
    o->h = h;
    walk(&f);
    dl_heading_find(o);
    const dl_voice *canonical = dl_voices_first(o, DL_STATED_CANONICAL, DL_STATED_BY_LINK);
    host_of(p->raw->url.len ? p->raw->url : canonical ? canonical->value : p->raw->url, &o->host);
    dl_site_choose(o);
    dl_title_choose(o);
    dl_authors_choose(o);
    p->live |= h->ld.live;
}
