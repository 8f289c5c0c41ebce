/* trim.c: decides on each block of a page of HTML once the element that holds the article is known:
 * edges are cut, and captions, bylines, teasers and requests inside are taken out. */
#include "extract/html_page.h"

#define HEADED 60 /* words of prose below a headline that show it to be the article's                   */

typedef struct trim {
    dl_xhtml *h;
    uint8_t *inside;      /* [d.n] under the root                                                   */
    uint32_t first, last; /* blocks: first and last paragraph of the article                    */
    dl_str description;   /* norm of what meta data says                                        */
    uint64_t title;       /* hash of the title's norm                                               */
    dl_map seen;          /* hashes of what was kept                                                */
} trim;

static const char *zone_reason(uint32_t f)
{
    if (f & DL_ZONE_HIDDEN) return "hidden";
    if (f & DL_ZONE_EMBED) return "embed";
    if (f & DL_ZONE_AD) return "advertisement";
    if (f & DL_ZONE_COMMENT) return "comments";
    if (f & DL_ZONE_RELATED) return "teaser";
    if (f & DL_ZONE_PROMO) return "promotion";
    if (f & DL_ZONE_SHARE) return "share";
    if (f & DL_ZONE_TAGS) return "tags";
    if (f & DL_ZONE_POPUP) return "notice";
    if (f & DL_ZONE_NAV) return "navigation";
    if (f & DL_ZONE_FOOT) return "footer";
    if (f & DL_ZONE_SIDE) return "sidebar";
    return "furniture";
}

static bool para_tag(const dl_xblock *k)
{
    return k->tag == DL_TAG_P || k->tag == DL_TAG_BLOCKQUOTE || k->tag == DL_TAG_PRE || k->tag == DL_TAG_LI ||
           k->tag == DL_TAG_TD || k->tag == DL_TAG_TH || k->tag == DL_TAG_DD || k->tag == DL_TAG_DT;
}

static bool prose(const trim *t, const dl_xblock *k)
{
    if (!t->inside[k->node] || (k->flags & (DL_ZONE_BAD | DL_ZONE_CAPTION | DL_ZONE_FIGURE | DL_ZONE_INLINE_FIG | DL_ZONE_BYLINE |
                                            DL_ZONE_META | DL_ZONE_HEADING)))
        return false;
    if (k->lex != DL_LEX_NONE && k->lex != DL_LEX_JOB) return false;
    return dl_choose_value(t->h, k) >= 5.0f;
}

static void keep(dl_xblock *k, dl_block_kind kind)
{
    k->role = DL_ROLE_KEEP;
    k->kind = (uint8_t)kind;
}

static void mark_inside(trim *t)
{
    const dl_xhtml *h = t->h;
    t->inside[h->root] = 1;
    for (uint32_t i = 0; i < h->seen; i++) {
        uint32_t n = h->order[i], up = h->d.parent[n];
        if (up != DL_NONE && t->inside[up]) t->inside[n] = 1;
    }
}

/* A short sentence next to the article's first or last paragraph, no longer than a few words. */
static bool belongs(const trim *t, const dl_xblock *k)
{
    return t->inside[k->node] && !(k->flags & (DL_ZONE_BAD | DL_ZONE_ASIDE | DL_ZONE_INLINE_FIG | DL_ZONE_HEADING)) &&
           para_tag(k) && k->closed && dl_choose_links(k) < 0.3f && (k->lex == DL_LEX_NONE || k->lex == DL_LEX_JOB);
}

/* The element right round the most paragraphs; lists and tables are looked through. */
static uint32_t holder(const trim *t, const dl_xblock *k)
{
    const dl_dom *d = &t->h->d;
    uint32_t n = d->parent[k->node];
    for (int i = 0; i < 6 && n != DL_NONE && n != t->h->root; i++, n = d->parent[n]) {
        const uint16_t tag = d->tag[n];
        if (tag != DL_TAG_UL && tag != DL_TAG_OL && tag != DL_TAG_LI && tag != DL_TAG_BLOCKQUOTE && tag != DL_TAG_TR &&
            tag != DL_TAG_TBODY && tag != DL_TAG_TABLE && tag != DL_TAG_DL)
            break;
    }
    return n;
}

