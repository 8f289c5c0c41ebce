/* pair.h: what a source did to a target in one sentence, from words alone.
 *
 * No tags and no trees: a linear classifier over stems, their places round the two mentions and their
 * classes in the event lexicon. It costs a few microseconds a sentence.
 * Not for other rooms: events.h has the door. */
#ifndef DL_EVENTS_PAIR_H
#define DL_EVENTS_PAIR_H

#include "base/str.h"
#include "events/events.h"

#define DL_PAIR_BITS 16                    /* log2 of the feature table                        */
#define DL_PAIR_SLOTS (1u << DL_PAIR_BITS) /* features are hashed into so many rows            */
#define DL_PAIR_LEX 4096u                  /* slots of the stem table                          */
#define DL_PAIR_CLASSES 4                  /* classes a stem may have                          */
#define DL_PAIR_LABELS                                                                                                           \
    16                        /* weights of a row: of type k + 1. Trained on a scheme where
                                                YIELD is CONCEDE and RETREAT; its column is CONCEDE's */
#define DL_PAIR_WORDS 160     /* words of a sentence that are looked at           */
#define DL_PAIR_FEATURES 4096 /* features of a sentence that are looked at        */

#define DL_PAIR_MAGIC "DLPAIR\0\1" /* 8 bytes, the last one is the version                */

/* Section "events": this header, stem[DL_PAIR_LEX], class[DL_PAIR_LEX][DL_PAIR_CLASSES], then
 * weight[DL_PAIR_SLOTS][DL_PAIR_LABELS]. */
typedef struct dl_pair_head {
    char magic[8];
    uint32_t slots, lex, classes, labels;
    uint8_t pad[40]; /* to 64 bytes                                                             */
} dl_pair_head;

typedef struct dl_pair_model {
    const uint32_t *stem; /* [DL_PAIR_LEX] hash of a stem, 0: free                              */
    const uint8_t *cls;   /* [DL_PAIR_LEX * DL_PAIR_CLASSES] classes, 0: none                   */
    const int8_t *weight; /* [DL_PAIR_SLOTS * DL_PAIR_LABELS]                                   */
} dl_pair_model;

/* False where the section is missing or of another shape. */
bool dl_pair_open(dl_pair_model *out, const dl_models *m);
/* The hash of a word's stem (case and endings folded); 0 for what is no word. */
uint32_t dl_pair_stem(dl_str word);
/* Writes the features of a sentence as rows of the weight table; returns how many. An empty span is
 * a mention that is not there. */
size_t dl_pair_features(uint32_t out[DL_PAIR_FEATURES], const dl_pair_model *p, dl_str text, dl_span source, dl_span target);
/* Sums their weights. */
void dl_pair_score(int32_t out[DL_PAIR_LABELS], const dl_pair_model *p, const uint32_t *feature, size_t n);
/* Is what is yielded here given back or drawn back (RETREAT), not conceded? */
bool dl_pair_retreats(dl_str text);

#endif
