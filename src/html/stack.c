/* stack.c: the stack of open elements (13.2.4.2) and the insertion mode that follows from it. */
#include "html/tree.h"

#define SPECIAL DL_EL_SPECIAL
#define FORMAT DL_EL_FORMATTING
#define IMPLIED (DL_EL_IMPLIED | DL_EL_THOROUGH)
#define SCOPED (DL_EL_SPECIAL | DL_EL_SCOPE | DL_EL_LIST_SCOPE | DL_EL_BUTTON_SCOPE)
#define H(symbol) [DL_KIND(DL_NS_HTML, DL_TAG_##symbol)]
#define S(symbol) [DL_KIND(DL_NS_SVG, DL_TAG_##symbol)]
#define M(symbol) [DL_KIND(DL_NS_MATHML, DL_TAG_##symbol)]
const uint16_t dl_el_props[DL_KINDS] = {
    H(ADDRESS) = SPECIAL,
    H(APPLET) = SCOPED,
    H(AREA) = SPECIAL,
    H(ARTICLE) = SPECIAL,
    H(ASIDE) = SPECIAL,
    H(BASE) = SPECIAL,
    H(BASEFONT) = SPECIAL,
    H(BGSOUND) = SPECIAL,
    H(BLOCKQUOTE) = SPECIAL,
    H(BODY) = SPECIAL,
    H(BR) = SPECIAL,
    H(BUTTON) = SPECIAL | DL_EL_BUTTON_SCOPE,
    H(CAPTION) = SCOPED | DL_EL_THOROUGH,
    H(CENTER) = SPECIAL,
    H(COL) = SPECIAL,
    H(COLGROUP) = SPECIAL | DL_EL_THOROUGH,
    H(DD) = SPECIAL | IMPLIED,
    H(DETAILS) = SPECIAL,
    H(DIR) = SPECIAL,
    H(DIV) = SPECIAL,
    H(DL) = SPECIAL,
    H(DT) = SPECIAL | IMPLIED,
    H(EMBED) = SPECIAL,
    H(FIELDSET) = SPECIAL,
    H(FIGCAPTION) = SPECIAL,
    H(FIGURE) = SPECIAL,
    H(FOOTER) = SPECIAL,
    H(FORM) = SPECIAL,
    H(FRAME) = SPECIAL,
    H(FRAMESET) = SPECIAL,
    H(H1) = SPECIAL | DL_EL_HEADING,
    H(H2) = SPECIAL | DL_EL_HEADING,
    H(H3) = SPECIAL | DL_EL_HEADING,
    H(H4) = SPECIAL | DL_EL_HEADING,
    H(H5) = SPECIAL | DL_EL_HEADING,
    H(H6) = SPECIAL | DL_EL_HEADING,
    H(HEAD) = SPECIAL,
    H(HEADER) = SPECIAL,
    H(HGROUP) = SPECIAL,
    H(HR) = SPECIAL,
    H(HTML) = SCOPED | DL_EL_TABLE_SCOPE,
    H(IFRAME) = SPECIAL,
    H(IMG) = SPECIAL,
    H(INPUT) = SPECIAL,
    H(KEYGEN) = SPECIAL,
    H(LI) = SPECIAL | IMPLIED,
    H(LINK) = SPECIAL,
    H(LISTING) = SPECIAL,
    H(MAIN) = SPECIAL,
    H(MARQUEE) = SCOPED,
    H(MENU) = SPECIAL,
    H(META) = SPECIAL,
    H(NAV) = SPECIAL,
    H(NOEMBED) = SPECIAL,
    H(NOFRAMES) = SPECIAL,
    H(NOSCRIPT) = SPECIAL,
    H(OBJECT) = SCOPED,
    H(OL) = SPECIAL | DL_EL_LIST_SCOPE,
    H(OPTGROUP) = IMPLIED,
    H(OPTION) = IMPLIED,
    H(P) = SPECIAL | IMPLIED,
    H(PARAM) = SPECIAL,
    H(PLAINTEXT) = SPECIAL,
    H(PRE) = SPECIAL,
    H(RB) = IMPLIED,
    H(RP) = IMPLIED,
    H(RT) = IMPLIED,
    H(RTC) = IMPLIED,
    H(SCRIPT) = SPECIAL,
    H(SEARCH) = SPECIAL,
    H(SECTION) = SPECIAL,
    H(SELECT) = SCOPED,
    H(SOURCE) = SPECIAL,
    H(STYLE) = SPECIAL,
    H(SUMMARY) = SPECIAL,
    H(TABLE) = SCOPED | DL_EL_TABLE_SCOPE | DL_EL_FOSTER,
    H(TBODY) = SPECIAL | DL_EL_THOROUGH | DL_EL_FOSTER,
    H(TD) = SCOPED | DL_EL_THOROUGH,
    H(TEMPLATE) = SCOPED | DL_EL_TABLE_SCOPE,
    H(TEXTAREA) = SPECIAL,
    H(TFOOT) = SPECIAL | DL_EL_THOROUGH | DL_EL_FOSTER,
    H(TH) = SCOPED | DL_EL_THOROUGH,
    H(THEAD) = SPECIAL | DL_EL_THOROUGH | DL_EL_FOSTER,
    H(TITLE) = SPECIAL,
    H(TR) = SPECIAL | DL_EL_THOROUGH | DL_EL_FOSTER,
    H(TRACK) = SPECIAL,
    H(UL) = SPECIAL | DL_EL_LIST_SCOPE,
    H(WBR) = SPECIAL,
    H(XMP) = SPECIAL,
    H(A) = FORMAT,
    H(B) = FORMAT,
    H(BIG) = FORMAT,
    H(CODE) = FORMAT,
    H(EM) = FORMAT,
    H(FONT) = FORMAT,
    H(I) = FORMAT,
    H(NOBR) = FORMAT,
    H(S) = FORMAT,
    H(SMALL) = FORMAT,
    H(STRIKE) = FORMAT,
    H(STRONG) = FORMAT,
    H(TT) = FORMAT,
    H(U) = FORMAT,
    M(MI) = SCOPED | DL_EL_MATH_POINT,
    M(MO) = SCOPED | DL_EL_MATH_POINT,
    M(MN) = SCOPED | DL_EL_MATH_POINT,
    M(MS) = SCOPED | DL_EL_MATH_POINT,
    M(MTEXT) = SCOPED | DL_EL_MATH_POINT,
    M(ANNOTATION_XML) = SCOPED,
    S(FOREIGNOBJECT) = SCOPED | DL_EL_HTML_POINT,
    S(DESC) = SCOPED | DL_EL_HTML_POINT,
    S(TITLE) = SCOPED | DL_EL_HTML_POINT,
};

