/* mode_late.c: templates, framesets and what follows the body: 13.2.6.4.16 to 13.2.6.4.22. */
#include "html/tree.h"

static bool into_mode(dl_tree *b, dl_mode_fn *mode)
{
    if (b->n_templates) b->templates[b->n_templates - 1] = mode;
    b->mode = mode;
    return false;
}

static bool template_start(dl_tree *b)
{
    switch (dl_token_of(b)->tag) {
    case DL_TAG_BASE:
    case DL_TAG_BASEFONT:
    case DL_TAG_BGSOUND:
    case DL_TAG_LINK:
    case DL_TAG_META:
    case DL_TAG_NOFRAMES:
    case DL_TAG_SCRIPT:
    case DL_TAG_STYLE:
    case DL_TAG_TEMPLATE:
    case DL_TAG_TITLE: return dl_mode_in_head(b);
    case DL_TAG_CAPTION:
    case DL_TAG_COLGROUP:
    case DL_TAG_TBODY:
    case DL_TAG_TFOOT:
    case DL_TAG_THEAD: return into_mode(b, dl_mode_in_table);
    case DL_TAG_COL: return into_mode(b, dl_mode_in_column_group);
    case DL_TAG_TR: return into_mode(b, dl_mode_in_table_body);
    case DL_TAG_TD:
    case DL_TAG_TH: return into_mode(b, dl_mode_in_row);
    default: return into_mode(b, dl_mode_in_body);
    }
}

/* 13.2.6.4.16 */
bool dl_mode_in_template(dl_tree *b)
{
    switch (dl_token_of(b)->type) {
    case DL_TOKEN_TEXT:
    case DL_TOKEN_COMMENT:
    case DL_TOKEN_DOCTYPE: return dl_mode_in_body(b);
    case DL_TOKEN_START: return template_start(b);
    case DL_TOKEN_END: return dl_at_end(b, DL_TAG_TEMPLATE) ? dl_mode_in_head(b) : true;
    case DL_TOKEN_EOF: break;
    }
    if (!b->count[DL_TAG_TEMPLATE]) {
        b->stop = true;
        return true;
    }
    dl_open_pop_kind(b, DL_TAG_TEMPLATE);
    dl_format_clear(b);
    if (b->n_templates) b->n_templates--;
    dl_open_reset_mode(b);
    return false;
}

/* White space at the front goes where the body's would; true: the token is done with. */
static bool body_spaces(dl_tree *b)
{
    size_t beg = b->from;
    dl_mode_spaces(b, false);
    if (b->from > beg) {
        dl_format_reconstruct(b);
        dl_tree_text(b, beg, b->from);
    }
    return dl_text_done(b);
}

/* 13.2.6.4.17 */
bool dl_mode_after_body(dl_tree *b)
{
    switch (dl_token_of(b)->type) {
    case DL_TOKEN_TEXT:
        if (body_spaces(b)) return true;
        break;
    case DL_TOKEN_COMMENT: dl_tree_comment(b, b->open[0]); return true;
    case DL_TOKEN_DOCTYPE: return true;
    case DL_TOKEN_START:
        if (dl_at_start(b, DL_TAG_HTML)) return dl_mode_in_body(b);
        break;
    case DL_TOKEN_END:
        if (!dl_at_end(b, DL_TAG_HTML)) break;
        if (b->context == DL_NONE) {
            b->d->raw_end[b->open[0]] = dl_token_of(b)->raw.end;
            b->mode = dl_mode_after_after_body;
        }
        return true;
    case DL_TOKEN_EOF: b->stop = true; return true;
    }
    b->mode = dl_mode_in_body;
    return false;
}

/* Only white space is text in framesets. */
static void frameset_text(dl_tree *b)
{
    size_t len = dl_token_of(b)->text.len;
    while (b->from < len) {
        dl_mode_spaces(b, true);
        b->from++;
    }
}

/* 13.2.6.4.18 */
bool dl_mode_in_frameset(dl_tree *b)
{
    const dl_token *k = dl_token_of(b);
    switch (k->type) {
    case DL_TOKEN_TEXT: frameset_text(b); return true;
    case DL_TOKEN_COMMENT: dl_tree_comment(b, DL_NONE); return true;
    case DL_TOKEN_DOCTYPE: return true;
    case DL_TOKEN_START:
        if (k->tag == DL_TAG_HTML) return dl_mode_in_body(b);
        if (k->tag == DL_TAG_NOFRAMES) return dl_mode_in_head(b);
        if (k->tag == DL_TAG_FRAME) dl_open_insert_void(b);
        if (k->tag == DL_TAG_FRAMESET) (void)dl_open_insert_html(b);
        return true;
    case DL_TOKEN_END:
        if (k->tag != DL_TAG_FRAMESET || b->n_open == 1) return true;
        dl_open_pop(b);
        if (b->context == DL_NONE && !dl_current_is(b, DL_TAG_FRAMESET)) b->mode = dl_mode_after_frameset;
        return true;
    case DL_TOKEN_EOF: b->stop = true; return true;
    }
    return true;
}

/* 13.2.6.4.19 */
bool dl_mode_after_frameset(dl_tree *b)
{
    switch (dl_token_of(b)->type) {
    case DL_TOKEN_TEXT: frameset_text(b); return true;
    case DL_TOKEN_COMMENT: dl_tree_comment(b, DL_NONE); return true;
    case DL_TOKEN_START:
        if (dl_at_start(b, DL_TAG_HTML)) return dl_mode_in_body(b);
        return dl_at_start(b, DL_TAG_NOFRAMES) ? dl_mode_in_head(b) : true;
    case DL_TOKEN_END:
        if (dl_at_end(b, DL_TAG_HTML)) b->mode = dl_mode_after_after_frameset;
        return true;
    case DL_TOKEN_EOF: b->stop = true; return true;
    case DL_TOKEN_DOCTYPE: return true;
    }
    return true;
}

/* 13.2.6.4.20 */
bool dl_mode_after_after_body(dl_tree *b)
{
    switch (dl_token_of(b)->type) {
    case DL_TOKEN_COMMENT: dl_tree_comment(b, 0); return true;
    case DL_TOKEN_DOCTYPE: return true;
    case DL_TOKEN_TEXT:
        if (body_spaces(b)) return true;
        break;
    case DL_TOKEN_START:
        if (dl_at_start(b, DL_TAG_HTML)) return dl_mode_in_body(b);
        break;
    case DL_TOKEN_END: break;
    case DL_TOKEN_EOF: b->stop = true; return true;
    }
    b->mode = dl_mode_in_body;
    return false;
}

/* 13.2.6.4.21 */
bool dl_mode_after_after_frameset(dl_tree *b)
{
    switch (dl_token_of(b)->type) {
    case DL_TOKEN_COMMENT: dl_tree_comment(b, 0); return true;
    case DL_TOKEN_TEXT:
        while (!body_spaces(b)) b->from++;
        return true;
    case DL_TOKEN_START:
        if (dl_at_start(b, DL_TAG_HTML)) return dl_mode_in_body(b);
        return dl_at_start(b, DL_TAG_NOFRAMES) ? dl_mode_in_head(b) : true;
    case DL_TOKEN_EOF: b->stop = true; return true;
    default: return true;
    }
}
