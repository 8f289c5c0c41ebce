/* write_copies.c: `dateline copies`: pairs, families, the tree for people, two pages side by side. */
#include "api/view.h"
#include "base/date.h"
#include "base/error.h"
#include "copies/diff.h"

static dl_str page_id(const dl_view *v, uint32_t page)
{
    const dl_doc *d = dl_page(v->pages, page);
    return d ? dl_doc_str(d, d->meta->id) : (dl_str){ 0 };
}

/* Is the page one that is asked for? */
static bool asked(const dl_view *v, uint32_t page)
{
    return v->story == DL_NONE || !v->stories || v->stories->of[page] == v->story;
}

/* ---- JSONL ---------------------------------------------------------------------------------- */

static void pair_json(dl_json *j, const dl_view *v, const dl_pair *p)
{
    dl_json_open(j, '{');
    dl_json_key(j, "a");
    dl_json_str(j, page_id(v, p->a));
    dl_json_key(j, "b");
    dl_json_str(j, page_id(v, p->b));
    dl_json_key(j, "kind");
    dl_json_word(j, dl_copy_words[p->kind]);
    dl_json_key(j, "share_a");
    dl_json_num(j, p->share_a / 10000.0, 4);
    dl_json_key(j, "share_b");
    dl_json_num(j, p->share_b / 10000.0, 4);
    dl_json_key(j, "direction");
    dl_json_word(j, dl_direction_words[p->direction]);
    dl_json_key(j, "passages");
    dl_json_open(j, '[');
    for (uint32_t i = 0; i < p->n_passages; i++) {
        dl_json_open(j, '[');
        dl_json_int(j, p->passages[i].a.beg);
        dl_json_int(j, p->passages[i].a.end);
        dl_json_int(j, p->passages[i].b.beg);
        dl_json_int(j, p->passages[i].b.end);
        dl_json_close(j, ']');
    }
    dl_json_close(j, ']');
    dl_json_key(j, "why");
    dl_json_open(j, '[');
    for (uint32_t i = 0; i < p->n_why; i++) dl_json_str(j, p->why[i]);
    dl_json_close(j, ']');
    dl_json_close(j, '}');
}

static void family_json(dl_json *j, const dl_view *v, uint32_t row)
{
    const dl_copies *c = v->copies;
    const dl_family *f = &c->family[row];
    dl_json_open(j, '{');
    dl_json_key(j, "family");
    dl_json_int(j, (int64_t)row + 1);
    dl_json_key(j, "origin");
    dl_json_open(j, '{');
    dl_json_key(j, "name");
    dl_json_opt(j, f->origin);
    dl_json_key(j, "kind");
    dl_json_word(j, dl_origin_words[f->origin_kind]);
    dl_json_key(j, "seen");
    dl_json_bool(j, f->seen != DL_NONE);
    dl_json_close(j, '}');
    dl_json_key(j, "pages");
    dl_json_open(j, '[');
    for (uint32_t i = 0; i < f->n; i++) {
        uint32_t p = f->page[i];
        dl_json_open(j, '{');
        dl_json_key(j, "id");
        dl_json_str(j, page_id(v, p));
        dl_json_key(j, "parent");
        if (c->parent[p] == DL_NONE)
            dl_json_null(j);
        else
            dl_json_str(j, page_id(v, c->parent[p]));
        dl_json_key(j, "kind");
        dl_json_word(j, dl_copy_words[c->kind[p]]);
        dl_json_key(j, "credited");
        dl_json_bool(j, c->credited[p]);
        dl_json_close(j, '}');
    }
    dl_json_close(j, ']');
    dl_json_close(j, '}');
}

enum { COLLECTED = 1 << 16 /* bytes that are handed out at once */ };

static dl_status end_row(dl_out *o, dl_json *j, dl_error *err)
{
    dl_json_line(j);
    o->rows++;
    return o->flush && o->buf->len >= COLLECTED ? o->flush(o->flush_ctx, err) : DL_OK;
}

