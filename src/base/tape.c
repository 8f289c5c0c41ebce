/* tape.c: a ring of blocks. */
#include "base/tape.h"

#include <stdlib.h>
#include <sys/mman.h>

void dl_tape_init(dl_tape *t, uint32_t size, unsigned shift) { *t = (dl_tape){ .size = size, .shift = shift }; }

void dl_tape_free(dl_tape *t)
{
    for (size_t i = 0; i < t->cap; i++) free(t->block[i]);
    free(t->block);
    dl_tape_init(t, t->size, t->shift);
}

/* Makes the ring hold `n` blocks. */
static bool widen(dl_tape *t, uint64_t n)
{
    size_t cap = t->cap ? t->cap : 16;
    while (cap < n) cap *= 2;
    if (cap == t->cap) return true;
    uint8_t **wide = calloc(cap, sizeof *wide);
    if (!wide) return false;
    for (uint64_t b = t->lo >> t->shift; t->cap && b <= t->hi >> t->shift; b++) wide[b & (cap - 1)] = t->block[b & (t->cap - 1)];
    free(t->block);
    t->block = wide;
    t->cap = cap;
    return true;
}

/* Zeroed. Large ones in pages of their size, where the system has such: what is read here and there costs less. */
static uint8_t *new_block(size_t n)
{
    enum { HUGE = 2 << 20 };
    if (n % HUGE) return calloc(n, 1);
    uint8_t *p = aligned_alloc(HUGE, n);
    if (!p) return NULL;
#ifdef MADV_HUGEPAGE
    (void)!madvise(p, n, MADV_HUGEPAGE);
#endif
    memset(p, 0, n);
    return p;
}

static bool make_block(dl_tape *t, uint64_t b)
{
    if (!widen(t, b - (t->lo >> t->shift) + 2)) return false;
    uint8_t **p = &t->block[b & (t->cap - 1)];
    if (!*p) *p = new_block((size_t)t->size << t->shift);
    return *p != NULL;
}

void *dl_tape_add(dl_tape *t, uint32_t n, uint64_t *at)
{
    const uint64_t per = UINT64_C(1) << t->shift, used = t->hi & (per - 1);
    uint64_t first = n > per - used ? t->hi + (per - used) : t->hi;
    if (n > per || !make_block(t, first >> t->shift)) return NULL;
    t->hi = first + n;
    *at = first;
    return dl_tape_at(t, first);
}

void dl_tape_drop(dl_tape *t, uint64_t before)
{
    if (before > t->hi) before = t->hi;
    for (uint64_t b = t->lo >> t->shift; b < before >> t->shift; b++) {
        free(t->block[b & (t->cap - 1)]);
        t->block[b & (t->cap - 1)] = NULL;
    }
    if (before > t->lo) t->lo = before;
}

bool dl_tape_put(const dl_tape *t, dl_buf *out)
{
    const uint64_t head[2] = { t->lo, t->hi }, per = UINT64_C(1) << t->shift;
    dl_buf_add(out, (dl_str){ (const char *)head, sizeof head });
    for (uint64_t i = t->lo; i < t->hi;) {
        uint64_t end = (i | (per - 1)) + 1;
        if (end > t->hi) end = t->hi;
        dl_buf_add(out, (dl_str){ dl_tape_at(t, i), (size_t)(end - i) * t->size });
        i = end;
    }
    return !out->failed;
}

bool dl_tape_take(dl_tape *t, const uint8_t **at, const uint8_t *end)
{
    uint64_t head[2];
    const uint64_t per = UINT64_C(1) << t->shift;
    if ((size_t)(end - *at) < sizeof head) return false;
    memcpy(head, *at, sizeof head);
    *at += sizeof head;
    dl_tape_free(t);
    if (head[0] > head[1] || head[1] > UINT64_MAX - per || head[1] - head[0] > (uint64_t)(end - *at) / t->size) return false;
    t->lo = t->hi = head[0];
    for (uint64_t i = head[0]; i < head[1]; t->hi = i) {
        uint64_t stop = (i | (per - 1)) + 1;
        if (stop > head[1]) stop = head[1];
        if (!make_block(t, i >> t->shift)) return false;
        memcpy(dl_tape_at(t, i), *at, (size_t)(stop - i) * t->size);
        *at += (size_t)(stop - i) * t->size;
        i = stop;
    }
    return true;
}
