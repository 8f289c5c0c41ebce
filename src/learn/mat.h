/* mat.h: matrices of 16-bit weights, for the layers of a trained network (encode/net.h).
 *
 *     dl_mat m;
 *     if (dl_mat_view(&m, dl_models_part(models, "reader", "down"), 128, 96)) dl_mat_mul(&m, x, 128, n, y);
 *
 * y[t][o] = bias[o] + scale[o] * sum_k x[t][k] * w[o][k], the sum in whole numbers: the same bits on every
 * machine, whichever instructions it has. Inputs stay within DL_STATE_MAX; the writer chooses each
 * scale so that no sum of such inputs can overflow.
 *
 * Section: dl_mat_head | scale f32[pad] | bias f32[pad] | w i16[pad/16][in/2][16][2], where pad is `out`
 * rounded up to 16 and the two innermost weights are those of inputs 2k and 2k+1. Little endian. */
#ifndef DL_LEARN_MAT_H
#define DL_LEARN_MAT_H

#include "base/buf.h"
#include "model/pack.h"

#define DL_STATE_ONE 4096               /* what 1.0 is among inputs                                */
#define DL_STATE_MAX (3 * DL_STATE_ONE) /* the largest input, either sign                          */
#define DL_MAT_PAD 16

typedef struct dl_mat_head {
    char magic[8]; /* "DLMAT\0\0\1"                                                               */
    uint32_t in, out;
} dl_mat_head;
typedef struct dl_mat { /* a view; in 0: none                                                       */
    uint32_t in, out, pad;
    const float *scale, *bias; /* [pad]                                                            */
    const int16_t *w;          /* [in / 2][pad][2]                                                 */
} dl_mat;

/* False (and an empty view) where the section is absent, or not in x out; 0: any size. */
bool dl_mat_view(dl_mat *out, dl_str section, uint32_t n_in, uint32_t n_out);

/* y[n][pad] from n rows of inputs, `stride` apart (a stride below `in` makes windows). O(n * in * pad). */
void dl_mat_mul(const dl_mat *m, const int16_t *x, size_t stride, size_t n, float *y);
/* The same in one of the ways there are, 0 the plainest; false where the machine lacks what it takes. For tests. */
#define DL_MAT_WAYS 3u
bool dl_mat_mul_by(unsigned way, const dl_mat *m, const int16_t *x, size_t stride, size_t n, float *y);

/* Appends the section of w[n_in][ld] (column o: output o), inputs being x / DL_STATE_ONE * unit. False: no memory. */
bool dl_mat_write(dl_buf *to, const float *w, size_t ld, const float *bias, uint32_t n_in, uint32_t n_out, float unit);

/* Products of all pairs: s[i][j] = sum_k a[i][k] * b[j][k], k below `depth` (a multiple of 16). Sums must fit. */
void dl_mat_pairs(const int16_t *a, size_t n_a, const int16_t *b, size_t n_b, size_t depth, int32_t *s, size_t ld);

#endif
