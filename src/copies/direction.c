/* direction.c: which of two copies came first. Nothing proves it; signs vote, each of them a
 * difference between the two pages: whoever copies cuts off the end, loses the headline, gains menus
 * and remains of markup, and replaces common words by rarer ones. */
#include "base/date.h"
#include "base/sort.h"
#include "card/background.h"
#include "copies/pair.h"

#include <math.h>

/* What one side has outside the passages, in words. */
typedef struct outside {
    double prose;  /* in lines of a reporter                                                     */
    double menu;   /* in headings, teasers, menus                                                */
    double before; /* prose in front of the first passage                                        */
    double after;  /* prose behind the last one                                                  */
    double markup; /* remains of markup: words of entities and tags                               */
    double matter; /* rare words of the prose                                                     */
    double fits;   /* of these, in the passages or the headline too                               */
    double alien;  /* prose that is of another matter, counted as menu                             */
} outside;

static const double SIBLINGS = 1.5; /* votes below which two printings of a wire are siblings       */

static bool measure(outside *out, const dl_side *s, const dl_alignment *al, bool first, dl_arena *scratch)
{
    uint8_t *in = dl_arena_get(scratch, (size_t)s->n + 1, 1);
    *out = (outside){ 0 };
    if (!in) return false;
    uint32_t beg = s->n, end = 0;
    for (uint32_t r = 0; r < al->n; r++) {
        uint32_t x = first ? al->run[r].a_beg : al->run[r].b_beg, y = first ? al->run[r].a_end : al->run[r].b_end;
        memset(in + x, 1, y - x);
        if (x < beg) beg = x;
        if (y > end) end = y;
    }
    for (uint32_t i = 0; i < s->n; i++) {
        if (in[i]) continue;
        if (s->all.flags[s->row[i]] & DL_WORD_HEADING) {
            out->menu++;
            continue;
        }
        out->prose++;
        out->before += i < beg;
        out->after += i >= end;
    }
    out->markup = s->card->markup;
    return true;
}

/* A report's own lede speaks of what its other paragraphs and its headline speak of; one that was put
 * in front of another's report does so less. */
static bool measure_fit(outside *out, const dl_side *s, const dl_alignment *al, bool first, const dl_background *bg,
                        dl_arena *scratch)
{
    const double COMMON = .05; /* share of documents from which a word tells nothing */
    uint8_t *in = dl_arena_get(scratch, (size_t)s->n + 1, 1);
    uint32_t *v = dl_arena_raw(scratch, (size_t)s->n + s->card->n_title + 1, sizeof *v), n = 0;
    if (!in || !v) return false;
    for (uint32_t r = 0; r < al->n; r++) {
        uint32_t x = first ? al->run[r].a_beg : al->run[r].b_beg, y = first ? al->run[r].a_end : al->run[r].b_end;
        memset(in + x, 1, y - x);
        memcpy(v + n, s->word + x, (y - x) * sizeof *v);
        n += y - x;
    }
    if (s->card->n_title) memcpy(v + n, s->card->title, s->card->n_title * sizeof *v);
    n += s->card->n_title;
    if (!dl_sort_u32(v, n, scratch)) return false;
    for (uint32_t i = 0; i < s->n; i++) {
        if (in[i] || (s->all.flags[s->row[i]] & DL_WORD_HEADING)) continue;
        if (bg->df[dl_side_level(s, i, bg)] > COMMON * bg->documents) continue;
        out->matter++;
        out->fits += dl_has_u32(v, n, s->word[i]);
    }
    return true;
}

/* Logarithm of how much likelier the rare words are in a lede of the report's own, where a quarter of
 * them come again, than in one from elsewhere, where one in twenty does. */
static double evidence_of_fit(const outside *o)
{
    const double OWN = .25, ALIEN = .05, MOST = 3;
    double v = o->fits * log(OWN / ALIEN) + (o->matter - o->fits) * log((1 - OWN) / (1 - ALIEN));
    return fmax(-MOST, fmin(MOST, v));
}

static double part(double x, double of) { return of > 0 ? x / of : 0; }
static double bounded(double x, double most) { return x > most ? most : x < -most ? -most : x; }
static double step(double x, double from) { return x > from ? 1 : x < -from ? -1 : 0; }

/* A page that holds all of the other, with prose in front of it whose rare words hardly come again in
 * what is shared: that is what a site sets around its texts, and was gained. */
static void set_alien_apart(outside *o, const outside *other, uint32_t other_n)
{
    const double LEAST = 8, SHARE = .1, WHOLE = .1, FRONT = .2;
    if (o->matter < LEAST || o->fits >= SHARE * o->matter) return;
    if (other->prose > WHOLE * other_n || o->before < FRONT * o->prose) return;
    o->alien = o->prose;
    o->menu += o->prose;
    o->prose = o->before = o->after = 0;
}

/* Words that stand for one another, up to three between two pairs of equal words: a copy has the rarer
 * ones. By the mean logarithm of the ratio of their frequencies, and by its sum. */
