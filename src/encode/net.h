/* net.h: the network that reads a sentence: every word becomes a state of d numbers that knows its surroundings.
 *
 * A word comes in as the sum of some rows of a table (what it looks like, where it stands: sight.h) and of
 * its vector (learn/vectors.h) through a matrix. Layers follow, each of
 *   'c'  a window of three words: x + tanh(W [before, x, after]);
 *   's'  simple recurrent units (Lei et al., "Simple Recurrent Units for Highly Parallelizable Recurrence", 2018, without
 *        the state in the gates), half of them from left to right, half from right to left:
 *        c = f c' + (1 - f) W x,  f = gate(W_f x);  r tanh(c) + (1 - r) x,  r = gate(W_r x).
 * What is made of the states (tags, names, arcs) is asked with matrices of one's own.
 *
 *     dl_net net;
 *     if (!dl_net_open(&net, models, "reader")) ...              // a view: cheap, once a page
 *     dl_net_vectors(&net, vec_rows, n, sum);                    // once for the forms of the page
 *     dl_net_rows(&net, rows, n_rows, sum);                      // and each form's rows
 *     uint8_t *x = dl_arena_raw(a, n + 2, net.d);               // with a row of DL_STATE_ZERO at either end
 *     dl_net_start(&net, sum, place_rows, n, x + (i + 1) * net.d);
 *     dl_net_run(&net, 0, net.n_layers, x, n, a);
 *
 * Sections of a network NAME: NAME/net (dl_net_head), NAME/feats (slots u32[2^bits], learn/slots.h),
 * NAME/rows (unit f32[d], i8[n_rows][d]), NAME/in (dl_mat, from the vector), NAME/0, NAME/1 ... (dl_mat, a layer's). Trained by train/train_encoder.c. */
#ifndef DL_ENCODE_NET_H
#define DL_ENCODE_NET_H

#include "base/arena.h"
#include "learn/mat.h"
#include "learn/vectors.h"

#define DL_NET_LAYERS 8
#define DL_NET_WIDTH 512 /* the largest d                                                          */

typedef struct dl_net_head {
    char magic[8]; /* "DLNET\0\0\1"                                                                */
    uint32_t d, bits, n_rows, n_layers;
    uint32_t flat;   /* layers behind which tags and names are asked; arcs are behind all           */
    uint32_t unused; /* 0                                                                           */
    char kind[DL_NET_LAYERS];
} dl_net_head;
typedef struct dl_net {
    uint32_t d, n_layers, flat; /* d 0: none                                                       */
    uint64_t mask;              /* of slots                                                        */
    uint32_t n_rows;
    char kind[DL_NET_LAYERS];
    const uint32_t *slot;
    const float *unit;  /* [d] what a step of a row is                                             */
    const int8_t *rows; /* [n_rows * d]                                                            */
    dl_vectors vectors;
    dl_mat in, layer[DL_NET_LAYERS];
} dl_net;

/* False (and d 0) where a section is absent, damaged or of another size. */
bool dl_net_open(dl_net *out, const dl_models *m, const char *name);

#define DL_NET_ROW_BITS 18u
#define DL_NET_ROWS_MAX 0x3fffeu
/* The row of a feature (learn.h makes its hash); DL_NONE: training saw it too seldom. */
uint32_t dl_net_row(const dl_net *net, uint64_t feat);

/* sum[n][d]: what the vectors of n words come to; DL_NONE: no vector. Room for n * d + DL_MAT_PAD. */
DL_MUST_USE bool dl_net_vectors(const dl_net *net, const uint32_t *vec, size_t n, float *sum, dl_arena *scratch);
#define DL_NET_AT_ONCE 256 /* rows of one call                                                    */
/* Tells the machine that a row will be wanted. */
static inline void dl_net_fetch(const dl_net *net, uint32_t row)
{
    for (uint32_t j = 0; j < net->d; j += 64) DL_FETCH(net->rows + (size_t)row * net->d + j);
}
/* Adds rows to sum[d]. */
void dl_net_rows(const dl_net *net, const uint32_t *row, uint32_t n, float *sum);
/* x[d]: the state that goes into the first layer: the word's sum, and the rows of its place. */
void dl_net_start(const dl_net *net, const float *sum, const uint32_t *row, uint32_t n, uint8_t *x);
/* Layers from .. to over x[n + 2][d], whose first and last rows stay DL_STATE_ZERO. False: no memory. */
DL_MUST_USE bool dl_net_run(const dl_net *net, uint32_t from, uint32_t to, uint8_t *x, size_t n, dl_arena *scratch);

/* x[n] = tanh(y[n]) as states; y has rows of `ld`. For what heads make of matrices' results. */
void dl_net_bend(const float *y, size_t n, uint8_t *x);

#endif
