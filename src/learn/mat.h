/* mat.h: matrices of small whole weights, -63 .. 63, for the layers of a trained network (encode/net.h).
 *
 *     dl_mat m;
 *     if (dl_mat_view(&m, dl_models_part(models, "reader", "down"), 128, 96)) dl_mat_mul(&m, x, 128, n, y);
 *
 * y[t][o] = bias[o] + scale[o] * sum_k (x[t][k] - DL_STATE_ZERO) * w[o][k], the sum in whole numbers: the same bits on
 * every machine, whichever instructions it has. Inputs are bytes, as the widest of those instructions want them.
 *
 * Section: dl_mat_head | scale f32[pad] | bias f32[pad] | shift i32[pad] | w i8[pad/16][in/4][16][4], where pad is `out`
 * rounded up to 16, the four innermost weights are those of inputs 4k to 4k+3, and shift is what makes good for DL_STATE_ZERO:
 * -DL_STATE_ZERO times the sum of the weights. Little endian. */
#ifndef DL_LEARN_MAT_H
#define DL_LEARN_MAT_H

#include "base/buf.h"
#include "model/pack.h"

#define DL_STATE_ZERO 128 /* what 0 is among inputs                                                 */
#define DL_STATE_ONE 64   /* steps of 1.0                                                           */
#define DL_STATE_MAX 127  /* the most steps, either sign                                            */
#define DL_MAT_PAD 16

typedef struct dl_mat_head {
    char magic[8]; /* "DLMAT\0\0\2"                                                               */
    uint32_t in, out;
} dl_mat_head;
typedef struct dl_mat { /* a view; in 0: none                                                       */
    uint32_t in, out, pad;
    const float *scale, *bias; /* [pad]                                                            */
    const int32_t *shift;      /* [pad]                                                            */
    const int8_t *w;           /* [pad / 16][in / 4][16][4]                                        */
} dl_mat;

/* False (and an empty view) where the section is absent, or not in x out; 0: any size. */
bool dl_mat_view(dl_mat *out, dl_str section, uint32_t n_in, uint32_t n_out);

/* y[n][pad] from n rows of inputs, `stride` apart (a stride below `in` makes windows). O(n * in * pad). */
void dl_mat_mul(const dl_mat *m, const uint8_t *x, size_t stride, size_t n, float *y);
/* The same in one of the ways there are, 0 the plainest; false where the machine lacks what it takes. For tests. */
#define DL_MAT_WAYS 3u
bool dl_mat_mul_by(unsigned way, const dl_mat *m, const uint8_t *x, size_t stride, size_t n, float *y);

/* Appends the section of w[n_in][ld] (column o: output o), inputs being (x - DL_STATE_ZERO) / DL_STATE_ONE * unit, n_in a multiple
 * of 4. False: no memory, or no such size. */
bool dl_mat_write(dl_buf *to, const float *w, size_t ld, const float *bias, uint32_t n_in, uint32_t n_out, float unit);

/* Products of all pairs of inputs: s[i][j] = sum_k (a[i][k] - DL_STATE_ZERO) * (b[j][k] - DL_STATE_ZERO), k below `depth`. */
void dl_mat_pairs(const uint8_t *a, size_t n_a, const uint8_t *b, size_t n_b, size_t depth, int32_t *s, size_t ld);

#endif
