/* roll.h: numbers that look random and are the same on every machine (D. Knuth's MMIX generator), and bytes of a
 * buffer in memory of just their size, so that a step behind their end is seen. */
#ifndef DL_TESTS_ROLL_H
#define DL_TESTS_ROLL_H

#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "test.h"

static inline uint32_t roll(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33);
}

/* The first n bytes; the caller frees them. */
static inline uint8_t *bytes_of(const dl_buf *b, size_t n)
{
    uint8_t *p = malloc(n ? n : 1);
    assert_non_null(p);
    if (n) memcpy(p, b->p, n);
    return p;
}

#endif
