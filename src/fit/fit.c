/* fit.c: a network to be trained: its parts, a step, and what it says. */
#include "fit/fit.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "fit/work.h"
#include "learn/train.h"

#define WARM 200u /* steps over which the rate rises                                              */
#define BETA1 0.9f
#define BETA2 0.98f
#define SMALL 1e-9f

static dl_fit_mat place(dl_fit *f, uint32_t in, uint32_t out)
{
    const dl_fit_mat m = { f->n, in, (out + 15) / 16 * 16 };
    f->n += (size_t)(m.in + 1) * m.out;
    return m;
}

static void lay_out(dl_fit *f)
{
    const dl_fit_plan *p = &f->plan;
    f->in = place(f, f->vectors.dim, p->d);
    for (size_t l = 0; p->layers[l]; l++) f->layer[l] = p->layers[l] == 's' ? place(f, p->d, 3 * p->d) : place(f, 3 * p->d, p->d);
    if (p->n_xpos) f->tags = place(f, p->d, DL_TAGS_COLS);
    if (p->n_names) f->names = place(f, p->d, DL_FIT_NAMES);
    if (p->n_rels) {
        f->up = place(f, p->d, p->arcs + 16);
        f->down = place(f, p->d, p->arcs);
        f->near = place(f, p->arcs, 48);
        f->rel_up = place(f, p->d, p->arcs);
        f->rel_down = place(f, p->d, p->arcs);
        f->rel = place(f, p->arcs, p->n_rels);
    }
    f->trans = f->n;
    f->n += (size_t)(p->n_names + 1) * DL_FIT_NAMES;
    f->root = f->n;
    f->n += p->d;
}

static float uniform(uint64_t *random, float most) { return ((float)(dl_random(random) >> 40) / 8388608.0f - 1.0f) * most; }

static void scatter(dl_fit *f, const dl_fit_mat *m, float most, uint64_t *random)
{
    for (size_t i = 0; i < (size_t)m->in * m->out; i++) f->w[m->at + i] = uniform(random, most);
}

static void begin(dl_fit *f)
{
    uint64_t random = f->plan.seed;
    const dl_fit_mat *const head[] = { &f->tags, &f->names, &f->up, &f->down, &f->rel_up, &f->rel_down, &f->rel };
    scatter(f, &f->in, 0.1f, &random);
    for (size_t l = 0; f->plan.layers[l]; l++) {
        scatter(f, &f->layer[l], 1.0f / sqrtf((float)f->layer[l].in), &random);
        float *b = dl_fit_bias(&f->layer[l], f->w);
        for (size_t j = 0; f->plan.layers[l] == 's' && j < f->plan.d; j++) b[f->plan.d + j] = 1.0f;
    }
    for (size_t h = 0; h < DL_COUNT(head); h++)
        if (head[h]->in) scatter(f, head[h], 1.0f / sqrtf((float)head[h]->in), &random);
    for (size_t j = 0; j < f->plan.d; j++) f->w[f->root + j] = uniform(&random, 0.1f);
    for (size_t i = 0; i < (size_t)f->plan.d * f->index.n_rows; i++) f->rows[i] = uniform(&random, 0.15f);
}

bool dl_fit_init(dl_fit *f, const dl_fit_plan *plan, const dl_fit_index *index, const dl_vectors *vectors, const bool *may)
{
    *f = (dl_fit){ .plan = *plan, .index = *index, .vectors = *vectors, .may = may };
    lay_out(f);
    const size_t rows = (size_t)plan->d * index->n_rows;
    f->w = calloc(f->n + 16, sizeof(float));
    f->m1 = calloc(f->n + 16, sizeof(float));
    f->m2 = calloc(f->n + 16, sizeof(float));
    f->rows = calloc(rows, sizeof(float));
    f->rows_m1 = calloc(rows, sizeof(float));
    f->rows_m2 = calloc(rows, sizeof(float));
    f->rows_grad = calloc(rows, sizeof(float));
    f->last = calloc(index->n_rows, sizeof *f->last);
    f->touched = calloc(index->n_rows, 1);
    for (size_t s = 0; s < DL_FIT_SHARDS; s++) dl_arena_init(&f->arena[s], (size_t)4 << 30);
    bool ok = f->w && f->m1 && f->m2 && f->rows && f->rows_m1 && f->rows_m2 && f->rows_grad && f->touched && f->last;
    for (size_t s = 0; s < DL_FIT_SHARDS; s++) ok = (f->grad[s] = calloc(f->n + 16, sizeof(float))) != NULL && ok;
    if (ok) begin(f);
    return ok;
}

