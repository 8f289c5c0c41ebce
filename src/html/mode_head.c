/* mode_head.c: the insertion modes before the body: 13.2.6.4.1 to 13.2.6.4.6, and text (13.2.6.4.8). */
#include "html/tree.h"

static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\f' || c == '\r'; }

void dl_mode_spaces(dl_tree *b, bool insert)
{
    dl_str s = dl_token_of(b)->text;
    size_t beg = b->from;
    while (b->from < s.len && is_space(s.p[b->from])) b->from++;
    if (insert) dl_tree_text(b, beg, b->from);
}

/* The end tags that most modes before the body treat like any other token. */
static bool is_outer_end(dl_tag tag) { return tag == DL_TAG_BODY || tag == DL_TAG_HTML || tag == DL_TAG_BR; }

/* 13.2.6.4.1 */
bool dl_mode_initial(dl_tree *b)
{
    const dl_token *k = dl_token_of(b);
    if (k->type == DL_TOKEN_TEXT) {
        dl_mode_spaces(b, false);
        if (dl_text_done(b)) return true;
    }
    if (k->type == DL_TOKEN_COMMENT) {
        dl_tree_comment(b, 0);
        return true;
    }
    b->mode = dl_mode_before_html;
    b->d->quirks = k->type != DL_TOKEN_DOCTYPE || dl_is_quirky(k);
    if (k->type != DL_TOKEN_DOCTYPE) return false;
    dl_tree_doctype(b);
    return true;
}

/* 13.2.6.4.2 */
bool dl_mode_before_html(dl_tree *b)
{
    const dl_token *k = dl_token_of(b);
    switch (k->type) {
    case DL_TOKEN_DOCTYPE: return true;
    case DL_TOKEN_COMMENT: dl_tree_comment(b, 0); return true;
    case DL_TOKEN_TEXT:
        dl_mode_spaces(b, false);
        if (dl_text_done(b)) return true;
        break;
    case DL_TOKEN_END:
        if (k->tag != DL_TAG_HEAD && !is_outer_end(k->tag)) return true;
        break;
    default: break;
    }
    b->mode = dl_mode_before_head;
    bool given = dl_at_start(b, DL_TAG_HTML);
    dl_tree_root(b, given);
    return given;
}

/* 13.2.6.4.3 */
bool dl_mode_before_head(dl_tree *b)
{
    const dl_token *k = dl_token_of(b);
    switch (k->type) {
    case DL_TOKEN_DOCTYPE: return true;
    case DL_TOKEN_COMMENT: dl_tree_comment(b, DL_NONE); return true;
    case DL_TOKEN_TEXT:
        dl_mode_spaces(b, false);
        if (dl_text_done(b)) return true;
        break;
    case DL_TOKEN_START:
        if (k->tag == DL_TAG_HTML) return dl_mode_in_body(b);
        if (k->tag != DL_TAG_HEAD) break;
        b->head = dl_open_insert_html(b);
        b->mode = dl_mode_in_head;
        return true;
    case DL_TOKEN_END:
        if (k->tag != DL_TAG_HEAD && !is_outer_end(k->tag)) return true;
        break;
    case DL_TOKEN_EOF: break;
    }
    b->head = dl_open_insert_implied(b, DL_TAG_HEAD);
    b->mode = dl_mode_in_head;
    return false;
}

void dl_mode_raw_text(dl_tree *b, dl_tok_state state)
{
    (void)dl_open_insert_html(b);
    b->t.state = state;
    b->original_mode = b->mode;
    b->mode = dl_mode_text;
}

bool dl_mode_template_start(dl_tree *b)
{
    (void)dl_open_insert_html(b);
    dl_format_marker(b);
    b->frameset_ok = false;
    b->mode = dl_mode_in_template;
    if (b->n_templates < DL_DEPTH_MAX) b->templates[b->n_templates++] = dl_mode_in_template;
    return true;
}

bool dl_mode_template_end(dl_tree *b)
{
    if (!b->count[DL_TAG_TEMPLATE]) return true;
    dl_open_implied(b, DL_TAG_NONE, DL_EL_IMPLIED | DL_EL_THOROUGH);
    dl_open_pop_kind(b, DL_TAG_TEMPLATE);
    dl_format_clear(b);
    if (b->n_templates) b->n_templates--;
    dl_open_reset_mode(b);
    return true;
}

/* Start tags of 13.2.6.4.4; *known tells whether it is one of them. */
static bool head_start(dl_tree *b, bool *known)
{
    *known = true;
    switch (dl_token_of(b)->tag) {
    case DL_TAG_HTML: return dl_mode_in_body(b);
    case DL_TAG_BASE:
    case DL_TAG_BASEFONT:
    case DL_TAG_BGSOUND:
    case DL_TAG_LINK:
    case DL_TAG_META: dl_open_insert_void(b); return true;
    case DL_TAG_TITLE: dl_mode_raw_text(b, DL_TOK_RCDATA); return true;
    case DL_TAG_NOFRAMES:
    case DL_TAG_STYLE: dl_mode_raw_text(b, DL_TOK_RAWTEXT); return true;
    case DL_TAG_SCRIPT: dl_mode_raw_text(b, DL_TOK_SCRIPT); return true;
    case DL_TAG_NOSCRIPT: /* scripting is off */
        (void)dl_open_insert_html(b);
        b->mode = dl_mode_in_head_noscript;
        return true;
    case DL_TAG_TEMPLATE: return dl_mode_template_start(b);
    case DL_TAG_HEAD: return true;
    default: *known = false; return false;
    }
}

