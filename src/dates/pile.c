/* pile.c: what the pages of one matter say of each other's dates.
 *
 * Pages are neighbours when they share names (cosine of weighted name sketches). A page whose date
 * lies far from its neighbours' is repaired only if a small slip explains it (another year, another
 * month, day and month swapped) and the points of judge() reach a bar: independent neighbours, its
 * own weekdays, weekday and day pairs, days printed in full. A page without a date takes one only
 * if a copy has it, or if the latest day that it prints with its weekday lies among its neighbours'
 * days: on pages of known date, looser rules were wrong more often than right. A date given with
 * the page is never moved, one stated by its publisher's system hardly ever. */
#include <math.h>
#include <stdio.h>

#include "base/error.h"
#include "base/limits.h"
#include "base/sort.h"
#include "dates/dates.h"
#include "dates/profile.h"

#define NEAR .15       /* cosine from which pages are of one matter: 99% of others lie below .12 */
#define COPY .5        /* shared wording from which a page is a copy                           */
#define NEIGHBOURS 24u /* the closest ones are heard                                           */
#define POSTINGS 256u  /* names on more pages are not used to find neighbours                  */
#define WINDOW 3       /* days that pages of one matter may lie apart                          */
#define FAR 8          /* days from which a date is out of line                                */
#define BAR 4          /* points from which a date is moved                                    */

typedef struct posting {
    uint32_t name, page;
} posting;

typedef struct crowd {
    uint32_t page[NEIGHBOURS];
    float sim[NEIGHBOURS];
    uint32_t n;
} crowd;

typedef struct vote {
    const dl_pages *pages;
    const dl_models *models;
    dl_arena *arena;
    bool *whole;   /* false: memory was refused                                                  */
    dl_profile *p; /* [n]                                                                        */
    uint32_t n;
    const posting *post; /* [n_post] by name, page                                               */
    size_t n_post;
    float *sum;         /* [n] zero between uses                                                */
    uint32_t *touched;  /* [n]                                                                  */
    const int32_t *day; /* [n] as far as it is settled                                          */
} vote;

/* Where the neighbours' dates agree. */
typedef struct accord {
    int32_t lo, hi;   /* first and last day, DL_NO_DAY: none dated                               */
    uint32_t lines;   /* neighbours dated there that are no copies of one another                */
    uint32_t against; /* neighbours dated elsewhere                                              */
} accord;

static int by_name(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    const posting *x = a, *y = b;
    if (x->name != y->name) return x->name < y->name ? -1 : 1;
    return x->page < y->page ? -1 : x->page > y->page;
}

static double weight(const vote *v, size_t df) { return log(((double)v->n + 30) / (double)df); }