void dl_fit_free(dl_fit *f)
{
    float *all[] = { f->w, f->m1, f->m2, f->rows, f->rows_m1, f->rows_m2, f->rows_grad };
    for (size_t i = 0; i < DL_COUNT(all); i++) free(all[i]);
    for (size_t s = 0; s < DL_FIT_SHARDS; s++) {
        free(f->grad[s]);
        dl_arena_free(&f->arena[s]);
    }
    free(f->touched);
    free(f->last);
    free(f->index.slot);
}

/* ---- A step -------------------------------------------------------------------------------------- */

typedef struct batch {
    dl_fit *f;
    dl_fit_work work[DL_FIT_SHARDS];
    float *wt;
    float rate;
    bool ok[DL_FIT_SHARDS];
} batch;

typedef struct part { /* what one thread does: every threads-th piece                             */
    batch *b;
    size_t first;
} part;

static void turn_one(const dl_fit *f, const dl_fit_mat *m, float *wt)
{
    for (size_t i = 0; i < m->in; i++)
        for (size_t o = 0; o < m->out; o++) wt[m->at + o * m->in + i] = f->w[m->at + i * m->out + o];
}

static void turn_all(const dl_fit *f, float *wt)
{
    const dl_fit_mat *const m[] = { &f->tags, &f->names, &f->up, &f->down, &f->near, &f->rel_up, &f->rel_down, &f->rel };
    for (size_t i = 0; i < DL_COUNT(m); i++)
        if (m[i]->in) turn_one(f, m[i], wt);
    for (size_t l = 0; f->plan.layers[l]; l++) turn_one(f, &f->layer[l], wt);
}

static bool run_shard(dl_fit_work *k)
{
    memset(k->grad, 0, k->f->n * sizeof *k->grad);
    if (!k->n) return true;
    const dl_fit_plan *p = &k->f->plan;
    return dl_fit_forward(k) && (!p->n_xpos || dl_fit_tags(k)) && (!p->n_names || dl_fit_names(k)) &&
           (!p->n_rels || dl_fit_trees(k)) && dl_fit_backward(k);
}

static void *run_shards(void *at)
{
    const part *p = at;
    for (size_t s = p->first; s < DL_FIT_SHARDS; s += p->b->f->plan.threads) p->b->ok[s] = run_shard(&p->b->work[s]);
    return NULL;
}

static float rate_now(const dl_fit *f)
{
    const float warm = f->step < WARM ? (float)f->step / (float)WARM : 1.0f,
                left = 1.0f - (float)f->step / (float)(f->plan.steps + 1);
    return f->plan.rate * warm * (left > 0.01f ? left : 0.01f);
}

static inline void adam(float *w, float *m1, float *m2, float g, float rate)
{
    *m1 = BETA1 * *m1 + (1.0f - BETA1) * g;
    *m2 = BETA2 * *m2 + (1.0f - BETA2) * g * g;
    *w -= rate * *m1 / (sqrtf(*m2) + SMALL);
}

