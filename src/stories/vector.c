/* vector.c: counting and weighing terms. */
#include "stories/vector.h"

#include <assert.h>
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
        if (!put(&k->c[DL_BAG_TITLE], body->hash[i], 1, k->a) || !put(&k->c[DL_BAG_ALL], body->hash[i], 1, k->a)) return false;
    }
    return true;
}

bool dl_vector_count(dl_vector *out, const dl_sheet *s, const dl_furniture *furniture, const dl_calendar *calendar,
                     dl_arena *keep, dl_arena *scratch)
{
    counters k = { .a = scratch };
    dl_words title = dl_sheet_title_words(s), body = dl_sheet_words(s), t = { 0 }, b = { 0 };
    if (!drop(&t, &title, furniture, s, true, scratch) || !drop(&b, &body, furniture, s, false, scratch)) return false;
    *out = (dl_vector){ .published = s->published, .words = b.n, .told = dl_calendar_read(calendar, &body, s->published) };
    if (!count_words(&k, &t, true) || !count_words(&k, &b, false) || (!title.n && !count_heading(&k, &b))) return false;
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

static bool is_heavier(const dl_term *a, const dl_term *b)
{
    return a->weight > b->weight || (a->weight >= b->weight && a->hash < b->hash);
}

/* Lets the term at `i` of a heap, the lightest at its root, sink to its place. */
static void sink(dl_term *heap, uint32_t n, uint32_t i)
{
    const dl_term t = heap[i];
    for (uint32_t k; (k = 2 * i + 1) < n; i = k) {
        if (k + 1 < n && is_heavier(&heap[k], &heap[k + 1])) k++;
        if (!is_heavier(&t, &heap[k])) break;
        heap[i] = heap[k];
    }
    heap[i] = t;
}

uint32_t dl_bag_heaviest(const dl_bag *b, dl_term *out, uint32_t most)
{
    const uint32_t n = b->n < most ? b->n : most;
    if (!n) return 0;
    memcpy(out, b->term, n * sizeof *out);
    for (uint32_t i = n / 2; i-- > 0;) sink(out, n, i);
    for (uint32_t i = n; i < b->n; i++) {
        if (!is_heavier(&b->term[i], &out[0])) continue;
        out[0] = b->term[i];
        sink(out, n, 0);
    }
    for (uint32_t left = n; left > 1; left--) { /* the lightest to the end */
        const dl_term t = out[0];
        out[0] = out[left - 1];
        out[left - 1] = t;
        sink(out, left - 1, 0);
    }
    return n;
}

/* Leaves the heaviest terms, in their order. */
static void lighten(dl_bag *b, dl_term *term)
{
    dl_term heavy[TERMS_MAX];
    uint32_t n = 0;
    if (b->n <= TERMS_MAX) return;
    dl_bag_heaviest(b, heavy, TERMS_MAX);
    const dl_term *last = &heavy[TERMS_MAX - 1];
    for (uint32_t i = 0; i < b->n; i++) {
        if (!is_heavier(last, &term[i])) term[n++] = term[i];
    }
    b->n = n;
}

void dl_vector_weigh(dl_vector *v, const dl_frequency *f)
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
        if (kind == DL_BAG_ALL) lighten(b, term);
    }
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

static uint32_t bit_of(uint32_t hash) { return hash * UINT32_C(0x9e3779b1) >> 19; }

void dl_probe_make(dl_probe *p, const dl_bag *all)
{
    assert(2 * all->n < DL_PROBE_SLOTS);
    memset(p->bits, 0, sizeof p->bits);
    for (uint32_t i = 0; i < DL_PROBE_SLOTS; i++) p->slot[i].weight = -1;
    for (uint32_t k = 0; k < all->n; k++) {
        const uint32_t bit = bit_of(all->term[k].hash);
        uint32_t i = bit & (DL_PROBE_SLOTS - 1);
        while (p->slot[i].weight >= 0) i = (i + 1) & (DL_PROBE_SLOTS - 1);
        p->slot[i] = all->term[k];
        p->bits[bit / 64] |= UINT64_C(1) << bit % 64;
    }
}

/* The slot of a term; DL_NONE: the bag of the probe does not have it. */
static uint32_t slot_of(const dl_probe *p, uint32_t hash)
{
    const uint32_t bit = bit_of(hash);
    if (!(p->bits[bit / 64] >> bit % 64 & 1)) return DL_NONE;
    for (uint32_t i = bit & (DL_PROBE_SLOTS - 1); p->slot[i].weight >= 0; i = (i + 1) & (DL_PROBE_SLOTS - 1)) {
        if (p->slot[i].hash == hash) return i;
    }
    return DL_NONE;
}

double dl_probe_dot(const dl_probe *p, const dl_bag *b)
{
    double sum = 0;
    for (uint32_t k = 0; k < b->n; k++) {
        const uint32_t i = slot_of(p, b->term[k].hash);
        if (i != DL_NONE) sum += (double)p->slot[i].weight * b->term[k].weight;
    }
    return sum;
}
