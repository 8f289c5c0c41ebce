/* score.c: applies the learnt scorer of blocks. */
#include "extract/score.h"

#include <math.h>

#include "base/sort.h"
#include "extract/features.h"

#define PROBE 24      /* after each so many trees it is seen whether a block is settled         */
#define FLOOR (-4.0f) /* log-odds below which it surely is no article; above 4 it surely is     */
#define SCORE_LEAST 0.20f
#define SCORE_MOST 0.60f
#define LOUD 0.9f  /* how sure a line must be that its words call furniture                */
#define SHARE 0.9f /* of half the expected F1: recall is preferred a little                  */

float dl_score_probability(const dl_forest *f, const float *row)
{
    return 1.0f / (1.0f + expf(-dl_forest_score_from(f, row, PROBE, FLOOR)));
}

static float words_of(const dl_xblock *k) { return k->words ? (float)k->words : 0.5f; }

static int by_probability(const void *a, const void *b, const void *ctx)
{
    const float *p = ctx;
    const float x = p[*(const uint32_t *)a], y = p[*(const uint32_t *)b];
    return x < y ? 1 : x > y ? -1 : 0;
}

float dl_score_threshold(const dl_xblock *blk, const float *p, size_t n, int lean, dl_arena *scratch)
{
    uint32_t *order = DL_NEW(scratch, n, uint32_t);
    if (!order) return 0.5f;
    float expected = 0, taken = 0, right = 0, best = 0;
    for (size_t i = 0; i < n; i++) {
        order[i] = (uint32_t)i;
        expected += words_of(&blk[i]) * p[i];
    }
    if (!dl_sort(order, n, sizeof *order, by_probability, p, scratch)) return 0.5f;
    for (size_t i = 0; i < n; i++) {
        const float w = words_of(&blk[order[i]]);
        taken += w;
        right += w * p[order[i]];
        const float f1 = 2 * right / (taken + expected);
        if (f1 > best) best = f1;
    }
    float t = SHARE * best / 2;
    t = t < SCORE_LEAST ? SCORE_LEAST : t > SCORE_MOST ? SCORE_MOST : t;
    return lean < 0 ? t + (1 - t) * 0.5f : lean > 0 ? t * 0.4f : t;
}

static uint8_t percent(float p)
{
    const float v = p * 100;
    return (uint8_t)(v < 1 ? 1 : v > 99 ? 99 : v);
}

/* What the words of a line say it is holds, unless the page says otherwise loudly. */
static float least_of(const dl_xblock *k, float least)
{
    switch (k->lex) {
    case DL_LEX_NONE:
    case DL_LEX_JOB:
    case DL_LEX_NUMBER:
    case DL_LEX_TAGLINE: return least;
    default: return dl_extract_in_body(k) || least > LOUD ? least : LOUD;
    }
}

/* Notes, bylines and credits are known by their words, what a site repeats by its other pages, what is hidden, an
 * advertisement or printed twice by markup that the rules have believed: they stay what they are. */
static bool settled(const dl_xblock *k)
{
    const uint32_t marked = DL_ZONE_HIDDEN | DL_ZONE_AD | DL_ZONE_QUOTE;
    if (k->role == DL_ROLE_TITLE || k->lex == DL_LEX_SITE) return true;
    if (k->role == DL_ROLE_OUT) return (k->flags & marked) != 0;
    return k->role == DL_ROLE_KEEP && k->kind > DL_POST &&
           (k->lex == DL_LEX_NOTE || k->lex == DL_LEX_BYLINE || k->lex == DL_LEX_CREDIT);
}

/* One block against its probability. A headline, and the second printing of a kept line, stay out. */
static void decide(dl_xpage *p, dl_xblock *k, float prob, float least)
{
    const bool in = prob > least_of(k, least);
    const bool twin = k->role == DL_ROLE_OUT && k->same_as != DL_NONE && dl_extract_in_body(&p->blk[k->same_as]);
    if (settled(k) || twin) return;
    k->sure = percent(in ? prob : 1 - prob);
    if (in && !dl_extract_in_body(k)) {
        k->role = DL_ROLE_KEEP;
        k->kind = (uint8_t)dl_trim_kind(k);
    } else if (!in && dl_extract_in_body(k)) {
        dl_extract_out(k, dl_trim_reason(k));
    }
}

void dl_score_blocks(dl_xhtml *h)
{
    dl_xpage *p = h->p;
    dl_forest f;
    if (!p->n || !dl_forest_open(&f, p->models, DL_SCORE_MODEL) || f.n_features != DL_FEATURES) return;
    dl_features *made = dl_features_begin(h);
    float *prob = DL_NEW(p->a, p->n, float), row[DL_FEATURES];
    if (!made || !prob) return;
    for (uint32_t i = 0; i < p->n; i++) {
        dl_features_next(made, row);
        prob[i] = dl_score_probability(&f, row);
    }
    const float least = dl_score_threshold(p->blk, prob, p->n, p->lean, p->a);
    for (uint32_t i = 0; i < p->n; i++) decide(p, &p->blk[i], prob[i], least);
}