/* The steps that a row did not make since its last gradient: its first moment goes on and fades. */
static void catch_up(dl_fit *f, size_t row, uint32_t now, float rate)
{
    const uint32_t gap = now - f->last[row];
    const size_t d = f->plan.d;
    f->last[row] = now;
    if (gap < 1) return;
    const float fade1 = powf(BETA1, (float)gap), fade2 = powf(BETA2, (float)gap), r = BETA1 / sqrtf(BETA2);
    const float all = rate * r * (1.0f - powf(r, (float)gap)) / (1.0f - r);
    for (size_t j = row * d; j < (row + 1) * d; j++) {
        if (f->rows_m2[j] == 0) continue;
        f->rows[j] -= all * f->rows_m1[j] / (sqrtf(f->rows_m2[j]) + SMALL);
        f->rows_m1[j] *= fade1;
        f->rows_m2[j] *= fade2;
    }
}

/* Rows whose number is ours: gradients in the order of shards and words, then their step. */
static void step_rows(batch *b, size_t mine, size_t of)
{
    dl_fit *f = b->f;
    const size_t d = f->plan.d;
    for (size_t s = 0; s < DL_FIT_SHARDS; s++) {
        const dl_fit_work *k = &b->work[s];
        const uint8_t *kept = k->kept;
        const float *dx = k->dx;
        for (size_t i = 0; k->n && i < k->n_sents; i++)
            for (uint32_t t = 0, r = 0; t < k->sent[i]->n; t++, dx += d)
                for (; r < k->sent[i]->end[t]; r++) {
                    const uint32_t row = k->sent[i]->row[r];
                    if (!*kept++ || row % of != mine) continue;
                    f->touched[row] = 1;
                    for (size_t j = 0; j < d; j++) f->rows_grad[row * d + j] += dx[j];
                }
    }
    for (size_t row = mine; row < f->index.n_rows; row += of) {
        if (!f->touched[row]) continue;
        f->touched[row] = 0;
        catch_up(f, row, f->step - 1, b->rate);
        f->last[row] = f->step;
        for (size_t j = row * d; j < (row + 1) * d; j++) {
            adam(&f->rows[j], &f->rows_m1[j], &f->rows_m2[j], f->rows_grad[j], b->rate);
            f->rows_grad[j] = 0;
        }
    }
}

static void *run_steps(void *at)
{
    const part *p = at;
    dl_fit *f = p->b->f;
    const size_t of = f->plan.threads, lo = f->n * p->first / of, hi = f->n * (p->first + 1) / of;
    for (size_t i = lo; i < hi; i++) {
        float g = 0;
        for (size_t s = 0; s < DL_FIT_SHARDS; s++) g += f->grad[s][i];
        adam(&f->w[i], &f->m1[i], &f->m2[i], g, p->b->rate);
    }
    step_rows(p->b, p->first, of);
    return NULL;
}

static void in_threads(batch *b, void *(*run)(void *))
{
    pthread_t thread[64];
    part p[64];
    const size_t n = b->f->plan.threads;
    bool on[64] = { false };
    for (size_t i = 0; i < n; i++) p[i] = (part){ b, i };
    for (size_t i = 1; i < n; i++) on[i] = !pthread_create(&thread[i], NULL, run, &p[i]);
    run(&p[0]);
    for (size_t i = 1; i < n; i++) {
        if (on[i])
            pthread_join(thread[i], NULL);
        else
            run(&p[i]);
    }
}

static void share_out(batch *b, const dl_fit_sent *const *sent, size_t n)
{
    size_t total = 0, at = 0, seen = 0;
    for (size_t i = 0; i < n; i++) total += sent[i]->n;
    for (size_t s = 0; s < DL_FIT_SHARDS; s++) {
        dl_fit_work *k = &b->work[s];
        *k = (dl_fit_work){ .f = b->f,
                            .wt = b->wt,
                            .grad = b->f->grad[s],
                            .train = true,
                            .arena = &b->f->arena[s],
                            .sent = sent + at,
                            .total = total,
                            .random = b->f->plan.seed ^ ((uint64_t)b->f->step * DL_FIT_SHARDS + s) * 0x9e3779b97f4a7c15u };
        while (at < n && (s + 1 == DL_FIT_SHARDS || seen * DL_FIT_SHARDS < (s + 1) * total)) {
            k->n += sent[at]->n;
            seen += sent[at]->n;
            k->n_sents++;
            at++;
        }
    }
}

