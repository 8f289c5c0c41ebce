/* arcs.c: what trees lose, and its gradients. Every word chooses its head among the others and the root (Dozat &
 * Manning, "Deep Biaffine Attention for Neural Dependency Parsing", 2017, with one product and a weight for the
 * distance); the relation is chosen given the head (Kiperwasser & Goldberg 2016). */
#include <math.h>
#include <string.h>

#include "encode/near.h"
#include "fit/work.h"
#include "learn/curve.h"
#include "learn/gemm.h"

/* a[n][pad] to b[pad][n], n columns of `ld`. */
static void turn(const float *a, size_t n, size_t pad, float *b, size_t ld)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < pad; j++) b[j * ld + i] = a[i * pad + j];
}

bool dl_fit_arcs_of(dl_fit_work *k, size_t at, size_t n, dl_fit_arcs *a)
{
    const dl_fit *f = k->f;
    const size_t d = f->plan.d, p = f->plan.arcs, last = strlen(f->plan.layers);
    *a = (dl_fit_arcs){ .n = n, .ld = (n + 16) / 16 * 16, .pad = p + 16 };
    a->z = dl_fit_room(k, (n + 1) * d); /* states, the root's first */
    a->up = dl_fit_room(k, (n + 1) * a->pad);
    a->down = dl_fit_room(k, n * p);
    a->h = dl_fit_room(k, (n + 1) * p);
    a->d = dl_fit_room(k, n * p);
    a->mh = dl_fit_mask(k, (n + 1) * p);
    a->md = dl_fit_mask(k, n * p);
    a->near = dl_fit_room(k, n * 48);
    a->s = dl_fit_room(k, n * a->ld);
    a->rh = dl_fit_room(k, (n + 1) * p);
    a->rd = dl_fit_room(k, n * p);
    float *turned = dl_fit_room(k, p * a->ld);
    if (!a->z || !a->up || !a->down || !a->h || !a->d || !a->mh || !a->md || !a->near || !a->s || !a->rh || !a->rd || !turned)
        return false;
    memcpy(a->z, f->w + f->root, d * sizeof *a->z);
    memcpy(a->z + d, k->x[last] + at * d, n * d * sizeof *a->z);
    dl_fit_mul(k, &f->up, a->z, d, n + 1, a->up);
    dl_fit_mul(k, &f->down, a->z + d, d, n, a->down);
    dl_fit_mul(k, &f->rel_up, a->z, d, n + 1, a->rh);
    dl_fit_mul(k, &f->rel_down, a->z + d, d, n, a->rd);
    for (size_t i = 0; i <= n; i++)
        for (size_t j = 0; j < p; j++) a->h[i * p + j] = dl_tanh(a->up[i * a->pad + j]) * a->mh[i * p + j];
    for (size_t i = 0; i < n * p; i++) a->d[i] = dl_tanh(a->down[i]) * a->md[i];
    dl_fit_mul(k, &f->near, a->d, p, n, a->near);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= n; j++)
            a->s[i * a->ld + j] = a->up[j * a->pad + p] + a->near[i * 48 + dl_near((uint32_t)i + 1, (uint32_t)j)];
    turn(a->h, n + 1, p, turned, a->ld);
    dl_gemm(n, a->ld, p, (dl_strided){ a->d, p, 1 }, turned, a->ld, a->s, a->ld);
    for (size_t i = 0; i < n; i++) a->s[i * a->ld + i + 1] = -1e9f;
    return true;
}

void dl_fit_rels_of(dl_fit_work *k, dl_fit_arcs *a, size_t i, size_t head, float *mask, float *hidden, float *y)
{
    const size_t p = k->f->plan.arcs;
    for (size_t j = 0; j < p; j++) hidden[j] = dl_tanh(a->rh[head * p + j] + a->rd[i * p + j]) * mask[j];
    dl_fit_mul(k, &k->f->rel, hidden, p, 1, y);
}

