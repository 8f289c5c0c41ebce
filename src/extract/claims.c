/* claims.c: gathers all that a page of HTML says of its authors: JSON-LD, meta elements, microdata,
 * links to authors' pages, elements named as bylines, lines that begin with "By". */
#include "extract/claims.h"

#include "base/utf8.h"

#define LONG 220    /* bytes: a longer element is no byline                                       */
#define TRIED 60    /* elements of the page that are read                                         */
#define LOOKED 3000 /* elements that are looked at for being a byline                          */
#define BELOW 6     /* lines below the last paragraph that still belong to the article            */

typedef struct ground { /* where the article stands among the blocks */
    dl_claims *out;
    const dl_voices *o;
    dl_xhtml *h;
    uint32_t title, first, last; /* blocks; DL_NONE: none                                       */
    uint32_t tried, looked;
    uint32_t done; /* an element that was read: what is inside it is skipped                    */
} ground;

static void claim(dl_claims *out, dl_str s, dl_claim_voice voice, dl_claim_place place, uint32_t block, dl_span src)
{
    dl_who who[DL_WHO_MAX];
    const uint32_t n = dl_people_read(&out->people, s, who);
    const uint16_t entry = out->entries++;
    for (uint32_t i = 0; i < n && out->n < DL_CLAIMS; i++) {
        dl_claim *c = &out->c[out->n++];
        *c = (dl_claim){ .who = who[i],
                         .key = dl_hash_str(dl_people_key(&out->people, who[i].name)),
                         .voice = (uint8_t)voice,
                         .place = (uint8_t)place,
                         .entry = entry,
                         .block = block,
                         .src = src };
    }
}

/* ---- What is not seen on the page ---------------------------------------------------------- */

static void stated(dl_claims *out, const dl_voices *o)
{
    dl_xpage *p = o->h->p;
    const dl_ld *ld = &o->h->ld;
    for (uint32_t i = 0; i < ld->authors; i++)
        claim(out, dl_meta_decode(p, ld->author[i].name), ld->author[i].org ? DL_CLAIM_LD_ORG : DL_CLAIM_LD, DL_PLACE_NONE,
              DL_NONE, (dl_span){ 0, 0 });
    for (uint32_t i = 0; i < o->n; i++) {
        const dl_voice *v = &o->v[i];
        if (v->field == DL_STATED_AUTHOR)
            claim(out, v->value, dl_str_eq_nocase(v->key, DL_STR("author")) ? DL_CLAIM_META : DL_CLAIM_META2, DL_PLACE_NONE,
                  DL_NONE, v->src);
    }
}

/* ---- Elements ------------------------------------------------------------------------------- */

static bool author_path(dl_str href)
{
    static const char *const paths[] = { "/author/",     "/authors/", "/staff/",   "/people/",   "/profile/",  "/by/",
                                         "/journalist",  "/autor/",   "/autoren/", "/autores/",  "/auteur",    "/reporter",
                                         "/contributor", "/writers/", "/writer/",  "/columnist", "/redakteur", "/skribent",
                                         "/firma/",      "/byline/",  "author=",   "/autor-",    "/redaktion/" };
    for (size_t i = 0; i < DL_COUNT(paths); i++)
        if (dl_str_find(href, dl_str_of(paths[i]), 0) != SIZE_MAX) return true;
    return false;
}

static dl_claim_place place_of(const ground *g, uint32_t block)
{
    if (g->first == DL_NONE)
        return g->title != DL_NONE && block + 2 >= g->title && block < g->title + 8 ? DL_PLACE_HEAD : DL_PLACE_ELSE;
    const uint32_t from = g->title != DL_NONE && g->title < g->first ? g->title : g->first;
    if (block + 12 >= from && block <= g->first + 1) return DL_PLACE_HEAD;
    if (block > g->first && block <= g->last) return DL_PLACE_BODY;
    return block > g->last && block <= g->last + BELOW ? DL_PLACE_END : DL_PLACE_ELSE;
}

static bool inside(const dl_dom *d, uint32_t n, uint32_t root)
{
    while (n != DL_NONE && n != root) n = d->parent[n];
    return n == root;
}

/* Zones whose credits are another article's, a reader's or a picture's. */
static const uint32_t foreign =
    DL_ZONE_RELATED | DL_ZONE_COMMENT | DL_ZONE_NAV | DL_ZONE_FOOT | DL_ZONE_CAPTION | DL_ZONE_INLINE_FIG;

