/* assign.c: a line for each page that was given, in the order in which they came, and for each earlier page whose story is
 * another one now; or the log; or one page explained. */
#include "api/assign.h"

#include <string.h>

#include "api/flow.h"
#include "api/flow_rows.h"
#include "api/matter.h"
#include "api/naming.h"
#include "api/rulings.h"
#include "api/text.h"
#include "api/why.h"
#include "base/error.h"
#include "base/json.h"
#include "stories/log.h"

typedef struct assigning {
    dl_flow flow;
    dl_out *out;
    uint32_t stories; /* that have a page of this run                                                 */
    uint32_t *rank;   /* [stories] what stories are called where nothing stays, from 0; else NULL       */
} assigning;

/* Stories as rows for a program; people get a table of those that are in hand, and so do those who ask a store, which counts
 * its copies by rulings, too. */
static bool rows_are_asked(const dl_request *r)
{
    return r->format != DL_TEXT && !r->assign && !r->index && !r->log && !r->explain;
}

bool dl_assign_is_asked(const dl_pile *p, const dl_request *r)
{
    if (r->what != DL_STORIES) return false;
    return r->assign || r->log || r->explain || (!p->store && (r->index || rows_are_asked(r)));
}

/* Where nothing stays, stories are called by their first page, as in all answers over a pile. */
static bool rank_stories(assigning *a)
{
    uint32_t n = 0;
    if (a->flow.kept.dir) return true;
    a->rank = dl_arena_raw(&a->flow.arena, (size_t)a->flow.kept.online.numbers + 1, sizeof *a->rank);
    if (!a->rank) return false;
    memset(a->rank, 0xff, ((size_t)a->flow.kept.online.numbers + 1) * sizeof *a->rank);
    for (size_t i = 0; i < a->flow.n; i++) {
        if (!a->flow.page[i].read) continue;
        uint32_t *r = &a->rank[dl_kept_story(&a->flow.kept, a->flow.page[i].number)];
        if (*r == DL_NONE) *r = n++;
    }
    a->stories = n;
    return true;
}

/* ---- What was found -------------------------------------------------------------------------------- */

static bool put_line(void *ctx, dl_str id, uint32_t story)
{
    dl_out *o = ((assigning *)ctx)->out;
    dl_error ignored;
    if (o->req->format == DL_TEXT) {
        dl_buf_fmt(o->buf, "%5u  ", story + 1);
        dl_text_put(o->buf, id);
        dl_buf_putc(o->buf, '\n');
    } else {
        dl_json j = dl_json_to(o->buf);
        dl_json_open(&j, '{');
        dl_json_key(&j, "id");
        dl_json_str(&j, id);
        dl_json_key(&j, "story");
        dl_json_int(&j, (int64_t)story + 1);
        dl_json_close(&j, '}');
        dl_json_line(&j);
    }
    o->rows++;
    return !o->buf->failed && (o->buf->len < (1u << 16) || !o->flush(o->flush_ctx, &ignored));
}

static dl_status write_lines(assigning *a, dl_error *err)
{
    uint32_t asked;
    dl_status st = dl_story_asked(&asked, a->out->req->story, a->stories, err);
    bool ok = true;
    if (st) return st;
    for (size_t i = 0; ok && i < a->flow.n; i++) {
        const dl_given *g = &a->flow.page[i];
        if (!g->known && !g->read) continue; /* it failed, which has been told */
        const dl_str id =
            g->known ? dl_str_cut(dl_buf_str(&a->flow.names), g->at, g->at + g->len) : dl_sheet_id(dl_flow_sheet(&a->flow, g));
        const uint32_t story = g->known ? dl_kept_story_of(&a->flow.kept, g->key) : dl_kept_story(&a->flow.kept, g->number);
        dl_kept_told(&a->flow.kept, g->key, g->number, story);
        const uint32_t row = a->rank ? a->rank[story] : story;
        ok = (asked != DL_NONE && asked != row) || put_line(a, id, row);
    }
    ok = ok && dl_kept_changed(&a->flow.kept, put_line, a);
    if (!ok) return dl_fail_sys(err, "output", "cannot be written");
    return a->out->flush(a->out->flush_ctx, err);
}

/* ---- The log ---------------------------------------------------------------------------------------- */

