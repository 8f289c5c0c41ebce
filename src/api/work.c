/* work.c: pages through the pipeline, in parallel and in order.
 *
 * Two runs of the pool over a batch: the first reads each page, then the batch settles dates among
 * its pages, then the second understands each page with its right date. */
#include <stdlib.h>
#include <string.h>

#include "api/pile.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/pool.h"
#include "events/events.h"

static void free_page(dl_page_in_hand *p)
{
    free(p->id);
    free(p->block.p);
    free(p->raw.p);
    *p = (dl_page_in_hand){ 0 };
}

void dl_hand_free(dl_hand *h)
{
    for (size_t i = 0; i < h->n; i++) free_page(&h->page[i]);
    free(h->page);
    *h = (dl_hand){ 0 };
}

static const dl_doc *get_page(void *ctx, uint32_t page) { return &((dl_hand *)ctx)->page[page].doc; }

dl_pages dl_hand_pages(dl_hand *h) { return (dl_pages){ (uint32_t)h->n, get_page, h }; }

void dl_pile_tell(dl_pile *p, const dl_error *err)
{
    if (err->status == DL_OK)
        p->counts.notes++;
    else
        p->counts.failed++;
    if (p->set.failed) p->set.failed(p->set.ctx, err);
}

static bool stopped(const dl_pile *p) { return p->set.stop && p->set.stop(p->set.ctx); }

/* ---- The first run: reading ---- */

typedef struct reading {
    dl_pile *pile;
    dl_source *src;
    dl_work work;
    dl_hand *hand;
    size_t left;
    bool end;
    dl_window *window; /* NULL: pages tell nothing of each other                                  */
    size_t room;       /* bytes of pages that the window still takes                                */
} reading;

typedef struct read_job {
    dl_arena arena; /* the raw page's strings */
    bool ready;     /* the arena has been set up */
    dl_raw raw;
    dl_status status;
    dl_error err;
    dl_page_in_hand page;
    dl_prints prints;
} read_job;

static bool known(const reading *r, uint64_t key, dl_str id)
{
    if (r->work.knows) return r->work.knows(r->work.knows_ctx, key, id);
    return r->work.skip_known && dl_store_knows(r->pile->store, key);
}

static dl_status make_read(void *ctx, void *job, dl_error *err)
{
    reading *r = ctx;
    read_job *j = job;
    if (!r->left || !r->room) return DL_ENONE;
    if (stopped(r->pile)) return dl_fail(err, DL_ESTOPPED, "", DL_NO_OFFSET, "stopped");
    if (!j->ready) dl_arena_init(&j->arena, DL_ARENA_MAX);
    j->ready = true;
    j->page = (dl_page_in_hand){ 0 };
    j->prints = (dl_prints){ .n = 0 };
    for (;;) {
        dl_arena_reset(&j->arena);
        j->status = r->src->next(r->src->self, &j->raw, &j->arena, &j->err);
        if (j->status == DL_ENONE) {
            r->end = true;
            return DL_ENONE;
        }
        j->page.key = dl_store_key(j->raw.raw_hash, j->raw.url);
        if (r->work.knows) j->page.key = dl_hash_mix(j->page.key, dl_hash_str(j->raw.id));
        if (j->status || !known(r, j->page.key, j->raw.id)) break;
        r->pile->counts.known++;
        if (stopped(r->pile)) return dl_fail(err, DL_ESTOPPED, "", DL_NO_OFFSET, "stopped");
    }
    r->left--;
    if (r->work.keep_line && !j->status) j->raw.line = dl_arena_str(&j->arena, j->raw.line); /* gone with the next page */
    /* A byte of clean text becomes some fifty of words and tags. */
    const bool heavy = r->work.brief_hold && j->raw.kind >= DL_RAW_CLEAN;
    const size_t size = j->status ? 0 : j->raw.bytes.len * (heavy ? DL_WINDOW_BYTES / DL_HELD_MAX : 1);
    r->room -= size < r->room ? size : r->room;
    return DL_OK;
}

static char *copy_id(dl_str id)
{
    char *p = malloc(id.len + 1);
    if (!p) return NULL;
    if (id.len) memcpy(p, id.p, id.len);
    p[id.len] = 0;
    return p;
}

