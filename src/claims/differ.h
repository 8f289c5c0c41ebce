/* differ.h: the finders of disagreements, one file each, and the list they write into. */
#ifndef DL_CLAIMS_DIFFER_H
#define DL_CLAIMS_DIFFER_H

#include "claims/disagree.h"

enum { DL_PAIRS_MAX = 48 }; /* supports of one claim that are held against each other            */

typedef struct dl_differ {
    const dl_matter *m;
    const dl_claims *claims;
    dl_arena *keep;
    dl_disagreement *row;
    size_t n, cap;
    bool failed;
} dl_differ;

/* A reading that grows: at most DL_PAIRS_MAX passages. */
typedef struct dl_reading_in_work {
    dl_str words;
    uint32_t n;
    dl_passage_at at[DL_PAIRS_MAX];
} dl_reading_in_work;

void dl_reading_put(dl_reading_in_work *r, uint32_t page, dl_span span);
/* Writes a row with its readings, those with most lines first; lines are counted here. */
void dl_differ_put(dl_differ *d, dl_disagree_kind kind, uint32_t claim, dl_str about, const dl_reading_in_work *r, uint32_t n,
                   const char *note);
/* The words of a claim's head. */
dl_str dl_differ_about(const dl_differ *d, uint32_t claim);

void dl_differ_who(dl_differ *d);
void dl_differ_many(dl_differ *d);
void dl_differ_when(dl_differ *d);
void dl_differ_certain(dl_differ *d);
void dl_differ_tense(dl_differ *d);
void dl_differ_broad(dl_differ *d);
void dl_differ_date(dl_differ *d);

#endif
