/* write.c: which question needs what, and the way from pages to bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/pile.h"
#include "base/error.h"
#include "base/limits.h"

#pragma weak dl_write_extract
#pragma weak dl_write_parse
#pragma weak dl_write_when
#pragma weak dl_write_quotes
#pragma weak dl_write_quotes_by_speaker
#pragma weak dl_write_actors
#pragma weak dl_write_events
#pragma weak dl_write_pair
#pragma weak dl_write_copies
#pragma weak dl_write_stories
#pragma weak dl_write_claims
#pragma weak dl_write_disagreements
#pragma weak dl_write_timeline
#pragma weak dl_write_brief
#pragma weak dl_copies_find
#pragma weak dl_actors_merge
#pragma weak dl_stories_find
#pragma weak dl_events_merge

enum {
    WINDOW = 1024,   /* pages that a page question holds at a time */
    FLUSH = 1 << 16, /* bytes collected before they are handed out */
    NEED_COPIES = 1,
    NEED_ACTORS = 2,
    NEED_STORIES = 4,
    NEED_EVENTS = 8,
    FLAT = DL_STAGE_TAGS | DL_STAGE_TREES | DL_STAGE_NAMES | DL_STAGE_COREF,
    SPEECH = FLAT | DL_STAGE_DAMAGE | DL_STAGE_TIMES | DL_STAGE_QUOTES,
};

typedef struct question {
    const char *name;
    dl_stages stages;       /* that each page must have been through */
    unsigned needs;         /* NEED_*: what must be found over the pile */
    dl_write_page_fn *page; /* one of these two */
    dl_write_pile_fn *pile;
} question;