static dl_status write_pairs(dl_out *o, const dl_view *v, dl_error *err)
{
    dl_json j = dl_json_to(o->buf);
    dl_status st = DL_OK;
    for (uint32_t i = 0; !st && i < v->copies->n_pairs; i++) {
        const dl_pair *p = &v->copies->pair[i];
        if (!asked(v, p->a) || !asked(v, p->b)) continue;
        pair_json(&j, v, p);
        st = end_row(o, &j, err);
    }
    return st;
}

static bool family_asked(const dl_view *v, const dl_family *f)
{
    for (uint32_t i = 0; i < f->n; i++) {
        if (asked(v, f->page[i])) return true;
    }
    return false;
}

static dl_status write_families(dl_out *o, const dl_view *v, dl_error *err)
{
    dl_json j = dl_json_to(o->buf);
    dl_status st = DL_OK;
    for (uint32_t i = 0; !st && i < v->copies->n_families; i++) {
        if (!family_asked(v, &v->copies->family[i])) continue;
        family_json(&j, v, i);
        st = end_row(o, &j, err);
    }
    return st;
}

/* ---- The tree for people ---------------------------------------------------------------------- */

static void percent(dl_buf *b, uint32_t per_myriad) { dl_buf_fmt(b, "%u%%", (per_myriad + 50) / 100); }

/* The pair of two pages, by bisection over the sorted pairs; NULL: none. */
static const dl_pair *pair_of(const dl_copies *c, uint32_t x, uint32_t y)
{
    uint32_t a = x < y ? x : y, b = x < y ? y : x, lo = 0, hi = c->n_pairs;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        const dl_pair *p = &c->pair[mid];
        if (p->a < a || (p->a == a && p->b < b))
            lo = mid + 1;
        else
            hi = mid;
    }
    const dl_pair *p = lo < c->n_pairs ? &c->pair[lo] : NULL;
    return p && p->a == a && p->b == b ? p : NULL;
}

/* The last piece of an id that is a path: in a tree the folder says nothing. */
static dl_str short_id(const dl_view *v, uint32_t page)
{
    dl_str id = page_id(v, page);
    for (size_t i = id.len; i > 0; i--) {
        if (id.p[i - 1] == '/' && i < id.len) return dl_str_cut(id, i, id.len);
    }
    return id;
}

/* Is most of the body's block inside the passages? They are in order of their page a, not of b. */
static bool block_shared(const dl_pair *p, bool first, dl_span block)
{
    uint32_t in = 0;
    for (uint32_t i = 0; i < p->n_passages; i++) {
        dl_span s = first ? p->passages[i].a : p->passages[i].b;
        uint32_t beg = s.beg > block.beg ? s.beg : block.beg, end = s.end < block.end ? s.end : block.end;
        if (beg < end) in += end - beg;
    }
    return 5 * (uint64_t)in >= 4 * (uint64_t)dl_span_len(block);
}

static void say_share(dl_buf *b, const dl_view *v, const dl_pair *p, uint32_t page)
{
    const dl_doc *d = dl_page(v->pages, page);
    uint32_t all = 0, in = 0;
    for (uint32_t i = 0; d && i < d->blocks.n; i++) {
        if (d->blocks.kind[i] > DL_POST) continue;
        all++;
        in += block_shared(p, p->a == page, d->blocks.span[i]);
    }
    dl_str with = short_id(v, p->a == page ? p->b : p->a);
    if (all)
        dl_buf_fmt(b, "   %u/%u paragraphs in ", in, all);
    else
        dl_buf_fmt(b, "   %u%% in ", ((p->a == page ? p->share_a : p->share_b) + 50) / 100);
    dl_buf_add(b, with);
    if (p->direction == DL_SIBLINGS)
        dl_buf_puts(b, " (siblings)");
    else if (v->copies->parent[page] == (p->a == page ? p->b : p->a))
        dl_buf_puts(b, p->kind == DL_REWRITE ? ", reworded" : ", copied");
}

