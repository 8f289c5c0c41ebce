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

static int by_both(const void *a, const void *b, const void *ctx)
{
    const dl_ruling *x = a, *y = b;
    const int order = by_page(a, b, ctx);
    return order ? order : x->of < y->of ? -1 : x->of > y->of;
}

/* The two pages of a ruling on stories in one order, so that both ways round are one pair. */
static void in_order(dl_ruling *r)
{
    const uint32_t page = r->page;
    if (r->page < r->of) return;
    r->page = r->of;
    r->of = page;
}

/* The latest of each page, or of each pair of pages. False: no memory. */
static bool keep_latest(dl_ruling *v, uint32_t *n, bool pairs, dl_arena *a)
{
    uint32_t kept = 0;
    if (!dl_sort(v, *n, sizeof *v, pairs ? by_both : by_page, NULL, a)) return false;
    for (uint32_t i = 0; i < *n; i++) { /* the sort is stable: the latest is the last of its equals */
        if (i + 1 < *n && v[i + 1].page == v[i].page && (!pairs || v[i + 1].of == v[i].of)) continue;
        v[kept++] = v[i];
    }
    *n = kept;
    return true;
}

dl_status dl_rulings_load(dl_view *v, dl_store *store, dl_arena *keep, dl_error *err)
{
    dl_ruling *all;
    uint32_t n, counts = 0, pairs = 0;
    if (!store) return DL_OK;
    dl_status st = dl_store_rulings(&all, &n, store, keep, err);
    if (st || !n) return st;
    dl_ruling *settled = DL_NEW(keep, n, dl_ruling);
    if (!settled) return dl_fail_mem(err, "store");
    for (uint32_t i = 0; i < n; i++) {
        if (all[i].undone.len) continue;
        if (all[i].kind == DL_RULED_COUNTS)
            all[counts++] = all[i];
        else {
            settled[pairs] = all[i];
            in_order(&settled[pairs++]);
        }
    }
    if (!keep_latest(all, &counts, false, keep) || !keep_latest(settled, &pairs, true, keep)) return dl_fail_mem(err, "store");
    v->ruling = all;
    v->n_rulings = counts;
    v->settled = settled;
    v->n_settled = pairs;
    return DL_OK;
}

dl_story_rule *dl_rulings_on_stories(const dl_view *v, dl_arena *keep)
{
    dl_story_rule *r = v->n_settled ? DL_NEW(keep, v->n_settled, dl_story_rule) : NULL;
    for (uint32_t i = 0; r && i < v->n_settled; i++)
        r[i] = (dl_story_rule){ v->settled[i].page, v->settled[i].of, v->settled[i].kind == DL_RULED_TOGETHER };
    return r;
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

const char *dl_ruling_words(const dl_ruling *r)
{
    if (r->kind == DL_RULED_APART) return "kept apart from the story of";
    if (r->kind == DL_RULED_TOGETHER) return "kept in one story with";
    return r->of == DL_NONE ? "counted as independent" : "counted as a copy of";
}

void dl_ruling_put(dl_buf *b, const dl_view *v, const dl_ruling *r)
{
    dl_buf_puts(b, dl_ruling_words(r));
    if (r->of != DL_NONE) {
        dl_buf_putc(b, ' ');
        dl_buf_add(b, dl_view_id(v, r->of));
    }
    dl_buf_puts(b, " by ");
    dl_buf_add(b, r->who);
    dl_buf_puts(b, ", ");
    dl_buf_add(b, day_of(r->made));
    if (!r->note.len) return;
    dl_buf_puts(b, ": ");
    dl_buf_add(b, r->note);
}

static void put_text(dl_buf *b, const dl_view *v, const dl_ruling *r, unsigned indent)
{
    dl_buf line;
    dl_buf_init(&line, 1 << 16);
    dl_buf_add(&line, dl_view_id(v, r->page));
    dl_buf_putc(&line, ' ');
    dl_ruling_put(&line, v, r);
    dl_buf_fill(b, ' ', indent);
    dl_buf_puts(b, "* ");
    dl_text_put(b, dl_buf_str(&line));
    dl_buf_putc(b, '\n');
    dl_buf_free(&line);
}

/* Was something settled of one of those pages and another? */
static bool touches(const dl_ruling *r, const uint32_t *page, uint32_t n)
{
    return dl_has_u32(page, n, r->page) || dl_has_u32(page, n, r->of);
}

void dl_rulings_text(dl_buf *b, const dl_view *v, const uint32_t *page, uint32_t n, unsigned indent)
{
    for (uint32_t i = 0; v->n_rulings && i < n; i++) {
        const dl_ruling *r = dl_ruling_of(v, page[i]);
        if (r) put_text(b, v, r, indent);
    }
    for (uint32_t i = 0; i < v->n_settled; i++) {
        if (touches(&v->settled[i], page, n)) put_text(b, v, &v->settled[i], indent);
    }
}

void dl_ruling_keys(dl_json *j, const dl_ruling *r, dl_str id, dl_str of)
{
    dl_json_key(j, "id");
    dl_json_str(j, id);
    dl_json_key(j, "counts");
    static const char *const word[DL_RULING_KINDS] = { "copy", "apart", "together" };
    dl_json_word(j, r->of == DL_NONE ? "independent" : word[r->kind]);
    dl_json_key(j, "of");
    dl_json_opt(j, of);
    dl_json_key(j, "by");
    dl_json_str(j, r->who);
    dl_json_key(j, "at");
    dl_json_str(j, r->made);
    dl_json_key(j, "note");
    dl_json_opt(j, r->note);
}

static void put_json(dl_json *j, const dl_view *v, const dl_ruling *r, bool *open)
{
    if (!*open) {
        dl_json_key(j, "overruled");
        dl_json_open(j, '[');
    }
    *open = true;
    dl_json_open(j, '{');
    dl_ruling_keys(j, r, dl_view_id(v, r->page), r->of == DL_NONE ? (dl_str){ 0 } : dl_view_id(v, r->of));
    dl_json_close(j, '}');
}

void dl_rulings_json(dl_json *j, const dl_view *v, const uint32_t *page, uint32_t n)
{
    bool open = false;
    for (uint32_t i = 0; v->n_rulings && i < n; i++) {
        const dl_ruling *r = dl_ruling_of(v, page[i]);
        if (r) put_json(j, v, r, &open);
    }
    for (uint32_t i = 0; i < v->n_settled; i++) {
        if (touches(&v->settled[i], page, n)) put_json(j, v, &v->settled[i], &open);
    }
    if (open) dl_json_close(j, ']');
}
