/* report.c: the frame of the HTML report: head, style, and the order of its sections. */
#include "api/report.h"

#include "api/html.h"
#include "api/rulings.h"
#include "api/text.h"
#include "base/error.h"

/* Nothing may be loaded or run, whatever a page smuggled in: no script, no image, no frame, no form. */
static const char head[] = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                           "'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
                           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" "
                           "content=\"no-referrer\">\n";

static const char style[] =
    "<style>\n"
    ":root{--ink:#1b1d21;--soft:#555b66;--line:#d9dce1;--bg:#fff;--panel:#f5f6f8;--link:#0b57a4;--warn:#8a4b00;--mark:#ffe9a8;--"
    "bad:#ffd9d6}\n"
    "@media "
    "(prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#a9b0bb;--line:#3a3f47;--bg:#15171a;--panel:#1e2126;--link:#8ab8f0;--"
    "warn:#f0b45a;"
    "--mark:#5a4a12;--bad:#5c2b28}}\n"
    "*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.55 Georgia,'Times New "
    "Roman',serif}\n"
    "main{max-width:60rem;margin:0 auto;padding:0 1rem}.story+.story{margin-top:4rem;border-top:6px double "
    "var(--line)}h1{font-size:1.7rem;line-height:1.2;margin:1.4rem 0 .3rem}\n"
    "h2{font-size:1.2rem;margin:2.4rem 0 .6rem;padding-top:.6rem;border-top:2px solid var(--ink)}h3{font-size:1rem;margin:1.2rem "
    "0 .3rem}\n"
    "nav,.meta,.basis,table,.cite,summary,.tag{font-family:system-ui,-apple-system,'Segoe UI',sans-serif}\n"
    ".bar{font:600 .95rem system-ui,sans-serif;color:var(--soft);margin:.2rem 0 1rem}nav "
    "ul{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1rem;"
    "padding:.5rem 0;margin:0;border-bottom:1px solid "
    "var(--line)}nav{position:sticky;top:0;background:var(--bg);font-size:.9rem}\n"
    "a{color:var(--link)}a:focus-visible,summary:focus-visible{outline:3px solid "
    "var(--link);outline-offset:2px}.cite{font-size:.8rem;white-space:nowrap}\n"
    ".told{margin:0 0 1rem}.told p{margin:0}.basis,.meta{color:var(--soft);font-size:.84rem;margin:.1rem 0 "
    "0}.warn{color:var(--warn);font-weight:600}\n"
    "table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem "
    ".35rem 0;"
    "border-bottom:1px solid var(--line);overflow-wrap:anywhere}th{font-weight:600;color:var(--soft)}.day{white-space:nowrap}\n"
    ".expected{color:var(--soft)}.card{border:1px solid var(--line);border-left:4px solid "
    "var(--warn);background:var(--panel);padding:.6rem .9rem;margin:0 0 1rem}\n"
    ".drawing{overflow-x:auto}.tree,.tree ul{list-style:none;padding-left:1.1rem}.tree{padding-left:0}.tree li{margin:.2rem "
    "0}.two{display:grid;grid-template-columns:1fr 1fr;gap:1rem}\n"
    ".two>div,.page{background:var(--panel);padding:.6rem "
    ".9rem;overflow-wrap:anywhere;min-width:0}mark.diff{background:var(--mark);color:inherit}\n"
    "mark.damage{background:var(--bad);color:inherit}:target{background:var(--mark);scroll-margin-top:4rem}.gone{color:var(--"
    "soft);font-size:.86rem}\n"
    "details{margin:.5rem 0}summary{cursor:pointer}.tag{font-size:.75rem;border:1px solid "
    "var(--line);border-radius:3px;padding:0 .3rem;color:var(--soft)}\n"
    "@media (max-width:40rem){.two{grid-template-columns:1fr}nav{position:static}h1{font-size:1.35rem}}\n"
    "@media "
    "print{nav{display:none}details>*{display:block}body{font-size:11pt}h2{break-after:avoid}.told,.card,tr{break-inside:avoid}a{"
    "color:inherit}}\n"
    "</style>\n";

void dl_report_count(dl_buf *b, uint32_t n, const char *noun) { dl_buf_fmt(b, "%u %s%s", n, noun, n == 1 ? "" : "s"); }

void dl_report_cite(const dl_report_page *r, uint32_t page, dl_span span)
{
    const dl_doc *d = dl_page(r->v->pages, page);
    uint32_t sent = dl_sent_of_byte(d, span.beg);
    dl_buf_fmt(r->buf, "<a class=\"cite\" href=\"#p%us%u\">[", page, sent == DL_NONE ? 0 : sent);
    dl_html_put(r->buf, r->v->copies->lines.name[r->v->copies->lines.line[page]]);
    dl_buf_puts(r->buf, "]</a>");
    dl_str url = dl_doc_str(d, d->meta->url);
    if (url.len) {
        dl_buf_puts(r->buf, " <a class=\"cite\"");
        if (dl_html_href(r->buf, url, dl_doc_text(d, span)))
            dl_buf_puts(r->buf, ">live page</a>");
        else
            dl_buf_puts(r->buf, "></a>");
    }
}

