/* slots.c: three numbers, then the slots as they are. */
#include "stories/slots.h"

#include <stdlib.h>

bool dl_slots_put(const dl_slots *s, size_t size, dl_buf *out)
{
    const uint32_t head[3] = { s->cap, s->n, s->counted };
    dl_buf_add(out, (dl_str){ (const char *)head, sizeof head });
    dl_buf_add(out, (dl_str){ s->slot, s->cap * size });
    return !out->failed;
}

bool dl_slots_take(dl_slots *out, size_t size, const uint8_t **at, const uint8_t *end)
{
    uint32_t head[3];
    if ((size_t)(end - *at) < sizeof head) return false;
    memcpy(head, *at, sizeof head);
    *at += sizeof head;
    const size_t bytes = head[0] * size;
    if ((head[0] & (head[0] - 1)) || (size_t)(end - *at) < bytes) return false;
    *out = (dl_slots){ .slot = head[0] ? malloc(bytes) : NULL, .cap = head[0], .n = head[1], .counted = head[2] };
    if (head[0] && !out->slot) return false;
    if (head[0]) memcpy(out->slot, *at, bytes);
    *at += bytes;
    return true;
}
