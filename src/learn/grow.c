/* grow.c: boosting: the pulls of all rows, a tree that follows them, and so on; and the section that forest.h reads. */
#include "learn/grow.h"

#include <math.h>

#include "base/error.h"
#include "base/hash.h"
#include "learn/grow_tree.h"
#include "learn/train.h"

#define WHERE "grow"
#define TREES_MAX 65535 /* times nodes of a tree still fits 32 bits                            */
#define MEAN_MIN 1e-6   /* of labels that are all 0 (or all 1, from above): keeps the bias finite  */

typedef struct boost {
    const dl_grow_plan *plan;
    uint32_t *pick; /* [n] rows with a weight                                                    */
    size_t n;
    float *y, *weight; /* [n] theirs                                                             */
    double total;      /* of weight                                                              */
    float *score;      /* [n] log-odds so far                                                    */
    dl_pull *pull;     /* [n]                                                                    */
    dl_bins bins;
    dl_grower grower;
    uint32_t *useful; /* [n_useful] columns with a cut                                           */
    uint32_t n_useful;
    uint64_t state; /* of the random numbers                                                     */
} boost;

static bool share_ok(float v) { return v >= 0 && v <= 1; }

static const char *wrong_plan(const dl_grow_plan *p)
{
    if (!p->trees || p->trees > TREES_MAX) return "trees";
    if (p->leaves < 2 || p->leaves > DL_GROW_LEAVES_MAX) return "leaves";
    if (p->bins < 2 || p->bins > DL_BINS_MAX) return "bins";
    if (!(p->rate > 0 && p->rate <= 1)) return "rate";
    if (!(p->lambda >= 0 && p->lambda < 1e9f)) return "lambda";
    if (!share_ok(p->feature_share)) return "feature_share";
    if (!share_ok(p->row_share)) return "row_share";
    return NULL;
}

/* The rows that count. */
static dl_status take_rows(boost *b, const float *y, const float *weight, size_t n, dl_arena *a, dl_error *err)
{
    b->pick = dl_arena_raw(a, n, sizeof *b->pick);
    b->y = dl_arena_raw(a, n, sizeof *b->y);
    b->weight = dl_arena_raw(a, n, sizeof *b->weight);
    b->score = dl_arena_raw(a, n, sizeof *b->score);
    b->pull = dl_arena_raw(a, n, sizeof *b->pull);
    if (dl_arena_failed(a)) return dl_fail_mem(err, WHERE);
    for (size_t i = 0; i < n; i++) {
        const float w = weight ? weight[i] : 1;
        if (!(w >= 0 && w < 1e9f) || !(y[i] >= 0 && y[i] <= 1))
            return dl_fail(err, DL_EUSAGE, WHERE, DL_NO_OFFSET, "row %zu: label or weight out of range", i);
        if (!(w > 0)) continue;
        b->pick[b->n] = (uint32_t)i;
        b->y[b->n] = y[i];
        b->weight[b->n++] = w;
        b->total += (double)w;
    }
    return b->n ? DL_OK : dl_fail(err, DL_EUSAGE, WHERE, DL_NO_OFFSET, "no row with a weight");
}

static float bias_of(const boost *b)
{
    double sum = 0;
    for (size_t i = 0; i < b->n; i++) sum += (double)b->weight[i] * (double)b->y[i];
    const double mean = fmin(fmax(sum / b->total, MEAN_MIN), 1 - MEAN_MIN);
    return (float)log(mean / (1 - mean));
}

/* k of the n numbers of `from` (NULL: 0, 1, ...), each set as likely, in order (Knuth, TAOCP 3.4.2, algorithm S). */
static void draw(boost *b, const uint32_t *from, size_t n, size_t k, uint32_t *out)
{
    for (size_t i = 0, got = 0; got < k && i < n; i++)
        if (k - got == n - i || dl_random(&b->state) % (n - i) < k - got) out[got++] = from ? from[i] : (uint32_t)i;
}

/* The rows of groups that a fresh number picks, each with the chance of row_share; all where that picks none. */
static uint32_t draw_groups(boost *b, uint32_t *out)
{
    const uint64_t salt = dl_random(&b->state);
    const double least = (double)b->plan->row_share * 4294967296.0;
    size_t got = 0;
    for (size_t i = 0; i < b->n; i++)
        if ((double)(dl_hash_mix(salt, b->plan->group[b->pick[i]]) >> 32) < least) out[got++] = (uint32_t)i;
    for (size_t i = 0; !got && i < b->n; i++) out[i] = (uint32_t)i;
    return (uint32_t)(got ? got : b->n);
}

