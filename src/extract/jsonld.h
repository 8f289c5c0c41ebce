/* jsonld.h: what a page states in JSON-LD: the objects that may be its article, and persons by @id.
 * jsonld.c reads scripts into them; ld_items.c finds the one that is the page's own. */
#ifndef DL_EXTRACT_JSONLD_H
#define DL_EXTRACT_JSONLD_H

#include "base/arena.h"

#define DL_LD_ITEMS 16   /* objects that are kept; later ones are dropped                       */
#define DL_LD_AUTHORS 16 /* of one object                                                       */
#define DL_LD_PERSONS 64 /* that are kept by their @id                                          */

typedef struct dl_ld_name {
    dl_str name, id; /* one of them may be empty                                                */
    bool org;
} dl_ld_name;

typedef struct dl_ld_item {
    dl_str id, url, headline, body, published, modified, publisher, publisher_id, language, section;
    dl_str raw_body;    /* articleBody as it stands in the script                                 */
    uint32_t body_at;   /* byte of the page where it begins                                       */
    dl_ld_name *author; /* [authors]                                                            */
    uint32_t authors;
    bool article, page; /* an article of some kind; a WebPage or the like                       */
    bool live, paid;
    bool inner; /* below a key that leads to other things                                       */
} dl_ld_item;

typedef struct dl_ld_all {
    dl_ld_item item[DL_LD_ITEMS];
    uint32_t n;
    dl_ld_name person[DL_LD_PERSONS];
    uint32_t persons;
} dl_ld_all;

typedef struct dl_ld { /* what JSON-LD states of the page's article */
    dl_str headline, body, published, modified, publisher, language, section;
    dl_str raw_body;
    uint32_t body_at;
    dl_ld_name author[DL_LD_AUTHORS]; /* [authors] names all                                    */
    uint32_t authors;
    bool live, found, paid;
} dl_ld;

void dl_jsonld_read(dl_ld_all *out, dl_arena *a, dl_str script, dl_span src);
dl_str dl_jsonld_string(dl_arena *a, dl_str raw); /* escapes undone                             */
/* The article of the page among all that was read: the one whose address is the page's, or whose
 * headline stands in one of `titles` (folded by dl_extract_norm, [n]); else the first. */
void dl_jsonld_settle(dl_ld *out, const dl_ld_all *all, dl_arena *a, dl_str url, const dl_str *titles, uint32_t n);

#endif