/* Lines at the end without a stop, in the element that holds the paragraphs: lists, verses, tables. */
static void more_lines(trim *t)
{
    const dl_xpage *p = t->h->p;
    uint32_t *words = DL_NEW(p->a, t->h->d.n, uint32_t), best = DL_NONE;
    if (!words) return;
    for (uint32_t i = t->first; i <= t->last && i < p->n; i++) {
        if (!prose(t, &p->blk[i])) continue;
        uint32_t n = holder(t, &p->blk[i]);
        if (n == DL_NONE) continue;
        words[n] += p->blk[i].words;
        if (best == DL_NONE || words[n] > words[best]) best = n;
    }
    for (uint32_t i = t->last + 1; i < p->n && best != DL_NONE; i++) {
        const dl_xblock *k = &p->blk[i];
        if (!t->inside[k->node]) continue;
        bool line = para_tag(k) && dl_choose_links(k) < 0.4f && (k->lex == DL_LEX_NONE || k->lex == DL_LEX_JOB) &&
                    !(k->flags & (DL_ZONE_BAD | DL_ZONE_ASIDE | DL_ZONE_INLINE_FIG));
        if (line && holder(t, k) == best) t->last = i;
    }
}

static bool is_title(const trim *t, const dl_xblock *k) { return k->words >= 2 && k->hash == t->title; }

/* Prose above the headline is a ticker or another piece, where most of the prose stands below it. */
static void below_headline(trim *t)
{
    const dl_xpage *p = t->h->p;
    uint32_t head = 0, above = 0, below = 0, next = DL_NONE;
    while (head < p->n && !(is_title(t, &p->blk[head]) && (p->blk[head].flags & DL_ZONE_HEADING))) head++;
    for (uint32_t i = t->first; i <= t->last && i < p->n && head < p->n; i++) {
        if (!prose(t, &p->blk[i])) continue;
        *(i < head ? &above : &below) += p->blk[i].words;
        if (i > head && next == DL_NONE) next = i;
    }
    if (next != DL_NONE && above && below >= HEADED && below * 2 >= above) t->first = next;
}

static void edges(trim *t)
{
    const dl_xpage *p = t->h->p;
    t->first = p->n;
    t->last = 0;
    for (uint32_t i = 0; i < p->n; i++)
        if (prose(t, &p->blk[i])) {
            if (t->first == p->n) t->first = i;
            t->last = i;
        }
    below_headline(t);
    while (t->last + 1 < p->n && belongs(t, &p->blk[t->last + 1])) t->last++;
    while (t->first > 0 && t->first < p->n && belongs(t, &p->blk[t->first - 1])) t->first--;
    if (t->first < p->n) more_lines(t);
}

/* A heading is kept where a paragraph follows before the next heading of any rank. */
static bool heads_prose(const trim *t, uint32_t i)
{
    const dl_xpage *p = t->h->p;
    for (uint32_t j = i + 1; j < p->n && j < i + 12; j++) {
        const dl_xblock *k = &p->blk[j];
        if (k->role == DL_ROLE_OUT || !t->inside[k->node] || (k->flags & (DL_ZONE_BAD | DL_ZONE_INLINE_FIG | DL_ZONE_CAPTION)))
            continue;
        if (k->flags & DL_ZONE_HEADING) return false;
        if (prose(t, k) || (para_tag(k) && dl_choose_links(k) < 0.4f && k->words >= 4)) return true;
    }
    return false;
}

