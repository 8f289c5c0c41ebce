/* mat.c: whole-number matrix products. Each kernel gives the same sums; the widest that the machine has is taken. */
#include "learn/mat.h"

#include <math.h>
#include <string.h>

#include "learn/wide.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define DL_X86 1
#endif

static const char magic[8] = "DLMAT\0\0\1";
#define WEIGHT_MAX 2047.0f

bool dl_mat_view(dl_mat *out, dl_str s, uint32_t n_in, uint32_t n_out)
{
    dl_mat_head h;
    *out = (dl_mat){ .in = 0 };
    if (s.len < sizeof h) return false;
    memcpy(&h, s.p, sizeof h);
    uint64_t pad = ((uint64_t)h.out + DL_MAT_PAD - 1) / DL_MAT_PAD * DL_MAT_PAD;
    if (memcmp(h.magic, magic, sizeof magic) || !h.in || h.in % 2 || h.in > 65536 || !h.out || h.out > 65536) return false;
    if ((n_in && h.in != n_in) || (n_out && h.out != n_out) || s.len != sizeof h + pad * 8 + (uint64_t)h.in * pad * 2)
        return false;
    const char *p = s.p + sizeof h;
    *out = (dl_mat){ h.in,
                     h.out,
                     (uint32_t)pad,
                     (const float *)(const void *)p,
                     (const float *)(const void *)(p + pad * 4),
                     (const int16_t *)(const void *)(p + pad * 8) };
    return true;
}

/* ---- Kernels: sums of two blocks of 16 outputs, four rows of inputs at a time. -------------------- */

#define BLOCK (2 * DL_MAT_PAD) /* weights of a pair of inputs                                     */

typedef struct block {
    const int16_t *row[4]; /* of inputs; the last ones are the first again where there are fewer  */
    const int16_t *w[2];   /* [pairs][BLOCK] of either block; the second may be the first again     */
    size_t pairs;
} block;

typedef int32_t sums_of[2][4][DL_MAT_PAD];

static void sums_any(const block *k, sums_of sum)
{
    memset(sum, 0, sizeof(sums_of));
    for (size_t h = 0; h < 2; h++)
        for (size_t t = 0; t < 4; t++)
            for (size_t i = 0; i < k->pairs; i++) {
                const int32_t a = k->row[t][2 * i], b = k->row[t][2 * i + 1];
                const int16_t *w = k->w[h] + i * BLOCK;
                for (size_t o = 0; o < DL_MAT_PAD; o++) sum[h][t][o] += a * w[2 * o] + b * w[2 * o + 1];
            }
}

#ifdef DL_X86
/* The two inputs of pair i. */
static inline int32_t pair_at(const int16_t *x, size_t i)
{
    int32_t v;
    memcpy(&v, x + 2 * i, sizeof v);
    return v;
}

#define AVX2 __attribute__((target("avx2"))) static
#define VNNI __attribute__((target("avx512f,avx512vnni"))) static

AVX2 inline __m256i add2(__m256i sum, const int16_t *w, __m256i x)
{
    return _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_loadu_si256((const void *)w), x));
}

AVX2 void sums_avx2(const block *k, sums_of sum)
{
    const int16_t *x0 = k->row[0], *x1 = k->row[1], *x2 = k->row[2], *x3 = k->row[3];
    for (size_t q = 0; q < 4; q++) { /* a quarter: eight outputs */
        __m256i a = _mm256_setzero_si256(), b = a, c = a, d = a;
        const int16_t *w = k->w[q / 2] + q % 2 * DL_MAT_PAD;
        for (size_t i = 0; i < k->pairs; i++, w += BLOCK) {
            a = add2(a, w, _mm256_set1_epi32(pair_at(x0, i)));
            b = add2(b, w, _mm256_set1_epi32(pair_at(x1, i)));
            c = add2(c, w, _mm256_set1_epi32(pair_at(x2, i)));
            d = add2(d, w, _mm256_set1_epi32(pair_at(x3, i)));
        }
        _mm256_storeu_si256((void *)(sum[q / 2][0] + q % 2 * 8), a);
        _mm256_storeu_si256((void *)(sum[q / 2][1] + q % 2 * 8), b);
        _mm256_storeu_si256((void *)(sum[q / 2][2] + q % 2 * 8), c);
        _mm256_storeu_si256((void *)(sum[q / 2][3] + q % 2 * 8), d);
    }
}

