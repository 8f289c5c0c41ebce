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

/* Puts *x into bytes and takes it up again, byte for byte what was put and no byte more: what follows is not its own. */
#define REOPEN(put, take, x)                                                                                                     \
    do {                                                                                                                         \
        dl_buf b_;                                                                                                               \
        dl_buf_init(&b_, SIZE_MAX);                                                                                              \
        assert_true(put(x, &b_));                                                                                                \
        dl_buf_putc(&b_, 'x');                                                                                                   \
        uint8_t *bytes_ = bytes_of(&b_, b_.len);                                                                                 \
        const uint8_t *at_ = bytes_;                                                                                             \
        assert_true(take(x, &at_, bytes_ + b_.len));                                                                             \
        assert_ptr_equal(at_, bytes_ + b_.len - 1);                                                                              \
        free(bytes_);                                                                                                            \
        dl_buf_free(&b_);                                                                                                        \
    } while (0)

#endif
