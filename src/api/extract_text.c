/* extract_text.c: the article as text and as Markdown: headline, body, nothing of the page around it. */
#include "api/article.h"
#include "base/date.h"

void dl_extract_clock(dl_buf *b, int64_t at)
{
    char text[21];
    dl_instant_text(text, at);
    if (strlen(text) < 16) return;
    dl_buf_fmt(b, "%.10s %.5s UTC", text, text + 11);
}

/* ---- Text ---- */

static void line(dl_out *o, dl_str s, const char *mark)
{
    const unsigned indent = (unsigned)strlen(mark);
    dl_buf_puts(o->buf, mark);
    dl_text_wrap(o->buf, s, o->req->width, indent, indent);
}

static void lines(dl_out *o, dl_str s, const char *mark)
{
    dl_str one;
    bool first = true;
    while (dl_str_next(&s, '\n', &one)) {
        if (!first) dl_buf_putc(o->buf, '\n');
        line(o, one, mark);
        first = false;
    }
}

/* A post that is in several pieces has its head above the first. */
static bool begins_post(const dl_doc *d, uint32_t i)
{
    const dl_blocks *t = &d->blocks;
    return t->kind[i] == DL_POST && (!i || t->kind[i - 1] != DL_POST || t->time[i] != t->time[i - 1] ||
                                     !dl_str_eq(dl_doc_str(d, t->title[i]), dl_doc_str(d, t->title[i - 1])) ||
                                     !dl_str_eq(dl_doc_str(d, t->author[i]), dl_doc_str(d, t->author[i - 1])));
}

/* "[2022-01-29 14:05 UTC] Ferries stop (Ann Lee)": what a post has of these. */
static void post_head(dl_out *o, const dl_doc *d, uint32_t i)
{
    dl_buf *b = o->buf;
    const size_t begun = b->len;
    dl_str title = dl_doc_str(d, d->blocks.title[i]), author = dl_doc_str(d, d->blocks.author[i]);
    if (d->blocks.time[i] != DL_NEVER) {
        dl_buf_putc(b, '[');
        dl_extract_clock(b, d->blocks.time[i]);
        dl_buf_putc(b, ']');
    }
    if (title.len) {
        if (b->len > begun) dl_buf_putc(b, ' ');
        dl_text_styled(b, title, DL_BOLD, o->req->colour);
    }
    if (author.len) {
        dl_buf_puts(b, b->len > begun ? " (" : "(");
        dl_text_put(b, author);
        dl_buf_putc(b, ')');
    }
    if (b->len > begun) dl_buf_putc(b, '\n');
}

/* Items of one list stand close. */
static bool gap_above(const dl_blocks *t, uint32_t i) { return i > 0 && !(t->kind[i] == DL_LIST && t->kind[i - 1] == DL_LIST); }

static uint32_t body_rows(const dl_doc *d)
{
    uint32_t n = 0;
    while (n < d->blocks.n && d->blocks.span[n].end <= d->meta->body_len) n++;
    return n;
}

void dl_extract_plain(dl_out *o, const dl_doc *d, bool several)
{
    const dl_meta *m = d->meta;
    const uint32_t n = body_rows(d);
    dl_str title = dl_doc_str(d, m->title);
    if (o->rows) dl_buf_putc(o->buf, '\n');
    if (several) {
        dl_buf_puts(o->buf, "==> ");
        dl_text_put(o->buf, dl_doc_str(d, m->id));
        dl_buf_puts(o->buf, " <==\n");
    }
    if (title.len) {
        dl_text_styled(o->buf, title, DL_BOLD, o->req->colour);
        dl_buf_puts(o->buf, "\n\n");
    }
    for (uint32_t i = 0; i < n; i++) {
        const uint8_t kind = d->blocks.kind[i];
        if (gap_above(&d->blocks, i)) dl_buf_putc(o->buf, '\n');
        if (begins_post(d, i)) post_head(o, d, i);
        lines(o, dl_doc_text(d, d->blocks.span[i]), kind == DL_LIST ? "- " : "");
    }
    if (!n) dl_buf_fmt(o->buf, "(no article: %s)\n", dl_verdict_words[m->verdict]);
}

/* ---- Markdown (CommonMark 0.31) ---- */

/* Would the line, begun like that, be a heading, a list, a quotation, a rule or a fence? */
static bool begins_block(dl_str s)
{
    size_t digits = 0;
    if (!s.len) return false;
    if (strchr("#>+-=~|", s.p[0])) return true;
    while (digits < s.len && digits < 9 && dl_is_digit((unsigned char)s.p[digits])) digits++;
    return digits && digits + 1 < s.len && (s.p[digits] == '.' || s.p[digits] == ')') && s.p[digits + 1] == ' ';
}

