/* when.c: dates that elements of a page state: JSON-LD and <meta>, microdata, <time>, attributes, and
 * short texts whose class speaks of a date. */
#include "extract/when_page.h"

#define TIMES_MAX 40 /* <time> and the like; a page with more is a list                             */
#define ITEMS_MAX 60 /* dates of other attributes                                                   */
#define NEAR 400u    /* bytes of src round the headline that count as near it, at least              */

static bool plausible(int64_t at)
{
    const dl_civil c = dl_civil_of(dl_day_of(at));
    return c.year >= 1990 && c.year <= 2100;
}

/* Seconds or milliseconds since 1970, of 1995 to 2035. */
static bool epoch_value(dl_str v, dl_printed *out)
{
    uint64_t n = 0;
    if ((v.len != 10 && v.len != 13 && v.len != 9) || !dl_str_number(v, UINT64_C(4000000000000), &n)) return false;
    if (v.len == 13) n /= 1000;
    if (n < 788918400 || n > 2051222400) return false;
    out->at = (int64_t)n;
    out->day = dl_day_of(out->at);
    out->grain = DL_GRAIN_SECOND;
    out->utc = true;
    return true;
}

/* What follows from the ISO form alone: "2020-02-15T07:00+09:00" is the 15th where it was written. */
static void iso_value(dl_str v, bool clock, dl_printed *out)
{
    int64_t midnight = out->at;
    bool none;
    out->grain = clock ? DL_GRAIN_SECOND : DL_GRAIN_DAY;
    if (clock) (void)dl_date_read(dl_str_cut(v, 0, 10), &midnight, &none);
    out->day = dl_day_of(midnight);
    out->utc = clock && (dl_str_ends(v, DL_STR("Z")) || dl_str_ends(v, DL_STR("+00:00")) || dl_str_ends(v, DL_STR("+0000")));
}

bool dl_when_value(const dl_xpage *p, dl_str v, bool epoch, dl_printed *out)
{
    bool clock;
    *out = (dl_printed){ .grain = DL_GRAIN_DAY };
    v = dl_str_trim(v);
    if (v.len < 6 || v.len > 60) return false;
    if (dl_date_read(v, &out->at, &clock))
        iso_value(v, clock, out);
    else if (!(epoch && epoch_value(v, out)) && !dl_extract_date(p, v, 0, out))
        return false;
    return plausible(out->at);
}

void dl_when_both(dl_xpage *p, dl_when *w)
{
    if (w->d.vague) w->signs |= DL_DATE_VAGUE;
    dl_when_add(p, w);
    if (!w->d.vague) return;
    const dl_civil c = dl_civil_of(w->d.day);
    dl_when other = *w;
    other.d.day = dl_days(c.year, c.day, c.month);
    other.d.at = dl_seconds(other.d.day);
    other.d.grain = DL_GRAIN_DAY;
    other.sure = w->sure / 2;
    other.signs |= DL_DATE_SWAPPED;
    dl_when_add(p, &other);
}

dl_date_region dl_when_region(const dl_when_page *w, uint32_t i)
{
    if (w->title != DL_NONE && (w->first == DL_NONE || w->title <= w->first)) {
        if (i < w->title) return i + 4 >= w->title ? DL_REGION_ABOVE : DL_REGION_HEAD;
        if (i <= w->title + 5 && (w->first == DL_NONE || i <= w->last)) return DL_REGION_TITLE;
    }
    if (w->first == DL_NONE) return DL_REGION_NONE;
    if (i <= w->first) return i + 8 >= w->first || (w->title != DL_NONE && i > w->title) ? DL_REGION_LEDE : DL_REGION_HEAD;
    if (i <= w->last) return DL_REGION_BODY;
    return i <= w->last + 5 ? DL_REGION_END : DL_REGION_TAIL;
}

dl_date_region dl_when_region_at(const dl_when_page *w, uint32_t byte)
{
    if (w->title != DL_NONE) {
        const uint32_t at = w->p->blk[w->title].src.beg;
        if (byte < at && byte < w->text) return byte >= w->above ? DL_REGION_ABOVE : DL_REGION_HEAD;
        if (byte >= at && byte <= w->below && (w->first == DL_NONE || byte < w->text_end)) return DL_REGION_TITLE;
    }
    if (w->first == DL_NONE) return DL_REGION_NONE;
    if (byte < w->text) return w->title != DL_NONE || byte + 2 * NEAR >= w->text ? DL_REGION_LEDE : DL_REGION_HEAD;
    if (byte < w->text_end) return DL_REGION_BODY;
    return byte <= w->text_end + 2 * NEAR ? DL_REGION_END : DL_REGION_TAIL;
}

