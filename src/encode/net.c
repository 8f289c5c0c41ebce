/* net.c: running the network. Loops over a row's numbers are compiled for each width of vectors; all of them
 * round alike. */
#include "encode/net.h"

#include <string.h>

#include "learn/curve.h"
#include "learn/slots.h"
#include "learn/wide.h"

static bool open_rows(dl_net *net, dl_str s)
{
    if (s.len != (size_t)net->d * 4 + (size_t)net->d * net->n_rows) return false;
    net->unit = (const float *)(const void *)s.p;
    net->rows = (const int8_t *)(s.p + (size_t)net->d * 4);
    return true;
}

static bool open_layers(dl_net *net, const dl_models *m, const char *name)
{
    for (uint32_t i = 0; i < net->n_layers; i++) {
        const char number[] = { (char)('0' + i), '\0' };
        bool window = net->kind[i] == 'c';
        if (!window && net->kind[i] != 's') return false;
        const uint32_t in = window ? 3 * net->d : net->d, out = window ? net->d : 3 * net->d;
        if (!dl_mat_view(&net->layer[i], dl_models_part(m, name, number), in, out)) return false;
    }
    return true;
}

bool dl_net_open(dl_net *out, const dl_models *m, const char *name)
{
    dl_net_head h;
    *out = (dl_net){ .d = 0 };
    dl_str s = dl_models_part(m, name, "net");
    if (s.len != sizeof h) return false;
    memcpy(&h, s.p, sizeof h);
    if (memcmp(h.magic, "DLNET\0\0\1", 8) || !h.d || h.d % 32 || h.d > DL_NET_WIDTH || h.bits < 4 || h.bits > 22 ||
        h.n_rows > DL_NET_ROWS_MAX || h.n_layers > DL_NET_LAYERS || h.flat > h.n_layers)
        return false;
    dl_net net = { .d = h.d, .mask = (UINT64_C(1) << h.bits) - 1, .n_rows = h.n_rows, .n_layers = h.n_layers, .flat = h.flat };
    memcpy(net.kind, h.kind, sizeof net.kind);
    s = dl_models_part(m, name, "feats");
    if (s.len != (size_t)4 << h.bits) return false;
    net.slot = (const uint32_t *)(const void *)s.p;
    if (!open_rows(&net, dl_models_part(m, name, "rows")) || !dl_vectors_open(&net.vectors, m)) return false;
    if (!dl_mat_view(&net.in, dl_models_part(m, name, "in"), net.vectors.dim, net.d)) return false;
    if (!open_layers(&net, m, name)) return false;
    *out = net;
    return true;
}

uint32_t dl_net_row(const dl_net *net, uint64_t feat)
{
    return dl_slots_row(net->slot, net->mask, DL_NET_ROW_BITS, net->n_rows, feat);
}

/* ---- A word ---------------------------------------------------------------------------------- */

/* The sum of rows; at most DL_NET_AT_ONCE of them, so that 16 bits hold it. */
DL_WIDE static void add_row(const int8_t *restrict row, uint32_t d, int16_t *restrict sum)
{
    for (uint32_t k = 0; k < d; k++) sum[k] = (int16_t)(sum[k] + row[k]);
}

static void add_rows(const dl_net *net, const uint32_t *row, uint32_t n, int16_t *sum)
{
    memset(sum, 0, net->d * sizeof *sum);
    for (uint32_t i = 0; i < n; i++) add_row(net->rows + (size_t)row[i] * net->d, net->d, sum);
}

bool dl_net_vectors(const dl_net *net, const uint32_t *vec, size_t n, float *sum, dl_arena *scratch)
{
    enum { AT_ONCE = 64 };
    const dl_arena_mark here = dl_arena_here(scratch);
    const size_t dim = net->vectors.dim;
    uint8_t *v = dl_arena_raw(scratch, AT_ONCE * dim, sizeof *v);
    for (size_t i = 0; v && i < n; i += AT_ONCE) {
        const size_t some = n - i < AT_ONCE ? n - i : AT_ONCE;
        for (size_t k = 0; k < some; k++) dl_vectors_fetch(&net->vectors, vec[i + k]);
        for (size_t k = 0; k < some; k++) dl_vectors_get(&net->vectors, vec[i + k], v + k * dim);
        dl_mat_mul(&net->in, v, dim, some, sum + i * net->d);
    }
    dl_arena_back(scratch, here);
    return v != NULL;
}

DL_WIDE static void add_units(const float *restrict unit, const int16_t *restrict of, uint32_t d, float *restrict sum)
{
    for (uint32_t j = 0; j < d; j++) sum[j] += unit[j] * (float)of[j];
}

