/* write.c: which question needs what, and the way from pages to bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/assign.h"
#include "api/corpus.h"
#include "api/matter.h"
#include "api/naming.h"
#include "api/pile.h"
#include "api/rulings.h"
#include "api/text.h"
#include "base/error.h"
#include "base/limits.h"

enum {
    WINDOW = 1024,   /* pages that a page question holds at a time */
    FLUSH = 1 << 16, /* bytes collected before they are handed out */
    FLAT = DL_STAGE_WORDS | DL_STAGE_TREES | DL_STAGE_NAMES | DL_STAGE_COREF,
    SPEECH = FLAT | DL_STAGE_DAMAGE | DL_STAGE_TIMES | DL_STAGE_QUOTES,
};

typedef struct question {
    const char *name;
    dl_stages stages;       /* that each page must have been through */
    unsigned needs;         /* DL_NEED_*: what must be found over the pile */
    dl_write_page_fn *page; /* one of these three */
    dl_write_pile_fn *pile;
    dl_write_handle_fn *handle;
} question;

static dl_status write_one_page(dl_out *o, const dl_view *v, dl_error *err);

static const question questions[DL_WHATS] = {
    [DL_EXTRACT] = { "extract", 0, 0, dl_write_extract, NULL, NULL },
    [DL_PARSE] = { "parse", DL_STAGE_WORDS | DL_STAGE_TREES | DL_STAGE_NAMES, 0, dl_write_parse, NULL, NULL },
    [DL_WHEN] = { "when", DL_STAGE_WORDS | DL_STAGE_TIMES, 0, dl_write_when, NULL, NULL },
    [DL_QUOTES] = { "quotes", SPEECH, DL_NEED_ACTORS, dl_write_quotes, NULL, NULL },
    [DL_ACTORS] = { "actors", FLAT, DL_NEED_ACTORS, NULL, dl_write_actors, NULL },
    [DL_EVENTS] = { "events", DL_STAGES_ALL, DL_NEED_ACTORS | DL_NEED_EVENTS, NULL, dl_write_events, NULL },
    [DL_COPIES] = { "copies", 0, DL_NEED_COPIES, NULL, dl_write_copies, NULL },
    [DL_STORIES] = { "stories", DL_STAGE_WORDS | DL_STAGE_TIMES, DL_NEED_COPIES | DL_NEED_STORIES, NULL, dl_write_stories, NULL },
    [DL_CLAIMS] = { "claims", DL_STAGES_ALL, DL_NEED_ALL, NULL, dl_write_claims, NULL },
    [DL_DISAGREEMENTS] = { "disagreements", DL_STAGES_ALL, DL_NEED_ALL, NULL, dl_write_disagreements, NULL },
    [DL_TIMELINE] = { "timeline", DL_STAGES_ALL, DL_NEED_ALL, NULL, dl_write_timeline, NULL },
    [DL_BRIEF] = { "brief", DL_STAGES_ALL, DL_NEED_ALL, NULL, dl_write_brief, NULL },
    [DL_PAGE] = { "page", SPEECH, 0, NULL, write_one_page, NULL },
    [DL_EXPORT] = { "export", DL_STAGES_ALL, DL_NEED_ALL, NULL, dl_write_export, NULL },
    [DL_SEARCH] = { "search", 0, 0, NULL, NULL, dl_write_search },
    [DL_ADDED] = { "add", 0, 0, NULL, NULL, dl_write_added },
    [DL_OVERRULE] = { "overrule", 0, 0, NULL, NULL, dl_write_overrule },
    [DL_DOCTOR] = { "doctor", 0, 0, NULL, NULL, dl_write_doctor },
};

typedef struct answer {
    dl_pile *pile;
    const dl_request *req;
    dl_write_fn *write;
    void *ctx;
    dl_buf buf;
    dl_arena scratch;
    dl_out out;
    bool first; /* JSON: nothing stands in the array yet */
} answer;

