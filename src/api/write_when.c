/* write_when.c: the answer to `when`: each page's time expressions and what they mean. */
#include "api/view.h"
#include "base/date.h"

static void time_row(dl_json *j, const dl_doc *d, uint32_t i)
{
    const dl_times *t = &d->times;
    dl_json_open(j, '{');
    dl_json_key(j, "beg");
    dl_json_int(j, t->span[i].beg);
    dl_json_key(j, "end");
    dl_json_int(j, t->span[i].end);
    dl_json_key(j, "text");
    dl_json_str(j, dl_doc_text(d, t->span[i]));
    dl_json_key(j, "type");
    dl_json_word(j, dl_timex_words[t->type[i]]);
    dl_json_key(j, "value");
    dl_json_str(j, dl_doc_str(d, t->value[i]));
    dl_json_key(j, "from");
    const bool clock = t->grain[i] != DL_GRAIN_NONE && t->grain[i] < DL_GRAIN_DAY;
    (clock ? dl_json_instant : dl_json_day)(j, t->from[i]);
    dl_json_key(j, "to");
    (clock ? dl_json_instant : dl_json_day)(j, t->to[i]);
    dl_json_key(j, "grain");
    dl_json_word(j, t->grain[i] == DL_GRAIN_NONE ? NULL : dl_grain_name((dl_grain)t->grain[i]));
    dl_json_key(j, "basis");
    dl_json_word(j, dl_time_basis_words[t->basis[i]]);
    dl_json_key(j, "anchor");
    dl_json_opt(j, dl_doc_str(d, t->anchor[i]));
    dl_json_close(j, '}');
}

static void as_json(dl_out *o, const dl_doc *d)
{
    dl_json j = dl_json_to(o->buf);
    dl_json_open(&j, '{');
    dl_json_key(&j, "id");
    dl_json_str(&j, dl_doc_str(d, d->meta->id));
    dl_json_key(&j, "date");
    dl_json_day(&j, d->meta->published);
    dl_json_key(&j, "times");
    dl_json_open(&j, '[');
    for (uint32_t i = 0; i < d->times.n; i++) time_row(&j, d, i);
    dl_json_close(&j, ']');
    dl_json_close(&j, '}');
    dl_json_line(&j);
}

static void words(dl_buf *b, dl_str s)
{
    for (size_t i = 0; i < s.len; i++) dl_buf_putc(b, dl_is_space(s.p[i]) ? ' ' : s.p[i]);
}

static void as_text(dl_out *o, const dl_doc *d)
{
    const dl_times *t = &d->times;
    char day[11];
    dl_date_text(day, d->meta->published);
    dl_buf_add(o->buf, dl_doc_str(d, d->meta->id));
    dl_buf_fmt(o->buf, "  %s  %u times\n", day[0] ? day : "undated", t->n);
    for (uint32_t i = 0; i < t->n; i++) {
        const dl_str value = dl_doc_str(d, t->value[i]);
        dl_buf_puts(o->buf, "  ");
        dl_buf_add(o->buf, value);
        dl_buf_fill(o->buf, ' ', value.len < 18 ? 18 - value.len : 1);
        dl_buf_fmt(o->buf, "%-9s", dl_timex_words[t->type[i]]);
        words(o->buf, dl_doc_text(d, t->span[i]));
        dl_buf_putc(o->buf, '\n');
    }
}

void dl_write_when(dl_out *o, const dl_view *v, uint32_t page, const dl_doc *d)
{
    (void)v;
    (void)page;
    if (o->req->format == DL_JSONL || o->req->format == DL_JSON)
        as_json(o, d);
    else
        as_text(o, d);
    o->rows++;
}
