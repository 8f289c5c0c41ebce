/* just_bytes.h: bytes of a buffer in memory of just their size, so that a step behind their end is seen. */
#ifndef DL_TESTS_JUST_BYTES_H
#define DL_TESTS_JUST_BYTES_H

#include <stdlib.h>

#include "base/buf.h"
#include "test.h"

/* The first n bytes; the caller frees them. */
static inline uint8_t *bytes_of(const dl_buf *b, size_t n)
{
    uint8_t *p = malloc(n ? n : 1);
    assert_non_null(p);
    if (n) memcpy(p, b->p, n);
    return p;
}

#endif