/* JSON: every line that has collected is a member of one array. */
static bool write_members(answer *a)
{
    dl_str rest = dl_buf_str(&a->buf), line;
    bool ok = true;
    while (ok && rest.len && dl_str_next(&rest, '\n', &line)) {
        ok = a->write(a->ctx, a->first ? "[" : ",\n", a->first ? 1 : 2) && a->write(a->ctx, line.p, line.len);
        a->first = false;
    }
    return ok;
}

static bool write_guarded(answer *a)
{
    dl_buf safe;
    dl_buf_init(&safe, SIZE_MAX / 2);
    dl_text_guard(&safe, dl_buf_str(&a->buf), a->req->colour && a->req->format == DL_TEXT);
    bool ok = !safe.failed && a->write(a->ctx, safe.p, safe.len);
    dl_buf_free(&safe);
    return ok;
}

static bool write_collected(answer *a)
{
    switch (a->req->format) {
    case DL_JSON: return write_members(a);
    case DL_TEXT:
    case DL_MARKDOWN: return write_guarded(a);
    default: return a->write(a->ctx, a->buf.p, a->buf.len);
    }
}

/* The formats that an answer has; csv, tsv, ninjs and sqlite are for export, which takes them from its file's name. */
static bool has_format(const dl_request *r)
{
    switch (r->format) {
    case DL_TEXT:
    case DL_JSONL:
    case DL_JSON: return true;
    case DL_CONLLU: return r->what == DL_PARSE;
    case DL_MARKDOWN: return r->what == DL_BRIEF || r->what == DL_EXTRACT;
    case DL_HTML: return r->what == DL_BRIEF;
    case DL_PLOVER: return r->what == DL_EVENTS;
    case DL_SVG: return r->what == DL_COPIES;
    default: return false;
    }
}

/* Hands out what has collected. */
static dl_status flush(answer *a, dl_error *err)
{
    bool ok = true;
    dl_arena_reset(&a->scratch);
    if (a->buf.failed) return dl_fail_mem(err, "output");
    if (a->buf.len) ok = write_collected(a);
    dl_buf_reset(&a->buf);
    return ok ? DL_OK : dl_fail_sys(err, "output", "cannot be written");
}

static dl_status sync_answer(void *ctx, dl_error *err)
{
    answer *a = ctx;
    dl_status st = flush(a, err);
    return st || a->write(a->ctx, "", 0) ? st : dl_fail_sys(err, "output", "cannot be written");
}

static dl_status flush_answer(void *ctx, dl_error *err) { return flush(ctx, err); }

/* The page that the request names. */
static dl_status write_one_page(dl_out *o, const dl_view *v, dl_error *err)
{
    dl_naming n = dl_naming_of(o->req->page);
    for (uint32_t i = 0; i < v->pages->n; i++) dl_naming_see(&n, dl_view_id(v, i), i);
    const uint32_t page = dl_naming_page(&n);
    return page != DL_NONE ? dl_write_page(o, v, page, err) : dl_naming_fail(&n, "page", err);
}

static dl_status write_pairs(answer *a, const dl_hand *hand, dl_error *err)
{
    dl_status st = DL_OK;
    for (size_t i = 0; !st && i < hand->n; i++) {
        dl_write_pair(&a->out, dl_str_of(hand->page[i].id), (dl_plover)hand->page[i].pair);
        if (a->buf.len >= FLUSH) st = flush(a, err);
    }
    return st ? st : flush(a, err);
}

/* Where a page's bytes as read are to be had: from the hand, or from the store. */
typedef struct raw_source {
    dl_pile *pile;
    dl_hand *hand;
    dl_bytes last;
} raw_source;

static dl_str raw_of(void *ctx, uint32_t page)
{
    raw_source *r = ctx;
    dl_error ignored;
    if (r->hand->page[page].raw.p) return (dl_str){ (const char *)r->hand->page[page].raw.p, r->hand->page[page].raw.len };
    free(r->last.p);
    r->last = (dl_bytes){ 0 };
    if (!r->pile->store || dl_store_snapshot(r->pile->store, page, &r->last, &ignored)) return (dl_str){ NULL, 0 };
    return (dl_str){ (const char *)r->last.p, r->last.len };
}

