/* naming.h: which page a person means by an id, or by a part of one. */
#ifndef DL_API_NAMING_H
#define DL_API_NAMING_H

#include "doc/doc.h"

/* The page with that id; else the only one whose id ends with it or whose file's name begins with it; else the only one whose
 * id has it somewhere. Of pages with one id it is the first. */
typedef struct dl_naming {
    dl_str want;
    uint32_t exact;          /* DL_NONE: none yet                                                    */
    uint32_t close, n_close; /* the last one with it at an end, and how many                            */
    uint32_t within, n_within;
} dl_naming;

/* The last piece of an id that is a path; all of another. */
dl_str dl_naming_file(dl_str id);

dl_naming dl_naming_of(const char *want); /* want may be NULL: nothing is called so                */
void dl_naming_see(dl_naming *n, dl_str id, uint32_t page);
/* The page, or DL_NONE: none, or several. */
uint32_t dl_naming_page(const dl_naming *n);
/* Says which of the two: DL_EUSAGE. */
dl_status dl_naming_fail(const dl_naming *n, const char *where, dl_error *err);

#endif
