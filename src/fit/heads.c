/* heads.c: what tags and names lose, and its gradients. Names are a chain (Lafferty, McCallum & Pereira 2001):
 * the probability of the whole sequence of labels is raised. */
#include <math.h>
#include <string.h>

#include "fit/work.h"

#define NEVER -1e4f

double dl_fit_softmax(float *y, size_t n, size_t gold, float scale)
{
    float most = y[0], sum = 0;
    for (size_t j = 1; j < n; j++) most = y[j] > most ? y[j] : most;
    const float at_gold = y[gold] - most;
    for (size_t j = 0; j < n; j++) sum += y[j] = expf(y[j] - most);
    for (size_t j = 0; j < n; j++) y[j] *= scale / sum;
    y[gold] -= scale;
    return (double)(logf(sum) - at_gold);
}

bool dl_fit_tags(dl_fit_work *k)
{
    const dl_fit *f = k->f;
    const size_t d = f->plan.d, last = f->plan.flat;
    float *y = dl_fit_room(k, k->n * DL_TAGS_COLS);
    if (!y) return false;
    dl_fit_mul(k, &f->tags, k->x[last], d, k->n, y);
    size_t at = 0;
    for (size_t s = 0; s < k->n_sents; s++)
        for (uint32_t i = 0; i < k->sent[s]->n; i++, at++) {
            float *x = y + at * DL_TAGS_COLS, *u = x + DL_TAGS_UPOS;
            const dl_fit_sent *g = k->sent[s];
            const float scale = DL_FIT_TAGS_WEIGHT * g->weight / (float)k->total;
            if (g->xpos) k->loss[0] += dl_fit_softmax(x, f->plan.n_xpos, g->xpos[i], scale);
            if (g->upos) dl_fit_softmax(u, f->plan.n_upos, g->upos[i], scale * 0.3f);
            memset(x + (g->xpos ? f->plan.n_xpos : 0), 0, (DL_TAGS_UPOS - (g->xpos ? f->plan.n_xpos : 0)) * sizeof *x);
            memset(u + (g->upos ? f->plan.n_upos : 0), 0,
                   (DL_TAGS_COLS - DL_TAGS_UPOS - (g->upos ? f->plan.n_upos : 0)) * sizeof *x);
        }
    dl_fit_mul_back(k, &f->tags, k->x[last], d, k->n, y, k->dx_flat, d);
    return true;
}

/* ---- Names -------------------------------------------------------------------------------------- */

/* The weight of label b behind label a; a == n_names: at the start. */
static float step(const dl_fit *f, size_t a, size_t b)
{
    return f->may[a * f->plan.n_names + b] ? f->w[f->trans + a * DL_FIT_NAMES + b] : NEVER;
}

static float log_sum(const float *v, size_t n)
{
    float most = v[0], sum = 0;
    for (size_t i = 1; i < n; i++) most = v[i] > most ? v[i] : most;
    for (size_t i = 0; i < n; i++) sum += expf(v[i] - most);
    return most + logf(sum);
}

typedef struct chain {
    size_t n, labels;
    const float *y;               /* [n][16]                                                         */
    float *alpha, *beta;          /* [n][16]                                                         */
    float from[17][DL_FIT_NAMES]; /* step()                                                         */
} chain;

static void run_chain(chain *c)
{
    const size_t L = c->labels;
    float v[DL_FIT_NAMES];
    for (size_t i = 0; i < c->n; i++)
        for (size_t b = 0; b < L; b++) {
            for (size_t a = 0; i && a < L; a++) v[a] = c->alpha[(i - 1) * DL_FIT_NAMES + a] + c->from[a][b];
            c->alpha[i * DL_FIT_NAMES + b] = c->y[i * DL_FIT_NAMES + b] + (i ? log_sum(v, L) : c->from[L][b]);
        }
    for (size_t i = c->n; i-- > 0;)
        for (size_t a = 0; a < L; a++) {
            for (size_t b = 0; i + 1 < c->n && b < L; b++)
                v[b] = c->from[a][b] + c->y[(i + 1) * DL_FIT_NAMES + b] + c->beta[(i + 1) * DL_FIT_NAMES + b];
            c->beta[i * DL_FIT_NAMES + a] = i + 1 < c->n ? log_sum(v, L) : 0;
        }
}

