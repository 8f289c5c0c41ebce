/* sort.h: a stable merge sort. Ties keep their order, so output never depends on luck. */
#ifndef DL_BASE_SORT_H
#define DL_BASE_SORT_H

#include "base/arena.h"

typedef int dl_cmp_fn(const void *a, const void *b, const void *ctx);
/* n elements of `size` bytes; working space comes from `scratch` and is given back.
 * False when memory was refused: the array is then as it was. O(n log n). */
bool dl_sort(void *base, size_t n, size_t size, dl_cmp_fn *cmp, const void *ctx, dl_arena *scratch);

#endif
