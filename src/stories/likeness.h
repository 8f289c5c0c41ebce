/* likeness.h: how like each other two pages are, term by term: one page is laid out once and compared
 * with many. Sums are of whole numbers: the same in any order. */
#ifndef DL_STORIES_LIKENESS_H
#define DL_STORIES_LIKENESS_H

#include "stories/vector.h"

typedef struct dl_likeness {
    double bag[DL_BAGS];         /* cosines                                                        */
    double part[DL_PARTS];       /* the same of the parts                                            */
    double covered[DL_PARTS][2]; /* share of a part's squared weight whose terms the other page has: lesser, greater */
} dl_likeness;

#define DL_PROBE_SLOTS 512u /* more than twice the terms of a bag                                   */
#define DL_PROBE_BITS 8192u
typedef struct dl_probe {
    const dl_vector *v;
    uint64_t bits[DL_PROBE_BITS / 64];          /* terms by their hashes: most terms of others miss them */
    uint8_t slot[DL_PROBE_SLOTS];               /* places of terms, by their hashes; or DL_NO_PLACE      */
    uint16_t weight[DL_PARTS][DL_VECTOR_TERMS]; /* of its parts by place; 0: not in the part              */
    uint64_t squares[DL_PARTS];                 /* of their weights, summed                               */
} dl_probe;
#define DL_NO_PLACE UINT8_MAX

/* v must last as long as the probe. */
void dl_probe_make(dl_probe *p, const dl_vector *v);

/* Terms that a bag of all shares with the probe's. */
typedef struct dl_shared {
    uint8_t to[DL_VECTOR_TERMS];  /* the probe's place of each term of the bag, or DL_NO_PLACE         */
    uint8_t own[DL_VECTOR_TERMS]; /* [n] the probe's places that are shared                            */
    uint32_t n;
} dl_shared;
/* Finds them; returns the cosine of the bags. */
double dl_probe_share(dl_shared *out, const dl_probe *p, const dl_bag *all);
/* All of it, of a page with what dl_probe_share found and says of its bag. */
void dl_probe_liken(dl_likeness *out, const dl_probe *p, const dl_vector *v, const dl_shared *shared, double cosine);

/* The cosine of two bags. */
double dl_bag_dot(const dl_bag *a, const dl_bag *b);

#endif
