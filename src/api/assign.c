/* assign.c: pages by the window, as sheets into a file; then in order of time through the stream; then a line for each
 * page that was given, in the order in which they came, and for each earlier page whose story is another one now. */
#include "api/assign.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/mapped.h"
#include "base/pool.h"
#include "base/sort.h"
#include "stories/kept.h"

typedef struct given { /* a page, in the order of the input                                          */
    uint64_t key;
    uint64_t at;     /* where its sheet lies; of a page that was known, its id                      */
    uint32_t number; /* in the stream; DL_NONE: none of this run                                  */
    uint32_t len;    /* of a known page: of its id                                              */
    uint8_t known, read;
} given;

typedef struct assigning {
    dl_pile *pile;
    dl_out *out;
    dl_kept kept;
    dl_spool sheets;
    dl_mapped map;  /* the sheets, once all are there                                              */
    dl_buf names;   /* ids of the known pages                                                     */
    dl_arena arena; /* until the call ends                                                        */
    given *page;    /* [n]                                                                       */
    size_t n, cap, next;
} assigning;

bool dl_assign_is_asked(const dl_pile *p, const dl_request *r)
{
    return r->what == DL_STORIES && !p->store && !r->story && (r->assign || r->index);
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

static dl_status deliver_sheet(void *ctx, void *slot, dl_error *err)
{
    assigning *a = ((adding *)ctx)->a;
    const sheet_job *j = slot;
    given *g = j->ok && !dl_arena_failed(&a->arena) ? find_given(a, j->page->key) : NULL;
    if (!g) return dl_fail_mem(err, j->page->id);
    g->at = a->sheets.len;
    g->read = 1;
    a->pile->counts.pages++;
    return dl_spool_add(&a->sheets, j->sheet.p, j->sheet.len, err);
}

static void discard_sheet(void *ctx, void *slot)
{
    sheet_job *j = slot;
    (void)ctx;
    if (!j->ready) return;
    dl_arena_free(&j->arena);
    dl_buf_free(&j->sheet);
}

static dl_status read_all(assigning *a, dl_error *err)
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
        adding x = { a, &hand, 0 };
        dl_pool_plan plan = { p->workers, sizeof(sheet_job), &x, make_sheet, do_sheet, deliver_sheet, discard_sheet };
        if (!st) st = dl_pool_run(&plan, err);
        dl_hand_free(&hand);
    }
    src.close(src.self);
    return st ? st : dl_spool_map(&a->sheets, &a->map, err);
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
    if (!st) st = add_in_turn(a, turn, n, err);
    dl_arena_free(&scratch);
    if (st == DL_ESTOPPED && a->kept.dir) { /* what came so far stays */
        dl_error ignored;
        (void)!dl_kept_commit(&a->kept, &ignored);
    }
    return st;
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

/* Where nothing stays, stories are numbered by their first page, as in all answers over a pile: rank[story]. */
static void number_stories(const assigning *a, uint32_t *rank)
{
    uint32_t n = 0;
    memset(rank, 0xff, ((size_t)a->kept.online.numbers + 1) * sizeof *rank);
    for (size_t i = 0; i < a->n; i++) {
        if (!a->page[i].read) continue;
        uint32_t *r = &rank[dl_kept_story(&a->kept, a->page[i].number)];
        if (*r == DL_NONE) *r = n++;
    }
}

static dl_status write_lines(assigning *a, dl_error *err)
{
    bool ok = true;
    uint32_t *rank = a->kept.dir ? NULL : dl_arena_raw(&a->arena, (size_t)a->kept.online.numbers + 1, sizeof *rank);
    if (!a->kept.dir && !rank) return dl_fail_mem(err, "stories");
    if (rank) number_stories(a, rank);
    for (size_t i = 0; ok && i < a->n; i++) {
        const given *g = &a->page[i];
        if (!g->known && !g->read) continue; /* it failed, which has been told */
        const dl_str id = g->known ? dl_str_cut(dl_buf_str(&a->names), g->at, g->at + g->len) : dl_sheet_id(sheet_of(a, g));
        const uint32_t story = g->known ? dl_kept_story_of(&a->kept, g->key) : dl_kept_story(&a->kept, g->number);
        dl_kept_told(&a->kept, g->key, g->number, story);
        ok = put_line(a, id, rank ? rank[story] : story);
    }
    ok = ok && dl_kept_changed(&a->kept, put_line, a);
    if (!ok) return dl_fail_sys(err, "output", "cannot be written");
    return a->out->flush(a->out->flush_ctx, err);
}

dl_status dl_write_assigned(dl_out *o, dl_pile *p, dl_error *err)
{
    const dl_request *r = o->req;
    const dl_online_set set = { .days = r->expire };
    assigning a = { .pile = p, .out = o };
    dl_arena_init(&a.arena, DL_ARENA_MAX);
    dl_buf_init(&a.names, SIZE_MAX / 2);
    dl_spool_open(&a.sheets, DL_SPOOL_HELD);
    dl_status st = dl_kept_open(&a.kept, r->index, p->models, &set, err);
    if (!st) st = read_all(&a, err);
    if (!st) st = add_all(&a, err);
    if (!st) st = write_lines(&a, err);
    if (!st) st = dl_kept_commit(&a.kept, err);
    if (st == DL_ESTOPPED) p->counts.added = dl_online_pages(&a.kept.online) - a.kept.first;
    dl_kept_close(&a.kept);
    dl_mapped_close(&a.map);
    dl_spool_close(&a.sheets);
    dl_buf_free(&a.names);
    dl_arena_free(&a.arena);
    return st;
}
