/* test_forest.c: boosted trees on problems whose answer is known, and sections that are damaged. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "learn/grow.h"
#include "learn/train.h"

typedef struct work {
    dl_arena a;
    dl_buf b;
    dl_forest f;
} work;

static void work_begin(work *w)
{
    dl_arena_init(&w->a, (size_t)64 << 20);
    dl_buf_init(&w->b, 1 << 20);
}

static void work_end(work *w)
{
    dl_buf_free(&w->b);
    dl_arena_free(&w->a);
}

static const dl_grow_plan plain = { .trees = 40, .leaves = 8, .bins = 255, .min_rows = 1, .rate = 0.3f, .lambda = 1, .seed = 5 };

static dl_status grow(work *w, const float *row, const float *y, const float *weight, size_t n, uint32_t n_features,
                      const dl_grow_plan *plan)
{
    dl_error err;
    dl_buf_reset(&w->b);
    dl_status st = dl_grow_forest(&w->b, row, y, weight, n, n_features, plan, &w->a, &err);
    if (st == DL_OK) assert_true(dl_forest_view(&w->f, dl_buf_str(&w->b)));
    return st;
}

static float uniform(uint64_t *state) { return (float)(dl_random(state) >> 40) / (float)(1 << 24); }

/* n rows of three numbers in [0, 1); the label is XOR of the first two being above one half. */
enum { N = 800, WIDE = 3 };
static void make_xor(float *row, float *y, size_t n)
{
    uint64_t state = 1;
    for (size_t i = 0; i < n; i++) {
        for (int k = 0; k < WIDE; k++) row[i * WIDE + k] = uniform(&state);
        y[i] = (row[i * WIDE] > 0.5f) != (row[i * WIDE + 1] > 0.5f);
    }
}

static size_t wrong_rows(const dl_forest *f, const float *row, const float *y, size_t n)
{
    size_t wrong = 0;
    for (size_t i = 0; i < n; i++) wrong += (dl_forest_score(f, row + i * f->n_features) > 0) != (y[i] > 0.5f);
    return wrong;
}

static void xor_is_learnt_exactly(void **state)
{
    (void)state;
    work w;
    static float row[N * WIDE], y[N];
    work_begin(&w);
    make_xor(row, y, N);
    assert_int_equal(grow(&w, row, y, NULL, N, WIDE, &plain), DL_OK);
    assert_int_equal(w.f.n_trees, 40);
    assert_int_equal(w.f.n_features, WIDE);
    assert_int_equal(wrong_rows(&w.f, row, y, N), 0);
    work_end(&w);
}

static void band_is_learnt_exactly_with_cuts_midway(void **state)
{
    (void)state;
    work w;
    work_begin(&w);
    float row[100], y[100];
    for (int i = 0; i < 100; i++) {
        row[i] = (float)i;
        y[i] = i >= 30 && i < 60;
    }
    dl_grow_plan plan = plain;
    plan.leaves = 3;
    assert_int_equal(grow(&w, row, y, NULL, 100, 1, &plan), DL_OK);
    assert_int_equal(wrong_rows(&w.f, row, y, 100), 0);
    /* The first tree has two thresholds, which can only be the band's ends. */
    float low = INFINITY, high = -INFINITY;
    for (uint32_t i = 0; i < w.f.root[1]; i++)
        if (w.f.node[i].child) {
            low = fminf(low, w.f.node[i].value);
            high = fmaxf(high, w.f.node[i].value);
        }
    assert_int_equal(w.f.root[1], 5);
    assert_true(low == 29.5f && high == 59.5f);
    work_end(&w);
}

static void first_step_is_newtons(void **state)
{
    (void)state;
    work w;
    work_begin(&w);
    /* Bias 0 (as many yes as no), so p = 1/2, every hessian 1/4. Left: labels 0 0 1, gradient 1/2 + 1/2 - 1/2, hessian 3/4. */
    const float row[6] = { 1, 2, 3, 7, 8, 9 }, y[6] = { 0, 0, 1, 1, 1, 0 };
    const dl_grow_plan plan = { .trees = 1, .leaves = 2, .bins = 8, .min_rows = 3, .rate = 0.5f, .lambda = 0.25f };
    assert_int_equal(grow(&w, row, y, NULL, 6, 1, &plan), DL_OK);
    assert_true(w.f.bias == 0);
    assert_true(w.f.node[0].value == 5.0f);
    assert_true(fabsf(dl_forest_score(&w.f, &row[0]) - -0.25f) < 1e-6f);
    assert_true(fabsf(dl_forest_score(&w.f, &row[5]) - 0.25f) < 1e-6f);
    work_end(&w);
}

