/* mends.h: words of a page that went through a machine which other pages of the pile tell better: where
 * both say one thing about the same names in the same words, but for one. */
#ifndef DL_API_MENDS_H
#define DL_API_MENDS_H

#include "api/view.h"

typedef struct dl_mend {
    dl_span span;  /* bytes of the page: the word and the two before it                           */
    uint32_t page; /* the other page                                                           */
    dl_str word;   /* what it has there                                                         */
} dl_mend;

/* In `a`, in order of place; none for a page without broken passages enough. Looks at the pages of the same
 * days that share names with it. False: no memory. Linear in their tokens. */
bool dl_mends_find(dl_mend **out, uint32_t *n, const dl_view *v, uint32_t page, dl_arena *a);

#endif