unsigned dl_when_zones(uint32_t flags)
{
    return (flags & DL_WHEN_ASIDE ? DL_DATE_ASIDE : 0u) | (flags & DL_ZONE_FOOT ? DL_DATE_FOOT : 0u) |
           (flags & (DL_ZONE_META | DL_ZONE_BYLINE) ? DL_DATE_NAMED : 0u);
}

bool dl_when_word(dl_str name)
{
    static const char *const words[] = { "date", "datum", "time", "publi", "posted", "creat", "fecha", "uhrzeit", "stand" };
    for (size_t i = 0; i < DL_COUNT(words); i++)
        if (dl_str_find_nocase(name, dl_str_of(words[i]), 0) != SIZE_MAX) return true;
    return false;
}

static bool changed_word(dl_str name)
{
    return dl_str_find_nocase(name, DL_STR("modif"), 0) != SIZE_MAX || dl_str_find_nocase(name, DL_STR("updat"), 0) != SIZE_MAX;
}

static void find_article(dl_when_page *w)
{
    const dl_xpage *p = w->p;
    for (uint32_t i = 0; i < p->n; i++) {
        const dl_xblock *k = &p->blk[i];
        if (k->role == DL_ROLE_TITLE && (w->title == DL_NONE || (w->first == DL_NONE && k->flags & DL_ZONE_HEADING)))
            w->title = i;
        if (!dl_extract_in_body(k)) continue;
        if (w->first == DL_NONE) w->first = i;
        w->last = i;
    }
    if (w->title != DL_NONE) {
        const uint32_t above = w->title >= 4 ? w->title - 4 : 0, below = w->title + 5 < p->n ? w->title + 5 : p->n - 1;
        const uint32_t beg = p->blk[w->title].src.beg, end = p->blk[w->title].src.end;
        w->above = p->blk[above].src.beg + NEAR < beg ? p->blk[above].src.beg : beg - (beg < NEAR ? beg : NEAR);
        w->below = p->blk[below].src.end > end + NEAR ? p->blk[below].src.end : end + NEAR;
    }
    if (w->first != DL_NONE) {
        w->text = p->blk[w->first].src.beg;
        w->text_end = p->blk[w->last].src.end;
    }
}

static void stated(dl_when_page *w, dl_date_place place, dl_str v, bool modified, int sure, dl_span src)
{
    dl_when x = { .basis = DL_BY_META, .place = place, .sure = sure, .modified = modified, .src = src, .words = dl_str_trim(v) };
    if (!dl_when_value(w->p, v, false, &x.d)) return;
    if (x.d.vague) x.sure /= 2;
    dl_when_both(w->p, &x);
    w->strong |= !modified && (place == DL_DATE_LD || place == DL_DATE_META);
}

static bool has(dl_str s, const char *z) { return dl_str_find_nocase(s, dl_str_of(z), 0) != SIZE_MAX; }

static void meta_element(dl_when_page *w, const dl_tsv *keys, uint32_t n)
{
    const dl_dom *d = &w->h->d;
    dl_str key = dl_dom_attr(d, n, "property"), v = dl_dom_attr(d, n, "content");
    if (!key.len) key = dl_dom_attr(d, n, "name");
    const bool item = !key.len;
    if (!key.len) key = dl_dom_attr(d, n, "itemprop");
    if (!key.len) key = dl_dom_attr(d, n, "http-equiv");
    if (!key.len || v.len < 6) return;
    if (dl_str_eq_nocase(key, DL_STR("og:image")) || dl_str_eq_nocase(key, DL_STR("twitter:image"))) {
        dl_when_address(w->p, v, DL_DATE_PICTURE);
        return;
    }
    const uint32_t r = dl_tsv_find_lower(keys, key);
    const dl_str kind = r == DL_NONE ? (dl_str){ NULL, 0 } : dl_tsv_cell(keys, r, 1);
    const bool modified = dl_str_eq(kind, DL_STR("modified"));
    if (!modified && !dl_str_eq(kind, DL_STR("published"))) return;
    const dl_date_place place = item                                                   ? DL_DATE_ITEM
                                : modified || has(key, "publi") || has(key, "pubdate") ? DL_DATE_META
                                : has(key, "creat") || has(key, "issued")              ? DL_DATE_META_MADE
                                                                                       : DL_DATE_META_DAY;
    const bool sure = dl_str_starts_nocase(key, DL_STR("article:pub")) || dl_str_starts_nocase(key, DL_STR("datePub"));
    stated(w, place, v, modified, sure ? 92 : 80, d->raw[n]);
}