static const question questions[DL_WHATS] = {
    [DL_EXTRACT] = { "extract", 0, 0, dl_write_extract, NULL },
    [DL_PARSE] = { "parse", DL_STAGE_TAGS | DL_STAGE_TREES | DL_STAGE_NAMES, 0, dl_write_parse, NULL },
    [DL_WHEN] = { "when", DL_STAGE_TAGS | DL_STAGE_TIMES, 0, dl_write_when, NULL },
    [DL_QUOTES] = { "quotes", SPEECH, NEED_ACTORS, dl_write_quotes, NULL },
    [DL_ACTORS] = { "actors", FLAT, NEED_ACTORS, NULL, dl_write_actors },
    [DL_EVENTS] = { "events", DL_STAGES_ALL, NEED_ACTORS | NEED_EVENTS, NULL, dl_write_events },
    [DL_COPIES] = { "copies", 0, NEED_COPIES, NULL, dl_write_copies },
    [DL_STORIES] = { "stories", 0, NEED_COPIES | NEED_STORIES, NULL, dl_write_stories },
    [DL_CLAIMS] = { "claims", DL_STAGES_ALL, 15, NULL, dl_write_claims },
    [DL_DISAGREEMENTS] = { "disagreements", DL_STAGES_ALL, 15, NULL, dl_write_disagreements },
    [DL_TIMELINE] = { "timeline", DL_STAGES_ALL, 15, NULL, dl_write_timeline },
    [DL_BRIEF] = { "brief", DL_STAGES_ALL, 15, NULL, dl_write_brief },
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

/* Hands out what has collected. */
static dl_status flush(answer *a, dl_error *err)
{
    bool ok = true;
    dl_arena_reset(&a->scratch);
    if (a->buf.failed) return dl_fail_mem(err, "output");
    if (a->buf.len) ok = a->req->format == DL_JSON ? write_members(a) : a->write(a->ctx, a->buf.p, a->buf.len);
    dl_buf_reset(&a->buf);
    return ok ? DL_OK : dl_fail_sys(err, "output", "cannot be written");
}

static dl_status write_page(answer *a, const question *q, const dl_view *v, uint32_t page, dl_error *err)
{
    q->page(&a->out, v, page, dl_page(v->pages, page));
    return a->buf.len >= FLUSH || a->buf.failed ? flush(a, err) : DL_OK;
}

/* Finds over the pages in hand what the question needs. */
static dl_status look_over(dl_view *v, unsigned needs, dl_arena *keep, dl_error *err)
{
    dl_status st = DL_OK;
    if ((needs & NEED_COPIES) && dl_copies_find) {
        dl_copies *c = DL_NEW(keep, 1, dl_copies);
        st = c ? dl_copies_find(c, v->pages, v->models, keep, err) : dl_fail_mem(err, "copies");
        v->copies = c;
    }
    if (!st && (needs & NEED_ACTORS) && dl_actors_merge) {
        dl_actors *a = DL_NEW(keep, 1, dl_actors);
        st = a ? dl_actors_merge(a, v->pages, v->models, keep, err) : dl_fail_mem(err, "actors");
        v->actors = a;
    }
    if (!st && (needs & NEED_STORIES) && dl_stories_find) {
        dl_stories *s = DL_NEW(keep, 1, dl_stories);
        st = s ? dl_stories_find(s, v->pages, v->copies, v->models, keep, err) : dl_fail_mem(err, "stories");
        v->stories = s;
    }
    if (!st && (needs & NEED_EVENTS) && dl_events_merge) {
        dl_happenings *h = DL_NEW(keep, 1, dl_happenings);
        st = h ? dl_events_merge(h, v->pages, v->actors, keep, err) : dl_fail_mem(err, "events");
        v->events = h;
    }
    return st;
}

static dl_status write_pairs(answer *a, const dl_hand *hand, dl_error *err)
{
    for (size_t i = 0; i < hand->n; i++) {
        if (dl_write_pair) dl_write_pair(&a->out, dl_str_of(hand->page[i].id), hand->page[i].pair);
        if (a->buf.len >= FLUSH) {
            dl_status st = flush(a, err);
            if (st) return st;
        }
    }
    return flush(a, err);
}

static dl_status write_hand(answer *a, const question *q, dl_hand *hand, dl_error *err)
{
    dl_arena keep;
    dl_arena_init(&keep, DL_ARENA_MAX);
    dl_pages pages = dl_hand_pages(hand);
    dl_view v = { .pages = &pages, .models = a->pile->models, .story = DL_NONE };
    dl_status st = look_over(&v, q->needs, &keep, err);
    if (!st && a->req->story && v.stories) {
        if (a->req->story > v.stories->n)
            st = dl_fail(err, DL_EUSAGE, "story", DL_NO_OFFSET, "there is no story %u, only %u", a->req->story, v.stories->n);
        v.story = a->req->story - 1;
    }
    for (uint32_t i = 0; !st && q->page && i < pages.n; i++) st = write_page(a, q, &v, i, err);
    if (!st && q->pile) st = q->pile(&a->out, &v, err);
    if (!st) st = flush(a, err);
    dl_arena_free(&keep);
    return st;
}

/* Pages by the window for a page question, all of them for a question about the pile. */
static dl_status write_paths(answer *a, const question *q, dl_error *err)
{
    dl_pile *p = a->pile;
    dl_source src;
    bool end = false, pairs = a->req->pairs && a->req->what == DL_EVENTS;
    size_t window = q->page || pairs ? WINDOW : SIZE_MAX;
    dl_work work = { a->req->no_tree ? q->stages & ~DL_STAGE_TREES : q->stages, pairs };
    dl_status st = dl_source_paths(&src, (const char *const *)p->path, p->n_paths, err);
    if (st) return st;
    while (!st && !end) {
        dl_hand hand = { 0 };
        st = dl_work_read(p, &src, work, window, &hand, &end, err);
        p->counts.bytes = src.bytes(src.self);
        if (!st && (hand.n || q->pile)) st = pairs ? write_pairs(a, &hand, err) : write_hand(a, q, &hand, err);
        p->counts.pages += hand.n;
        dl_hand_free(&hand);
    }
    src.close(src.self);
    return st;
}

bool dl_to_file(void *file, const void *bytes, size_t n) { return fwrite(bytes, 1, n, file) == n; }

dl_status dl_pile_write(dl_pile *p, const dl_request *r, dl_write_fn *write, void *ctx, uint64_t *out_found, dl_error *err)
{
    if (r->what >= DL_WHATS || (!questions[r->what].page && !questions[r->what].pile))
        return dl_fail(err, DL_EUSAGE, "request", DL_NO_OFFSET, "this question has no answer yet");
    const question *q = &questions[r->what];
    answer a = { .pile = p, .req = r, .write = write, .ctx = ctx, .first = true };
    dl_buf_init(&a.buf, (size_t)4 << 30);
    dl_arena_init(&a.scratch, DL_ARENA_MAX);
    a.out = (dl_out){ &a.buf, r, &a.scratch, 0 };
    dl_status st = write_paths(&a, q, err);
    if (!st && r->format == DL_JSON && !(a.first ? write(ctx, "[]\n", 3) : write(ctx, "]\n", 2)))
        st = dl_fail_sys(err, "output", "cannot be written");
    if (!st && out_found) *out_found = a.out.rows;
    dl_buf_free(&a.buf);
    dl_arena_free(&a.scratch);
    return st;
}
