/* assign.c: pages by the window, as sheets into a file; then in order of time through the stream; then a line for each
 * page that was given, in the order in which they came, and for each earlier page whose story is another one now. */
#include "api/assign.h"

#include <string.h>

#include "api/rulings.h"
#include "api/text.h"
#include "api/why.h"
#include "base/error.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/mapped.h"
#include "base/pool.h"
#include "base/sort.h"
#include "stories/kept.h"
#include "stories/log.h"

typedef struct given { /* a page, in the order of the input                                          */
    uint64_t key;
    uint64_t at;     /* where its sheet lies; of a page that was known, its id                      */
    uint64_t text;   /* where headline and body lie, if they are kept                               */
    uint32_t number; /* in the stream; DL_NONE: none of this run                                  */
    uint32_t len;    /* of a known page: of its id                                              */
    uint32_t text_len;
    uint8_t known, read;
} given;

typedef struct assigning {
    dl_pile *pile;
    dl_out *out;
    dl_kept kept;
    dl_spool sheets, texts;  /* texts: of pages that may have to be explained                            */
    dl_mapped map, text_map; /* both, once all are there                                            */
    dl_buf names;            /* ids of the known pages                                              */
    dl_arena arena;          /* until the call ends                                                 */
    given *page;             /* [n]                                                                */
    size_t n, cap, next;
    uint32_t *rank; /* [stories] what stories are called where nothing stays, from 0; else NULL       */
} assigning;

bool dl_assign_is_asked(const dl_pile *p, const dl_request *r)
{
    return r->what == DL_STORIES && !r->story && (r->log || r->explain || (!p->store && (r->assign || r->index)));
}

/* ---- Reading ------------------------------------------------------------------------------------ */

static bool is_known(void *ctx, uint64_t key, dl_str id)
{
    assigning *a = ctx;
    const bool known = dl_kept_knows(&a->kept, key);
    if (!DL_ROOM(&a->arena, a->page, a->n, a->cap)) return known; /* the arena has failed, which is asked for later */
    given g = { .key = key, .number = DL_NONE, .known = known };
    if (known) {
        g.at = a->names.len;
        g.len = (uint32_t)id.len;
        dl_buf_add(&a->names, id);
    }
    a->page[a->n++] = g;
    return known;
}

typedef struct sheet_job {
    const dl_page_in_hand *page;
    dl_buf sheet;
    dl_arena arena;
    bool ready, ok;
} sheet_job;

typedef struct adding {
    assigning *a;
    dl_hand *hand;
    size_t next;
} adding;

static dl_status make_sheet(void *ctx, void *slot, dl_error *err)
{
    adding *x = ctx;
    sheet_job *j = slot;
    (void)err;
    if (x->next == x->hand->n) return DL_ENONE;
    if (!j->ready) {
        dl_arena_init(&j->arena, DL_ARENA_MAX);
        dl_buf_init(&j->sheet, UINT32_MAX);
        j->ready = true;
    }
    dl_arena_reset(&j->arena);
    dl_buf_reset(&j->sheet);
    j->page = &x->hand->page[x->next++];
    return DL_OK;
}

static void do_sheet(void *ctx, unsigned worker, void *slot)
{
    sheet_job *j = slot;
    (void)ctx;
    (void)worker;
    j->ok = dl_sheet_make(&j->sheet, &j->page->doc, j->page->key, &j->arena);
}

/* Pages are delivered in the order in which they were asked for; those that failed are not. */
static given *find_given(assigning *a, uint64_t key)
{
    while (a->next < a->n && (a->page[a->next].known || a->page[a->next].key != key)) a->next++;
    return a->next < a->n ? &a->page[a->next++] : NULL;
}

static dl_status keep_text(assigning *a, given *g, const dl_doc *d, dl_error *err)
{
    const dl_str title = dl_doc_str(d, d->meta->title), body = dl_doc_body(d);
    g->text = a->texts.len;
    g->text_len = (uint32_t)(title.len + 1 + body.len);
    dl_status st = dl_spool_add(&a->texts, title.p, title.len, err);
    if (!st) st = dl_spool_add(&a->texts, "\n", 1, err);
    return st ? st : dl_spool_add(&a->texts, body.p, body.len, err);
}

