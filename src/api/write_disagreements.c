/* write_disagreements.c: where the sources differ. */
#include "api/matter.h"
#include "api/rulings.h"
#include "api/text.h"

typedef struct writer {
    dl_out *o;
    const dl_view *v;
} writer;

static void put_reading(dl_json *j, const dl_view *v, const dl_reading *r)
{
    dl_json_open(j, '{');
    dl_json_key(j, "reading");
    dl_json_str(j, r->words);
    dl_json_key(j, "support");
    dl_json_open(j, '[');
    for (uint32_t i = 0; i < r->n; i++) {
        dl_json_open(j, '{');
        dl_json_key(j, "id");
        dl_json_str(j, dl_view_id(v, r->at[i].page));
        dl_json_key(j, "beg");
        dl_json_int(j, r->at[i].span.beg);
        dl_json_key(j, "end");
        dl_json_int(j, r->at[i].span.end);
        dl_json_close(j, '}');
    }
    dl_json_close(j, ']');
    dl_json_key(j, "lines");
    dl_json_int(j, r->lines);
    dl_json_key(j, "first_hand");
    dl_json_int(j, r->first_hand);
    dl_json_close(j, '}');
}

static void put_json(const writer *w, const dl_disagreement *d)
{
    dl_json j = dl_json_to(w->o->buf);
    dl_json_open(&j, '{');
    dl_json_key(&j, "kind");
    dl_json_word(&j, dl_disagree_words[d->kind]);
    dl_json_key(&j, "about");
    dl_json_str(&j, d->about);
    dl_json_key(&j, "readings");
    dl_json_open(&j, '[');
    for (uint32_t i = 0; i < d->n; i++) put_reading(&j, w->v, &d->reading[i]);
    dl_json_close(&j, ']');
    dl_json_key(&j, "note");
    dl_json_opt(&j, d->note);
    dl_json_close(&j, '}');
    dl_json_line(&j);
}

static void put_text(const writer *w, uint32_t number, const dl_disagreement *d)
{
    static const char *const heads[DL_DISAGREE_KINDS] = { "WHO SAID IT", "HOW MANY",         "WHEN", "HOW CERTAIN", "HOW MUCH",
                                                          "DATE",        "CHANGED OVER TIME" };
    dl_buf *b = w->o->buf;
    unsigned width = w->o->req->width;
    dl_buf_fmt(b, "D%u ", number);
    dl_text_styled(b, dl_str_of(heads[d->kind]), DL_BOLD, w->o->req->colour);
    dl_buf_puts(b, "  ");
    dl_text_wrap(b, d->about, width, 5, (unsigned)(5 + strlen(heads[d->kind])));
    for (uint32_t i = 0; i < d->n; i++) {
        const dl_reading *r = &d->reading[i];
        dl_buf_puts(b, "     ");
        dl_text_cell(b, r->words, 24);
        for (uint32_t k = 0; k < r->n; k++) {
            dl_buf_puts(b, k ? ", " : " ");
            dl_text_put(b, dl_view_id(w->v, r->at[k].page));
            dl_buf_fmt(b, ":%u", r->at[k].span.beg);
        }
        dl_buf_fmt(b, "  (%u line%s, %u first-hand)\n", r->lines, r->lines == 1 ? "" : "s", r->first_hand);
    }
    if (d->note.len) dl_text_wrap(b, d->note, width, 5, 0);
}

static dl_status put_story(void *ctx, const dl_told_story *s, dl_arena *keep, dl_error *err)
{
    writer *w = ctx;
    (void)keep;
    (void)err;
    uint32_t number = 0;
    for (uint32_t i = 0; i < s->disagreements.n; i++) {
        const dl_disagreement *d = &s->disagreements.row[i];
        if (d->kind == DL_CHANGED && !w->o->req->also_changes) continue;
        if (w->o->req->format == DL_TEXT)
            put_text(w, ++number, d);
        else
            put_json(w, d);
        w->o->rows += d->kind != DL_CHANGED;
    }
    if (number) dl_rulings_text(w->o->buf, w->v, s->story->page, s->story->n, 0);
    return DL_OK;
}

dl_status dl_write_disagreements(dl_out *o, const dl_view *v, dl_error *err)
{
    writer w = { o, v };
    dl_status st = dl_each_story(v, put_story, &w, err);
    if (!st && !o->rows && o->req->format == DL_TEXT)
        dl_buf_puts(o->buf, "The sources do not disagree on anything that could be compared.\n");
    return st;
}
