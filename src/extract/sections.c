/* sections.c: what stands inside the article's element and is not the article: cards of other
 * articles (a linked headline, perhaps a line or two), sections under "Related stories", embedded
 * posts. They are marked as zones before trim.c decides on each block. */
#include "extract/html_page.h"

#define CARD_WORDS 120    /* words below an element that is still a card                         */
#define SECTION_WORDS 400 /* words of a section of links                                         */

typedef struct sums {
    uint32_t *words; /* [d.n] words below the element                                           */
    uint16_t *heads; /* [d.n] headings and linked headlines below                               */
    uint32_t *first; /* [d.n] first block below                                                 */
    uint8_t *inside; /* [d.n] under the root                                                    */
} sums;

static bool headline(const dl_xblock *k) { return k->words >= 4 && k->words <= 30 && dl_choose_links(k) > 0.85f; }

static bool make_sums(dl_xhtml *h, sums *s)
{
    dl_arena *a = h->p->a;
    s->words = DL_NEW(a, h->d.n, uint32_t);
    s->heads = DL_NEW(a, h->d.n, uint16_t);
    s->first = DL_NEW(a, h->d.n, uint32_t);
    s->inside = DL_NEW(a, h->d.n, uint8_t);
    if (!s->words || !s->heads || !s->first || !s->inside) return false;
    for (uint32_t i = 0; i < h->d.n; i++) s->first[i] = DL_NONE;
    for (uint32_t i = 0; i < h->p->n; i++) {
        const dl_xblock *k = &h->p->blk[i];
        s->words[k->node] += k->words;
        if (s->first[k->node] == DL_NONE) s->first[k->node] = i;
        if (((k->flags & DL_ZONE_HEADING) || headline(k)) && s->heads[k->node] < 1000) s->heads[k->node]++;
    }
    for (uint32_t i = h->seen; i-- > 0;) {
        uint32_t n = h->order[i], up = h->d.parent[n];
        if (up == DL_NONE) continue;
        s->words[up] += s->words[n];
        if (s->first[n] < s->first[up]) s->first[up] = s->first[n];
        uint32_t heads = (uint32_t)s->heads[up] + s->heads[n];
        s->heads[up] = (uint16_t)(heads < 1000 ? heads : 1000);
    }
    s->inside[h->root] = 1;
    for (uint32_t i = 0; i < h->seen; i++) {
        uint32_t n = h->order[i], up = h->d.parent[n];
        if (up != DL_NONE && s->inside[up]) s->inside[n] = 1;
    }
    return true;
}

static bool elsewhere(dl_xhtml *h, uint32_t node)
{
    dl_str host = { NULL, 0 };
    for (uint32_t n = node; n != DL_NONE; n = dl_dom_next(&h->d, node, n, false)) {
        if (h->d.tag[n] != DL_TAG_A) continue;
        dl_str href = dl_dom_attr(&h->d, n, "href");
        size_t at = dl_str_find(href, DL_STR("://"), 0);
        dl_str url = h->p->raw->url;
        size_t own = dl_str_find(url, DL_STR("://"), 0);
        if (at == SIZE_MAX || own == SIZE_MAX) return false;
        host = dl_str_cut(href, at + 3, href.len);
        dl_str mine = dl_str_cut(url, own + 3, url.len);
        size_t a = dl_str_find(host, DL_STR("/"), 0), b = dl_str_find(mine, DL_STR("/"), 0);
        host.len = a == SIZE_MAX ? host.len : a;
        mine.len = b == SIZE_MAX ? mine.len : b;
        return !dl_str_eq_nocase(host, mine) && !dl_str_ends(host, mine) && !dl_str_ends(mine, host);
    }
    return false;
}

/* Does the element begin with block i, but for a word or two (a section's name, a number)? */
static bool begins(const dl_xhtml *h, const sums *s, uint32_t node, uint32_t i)
{
    uint32_t words = 0;
    if (s->first[node] == DL_NONE || s->first[node] + 4 < i) return false;
    for (uint32_t j = s->first[node]; j < i; j++) words += h->p->blk[j].words;
    return words <= 6;
}

/* The largest element round block i that begins with it and holds one headline and few words. */
static uint32_t card_of(const dl_xhtml *h, const sums *s, uint32_t i, uint32_t words, uint16_t heads)
{
    uint32_t n = h->p->blk[i].node;
    for (uint32_t up = h->d.parent[n];
         up != DL_NONE && up != h->root && s->inside[up] && s->words[up] <= words && s->heads[up] <= heads && begins(h, s, up, i);
         up = h->d.parent[n])
        n = up;
    return n;
}

static void mark_cards(dl_xhtml *h, const sums *s, uint8_t *card)
{
    uint32_t found = 0, first = DL_NONE;
    for (uint32_t i = 0; i < h->p->n; i++) {
        const dl_xblock *k = &h->p->blk[i];
        if (!s->inside[k->node] || !headline(k) || k->closed || elsewhere(h, k->node)) continue;
        uint32_t n = card_of(h, s, i, CARD_WORDS, 1);
        if (n == k->node || s->words[n] == k->words) continue;
        if (found++ == 0)
            first = n;
        else
            card[n] = 1;
    }
    if (found >= 2) card[first] = 1; /* one alone may be a box that belongs to the text */
}

