/* vector.c: counting and weighing terms. */
#include "stories/vector.h"

#include <math.h>

#include "base/sort.h"

enum { LEDE_WORDS = 60 }; /* words of the body that count as its lede                                  */

typedef struct counter {
    uint32_t *hash; /* [cap] one entry an occurrence                                            */
    size_t n, cap;
} counter;

static bool put(counter *c, uint32_t hash, unsigned times, dl_arena *a)
{
    for (unsigned i = 0; i < times; i++) {
        if (!DL_ROOM(a, c->hash, c->n, c->cap)) return false;
        c->hash[c->n++] = hash;
    }
    return true;
}

static bool close_count(dl_tally *out, counter *c, dl_arena *a)
{
    if (!dl_sort_u32(c->hash, c->n, a)) return false;
    uint32_t n = 0;
    uint32_t *times = dl_arena_raw(a, c->n + 1, sizeof *times);
    if (!times) return false;
    for (size_t i = 0; i < c->n; i++) {
        if (i && c->hash[i] == c->hash[n - 1]) {
            times[n - 1]++;
        } else {
            c->hash[n] = c->hash[i];
            times[n++] = 1;
        }
    }
    *out = (dl_tally){ n, c->hash, times };
    return true;
}

typedef struct counters {
    counter bag[DL_BAGS], part[DL_PARTS];
    dl_arena *a;
} counters;

static bool put_two(counters *k, dl_bag_kind bag, const uint32_t *hash)
{
    return put(&k->bag[bag], dl_shingle(hash, 2), 1, k->a);
}

static bool count_word(counters *k, const dl_words *w, uint32_t i, bool title)
{
    const uint8_t f = w->flags[i], next = i + 1 < w->n ? w->flags[i + 1] : DL_WORD_LINE;
    const bool within = !title && (f & DL_WORD_UPPER), begins = f & (DL_WORD_SENT | DL_WORD_LINE);
    if (!put(&k->bag[DL_BAG_ALL], w->hash[i], title ? 2 : 1, k->a)) return false;
    if ((title || i < LEDE_WORDS) && !put(&k->part[DL_PART_HEAD], w->hash[i], 1, k->a)) return false;
    if (title && !put(&k->part[DL_PART_TITLE], w->hash[i], 1, k->a)) return false;
    if (within && (next & DL_WORD_UPPER) && !(next & (DL_WORD_SENT | DL_WORD_LINE)) && !put_two(k, DL_BAG_PAIRS, &w->hash[i]))
        return false;
    if (within && !begins && !put(&k->part[DL_PART_NAMES], w->hash[i], 1, k->a)) return false;
    return !(f & DL_WORD_NUMBER) || i + 1 >= w->n || put_two(k, DL_BAG_NUMBERS, &w->hash[i]);
}

static bool count_words(counters *k, const dl_words *w, bool title)
{
    for (uint32_t i = 0; i < w->n; i++) {
        if (!count_word(k, w, i, title)) return false;
    }
    return true;
}

/* Room for w's words without those of furniture. */
static bool drop(dl_words *out, const dl_words *w, const dl_furniture *f, const dl_sheet *s, bool title, dl_arena *a)
{
    out->hash = dl_arena_raw(a, (size_t)w->n + 1, sizeof *out->hash);
    out->flags = dl_arena_raw(a, (size_t)w->n + 1, sizeof *out->flags);
    if (!out->hash || !out->flags) return false;
    dl_furniture_drop(f, out, w, s, title);
    return true;
}

/* A first line like a heading is the headline of a page that has none: its words count once more. */
static bool count_heading(counters *k, const dl_words *body)
{
    enum { HEADING_WORDS = 25 };
    uint32_t n = body->n ? 1 : 0;
    if (!n || !(body->flags[0] & DL_WORD_HEADING)) return true;
    while (n < body->n && !(body->flags[n] & DL_WORD_LINE)) n++;
    for (uint32_t i = 0; i < n && n < HEADING_WORDS; i++) {
        if (!put(&k->part[DL_PART_TITLE], body->hash[i], 1, k->a) || !put(&k->bag[DL_BAG_ALL], body->hash[i], 1, k->a))
            return false;
    }
    return true;
}

