/* slots.h: hash -> row, without the hash: a slot of 32 bits keeps row + 1 in its lower `row_bits` and the hash's topmost
 * 32 - row_bits bits as a check; 0: free. Slots are probed linearly, at most DL_SLOTS_PROBES of them; a hash that was never
 * put is found by chance once in some ten thousand times. The number of slots is a power of two. */
#ifndef DL_LEARN_SLOTS_H
#define DL_LEARN_SLOTS_H

#include "base/defs.h"

#define DL_SLOTS_PROBES 64

static inline uint32_t dl_slots_check(uint64_t hash, uint32_t row_bits) { return (uint32_t)(hash >> (32 + row_bits)); }

/* The row, below n_rows; DL_NONE: not there. */
static inline uint32_t dl_slots_row(const uint32_t *slot, uint64_t mask, uint32_t row_bits, uint32_t n_rows, uint64_t hash)
{
    uint64_t at = hash & mask;
    for (uint32_t k = 0; k < DL_SLOTS_PROBES && slot[at]; k++, at = (at + 1) & mask) {
        const uint32_t row = (slot[at] & ((UINT32_C(1) << row_bits) - 1)) - 1;
        if (slot[at] >> row_bits == dl_slots_check(hash, row_bits) && row < n_rows) return row;
    }
    return DL_NONE;
}

/* Gives the hash this row. False where it (or one of the same check) has one, or no slot near it is free. */
static inline bool dl_slots_put(uint32_t *slot, uint64_t mask, uint32_t row_bits, uint64_t hash, uint32_t row)
{
    const uint32_t check = dl_slots_check(hash, row_bits);
    uint64_t at = hash & mask;
    for (uint32_t k = 0; k < DL_SLOTS_PROBES; k++, at = (at + 1) & mask) {
        if (slot[at] && slot[at] >> row_bits == check) return false;
        if (slot[at]) continue;
        slot[at] = check << row_bits | (row + 1);
        return true;
    }
    return false;
}

#endif
