/* test_learn.c: the learner on problems small enough to solve by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "learn/train.h"

enum { WORD = 1, BIAS = 2 };

static void given_scores_viterbi_takes_the_best_path(void **state)
{
    (void)state;
    dl_arena a;
    dl_arena_init(&a, 1 << 20);
    /* Two labels, three tokens. Alone, token 2 prefers label 1 by 1; going 0 -> 1 costs 5. */
    const int32_t score[6] = { 9, 0, 3, 4, 9, 0 };
    const int32_t trans[6] = { 0, -5, 0, 0, 0, 0 };
    uint8_t label[3] = { 7, 7, 7 };
    assert_true(dl_viterbi(score, trans, 3, 2, &a, label));
    assert_int_equal(label[0], 0);
    assert_int_equal(label[1], 0);
    assert_int_equal(label[2], 0);
    /* When it costs nothing, it is taken. */
    const int32_t zero[6] = { 0 };
    assert_true(dl_viterbi(score, zero, 3, 2, &a, label));
    assert_int_equal(label[1], 1);
    dl_arena_free(&a);
}

static void bio_labels_follow_their_own_kind(void **state)
{
    (void)state;
    assert_true(dl_bio_may(DL_STR("B-PER"), DL_STR("I-PER")));
    assert_true(dl_bio_may(DL_STR("I-PER"), DL_STR("I-PER")));
    assert_true(dl_bio_may(DL_STR("O"), DL_STR("B-PER")));
    assert_false(dl_bio_may(DL_STR("O"), DL_STR("I-PER")));
    assert_false(dl_bio_may(DL_STR(""), DL_STR("I-PER")));
    assert_false(dl_bio_may(DL_STR("B-ORG"), DL_STR("I-PER")));
}

static bool add_sentence(dl_trainer *t, dl_arena *a, const char *const *words, const uint8_t *gold, size_t n, dl_seq *s)
{
    dl_seq_init(s, a);
    for (size_t i = 0; i < n; i++) {
        dl_feats f = { .n = 0 };
        dl_feat_add(&f, dl_feat(BIAS, 0));
        dl_feat_add(&f, dl_feat(WORD, dl_hash_str(dl_str_of(words[i]))));
        if (!dl_seq_add(s, &f)) return false;
    }
    return !t || dl_example_add(t, s, gold);
}

static void trained_tagger_knows_its_examples(dl_train_plan plan, const char *const *labels, uint32_t n_labels)
{
    dl_arena a;
    dl_arena_init(&a, 64 << 20);
    dl_trainer t;
    dl_seq s;
    const char *const one[] = { "Ana", "Silva", "met", "Ana", "today" };
    const uint8_t gold_one[] = { 1, 2, 0, 1, 0 };
    const char *const two[] = { "today", "Silva", "spoke" };
    const uint8_t gold_two[] = { 0, 1, 0 };
    plan.epochs = 20;
    assert_true(dl_trainer_init(&t, &a, labels, n_labels, &plan));
    assert_true(add_sentence(&t, &a, one, gold_one, 5, &s));
    assert_true(add_sentence(&t, &a, two, gold_two, 3, &s));
    assert_true(dl_train_seqs(&t));
    dl_buf b;
    dl_buf_init(&b, 1 << 20);
    assert_true(dl_trainer_write(&t, &b));
    dl_linear w;
    assert_true(dl_linear_view(&w, dl_buf_str(&b)));
    assert_int_equal(w.n_labels, n_labels);
    assert_true(dl_str_eq(dl_linear_label(&w, 1), dl_str_of(labels[1])));
    uint8_t label[5];
    assert_true(add_sentence(NULL, &a, one, NULL, 5, &s));
    dl_seq_viterbi(&w, &s, &a, label);
    assert_memory_equal(label, gold_one, 5);
    assert_true(add_sentence(NULL, &a, two, NULL, 3, &s));
    dl_seq_viterbi(&w, &s, &a, label);
    assert_memory_equal(label, gold_two, 3);
    dl_buf_free(&b);
    dl_arena_free(&a);
}

static void dense_layout_keeps_what_was_learnt(void **state)
{
    (void)state;
    const char *const labels[] = { "O", "B-PER", "I-PER" };
    trained_tagger_knows_its_examples((dl_train_plan){ .bio = true }, labels, 3);
}

static void sparse_layout_keeps_what_was_learnt(void **state)
{
    (void)state;
    const char *const labels[] = { "O", "B-PER", "I-PER", "B-A", "I-A", "B-B", "I-B", "B-C", "I-C", "B-D", "I-D" };
    trained_tagger_knows_its_examples((dl_train_plan){ .bio = true }, labels, 11);
}

static void damaged_section_is_refused(void **state)
{
    (void)state;
    dl_linear w;
    assert_false(dl_linear_view(&w, DL_STR("DLLIN")));
    assert_int_equal(w.n_labels, 0);
    dl_linear_head h = {
        .n_labels = 3, .bits = 20, .names = 80, .codes = 88, .trans = 600, .slots = 700, .rows = 800, .end = 900
    };
    memcpy(h.magic, "DLLIN\0\0\1", 8);
    assert_false(dl_linear_view(&w, (dl_str){ (const char *)&h, sizeof h }));
    int32_t score[DL_LABELS_MAX];
    const uint64_t feat = 1;
    dl_linear_score(&w, &feat, 1, score); /* an empty view scores nothing */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(given_scores_viterbi_takes_the_best_path),
        cmocka_unit_test(bio_labels_follow_their_own_kind),
        cmocka_unit_test(dense_layout_keeps_what_was_learnt),
        cmocka_unit_test(sparse_layout_keeps_what_was_learnt),
        cmocka_unit_test(damaged_section_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
