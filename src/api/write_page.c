/* write_page.c: one page: what was kept and what was thrown away, in page order, and why; or its damaged passages. */
#include "api/mends.h"
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

/* A damaged passage. */
static void put_broken(dl_out *o, const dl_doc *d, dl_span at, dl_str what, dl_str note)
{
    if (o->req->format == DL_TEXT) {
        dl_buf_fmt(o->buf, "%8u  ", at.beg);
        dl_text_cell(o->buf, dl_doc_text(d, at), 40);
        dl_buf_puts(o->buf, "  ");
        dl_text_wrap(o->buf, note, o->req->width, 52, 52);
        return;
    }
    dl_json j = dl_json_to(o->buf);
    dl_json_open(&j, '{');
    dl_json_key(&j, "id");
    dl_json_str(&j, dl_doc_str(d, d->meta->id));
    dl_json_key(&j, "beg");
    dl_json_int(&j, at.beg);
    dl_json_key(&j, "end");
    dl_json_int(&j, at.end);
    dl_json_key(&j, "text");
    dl_json_str(&j, dl_doc_text(d, at));
    dl_json_key(&j, "what");
    dl_json_str(&j, what);
    dl_json_key(&j, "note");
    dl_json_opt(&j, note);
    dl_json_close(&j, '}');
    dl_json_line(&j);
}

static void put_mend(dl_out *o, const dl_view *v, const dl_doc *d, const dl_mend *m)
{
    dl_buf note;
    dl_buf_init(&note, 1 << 12);
    dl_buf_fmt(&note, "\"%.*s\" in ", (int)m->word.len, m->word.p);
    dl_buf_add(&note, dl_doc_str(dl_page(v->pages, m->page), dl_page(v->pages, m->page)->meta->id));
    put_broken(o, d, m->span, DL_STR("word"), dl_buf_str(&note));
    dl_buf_free(&note);
}

/* What the page itself shows, and the words that other pages tell better, in order of place. */
static dl_status put_damages(dl_out *o, const dl_view *v, uint32_t page, dl_error *err)
{
    const dl_doc *d = dl_page(v->pages, page);
    dl_mend *mend;
    uint32_t n, k = 0;
    if (!dl_mends_find(&mend, &n, v, page, o->scratch)) return dl_fail_mem(err, "page");
    for (uint32_t i = 0; i <= d->damages.n; i++) {
        uint32_t until = i < d->damages.n ? d->damages.span[i].beg : UINT32_MAX;
        for (; k < n && mend[k].span.beg < until; k++) {
            if (i && mend[k].span.beg < d->damages.span[i - 1].end) continue;
            put_mend(o, v, d, &mend[k]);
            o->rows++;
        }
        if (i == d->damages.n) break;
        put_broken(o, d, d->damages.span[i], dl_doc_str(d, d->damages.what[i]), dl_doc_str(d, d->damages.note[i]));
        o->rows++;
    }
    if (!o->rows && o->req->format == DL_TEXT) dl_buf_puts(o->buf, "No damaged passage was found.\n");
    return DL_OK;
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
    if (o->req->damage) return put_damages(o, v, page, err);
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
