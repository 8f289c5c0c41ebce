/* zones.c: what an element is by its tag, its class, id and role. */
#include "extract/html_page.h"

#define WORD 24              /* bytes: longer class words are cut                                        */
#define NAMED_NOT (1u << 31) /* no zone: not read yet                                              */
#define CLASS_MAX 400        /* bytes of a class attribute that are read                                */

static const struct {
    const char *name;
    uint32_t zone;
} zones[] = {
    { "nav", DL_ZONE_NAV },         { "foot", DL_ZONE_FOOT },   { "side", DL_ZONE_SIDE },     { "related", DL_ZONE_RELATED },
    { "comment", DL_ZONE_COMMENT }, { "share", DL_ZONE_SHARE }, { "promo", DL_ZONE_PROMO },   { "ad", DL_ZONE_AD },
    { "byline", DL_ZONE_BYLINE },   { "meta", DL_ZONE_META },   { "tags", DL_ZONE_TAGS },     { "caption", DL_ZONE_CAPTION },
    { "figure", DL_ZONE_FIGURE },   { "popup", DL_ZONE_POPUP }, { "hidden", DL_ZONE_HIDDEN }, { "good", DL_ZONE_GOOD },
    { "wall", DL_ZONE_WALL },       { "info", DL_ZONE_INFO },   { "quote", DL_ZONE_QUOTE },   { "deck", DL_ZONE_DECK },
};

static uint32_t word_zone(const dl_xhtml *h, const char *w, size_t n)
{
    uint32_t r = n < 2 ? DL_NONE : dl_tsv_find(&h->classes, (dl_str){ w, n });
    if (r == DL_NONE) return 0;
    dl_str name = dl_tsv_cell(&h->classes, r, 1);
    for (size_t i = 0; i < DL_COUNT(zones); i++)
        if (dl_str_eq(name, dl_str_of(zones[i].name))) return zones[i].zone;
    return 0;
}

static bool part_of(const char *w, size_t n, bool body)
{
    static const char *const whole[] = { "article", "story",  "post",    "entry",    "news",    "blog",
                                         "single",  "detail", "artikel", "articulo", "noticia", "nota" };
    static const char *const parts[] = { "body",  "content", "text",   "copy",    "paragraphs", "richtext",
                                         "corpo", "texto",   "inhalt", "contenu", "cuerpo" };
    const char *const *list = body ? parts : whole;
    const size_t count = body ? DL_COUNT(parts) : DL_COUNT(whole);
    for (size_t i = 0; i < count; i++)
        if (list[i][0] == w[0] && strlen(list[i]) == n && !memcmp(list[i], w, n)) return true;
    return false;
}

/* The zones of the words of one attribute: each word, and each two neighbours run together. */
static uint32_t attribute(const dl_xhtml *h, dl_str v)
{
    char buf[2 * WORD];
    size_t prev = 0, n = 0; /* buf: the word before, then this one                              */
    uint32_t out = 0;
    bool whole = false, part = false;
    if (v.len > CLASS_MAX) v.len = CLASS_MAX;
    for (size_t i = 0; i <= v.len; i++) {
        char c = i < v.len ? v.p[i] : ' ';
        bool hump = i && i < v.len && dl_is_upper(c) && dl_is_lower(v.p[i - 1]);
        bool word = dl_is_alpha(c);
        if ((!word || hump) && n) {
            out |= word_zone(h, buf + prev, n);
            if (prev) out |= word_zone(h, buf, prev + n);
            whole |= part_of(buf + prev, n, false);
            part |= part_of(buf + prev, n, true);
            memmove(buf, buf + prev, n);
            prev = n;
            n = 0;
        }
        if (c == ' ') prev = 0;
        if (word && n < WORD && prev + n < sizeof buf) buf[prev + n++] = dl_lower(c);
    }
    return out | (whole && part ? (uint32_t)DL_ZONE_GOOD : 0);
}

