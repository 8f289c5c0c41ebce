/* roles.c: what a decided block is to a reader: body, caption, related, newsletter ... It looks at
 * what is known of the block already (what was decided, its words' class, the zones it stands in)
 * and at its words where they tell one box from another. Nothing is decided here.
 *
 * How sure: the page's own markup and the words say the same, the words alone, the class names alone,
 * neither. */
#include "extract/html_page.h"

enum { BOTH = 95, WORDS = 85, ZONE = 80, SHAPE = 65, USUAL = 80, REST = 50 };

#define BOX_WORDS 120 /* words of a line that may name its box                                    */

typedef struct is {
    dl_text_role role;
    uint8_t sure;
} is;

static const struct {
    uint32_t zone;
    is is;
} zones[] = {
    /* What stands in these is that, whatever it says; then those in which a line may say more. */
    { DL_ZONE_EMBED, { DL_TEXT_EMBED, ZONE } },
    { DL_ZONE_COMMENT, { DL_TEXT_COMMENT, ZONE } },
    { DL_ZONE_RELATED, { DL_TEXT_RELATED, ZONE } },
    { DL_ZONE_AD, { DL_TEXT_ADVERTISEMENT, ZONE } },
    { DL_ZONE_NAV, { DL_TEXT_NAVIGATION, ZONE } },
    { DL_ZONE_PROMO, { DL_TEXT_PROMO, ZONE } },
    { DL_ZONE_SHARE, { DL_TEXT_SHARE, ZONE } },
    { DL_ZONE_TAGS, { DL_TEXT_TAGS, ZONE } },
    { DL_ZONE_BYLINE, { DL_TEXT_BYLINE, ZONE } },
    { DL_ZONE_FOOT | DL_ZONE_POPUP | DL_ZONE_FORM, { DL_TEXT_FURNITURE, ZONE } },
    { DL_ZONE_CAPTION | DL_ZONE_INLINE_FIG | DL_ZONE_FIGURE, { DL_TEXT_CAPTION, ZONE } },
    { DL_ZONE_QUOTE, { DL_TEXT_PULL_QUOTE, ZONE } },
    { DL_ZONE_HIDDEN, { DL_TEXT_HIDDEN, ZONE } },
};
enum { STRONG = 5 };

static is by_zone(uint32_t flags, size_t from, size_t end)
{
    for (size_t i = from; i < end; i++)
        if (flags & zones[i].zone) return zones[i].is;
    return (is){ DL_TEXT_ROLES, 0 };
}

static dl_text_role of_lex(uint8_t lex)
{
    switch ((dl_lex)lex) {
    case DL_LEX_TAIL:
    case DL_LEX_TEASE: return DL_TEXT_RELATED;
    case DL_LEX_PROMO: return DL_TEXT_PROMO;
    case DL_LEX_WALL: return DL_TEXT_PAYWALL;
    case DL_LEX_AD: return DL_TEXT_ADVERTISEMENT;
    case DL_LEX_SHARE: return DL_TEXT_SHARE;
    case DL_LEX_NAV: return DL_TEXT_NAVIGATION;
    case DL_LEX_LEGAL: return DL_TEXT_LEGAL;
    case DL_LEX_JOB:
    case DL_LEX_BYLINE: return DL_TEXT_BYLINE;
    case DL_LEX_DATE: return DL_TEXT_DATE;
    case DL_LEX_CREDIT: return DL_TEXT_CREDIT;
    case DL_LEX_CAPTION: return DL_TEXT_CAPTION;
    case DL_LEX_NOTE: return DL_TEXT_NOTE;
    case DL_LEX_SITE:
    case DL_LEX_TAGLINE:
    case DL_LEX_LIVE:
    case DL_LEX_TEMPLATE:
    case DL_LEX_ICON:
    case DL_LEX_KEY: return DL_TEXT_FURNITURE;
    default: return DL_TEXT_ROLES;
    }
}

