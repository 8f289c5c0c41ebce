/* meta.c: what a page of HTML says of itself outside its text: title, authors, outlet, dates,
 * language, canonical address. Several voices are heard (JSON-LD, meta elements, the page's own
 * headings and bylines, the address); each date is kept with what it rests on. */
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

/* A date of meta data or of <time datetime>: a whole instant where it is one, else as printed. */
static bool stated_date(dl_xhtml *h, dl_str v, bool modified, int sure, dl_span src)
{
    int64_t at;
    bool clock;
    dl_printed d = { .grain = DL_GRAIN_DAY };
    v = dl_str_trim(v);
    if (v.len < 6 || v.len > 60) return false;
    if (dl_date_read(v, &at, &clock)) {
        d.at = at;
        d.grain = clock ? DL_GRAIN_SECOND : DL_GRAIN_DAY;
    } else if (!dl_extract_date(h->p, v, 0, &d)) {
        return false;
    }
    dl_civil c = dl_civil_of(dl_day_of(d.at));
    if (c.year < 1990 || c.year > 2100) return false;
    dl_extract_hypothesis(h->p, d, DL_BY_META, sure, modified, src, v);
    return true;
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
static void meta_says(found *f, dl_str kind, dl_str key, dl_str v, dl_span src)
{
    dl_xpage *p = f->h->p;
    const bool sure = dl_str_starts_nocase(key, DL_STR("article:pub")) || dl_str_starts_nocase(key, DL_STR("datePub"));
    if (dl_str_eq(kind, DL_STR("published")))
        (void)stated_date(f->h, v, false, sure ? 92 : 80, src);
    else if (dl_str_eq(kind, DL_STR("modified")))
        (void)stated_date(f->h, v, true, 80, src);
    else if (dl_str_eq(kind, DL_STR("og")) || (dl_str_eq(kind, DL_STR("title")) && !f->og_title.len))
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
    if (key.len && v.len && kind.len) meta_says(f, kind, key, v, d->raw[n]);
}

static void link_element(found *f, uint32_t n)
{
    if (dl_str_eq_nocase(dl_dom_attr(&f->h->d, n, "rel"), DL_STR("canonical"))) f->canonical = dl_dom_attr(&f->h->d, n, "href");
}

static void time_element(found *f, uint32_t n)
{
    dl_xhtml *h = f->h;
    dl_str v = dl_dom_attr(&h->d, n, "datetime"), prop = dl_dom_attr(&h->d, n, "itemprop");
    if (!v.len) v = dl_dom_attr(&h->d, n, "content");
    uint32_t zones = h->flags[n];
    bool modified = dl_str_eq(prop, DL_STR("dateModified")) ||
                    dl_str_find_nocase(dl_dom_attr(&h->d, n, "class"), DL_STR("updat"), 0) != SIZE_MAX;
    bool named = prop.len > 0 || dl_dom_attr(&h->d, n, "pubdate").p != NULL;
    int sure = zones & DL_ZONE_BAD ? 15 : named ? 85 : 60;
    if (v.len) (void)stated_date(h, v, modified, sure, h->d.raw[n]);
}

static void walk(found *f)
{
    dl_xhtml *h = f->h;
    const dl_dom *d = &h->d;
    uint32_t times = 0;
    for (uint32_t n = 0; n < d->n; n++) {
        if (d->type[n] != DL_NODE_ELEMENT || d->ns[n] != DL_NS_HTML) continue;
        switch (d->tag[n]) {
        case DL_TAG_META: meta_element(f, n); break;
        case DL_TAG_LINK: link_element(f, n); break;
        case DL_TAG_TITLE:
            if (!f->title.len && d->first[n] != DL_NONE) f->title = d->data[d->first[n]];
            break;
        case DL_TAG_HTML: f->language = dl_dom_attr(d, n, "lang").len ? dl_dom_attr(d, n, "lang") : f->language; break;
        case DL_TAG_TIME:
            if (times++ < 12) time_element(f, n);
            break;
        case DL_TAG_ABBR:
            if (times < 12 && dl_str_eq(dl_dom_attr(d, n, "class"), DL_STR("published")))
                (void)stated_date(h, dl_dom_attr(d, n, "title"), false, 75, d->raw[n]);
            break;
        default: break;
        }
    }
}

/* Scripts of JSON-LD; read before anything else, for its articleBody helps to choose. */
static void ld_scripts(dl_xhtml *h)
{
    const dl_dom *d = &h->d;
    for (uint32_t n = 0; n < d->n; n++) {
        if (d->type[n] != DL_NODE_ELEMENT || d->tag[n] != DL_TAG_SCRIPT || d->first[n] == DL_NONE) continue;
        if (dl_str_find_nocase(dl_dom_attr(d, n, "type"), DL_STR("ld+json"), 0) == SIZE_MAX) continue;
        uint32_t t = d->first[n];
        dl_jsonld_read(h, d->data[t], d->raw[t]);
    }
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

/* A number of at most `max` digits at url[*at]; -1: none. */
static int32_t digits_at(dl_str url, size_t *at, size_t max)
{
    int32_t v = 0;
    size_t i = *at;
    for (; i < *at + max && i < url.len && dl_is_digit(url.p[i]); i++) v = v * 10 + (url.p[i] - '0');
    bool none = i == *at;
    *at = i;
    return none ? -1 : v;
}

/* The month's name behind /2023/: its number, 0: none stands there. */
static int named_month(const dl_xpage *p, dl_str url, size_t *at)
{
    size_t i = *at;
    while (i < url.len && dl_is_alpha(url.p[i])) i++;
    uint32_t r = i - *at < 3 || i - *at > 12 ? DL_NONE : dl_tsv_find_lower(&p->months, dl_str_cut(url, *at, i));
    uint64_t v = 0;
    if (r == DL_NONE || !dl_str_number(dl_tsv_cell(&p->months, r, 1), 12, &v)) return 0;
    *at = i;
    return (int)v;
}

/* 2023/02/22, 2023-02-22, 2023/feb/22, 20230222 at url[i]. */
static bool url_date_at(const dl_xpage *p, dl_str url, size_t i, int64_t *at, size_t *end, bool *parted)
{
    size_t j = i;
    const int32_t y = digits_at(url, &j, 4);
    if (j != i + 4 || y < 1995 || y > 2100 || j >= url.len) return false;
    const char sep = url.p[j];
    *parted = sep == '/' || sep == '-' || sep == '_' || sep == '.';
    j += *parted;
    int32_t m = digits_at(url, &j, 2);
    if (m < 0 && *parted) m = named_month(p, url, &j);
    if (m < 1 || (*parted && (j >= url.len || url.p[j] != sep))) return false;
    j += *parted;
    const int32_t d = digits_at(url, &j, 2);
    if (d < 0 || (*parted ? j < url.len && dl_is_digit(url.p[j]) : j - i != 8) || !dl_date_valid(y, m, d)) return false;
    *at = dl_seconds(dl_days(y, m, d));
    *end = j;
    return true;
}

void dl_meta_url_date(dl_xpage *p, dl_str url)
{
    for (size_t i = 0; i + 8 <= url.len; i++) {
        dl_printed d = { .grain = DL_GRAIN_DAY };
        size_t end;
        bool parted;
        if (!dl_is_digit(url.p[i]) || (i && dl_is_digit(url.p[i - 1])) || !url_date_at(p, url, i, &d.at, &end, &parted)) continue;
        dl_extract_hypothesis(p, d, DL_BY_URL, parted ? 85 : 60, false, (dl_span){ 0, 0 }, dl_str_cut(url, i, end));
        return;
    }
}

void dl_meta_read(dl_xhtml *h)
{
    dl_xpage *p = h->p;
    found f = { .h = h, .keys = dl_tsv_open(h->p->models, "meta_keys") };
    if (h->ld.published.len) (void)stated_date(h, h->ld.published, false, 95, (dl_span){ 0, 0 });
    if (h->ld.modified.len) (void)stated_date(h, h->ld.modified, true, 90, (dl_span){ 0, 0 });
    walk(&f);
    f.h1 = first_heading(h);
    if (f.canonical.len && f.canonical.len < 2000) p->b->meta.canonical = dl_put(p->b, f.canonical);
    choose_outlet(&f);
    choose_language(&f);
    choose_title(&f);
    dl_authors_read(h, f.author, f.authors);
    if (!p->raw->url.len && f.canonical.len) dl_meta_url_date(p, f.canonical);
    p->live |= h->ld.live;
}
