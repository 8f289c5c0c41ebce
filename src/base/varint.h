/* varint.h: numbers in as many bytes as they need: seven bits a byte, the lowest first, the top bit
 * says that more follow (LEB128). Reading trusts nothing. */
#ifndef DL_BASE_VARINT_H
#define DL_BASE_VARINT_H

#include "base/defs.h"

#define DL_VARINT_MAX 10u /* bytes of the longest                                               */

/* Writes at `to`, which has room for DL_VARINT_MAX bytes; returns the place behind. */
static inline uint8_t *dl_varint_put(uint8_t *to, uint64_t v)
{
    while (v >= 0x80) {
        *to++ = (uint8_t)(v | 0x80);
        v >>= 7;
    }
    *to++ = (uint8_t)v;
    return to;
}

/* Reads at *at, not beyond `end`, and moves on. False: it is cut off or no number of 64 bits. */
static inline bool dl_varint_take(const uint8_t **at, const uint8_t *end, uint64_t *out)
{
    uint64_t v = 0;
    for (unsigned shift = 0; shift < 64 && *at < end; shift += 7) {
        uint8_t b = *(*at)++;
        v |= (uint64_t)(b & 0x7f) << shift;
        if (b < 0x80) {
            *out = v;
            return true;
        }
    }
    return false;
}

#endif
