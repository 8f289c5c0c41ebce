/* vector.c: counting and weighing terms. */
#include "stories/vector.h"

#include <math.h>

#include "base/sort.h"

enum { LEDE_WORDS = 60 }; /* words of the body that count as its lede                                  */

/* Words of a page as they come. Of a word: ONCE times how often it counts, and bits of the parts in which it stands. */
typedef struct counter {
    dl_keyed *word;          /* hash and that                                                      */
    uint32_t *number, *pair; /* hashes of two words each                                           */
    uint32_t words, numbers, pairs;
} counter;

enum { ONCE = 1 << DL_PARTS };

static bool make_counter(counter *c, size_t words, dl_arena *a)
{
    *c = (counter){ .word = dl_arena_raw(a, words + 1, sizeof *c->word),
                    .number = dl_arena_raw(a, words + 1, sizeof *c->number),
                    .pair = dl_arena_raw(a, words + 1, sizeof *c->pair) };
    return c->word && c->number && c->pair;
}

static void count_word(counter *c, const dl_words *w, uint32_t i, bool title)
{
    const uint8_t f = w->flags[i], next = i + 1 < w->n ? w->flags[i + 1] : DL_WORD_LINE, begins = DL_WORD_SENT | DL_WORD_LINE;
    const bool head = title || i < LEDE_WORDS, within = !title && (f & DL_WORD_UPPER), name = within && !(f & begins);
    const uint32_t parts = (uint32_t)head << DL_PART_HEAD | (uint32_t)title << DL_PART_TITLE | (uint32_t)name << DL_PART_NAMES;
    c->word[c->words++] = (dl_keyed){ w->hash[i], (title ? 2 * ONCE : ONCE) | parts };
    if (within && (next & DL_WORD_UPPER) && !(next & begins)) c->pair[c->pairs++] = dl_shingle(&w->hash[i], 2);
    if ((f & DL_WORD_NUMBER) && i + 1 < w->n) c->number[c->numbers++] = dl_shingle(&w->hash[i], 2);
}

/* A first line like a heading is the headline of a page that has none: its words count once more. */
static void count_heading(counter *c, const dl_words *body)
{
    enum { HEADING_WORDS = 25 };
    uint32_t n = body->n ? 1 : 0;
    if (!n || !(body->flags[0] & DL_WORD_HEADING)) return;
    while (n < body->n && !(body->flags[n] & DL_WORD_LINE)) n++;
    for (uint32_t i = 0; i < n && n < HEADING_WORDS; i++)
        c->word[c->words++] = (dl_keyed){ body->hash[i], ONCE | 1 << DL_PART_TITLE };
}

static bool close_tally(dl_tally *out, uint32_t *hash, uint32_t all, dl_arena *a)
{
    uint32_t n = 0, *times = dl_arena_raw(a, (size_t)all + 1, sizeof *times);
    if (!times || !dl_sort_u32(hash, all, a)) return false;
    for (uint32_t i = 0; i < all; i++) {
        if (!n || hash[i] != hash[n - 1]) {
            hash[n] = hash[i];
            times[n++] = 0;
        }
        times[n - 1]++;
    }
    *out = (dl_tally){ n, hash, times };
    return true;
}

