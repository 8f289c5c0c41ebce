/* near.h: how far a word is from the head it might have, as one of some classes: for arcs, in training and in use. */
#ifndef DL_ENCODE_NEAR_H
#define DL_ENCODE_NEAR_H

#include "base/defs.h"

#define DL_NEAR 33u

/* Words count from 1; head 0 is the root. Classes 1 to 7 are distances, from 8 on they widen by a third. */
static inline uint32_t dl_near(uint32_t dep, uint32_t head)
{
    static const uint8_t class[66] = { 0,  1,  2,  3,  4,  5,  6,  7,  8,  8,  9,  9,  9,  10, 10, 10, 10, 11, 11, 11, 11, 11,
                                       12, 12, 12, 12, 12, 12, 12, 13, 13, 13, 13, 13, 13, 13, 13, 13, 14, 14, 14, 14, 14, 14,
                                       14, 14, 14, 14, 14, 14, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15 };
    if (!head) return 0;
    const uint32_t far = head < dep ? dep - head : head - dep, k = far < DL_COUNT(class) ? class[far] : 16;
    return head < dep ? k : 16 + k;
}

#endif