/* "Related stories": the element of that heading, or what follows it in a list of links. */
static void mark_sections(dl_xhtml *h, const sums *s, uint8_t *card)
{
    for (uint32_t i = 0; i < h->p->n; i++) {
        const dl_xblock *k = &h->p->blk[i];
        if (!s->inside[k->node] || k->lex != DL_LEX_TAIL) continue;
        uint32_t n = k->node;
        for (uint32_t up = h->d.parent[n]; up != DL_NONE && up != h->root && s->words[up] <= SECTION_WORDS &&
                                           s->words[up] * 3 < s->words[h->root] && begins(h, s, up, i);
             up = h->d.parent[n])
            n = up;
        if (n != k->node) card[n] = 1;
    }
}

static uint32_t article_of(const dl_xhtml *h, uint32_t node)
{
    for (uint32_t n = node; n != DL_NONE && n != h->body; n = h->d.parent[n])
        if (h->d.tag[n] == DL_TAG_ARTICLE) return n;
    return DL_NONE;
}

/* Pages that go on with the next article: an <article> with a first heading of its own that is not the page's. */
static void mark_other_articles(dl_xhtml *h, const sums *s, uint8_t *card)
{
    const dl_str title = dl_extract_norm(h->p->a, h->p->title);
    const uint64_t hash = dl_hash_str(title);
    uint32_t own = DL_NONE;
    for (uint32_t i = 0; i < h->p->n && own == DL_NONE && title.len; i++)
        if (h->p->blk[i].hash == hash) own = article_of(h, h->p->blk[i].node);
    for (uint32_t i = 0; i < h->p->n && own != DL_NONE; i++) {
        const dl_xblock *k = &h->p->blk[i];
        const uint32_t n = k->tag == DL_TAG_H1 && k->hash != hash ? article_of(h, k->node) : DL_NONE;
        bool round = n == DL_NONE || n == own || !s->inside[n];
        for (uint32_t up = own; up != DL_NONE && !round; up = h->d.parent[up]) round = up == n;
        if (!round && article_of(h, h->d.parent[n]) != own) card[n] = 1;
    }
}

/* "— Name (@handle) May 3, 2021", "pic.twitter.com/x": a post of a social network, printed as a quotation. */
static bool printed_post(const dl_xblock *k)
{
    size_t at = dl_str_find(k->text, DL_STR("(@"), 0);
    bool signature = at != SIZE_MAX && k->words <= 16 &&
                     (dl_str_starts(k->text, DL_STR("\xe2\x80\x94")) || dl_str_starts(k->text, DL_STR("-")) ||
                      dl_str_starts(k->text, DL_STR("\xe2\x80\x93")));
    return signature || (dl_str_find(k->text, DL_STR("pic.twitter.com/"), 0) != SIZE_MAX && k->words <= 90);
}

static void mark_printed_posts(dl_xhtml *h, const sums *s)
{
    for (uint32_t i = 0; i < h->p->n; i++) {
        const dl_xblock *k = &h->p->blk[i];
        if (!s->inside[k->node] || !(k->flags & DL_ZONE_BLOCKQUOTE) || !printed_post(k)) continue;
        uint32_t n = k->node;
        while (n != h->root && h->d.tag[n] != DL_TAG_BLOCKQUOTE && h->d.parent[n] != DL_NONE) n = h->d.parent[n];
        if (h->d.tag[n] == DL_TAG_BLOCKQUOTE && s->words[n] < 200) h->flags[n] |= DL_ZONE_EMBED;
    }
}

static void mark_embeds(dl_xhtml *h, const sums *s)
{
    static const char *const names[] = { "twitter-tweet", "twitter-video", "instagram-media", "tiktok-embed",   "fb-post",
                                         "reddit-embed",  "bluesky-embed", "twitter-embed",   "mastodon-embed", "threads-post" };
    for (uint32_t i = 0; i < h->seen; i++) {
        uint32_t n = h->order[i];
        if (!s->inside[n] || (h->d.tag[n] != DL_TAG_BLOCKQUOTE && h->d.tag[n] != DL_TAG_DIV)) continue;
        dl_str v = dl_dom_attr(&h->d, n, "class");
        for (size_t c = 0; v.len && c < DL_COUNT(names); c++)
            if (dl_str_find(v, dl_str_of(names[c]), 0) != SIZE_MAX && s->words[n] < 200) h->flags[n] |= DL_ZONE_EMBED;
    }
}

void dl_sections_mark(dl_xhtml *h)
{
    sums s;
    uint8_t *card = DL_NEW(h->p->a, h->d.n, uint8_t);
    if (!card || !make_sums(h, &s)) return;
    mark_cards(h, &s, card);
    mark_sections(h, &s, card);
    mark_other_articles(h, &s, card);
    mark_embeds(h, &s);
    mark_printed_posts(h, &s);
    for (uint32_t i = 0; i < h->seen; i++) {
        uint32_t n = h->order[i], up = h->d.parent[n];
        if (!s.inside[n]) continue;
        if (card[n]) h->flags[n] |= DL_ZONE_RELATED;
        if (up != DL_NONE && s.inside[up]) h->flags[n] |= h->flags[up] & (DL_ZONE_RELATED | DL_ZONE_EMBED);
    }
    for (uint32_t i = 0; i < h->p->n; i++) h->p->blk[i].flags |= h->flags[h->p->blk[i].node] & (DL_ZONE_RELATED | DL_ZONE_EMBED);
}