/* In such a zone; "byline-caption" is no caption, and a byline below the headline is no teaser. */
static bool is_foreign(const ground *g, uint32_t flags, uint32_t block)
{
    if (flags & DL_ZONE_BYLINE) flags &= ~(uint32_t)(DL_ZONE_CAPTION | DL_ZONE_INLINE_FIG);
    if (g->title != DL_NONE && block > g->title && block <= g->title + 3) flags &= ~(uint32_t)DL_ZONE_RELATED;
    const uint32_t own = g->title == DL_NONE ? 0 : g->h->p->blk[g->title].flags; /* zones that hold the headline too */
    return (flags & foreign & ~own) != 0;
}

static void element(ground *g, uint32_t n)
{
    dl_xhtml *h = g->h;
    const dl_dom *d = &h->d;
    dl_str prop = dl_dom_attr(d, n, "itemprop"), rel = dl_dom_attr(d, n, "rel");
    dl_claim_voice voice = DL_CLAIM_VOICES;
    if (dl_str_eq(prop, DL_STR("author")) || dl_str_eq(prop, DL_STR("creator")))
        voice = DL_CLAIM_ITEM;
    else if (dl_str_eq(rel, DL_STR("author")))
        voice = DL_CLAIM_REL;
    else if (d->tag[n] == DL_TAG_A && author_path(dl_dom_attr(d, n, "href")))
        voice = DL_CLAIM_LINK;
    else if (h->own[n] & DL_ZONE_BYLINE)
        voice = DL_CLAIM_CLASS;
    if (voice == DL_CLAIM_VOICES) return;
    g->looked++;
    const uint32_t block = dl_voices_block(h->p, d->raw[n].beg);
    if (is_foreign(g, h->flags[n], block)) return;
    if (voice == DL_CLAIM_CLASS && g->done != DL_NONE && inside(d, n, g->done)) return;
    dl_str text = dl_voices_text(h, n, LONG, true);
    if (!text.len) return;
    g->tried++;
    if (voice == DL_CLAIM_CLASS) g->done = n;
    claim(g->out, text, voice, place_of(g, block), block, d->raw[n]);
}

static void elements(ground *g)
{
    for (uint32_t i = 0; i < g->h->seen && g->tried < TRIED && g->looked < LOOKED; i++) element(g, g->h->order[i]);
}

/* ---- Lines ---------------------------------------------------------------------------------- */

/* "posted on 2023-12-19 23:30 by Ann Lee": what stands behind the word. */
static dl_str behind_by(dl_str s)
{
    static const char *const words[] = { " by ", " By ", " von ", " Von ", " par ", " por " };
    for (size_t i = 0; i < DL_COUNT(words); i++) {
        size_t at = dl_str_find(s, dl_str_of(words[i]), 0);
        if (at != SIZE_MAX) return dl_str_cut(s, at + 1, s.len);
    }
    return s;
}

/* The words of a block, its elements parted where the block is all that its element holds. */
static dl_str line_text(dl_xhtml *h, const dl_xblock *k)
{
    dl_str parted = dl_voices_text(h, k->node, LONG, true);
    return parted.len && parted.len + 4 >= k->text.len && parted.len <= k->text.len + 4 ? parted : k->text;
}

/* Is all of the block in bold or italics, or set at the right edge? So signatures are. */
static bool marked(const ground *g, const dl_xblock *k)
{
    const dl_dom *d = &g->h->d;
    dl_str style = dl_dom_attr(d, k->node, "style");
    if (dl_str_find_nocase(style, DL_STR("right"), 0) != SIZE_MAX || dl_str_eq(dl_dom_attr(d, k->node, "align"), DL_STR("right")))
        return true;
    uint32_t n = d->first[k->node];
    while (n != DL_NONE && d->type[n] == DL_NODE_TEXT && !dl_str_trim(d->data[n]).len) n = d->next[n];
    if (n == DL_NONE || d->type[n] != DL_NODE_ELEMENT) return false;
    const uint16_t tag = d->tag[n];
    if (tag != DL_TAG_STRONG && tag != DL_TAG_B && tag != DL_TAG_EM && tag != DL_TAG_I) return false;
    return dl_voices_text(g->h, n, LONG, false).len + 2 >= k->text.len;
}

/* A full-width colon behind a word for an author or editor, in brackets or not; *out: from that word on. */
static bool wide_credit(const ground *g, dl_str s, dl_str *out)
{
    static const char *const open[] = { "(", "[", "\xef\xbc\x88", "\xe3\x80\x90" };
    static const char *const close[] = { ")", "]", "\xef\xbc\x89", "\xe3\x80\x91" };
    size_t colon = dl_str_find(s, DL_STR("\xef\xbc\x9a"), 0);
    if (colon == SIZE_MAX || colon > 24 || s.len > 120) return false;
    for (size_t i = 0; i < DL_COUNT(open); i++)
        if (dl_str_starts(s, dl_str_of(open[i]))) s = dl_str_cut(s, strlen(open[i]), s.len);
    for (size_t i = 0; i < DL_COUNT(close); i++)
        if (dl_str_ends(s, dl_str_of(close[i]))) s.len -= strlen(close[i]);
    colon = dl_str_find(s, DL_STR("\xef\xbc\x9a"), 0);
    if (!dl_people_lead(g->h->p, dl_str_cut(s, 0, colon))) return false;
    *out = s;
    return true;
}

