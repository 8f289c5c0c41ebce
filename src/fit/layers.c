/* layers.c: the network's layers, forwards and backwards. */
#include <math.h>
#include <string.h>

#include "fit/work.h"
#include "learn/curve.h"
#include "learn/gemm.h"
#include "learn/train.h"

float *dl_fit_room(dl_fit_work *k, size_t n) { return dl_arena_get(k->arena, n + 16, sizeof(float)); }

float *dl_fit_mask(dl_fit_work *k, size_t n)
{
    float *m = dl_fit_room(k, n);
    if (!m) return NULL;
    const float keep = k->train ? 1.0f - k->f->plan.drop : 1.0f;
    const uint32_t below = (uint32_t)(keep * 65536.0f);
    for (size_t i = 0; i < n; i += 4) {
        uint64_t r = keep < 1 ? dl_random(&k->random) : 0;
        for (size_t j = i; j < i + 4 && j < n; j++, r >>= 16) m[j] = (r & 0xffff) < below ? 1.0f / keep : 0.0f;
    }
    return m;
}

void dl_fit_mul(dl_fit_work *k, const dl_fit_mat *m, const float *x, size_t ld, size_t n, float *y)
{
    const float *b = dl_fit_bias(m, k->f->w);
    for (size_t t = 0; t < n; t++) memcpy(y + t * m->out, b, m->out * sizeof *y);
    dl_gemm(n, m->out, m->in, (dl_strided){ x, ld, 1 }, k->f->w + m->at, m->out, y, m->out);
}

void dl_fit_mul_back(dl_fit_work *k, const dl_fit_mat *m, const float *x, size_t ld, size_t n, const float *dy, float *dx,
                     size_t dx_ld)
{
    float *gb = dl_fit_bias(m, k->grad);
    for (size_t t = 0; t < n; t++)
        for (size_t o = 0; o < m->out; o++) gb[o] += dy[t * m->out + o];
    dl_gemm(m->in, m->out, n, (dl_strided){ x, 1, ld }, dy, m->out, k->grad + m->at, m->out);
    if (dx) dl_gemm(n, m->in, m->out, (dl_strided){ dy, m->out, 1 }, k->wt + m->at, m->in, dx, dx_ld);
}

/* ---- The first states ------------------------------------------------------------------------- */

static void word_in(dl_fit_work *k, const dl_fit_sent *s, uint32_t i, size_t at, uint8_t **kept)
{
    const dl_fit *f = k->f;
    const size_t d = f->plan.d, dim = f->vectors.dim;
    const uint32_t drop = k->train ? (uint32_t)(f->plan.drop_rows * 65536.0f) : 0;
    float *pre = k->pre + at * d;
    for (uint32_t r = i ? s->end[i - 1] : 0; r < s->end[i]; r++) {
        const bool keep = s->row[r] != DL_NONE && (!drop || (dl_random(&k->random) & 0xffff) >= drop);
        *(*kept)++ = keep;
        if (!keep) continue;
        const float *row = f->rows + (size_t)s->row[r] * d;
        for (size_t j = 0; j < d; j++) pre[j] += row[j];
    }
    if (s->vec[i] == DL_NONE || (drop && (dl_random(&k->random) & 0xffff) < drop)) return;
    uint8_t v[DL_VECTORS_DIM];
    dl_vectors_get(&f->vectors, s->vec[i], v);
    for (size_t j = 0; j < dim; j++) k->v[at * dim + j] = (float)(v[j] - DL_STATE_ZERO) * DL_FIT_VECTOR;
}

static bool first(dl_fit_work *k)
{
    const size_t d = k->f->plan.d, dim = k->f->vectors.dim;
    size_t rows = 0, at = 0;
    for (size_t s = 0; s < k->n_sents; s++) rows += k->sent[s]->end[k->sent[s]->n - 1];
    k->pre = dl_fit_room(k, k->n * d);
    k->v = dl_fit_room(k, k->n * dim);
    k->x[0] = dl_fit_room(k, k->n * d);
    k->mask[0] = dl_fit_mask(k, k->n * d);
    uint8_t *kept = k->kept = dl_arena_raw(k->arena, rows + 1, 1);
    if (!k->pre || !k->v || !k->x[0] || !k->mask[0] || !kept) return false;
    for (size_t s = 0; s < k->n_sents; s++)
        for (uint32_t i = 0; i < k->sent[s]->n; i++) word_in(k, k->sent[s], i, at++, &kept);
    const float *b = dl_fit_bias(&k->f->in, k->f->w);
    for (size_t i = 0; i < k->n * d; i++) k->pre[i] += b[i % d];
    dl_gemm(k->n, d, dim, (dl_strided){ k->v, dim, 1 }, k->f->w + k->f->in.at, d, k->pre, d);
    for (size_t i = 0; i < k->n * d; i++) k->x[0][i] = dl_tanh(k->pre[i]) * k->mask[0][i];
    return true;
}

