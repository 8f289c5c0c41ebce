/* overrule.c: `dateline overrule`: a person decides how a page counts, undoes it, and reads what was decided. */
#include "api/pile.h"
#include "api/rulings.h"
#include "api/text.h"
#include "base/date.h"
#include "base/error.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { WHO_MAX = 200, NOTE_MAX = 2000 }; /* bytes */

/* The id of a page of the store, in `a`. */
static dl_str id_of(dl_pile *p, uint32_t page, dl_arena *a)
{
    dl_bytes block;
    dl_doc d;
    dl_error ignored;
    dl_str id = { 0 };
    if (dl_store_get(p->store, page, &block, &ignored)) return id;
    if (!dl_doc_open(&d, block.p, block.len, &ignored)) id = dl_arena_str(a, dl_doc_str(&d, d.meta->id));
    free(block.p);
    return id;
}

static void put_json(dl_out *o, dl_pile *p, const dl_ruling *r)
{
    dl_json j = dl_json_to(o->buf);
    dl_json_open(&j, '{');
    dl_json_key(&j, "ruling");
    dl_json_int(&j, r->number);
    dl_ruling_keys(&j, r, id_of(p, r->page, o->scratch), r->of == DL_NONE ? (dl_str){ 0 } : id_of(p, r->of, o->scratch));
    dl_json_key(&j, "undone_by");
    dl_json_opt(&j, r->undone_by);
    dl_json_key(&j, "undone_at");
    dl_json_opt(&j, r->undone);
    dl_json_close(&j, '}');
    dl_json_line(&j);
}

static void put_text(dl_out *o, dl_pile *p, const dl_ruling *r)
{
    dl_buf *b = o->buf;
    dl_buf_fmt(b, "%3u  ", r->number);
    dl_text_put(b, id_of(p, r->page, o->scratch));
    dl_buf_puts(b, "  ");
    dl_buf_puts(b, r->kind ? dl_ruling_words(r) : r->of == DL_NONE ? "counts as independent" : "counts as a copy of");
    if (r->of != DL_NONE) {
        dl_buf_putc(b, ' ');
        dl_text_put(b, id_of(p, r->of, o->scratch));
    }
    dl_buf_puts(b, "   ");
    dl_text_put(b, r->who);
    dl_buf_puts(b, ", ");
    dl_text_put(b, r->made);
    if (r->note.len) {
        dl_buf_puts(b, ": ");
        dl_text_put(b, r->note);
    }
    dl_buf_putc(b, '\n');
    if (!r->undone.len) return;
    dl_buf_puts(b, "     undone by ");
    dl_text_put(b, r->undone_by);
    dl_buf_puts(b, ", ");
    dl_text_put(b, r->undone);
    dl_buf_putc(b, '\n');
}

static dl_status list(dl_out *o, dl_pile *p, dl_error *err)
{
    dl_ruling *v;
    uint32_t n;
    dl_status st = dl_store_rulings(&v, &n, p->store, o->scratch, err);
    for (uint32_t i = 0; !st && i < n; i++) {
        if (o->req->format == DL_TEXT)
            put_text(o, p, &v[i]);
        else
            put_json(o, p, &v[i]);
        o->rows++;
    }
    if (!st && !n && o->req->format == DL_TEXT) dl_buf_puts(o->buf, "Nothing was decided by hand.\n");
    return st;
}

/* The kind of ruling on two pages that a word names, or DL_RULING_KINDS. */
static dl_ruling_kind find_word(const char *word)
{
    if (!strcmp(word, "copy")) return DL_RULED_COUNTS;
    if (!strcmp(word, "apart")) return DL_RULED_APART;
    return strcmp(word, "together") ? DL_RULING_KINDS : DL_RULED_TOGETHER;
}

/* One line that names somebody, and a note of some length. */
static dl_status check_words(const dl_request *r, dl_error *err)
{
    if (!r->who || !*r->who) return dl_fail(err, DL_EUSAGE, "overrule", DL_NO_OFFSET, "--by NAME says who decides");
    if (strlen(r->who) > WHO_MAX || (r->note && strlen(r->note) > NOTE_MAX))
        return dl_fail(err, DL_EUSAGE, "overrule", DL_NO_OFFSET, "a name has %d bytes at most, a note %d", WHO_MAX, NOTE_MAX);
    const bool alone = r->counts && !strcmp(r->counts, "independent"), pair = r->counts && find_word(r->counts) < DL_RULING_KINDS;
    if (!r->undo && !alone && !pair)
        return dl_fail(
            err, DL_EUSAGE, "overrule", DL_NO_OFFSET,
            "a page counts as `independent` or as `copy`, or is `apart` from the story of another or `together` with it");
    if (pair != (r->copy_of != NULL))
        return dl_fail(err, DL_EUSAGE, "overrule", DL_NO_OFFSET,
                       "--of ID names the other page, and goes with `copy`, `apart` and `together`");
    return DL_OK;
}

static dl_status decide(dl_out *o, dl_pile *p, dl_error *err)
{
    const dl_request *r = o->req;
    char now[21];
    dl_ruling ruling = { .of = DL_NONE };
    dl_status st = check_words(r, err);
    if (!st) st = dl_store_find(&ruling.page, p->store, dl_str_of(r->page), err);
    if (!st && r->copy_of) st = dl_store_find(&ruling.of, p->store, dl_str_of(r->copy_of), err);
    if (!st && ruling.of == ruling.page) st = dl_fail(err, DL_EUSAGE, "overrule", DL_NO_OFFSET, "that is one page, not two");
    if (st) return st;
    if (r->copy_of) ruling.kind = (uint8_t)find_word(r->counts);
    dl_instant_text(now, r->now);
    ruling.who = dl_utf8_clean(o->scratch, dl_str_of(r->who));
    ruling.note = r->note ? dl_utf8_clean(o->scratch, dl_str_of(r->note)) : (dl_str){ 0 };
    ruling.made = dl_str_of(now);
    return r->undo ? dl_store_unrule(p->store, ruling.page, ruling.who, ruling.made, err) : dl_store_rule(p->store, &ruling, err);
}

dl_status dl_write_overrule(dl_out *o, dl_pile *p, dl_error *err)
{
    if (!p->store) return dl_fail(err, DL_EUSAGE, "overrule", DL_NO_OFFSET, "decisions are kept in a store, and there is none");
    if (!dl_store_count(p->store))
        return dl_fail(err, DL_ENONE, dl_store_path(p->store), DL_NO_OFFSET,
                       "No pages yet. Add some: dateline add FILE|FOLDER|WARC|-");
    dl_status st = o->req->page ? decide(o, p, err) : DL_OK;
    return st ? st : list(o, p, err);
}
