/* hash.h: the one hash of the project (XXH3), and a map from 64-bit keys to 32-bit values.
 * The same on every machine: hashes are stored. */
#ifndef DL_BASE_HASH_H
#define DL_BASE_HASH_H

#include "base/arena.h"

uint64_t dl_hash(const void *p, size_t n, uint64_t seed);
static inline uint64_t dl_hash_str(dl_str s) { return dl_hash(s.p, s.len, 0); }
/* Mixes two hashes into one (splitmix64 finaliser). */
static inline uint64_t dl_hash_mix(uint64_t a, uint64_t b)
{
    uint64_t x = a ^ (b + 0x9e3779b97f4a7c15u + (a << 6) + (a >> 2));
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

/* Open addressing, in an arena; grows by doubling. Key 0 is allowed. */
typedef struct dl_map {
    dl_arena *arena;
    uint64_t *key; /* [cap]                                                                   */
    uint32_t *val; /* [cap]; DL_NONE: the slot is free                                        */
    size_t n, cap;
} dl_map;

void dl_map_init(dl_map *m, dl_arena *a);
uint32_t dl_map_get(const dl_map *m, uint64_t key); /* DL_NONE: not there                      */
/* The value's place, made with `fresh` where the key is new; NULL when memory was refused.
 * `fresh` must not be DL_NONE. The pointer holds until the next call. */
uint32_t *dl_map_put(dl_map *m, uint64_t key, uint32_t fresh);

#endif