bool dl_tallies_make(dl_tallies *out, const dl_sheet *s, const dl_furniture *furniture, const dl_calendar *calendar, dl_arena *a)
{
    counters k = { .a = a };
    dl_words title = dl_sheet_title_words(s), body = dl_sheet_words(s), t = { 0 }, b = { 0 };
    if (!drop(&t, &title, furniture, s, true, a) || !drop(&b, &body, furniture, s, false, a)) return false;
    *out = (dl_tallies){ .day = s->published != DL_NEVER ? dl_day_of(s->published) : DL_DAY_UNKNOWN,
                         .words = b.n,
                         .told = dl_calendar_read(calendar, &body, s->published) };
    if (!count_words(&k, &t, true) || !count_words(&k, &b, false) || (!title.n && !count_heading(&k, &b))) return false;
    bool ok = true;
    for (int i = 0; ok && i < DL_BAGS; i++) ok = close_count(&out->bag[i], &k.bag[i], a);
    for (int i = 0; ok && i < DL_PARTS; i++) ok = close_count(&out->part[i], &k.part[i], a);
    return ok;
}

const uint32_t *dl_tallies_terms(const dl_tallies *c, uint32_t *n, dl_arena *a)
{
    size_t room = 1;
    *n = 0;
    for (int k = 0; k < DL_BAGS; k++) room += c->bag[k].n;
    uint32_t *out = dl_arena_raw(a, room, sizeof *out);
    for (int k = 0; out && k < DL_BAGS; k++) {
        if (c->bag[k].n) memcpy(out + *n, c->bag[k].hash, c->bag[k].n * sizeof *out);
        *n += c->bag[k].n;
    }
    return out;
}

/* ---- Weights ---------------------------------------------------------------------------------- */

/* Weights of a bag or part of length 1; idf[n] of its terms. False: no memory. */
static bool weigh(uint16_t **out, const dl_tally *c, const double *idf, dl_arena *a)
{
    double sum = 0, *w = dl_arena_raw(a, (size_t)c->n + 1, sizeof *w);
    *out = dl_arena_raw(a, (size_t)c->n + 1, sizeof **out);
    if (!w || !*out) return false;
    for (uint32_t i = 0; i < c->n; i++) {
        w[i] = c->times[i] > 1 ? (1 + log((double)c->times[i])) * idf[i] : idf[i];
        sum += w[i] * w[i];
    }
    const double scale = sum > 0 ? DL_WEIGHT_ONE / sqrt(sum) : 0;
    for (uint32_t i = 0; i < c->n; i++) (*out)[i] = (uint16_t)(w[i] * scale + .5);
    return true;
}

static bool weigh_bag(dl_bag *out, const dl_tally *c, double *idf, const dl_frequency *f, dl_arena *a)
{
    uint16_t *weight;
    for (uint32_t i = 0; i < c->n; i++) idf[i] = dl_frequency_idf(f, c->hash[i]);
    if (!weigh(&weight, c, idf, a)) return false;
    *out = (dl_bag){ c->n, c->hash, weight };
    return true;
}

/* The weight of which `most` terms are heavier at most, and how many of those that have just it stay. */
static uint32_t least_weight(const dl_bag *b, uint32_t most, uint32_t *stay)
{
    uint32_t count[256] = { 0 }, left = most, high = 256, low = 256;
    for (uint32_t i = 0; i < b->n; i++) count[b->weight[i] >> 8]++;
    while (count[--high] <= left && high) left -= count[high];
    memset(count, 0, sizeof count);
    for (uint32_t i = 0; i < b->n; i++) count[b->weight[i] & 255] += b->weight[i] >> 8 == high;
    while (count[--low] <= left && low) left -= count[low];
    *stay = left;
    return high << 8 | low;
}

