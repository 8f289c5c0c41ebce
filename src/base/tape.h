/* tape.h: a queue of elements with lasting numbers: added at the end, dropped from the front, found by
 * number. Elements lie in blocks, so that nothing moves when the queue grows and what is dropped is
 * given back; those of one dl_tape_add lie side by side. */
#ifndef DL_BASE_TAPE_H
#define DL_BASE_TAPE_H

#include "base/buf.h"

typedef struct dl_tape {
    uint8_t **block; /* [cap] ring, by the block's number; cap a power of two                       */
    size_t cap;
    uint32_t size;   /* bytes of an element                                                     */
    unsigned shift;  /* a block has 1 << shift elements                                         */
    uint64_t lo, hi; /* elements lo <= i < hi are there                                         */
} dl_tape;

void dl_tape_init(dl_tape *t, uint32_t size, unsigned shift); /* allocates nothing              */
void dl_tape_free(dl_tape *t);
/* n elements, at most 1 << shift, zeroed; *at is the number of the first. Where a block has no room
 * for all of them its rest stays empty, and numbers are left out. NULL: no memory. */
void *dl_tape_add(dl_tape *t, uint32_t n, uint64_t *at);
/* Drops the elements in front of number `before`. */
void dl_tape_drop(dl_tape *t, uint64_t before);

/* Element i, which must be there. */
static inline void *dl_tape_at(const dl_tape *t, uint64_t i)
{
    return t->block[(i >> t->shift) & (t->cap - 1)] + (size_t)(i & ((UINT64_C(1) << t->shift) - 1)) * t->size;
}

/* Everything as bytes, and back; *at moves on. False: no memory, or the bytes are no tape of that size. */
bool dl_tape_put(const dl_tape *t, dl_buf *out);
bool dl_tape_take(dl_tape *t, const uint8_t **at, const uint8_t *end);

#endif