/* <time>, <abbr title>, microdata: by attribute, else by the text inside. */
static bool element(dl_when_page *w, uint32_t n, dl_str prop)
{
    const dl_dom *d = &w->h->d;
    dl_str v = dl_dom_attr(d, n, "datetime");
    if (!v.len) v = dl_dom_attr(d, n, "content");
    if (!v.len && d->tag[n] == DL_TAG_ABBR) v = dl_dom_attr(d, n, "title");
    const bool text = !v.len;
    if (text && d->first[n] != DL_NONE && d->type[d->first[n]] == DL_NODE_TEXT) v = d->data[d->first[n]];
    dl_when x = { .basis = text ? DL_BY_PRINTED : DL_BY_META,
                  .place = prop.len ? DL_DATE_ITEM : DL_DATE_TIME,
                  .region = dl_when_region_at(w, d->raw[n].beg),
                  .signs = dl_when_zones(w->h->flags[n]) | (dl_dom_attr(d, n, "pubdate").p ? DL_DATE_SAID : 0u),
                  .modified = changed_word(prop) || changed_word(dl_dom_attr(d, n, "class")),
                  .src = d->raw[n],
                  .words = dl_str_trim(v) };
    if (!v.len || !dl_when_value(w->p, v, true, &x.d)) return false;
    x.sure = x.signs & (DL_DATE_ASIDE | DL_DATE_FOOT) ? 15 : prop.len || x.signs & DL_DATE_SAID ? 85 : 60;
    if (text) x.signs |= DL_DATE_ALONE;
    if (has(prop, "publi") || has(prop, "pubdate")) x.signs |= DL_DATE_SAID;
    dl_when_both(w->p, &x);
    return true;
}

/* data-date, data-published, title="20.06.2018". */
static bool attribute(dl_when_page *w, uint32_t n, uint32_t a)
{
    const dl_dom *d = &w->h->d;
    const dl_str name = d->attr_name[a], v = d->attr_value[a];
    const bool data = dl_str_starts(name, DL_STR("data-"));
    if (!(data ? dl_when_word(name) || has(name, "utime") : d->tag[n] != DL_TAG_A && d->tag[n] != DL_TAG_IMG)) return false;
    dl_when x = { .basis = DL_BY_META,
                  .place = DL_DATE_ATTRIBUTE,
                  .region = dl_when_region_at(w, d->raw[n].beg),
                  .signs = dl_when_zones(w->h->flags[n]) | (has(name, "publi") ? DL_DATE_SAID : 0u),
                  .modified = changed_word(name),
                  .sure = 40,
                  .src = d->raw[n],
                  .words = dl_str_trim(v) };
    if (!dl_when_value(w->p, v, data, &x.d)) return false;
    dl_when_both(w->p, &x);
    return true;
}

/* Whether the class or id of the element, or of the one that holds it, speaks of a date. */
static bool of_dates(const dl_dom *d, uint32_t n, dl_str *name)
{
    for (int up = 0; up < 2 && n != DL_NONE && d->type[n] == DL_NODE_ELEMENT; up++, n = d->parent[n]) {
        *name = dl_dom_attr(d, n, "class");
        if (d->n_attr[n] && (dl_when_word(*name) || dl_when_word(dl_dom_attr(d, n, "id")))) return true;
    }
    return false;
}

/* "<span class=date>3.4.2019</span>": the class of a short text says what it is; or it is a date and nothing
 * else, whatever else stands in its line. */
static bool short_text(dl_when_page *w, uint32_t n)
{
    const dl_dom *d = &w->h->d;
    const uint32_t up = d->parent[n];
    const dl_str s = dl_str_trim(d->data[n]);
    if (s.len < 6 || s.len > 80 || up == DL_NONE || d->type[up] != DL_NODE_ELEMENT || d->tag[up] == DL_TAG_TIME ||
        !dl_extract_may_date(s))
        return false;
    dl_when x = { .basis = DL_BY_PRINTED,
                  .region = dl_when_region_at(w, d->raw[n].beg),
                  .signs = dl_when_zones(w->h->flags[up]),
                  .src = d->raw[n] };
    dl_str name = { NULL, 0 };
    if (!dl_extract_brief_date(w->p, s, 0, &x.d) || !plausible(x.d.at)) return false;
    const bool classed = of_dates(d, up, &name);
    const dl_date_said said = dl_extract_date_said(dl_str_cut(s, 0, x.d.span.beg));
    const bool alone = x.d.span.end - (said == DL_SAID_PUBLISHED ? 0 : x.d.span.beg) + 4 >= s.len;
    if (!classed && !alone) return false;
    x.place = classed ? DL_DATE_CLASS : DL_DATE_PRINTED;
    x.modified = said == DL_SAID_CHANGED || (classed && changed_word(name));
    x.sure = x.signs & (DL_DATE_ASIDE | DL_DATE_FOOT) ? 15 : x.d.vague ? 45 : 70;
    x.signs |= (said == DL_SAID_PUBLISHED ? DL_DATE_SAID : 0u) | (said == DL_SAID_OTHER ? DL_DATE_OTHER : 0u) |
               (alone ? DL_DATE_ALONE : 0u);
    x.words = dl_str_cut(s, x.d.span.beg, x.d.span.end);
    dl_when_both(w->p, &x);
    return true;
}

