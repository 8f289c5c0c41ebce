/* test_encode.c: matrices of whole numbers, and a network's training: its gradients, its independence of threads. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "encode/sight.h"
#include "fit/corpus.h"
#include "fit/fit.h"
#include "fit/work.h"
#include "learn/learn.h"
#include "text.h"
#include "tokens/tokens.h"

static uint64_t seed = 3;
static uint64_t next(void) { return seed = seed * 6364136223846793005u + 1442695040888963407u; }
static float number(void) { return (float)(next() >> 40) / 8388608.0f - 1.0f; }

/* One output of one row, in sums that cannot overflow. */
static float by_hand(const dl_mat *m, const uint8_t *x, size_t o)
{
    int32_t sum = 0;
    for (size_t k = 0; k < m->in; k++)
        sum += (x[k] - DL_STATE_ZERO) * m->w[((o / 16 * (m->in / 4) + k / 4) * 16 + o % 16) * 4 + k % 4];
    return m->bias[o] + m->scale[o] * (float)sum;
}

static void products_are_exact_for_any_size(void **state)
{
    (void)state;
    static const uint32_t sizes[][2] = { { 4, 1 }, { 100, 16 }, { 36, 33 }, { 384, 50 } };
    static float w[384 * 64], bias[64], y[9 * 64];
    static uint8_t x[9 * 384];
    for (size_t s = 0; s < DL_COUNT(sizes); s++) {
        const uint32_t in = sizes[s][0], out = sizes[s][1];
        for (size_t i = 0; i < DL_COUNT(w); i++) w[i] = number() * (i % 7 ? 0.1f : 3.0f);
        for (size_t i = 0; i < DL_COUNT(bias); i++) bias[i] = number();
        /* The first row makes the largest sum there is for output 0. */
        for (size_t i = 0; i < DL_COUNT(x); i++) x[i] = (uint8_t)(next() >> 33);
        for (size_t k = 0; k < in; k++) x[k] = w[k * 64] < 0 ? 0 : 255;
        dl_buf b;
        dl_mat m;
        dl_buf_init(&b, 1 << 22);
        assert_true(dl_mat_write(&b, w, 64, bias, in, out, 1));
        assert_true(dl_mat_view(&m, dl_buf_str(&b), in, out));
        for (size_t i = 0; i < 5 * (DL_MAT_WAYS + 1); i++) {
            const size_t n = 1 + i % 5 * 2;
            if (i < 5)
                dl_mat_mul(&m, x, in, n, y);
            else if (!dl_mat_mul_by((unsigned)(i / 5 - 1), &m, x, in, n, y))
                continue;
            for (size_t t = 0; t < n; t++)
                for (size_t o = 0; o < out; o++) assert_true(y[t * m.pad + o] == by_hand(&m, x + t * in, o));
        }
        /* Near what was meant. */
        for (size_t o = 0; o < out; o++) {
            float sum = bias[o];
            for (size_t k = 0; k < in; k++) sum += (float)(x[k] - DL_STATE_ZERO) / (float)DL_STATE_ONE * w[k * 64 + o];
            /* Half a step of each weight, by the largest input. */
            assert_true(fabsf(sum - by_hand(&m, x, o)) <= 2.0f * (0.5f * 3.0f / 63.0f) * (float)in + 0.001f);
        }
        assert_false(dl_mat_view(&m, dl_buf_str(&b), in + 4, out));
        assert_false(dl_mat_view(&m, (dl_str){ b.p, b.len - 1 }, 0, 0));
        dl_buf_free(&b);
    }
}

/* ---- Training ------------------------------------------------------------------------------------ */

#define WORDS 5

struct toy {
    dl_fit fit;
    dl_fit_sent sent[2];
    const dl_fit_sent *batch[2];
    bool may[4 * 3];
    uint64_t feat[9];
    dl_arena arena;
    dl_models *models;
};

