/* arena.c: chunks in a list; the newest piece stands at the end of the chunk in use. */
#include "base/arena.h"

#include <stdlib.h>

#if defined __has_feature
#if __has_feature(address_sanitizer)
#define DL_ASAN 1
#endif
#endif
#if defined DL_ASAN || defined __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#define POISON(p, n) __asan_poison_memory_region((p), (n))
#define UNPOISON(p, n) __asan_unpoison_memory_region((p), (n))
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#endif

enum { ALIGN = 16, FIRST_CHUNK = 64 << 10, LARGEST_STEP = 16 << 20 };

struct dl_arena_chunk {
    dl_arena_chunk *next;
    size_t size; /* bytes of data */
    _Alignas(ALIGN) char data[];
};

void dl_arena_init(dl_arena *a, size_t max) { *a = (dl_arena){ .max = max }; }

void dl_arena_free(dl_arena *a)
{
    for (dl_arena_chunk *c = a->first; c;) {
        dl_arena_chunk *next = c->next;
        UNPOISON(c->data, c->size);
        free(c);
        c = next;
    }
    dl_arena_init(a, a->max);
}

void dl_arena_reset(dl_arena *a)
{
    dl_arena_back(a, (dl_arena_mark){ NULL, 0 });
    a->failed = false;
}

/* A chunk of at least n bytes behind `at`: one that is there already, or a new one. */
static bool next_chunk(dl_arena *a, size_t n)
{
    dl_arena_chunk **link = a->at ? &a->at->next : &a->first;
    while (*link && (*link)->size < n) { /* too small for this piece: give it back */
        dl_arena_chunk *small = *link;
        *link = small->next;
        a->total -= small->size;
        UNPOISON(small->data, small->size);
        free(small);
    }
    if (!*link) {
        size_t size = a->total < FIRST_CHUNK ? FIRST_CHUNK : a->total < LARGEST_STEP ? a->total : LARGEST_STEP;
        if (size < n) size = n;
        if (size > a->max - a->total) size = n;
        if (size > a->max - a->total) return false;
        dl_arena_chunk *fresh = malloc(sizeof *fresh + size);
        if (!fresh) return false;
        fresh->next = NULL;
        fresh->size = size;
        POISON(fresh->data, size);
        *link = fresh;
        a->total += size;
    }
    a->at = *link;
    a->used = 0;
    return true;
}

void *dl_arena_raw(dl_arena *a, size_t n, size_t size)
{
    if (a->failed || (size && n > (SIZE_MAX - ALIGN) / size)) {
        a->failed = true;
        return NULL;
    }
    size_t want = (n * size + ALIGN - 1) / ALIGN * ALIGN;
    if (!want) want = ALIGN;
    if (!a->at || a->at->size - a->used < want) {
        if (!next_chunk(a, want)) {
            a->failed = true;
            return NULL;
        }
    }
    char *p = a->at->data + a->used;
    a->used += want;
    UNPOISON(p, n * size);
    return p;
}

void *dl_arena_get(dl_arena *a, size_t n, size_t size)
{
    void *p = dl_arena_raw(a, n, size);
    if (p) memset(p, 0, n * size);
    return p;
}

void *dl_arena_grow(dl_arena *a, const void *old, size_t n, size_t cap, size_t size)
{
    char *p = dl_arena_raw(a, cap, size);
    if (!p) return NULL;
    if (n) memcpy(p, old, n * size);
    memset(p + n * size, 0, (cap - n) * size);
    return p;
}

bool dl_arena_room(dl_arena *a, void **array, size_t n, size_t *cap, size_t size)
{
    size_t more = *cap ? *cap * 2 : 16;
    while (more <= n) more *= 2;
    void *p = dl_arena_grow(a, *array, n, more, size);
    if (!p) return false;
    *array = p;
    *cap = more;
    return true;
}

dl_str dl_arena_str(dl_arena *a, dl_str s)
{
    char *p = dl_arena_raw(a, s.len + 1, 1);
    if (!p) return (dl_str){ NULL, 0 };
    if (s.len) memcpy(p, s.p, s.len);
    p[s.len] = 0;
    return (dl_str){ p, s.len };
}

dl_str dl_arena_folded(dl_arena *a, dl_str s)
{
    char *out = dl_arena_raw(a, s.len + 1, 1);
    size_t n = 0;
    for (size_t i = 0; out && i < s.len; i++)
        if (!dl_is_space(s.p[i]))
            out[n++] = s.p[i];
        else if (n && out[n - 1] != ' ')
            out[n++] = ' ';
    return (dl_str){ out, n };
}

dl_arena_mark dl_arena_here(const dl_arena *a) { return (dl_arena_mark){ a->at, a->used }; }

void dl_arena_back(dl_arena *a, dl_arena_mark m)
{
    for (dl_arena_chunk *c = m.at ? m.at->next : a->first; c; c = c->next) POISON(c->data, c->size);
    if (m.at) POISON(m.at->data + m.used, m.at->size - m.used);
    a->at = m.at;
    a->used = m.used;
}
