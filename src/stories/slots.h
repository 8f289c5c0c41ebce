/* slots.h: an open table of slots as bytes, for those of frequency.h and furniture.h. */
#ifndef DL_STORIES_SLOTS_H
#define DL_STORIES_SLOTS_H

#include "base/buf.h"

typedef struct dl_slots {
    void *slot;       /* [cap] malloced; NULL: cap is 0                                            */
    uint32_t cap, n;  /* cap: a power of two, or 0; n: slots that are taken                           */
    uint32_t counted; /* what the table counts besides                                             */
} dl_slots;

/* `size` bytes a slot. False: no memory. */
bool dl_slots_put(const dl_slots *s, size_t size, dl_buf *out);
/* Back; *at moves on. Whether slots are taken is for the caller to count. False: no memory, or damaged; nothing is owned then. */
bool dl_slots_take(dl_slots *out, size_t size, const uint8_t **at, const uint8_t *end);
/* Is a table with so many slots taken the one that was put, and one in which a search ends? */
static inline bool dl_slots_sound(const dl_slots *s, uint32_t taken)
{
    return taken == s->n && (uint64_t)taken * 3 <= (uint64_t)s->cap * 2;
}

#endif