static dl_status keep_bytes(dl_page_in_hand *page, dl_str s)
{
    page->raw.p = malloc(s.len ? s.len : 1);
    if (!page->raw.p) return DL_ENOMEM;
    if (s.len) memcpy(page->raw.p, s.p, s.len);
    page->raw.len = s.len;
    return DL_OK;
}

static dl_status keep_raw(dl_page_in_hand *page, const dl_raw *raw)
{
    return keep_bytes(page, raw->original.p ? raw->original : raw->bytes);
}

void dl_work_name_failure(dl_error *err, dl_status st, const char *id)
{
    if (st == DL_ELIMIT && err->status != st)
        dl_fail(err, st, id, DL_TEXT_MAX, "limit: more than %zu MiB of text on one page", DL_TEXT_MAX >> 20);
    else if (err->status != st || !err->message[0])
        dl_fail(err, st, id, DL_NO_OFFSET, st == DL_ENOMEM ? "memory was refused" : "%s", dl_status_word(st));
    else if (!err->where[0])
        dl_fail(err, st, id, err->offset, "%s", err->message);
}

dl_status dl_work_page(dl_bytes *out, dl_build *b, const dl_raw *raw, const dl_models *m, const dl_beside *beside, dl_error *err)
{
    *err = (dl_error){ 0 };
    dl_build_reset(b);
    b->err = err;
    dl_status st = dl_pipeline_read_beside(b, raw, m, beside);
    if (!st) b->meta.id = dl_put(b, raw->id);
    if (!st) st = dl_build_status(b);
    if (!st) st = dl_seal(out, b, err);
    b->err = NULL;
    return st;
}

static dl_status read_page(dl_build *b, read_job *j, const reading *r)
{
    const dl_models *m = r->pile->models;
    if (r->work.pairs) { /* a sentence with two marks: nothing is extracted */
        dl_build_reset(b);
        dl_put_text(b, j->raw.bytes);
        b->meta.body_len = b->d.text_len;
        j->page.pair = (uint8_t)dl_events_pair(b, m, j->raw.source, j->raw.target);
        return DL_OK;
    }
    j->raw.lean = r->work.lean;
    j->raw.body_only = r->work.body_only;
    const dl_beside beside = { NULL, r->window ? &r->window->before : NULL, &j->prints, &j->arena };
    dl_status st = dl_work_page(&j->page.block, b, &j->raw, m, r->window ? &beside : NULL, &j->err);
    if (!st && r->work.keep_line && j->raw.line.len) return keep_bytes(&j->page, j->raw.line);
    return !st && r->work.keep_raw ? keep_raw(&j->page, &j->raw) : st;
}

static void do_read(void *ctx, unsigned worker, void *job)
{
    const reading *r = ctx;
    read_job *j = job;
    if (j->status) return;
    j->page.id = copy_id(j->raw.id);
    j->err = (dl_error){ 0 };
    j->status = j->page.id ? read_page(&r->pile->build[worker], j, r) : DL_ENOMEM;
    if (j->status) dl_work_name_failure(&j->err, j->status, j->page.id ? j->page.id : "");
    if (j->status && j->err.offset == DL_NO_OFFSET && j->raw.at) j->err.offset = j->raw.at;
}

static bool append(dl_hand *h, const dl_page_in_hand *page)
{
    if (h->n == h->cap) {
        size_t cap = h->cap ? h->cap * 2 : 64;
        dl_page_in_hand *wide = realloc(h->page, cap * sizeof *wide);
        if (!wide) return false;
        h->page = wide;
        h->cap = cap;
    }
    h->page[h->n++] = *page;
    return true;
}

static dl_status deliver_read(void *ctx, void *job, dl_error *err)
{
    reading *r = ctx;
    read_job *j = job;
    if (r->pile->set.progress)
        r->pile->set.progress(r->pile->set.ctx, "reading", r->pile->counts.added + r->hand->n, 0, r->src->bytes(r->src->self));
    if (j->status) {
        dl_pile_tell(r->pile, &j->err);
        free_page(&j->page);
        return DL_OK;
    }
    if (!append(r->hand, &j->page)) return dl_fail_mem(err, "pages");
    j->page = (dl_page_in_hand){ 0 };
    if (r->window && !dl_window_hold(r->window, &j->raw, &j->prints, r->hand->n - 1)) return dl_fail_mem(err, "pages");
    return DL_OK;
}

