/* mode_body.c: start tags in the "in body" insertion mode (13.2.6.4.7), one rule a function. */
#include "html/tree.h"

static bool open_ordinary(dl_tree *b) /* any other start tag */
{
    dl_format_reconstruct(b);
    (void)dl_open_insert_html(b);
    return true;
}

static bool open_selectedcontent(dl_tree *b)
{
    (void)open_ordinary(b);
    dl_selected_element(b, dl_current(b));
    return true;
}

static bool open_html(dl_tree *b)
{
    if (!b->count[DL_TAG_TEMPLATE]) dl_tree_merge_attrs(b, b->open[0]);
    return true;
}

/* The body element is the second on the stack, where there is one. */
static bool has_body(const dl_tree *b) { return b->n_open > 1 && b->kind[1] == DL_TAG_BODY; }

static bool open_body(dl_tree *b)
{
    if (!has_body(b) || b->count[DL_TAG_TEMPLATE]) return true;
    b->frameset_ok = false;
    dl_tree_merge_attrs(b, b->open[1]);
    return true;
}

static bool open_frameset(dl_tree *b)
{
    if (!has_body(b) || !b->frameset_ok) return true;
    dl_tree_detach(b, b->open[1]);
    while (b->n_open > 1) dl_open_pop(b);
    (void)dl_open_insert_html(b);
    b->mode = dl_mode_in_frameset;
    return true;
}

static bool open_block(dl_tree *b) /* address, article ... ul */
{
    dl_open_close_p(b);
    (void)dl_open_insert_html(b);
    return true;
}

static bool open_heading(dl_tree *b)
{
    dl_open_close_p(b);
    if (dl_el_props[dl_current_kind(b)] & DL_EL_HEADING) dl_open_pop(b);
    (void)dl_open_insert_html(b);
    return true;
}

static bool open_pre(dl_tree *b)
{
    (void)open_block(b);
    b->skip_lf = true;
    b->frameset_ok = false;
    return true;
}

static bool open_form(dl_tree *b)
{
    bool in_template = b->count[DL_TAG_TEMPLATE];
    if (b->form != DL_NONE && !in_template) return true;
    dl_open_close_p(b);
    uint32_t node = dl_open_insert_html(b);
    if (!in_template) b->form = node;
    return true;
}

/* li, and dd or dt: closes an open one of its kind that no special element stands above, except
 * address, div and p. */
static void close_item(dl_tree *b, unsigned kind, unsigned or_kind)
{
    b->frameset_ok = false;
    if (b->count[kind] || b->count[or_kind]) {
        for (uint32_t i = b->n_open; i-- > 0;) {
            unsigned at = b->kind[i];
            if (at == kind || at == or_kind) {
                dl_open_implied(b, at, DL_EL_IMPLIED);
                dl_open_pop_kind(b, at);
                break;
            }
            if (dl_el_props[at] & DL_EL_SPECIAL && at != DL_TAG_ADDRESS && at != DL_TAG_DIV && at != DL_TAG_P) break;
        }
    }
    dl_open_close_p(b);
    (void)dl_open_insert_html(b);
}

static bool open_li(dl_tree *b)
{
    close_item(b, DL_TAG_LI, DL_TAG_LI);
    return true;
}

static bool open_dd(dl_tree *b)
{
    close_item(b, DL_TAG_DD, DL_TAG_DT);
    return true;
}

static bool open_plaintext(dl_tree *b)
{
    (void)open_block(b);
    b->t.state = DL_TOK_PLAINTEXT;
    return true;
}

static bool open_button(dl_tree *b)
{
    if (DL_IN_SCOPE(b, DL_TAG_BUTTON)) {
        dl_open_implied(b, DL_TAG_NONE, DL_EL_IMPLIED);
        dl_open_pop_kind(b, DL_TAG_BUTTON);
    }
    dl_format_reconstruct(b);
    (void)dl_open_insert_html(b);
    b->frameset_ok = false;
    return true;
}

static bool open_formatting(dl_tree *b) /* b, big ... u */
{
    dl_format_reconstruct(b);
    dl_format_push(b, dl_open_insert_html(b));
    return true;
}

static bool open_a(dl_tree *b)
{
    uint32_t i = dl_format_last(b, DL_TAG_A);
    if (i != DL_NONE) {
        uint32_t old = b->list[i].node;
        (void)dl_format_adopt(b, DL_TAG_A);
        dl_format_remove(b, old);
        if (b->flag[old] & DL_NODE_OPEN) dl_open_remove(b, dl_open_find(b, old));
    }
    return open_formatting(b);
}

static bool open_nobr(dl_tree *b)
{
    dl_format_reconstruct(b);
    if (DL_IN_SCOPE(b, DL_TAG_NOBR) && !dl_format_adopt(b, DL_TAG_NOBR)) (void)dl_body_any_end(b);
    return open_formatting(b);
}

