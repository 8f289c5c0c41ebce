/* mode_table.c: the insertion modes of tables, 13.2.6.4.9 to 13.2.6.4.15. */
#include "html/tree.h"

/* "Clear the stack back to a table (table body, table row) context": the kinds given, template and
 * html are such contexts. Below the depth limit there may be none: then nothing is closed. */
static void clear_to(dl_tree *b, dl_tag one, dl_tag two, dl_tag three)
{
    bool there = b->count[one] || b->count[two] || b->count[three] || b->count[DL_TAG_TEMPLATE];
    if (!there && b->context == DL_NONE) return;
    for (;;) {
        unsigned k = dl_current_kind(b);
        if (k == one || k == two || k == three || k == DL_TAG_TEMPLATE || k == DL_TAG_HTML) return;
        dl_open_pop(b);
    }
}

static void clear_to_table(dl_tree *b) { clear_to(b, DL_TAG_TABLE, DL_TAG_TABLE, DL_TAG_TABLE); }
static void clear_to_body(dl_tree *b) { clear_to(b, DL_TAG_TBODY, DL_TAG_TFOOT, DL_TAG_THEAD); }
static void clear_to_row(dl_tree *b) { clear_to(b, DL_TAG_TR, DL_TAG_TR, DL_TAG_TR); }

static bool in_body_fostered(dl_tree *b)
{
    b->foster = true;
    bool done = dl_mode_in_body(b);
    b->foster = false;
    return done;
}

/* 13.2.6.4.10 in table text: a run holds all characters up to the next other token. */
static bool table_text(dl_tree *b)
{
    dl_str s = dl_token_of(b)->text;
    for (size_t i = b->from; i < s.len; i++)
        if (s.p[i] && !dl_ch_is(s.p[i], DL_CH_SPACE)) return in_body_fostered(b);
    for (size_t i = b->from; i < s.len; i++) {
        size_t beg = i;
        while (i < s.len && s.p[i]) i++;
        dl_tree_text(b, beg, i);
    }
    return true;
}

static bool close_table(dl_tree *b, bool done)
{
    if (!DL_IN_TABLE_SCOPE(b, DL_TAG_TABLE)) return true;
    dl_open_pop_kind(b, DL_TAG_TABLE);
    dl_open_reset_mode(b);
    return done;
}

static bool table_form(dl_tree *b)
{
    if (b->count[DL_TAG_TEMPLATE] || b->form != DL_NONE) return true;
    b->form = dl_open_insert_html(b);
    dl_open_pop(b);
    return true;
}

static bool table_start(dl_tree *b)
{
    switch (dl_token_of(b)->tag) {
    case DL_TAG_CAPTION:
        clear_to_table(b);
        dl_format_marker(b);
        (void)dl_open_insert_html(b);
        b->mode = dl_mode_in_caption;
        return true;
    case DL_TAG_COLGROUP:
        clear_to_table(b);
        (void)dl_open_insert_html(b);
        b->mode = dl_mode_in_column_group;
        return true;
    case DL_TAG_COL:
        clear_to_table(b);
        (void)dl_open_insert_implied(b, DL_TAG_COLGROUP);
        b->mode = dl_mode_in_column_group;
        return false;
    case DL_TAG_TBODY:
    case DL_TAG_TFOOT:
    case DL_TAG_THEAD:
        clear_to_table(b);
        (void)dl_open_insert_html(b);
        b->mode = dl_mode_in_table_body;
        return true;
    case DL_TAG_TD:
    case DL_TAG_TH:
    case DL_TAG_TR:
        clear_to_table(b);
        (void)dl_open_insert_implied(b, DL_TAG_TBODY);
        b->mode = dl_mode_in_table_body;
        return false;
    case DL_TAG_TABLE: return close_table(b, false);
    case DL_TAG_STYLE:
    case DL_TAG_SCRIPT:
    case DL_TAG_TEMPLATE: return dl_mode_in_head(b);
    case DL_TAG_INPUT:
        if (!dl_token_hidden(b)) break;
        dl_open_insert_void(b);
        return true;
    case DL_TAG_FORM: return table_form(b);
    default: break;
    }
    return in_body_fostered(b);
}

static bool table_end(dl_tree *b)
{
    switch (dl_token_of(b)->tag) {
    case DL_TAG_TABLE: return close_table(b, true);
    case DL_TAG_BODY:
    case DL_TAG_CAPTION:
    case DL_TAG_COL:
    case DL_TAG_COLGROUP:
    case DL_TAG_HTML:
    case DL_TAG_TBODY:
    case DL_TAG_TD:
    case DL_TAG_TFOOT:
    case DL_TAG_TH:
    case DL_TAG_THEAD:
    case DL_TAG_TR: return true;
    case DL_TAG_TEMPLATE: return dl_mode_in_head(b);
    default: return in_body_fostered(b);
    }
}