/* From the gradient of s to those of the words, in dz[n + 1][d]. */
static bool arcs_back(dl_fit_work *k, const dl_fit_arcs *a, float *dz)
{
    const dl_fit *f = k->f;
    const size_t n = a->n, d = f->plan.d, p = f->plan.arcs;
    float *dh = dl_fit_room(k, (n + 1) * p), *dd = dl_fit_room(k, n * p), *dup = dl_fit_room(k, (n + 1) * a->pad),
          *dnear = dl_fit_room(k, n * 48);
    if (!dh || !dd || !dup || !dnear) return false;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= n; j++) {
            const float g = a->s[i * a->ld + j];
            dup[j * a->pad + p] += g;
            dnear[i * 48 + dl_near((uint32_t)i + 1, (uint32_t)j)] += g;
        }
    dl_gemm(n, p, n + 1, (dl_strided){ a->s, a->ld, 1 }, a->h, p, dd, p);
    dl_gemm(n + 1, p, n, (dl_strided){ a->s, 1, a->ld }, a->d, p, dh, p);
    dl_fit_mul_back(k, &f->near, a->d, p, n, dnear, dd, p);
    for (size_t i = 0; i <= n; i++)
        for (size_t j = 0; j < p; j++)
            dup[i * a->pad + j] = dh[i * p + j] * a->mh[i * p + j] * dl_tanh_slope(a->up[i * a->pad + j]);
    for (size_t i = 0; i < n * p; i++) dd[i] *= a->md[i] * dl_tanh_slope(a->down[i]);
    dl_fit_mul_back(k, &f->up, a->z, d, n + 1, dup, dz, d);
    dl_fit_mul_back(k, &f->down, a->z + d, d, n, dd, dz + d, d);
    return true;
}

static bool rels_back(dl_fit_work *k, dl_fit_arcs *a, const dl_fit_sent *g, float scale, float *dz)
{
    const dl_fit *f = k->f;
    const size_t n = a->n, d = f->plan.d, p = f->plan.arcs, R = f->rel.out;
    float *hidden = dl_fit_room(k, n * p), *mask = dl_fit_mask(k, n * p), *y = dl_fit_room(k, n * R),
          *dhid = dl_fit_room(k, n * p);
    float *drh = dl_fit_room(k, (n + 1) * p), *drd = dl_fit_room(k, n * p);
    if (!hidden || !mask || !y || !dhid || !drh || !drd) return false;
    for (size_t i = 0; i < n; i++) {
        dl_fit_rels_of(k, a, i, g->head[i], mask + i * p, hidden + i * p, y + i * R);
        k->loss[3] += dl_fit_softmax(y + i * R, f->plan.n_rels, g->rel[i], scale);
        memset(y + i * R + f->plan.n_rels, 0, (R - f->plan.n_rels) * sizeof *y);
    }
    dl_fit_mul_back(k, &f->rel, hidden, p, n, y, dhid, p);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < p; j++) {
            const float slope = dl_tanh_slope(a->rh[g->head[i] * p + j] + a->rd[i * p + j]),
                        v = dhid[i * p + j] * mask[i * p + j] * slope;
            drd[i * p + j] += v;
            drh[g->head[i] * p + j] += v;
        }
    dl_fit_mul_back(k, &f->rel_up, a->z, d, n + 1, drh, dz, d);
    dl_fit_mul_back(k, &f->rel_down, a->z + d, d, n, drd, dz + d, d);
    return true;
}

static bool tree(dl_fit_work *k, size_t at, const dl_fit_sent *g)
{
    const size_t d = k->f->plan.d;
    const float scale = g->weight / (float)k->total;
    dl_fit_arcs a;
    if (!dl_fit_arcs_of(k, at, g->n, &a)) return false;
    float *dz = dl_fit_room(k, ((size_t)g->n + 1) * d);
    if (!dz || !rels_back(k, &a, g, scale, dz)) return false;
    for (size_t i = 0; i < g->n; i++) {
        k->loss[2] += dl_fit_softmax(a.s + i * a.ld, (size_t)g->n + 1, g->head[i], scale);
        memset(a.s + i * a.ld + g->n + 1, 0, (a.ld - g->n - 1) * sizeof *a.s);
    }
    if (!arcs_back(k, &a, dz)) return false;
    for (size_t j = 0; j < d; j++) k->grad[k->f->root + j] += dz[j];
    for (size_t j = 0; j < g->n * d; j++) k->dx[at * d + j] += dz[d + j];
    return true;
}

bool dl_fit_trees(dl_fit_work *k)
{
    for (size_t s = 0, at = 0; s < k->n_sents; at += k->sent[s++]->n) {
        const dl_arena_mark here = dl_arena_here(k->arena);
        if (k->sent[s]->head && !tree(k, at, k->sent[s])) return false;
        dl_arena_back(k->arena, here);
    }
    return true;
}