/* Over c->y goes its gradient; the loss. */
static double learn_chain(chain *c, float *dy, float *dtrans, const uint8_t *gold, float scale)
{
    const size_t L = c->labels, P = DL_FIT_NAMES;
    run_chain(c);
    const float z = log_sum(c->alpha + (c->n - 1) * P, L);
    double right = 0;
    for (size_t i = 0; i < c->n; i++) {
        const size_t before = i ? gold[i - 1] : L;
        right += (double)(c->y[i * P + gold[i]] + c->from[before][gold[i]]);
        for (size_t b = 0; b < L; b++) {
            dy[i * P + b] = scale * (expf(c->alpha[i * P + b] + c->beta[i * P + b] - z) - (float)(gold[i] == b));
            for (size_t a = i ? 0 : L; a < (i ? L : L + 1); a++) {
                const float in = (i ? c->alpha[(i - 1) * P + a] : 0) + c->from[a][b] + c->y[i * P + b] + c->beta[i * P + b];
                dtrans[a * P + b] += scale * (expf(in - z) - (float)(a == before && gold[i] == b));
            }
        }
    }
    return (double)z - right;
}

static void open_chain(const dl_fit *f, chain *c)
{
    c->labels = f->plan.n_names;
    for (size_t a = 0; a <= c->labels; a++)
        for (size_t b = 0; b < c->labels; b++) c->from[a][b] = step(f, a, b);
}

bool dl_fit_names(dl_fit_work *k)
{
    const dl_fit *f = k->f;
    const size_t d = f->plan.d, last = f->plan.flat, P = DL_FIT_NAMES;
    float *y = dl_fit_room(k, k->n * P), *dy = dl_fit_room(k, k->n * P), *alpha = dl_fit_room(k, k->n * P),
          *beta = dl_fit_room(k, k->n * P);
    if (!y || !dy || !alpha || !beta) return false;
    dl_fit_mul(k, &f->names, k->x[last], d, k->n, y);
    chain c;
    open_chain(f, &c);
    for (size_t s = 0, at = 0; s < k->n_sents; at += k->sent[s++]->n) {
        const dl_fit_sent *g = k->sent[s];
        if (!g->names) continue;
        c.n = g->n;
        c.y = y + at * P;
        c.alpha = alpha + at * P;
        c.beta = beta + at * P;
        k->loss[1] += learn_chain(&c, dy + at * P, k->grad + f->trans, g->names, g->weight / (float)k->total);
    }
    dl_fit_mul_back(k, &f->names, k->x[last], d, k->n, dy, k->dx_flat, d);
    return true;
}

bool dl_fit_chain(const dl_fit *f, dl_arena *a, const float *score, size_t n, uint8_t *label)
{
    const size_t L = f->plan.n_names, P = DL_FIT_NAMES;
    float *best = dl_arena_get(a, n * P, sizeof *best);
    uint8_t *from = dl_arena_get(a, n * P, 1);
    if (!best || !from) return false;
    for (size_t i = 0; i < n; i++)
        for (size_t b = 0; b < L; b++) {
            size_t at = i ? 0 : L;
            for (size_t p = 1; i && p < L; p++)
                if (best[(i - 1) * P + p] + step(f, p, b) > best[(i - 1) * P + at] + step(f, at, b)) at = p;
            from[i * P + b] = (uint8_t)at;
            best[i * P + b] = score[i * P + b] + step(f, at, b) + (i ? best[(i - 1) * P + at] : 0);
        }
    size_t at = 0;
    for (size_t b = 1; b < L; b++)
        if (best[(n - 1) * P + b] > best[(n - 1) * P + at]) at = b;
    for (size_t i = n; i-- > 0; at = from[i * P + at]) label[i] = (uint8_t)at;
    return true;
}