static bool put_log(void *ctx, dl_str lines)
{
    dl_out *o = ((assigning *)ctx)->out;
    dl_str line;
    dl_error ignored;
    bool ok = true;
    while (ok && lines.len && dl_str_next(&lines, '\n', &line)) {
        dl_change c;
        if (o->req->format != DL_TEXT)
            dl_buf_add(o->buf, line);
        else if (dl_change_read(&c, line)) {
            const dl_str page = dl_change_page(line); /* none where two stories merge */
            dl_text_put(o->buf, page);
            if (page.len) dl_buf_putc(o->buf, ' ');
            dl_change_text(o->buf, &c);
        }
        dl_buf_putc(o->buf, '\n');
        o->rows++;
        ok = !o->buf->failed && (o->buf->len < (1u << 16) || !o->flush(o->flush_ctx, &ignored));
    }
    return ok;
}

static dl_status write_log(assigning *a, dl_error *err) { return dl_kept_lines(&a->flow.kept, put_log, a, err); }

/* ---- One page explained ------------------------------------------------------------------------------- */

/* The page with that number, if it came in this run. */
static const dl_given *given_of(const assigning *a, uint32_t page)
{
    for (size_t i = 0; i < a->flow.n; i++) {
        if (a->flow.page[i].read && a->flow.page[i].number == page) return &a->flow.page[i];
    }
    return NULL;
}

static dl_str title_of(void *ctx, uint32_t page)
{
    const assigning *a = ctx;
    const dl_given *g = given_of(a, page);
    return g ? dl_sheet_title(dl_flow_sheet(&a->flow, g)) : (dl_str){ 0 };
}

static uint32_t called(void *ctx, uint32_t story)
{
    const assigning *a = ctx;
    return (a->rank ? a->rank[story] : story) + 1;
}

/* What people have settled of a page that came in this run. */
static dl_status take_rulings(dl_why *why, dl_view *ruled, assigning *a, const dl_given *g, dl_error *err)
{
    dl_status st = dl_rulings_load(ruled, a->flow.pile->store, &a->flow.arena, err);
    if (!g || !(ruled->n_settled + ruled->n_rulings)) return st;
    why->ruled = ruled;
    why->ruled_page = (uint32_t)(g - a->flow.page);
    return st;
}

static dl_status explain(assigning *a, dl_error *err)
{
    const dl_kept *kept = &a->flow.kept;
    dl_naming n = dl_naming_of(a->out->req->page);
    for (uint64_t i = kept->online.page.lo; i < kept->online.page.hi; i++)
        dl_naming_see(&n, dl_kept_id(kept, (uint32_t)i), (uint32_t)i);
    dl_why why = { .kept = kept, .page = dl_naming_page(&n), .title_of = title_of, .number = called, .ctx = a };
    if (why.page == DL_NONE) {
        dl_status st = dl_write_gone(a->out, &why, n.want, err);
        return st == DL_ENONE ? dl_naming_fail(&n, "stories", err) : st;
    }
    const dl_given *g = given_of(a, why.page);
    if (g) why.text = dl_flow_text(&a->flow, g);
    why.title = title_of(a, why.page);
    dl_flow_pages docs = { .flow = &a->flow };
    const dl_pages pages = dl_flow_pages_of(&docs, (uint32_t)a->flow.n);
    dl_view ruled = { .pages = &pages };
    dl_status st = take_rulings(&why, &ruled, a, g, err);
    return st ? st : dl_write_why(a->out, &why, err);
}

static dl_status write_found(assigning *a, dl_error *err)
{
    const dl_request *r = a->out->req;
    if (!rank_stories(a)) return dl_fail_mem(err, "stories");
    if (rows_are_asked(r)) return dl_write_flow_rows(a->out, &a->flow, err);
    return r->explain ? explain(a, err) : r->log ? write_log(a, err) : write_lines(a, err);
}

dl_status dl_write_assigned(dl_out *o, dl_pile *p, dl_error *err)
{
    const dl_request *r = o->req;
    if (r->story && (r->index || r->log || r->explain))
        return dl_fail(err, DL_EUSAGE, "stories", DL_NO_OFFSET, "--story goes with no --index, --log or --explain");
    const dl_online_set set = { .days = r->expire, .log = r->log || r->explain };
    assigning a = { .flow = { .pile = p, .texts_too = r->explain, .rows_too = rows_are_asked(r), .lean = r->lean }, .out = o };
    dl_status st = dl_flow_run(&a.flow, r->index, &set, err);
    if (!st) st = write_found(&a, err);
    if (!st) st = o->sync(o->flush_ctx, err); /* what the folder says was told has been told */
    if (!st) st = dl_kept_commit(&a.flow.kept, err);
    dl_flow_close(&a.flow);
    return st;
}
