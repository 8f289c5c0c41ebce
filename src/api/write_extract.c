/* write_extract.c: the answer to `extract`: the article of each page, and what the page says of itself. */
#include "api/text.h"
#include "api/view.h"
#include "base/date.h"

static void key_str(dl_json *j, const char *key, dl_str s)
{
    dl_json_key(j, key);
    dl_json_opt(j, s);
}

static void role(dl_json *j, uint8_t role, uint8_t sure)
{
    dl_json_key(j, "role");
    dl_json_word(j, dl_text_words[role]);
    dl_json_key(j, "sure");
    dl_json_num(j, sure / 100.0, 2);
}

static void block(dl_json *j, const dl_doc *d, uint32_t i)
{
    const dl_blocks *t = &d->blocks;
    const bool body = t->span[i].end <= d->meta->body_len;
    dl_json_open(j, '{');
    dl_json_key(j, "kind");
    dl_json_word(j, dl_block_words[t->kind[i]]);
    dl_json_key(j, "beg");
    body ? dl_json_int(j, t->span[i].beg) : dl_json_null(j);
    dl_json_key(j, "end");
    body ? dl_json_int(j, t->span[i].end) : dl_json_null(j);
    dl_json_key(j, "raw_beg");
    dl_json_int(j, t->raw[i].beg);
    dl_json_key(j, "raw_end");
    dl_json_int(j, t->raw[i].end);
    if (!body) {
        dl_json_key(j, "text");
        dl_json_str(j, dl_doc_text(d, t->span[i]));
    }
    if (t->kind[i] == DL_POST) {
        dl_json_key(j, "time");
        dl_json_instant(j, t->time[i]);
        key_str(j, "author", dl_doc_str(d, t->author[i]));
        key_str(j, "title", dl_doc_str(d, t->title[i]));
    }
    role(j, t->role[i], t->sure[i]);
    dl_json_close(j, '}');
}

static void dateline(dl_json *j, const dl_doc *d)
{
    const dl_meta *m = d->meta;
    dl_json_key(j, "dateline");
    if (m->place.beg == m->place.end && m->place_agency.beg == m->place_agency.end) {
        dl_json_null(j);
        return;
    }
    dl_json_open(j, '{');
    key_str(j, "place", dl_doc_str(d, m->place));
    dl_json_key(j, "date");
    dl_json_day(j, m->place_day);
    key_str(j, "agency", dl_doc_str(d, m->place_agency));
    dl_json_close(j, '}');
}

static void dates(dl_json *j, const dl_doc *d)
{
    const dl_meta *m = d->meta;
    dl_json_key(j, "published");
    (m->has_time ? dl_json_instant : dl_json_day)(j, m->published);
    dl_json_key(j, "published_basis");
    dl_json_word(j, dl_basis_words[m->basis]);
    dl_json_key(j, "printed_date");
    dl_json_day(j, m->printed);
    dl_json_key(j, "modified");
    dl_json_instant(j, m->modified);
}

static void removed(dl_json *j, const dl_doc *d)
{
    const dl_removed *t = &d->removed;
    dl_json_key(j, "removed");
    dl_json_open(j, '[');
    for (uint32_t i = 0; i < t->n; i++) {
        dl_json_open(j, '{');
        dl_json_key(j, "why");
        dl_json_str(j, dl_doc_str(d, t->why[i]));
        dl_json_key(j, "raw_beg");
        dl_json_int(j, t->raw[i].beg);
        dl_json_key(j, "raw_end");
        dl_json_int(j, t->raw[i].end);
        if (t->same_as[i] != DL_NONE) {
            dl_json_key(j, "same_as");
            dl_json_int(j, t->same_as[i]);
        }
        role(j, t->role[i], t->sure[i]);
        dl_json_close(j, '}');
    }
    dl_json_close(j, ']');
}

static void warnings(dl_json *j, const dl_doc *d)
{
    dl_json_key(j, "warnings");
    dl_json_open(j, '[');
    for (uint32_t i = 0; i < d->warnings.n; i++) {
        dl_json_open(j, '{');
        dl_json_key(j, "what");
        dl_json_str(j, dl_doc_str(d, d->warnings.what[i]));
        dl_json_key(j, "detail");
        dl_json_str(j, dl_doc_str(d, d->warnings.detail[i]));
        dl_json_close(j, '}');
    }
    dl_json_close(j, ']');
}

static void credits(dl_json *j, const dl_doc *d)
{
    dl_json_key(j, "credits");
    dl_json_open(j, '[');
    for (uint32_t i = 0; i < d->credits.n; i++) {
        dl_json_open(j, '{');
        dl_json_key(j, "name");
        dl_json_str(j, dl_doc_str(d, d->credits.name[i]));
        dl_json_key(j, "kind");
        dl_json_word(j, dl_credit_words[d->credits.kind[i]]);
        dl_json_close(j, '}');
    }
    dl_json_close(j, ']');
}

