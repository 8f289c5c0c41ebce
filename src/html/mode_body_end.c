/* mode_body_end.c: the "in body" insertion mode (13.2.6.4.7): text, end tags, everything but start tags. */
#include "html/tree.h"

/* Text other than white space and U+0000 means that no frameset may follow. */
void dl_body_seen(dl_tree *b)
{
    dl_str s = dl_token_of(b)->text;
    for (size_t i = b->from; i < s.len && b->frameset_ok; i++)
        if (s.p[i] && !dl_ch_is(s.p[i], DL_CH_SPACE)) b->frameset_ok = false;
}

/* Text between U+0000, which is dropped. */
bool dl_body_text(dl_tree *b)
{
    const dl_token *k = dl_token_of(b);
    dl_body_seen(b);
    if (!k->nul) {
        dl_format_reconstruct(b);
        dl_tree_text(b, b->from, k->text.len);
        return true;
    }
    while (b->from < k->text.len) {
        const char *nul = memchr(k->text.p + b->from, 0, k->text.len - b->from);
        size_t end = nul ? (size_t)(nul - k->text.p) : k->text.len;
        if (end > b->from) {
            dl_format_reconstruct(b);
            dl_tree_text(b, b->from, end);
        }
        b->from = end + 1;
    }
    return true;
}

static bool same_name(const dl_tree *b, uint32_t i)
{
    const dl_token *k = dl_token_of(b);
    return b->kind[i] == DL_KIND(DL_NS_HTML, k->tag) && (k->tag != DL_TAG_UNKNOWN || dl_str_eq(k->text, b->d->data[b->open[i]]));
}

bool dl_body_any_end(dl_tree *b)
{
    dl_tag tag = dl_token_of(b)->tag;
    if (!b->count[tag]) return true; /* whatever stands above, nothing would be closed */
    for (uint32_t i = b->n_open; i-- > 1;) {
        if (same_name(b, i)) {
            uint32_t node = b->open[i];
            while (dl_el_props[dl_current_kind(b)] & DL_EL_IMPLIED && dl_current(b) != node && !same_name(b, b->n_open - 1))
                dl_open_pop(b);
            while (b->n_open > i) dl_open_pop(b);
            return true;
        }
        if (dl_el_props[b->kind[i]] & DL_EL_SPECIAL) return true;
    }
    return true;
}

static bool end_body(dl_tree *b)
{
    if (!DL_IN_SCOPE(b, DL_TAG_BODY)) return true;
    if (b->n_open > 1 && b->kind[1] == DL_TAG_BODY) b->d->raw_end[b->open[1]] = dl_token_of(b)->raw.end;
    b->mode = dl_mode_after_body;
    return true;
}

static bool end_html(dl_tree *b)
{
    if (!DL_IN_SCOPE(b, DL_TAG_BODY)) return true;
    b->mode = dl_mode_after_body;
    return false;
}

static bool end_block(dl_tree *b) /* address, article ... ul */
{
    dl_tag tag = dl_token_of(b)->tag;
    if (!DL_IN_SCOPE(b, tag)) return true;
    dl_open_implied(b, DL_TAG_NONE, DL_EL_IMPLIED);
    dl_open_pop_kind(b, tag);
    return true;
}

static bool end_form(dl_tree *b)
{
    if (b->count[DL_TAG_TEMPLATE]) return end_block(b);
    uint32_t node = b->form;
    b->form = DL_NONE;
    if (node == DL_NONE || !(b->flag[node] & DL_NODE_OPEN)) return true;
    uint32_t at = dl_open_find(b, node);
    for (uint32_t i = b->n_open; i-- > at + 1;)
        if (dl_el_props[b->kind[i]] & DL_EL_SCOPE) return true;
    dl_open_implied(b, DL_TAG_NONE, DL_EL_IMPLIED);
    if (b->flag[node] & DL_NODE_OPEN) dl_open_remove(b, dl_open_find(b, node));
    return true;
}

static bool end_p(dl_tree *b)
{
    if (!dl_open_in_scope(b, DL_TAG_P, DL_EL_SCOPE | DL_EL_BUTTON_SCOPE)) (void)dl_open_insert_implied(b, DL_TAG_P);
    dl_open_close_p(b);
    return true;
}

static bool end_li(dl_tree *b)
{
    if (!dl_open_in_scope(b, DL_TAG_LI, DL_EL_SCOPE | DL_EL_LIST_SCOPE)) return true;
    dl_open_implied(b, DL_TAG_LI, DL_EL_IMPLIED);
    dl_open_pop_kind(b, DL_TAG_LI);
    return true;
}