static uint32_t by_tag(const dl_dom *d, uint32_t node)
{
    switch (d->tag[node]) {
    case DL_TAG_NAV:
    case DL_TAG_MENU: return DL_ZONE_NAV;
    case DL_TAG_FOOTER: return DL_ZONE_FOOT;
    case DL_TAG_ASIDE: return DL_ZONE_SIDE;
    case DL_TAG_HEADER: return DL_ZONE_HEAD;
    case DL_TAG_FIGURE: return DL_ZONE_INLINE_FIG;
    case DL_TAG_FIGCAPTION: return DL_ZONE_CAPTION;
    case DL_TAG_ARTICLE: return DL_ZONE_ARTICLE;
    case DL_TAG_H1:
    case DL_TAG_H2:
    case DL_TAG_H3:
    case DL_TAG_H4:
    case DL_TAG_H5:
    case DL_TAG_H6: return DL_ZONE_HEADING;
    case DL_TAG_UL:
    case DL_TAG_OL:
    case DL_TAG_DL: return DL_ZONE_LIST;
    case DL_TAG_TABLE: return DL_ZONE_TABLE;
    case DL_TAG_BLOCKQUOTE: return DL_ZONE_BLOCKQUOTE;
    case DL_TAG_FORM: return DL_ZONE_FORM;
    case DL_TAG_PRE: return DL_ZONE_PRE;
    case DL_TAG_TIME: return DL_ZONE_META;
    default: return 0;
    }
}

static uint32_t by_role(dl_str role)
{
    static const struct {
        const char *name;
        uint32_t zone;
    } roles[] = { { "navigation", DL_ZONE_NAV },     { "banner", DL_ZONE_HEAD },  { "contentinfo", DL_ZONE_FOOT },
                  { "complementary", DL_ZONE_SIDE }, { "search", DL_ZONE_NAV },   { "menu", DL_ZONE_NAV },
                  { "menubar", DL_ZONE_NAV },        { "dialog", DL_ZONE_POPUP }, { "alertdialog", DL_ZONE_POPUP },
                  { "article", DL_ZONE_ARTICLE } };
    for (size_t i = 0; i < DL_COUNT(roles); i++)
        if (dl_str_eq(role, dl_str_of(roles[i].name))) return roles[i].zone;
    return 0;
}

/* A class that hides, as a whole: "field-label-hidden" does not. */
static bool class_hides(dl_str v)
{
    static const char *const names[] = { "hidden",   "hide",    "d-none",          "is-hidden",
                                         "u-hidden", "sr-only", "visually-hidden", "screen-reader-text",
                                         "modal",    "overlay", "dialog" };
    dl_str c;
    while (v.len <= CLASS_MAX && dl_str_next(&v, ' ', &c))
        for (size_t i = 0; i < DL_COUNT(names); i++)
            if (dl_str_eq(c, dl_str_of(names[i]))) return true;
    return false;
}

static bool style_hides(dl_str style)
{
    size_t at = dl_str_find_nocase(style, DL_STR("display"), 0);
    if (at == SIZE_MAX) return false;
    at += 7;
    while (at < style.len && (dl_is_space(style.p[at]) || style.p[at] == ':')) at++;
    return dl_str_starts_nocase(dl_str_cut(style, at, style.len), DL_STR("none"));
}

/* The same of a whole value, of which a page has few: each is read once. */
static uint32_t named(dl_xhtml *h, dl_str v)
{
    if (!h->named.arena) dl_map_init(&h->named, h->p->a);
    uint32_t no_room = NAMED_NOT, *zone = dl_map_put(&h->named, dl_hash_str(v), NAMED_NOT);
    if (!zone) zone = &no_room;
    if (*zone == NAMED_NOT) *zone = attribute(h, v) | (class_hides(v) ? (uint32_t)DL_ZONE_HIDDEN : 0);
    return *zone;
}

