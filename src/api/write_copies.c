/* write_copies.c: `dateline copies`: pairs, families, the tree for people, two pages side by side. */
#include "api/view.h"
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

static void open_list(dl_out *o, dl_json *j)
{
    *j = dl_json_to(o->buf);
    if (o->req->format == DL_JSON) dl_json_open(j, '[');
}

static void end_record(dl_out *o, dl_json *j)
{
    if (o->req->format != DL_JSON) dl_json_line(j);
    o->rows++;
}

static void close_list(dl_out *o, dl_json *j)
{
    if (o->req->format != DL_JSON) return;
    dl_json_close(j, ']');
    dl_json_line(j);
}

static void write_pairs(dl_out *o, const dl_view *v)
{
    dl_json j;
    open_list(o, &j);
    for (uint32_t i = 0; i < v->copies->n_pairs; i++) {
        const dl_pair *p = &v->copies->pair[i];
        if (!asked(v, p->a) || !asked(v, p->b)) continue;
        pair_json(&j, v, p);
        end_record(o, &j);
    }
    close_list(o, &j);
}

static bool family_asked(const dl_view *v, const dl_family *f)
{
    for (uint32_t i = 0; i < f->n; i++) {
        if (asked(v, f->page[i])) return true;
    }
    return false;
}

static void write_families(dl_out *o, const dl_view *v)
{
    dl_json j;
    open_list(o, &j);
    for (uint32_t i = 0; i < v->copies->n_families; i++) {
        if (!family_asked(v, &v->copies->family[i])) continue;
        family_json(&j, v, i);
        end_record(o, &j);
    }
    close_list(o, &j);
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

static dl_str outlet_of(const dl_view *v, uint32_t page)
{
    const dl_doc *d = dl_page(v->pages, page);
    return d ? dl_doc_str(d, d->meta->outlet) : (dl_str){ 0 };
}

static void say_member(dl_buf *b, const dl_view *v, const dl_family *f, uint32_t i)
{
    const dl_copies *c = v->copies;
    uint32_t page = f->page[i];
    dl_str id = page_id(v, page), outlet = outlet_of(v, page);
    dl_buf_puts(b, i + 1 < f->n ? "├─ " : "└─ ");
    dl_buf_add(b, id);
    if (outlet.len) dl_buf_fmt(b, "  %.*s", (int)outlet.len, outlet.p);
    dl_buf_puts(b, c->credited[page] ? "   credited" : f->n > 1 ? "   NO CREDIT" : "");
    uint32_t other = c->parent[page];
    if (other == DL_NONE && f->n > 1) other = f->page[i ? 0 : 1];
    const dl_pair *p = other == DL_NONE ? NULL : pair_of(c, page, other);
    if (p) {
        dl_buf_puts(b, "   ");
        percent(b, p->a == page ? p->share_a : p->share_b);
        dl_str with = page_id(v, other);
        bool sibling = c->parent[page] == DL_NONE;
        dl_buf_fmt(b, " of it in %.*s%s", (int)with.len, with.p,
                   p->direction == DL_SIBLINGS ? " (siblings of one unseen text)" : "");
        if (!sibling) dl_buf_puts(b, p->kind == DL_REWRITE ? ", reworded from it" : ", copied from it");
    }
    dl_buf_putc(b, '\n');
}

static void say_origin(dl_buf *b, const dl_view *v, const dl_family *f)
{
    if (f->origin.len)
        dl_buf_add(b, f->origin);
    else if (f->seen != DL_NONE && f->n == 1)
        dl_buf_puts(b, "its own text");
    else if (f->seen != DL_NONE)
        dl_buf_add(b, page_id(v, f->seen));
    else
        dl_buf_puts(b, "unknown source");
    const dl_doc *d = dl_page(v->pages, f->page[0]);
    if (f->seen == DL_NONE && f->origin.len) dl_buf_puts(b, " (not in the pile)");
    if (d && !v->copies->lines.first_hand[v->copies->lines.line[f->page[0]]]) dl_buf_puts(b, "   with agencies: secondary");
    dl_buf_putc(b, '\n');
}

static void say_partials(dl_out *o, const dl_view *v)
{
    for (uint32_t i = 0; i < v->copies->n_pairs; i++) {
        const dl_pair *p = &v->copies->pair[i];
        if ((p->kind != DL_PARTIAL && p->kind != DL_CITES) || !asked(v, p->a) || !asked(v, p->b)) continue;
        dl_str a = page_id(v, p->a), b = page_id(v, p->b);
        dl_buf_fmt(o->buf, "%.*s ╌╌ %.*s   share %s%u passage%s: ", (int)a.len, a.p, (int)b.len, b.p,
                   p->n_passages == 1 ? "" : "", p->n_passages, p->n_passages == 1 ? "" : "s");
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
    if (!json)
        write_tree(o, v);
    else if (o->req->families)
        write_families(o, v);
    else
        write_pairs(o, v);
    return o->buf->failed ? dl_fail_mem(err, "copies") : DL_OK;
}
