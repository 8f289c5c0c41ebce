/* test_tags.c: tags and lemmas of plain sentences, read off by hand. */
#include "base/buf.h"
#include "parse/parse.h"
#include "tags/lemma.h"
#include "tags/tags.h"
#include "text.h"
#include "tokens/tokens.h"

static void tag(dl_build *b, const dl_models *m, const char *text)
{
    dl_build_init(b);
    dl_build_reset(b);
    put_block(b, text);
    assert_int_equal(dl_tokens_find(b, m), DL_OK);
    assert_int_equal(dl_parse_words(b, m), DL_OK);
}

static void plain_sentence_is_tagged(void **state)
{
    (void)state;
    dl_models *m;
    dl_build b;
    assert_int_equal(dl_models_open(&m, NULL, NULL), DL_OK);
    tag(&b, m, "The ministers of France met their aides in Paris on Monday and agreed to talk.");
    static const dl_xpos expected[] = { DL_XPOS_DT,  DL_XPOS_NNS, DL_XPOS_IN,  DL_XPOS_NNP, DL_XPOS_VBD, DL_XPOS_PRPS,
                                        DL_XPOS_NNS, DL_XPOS_IN,  DL_XPOS_NNP, DL_XPOS_IN,  DL_XPOS_NNP, DL_XPOS_CC,
                                        DL_XPOS_VBD, DL_XPOS_TO,  DL_XPOS_VB,  DL_XPOS_STOP };
    assert_int_equal(b.d.toks.n, 16);
    for (uint32_t i = 0; i < 16; i++) assert_int_equal(b.d.toks.xpos[i], expected[i]);
    assert_int_equal(b.d.toks.upos[2], DL_UPOS_ADP);
    assert_int_equal(b.d.toks.upos[3], DL_UPOS_PROPN);
    dl_build_free(&b);
    dl_models_close(m);
}

static void lemmas_are_dictionary_forms(void **state)
{
    (void)state;
    dl_models *m;
    dl_build b;
    assert_int_equal(dl_models_open(&m, NULL, NULL), DL_OK);
    tag(&b, m, "The ministers said they were making Russia's plans.");
    static const char *const expected[] = { "the", "minister", "say", "they", "be", "make", "Russia", "'s", "plan", "." };
    assert_int_equal(b.d.toks.n, 10);
    for (uint32_t i = 0; i < 10; i++) assert_true(dl_str_eq(dl_tok_lemma(&b.d, i), dl_str_of(expected[i])));
    dl_build_free(&b);
    dl_models_close(m);
}

static void names_and_numbers_of_tags_agree(void **state)
{
    (void)state;
    assert_int_equal(dl_xpos_of(DL_STR("PRP$")), DL_XPOS_PRPS);
    assert_int_equal(dl_xpos_of(DL_STR("-RRB-")), DL_XPOS_RRB);
    assert_int_equal(dl_xpos_of(DL_STR("GW")), DL_XPOS_GW);
    assert_int_equal(dl_xpos_of(DL_STR("QQ")), DL_XPOS_NONE);
    assert_int_equal(dl_upos_of(DL_STR("X")), DL_UPOS_X);
    assert_string_equal(dl_xpos_names[DL_XPOS_NONE], "_");
}

static void edits_are_applied_or_refused(void **state)
{
    (void)state;
    char out[DL_LEMMA_MAX + 4];
    dl_str lemma;
    assert_true(dl_lemma_edit(out, DL_STR("said"), DL_STR("2+y"), &lemma));
    assert_true(dl_str_eq(lemma, DL_STR("say")));
    assert_true(dl_lemma_edit(out, DL_STR("x"), DL_STR("0+"), &lemma));
    assert_true(dl_str_eq(lemma, DL_STR("x")));
    assert_false(dl_lemma_edit(out, DL_STR("x"), DL_STR("2+y"), &lemma));
    assert_false(dl_lemma_edit(out, DL_STR("x"), DL_STR("1+"), &lemma));
    assert_false(dl_lemma_edit(out, DL_STR("caf\xc3\xa9"), DL_STR("1+e"), &lemma));
    assert_true(dl_lemma_edit(out, DL_STR("caf\xc3\xa9"), DL_STR("2+e"), &lemma));
    assert_false(dl_lemma_edit(out, DL_STR("x"), DL_STR(""), &lemma));
}

