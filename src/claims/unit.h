/* unit.h: the smallest things that pages say, as sparse weighted features. */
#ifndef DL_CLAIMS_UNIT_H
#define DL_CLAIMS_UNIT_H

#include "claims/claims.h"

typedef struct dl_feature {
    uint64_t key; /* hash of what it is: an actor, a lemma, a type, a day, a number            */
    float weight; /* after weighing: of unit length over the unit                              */
} dl_feature;

typedef struct dl_unit {
    dl_support at;
    uint8_t kind;       /* dl_claim_kind                                                       */
    uint8_t type;       /* dl_plover, of events                                                */
    uint32_t happening; /* row of the merged events, or DL_NONE                                */
    int64_t from, to;   /* days it speaks of, or DL_NEVER                                      */
    uint32_t n;
    dl_feature *feature; /* [n] ascending by key, each once                                     */
    uint32_t actors;     /* how many of them are actors                                         */
    uint32_t words;      /* content words                                                       */
} dl_unit;

typedef struct dl_units {
    uint32_t n;
    dl_unit *unit; /* [n] in order of page, then place                                           */
} dl_units;

/* Cuts the story's pages into units. */
DL_MUST_USE dl_status dl_units_find(dl_units *out, const dl_matter *m, dl_arena *keep, dl_error *err);
/* Cosine of two units, or of any two sorted feature lists of unit length. */
float dl_unit_cosine(const dl_unit *a, const dl_unit *b);
/* How many features both have. */
uint32_t dl_unit_shared(const dl_unit *a, const dl_unit *b);

#endif