static uint32_t part_of(size_t n, float share)
{
    const size_t k = share > 0 ? (size_t)((double)n * (double)share + 0.5) : n;
    return (uint32_t)(k ? k : n > 0);
}

static void make_pulls(boost *b)
{
    for (size_t i = 0; i < b->n; i++) {
        const double p = 1 / (1 + exp(-(double)b->score[i])), w = (double)b->weight[i];
        b->pull[i] = (dl_pull){ (float)(w * (p - (double)b->y[i])), (float)(w * p * (1 - p)) };
    }
}

static double mean_loss(const boost *b)
{
    double sum = 0;
    for (size_t i = 0; i < b->n; i++) {
        const double s = (double)b->score[i];
        sum += (double)b->weight[i] * (log1p(exp(-fabs(s))) + fmax(s, 0) - s * (double)b->y[i]);
    }
    return sum / b->total;
}

/* The next tree, and its part in every row's score. */
static void boost_once(boost *b)
{
    dl_grower *g = &b->grower;
    make_pulls(b);
    if (b->plan->group && b->plan->row_share > 0) {
        g->n_rows = draw_groups(b, g->rows);
    } else {
        g->n_rows = part_of(b->n, b->plan->row_share);
        draw(b, NULL, b->n, g->n_rows, g->rows);
    }
    g->n_columns = part_of(b->n_useful, b->plan->feature_share);
    draw(b, b->useful, b->n_useful, g->n_columns, g->column);
    dl_grower_tree(g);
    for (size_t i = 0; i < b->n; i++) b->score[i] += dl_grower_leaf(g, i);
}

static dl_status boost_begin(boost *b, const float *row, uint32_t n_features, dl_arena *a, dl_error *err)
{
    b->useful = dl_arena_raw(a, n_features, sizeof *b->useful);
    if (!b->useful || !dl_bins_make(&b->bins, row, n_features, b->pick, b->n, b->plan->bins, a) ||
        !dl_grower_init(&b->grower, b->plan, &b->bins, b->pull, a))
        return dl_fail_mem(err, WHERE);
    for (uint32_t c = 0; c < n_features; c++)
        if (dl_bins_cuts(&b->bins, c)) b->useful[b->n_useful++] = c;
    return DL_OK;
}

/* Appends room for head and roots, then the trees, as they are grown. */
static dl_status write_forest(boost *b, dl_buf *out, uint32_t n_features, dl_error *err)
{
    const uint32_t trees = b->plan->trees;
    const size_t start = out->len, roots = start + sizeof(dl_forest_head);
    dl_forest_head h = { .n_features = n_features, .n_trees = trees, .bias = bias_of(b) };
    memcpy(h.magic, DL_FOREST_MAGIC, sizeof h.magic);
    for (size_t i = 0; i < b->n; i++) b->score[i] = h.bias;
    dl_buf_fill(out, '\0', (sizeof h + ((size_t)trees + 1) * sizeof h.n_nodes + 7) / 8 * 8);
    for (uint32_t t = 0; t < trees && !out->failed; t++) {
        boost_once(b);
        h.n_nodes += b->grower.n_nodes;
        memcpy(out->p + roots + ((size_t)t + 1) * sizeof h.n_nodes, &h.n_nodes, sizeof h.n_nodes);
        dl_buf_add(out, (dl_str){ (const char *)b->grower.node, b->grower.n_nodes * sizeof *b->grower.node });
        if (b->plan->told) b->plan->told(b->plan->ctx, t + 1, mean_loss(b));
    }
    if (out->failed) return dl_fail_mem(err, WHERE);
    memcpy(out->p + start, &h, sizeof h);
    return DL_OK;
}

dl_status dl_grow_forest(dl_buf *out, const float *row, const float *y, const float *weight, size_t n, uint32_t n_features,
                         const dl_grow_plan *plan, dl_arena *a, dl_error *err)
{
    const char *wrong = wrong_plan(plan);
    if (wrong) return dl_fail(err, DL_EUSAGE, WHERE, DL_NO_OFFSET, "plan: %s out of range", wrong);
    if (!n || n > UINT32_MAX || !n_features || n_features > DL_FOREST_FEATURES_MAX || n > SIZE_MAX / sizeof *row / n_features)
        return dl_fail(err, DL_EUSAGE, WHERE, DL_NO_OFFSET, "%zu rows of %u features", n, (unsigned)n_features);
    const dl_arena_mark mark = dl_arena_here(a);
    boost b = { .plan = plan, .state = plan->seed };
    dl_status st = take_rows(&b, y, weight, n, a, err);
    if (st == DL_OK) st = boost_begin(&b, row, n_features, a, err);
    if (st == DL_OK) st = write_forest(&b, out, n_features, err);
    dl_arena_back(a, mark);
    return st;
}
