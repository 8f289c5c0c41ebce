/* vector.c: counting and weighing terms. */
#include "stories/vector.h"

#include <math.h>

#include "base/sort.h"

enum {
    LEDE_WORDS = 60, /* words of the body that count as its lede                                  */
    TERMS_MAX = 160, /* terms of the `all` bag                                                    */
    BODY_MAX = 4000, /* words; what stands behind them tells little of the matter                  */
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
    if (!dl_sort(c->hash, c->n, sizeof *c->hash, dl_by_u32, NULL, scratch)) return false;
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
    for (uint32_t i = 0; i < w->n && i < BODY_MAX; i++) {
        uint8_t f = w->flags[i];
        bool number = f & DL_WORD_NUMBER;
        if (dl_span_len(w->span[i]) < 2 && !number) continue;
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

bool dl_vector_count(dl_vector *out, const dl_doc *d, const dl_furniture *furniture, dl_arena *keep, dl_arena *scratch)
{
    counters k = { .a = scratch };
    *out = (dl_vector){ .published = DL_NEVER };
    if (d) {
        dl_words title, body;
        dl_str headline = dl_doc_str(d, d->meta->title), text = dl_doc_body(d);
        dl_words_of(&title, headline, scratch);
        dl_words_of(&body, text, scratch);
        if (dl_arena_failed(scratch)) return false;
        if (furniture) {
            dl_furniture_drop(furniture, &title, headline, true);
            dl_furniture_drop(furniture, &body, text, false);
        }
        out->published = d->meta->published;
        out->words = body.n;
        if (!count_words(&k, &title, true) || !count_words(&k, &body, false)) return false;
    }
    for (int i = 0; i < DL_BAGS; i++) {
        if (!close_bag(&out->bag[i], &k.c[i], keep, scratch)) return false;
    }
    return true;
}

/* ---- Frequencies over the pile ---------------------------------------------------------------- */

bool dl_pile_terms_make(dl_pile_terms *out, const dl_vector *v, uint32_t n, const dl_models *m, dl_arena *keep, dl_arena *scratch)
{
    size_t all = 0, at = 0;
    dl_arena_mark mark = dl_arena_here(scratch);
    for (uint32_t p = 0; p < n; p++) all += v[p].bag[DL_BAG_ALL].n + v[p].bag[DL_BAG_NUMBERS].n + v[p].bag[DL_BAG_PAIRS].n;
    uint32_t *h = dl_arena_raw(scratch, all + 1, sizeof *h);
    if (!h) return false;
    for (uint32_t p = 0; p < n; p++) {
        for (int kind = DL_BAG_ALL; kind < DL_BAGS; kind = kind == DL_BAG_ALL ? DL_BAG_NUMBERS : kind + 1) {
            for (uint32_t i = 0; i < v[p].bag[kind].n; i++) h[at++] = v[p].bag[kind].term[i].hash;
        }
    }
    if (!dl_sort(h, all, sizeof *h, dl_by_u32, NULL, scratch)) return false;
    uint32_t terms = 0;
    for (size_t i = 0; i < all; i++) terms += !i || h[i] != h[i - 1];
    uint32_t *hash = dl_arena_raw(keep, terms + 1, sizeof *hash), *df = dl_arena_raw(keep, terms + 1, sizeof *df);
    if (!hash || !df) return false;
    uint32_t k = 0;
    for (size_t i = 0; i < all; i++) {
        if (i && h[i] == h[i - 1])
            df[k - 1]++;
        else {
            hash[k] = h[i];
            df[k++] = 1;
        }
    }
    *out = (dl_pile_terms){ dl_background_open(m), hash, df, terms, n };
    dl_arena_back(scratch, mark);
    return true;
}

static double pile_df(const dl_pile_terms *t, uint32_t hash)
{
    uint32_t i = dl_find_u32(t->hash, t->n, hash);
    return i < t->n && t->hash[i] == hash ? t->df[i] : 1;
}

/* The pile's pages count PILE times: they are what the page is to be told from. */
static double idf(const dl_pile_terms *t, uint32_t hash)
{
    const double PILE = 4;
    double docs = t->background.documents + PILE * t->pages;
    double df = dl_background_df(&t->background, hash) + PILE * (pile_df(t, hash) - 1);
    return df < docs ? log(docs / df) : 0;
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

bool dl_vector_weigh(dl_vector *v, const dl_pile_terms *t, dl_arena *scratch)
{
    for (int kind = 0; kind < DL_BAGS; kind++) {
        dl_bag *b = &v->bag[kind];
        dl_term *term = (dl_term *)b->term; /* made by dl_vector_count, not yet shared */
        double sum = 0;
        for (uint32_t i = 0; i < b->n; i++) {
            term[i].weight = (float)((1 + log((double)term[i].weight)) * idf(t, term[i].hash));
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
