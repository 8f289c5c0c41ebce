/* write_extract.c: the answer to `extract`: the article of each page, and what the page says of itself. */
#include "api/article.h"
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
    dl_write_stated(&j, d);
    dl_json_close(&j, '}');
    dl_json_line(&j);
}

void dl_write_extract(dl_out *o, const dl_view *v, uint32_t page, const dl_doc *d)
{
    const bool json = o->req->format == DL_JSONL || o->req->format == DL_JSON;
    if (o->req->explain)
        dl_extract_explained(o, v, page, d);
    else if (json)
        as_json(o, d);
    else if (o->req->format == DL_MARKDOWN)
        dl_extract_markdown(o, d);
    else
        dl_extract_plain(o, d, v->pages->n > 1 || o->rows);
    o->rows++;
}
