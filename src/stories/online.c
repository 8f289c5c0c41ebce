/* online.c: pages come, are compared and joined, and leave the window. */
#include "stories/online.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/sort.h"

enum { CELL = 8 };

const char *const dl_change_words[DL_CHANGES] = { "opens", "joins", "moves", "put-out", "merges" };

dl_status dl_online_open(dl_online *out, const dl_models *m, const dl_online_set *set, dl_error *err)
{
    *out = (dl_online){ .set = set ? *set : (dl_online_set){ 0 }, .free = DL_NONE, .free_later = DL_NONE };
    if (!out->set.days) {
        out->set.days = DL_ONLINE_DAYS;
        out->least = DL_ONLINE_LEAST;
    }
    if (!out->set.pages) out->set.pages = DL_ONLINE_PAGES;
    dl_frequency_init(&out->frequency, m);
    dl_calendar_make(&out->calendar, m);
    dl_postings_init(&out->postings);
    dl_tape_init(&out->page, sizeof(dl_online_page), 17);
    dl_tape_init(&out->ties, sizeof(dl_online_ties), 12);
    dl_tape_init(&out->cell, CELL, 18);
    dl_tape_init(&out->link, sizeof(dl_near), 15);
    dl_tape_init(&out->later, sizeof(dl_online_later), 12);
    dl_tape_init(&out->change, sizeof(dl_change), 12);
    dl_clock_init(&out->clock);
    dl_arena_init(&out->scratch, DL_ARENA_MAX);
    return dl_link_open(&out->model, m, err);
}

void dl_online_close(dl_online *s)
{
    dl_frequency_free(&s->frequency);
    dl_furniture_free(&s->furniture);
    dl_postings_free(&s->postings);
    dl_tape_free(&s->page);
    dl_tape_free(&s->ties);
    dl_tape_free(&s->cell);
    dl_tape_free(&s->link);
    dl_tape_free(&s->later);
    dl_tape_free(&s->change);
    free(s->story);
    dl_arena_free(&s->scratch);
    *s = (dl_online){ 0 };
}

/* Of bags, and of parts. */
static uint32_t terms_of(const dl_online_terms *t, uint32_t *parts)
{
    uint32_t bags = 0;
    *parts = 0;
    for (int k = 0; k < DL_BAGS; k++) bags += t->n[k];
    for (int k = 0; k < DL_PARTS; k++) *parts += t->n_part[k];
    return bags;
}

uint32_t dl_online_cells(const dl_online_terms *t)
{
    uint32_t parts, bags = terms_of(t, &parts);
    return (uint32_t)((sizeof *t + 6 * (size_t)bags + 3 * (size_t)parts + CELL - 1) / CELL);
}

dl_vector dl_online_vector(const dl_online *s, uint32_t page)
{
    const dl_online_page *p = dl_online_at(s, page);
    const dl_online_terms *t = dl_tape_at(&s->cell, p->cells);
    dl_vector v = { .day = p->day, .told = t->told, .words = t->words };
    uint32_t parts, bags = terms_of(t, &parts);
    const uint32_t *hash = (const uint32_t *)(t + 1);
    const uint16_t *weight = (const uint16_t *)(hash + bags);
    const uint8_t *place = (const uint8_t *)(weight + bags + parts);
    for (int k = 0; k < DL_BAGS; k++) {
        v.bag[k] = (dl_bag){ t->n[k], hash, weight };
        hash += t->n[k];
        weight += t->n[k];
    }
    for (int k = 0; k < DL_PARTS; k++) {
        v.part[k] = (dl_part){ t->n_part[k], place, weight };
        place += t->n_part[k];
        weight += t->n_part[k];
    }
    return v;
}

void dl_online_links(const dl_online *s, uint32_t page, dl_online_see_fn *see, void *ctx)
{
    enum { LATER = 128 };
    const dl_online_ties *p = dl_online_ties_of(s, page);
    const dl_near *link = p->n_links ? dl_tape_at(&s->link, p->links) : NULL;
    unsigned n = 0;
    for (uint32_t i = 0; i < p->n_links; i++) {
        if (link[i].page >= s->page.lo) see(ctx, link[i].page, (double)link[i].p);
    }
    for (uint32_t row = p->later; row != DL_NONE;) {
        const dl_online_later *t = dl_tape_at(&s->later, row);
        for (uint32_t i = t->n; i-- > 0; n++) {
            if (n == LATER) return;
            see(ctx, t->link[i].page, (double)t->link[i].p);
        }
        row = t->before;
    }
}

