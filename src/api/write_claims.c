/* write_claims.c: what is asserted, and on what it rests. */
#include "api/matter.h"
#include "api/rulings.h"
#include "api/text.h"

typedef struct writer {
    dl_out *o;
    const dl_view *v;
} writer;

static dl_str text_of(const dl_view *v, const dl_claim *c)
{
    const dl_support *s = &c->support[c->head];
    return dl_doc_text(dl_page(v->pages, s->page), s->span);
}

static void put_support(dl_json *j, const dl_view *v, const dl_support *s)
{
    dl_json_open(j, '{');
    dl_json_key(j, "id");
    dl_json_str(j, dl_view_id(v, s->page));
    dl_json_key(j, "beg");
    dl_json_int(j, s->span.beg);
    dl_json_key(j, "end");
    dl_json_int(j, s->span.end);
    dl_json_key(j, "stance");
    dl_json_word(j, dl_stance_words[s->stance]);
    dl_json_key(j, "attributed_to");
    dl_json_opt(j, s->who == DL_NONE ? (dl_str){ NULL, 0 } : v->actors->name[s->who]);
    dl_json_key(j, "damaged");
    dl_json_bool(j, s->damaged);
    dl_json_close(j, '}');
}

/* How a person has the pages of the claim counted. */
static void put_rulings(dl_json *j, const dl_view *v, const dl_claim *c)
{
    enum { MOST = 64 };
    uint32_t page[MOST], n = 0;
    for (uint32_t i = 0; v->n_rulings && i < c->n && n < MOST; i++) {
        uint32_t k = 0;
        while (k < n && page[k] != c->support[i].page) k++;
        if (k == n && dl_ruling_of(v, c->support[i].page)) page[n++] = c->support[i].page;
    }
    dl_rulings_json(j, v, page, n);
}

static void put_json(const writer *w, uint32_t row, const dl_claim *c)
{
    dl_json j = dl_json_to(w->o->buf);
    dl_json_open(&j, '{');
    dl_json_key(&j, "claim");
    dl_json_int(&j, row);
    dl_json_key(&j, "text");
    dl_json_str(&j, text_of(w->v, c));
    dl_json_key(&j, "kind");
    dl_json_word(&j, dl_claim_words[c->kind]);
    dl_json_key(&j, "from");
    dl_json_day(&j, c->from);
    dl_json_key(&j, "to");
    dl_json_until(&j, c->to);
    dl_json_key(&j, "modality");
    dl_json_word(&j, dl_modality_words[c->modality]);
    dl_json_key(&j, "support");
    dl_json_open(&j, '[');
    for (uint32_t i = 0; i < c->n; i++) put_support(&j, w->v, &c->support[i]);
    dl_json_close(&j, ']');
    dl_json_key(&j, "pages");
    dl_json_int(&j, c->pages);
    dl_json_key(&j, "texts");
    dl_json_int(&j, c->texts);
    dl_json_key(&j, "lines");
    dl_json_int(&j, c->lines);
    dl_json_key(&j, "first_hand");
    dl_json_int(&j, c->first_hand);
    dl_json_key(&j, "status");
    dl_json_word(&j, dl_status_words[c->status]);
    put_rulings(&j, w->v, c);
    dl_json_close(&j, '}');
    dl_json_line(&j);
}

static void put_text(const writer *w, const dl_claim *c)
{
    dl_buf *b = w->o->buf;
    unsigned room = w->o->req->width > 60 ? w->o->req->width - 48 : 24;
    dl_text_cell(b, text_of(w->v, c), room);
    dl_text_cell_right(b, c->pages, 6);
    dl_text_cell_right(b, c->texts, 6);
    dl_text_cell_right(b, c->lines, 6);
    dl_text_cell_right(b, c->first_hand, 11);
    dl_buf_puts(b, "  ");
    dl_text_styled(b, dl_str_of(dl_status_words[c->status]), c->status == DL_CORROBORATED ? DL_BOLD : DL_DIM, w->o->req->colour);
    if (c->status == DL_ONE_LINE && c->pages > 1) dl_buf_fmt(b, " on %u pages", c->pages);
    dl_buf_putc(b, '\n');
}

static dl_status put_story(void *ctx, const dl_told_story *s, dl_arena *keep, dl_error *err)
{
    const writer *w = ctx;
    bool text = w->o->req->format == DL_TEXT;
    (void)keep;
    (void)err;
    if (text) {
        dl_rulings_text(w->o->buf, w->v, s->story->page, s->story->n, 0);
        dl_text_cell(w->o->buf, DL_STR("claim"), w->o->req->width > 60 ? w->o->req->width - 48 : 24);
        dl_buf_puts(w->o->buf, " pages texts lines first-hand  status\n");
    }
    for (uint32_t i = 0; i < s->claims.n; i++) {
        const dl_claim *c = &s->claims.claim[i];
        if (c->lines < w->o->req->lines_min) continue;
        if (text)
            put_text(w, c);
        else
            put_json(w, i, c);
        w->o->rows++;
    }
    return DL_OK;
}

dl_status dl_write_claims(dl_out *o, const dl_view *v, dl_error *err)
{
    writer w = { o, v };
    return dl_each_story(v, put_story, &w, err);
}