void dl_report_lines(const dl_report_page *r, const dl_claim *c)
{
    const dl_lines *lines = r->s->matter.lines;
    uint32_t shown[12], n = 0;
    for (uint32_t i = 0; i < c->n && n < DL_COUNT(shown); i++) {
        uint32_t line = lines->line[c->support[i].page], k = 0;
        while (k < n && shown[k] != line) k++;
        if (k < n) continue;
        dl_buf_puts(r->buf, n ? ", " : "");
        dl_html_put(r->buf, lines->name[line]);
        shown[n++] = line;
    }
}

void dl_report_open(dl_buf *b, dl_str title)
{
    dl_buf_puts(b, head);
    dl_buf_puts(b, "<title>");
    dl_html_put(b, title);
    dl_buf_puts(b, "</title>\n");
    dl_buf_puts(b, style);
    dl_buf_puts(b, "</head>\n<body>\n<main>\n");
}

void dl_report_close(dl_buf *b) { dl_buf_puts(b, "</main>\n</body>\n</html>\n"); }

void dl_report_section(const dl_report_page *r, const char *id, const char *title)
{
    dl_buf_fmt(r->buf, "<section id=\"%s-%u\">\n<h2>%s</h2>\n", id, r->s->row + 1, title);
}

static void put_nav(const dl_report_page *r)
{
    static const char *const sections[][2] = {
        { "account", "Account" },           { "timeline", "Timeline" },           { "quotes", "Who said what" },
        { "copies", "Sources and copies" }, { "disagreements", "Disagreements" }, { "pages", "Pages and what was removed" }
    };
    dl_buf_puts(r->buf, "<nav aria-label=\"Sections\"><ul>");
    for (size_t i = 0; i < DL_COUNT(sections); i++)
        dl_buf_fmt(r->buf, "<li><a href=\"#%s-%u\">%s</a></li>", sections[i][0], r->s->row + 1, sections[i][1]);
    dl_buf_puts(r->buf, "</ul></nav>\n");
}

/* How a person has pages of the story counted. */
static void put_rulings(const dl_report_page *r, const dl_story *s)
{
    dl_buf line;
    dl_buf_init(&line, 1 << 16);
    for (uint32_t i = 0; r->v->n_rulings && i < s->n; i++) {
        const dl_ruling *ruling = dl_ruling_of(r->v, s->page[i]);
        if (!ruling) continue;
        dl_buf_reset(&line);
        dl_ruling_put(&line, r->v, ruling);
        dl_buf_puts(r->buf, "<p class=\"meta\">* ");
        dl_html_put(r->buf, dl_view_id(r->v, s->page[i]));
        dl_buf_putc(r->buf, ' ');
        dl_html_put(r->buf, dl_buf_str(&line));
        dl_buf_puts(r->buf, "</p>\n");
    }
    dl_buf_free(&line);
}

static void put_head(const dl_report_page *r)
{
    const dl_story *s = r->s->story;
    dl_buf *b = r->buf;
    dl_buf_fmt(b, "<article class=\"story\" id=\"story-%u\">\n<header>\n<h1>", r->s->row + 1);
    dl_html_put(b, s->title.len ? s->title : DL_STR("(no headline)"));
    dl_buf_puts(b, "</h1>\n<p class=\"bar\">");
    if (s->from != DL_NEVER) {
        dl_text_days(b, s->from, s->to);
        dl_buf_puts(b, " \xC2\xB7 ");
    }
    dl_report_count(b, s->n, "page");
    dl_buf_puts(b, " \xC2\xB7 ");
    dl_report_count(b, s->texts, "text");
    dl_buf_puts(b, " \xC2\xB7 ");
    dl_report_count(b, s->lines, "line");
    dl_buf_fmt(b, " \xC2\xB7 %u first-hand</p>\n", s->first_hand);
    put_rulings(r, s);
    if (s->n == 1) dl_buf_puts(b, "<p class=\"warn\">ONE PAGE: nothing here is corroborated.</p>\n");
    if (s->n > 1 && s->texts == 1)
        dl_buf_fmt(b, "<p class=\"warn\">%u pages, 1 text: everything below rests on one report.</p>\n", s->n);
    dl_buf_puts(b, "</header>\n");
    put_nav(r);
}

dl_status dl_report_story(dl_out *o, const dl_view *v, const dl_told_story *s, const dl_brief *b, dl_error *err)
{
    dl_report_page r = { o->buf, v, s, b, o->scratch };
    put_head(&r);
    dl_report_account(&r);
    dl_report_timeline(&r);
    dl_report_quotes(&r);
    dl_report_copies(&r);
    dl_report_disagreements(&r);
    dl_report_pages(&r);
    dl_buf_puts(o->buf, "</article>\n");
    return dl_arena_failed(o->scratch) ? dl_fail_mem(err, "report") : DL_OK;
}