/* What was found over the whole store is kept for browsers and for search; a store that cannot be written goes without. */
static void keep_stories(dl_pile *p, const dl_view *v, dl_arena *keep)
{
    dl_error ignored;
    if (!p->store || !v->stories || dl_store_stories_fresh(p->store)) return;
    dl_story_row *row = DL_NEW(keep, v->stories->n + 1, dl_story_row);
    for (uint32_t i = 0; row && i < v->stories->n; i++) {
        const dl_story *s = &v->stories->story[i];
        row[i] = (dl_story_row){ s->title, s->from, s->to, s->texts, s->lines, s->first_hand, s->n, s->page };
    }
    if (row) (void)!dl_store_put_stories(p->store, row, v->stories->n, &ignored);
}

static dl_status write_hand(answer *a, const question *q, dl_hand *hand, dl_error *err)
{
    dl_arena keep;
    dl_arena_init(&keep, DL_ARENA_MAX);
    dl_pages pages = dl_hand_pages(hand);
    raw_source raw = { a->pile, hand, { 0 } };
    dl_view v = { .pages = &pages, .models = a->pile->models, .story = DL_NONE, .raw = raw_of, .raw_ctx = &raw };
    dl_status st = q->needs & DL_NEED_COPIES ? dl_rulings_load(&v, a->pile->store, &keep, err) : DL_OK;
    if (!st) st = dl_look_over(&v, q->needs, &keep, err);
    if (!st && !q->page) keep_stories(a->pile, &v, &keep);
    if (!st && v.stories) st = dl_story_asked(&v.story, a->req->story, v.stories->n, err);
    for (uint32_t i = 0; !st && q->page && i < pages.n; i++) {
        q->page(&a->out, &v, i, dl_page(&pages, i));
        if (a->buf.len >= FLUSH || a->buf.failed) st = flush(a, err);
    }
    if (!st && q->pile) st = q->pile(&a->out, &v, err);
    if (!st) st = flush(a, err);
    free(raw.last.p);
    dl_arena_free(&keep);
    return st;
}

/* `quotes --by speaker` is a question about the pile. */
static question asked(const dl_request *r)
{
    question q = questions[r->what];
    if (r->what == DL_QUOTES && r->by_speaker) {
        q.page = NULL;
        q.pile = dl_write_quotes_by_speaker;
    }
    if (r->what == DL_COPIES && r->diff[0] && !r->explain) q.stages = SPEECH; /* damage is marked */
    if (r->no_tree) q.stages &= ~DL_STAGE_TREES;
    return q;
}

/* Pages that came, by key; of one answer over a pile. */
typedef struct seen {
    dl_map keys;
    dl_arena arena;
} seen;

/* A page that is given twice, with its id, its address and its bytes, is one page of the pile. */
static bool is_seen(void *ctx, uint64_t key, dl_str id)
{
    seen *s = ctx;
    (void)id;
    if (dl_map_get(&s->keys, key) != DL_NONE) return true;
    (void)!dl_map_put(&s->keys, key, 1); /* no memory: which is asked for later */
    return false;
}