static dl_status deliver_sheet(void *ctx, void *slot, dl_error *err)
{
    assigning *a = ((adding *)ctx)->a;
    const sheet_job *j = slot;
    given *g = j->ok && !dl_arena_failed(&a->arena) ? find_given(a, j->page->key) : NULL;
    if (!g) return dl_fail_mem(err, j->page->id);
    g->at = a->sheets.len;
    g->read = 1;
    a->pile->counts.pages++;
    dl_status st = dl_spool_add(&a->sheets, j->sheet.p, j->sheet.len, err);
    return st || !a->out->req->explain ? st : keep_text(a, g, &j->page->doc, err);
}

static void discard_sheet(void *ctx, void *slot)
{
    sheet_job *j = slot;
    (void)ctx;
    if (!j->ready) return;
    dl_arena_free(&j->arena);
    dl_buf_free(&j->sheet);
}

static dl_status add_window(assigning *a, dl_hand *hand, dl_error *err)
{
    adding x = { a, hand, 0 };
    dl_pool_plan plan = { a->pile->workers, sizeof(sheet_job), &x, make_sheet, do_sheet, deliver_sheet, discard_sheet };
    return dl_pool_run(&plan, err);
}

static dl_status read_paths(assigning *a, dl_error *err)
{
    dl_pile *p = a->pile;
    dl_source src;
    bool end = false;
    const dl_work work = {
        .body_only = true, .apart = p->set.alone, .lean = a->out->req->lean, .knows = is_known, .knows_ctx = a
    };
    dl_status st = dl_source_paths(&src, (const char *const *)p->path, p->n_paths, err);
    if (st) return st;
    while (!st && !end) {
        dl_hand hand = { 0 };
        st = dl_work_read(p, &src, work, DL_WINDOW_PAGES, &hand, &end, err);
        p->counts.bytes = src.bytes(src.self);
        if (!st) st = add_window(a, &hand, err);
        dl_hand_free(&hand);
    }
    src.close(src.self);
    return st;
}

/* The pages of a store are known by their numbers. */
static dl_status read_store(assigning *a, dl_error *err)
{
    dl_status st = DL_OK;
    bool end = false;
    for (uint32_t first = 0; !st && !end; first = (uint32_t)a->n) {
        dl_hand hand = { 0 };
        st = dl_work_fetch(a->pile, first, DL_WINDOW_PAGES, &hand, &end, err);
        for (size_t i = 0; !st && i < hand.n; i++) {
            hand.page[i].key = first + i;
            is_known(a, first + i, (dl_str){ 0 });
        }
        if (!st) st = add_window(a, &hand, err);
        end |= !hand.n;
        dl_hand_free(&hand);
    }
    return st;
}

static dl_status read_all(assigning *a, dl_error *err)
{
    dl_status st = a->pile->store ? read_store(a, err) : read_paths(a, err);
    if (!st) st = dl_spool_map(&a->sheets, &a->map, err);
    return st ? st : dl_spool_map(&a->texts, &a->text_map, err);
}

/* ---- Through the stream --------------------------------------------------------------------------- */

static const dl_sheet *sheet_of(const assigning *a, const given *g) { return (const dl_sheet *)(const void *)(a->map.p + g->at); }

/* By day and hour, pages without one first; then by when they were fetched, by id, by key. */
static int by_time(const void *x, const void *y, const void *ctx)
{
    const assigning *a = ctx;
    const dl_sheet *s = sheet_of(a, &a->page[*(const uint32_t *)x]), *t = sheet_of(a, &a->page[*(const uint32_t *)y]);
    if (s->published != t->published) return s->published < t->published ? -1 : 1;
    if (s->fetched != t->fetched) return s->fetched < t->fetched ? -1 : 1;
    const int order = dl_str_cmp(dl_sheet_id(s), dl_sheet_id(t));
    return order ? order : s->key < t->key ? -1 : s->key > t->key;
}