static bool replaced(double *out, const dl_compared *c, const dl_side *a, const dl_side *b, const dl_background *bg,
                     dl_arena *scratch)
{
    enum { MOST = 3 };
    uint32_t *mate = dl_arena_raw(scratch, (size_t)a->n + 1, sizeof *mate), n = 0;
    double sum = 0;
    if (!mate) return false;
    memset(mate, 0xff, ((size_t)a->n + 1) * sizeof *mate);
    for (uint32_t r = 0; r < c->al.n; r++) {
        const dl_run *run = &c->al.run[r];
        dl_align_mates(mate, NULL, a->word, b->word, run);
        for (uint32_t i = run->a_beg + 1, j; i < run->a_end; i = j + 1) {
            for (j = i; j < run->a_end && mate[j] == DL_NONE;) j++;
            uint32_t x = mate[i - 1], y = j < run->a_end ? mate[j] : DL_NONE;
            if (j == i || j - i > MOST || x == DL_NONE || y == DL_NONE || y <= x + 1 || y - x - 1 > MOST) continue;
            double least_a = 1e9, least_b = 1e9;
            for (uint32_t k = i; k < j; k++) least_a = fmin(least_a, bg->df[dl_side_level(a, k, bg)]);
            for (uint32_t k = x + 1; k < y; k++) least_b = fmin(least_b, bg->df[dl_side_level(b, k, bg)]);
            sum += log(least_a / least_b);
            n++;
        }
    }
    *out = .8 * bounded(n ? sum / n : 0, 1) + 1.75 * bounded(sum / 10, 2);
    return true;
}

static double sign_of_dates(const dl_side *a, const dl_side *b)
{
    int64_t x = a->card->published, y = b->card->published;
    if (x == DL_NEVER || y == DL_NEVER) return 0;
    int32_t apart = dl_day_of(y) - dl_day_of(x);
    if (apart) return apart > 0 ? 1 : -1;
    if (!a->card->has_time || !b->card->has_time || x == y) return 0;
    return x < y ? .5 : -.5;
}

/* Votes of the signs; positive: a came first. Logistic regression on 846 made copies, rounded (fits:
 * the best of six weights on the same). Dates and credits are not in it, as those copies have none of
 * their own; they outweigh what the texts look like. */
static void weigh(double v[DL_SIGNS], const outside *oa, const outside *ob, const dl_side *a, const dl_side *b, dl_credit credit)
{
    double before = part(ob->before, b->n) - part(oa->before, a->n), after = part(oa->after, a->n) - part(ob->after, b->n);
    double menu = part(ob->menu, b->n) - part(oa->menu, a->n);
    v[DL_SIGN_CREDIT] = 4 * (credit.b - credit.a);
    v[DL_SIGN_DATE] = 3 * sign_of_dates(a, b);
    v[DL_SIGN_TITLE] = 1.7 * ((a->card->n_title > 0) - (b->card->n_title > 0));
    v[DL_SIGN_PROSE] = 1.5 * (part(oa->prose, a->n) - part(ob->prose, b->n));
    v[DL_SIGN_BEFORE] = .5 * before + 1.1 * step(before, .02);
    v[DL_SIGN_AFTER] = .8 * after + 1.4 * step(after, .05);
    v[DL_SIGN_MENU] = .7 * menu + 2.1 * step(menu, .05);
    v[DL_SIGN_MARKUP] = 1.4 * bounded(log1p(ob->markup) - log1p(oa->markup), 3);
    v[DL_SIGN_LENGTH] = 1.1 * log((a->n - oa->alien + 1) / (b->n - ob->alien + 1));
    v[DL_SIGN_FITS] = oa->matter > 0 && ob->matter > 0 ? .8 * (evidence_of_fit(oa) - evidence_of_fit(ob)) : 0;
}

bool dl_pair_direction(dl_pair *out, const dl_compared *c, const dl_side *a, const dl_side *b, const dl_background *bg,
                       dl_credit credit, dl_arena *scratch)
{
    const double SPEAKS = .4; /* a vote from which a sign is told as a reason */
    outside oa, ob;
    double v[DL_SIGNS], sum = 0;
    if (!measure(&oa, a, &c->al, true, scratch) || !measure(&ob, b, &c->al, false, scratch)) return false;
    if (oa.prose > 0 && !measure_fit(&oa, a, &c->al, true, bg, scratch)) return false;
    if (ob.prose > 0 && !measure_fit(&ob, b, &c->al, false, bg, scratch)) return false;
    const outside before = oa;
    set_alien_apart(&oa, &ob, b->n);
    set_alien_apart(&ob, &before, a->n);
    weigh(v, &oa, &ob, a, b, credit);
    if (!replaced(&v[DL_SIGN_RARE], c, a, b, bg, scratch)) return false;
    for (int i = 0; i < DL_SIGNS; i++) sum += v[i];
    out->signs = 0;
    for (int i = 0; i < DL_SIGNS; i++) {
        if ((sum < 0 ? -v[i] : v[i]) >= SPEAKS) out->signs |= (uint16_t)(1U << i);
    }
    out->direction = sum < 0 ? DL_B_TO_A : DL_A_TO_B; /* nothing tells them apart: the order of the pile does */
    /* Two papers that print one wire have it from the wire, unless something says otherwise. */
    if (credit.wire && fabs(sum) < SIBLINGS) out->direction = DL_SIBLINGS;
    return true;
}