VNNI inline __m512i add4(__m512i sum, __m512i w, const int16_t *x, size_t i)
{
    return _mm512_dpwssd_epi32(sum, w, _mm512_set1_epi32(pair_at(x, i)));
}

VNNI void sums_vnni(const block *k, sums_of sum)
{
    const int16_t *x0 = k->row[0], *x1 = k->row[1], *x2 = k->row[2], *x3 = k->row[3], *w = k->w[0], *v = k->w[1];
    __m512i a = _mm512_setzero_si512(), b = a, c = a, d = a, e = a, f = a, g = a, h = a;
    for (size_t i = 0; i < k->pairs; i++, w += BLOCK, v += BLOCK) {
        const __m512i one = _mm512_loadu_si512(w), two = _mm512_loadu_si512(v);
        a = add4(a, one, x0, i);
        e = add4(e, two, x0, i);
        b = add4(b, one, x1, i);
        f = add4(f, two, x1, i);
        c = add4(c, one, x2, i);
        g = add4(g, two, x2, i);
        d = add4(d, one, x3, i);
        h = add4(h, two, x3, i);
    }
    _mm512_storeu_si512(sum[0][0], a);
    _mm512_storeu_si512(sum[0][1], b);
    _mm512_storeu_si512(sum[0][2], c);
    _mm512_storeu_si512(sum[0][3], d);
    _mm512_storeu_si512(sum[1][0], e);
    _mm512_storeu_si512(sum[1][1], f);
    _mm512_storeu_si512(sum[1][2], g);
    _mm512_storeu_si512(sum[1][3], h);
}
#endif

typedef void (*kernel)(const block *k, sums_of sum);

/* The kernels from the plainest to the widest; NULL where the machine cannot run it. */
static kernel kernel_of(unsigned way)
{
#ifdef DL_X86
    if (way == 2) return __builtin_cpu_supports("avx512vnni") ? sums_vnni : NULL;
    if (way == 1) return __builtin_cpu_supports("avx2") ? sums_avx2 : NULL;
#endif
    return way == 0 ? sums_any : NULL;
}

DL_WIDE static void put(const dl_mat *m, size_t o, const int32_t *restrict sum, float *restrict y)
{
    for (size_t j = 0; j < DL_MAT_PAD; j++) y[j] = m->bias[o + j] + m->scale[o + j] * (float)sum[j];
}

static void multiply(kernel sums, const dl_mat *m, const int16_t *x, size_t stride, size_t n, float *y)
{
    sums_of sum;
    /* The weights of two blocks stay near while all rows go by. */
    for (size_t o = 0; o < m->pad; o += 2 * DL_MAT_PAD) {
        const size_t blocks = m->pad - o > DL_MAT_PAD ? 2 : 1;
        block k = { .w = { m->w + o * m->in, m->w + (o + (blocks - 1) * DL_MAT_PAD) * m->in }, .pairs = m->in / 2 };
        for (size_t t = 0; t < n; t += 4) {
            const size_t rows = n - t < 4 ? n - t : 4;
            for (size_t r = 0; r < 4; r++) k.row[r] = x + (t + (r < rows ? r : 0)) * stride;
            sums(&k, sum);
            for (size_t i = 0; i < rows * blocks; i++)
                put(m, o + i % blocks * DL_MAT_PAD, sum[i % blocks][i / blocks],
                    y + (t + i / blocks) * m->pad + o + i % blocks * DL_MAT_PAD);
        }
    }
}