typedef struct centre {
    const dl_online *s;
    uint32_t story;
    double sum;
} centre;

static void add_inner(void *ctx, uint32_t other, double p)
{
    centre *c = ctx;
    if (dl_online_at(c->s, other)->story == c->story) c->sum += p;
}

double dl_online_centre(const dl_online *s, uint32_t page)
{
    centre c = { s, dl_online_at(s, page)->story, 0 };
    dl_online_links(s, page, add_inner, &c);
    return c.sum;
}

/* ---- Who leaves -------------------------------------------------------------------------------- */

/* Where the clock goes back, pages that came since have come now. */
static void see_day(dl_online *s, int64_t published)
{
    if (published == DL_NEVER) return;
    const int32_t before = s->clock.now;
    dl_clock_see(&s->clock, dl_day_of(published));
    for (uint64_t p = s->page.hi; s->clock.now < before && p-- > s->page.lo;) {
        dl_online_ties *t = dl_online_ties_of(s, (uint32_t)p);
        if (t->came <= s->clock.now) return;
        t->came = s->clock.now;
    }
}

static bool is_old(const dl_online *s)
{
    const uint64_t n = s->page.hi - s->page.lo;
    if (!n || n >= s->set.pages) return n != 0;
    if (n <= s->least) return false;
    int32_t came = dl_online_ties_of(s, (uint32_t)s->page.lo)->came, now = s->clock.now;
    if (came == DL_CLOCK_UNSET) came = s->clock.dawn; /* it came before the clock went */
    return now != DL_CLOCK_UNSET && (int64_t)now - came > s->set.days;
}

static void free_later(dl_online *s, uint32_t row)
{
    while (row != DL_NONE) {
        dl_online_later *t = dl_tape_at(&s->later, row);
        const uint32_t before = t->before;
        *t = (dl_online_later){ .before = s->free_later };
        s->free_later = row;
        row = before;
    }
}

static bool expire(dl_online *s)
{
    bool any = false;
    while (is_old(s)) {
        uint32_t first = (uint32_t)s->page.lo;
        const dl_online_page *p = dl_online_at(s, first);
        const dl_online_ties *t = dl_online_ties_of(s, first);
        if (s->set.leaves && !s->set.leaves(s->set.ctx, first, s->story[p->story].number)) return false;
        dl_online_leave(s, first);
        const uint64_t cells = p->cells + dl_online_cells(dl_tape_at(&s->cell, p->cells)), links = t->links + t->n_links;
        const uint32_t later = t->later;
        dl_tape_drop(&s->page, (uint64_t)first + 1);
        dl_tape_drop(&s->ties, (uint64_t)first + 1);
        dl_tape_drop(&s->cell, cells);
        dl_tape_drop(&s->link, links);
        free_later(s, later);
        any = true;
    }
    uint64_t gone = s->page.lo - s->swept, left = s->page.hi - s->page.lo;
    if (!any || gone <= left / 2 + 1024) return true;
    s->swept = (uint32_t)s->page.lo;
    return dl_postings_sweep(&s->postings, s->swept);
}

/* ---- A page comes -------------------------------------------------------------------------------- */

static bool make_vector(dl_online *s, dl_vector *v, const dl_sheet *sheet)
{
    dl_tallies c;
    uint32_t n;
    if (!dl_tallies_make(&c, sheet, &s->furniture, &s->calendar, &s->scratch)) return false;
    const uint32_t *term = dl_tallies_terms(&c, &n, &s->scratch);
    return term && dl_frequency_count(&s->frequency, term, n) && dl_vector_weigh(v, &c, &s->frequency, &s->scratch);
}

static void copy(void *to, const void *from, size_t n)
{
    if (n) memcpy(to, from, n);
}

/* The latest page's. */
static bool keep_terms(dl_online *s, const dl_vector *v)
{
    const uint32_t page = dl_online_pages(s) - 1;
    dl_online_terms t = { .told = v->told, .words = v->words };
    for (int k = 0; k < DL_BAGS; k++) t.n[k] = (uint16_t)v->bag[k].n;
    for (int k = 0; k < DL_PARTS; k++) t.n_part[k] = (uint16_t)v->part[k].n;
    dl_online_terms *at = dl_tape_add(&s->cell, dl_online_cells(&t), &dl_online_at(s, page)->cells);
    if (!at) return false;
    *at = t;
    const dl_vector to = dl_online_vector(s, page); /* room for it, so far empty */
    for (int k = 0; k < DL_BAGS; k++) {
        copy((uint32_t *)to.bag[k].hash, v->bag[k].hash, v->bag[k].n * sizeof *v->bag[k].hash);
        copy((uint16_t *)to.bag[k].weight, v->bag[k].weight, v->bag[k].n * sizeof *v->bag[k].weight);
    }
    for (int k = 0; k < DL_PARTS; k++) {
        copy((uint8_t *)to.part[k].place, v->part[k].place, v->part[k].n);
        copy((uint16_t *)to.part[k].weight, v->part[k].weight, v->part[k].n * sizeof *v->part[k].weight);
    }
    return true;
}