static const uint32_t ends[WORDS] = { 2, 4, 5, 7, 9 };
static const uint64_t values[9] = { 1, 2, 3, 1, 4, 2, 5, 3, 6 };
static const uint32_t vecs[WORDS] = { 5, DL_NONE, 900, 17, 5 };
static const uint8_t xpos[WORDS] = { 1, 2, 0, 3, 1 }, names[WORDS] = { 0, 1, 2, 0, 1 }, rels[WORDS] = { 1, 2, 0, 3, 2 };
static const uint16_t heads[WORDS] = { 2, 0, 2, 5, 2 };

static void make_toy(struct toy *t, uint32_t threads, float rate, float drop)
{
    memset(t, 0, sizeof *t);
    assert_int_equal(dl_models_open(&t->models, NULL, NULL), DL_OK);
    dl_arena_init(&t->arena, 1 << 20);
    dl_vectors v;
    assert_true(dl_vectors_open(&v, t->models));
    for (size_t i = 0; i < 12; i++) t->may[i] = i != 2 && i != 11; /* neither 0 2 nor a start with 2 */
    for (size_t i = 0; i < 9; i++) t->feat[i] = dl_feat(1, values[i]);
    for (size_t s = 0; s < 2; s++) {
        t->sent[s] = (dl_fit_sent){ .n = (uint32_t)(WORDS - s), .end = ends, .feat = t->feat, .vec = vecs, .weight = 1 };
        t->batch[s] = &t->sent[s];
    }
    t->sent[0].xpos = xpos;
    t->sent[0].head = heads;
    t->sent[0].rel = rels;
    t->sent[1].names = names;
    dl_fit_index index;
    assert_true(dl_fit_index_make(&index, t->sent, 2, 1, 100));
    assert_int_equal(index.n_rows, 6);
    assert_true(dl_fit_rows(&index, t->sent, 2, &t->arena));
    const dl_fit_plan plan = { .d = 32,
                               .arcs = 16,
                               .layers = "cs",
                               .flat = 1,
                               .n_xpos = 4,
                               .n_upos = 3,
                               .n_names = 3,
                               .n_rels = 4,
                               .rate = rate,
                               .drop = drop,
                               .drop_rows = drop,
                               .steps = 100,
                               .threads = threads,
                               .seed = 4 };
    assert_true(dl_fit_init(&t->fit, &plan, &index, &v, t->may));
}

static void free_toy(struct toy *t)
{
    dl_fit_free(&t->fit);
    dl_arena_free(&t->arena);
    dl_models_close(t->models);
}

static double loss_of(struct toy *t)
{
    memset(t->fit.loss, 0, sizeof t->fit.loss);
    assert_true(dl_fit_step(&t->fit, t->batch, 2));
    double sum = 0;
    for (size_t i = 0; i < 4; i++) sum += t->fit.loss[i] * (i ? 1.0 : (double)DL_FIT_TAGS_WEIGHT);
    return sum / (2 * WORDS - 1);
}

static void gradients_are_slopes_of_the_loss(void **state)
{
    (void)state;
    struct toy t;
    make_toy(&t, 1, 0, 0);
    loss_of(&t);
    float *slope = malloc(t.fit.n * sizeof *slope);
    assert_non_null(slope);
    for (size_t i = 0; i < t.fit.n; i++) {
        slope[i] = 0;
        for (size_t s = 0; s < DL_FIT_SHARDS; s++) slope[i] += t.fit.grad[s][i];
    }
    size_t large = 0;
    for (size_t k = 0; k < 400; k++) {
        const size_t i = (size_t)(next() >> 33) % t.fit.n;
        const float was = t.fit.w[i], by = 0.01f;
        t.fit.w[i] = was + by;
        const double up = loss_of(&t);
        t.fit.w[i] = was - by;
        const double down = loss_of(&t);
        t.fit.w[i] = was;
        const double measured = (up - down) / (2.0 * (double)by);
        large += fabs(measured) > 1e-3;
        assert_true(fabs(measured - (double)slope[i]) < 2e-4 + 0.02 * fabs(measured));
    }
    assert_true(large > 20);
    free(slope);
    free_toy(&t);
}