static void other_element(dl_when_page *w, uint32_t n, uint32_t *times, uint32_t *items)
{
    const dl_dom *d = &w->h->d;
    dl_str prop = { NULL, 0 };
    for (uint32_t a = d->attr[n], end = a + d->n_attr[n]; a < end; a++) {
        const dl_str name = d->attr_name[a];
        if (dl_str_eq(name, DL_STR("itemprop")) || dl_str_eq(name, DL_STR("property"))) {
            if (dl_when_word(d->attr_value[a])) prop = d->attr_value[a];
        } else if (*items < ITEMS_MAX && name.len >= 5 && (name.p[0] == 'd' || name.p[0] == 't') && d->attr_value[a].len >= 8 &&
                   d->attr_value[a].len <= 40 && (dl_str_eq(name, DL_STR("title")) || dl_str_starts(name, DL_STR("data-"))) &&
                   (dl_is_digit(d->attr_value[a].p[0]) || dl_extract_may_date(d->attr_value[a]))) {
            *items += attribute(w, n, a);
        }
    }
    if (*times < TIMES_MAX && (d->tag[n] == DL_TAG_TIME || d->tag[n] == DL_TAG_ABBR || prop.len)) *times += element(w, n, prop);
}

static void elements(dl_when_page *w)
{
    const dl_dom *d = &w->h->d;
    const dl_tsv keys = dl_tsv_open(w->p->models, "meta_keys");
    uint32_t times = 0, items = 0, texts = 0;
    for (uint32_t n = 0; n < d->n; n++) {
        if (d->type[n] == DL_NODE_TEXT) {
            if (d->data[n].len >= 6 && d->data[n].len <= 200 && texts < ITEMS_MAX) texts += short_text(w, n);
        } else if (d->type[n] == DL_NODE_ELEMENT && d->n_attr[n] && d->ns[n] == DL_NS_HTML) {
            if (d->tag[n] == DL_TAG_META)
                meta_element(w, &keys, n);
            else
                other_element(w, n, &times, &items);
        } else if (d->type[n] == DL_NODE_ELEMENT && d->tag[n] == DL_TAG_TIME && times < TIMES_MAX) {
            times += element(w, n, (dl_str){ NULL, 0 });
        }
    }
}

static void scripts(dl_when_page *w)
{
    const dl_dom *d = &w->h->d;
    for (uint32_t n = 0; n < d->n; n++) {
        if (d->type[n] == DL_NODE_ELEMENT && d->tag[n] == DL_TAG_SCRIPT && d->first[n] != DL_NONE) {
            const bool ld = has(dl_dom_attr(d, n, "type"), "ld+json");
            if (ld || !w->strong) dl_when_script(w, d->first[n], ld);
        } else if (!w->strong && d->type[n] == DL_NODE_COMMENT) {
            dl_when_comment(w, n);
        }
    }
}

/* American pages print the month first. */
static bool american(const dl_dom *d)
{
    for (uint32_t n = 0; n < d->n && n < 64; n++)
        if (d->type[n] == DL_NODE_ELEMENT && d->tag[n] == DL_TAG_HTML) {
            const dl_str lang = dl_dom_attr(d, n, "lang");
            return dl_str_eq_nocase(lang, DL_STR("en-US")) || dl_str_eq_nocase(lang, DL_STR("en_US"));
        }
    return false;
}

void dl_when_read(dl_xhtml *h)
{
    dl_xpage *p = h->p;
    p->month_first = american(&h->d);
    dl_when_page w = { .h = h, .p = p, .title = DL_NONE, .first = DL_NONE, .last = DL_NONE };
    find_article(&w);
    if (h->ld.published.len) stated(&w, DL_DATE_LD, h->ld.published, false, 95, (dl_span){ 0, 0 });
    if (h->ld.modified.len) stated(&w, DL_DATE_LD, h->ld.modified, true, 90, (dl_span){ 0, 0 });
    elements(&w);
    scripts(&w);
    const dl_str own = dl_doc_str(&p->b->d, p->b->meta.canonical);
    if (own.len) dl_when_address(p, own, DL_DATE_CANONICAL);
    dl_when_lines(&w);
}