bool dl_fit_step(dl_fit *f, const dl_fit_sent *const *sent, size_t n)
{
    batch b = { .f = f };
    bool ok = (b.wt = malloc(f->n * sizeof *b.wt)) != NULL;
    for (size_t s = 0; s < DL_FIT_SHARDS; s++) dl_arena_reset(&f->arena[s]);
    if (ok) {
        turn_all(f, b.wt);
        share_out(&b, sent, n);
        in_threads(&b, run_shards);
        for (size_t s = 0; s < DL_FIT_SHARDS; s++) {
            ok = ok && b.ok[s];
            for (size_t i = 0; i < 4; i++) f->loss[i] += b.work[s].loss[i];
        }
        f->step++;
        b.rate = rate_now(f);
        if (ok) in_threads(&b, run_steps);
    }
    free(b.wt);
    return ok;
}

void dl_fit_settle(dl_fit *f)
{
    for (size_t row = 0; row < f->index.n_rows; row++) catch_up(f, row, f->step, rate_now(f));
}

/* ---- What it says -------------------------------------------------------------------------------- */

static uint8_t best_of(const float *y, size_t n)
{
    size_t at = 0;
    for (size_t j = 1; j < n; j++)
        if (y[j] > y[at]) at = j;
    return (uint8_t)at;
}

static bool say_tags(dl_fit_work *k, uint8_t *xpos, uint8_t *upos)
{
    float *y = dl_fit_room(k, k->n * DL_TAGS_COLS);
    if (!y) return false;
    dl_fit_mul(k, &k->f->tags, k->x[k->f->plan.flat], k->f->plan.d, k->n, y);
    for (size_t i = 0; i < k->n; i++) {
        xpos[i] = best_of(y + i * DL_TAGS_COLS, k->f->plan.n_xpos);
        upos[i] = best_of(y + i * DL_TAGS_COLS + DL_TAGS_UPOS, k->f->plan.n_upos);
    }
    return true;
}

static bool say_tree(dl_fit_work *k, uint16_t *head, uint8_t *rel)
{
    dl_fit_arcs a;
    const size_t p = k->f->plan.arcs;
    float *hidden = dl_fit_room(k, p), *mask = dl_fit_mask(k, p), y[DL_TAGS_UPOS * 2];
    if (!hidden || !mask || !dl_fit_arcs_of(k, 0, k->n, &a)) return false;
    for (size_t i = 0; i < k->n; i++) {
        size_t at = 0;
        for (size_t j = 1; j <= k->n; j++)
            if (a.s[i * a.ld + j] > a.s[i * a.ld + at]) at = j;
        head[i] = (uint16_t)at;
        dl_fit_rels_of(k, &a, i, at, mask, hidden, y);
        rel[i] = best_of(y, k->f->plan.n_rels);
    }
    return true;
}

bool dl_fit_say(dl_fit *f, const dl_fit_sent *s, uint8_t *xpos, uint8_t *upos, uint8_t *names, uint16_t *head, uint8_t *rel)
{
    dl_arena a;
    dl_arena_init(&a, (size_t)1 << 30);
    dl_fit_work k = { .f = f, .arena = &a, .sent = &s, .n_sents = 1, .n = s->n, .total = s->n };
    bool ok = dl_fit_forward(&k) && (!xpos || say_tags(&k, xpos, upos)) && (!head || say_tree(&k, head, rel));
    float *y = ok && names ? dl_fit_room(&k, k.n * DL_FIT_NAMES) : NULL;
    if (y) {
        dl_fit_mul(&k, &f->names, k.x[f->plan.flat], f->plan.d, k.n, y);
        ok = dl_fit_chain(f, &a, y, k.n, names);
    }
    dl_arena_free(&a);
    return ok;
}
