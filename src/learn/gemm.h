/* gemm.h: products of matrices in floating point, for training alone (use has mat.h). Sums are taken in one
 * order, without fused operations: the same bits on every machine. */
#ifndef DL_LEARN_GEMM_H
#define DL_LEARN_GEMM_H

#include "base/defs.h"

/* A matrix whose rows are `row` apart and its columns `col`: 1, or the transposed view of a matrix. */
typedef struct dl_strided {
    const float *p;
    size_t row, col;
} dl_strided;

/* c[m][n] += a[m][k] b[k][n]; rows of b and c are bs and cs apart. n is a multiple of 16. */
void dl_gemm(size_t m, size_t n, size_t k, dl_strided a, const float *b, size_t bs, float *c, size_t cs);

#endif