static uint32_t new_later(dl_online *s, uint32_t before)
{
    uint32_t row = s->free_later;
    uint64_t at = row;
    if (row == DL_NONE && (s->later.hi >= DL_NONE || !dl_tape_add(&s->later, 1, &at))) return DL_NONE;
    dl_online_later *t = dl_tape_at(&s->later, at);
    if (row != DL_NONE) s->free_later = t->before;
    t->before = before;
    return (uint32_t)at;
}

/* Links both ways. */
static bool keep_links(dl_online *s, uint32_t page, dl_online_ties *p, const dl_near *near, uint32_t n)
{
    dl_near *link = dl_tape_add(&s->link, n, &p->links);
    if (!link) return false;
    if (n) memcpy(link, near, n * sizeof *link);
    p->n_links = n;
    for (uint32_t i = 0; i < n; i++) {
        dl_online_ties *to = dl_online_ties_of(s, near[i].page);
        dl_online_later *t = to->later != DL_NONE ? dl_tape_at(&s->later, to->later) : NULL;
        if (!t || t->n == DL_LATER_LINKS) {
            const uint32_t row = new_later(s, to->later);
            if (row == DL_NONE) return false;
            t = dl_tape_at(&s->later, to->later = row);
        }
        t->link[t->n++] = (dl_near){ page, near[i].p };
    }
    return true;
}

static bool same_story(const void *ctx, uint32_t a, uint32_t b)
{
    const dl_online *s = ctx;
    if (s->set.same) return s->set.same(s->set.ctx, a, b);
    return dl_online_has(s, a) && dl_online_has(s, b) && dl_online_at(s, a)->story == dl_online_at(s, b)->story;
}

/* Up to DL_NEAR_ASKED. */
static uint32_t heaviest(dl_term *out, const dl_bag *all)
{
    dl_term t[DL_VECTOR_TERMS];
    for (uint32_t i = 0; i < all->n; i++) t[i] = (dl_term){ all->hash[i], all->weight[i] };
    const uint32_t n = dl_terms_heaviest(t, all->n, DL_NEAR_ASKED);
    copy(out, t, n * sizeof *t);
    return n;
}

static bool add(dl_online *s, const dl_sheet *sheet)
{
    dl_vector v;
    dl_near near[DL_NEAR_MAX];
    dl_term heavy[DL_NEAR_ASKED];
    uint32_t n = 0, number = dl_online_pages(s);
    uint64_t at;
    see_day(s, sheet->published);
    if (!expire(s) || !make_vector(s, &v, sheet)) return false;
    const uint32_t n_heavy = heaviest(heavy, &v.bag[DL_BAG_ALL]);
    if (!dl_online_near(s, &v, heavy, n_heavy, near, &n)) return false;
    dl_online_page *p = dl_tape_add(&s->page, 1, &at);
    dl_online_ties *t = p ? dl_tape_add(&s->ties, 1, &at) : NULL;
    if (!t) return false;
    *p = (dl_online_page){ .story = DL_NONE, .day = v.day };
    *t = (dl_online_ties){ .came = s->clock.now, .later = DL_NONE };
    if (!keep_terms(s, &v) || !keep_links(s, number, t, near, n)) return false;
    for (uint32_t i = 0; i < n_heavy; i++) {
        if (!dl_postings_add(&s->postings, heavy[i].hash, number, heavy[i].weight / DL_WEIGHT_ONE)) return false;
    }
    return dl_online_join(s, number) && dl_furniture_count(&s->furniture, sheet, number, same_story, s);
}

dl_status dl_online_add(dl_online *s, const dl_sheet *page, dl_error *err)
{
    if (dl_online_pages(s) == DL_NONE - 1)
        return dl_fail(err, DL_ELIMIT, "stories", DL_NO_OFFSET, "too many pages for one stream");
    bool ok = add(s, page);
    dl_arena_reset(&s->scratch);
    return ok ? DL_OK : dl_fail_mem(err, "stories");
}