static size_t first_posting(const vote *v, uint32_t name)
{
    size_t lo = 0, hi = v->n_post;
    while (lo < hi) {
        const size_t mid = lo + (hi - lo) / 2;
        if (v->post[mid].name < name)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static size_t df_at(const vote *v, size_t at)
{
    size_t k = at;
    while (k < v->n_post && v->post[k].name == v->post[at].name) k++;
    return k - at;
}

/* Puts a page into the list of the closest, which is sorted: higher first, then lower number. */
static void keep_close(crowd *c, uint32_t page, float sim)
{
    uint32_t at = c->n;
    while (at > 0 && (c->sim[at - 1] < sim || (c->sim[at - 1] == sim && c->page[at - 1] > page))) at--;
    if (at >= NEIGHBOURS) return;
    if (c->n < NEIGHBOURS) c->n++;
    for (uint32_t k = c->n - 1; k > at; k--) c->page[k] = c->page[k - 1], c->sim[k] = c->sim[k - 1];
    c->page[at] = page;
    c->sim[at] = sim;
}

static void neighbours(const vote *v, uint32_t page, crowd *out)
{
    const dl_profile *p = &v->p[page];
    uint32_t n = 0;
    out->n = 0;
    for (uint32_t i = 0; i < p->n_names; i++) {
        const size_t at = first_posting(v, p->name[i]), df = df_at(v, at);
        if (df < 2 || df > POSTINGS) continue;
        const double w = weight(v, df);
        for (size_t k = at; k < at + df; k++) {
            const uint32_t q = v->post[k].page;
            if (v->sum[q] == 0.0f) v->touched[n++] = q;
            v->sum[q] += (float)(w * w);
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t q = v->touched[i];
        const double norm = p->norm * v->p[q].norm, sim = norm > 0 ? v->sum[q] / norm : 0;
        v->sum[q] = 0.0f;
        if (q != page && sim >= NEAR) keep_close(out, q, (float)sim);
    }
}

/* Is the neighbour a copy of one that was counted before it? */
static bool repeated(const vote *v, const crowd *c, uint32_t k, const accord *a)
{
    for (uint32_t i = 0; i < k; i++) {
        const int32_t d = v->day[c->page[i]];
        if (d != DL_NO_DAY && d >= a->lo && d <= a->hi && dl_profile_shared(&v->p[c->page[i]], &v->p[c->page[k]]) >= COPY)
            return true;
    }
    return false;
}

static accord agree(const vote *v, const crowd *c)
{
    accord best = { DL_NO_DAY, DL_NO_DAY, 0, 0 };
    float most = 0;
    int32_t centre = DL_NO_DAY;
    for (uint32_t i = 0; i < c->n; i++) {
        const int32_t d = v->day[c->page[i]];
        float sum = 0;
        for (uint32_t k = 0; d != DL_NO_DAY && k < c->n; k++) {
            const int32_t e = v->day[c->page[k]];
            sum += e != DL_NO_DAY && e - d <= WINDOW && d - e <= WINDOW ? c->sim[k] : 0.0f;
        }
        if (sum > most || (sum == most && sum > 0 && d < centre)) most = sum, centre = d;
    }
    if (centre == DL_NO_DAY) return best;
    for (uint32_t k = 0; k < c->n; k++) {
        const int32_t e = v->day[c->page[k]];
        if (e == DL_NO_DAY) continue;
        if (e - centre > WINDOW || centre - e > WINDOW) {
            best.against++;
            continue;
        }
        best.lo = best.lo == DL_NO_DAY || e < best.lo ? e : best.lo;
        best.hi = best.hi == DL_NO_DAY || e > best.hi ? e : best.hi;
    }
    for (uint32_t k = 0; k < c->n; k++) {
        const int32_t e = v->day[c->page[k]];
        best.lines += e != DL_NO_DAY && e >= best.lo && e <= best.hi && !repeated(v, c, k, &best);
    }
    return best;
}

/* The page with what it says of days. */
static const dl_profile *with_signs(const vote *v, uint32_t page)
{
    dl_profile *p = &v->p[page];
    const dl_doc *d = p->looked ? NULL : dl_page(v->pages, page);
    if (d && !dl_profile_sign(p, d, v->models, v->arena)) {
        p->n_signs = 0;
        *v->whole = false;
    }
    return p;
}

/* Neighbours without a date whose weekday and day pairs fit `day` and not `was`. */
static int silent_support(const vote *v, const crowd *c, int32_t day, int32_t was)
{
    int sum = 0;
    for (uint32_t k = 0; k < c->n; k++) {
        if (v->day[c->page[k]] != DL_NO_DAY) continue;
        const dl_profile *q = with_signs(v, c->page[k]);
        sum += dl_clue_pairs(q->sign, q->n_signs, day) > 0 && dl_clue_pairs(q->sign, q->n_signs, was) <= 0;
    }
    return sum;
}

/* A day that a slip turned into `was`, and how telling it is that it lies among the neighbours'. */
typedef struct slip {
    int32_t day;
    int points;
} slip;

static bool among(const accord *a, int32_t d) { return d >= a->lo - WINDOW && d <= a->hi + WINDOW; }

static slip find_slip(const accord *a, int32_t was)
{
    const dl_civil c = dl_civil_of(was);
    slip best = { DL_NO_DAY, 0 };
    for (int32_t y = dl_civil_of(a->lo - WINDOW).year; y <= dl_civil_of(a->hi + WINDOW).year; y++) {
        if (y != c.year && dl_date_valid(y, c.month, c.day) && among(a, dl_days(y, c.month, c.day)))
            return (slip){ dl_days(y, c.month, c.day), 2 };
        if (c.day <= 12 && dl_date_valid(y, c.day, c.month) && among(a, dl_days(y, c.day, c.month)) && best.points < 2)
            best = (slip){ dl_days(y, c.day, c.month), y == c.year ? 2 : 1 };
        const int turned = c.day % 10 * 10 + c.day / 10; /* 12 for 21 */
        if (y == c.year && turned != c.day && dl_date_valid(y, c.month, turned) && among(a, dl_days(y, c.month, turned)) &&
            !best.points)
            best = (slip){ dl_days(y, c.month, turned), 1 };
        for (int month = 1; month <= 12; month++)
            if (y == c.year && dl_date_valid(y, month, c.day) && among(a, dl_days(y, month, c.day)) && !best.points)
                best = (slip){ dl_days(y, month, c.day), 1 };
    }
    return best;
}

/* The day among the neighbours' that suits the page's weekdays best. */
static int32_t best_day(const dl_profile *p, const accord *a)
{
    int32_t best = a->lo;
    double most = -1e9;
    for (int32_t d = a->lo; d <= a->hi; d++) {
        const double fit = dl_clue_weekdays(p->sign, p->n_signs, d);
        if (fit > most + 1e-9) most = fit, best = d;
    }
    return best;
}

/* Points for moving the page from `was` to `day`. */
static int judge(const vote *v, uint32_t page, const crowd *c, const accord *a, int32_t was, slip s)
{
    const dl_profile *p = &v->p[page];
    int points = s.points + (a->lines >= 2 ? 2 : 0);
    const double gain = dl_clue_weekdays(p->sign, p->n_signs, s.day) - dl_clue_weekdays(p->sign, p->n_signs, was);
    points += gain > 2 && s.points ? 2 : gain > 1 ? 1 : gain < -1 ? -1 : 0;
    points += dl_clue_pairs(p->sign, p->n_signs, was) < 0 && dl_clue_pairs(p->sign, p->n_signs, s.day) > 0 ? 3 : 0;
    points += dl_clue_after(p->sign, p->n_signs, was) && !dl_clue_after(p->sign, p->n_signs, s.day) ? 2 : 0;
    points -= dl_clue_ahead(p->sign, p->n_signs, was) && was < s.day ? 2 : 0;
    if (dl_clue_year(p->sign, p->n_signs, dl_civil_of(was).year) && dl_civil_of(was).year != dl_civil_of(s.day).year) points -= 3;
    for (uint32_t k = 0; k < c->n; k++)
        if (v->day[c->page[k]] != DL_NO_DAY && v->day[c->page[k]] - was <= WINDOW && was - v->day[c->page[k]] <= WINDOW)
            points -= 2; /* somebody else says so too */
    return points - (p->basis == DL_BY_META ? 2 : 0);
}

static void say(dl_redate *out, dl_arena *keep, int32_t was, int32_t day, const accord *a, const char *more)
{
    char text[256], old[11], now[11];
    dl_date_text(now, dl_seconds(day));
    if (was == DL_NO_DAY)
        snprintf(text, sizeof text, "no date is printed; %s %s", more, now);
    else {
        dl_date_text(old, dl_seconds(was));
        snprintf(text, sizeof text, "printed %s, set to %s: %u other %s of the same matter %s%s", old, now, a->lines,
                 a->lines == 1 ? "line" : "lines", a->lines == 1 ? "says so" : "say so", more);
    }
    *out = (dl_redate){
        .published = dl_seconds(day), .basis = DL_BY_STORY, .changed = true, .why = dl_arena_str(keep, dl_str_of(text))
    };
}

/* Repairs a dated page. */
static bool repair(const vote *v, uint32_t page, dl_redate *out, dl_arena *keep)
{
    const dl_profile *p = &v->p[page];
    if (p->day == DL_NO_DAY || p->basis == DL_BY_GIVEN || !p->n_names) return false;
    crowd c;
    neighbours(v, page, &c);
    accord a = agree(v, &c);
    if (a.lo == DL_NO_DAY || (p->day <= a.hi + FAR && p->day >= a.lo - FAR)) return false;
    (void)with_signs(v, page);
    slip s = find_slip(&a, p->day);
    if (s.day == DL_NO_DAY) s = (slip){ best_day(p, &a), 0 };
    a.lines += silent_support(v, &c, s.day, p->day) > 0;
    if (judge(v, page, &c, &a, p->day, s) < BAR) return false;
    const bool pairs = dl_clue_pairs(p->sign, p->n_signs, p->day) < 0;
    say(out, keep, p->day, s.day, &a, pairs ? ", as do its own weekdays and days" : "");
    return true;
}

/* The day of a page without a date that a dated copy has. */
static bool from_copy(const vote *v, uint32_t page, dl_redate *out, dl_arena *keep)
{
    const dl_profile *p = &v->p[page];
    crowd c;
    bool paired;
    neighbours(v, page, &c);
    const accord a = agree(v, &c);
    for (uint32_t k = 0; k < c.n; k++) {
        const int32_t d = v->day[c.page[k]];
        if (d == DL_NO_DAY || d < a.lo || d > a.hi || dl_profile_shared(p, &v->p[c.page[k]]) < COPY) continue;
        (void)with_signs(v, page);
        if (dl_clue_latest(p->sign, p->n_signs, d + 1, d + 30, &paired) != DL_NO_DAY) continue;
        say(out, keep, DL_NO_DAY, d, NULL, "a copy of the same text gives");
        return true;
    }
    return false;
}

/* Finds the day of a page without a date. */
static bool infer(const vote *v, uint32_t page, dl_redate *out, dl_arena *keep)
{
    crowd c;
    neighbours(v, page, &c);
    const accord a = agree(v, &c);
    if (a.lo == DL_NO_DAY) return false;
    bool paired;
    const dl_profile *p = with_signs(v, page);
    const int32_t latest = dl_clue_latest(p->sign, p->n_signs, a.lo - WINDOW, a.hi + WINDOW, &paired);
    if (latest == DL_NO_DAY || !paired || latest < a.lo || latest > a.hi + 1) return false;
    say(out, keep, DL_NO_DAY, latest, &a, "its latest day and the story give");
    return true;
}

/* Postings of all names, and the lengths of the pages' vectors. */
static bool index_names(vote *v, dl_profile *p, dl_arena *a)
{
    size_t n = 0;
    for (uint32_t i = 0; i < v->n; i++) n += p[i].n_names;
    posting *post = dl_arena_raw(a, n ? n : 1, sizeof *post);
    if (!post) return false;
    size_t k = 0;
    for (uint32_t i = 0; i < v->n; i++)
        for (uint32_t j = 0; j < p[i].n_names; j++) post[k++] = (posting){ p[i].name[j], i };
    if (n && !dl_sort(post, n, sizeof *post, by_name, NULL, a)) return false;
    v->post = post;
    v->n_post = n;
    for (size_t i = 0; i < n;) {
        const size_t df = df_at(v, i);
        const double w = weight(v, df);
        for (size_t j = i; j < i + df; j++) p[post[j].page].norm += w * w;
        i += df;
    }
    for (uint32_t i = 0; i < v->n; i++) p[i].norm = sqrt(p[i].norm);
    return true;
}

static bool profiles(dl_profile *p, dl_redate *out, int32_t *day, const dl_pages *pages, const dl_models *m, dl_arena *a)
{
    dl_arena scratch;
    dl_arena_init(&scratch, DL_ARENA_MAX);
    bool fine = true;
    for (uint32_t i = 0; fine && i < pages->n; i++) {
        const dl_doc *d = dl_page(pages, i);
        out[i] = (dl_redate){ .published = DL_NEVER };
        p[i].day = day[i] = DL_NO_DAY;
        if (!d) continue;
        out[i] = (dl_redate){ .published = d->meta->published, .basis = d->meta->basis, .has_time = d->meta->has_time };
        fine = dl_profile_make(&p[i], d, m, a, &scratch);
        p[i].basis = d->meta->basis;
        if (d->meta->published != DL_NEVER) p[i].day = day[i] = dl_day_of(d->meta->published);
    }
    dl_arena_free(&scratch);
    return fine;
}

dl_status dl_dates_pile(dl_redate *out, const dl_pages *pages, const dl_models *m, dl_arena *keep, dl_error *err)
{
    dl_arena a;
    dl_arena_init(&a, DL_ARENA_MAX);
    dl_profile *p = DL_NEW(&a, pages->n + 1u, dl_profile);
    int32_t *day = DL_NEW(&a, pages->n + 1u, int32_t), *lent = DL_NEW(&a, pages->n + 1u, int32_t);
    bool whole = true;
    vote v = { .pages = pages,
               .models = m,
               .arena = &a,
               .whole = &whole,
               .p = p,
               .n = pages->n,
               .day = day,
               .sum = DL_NEW(&a, pages->n + 1u, float),
               .touched = DL_NEW(&a, pages->n + 1u, uint32_t) };
    const bool fine = p && day && lent && v.sum && v.touched && profiles(p, out, day, pages, m, &a) && index_names(&v, p, &a);
    /* A copy's date first, so that undated copies have a voice; said again after the repairs. */
    for (uint32_t i = 0; fine && i < v.n; i++) {
        lent[i] = DL_NO_DAY;
        if (p[i].day == DL_NO_DAY && p[i].n_names && from_copy(&v, i, &out[i], keep)) lent[i] = dl_day_of(out[i].published);
    }
    for (uint32_t i = 0; fine && i < v.n; i++)
        if (lent[i] != DL_NO_DAY) day[i] = lent[i];
    for (uint32_t i = 0; fine && i < v.n; i++) repair(&v, i, &out[i], keep);
    for (uint32_t i = 0; fine && i < v.n; i++)
        if (out[i].changed) day[i] = dl_day_of(out[i].published);
    for (uint32_t i = 0; fine && i < v.n; i++)
        if (p[i].day == DL_NO_DAY && p[i].n_names && !from_copy(&v, i, &out[i], keep)) infer(&v, i, &out[i], keep);
    dl_arena_free(&a);
    return fine && whole && !dl_arena_failed(keep) ? DL_OK : dl_fail_mem(err, "dates");
}
