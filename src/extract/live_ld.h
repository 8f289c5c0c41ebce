/* live_ld.h: the entries of a live page that its JSON-LD states (schema.org LiveBlogPosting). */
#ifndef DL_EXTRACT_LIVE_LD_H
#define DL_EXTRACT_LIVE_LD_H

#include "extract/html_page.h"

typedef struct dl_ld_entry {
    dl_xpost post;
    dl_str title; /* norm of the headline                                                        */
    dl_str body;  /* norm of the articleBody, its markup left out                                */
} dl_ld_entry;

/* The entries of all scripts, in their order; at most DL_LD_ENTRIES. */
#define DL_LD_ENTRIES 1000
dl_ld_entry *dl_live_stated(dl_xhtml *h, uint32_t *out_n);

#endif
