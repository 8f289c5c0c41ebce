/* gemm.h: products of matrices in floating point, for training alone (use has mat.h). Sums are taken in one
 * order, without fused operations: the same bits on every machine. */
#ifndef DL_LEARN_GEMM_H
#define DL_LEARN_GEMM_H

#include "base/defs.h"

/* c[m][n] += a[m][k] b[k][n]. a's rows are `as` apart and its columns `ak` (1, or the transposed view of a matrix); rows
 * of b and c are bs and cs apart. n is a multiple of 16. */
void dl_gemm(size_t m, size_t n, size_t k, const float *a, size_t as, size_t ak, const float *b, size_t bs, float *c, size_t cs);

#endif