/* 13.2.6.4.9 */
bool dl_mode_in_table(dl_tree *b)
{
    switch (dl_token_of(b)->type) {
    case DL_TOKEN_TEXT:
        if (dl_el_props[dl_current_kind(b)] & DL_EL_FOSTER || dl_current_is(b, DL_TAG_TEMPLATE)) return table_text(b);
        return in_body_fostered(b);
    case DL_TOKEN_COMMENT: dl_tree_comment(b, DL_NONE); return true;
    case DL_TOKEN_DOCTYPE: return true;
    case DL_TOKEN_START: return table_start(b);
    case DL_TOKEN_END: return table_end(b);
    case DL_TOKEN_EOF: break;
    }
    return dl_mode_in_body(b);
}

static bool close_caption(dl_tree *b, bool done)
{
    if (!DL_IN_TABLE_SCOPE(b, DL_TAG_CAPTION)) {
        if (!b->count[DL_TAG_CAPTION] && b->context == DL_NONE) b->mode = dl_mode_in_table; /* lost to the depth limit */
        return true;
    }
    dl_open_implied(b, DL_TAG_NONE, DL_EL_IMPLIED);
    dl_open_pop_kind(b, DL_TAG_CAPTION);
    dl_format_clear(b);
    b->mode = dl_mode_in_table;
    return done;
}

/* Start tags that only a table itself may hold. */
static bool is_table_part(dl_tag tag)
{
    switch (tag) {
    case DL_TAG_CAPTION:
    case DL_TAG_COL:
    case DL_TAG_COLGROUP:
    case DL_TAG_TBODY:
    case DL_TAG_TD:
    case DL_TAG_TFOOT:
    case DL_TAG_TH:
    case DL_TAG_THEAD:
    case DL_TAG_TR: return true;
    default: return false;
    }
}

/* 13.2.6.4.11 */
bool dl_mode_in_caption(dl_tree *b)
{
    const dl_token *k = dl_token_of(b);
    if (k->type == DL_TOKEN_START && is_table_part(k->tag)) return close_caption(b, false);
    if (k->type == DL_TOKEN_END) {
        if (k->tag == DL_TAG_CAPTION) return close_caption(b, true);
        if (k->tag == DL_TAG_TABLE) return close_caption(b, false);
        if (is_table_part(k->tag) || k->tag == DL_TAG_BODY || k->tag == DL_TAG_HTML) return true;
    }
    return dl_mode_in_body(b);
}

/* 13.2.6.4.12 */
bool dl_mode_in_column_group(dl_tree *b)
{
    const dl_token *k = dl_token_of(b);
    switch (k->type) {
    case DL_TOKEN_TEXT:
        dl_mode_spaces(b, true);
        if (dl_text_done(b)) return true;
        break;
    case DL_TOKEN_COMMENT: dl_tree_comment(b, DL_NONE); return true;
    case DL_TOKEN_DOCTYPE: return true;
    case DL_TOKEN_START:
        if (k->tag == DL_TAG_HTML) return dl_mode_in_body(b);
        if (k->tag == DL_TAG_TEMPLATE) return dl_mode_in_head(b);
        if (k->tag != DL_TAG_COL) break;
        dl_open_insert_void(b);
        return true;
    case DL_TOKEN_END:
        if (k->tag == DL_TAG_COL) return true;
        if (k->tag == DL_TAG_TEMPLATE) return dl_mode_in_head(b);
        break;
    case DL_TOKEN_EOF: return dl_mode_in_body(b);
    }
    if (!dl_current_is(b, DL_TAG_COLGROUP)) return true;
    dl_open_pop(b);
    b->mode = dl_mode_in_table;
    return dl_at_end(b, DL_TAG_COLGROUP);
}

static bool section_in_scope(const dl_tree *b)
{
    return DL_IN_TABLE_SCOPE(b, DL_TAG_TBODY) || DL_IN_TABLE_SCOPE(b, DL_TAG_THEAD) || DL_IN_TABLE_SCOPE(b, DL_TAG_TFOOT);
}

static bool close_section(dl_tree *b, bool done)
{
    clear_to_body(b);
    dl_open_pop(b);
    b->mode = dl_mode_in_table;
    return done;
}

static bool section_start(dl_tree *b)
{
    switch (dl_token_of(b)->tag) {
    case DL_TAG_TR:
        clear_to_body(b);
        (void)dl_open_insert_html(b);
        b->mode = dl_mode_in_row;
        return true;
    case DL_TAG_TH:
    case DL_TAG_TD:
        clear_to_body(b);
        (void)dl_open_insert_implied(b, DL_TAG_TR);
        b->mode = dl_mode_in_row;
        return false;
    case DL_TAG_CAPTION:
    case DL_TAG_COL:
    case DL_TAG_COLGROUP:
    case DL_TAG_TBODY:
    case DL_TAG_TFOOT:
    case DL_TAG_THEAD: return section_in_scope(b) ? close_section(b, false) : true;
    default: return dl_mode_in_table(b);
    }
}

