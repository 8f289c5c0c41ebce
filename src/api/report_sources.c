/* report_sources.c: who said what, sources and copies with a side-by-side view, and the pages with what was removed. */
#include "api/html.h"
#include "api/parts.h"
#include "api/report.h"
#include "api/speaker.h"
#include "api/text.h"
#include "api/tree.h"
#include "base/hash.h"
#include "base/sort.h"
#include "copies/diff.h"

enum { MOST_QUOTES = 2000, MOST_DIFFS = 8, MOST_REMOVED = 400 };

typedef struct said {
    dl_str speaker;
    uint64_t key;
    uint32_t page, quote, first; /* first: rank of the speaker's first statement */
} said;

static int by_speaker(const void *a, const void *b, const void *ctx)
{
    const said *x = a, *y = b;
    (void)ctx;
    return (x->first > y->first) - (x->first < y->first);
}

/* One statement of each text: copies say nothing of their own. */
static uint32_t collect(const dl_report_page *r, said *v)
{
    uint32_t n = 0;
    dl_map first;
    dl_map_init(&first, r->scratch);
    dl_buf name;
    dl_buf_init(&name, 1 << 16);
    for (uint32_t i = 0; i < r->s->story->n; i++) {
        uint32_t page = r->s->story->page[i], k = 0;
        while (k < i && r->v->copies->lines.text[r->s->story->page[k]] != r->v->copies->lines.text[page]) k++;
        if (k < i) continue;
        const dl_doc *d = dl_page(r->v->pages, page);
        for (uint32_t q = 0; q < d->quotes.n && n < MOST_QUOTES; q++) {
            dl_buf_reset(&name);
            dl_speaker_put(&name, r->v, page, d, q);
            said *s = &v[n];
            *s = (said){ .speaker = dl_arena_str(r->scratch, dl_buf_str(&name)), .page = page, .quote = q };
            s->key = dl_hash_str(s->speaker);
            uint32_t *at = dl_map_put(&first, s->key, n);
            if (!at) break;
            s->first = *at;
            n++;
        }
    }
    dl_buf_free(&name);
    return n;
}

static void put_statement(const dl_report_page *r, const said *s)
{
    const dl_doc *d = dl_page(r->v->pages, s->page);
    dl_span parts = d->quotes.parts[s->quote], where = { UINT32_MAX, 0 };
    dl_buf_puts(r->buf, "<li>");
    for (uint32_t i = parts.beg; i < parts.end; i++) {
        if (d->parts.role[i] != DL_CONTENT) continue;
        if (where.end) dl_buf_puts(r->buf, " [\xE2\x80\xA6] ");
        dl_html_put(r->buf, dl_doc_text(d, d->parts.span[i]));
        if (where.beg == UINT32_MAX) where.beg = d->parts.span[i].beg;
        where.end = d->parts.span[i].end;
    }
    dl_buf_fmt(r->buf, " <span class=\"tag\">%s</span> ", dl_quote_words[d->quotes.kind[s->quote]]);
    if (d->quotes.from[s->quote] != DL_NEVER) {
        dl_buf_puts(r->buf, "<span class=\"meta\">");
        dl_text_days(r->buf, d->quotes.from[s->quote], d->quotes.to[s->quote]);
        dl_buf_puts(r->buf, "</span> ");
    }
    if (where.end) dl_report_cite(r, s->page, where);
    dl_buf_puts(r->buf, "</li>\n");
}

void dl_report_quotes(const dl_report_page *r)
{
    said *v = DL_NEW(r->scratch, MOST_QUOTES, said);
    uint32_t n = v ? collect(r, v) : 0;
    if (!v || !dl_sort(v, n, sizeof *v, by_speaker, NULL, r->scratch)) return;
    dl_report_section(r, "quotes", "Who said what");
    for (uint32_t i = 0; i < n; i++) {
        if (!i || v[i].first != v[i - 1].first) {
            dl_buf_puts(r->buf, i ? "</ul>\n<h3>" : "<h3>");
            dl_html_put(r->buf, v[i].speaker.len ? v[i].speaker : DL_STR("(nobody named)"));
            dl_buf_puts(r->buf, "</h3>\n<ul>\n");
        }
        put_statement(r, &v[i]);
    }
    dl_buf_puts(r->buf, n ? "</ul>\n</section>\n" : "<p>No statement was found.</p>\n</section>\n");
}