/* The words: the bag of all, and its parts. */
static bool close_words(dl_tallies *out, const counter *c, dl_arena *a)
{
    dl_tally *all = &out->bag[DL_BAG_ALL];
    const size_t room = (size_t)c->words + 1;
    *all = (dl_tally){ 0, dl_arena_raw(a, room, sizeof *all->hash), dl_arena_raw(a, room, sizeof *all->times) };
    bool ok = all->hash && all->times && dl_sort_keyed(c->word, c->words, a);
    for (int k = 0; k < DL_PARTS; k++) ok = (out->part[k] = DL_NEW(a, room, uint32_t)) && ok;
    for (uint32_t i = 0; ok && i < c->words; i++) {
        const dl_keyed w = c->word[i];
        if (!all->n || all->hash[all->n - 1] != w.key) {
            all->hash[all->n] = w.key;
            all->times[all->n++] = 0;
        }
        all->times[all->n - 1] += w.value / ONCE;
        for (int k = 0; k < DL_PARTS; k++) out->part[k][all->n - 1] += w.value >> k & 1;
    }
    return ok;
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

bool dl_tallies_make(dl_tallies *out, const dl_sheet *s, const dl_furniture *furniture, const dl_calendar *calendar, dl_arena *a)
{
    counter c;
    dl_words title = dl_sheet_title_words(s), body = dl_sheet_words(s), t = { 0 }, b = { 0 };
    if (!drop(&t, &title, furniture, s, true, a) || !drop(&b, &body, furniture, s, false, a)) return false;
    *out = (dl_tallies){ .day = s->published != DL_NEVER ? dl_day_of(s->published) : DL_DAY_UNKNOWN,
                         .words = b.n,
                         .told = dl_calendar_read(calendar, &body, s->published) };
    if (!make_counter(&c, (size_t)t.n + 2 * (size_t)b.n, a)) return false;
    for (uint32_t i = 0; i < t.n; i++) count_word(&c, &t, i, true);
    for (uint32_t i = 0; i < b.n; i++) count_word(&c, &b, i, false);
    if (!title.n) count_heading(&c, &b);
    return close_words(out, &c, a) && close_tally(&out->bag[DL_BAG_NUMBERS], c.number, c.numbers, a) &&
           close_tally(&out->bag[DL_BAG_PAIRS], c.pair, c.pairs, a);
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

/* Weights of a bag or part of length 1; times[n] and idf[n] of its terms, times 0: not in it. False: no memory. */
static bool weigh(uint16_t **out, const uint32_t *times, const double *idf, uint32_t n, dl_arena *a)
{
    double sum = 0, *w = dl_arena_raw(a, (size_t)n + 1, sizeof *w);
    *out = dl_arena_raw(a, (size_t)n + 1, sizeof **out);
    if (!w || !*out) return false;
    for (uint32_t i = 0; i < n; i++) {
        w[i] = times[i] > 1 ? (1 + log((double)times[i])) * idf[i] : times[i] ? idf[i] : 0;
        sum += w[i] * w[i];
    }
    const double scale = sum > 0 ? DL_WEIGHT_ONE / sqrt(sum) : 0;
    for (uint32_t i = 0; i < n; i++) (*out)[i] = (uint16_t)(w[i] * scale + .5);
    return true;
}

static bool weigh_bag(dl_bag *out, const dl_tally *c, double *idf, const dl_frequency *f, dl_arena *a)
{
    uint16_t *weight;
    for (uint32_t i = 0; i < c->n; i++) idf[i] = dl_frequency_idf(f, c->hash[i]);
    if (!weigh(&weight, c->times, idf, c->n, a)) return false;
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

/* times[n], idf[n] and place[n] are those of the bag of all before it was lightened. */
static bool weigh_part(dl_part *out, const uint32_t *times, const double *idf, const uint8_t *place, uint32_t n, dl_arena *a)
{
    uint32_t kept = 0;
    uint16_t *weight;
    uint8_t *to = dl_arena_raw(a, (size_t)n + 1, sizeof *to);
    if (!to || !weigh(&weight, times, idf, n, a)) return false;
    for (uint32_t i = 0; i < n; i++) {
        if (!times[i] || place[i] == DL_VECTOR_TERMS) continue;
        to[kept] = place[i];
        weight[kept++] = weight[i];
    }
    *out = (dl_part){ kept, to, weight };
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
    for (int k = 0; ok && k < DL_PARTS; k++) ok = weigh_part(&out->part[k], c->part[k], idf, place, all->n, a);
    return ok;
}

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
