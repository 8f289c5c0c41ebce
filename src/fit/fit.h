/* fit.h: training the network of net.h, and the heads on it. Used by train/ alone.
 *
 * All that is learnt stands in one array of floats, but for the rows of the table, which stand in another.
 * A batch of sentences is cut into DL_FIT_SHARDS; each is run forwards and backwards by itself, with gradients of its
 * own, which are added in order: the number of threads does not matter. Steps are Adam's (Kingma & Ba 2015); a row that
 * a batch has not touched makes its steps later, all at once. */
#ifndef DL_FIT_FIT_H
#define DL_FIT_FIT_H

#include "base/arena.h"
#include "base/buf.h"
#include "encode/net.h"

#define DL_FIT_SHARDS 4

/* A matrix with its bias: w[in][out] at `at`, the bias behind it. */
typedef struct dl_fit_mat {
    size_t at;
    uint32_t in, out; /* out: a multiple of 16                                                     */
} dl_fit_mat;

typedef struct dl_fit_sent { /* gold that is NULL is not there                                      */
    uint32_t n;
    const uint32_t *end;  /* [n] the feature behind the token's last                           */
    const uint64_t *feat; /* of the word, then of its place                                    */
    const uint32_t *row;  /* their rows, or DL_NONE: dl_fit_rows                               */
    const uint32_t *vec;  /* [n] row of vectors, or DL_NONE                                    */
    const uint8_t *xpos, *upos, *names, *rel;
    const uint16_t *head; /* [n] 0: the root; else the word, from 1                                 */
    float weight;
} dl_fit_sent;

typedef struct dl_fit_plan {
    uint32_t d, arcs; /* arcs: width of what arcs are scored by                               */
    char layers[DL_NET_LAYERS + 1];
    uint32_t flat;                            /* layers that tags and names are read behind; arcs are behind all               */
    uint32_t n_xpos, n_upos, n_names, n_rels; /* labels of each task; 0: no such head                */
    float rate, drop, drop_rows;
    uint32_t steps; /* of the whole training: the rate falls to nothing over them                 */
    uint32_t threads;
    uint64_t seed;
} dl_fit_plan;

/* Which features have a row: those seen `least` times or more in the training sentences, at most `most` of them: the
 * commonest, ties by hash. */
typedef struct dl_fit_index {
    uint32_t *slot; /* [2^bits] as in net.h; owned                                                  */
    uint32_t bits, n_rows;
} dl_fit_index;
bool dl_fit_index_make(dl_fit_index *x, const dl_fit_sent *sent, size_t n, uint32_t least, uint32_t most);
/* Fills the rows of sentences, in the arena. */
bool dl_fit_rows(const dl_fit_index *x, dl_fit_sent *sent, size_t n, dl_arena *a);

typedef struct dl_fit {
    dl_fit_plan plan;
    dl_vectors vectors;
    const bool *may; /* [(n_names + 1) * n_names] whether a label may follow another                */
    size_t n;        /* of w                                                                        */
    float *w, *m1, *m2, *grad[DL_FIT_SHARDS];
    float *rows, *rows_m1, *rows_m2, *rows_grad;
    uint8_t *touched; /* [n_rows]                                                                   */
    uint32_t *last;   /* [n_rows] the step of a row's last gradient                                 */
    dl_fit_index index;
    dl_fit_mat in, layer[DL_NET_LAYERS], tags, names, up, down, near, rel_up, rel_down, rel;
    size_t trans, root; /* [(n_names + 1) * 16], [d]                                               */
    dl_arena arena[DL_FIT_SHARDS];
    uint32_t step;
    double loss[4]; /* tags, names, arcs, relations: sums since the caller cleared them             */
} dl_fit;

/* False: no memory. `may` is borrowed; the index becomes the trainer's. */
bool dl_fit_init(dl_fit *f, const dl_fit_plan *plan, const dl_fit_index *index, const dl_vectors *vectors, const bool *may);
void dl_fit_free(dl_fit *f);
/* One step over the sentences. */
bool dl_fit_step(dl_fit *f, const dl_fit_sent *const *sent, size_t n);
/* Lets every row make its steps; before it is asked or written. */
void dl_fit_settle(dl_fit *f);
/* What the network says of a sentence, without dropping anything: any of the outputs may be NULL. */
bool dl_fit_say(dl_fit *f, const dl_fit_sent *s, uint8_t *xpos, uint8_t *upos, uint8_t *names, uint16_t *head, uint8_t *rel);
/* Writes the sections of the network under its name. Fails as dl_pack_write does. */
DL_MUST_USE dl_status dl_fit_write(const dl_fit *f, const char *path, const char *name, dl_error *err);

#endif
