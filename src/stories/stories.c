/* stories.c: vectors, links, stories; then each story's headline, days and counts. */
#include "stories/stories.h"

#include "base/date.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/sort.h"
#include "stories/link.h"

typedef struct work {
    const dl_pages *pages;
    const dl_copies *copies;
    const dl_models *models;
    dl_arena *keep;
    dl_arena life, page; /* until the call ends; while one page is read                           */
    dl_vector *vector;   /* [pages]                                                              */
    dl_graph graph;
    dl_story *story; /* [n]                                                                      */
    uint32_t n;
} work;

static bool read_vectors(work *w)
{
    uint32_t n = w->pages->n;
    dl_pile_terms terms;
    dl_furniture furniture;
    w->vector = DL_NEW(&w->life, (size_t)n + 1, dl_vector);
    if (!w->vector) return false;
    dl_furniture_init(&furniture, &w->life);
    for (uint32_t p = 0; p < n; p++) {
        dl_arena_mark mark = dl_arena_here(&w->page);
        if (!dl_furniture_count(&furniture, dl_page(w->pages, p), w->copies ? w->copies->lines.text[p] : p, &w->page))
            return false;
        dl_arena_back(&w->page, mark);
    }
    for (uint32_t p = 0; p < n; p++) {
        dl_arena_mark mark = dl_arena_here(&w->page);
        if (!dl_vector_count(&w->vector[p], dl_page(w->pages, p), &furniture, &w->life, &w->page)) return false;
        dl_arena_back(&w->page, mark);
    }
    if (!dl_pile_terms_make(&terms, w->vector, n, w->models, &w->life, &w->page)) return false;
    for (uint32_t p = 0; p < n; p++) {
        dl_arena_mark mark = dl_arena_here(&w->page);
        if (!dl_vector_weigh(&w->vector[p], &terms, &w->page)) return false;
        dl_arena_back(&w->page, mark);
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

/* The sum of a page's links inside its story. */
static double centrality(const work *w, const uint32_t *of, uint32_t p)
{
    double sum = 0;
    for (uint32_t e = w->graph.beg[p]; e < w->graph.beg[p + 1]; e++) {
        if (of[w->graph.edge[e].page] == of[p]) sum += (double)w->graph.edge[e].p;
    }
    return sum;
}

/* First-hand before secondary, then the most central, then the earliest. */
static bool choose_title(work *w, dl_story *s, const uint32_t *of)
{
    double best = -1;
    s->title_page = DL_NONE;
    for (uint32_t i = 0; i < s->n; i++) {
        uint32_t p = s->page[i];
        const dl_doc *d = dl_page(w->pages, p);
        if (!d || dl_span_len(d->meta->title) == 0) continue;
        double value = centrality(w, of, p);
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

static void find_days(const work *w, dl_story *s)
{
    s->from = s->to = DL_NEVER;
    for (uint32_t i = 0; i < s->n; i++) {
        int64_t at = w->vector[s->page[i]].published;
        if (at == DL_NEVER) continue;
        int64_t day = dl_seconds(dl_day_of(at));
        if (s->from == DL_NEVER || day < s->from) s->from = day;
        if (s->to == DL_NEVER || day + DL_DAY_SECONDS > s->to) s->to = day + DL_DAY_SECONDS;
    }
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

static bool find(work *w, dl_stories *out, const dl_link_model *m)
{
    out->of = DL_NEW(w->keep, (size_t)w->pages->n + 1, uint32_t);
    if (!out->of || !read_vectors(w) || !dl_graph_make(&w->graph, w->vector, w->pages->n, m, &w->life, &w->page)) return false;
    w->n = dl_graph_cluster(out->of, &w->graph, &w->page);
    if (w->n == DL_NONE || !gather(w, out->of)) return false;
    for (uint32_t s = 0; s < w->n; s++) {
        if (!choose_title(w, &w->story[s], out->of) || !count_lines(w, &w->story[s])) return false;
        find_days(w, &w->story[s]);
    }
    out->n = w->n;
    out->story = w->story;
    out->order = DL_NEW(w->keep, (size_t)w->n + 1, uint32_t);
    if (!out->order) return false;
    for (uint32_t s = 0; s < w->n; s++) out->order[s] = s;
    return dl_sort(out->order, w->n, sizeof *out->order, largest, w->story, &w->page);
}

dl_status dl_stories_find(dl_stories *out, const dl_pages *pages, const dl_copies *copies, const dl_models *m, dl_arena *keep,
                          dl_error *err)
{
    dl_link_model model;
    dl_stories found = { 0 };
    dl_status st = dl_link_open(&model, m, err);
    if (st) return st;
    work w = { .pages = pages, .copies = copies, .models = m, .keep = keep };
    dl_arena_init(&w.life, DL_ARENA_MAX);
    dl_arena_init(&w.page, DL_ARENA_MAX);
    bool ok = find(&w, &found, &model);
    dl_arena_free(&w.life);
    dl_arena_free(&w.page);
    if (!ok) return dl_fail_mem(err, "stories");
    *out = found;
    return DL_OK;
}
