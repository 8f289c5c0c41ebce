/* diff.h: two pages side by side, word by word, as text for a person. */
#ifndef DL_COPIES_DIFF_H
#define DL_COPIES_DIFF_H

#include "base/arena.h"
#include "base/buf.h"
#include "doc/doc.h"

/* Lines that differ, with {a → b} where words differ; then what stands in one page alone. A page
 * may be NULL (empty). False: no memory. */
bool dl_copies_diff(dl_buf *out, const dl_doc *a, const dl_doc *b, dl_arena *scratch);

#endif