uint32_t dl_zones_of(dl_xhtml *h, uint32_t node)
{
    const dl_dom *d = &h->d;
    uint32_t out = by_tag(d, node);
    for (uint32_t a = d->attr[node], end = a + d->n_attr[node]; a < end; a++) {
        dl_str name = d->attr_name[a], v = d->attr_value[a];
        if (dl_str_eq(name, DL_STR("class")) || dl_str_eq(name, DL_STR("id")) || dl_str_eq(name, DL_STR("data-component")) ||
            dl_str_eq(name, DL_STR("data-testid")))
            out |= named(h, v);
        else if (dl_str_eq(name, DL_STR("role")))
            out |= by_role(v);
        else if (dl_str_eq(name, DL_STR("style")))
            out |= style_hides(v) ? (uint32_t)DL_ZONE_HIDDEN : 0;
        else if (dl_str_eq(name, DL_STR("hidden")))
            out |= DL_ZONE_HIDDEN;
        else if (dl_str_eq(name, DL_STR("itemprop"))) {
            if (dl_str_find_nocase(v, DL_STR("articleBody"), 0) != SIZE_MAX)
                out |= DL_ZONE_GOOD | DL_ZONE_BODY;
            else if (dl_str_eq(v, DL_STR("description")) || dl_str_eq(v, DL_STR("alternativeHeadline")))
                out |= DL_ZONE_DECK;
            else if (dl_str_eq(v, DL_STR("author")))
                out |= DL_ZONE_BYLINE;
            else if (dl_str_eq(v, DL_STR("caption")))
                out |= DL_ZONE_CAPTION;
        } else if (dl_str_eq(name, DL_STR("rel")))
            out |= dl_str_eq(v, DL_STR("author")) ? (uint32_t)DL_ZONE_BYLINE : 0;
    }
    return out;
}

bool dl_zones_skip(const dl_dom *d, uint32_t node)
{
    switch (d->tag[node]) {
    case DL_TAG_SCRIPT:
    case DL_TAG_STYLE:
    case DL_TAG_NOSCRIPT:
    case DL_TAG_TEMPLATE:
    case DL_TAG_SVG:
    case DL_TAG_BUTTON:
    case DL_TAG_SELECT:
    case DL_TAG_TEXTAREA:
    case DL_TAG_IFRAME:
    case DL_TAG_OBJECT:
    case DL_TAG_VIDEO:
    case DL_TAG_AUDIO:
    case DL_TAG_CANVAS:
    case DL_TAG_HEAD:
    case DL_TAG_NOFRAMES:
    case DL_TAG_TITLE:
    case DL_TAG_OPTION:
    case DL_TAG_DATALIST:
    case DL_TAG_MAP:
    case DL_TAG_DIALOG: return true;
    default: return false;
    }
}

bool dl_zones_block(const dl_dom *d, uint32_t node)
{
    static const bool within[DL_TAGS_N] = {
        [DL_TAG_A] = true,      [DL_TAG_ABBR] = true, [DL_TAG_ACRONYM] = true, [DL_TAG_B] = true,       [DL_TAG_BDI] = true,
        [DL_TAG_BDO] = true,    [DL_TAG_BIG] = true,  [DL_TAG_CITE] = true,    [DL_TAG_CODE] = true,    [DL_TAG_DATA] = true,
        [DL_TAG_DEL] = true,    [DL_TAG_DFN] = true,  [DL_TAG_EM] = true,      [DL_TAG_FONT] = true,    [DL_TAG_I] = true,
        [DL_TAG_IMG] = true,    [DL_TAG_INS] = true,  [DL_TAG_KBD] = true,     [DL_TAG_LABEL] = true,   [DL_TAG_MARK] = true,
        [DL_TAG_NOBR] = true,   [DL_TAG_Q] = true,    [DL_TAG_RB] = true,      [DL_TAG_RT] = true,      [DL_TAG_RUBY] = true,
        [DL_TAG_S] = true,      [DL_TAG_SAMP] = true, [DL_TAG_SMALL] = true,   [DL_TAG_SPAN] = true,    [DL_TAG_STRIKE] = true,
        [DL_TAG_STRONG] = true, [DL_TAG_SUB] = true,  [DL_TAG_SUP] = true,     [DL_TAG_TIME] = true,    [DL_TAG_TT] = true,
        [DL_TAG_U] = true,      [DL_TAG_VAR] = true,  [DL_TAG_WBR] = true,     [DL_TAG_PICTURE] = true, [DL_TAG_SOURCE] = true,
        [DL_TAG_METER] = true,  [DL_TAG_SLOT] = true, [DL_TAG_META] = true,    [DL_TAG_LINK] = true,    [DL_TAG_INPUT] = true
    };
    const uint16_t tag = d->tag[node];
    if (tag == DL_TAG_UNKNOWN) return dl_str_find(d->data[node], DL_STR("-"), 0) != SIZE_MAX;
    return !within[tag];
}
