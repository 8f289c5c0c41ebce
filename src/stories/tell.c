/* tell.c: members, headline, days and counts of each story. */
#include "stories/tell.h"

#include "base/limits.h"
#include "base/sort.h"
#include "stories/span.h"

typedef struct work {
    const dl_pages *pages;
    const dl_lines *lines;
    const dl_clustered *found;
    dl_arena *keep, scratch;
    uint32_t *of;  /* [pages] row of story                                                        */
    uint32_t *row; /* [numbers] row of a story by its number in the stream, or DL_NONE                */
    dl_story *story;
    uint32_t n;
} work;

/* Stories are numbered by their first page. */
static bool number(work *w)
{
    w->of = DL_NEW(w->keep, (size_t)w->pages->n + 1, uint32_t);
    w->row = dl_arena_raw(&w->scratch, (size_t)w->found->numbers + 1, sizeof *w->row);
    if (!w->of || !w->row) return false;
    memset(w->row, 0xff, ((size_t)w->found->numbers + 1) * sizeof *w->row);
    for (uint32_t p = 0; p < w->pages->n; p++) {
        uint32_t *r = &w->row[w->found->story[p]];
        if (*r == DL_NONE) *r = w->n++;
        w->of[p] = *r;
    }
    return true;
}

/* Pages of each story, in order of story and page. */
static bool gather(work *w)
{
    uint32_t n = w->pages->n, *page = DL_NEW(w->keep, (size_t)n + 1, uint32_t), at = 0;
    w->story = DL_NEW(w->keep, (size_t)w->n + 1, dl_story);
    uint32_t *fill = DL_NEW(&w->scratch, (size_t)w->n + 1, uint32_t);
    if (!page || !w->story || !fill) return false;
    for (uint32_t p = 0; p < n; p++) w->story[w->of[p]].n++;
    for (uint32_t s = 0; s < w->n; s++) {
        w->story[s].page = page + at;
        fill[s] = at;
        at += w->story[s].n;
    }
    for (uint32_t p = 0; p < n; p++) page[fill[w->of[p]]++] = p;
    return true;
}

/* Did the page come before the other one? */
static bool came_before(const dl_doc *a, const dl_doc *b)
{
    const dl_arrival x = dl_doc_arrival(a), y = dl_doc_arrival(b);
    return dl_arrival_cmp(&x, &y) < 0;
}

/* First-hand before secondary, then the most central, then the first that came. */
static bool choose_title(work *w, dl_story *s)
{
    double best = -1;
    s->title_page = DL_NONE;
    for (uint32_t i = 0; i < s->n; i++) {
        const uint32_t p = s->page[i];
        const dl_doc *d = dl_page(w->pages, p);
        if (!d || dl_span_len(d->meta->title) == 0) continue;
        double value = (double)w->found->centre[p];
        if (w->lines && w->lines->first_hand[w->lines->line[p]]) value += w->pages->n;
        if (value < best) continue;
        if (value <= best && !came_before(d, dl_page(w->pages, s->title_page))) continue;
        best = value;
        s->title_page = p;
    }
    if (s->title_page == DL_NONE) return true;
    const dl_doc *d = dl_page(w->pages, s->title_page);
    s->title = dl_arena_str(w->keep, dl_doc_str(d, d->meta->title));
    return s->title.p != NULL;
}

/* The story that this one goes on with, if it is among those of the pile; and earlier, as far as all its pages say: when a
 * story was opened, days of the other one were still to come. Reads the days of both. */
static void find_continued(const work *w, uint32_t row)
{
    dl_story *s = &w->story[row];
    const uint32_t number = w->found->continues[w->found->story[s->page[0]]];
    const uint32_t before = number == DL_NONE ? DL_NONE : w->row[number];
    s->continues = DL_NONE;
    if (before == DL_NONE || before == row || s->from == DL_NEVER || w->story[before].from == DL_NEVER) return;
    if (w->story[before].from <= s->from) s->continues = before;
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
    const dl_lines *l = w->lines;
    s->texts = s->lines = s->first_hand = s->n;
    if (!l) return true;
    dl_arena_mark mark = dl_arena_here(&w->scratch);
    uint32_t *v = dl_arena_raw(&w->scratch, (size_t)s->n + 1, sizeof *v), none = 0;
    if (!v) return false;
    s->first_hand = 0;
    for (uint32_t i = 0; i < s->n; i++) v[i] = l->text[s->page[i]];
    if (!distinct(v, s->n, NULL, &s->texts, &none, &w->scratch)) return false;
    for (uint32_t i = 0; i < s->n; i++) v[i] = l->line[s->page[i]];
    if (!distinct(v, s->n, l->first_hand, &s->lines, &s->first_hand, &w->scratch)) return false;
    dl_arena_back(&w->scratch, mark);
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

static bool tell(work *w, dl_stories *out)
{
    if (!number(w) || !gather(w)) return false;
    for (uint32_t s = 0; s < w->n; s++) {
        dl_story *t = &w->story[s];
        if (!choose_title(w, t) || !count_lines(w, t)) return false;
        if (!dl_story_span(t, w->pages, w->lines, w->found->told, &w->scratch)) return false;
    }
    for (uint32_t s = 0; s < w->n; s++) find_continued(w, s);
    *out = (dl_stories){ .n = w->n, .story = w->story, .of = w->of, .order = DL_NEW(w->keep, (size_t)w->n + 1, uint32_t) };
    if (!out->order) return false;
    for (uint32_t s = 0; s < w->n; s++) out->order[s] = s;
    return dl_sort(out->order, w->n, sizeof *out->order, largest, w->story, &w->scratch);
}

bool dl_stories_tell(dl_stories *out, const dl_pages *pages, const dl_lines *lines, const dl_clustered *c, dl_arena *keep)
{
    work w = { .pages = pages, .lines = lines, .found = c, .keep = keep };
    dl_arena_init(&w.scratch, DL_ARENA_MAX);
    const bool ok = tell(&w, out);
    dl_arena_free(&w.scratch);
    return ok;
}