static bool section_end(dl_tree *b)
{
    dl_tag tag = dl_token_of(b)->tag;
    switch (tag) {
    case DL_TAG_TBODY:
    case DL_TAG_TFOOT:
    case DL_TAG_THEAD: return DL_IN_TABLE_SCOPE(b, tag) ? close_section(b, true) : true;
    case DL_TAG_TABLE: return section_in_scope(b) ? close_section(b, false) : true;
    case DL_TAG_BODY:
    case DL_TAG_CAPTION:
    case DL_TAG_COL:
    case DL_TAG_COLGROUP:
    case DL_TAG_HTML:
    case DL_TAG_TD:
    case DL_TAG_TH:
    case DL_TAG_TR: return true;
    default: return dl_mode_in_table(b);
    }
}

/* 13.2.6.4.13 */
bool dl_mode_in_table_body(dl_tree *b)
{
    dl_token_type type = dl_token_of(b)->type;
    if (type == DL_TOKEN_START) return section_start(b);
    return type == DL_TOKEN_END ? section_end(b) : dl_mode_in_table(b);
}

static bool close_row(dl_tree *b, bool done)
{
    if (!DL_IN_TABLE_SCOPE(b, DL_TAG_TR)) return true;
    clear_to_row(b);
    dl_open_pop(b);
    b->mode = dl_mode_in_table_body;
    return done;
}

static bool row_start(dl_tree *b)
{
    dl_tag tag = dl_token_of(b)->tag;
    if (tag == DL_TAG_TH || tag == DL_TAG_TD) {
        clear_to_row(b);
        (void)dl_open_insert_html(b);
        b->mode = dl_mode_in_cell;
        dl_format_marker(b);
        return true;
    }
    return is_table_part(tag) ? close_row(b, false) : dl_mode_in_table(b);
}

static bool row_end(dl_tree *b)
{
    dl_tag tag = dl_token_of(b)->tag;
    switch (tag) {
    case DL_TAG_TR: return close_row(b, true);
    case DL_TAG_TABLE: return close_row(b, false);
    case DL_TAG_TBODY:
    case DL_TAG_TFOOT:
    case DL_TAG_THEAD: return DL_IN_TABLE_SCOPE(b, tag) ? close_row(b, false) : true;
    case DL_TAG_BODY:
    case DL_TAG_CAPTION:
    case DL_TAG_COL:
    case DL_TAG_COLGROUP:
    case DL_TAG_HTML:
    case DL_TAG_TD:
    case DL_TAG_TH: return true;
    default: return dl_mode_in_table(b);
    }
}

/* 13.2.6.4.14 */
bool dl_mode_in_row(dl_tree *b)
{
    dl_token_type type = dl_token_of(b)->type;
    if (type == DL_TOKEN_START) return row_start(b);
    return type == DL_TOKEN_END ? row_end(b) : dl_mode_in_table(b);
}

/* "Close the cell". */
static void close_cell(dl_tree *b)
{
    dl_open_implied(b, DL_TAG_NONE, DL_EL_IMPLIED);
    if (b->count[DL_TAG_TD] || b->count[DL_TAG_TH]) {
        while (!dl_current_is(b, DL_TAG_TD) && !dl_current_is(b, DL_TAG_TH)) dl_open_pop(b);
        dl_open_pop(b);
    }
    dl_format_clear(b);
    b->mode = dl_mode_in_row;
}

static bool cell_end(dl_tree *b)
{
    dl_tag tag = dl_token_of(b)->tag;
    switch (tag) {
    case DL_TAG_TD:
    case DL_TAG_TH:
        if (!DL_IN_TABLE_SCOPE(b, tag)) return true;
        dl_open_implied(b, DL_TAG_NONE, DL_EL_IMPLIED);
        dl_open_pop_kind(b, tag);
        dl_format_clear(b);
        b->mode = dl_mode_in_row;
        return true;
    case DL_TAG_BODY:
    case DL_TAG_CAPTION:
    case DL_TAG_COL:
    case DL_TAG_COLGROUP:
    case DL_TAG_HTML: return true;
    case DL_TAG_TABLE:
    case DL_TAG_TBODY:
    case DL_TAG_TFOOT:
    case DL_TAG_THEAD:
    case DL_TAG_TR:
        if (!DL_IN_TABLE_SCOPE(b, tag)) return true;
        close_cell(b);
        return false;
    default: return dl_mode_in_body(b);
    }
}

/* 13.2.6.4.15 */
bool dl_mode_in_cell(dl_tree *b)
{
    const dl_token *k = dl_token_of(b);
    if (k->type == DL_TOKEN_END) return cell_end(b);
    if (k->type != DL_TOKEN_START || !is_table_part(k->tag)) return dl_mode_in_body(b);
    close_cell(b);
    return false;
}
