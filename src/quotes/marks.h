/* marks.h: quotation marks in pairs.
 *
 * A paragraph's marks are read once, left to right. Which of them opens and which closes is told by
 * the glyph where it tells (“ ” « »), by the white space around it where it does not (" '), and by
 * turns where there is none or too much (tokens joined by blanks). Apostrophes are no marks. What a
 * paragraph leaves open ends with it; the next paragraph may go on with a mark of its own. */
#ifndef DL_QUOTES_MARKS_H
#define DL_QUOTES_MARKS_H

#include "doc/build.h"

typedef struct dl_mark {
    dl_span span;    /* bytes of text, the marks included                                       */
    dl_span inner;   /* bytes between the marks                                                 */
    uint32_t block;  /* row of blocks                                                           */
    uint8_t single;  /* ‘ ’ or ' '                                                              */
    uint8_t closed;  /* 0: the closing mark is missing                                          */
    uint8_t goes_on; /* not closed, and the next paragraph opens with a mark                    */
} dl_mark;

typedef struct dl_marks { /* outermost quotations, disjoint, in order */
    size_t n, cap;
    dl_mark *row;
} dl_marks;

/* The marks of the whole body, in `a`. False when memory was refused. O(bytes). */
DL_MUST_USE bool dl_marks_find(dl_marks *out, const dl_doc *d, dl_arena *a);

#endif
