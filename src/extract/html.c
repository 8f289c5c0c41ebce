/* html.c: a page of HTML, from the parse to the decided blocks. */
#include "extract/html_page.h"
#include "extract/score.h"

#define LITTLE 40 /* words: a body shorter than that is looked for again                           */

static uint32_t find_body(const dl_dom *d)
{
    for (uint32_t n = 0; n < d->n; n++)
        if (d->type[n] == DL_NODE_ELEMENT && d->tag[n] == DL_TAG_BODY && d->ns[n] == DL_NS_HTML) return n;
    return 0;
}

/* A piece of markup, or text with markup in it, and not a page: its line ends mean something. */
static bool is_fragment(dl_str src)
{
    static const char *const tags[] = { "<!doctype", "<html", "<body", "<head", "<meta", "<link" };
    for (size_t i = 0; i < DL_COUNT(tags); i++)
        if (dl_str_find_nocase(src, dl_str_of(tags[i]), 0) != SIZE_MAX) return false;
    return true;
}

static bool make_columns(dl_xhtml *h)
{
    dl_arena *a = h->p->a;
    uint32_t n = h->d.n;
    h->order = dl_arena_raw(a, n, sizeof *h->order);
    h->flags = DL_NEW(a, n, uint32_t);
    h->own = DL_NEW(a, n, uint32_t);
    h->good = DL_NEW(a, n, float);
    h->bad = DL_NEW(a, n, float);
    h->blocks = DL_NEW(a, n, uint32_t);
    h->has_h1 = DL_NEW(a, n, uint8_t);
    return !dl_arena_failed(a);
}

/* Text that held markup here and there: its blocks are lines, read as a plain text's are. */
static void as_lines(dl_xhtml *h)
{
    dl_xpage *p = h->p;
    p->language = dl_extract_language(p, dl_str_cut(p->src, 0, p->src.len < 65536 ? p->src.len : 65536));
    for (uint32_t i = 0; i < p->n; i++) {
        dl_xblock *k = &p->blk[i];
        if (k->words <= 60) dl_extract_lex(p, k);
        k->item = k->tag == DL_TAG_LI;
        uint32_t zones = 0;
        for (uint32_t n = k->node; n != DL_NONE && n != h->body; n = h->d.parent[n]) zones |= h->own[n];
        if (zones & (DL_ZONE_CAPTION | DL_ZONE_INLINE_FIG))
            k->lex = DL_LEX_CAPTION;
        else if (zones & DL_ZONE_AD && k->words < 30)
            k->lex = DL_LEX_AD;
        else if (zones & (DL_ZONE_NAV | DL_ZONE_FOOT | DL_ZONE_RELATED | DL_ZONE_SHARE) && k->words < 60)
            k->lex = DL_LEX_NAV;
        else if (k->chars && k->link * 10 > k->chars * 8 && k->lex == DL_LEX_NONE && !k->closed)
            k->lex = DL_LEX_TEASE;
    }
    dl_extract_judge(p);
}

/* Too little was found: the classes may have misled. */
static void try_again(dl_xhtml *h)
{
    dl_xpage *p = h->p;
    for (h->relaxed = 1; h->relaxed <= 2 && dl_verdict_kept(p) < LITTLE; h->relaxed++) {
        for (uint32_t i = 0; i < p->n; i++) {
            p->blk[i].role = DL_ROLE_OPEN;
            p->blk[i].same_as = DL_NONE;
        }
        dl_choose_root(h);
        dl_trim_blocks(h);
    }
}

static void stated_line(dl_xhtml *h, dl_str raw, uint32_t at)
{
    dl_xpage *p = h->p;
    dl_str text = dl_extract_fold(p->a, dl_html_unescape(p->a, dl_jsonld_string(p->a, raw), NULL));
    if (!text.len || at + raw.len > p->src.len) return;
    dl_xblock *k = dl_extract_block(p, text, (dl_span){ at, at + (uint32_t)raw.len });
    if (!k) return;
    k->role = DL_ROLE_KEEP;
    k->kind = DL_PARAGRAPH;
    k->sure = 60;
    k->node = h->body;
}

/* The page shows no more than the beginning, and its JSON-LD holds the whole: that is taken, line by
 * line, with the bytes of the script it stands in. */
static void take_stated(dl_xhtml *h)
{
    dl_xpage *p = h->p;
    dl_str raw = h->ld.raw_body;
    const uint32_t n = p->n;
    if (h->ld_words < 100 || dl_verdict_kept(p) * 2 > h->ld_words || dl_str_find(h->ld.body, DL_STR("</"), 0) != SIZE_MAX) return;
    for (uint32_t i = 0; i < n; i++)
        if (dl_extract_in_body(&p->blk[i])) dl_extract_out(&p->blk[i], "repeat");
    for (size_t i = 0; i < raw.len;) {
        size_t end = i;
        while (end < raw.len && raw.p[end] != '\n' &&
               !(raw.p[end] == '\\' && end + 1 < raw.len && (raw.p[end + 1] == 'n' || raw.p[end + 1] == 'r')))
            end += raw.p[end] == '\\' ? 2 : 1;
        if (end > raw.len) end = raw.len;
        if (end > i) stated_line(h, dl_str_cut(raw, i, end), h->ld.body_at + (uint32_t)i);
        i = end + (end < raw.len && raw.p[end] == '\\' ? 2 : 1);
    }
    dl_warn(p->b, "json-ld", "the text is that of the page's articleBody: the page itself shows less of it");
}

dl_status dl_html_rules(dl_xhtml *h, dl_xpage *p)
{
    *h = (dl_xhtml){ .p = p, .root = DL_NONE };
    dl_status st = dl_html_parse(&h->d, p->src, p->a, p->a, p->b->err);
    if (st != DL_OK) return st;
    if (!make_columns(h)) return DL_ENOMEM;
    h->classes = dl_tsv_open(p->models, "class_words");
    h->body = find_body(&h->d);
    h->fragment = is_fragment(p->src);
    dl_walk_blocks(h);
    dl_prints_mark(p);
    if (h->fragment) {
        as_lines(h);
        return dl_arena_failed(p->a) ? DL_ENOMEM : DL_OK;
    }
    p->html = true;
    dl_meta_stated(h);
    dl_choose_root(h);
    dl_meta_read(h);
    dl_trim_blocks(h);
    try_again(h);
    return dl_arena_failed(p->a) ? DL_ENOMEM : DL_OK;
}

dl_status dl_extract_html(dl_xpage *p)
{
    dl_xhtml h;
    dl_status st = dl_html_rules(&h, p);
    if (st != DL_OK || h.fragment) return st;
    dl_score_blocks(&h);
    dl_trim_datelines(&h);
    take_stated(&h);
    dl_posts_read(&h);
    dl_when_read(&h);
    dl_verdict_judge(&h);
    p->merge_removed = true;
    return dl_arena_failed(p->a) ? DL_ENOMEM : DL_OK;
}