void dl_mat_mul(const dl_mat *m, const int16_t *x, size_t stride, size_t n, float *y)
{
    unsigned way = DL_MAT_WAYS - 1;
    while (!kernel_of(way)) way--;
    multiply(kernel_of(way), m, x, stride, n, y);
}

bool dl_mat_mul_by(unsigned way, const dl_mat *m, const int16_t *x, size_t stride, size_t n, float *y)
{
    if (!kernel_of(way)) return false;
    multiply(kernel_of(way), m, x, stride, n, y);
    return true;
}

DL_WIDE static int32_t dot(const int16_t *a, const int16_t *b, size_t n)
{
    int32_t sum = 0;
    for (size_t k = 0; k < n; k++) sum += a[k] * b[k];
    return sum;
}

void dl_mat_pairs(const int16_t *a, size_t n_a, const int16_t *b, size_t n_b, size_t depth, int32_t *s, size_t ld)
{
    for (size_t i = 0; i < n_a; i++)
        for (size_t j = 0; j < n_b; j++) s[i * ld + j] = dot(a + i * depth, b + j * depth, depth);
}

/* ---- Writing --------------------------------------------------------------------------------- */

/* How many steps of the weights of output o make 1: the finest at which no sum overflows. */
static float steps_of(const float *w, size_t ld, uint32_t n_in, uint32_t o)
{
    float most = 0, total = 0;
    for (uint32_t k = 0; k < n_in; k++) {
        float a = fabsf(w[k * ld + o]);
        most = a > most ? a : most;
        total += a;
    }
    if (most == 0) return 1;
    /* Rounding may add half a step to each weight. */
    const float room = 2147483000.0f / (float)DL_STATE_MAX - (float)n_in;
    return fminf(WEIGHT_MAX / most, room / total);
}

static void add(dl_buf *to, const void *p, size_t n) { dl_buf_add(to, (dl_str){ p, n }); }

/* The weights of outputs from `o` on. */
static void write_block(dl_buf *to, const float *w, size_t ld, uint32_t n_in, uint32_t n_out, uint32_t o)
{
    float steps[DL_MAT_PAD] = { 0 };
    for (uint32_t j = 0; j < DL_MAT_PAD && o + j < n_out; j++) steps[j] = steps_of(w, ld, n_in, o + j);
    for (uint32_t k = 0; k < n_in; k += 2)
        for (uint32_t j = 0; j < DL_MAT_PAD; j++)
            for (uint32_t i = k; i < k + 2; i++) {
                const float v = o + j < n_out ? w[i * ld + o + j] * steps[j] : 0;
                const int16_t q = (int16_t)(v + (v < 0 ? -0.5f : 0.5f));
                add(to, &q, sizeof q);
            }
}

bool dl_mat_write(dl_buf *to, const float *w, size_t ld, const float *bias, uint32_t n_in, uint32_t n_out, float unit)
{
    if (n_in < 2 || n_in % 2) return false;
    const uint32_t pad = (n_out + DL_MAT_PAD - 1) / DL_MAT_PAD * DL_MAT_PAD;
    dl_mat_head h = { .in = n_in, .out = n_out };
    memcpy(h.magic, magic, sizeof magic);
    add(to, &h, sizeof h);
    for (uint32_t o = 0; o < pad; o++) {
        float scale = o < n_out ? unit / (steps_of(w, ld, n_in, o) * (float)DL_STATE_ONE) : 0;
        add(to, &scale, sizeof scale);
    }
    for (uint32_t o = 0; o < pad; o++) {
        float b = o < n_out && bias ? bias[o] : 0;
        add(to, &b, sizeof b);
    }
    for (uint32_t o = 0; o < pad; o += DL_MAT_PAD) write_block(to, w, ld, n_in, n_out, o);
    return !to->failed;
}