/* Has the line a word of the table that stands for `role`? */
static bool speaks_of(const dl_xpage *p, const dl_xblock *k, dl_text_role role)
{
    const dl_tsv *t = &p->role_words;
    if (k->words > BOX_WORDS) return false;
    for (uint32_t r = 0; r < t->n; r++)
        if (dl_str_eq(dl_tsv_cell(t, r, 1), dl_str_of(dl_text_words[role])) &&
            dl_str_find(k->norm, dl_tsv_cell(t, r, 0), 0) != SIZE_MAX)
            return true;
    return false;
}

/* "(Reuters)", "AFP": an agency's name and nothing else. */
static bool is_agency(const dl_xpage *p, const dl_xblock *k)
{
    dl_str s = dl_str_trim(k->text);
    while (s.len && (s.p[0] == '(' || s.p[0] == '[' || s.p[0] == '/' || s.p[0] == '-')) s = dl_str_cut(s, 1, s.len);
    while (s.len && (s.p[s.len - 1] == ')' || s.p[s.len - 1] == ']' || s.p[s.len - 1] == '/' || s.p[s.len - 1] == '.')) s.len--;
    return k->words >= 1 && k->words <= 3 && dl_extract_agency(p, dl_str_trim(s)).len > 0;
}

/* "(c) 2031 The Alm Post", "Copyright ...". */
static bool is_rights(const dl_xblock *k)
{
    return k->words <= 40 &&
           (dl_str_find(k->text, DL_STR("\xc2\xa9"), 0) != SIZE_MAX || dl_str_starts_nocase(k->text, DL_STR("(c) ")) ||
            dl_str_starts_nocase(k->text, DL_STR("copyright")));
}

/* A line of its own that is the dateline: "OSLO, May 3 -". */
static bool is_dateline(const dl_xpage *p, const dl_xblock *k)
{
    const dl_meta *m = &p->b->meta;
    return k->words >= 1 && k->words <= 8 && !k->closed && m->place.end > m->place.beg &&
           dl_str_starts(k->text, dl_doc_str(&p->b->d, m->place));
}

static is of_aside(const dl_xpage *p, const dl_xblock *k)
{
    const bool named = of_lex(k->lex) == DL_TEXT_CREDIT;
    if (is_agency(p, k)) return (is){ DL_TEXT_AGENCY, BOTH };
    if (is_dateline(p, k)) return (is){ DL_TEXT_DATELINE, SHAPE };
    switch ((dl_block_kind)k->kind) {
    case DL_CAPTION:
        return named ? (is){ DL_TEXT_CREDIT, BOTH } : (is){ DL_TEXT_CAPTION, k->lex == DL_LEX_CAPTION ? BOTH : ZONE };
    case DL_DATELINE: return (is){ DL_TEXT_DATELINE, BOTH };
    case DL_BYLINE:
        if (k->lex == DL_LEX_DATE) return (is){ DL_TEXT_DATE, BOTH };
        return named ? (is){ DL_TEXT_CREDIT, WORDS } : (is){ DL_TEXT_BYLINE, k->lex == DL_LEX_BYLINE ? BOTH : ZONE };
    default: break;
    }
    if (named) return (is){ DL_TEXT_CREDIT, WORDS };
    return speaks_of(p, k, DL_TEXT_CORRECTION) ? (is){ DL_TEXT_CORRECTION, WORDS } : (is){ DL_TEXT_NOTE, SHAPE };
}

static is of_kept(const dl_xpage *p, const dl_xblock *k)
{
    static const uint8_t body[] = { DL_TEXT_BODY, DL_TEXT_HEADING, DL_TEXT_LIST, DL_TEXT_QUOTE, DL_TEXT_POST };
    is r = k->kind <= DL_POST ? (is){ (dl_text_role)body[k->kind], USUAL } : of_aside(p, k);
    if (k->sure && (k->kind <= DL_POST || k->sure < r.sure)) r.sure = k->sure;
    return r;
}