/* The tokenizer knows CDATA sections where the adjusted current node is not of HTML (13.2.5.42). */
static void changed(dl_tree *b)
{
    uint32_t node = b->n_open == 1 && b->context != DL_NONE ? b->context : dl_current(b);
    b->t.foreign = b->d->ns[node] != DL_NS_HTML;
}

/* Where an element that is taken off the stack ends: behind its end tag, or before what closed it. */
static void close(dl_tree *b, uint32_t node)
{
    const dl_token *k = dl_token_of(b);
    dl_dom *d = b->d;
    bool own =
        k->type == DL_TOKEN_END && k->tag == d->tag[node] && (k->tag != DL_TAG_UNKNOWN || dl_str_eq(k->text, d->data[node]));
    uint32_t end = own ? k->raw.end : k->raw.beg;
    if (end > d->raw_end[node]) d->raw_end[node] = end;
    b->flag[node] &= (uint8_t)~DL_NODE_OPEN;
}

void dl_open_push(dl_tree *b, uint32_t node)
{
    assert(b->n_open < DL_DEPTH_MAX);
    unsigned kind = dl_kind_of(b->d, node);
    b->open[b->n_open] = node;
    b->kind[b->n_open++] = (uint16_t)kind;
    b->count[kind]++;
    b->flag[node] |= DL_NODE_OPEN;
    changed(b);
}

/* The root stays, whatever the modes ask for. */
void dl_open_pop(dl_tree *b)
{
    if (b->n_open < 2) return;
    b->n_open--;
    b->count[b->kind[b->n_open]]--;
    close(b, b->open[b->n_open]);
    changed(b);
    if (b->kind[b->n_open] == DL_TAG_OPTION) dl_selected_option(b, b->open[b->n_open]);
}

void dl_open_remove(dl_tree *b, uint32_t at)
{
    b->count[b->kind[at]]--;
    close(b, b->open[at]);
    b->n_open--;
    memmove(b->open + at, b->open + at + 1, (b->n_open - at) * sizeof *b->open);
    memmove(b->kind + at, b->kind + at + 1, (b->n_open - at) * sizeof *b->kind);
    changed(b);
}

void dl_open_insert(dl_tree *b, uint32_t at, uint32_t node)
{
    assert(b->n_open < DL_DEPTH_MAX && at <= b->n_open);
    memmove(b->open + at + 1, b->open + at, (b->n_open - at) * sizeof *b->open);
    memmove(b->kind + at + 1, b->kind + at, (b->n_open - at) * sizeof *b->kind);
    b->n_open++;
    b->open[at] = node;
    b->kind[at] = (uint16_t)dl_kind_of(b->d, node);
    b->count[b->kind[at]]++;
    b->flag[node] |= DL_NODE_OPEN;
    changed(b);
}

void dl_open_replace(dl_tree *b, uint32_t at, uint32_t node)
{
    close(b, b->open[at]);
    b->open[at] = node; /* a clone: of the same kind */
    b->flag[node] |= DL_NODE_OPEN;
}

uint32_t dl_open_find(const dl_tree *b, uint32_t node)
{
    uint32_t i = b->n_open;
    while (i > 0 && b->open[i - 1] != node) i--;
    return i ? i - 1 : b->n_open;
}

bool dl_open_in_scope(const dl_tree *b, unsigned kind, unsigned ends)
{
    if (!b->count[kind]) return false;
    for (uint32_t i = b->n_open; i-- > 0;) {
        if (b->kind[i] == kind) return true;
        if (dl_el_props[b->kind[i]] & ends) return false;
    }
    return false;
}

