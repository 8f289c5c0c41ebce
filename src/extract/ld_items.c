/* ld_items.c: which object of a page's JSON-LD is its article, and who wrote that. Pages state other
 * articles too (teasers, lists, "related"), and name their authors by the @id of another object. */
#include "extract/jsonld.h"
#include "extract/page.h"

#define HEADLINE 2000 /* bytes; a longer one is none                                            */

/* An address without its scheme, "www.", query, fragment and final '/'. */
static dl_str bare(dl_str url)
{
    size_t at = dl_str_find(url, DL_STR("://"), 0);
    if (at != SIZE_MAX && at < 8) url = dl_str_cut(url, at + 3, url.len);
    if (dl_str_starts(url, DL_STR("www."))) url = dl_str_cut(url, 4, url.len);
    size_t end = 0;
    while (end < url.len && url.p[end] != '?' && url.p[end] != '#') end++;
    while (end && url.p[end - 1] == '/') end--;
    return dl_str_cut(url, 0, end);
}

static bool same_place(dl_str a, dl_str b)
{
    a = bare(a);
    b = bare(b);
    return a.len && b.len && dl_str_eq(a, b) && dl_str_find(a, DL_STR("/"), 0) != SIZE_MAX;
}

static bool titled(dl_arena *a, dl_str headline, const dl_str *titles, uint32_t n)
{
    if (headline.len > HEADLINE) return false;
    dl_str h = dl_extract_norm(a, headline);
    for (uint32_t i = 0; i < n && h.len >= 10; i++)
        if (dl_str_find(titles[i], h, 0) != SIZE_MAX || (titles[i].len >= 20 && dl_str_find(h, titles[i], 0) != SIZE_MAX))
            return true;
    return false;
}

static int worth(const dl_ld_item *k, dl_arena *a, dl_str url, const dl_str *titles, uint32_t n)
{
    int v = k->article ? 20 : 0;
    v += k->inner ? 0 : 10;
    v += same_place(k->url, url) || same_place(k->id, url) ? 6 : 0;
    v += k->headline.len && titled(a, k->headline, titles, n) ? 5 : 0;
    v += k->headline.len ? 2 : 0;
    v += k->body.len ? 1 : 0;
    return v;
}

static void take(dl_str *to, dl_str from)
{
    if (!to->len) *to = from;
}

static void take_authors(dl_ld *out, const dl_ld_all *all, const dl_ld_item *k)
{
    for (uint32_t i = 0; i < k->authors && out->authors < DL_LD_AUTHORS; i++) {
        dl_ld_name n = k->author[i];
        for (uint32_t j = 0; j < all->persons && !n.name.len; j++)
            if (dl_str_eq(all->person[j].id, n.id)) n = all->person[j];
        if (n.name.len) out->author[out->authors++] = n;
    }
}

static void take_item(dl_ld *out, const dl_ld_item *k)
{
    if (k->headline.len <= HEADLINE) take(&out->headline, k->headline);
    if (!out->body.len && k->body.len) {
        out->raw_body = k->raw_body;
        out->body_at = k->body_at;
        out->body = k->body;
    }
    take(&out->published, k->published);
    take(&out->modified, k->modified);
    take(&out->publisher, k->publisher);
    take(&out->language, k->language);
    take(&out->section, k->section);
    out->paid |= k->paid;
}

void dl_jsonld_settle(dl_ld *out, const dl_ld_all *all, dl_arena *a, dl_str url, const dl_str *titles, uint32_t n)
{
    const dl_ld_item *best = NULL;
    int top = 0;
    for (uint32_t i = 0; i < all->n; i++) {
        const int v = worth(&all->item[i], a, url, titles, n);
        if (v > top) {
            top = v;
            best = &all->item[i];
        }
    }
    if (!best) return;
    out->found = best->article;
    out->live = best->live;
    take_item(out, best);
    take_authors(out, all, best);
    for (uint32_t i = 0; i < all->n; i++) { /* the same article said again, or the page round it */
        const dl_ld_item *k = &all->item[i];
        if (k == best || k->inner) continue;
        out->live |= k->live;
        take_item(out, k);
        if (!out->authors) take_authors(out, all, k);
    }
    for (uint32_t j = 0; j < all->persons && !out->publisher.len; j++)
        if (best->publisher_id.len && dl_str_eq(all->person[j].id, best->publisher_id)) out->publisher = all->person[j].name;
}
