/* search.c: passages of the store that match a query. */
#include "api/pile.h"
#include "api/text.h"
#include "base/error.h"
#include "search/query.h"

static void put_json(dl_out *o, const dl_hit *h)
{
    dl_json j = dl_json_to(o->buf);
    dl_json_open(&j, '{');
    dl_json_key(&j, "id");
    dl_json_str(&j, h->id);
    dl_json_key(&j, "beg");
    dl_json_int(&j, h->beg);
    dl_json_key(&j, "end");
    dl_json_int(&j, h->end);
    dl_json_key(&j, "text");
    dl_json_str(&j, h->text);
    dl_json_key(&j, "title");
    dl_json_opt(&j, h->title);
    dl_json_key(&j, "outlet");
    dl_json_opt(&j, h->outlet);
    dl_json_key(&j, "published");
    dl_json_opt(&j, h->published);
    dl_json_key(&j, "story");
    if (h->story)
        dl_json_int(&j, h->story);
    else
        dl_json_null(&j);
    dl_json_key(&j, "rank");
    dl_json_num(&j, h->rank, 3);
    dl_json_close(&j, '}');
    dl_json_line(&j);
}

static void put_text(dl_out *o, const dl_hit *h)
{
    dl_buf *b = o->buf;
    size_t at = b->len;
    dl_text_put(b, h->id);
    dl_buf_fmt(b, ":%u", h->beg);
    if (h->story) dl_buf_fmt(b, "  #%u", h->story);
    dl_buf_puts(b, "  ");
    dl_text_put(b, h->outlet);
    dl_buf_puts(b, h->outlet.len && h->published.len ? ", " : "");
    dl_text_put(b, h->published.len > 10 ? dl_str_cut(h->published, 0, 10) : h->published);
    if (at < b->len) dl_buf_putc(b, '\n');
    dl_text_wrap(b, h->marked, o->req->width, 4, 0);
}

static bool take(void *ctx, const dl_hit *h)
{
    dl_out *o = ctx;
    if (o->req->format == DL_TEXT)
        put_text(o, h);
    else
        put_json(o, h);
    o->rows++;
    return !o->buf->failed;
}

dl_status dl_write_search(dl_out *o, dl_pile *p, dl_error *err)
{
    dl_buf match;
    const dl_request *r = o->req;
    if (!p->store) return dl_fail(err, DL_EUSAGE, "search", DL_NO_OFFSET, "there is no store to search in");
    dl_buf_init(&match, 1 << 20);
    dl_status st = dl_query_read(&match, dl_str_of(r->query), err);
    if (!st) st = dl_store_search(p->store, match.p, r->since, r->until, r->story, r->limit, take, o, err);
    dl_buf_free(&match);
    if (!st && !o->rows && r->format == DL_TEXT)
        dl_buf_fmt(o->buf, "Nothing matches. %u pages were searched.%s\n", dl_store_count(p->store),
                   r->since || r->until ? " Try without --since and --until." : "");
    return st;
}
