/* write_stories.c: `dateline stories`: one line a story, or with --assign one a page. */
#include "api/rulings.h"
#include "base/date.h"
#include "base/error.h"
#include "base/utf8.h"

static dl_str page_id(const dl_view *v, uint32_t page)
{
    const dl_doc *d = dl_page(v->pages, page);
    return d ? dl_doc_str(d, d->meta->id) : (dl_str){ 0 };
}

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
    for (uint32_t i = 0; i < s->n; i++) dl_json_str(j, page_id(v, s->page[i]));
    dl_json_close(j, ']');
    dl_json_key(j, "texts");
    dl_json_int(j, s->texts);
    dl_json_key(j, "lines");
    dl_json_int(j, s->lines);
    dl_json_key(j, "first_hand");
    dl_json_int(j, s->first_hand);
    dl_json_key(j, "title_id"); /* the page whose headline it is */
    dl_json_opt(j, s->title_page == DL_NONE ? (dl_str){ 0 } : page_id(v, s->title_page));
    dl_json_key(j, "continues");
    if (s->continues == DL_NONE)
        dl_json_null(j);
    else
        dl_json_int(j, (int64_t)s->continues + 1);
    dl_rulings_json(j, v, s->page, s->n);
    dl_json_close(j, '}');
}

static void page_json(dl_json *j, const dl_view *v, uint32_t page)
{
    dl_json_open(j, '{');
    dl_json_key(j, "id");
    dl_json_str(j, page_id(v, page));
    dl_json_key(j, "story");
    dl_json_int(j, (int64_t)v->stories->of[page] + 1);
    dl_json_close(j, '}');
}

static bool asked(const dl_view *v, uint32_t row) { return v->story == DL_NONE || v->story == row; }

static dl_status write_json(dl_out *o, const dl_view *v, dl_error *err)
{
    dl_json j = dl_json_to(o->buf);
    uint32_t n = o->req->assign ? v->pages->n : v->stories->n;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t row = o->req->assign ? v->stories->of[i] : v->stories->order[i];
        if (!asked(v, row)) continue;
        if (o->req->assign)
            page_json(&j, v, i);
        else
            story_json(&j, v, row);
        dl_json_line(&j);
        o->rows++;
        const bool full = o->buf->len >= (1u << 16) && o->flush;
        dl_status st = full ? o->flush(o->flush_ctx, err) : DL_OK;
        if (st) return st;
    }
    return DL_OK;
}

/* ---- The table for people ---------------------------------------------------------------------- */

static const char *const month[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

/* "21–22 Feb 2023", "28 Feb – 2 Mar 2023", "" for no day at all. */
static void say_days(dl_buf *b, const dl_story *s)
{
    if (s->from == DL_NEVER || s->to == DL_NEVER) return;
    dl_civil x = dl_civil_of(dl_day_of(s->from)), y = dl_civil_of(dl_day_of(s->to - 1));
    if (x.year != y.year)
        dl_buf_fmt(b, "%d %s %d – ", x.day, month[x.month - 1], (int)x.year);
    else if (x.month != y.month)
        dl_buf_fmt(b, "%d %s – ", x.day, month[x.month - 1]);
    else if (x.day != y.day)
        dl_buf_fmt(b, "%d–", x.day);
    dl_buf_fmt(b, "%d %s %d", y.day, month[y.month - 1], (int)y.year);
}

static size_t columns_of(dl_str s)
{
    size_t n = 0;
    for (size_t at = 0; at < s.len; n++) dl_utf8_next(s, &at);
    return n;
}

/* s in exactly `width` columns: cut with an ellipsis or filled with blanks. */
static void fit(dl_buf *b, dl_str s, size_t width)
{
    size_t n = columns_of(s), at = 0, shown = 0;
    if (n <= width) {
        dl_buf_add(b, s);
        dl_buf_fill(b, ' ', width - n);
        return;
    }
    while (shown + 1 < width && at < s.len) {
        dl_utf8_next(s, &at);
        shown++;
    }
    dl_buf_add(b, dl_str_cut(s, 0, at));
    dl_buf_puts(b, "…");
}

static void say_row(dl_out *o, const dl_view *v, uint32_t row, size_t title)
{
    const dl_story *s = &v->stories->story[row];
    dl_buf days;
    dl_buf_init(&days, 256);
    say_days(&days, s);
    dl_buf_fmt(o->buf, "%3u  ", row + 1);
    fit(o->buf, days.len ? dl_buf_str(&days) : DL_STR("no date"), 21);
    dl_buf_puts(o->buf, "  ");
    fit(o->buf, s->title.len ? s->title : page_id(v, s->page[0]), title);
    dl_buf_fmt(o->buf, "  %5u %5u %5u %10u\n", s->n, s->texts, s->lines, s->first_hand);
    if (s->continues != DL_NONE) dl_buf_fmt(o->buf, "     continues %u\n", s->continues + 1);
    dl_rulings_text(o->buf, v, s->page, s->n, 5);
    dl_buf_free(&days);
    o->rows++;
}

static void write_table(dl_out *o, const dl_view *v)
{
    size_t width = o->req->width ? o->req->width : 80, fixed = 3 + 2 + 21 + 2 + 2 + 28,
           title = width > fixed + 20 ? width - fixed : 20;
    dl_buf_puts(o->buf, "  #  ");
    fit(o->buf, DL_STR("when"), 21);
    dl_buf_puts(o->buf, "  ");
    fit(o->buf, DL_STR("story"), title);
    dl_buf_puts(o->buf, "  pages texts lines first-hand\n");
    uint32_t n = 0;
    for (uint32_t i = 0; i < v->stories->n; i++) {
        if (!asked(v, v->stories->order[i])) continue;
        say_row(o, v, v->stories->order[i], title);
        n++;
    }
    dl_buf_fmt(o->buf, "%u stor%s.", n, n == 1 ? "y" : "ies");
    if (n) {
        uint32_t first = v->story == DL_NONE ? v->stories->order[0] : v->story;
        dl_buf_fmt(o->buf, " `dateline brief --story %u` for the account.", first + 1);
    }
    dl_buf_putc(o->buf, '\n');
}

/* One line a page, for people. */
static void write_lines(dl_out *o, const dl_view *v)
{
    for (uint32_t p = 0; p < v->pages->n; p++) {
        if (!asked(v, v->stories->of[p])) continue;
        dl_str id = page_id(v, p);
        dl_buf_fmt(o->buf, "%5u  %.*s\n", v->stories->of[p] + 1, (int)id.len, id.p);
        o->rows++;
    }
}

dl_status dl_write_stories(dl_out *o, const dl_view *v, dl_error *err)
{
    bool json = o->req->format == DL_JSONL || o->req->format == DL_JSON;
    if (!json && o->req->format != DL_TEXT)
        return dl_fail(err, DL_EUSAGE, "stories", DL_NO_OFFSET, "stories come as text, json or jsonl");
    if (json) {
        dl_status st = write_json(o, v, err);
        if (st) return st;
    } else if (o->req->assign)
        write_lines(o, v);
    else
        write_table(o, v);
    return o->buf->failed ? dl_fail_mem(err, "stories") : DL_OK;
}