/* ---- Windows ---------------------------------------------------------------------------------- */

/* [n][3d]: the word before, the word, the word behind; zeros at a sentence's ends. */
static float *windows(dl_fit_work *k, const float *x)
{
    const size_t d = k->f->plan.d;
    float *w = dl_fit_room(k, k->n * 3 * d);
    size_t at = 0;
    for (size_t s = 0; w && s < k->n_sents; s++)
        for (size_t i = 0, n = k->sent[s]->n; i < n; i++, at++) {
            if (i) memcpy(w + at * 3 * d, x + (at - 1) * d, d * sizeof *w);
            memcpy(w + (at * 3 + 1) * d, x + at * d, d * sizeof *w);
            if (i + 1 < n) memcpy(w + (at * 3 + 2) * d, x + (at + 1) * d, d * sizeof *w);
        }
    return w;
}

static void unwindow(dl_fit_work *k, const float *dw, float *dx)
{
    const size_t d = k->f->plan.d;
    size_t at = 0;
    for (size_t s = 0; s < k->n_sents; s++)
        for (size_t i = 0, n = k->sent[s]->n; i < n; i++, at++)
            for (size_t j = 0; j < d; j++) {
                if (i) dx[(at - 1) * d + j] += dw[at * 3 * d + j];
                dx[at * d + j] += dw[(at * 3 + 1) * d + j];
                if (i + 1 < n) dx[(at + 1) * d + j] += dw[(at * 3 + 2) * d + j];
            }
}

static bool window_forward(dl_fit_work *k, uint32_t l)
{
    const size_t d = k->f->plan.d;
    const dl_arena_mark here = dl_arena_here(k->arena);
    const float *w = windows(k, k->x[l]);
    if (!w) return false;
    dl_fit_mul(k, &k->f->layer[l], w, 3 * d, k->n, k->y[l]);
    dl_arena_back(k->arena, here);
    for (size_t i = 0; i < k->n * d; i++) k->x[l + 1][i] = (k->x[l][i] + dl_tanh(k->y[l][i])) * k->mask[l + 1][i];
    return true;
}

static bool window_backward(dl_fit_work *k, uint32_t l)
{
    const size_t d = k->f->plan.d;
    const dl_arena_mark here = dl_arena_here(k->arena);
    const float *w = windows(k, k->x[l]);
    float *dy = dl_fit_room(k, k->n * d), *dw = dl_fit_room(k, k->n * 3 * d);
    if (!w || !dy || !dw) return false;
    for (size_t i = 0; i < k->n * d; i++) {
        k->dx[i] *= k->mask[l + 1][i];
        dy[i] = k->dx[i] * dl_tanh_slope(k->y[l][i]);
    }
    dl_fit_mul_back(k, &k->f->layer[l], w, 3 * d, k->n, dy, dw, 3 * d);
    unwindow(k, dw, k->dx);
    dl_arena_back(k->arena, here);
    return true;
}

/* ---- Recurrent units --------------------------------------------------------------------------- */

/* Units lo .. hi over the words at .. at + n, in the order of `step`. */
static void units_forward(dl_fit_work *k, uint32_t l, size_t lo, size_t hi, size_t at, size_t n, bool back)
{
    const size_t d = k->f->plan.d;
    const float *before = NULL;
    for (size_t i = 0; i < n; i++) {
        const size_t t = back ? at + n - 1 - i : at + i;
        const float *y = k->y[l] + t * 3 * d, *x = k->x[l] + t * d, *mask = k->mask[l + 1] + t * d;
        float *c = k->c[l] + t * d, *out = k->x[l + 1] + t * d;
        for (size_t j = lo; j < hi; j++) {
            const float f = dl_gate(y[d + j]), r = dl_gate(y[2 * d + j]);
            c[j] = f * (before ? before[j] : 0) + (1.0f - f) * y[j];
            out[j] = (r * dl_tanh(c[j]) + (1.0f - r) * x[j]) * mask[j];
        }
        before = c;
    }
}

