/* test_trees.c: the best of all trees, trees that are trees, and what is asked of them. */
#include "parse/parse.h"
#include "tags/tags.h"
#include "text.h"
#include "tokens/tokens.h"
#include "trees/spanning.h"
#include "trees/trees.h"

/* The highest sum of a tree with one dependent of the root, by trying every choice of heads; n is small. */
static int64_t best_sum(const int32_t *score, size_t n, size_t ld)
{
    uint16_t head[6];
    size_t choices = 1;
    int64_t best = INT64_MIN;
    for (size_t i = 0; i < n; i++) choices *= n + 1;
    for (size_t c = 0; c < choices; c++) {
        size_t rest = c, roots = 0;
        int64_t sum = 0;
        bool tree = true;
        for (size_t i = 0; i < n; i++, rest /= n + 1) {
            head[i] = (uint16_t)(rest % (n + 1));
            roots += head[i] == 0;
            sum += score[i * ld + head[i]];
            tree = tree && head[i] != i + 1;
        }
        for (size_t i = 0; tree && i < n; i++) {
            size_t v = i + 1, steps = 0;
            while (v && steps++ <= n) v = head[v - 1];
            tree = v == 0;
        }
        if (tree && roots == 1 && sum > best) best = sum;
    }
    return best;
}

static void spanning_trees_are_the_best_of_all(void **state)
{
    (void)state;
    dl_arena arena;
    uint64_t x = 5;
    dl_arena_init(&arena, 1 << 20);
    for (size_t trial = 0; trial < 600; trial++) {
        const size_t n = 1 + trial % 5, ld = n + 1 + trial % 3;
        int32_t score[5 * 8], given[5 * 8];
        uint16_t head[5];
        for (size_t i = 0; i < n * ld; i++) {
            x = x * 6364136223846793005u + 1442695040888963407u;
            given[i] = score[i] = (int32_t)(x >> 40) % 40 - 20;
        }
        assert_true(dl_spanning_tree(score, n, ld, &arena, head));
        int64_t sum = 0;
        size_t roots = 0;
        for (size_t i = 0; i < n; i++) {
            size_t v = i + 1, steps = 0;
            while (v && steps <= n) {
                v = head[v - 1];
                steps++;
            }
            assert_int_equal(v, 0);
            roots += head[i] == 0;
            sum += given[i * ld + head[i]];
        }
        assert_int_equal(roots, 1);
        assert_int_equal(sum, best_sum(given, n, ld));
    }
    dl_arena_free(&arena);
}

static void parse(dl_build *b, const dl_models *m, const char *text)
{
    dl_build_init(b);
    dl_build_reset(b);
    put_block(b, text);
    assert_int_equal(dl_tokens_find(b, m), DL_OK);
    assert_int_equal(dl_parse_trees(b, m), DL_OK);
}

static void plain_sentence_is_parsed(void **state)
{
    (void)state;
    dl_models *m;
    dl_build b;
    assert_int_equal(dl_models_open(&m, NULL, NULL), DL_OK);
    parse(&b, m, "The minister said that his country was attacked by rebels.");
    /* 0 The 1 minister 2 said 3 that 4 his 5 country 6 was 7 attacked 8 by 9 rebels 10 . */
    assert_int_equal(b.d.toks.head[2], 2);
    assert_int_equal(b.d.toks.rel[2], DL_REL_ROOT);
    assert_int_equal(dl_tree_child(&b.d, 2, DL_REL_NSUBJ), 1);
    assert_int_equal(dl_tree_child(&b.d, 2, DL_REL_CCOMP), 7);
    assert_int_equal(b.d.toks.rel[5], DL_REL_NSUBJ_PASS);
    assert_int_equal(dl_tree_child(&b.d, 7, DL_REL_NSUBJ), 5);
    assert_int_equal(dl_tree_child(&b.d, 7, DL_REL_IOBJ), DL_NONE);
    assert_true(dl_str_eq(dl_doc_text(&b.d, dl_tree_span(&b.d, 7)), DL_STR("that his country was attacked by rebels")));
    dl_build_free(&b);
    dl_models_close(m);
}

static void every_sentence_has_one_root_and_no_circle(void **state)
{
    (void)state;
    dl_models *m;
    dl_build b;
    assert_int_equal(dl_models_open(&m, NULL, NULL), DL_OK);
    parse(&b, m,
          "Yes. ( ( ( and , or the of of of ! ) Talks in Moscow Moscow said said said that that. By by 12 12 12 ; ; the a to be "
          "of\nx");
    for (uint32_t s = 0; s < b.d.sents.n; s++) {
        dl_span in = b.d.sents.tok[s];
        unsigned roots = 0;
        for (uint32_t t = in.beg; t < in.end; t++) {
            uint32_t up = t, steps = 0;
            roots += b.d.toks.head[t] == t;
            assert_true(dl_span_has(in, b.d.toks.head[t]));
            while (b.d.toks.head[up] != up && steps++ <= dl_span_len(in)) up = b.d.toks.head[up];
            assert_int_equal(b.d.toks.head[up], up);
        }
        assert_int_equal(roots, 1);
    }
    dl_build_free(&b);
    dl_models_close(m);
}

static void relations_have_names_and_bases(void **state)
{
    (void)state;
    assert_int_equal(dl_rel_of(DL_STR("nsubj:pass")), DL_REL_NSUBJ_PASS);
    assert_int_equal(dl_rel_of(DL_STR("obl:lmod")), DL_REL_OBL);
    assert_int_equal(dl_rel_of(DL_STR("nothing")), DL_REL_NONE);
    assert_int_equal(dl_rel_base(DL_REL_AUX_PASS), DL_REL_AUX);
    assert_int_equal(dl_rel_base(DL_REL_CASE), DL_REL_CASE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spanning_trees_are_the_best_of_all),
        cmocka_unit_test(plain_sentence_is_parsed),
        cmocka_unit_test(every_sentence_has_one_root_and_no_circle),
        cmocka_unit_test(relations_have_names_and_bases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
