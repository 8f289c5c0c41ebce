/* choose.c: which element holds the article. Every block has a value: words of prose count for,
 * links and scraps against; the element with the largest sum below it is taken (the maximal
 * subtree), so that one step up is taken only where it brings in more article than furniture. */
#include "base/hash.h"
#include "base/utf8.h"
#include "extract/html_page.h"

#define GRAM 4 /* words in a row that are compared with JSON-LD's articleBody                   */

static float words_of(const dl_xblock *k)
{
    size_t at = 0; /* scripts without blanks: what parts "words" there are commas */
    const bool wide = k->norm.len && (unsigned char)k->norm.p[0] >= 0xe0 && dl_cp_cjk(dl_utf8_next(k->norm, &at));
    return k->chars > (wide ? 4 : 14) * k->words ? (float)k->chars / 2.5f : (float)k->words;
}

float dl_choose_stated(const dl_xhtml *h, const dl_xblock *k)
{
    if (!h->ld_words || k->words < GRAM) return 0;
    uint64_t last[GRAM] = { 0 };
    uint32_t n = 0, hits = 0, all = 0;
    dl_str rest = k->norm, w;
    while (dl_str_next(&rest, ' ', &w)) {
        last[n++ % GRAM] = dl_hash_str(w);
        if (n < GRAM) continue;
        uint64_t g = 0;
        for (uint32_t i = 0; i < GRAM; i++) g = dl_hash_mix(g, last[(n + i) % GRAM]);
        all++;
        hits += dl_map_get(&h->ld_grams, g) != DL_NONE;
    }
    return all ? (float)hits / (float)all : 0;
}

static bool furniture(const dl_xblock *k)
{
    return k->lex != DL_LEX_NONE && k->lex != DL_LEX_JOB && k->lex != DL_LEX_NOTE && k->lex != DL_LEX_CAPTION &&
           k->lex != DL_LEX_TAGLINE;
}

float dl_choose_value(const dl_xhtml *h, const dl_xblock *k)
{
    (void)h;
    float w = words_of(k), ld = dl_choose_links(k);
    if (furniture(k)) return -1.0f - (w < 20 ? w : 20) * 0.3f;
    if (ld > 0.7f) return -1.0f - (w < 20 ? w : 20) * 0.4f;
    bool para =
        k->tag == DL_TAG_P || k->tag == DL_TAG_BLOCKQUOTE || k->tag == DL_TAG_TD || k->tag == DL_TAG_LI || k->tag == DL_TAG_PRE;
    float empty = k->words >= 12 && k->stops * 12u < k->words && w == (float)k->words ? 0.4f : 1.0f; /* names, numbers */
    bool colon = k->text.len && k->text.p[k->text.len - 1] == ':';                                   /* what a list follows */
    if ((k->closed || (colon && para)) && w >= 8) return w * (1 - ld) * empty;
    if (w >= 20) return w * (1 - ld) * 0.7f * empty;
    if (k->closed && para) return w * 0.6f * (1 - ld);
    if (k->flags & DL_ZONE_HEADING) return -0.5f - ld;
    return para ? -0.3f - ld * 2 : -1.0f - w * 0.1f - ld;
}

/* Sums of what lies below, for each element; order is tree order, so its reverse is bottom up. */
static void sum_up(dl_xhtml *h)
{
    const dl_dom *d = &h->d;
    for (uint32_t i = h->seen; i-- > 0;) {
        uint32_t n = h->order[i], up = d->parent[n];
        if (up == DL_NONE) continue;
        h->good[up] += h->good[n];
        h->bad[up] += h->bad[n];
        h->blocks[up] += h->blocks[n];
        h->has_h1[up] |= h->has_h1[n];
    }
}

static void clear(dl_xhtml *h)
{
    for (uint32_t i = 0; i < h->seen; i++) h->good[h->order[i]] = h->bad[h->order[i]] = 0, h->blocks[h->order[i]] = 0;
    h->good[h->body] = h->bad[h->body] = 0;
    h->blocks[h->body] = 0;
}

