/* source.h: whom a page says its text is from. */
#ifndef DL_COPIES_SOURCE_H
#define DL_COPIES_SOURCE_H

#include "copies/copies.h"

typedef struct dl_source {
    dl_str name;       /* of the wire or newsroom, its usual name; empty: the page credits nobody  */
    uint8_t kind;      /* dl_origin_kind                                                        */
    bool own;          /* the page stands on that outlet's own site                             */
    bool secondary;    /* "with agencies": retells others                                       */
    const char *where; /* "byline", "dateline", "tag", "source line": where the credit stands    */
    dl_str elsewhere;  /* host of its canonical address where that is another site's; or empty    */
} dl_source;

/* Names lie in the document, the pack or `keep`. d may be NULL. */
void dl_source_of(dl_source *out, const dl_doc *d, const dl_models *m);
/* Does the page with source s say that it has its text from the outlet of page d? */
bool dl_source_names(const dl_source *s, const dl_doc *d);
/* The page's own outlet: as printed, else the host of its address; empty: unknown. */
dl_str dl_source_outlet(const dl_doc *d);

#endif
