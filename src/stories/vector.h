/* vector.h: a page as weighted terms, the way stories compare pages.
 *
 * Bags: all content words (headline words count double); numbers with the word behind them; pairs of
 * words with capitals. Parts: terms of the bag of all words that stand in headline and lede, in the
 * headline, and as names (words with a capital that no sentence begins with), each with weights of its own.
 * A page without a headline has a first line like one for it. Weights
 * are (1 + ln tf) * idf, scaled to length 1 (G. Salton & C. Buckley, "Term-weighting approaches in
 * automatic text retrieval", 1988). The idf rests on the background and on the stream so far: a word that
 * every page of a pile has tells nothing there. */
#ifndef DL_STORIES_VECTOR_H
#define DL_STORIES_VECTOR_H

#include "stories/calendar.h"
#include "stories/frequency.h"
#include "stories/furniture.h"

typedef enum dl_bag_kind { DL_BAG_ALL, DL_BAG_NUMBERS, DL_BAG_PAIRS, DL_BAGS } dl_bag_kind;
typedef enum dl_part_kind { DL_PART_HEAD, DL_PART_TITLE, DL_PART_NAMES, DL_PARTS } dl_part_kind;

/* ---- Counts ------------------------------------------------------------------------------------ */

typedef struct dl_tally {
    uint32_t n;
    uint32_t *hash;  /* [n] ascending                                                           */
    uint32_t *times; /* [n] how often each stands there                                           */
} dl_tally;

typedef struct dl_tallies {
    dl_tally bag[DL_BAGS];
    uint32_t *part[DL_PARTS]; /* [bag[DL_BAG_ALL].n] how often each of those terms stands in the part */
    int32_t day;              /* of publication, or DL_DAY_UNKNOWN                                */
    dl_told told;             /* what it says of days                                             */
    uint32_t words;
} dl_tallies;

/* Of one page, without furniture; arrays in `a`. False: no memory. */
bool dl_tallies_make(dl_tallies *out, const dl_sheet *s, const dl_furniture *furniture, const dl_calendar *calendar, dl_arena *a);
/* Its terms that are counted over pages, each once; in `a`. NULL: no memory. */
const uint32_t *dl_tallies_terms(const dl_tallies *c, uint32_t *n, dl_arena *a);

/* ---- Weights ----------------------------------------------------------------------------------- */

#define DL_WEIGHT_ONE 65535.0 /* a weight of 1                                                        */

typedef struct dl_bag {
    uint32_t n;
    const uint32_t *hash;   /* [n] ascending                                                    */
    const uint16_t *weight; /* [n] times DL_WEIGHT_ONE; squares of weights sum to 1 at most          */
} dl_bag;

typedef struct dl_part {
    uint32_t n;
    const uint8_t *place;   /* [n] ascending: places in the bag of all                             */
    const uint16_t *weight; /* [n]                                                              */
} dl_part;

#define DL_VECTOR_TERMS 160u /* of the bag of all at most; a place fits into a byte                     */

typedef struct dl_vector {
    dl_bag bag[DL_BAGS];
    dl_part part[DL_PARTS];
    int32_t day; /* of publication, or DL_DAY_UNKNOWN                                             */
    dl_told told;
    uint32_t words;
} dl_vector;

/* Counts become weights; the bag of all keeps its heaviest terms, the parts what it keeps. Arrays in `a`. False: no memory. */
bool dl_vector_weigh(dl_vector *out, const dl_tallies *c, const dl_frequency *f, dl_arena *a);

typedef struct dl_term {
    uint32_t hash, weight;
} dl_term;

/* Puts the heaviest terms of t[n] first, at most `most` of them, the heaviest foremost; those of one weight by hash. Returns how
 * many. */
uint32_t dl_terms_heaviest(dl_term *t, uint32_t n, uint32_t most);

#endif