/* What else a reader should know of a page: another date than it prints, damage, repeats. */
static void say_state(dl_buf *b, const dl_doc *d)
{
    char day[11];
    uint32_t repeats = 0;
    for (uint32_t i = 0; i < d->removed.n; i++) repeats += dl_str_eq(dl_doc_str(d, d->removed.why[i]), DL_STR("repeat"));
    if (d->meta->printed != DL_NEVER && d->meta->published != DL_NEVER &&
        dl_day_of(d->meta->printed) != dl_day_of(d->meta->published)) {
        dl_date_text(day, d->meta->printed);
        dl_buf_fmt(b, "   prints %s", day);
    }
    if (d->damages.n) dl_buf_fmt(b, "   %u damaged passage%s", d->damages.n, d->damages.n == 1 ? "" : "s");
    if (3 * repeats >= d->blocks.n && repeats > 2)
        dl_buf_fmt(b, "   repeats itself: %u block%s kept once", repeats, repeats == 1 ? "" : "s");
    for (uint32_t i = 0; i < d->credits.n; i++) {
        if (d->credits.kind[i] != DL_CREDIT_PHOTO) continue;
        dl_str name = dl_doc_str(d, d->credits.name[i]);
        dl_buf_fmt(b, "   photos: %.*s", (int)name.len, name.p);
        break;
    }
}

static void say_member(dl_buf *b, const dl_view *v, const dl_family *f, uint32_t i)
{
    const dl_copies *c = v->copies;
    uint32_t page = f->page[i], other = c->parent[page];
    const dl_doc *d = dl_page(v->pages, page);
    dl_str outlet = d ? dl_doc_str(d, d->meta->outlet) : (dl_str){ 0 };
    dl_buf_puts(b, i + 1 < f->n ? "├─ " : "└─ ");
    dl_buf_add(b, short_id(v, page));
    if (outlet.len) dl_buf_fmt(b, "   %.*s", (int)outlet.len, outlet.p);
    if (c->credited[page])
        dl_buf_puts(b, "   credited");
    else if (f->n > 1 && f->seen != page)
        dl_buf_puts(b, "   NO CREDIT");
    if (other == DL_NONE && f->n > 1 && f->seen != page) other = f->page[i ? 0 : 1];
    const dl_pair *p = other == DL_NONE ? NULL : pair_of(c, page, other);
    if (p) say_share(b, v, p, page);
    if (d) say_state(b, d);
    dl_buf_putc(b, '\n');
}

/* "CNN, Hong Kong, 2023-02-21 (not in the pile)": where the dateline and the first page put it. */
static void say_origin(dl_buf *b, const dl_view *v, const dl_family *f)
{
    const dl_lines *l = &v->copies->lines;
    const dl_doc *d = dl_page(v->pages, f->page[0]);
    dl_str name = f->origin.len ? f->origin : l->name[l->line[f->page[0]]];
    int64_t first = DL_NEVER;
    for (uint32_t i = 0; i < f->n; i++) {
        const dl_doc *x = dl_page(v->pages, f->page[i]);
        if (x && x->meta->published != DL_NEVER && (first == DL_NEVER || x->meta->published < first)) first = x->meta->published;
    }
    if (f->origin.len || !d || d->meta->verdict == DL_LIVE)
        dl_buf_add(b, name);
    else
        dl_buf_puts(b, "unnamed");
    dl_str place = d ? dl_doc_str(d, d->meta->place) : (dl_str){ 0 };
    char day[11];
    dl_date_text(day, first);
    if (place.len) dl_buf_fmt(b, ", %.*s", (int)place.len, place.p);
    if (day[0]) dl_buf_fmt(b, ", %s", day);
    if (f->seen == DL_NONE && f->origin.len) dl_buf_puts(b, " (not in the pile)");
    if (!l->first_hand[l->line[f->page[0]]]) dl_buf_puts(b, "   secondary: with agencies");
    dl_buf_putc(b, '\n');
}