static void put_values(dl_xhtml *h, bool zones)
{
    clear(h);
    for (uint32_t i = 0; i < h->p->n; i++) {
        const dl_xblock *k = &h->p->blk[i];
        float v = dl_choose_value(h, k);
        if (zones && (k->flags & DL_ZONE_BAD)) v = v > 0 ? -2.0f : v;
        if (zones && (k->flags & (DL_ZONE_CAPTION | DL_ZONE_FIGURE | DL_ZONE_BYLINE | DL_ZONE_META)) && v > 0) v = 0;
        if (zones && h->ld_words > 60 && v > 0) v *= 0.6f + 0.9f * dl_choose_stated(h, k);
        if (v > 0)
            h->good[k->node] += v, h->blocks[k->node]++;
        else
            h->bad[k->node] -= v;
    }
    sum_up(h);
}

/* The way down from the body along which more than half of the prose lies. */
static void mark_main_path(dl_xhtml *h, uint8_t *main)
{
    uint32_t at = h->body;
    for (bool on = true; on;) {
        uint32_t best = DL_NONE;
        for (uint32_t c = h->d.first[at]; c != DL_NONE; c = h->d.next[c])
            if (h->d.type[c] == DL_NODE_ELEMENT && (best == DL_NONE || h->good[c] > h->good[best])) best = c;
        on = best != DL_NONE && h->good[best] * 2 > h->good[at] && h->blocks[best] >= 3;
        if (on) main[best] = 1;
        at = on ? best : at;
    }
}

/* Zones that a class claims are not believed of elements that hold too much of the page's prose:
 * a body of class "tag-politics" or "has-comments" is no list of tags. */
static uint32_t believed(const dl_xhtml *h, uint32_t n, uint32_t own, bool main, float alike)
{
    const uint32_t weak =
        DL_ZONE_BYLINE | DL_ZONE_META | DL_ZONE_TAGS | DL_ZONE_SHARE | DL_ZONE_AD | DL_ZONE_INFO | DL_ZONE_WALL | DL_ZONE_QUOTE;
    const uint32_t place = DL_ZONE_NAV | DL_ZONE_FOOT | DL_ZONE_SIDE | DL_ZONE_PROMO | DL_ZONE_HIDDEN;
    const uint32_t picture = DL_ZONE_CAPTION | DL_ZONE_FIGURE;
    const float share = h->good[n] / (h->good[h->body] + 1);
    const bool rich = h->blocks[n] >= 3;
    const uint32_t tag = h->d.tag[n] == DL_TAG_FOOTER ? DL_ZONE_FOOT
                         : h->d.tag[n] == DL_TAG_NAV  ? DL_ZONE_NAV
                                                      : 0; /* the element's own meaning */
    if (h->has_h1[n] && rich) own &= ~(uint32_t)(DL_ZONE_BAD | DL_ZONE_ASIDE | DL_ZONE_INLINE_FIG);
    if (rich && (main || share > 0.25f)) own &= ~weak;
    if (rich && (main || share > 0.45f)) own &= ~place | tag;
    if (alike > 0.6f) own &= ~(uint32_t)(DL_ZONE_HIDDEN | DL_ZONE_SIDE | DL_ZONE_FOOT);
    if (rich && share > 0.6f) own &= ~(uint32_t)(DL_ZONE_RELATED);
    if (h->blocks[n] >= 1 && h->good[n] >= 20) own &= ~(uint32_t)DL_ZONE_AD; /* what stands between two advertisements */
    if (h->blocks[n] >= 2 && h->d.tag[n] != DL_TAG_FIGCAPTION) own &= ~picture;
    if (rich) own &= ~(uint32_t)DL_ZONE_INLINE_FIG;
    if (h->relaxed) own &= ~(place | weak | (h->relaxed > 1 ? (uint32_t)DL_ZONE_RELATED : 0)) | tag;
    if (own & DL_ZONE_BODY) own &= ~(uint32_t)DL_ZONE_BAD;
    if ((own & DL_ZONE_GOOD) && rich) own &= ~(place | weak);
    return own;
}

/* Elements that a class hides or puts aside, by tag and class: the prose in all of one kind. What stands
 * behind a paywall is hidden paragraph by paragraph. */
static uint64_t kind_of(const dl_xhtml *h, uint32_t n)
{
    return dl_hash_mix(dl_hash_str(dl_dom_attr(&h->d, n, "class")), h->d.tag[n]);
}

