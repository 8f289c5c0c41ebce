/* write_page.c: one page: what was kept and what was thrown away, in page order, and why; or its damaged passages. */
#include "api/parts.h"
#include "api/text.h"
#include "api/view.h"
#include "base/error.h"

static const char *kind_of(const dl_doc *d, const dl_part *l)
{
    return l->block == DL_NONE ? "removed" : dl_block_words[d->blocks.kind[l->block]];
}

static void put_json(dl_out *o, const dl_view *v, uint32_t page, const dl_doc *d, const dl_part *l)
{
    dl_json j = dl_json_to(o->buf);
    bool kept = l->block != DL_NONE;
    dl_json_open(&j, '{');
    dl_json_key(&j, "id");
    dl_json_str(&j, dl_doc_str(d, d->meta->id));
    dl_json_key(&j, "kind");
    dl_json_word(&j, kind_of(d, l));
    dl_json_key(&j, "why");
    dl_json_opt(&j, kept ? (dl_str){ NULL, 0 } : dl_doc_str(d, d->removed.why[l->removed]));
    dl_json_key(&j, "raw_beg");
    dl_json_int(&j, l->raw.beg);
    dl_json_key(&j, "raw_end");
    dl_json_int(&j, l->raw.end);
    dl_json_key(&j, "text");
    dl_json_opt(&j, dl_part_text(v, page, d, l, o->scratch));
    dl_json_close(&j, '}');
    dl_json_line(&j);
}

static void put_text(dl_out *o, const dl_view *v, uint32_t page, const dl_doc *d, const dl_part *l)
{
    bool kept = l->block != DL_NONE;
    dl_str why = kept ? dl_str_of(kind_of(d, l)) : dl_doc_str(d, d->removed.why[l->removed]);
    dl_buf_fmt(o->buf, "%8u %s ", l->raw.beg, kept ? " " : "-");
    dl_text_cell(o->buf, why, 14);
    dl_buf_putc(o->buf, ' ');
    dl_str text = dl_part_text(v, page, d, l, o->scratch);
    if (kept) {
        dl_text_wrap(o->buf, text, o->req->width, 26, 26);
        return;
    }
    dl_text_cell(o->buf, text, o->req->width > 40 ? o->req->width - 26 : 40);
    dl_buf_putc(o->buf, '\n');
}

static void put_damage(dl_out *o, const dl_doc *d, uint32_t i)
{
    dl_str words = dl_doc_text(d, d->damages.span[i]), note = dl_doc_str(d, d->damages.note[i]);
    if (o->req->format == DL_TEXT) {
        dl_buf_fmt(o->buf, "%8u  ", d->damages.span[i].beg);
        dl_text_cell(o->buf, words, 40);
        dl_buf_puts(o->buf, "  ");
        dl_text_wrap(o->buf, note, o->req->width, 52, 52);
        return;
    }
    dl_json j = dl_json_to(o->buf);
    dl_json_open(&j, '{');
    dl_json_key(&j, "id");
    dl_json_str(&j, dl_doc_str(d, d->meta->id));
    dl_json_key(&j, "beg");
    dl_json_int(&j, d->damages.span[i].beg);
    dl_json_key(&j, "end");
    dl_json_int(&j, d->damages.span[i].end);
    dl_json_key(&j, "text");
    dl_json_str(&j, words);
    dl_json_key(&j, "what");
    dl_json_str(&j, dl_doc_str(d, d->damages.what[i]));
    dl_json_key(&j, "note");
    dl_json_opt(&j, note);
    dl_json_close(&j, '}');
    dl_json_line(&j);
}

static void put_head(dl_out *o, const dl_doc *d)
{
    dl_text_styled(o->buf, dl_doc_str(d, d->meta->title), DL_BOLD, o->req->colour);
    dl_buf_putc(o->buf, '\n');
    dl_text_put(o->buf, dl_doc_str(d, d->meta->id));
    dl_buf_fmt(o->buf, "  %s, %u words kept, %u parts removed\n\n", dl_verdict_words[d->meta->verdict], d->meta->words,
               d->removed.n);
}

dl_status dl_write_page(dl_out *o, const dl_view *v, uint32_t page, dl_error *err)
{
    const dl_doc *d = dl_page(v->pages, page);
    if (o->req->damage) {
        for (uint32_t i = 0; i < d->damages.n; i++) put_damage(o, d, i);
        if (!d->damages.n && o->req->format == DL_TEXT) dl_buf_puts(o->buf, "No damaged passage was found.\n");
        o->rows = d->damages.n;
        return DL_OK;
    }
    uint32_t n;
    const dl_part *lines = dl_parts_of(d, o->scratch, &n);
    if (!lines) return dl_fail_mem(err, "page");
    if (o->req->format == DL_TEXT) put_head(o, d);
    for (uint32_t i = 0; i < n; i++) {
        if (o->req->format == DL_TEXT)
            put_text(o, v, page, d, &lines[i]);
        else
            put_json(o, v, page, d, &lines[i]);
        o->rows++;
    }
    return DL_OK;
}
