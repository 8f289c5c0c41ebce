/* parts.h: what a page was cut into, kept and removed alike, in the order of its bytes. */
#ifndef DL_API_PARTS_H
#define DL_API_PARTS_H

#include "api/view.h"

typedef struct dl_part {
    dl_span raw;             /* bytes of the page as read                                       */
    uint32_t block, removed; /* row of either; DL_NONE: the other                                */
} dl_part;

/* NULL: no memory. */
dl_part *dl_parts_of(const dl_doc *d, dl_arena *a, uint32_t *out_n);
/* Its words: of a block the text, of what was removed the bytes of the page, where they are at hand, as UTF-8. */
dl_str dl_part_text(const dl_view *v, uint32_t page, const dl_doc *d, const dl_part *part, dl_arena *a);
/* Bytes of a page as it was read, as UTF-8; empty: they are not at hand. */
dl_str dl_part_raw(const dl_view *v, uint32_t page, dl_span at, dl_arena *a);

#endif
