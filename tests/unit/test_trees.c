/* test_trees.c: moves by hand, trees that are trees, and what is asked of them. */
#include "tags/tags.h"
#include "text.h"
#include "tokens/tokens.h"
#include "trees/arcs.h"
#include "trees/trees.h"

static void moves_draw_the_arcs_they_say(void **state)
{
    (void)state;
    dl_arena arena;
    dl_arcs a;
    dl_arena_init(&arena, 1 << 20);
    /* "Ana saw Bo": Ana <- saw -> Bo */
    assert_true(dl_arcs_init(&a, &arena, 3));
    assert_false(dl_arcs_may(&a, DL_LEFT));
    dl_arcs_make(&a, DL_SHIFT, 0);
    assert_false(dl_arcs_may(&a, DL_RIGHT));
    dl_arcs_make(&a, DL_LEFT, DL_REL_NSUBJ);
    dl_arcs_make(&a, DL_SHIFT, 0);
    dl_arcs_make(&a, DL_SHIFT, 0);
    /* Two words are left: the root may not take Bo as well. */
    assert_false(dl_arcs_may(&a, DL_LEFT));
    assert_false(dl_arcs_may(&a, DL_SHIFT));
    dl_arcs_make(&a, DL_RIGHT, DL_REL_OBJ);
    assert_true(dl_arcs_may(&a, DL_LEFT));
    dl_arcs_make(&a, DL_LEFT, DL_REL_ROOT);
    assert_true(dl_arcs_done(&a));
    assert_int_equal(a.node[0].head, 1);
    assert_int_equal(a.node[1].head, 3);
    assert_int_equal(a.node[2].head, 1);
    assert_int_equal(a.node[2].rel, DL_REL_OBJ);
    dl_arena_free(&arena);
}

static void parse(dl_build *b, const dl_models *m, const char *text)
{
    dl_build_init(b);
    dl_build_reset(b);
    put_block(b, text);
    assert_int_equal(dl_tokens_find(b, m), DL_OK);
    assert_int_equal(dl_tags_find(b, m), DL_OK);
    assert_int_equal(dl_trees_find(b, m), DL_OK);
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
        cmocka_unit_test(moves_draw_the_arcs_they_say),
        cmocka_unit_test(plain_sentence_is_parsed),
        cmocka_unit_test(every_sentence_has_one_root_and_no_circle),
        cmocka_unit_test(relations_have_names_and_bases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
