/* test_card.c: words, cards, hosts, the background. */
#include <string.h>

#include "base/limits.h"
#include "card/background.h"
#include "card/card.h"
#include "pile.h"

static dl_words words(dl_arena *a, const char *z)
{
    dl_words w;
    dl_words_of(&w, dl_str_of(z), a);
    return w;
}

static void words_are_folded_and_keep_their_place(void **state)
{
    (void)state;
    dl_arena a;
    dl_arena_init(&a, DL_ARENA_MAX);
    dl_words x = words(&a, "The mayor\xe2\x80\x99s Caf\xc3\xa9, 12 rue"), y = words(&a, "the MAYOR's cafe 12 Rue");
    assert_int_equal(x.n, 6); /* the mayor s cafe 12 rue */
    assert_int_equal(y.n, 6);
    assert_memory_equal(x.hash, y.hash, 6 * sizeof *x.hash);
    assert_int_equal(x.span[3].beg, 14); /* bytes: "The mayor" 9, the apostrophe 3, "s" 1, a blank 1 */
    assert_int_equal(x.span[3].end, 19);
    assert_true(x.flags[0] & DL_WORD_LINE);
    assert_true(x.flags[3] & DL_WORD_UPPER);
    assert_true(x.flags[4] & DL_WORD_NUMBER);
    assert_int_equal(dl_word_hash(DL_STR("Mayor")), x.hash[1]);
    assert_int_equal(dl_word_hash(DL_STR("CAF\xc3\x89")), x.hash[3]);
    dl_arena_free(&a);
}

static void quotations_and_headings_are_marked(void **state)
{
    (void)state;
    dl_arena a;
    dl_arena_init(&a, DL_ARENA_MAX);
    dl_words w = words(&a, "Most popular\nHe said \"we go\" and left.\n");
    assert_int_equal(w.n, 8);
    assert_true(w.flags[0] & DL_WORD_HEADING);
    assert_true(w.flags[2] & DL_WORD_LINE);
    assert_false(w.flags[2] & DL_WORD_HEADING);
    assert_true(w.flags[4] & DL_WORD_QUOTED);  /* we   */
    assert_false(w.flags[6] & DL_WORD_QUOTED); /* and  */
    dl_arena_free(&a);
}

static void characters_without_blanks_are_words(void **state)
{
    (void)state;
    dl_arena a;
    dl_arena_init(&a, DL_ARENA_MAX);
    assert_int_equal(words(&a, "\xe5\x8c\x97\xe4\xba\xac ok").n, 3);
    assert_int_equal(words(&a, "").n, 0);
    assert_int_equal(words(&a, " .,;\n").n, 0);
    dl_arena_free(&a);
}

static void hosts_are_seen_through_archives(void **state)
{
    (void)state;
    assert_true(dl_str_eq(dl_card_host(DL_STR("https://www.example.org/a/b")), DL_STR("example.org")));
    assert_true(dl_str_eq(dl_card_host(DL_STR("http://archive.example/web/2017/http://news.example.com:80/x")),
                          DL_STR("news.example.com")));
    assert_int_equal(dl_card_host(DL_STR("page.html")).len, 0);
}

static void one_text_gives_one_sketch(void **state)
{
    (void)state;
    static const char text[] =
        "The bridge over the river was closed on Monday after engineers found cracks in two of its pillars, "
        "the county said, and drivers will have to use the old ferry until the end of the month at least.\n";
    pile p = { 0 };
    dl_card x, y;
    dl_arena a;
    dl_arena_init(&a, DL_ARENA_MAX);
    pile_add(&p, &(page){ .id = "a", .title = "Bridge closed", .text = text });
    pile_add(&p, &(page){ .id = "b", .title = "Bridge closed", .text = text });
    assert_true(dl_card_make(&x, NULL, &p.doc[0], &a, &a));
    assert_true(dl_card_make(&y, NULL, &p.doc[1], &a, &a));
    assert_int_equal(x.words, 38);
    assert_int_equal(x.n_title, 2);
    assert_int_equal(x.n_sketch, y.n_sketch);
    assert_memory_equal(x.sketch, y.sketch, x.n_sketch * sizeof *x.sketch);
    assert_true(x.text_hash == y.text_hash);
    assert_true(dl_card_make(&x, NULL, NULL, &a, &a));
    assert_int_equal(x.words, 0);
    dl_arena_free(&a);
    pile_free(&p);
}

static void common_words_are_known_to_be_common(void **state)
{
    (void)state;
    dl_models *m;
    dl_error err;
    assert_int_equal(dl_models_open(&m, NULL, &err), DL_OK);
    dl_background b = dl_background_open(m);
    assert_true(b.documents > 10000);
    assert_true(dl_background_df(&b, dl_word_hash(DL_STR("the"))) > .9 * b.documents);
    assert_true(dl_background_df(&b, dl_word_hash(DL_STR("president"))) >
                50 * dl_background_df(&b, dl_word_hash(DL_STR("ferry"))));
    assert_true(dl_background_df(&b, dl_word_hash(DL_STR("qzxqzx"))) == 1);
    dl_models_close(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_folded_and_keep_their_place),
        cmocka_unit_test(quotations_and_headings_are_marked),
        cmocka_unit_test(characters_without_blanks_are_words),
        cmocka_unit_test(hosts_are_seen_through_archives),
        cmocka_unit_test(one_text_gives_one_sketch),
        cmocka_unit_test(common_words_are_known_to_be_common),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