static void units_backward(dl_fit_work *k, uint32_t l, size_t lo, size_t hi, size_t at, size_t n, bool back, float *dy,
                           float *carry)
{
    const size_t d = k->f->plan.d;
    memset(carry, 0, d * sizeof *carry);
    for (size_t i = n; i-- > 0;) {
        const size_t t = back ? at + n - 1 - i : at + i;
        const float *y = k->y[l] + t * 3 * d, *x = k->x[l] + t * d, *c = k->c[l] + t * d;
        const float *before = !i ? NULL : back ? c + d : c - d;
        float *g = dy + t * 3 * d, *dx = k->dx + t * d;
        for (size_t j = lo; j < hi; j++) {
            const float f = dl_gate(y[d + j]), r = dl_gate(y[2 * d + j]), bent = dl_tanh(c[j]), dh = dx[j];
            const float dc = dh * r * dl_tanh_slope(c[j]) + carry[j];
            g[j] = dc * (1.0f - f);
            g[d + j] = dc * ((before ? before[j] : 0) - y[j]) * dl_gate_slope(y[d + j]);
            g[2 * d + j] = dh * (bent - x[j]) * dl_gate_slope(y[2 * d + j]);
            dx[j] = dh * (1.0f - r);
            carry[j] = dc * f;
        }
    }
}

static void recur_forward(dl_fit_work *k, uint32_t l)
{
    const size_t d = k->f->plan.d;
    dl_fit_mul(k, &k->f->layer[l], k->x[l], d, k->n, k->y[l]);
    for (size_t s = 0, at = 0; s < k->n_sents; at += k->sent[s++]->n) {
        units_forward(k, l, 0, d / 2, at, k->sent[s]->n, false);
        units_forward(k, l, d / 2, d, at, k->sent[s]->n, true);
    }
}

static bool recur_backward(dl_fit_work *k, uint32_t l)
{
    const size_t d = k->f->plan.d;
    const dl_arena_mark here = dl_arena_here(k->arena);
    float *dy = dl_fit_room(k, k->n * 3 * d), *carry = dl_fit_room(k, d);
    if (!dy || !carry) return false;
    for (size_t i = 0; i < k->n * d; i++) k->dx[i] *= k->mask[l + 1][i];
    for (size_t s = 0, at = 0; s < k->n_sents; at += k->sent[s++]->n) {
        units_backward(k, l, 0, d / 2, at, k->sent[s]->n, false, dy, carry);
        units_backward(k, l, d / 2, d, at, k->sent[s]->n, true, dy, carry);
    }
    dl_fit_mul_back(k, &k->f->layer[l], k->x[l], d, k->n, dy, k->dx, d);
    dl_arena_back(k->arena, here);
    return true;
}

/* ---- All of it --------------------------------------------------------------------------------- */

bool dl_fit_forward(dl_fit_work *k)
{
    const size_t d = k->f->plan.d;
    if (!first(k)) return false;
    for (uint32_t l = 0; k->f->plan.layers[l]; l++) {
        k->y[l] = dl_fit_room(k, k->n * k->f->layer[l].out);
        k->c[l] = dl_fit_room(k, k->n * d);
        k->x[l + 1] = dl_fit_room(k, k->n * d);
        k->mask[l + 1] = dl_fit_mask(k, k->n * d);
        k->dx = k->x[l + 1];
        if (!k->y[l] || !k->c[l] || !k->x[l + 1] || !k->mask[l + 1]) return false;
        if (k->f->plan.layers[l] == 's')
            recur_forward(k, l);
        else if (!window_forward(k, l))
            return false;
    }
    k->dx = dl_fit_room(k, k->n * d);
    k->dx_flat = dl_fit_room(k, k->n * d);
    return k->dx && k->dx_flat;
}

bool dl_fit_backward(dl_fit_work *k)
{
    const size_t d = k->f->plan.d, dim = k->f->vectors.dim;
    for (size_t l = strlen(k->f->plan.layers); l-- > 0;) {
        if (l + 1 == k->f->plan.flat)
            for (size_t i = 0; i < k->n * d; i++) k->dx[i] += k->dx_flat[i];
        if (!(k->f->plan.layers[l] == 's' ? recur_backward : window_backward)(k, (uint32_t)l)) return false;
    }
    float *gb = dl_fit_bias(&k->f->in, k->grad);
    for (size_t i = 0; i < k->n * d; i++) {
        k->dx[i] *= k->mask[0][i] * dl_tanh_slope(k->pre[i]);
        gb[i % d] += k->dx[i];
    }
    dl_gemm(dim, d, k->n, (dl_strided){ k->v, 1, dim }, k->dx, d, k->grad + k->f->in.at, d);
    return true;
}