void dl_open_pop_kind(dl_tree *b, unsigned kind)
{
    if (!b->count[kind]) return;
    while (dl_current_kind(b) != kind && b->n_open > 1) dl_open_pop(b);
    dl_open_pop(b);
}

void dl_open_implied(dl_tree *b, unsigned except, unsigned which)
{
    while (dl_el_props[dl_current_kind(b)] & which && dl_current_kind(b) != except) dl_open_pop(b);
}

void dl_open_close_p(dl_tree *b)
{
    if (!dl_open_in_scope(b, DL_TAG_P, DL_EL_SCOPE | DL_EL_BUTTON_SCOPE)) return;
    dl_open_implied(b, DL_TAG_P, DL_EL_IMPLIED);
    dl_open_pop_kind(b, DL_TAG_P);
}

/* Too deep: the innermost element is closed before one more is put into its parent. */
static void make_room(dl_tree *b)
{
    if (b->n_open < DL_DEPTH_MAX) return;
    if (dl_current_is(b, DL_TAG_TEMPLATE) && b->n_templates) {
        b->n_templates--;
        dl_format_clear(b);
    }
    dl_open_pop(b);
}

static void insert(dl_tree *b, uint32_t node)
{
    uint32_t parent, before;
    dl_tree_place(b, dl_current(b), &parent, &before);
    dl_tree_append(b, parent, before, node);
    dl_open_push(b, node);
}

/* The attributes of the token are this element's. */
static void own_attrs(dl_tree *b, uint32_t node)
{
    const dl_token *k = dl_token_of(b);
    b->d->attr[node] = k->attr;
    b->d->n_attr[node] = (uint16_t)k->n_attr;
    b->t.attrs.n = k->attr + k->n_attr;
}

uint32_t dl_open_insert_element(dl_tree *b, unsigned ns, dl_str name)
{
    const dl_token *k = dl_token_of(b);
    make_room(b);
    uint32_t node = dl_tree_element(b, DL_KIND(ns, k->tag), name, k->raw);
    own_attrs(b, node);
    insert(b, node);
    return node;
}

uint32_t dl_open_insert_html(dl_tree *b) { return dl_open_insert_element(b, DL_NS_HTML, dl_token_of(b)->text); }

uint32_t dl_open_insert_implied(dl_tree *b, dl_tag tag)
{
    uint32_t at = dl_token_of(b)->raw.beg;
    make_room(b);
    uint32_t node = dl_tree_element(b, tag, dl_tag_name(tag), (dl_span){ at, at });
    insert(b, node);
    return node;
}

uint32_t dl_open_insert_clone(dl_tree *b, uint32_t of)
{
    make_room(b);
    uint32_t node = dl_tree_clone(b, of);
    insert(b, node);
    return node;
}

void dl_tree_root(dl_tree *b, bool given)
{
    const dl_token *k = dl_token_of(b);
    dl_span raw = given ? k->raw : (dl_span){ k->raw.beg, k->raw.beg };
    uint32_t node = dl_tree_element(b, DL_TAG_HTML, dl_tag_name(DL_TAG_HTML), raw);
    if (given) own_attrs(b, node);
    dl_tree_append(b, 0, DL_NONE, node);
    dl_open_push(b, node);
}

void dl_open_insert_void(dl_tree *b)
{
    (void)dl_open_insert_html(b);
    dl_open_pop(b);
}

/* The mode that an open element of this kind asks for; NULL: none. `last`: it is the context. */
static dl_mode_fn *mode_for(const dl_tree *b, unsigned kind, bool last)
{
    switch (kind) {
    case DL_TAG_TD:
    case DL_TAG_TH: return last ? NULL : dl_mode_in_cell;
    case DL_TAG_TR: return dl_mode_in_row;
    case DL_TAG_TBODY:
    case DL_TAG_THEAD:
    case DL_TAG_TFOOT: return dl_mode_in_table_body;
    case DL_TAG_CAPTION: return dl_mode_in_caption;
    case DL_TAG_COLGROUP: return dl_mode_in_column_group;
    case DL_TAG_TABLE: return dl_mode_in_table;
    case DL_TAG_TEMPLATE: return b->n_templates ? b->templates[b->n_templates - 1] : dl_mode_in_body;
    case DL_TAG_HEAD: return last ? NULL : dl_mode_in_head;
    case DL_TAG_BODY: return dl_mode_in_body;
    case DL_TAG_FRAMESET: return dl_mode_in_frameset;
    case DL_TAG_HTML: return b->head == DL_NONE ? dl_mode_before_head : dl_mode_after_head;
    default: return NULL;
    }
}

void dl_open_reset_mode(dl_tree *b)
{
    for (uint32_t i = b->n_open; i-- > 0;) {
        bool last = !i;
        unsigned kind = last && b->context != DL_NONE ? dl_kind_of(b->d, b->context) : b->kind[i];
        b->mode = mode_for(b, kind, last);
        if (b->mode) return;
    }
    b->mode = dl_mode_in_body;
}
