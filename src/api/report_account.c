/* report_account.c: the account, the timeline and the disagreements. */
#include "api/html.h"
#include "api/report.h"
#include "api/text.h"
#include "brief/timeline.h"

static void put_flags(const dl_report_page *r, const dl_told *t)
{
    dl_buf *b = r->buf;
    if (t->flags & DL_FLAG_SECONDARY) dl_buf_puts(b, " \xC2\xB7 <span class=\"warn\">secondary only</span>");
    if (t->flags & DL_FLAG_TO_COME) dl_buf_puts(b, " \xC2\xB7 expected");
    if (t->flags & DL_FLAG_NOT_VERBATIM) dl_buf_puts(b, " \xC2\xB7 <span class=\"warn\">wording went through a machine</span>");
    if (t->flags & DL_FLAG_DISPUTED)
        dl_buf_fmt(b, " \xC2\xB7 <a class=\"warn\" href=\"#d%u-%u\">disputed</a>", r->s->row + 1, t->disagreement);
}

void dl_report_account(const dl_report_page *r)
{
    dl_buf *b = r->buf;
    dl_report_section(r, "account", "Account");
    for (uint32_t i = 0; i < r->brief->n; i++) {
        const dl_told *t = &r->brief->told[i];
        dl_buf_puts(b, "<div class=\"told\"><p>");
        dl_html_put(b, dl_doc_text(dl_page(r->v->pages, t->page), t->span));
        dl_buf_putc(b, ' ');
        dl_report_cite(r, t->page, t->span);
        dl_buf_puts(b, "</p><p class=\"basis\">");
        dl_report_lines(r, &r->s->claims.claim[t->claim]);
        dl_buf_puts(b, " (");
        dl_report_count(b, t->lines, "line");
        dl_buf_fmt(b, ", %u first-hand)", t->first_hand);
        put_flags(r, t);
        dl_buf_puts(b, "</p></div>\n");
    }
    dl_buf_fmt(b,
               "<p class=\"meta\">Not shown: %u damaged passages (never quoted), %u parts of pages that are not the report, %u "
               "other claims.</p>\n</section>\n",
               r->brief->damaged, r->brief->removed, r->brief->left_out);
}

void dl_report_timeline(const dl_report_page *r)
{
    dl_buf *b = r->buf;
    dl_timeline t;
    dl_error err;
    if (dl_timeline_find(&t, &r->s->claims, r->scratch, &err)) return;
    dl_report_section(r, "timeline", "Timeline");
    dl_buf_puts(b, "<table><thead><tr><th scope=\"col\">Day</th><th scope=\"col\">What</th>"
                   "<th scope=\"col\">Lines</th></tr></thead><tbody>\n");
    int64_t last = DL_NEVER;
    for (uint32_t i = 0; i < t.n; i++) {
        const dl_claim *c = t.claim[i];
        const dl_support *s = &c->support[c->head];
        dl_buf_puts(b, c->modality == DL_EXPECTED ? "<tr class=\"expected\"><td class=\"day\">" : "<tr><td class=\"day\">");
        if (c->from != last) dl_text_days(b, c->from, c->to);
        last = c->from;
        dl_buf_puts(b, "</td><td>");
        if (c->modality == DL_EXPECTED) dl_buf_puts(b, "<span class=\"tag\">expected</span> ");
        dl_html_put(b, dl_doc_text(dl_page(r->v->pages, s->page), s->span));
        dl_buf_putc(b, ' ');
        dl_report_cite(r, s->page, s->span);
        dl_buf_puts(b, "</td><td>");
        dl_report_lines(r, c);
        dl_buf_puts(b, "</td></tr>\n");
    }
    dl_buf_puts(b, "</tbody></table>\n</section>\n");
}

static void put_reading(const dl_report_page *r, const dl_reading *reading)
{
    dl_buf *b = r->buf;
    dl_buf_puts(b, "<tr><td>");
    dl_html_put(b, reading->words);
    dl_buf_puts(b, "</td><td>");
    for (uint32_t k = 0; k < reading->n; k++) {
        dl_report_cite(r, reading->at[k].page, reading->at[k].span);
        dl_buf_putc(b, ' ');
    }
    dl_buf_puts(b, "</td><td>");
    dl_report_count(b, reading->lines, "line");
    dl_buf_fmt(b, ", %u first-hand</td></tr>\n", reading->first_hand);
}

void dl_report_disagreements(const dl_report_page *r)
{
    static const char *const heads[DL_DISAGREE_KINDS] = { "Who said it",      "How many",  "When",
                                                          "How certain",      "How broad", "Date of a page",
                                                          "Changed over time" };
    dl_buf *b = r->buf;
    const dl_disagreements *d = &r->s->disagreements;
    dl_report_section(r, "disagreements", "Disagreements");
    if (!d->n) dl_buf_puts(b, "<p>The sources do not disagree on anything that could be compared.</p>\n");
    for (uint32_t i = 0; i < d->n; i++) {
        const dl_disagreement *row = &d->row[i];
        dl_buf_fmt(b, "<div class=\"card\" id=\"d%u-%u\"><h3>%s</h3><p>", r->s->row + 1, i, heads[row->kind]);
        dl_html_put(b, row->about);
        dl_buf_puts(b, "</p><table><thead><tr><th scope=\"col\">Reading</th><th scope=\"col\">Where</th><th scope=\"col\">Rests "
                       "on</th></tr></thead><tbody>\n");
        for (uint32_t k = 0; k < row->n; k++) put_reading(r, &row->reading[k]);
        dl_buf_puts(b, "</tbody></table>");
        if (row->note.len) {
            dl_buf_puts(b, "<p class=\"meta\">");
            dl_html_put(b, row->note);
            dl_buf_puts(b, "</p>");
        }
        dl_buf_puts(b, "</div>\n");
    }
    dl_buf_puts(b, "</section>\n");
}