static float *alike(dl_xhtml *h)
{
    const uint32_t aside = DL_ZONE_HIDDEN | DL_ZONE_SIDE | DL_ZONE_FOOT;
    dl_map kinds;
    dl_map_init(&kinds, h->p->a);
    float *sum = DL_NEW(h->p->a, h->seen + 1, float), *out = DL_NEW(h->p->a, h->d.n, float);
    uint8_t *article = DL_NEW(h->p->a, h->d.n, uint8_t); /* inside what is named as one */
    if (!sum || !out || !article) return NULL;
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < h->seen; i++) {
            uint32_t n = h->order[i], up = h->d.parent[n];
            article[n] = (h->own[n] & (DL_ZONE_GOOD | DL_ZONE_BODY | DL_ZONE_ARTICLE)) || (up != DL_NONE && article[up]);
            if (!article[n] || !(h->own[n] & aside) || h->good[n] <= 0 || h->d.tag[n] == DL_TAG_ASIDE ||
                h->d.tag[n] == DL_TAG_FOOTER)
                continue;
            uint32_t *at = dl_map_put(&kinds, kind_of(h, n), (uint32_t)kinds.n);
            if (!at) return NULL;
            if (pass)
                out[n] = sum[*at] / (h->good[h->body] + 1);
            else
                sum[*at] += h->good[n];
        }
    return out;
}

static void inherit(dl_xhtml *h)
{
    const dl_dom *d = &h->d;
    uint8_t *main = DL_NEW(h->p->a, d->n, uint8_t);
    const float *kin = alike(h);
    if (!main || !kin) return;
    mark_main_path(h, main);
    h->flags[h->body] = 0;
    for (uint32_t i = 0; i < h->seen; i++) {
        uint32_t n = h->order[i], own = believed(h, n, h->own[n], main[n], kin[n]);
        uint32_t up = d->parent[n] == DL_NONE ? 0 : h->flags[d->parent[n]];
        if (own & (DL_ZONE_GOOD)) up &= ~(uint32_t)(DL_ZONE_HEAD);
        h->flags[n] = own | (up & ~(uint32_t)(DL_ZONE_GOOD | DL_ZONE_BODY));
    }
    for (uint32_t i = 0; i < h->p->n; i++) {
        dl_xblock *k = &h->p->blk[i];
        uint32_t inner = k->flags == UINT32_MAX ? 0
                                                : k->flags & (DL_ZONE_BYLINE | DL_ZONE_META | DL_ZONE_CAPTION | DL_ZONE_AD |
                                                              DL_ZONE_SHARE | DL_ZONE_HIDDEN | DL_ZONE_RELATED | DL_ZONE_PROMO);
        if (k->words > 25) inner = 0;
        k->flags = h->flags[k->node] | inner;
    }
}

static void mark_headings(dl_xhtml *h)
{
    for (uint32_t i = 0; i < h->p->n; i++) {
        const dl_xblock *k = &h->p->blk[i];
        for (uint32_t n = k->node; n != DL_NONE && n != h->body; n = h->d.parent[n])
            if (h->d.tag[n] == DL_TAG_H1) {
                h->has_h1[n] = k->words >= 3;
                break;
            }
    }
}

static uint32_t best_root(const dl_xhtml *h)
{
    uint32_t best = h->body;
    float top = h->good[h->body] - h->bad[h->body];
    const float most = h->good[h->body];
    for (uint32_t i = 0; i < h->seen; i++) {
        uint32_t n = h->order[i];
        float s = h->good[n] - h->bad[n];
        if (h->good[n] < most * 0.2f) continue;
        if (h->flags[n] & DL_ZONE_BODY)
            s *= 1.25f;
        else if (h->flags[n] & DL_ZONE_GOOD)
            s *= 1.1f;
        else if (h->d.tag[n] == DL_TAG_ARTICLE || h->d.tag[n] == DL_TAG_MAIN)
            s *= 1.04f;
        if (s >= top) { /* of equals the inner one */
            top = s;
            best = n;
        }
    }
    return best;
}

void dl_choose_root(dl_xhtml *h)
{
    for (uint32_t i = 0; i < h->p->n && !h->relaxed; i++) {
        dl_xblock *k = &h->p->blk[i];
        if (k->words <= 60 || dl_str_find(k->norm, DL_STR("cookie"), 0) != SIZE_MAX) dl_extract_lex(h->p, k);
        k->flags = h->own[k->node] & DL_ZONE_HEADING;
    }
    put_values(h, false);
    mark_headings(h);
    sum_up(h); /* has_h1; the sums are made anew below */
    put_values(h, false);
    inherit(h);
    put_values(h, true);
    h->root = best_root(h);
}