static void discard_read(void *ctx, void *job)
{
    read_job *j = job;
    (void)ctx;
    free_page(&j->page);
    if (j->ready) dl_arena_free(&j->arena);
}

/* ---- The second run: understanding ---- */

typedef struct understanding {
    dl_pile *pile;
    dl_stages stages;
    bool again; /* the pages have been understood before: only what rests on a changed date is done */
    bool words; /* sentences and words alone, of pages that have none                            */
    dl_hand *hand;
    size_t next;
    const dl_redate *redate; /* [hand->n - first] */
    size_t first;
} understanding;

typedef struct page_job {
    size_t page; /* of the hand */
    dl_status status;
    dl_error err;
    dl_bytes block;
} page_job;

static dl_status make_page(void *ctx, void *job, dl_error *err)
{
    understanding *u = ctx;
    page_job *j = job;
    if (u->next == u->hand->n) return DL_ENONE;
    if (stopped(u->pile)) return dl_fail(err, DL_ESTOPPED, "", DL_NO_OFFSET, "stopped");
    *j = (page_job){ .page = u->next++ };
    return DL_OK;
}

static void do_page(void *ctx, unsigned worker, void *job)
{
    const understanding *u = ctx;
    page_job *j = job;
    dl_build *b = &u->pile->build[worker];
    const dl_redate none = { .changed = false }, *r = u->redate ? &u->redate[j->page - u->first] : &none;
    if ((!u->stages || u->again) && !r->changed && !u->words) return;
    b->err = &j->err;
    j->status = dl_build_from(b, &u->hand->page[j->page].doc);
    if (!j->status && u->again)
        j->status = dl_pipeline_redate(b, r, u->pile->models);
    else if (!j->status && r->changed)
        dl_dates_apply(b, r);
    if (!j->status && u->words)
        j->status = dl_pipeline_text(b, 0, u->pile->models);
    else if (!j->status && !u->again)
        j->status = dl_pipeline_understand(b, u->stages, u->pile->models);
    if (!j->status) j->status = dl_build_status(b);
    if (!j->status) j->status = dl_seal(&j->block, b, &j->err);
    b->err = NULL;
    if (j->status) dl_work_name_failure(&j->err, j->status, u->hand->page[j->page].id);
}

static dl_status deliver_page(void *ctx, void *job, dl_error *err)
{
    understanding *u = ctx;
    page_job *j = job;
    dl_page_in_hand *page = &u->hand->page[j->page];
    if (u->pile->set.progress)
        u->pile->set.progress(u->pile->set.ctx, "analysing", j->page - u->first + 1, u->hand->n - u->first,
                              u->pile->counts.bytes);
    if (j->status) { /* it stays as it was read: what is known of it is kept */
        dl_pile_tell(u->pile, &j->err);
        return DL_OK;
    }
    if (!j->block.p) return DL_OK;
    free(page->block.p);
    page->block = j->block;
    j->block = (dl_bytes){ 0 };
    return dl_doc_open(&page->doc, page->block.p, page->block.len, err);
}

static void discard_page(void *ctx, void *job)
{
    (void)ctx;
    free(((page_job *)job)->block.p);
}

/* The pages from `first` on: dates among themselves, then the stages. */
static dl_status understand(dl_pile *p, dl_work w, bool again, dl_hand *hand, size_t first, dl_error *err)
{
    dl_arena arena;
    dl_hand batch = { hand->page + first, hand->n - first, 0 };
    dl_pages pages = dl_hand_pages(&batch);
    dl_arena_init(&arena, DL_ARENA_MAX);
    dl_redate *redate = DL_NEW(&arena, batch.n + 1, dl_redate);
    dl_status st = redate ? DL_OK : dl_fail_mem(err, "dates");
    if (!st && batch.n > 1 && !w.alone) st = dl_dates_pile(redate, &pages, p->models, &arena, err);
    if (!st) {
        understanding u = { p, w.stages, again, false, hand, first, redate, first };
        dl_pool_plan plan = { p->workers, sizeof(page_job), &u, make_page, do_page, deliver_page, discard_page };
        st = dl_pool_run(&plan, err);
    }
    dl_arena_free(&arena);
    return st;
}