/* Pages by the window for a page question, all of them for a question about the pile. */
static dl_status write_all(answer *a, const question *q, dl_error *err)
{
    dl_pile *p = a->pile;
    dl_source src = { 0 };
    bool end = false, pairs = a->req->pairs && a->req->what == DL_EVENTS;
    size_t window = q->page || pairs ? WINDOW : SIZE_MAX;
    uint32_t next = 0;
    seen came;
    dl_work work = { .stages = q->stages,
                     .pairs = pairs,
                     .alone = p->set.alone || a->req->what == DL_PARSE, /* which tells no date */
                     .brief_hold = a->req->what == DL_PARSE,
                     .apart = p->set.alone,
                     .lean = a->req->lean,
                     .keep_raw = a->req->what == DL_PAGE || a->req->format == DL_HTML || a->req->what == DL_EXPORT ||
                                 (a->req->what == DL_EXTRACT && a->req->explain) };
    const bool stored = p->store != NULL;
    if (q->needs & DL_NEED_STORIES) { /* which are counted by pages */
        work.knows = is_seen;
        work.knows_ctx = &came;
    }
    if (stored && a->req->lean)
        return dl_fail(err, DL_EUSAGE, q->name, DL_NO_OFFSET,
                       "--precision and --recall need PATHs: the store's pages have been read");
    dl_status st = stored ? DL_OK : dl_source_paths(&src, (const char *const *)p->path, p->n_paths, err);
    if (st) return st;
    dl_arena_init(&came.arena, DL_ARENA_MAX);
    dl_map_init(&came.keys, &came.arena);
    if (!stored) dl_source_take(&src, a->req->given ? DL_TAKE_CONLLU : a->req->plain ? DL_TAKE_TEXT : DL_TAKE_SEEN);
    while (!st && !end) {
        dl_hand hand = { 0 };
        st = stored ? dl_work_fetch(p, next, window, &hand, &end, err) : dl_work_read(p, &src, work, window, &hand, &end, err);
        if (!stored) p->counts.bytes = src.bytes(src.self);
        if (!st && dl_arena_failed(&came.arena)) st = dl_fail_mem(err, q->name);
        if (!st && (hand.n || q->pile)) st = pairs ? write_pairs(a, &hand, err) : write_hand(a, q, &hand, err);
        p->counts.pages += hand.n;
        next += (uint32_t)hand.n;
        dl_hand_free(&hand);
    }
    if (!stored) src.close(src.self);
    dl_arena_free(&came.arena);
    return st;
}

static dl_status write_answer(answer *a, dl_error *err)
{
    question q = asked(a->req);
    dl_write_handle_fn *streamed = dl_corpus_is_asked(a->pile, a->req)   ? dl_write_corpus
                                   : dl_assign_is_asked(a->pile, a->req) ? dl_write_assigned
                                                                         : NULL;
    if (streamed) {
        dl_status st = streamed(&a->out, a->pile, err);
        return st ? st : flush(a, err);
    }
    if (q.page || q.pile) return write_all(a, &q, err);
    if (!q.handle) return dl_fail(err, DL_EUSAGE, "request", DL_NO_OFFSET, "there is no such question");
    dl_status st = q.handle(&a->out, a->pile, err);
    dl_status put = flush(a, st ? NULL : err);
    return st ? st : put;
}

bool dl_to_file(void *file, const void *bytes, size_t n) { return n ? fwrite(bytes, 1, n, file) == n : !fflush(file); }

dl_status dl_pile_write(dl_pile *p, const dl_request *r, dl_write_fn *write, void *ctx, uint64_t *out_found, dl_error *err)
{
    if (r->what >= DL_WHATS) return dl_fail(err, DL_EUSAGE, "request", DL_NO_OFFSET, "there is no such question");
    if (!has_format(r)) return dl_fail(err, DL_EUSAGE, questions[r->what].name, DL_NO_OFFSET, "this answer has no such format");
    dl_request req = *r;
    if (!req.width) req.width = 80;
    if (!req.limit) req.limit = 100;
    answer a = { .pile = p, .req = &req, .write = write, .ctx = ctx, .first = true };
    dl_buf_init(&a.buf, (size_t)4 << 30);
    dl_arena_init(&a.scratch, DL_ARENA_MAX);
    a.out = (dl_out){
        .buf = &a.buf, .req = &req, .scratch = &a.scratch, .flush = flush_answer, .sync = sync_answer, .flush_ctx = &a
    };
    dl_status st = write_answer(&a, err);
    if (!st && req.format == DL_JSON && !(a.first ? write(ctx, "[]\n", 3) : write(ctx, "]\n", 2)))
        st = dl_fail_sys(err, "output", "cannot be written");
    if (!st && out_found) *out_found = a.out.rows;
    dl_buf_free(&a.buf);
    dl_arena_free(&a.scratch);
    return st;
}
