/* profile.h: a page as the vote over the pile sees it: a sketch of its names and of its wording,
 * and what it says of days. About 2 KB. The inside of the room. */
#ifndef DL_DATES_PROFILE_H
#define DL_DATES_PROFILE_H

#include "base/arena.h"
#include "dates/clues.h"

#define DL_NAMES_MAX 128u   /* names kept of a page: those of the smallest hashes               */
#define DL_WORDING_MAX 256u /* sampled runs of five words                                        */
#define DL_SIGNS_MAX 48u

typedef struct dl_profile {
    uint32_t *name; /* [n_names] ascending hashes of words that are names or figures             */
    uint32_t *run;  /* [n_runs] ascending hashes of runs of five words, one in four              */
    dl_sign *sign;  /* [n_signs]                                                                 */
    uint32_t n_names, n_runs, n_signs;
    int32_t day; /* of the page, or DL_NO_DAY                                                    */
    uint8_t basis;
    bool looked; /* its signs have been looked for                                              */
    double norm; /* length of the weighted vector of names                                       */
} dl_profile;

/* All but the signs, which few pages are asked for. Linear in the page's tokens. False: no memory. */
bool dl_profile_make(dl_profile *out, const dl_doc *d, const dl_models *m, dl_arena *keep, dl_arena *scratch);
bool dl_profile_sign(dl_profile *p, const dl_doc *d, const dl_models *m, dl_arena *keep); /* once           */
/* The part of the shorter page's wording that the other has too, 0 to 1. */
double dl_profile_shared(const dl_profile *a, const dl_profile *b);

#endif
