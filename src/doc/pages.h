/* pages.h: how corpus stages see the pages: by number, in order of addition.
 *
 * A page's number is its rank in the pile, 0 to n - 1. The documents may lie in memory or be
 * fetched from a store; the view says nothing of that. One thread. */
#ifndef DL_DOC_PAGES_H
#define DL_DOC_PAGES_H

#include "doc/doc.h"

typedef struct dl_pages {
    uint32_t n;
    /* The document of a page. It stays valid as long as the dl_pages does. NULL: it could not be
     * fetched (the fetcher keeps the reason); treat the page as empty. */
    const dl_doc *(*get)(void *ctx, uint32_t page);
    void *ctx;
} dl_pages;

static inline const dl_doc *dl_page(const dl_pages *p, uint32_t i) { return p->get(p->ctx, i); }

#endif