/* ---- Sources and copies ---- */

static bool in_story(const dl_report_page *r, uint32_t page) { return r->v->stories->of[page] == r->s->row; }

static void put_dotted(const dl_report_page *r, const dl_buf *text)
{
    dl_buf dotted;
    dl_buf_init(&dotted, 1 << 20);
    dl_tree_put_dotted(&dotted, dl_buf_str(text));
    dl_html_put(r->buf, dl_buf_str(&dotted));
    dl_buf_free(&dotted);
}

static void put_tree_row(const dl_report_page *r, const dl_tree *t, uint32_t row)
{
    uint32_t page = t->row[row].page;
    bool here = page != DL_NONE && in_story(r, page);
    dl_buf text;
    dl_buf_init(&text, 1 << 20);
    dl_tree_name(&text, r->v, t, row);
    if (here) dl_buf_fmt(r->buf, "<a href=\"#p%u\">", page);
    put_dotted(r, &text);
    if (here) dl_buf_puts(r->buf, "</a>");
    dl_buf_reset(&text);
    dl_tree_notes(&text, r->v, t, row);
    if (text.len) {
        dl_buf_puts(r->buf, " <span class=\"meta\">");
        put_dotted(r, &text);
        dl_buf_puts(r->buf, "</span>");
    }
    dl_buf_free(&text);
}

/* Lists in lists, and the same as a drawing. */
static void put_family(const dl_report_page *r, uint32_t family)
{
    dl_tree t;
    dl_arena_mark mark = dl_arena_here(r->scratch);
    if (!dl_tree_make(&t, r->v->copies, family, r->scratch)) return;
    for (uint32_t i = 0; i < t.n; i++) {
        uint32_t depth = t.row[i].depth, before = i ? t.row[i - 1].depth : 0;
        if (depth > before) dl_buf_puts(r->buf, "<ul>\n");
        if (i && depth <= before) dl_buf_puts(r->buf, "</li>\n");
        for (uint32_t k = depth; k < before; k++) dl_buf_puts(r->buf, "</ul></li>\n");
        dl_buf_puts(r->buf, "<li>");
        put_tree_row(r, &t, i);
    }
    for (uint32_t k = t.row[t.n - 1].depth; k > 0; k--) dl_buf_puts(r->buf, "</li></ul>\n");
    if (t.family->n > 1) {
        dl_buf_puts(r->buf, "<details><summary>Drawn</summary><div class=\"drawing\">\n");
        (void)dl_tree_put_svg(r->buf, r->v, family, r->scratch);
        dl_buf_puts(r->buf, "</div></details>\n");
    }
    dl_buf_puts(r->buf, "</li>\n");
    dl_arena_back(r->scratch, mark);
}

/* A block with the words marked that the other page has not, and what a machine broke. */
static void put_marked(const dl_report_page *r, const dl_doc *d, dl_span block, const dl_span *mark, size_t n)
{
    const dl_str text = { d->text, d->text_len };
    uint32_t at = block.beg;
    for (uint32_t i = 0; i < d->damages.n; i++) {
        dl_span broken = d->damages.span[i];
        if (broken.beg < at || broken.end > block.end) continue;
        dl_html_marked(r->buf, text, (dl_span){ at, broken.beg }, mark, n, "diff");
        dl_html_marked(r->buf, text, broken, &broken, 1, "damage");
        at = broken.end;
    }
    dl_html_marked(r->buf, text, (dl_span){ at, block.end }, mark, n, "diff");
}

