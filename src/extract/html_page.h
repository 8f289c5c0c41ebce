/* html_page.h: a page of HTML while it is taken apart. For the HTML half of this room alone.
 *
 * zones.c says of each element what its tag, class and id make it; walk.c cuts the tree into blocks;
 * choose.c finds the element that holds the article; trim.c decides on each block in it;
 * jsonld.c and meta.c read what the page says of itself. */
#ifndef DL_EXTRACT_HTML_PAGE_H
#define DL_EXTRACT_HTML_PAGE_H

#include "base/hash.h"
#include "extract/jsonld.h"
#include "extract/page.h"
#include "html/dom.h"

typedef enum dl_zone { /* bits of flags */
                       DL_ZONE_NAV = 1 << 0,
                       DL_ZONE_FOOT = 1 << 1,
                       DL_ZONE_SIDE = 1 << 2,
                       DL_ZONE_RELATED = 1 << 3,
                       DL_ZONE_COMMENT = 1 << 4,
                       DL_ZONE_SHARE = 1 << 5,
                       DL_ZONE_PROMO = 1 << 6,
                       DL_ZONE_AD = 1 << 7,
                       DL_ZONE_BYLINE = 1 << 8,
                       DL_ZONE_META = 1 << 9,
                       DL_ZONE_TAGS = 1 << 10,
                       DL_ZONE_CAPTION = 1 << 11,
                       DL_ZONE_FIGURE = 1 << 12,
                       DL_ZONE_POPUP = 1 << 13,
                       DL_ZONE_HIDDEN = 1 << 14,
                       DL_ZONE_GOOD = 1 << 15, /* named as the article's body                                     */
                       DL_ZONE_WALL = 1 << 16,
                       DL_ZONE_INFO = 1 << 17,
                       DL_ZONE_QUOTE = 1 << 18, /* a pull quote: printed in the text as well                      */
                       DL_ZONE_ARTICLE = 1 << 19,
                       DL_ZONE_HEADING = 1 << 20,
                       DL_ZONE_LIST = 1 << 21,
                       DL_ZONE_TABLE = 1 << 22,
                       DL_ZONE_BLOCKQUOTE = 1 << 23,
                       DL_ZONE_FORM = 1 << 24,
                       DL_ZONE_PRE = 1 << 25,
                       DL_ZONE_HEAD = 1 << 26, /* header                                                          */
                       DL_ZONE_BODY = 1 << 27, /* itemprop articleBody                                            */
                       DL_ZONE_INLINE_FIG = 1 << 28,
                       DL_ZONE_DECK = 1 << 30, /* the line or two below the headline                              */
                       DL_ZONE_EMBED = 1 << 29 /* a post of a social network                                     */
} dl_zone;

/* Never part of an article, however long their sentences are. */
#define DL_ZONE_BAD                                                                                                              \
    (DL_ZONE_NAV | DL_ZONE_FOOT | DL_ZONE_SIDE | DL_ZONE_RELATED | DL_ZONE_COMMENT | DL_ZONE_SHARE | DL_ZONE_PROMO |             \
     DL_ZONE_AD | DL_ZONE_TAGS | DL_ZONE_POPUP | DL_ZONE_HIDDEN)
#define DL_ZONE_ASIDE (DL_ZONE_BYLINE | DL_ZONE_META | DL_ZONE_CAPTION | DL_ZONE_FIGURE | DL_ZONE_INFO | DL_ZONE_QUOTE)

typedef struct dl_xhtml {
    dl_xpage *p;
    dl_dom d;
    uint32_t *order; /* [seen] elements below body in tree order                               */
    uint32_t seen;
    uint32_t *flags;  /* [d.n] DL_ZONE_* of the element, then of those around it too             */
    float *good;      /* [d.n] words that look like an article, of all below                    */
    float *bad;       /* [d.n] words and pieces that do not                                     */
    uint32_t *blocks; /* [d.n] prose blocks below                                              */
    uint8_t *has_h1;  /* [d.n] holds a first heading                                            */
    uint32_t *own;    /* [d.n] DL_ZONE_* of the element alone                                   */
    int relaxed;      /* 1: classes that say where an element stands are not believed, 2: none  */
    bool fragment;    /* no page but markup alone, or text with markup in it: line ends count    */
    uint32_t body;    /* node                                                                   */
    uint32_t root;    /* the element that holds the article, or DL_NONE                         */
    dl_tsv classes;
    dl_map named; /* zones by hash of the value of a class or id                                 */
    dl_ld ld;
    dl_str description; /* meta data's, folded                                                  */
    dl_map ld_grams;    /* hashes of four words in a row of ld.body                               */
    uint32_t ld_words;
} dl_xhtml;

/* html.c: the parse, the blocks, and what the rules alone say of each. */
DL_MUST_USE dl_status dl_html_rules(dl_xhtml *h, dl_xpage *p);
uint32_t dl_zones_of(dl_xhtml *h, uint32_t node);    /* by its own tag, class, id, role           */
bool dl_zones_skip(const dl_dom *d, uint32_t node);  /* nothing below is text: script, style ... */
bool dl_zones_block(const dl_dom *d, uint32_t node); /* parts lines                            */
void dl_walk_blocks(dl_xhtml *h);
/* Share of a block's characters that are inside links. */
static inline float dl_choose_links(const dl_xblock *k) { return k->chars ? (float)k->link / (float)k->chars : 0; }
float dl_choose_value(const dl_xhtml *h, const dl_xblock *k); /* words of article; negative: not */
void dl_choose_root(dl_xhtml *h);                             /* lexes, sums, picks; again when `relaxed` is raised    */
void dl_sections_mark(dl_xhtml *h);                           /* below the root                                        */
void dl_trim_blocks(dl_xhtml *h);
dl_block_kind dl_trim_kind(const dl_xblock *k); /* what it is as a part of the body                     */
const char *dl_trim_reason(const dl_xblock *k); /* why such a block is no article                      */
void dl_trim_datelines(dl_xhtml *h);            /* the first paragraphs: place, day, agency            */
/* verdict.c: index, other, truncated; and the words that are kept as body. */
void dl_verdict_judge(dl_xhtml *h);
uint32_t dl_verdict_kept(const dl_xpage *p);
void dl_posts_read(dl_xhtml *h);              /* posts.c: the entries of a live page; after trim             */
void dl_meta_stated(dl_xhtml *h);             /* JSON-LD: before the article is looked for                */
void dl_meta_read(dl_xhtml *h);               /* the rest                                                 */
dl_str dl_meta_decode(dl_xpage *p, dl_str s); /* character references undone, folded            */
void dl_when_read(dl_xhtml *h);               /* when.c: hypotheses of the page's date; at the end               */
/* All text below a node, folded, at most `max` bytes. */
dl_str dl_walk_text(dl_xhtml *h, uint32_t node, size_t max);
/* Share of a block's word fours that stand in JSON-LD's articleBody, 0 to 1. */
float dl_choose_stated(const dl_xhtml *h, const dl_xblock *k);

#endif
