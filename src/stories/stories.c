/* stories.c: pages through the stream; then each story's headline, days and counts. */
#include "stories/stories.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/sort.h"
#include "stories/online.h"
#include "stories/span.h"

typedef struct work {
    const dl_pages *pages;
    const dl_copies *copies;
    dl_arena *keep;
    dl_arena life, page; /* until the call ends; while one page is read                           */
    dl_online stream;
    uint32_t *turn;  /* [pages] the page that came at that place                                  */
    uint32_t *place; /* [pages] when a page came                                                 */
    dl_story *story; /* [n]                                                                      */
    uint32_t n;
} work;

/* ---- Through the stream ------------------------------------------------------------------------- */

/* By day and hour, pages without one first; then by when they were fetched, then by id. */
static int by_time(const void *x, const void *y, const void *ctx)
{
    const uint32_t i = *(const uint32_t *)x, j = *(const uint32_t *)y;
    const dl_doc *a = dl_page(ctx, i), *b = dl_page(ctx, j);
    if (!a || !b) return a ? 1 : b ? -1 : 0;
    if (a->meta->published != b->meta->published) return a->meta->published < b->meta->published ? -1 : 1;
    if (a->meta->fetched != b->meta->fetched) return a->meta->fetched < b->meta->fetched ? -1 : 1;
    return dl_str_cmp(dl_doc_str(a, a->meta->id), dl_doc_str(b, b->meta->id));
}

/* turn and place. */
static bool order(work *w)
{
    const uint32_t n = w->pages->n;
    w->turn = DL_NEW(&w->life, (size_t)n + 1, uint32_t);
    w->place = DL_NEW(&w->life, (size_t)n + 1, uint32_t);
    if (!w->turn || !w->place) return false;
    for (uint32_t i = 0; i < n; i++) w->turn[i] = i;
    if (!dl_sort(w->turn, n, sizeof *w->turn, by_time, w->pages, &w->page)) return false;
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

/* Stories are numbered by their first page. */
static bool number(work *w, uint32_t *of)
{
    uint32_t *row = dl_arena_raw(&w->life, (size_t)w->stream.stories + 1, sizeof *row);
    if (!row) return false;
    memset(row, 0xff, ((size_t)w->stream.stories + 1) * sizeof *row);
    for (uint32_t p = 0; p < w->pages->n; p++) {
        uint32_t *r = &row[dl_online_at(&w->stream, w->place[p])->story];
        if (*r == DL_NONE) *r = w->n++;
        of[p] = *r;
    }
    return true;
}

/* Pages of each story, in order of story and page. */
static bool gather(work *w, const uint32_t *of)
{
    uint32_t n = w->pages->n, *page = DL_NEW(w->keep, (size_t)n + 1, uint32_t), at = 0;
    w->story = DL_NEW(w->keep, (size_t)w->n + 1, dl_story);
    uint32_t *fill = DL_NEW(&w->life, (size_t)w->n + 1, uint32_t);
    if (!page || !w->story || !fill) return false;
    for (uint32_t p = 0; p < n; p++) w->story[of[p]].n++;
    for (uint32_t s = 0; s < w->n; s++) {
        w->story[s].page = page + at;
        fill[s] = at;
        at += w->story[s].n;
    }
    for (uint32_t p = 0; p < n; p++) page[fill[of[p]]++] = p;
    return true;
}

typedef struct centre {
    const work *w;
    uint32_t row;
    double sum;
} centre;

static void add_inner(void *ctx, uint32_t other, double p)
{
    centre *c = ctx;
    if (dl_online_at(&c->w->stream, other)->story == c->row) c->sum += p;
}

/* The sum of a page's links inside its story. */
static double centrality(const work *w, uint32_t p)
{
    centre c = { w, dl_online_at(&w->stream, w->place[p])->story, 0 };
    dl_online_links(&w->stream, w->place[p], add_inner, &c);
    return c.sum;
}

/* First-hand before secondary, then the most central, then the earliest. */
static bool choose_title(work *w, dl_story *s)
{
    double best = -1;
    s->title_page = DL_NONE;
    for (uint32_t i = 0; i < s->n; i++) {
        uint32_t p = s->page[i];
        const dl_doc *d = dl_page(w->pages, p);
        if (!d || dl_span_len(d->meta->title) == 0) continue;
        double value = centrality(w, p);
        if (w->copies && w->copies->lines.first_hand[w->copies->lines.line[p]]) value += w->pages->n;
        if (value <= best) continue;
        best = value;
        s->title_page = p;
    }
    if (s->title_page == DL_NONE) return true;
    const dl_doc *d = dl_page(w->pages, s->title_page);
    s->title = dl_arena_str(w->keep, dl_doc_str(d, d->meta->title));
    return s->title.p != NULL;
}

/* The story that this one goes on with, if it is among those of the pile. */
static void find_continued(const work *w, uint32_t row, const uint32_t *row_of)
{
    const dl_online_story *t = dl_online_of(&w->stream, w->place[w->story[row].page[0]]);
    const uint32_t before = t->continues == DL_NONE ? DL_NONE : row_of[t->continues];
    w->story[row].continues = before == row ? DL_NONE : before;
}

/* Distinct values of v, which is sorted on the way; *marked counts those with mark[value]. */
static bool distinct(uint32_t *v, uint32_t n, const uint8_t *mark, uint32_t *out, uint32_t *marked, dl_arena *a)
{
    if (!dl_sort(v, n, sizeof *v, dl_by_u32, NULL, a)) return false;
    *out = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (i && v[i] == v[i - 1]) continue;
        ++*out;
        if (mark) *marked += mark[v[i]];
    }
    return true;
}