/* Is the block a credit by its words, and from where on? */
static bool credit(ground *g, const dl_xblock *k, dl_claim_place place, dl_str *s, dl_claim_voice *voice)
{
    dl_printed d;
    *s = line_text(g->h, k);
    *voice = DL_CLAIM_LINE;
    if (k->lex == DL_LEX_BYLINE) {
        if (behind_by(*s).len < s->len && !dl_is_alpha(behind_by(*s).p[-1]) && dl_is_lower(s->p[0])) *s = behind_by(*s);
        return true;
    }
    if ((k->lex == DL_LEX_DATE || (k->flags & DL_ZONE_META)) && behind_by(k->text).len < k->text.len) {
        *s = behind_by(*s);
        return true;
    }
    if (place == DL_PLACE_HEAD && k->words <= 8 &&
        (dl_str_starts(k->text, DL_STR("by ")) || dl_str_starts(k->text, DL_STR("By "))))
        return true;
    if (wide_credit(g, *s, s)) return true;
    if (k->flags & (DL_ZONE_BAD | DL_ZONE_HEADING)) return false;
    *voice = DL_CLAIM_ALONE;
    if (k->words <= 4 && !k->link && dl_extract_name_like(k->text)) return true;
    if (k->words <= 9 && !k->link && !k->closed && dl_str_find(k->text, DL_STR("/"), 0) != SIZE_MAX && marked(g, k)) return true;
    return place == DL_PLACE_HEAD && k->words <= 10 && k->lex != DL_LEX_DATE && dl_extract_date(g->h->p, k->text, 0, &d) &&
           d.span.beg > 8;
}

static void lines(ground *g)
{
    dl_xhtml *h = g->h;
    const dl_xpage *p = h->p;
    for (uint32_t i = 0; i < p->n && g->tried < 2 * TRIED; i++) {
        const dl_xblock *k = &p->blk[i];
        const dl_claim_place place = place_of(g, i);
        dl_str s;
        dl_claim_voice voice;
        if (k->words > 30 || is_foreign(g, k->flags, i) || place == DL_PLACE_ELSE || place == DL_PLACE_BODY) continue;
        if (!credit(g, k, place, &s, &voice)) continue;
        const uint32_t before = g->out->n;
        claim(g->out, s, voice, place, i, k->src);
        const bool edge = i + 1 == g->first || (place == DL_PLACE_END && i <= g->last + 2);
        for (uint32_t n = before; n < g->out->n; n++) g->out->c[n].marked = voice == DL_CLAIM_ALONE && edge && marked(g, k);
        g->tried++;
    }
}

/* The block of the headline: the first that has the words of the title, else the first heading. */
static uint32_t headline(const ground *g)
{
    const dl_xpage *p = g->h->p;
    dl_str norm = dl_extract_norm(p->a, p->title);
    if (g->o->h1_block != DL_NONE) return g->o->h1_block;
    for (uint32_t i = 0; i < p->n && norm.len; i++)
        if (dl_str_eq(p->blk[i].norm, norm) && !(p->blk[i].flags & (DL_ZONE_NAV | DL_ZONE_RELATED))) return i;
    return DL_NONE;
}

/* The first and last paragraph of the element that holds the article. */
static void find_ground(ground *g)
{
    const dl_xpage *p = g->h->p;
    g->first = g->last = DL_NONE;
    g->title = headline(g);
    for (uint32_t i = 0; i < p->n; i++) {
        const dl_xblock *k = &p->blk[i];
        const bool prose = k->words >= 15 || (k->chars >= 45 && k->chars > 14 * k->words); /* or without blanks */
        if (!prose || (k->flags & (DL_ZONE_BAD | DL_ZONE_CAPTION | DL_ZONE_HEADING)) || !inside(&g->h->d, k->node, g->h->root))
            continue;
        const bool above = g->title != DL_NONE && i > g->title && g->first < g->title; /* what stood there was no article */
        if (g->first == DL_NONE || above) g->first = i;
        g->last = i;
    }
}

void dl_claims_gather(dl_claims *out, const dl_voices *o)
{
    ground g = { .out = out, .o = o, .h = o->h, .done = DL_NONE };
    dl_people_open(&out->people, o->h->p, o->host);
    stated(out, o);
    find_ground(&g);
    elements(&g);
    g.tried = 0;
    lines(&g);
    out->title = g.title;
}
