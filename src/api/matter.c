/* matter.c: what belongs to one story. */
#include "api/matter.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/sort.h"

typedef struct index { /* over all stories, made once */
    uint32_t *event_base, *happening_of;
} index;

static bool index_events(index *x, const dl_view *v, dl_arena *a)
{
    uint32_t n = v->pages->n, events = 0;
    x->event_base = DL_NEW(a, n + 1, uint32_t);
    if (!x->event_base) return false;
    for (uint32_t i = 0; i < n; i++) {
        const dl_doc *d = dl_page(v->pages, i);
        x->event_base[i] = events;
        events += d ? d->events.n : 0;
    }
    x->event_base[n] = events;
    x->happening_of = dl_arena_raw(a, events + 1, sizeof *x->happening_of);
    if (!x->happening_of) return false;
    memset(x->happening_of, 0xFF, (events + 1) * sizeof *x->happening_of);
    for (uint32_t h = 0; h < v->events->n; h++)
        for (uint32_t i = 0; i < v->events->row[h].n_reports; i++) {
            dl_report r = v->events->row[h].report[i];
            x->happening_of[x->event_base[r.page] + r.event] = h;
        }
    return true;
}

/* The happenings of a story, from its pages' events; each once, ascending. */
static bool happenings_of(dl_matter *m, const index *x, dl_arena *keep)
{
    uint32_t total = 0, n = 0, once = 0;
    for (uint32_t i = 0; i < m->n; i++) total += x->event_base[m->page[i] + 1] - x->event_base[m->page[i]];
    uint32_t *rows = DL_NEW(keep, total + 1, uint32_t);
    if (!rows) return false;
    for (uint32_t i = 0; i < m->n; i++)
        for (uint32_t e = x->event_base[m->page[i]]; e < x->event_base[m->page[i] + 1]; e++)
            if (x->happening_of[e] != DL_NONE) rows[n++] = x->happening_of[e];
    if (!dl_sort(rows, n, sizeof *rows, dl_by_u32, NULL, keep)) return false;
    for (uint32_t i = 0; i < n; i++)
        if (!once || rows[once - 1] != rows[i]) rows[once++] = rows[i];
    m->happening = rows;
    m->n_happenings = once;
    return true;
}

static dl_status tell(const dl_view *v, const index *x, uint32_t row, dl_story_fn *fn, void *ctx, dl_error *err)
{
    const dl_story *s = &v->stories->story[row];
    dl_told_story t = { .row = row, .story = s };
    dl_arena keep;
    dl_arena_init(&keep, DL_ARENA_MAX);
    t.matter = (dl_matter){ .pages = v->pages,
                            .page = s->page,
                            .n = s->n,
                            .lines = &v->copies->lines,
                            .actors = v->actors,
                            .events = v->events,
                            .event_base = x->event_base,
                            .happening_of = x->happening_of,
                            .models = v->models };
    dl_status st = happenings_of(&t.matter, x, &keep) ? DL_OK : dl_fail_mem(err, "story");
    if (!st) st = dl_claims_find(&t.claims, &t.matter, &keep, err);
    if (!st) st = dl_disagreements_find(&t.disagreements, &t.matter, &t.claims, &keep, err);
    if (!st) st = fn(ctx, &t, &keep, err);
    dl_arena_free(&keep);
    return st;
}

dl_status dl_each_story(const dl_view *v, dl_story_fn *fn, void *ctx, dl_error *err)
{
    index x = { 0 };
    dl_arena work;
    dl_arena_init(&work, DL_ARENA_MAX);
    dl_status st = index_events(&x, v, &work) ? DL_OK : dl_fail_mem(err, "story");
    for (uint32_t i = 0; !st && i < v->stories->n; i++) {
        uint32_t row = v->stories->order[i];
        if (v->story == DL_NONE || v->story == row) st = tell(v, &x, row, fn, ctx, err);
    }
    dl_arena_free(&work);
    return st;
}

dl_status dl_story_asked(uint32_t *row, uint32_t number, uint32_t n, dl_error *err)
{
    if (number > n)
        return dl_fail(err, DL_EUSAGE, "story", DL_NO_OFFSET, "there is no story %u, only %u", (unsigned)number, (unsigned)n);
    *row = number ? number - 1 : DL_NONE;
    return DL_OK;
}