static void say_partials(dl_out *o, const dl_view *v)
{
    for (uint32_t i = 0; i < v->copies->n_pairs; i++) {
        const dl_pair *p = &v->copies->pair[i];
        if ((p->kind != DL_PARTIAL && p->kind != DL_CITES) || !asked(v, p->a) || !asked(v, p->b)) continue;
        dl_str a = short_id(v, p->a), b = short_id(v, p->b);
        dl_buf_fmt(o->buf, "%.*s ╌╌ %.*s   share %u passage%s: ", (int)a.len, a.p, (int)b.len, b.p, p->n_passages,
                   p->n_passages == 1 ? "" : "s");
        percent(o->buf, p->share_a);
        dl_buf_fmt(o->buf, " of %.*s, ", (int)a.len, a.p);
        percent(o->buf, p->share_b);
        dl_buf_fmt(o->buf, " of %.*s\n", (int)b.len, b.p);
        o->rows++;
    }
}

/* Families of several pages or with a source outside the pile; pages that stand alone are counted. */
static void write_tree(dl_out *o, const dl_view *v)
{
    uint32_t alone = 0;
    for (uint32_t i = 0; i < v->copies->n_families; i++) {
        const dl_family *f = &v->copies->family[i];
        if (!family_asked(v, f)) continue;
        if (f->n == 1 && f->seen != DL_NONE && v->pages->n > 40) {
            alone++;
            continue;
        }
        say_origin(o->buf, v, f);
        for (uint32_t k = 0; k < f->n; k++) say_member(o->buf, v, f, k);
        o->rows++;
    }
    say_partials(o, v);
    if (alone)
        dl_buf_fmt(o->buf, "%u page%s with a text of %s own.\n", alone, alone == 1 ? "" : "s", alone == 1 ? "its" : "their");
}

/* ---- Two pages side by side ------------------------------------------------------------------- */

/* The page with that id or, where it is one page alone, that end of its id. */
static uint32_t page_named(const dl_view *v, const char *name)
{
    dl_str want = dl_str_of(name);
    uint32_t found = DL_NONE, n = 0;
    for (uint32_t p = 0; p < v->pages->n; p++) {
        dl_str id = page_id(v, p);
        if (dl_str_eq(id, want)) return p;
        if (want.len && dl_str_find(id, want, 0) != SIZE_MAX) {
            found = p;
            n++;
        }
    }
    return n == 1 ? found : DL_NONE;
}

static dl_status write_diff(dl_out *o, const dl_view *v, dl_error *err)
{
    uint32_t page[2];
    for (int i = 0; i < 2; i++) {
        page[i] = page_named(v, o->req->diff[i]);
        if (page[i] == DL_NONE)
            return dl_fail(err, DL_EUSAGE, "copies", DL_NO_OFFSET, "no one page is called %s", o->req->diff[i]);
    }
    if (!dl_copies_diff(o->buf, dl_page(v->pages, page[0]), dl_page(v->pages, page[1]), o->scratch))
        return dl_fail_mem(err, "copies");
    o->rows++;
    return DL_OK;
}

dl_status dl_write_copies(dl_out *o, const dl_view *v, dl_error *err)
{
    bool json = o->req->format == DL_JSONL || o->req->format == DL_JSON;
    if (!json && o->req->format != DL_TEXT)
        return dl_fail(err, DL_EUSAGE, "copies", DL_NO_OFFSET, "copies come as text, json or jsonl");
    if (o->req->diff[0] && o->req->diff[1]) return write_diff(o, v, err);
    dl_status st = DL_OK;
    if (!json)
        write_tree(o, v);
    else
        st = o->req->families ? write_families(o, v, err) : write_pairs(o, v, err);
    return !st && o->buf->failed ? dl_fail_mem(err, "copies") : st;
}
