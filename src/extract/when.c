/* when.c: what a page says of its own date: in meta data and elements of HTML, in its address, in
 * the lines round its headline. Each date is kept with what it rests on; dates/ chooses. */
#include "extract/html_page.h"

/* A date of meta data or of <time datetime>: a whole instant where it is one, else as printed. */
bool dl_when_stated(dl_xhtml *h, dl_str v, bool modified, int sure, dl_span src)
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

void dl_when_time(dl_xhtml *h, uint32_t n)
{
    dl_str v = dl_dom_attr(&h->d, n, "datetime"), prop = dl_dom_attr(&h->d, n, "itemprop");
    if (!v.len) v = dl_dom_attr(&h->d, n, "content");
    uint32_t zones = h->flags[n];
    bool modified = dl_str_eq(prop, DL_STR("dateModified")) ||
                    dl_str_find_nocase(dl_dom_attr(&h->d, n, "class"), DL_STR("updat"), 0) != SIZE_MAX;
    bool named = prop.len > 0 || dl_dom_attr(&h->d, n, "pubdate").p != NULL;
    int sure = zones & DL_ZONE_BAD ? 15 : named ? 85 : 60;
    if (v.len) (void)dl_when_stated(h, v, modified, sure, h->d.raw[n]);
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

void dl_when_url(dl_xpage *p, dl_str url)
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

/* Where no line is a date and nothing else: dates inside the lines round the headline and in those whose
 * class speaks of a date, each with less belief. */
void dl_when_lines(dl_xhtml *h)
{
    dl_xpage *p = h->p;
    uint32_t title = DL_NONE, first = p->n, found = 0;
    for (uint32_t i = 0; i < p->b->d.dates.n; i++)
        if (p->b->d.dates.basis[i] == DL_BY_PRINTED && !p->b->d.dates.modified[i]) return;
    for (uint32_t i = p->n; i-- > 0;) {
        if (p->blk[i].role == DL_ROLE_TITLE) title = i;
        if (p->blk[i].role == DL_ROLE_KEEP && p->blk[i].kind <= DL_POST) first = i;
    }
    for (uint32_t i = 0; i < p->n && found < 3; i++) {
        const dl_xblock *k = &p->blk[i];
        dl_printed d;
        if (k->words > 40 || (k->flags & (DL_ZONE_RELATED | DL_ZONE_COMMENT | DL_ZONE_NAV | DL_ZONE_FOOT | DL_ZONE_HIDDEN)))
            continue;
        bool named = (k->flags & (DL_ZONE_META | DL_ZONE_BYLINE)) != 0,
             near = title != DL_NONE && i + 2 >= title && i <= title + 5;
        if ((!named && !near && i >= first) || !dl_extract_date(p, k->text, 0, &d)) continue;
        dl_extract_hypothesis(p, d, DL_BY_PRINTED,
                              named && near ? 70
                              : named       ? 60
                              : near        ? 55
                                            : 40,
                              false, k->src, dl_str_cut(k->text, d.span.beg, d.span.end));
        if ((named || near) && p->b->meta.printed == DL_NEVER) p->b->meta.printed = d.at;
        found++;
    }
}
