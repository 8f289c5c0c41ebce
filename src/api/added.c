/* added.c: what `dateline add` reports of the pages that it has put into the store. */
#include <stdlib.h>

#include "api/pile.h"
#include "api/text.h"
#include "base/error.h"

typedef struct totals {
    uint64_t printed, from_story, undated, removed, damaged, beside;
} totals;

/* Does the warning say that the text rests on other pages, too? Of a crawl that is most; they are counted. */
static bool of_the_pile(const dl_doc *d, uint32_t i) { return dl_str_eq(dl_doc_str(d, d->warnings.what[i]), DL_STR("pile")); }

static void put_warnings(dl_out *o, const dl_doc *d)
{
    for (uint32_t i = 0; i < d->warnings.n; i++) {
        if (of_the_pile(d, i)) continue;
        dl_buf_puts(o->buf, "               ");
        dl_text_put(o->buf, dl_doc_str(d, d->meta->id));
        dl_buf_puts(o->buf, "  ");
        dl_text_put(o->buf, dl_doc_str(d, d->warnings.what[i]));
        dl_buf_puts(o->buf, ": ");
        dl_text_put(o->buf, dl_doc_str(d, d->warnings.detail[i]));
        dl_buf_putc(o->buf, '\n');
    }
}

static void add_up(totals *t, const dl_doc *d)
{
    t->printed += d->meta->printed != DL_NEVER;
    t->undated += d->meta->published == DL_NEVER;
    t->from_story += d->meta->basis == DL_BY_STORY;
    t->removed += d->removed.n;
    t->damaged += d->damages.n;
    bool beside = false;
    for (uint32_t i = 0; i < d->warnings.n && !beside; i++) beside = of_the_pile(d, i);
    t->beside += beside;
}

static void put_counts(dl_out *o, const dl_pile *p, const totals *t)
{
    const dl_counts *c = &p->counts;
    dl_buf *b = o->buf;
    dl_buf_fmt(b, "  pages        %llu added, %llu known already, %llu failed\n", (unsigned long long)c->added,
               (unsigned long long)c->known, (unsigned long long)c->failed);
    if (!c->added) return;
    dl_buf_fmt(b, "  dates        %llu printed, %llu without any\n", (unsigned long long)t->printed,
               (unsigned long long)t->undated);
    dl_buf_fmt(b, "  removed      %llu parts of pages that are not the report (dateline page ID shows them)\n",
               (unsigned long long)t->removed);
    if (t->beside)
        dl_buf_fmt(b, "  pile         %llu pages without what others of their site print, too (dateline extract tells what)\n",
                   (unsigned long long)t->beside);
    if (t->damaged) dl_buf_fmt(b, "  damaged      %llu passages (dateline page ID --damage)\n", (unsigned long long)t->damaged);
}

static void put_json(dl_out *o, const dl_pile *p)
{
    dl_json j = dl_json_to(o->buf);
    dl_json_open(&j, '{');
    dl_json_key(&j, "added");
    dl_json_int(&j, (int64_t)p->counts.added);
    dl_json_key(&j, "known");
    dl_json_int(&j, (int64_t)p->counts.known);
    dl_json_key(&j, "failed");
    dl_json_int(&j, (int64_t)p->counts.failed);
    dl_json_key(&j, "pages");
    dl_json_int(&j, dl_store_count(p->store));
    dl_json_close(&j, '}');
    dl_json_line(&j);
}

dl_status dl_write_added(dl_out *o, dl_pile *p, dl_error *err)
{
    enum { MOST_WARNINGS = 200 }; /* pages whose warnings are told one by one */
    totals t = { 0 };
    if (!p->store) return dl_fail(err, DL_EUSAGE, "add", DL_NO_OFFSET, "there is no store to add to");
    if (o->req->format != DL_TEXT) {
        put_json(o, p);
        return DL_OK;
    }
    uint32_t count = dl_store_count(p->store);
    dl_status st = DL_OK;
    for (uint32_t n = p->first_new; !st && n < count; n++) {
        dl_bytes block;
        dl_doc d;
        st = dl_store_get(p->store, n, &block, err);
        if (st) break;
        st = dl_doc_open(&d, block.p, block.len, err);
        if (!st) add_up(&t, &d);
        if (!st && n - p->first_new < MOST_WARNINGS) put_warnings(o, &d);
        free(block.p);
    }
    if (!st) put_counts(o, p, &t);
    o->rows = p->counts.added;
    return st;
}
