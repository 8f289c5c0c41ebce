/* roll.h: numbers that look random and are the same on every machine (D. Knuth's MMIX generator). */
#ifndef DL_TESTS_ROLL_H
#define DL_TESTS_ROLL_H

#include <stdint.h>

static inline uint32_t roll(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33);
}

#endif
