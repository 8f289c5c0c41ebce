/* span.c: days told, counted by lines. */
#include "stories/span.h"

#include "base/date.h"
#include "base/sort.h"

enum { BEFORE = 7 }; /* days */

struct told {
    int32_t day;
    uint32_t line;
};

static void widen(dl_story *s, int32_t day)
{
    const int64_t from = dl_seconds(day), to = dl_seconds(day + 1);
    if (s->from == DL_NEVER || from < s->from) s->from = from;
    if (s->to == DL_NEVER || to > s->to) s->to = to;
}

/* Is a year printed there: four digits in a row? */
static bool has_year(dl_str s)
{
    unsigned digits = 0;
    for (size_t i = 0; i < s.len && digits < 4; i++) digits = s.p[i] >= '0' && s.p[i] <= '9' ? digits + 1 : 0;
    return digits == 4;
}

static bool is_day(const dl_doc *d, uint32_t i)
{
    const dl_times *t = &d->times;
    return (t->type[i] == DL_DATE || t->type[i] == DL_TIME) && t->from[i] != DL_NEVER && t->grain[i] >= DL_GRAIN_SECOND &&
           t->grain[i] <= DL_GRAIN_DAY;
}

int32_t dl_day_told(const dl_doc *d)
{
    if (!d) return INT32_MIN;
    const int64_t published = d->meta->published;
    for (uint32_t i = 0; i < d->times.n && d->times.sent[i] < DL_TOLD_SENTS; i++) {
        if (!is_day(d, i)) continue;
        const int32_t day = dl_day_of(d->times.from[i]);
        if (published == DL_NEVER ? has_year(dl_doc_text(d, d->times.span[i]))
                                  : day <= dl_day_of(published) && day >= dl_day_of(published) - BEFORE)
            return day;
    }
    return INT32_MIN;
}

static int by_day(const void *x, const void *y, const void *ctx)
{
    const struct told *a = x, *b = y;
    (void)ctx;
    if (a->day != b->day) return a->day < b->day ? -1 : 1;
    return a->line < b->line ? -1 : a->line > b->line;
}

bool dl_story_span(dl_story *s, const dl_pages *pages, const dl_lines *lines, const int32_t *told, dl_arena *scratch)
{
    dl_arena_mark mark = dl_arena_here(scratch);
    struct told *v = dl_arena_raw(scratch, (size_t)s->n + 1, sizeof *v);
    uint32_t n = 0;
    if (!v) return false;
    s->from = s->to = DL_NEVER;
    for (uint32_t i = 0; i < s->n; i++) {
        const uint32_t page = s->page[i];
        const dl_doc *d = dl_page(pages, page);
        if (d && d->meta->published != DL_NEVER) widen(s, dl_day_of(d->meta->published));
        if (told[page] != INT32_MIN) v[n++] = (struct told){ told[page], lines ? lines->line[page] : i };
    }
    if (!dl_sort(v, n, sizeof *v, by_day, NULL, scratch)) return false;
    for (uint32_t i = 0, j; i < n; i = j) {
        uint32_t tell = 1;
        for (j = i + 1; j < n && v[j].day == v[i].day; j++) tell += v[j].line != v[j - 1].line;
        if (tell > 1 || s->lines == 1) widen(s, v[i].day);
    }
    dl_arena_back(scratch, mark);
    return true;
}