static void training_learns_and_does_not_depend_on_threads(void **state)
{
    (void)state;
    struct toy a, b;
    make_toy(&a, 1, 0.01f, 0.1f);
    make_toy(&b, 3, 0.01f, 0.1f);
    const double first = loss_of(&a);
    loss_of(&b);
    double last = first;
    for (size_t i = 0; i < 60; i++) {
        last = loss_of(&a);
        loss_of(&b);
    }
    assert_true(last < first / 2);
    dl_fit_settle(&a.fit);
    dl_fit_settle(&b.fit);
    assert_memory_equal(a.fit.w, b.fit.w, a.fit.n * sizeof *a.fit.w);
    assert_memory_equal(a.fit.rows, b.fit.rows, (size_t)a.fit.plan.d * a.fit.index.n_rows * sizeof(float));
    uint8_t said[WORDS], none[WORDS], rel[WORDS];
    uint16_t head[WORDS];
    assert_true(dl_fit_say(&a.fit, &a.sent[0], said, none, NULL, head, rel));
    assert_memory_equal(said, xpos, WORDS);
    assert_memory_equal(head, heads, sizeof head);
    free_toy(&a);
    free_toy(&b);
}

/* ---- What training sees is what is seen in use ----------------------------------------------------- */

static void examples_see_what_the_program_sees(void **state)
{
    (void)state;
    static const char *const word[] = { "Russia", "'s", "Mr", "Orlov", "said", "\"", "no", "\"", "." };
    char folder[] = "/tmp/dateline-test-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/one.conllu", folder);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    for (size_t i = 0; i < DL_COUNT(word); i++)
        fprintf(out, "%zu\t%s\t_\tX\tFW\t_\t%d\tdep\t_\t%s\n", i + 1, word[i], i != 0,
                i == 0 || (i >= 5 && i <= 7) ? "SpaceAfter=No" : "_");
    fprintf(out, "\n");
    fclose(out);
    dl_models *m;
    dl_arena arena;
    dl_build b;
    dl_sight s;
    assert_int_equal(dl_models_open(&m, NULL, NULL), DL_OK);
    dl_arena_init(&arena, 1 << 22);
    dl_vectors v;
    assert_true(dl_vectors_open(&v, m));
    dl_corpus c = { .arena = &arena, .models = m };
    assert_int_equal(dl_corpus_read(&c, path, 1, NULL), DL_OK);
    unlink(path);
    rmdir(folder);
    dl_build_init(&b);
    dl_build_reset(&b);
    put_block(&b, "Russia's Mr Orlov said \"no\".");
    assert_int_equal(dl_tokens_find(&b, m), DL_OK);
    assert_true(dl_sight_page(&s, &b.d, m, &b.scratch));
    assert_int_equal(c.n, 1);
    assert_int_equal(c.sent[0].n, b.d.toks.n);
    dl_sight_line line = dl_sight_sentence(&s, b.d.sents.tok[0]);
    for (uint32_t t = 0, at = 0; t < b.d.toks.n; t++) {
        uint64_t feat[DL_WORD_FEATS + DL_PLACE_FEATS];
        uint32_t n = dl_sight_word(&s, &s.form[s.of[t]], feat);
        n += dl_sight_place(&s, &line, t, feat + n);
        assert_int_equal(c.sent[0].end[t] - at, n);
        assert_memory_equal(c.sent[0].feat + at, feat, n * sizeof *feat);
        assert_int_equal(c.sent[0].vec[t], dl_vectors_row(&v, dl_lex_of(dl_tok_text(&b.d, t)).lower));
        at = c.sent[0].end[t];
    }
    dl_build_free(&b);
    dl_arena_free(&arena);
    dl_models_close(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_are_exact_for_any_size),
        cmocka_unit_test(gradients_are_slopes_of_the_loss),
        cmocka_unit_test(training_learns_and_does_not_depend_on_threads),
        cmocka_unit_test(examples_see_what_the_program_sees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
