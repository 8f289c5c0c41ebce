/* train.h: averaged perceptrons: how the weights of learn.h are made. Used by train/ alone.
 *
 * Sequences (names, cues):
 *     dl_trainer t;
 *     dl_trainer_init(&t, &arena, labels, n_labels, &(dl_train_plan){ .epochs = 8, .min_updates = 3, .bio = true });
 *     dl_example_add(&t, &seq, gold);      // dl_seq of learn.h, gold[seq.n]; both are copied
 *     dl_train_seqs(&t);                   // shuffles with a fixed seed, Viterbi, structured updates
 *     dl_trainer_write(&t, &buf);          // averaged, quantised: a section of learn.h
 *     dl_linear_view(&w, dl_buf_str(&buf)); // evaluate with what will be shipped
 *     dl_pack_part part = { "names/weights", buf.p, buf.len };
 *     dl_pack_write("models/cues.dlm", &part, 1, &err);    // base/pack_format.h
 * Own loops (parser): dl_trainer_score, dl_trainer_update, dl_trainer_tick.
 *
 * A feature takes part in scoring only once it was updated `min_updates` times, in training as in
 * the model that is written (Goldberg & Elhadad, "Learning Sparser Perceptron Models", 2011): small
 * models at little loss. Averaging is over ticks (Collins 2002), kept lazily. */
#ifndef DL_LEARN_TRAIN_H
#define DL_LEARN_TRAIN_H

#include "base/buf.h"
#include "base/hash.h"
#include "learn/learn.h"

typedef struct dl_train_plan {
    uint32_t epochs;      /* passes over the examples; 0: 8                                     */
    uint32_t min_updates; /* 0: 1                                                               */
    uint32_t max_bytes;   /* of the section: the least used features are dropped; 0: no ceiling  */
    bool bio;             /* labels are O, B-X, I-X                                             */
    uint64_t seed;
    void (*told)(void *ctx, uint32_t epoch, double right, size_t rows); /* progress; may be NULL */
    void *ctx;
} dl_train_plan;

typedef struct dl_weight { /* of one label for one feature */
    double sum;            /* of the weight over ticks                                          */
    float now;             /* the weight                                                        */
    uint32_t at;           /* the tick up to which `sum` is filled in                           */
    uint32_t label;
} dl_weight;
typedef struct dl_weights { /* one feature's */
    uint64_t hash;
    uint32_t updates;
    uint16_t n, cap;
    dl_weight *w; /* [n]                                                                        */
} dl_weights;

typedef struct dl_example {
    size_t n;
    const uint32_t *end;
    const uint64_t *feat;
    const uint8_t *gold;
} dl_example;

typedef struct dl_trainer {
    dl_arena *arena;
    dl_train_plan plan;
    uint32_t n_labels;
    char label[DL_LABELS_MAX][24];
    dl_map rows; /* feature -> row                                                              */
    dl_weights *row;
    size_t n_rows, row_cap;
    dl_weight *trans; /* [(n_labels + 1) * n_labels]; row n_labels: the start                   */
    bool *may;        /* the same shape: whether b may follow a                                 */
    dl_example *ex;
    size_t n_ex, ex_cap;
    uint32_t tick;
} dl_trainer;

/* Label names are copied (at most 23 bytes). The arena must allow for some GB. False: no memory. */
bool dl_trainer_init(dl_trainer *t, dl_arena *a, const char *const *labels, uint32_t n_labels, const dl_train_plan *plan);

/* score[0 .. n_labels) under the weights as they stand now. */
void dl_trainer_score(const dl_trainer *t, const uint64_t *feats, size_t n, float *score);
/* Adds `by` to the label's weight of every feature. */
void dl_trainer_update(dl_trainer *t, const uint64_t *feats, size_t n, uint32_t label, float by);
/* One decision (or sentence) was made: averages count it. */
static inline void dl_trainer_tick(dl_trainer *t) { t->tick++; }

bool dl_example_add(dl_trainer *t, const dl_seq *s, const uint8_t *gold);
/* Trains on the examples. False: no memory. */
bool dl_train_seqs(dl_trainer *t);

/* Appends the section of the averaged, quantised model; false: no memory. */
bool dl_trainer_write(const dl_trainer *t, dl_buf *out);
/* To ship it, write the buffer as a section of a pack: dl_pack_write of base/pack_format.h. */

/* splitmix64: the next number of the state. */
static inline uint64_t dl_random(uint64_t *state)
{
    uint64_t x = *state += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
} /* Puts order[n] into an order that the state alone decides (Fisher & Yates 1938). */
void dl_shuffle(uint32_t *order, size_t n, uint64_t *state);

#endif