/* Keys in the order of FORMATS.md; "credits" is added at the end. */
static void as_json(dl_out *o, const dl_doc *d)
{
    const dl_meta *m = d->meta;
    dl_json j = dl_json_to(o->buf);
    dl_json_open(&j, '{');
    dl_json_key(&j, "id");
    dl_json_str(&j, dl_doc_str(d, m->id));
    key_str(&j, "url", dl_doc_str(d, m->url));
    dl_json_key(&j, "verdict");
    dl_json_word(&j, dl_verdict_words[m->verdict]);
    key_str(&j, "title", dl_doc_str(d, m->title));
    dl_json_key(&j, "text");
    dl_json_str(&j, dl_doc_body(d));
    dl_json_key(&j, "blocks");
    dl_json_open(&j, '[');
    for (uint32_t i = 0; i < d->blocks.n; i++) block(&j, d, i);
    dl_json_close(&j, ']');
    dl_json_key(&j, "authors");
    dl_json_open(&j, '[');
    for (uint32_t i = 0; i < d->authors.n; i++) dl_json_str(&j, dl_doc_str(d, d->authors.name[i]));
    dl_json_close(&j, ']');
    key_str(&j, "agency", dl_doc_str(d, m->agency));
    key_str(&j, "outlet", dl_doc_str(d, m->outlet));
    dateline(&j, d);
    dates(&j, d);
    key_str(&j, "language", dl_doc_str(d, m->language));
    dl_json_key(&j, "truncated");
    dl_json_bool(&j, m->truncated);
    removed(&j, d);
    warnings(&j, d);
    credits(&j, d);
    dl_json_close(&j, '}');
    dl_json_line(&j);
}

static void field(dl_buf *b, const char *name, dl_str s, bool mark)
{
    if (!s.len) return;
    dl_buf_fmt(b, mark ? "- %s: " : "%s: ", name);
    dl_text_put(b, s);
    dl_buf_putc(b, '\n');
}

static void about(dl_out *o, const dl_doc *d, bool mark)
{
    const dl_meta *m = d->meta;
    char day[11];
    dl_date_text(day, m->published);
    field(o->buf, "page", dl_doc_str(d, m->id), mark);
    field(o->buf, "outlet", dl_doc_str(d, m->outlet), mark);
    for (uint32_t i = 0; i < d->authors.n; i++) field(o->buf, "by", dl_doc_str(d, d->authors.name[i]), mark);
    field(o->buf, "agency", dl_doc_str(d, m->agency), mark);
    field(o->buf, "published", dl_str_of(day), mark);
    field(o->buf, "url", dl_doc_str(d, m->url), mark);
    dl_buf_putc(o->buf, '\n');
}

static void lines(dl_out *o, dl_str s, const char *mark)
{
    dl_str line;
    const unsigned indent = (unsigned)strlen(mark);
    while (dl_str_next(&s, '\n', &line)) {
        dl_buf_puts(o->buf, mark);
        if (o->req->format == DL_MARKDOWN) {
            dl_text_put(o->buf, line);
            dl_buf_putc(o->buf, '\n');
        } else {
            dl_text_wrap(o->buf, line, o->req->width ? o->req->width : 80, indent, indent);
        }
        dl_buf_putc(o->buf, '\n');
    }
}

static void as_text(dl_out *o, const dl_doc *d)
{
    const bool md = o->req->format == DL_MARKDOWN;
    dl_str title = dl_doc_str(d, d->meta->title);
    if (o->rows) dl_buf_puts(o->buf, md ? "\n---\n\n" : "\n\n");
    if (md) dl_buf_puts(o->buf, "# ");
    if (title.len)
        dl_text_put(o->buf, title);
    else
        dl_buf_puts(o->buf, "(no title)");
    dl_buf_puts(o->buf, md ? "\n\n" : "\n");
    about(o, d, md);
    for (uint32_t i = 0; i < d->blocks.n && d->blocks.span[i].end <= d->meta->body_len; i++) {
        const uint8_t kind = d->blocks.kind[i];
        dl_str head = dl_doc_str(d, d->blocks.title[i]);
        if (kind == DL_POST && head.len) lines(o, head, md ? "## " : "");
        const char *mark = kind == DL_LIST ? "- " : kind == DL_HEADING && md ? "## " : kind == DL_QUOTATION && md ? "> " : "";
        lines(o, dl_doc_text(d, d->blocks.span[i]), mark);
    }
}

void dl_write_extract(dl_out *o, const dl_view *v, uint32_t page, const dl_doc *d)
{
    (void)v;
    (void)page;
    if (o->req->format == DL_JSONL || o->req->format == DL_JSON)
        as_json(o, d);
    else
        as_text(o, d);
    o->rows++;
}