/* Marked is what the other page has not, to the letter. */
static void put_side(const dl_report_page *r, uint32_t page, const dl_diff_side *side, uint32_t other_page,
                     const dl_diff_side *other)
{
    const dl_doc *d = dl_page(r->v->pages, page), *o = dl_page(r->v->pages, other_page);
    dl_span *mark = DL_NEW(r->scratch, side->n + 1, dl_span);
    size_t n = 0;
    for (uint32_t i = 0; mark && i < side->n; i++)
        if (side->mate[i] == DL_NONE || !dl_str_eq(dl_doc_text(d, side->word[i]), dl_doc_text(o, other->word[side->mate[i]])))
            mark[n++] = side->word[i];
    dl_buf_puts(r->buf, "<div><p class=\"meta\">");
    dl_html_put(r->buf, dl_view_id(r->v, page));
    dl_buf_puts(r->buf, "</p>\n");
    for (uint32_t i = 0; mark && i < d->blocks.n; i++) {
        if (d->blocks.kind[i] > DL_POST) continue;
        dl_buf_puts(r->buf, "<p>");
        put_marked(r, d, d->blocks.span[i], mark, n);
        dl_buf_puts(r->buf, "</p>\n");
    }
    dl_buf_puts(r->buf, "</div>\n");
}

static void put_pair(const dl_report_page *r, const dl_pair *p)
{
    dl_diff_side a, b;
    dl_buf_puts(r->buf, "<details><summary>");
    dl_html_put(r->buf, dl_view_id(r->v, p->a));
    dl_buf_puts(r->buf, " \xE2\x80\x94 ");
    dl_html_put(r->buf, dl_view_id(r->v, p->b));
    dl_buf_fmt(r->buf, ": %s, %u%% and %u%% shared, %s</summary>\n<ul>", dl_copy_words[p->kind], (p->share_a + 50) / 100,
               (p->share_b + 50) / 100, dl_direction_words[p->direction]);
    for (uint32_t i = 0; i < p->n_why; i++) {
        dl_buf_puts(r->buf, "<li class=\"meta\">");
        dl_html_put(r->buf, p->why[i]);
        dl_buf_puts(r->buf, "</li>");
    }
    dl_buf_puts(r->buf, "</ul>\n<p class=\"meta\">Words that the other page does not have are marked, and passages that a "
                        "machine broke.</p>\n<div class=\"two\">\n");
    if (dl_copies_mates(&a, &b, dl_page(r->v->pages, p->a), dl_page(r->v->pages, p->b), r->scratch)) {
        put_side(r, p->a, &a, p->b, &b);
        put_side(r, p->b, &b, p->a, &a);
    }
    dl_buf_puts(r->buf, "</div></details>\n");
}