static bool open_object(dl_tree *b) /* applet, marquee, object */
{
    (void)open_ordinary(b);
    dl_format_marker(b);
    b->frameset_ok = false;
    return true;
}

static bool open_table(dl_tree *b)
{
    if (!b->d->quirks) dl_open_close_p(b);
    (void)dl_open_insert_html(b);
    b->frameset_ok = false;
    b->mode = dl_mode_in_table;
    return true;
}

static bool open_void(dl_tree *b) /* area, br, embed, img, keygen, wbr */
{
    dl_format_reconstruct(b);
    dl_open_insert_void(b);
    b->frameset_ok = false;
    return true;
}

static bool context_is_select(const dl_tree *b) { return b->context != DL_NONE && dl_kind_of(b->d, b->context) == DL_TAG_SELECT; }

static bool open_input(dl_tree *b)
{
    if (context_is_select(b)) return true;
    if (DL_IN_SCOPE(b, DL_TAG_SELECT)) dl_open_pop_kind(b, DL_TAG_SELECT);
    dl_format_reconstruct(b);
    bool hidden = dl_token_hidden(b);
    dl_open_insert_void(b);
    if (!hidden) b->frameset_ok = false;
    return true;
}

static bool open_param(dl_tree *b) /* param, source, track */
{
    dl_open_insert_void(b);
    return true;
}

static bool open_hr(dl_tree *b)
{
    dl_open_close_p(b);
    if (DL_IN_SCOPE(b, DL_TAG_SELECT)) dl_open_implied(b, DL_TAG_NONE, DL_EL_IMPLIED);
    dl_open_insert_void(b);
    b->frameset_ok = false;
    return true;
}

static bool open_image(dl_tree *b) /* "Don't ask." */
{
    b->t.tok.tag = DL_TAG_IMG;
    b->t.tok.text = dl_tag_name(DL_TAG_IMG);
    return false;
}

static bool open_textarea(dl_tree *b)
{
    dl_mode_raw_text(b, DL_TOK_RCDATA);
    b->skip_lf = true;
    b->frameset_ok = false;
    return true;
}

static bool open_xmp(dl_tree *b)
{
    dl_open_close_p(b);
    dl_format_reconstruct(b);
    b->frameset_ok = false;
    dl_mode_raw_text(b, DL_TOK_RAWTEXT);
    return true;
}

static bool open_iframe(dl_tree *b)
{
    b->frameset_ok = false;
    dl_mode_raw_text(b, DL_TOK_RAWTEXT);
    return true;
}

static bool open_noembed(dl_tree *b)
{
    dl_mode_raw_text(b, DL_TOK_RAWTEXT);
    return true;
}

static bool open_select(dl_tree *b)
{
    if (context_is_select(b)) return true;
    if (DL_IN_SCOPE(b, DL_TAG_SELECT)) {
        dl_open_pop_kind(b, DL_TAG_SELECT);
        return true;
    }
    (void)open_ordinary(b);
    b->frameset_ok = false;
    return true;
}

static bool open_option(dl_tree *b)
{
    if (DL_IN_SCOPE(b, DL_TAG_SELECT))
        dl_open_implied(b, DL_TAG_OPTGROUP, DL_EL_IMPLIED);
    else if (dl_current_is(b, DL_TAG_OPTION))
        dl_open_pop(b);
    return open_ordinary(b);
}

static bool open_optgroup(dl_tree *b)
{
    if (DL_IN_SCOPE(b, DL_TAG_SELECT))
        dl_open_implied(b, DL_TAG_NONE, DL_EL_IMPLIED);
    else if (dl_current_is(b, DL_TAG_OPTION))
        dl_open_pop(b);
    return open_ordinary(b);
}

static bool open_rb(dl_tree *b) /* rb, rtc */
{
    if (DL_IN_SCOPE(b, DL_TAG_RUBY)) dl_open_implied(b, DL_TAG_NONE, DL_EL_IMPLIED);
    (void)dl_open_insert_html(b);
    return true;
}

static bool open_rt(dl_tree *b) /* rp, rt */
{
    if (DL_IN_SCOPE(b, DL_TAG_RUBY)) dl_open_implied(b, DL_TAG_RTC, DL_EL_IMPLIED);
    (void)dl_open_insert_html(b);
    return true;
}

static bool open_foreign(dl_tree *b) /* math, svg */
{
    unsigned ns = dl_token_of(b)->tag == DL_TAG_SVG ? DL_NS_SVG : DL_NS_MATHML;
    dl_format_reconstruct(b);
    dl_foreign_attrs(b, ns);
    (void)dl_open_insert_element(b, ns, dl_token_of(b)->text);
    if (dl_token_of(b)->self_closing) dl_open_pop(b);
    return true;
}