static dl_status add_in_turn(assigning *a, const uint32_t *turn, uint32_t n, dl_error *err)
{
    const dl_settings *set = &a->pile->set;
    dl_status st = DL_OK;
    for (uint32_t i = 0; !st && i < n; i++) {
        given *g = &a->page[turn[i]];
        const given *before = i ? &a->page[turn[i - 1]] : NULL;
        if (set->stop && set->stop(set->ctx)) return dl_fail(err, DL_ESTOPPED, "", DL_NO_OFFSET, "stopped");
        if (set->progress) set->progress(set->ctx, "joining", i, n, 0);
        if (before && before->key == g->key) { /* twice in one run */
            g->number = before->number;
            a->pile->counts.known++;
            continue;
        }
        g->number = dl_online_pages(&a->kept.online);
        st = dl_kept_add(&a->kept, sheet_of(a, g), err);
    }
    return st;
}

/* What a person has settled of pages of the store, by their numbers in the stream. */
static dl_status take_rules(assigning *a, const uint32_t *turn, uint32_t n, dl_error *err)
{
    dl_view v = { 0 };
    dl_status st = a->pile->store ? dl_rulings_load(&v, a->pile->store, &a->arena, err) : DL_OK;
    if (st || !v.n_settled) return st;
    uint32_t *place = dl_arena_raw(&a->arena, a->n + 1, sizeof *place);
    dl_story_rule *rule = place ? dl_rulings_on_stories(&v, &a->arena) : NULL;
    if (!rule) return dl_fail_mem(err, "stories");
    for (uint32_t i = 0; i < n; i++) place[turn[i]] = i;
    dl_story_rules_place(rule, v.n_settled, place);
    a->kept.online.set.rule = rule;
    a->kept.online.set.n_rules = v.n_settled;
    return DL_OK;
}

static dl_status add_all(assigning *a, dl_error *err)
{
    dl_arena scratch;
    uint32_t n = 0;
    dl_arena_init(&scratch, DL_ARENA_MAX);
    uint32_t *turn = dl_arena_raw(&scratch, a->n + 1, sizeof *turn);
    for (size_t i = 0; turn && i < a->n; i++) {
        if (a->page[i].read) turn[n++] = (uint32_t)i;
    }
    dl_status st = turn && dl_sort(turn, n, sizeof *turn, by_time, a, &scratch) ? DL_OK : dl_fail_mem(err, "stories");
    if (!st) st = take_rules(a, turn, n, err);
    if (!st) st = add_in_turn(a, turn, n, err);
    dl_arena_free(&scratch);
    if (st == DL_ESTOPPED && a->kept.dir) { /* what came so far stays */
        dl_error ignored;
        (void)!dl_kept_commit(&a->kept, &ignored);
    }
    return st;
}

/* Where nothing stays, stories are called by their first page, as in all answers over a pile. */
static bool rank_stories(assigning *a)
{
    uint32_t n = 0;
    if (a->kept.dir) return true;
    a->rank = dl_arena_raw(&a->arena, (size_t)a->kept.online.numbers + 1, sizeof *a->rank);
    if (!a->rank) return false;
    memset(a->rank, 0xff, ((size_t)a->kept.online.numbers + 1) * sizeof *a->rank);
    for (size_t i = 0; i < a->n; i++) {
        if (!a->page[i].read) continue;
        uint32_t *r = &a->rank[dl_kept_story(&a->kept, a->page[i].number)];
        if (*r == DL_NONE) *r = n++;
    }
    return true;
}

/* ---- What was found -------------------------------------------------------------------------------- */

static bool put_line(void *ctx, dl_str id, uint32_t story)
{
    dl_out *o = ((assigning *)ctx)->out;
    dl_error ignored;
    if (o->req->format == DL_TEXT)
        dl_buf_fmt(o->buf, "%5u  %.*s\n", story + 1, (int)id.len, id.p);
    else {
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
    bool ok = true;
    for (size_t i = 0; ok && i < a->n; i++) {
        const given *g = &a->page[i];
        if (!g->known && !g->read) continue; /* it failed, which has been told */
        const dl_str id = g->known ? dl_str_cut(dl_buf_str(&a->names), g->at, g->at + g->len) : dl_sheet_id(sheet_of(a, g));
        const uint32_t story = g->known ? dl_kept_story_of(&a->kept, g->key) : dl_kept_story(&a->kept, g->number);
        dl_kept_told(&a->kept, g->key, g->number, story);
        ok = put_line(a, id, a->rank ? a->rank[story] : story);
    }
    ok = ok && dl_kept_changed(&a->kept, put_line, a);
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
            dl_text_put(o->buf, dl_change_page(line));
            dl_buf_putc(o->buf, ' ');
            dl_change_text(o->buf, &c);
        }
        dl_buf_putc(o->buf, '\n');
        o->rows++;
        ok = !o->buf->failed && (o->buf->len < (1u << 16) || !o->flush(o->flush_ctx, &ignored));
    }
    return ok;
}

