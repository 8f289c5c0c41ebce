/* sort.h: a stable merge sort (ties keep their order, so output never depends on luck), and finding in what is sorted. */
#ifndef DL_BASE_SORT_H
#define DL_BASE_SORT_H

#include "base/arena.h"

typedef int dl_cmp_fn(const void *a, const void *b, const void *ctx);
/* n elements of `size` bytes; working space comes from `scratch` and is given back.
 * False when memory was refused: the array is then as it was. O(n log n). */
bool dl_sort(void *base, size_t n, size_t size, dl_cmp_fn *cmp, const void *ctx, dl_arena *scratch);
/* Numbers, ascending; by digits where there are many. False: memory was refused. O(n). */
bool dl_sort_u32(uint32_t *v, size_t n, dl_arena *scratch);
/* The same for pairs, by key and stable. */
typedef struct dl_keyed {
    uint32_t key, value;
} dl_keyed;
bool dl_sort_keyed(dl_keyed *v, size_t n, dl_arena *scratch);
int dl_by_u32(const void *a, const void *b, const void *ctx); /* ascending uint32_t; ctx is not read   */

/* The first of n ascending values that is not less than x; n: all are less. O(log n). */
static inline uint32_t dl_find_u32(const uint32_t *v, uint32_t n, uint32_t x)
{
    uint32_t lo = 0;
    while (n) { /* without a branch that nothing could foretell */
        uint32_t half = n / 2, less = v[lo + half] < x;
        lo += (half + 1) & (0 - less);
        n = half - (less & ~n & 1);
    }
    return lo;
}

/* Does the ascending array hold x? */
static inline bool dl_has_u32(const uint32_t *v, uint32_t n, uint32_t x)
{
    uint32_t i = dl_find_u32(v, n, x);
    return i < n && v[i] == x;
}

/* The same, begun at a guess, with steps from `step` on: for values that lie evenly, as hashes do. */
static inline uint32_t dl_find_near_u32(const uint32_t *v, uint32_t n, uint32_t x, uint32_t guess, uint32_t step)
{
    uint32_t lo = guess, hi = guess, wide = step;
    for (; lo > 0 && v[lo - 1] >= x; wide *= 2) {
        hi = lo;
        lo = lo > wide ? lo - wide : 0;
    }
    for (wide = step; hi < n && v[hi] < x; wide *= 2) {
        lo = hi;
        hi = n - hi > wide ? hi + wide : n;
    }
    return lo + dl_find_u32(v + lo, hi - lo, x);
}

/* Over all of 32 bits, fewer than 2^31; they are off their places by the root of n or so, and by little more than its root from where the
 * value that stands at the place says. */
static inline uint32_t dl_find_even_u32(const uint32_t *v, uint32_t n, uint32_t x)
{
    int64_t guess = (int64_t)(((uint64_t)x * n) >> 32);
    if (!n) return 0;
    guess += ((int64_t)x - v[guess]) * n / (INT64_C(1) << 32);
    guess = guess < 0 ? 0 : guess < n ? guess : n - 1;
    return dl_find_near_u32(v, n, x, (uint32_t)guess, 8);
}

#endif
