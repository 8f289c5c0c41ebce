/* work.h: what one shard of a batch works with. Private to src/fit. */
#ifndef DL_FIT_WORK_H
#define DL_FIT_WORK_H

#include "fit/fit.h"
#include "tags/tags.h"

/* Columns of the head of names, rounded up. */
#define DL_FIT_NAMES 16u
/* What the loss of tags counts beside those of names and trees, which are larger. */
#define DL_FIT_TAGS_WEIGHT 2.0f
/* What a step of a vector of a word is: they come in with a spread of about 1. */
#define DL_FIT_VECTOR (1.0f / 6.0f)

typedef struct dl_fit_work {
    dl_fit *f;
    const float *wt; /* every matrix of f->w with rows and columns swapped, at the same place       */
    float *grad;     /* as f->w                                                                     */
    bool train;
    uint64_t random;
    dl_arena *arena;
    const dl_fit_sent *const *sent;
    size_t n_sents, n; /* n: words of them all                                                      */
    size_t total;      /* words of the batch                                                        */
    float *pre, *v;    /* [n][d] before the first curve; [n][dim] vectors                            */
    float *x[DL_NET_LAYERS + 1], *mask[DL_NET_LAYERS + 1]; /* [n][d] states, and what was kept of them */
    float *y[DL_NET_LAYERS], *c[DL_NET_LAYERS];            /* [n][out], [n][d]                       */
    float *dx;      /* [n][d] gradient by the last states; by `pre` when the layers are done      */
    float *dx_flat; /* [n][d] what tags and names add to it on the way, behind layer plan.flat    */
    uint8_t *kept;  /* of each row of each sentence in turn: it was not dropped                  */
    double loss[4];
} dl_fit_work;

static inline float *dl_fit_bias(const dl_fit_mat *m, float *w) { return w + m->at + (size_t)m->in * m->out; }
float *dl_fit_room(dl_fit_work *k, size_t n); /* zeroed; NULL when refused                            */
/* A mask of zeros and 1 / (1 - drop). All ones in use. */
float *dl_fit_mask(dl_fit_work *k, size_t n);
/* y[n][out] = bias + x W; x's rows are `ld` apart. */
void dl_fit_mul(dl_fit_work *k, const dl_fit_mat *m, const float *x, size_t ld, size_t n, float *y);
/* Gradients of the weights, added; dx[n][in] += dy W^T where dx is not NULL. */
void dl_fit_mul_back(dl_fit_work *k, const dl_fit_mat *m, const float *x, size_t ld, size_t n, const float *dy, float *dx,
                     size_t dx_ld);
/* softmax(y[n]) - gold, times `scale`, over y; returns the loss. */
double dl_fit_softmax(float *y, size_t n, size_t gold, float scale);

bool dl_fit_forward(dl_fit_work *k);
bool dl_fit_backward(dl_fit_work *k);
/* Loss and gradients of a head; dx is added to. */
bool dl_fit_tags(dl_fit_work *k);
bool dl_fit_names(dl_fit_work *k);
bool dl_fit_trees(dl_fit_work *k);
/* Best labels under a chain of scores[n][16]. */
bool dl_fit_chain(const dl_fit *f, dl_arena *a, const float *score, size_t n, uint8_t *label);
/* Arcs of one sentence: s[n][ld] and what relations are asked with. */
typedef struct dl_fit_arcs {
    size_t n, ld, pad; /* words; columns of s (n + 1 and more); columns of `up`                     */
    float *z, *up, *down, *h, *d, *mh, *md, *near, *s, *rh, *rd; /* see arcs.c                    */
} dl_fit_arcs;
bool dl_fit_arcs_of(dl_fit_work *k, size_t at, size_t n, dl_fit_arcs *a);
void dl_fit_rels_of(dl_fit_work *k, dl_fit_arcs *a, size_t i, size_t head, float *mask, float *hidden, float *y);

#endif