/* The least rows of y that any leaf of any tree has. */
static size_t least_rows(const dl_forest *f, const float *row, size_t n)
{
    size_t least = n;
    size_t *count = calloc(f->root[f->n_trees], sizeof *count);
    assert_non_null(count);
    for (uint32_t t = 0; t < f->n_trees; t++)
        for (size_t i = 0; i < n; i++) {
            uint32_t at = f->root[t];
            for (; f->node[at].child; at += f->node[at].child + (row[i * WIDE + f->node[at].feature] > f->node[at].value)) {
            }
            count[at]++;
        }
    for (uint32_t i = 0; i < f->root[f->n_trees]; i++)
        if (!f->node[i].child && count[i] < least) least = count[i];
    free(count);
    return least;
}

static void leaves_have_the_rows_asked_for(void **state)
{
    (void)state;
    work w;
    static float row[N * WIDE], y[N];
    work_begin(&w);
    make_xor(row, y, N);
    dl_grow_plan plan = plain;
    plan.min_rows = 57;
    assert_int_equal(grow(&w, row, y, NULL, N, WIDE, &plan), DL_OK);
    assert_true(least_rows(&w.f, row, N) >= 57);
    assert_true(w.f.root[w.f.n_trees] > w.f.n_trees);
    plan.min_rows = 401; /* of 800: no leaf can be divided */
    assert_int_equal(grow(&w, row, y, NULL, N, WIDE, &plan), DL_OK);
    assert_int_equal(w.f.root[w.f.n_trees], w.f.n_trees);
    work_end(&w);
}

static void constant_labels_give_a_constant(void **state)
{
    (void)state;
    work w;
    work_begin(&w);
    const float row[4] = { 1, 2, 3, 4 }, yes[4] = { 1, 1, 1, 1 }, no[4] = { 0 }, y[4] = { 0, 1, 0, 1 }, same[4] = { 7, 7, 7, 7 };
    assert_int_equal(grow(&w, row, yes, NULL, 4, 1, &plain), DL_OK);
    assert_true(dl_forest_score(&w.f, &row[0]) > 5 && isfinite(dl_forest_score(&w.f, &row[0])));
    assert_int_equal(grow(&w, row, no, NULL, 4, 1, &plain), DL_OK);
    assert_true(dl_forest_score(&w.f, &row[3]) < -5 && isfinite(dl_forest_score(&w.f, &row[3])));
    /* A feature that is the same everywhere divides nothing. */
    assert_int_equal(grow(&w, same, y, NULL, 4, 1, &plain), DL_OK);
    assert_true(dl_forest_score(&w.f, &row[0]) == 0);
    work_end(&w);
}

static void nan_and_infinity_go_as_in_training(void **state)
{
    (void)state;
    work w;
    work_begin(&w);
    /* NaN belongs with the least values, and may be told from them. */
    const float row[8] = { NAN, NAN, -INFINITY, -3, 5, 6, INFINITY, INFINITY }, y[8] = { 1, 1, 1, 0, 0, 0, 1, 1 };
    assert_int_equal(grow(&w, row, y, NULL, 8, 1, &plain), DL_OK);
    assert_int_equal(wrong_rows(&w.f, row, y, 8), 0);
    for (uint32_t i = 0; i < w.f.root[w.f.n_trees]; i++) assert_true(isfinite(w.f.node[i].value));
    const float nan = NAN, least = -INFINITY;
    assert_true(dl_forest_score(&w.f, &nan) == dl_forest_score(&w.f, &least));
    work_end(&w);
}

static void weights_matter(void **state)
{
    (void)state;
    work w, v;
    work_begin(&w);
    work_begin(&v);
    /* The same row is once yes and once no: the heavier one wins. */
    const float row[4] = { 1, 1, 2, 2 }, y[4] = { 1, 0, 1, 0 }, weight[4] = { 3, 1, 1, 3 };
    assert_int_equal(grow(&w, row, y, weight, 4, 1, &plain), DL_OK);
    assert_true(dl_forest_score(&w.f, &row[0]) > 0.5f);
    assert_true(dl_forest_score(&w.f, &row[2]) < -0.5f);
    /* Rows of weight 0 are as good as absent. */
    static float wide[N * WIDE], label[N], some[N];
    make_xor(wide, label, N);
    for (size_t i = 0; i < N; i++) some[i] = i < N / 2;
    assert_int_equal(grow(&w, wide, label, some, N, WIDE, &plain), DL_OK);
    assert_int_equal(grow(&v, wide, label, NULL, N / 2, WIDE, &plain), DL_OK);
    assert_true(dl_str_eq(dl_buf_str(&w.b), dl_buf_str(&v.b)));
    work_end(&w);
    work_end(&v);
}

