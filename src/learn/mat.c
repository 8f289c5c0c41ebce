/* mat.c: whole-number matrix products. Each kernel gives the same sums; the widest that the machine has is taken. */
#include "learn/mat.h"

#include <math.h>
#include <string.h>

#include "learn/wide.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define DL_X86 1
#endif

static const char magic[8] = "DLMAT\0\0\2";
#define WEIGHT_MAX 63.0f /* so that the products of two inputs, each at most 255, fit 16 bits together */
#define BESIDE 4u        /* inputs whose weights stand together                                          */

bool dl_mat_view(dl_mat *out, dl_str s, uint32_t n_in, uint32_t n_out)
{
    dl_mat_head h;
    *out = (dl_mat){ .in = 0 };
    if (s.len < sizeof h) return false;
    memcpy(&h, s.p, sizeof h);
    const uint64_t pad = ((uint64_t)h.out + DL_MAT_PAD - 1) / DL_MAT_PAD * DL_MAT_PAD;
    if (memcmp(h.magic, magic, sizeof magic) || !h.in || h.in % BESIDE || h.in > 65536 || !h.out || h.out > 65536) return false;
    if ((n_in && h.in != n_in) || (n_out && h.out != n_out) || s.len != sizeof h + pad * 12 + h.in * pad) return false;
    const char *p = s.p + sizeof h;
    *out = (dl_mat){ .in = h.in,
                     .out = h.out,
                     .pad = (uint32_t)pad,
                     .scale = (const float *)(const void *)p,
                     .bias = (const float *)(const void *)(p + pad * 4),
                     .shift = (const int32_t *)(const void *)(p + pad * 8),
                     .w = (const int8_t *)(p + pad * 12) };
    return true;
}

/* ---- Kernels: sums of two blocks of 16 outputs, four rows of inputs at a time. -------------------- */

#define BLOCK (BESIDE * DL_MAT_PAD) /* weights of four inputs                                      */

/* A piece of a product: up to four rows by one block or two; a row or block that is not there is the first again. */
typedef struct block {
    const uint8_t *row[4];
    const int8_t *w[2]; /* [quads][BLOCK]                                                          */
    const int32_t *shift[2];
    const float *scale[2], *bias[2]; /* [16]                                                        */
    float *y;                        /* [rows][ld], the second block behind the first               */
    size_t quads, rows, blocks, ld;
} block;

typedef int32_t sums_of[2][4][DL_MAT_PAD];

DL_WIDE static void put(const block *k, size_t h, int32_t (*restrict sum)[DL_MAT_PAD], float *restrict y)
{
    const float *restrict scale = k->scale[h], *restrict bias = k->bias[h];
    for (size_t r = 0; r < k->rows; r++)
        for (size_t j = 0; j < DL_MAT_PAD; j++) y[r * k->ld + j] = bias[j] + scale[j] * (float)sum[r][j];
}

static void put_all(const block *k, sums_of sum)
{
    for (size_t h = 0; h < k->blocks; h++) put(k, h, sum[h], k->y + h * DL_MAT_PAD);
}

static void by_any(const block *k)
{
    sums_of sum;
    for (size_t h = 0; h < 2; h++)
        for (size_t t = 0; t < 4; t++) {
            memcpy(sum[h][t], k->shift[h], sizeof sum[h][t]);
            for (size_t i = 0; i < k->quads * BESIDE; i++) {
                const int32_t x = k->row[t][i];
                const int8_t *w = k->w[h] + i / BESIDE * BLOCK + i % BESIDE;
                for (size_t o = 0; o < DL_MAT_PAD; o++) sum[h][t][o] += x * w[BESIDE * o];
            }
        }
    put_all(k, sum);
}

#ifdef DL_X86
/* Four inputs. */
static inline int32_t four_at(const uint8_t *x, size_t i)
{
    int32_t v;
    memcpy(&v, x + BESIDE * i, sizeof v);
    return v;
}

#define AVX2 __attribute__((target("avx2"))) static
#define VNNI __attribute__((target("avx512f,avx512vnni"))) static

