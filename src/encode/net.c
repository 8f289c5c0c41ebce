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

/* The sum of rows, 32 columns at a time; at most DL_NET_AT_ONCE rows, so that 16 bits hold it. */
DL_WIDE static void add_rows(const int8_t *rows, uint32_t d, const uint32_t *row, uint32_t n, int16_t *restrict sum)
{
    for (uint32_t j = 0; j < d; j += 32) {
        int16_t of[32] = { 0 };
        for (uint32_t i = 0; i < n; i++) {
            const int8_t *r = rows + (size_t)row[i] * d + j;
            for (uint32_t k = 0; k < 32; k++) of[k] = (int16_t)(of[k] + r[k]);
        }
        for (uint32_t k = 0; k < 32; k++) sum[j + k] = of[k];
    }
}

bool dl_net_vectors(const dl_net *net, const uint32_t *vec, size_t n, float *sum, dl_arena *scratch)
{
    enum { AT_ONCE = 64 };
    const dl_arena_mark here = dl_arena_here(scratch);
    const size_t dim = net->vectors.dim;
    int16_t *v = dl_arena_raw(scratch, AT_ONCE * dim, sizeof *v);
    for (size_t i = 0; v && i < n; i += AT_ONCE) {
        const size_t some = n - i < AT_ONCE ? n - i : AT_ONCE;
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
    add_rows(net->rows, net->d, row, n, of);
    add_units(net->unit, of, net->d, sum);
}

/* ---- States ---------------------------------------------------------------------------------- */

static inline int16_t state(float v)
{
    const float most = (float)DL_STATE_MAX;
    v *= (float)DL_STATE_ONE;
    v = v > most ? most : v < -most ? -most : v;
    return (int16_t)(int32_t)(v + (v < 0 ? -0.5f : 0.5f));
}

DL_WIDE void dl_net_bend(const float *restrict y, size_t n, int16_t *restrict x)
{
    for (size_t j = 0; j < n; j++) x[j] = state(dl_tanh(y[j]));
}

DL_WIDE static void bend_sum(const float *restrict a, const float *restrict unit, const int16_t *restrict of, size_t n,
                             int16_t *restrict x)
{
    for (size_t j = 0; j < n; j++) x[j] = state(dl_tanh(a[j] + unit[j] * (float)of[j]));
}

void dl_net_start(const dl_net *net, const float *sum, const uint32_t *row, uint32_t n, int16_t *x)
{
    int16_t of[DL_NET_WIDTH];
    add_rows(net->rows, net->d, row, n, of);
    bend_sum(sum, net->unit, of, net->d, x);
}

/* ---- Layers ---------------------------------------------------------------------------------- */

DL_WIDE static void window(const float *restrict y, size_t n, int16_t *restrict x)
{
    for (size_t j = 0; j < n; j++) x[j] = state((float)x[j] * (1.0f / (float)DL_STATE_ONE) + dl_tanh(y[j]));
}

/* One step of d units over one word: y is W x, W_f x, W_r x, `ld` apart. */
DL_WIDE static void unit(const float *restrict y, size_t ld, size_t d, float *restrict c, int16_t *restrict x)
{
    for (size_t j = 0; j < d; j++) {
        const float f = dl_gate(y[ld + j]), r = dl_gate(y[2 * ld + j]), old = (float)x[j] * (1.0f / (float)DL_STATE_ONE);
        c[j] = f * c[j] + (1.0f - f) * y[j];
        x[j] = state(r * dl_tanh(c[j]) + (1.0f - r) * old);
    }
}

static void both_ways(const float *y, size_t d, int16_t *x, size_t n)
{
    const size_t half = d / 2;
    float c[DL_NET_WIDTH] = { 0 };
    for (size_t i = 0; i < n; i++) {
        unit(y + i * 3 * d, d, half, c, x + i * d);
        const size_t k = n - 1 - i;
        unit(y + k * 3 * d + half, d, half, c + half, x + k * d + half);
    }
}

bool dl_net_run(const dl_net *net, uint32_t from, uint32_t to, int16_t *x, size_t n, dl_arena *scratch)
{
    const size_t d = net->d;
    dl_arena_mark here = dl_arena_here(scratch);
    float *y = dl_arena_raw(scratch, n + 1, 3 * d * sizeof *y);
    for (uint32_t i = from; y && i < to; i++) {
        const bool windows = net->kind[i] == 'c';
        dl_mat_mul(&net->layer[i], windows ? x : x + d, d, n, y);
        if (windows)
            window(y, n * d, x + d);
        else
            both_ways(y, d, x + d, n);
    }
    dl_arena_back(scratch, here);
    return y != NULL;
}