static void inline_md(dl_buf *b, dl_str s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.len; i++) {
        const bool entity = s.p[i] == '&' && i + 1 < s.len && (dl_is_alpha((unsigned char)s.p[i + 1]) || s.p[i + 1] == '#');
        if (!entity && !strchr("\\`*_[]<", s.p[i])) continue;
        dl_text_put(b, dl_str_cut(s, from, i));
        dl_buf_putc(b, '\\');
        from = i;
    }
    dl_text_put(b, dl_str_cut(s, from, s.len));
}

static void line_md(dl_buf *b, dl_str s, const char *mark)
{
    s = dl_str_trim(s);
    dl_buf_puts(b, mark);
    if (begins_block(s)) {
        size_t digits = 0;
        while (digits < s.len && dl_is_digit((unsigned char)s.p[digits])) digits++;
        dl_buf_add(b, dl_str_cut(s, 0, digits));
        dl_buf_putc(b, '\\');
        dl_buf_putc(b, s.p[digits]);
        s = dl_str_cut(s, digits + 1, s.len);
    }
    inline_md(b, s);
    dl_buf_putc(b, '\n');
}

static void lines_md(dl_buf *b, dl_str s, const char *mark)
{
    dl_str one;
    bool first = true;
    while (dl_str_next(&s, '\n', &one)) {
        if (!first) dl_buf_puts(b, *mark == '>' ? ">\n" : "\n");
        line_md(b, one, mark);
        first = false;
    }
}

/* A double-quoted scalar of YAML 1.2 is a string of JSON. */
static void head_str(dl_buf *b, const char *key, dl_str s)
{
    if (!s.len) return;
    dl_json j = dl_json_to(b);
    dl_buf_fmt(b, "%s: ", key);
    dl_json_str(&j, s);
    dl_buf_putc(b, '\n');
}

static void head_authors(dl_buf *b, const dl_doc *d)
{
    if (!d->authors.n) return;
    dl_json j = dl_json_to(b);
    dl_buf_puts(b, "authors: ");
    dl_json_open(&j, '[');
    for (uint32_t i = 0; i < d->authors.n; i++) dl_json_str(&j, dl_doc_str(d, d->authors.name[i]));
    dl_json_close(&j, ']');
    dl_buf_putc(b, '\n');
}

static void head(dl_buf *b, const dl_doc *d)
{
    const dl_meta *m = d->meta;
    char day[21];
    dl_buf_puts(b, "---\n");
    head_str(b, "title", dl_doc_str(d, m->title));
    head_authors(b, d);
    head_str(b, "agency", dl_doc_str(d, m->agency));
    head_str(b, "outlet", dl_doc_str(d, m->outlet));
    (m->has_time ? dl_instant_text : dl_date_text)(day, m->published);
    if (*day) dl_buf_fmt(b, "published: %s\n", day);
    dl_instant_text(day, m->modified);
    if (*day) dl_buf_fmt(b, "modified: %s\n", day);
    head_str(b, "url", dl_doc_str(d, m->url));
    head_str(b, "language", dl_doc_str(d, m->language));
    dl_buf_fmt(b, "verdict: %s\n", dl_verdict_words[m->verdict]);
    if (m->truncated) dl_buf_puts(b, "truncated: true\n");
    head_str(b, "id", dl_doc_str(d, m->id));
    dl_buf_puts(b, "---\n");
}

static void post_head_md(dl_buf *b, const dl_doc *d, uint32_t i)
{
    dl_str title = dl_doc_str(d, d->blocks.title[i]), author = dl_doc_str(d, d->blocks.author[i]);
    const bool timed = d->blocks.time[i] != DL_NEVER;
    if (title.len) line_md(b, title, "## ");
    if (title.len && (timed || author.len)) dl_buf_putc(b, '\n');
    if (timed) {
        dl_buf_puts(b, "**");
        dl_extract_clock(b, d->blocks.time[i]);
        dl_buf_puts(b, author.len ? "** " : "**\n");
    }
    if (author.len) line_md(b, author, "");
    if (title.len || timed || author.len) dl_buf_putc(b, '\n');
}

void dl_extract_markdown(dl_out *o, const dl_doc *d)
{
    static const char *const marks[] = { "", "## ", "- ", "> ", "" };
    dl_buf *b = o->buf;
    dl_str title = dl_doc_str(d, d->meta->title);
    if (o->rows) dl_buf_putc(b, '\n');
    head(b, d);
    dl_buf_putc(b, '\n');
    if (title.len) line_md(b, title, "# ");
    const uint32_t n = body_rows(d);
    for (uint32_t i = 0; i < n; i++) {
        const uint8_t kind = d->blocks.kind[i];
        if (gap_above(&d->blocks, i) || (!i && title.len)) dl_buf_putc(b, '\n');
        if (begins_post(d, i)) post_head_md(b, d, i);
        lines_md(b, dl_doc_text(d, d->blocks.span[i]), marks[kind]);
    }
}