AVX2 inline __m256i add2(__m256i sum, __m256i w, const uint8_t *x, size_t i)
{
    const __m256i pairs = _mm256_maddubs_epi16(_mm256_set1_epi32(four_at(x, i)), w);
    return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

AVX2 void by_avx2(const block *k)
{
    sums_of sum;
    for (size_t q = 0; q < 4; q++) { /* a quarter: eight outputs */
        const size_t h = q / 2, at = q % 2 * 8;
        __m256i a = _mm256_loadu_si256((const void *)(k->shift[h] + at)), b = a, c = a, d = a;
        const int8_t *w = k->w[h] + at * BESIDE;
        for (size_t i = 0; i < k->quads; i++, w += BLOCK) {
            const __m256i of = _mm256_loadu_si256((const void *)w);
            a = add2(a, of, k->row[0], i);
            b = add2(b, of, k->row[1], i);
            c = add2(c, of, k->row[2], i);
            d = add2(d, of, k->row[3], i);
        }
        _mm256_storeu_si256((void *)(sum[h][0] + at), a);
        _mm256_storeu_si256((void *)(sum[h][1] + at), b);
        _mm256_storeu_si256((void *)(sum[h][2] + at), c);
        _mm256_storeu_si256((void *)(sum[h][3] + at), d);
    }
    put_all(k, sum);
}

VNNI inline __m512i add4(__m512i sum, __m512i w, const uint8_t *x, size_t i)
{
    return _mm512_dpbusd_epi32(sum, _mm512_set1_epi32(four_at(x, i)), w);
}

VNNI inline void put4(const block *k, size_t h, const __m512i sum[4])
{
    const __m512 scale = _mm512_loadu_ps(k->scale[h]), bias = _mm512_loadu_ps(k->bias[h]);
    float *y = k->y + h * DL_MAT_PAD;
    for (size_t r = 0; r < k->rows; r++)
        _mm512_storeu_ps(y + r * k->ld, _mm512_add_ps(bias, _mm512_mul_ps(scale, _mm512_cvtepi32_ps(sum[r]))));
}

VNNI void by_vnni(const block *k)
{
    const uint8_t *x0 = k->row[0], *x1 = k->row[1], *x2 = k->row[2], *x3 = k->row[3];
    const int8_t *w = k->w[0], *v = k->w[1];
    __m512i a = _mm512_loadu_si512(k->shift[0]), b = a, c = a, d = a, e = _mm512_loadu_si512(k->shift[1]), f = e, g = e, h = e;
    for (size_t i = 0; i < k->quads; i++, w += BLOCK, v += BLOCK) {
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
    put4(k, 0, (const __m512i[4]){ a, b, c, d });
    if (k->blocks > 1) put4(k, 1, (const __m512i[4]){ e, f, g, h });
}
#endif

typedef void (*kernel)(const block *k);

/* The kernels from the plainest to the widest; NULL where the machine cannot run it. */
static kernel kernel_of(unsigned way)
{
#ifdef DL_X86
    if (way == 2) return __builtin_cpu_supports("avx512vnni") ? by_vnni : NULL;
    if (way == 1) return __builtin_cpu_supports("avx2") ? by_avx2 : NULL;
#endif
    return way == 0 ? by_any : NULL;
}

static void multiply(kernel by, const dl_mat *m, const uint8_t *x, size_t stride, size_t n, float *y)
{
    /* The weights of two blocks stay near while all rows go by. */
    for (size_t o = 0; o < m->pad; o += 2 * DL_MAT_PAD) {
        const size_t blocks = m->pad - o > DL_MAT_PAD ? 2 : 1, second = o + (blocks - 1) * DL_MAT_PAD;
        block k = { .w = { m->w + o * m->in, m->w + second * m->in },
                    .shift = { m->shift + o, m->shift + second },
                    .scale = { m->scale + o, m->scale + second },
                    .bias = { m->bias + o, m->bias + second },
                    .quads = m->in / BESIDE,
                    .blocks = blocks,
                    .ld = m->pad };
        for (size_t t = 0; t < n; t += 4) {
            k.rows = n - t < 4 ? n - t : 4;
            for (size_t r = 0; r < 4; r++) k.row[r] = x + (t + (r < k.rows ? r : 0)) * stride;
            k.y = y + t * m->pad + o;
            by(&k);
        }
    }
}

void dl_mat_mul(const dl_mat *m, const uint8_t *x, size_t stride, size_t n, float *y)
{
    unsigned way = DL_MAT_WAYS - 1;
    while (!kernel_of(way)) way--;
    multiply(kernel_of(way), m, x, stride, n, y);
}

bool dl_mat_mul_by(unsigned way, const dl_mat *m, const uint8_t *x, size_t stride, size_t n, float *y)
{
    if (!kernel_of(way)) return false;
    multiply(kernel_of(way), m, x, stride, n, y);
    return true;
}

DL_WIDE static int32_t dot(const uint8_t *a, const uint8_t *b, size_t n)
{
    int32_t sum = 0;
    for (size_t k = 0; k < n; k++) sum += (int16_t)(a[k] - DL_STATE_ZERO) * (int16_t)(b[k] - DL_STATE_ZERO);
    return sum;
}

void dl_mat_pairs(const uint8_t *a, size_t n_a, const uint8_t *b, size_t n_b, size_t depth, int32_t *s, size_t ld)
{
    for (size_t i = 0; i < n_a; i++)
        for (size_t j = 0; j < n_b; j++) s[i * ld + j] = dot(a + i * depth, b + j * depth, depth);
}

/* ---- Writing --------------------------------------------------------------------------------- */

/* The largest of the weights of output o. */
static float most_of(const float *w, size_t ld, uint32_t n_in, uint32_t o)
{
    float most = 0;
    for (uint32_t k = 0; k < n_in; k++) {
        const float a = fabsf(w[k * ld + o]);
        most = a > most ? a : most;
    }
    return most > 0 ? most : 1;
}

static void add(dl_buf *to, const void *p, size_t n) { dl_buf_add(to, (dl_str){ p, n }); }

static int8_t rounded(float v) { return (int8_t)(v + (v < 0 ? -0.5f : 0.5f)); }

/* A matrix that is written: output o of n_out has column o of w. */
typedef struct source {
    const float *w;
    size_t ld;
    uint32_t in, out;
} source;

static int8_t weight(const source *s, uint32_t k, uint32_t o, float most)
{
    return o < s->out ? rounded(s->w[k * s->ld + o] / most * WEIGHT_MAX) : 0;
}

static void write_shift(dl_buf *to, const source *s, uint32_t o)
{
    const float most = o < s->out ? most_of(s->w, s->ld, s->in, o) : 1;
    int32_t sum = 0;
    for (uint32_t k = 0; k < s->in; k++) sum -= DL_STATE_ZERO * weight(s, k, o, most);
    add(to, &sum, sizeof sum);
}

/* The weights of outputs from `o` on. */
static void write_block(dl_buf *to, const source *s, uint32_t o)
{
    float most[DL_MAT_PAD] = { 0 };
    for (uint32_t j = 0; j < DL_MAT_PAD && o + j < s->out; j++) most[j] = most_of(s->w, s->ld, s->in, o + j);
    for (uint32_t k = 0; k < s->in; k += BESIDE)
        for (uint32_t j = 0; j < DL_MAT_PAD; j++)
            for (uint32_t i = k; i < k + BESIDE; i++) dl_buf_putc(to, (char)weight(s, i, o + j, most[j]));
}

bool dl_mat_write(dl_buf *to, const float *w, size_t ld, const float *bias, uint32_t n_in, uint32_t n_out, float unit)
{
    if (!n_in || n_in % BESIDE) return false;
    const source s = { w, ld, n_in, n_out };
    const uint32_t pad = (n_out + DL_MAT_PAD - 1) / DL_MAT_PAD * DL_MAT_PAD;
    dl_mat_head h = { .in = n_in, .out = n_out };
    memcpy(h.magic, magic, sizeof magic);
    add(to, &h, sizeof h);
    for (uint32_t o = 0; o < pad; o++) {
        const float scale = o < n_out ? unit * most_of(w, ld, n_in, o) / (WEIGHT_MAX * (float)DL_STATE_ONE) : 0;
        add(to, &scale, sizeof scale);
    }
    for (uint32_t o = 0; o < pad; o++) {
        const float b = o < n_out && bias ? bias[o] : 0;
        add(to, &b, sizeof b);
    }
    for (uint32_t o = 0; o < pad; o++) write_shift(to, &s, o);
    for (uint32_t o = 0; o < pad; o += DL_MAT_PAD) write_block(to, &s, o);
    return !to->failed;
}