static bool end_dd(dl_tree *b) /* dd, dt */
{
    dl_tag tag = dl_token_of(b)->tag;
    if (!DL_IN_SCOPE(b, tag)) return true;
    dl_open_implied(b, tag, DL_EL_IMPLIED);
    dl_open_pop_kind(b, tag);
    return true;
}

/* Any heading in scope is closed by the end tag of any. */
static bool end_heading(dl_tree *b)
{
    uint32_t i = b->n_open;
    while (i-- > 0 && !(dl_el_props[b->kind[i]] & DL_EL_HEADING))
        if (dl_el_props[b->kind[i]] & DL_EL_SCOPE) return true;
    if (i == UINT32_MAX) return true;
    dl_open_implied(b, DL_TAG_NONE, DL_EL_IMPLIED);
    while (b->n_open > i) dl_open_pop(b);
    return true;
}

static bool end_formatting(dl_tree *b) /* a, b, big ... u */
{
    return dl_format_adopt(b, dl_token_of(b)->tag) || dl_body_any_end(b);
}

static bool end_object(dl_tree *b) /* applet, marquee, object */
{
    if (!DL_IN_SCOPE(b, dl_token_of(b)->tag)) return true;
    (void)end_block(b);
    dl_format_clear(b);
    return true;
}

static bool end_br(dl_tree *b)
{
    dl_format_reconstruct(b);
    (void)dl_open_insert_implied(b, DL_TAG_BR);
    dl_open_pop(b);
    b->frameset_ok = false;
    return true;
}

#define ON(symbol) [DL_TAG_##symbol]
static dl_mode_fn *const ends[DL_TAGS_N] = {
    ON(A) = end_formatting,
    ON(ADDRESS) = end_block,
    ON(APPLET) = end_object,
    ON(ARTICLE) = end_block,
    ON(ASIDE) = end_block,
    ON(B) = end_formatting,
    ON(BIG) = end_formatting,
    ON(BLOCKQUOTE) = end_block,
    ON(BODY) = end_body,
    ON(BR) = end_br,
    ON(BUTTON) = end_block,
    ON(CENTER) = end_block,
    ON(CODE) = end_formatting,
    ON(DD) = end_dd,
    ON(DETAILS) = end_block,
    ON(DIALOG) = end_block,
    ON(DIR) = end_block,
    ON(DIV) = end_block,
    ON(DL) = end_block,
    ON(DT) = end_dd,
    ON(EM) = end_formatting,
    ON(FIELDSET) = end_block,
    ON(FIGCAPTION) = end_block,
    ON(FIGURE) = end_block,
    ON(FONT) = end_formatting,
    ON(FOOTER) = end_block,
    ON(FORM) = end_form,
    ON(H1) = end_heading,
    ON(H2) = end_heading,
    ON(H3) = end_heading,
    ON(H4) = end_heading,
    ON(H5) = end_heading,
    ON(H6) = end_heading,
    ON(HEADER) = end_block,
    ON(HGROUP) = end_block,
    ON(HTML) = end_html,
    ON(I) = end_formatting,
    ON(LI) = end_li,
    ON(LISTING) = end_block,
    ON(MAIN) = end_block,
    ON(MARQUEE) = end_object,
    ON(MENU) = end_block,
    ON(NAV) = end_block,
    ON(NOBR) = end_formatting,
    ON(OBJECT) = end_object,
    ON(OL) = end_block,
    ON(P) = end_p,
    ON(PRE) = end_block,
    ON(S) = end_formatting,
    ON(SEARCH) = end_block,
    ON(SECTION) = end_block,
    ON(SELECT) = end_block,
    ON(SMALL) = end_formatting,
    ON(STRIKE) = end_formatting,
    ON(STRONG) = end_formatting,
    ON(SUMMARY) = end_block,
    ON(TEMPLATE) = dl_mode_in_head,
    ON(TT) = end_formatting,
    ON(U) = end_formatting,
    ON(UL) = end_block,
};

bool dl_body_end(dl_tree *b)
{
    dl_mode_fn *rule = ends[dl_token_of(b)->tag];
    return rule ? rule(b) : dl_body_any_end(b);
}

/* 13.2.6.4.7 */
bool dl_mode_in_body(dl_tree *b)
{
    switch (dl_token_of(b)->type) {
    case DL_TOKEN_TEXT: return dl_body_text(b);
    case DL_TOKEN_START: return dl_body_start(b);
    case DL_TOKEN_END: return dl_body_end(b);
    case DL_TOKEN_COMMENT: dl_tree_comment(b, DL_NONE); return true;
    case DL_TOKEN_DOCTYPE: return true;
    case DL_TOKEN_EOF: break;
    }
    if (b->n_templates) return dl_mode_in_template(b);
    b->stop = true;
    return true;
}
