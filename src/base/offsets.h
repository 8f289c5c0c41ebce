/* offsets.h: from the bytes of a text that was made (decoded, unescaped) back to the bytes it was
 * made from. A monotone, piecewise linear map: between two marks, one byte is one byte; a mark is
 * set wherever that stops being so. */
#ifndef DL_BASE_OFFSETS_H
#define DL_BASE_OFFSETS_H

#include "base/arena.h"

typedef struct dl_offsets {
    size_t n, cap;
    uint32_t *made; /* [n] ascending: byte of the text that was made                            */
    uint32_t *from; /* [n] ascending: byte it came from                                         */
} dl_offsets;

/* From `made` on, bytes come from `from` on. Marks are set in ascending order; false: no memory. */
bool dl_offsets_mark(dl_offsets *o, dl_arena *a, uint32_t made, uint32_t from);
/* Where the byte came from; the identity where there are no marks. Within a piece the result never
 * reaches past the start of the next piece. O(log n). */
uint32_t dl_offsets_from(const dl_offsets *o, uint32_t made);
/* Both ends; the end of a span is the origin of its last byte's successor. */
dl_span dl_offsets_span(const dl_offsets *o, dl_span made);

#endif
