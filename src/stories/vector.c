/* vector.c: counting and weighing terms. */
#include "stories/vector.h"

#include <math.h>

#include "base/sort.h"

enum {
    LEDE_WORDS = 60, /* words of the body that count as its lede                                  */
    TERMS_MAX = 160, /* terms of the `all` bag                                                    */
};

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

static bool close_bag(dl_bag *out, counter *c, dl_arena *keep, dl_arena *scratch)
{
    if (!dl_sort_u32(c->hash, c->n, scratch)) return false;
    uint32_t n = 0;
    for (size_t i = 0; i < c->n; i++) n += !i || c->hash[i] != c->hash[i - 1];
    dl_term *t = dl_arena_raw(keep, n ? n : 1, sizeof *t);
    if (!t) return false;
    n = 0;
    for (size_t i = 0; i < c->n; i++) {
        if (i && c->hash[i] == c->hash[i - 1])
            t[n - 1].weight += 1;
        else
            t[n++] = (dl_term){ c->hash[i], 1 };
    }
    *out = (dl_bag){ n, t };
    return true;
}

typedef struct counters {
    counter c[DL_BAGS];
    dl_arena *a;
} counters;

static bool count_words(counters *k, const dl_words *w, bool title)
{
    uint32_t body = 0;
    for (uint32_t i = 0; i < w->n; i++) {
        uint8_t f = w->flags[i];
        bool number = f & DL_WORD_NUMBER;
        bool head = title || body < LEDE_WORDS;
        body++;
        if (!put(&k->c[DL_BAG_ALL], w->hash[i], title ? 2 : 1, k->a)) return false;
        if (head && !put(&k->c[DL_BAG_HEAD], w->hash[i], 1, k->a)) return false;
        if (title && !put(&k->c[DL_BAG_TITLE], w->hash[i], 1, k->a)) return false;
        if (i + 1 < w->n && (f & DL_WORD_UPPER) && (w->flags[i + 1] & DL_WORD_UPPER) &&
            !(w->flags[i + 1] & (DL_WORD_SENT | DL_WORD_LINE)) && !title) {
            uint32_t two[2] = { w->hash[i], w->hash[i + 1] };
            if (!put(&k->c[DL_BAG_PAIRS], dl_shingle(two, 2), 1, k->a)) return false;
        }
        if ((f & DL_WORD_UPPER) && !(f & (DL_WORD_SENT | DL_WORD_LINE)) && !title &&
            !put(&k->c[DL_BAG_NAMES], w->hash[i], 1, k->a))
            return false;
        if (number && i + 1 < w->n) {
            uint32_t two[2] = { w->hash[i], w->hash[i + 1] };
            if (!put(&k->c[DL_BAG_NUMBERS], dl_shingle(two, 2), 1, k->a)) return false;
        }
    }
    return true;
}

/* Room for w's words without those of furniture. */
static bool drop(dl_words *out, const dl_words *w, const dl_furniture *f, bool title, dl_arena *a)
{
    out->hash = dl_arena_raw(a, (size_t)w->n + 1, sizeof *out->hash);
    out->flags = dl_arena_raw(a, (size_t)w->n + 1, sizeof *out->flags);
    if (!out->hash || !out->flags) return false;
    dl_furniture_drop(f, out, w, title);
    return true;
}

bool dl_vector_count(dl_vector *out, const dl_sheet *s, const dl_furniture *furniture, dl_arena *keep, dl_arena *scratch)
{
    counters k = { .a = scratch };
    dl_words title = dl_sheet_title_words(s), body = dl_sheet_words(s), t = { 0 }, b = { 0 };
    if (!drop(&t, &title, furniture, true, scratch) || !drop(&b, &body, furniture, false, scratch)) return false;
    *out = (dl_vector){ .published = s->published, .words = b.n };
    if (!count_words(&k, &t, true) || !count_words(&k, &b, false)) return false;
    for (int i = 0; i < DL_BAGS; i++) {
        if (!close_bag(&out->bag[i], &k.c[i], keep, scratch)) return false;
    }
    return true;
}

/* The `all` bag has the words of the others; numbers and pairs are terms of their own. */
uint32_t dl_vector_terms(const dl_vector *v, uint32_t *out)
{
    static const dl_bag_kind counted[] = { DL_BAG_ALL, DL_BAG_NUMBERS, DL_BAG_PAIRS };
    uint32_t n = 0;
    for (size_t k = 0; k < DL_COUNT(counted); k++) {
        for (uint32_t i = 0; i < v->bag[counted[k]].n; i++) out[n++] = v->bag[counted[k]].term[i].hash;
    }
    return n;
}

/* ---- Weights ---------------------------------------------------------------------------------- */

static int heaviest(const void *x, const void *y, const void *ctx)
{
    const dl_term *a = x, *b = y;
    (void)ctx;
    if (a->weight > b->weight || a->weight < b->weight) return a->weight > b->weight ? -1 : 1;
    return a->hash < b->hash ? -1 : a->hash > b->hash;
}

static int by_hash(const void *x, const void *y, const void *ctx)
{
    const dl_term *a = x, *b = y;
    (void)ctx;
    return a->hash < b->hash ? -1 : a->hash > b->hash;
}

bool dl_vector_weigh(dl_vector *v, const dl_frequency *f, dl_arena *scratch)
{
    for (int kind = 0; kind < DL_BAGS; kind++) {
        dl_bag *b = &v->bag[kind];
        dl_term *term = (dl_term *)b->term; /* made by dl_vector_count, not yet shared */
        double sum = 0;
        for (uint32_t i = 0; i < b->n; i++) {
            term[i].weight = (float)((1 + log((double)term[i].weight)) * dl_frequency_idf(f, term[i].hash));
            sum += (double)term[i].weight * term[i].weight;
        }
        float scale = sum > 0 ? (float)(1 / sqrt(sum)) : 0;
        for (uint32_t i = 0; i < b->n; i++) term[i].weight *= scale;
        if (kind != DL_BAG_ALL || b->n <= TERMS_MAX) continue;
        if (!dl_sort(term, b->n, sizeof *term, heaviest, NULL, scratch)) return false;
        b->n = TERMS_MAX;
        if (!dl_sort(term, b->n, sizeof *term, by_hash, NULL, scratch)) return false;
    }
    return true;
}

double dl_bag_dot(const dl_bag *a, const dl_bag *b)
{
    uint32_t i = 0, j = 0;
    double sum = 0;
    while (i < a->n && j < b->n) {
        if (a->term[i].hash < b->term[j].hash)
            i++;
        else if (a->term[i].hash > b->term[j].hash)
            j++;
        else
            sum += (double)a->term[i++].weight * b->term[j++].weight;
    }
    return sum;
}

double dl_bag_covered(const dl_bag *a, const dl_bag *b)
{
    uint32_t i = 0, j = 0;
    double sum = 0, all = 0;
    while (i < a->n) {
        double w = (double)a->term[i].weight * a->term[i].weight;
        while (j < b->n && b->term[j].hash < a->term[i].hash) j++;
        if (j < b->n && b->term[j].hash == a->term[i].hash) sum += w;
        all += w;
        i++;
    }
    return all > 0 ? sum / all : 0;
}
