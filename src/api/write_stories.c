/* write_stories.c: `dateline stories`: one line a story. assign.c has the lines of --assign. */
#include "api/matter.h"
#include "api/rulings.h"
#include "api/text.h"
#include "base/error.h"

static void story_json(dl_json *j, const dl_view *v, uint32_t row)
{
    const dl_story *s = &v->stories->story[row];
    dl_json_open(j, '{');
    dl_json_key(j, "story");
    dl_json_int(j, (int64_t)row + 1);
    dl_json_key(j, "title");
    dl_json_opt(j, s->title);
    dl_json_key(j, "from");
    dl_json_day(j, s->from);
    dl_json_key(j, "to");
    dl_json_until(j, s->to);
    dl_json_key(j, "pages");
    dl_json_open(j, '[');
    for (uint32_t i = 0; i < s->n; i++) dl_json_str(j, dl_view_id(v, s->page[i]));
    dl_json_close(j, ']');
    dl_json_key(j, "texts");
    dl_json_int(j, s->texts);
    dl_json_key(j, "lines");
    dl_json_int(j, s->lines);
    dl_json_key(j, "first_hand");
    dl_json_int(j, s->first_hand);
    dl_json_key(j, "title_id"); /* the page whose headline it is */
    dl_json_opt(j, s->title_page == DL_NONE ? (dl_str){ 0 } : dl_view_id(v, s->title_page));
    dl_json_key(j, "continues");
    if (s->continues == DL_NONE)
        dl_json_null(j);
    else
        dl_json_int(j, (int64_t)s->continues + 1);
    dl_rulings_json(j, v, s->page, s->n);
    dl_json_close(j, '}');
}

static bool asked(const dl_view *v, uint32_t row) { return v->story == DL_NONE || v->story == row; }

static dl_status write_json(dl_out *o, const dl_view *v, dl_error *err)
{
    dl_json j = dl_json_to(o->buf);
    for (uint32_t i = 0; i < v->stories->n; i++) {
        if (!asked(v, v->stories->order[i])) continue;
        story_json(&j, v, v->stories->order[i]);
        dl_json_line(&j);
        o->rows++;
        const bool full = o->buf->len >= (1u << 16) && o->flush;
        dl_status st = full ? o->flush(o->flush_ctx, err) : DL_OK;
        if (st) return st;
    }
    return DL_OK;
}

/* ---- The table for people ---------------------------------------------------------------------- */

/* "21–22 Feb 2023", or that there is no day. What memory was refused for stays marked in the buffer. */
static dl_str days_of(dl_buf *b, const dl_story *s)
{
    if (!b->failed) dl_buf_reset(b);
    dl_text_days(b, s->from, s->to);
    return b->len ? dl_buf_str(b) : DL_STR("no date");
}

static void say_row(dl_out *o, const dl_view *v, uint32_t row, dl_str days, unsigned when, unsigned title)
{
    const dl_story *s = &v->stories->story[row];
    dl_buf_fmt(o->buf, "%3u  ", row + 1);
    dl_text_cell(o->buf, days, when);
    dl_buf_puts(o->buf, "  ");
    dl_text_cell(o->buf, s->title.len ? s->title : dl_view_id(v, s->page[0]), title);
    dl_buf_fmt(o->buf, "  %5u %5u %5u %10u\n", s->n, s->texts, s->lines, s->first_hand);
    if (s->continues != DL_NONE) dl_buf_fmt(o->buf, "     continues %u\n", s->continues + 1);
    dl_rulings_text(o->buf, v, s->page, s->n, 5);
    o->rows++;
}

/* Columns of the widest days of those that are asked for. */
static unsigned widest_days(const dl_view *v, dl_buf *days)
{
    unsigned widest = 7; /* "no date" */
    for (uint32_t i = 0; i < v->stories->n; i++) {
        const unsigned n = asked(v, i) ? dl_text_columns(days_of(days, &v->stories->story[i])) : 0;
        if (n > widest) widest = n;
    }
    return widest;
}

/* False: no memory. */
static bool write_table(dl_out *o, const dl_view *v)
{
    dl_buf days;
    dl_buf_init(&days, 256);
    const unsigned when = widest_days(v, &days), fixed = 3 + 2 + when + 2 + 2 + 28,
                   title = o->req->width > fixed + 20 ? o->req->width - fixed : 20;
    dl_buf_puts(o->buf, "  #  ");
    dl_text_cell(o->buf, DL_STR("when"), when);
    dl_buf_puts(o->buf, "  ");
    dl_text_cell(o->buf, DL_STR("story"), title);
    dl_buf_puts(o->buf, "  pages texts lines first-hand\n");
    uint32_t n = 0;
    for (uint32_t i = 0; i < v->stories->n; i++) {
        const uint32_t row = v->stories->order[i];
        if (!asked(v, row)) continue;
        say_row(o, v, row, days_of(&days, &v->stories->story[row]), when, title);
        n++;
    }
    const bool ok = !days.failed;
    dl_buf_free(&days);
    dl_buf_fmt(o->buf, "%u stor%s.", n, n == 1 ? "y" : "ies");
    if (n) {
        uint32_t first = v->story == DL_NONE ? v->stories->order[0] : v->story;
        dl_buf_fmt(o->buf, " `dateline brief --story %u` for the account.", first + 1);
    }
    dl_buf_putc(o->buf, '\n');
    return ok;
}

dl_status dl_write_stories(dl_out *o, const dl_view *v, dl_error *err)
{
    bool json = o->req->format == DL_JSONL || o->req->format == DL_JSON;
    if (!json && o->req->format != DL_TEXT)
        return dl_fail(err, DL_EUSAGE, "stories", DL_NO_OFFSET, "stories come as text, json or jsonl");
    if (json) {
        dl_status st = write_json(o, v, err);
        if (st) return st;
    } else if (!write_table(o, v))
        return dl_fail_mem(err, "stories");
    return o->buf->failed ? dl_fail_mem(err, "stories") : DL_OK;
}
