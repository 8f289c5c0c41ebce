/* gemm.c: blocks of four rows and 32 columns, kept in registers while k runs. */
#include "learn/gemm.h"

#include <string.h>

#include "learn/wide.h"

typedef float lanes __attribute__((vector_size(64), aligned(4), may_alias));

/* One block: `rows` (1 to 4) by 16 or 32 columns. */
#define BLOCK(name, R, V)                                                                                                        \
    DL_WIDE static void name(size_t k, dl_strided a, const float *b, size_t bs, float *c, size_t cs)                             \
    {                                                                                                                            \
        lanes sum[R][V];                                                                                                         \
        for (size_t r = 0; r < (R); r++)                                                                                         \
            for (size_t v = 0; v < (V); v++) sum[r][v] = *(const lanes *)(const void *)(c + r * cs + 16 * v);                    \
        for (size_t i = 0; i < k; i++)                                                                                           \
            for (size_t r = 0; r < (R); r++) {                                                                                   \
                const float x = a.p[r * a.row + i * a.col];                                                                      \
                for (size_t v = 0; v < (V); v++) sum[r][v] += x * *(const lanes *)(const void *)(b + i * bs + 16 * v);           \
            }                                                                                                                    \
        for (size_t r = 0; r < (R); r++)                                                                                         \
            for (size_t v = 0; v < (V); v++) *(lanes *)(void *)(c + r * cs + 16 * v) = sum[r][v];                                \
    }
BLOCK(block_4_2, 4, 2)
BLOCK(block_4_1, 4, 1)
BLOCK(block_1_2, 1, 2)
BLOCK(block_1_1, 1, 1)

static dl_strided below(dl_strided a, size_t i) { return (dl_strided){ a.p + i * a.row, a.row, a.col }; }

void dl_gemm(size_t m, size_t n, size_t k, dl_strided a, const float *b, size_t bs, float *c, size_t cs)
{
    for (size_t j = 0; j < n;) {
        const bool two = n - j >= 32;
        size_t i = 0;
        for (; i + 4 <= m; i += 4) (two ? block_4_2 : block_4_1)(k, below(a, i), b + j, bs, c + i * cs + j, cs);
        for (; i < m; i++) (two ? block_1_2 : block_1_1)(k, below(a, i), b + j, bs, c + i * cs + j, cs);
        j += two ? 32 : 16;
    }
}