/* Boxes by their words: where it is known that the line asks for something or tells of rules. */
static is of_box(const dl_xpage *p, const dl_xblock *k, dl_text_role by_words)
{
    const uint32_t boxes = DL_ZONE_PROMO | DL_ZONE_POPUP | DL_ZONE_HIDDEN | DL_ZONE_FOOT | DL_ZONE_FORM;
    const bool asks = by_words == DL_TEXT_PROMO || by_words == DL_TEXT_LEGAL, boxed = (k->flags & boxes) != 0;
    if (by_words == DL_TEXT_NOTE && k->words >= 5 && !(k->flags & DL_ZONE_FOOT) && speaks_of(p, k, DL_TEXT_CORRECTION))
        return (is){ DL_TEXT_CORRECTION, WORDS };
    if (!asks && !boxed) return (is){ DL_TEXT_ROLES, 0 };
    const uint8_t sure = asks && boxed ? BOTH : asks ? WORDS : ZONE;
    if (speaks_of(p, k, DL_TEXT_COOKIE)) return (is){ DL_TEXT_COOKIE, sure };
    if (by_words != DL_TEXT_LEGAL && speaks_of(p, k, DL_TEXT_NEWSLETTER)) return (is){ DL_TEXT_NEWSLETTER, sure };
    return (is){ DL_TEXT_ROLES, 0 };
}

/* Neither words nor zones say it: links alone are headlines of other pieces, or names of sections. */
static is by_shape(const dl_xblock *k)
{
    if (k->chars && k->link * 10 > k->chars * 8) return (is){ k->words >= 4 ? DL_TEXT_RELATED : DL_TEXT_NAVIGATION, SHAPE };
    if (k->why && !strcmp(k->why, "teaser")) return (is){ DL_TEXT_RELATED, SHAPE };
    if (k->why && !strcmp(k->why, "pull quote")) return (is){ DL_TEXT_PULL_QUOTE, SHAPE };
    return (is){ DL_TEXT_FURNITURE, k->sure ? k->sure : REST };
}

static is of_removed(const dl_xpage *p, const dl_xblock *k)
{
    if (k->role == DL_ROLE_TITLE) return (is){ DL_TEXT_TITLE, BOTH };
    if (k->why && !strcmp(k->why, "repeat")) return (is){ DL_TEXT_REPEAT, BOTH };
    if (k->why && !strcmp(k->why, "post title")) return (is){ DL_TEXT_TITLE, WORDS };
    if (k->post != DL_NONE) return (is){ DL_TEXT_POST, SHAPE };
    if (k->why && !strcmp(k->why, "time")) return (is){ DL_TEXT_DATE, WORDS };
    const dl_text_role words = of_lex(k->lex);
    is r = by_zone(k->flags, 0, STRONG);
    if (r.role == DL_TEXT_ROLES && is_agency(p, k)) r = (is){ DL_TEXT_AGENCY, WORDS };
    if (r.role == DL_TEXT_ROLES) r = of_box(p, k, words);
    if (r.role == DL_TEXT_ROLES && words != DL_TEXT_ROLES) r = (is){ words, WORDS };
    if (r.role == DL_TEXT_ROLES) r = by_zone(k->flags, STRONG, DL_COUNT(zones));
    if (r.role == words) r.sure = r.sure < WORDS ? BOTH : r.sure;
    if (r.role == DL_TEXT_ROLES) r = by_shape(k);
    return r.role == DL_TEXT_FURNITURE && is_rights(k) ? (is){ DL_TEXT_LEGAL, WORDS } : r;
}

dl_text_role dl_extract_role(const dl_xpage *p, const dl_xblock *k, uint8_t *out_sure)
{
    const is r = k->role == DL_ROLE_KEEP ? of_kept(p, k) : of_removed(p, k);
    *out_sure = r.sure;
    return r.role;
}