static void aside(trim *t, dl_xblock *k)
{
    dl_xpage *p = t->h->p;
    if (k->lex == DL_LEX_CREDIT) dl_extract_credit_line(p, k);
    if (k->flags & (DL_ZONE_CAPTION | DL_ZONE_INLINE_FIG | DL_ZONE_FIGURE))
        keep(k, DL_CAPTION);
    else
        keep(k, DL_NOTE);
}

dl_block_kind dl_trim_kind(const dl_xblock *k)
{
    if (k->flags & DL_ZONE_HEADING) return DL_HEADING;
    if (k->flags & DL_ZONE_BLOCKQUOTE) return DL_QUOTATION;
    return k->tag == DL_TAG_LI ? DL_LIST : DL_PARAGRAPH;
}

/* Lines that lex.c knows; true: decided. */
static bool by_lex(trim *t, dl_xblock *k, bool within)
{
    dl_xpage *p = t->h->p;
    switch (k->lex) {
    case DL_LEX_NONE:
    case DL_LEX_JOB:
    case DL_LEX_NOTE:
    case DL_LEX_KEY: return false;
    case DL_LEX_TAGLINE:
    case DL_LEX_NUMBER:
    case DL_LEX_NAV:
        if (within && para_tag(k) && dl_choose_links(k) < 0.3f) return false;
        break;
    case DL_LEX_CAPTION:
        if (k->closed && k->words > 30) return false;
        keep(k, DL_CAPTION);
        return true;
    case DL_LEX_BYLINE: keep(k, DL_BYLINE); return true;
    case DL_LEX_CREDIT:
        if (within && k->words > 8 && k->closed) return false;
        dl_extract_credit_line(p, k);
        keep(k, DL_NOTE);
        return true;
    case DL_LEX_DATE: (void)dl_extract_date_line(p, k, true); break;
    case DL_LEX_WALL: p->truncated |= k->words >= 6; break;
    default: break;
    }
    dl_extract_out(k, dl_extract_reason((dl_lex)k->lex));
    return true;
}

static void judge_inside(trim *t, uint32_t i)
{
    dl_xpage *p = t->h->p;
    dl_xblock *k = &p->blk[i];
    const bool within = i >= t->first && i <= t->last;
    const float ld = dl_choose_links(k);
    if (k->flags & DL_ZONE_BAD) {
        dl_extract_out(k, zone_reason(k->flags));
        return;
    }
    if (k->flags & (DL_ZONE_CAPTION | DL_ZONE_INLINE_FIG | DL_ZONE_FIGURE)) {
        aside(t, k);
        return;
    }
    if ((k->flags & (DL_ZONE_BYLINE | DL_ZONE_META)) && (k->words <= 40 || (k->flags & DL_ZONE_BYLINE))) {
        if (k->lex == DL_LEX_DATE) (void)dl_extract_date_line(p, k, true);
        keep(k, DL_BYLINE);
        return;
    }
    if (k->flags & DL_ZONE_QUOTE) {
        dl_extract_out(k, "pull quote");
        return;
    }
    if (by_lex(t, k, within)) return;
    if (!within) {
        dl_extract_out(k, i < t->first ? "head" : "tail");
        return;
    }
    if (k->flags & DL_ZONE_HEADING) {
        if (ld < 0.6f && heads_prose(t, i))
            keep(k, DL_HEADING);
        else
            dl_extract_out(k, ld < 0.6f ? "furniture" : "teaser");
        return;
    }
    if (ld > 0.72f && !(k->closed && k->words >= 8 && k->tag == DL_TAG_P && ld < 0.95f)) {
        bool alone = k->words <= 3 && k->tag == DL_TAG_TD;
        if (!alone) {
            dl_extract_out(k, "teaser");
            return;
        }
    }
    if (!k->closed && !para_tag(k) && k->words < 12) {
        dl_extract_out(k, "furniture");
        return;
    }
    keep(k, dl_trim_kind(k));
}

const char *dl_trim_reason(const dl_xblock *k)
{
    return k->flags & DL_ZONE_BAD  ? zone_reason(k->flags)
           : k->lex != DL_LEX_NONE ? dl_extract_reason((dl_lex)k->lex)
                                   : "furniture";
}

