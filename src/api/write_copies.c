/* write_copies.c: `dateline copies`: pairs, families, two pages side by side. */
#include "api/matter.h"
#include "api/naming.h"
#include "api/rulings.h"
#include "api/text.h"
#include "api/tree.h"
#include "base/error.h"
#include "copies/diff.h"

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
    dl_json_str(j, dl_view_id(v, p->a));
    dl_json_key(j, "b");
    dl_json_str(j, dl_view_id(v, p->b));
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
        dl_json_str(j, dl_view_id(v, p));
        dl_json_key(j, "parent");
        if (c->parent[p] == DL_NONE)
            dl_json_null(j);
        else
            dl_json_str(j, dl_view_id(v, c->parent[p]));
        dl_json_key(j, "kind");
        dl_json_word(j, dl_copy_words[c->kind[p]]);
        dl_json_key(j, "credited");
        dl_json_bool(j, c->credited[p]);
        dl_rulings_json(j, v, &p, 1);
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
        dl_pair p = v->copies->pair[i];
        if (!asked(v, p.a) || !asked(v, p.b)) continue;
        dl_arena_mark mark = dl_arena_here(o->scratch);
        if (v->explain && !v->explain(v->explain_ctx, &p, o->scratch)) return dl_fail_mem(err, "copies");
        pair_json(&j, v, &p);
        dl_arena_back(o->scratch, mark);
        st = end_row(o, &j, err);
    }
    return st;
}

static dl_status write_families(dl_out *o, const dl_view *v, dl_error *err)
{
    dl_json j = dl_json_to(o->buf);
    dl_status st = DL_OK;
    for (uint32_t i = 0; !st && i < v->copies->n_families; i++) {
        if (!dl_tree_family_asked(v, i)) continue;
        family_json(&j, v, i);
        st = end_row(o, &j, err);
    }
    return st;
}

/* ---- Two pages side by side ------------------------------------------------------------------- */

/* What a pair shares and why it is what it is, for a person. */
static void explain_text(dl_out *o, const dl_view *v, const dl_pair *p)
{
    enum { SHOWN = 400, INDENT = 6 }; /* bytes of a passage; columns */
    dl_buf *b = o->buf;
    const dl_doc *a = dl_page(v->pages, p->a);
    dl_buf_puts(b, "a  ");
    dl_buf_add(b, dl_view_id(v, p->a));
    dl_buf_puts(b, "\nb  ");
    dl_buf_add(b, dl_view_id(v, p->b));
    dl_buf_fmt(b, "\n%s, %s\n", dl_copy_words[p->kind], dl_direction_words[p->direction]);
    for (uint32_t i = 0; i < p->n_why; i++) dl_buf_fmt(b, "  - %.*s\n", (int)p->why[i].len, p->why[i].p);
    for (uint32_t i = 0; i < p->n_passages; i++) {
        const dl_passage *x = &p->passages[i];
        dl_str words = dl_doc_text(a, x->a);
        size_t shown = words.len < SHOWN ? words.len : SHOWN;
        while (shown < words.len && shown && ((unsigned char)words.p[shown] & 0xC0) == 0x80) shown--; /* whole characters */
        dl_buf_fmt(b, "%3u  a %u\xE2\x80\x93%u, b %u\xE2\x80\x93%u\n", i + 1, x->a.beg, x->a.end, x->b.beg, x->b.end);
        for (unsigned k = 0; k < INDENT; k++) dl_buf_putc(b, ' ');
        dl_text_wrap(b, dl_str_cut(words, 0, shown), o->req->width, INDENT, INDENT);
        if (shown < words.len) dl_buf_fmt(b, "      [\xE2\x80\xA6] %zu more bytes\n", words.len - shown);
    }
}

static dl_status write_explained(dl_out *o, const dl_view *v, const uint32_t page[2])
{
    const dl_pair *p = dl_pair_of(v->copies->pair, v->copies->n_pairs, page[0], page[1]);
    if (!p) {
        if (o->req->format == DL_TEXT) dl_buf_puts(o->buf, "The two share nothing that counts as copied.\n");
        return DL_OK;
    }
    o->rows++;
    if (o->req->format == DL_TEXT) {
        explain_text(o, v, p);
        return DL_OK;
    }
    dl_json j = dl_json_to(o->buf);
    pair_json(&j, v, p);
    dl_json_line(&j);
    return DL_OK;
}

static dl_status write_two(dl_out *o, const dl_view *v, dl_error *err)
{
    uint32_t page[2];
    for (int i = 0; i < 2; i++) {
        dl_naming n = dl_naming_of(o->req->diff[i]);
        for (uint32_t p = 0; p < v->pages->n; p++) dl_naming_see(&n, dl_view_id(v, p), p);
        page[i] = dl_naming_page(&n);
        if (page[i] == DL_NONE) return dl_naming_fail(&n, "copies", err);
    }
    if (o->req->explain) return write_explained(o, v, page);
    if (!dl_copies_diff(o->buf, dl_page(v->pages, page[0]), dl_page(v->pages, page[1]), o->scratch))
        return dl_fail_mem(err, "copies");
    o->rows++;
    return DL_OK;
}

dl_status dl_write_copies(dl_out *o, const dl_view *v, dl_error *err)
{
    bool json = o->req->format == DL_JSONL || o->req->format == DL_JSON;
    if (o->req->format == DL_SVG) return dl_tree_write_svg(o, v, err);
    if (!json && o->req->format != DL_TEXT)
        return dl_fail(err, DL_EUSAGE, "copies", DL_NO_OFFSET, "copies come as text, json, jsonl or svg");
    if (o->req->diff[0] && o->req->diff[1]) return write_two(o, v, err);
    dl_status st = DL_OK;
    if (!json)
        dl_tree_write_text(o, v);
    else
        st = o->req->families ? write_families(o, v, err) : write_pairs(o, v, err);
    return !st && o->buf->failed ? dl_fail_mem(err, "copies") : st;
}
