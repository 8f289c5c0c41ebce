/* offsets.c: a monotone, piecewise linear map of byte offsets. */
#include "base/offsets.h"

bool dl_offsets_mark(dl_offsets *o, dl_arena *a, uint32_t made, uint32_t from)
{
    if (o->n && o->made[o->n - 1] == made) {
        o->from[o->n - 1] = from;
        return true;
    }
    if (o->n == o->cap) {
        size_t cap = o->cap ? o->cap * 2 : 16;
        uint32_t *m = dl_arena_grow(a, o->made, o->n, cap, sizeof *m);
        uint32_t *f = dl_arena_grow(a, o->from, o->n, cap, sizeof *f);
        if (!m || !f) return false;
        o->made = m;
        o->from = f;
        o->cap = cap;
    }
    o->made[o->n] = made;
    o->from[o->n] = from;
    o->n++;
    return true;
}

uint32_t dl_offsets_from(const dl_offsets *o, uint32_t made)
{
    if (!o->n) return made;
    if (made < o->made[0]) return made < o->from[0] ? made : o->from[0];
    size_t lo = 0, hi = o->n; /* the last mark at or before `made` */
    while (hi - lo > 1) {
        size_t mid = (lo + hi) / 2;
        if (o->made[mid] <= made)
            lo = mid;
        else
            hi = mid;
    }
    uint32_t from = o->from[lo] + (made - o->made[lo]);
    return lo + 1 < o->n && from > o->from[lo + 1] ? o->from[lo + 1] : from;
}

dl_span dl_offsets_span(const dl_offsets *o, dl_span made)
{
    return (dl_span){ dl_offsets_from(o, made.beg), dl_offsets_from(o, made.end) };
}
