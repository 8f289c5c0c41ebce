/* write_timeline.c: what happened when, by line of reporting. Claims that have a day, in order of day. */
#include "api/matter.h"
#include "api/text.h"
#include "base/date.h"
#include "brief/timeline.h"

typedef struct writer {
    dl_out *o;
    const dl_view *v;
} writer;

static const char *grain_of(const dl_claim *c)
{
    int64_t days = c->to == DL_NEVER ? 0 : (c->to - c->from) / DL_DAY_SECONDS;
    return days <= 1 ? "day" : days <= 7 ? "week" : days <= 31 ? "month" : days <= 366 ? "year" : "decade";
}

static dl_str text_of(const dl_view *v, const dl_claim *c)
{
    const dl_support *s = &c->support[c->head];
    return dl_doc_text(dl_page(v->pages, s->page), s->span);
}

/* The lines that the claim rests on, each once. */
static uint32_t lines_of(const dl_lines *lines, const dl_claim *c, uint32_t *out, uint32_t cap)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->n && n < cap; i++) {
        uint32_t line = lines->line[c->support[i].page], k = 0;
        while (k < n && out[k] != line) k++;
        if (k == n) out[n++] = line;
    }
    return n;
}

static void put_json(const writer *w, const dl_told_story *s, const dl_claim *c)
{
    uint32_t line[32], n = lines_of(s->matter.lines, c, line, DL_COUNT(line));
    dl_json j = dl_json_to(w->o->buf);
    dl_json_open(&j, '{');
    dl_json_key(&j, "from");
    dl_json_day(&j, c->from);
    dl_json_key(&j, "to");
    dl_json_until(&j, c->to);
    dl_json_key(&j, "grain");
    dl_json_word(&j, grain_of(c));
    dl_json_key(&j, "text");
    dl_json_str(&j, text_of(w->v, c));
    dl_json_key(&j, "modality");
    dl_json_word(&j, dl_modality_words[c->modality]);
    dl_json_key(&j, "lines");
    dl_json_open(&j, '[');
    for (uint32_t i = 0; i < n; i++) dl_json_str(&j, s->matter.lines->name[line[i]]);
    dl_json_close(&j, ']');
    dl_json_key(&j, "support");
    dl_json_open(&j, '[');
    for (uint32_t i = 0; i < c->n; i++) {
        dl_json_open(&j, '{');
        dl_json_key(&j, "id");
        dl_json_str(&j, dl_view_id(w->v, c->support[i].page));
        dl_json_key(&j, "beg");
        dl_json_int(&j, c->support[i].span.beg);
        dl_json_key(&j, "end");
        dl_json_int(&j, c->support[i].span.end);
        dl_json_close(&j, '}');
    }
    dl_json_close(&j, ']');
    dl_json_close(&j, '}');
    dl_json_line(&j);
}

static void put_text(const writer *w, const dl_told_story *s, const dl_claim *c, int64_t *last)
{
    uint32_t line[6], n = lines_of(s->matter.lines, c, line, DL_COUNT(line));
    dl_buf *b = w->o->buf;
    size_t at = b->len;
    if (*last != c->from) dl_text_days(b, c->from, c->to);
    *last = c->from;
    unsigned used = dl_text_columns(dl_str_cut(dl_buf_str(b), at, b->len));
    if (c->modality == DL_EXPECTED) {
        if (used < 18) dl_buf_fill(b, ' ', 18 - used);
        dl_buf_puts(b, "(expected)");
        used = used < 18 ? 28 : used + 10;
    }
    dl_buf_puts(b, " ");
    dl_text_wrap(b, text_of(w->v, c), w->o->req->width, 26, used + 1);
    dl_buf_fill(b, ' ', 26);
    for (uint32_t i = 0; i < n; i++) {
        dl_buf_puts(b, i ? ", " : "");
        dl_text_put(b, s->matter.lines->name[line[i]]);
    }
    dl_buf_putc(b, '\n');
}

static dl_status put_story(void *ctx, const dl_told_story *s, dl_arena *keep, dl_error *err)
{
    writer *w = ctx;
    int64_t last = DL_NEVER;
    dl_timeline t;
    dl_status st = dl_timeline_find(&t, &s->claims, keep, err);
    for (uint32_t i = 0; !st && i < t.n; i++) {
        if (w->o->req->format == DL_TEXT)
            put_text(w, s, t.claim[i], &last);
        else
            put_json(w, s, t.claim[i]);
        w->o->rows++;
    }
    return st;
}

dl_status dl_write_timeline(dl_out *o, const dl_view *v, dl_error *err)
{
    writer w = { o, v };
    return dl_each_story(v, put_story, &w, err);
}
