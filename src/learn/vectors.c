/* vectors.c: looking words up. */
#include "learn/vectors.h"

#include <string.h>

#include "learn/slots.h"
#include "learn/wide.h"

bool dl_vectors_view(dl_vectors *out, dl_str s)
{
    dl_vectors_head h;
    *out = (dl_vectors){ .n = 0 };
    if (s.len < sizeof h) return false;
    memcpy(&h, s.p, sizeof h);
    if (memcmp(h.magic, "DLVEC\0\0\1", 8) || h.bits < 1 || h.bits > 24 || !h.n || h.n > DL_VECTORS_MAX || !h.dim || h.dim % 2 ||
        h.dim > DL_VECTORS_DIM)
        return false;
    const uint64_t slots = UINT64_C(1) << h.bits;
    if (s.len != sizeof h + slots * 4 + (uint64_t)h.n * h.dim / 2) return false;
    *out = (dl_vectors){ h.n, h.dim, slots - 1, (const uint32_t *)(const void *)(s.p + sizeof h),
                         (const uint8_t *)(s.p + sizeof h + slots * 4) };
    return true;
}

bool dl_vectors_open(dl_vectors *out, const dl_models *m) { return dl_vectors_view(out, dl_models_section(m, "learn/vectors")); }

uint32_t dl_vectors_row(const dl_vectors *v, uint64_t lower)
{
    return v->n ? dl_slots_row(v->slot, v->mask, DL_VECTORS_ROW_BITS, v->n, lower) : DL_NONE;
}

DL_WIDE static void spread(const uint8_t *restrict p, size_t n, uint8_t *restrict out)
{
    for (size_t k = 0; k < n; k++) {
        out[2 * k] = (uint8_t)(DL_STATE_ZERO - 15 + 2 * (p[k] & 15));
        out[2 * k + 1] = (uint8_t)(DL_STATE_ZERO - 15 + 2 * (p[k] >> 4));
    }
}

void dl_vectors_get(const dl_vectors *v, uint32_t row, uint8_t *out)
{
    const size_t half = v->dim / 2;
    if (row == DL_NONE)
        memset(out, DL_STATE_ZERO, v->dim);
    else
        spread(v->v + row * half, half, out);
}