static void irregular_forms_figures_and_capitals(void **state)
{
    (void)state;
    static const struct {
        const char *form;
        dl_xpos xpos;
        bool first;
        const char *lemma;
    } rows[] = { { "rode", DL_XPOS_VBD, false, "ride" },
                 { "Rode", DL_XPOS_VBD, true, "ride" },
                 { "withdrew", DL_XPOS_VBD, false, "withdraw" },
                 { "overthrown", DL_XPOS_VBN, false, "overthrow" },
                 { "lying", DL_XPOS_VBG, false, "lie" },
                 { "found", DL_XPOS_VBD, false, "find" },
                 { "found", DL_XPOS_VB, false, "found" },
                 { "policewomen", DL_XPOS_NNS, false, "policewoman" },
                 { "grandchildren", DL_XPOS_NNS, false, "grandchild" },
                 { "crises", DL_XPOS_NNS, false, "crisis" },
                 { "walked", DL_XPOS_VBD, false, "walk" },
                 { "I", DL_XPOS_PRP, true, "I" },
                 { "me", DL_XPOS_PRP, false, "I" },
                 { "them", DL_XPOS_PRP, false, "they" },
                 { "12,500", DL_XPOS_CD, false, "12500" },
                 { "twelve", DL_XPOS_CD, false, "twelve" },
                 { "\u201c", DL_XPOS_OPEN, false, "\"" },
                 { "\u2013", DL_XPOS_COLON, false, "-" },
                 { "American", DL_XPOS_JJ, false, "American" },
                 { "TV", DL_XPOS_NN, false, "TV" },
                 { "Recent", DL_XPOS_JJ, true, "recent" },
                 { "Moscow", DL_XPOS_NNP, true, "Moscow" } };
    dl_models *m;
    dl_lemmas l;
    char out[DL_LEMMA_MAX + 4];
    assert_int_equal(dl_models_open(&m, NULL, NULL), DL_OK);
    dl_lemmas_open(&l, m);
    for (size_t i = 0; i < DL_COUNT(rows); i++) {
        const dl_lemma_word w = { dl_str_of(rows[i].form), rows[i].xpos, rows[i].first, false };
        const dl_str got = dl_lemma_of(&l, out, &w);
        if (!dl_str_eq(got, dl_str_of(rows[i].lemma))) fail_msg("%s: %.*s", rows[i].form, (int)got.len, got.p);
    }
    dl_models_close(m);
}

static void long_words_are_their_own_lemmas(void **state)
{
    (void)state;
    char out[DL_LEMMA_MAX + 4], form[DL_LEMMA_MAX + 2];
    const dl_lemmas none = { .edits = { 0 } };
    memset(form, 'A', sizeof form);
    dl_lemma_word w = { { form, DL_LEMMA_MAX + 1 }, DL_XPOS_NN, false, false };
    assert_ptr_equal(dl_lemma_of(&none, out, &w).p, form);
    w.form.len = DL_LEMMA_MAX;
    const dl_str lowered = dl_lemma_of(&none, out, &w);
    assert_int_equal(lowered.len, DL_LEMMA_MAX);
    assert_int_equal(lowered.p[DL_LEMMA_MAX - 1], 'a');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_sentence_is_tagged),
        cmocka_unit_test(names_and_numbers_of_tags_agree),
        cmocka_unit_test(edits_are_applied_or_refused),
        cmocka_unit_test(lemmas_are_dictionary_forms),
        cmocka_unit_test(irregular_forms_figures_and_capitals),
        cmocka_unit_test(long_words_are_their_own_lemmas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
