/* hash.c: XXH3 and the map. */
#include "base/hash.h"

#define XXH_INLINE_ALL /* most of what is hashed is a word: a call of the library costs more than the hash */
#include <xxhash.h>

uint64_t dl_hash(const void *p, size_t n, uint64_t seed) { return XXH3_64bits_withSeed(p, n, seed); }

void dl_map_init(dl_map *m, dl_arena *a) { *m = (dl_map){ .arena = a }; }

/* The slot of the key, or the free one where it belongs. Keys are spread again: they may be small numbers. */
static size_t slot_of(const dl_map *m, uint64_t key)
{
    size_t i = (size_t)dl_hash_mix(key, 0) & (m->cap - 1);
    while (m->val[i] != DL_NONE && m->key[i] != key) i = (i + 1) & (m->cap - 1);
    return i;
}

uint32_t dl_map_get(const dl_map *m, uint64_t key) { return m->n ? m->val[slot_of(m, key)] : DL_NONE; }

static bool widen(dl_map *m)
{
    dl_map wide = { .arena = m->arena, .n = m->n, .cap = m->cap ? m->cap * 2 : 64 };
    wide.key = dl_arena_raw(m->arena, wide.cap, sizeof *wide.key);
    wide.val = dl_arena_raw(m->arena, wide.cap, sizeof *wide.val);
    if (!wide.key || !wide.val) return false;
    memset(wide.val, 0xFF, wide.cap * sizeof *wide.val);
    for (size_t i = 0; i < m->cap; i++) {
        if (m->val[i] == DL_NONE) continue;
        size_t to = slot_of(&wide, m->key[i]);
        wide.key[to] = m->key[i];
        wide.val[to] = m->val[i];
    }
    *m = wide;
    return true;
}

uint32_t *dl_map_put(dl_map *m, uint64_t key, uint32_t fresh)
{
    if (m->n * 2 >= m->cap && !widen(m)) return NULL;
    size_t i = slot_of(m, key);
    if (m->val[i] == DL_NONE) {
        m->key[i] = key;
        m->val[i] = fresh;
        m->n++;
    }
    return &m->val[i];
}