dl_status dl_work_settle(dl_pile *p, dl_hand *hand, dl_error *err)
{
    understanding u = { .pile = p, .words = true, .hand = hand };
    dl_pool_plan plan = { p->workers, sizeof(page_job), &u, make_page, do_page, deliver_page, discard_page };
    dl_status st = dl_pool_run(&plan, err);
    return st ? st : understand(p, (dl_work){ .stages = 0 }, false, hand, 0, err);
}

/* Reads on, at most *left pages: a few first, then ever more, so that the later ones are read with what the earlier ones
 * tell, and need not be read again. */
static dl_status read_some(reading *r, size_t *left, dl_error *err)
{
    enum { FIRST = 64, TIMES = 4 };
    const dl_pool_plan plan = { r->pile->workers, sizeof(read_job), r, make_read, do_read, deliver_read, discard_read };
    dl_window *w = r->window;
    dl_status st = DL_OK;
    for (size_t step = FIRST; !st && *left && r->room && !r->end; step *= TIMES) {
        const size_t now = w && step < *left ? step : *left;
        r->left = now;
        if (w && w->n) {
            if (!dl_evidence_seal(&w->told)) return dl_fail_mem(err, "pages");
            w->before = w->told;
        }
        st = dl_pool_run(&plan, err);
        *left -= now - r->left;
    }
    return st;
}

/* The next pages, as many as may tell of each other. */
static dl_status read_window(reading *r, size_t *left, dl_error *err)
{
    const bool apart = r->work.apart || r->work.pairs;
    const size_t most = apart || *left < DL_WINDOW_PAGES ? *left : DL_WINDOW_PAGES;
    size_t rest = most;
    r->room = apart ? SIZE_MAX : DL_WINDOW_BYTES;
    r->window = apart ? NULL : &r->pile->window;
    dl_window_clear(&r->pile->window);
    dl_status st = read_some(r, &rest, err);
    *left -= most - rest;
    if (st || apart) return st;
    return dl_window_settle(r->window, r->pile, r->hand, err);
}

dl_status dl_work_read(dl_pile *p, dl_source *src, dl_work w, size_t max, dl_hand *hand, bool *out_end, dl_error *err)
{
    size_t first = hand->n;
    reading r = { .pile = p, .src = src, .work = w, .hand = hand };
    size_t left = max;
    dl_status st = DL_OK;
    do st = read_window(&r, &left, err);
    while (!st && !r.end && left && !w.brief_hold);
    *out_end = r.end;
    if (st || w.pairs) return st;
    for (size_t i = first; i < hand->n; i++) {
        st = dl_doc_open(&hand->page[i].doc, hand->page[i].block.p, hand->page[i].block.len, err);
        if (st) return st;
    }
    return w.body_only ? DL_OK : understand(p, w, false, hand, first, err);
}

/* ---- From the store ---- */

static dl_status fetch(dl_pile *p, uint32_t n, dl_hand *hand, dl_error *err)
{
    dl_page_in_hand page = { 0 };
    dl_status st = dl_store_get(p->store, n, &page.block, err);
    if (!st) st = dl_doc_open(&page.doc, page.block.p, page.block.len, err);
    if (!st) page.id = copy_id(dl_doc_str(&page.doc, page.doc.meta->id));
    if (!st && page.id && append(hand, &page)) return DL_OK; /* the hand owns its parts now */
    free_page(&page);
    return st ? st : dl_fail_mem(err, "pages");
}

dl_status dl_work_fetch(dl_pile *p, uint32_t first, size_t max, dl_hand *hand, bool *out_end, dl_error *err)
{
    uint32_t count = dl_store_count(p->store), end = max < count - first ? first + (uint32_t)max : count;
    size_t from = hand->n;
    dl_status st = DL_OK;
    for (uint32_t n = first; !st && n < end; n++) {
        if (stopped(p)) return dl_fail(err, DL_ESTOPPED, "", DL_NO_OFFSET, "stopped");
        st = fetch(p, n, hand, err);
    }
    *out_end = end == count;
    return st ? st : understand(p, (dl_work){ .stages = DL_STAGES_ALL }, true, hand, from, err);
}
