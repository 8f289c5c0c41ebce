/* bins.c: quantiles of columns, and the bins of their values. */
#include "learn/bins.h"

#include <float.h>

#define DIGIT 11 /* bits of a pass of the radix sort: three passes are a float                   */

typedef struct sorter {
    size_t n;
    uint32_t *key, *spare; /* [n] values as numbers of the same order                            */
    float *value;          /* [n] the column                                                     */
    float *distinct;       /* [n] values that occur, ascending                                   */
    uint32_t *count;       /* [n] how often                                                      */
} sorter;

/* Every threshold is finite, so values beyond the finite ones may stand at its ends; NaN is the lowest. */
static float tame(float v) { return v > -FLT_MAX ? (v < FLT_MAX ? v : FLT_MAX) : -FLT_MAX; }

/* A number of the same order as the float; 0 and -0 are one. */
static uint32_t key_of(float v)
{
    uint32_t bits;
    v += 0.0f;
    memcpy(&bits, &v, sizeof bits);
    return bits >> 31 ? ~bits : bits | UINT32_C(1) << 31;
}

static float value_of(uint32_t key)
{
    uint32_t bits = key >> 31 ? key & ~(UINT32_C(1) << 31) : ~key;
    float v;
    memcpy(&v, &bits, sizeof v);
    return v;
}

static void sort_keys(sorter *s)
{
    for (unsigned shift = 0; shift < 32; shift += DIGIT) {
        uint32_t at[1 << DIGIT] = { 0 }, sum = 0;
        for (size_t i = 0; i < s->n; i++) at[s->key[i] >> shift & ((1 << DIGIT) - 1)]++;
        for (size_t d = 0; d < DL_COUNT(at); d++) {
            uint32_t here = at[d];
            at[d] = sum;
            sum += here;
        }
        for (size_t i = 0; i < s->n; i++) s->spare[at[s->key[i] >> shift & ((1 << DIGIT) - 1)]++] = s->key[i];
        uint32_t *swap = s->key;
        s->key = s->spare;
        s->spare = swap;
    }
}

/* The values of the sorted column, each once; how many. */
static size_t distinct(sorter *s)
{
    size_t k = 0;
    for (size_t i = 0; i < s->n; i++) {
        if (i == 0 || s->key[i] != s->key[i - 1]) {
            s->distinct[k] = value_of(s->key[i]);
            s->count[k++] = 0;
        }
        s->count[k - 1]++;
    }
    return k;
}

/* Between a and b, a <= cut < b. */
static float midway(float a, float b)
{
    float m = (float)(((double)a + (double)b) / 2);
    return m < b ? m : a;
}

/* Cuts for k distinct values in more rows than bins would hold evenly: a value with more rows than its share has a bin of its own, the
 * others share what is left (Ke et al., "LightGBM", 2017, in its GreedyFindBin). Returns how many cuts. */
static uint32_t share_out(const sorter *s, size_t k, uint32_t bins, float *cut)
{
    const double even = (double)s->n / bins;
    double rows = (double)s->n, left = bins;
    for (size_t i = 0; i < k; i++)
        if (s->count[i] >= even) {
            rows -= s->count[i];
            left--;
        }
    double share = left > 0 ? rows / left : rows, held = 0;
    uint32_t cuts = 0;
    for (size_t i = 0; i + 1 < k && cuts + 1 < bins; i++) {
        const bool big = s->count[i] >= even, before_big = s->count[i + 1] >= even;
        if (!big) rows -= s->count[i];
        held += s->count[i];
        if (!big && held < share && !(before_big && held >= share / 2)) continue;
        cut[cuts++] = midway(s->distinct[i], s->distinct[i + 1]);
        held = 0;
        if (big) continue;
        left--;
        share = left > 0 ? rows / left : rows;
    }
    return cuts;
}

static uint32_t cut_column(sorter *s, uint32_t bins, float *cut)
{
    for (size_t i = 0; i < s->n; i++) s->key[i] = key_of(s->value[i]);
    sort_keys(s);
    const size_t k = distinct(s);
    if (k > bins) return share_out(s, k, bins, cut);
    for (size_t i = 0; i + 1 < k; i++) cut[i] = midway(s->distinct[i], s->distinct[i + 1]);
    return (uint32_t)k - 1;
}

/* How many cuts are below each value. */
static void code_column(const sorter *s, const float *cut, uint32_t cuts, uint8_t *code)
{
    for (size_t i = 0; i < s->n; i++) {
        const float *at = cut;
        for (uint32_t n = cuts; n;) {
            uint32_t half = (n + 1) / 2;
            at += s->value[i] > at[half - 1] ? half : 0;
            n -= half;
        }
        code[i] = (uint8_t)(at - cut);
    }
}

bool dl_bins_make(dl_bins *out, const float *row, uint32_t n_columns, const uint32_t *pick, size_t n, uint32_t bins, dl_arena *a)
{
    dl_bins b = { .n = n, .n_columns = n_columns };
    b.first = DL_NEW(a, (size_t)n_columns + 1, uint32_t);
    b.cut = DL_NEW(a, (size_t)n_columns * (bins - 1), float);
    b.code = n <= SIZE_MAX / n_columns ? dl_arena_raw(a, n * n_columns, 1) : NULL;
    if (!b.first || !b.cut || !b.code) return false;
    const dl_arena_mark mark = dl_arena_here(a);
    sorter s = { .n = n };
    s.key = dl_arena_raw(a, n, sizeof *s.key);
    s.spare = dl_arena_raw(a, n, sizeof *s.spare);
    s.value = dl_arena_raw(a, n, sizeof *s.value);
    s.distinct = dl_arena_raw(a, n, sizeof *s.distinct);
    s.count = dl_arena_raw(a, n, sizeof *s.count);
    if (!s.key || !s.spare || !s.value || !s.distinct || !s.count) return false;
    for (uint32_t c = 0; c < n_columns; c++) {
        for (size_t i = 0; i < n; i++) s.value[i] = tame(row[(size_t)pick[i] * n_columns + c]);
        float *cut = b.cut + b.first[c];
        const uint32_t cuts = cut_column(&s, bins, cut);
        b.first[c + 1] = b.first[c] + cuts;
        code_column(&s, cut, cuts, b.code + c * n);
    }
    dl_arena_back(a, mark);
    *out = b;
    return true;
}
