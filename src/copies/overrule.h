/* overrule.h: what a person says of how pages count goes before what was found. */
#ifndef DL_COPIES_OVERRULE_H
#define DL_COPIES_OVERRULE_H

#include "copies/copies.h"

typedef struct dl_overrule {
    uint32_t page;
    uint32_t of; /* counts with that page, as one text and one line; DL_NONE: alone, first-hand    */
} dl_overrule;

/* Changes c->lines; pairs and families stay as they were found. v is ascending by page, each page once;
 * what counts with a page that counts with another counts with that one. In `keep`. False: no memory. */
bool dl_copies_overrule(dl_copies *c, const dl_overrule *v, uint32_t n, const dl_pages *pages, dl_arena *keep);

#endif
