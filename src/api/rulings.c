/* rulings.c: a person's word on how pages count. */
#include "api/rulings.h"

#include "api/matter.h"
#include "api/text.h"
#include "base/error.h"
#include "base/sort.h"
#include "copies/overrule.h"

static int by_page(const void *a, const void *b, const void *ctx)
{
    const dl_ruling *x = a, *y = b;
    (void)ctx;
    return x->page < y->page ? -1 : x->page > y->page;
}

dl_status dl_rulings_load(dl_view *v, dl_store *store, dl_arena *keep, dl_error *err)
{
    dl_ruling *all;
    uint32_t n, hold = 0;
    if (!store) return DL_OK;
    dl_status st = dl_store_rulings(&all, &n, store, keep, err);
    if (st || !n) return st;
    for (uint32_t i = 0; i < n; i++) {
        if (!all[i].undone.len) all[hold++] = all[i];
    }
    if (!dl_sort(all, hold, sizeof *all, by_page, NULL, keep)) return dl_fail_mem(err, "store");
    n = 0;
    for (uint32_t i = 0; i < hold; i++) { /* the sort is stable: the latest of a page is its last */
        if (i + 1 < hold && all[i + 1].page == all[i].page) continue;
        all[n++] = all[i];
    }
    v->ruling = all;
    v->n_rulings = n;
    return DL_OK;
}

dl_status dl_rulings_apply(const dl_view *v, dl_copies *copies, dl_arena *keep, dl_error *err)
{
    if (!v->n_rulings) return DL_OK;
    dl_overrule *o = DL_NEW(keep, v->n_rulings, dl_overrule);
    if (!o) return dl_fail_mem(err, "copies");
    for (uint32_t i = 0; i < v->n_rulings; i++) o[i] = (dl_overrule){ v->ruling[i].page, v->ruling[i].of };
    return dl_copies_overrule(copies, o, v->n_rulings, v->pages, keep) ? DL_OK : dl_fail_mem(err, "copies");
}

const dl_ruling *dl_ruling_of(const dl_view *v, uint32_t page)
{
    uint32_t lo = 0, hi = v->n_rulings;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (v->ruling[mid].page < page)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < v->n_rulings && v->ruling[lo].page == page ? &v->ruling[lo] : NULL;
}

static dl_str day_of(dl_str instant) { return dl_str_cut(instant, 0, instant.len < 10 ? instant.len : 10); }

void dl_ruling_put(dl_buf *b, const dl_view *v, const dl_ruling *r)
{
    if (r->of == DL_NONE) {
        dl_buf_puts(b, "counted as independent by ");
    } else {
        dl_buf_puts(b, "counted as a copy of ");
        dl_buf_add(b, dl_view_id(v, r->of));
        dl_buf_puts(b, " by ");
    }
    dl_buf_add(b, r->who);
    dl_buf_puts(b, ", ");
    dl_buf_add(b, day_of(r->made));
    if (!r->note.len) return;
    dl_buf_puts(b, ": ");
    dl_buf_add(b, r->note);
}

void dl_rulings_text(dl_buf *b, const dl_view *v, const uint32_t *page, uint32_t n, unsigned indent)
{
    for (uint32_t i = 0; v->n_rulings && i < n; i++) {
        const dl_ruling *r = dl_ruling_of(v, page[i]);
        dl_buf line;
        if (!r) continue;
        dl_buf_init(&line, 1 << 16);
        dl_buf_add(&line, dl_view_id(v, page[i]));
        dl_buf_putc(&line, ' ');
        dl_ruling_put(&line, v, r);
        dl_buf_fill(b, ' ', indent);
        dl_buf_puts(b, "* ");
        dl_text_put(b, dl_buf_str(&line));
        dl_buf_putc(b, '\n');
        dl_buf_free(&line);
    }
}

void dl_ruling_keys(dl_json *j, const dl_ruling *r, dl_str id, dl_str of)
{
    dl_json_key(j, "id");
    dl_json_str(j, id);
    dl_json_key(j, "counts");
    dl_json_word(j, r->of == DL_NONE ? "independent" : "copy");
    dl_json_key(j, "of");
    dl_json_opt(j, of);
    dl_json_key(j, "by");
    dl_json_str(j, r->who);
    dl_json_key(j, "at");
    dl_json_str(j, r->made);
    dl_json_key(j, "note");
    dl_json_opt(j, r->note);
}

void dl_rulings_json(dl_json *j, const dl_view *v, const uint32_t *page, uint32_t n)
{
    bool open = false;
    for (uint32_t i = 0; v->n_rulings && i < n; i++) {
        const dl_ruling *r = dl_ruling_of(v, page[i]);
        if (!r) continue;
        if (!open) {
            dl_json_key(j, "overruled");
            dl_json_open(j, '[');
        }
        open = true;
        dl_json_open(j, '{');
        dl_ruling_keys(j, r, dl_view_id(v, r->page), r->of == DL_NONE ? (dl_str){ 0 } : dl_view_id(v, r->of));
        dl_json_close(j, '}');
    }
    if (open) dl_json_close(j, ']');
}