static void judge_outside(trim *t, dl_xblock *k)
{
    if (k->lex == DL_LEX_DATE && !(k->flags & DL_ZONE_BAD)) (void)dl_extract_date_line(t->h->p, k, true);
    dl_extract_out(k, dl_trim_reason(k));
}

/* Says the block what meta data gives as the description, or the beginning of it? */
static bool described(const trim *t, const dl_xblock *k)
{
    size_t n = k->norm.len < t->description.len ? k->norm.len : t->description.len;
    return n >= 30 && !memcmp(k->norm.p, t->description.p, n < 60 ? n : 60);
}

/* The line or two below the headline, wherever they stand in the tree: from the title to the first
 * paragraph. */
static void standfirst(trim *t)
{
    dl_xpage *p = t->h->p;
    uint32_t title = DL_NONE, kept = 0;
    for (uint32_t i = 0; i < t->first && i < p->n; i++)
        if (p->blk[i].role == DL_ROLE_TITLE && (p->blk[i].flags & DL_ZONE_HEADING)) title = i;
    if (t->first >= p->n) return;
    for (uint32_t i = title == DL_NONE ? (t->first > 12 ? t->first - 12 : 0) : title + 1; i < t->first && kept < 3; i++) {
        dl_xblock *k = &p->blk[i];
        if (k->role != DL_ROLE_OUT || k->words < 5 || k->words > 120 || dl_choose_links(k) > 0.4f || k->lex != DL_LEX_NONE)
            continue;
        if (k->flags & (DL_ZONE_CAPTION | DL_ZONE_INLINE_FIG | DL_ZONE_BYLINE | DL_ZONE_NAV | DL_ZONE_RELATED | DL_ZONE_COMMENT |
                        DL_ZONE_AD | DL_ZONE_POPUP | DL_ZONE_HIDDEN))
            continue;
        if (!(k->flags & DL_ZONE_DECK) && !described(t, k)) continue;
        if (title == DL_NONE && !described(t, k)) continue;
        keep(k, DL_PARAGRAPH);
        kept++;
    }
}

static void repeats(trim *t, uint32_t i)
{
    dl_xblock *k = &t->h->p->blk[i];
    if (k->role != DL_ROLE_KEEP || k->words < 6) return;
    uint32_t *at = dl_map_put(&t->seen, k->hash, i);
    if (!at || *at == i) return;
    k->same_as = *at;
    dl_extract_out(k, "repeat");
}

void dl_trim_datelines(dl_xhtml *h)
{
    dl_xpage *p = h->p;
    uint32_t tried = 0;
    for (uint32_t i = 0; i < p->n && tried < 2; i++) {
        const dl_xblock *k = &p->blk[i];
        if (k->role != DL_ROLE_KEEP || k->kind != DL_PARAGRAPH) continue;
        if (dl_extract_dateline(p, k)) return;
        tried++;
    }
}

void dl_trim_blocks(dl_xhtml *h)
{
    dl_xpage *p = h->p;
    trim t = { .h = h, .inside = DL_NEW(p->a, h->d.n, uint8_t) };
    if (!t.inside) return;
    dl_map_init(&t.seen, p->a);
    dl_str norm = dl_extract_norm(p->a, p->title);
    t.title = norm.len ? dl_hash_str(norm) : 0;
    dl_sections_mark(h);
    t.description = dl_extract_norm(p->a, h->description);
    mark_inside(&t);
    edges(&t);
    for (uint32_t i = 0; i < p->n; i++) {
        dl_xblock *k = &p->blk[i];
        if (is_title(&t, k))
            k->role = DL_ROLE_TITLE;
        else if (t.inside[k->node])
            judge_inside(&t, i);
        else
            judge_outside(&t, k);
    }
    standfirst(&t);
    for (uint32_t i = 0; i < p->n; i++) repeats(&t, i);
}