/* 13.2.6.4.4 */
bool dl_mode_in_head(dl_tree *b)
{
    const dl_token *k = dl_token_of(b);
    bool known = false;
    switch (k->type) {
    case DL_TOKEN_DOCTYPE: return true;
    case DL_TOKEN_COMMENT: dl_tree_comment(b, DL_NONE); return true;
    case DL_TOKEN_TEXT:
        dl_mode_spaces(b, true);
        if (dl_text_done(b)) return true;
        break;
    case DL_TOKEN_START: {
        bool done = head_start(b, &known);
        if (known) return done;
        break;
    }
    case DL_TOKEN_END:
        if (k->tag == DL_TAG_TEMPLATE) return dl_mode_template_end(b);
        if (k->tag == DL_TAG_HEAD) {
            dl_open_pop(b);
            b->mode = dl_mode_after_head;
            return true;
        }
        if (!is_outer_end(k->tag)) return true;
        break;
    case DL_TOKEN_EOF: break;
    }
    dl_open_pop(b);
    b->mode = dl_mode_after_head;
    return false;
}

/* 13.2.6.4.5 */
bool dl_mode_in_head_noscript(dl_tree *b)
{
    const dl_token *k = dl_token_of(b);
    switch (k->type) {
    case DL_TOKEN_DOCTYPE: return true;
    case DL_TOKEN_COMMENT: return dl_mode_in_head(b);
    case DL_TOKEN_TEXT:
        dl_mode_spaces(b, true);
        if (dl_text_done(b)) return true;
        break;
    case DL_TOKEN_START:
        switch (k->tag) {
        case DL_TAG_HTML: return dl_mode_in_body(b);
        case DL_TAG_BASEFONT:
        case DL_TAG_BGSOUND:
        case DL_TAG_LINK:
        case DL_TAG_META:
        case DL_TAG_NOFRAMES:
        case DL_TAG_STYLE: return dl_mode_in_head(b);
        case DL_TAG_HEAD:
        case DL_TAG_NOSCRIPT: return true;
        default: break;
        }
        break;
    case DL_TOKEN_END:
        if (k->tag != DL_TAG_NOSCRIPT && k->tag != DL_TAG_BR) return true;
        break;
    case DL_TOKEN_EOF: break;
    }
    dl_open_pop(b);
    b->mode = dl_mode_in_head;
    return dl_at_end(b, DL_TAG_NOSCRIPT);
}

/* Start tags of 13.2.6.4.6. */
static bool after_head_start(dl_tree *b, bool *known)
{
    *known = true;
    switch (dl_token_of(b)->tag) {
    case DL_TAG_HTML: return dl_mode_in_body(b);
    case DL_TAG_BODY:
        (void)dl_open_insert_html(b);
        b->frameset_ok = false;
        b->mode = dl_mode_in_body;
        return true;
    case DL_TAG_FRAMESET:
        (void)dl_open_insert_html(b);
        b->mode = dl_mode_in_frameset;
        return true;
    case DL_TAG_BASE:
    case DL_TAG_BASEFONT:
    case DL_TAG_BGSOUND:
    case DL_TAG_LINK:
    case DL_TAG_META:
    case DL_TAG_NOFRAMES:
    case DL_TAG_SCRIPT:
    case DL_TAG_STYLE:
    case DL_TAG_TEMPLATE:
    case DL_TAG_TITLE: {
        uint32_t end = b->d->raw_end[b->head]; /* stays where its end tag was */
        dl_open_push(b, b->head);
        bool done = dl_mode_in_head(b);
        uint32_t at = dl_open_find(b, b->head);
        if (at < b->n_open) dl_open_remove(b, at);
        b->d->raw_end[b->head] = end;
        return done;
    }
    case DL_TAG_HEAD: return true;
    default: *known = false; return false;
    }
}

/* 13.2.6.4.6 */
bool dl_mode_after_head(dl_tree *b)
{
    const dl_token *k = dl_token_of(b);
    bool known = false;
    switch (k->type) {
    case DL_TOKEN_DOCTYPE: return true;
    case DL_TOKEN_COMMENT: dl_tree_comment(b, DL_NONE); return true;
    case DL_TOKEN_TEXT:
        dl_mode_spaces(b, true);
        if (dl_text_done(b)) return true;
        break;
    case DL_TOKEN_START: {
        bool done = after_head_start(b, &known);
        if (known) return done;
        break;
    }
    case DL_TOKEN_END:
        if (k->tag == DL_TAG_TEMPLATE) return dl_mode_in_head(b);
        if (!is_outer_end(k->tag)) return true;
        break;
    case DL_TOKEN_EOF: break;
    }
    (void)dl_open_insert_implied(b, DL_TAG_BODY);
    b->mode = dl_mode_in_body;
    return false;
}

/* 13.2.6.4.8: text of elements whose content the tokenizer read raw. */
bool dl_mode_text(dl_tree *b)
{
    if (dl_token_of(b)->type == DL_TOKEN_TEXT) {
        dl_tree_text(b, b->from, dl_token_of(b)->text.len);
        return true;
    }
    dl_open_pop(b);
    b->mode = b->original_mode;
    return dl_token_of(b)->type == DL_TOKEN_END;
}
