/* vector.h: a page as weighted terms, the way stories compare pages.
 *
 * Four bags: all content words (headline words count double), headline and lede words, names
 * (words with a capital that no sentence begins with), numbers with the word behind them. A page without
 * a headline has a first line like one for it. Weights
 * are (1 + ln tf) * idf, scaled to length 1 (G. Salton & C. Buckley, "Term-weighting approaches in
 * automatic text retrieval", 1988). The idf rests on the background and on the stream so far: a word that
 * every page of a pile has tells nothing there. */
#ifndef DL_STORIES_VECTOR_H
#define DL_STORIES_VECTOR_H

#include "stories/calendar.h"
#include "stories/frequency.h"
#include "stories/furniture.h"

typedef struct dl_term {
    uint32_t hash;
    float weight;
} dl_term;

typedef struct dl_bag {
    uint32_t n;
    const dl_term *term; /* [n] ascending by hash; squares of weights sum to 1 at most           */
} dl_bag;

typedef enum dl_bag_kind {
    DL_BAG_ALL,
    DL_BAG_HEAD,
    DL_BAG_TITLE,
    DL_BAG_NAMES,
    DL_BAG_NUMBERS,
    DL_BAG_PAIRS,
    DL_BAGS
} dl_bag_kind;

typedef struct dl_vector {
    dl_bag bag[DL_BAGS];
    int64_t published; /* seconds UTC, or DL_NEVER                                              */
    dl_told told;      /* what it says of days                                                    */
    uint32_t words;
} dl_vector;

/* First pass: the raw counts of one page (weights are tf), arrays in `keep`. Furniture is left out.
 * False: no memory. */
bool dl_vector_count(dl_vector *out, const dl_sheet *s, const dl_furniture *furniture, const dl_calendar *calendar,
                     dl_arena *keep, dl_arena *scratch);
/* Its terms that are counted over pages, each once, into `out`, which has room for all of its bags'. Returns how many. */
uint32_t dl_vector_terms(const dl_vector *v, uint32_t *out);
/* Second pass: counts become weights; the `all` bag keeps its heaviest terms. */
void dl_vector_weigh(dl_vector *v, const dl_frequency *f);

/* The heaviest terms, the heaviest first, at most `most` of them into `out`. Returns how many. */
uint32_t dl_bag_heaviest(const dl_bag *b, dl_term *out, uint32_t most);

double dl_bag_dot(const dl_bag *a, const dl_bag *b);
/* The share of a's squared weight whose terms b has. */
double dl_bag_covered(const dl_bag *a, const dl_bag *b);

/* One bag laid out for products with many: bits that most terms of others miss, and a table. */
#define DL_PROBE_SLOTS 512u /* more than twice the terms of a bag                                   */
#define DL_PROBE_BITS 8192u
typedef struct dl_probe {
    uint64_t bits[DL_PROBE_BITS / 64];
    dl_term slot[DL_PROBE_SLOTS]; /* weight below 0: free                                             */
} dl_probe;
/* Of an `all` bag that dl_vector_weigh has made. */
void dl_probe_make(dl_probe *p, const dl_bag *all);
/* The same to the last bit as dl_bag_dot. */
double dl_probe_dot(const dl_probe *p, const dl_bag *b);

#endif
