/* outlets.h: on whose line a statement rests. A page that has it from another outlet, by name, adds no
 * line of its own for it: "..., the Lantern Post reported" rests on the Post's line. */
#ifndef DL_CLAIMS_OUTLETS_H
#define DL_CLAIMS_OUTLETS_H

#include "base/hash.h"
#include "claims/claims.h"

typedef struct dl_outlets {
    const dl_matter *m;
    dl_map line; /* hash of an outlet's name -> its line, for the pages of the story              */
} dl_outlets;

/* Everything in `a`. False: no memory. */
bool dl_outlets_make(dl_outlets *out, const dl_matter *m, dl_arena *a);
uint32_t dl_outlets_line(const dl_outlets *o, const dl_support *s);

#endif