static bool ignore(dl_tree *b) /* caption, col ... tr: they have a place in tables alone */
{
    (void)b;
    return true;
}

#define ON(symbol) [DL_TAG_##symbol]
static dl_mode_fn *const opens[DL_TAGS_N] = {
    ON(A) = open_a,
    ON(ADDRESS) = open_block,
    ON(APPLET) = open_object,
    ON(AREA) = open_void,
    ON(ARTICLE) = open_block,
    ON(ASIDE) = open_block,
    ON(B) = open_formatting,
    ON(BASE) = dl_mode_in_head,
    ON(BASEFONT) = dl_mode_in_head,
    ON(BGSOUND) = dl_mode_in_head,
    ON(BIG) = open_formatting,
    ON(BLOCKQUOTE) = open_block,
    ON(BODY) = open_body,
    ON(BR) = open_void,
    ON(BUTTON) = open_button,
    ON(CAPTION) = ignore,
    ON(CENTER) = open_block,
    ON(CODE) = open_formatting,
    ON(COL) = ignore,
    ON(COLGROUP) = ignore,
    ON(DD) = open_dd,
    ON(DETAILS) = open_block,
    ON(DIALOG) = open_block,
    ON(DIR) = open_block,
    ON(DIV) = open_block,
    ON(DL) = open_block,
    ON(DT) = open_dd,
    ON(EM) = open_formatting,
    ON(EMBED) = open_void,
    ON(FIELDSET) = open_block,
    ON(FIGCAPTION) = open_block,
    ON(FIGURE) = open_block,
    ON(FONT) = open_formatting,
    ON(FOOTER) = open_block,
    ON(FORM) = open_form,
    ON(FRAME) = ignore,
    ON(FRAMESET) = open_frameset,
    ON(H1) = open_heading,
    ON(H2) = open_heading,
    ON(H3) = open_heading,
    ON(H4) = open_heading,
    ON(H5) = open_heading,
    ON(H6) = open_heading,
    ON(HEAD) = ignore,
    ON(HEADER) = open_block,
    ON(HGROUP) = open_block,
    ON(HR) = open_hr,
    ON(HTML) = open_html,
    ON(I) = open_formatting,
    ON(IFRAME) = open_iframe,
    ON(IMAGE) = open_image,
    ON(IMG) = open_void,
    ON(INPUT) = open_input,
    ON(KEYGEN) = open_void,
    ON(LI) = open_li,
    ON(LINK) = dl_mode_in_head,
    ON(LISTING) = open_pre,
    ON(MAIN) = open_block,
    ON(MARQUEE) = open_object,
    ON(MATH) = open_foreign,
    ON(MENU) = open_block,
    ON(META) = dl_mode_in_head,
    ON(NAV) = open_block,
    ON(NOBR) = open_nobr,
    ON(NOEMBED) = open_noembed,
    ON(NOFRAMES) = dl_mode_in_head,
    ON(OBJECT) = open_object,
    ON(OL) = open_block,
    ON(OPTGROUP) = open_optgroup,
    ON(OPTION) = open_option,
    ON(P) = open_block,
    ON(PARAM) = open_param,
    ON(PLAINTEXT) = open_plaintext,
    ON(PRE) = open_pre,
    ON(RB) = open_rb,
    ON(RP) = open_rt,
    ON(RT) = open_rt,
    ON(RTC) = open_rb,
    ON(S) = open_formatting,
    ON(SCRIPT) = dl_mode_in_head,
    ON(SEARCH) = open_block,
    ON(SECTION) = open_block,
    ON(SELECT) = open_select,
    ON(SELECTEDCONTENT) = open_selectedcontent,
    ON(SMALL) = open_formatting,
    ON(SOURCE) = open_param,
    ON(STRIKE) = open_formatting,
    ON(STRONG) = open_formatting,
    ON(STYLE) = dl_mode_in_head,
    ON(SUMMARY) = open_block,
    ON(SVG) = open_foreign,
    ON(TABLE) = open_table,
    ON(TBODY) = ignore,
    ON(TD) = ignore,
    ON(TEMPLATE) = dl_mode_in_head,
    ON(TEXTAREA) = open_textarea,
    ON(TFOOT) = ignore,
    ON(TH) = ignore,
    ON(THEAD) = ignore,
    ON(TITLE) = dl_mode_in_head,
    ON(TR) = ignore,
    ON(TRACK) = open_param,
    ON(TT) = open_formatting,
    ON(U) = open_formatting,
    ON(UL) = open_block,
    ON(WBR) = open_void,
    ON(XMP) = open_xmp,
};

bool dl_body_start(dl_tree *b)
{
    dl_mode_fn *rule = opens[dl_token_of(b)->tag];
    return rule ? rule(b) : open_ordinary(b);
}
