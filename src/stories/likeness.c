/* likeness.c: terms that both pages have, found by a table of the one. */
#include "stories/likeness.h"

static uint32_t bit_of(uint32_t hash) { return hash * UINT32_C(0x9e3779b1) >> 19; }

static void add_term(dl_probe *p, uint32_t hash, uint32_t place)
{
    const uint32_t bit = bit_of(hash);
    uint32_t i = bit & (DL_PROBE_SLOTS - 1);
    while (p->slot[i] != DL_NO_PLACE) i = (i + 1) & (DL_PROBE_SLOTS - 1);
    p->slot[i] = (uint8_t)place;
    p->bits[bit / 64] |= UINT64_C(1) << bit % 64;
}

void dl_probe_make(dl_probe *p, const dl_vector *v)
{
    _Static_assert(2 * DL_VECTOR_TERMS < DL_PROBE_SLOTS && DL_VECTOR_TERMS < DL_NO_PLACE, "a free slot ends each search");
    memset(p, 0, sizeof *p);
    memset(p->slot, DL_NO_PLACE, sizeof p->slot);
    p->v = v;
    for (uint32_t i = 0; i < v->bag[DL_BAG_ALL].n; i++) add_term(p, v->bag[DL_BAG_ALL].hash[i], i);
    for (int k = 0; k < DL_PARTS; k++) {
        const dl_part *part = &v->part[k];
        for (uint32_t i = 0; i < part->n; i++) {
            p->weight[k][part->place[i]] = part->weight[i];
            p->squares[k] += (uint64_t)part->weight[i] * part->weight[i];
        }
    }
}

static uint32_t place_of(const dl_probe *p, uint32_t hash)
{
    const uint32_t *own = p->v->bag[DL_BAG_ALL].hash;
    uint32_t i = bit_of(hash) & (DL_PROBE_SLOTS - 1);
    while (p->slot[i] != DL_NO_PLACE && own[p->slot[i]] != hash) i = (i + 1) & (DL_PROBE_SLOTS - 1);
    return p->slot[i];
}

/* The terms of a bag that may be in the probe, without a branch that nothing could foretell. Returns how many. */
static uint32_t sift(const dl_probe *p, const dl_bag *all, uint8_t at[DL_VECTOR_TERMS])
{
    uint32_t n = 0;
    for (uint32_t k = 0; k < all->n; k++) {
        const uint32_t bit = bit_of(all->hash[k]);
        at[n] = (uint8_t)k;
        n += p->bits[bit / 64] >> bit % 64 & 1;
    }
    return n;
}

static double scaled(uint64_t products) { return (double)products / (DL_WEIGHT_ONE * DL_WEIGHT_ONE); }

double dl_probe_share(dl_shared *out, const dl_probe *p, const dl_bag *all)
{
    const uint16_t *own = p->v->bag[DL_BAG_ALL].weight;
    uint8_t at[DL_VECTOR_TERMS] = { 0 }; /* sift fills what is read, which the analyser does not follow */
    uint64_t sum = 0;
    out->n = 0;
    memset(out->to, DL_NO_PLACE, all->n);
    for (uint32_t i = 0, n = sift(p, all, at); i < n; i++) {
        const uint32_t place = place_of(p, all->hash[at[i]]);
        if (place == DL_NO_PLACE) continue;
        sum += (uint32_t)own[place] * all->weight[at[i]];
        out->to[at[i]] = (uint8_t)place;
        out->own[out->n++] = (uint8_t)place;
    }
    return scaled(sum);
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
    return scaled(sum);
}

static void liken_part(dl_likeness *out, int k, const dl_probe *p, const dl_shared *s, const dl_part *part)
{
    uint64_t dot = 0, covered = 0, squares = 0, own = 0;
    for (uint32_t i = 0; i < part->n; i++) {
        const uint32_t w = part->weight[i], place = s->to[part->place[i]];
        squares += (uint64_t)w * w;
        if (place == DL_NO_PLACE) continue;
        covered += (uint64_t)w * w;
        dot += (uint64_t)w * p->weight[k][place];
    }
    for (uint32_t i = 0; i < s->n; i++) own += (uint64_t)p->weight[k][s->own[i]] * p->weight[k][s->own[i]];
    const double x = squares ? (double)covered / (double)squares : 0, y = p->squares[k] ? (double)own / (double)p->squares[k] : 0;
    out->part[k] = scaled(dot);
    out->covered[k][0] = x < y ? x : y;
    out->covered[k][1] = x < y ? y : x;
}

void dl_probe_liken(dl_likeness *out, const dl_probe *p, const dl_vector *v, const dl_shared *shared, double cosine)
{
    out->bag[DL_BAG_ALL] = cosine < 1 ? cosine : 1;
    for (int k = DL_BAG_ALL + 1; k < DL_BAGS; k++) out->bag[k] = dl_bag_dot(&v->bag[k], &p->v->bag[k]);
    for (int k = 0; k < DL_PARTS; k++) liken_part(out, k, p, shared, &v->part[k]);
}
