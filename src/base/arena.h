/* arena.h: memory that is given back all at once.
 *
 * A page's work needs thousands of small pieces with one lifetime. An arena hands them out from
 * large chunks and takes them back together. Chunks are kept for the next page.
 * Failure is sticky: once refused, every later call returns NULL and dl_arena_failed is true, so a
 * stage may ask once at its end, as long as it writes through no NULL on the way.
 * Under AddressSanitizer the unused part of a chunk is poisoned. One thread at a time. */
#ifndef DL_BASE_ARENA_H
#define DL_BASE_ARENA_H

#include "base/str.h"

typedef struct dl_arena_chunk dl_arena_chunk;
typedef struct dl_arena {
    dl_arena_chunk *first, *at; /* chunks in order; the one in use                             */
    size_t used;                /* bytes handed out of `at`                                    */
    size_t total, max;          /* bytes of all chunks; the ceiling                            */
    bool failed;
} dl_arena;

typedef struct dl_arena_mark {
    dl_arena_chunk *at;
    size_t used;
} dl_arena_mark;

void dl_arena_init(dl_arena *a, size_t max); /* allocates nothing                               */
void dl_arena_free(dl_arena *a);             /* all chunks back to the system                   */
void dl_arena_reset(dl_arena *a);            /* all pieces back, chunks kept, failure forgotten */

/* n pieces of `size` bytes, zeroed, aligned to 16. NULL when refused (n * size is checked). */
void *dl_arena_get(dl_arena *a, size_t n, size_t size);
/* The same without the zeroing, for what is written at once. */
void *dl_arena_raw(dl_arena *a, size_t n, size_t size);
/* Grows an array: old[n] of `size` becomes new[cap]; the old piece is left behind (at most half
 * of what is used, with doubling). NULL when refused. */
void *dl_arena_grow(dl_arena *a, const void *old, size_t n, size_t cap, size_t size);
/* A copy of a string, with a NUL behind it that is not counted. */
dl_str dl_arena_str(dl_arena *a, dl_str s);
/* A copy with each run of ASCII white space made one blank, none at the front: for names that a line break runs through. */
dl_str dl_arena_folded(dl_arena *a, dl_str s);

static inline bool dl_arena_failed(const dl_arena *a) { return a->failed; }
dl_arena_mark dl_arena_here(const dl_arena *a);
void dl_arena_back(dl_arena *a, dl_arena_mark m); /* gives back what came after the mark        */

#define DL_NEW(arena, n, type) ((type *)dl_arena_get((arena), (n), sizeof(type)))

/* Makes room for one more in an arena array: DL_PUSH(a, v, n, cap) is false when refused. */
#define DL_ROOM(arena, array, n, cap) ((n) < (cap) || dl_arena_room((arena), (void **)&(array), (n), &(cap), sizeof *(array)))
bool dl_arena_room(dl_arena *a, void **array, size_t n, size_t *cap, size_t size);

#endif