/* Leaves the heaviest terms, of equal ones those that come first; place[n] is where each went, or DL_VECTOR_TERMS. */
static bool lighten(dl_bag *b, uint8_t *place, dl_arena *a)
{
    uint32_t *hash = dl_arena_raw(a, DL_VECTOR_TERMS, sizeof *hash), n = 0, stay = b->n, least = 0;
    uint16_t *weight = dl_arena_raw(a, DL_VECTOR_TERMS, sizeof *weight);
    if (!hash || !weight) return false;
    if (b->n > DL_VECTOR_TERMS) least = least_weight(b, DL_VECTOR_TERMS, &stay);
    for (uint32_t i = 0; i < b->n; i++) {
        place[i] = DL_VECTOR_TERMS;
        if (b->weight[i] < least || (b->weight[i] == least && !stay)) continue;
        stay -= b->weight[i] == least;
        place[i] = (uint8_t)n;
        hash[n] = b->hash[i];
        weight[n++] = b->weight[i];
    }
    *b = (dl_bag){ n, hash, weight };
    return true;
}

/* `all`, idf and place: of the bag before it was lightened. */
static bool weigh_part(dl_part *out, const dl_tally *c, const dl_tally *all, const double *idf, const uint8_t *place, dl_arena *a)
{
    double *own = dl_arena_raw(a, (size_t)c->n + 1, sizeof *own);
    uint8_t *to = dl_arena_raw(a, (size_t)c->n + 1, sizeof *to);
    uint16_t *weight;
    if (!own || !to) return false;
    for (uint32_t i = 0, j = 0; i < c->n; i++) {
        while (all->hash[j] != c->hash[i]) j++;
        own[i] = idf[j];
        to[i] = place[j];
    }
    if (!weigh(&weight, c, own, a)) return false;
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->n; i++) {
        if (to[i] == DL_VECTOR_TERMS) continue;
        to[n] = to[i];
        weight[n++] = weight[i];
    }
    *out = (dl_part){ n, to, weight };
    return true;
}

bool dl_vector_weigh(dl_vector *out, const dl_tallies *c, const dl_frequency *f, dl_arena *a)
{
    const dl_tally *all = &c->bag[DL_BAG_ALL];
    size_t most = 1;
    for (int k = 0; k < DL_BAGS; k++) most += c->bag[k].n;
    double *idf = dl_arena_raw(a, most, sizeof *idf), *rest = idf + all->n;
    uint8_t *place = dl_arena_raw(a, (size_t)all->n + 1, sizeof *place);
    *out = (dl_vector){ .day = c->day, .told = c->told, .words = c->words };
    if (!idf || !place) return false;
    if (!weigh_bag(&out->bag[DL_BAG_ALL], all, idf, f, a) || !lighten(&out->bag[DL_BAG_ALL], place, a)) return false;
    bool ok = true;
    for (int k = DL_BAG_ALL + 1; ok && k < DL_BAGS; k++) ok = weigh_bag(&out->bag[k], &c->bag[k], rest, f, a);
    for (int k = 0; ok && k < DL_PARTS; k++) ok = weigh_part(&out->part[k], &c->part[k], all, idf, place, a);
    return ok;
}

/* ---- Comparing -------------------------------------------------------------------------------- */

static bool is_heavier(const dl_term *a, const dl_term *b)
{
    return a->weight > b->weight || (a->weight == b->weight && a->hash < b->hash);
}

uint32_t dl_terms_heaviest(dl_term *t, uint32_t n, uint32_t most)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n && most; i++) {
        const dl_term x = t[i];
        uint32_t k = kept;
        if (kept == most && !is_heavier(&x, &t[--k])) continue;
        for (; k > 0 && is_heavier(&x, &t[k - 1]); k--) t[k] = t[k - 1];
        t[k] = x;
        if (kept < most) kept++;
    }
    return kept;
}

double dl_bag_dot(const dl_bag *a, const dl_bag *b)
{
    uint32_t i = 0, j = 0;
    uint64_t sum = 0;
    while (i < a->n && j < b->n) {
        const uint32_t x = a->hash[i], y = b->hash[j];
        if (x == y) sum += (uint32_t)a->weight[i] * b->weight[j];
        i += x <= y;
        j += y <= x;
    }
    return (double)sum / (DL_WEIGHT_ONE * DL_WEIGHT_ONE);
}