static bool count_lines(work *w, dl_story *s)
{
    s->texts = s->lines = s->first_hand = s->n;
    if (!w->copies) return true;
    const dl_lines *l = &w->copies->lines;
    dl_arena_mark mark = dl_arena_here(&w->page);
    uint32_t *v = dl_arena_raw(&w->page, (size_t)s->n + 1, sizeof *v), none = 0;
    if (!v) return false;
    s->first_hand = 0;
    for (uint32_t i = 0; i < s->n; i++) v[i] = l->text[s->page[i]];
    if (!distinct(v, s->n, NULL, &s->texts, &none, &w->page)) return false;
    for (uint32_t i = 0; i < s->n; i++) v[i] = l->line[s->page[i]];
    if (!distinct(v, s->n, l->first_hand, &s->lines, &s->first_hand, &w->page)) return false;
    dl_arena_back(&w->page, mark);
    return true;
}

static int largest(const void *x, const void *y, const void *ctx)
{
    uint32_t i = *(const uint32_t *)x, j = *(const uint32_t *)y;
    const dl_story *s = ctx, *a = &s[i], *b = &s[j];
    if (a->lines != b->lines) return a->lines > b->lines ? -1 : 1;
    if (a->n != b->n) return a->n > b->n ? -1 : 1;
    return i < j ? -1 : i > j;
}

static bool read_out(work *w, dl_stories *out)
{
    out->of = DL_NEW(w->keep, (size_t)w->pages->n + 1, uint32_t);
    uint32_t *row_of = dl_arena_raw(&w->life, (size_t)w->stream.numbers + 1, sizeof *row_of);
    if (!out->of || !row_of || !number(w, out->of) || !gather(w, out->of)) return false;
    memset(row_of, 0xff, ((size_t)w->stream.numbers + 1) * sizeof *row_of);
    for (uint32_t p = 0; p < w->pages->n; p++) row_of[dl_online_of(&w->stream, w->place[p])->number] = out->of[p];
    for (uint32_t s = 0; s < w->n; s++) {
        if (!choose_title(w, &w->story[s]) || !count_lines(w, &w->story[s])) return false;
        if (!dl_story_span(&w->story[s], w->pages, w->copies ? &w->copies->lines : NULL, &w->page)) return false;
        find_continued(w, s, row_of);
    }
    out->n = w->n;
    out->story = w->story;
    out->order = DL_NEW(w->keep, (size_t)w->n + 1, uint32_t);
    if (!out->order) return false;
    for (uint32_t s = 0; s < w->n; s++) out->order[s] = s;
    return dl_sort(out->order, w->n, sizeof *out->order, largest, w->story, &w->page);
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
    work w = { .pages = pages, .copies = copies, .keep = keep };
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
    if (!st && !read_out(&w, &found)) st = dl_fail_mem(err, "stories");
    dl_online_close(&w.stream);
    dl_arena_free(&w.life);
    dl_arena_free(&w.page);
    if (!st) *out = found;
    return st;
}