/* The first pair whose page a is `page` or later: pairs stand in order of a. */
static uint32_t first_pair(const dl_copies *c, uint32_t page)
{
    uint32_t lo = 0, hi = c->n_pairs;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (c->pair[mid].a < page)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* Families of the story's pages, each told at its first page there. */
static void put_families(const dl_report_page *r)
{
    const dl_copies *c = r->v->copies;
    const dl_story *s = r->s->story;
    dl_map told;
    dl_map_init(&told, r->scratch);
    for (uint32_t i = 0; i < s->n; i++) {
        uint32_t row = c->family_of[s->page[i]];
        if (dl_map_get(&told, row) != DL_NONE || !dl_map_put(&told, row, 1)) continue;
        put_family(r, row);
    }
}

void dl_report_copies(const dl_report_page *r)
{
    const dl_copies *c = r->v->copies;
    const dl_story *s = r->s->story;
    uint32_t shown = 0;
    dl_report_section(r, "copies", "Sources and copies");
    dl_buf_puts(r->buf, "<ul class=\"tree\">\n");
    put_families(r);
    dl_buf_puts(r->buf, "</ul>\n");
    for (uint32_t i = 0; i < s->n && shown < MOST_DIFFS; i++)
        for (uint32_t p = first_pair(c, s->page[i]); p < c->n_pairs && c->pair[p].a == s->page[i] && shown < MOST_DIFFS; p++)
            if (in_story(r, c->pair[p].b)) {
                put_pair(r, &c->pair[p]);
                shown++;
            }
    dl_buf_puts(r->buf, "</section>\n");
}

/* ---- Pages ---- */

/* A block with an anchor at each of its sentences. */
static void put_block(const dl_report_page *r, uint32_t page, const dl_doc *d, uint32_t block)
{
    dl_span at = d->blocks.span[block];
    uint32_t s = dl_sent_of_byte(d, at.beg);
    dl_str text = { d->text, d->text_len };
    dl_buf_puts(r->buf, d->blocks.kind[block] == DL_HEADING ? "<h4>" : "<p>");
    uint32_t from = at.beg;
    for (; s != DL_NONE && s < d->sents.n && d->sents.span[s].beg < at.end; s++) {
        dl_span sent = d->sents.span[s];
        dl_html_put(r->buf, dl_str_cut(text, from, sent.beg));
        dl_buf_fmt(r->buf, "<span id=\"p%us%u\">", page, s);
        dl_html_marked(r->buf, text, sent, d->damages.span, d->damages.n, "damage");
        dl_buf_puts(r->buf, "</span>");
        from = sent.end;
    }
    dl_html_put(r->buf, dl_str_cut(text, from, at.end > from ? at.end : from));
    dl_buf_puts(r->buf, d->blocks.kind[block] == DL_HEADING ? "</h4>\n" : "</p>\n");
}

static void put_removed(const dl_report_page *r, uint32_t page, const dl_doc *d)
{
    if (!d->removed.n) return;
    dl_buf_fmt(
        r->buf,
        "<details><summary>%u parts removed</summary><table><thead><tr><th scope=\"col\">Why</th><th scope=\"col\">Bytes</th>"
        "<th scope=\"col\">What</th></tr></thead><tbody>\n",
        d->removed.n);
    for (uint32_t i = 0; i < d->removed.n && i < MOST_REMOVED; i++) {
        dl_span at = d->removed.raw[i];
        dl_buf_puts(r->buf, "<tr class=\"gone\"><td>");
        dl_html_put(r->buf, dl_doc_str(d, d->removed.why[i]));
        dl_buf_fmt(r->buf, "</td><td>%u\xE2\x80\x93%u</td><td>", at.beg, at.end);
        const dl_str s = dl_part_raw(r->v, page, at, r->scratch);
        dl_html_put(r->buf, s.len > 160 ? dl_str_cut(s, 0, 160) : s);
        dl_buf_puts(r->buf, "</td></tr>\n");
    }
    dl_buf_puts(r->buf, "</tbody></table></details>\n");
}

void dl_report_pages(const dl_report_page *r)
{
    dl_buf *b = r->buf;
    dl_report_section(r, "pages", "Pages and what was removed");
    for (uint32_t i = 0; i < r->s->story->n; i++) {
        uint32_t page = r->s->story->page[i];
        const dl_doc *d = dl_page(r->v->pages, page);
        dl_buf_fmt(b, "<article class=\"page\" id=\"p%u\"><h3>", page);
        dl_html_put(b, dl_doc_str(d, d->meta->title).len ? dl_doc_str(d, d->meta->title) : DL_STR("(no headline)"));
        dl_buf_puts(b, "</h3><p class=\"meta\">");
        dl_html_put(b, dl_view_id(r->v, page));
        dl_str url = dl_doc_str(d, d->meta->url);
        if (url.len) {
            dl_buf_puts(b, " \xC2\xB7 <a");
            dl_html_href(b, url, (dl_str){ NULL, 0 });
            dl_buf_putc(b, '>');
            dl_html_put(b, url);
            dl_buf_puts(b, "</a>");
        }
        if (d->meta->published != DL_NEVER) {
            dl_buf_puts(b, " \xC2\xB7 ");
            dl_text_days(b, d->meta->published, DL_NEVER);
            dl_buf_fmt(b, " (%s)", dl_basis_words[d->meta->basis]);
        }
        dl_buf_puts(b, "</p>\n");
        for (uint32_t k = 0; k < d->blocks.n; k++)
            if (d->blocks.kind[k] <= DL_POST) put_block(r, page, d, k);
        put_removed(r, page, d);
        dl_buf_puts(b, "</article>\n");
    }
    dl_buf_puts(b, "</section>\n");
}
