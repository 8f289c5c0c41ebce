/* tree.c: the parser: tokens to insertion modes (13.2.6), and the fragment case (13.4). */
#include "html/tree.h"

#include "base/error.h"

/* No token is processed more often than this: each time, an element is closed or the mode changes
 * towards the body. */
enum { ROUNDS = 2 * DL_DEPTH_MAX };

static void process(dl_tree *b)
{
    const dl_token *k = dl_token_of(b);
    b->from = 0;
    if (b->skip_lf) {
        b->skip_lf = false;
        if (k->type == DL_TOKEN_TEXT && k->text.p[0] == '\n') b->from = 1;
        if (k->type == DL_TOKEN_TEXT && dl_text_done(b)) return;
    }
    for (unsigned round = 0; round < ROUNDS && !b->stop; round++)
        if (b->n_open && dl_foreign_applies(b) ? dl_mode_foreign(b) : b->mode(b)) return;
}

bool dl_token_hidden(const dl_tree *b)
{
    const dl_token *k = dl_token_of(b);
    for (uint32_t i = k->attr; i < k->attr + k->n_attr; i++)
        if (dl_str_eq(b->t.attrs.name[i], DL_STR("type"))) return dl_str_eq_nocase(b->t.attrs.value[i], DL_STR("hidden"));
    return false;
}

/* The end of the page closes what is open. Where "</body>" and "</html>" stood is kept, unless
 * something came behind them that is in the body. */
static void close_all(dl_tree *b)
{
    dl_dom *d = b->d;
    bool closed = b->mode == dl_mode_after_body || b->mode == dl_mode_after_after_body;
    while (b->n_open) {
        uint32_t i = --b->n_open, node = b->open[i];
        b->count[b->kind[i]]--;
        bool given = closed && i < 2 && d->raw_end[node] > d->raw[node].end;
        if (!given) d->raw_end[node] = b->t.n;
        if (b->kind[i] == DL_TAG_OPTION) dl_selected_option(b, node);
    }
}

static dl_status run(dl_tree *b, dl_error *err)
{
    while (!b->stop && !b->failed && !b->t.failed) {
        if (!dl_tree_reserve(b)) return dl_fail_mem(err, "html");
        (void)dl_tok_next(&b->t);
        if (b->t.failed) break;
        process(b);
    }
    if (b->failed || b->t.failed) return dl_fail_mem(err, "html");
    close_all(b);
    return !b->failed && dl_tree_finish(b) ? DL_OK : dl_fail_mem(err, "html");
}

static dl_tree *begin(dl_dom *d, dl_str page, dl_arena *keep, dl_arena *scratch)
{
    dl_tree *b = DL_NEW(scratch, 1, dl_tree);
    if (!b) return NULL;
    *d = (dl_dom){ .page = page };
    b->d = d;
    b->keep = keep;
    b->scratch = scratch;
    b->head = b->form = b->context = DL_NONE;
    b->selected = (dl_selected){ DL_NONE, DL_NONE, DL_NONE };
    b->frameset_ok = true;
    b->mode = dl_mode_initial;
    b->clones = 10000 + page.len / 8;
    dl_tok_init(&b->t, page, keep, scratch);
    if (!dl_tree_reserve(b)) return NULL;
    (void)dl_tree_element(b, 0, DL_STR(""), (dl_span){ 0, 0 });
    d->type[0] = DL_NODE_DOCUMENT;
    d->raw_end[0] = (uint32_t)page.len;
    return b;
}

dl_status dl_html_parse(dl_dom *out, dl_str page, dl_arena *keep, dl_arena *scratch, dl_error *err)
{
    if (page.len > DL_PAGE_MAX) return dl_fail(err, DL_ELIMIT, "page", DL_PAGE_MAX, "over %zu bytes", DL_PAGE_MAX);
    dl_dom d;
    dl_tree *b = begin(&d, page, keep, scratch);
    if (!b) return dl_fail_mem(err, "html");
    dl_status st = run(b, err);
    if (st == DL_OK) *out = d;
    return st;
}

/* 13.4 step 4: how the tokenizer begins in an element. */
static dl_tok_state content_of(unsigned kind)
{
    switch (kind) {
    case DL_TAG_TITLE:
    case DL_TAG_TEXTAREA: return DL_TOK_RCDATA;
    case DL_TAG_STYLE:
    case DL_TAG_XMP:
    case DL_TAG_IFRAME:
    case DL_TAG_NOEMBED:
    case DL_TAG_NOFRAMES: return DL_TOK_RAWTEXT;
    case DL_TAG_SCRIPT: return DL_TOK_SCRIPT;
    case DL_TAG_PLAINTEXT: return DL_TOK_PLAINTEXT;
    default: return DL_TOK_DATA;
    }
}

dl_status dl_html_parse_fragment(dl_dom *out, dl_str page, dl_ns ns, dl_str context, dl_arena *keep, dl_arena *scratch,
                                 dl_error *err)
{
    if (page.len > DL_PAGE_MAX) return dl_fail(err, DL_ELIMIT, "page", DL_PAGE_MAX, "over %zu bytes", DL_PAGE_MAX);
    dl_dom d;
    dl_tree *b = begin(&d, page, keep, scratch);
    if (!b) return dl_fail_mem(err, "html");
    char low[32];
    for (size_t i = 0; i < context.len && i < sizeof low; i++) low[i] = dl_lower(context.p[i]);
    unsigned kind = DL_KIND(ns, context.len > sizeof low ? DL_TAG_UNKNOWN : dl_tag_of((dl_str){ low, context.len }));
    dl_tree_root(b, false);
    b->context = dl_tree_element(b, kind, context, (dl_span){ 0, 0 });
    b->t.state = content_of(kind);
    b->t.foreign = ns != DL_NS_HTML;
    if (kind == DL_TAG_TEMPLATE) b->templates[b->n_templates++] = dl_mode_in_template;
    if (kind == DL_TAG_FORM) b->form = b->context;
    dl_open_reset_mode(b);
    dl_status st = run(b, err);
    if (st == DL_OK) *out = d;
    return st;
}