static void few_bins_still_divide(void **state)
{
    (void)state;
    work w;
    work_begin(&w);
    /* Half of the rows share one value, which keeps a bin of its own; labels differ on its two sides. */
    static float row[N], y[N];
    for (size_t i = 0; i < N; i++) {
        row[i] = i % 2 ? 0 : (float)i - N / 2;
        y[i] = row[i] > 0;
    }
    dl_grow_plan plan = plain;
    plan.bins = 3;
    assert_int_equal(grow(&w, row, y, NULL, N, 1, &plan), DL_OK);
    assert_int_equal(wrong_rows(&w.f, row, y, N), 0);
    work_end(&w);
}

static const dl_grow_plan sampled = { .trees = 23,
                                      .leaves = 12,
                                      .bins = 31,
                                      .min_rows = 5,
                                      .rate = 0.2f,
                                      .lambda = 1,
                                      .feature_share = 0.67f,
                                      .row_share = 0.7f,
                                      .seed = 9 };

static void same_input_gives_the_same_bytes(void **state)
{
    (void)state;
    work w, v;
    static float row[N * WIDE], y[N];
    work_begin(&w);
    work_begin(&v);
    make_xor(row, y, N);
    assert_int_equal(grow(&w, row, y, NULL, N, WIDE, &sampled), DL_OK);
    assert_int_equal(grow(&v, row, y, NULL, N, WIDE, &sampled), DL_OK);
    assert_true(dl_str_eq(dl_buf_str(&w.b), dl_buf_str(&v.b)));
    dl_grow_plan other = sampled;
    other.seed++;
    assert_int_equal(grow(&v, row, y, NULL, N, WIDE, &other), DL_OK);
    assert_false(dl_str_eq(dl_buf_str(&w.b), dl_buf_str(&v.b)));
    work_end(&w);
    work_end(&v);
}

/* The sum as the header has it, a tree after the other. */
static float slow_score(const dl_forest *f, const float *row, uint32_t trees)
{
    float sum = f->bias;
    for (uint32_t t = 0; t < trees; t++) {
        const dl_forest_node *n = f->node + f->root[t];
        while (n->child) n += n->child + !(isnan(row[n->feature]) || row[n->feature] <= n->value);
        sum += n->value;
    }
    return sum;
}

/* The sum after the first multiple of `probe` trees at which it is below floor or above -floor. */
static float settled_score(const dl_forest *f, const float *row, uint32_t probe, float floor)
{
    uint32_t t = probe && probe < f->n_trees ? probe : f->n_trees;
    const uint32_t by = t;
    for (; t < f->n_trees; t += by) {
        const float sum = slow_score(f, row, t);
        if (sum < floor || sum > -floor) return sum;
    }
    return slow_score(f, row, f->n_trees);
}

static void score_from_is_score_or_settles_early(void **state)
{
    (void)state;
    work w;
    static float row[N * WIDE], y[N];
    size_t given_up = 0;
    work_begin(&w);
    make_xor(row, y, N);
    row[7] = NAN;
    assert_int_equal(grow(&w, row, y, NULL, N, WIDE, &sampled), DL_OK);
    for (size_t i = 0; i < N; i++) {
        const float *r = row + i * WIDE;
        const uint32_t probe = (uint32_t)(i % 30);
        const float whole = slow_score(&w.f, r, 23), part = settled_score(&w.f, r, probe, -0.1f);
        assert_true(dl_forest_score(&w.f, r) == whole);
        assert_true(dl_forest_score_from(&w.f, r, probe, -0.1f) == part);
        given_up += !(part < whole || part > whole);
    }
    assert_true(given_up > 0 && given_up < N);
    work_end(&w);
}

