/* stories.c: the pages of a pile through the stream. */
#include "stories/stories.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/sort.h"
#include "stories/online.h"
#include "stories/span.h"
#include "stories/tell.h"

typedef struct work {
    const dl_pages *pages;
    dl_arena *keep;
    dl_arena life, page; /* until the call ends; while one page is read                           */
    dl_online stream;
    uint32_t *turn;  /* [pages] the page that came at that place                                  */
    uint32_t *place; /* [pages] when a page came                                                 */
} work;

/* ---- Through the stream ------------------------------------------------------------------------- */

/* Pages that could not be fetched come first. */
static int by_arrival(const void *x, const void *y, const void *ctx)
{
    const dl_doc *a = dl_page(ctx, *(const uint32_t *)x), *b = dl_page(ctx, *(const uint32_t *)y);
    if (!a || !b) return a ? 1 : b ? -1 : 0;
    const dl_arrival p = dl_doc_arrival(a), q = dl_doc_arrival(b);
    return dl_arrival_cmp(&p, &q);
}

/* turn and place. */
static bool order(work *w)
{
    const uint32_t n = w->pages->n;
    w->turn = DL_NEW(&w->life, (size_t)n + 1, uint32_t);
    w->place = DL_NEW(&w->life, (size_t)n + 1, uint32_t);
    if (!w->turn || !w->place) return false;
    for (uint32_t i = 0; i < n; i++) w->turn[i] = i;
    if (!dl_sort(w->turn, n, sizeof *w->turn, by_arrival, w->pages, &w->page)) return false;
    for (uint32_t i = 0; i < n; i++) w->place[w->turn[i]] = i;
    return true;
}

static dl_status run(work *w, dl_error *err)
{
    dl_buf sheet;
    dl_status st = DL_OK;
    dl_buf_init(&sheet, UINT32_MAX);
    for (uint32_t i = 0; !st && i < w->pages->n; i++) {
        dl_buf_reset(&sheet);
        dl_arena_reset(&w->page);
        if (!dl_sheet_make(&sheet, dl_page(w->pages, w->turn[i]), 0, &w->page))
            st = dl_fail_mem(err, "stories");
        else
            st = dl_online_add(&w->stream, (const dl_sheet *)(const void *)sheet.p, err);
    }
    dl_arena_reset(&w->page);
    dl_buf_free(&sheet);
    return st;
}

/* What the stream found, page by page. */
static bool read_out(work *w, dl_stories *out, const dl_lines *lines)
{
    const size_t n = (size_t)w->pages->n + 1, numbers = (size_t)w->stream.numbers + 1;
    uint32_t *story = DL_NEW(&w->life, n, uint32_t), *continues = dl_arena_raw(&w->life, numbers, sizeof *continues);
    float *centre = DL_NEW(&w->life, n, float);
    int32_t *told = DL_NEW(&w->life, n, int32_t);
    if (!story || !continues || !centre || !told) return false;
    memset(continues, 0xff, numbers * sizeof *continues);
    for (uint32_t p = 0; p < w->pages->n; p++) {
        const dl_online_story *t = dl_online_of(&w->stream, w->place[p]);
        story[p] = t->number;
        continues[t->number] = t->continues;
        centre[p] = (float)dl_online_centre(&w->stream, w->place[p]);
        told[p] = dl_day_told(dl_page(w->pages, p));
    }
    const dl_clustered c = { story, centre, told, continues, w->stream.numbers };
    return dl_stories_tell(out, w->pages, lines, &c, w->keep);
}

void dl_story_rules_place(dl_story_rule *rule, uint32_t n, const uint32_t *place)
{
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t a = place[rule[i].a], b = place[rule[i].b];
        rule[i].a = a < b ? a : b;
        rule[i].b = a < b ? b : a;
    }
}

/* By the numbers that pages have in the stream; NULL: no memory. */
static dl_story_rule *rules_in_turn(work *w, const dl_story_rule *rule, uint32_t n)
{
    dl_story_rule *r = dl_arena_raw(&w->life, (size_t)n + 1, sizeof *r);
    if (r && n) memcpy(r, rule, n * sizeof *r);
    if (r) dl_story_rules_place(r, n, w->place);
    return r;
}

dl_status dl_stories_find(dl_stories *out, const dl_pages *pages, const dl_copies *copies, const dl_story_rule *rule,
                          uint32_t n_rules, const dl_models *m, dl_arena *keep, dl_error *err)
{
    dl_stories found = { 0 };
    work w = { .pages = pages, .keep = keep };
    dl_arena_init(&w.life, DL_ARENA_MAX);
    dl_arena_init(&w.page, DL_ARENA_MAX);
    dl_status st = order(&w) ? DL_OK : dl_fail_mem(err, "stories");
    const dl_online_set all = { .days = UINT32_MAX, /* of a pile nothing leaves */
                                .pages = UINT32_MAX,
                                .rule = st ? NULL : rules_in_turn(&w, rule, n_rules),
                                .n_rules = n_rules };
    if (!st && !all.rule) st = dl_fail_mem(err, "stories");
    if (!st) st = dl_online_open(&w.stream, m, &all, err);
    if (!st) st = run(&w, err);
    if (!st && !read_out(&w, &found, copies ? &copies->lines : NULL)) st = dl_fail_mem(err, "stories");
    dl_online_close(&w.stream);
    dl_arena_free(&w.life);
    dl_arena_free(&w.page);
    if (!st) *out = found;
    return st;
}