void dl_net_rows(const dl_net *net, const uint32_t *row, uint32_t n, float *sum)
{
    int16_t of[DL_NET_WIDTH];
    add_rows(net, row, n, of);
    add_units(net->unit, of, net->d, sum);
}

/* ---- States ---------------------------------------------------------------------------------- */

static inline uint8_t state(float v)
{
    const float most = (float)DL_STATE_MAX;
    v *= (float)DL_STATE_ONE;
    v = most < v ? most : v;
    v = -most > v ? -most : v;
    return (uint8_t)(int32_t)(v + ((float)DL_STATE_ZERO + 0.5f));
}
static inline float number(uint8_t x) { return (float)(x - DL_STATE_ZERO) * (1.0f / (float)DL_STATE_ONE); }

/* Bytes and numbers, n of them, a multiple of WIDTH: loops over both are as wide as numbers are. */
enum { WIDTH = 16 };
static inline void to_numbers(const uint8_t *restrict x, size_t n, float *restrict v)
{
    for (size_t j = 0; j < n; j += WIDTH)
        for (size_t k = j; k < j + WIDTH; k++) v[k] = number(x[k]);
}
static inline void to_states(const float *restrict v, size_t n, uint8_t *restrict x)
{
    for (size_t j = 0; j < n; j += WIDTH)
        for (size_t k = j; k < j + WIDTH; k++) x[k] = state(v[k]);
}

/* Rows of at most DL_NET_WIDTH. */
DL_WIDE void dl_net_bend(const float *restrict y, size_t n, uint8_t *restrict x)
{
    float v[DL_NET_WIDTH];
    for (size_t j = 0; j < n; j++) v[j] = dl_tanh(y[j]);
    to_states(v, n, x);
}

DL_WIDE static void bend_sum(const float *restrict a, const float *restrict unit, const int16_t *restrict of, size_t n,
                             uint8_t *restrict x)
{
    float v[DL_NET_WIDTH];
    for (size_t j = 0; j < n; j++) v[j] = dl_tanh(a[j] + unit[j] * (float)of[j]);
    to_states(v, n, x);
}

void dl_net_start(const dl_net *net, const float *sum, const uint32_t *row, uint32_t n, uint8_t *x)
{
    int16_t of[DL_NET_WIDTH];
    add_rows(net, row, n, of);
    bend_sum(sum, net->unit, of, net->d, x);
}

/* ---- Layers ---------------------------------------------------------------------------------- */

/* One word's window, d wide. */
DL_WIDE static void window(const float *restrict y, size_t d, uint8_t *restrict x)
{
    float v[DL_NET_WIDTH];
    to_numbers(x, d, v);
    for (size_t j = 0; j < d; j++) v[j] += dl_tanh(y[j]);
    to_states(v, d, x);
}

/* One step of d units over one word: y is W x, W_f x, W_r x, `ld` apart. */
DL_WIDE static void unit(const float *restrict y, size_t ld, size_t d, float *restrict c, uint8_t *restrict x)
{
    float v[DL_NET_WIDTH / 2];
    to_numbers(x, d, v);
    for (size_t j = 0; j < d; j++) {
        const float f = dl_gate(y[ld + j]), r = dl_gate(y[2 * ld + j]);
        c[j] = f * c[j] + (1.0f - f) * y[j];
        v[j] = r * dl_tanh(c[j]) + (1.0f - r) * v[j];
    }
    to_states(v, d, x);
}

static void both_ways(const float *y, size_t d, uint8_t *x, size_t n)
{
    const size_t half = d / 2;
    float c[DL_NET_WIDTH] = { 0 };
    for (size_t i = 0; i < n; i++) {
        unit(y + i * 3 * d, d, half, c, x + i * d);
        const size_t k = n - 1 - i;
        unit(y + k * 3 * d + half, d, half, c + half, x + k * d + half);
    }
}

bool dl_net_run(const dl_net *net, uint32_t from, uint32_t to, uint8_t *x, size_t n, dl_arena *scratch)
{
    const size_t d = net->d;
    dl_arena_mark here = dl_arena_here(scratch);
    float *y = dl_arena_raw(scratch, n + 1, 3 * d * sizeof *y);
    for (uint32_t i = from; y && i < to; i++) {
        const bool windows = net->kind[i] == 'c';
        dl_mat_mul(&net->layer[i], windows ? x : x + d, d, n, y);
        if (windows)
            for (size_t t = 0; t < n; t++) window(y + t * d, d, x + (t + 1) * d);
        else
            both_ways(y, d, x + d, n);
    }
    dl_arena_back(scratch, here);
    return y != NULL;
}