static void damaged_sections_are_refused(void **state)
{
    (void)state;
    work w;
    static float row[N * WIDE], y[N];
    work_begin(&w);
    make_xor(row, y, N);
    dl_grow_plan plan = sampled;
    plan.trees = 7;
    assert_int_equal(grow(&w, row, y, NULL, N, WIDE, &plan), DL_OK);
    const dl_str whole = dl_buf_str(&w.b);
    dl_forest f;
    for (size_t len = 0; len < whole.len; len++) {
        assert_false(dl_forest_view(&f, (dl_str){ whole.p, len }));
        assert_int_equal(f.n_trees, 0);
        assert_true(dl_forest_score(&f, row) == 0);
    }
    size_t refused = 0;
    for (size_t i = 0; i < whole.len; i++)
        for (unsigned flip = 1; flip < 256; flip = flip << 1 | 1) {
            w.b.p[i] ^= (char)flip;
            if (dl_forest_view(&f, whole) && f.n_features == WIDE) (void)dl_forest_score(&f, row);
            refused += f.n_trees == 0;
            if (i < 20) assert_int_equal(f.n_trees, 0); /* magic, features, trees, nodes */
            w.b.p[i] ^= (char)flip;
        }
    assert_true(refused > 0);
    assert_true(dl_forest_view(&f, whole));
    assert_false(dl_forest_open(&f, NULL, "none"));
    work_end(&w);
}

static void wrong_numbers_are_refused(void **state)
{
    (void)state;
    work w;
    work_begin(&w);
    const float row[2] = { 1, 2 }, y[2] = { 0, 1 }, bad_y[2] = { 0, 2 }, nan_y[2] = { NAN, 0 }, bad_w[2] = { 1, -1 },
                no_w[2] = { 0 };
    dl_grow_plan plan = plain;
    assert_int_equal(grow(&w, row, bad_y, NULL, 2, 1, &plan), DL_EUSAGE);
    assert_int_equal(grow(&w, row, nan_y, NULL, 2, 1, &plan), DL_EUSAGE);
    assert_int_equal(grow(&w, row, y, bad_w, 2, 1, &plan), DL_EUSAGE);
    assert_int_equal(grow(&w, row, y, no_w, 2, 1, &plan), DL_EUSAGE);
    assert_int_equal(grow(&w, row, y, NULL, 0, 1, &plan), DL_EUSAGE);
    assert_int_equal(grow(&w, row, y, NULL, 1, DL_FOREST_FEATURES_MAX + 1, &plan), DL_EUSAGE);
    plan.leaves = 1;
    assert_int_equal(grow(&w, row, y, NULL, 2, 1, &plan), DL_EUSAGE);
    plan.leaves = 8;
    plan.bins = 256;
    assert_int_equal(grow(&w, row, y, NULL, 2, 1, &plan), DL_EUSAGE);
    work_end(&w);
}

static void refused_memory_is_an_error(void **state)
{
    (void)state;
    work w;
    static float row[N * WIDE], y[N];
    size_t refused = 0, max = 100;
    dl_status st = DL_ENOMEM;
    work_begin(&w);
    make_xor(row, y, N);
    for (; st != DL_OK && max < (size_t)64 << 20; max += max / 8) {
        dl_arena small;
        dl_arena_init(&small, max);
        dl_buf_reset(&w.b);
        st = dl_grow_forest(&w.b, row, y, NULL, N, WIDE, &sampled, &small, NULL);
        assert_true(st == DL_OK || st == DL_ENOMEM);
        refused += st == DL_ENOMEM;
        dl_arena_free(&small);
    }
    assert_int_equal(st, DL_OK);
    assert_true(refused > 10);
    dl_buf tight;
    dl_buf_init(&tight, 1000);
    assert_int_equal(dl_grow_forest(&tight, row, y, NULL, N, WIDE, &sampled, &w.a, NULL), DL_ENOMEM);
    dl_buf_free(&tight);
    work_end(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(xor_is_learnt_exactly),
        cmocka_unit_test(band_is_learnt_exactly_with_cuts_midway),
        cmocka_unit_test(first_step_is_newtons),
        cmocka_unit_test(leaves_have_the_rows_asked_for),
        cmocka_unit_test(constant_labels_give_a_constant),
        cmocka_unit_test(nan_and_infinity_go_as_in_training),
        cmocka_unit_test(weights_matter),
        cmocka_unit_test(few_bins_still_divide),
        cmocka_unit_test(same_input_gives_the_same_bytes),
        cmocka_unit_test(score_from_is_score_or_settles_early),
        cmocka_unit_test(damaged_sections_are_refused),
        cmocka_unit_test(wrong_numbers_are_refused),
        cmocka_unit_test(refused_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
