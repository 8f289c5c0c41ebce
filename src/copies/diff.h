/* diff.h: two pages side by side, word by word, as text for a person. */
#ifndef DL_COPIES_DIFF_H
#define DL_COPIES_DIFF_H

#include "base/arena.h"
#include "base/buf.h"
#include "doc/doc.h"

/* Lines that differ, with {a → b} where words differ; then the passages that are damaged, and what
 * stands in one page alone. A page
 * may be NULL (empty). False: no memory. */
bool dl_copies_diff(dl_buf *out, const dl_doc *a, const dl_doc *b, dl_arena *scratch);

/* The words of a text and, for each, the word of the other text that it is aligned with: what a
 * side-by-side view marks is the words without one. Lies in `scratch`. */
typedef struct dl_diff_side {
    uint32_t n;
    const dl_span *word;  /* [n] bytes of the text                                               */
    const uint32_t *mate; /* [n] number of a word of the other side, or DL_NONE                  */
} dl_diff_side;
bool dl_copies_mates(dl_diff_side *out_a, dl_diff_side *out_b, const dl_doc *a, const dl_doc *b, dl_arena *scratch);

#endif