static dl_status write_log(assigning *a, dl_error *err)
{
    return dl_kept_lines(&a->kept, put_log, a) ? DL_OK : dl_fail_sys(err, "output", "cannot be written");
}

/* ---- One page explained ------------------------------------------------------------------------------- */

/* The page with that number, if it came in this run. */
static const given *given_of(const assigning *a, uint32_t page)
{
    for (size_t i = 0; i < a->n; i++) {
        if (a->page[i].read && a->page[i].number == page) return &a->page[i];
    }
    return NULL;
}

static dl_str title_of(void *ctx, uint32_t page)
{
    const assigning *a = ctx;
    const given *g = given_of(a, page);
    return g ? dl_sheet_title(sheet_of(a, g)) : (dl_str){ 0 };
}

static uint32_t called(void *ctx, uint32_t story)
{
    const assigning *a = ctx;
    return (a->rank ? a->rank[story] : story) + 1;
}

/* The page of the window that has the id, or the only one whose id ends so; DL_NONE: none or several. */
static uint32_t find_page(const assigning *a, dl_str id)
{
    uint32_t hit = DL_NONE, hits = 0;
    for (uint64_t i = a->kept.online.page.lo; i < a->kept.online.page.hi; i++) {
        const dl_str its = dl_kept_id(&a->kept, (uint32_t)i);
        if (dl_str_eq(its, id)) return (uint32_t)i;
        if (!id.len || !dl_str_ends(its, id)) continue;
        hit = (uint32_t)i;
        hits++;
    }
    return hits == 1 ? hit : DL_NONE;
}

static dl_status explain(assigning *a, dl_error *err)
{
    const uint32_t page = find_page(a, dl_str_of(a->out->req->page));
    if (page == DL_NONE) return dl_write_gone(a->out, &a->kept, dl_str_of(a->out->req->page), err);
    const given *g = given_of(a, page);
    const dl_str texts = { (const char *)a->text_map.p, a->text_map.len };
    const dl_why why = { .kept = &a->kept,
                         .page = page,
                         .title = title_of(a, page),
                         .text = g ? dl_str_cut(texts, g->text, g->text + g->text_len) : (dl_str){ 0 },
                         .title_of = title_of,
                         .number = called,
                         .ctx = a };
    return dl_write_why(a->out, &why, err);
}

static dl_status write_found(assigning *a, dl_error *err)
{
    const dl_request *r = a->out->req;
    if (!rank_stories(a)) return dl_fail_mem(err, "stories");
    return r->explain ? explain(a, err) : r->log ? write_log(a, err) : write_lines(a, err);
}

dl_status dl_write_assigned(dl_out *o, dl_pile *p, dl_error *err)
{
    const dl_request *r = o->req;
    const dl_online_set set = { .days = r->expire, .log = r->log || r->explain };
    assigning a = { .pile = p, .out = o };
    dl_arena_init(&a.arena, DL_ARENA_MAX);
    dl_buf_init(&a.names, SIZE_MAX / 2);
    dl_spool_open(&a.sheets, DL_SPOOL_HELD);
    dl_spool_open(&a.texts, DL_SPOOL_HELD);
    dl_status st = dl_kept_open(&a.kept, r->index, p->models, &set, err);
    if (!st) st = read_all(&a, err);
    if (!st) st = add_all(&a, err);
    if (!st) st = write_found(&a, err);
    if (!st) st = dl_kept_commit(&a.kept, err);
    if (st == DL_ESTOPPED) p->counts.added = dl_online_pages(&a.kept.online) - a.kept.first;
    dl_kept_close(&a.kept);
    dl_mapped_close(&a.map);
    dl_mapped_close(&a.text_map);
    dl_spool_close(&a.sheets);
    dl_spool_close(&a.texts);
    dl_buf_free(&a.names);
    dl_arena_free(&a.arena);
    return st;
}
