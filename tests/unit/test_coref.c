/* test_coref.c: who is meant, on small texts of our own, through tokens, tags and names. */
#include "coref/coref.h"
#include "names/names.h"
#include "parse/parse.h"
#include "tags/tags.h"
#include "test.h"
#include "tokens/tokens.h"
#include "trees/trees.h"

static dl_models *models;
static dl_build b;

static int open_models(void **state)
{
    (void)state;
    dl_build_init(&b);
    return dl_models_open(&models, NULL, NULL) == DL_OK ? 0 : -1;
}

static int close_models(void **state)
{
    (void)state;
    dl_build_free(&b);
    dl_models_close(models);
    return 0;
}

/* Reads a text, a paragraph a line. */
static void put(const char *text)
{
    dl_str rest = dl_str_of(text), line;
    dl_build_reset(&b);
    while (dl_str_next(&rest, '\n', &line)) {
        dl_span at = dl_put_text(&b, line);
        dl_put_text(&b, DL_STR("\n"));
        uint32_t row = dl_row(&b, DL_T_BLOCKS);
        b.d.blocks.kind[row] = DL_PARAGRAPH;
        b.d.blocks.span[row] = at;
    }
    b.meta.body_len = b.d.text_len;
    assert_int_equal(dl_tokens_find(&b, models), DL_OK);
    assert_int_equal(dl_parse_words(&b, models), DL_OK);
    assert_int_equal(dl_names_find(&b, models), DL_OK);
    assert_int_equal(dl_coref_find(&b, models), DL_OK);
}

/* The entity of the nth place where the text has these bytes as a mention; DL_NONE: none. */
static uint32_t who(const char *words, int nth)
{
    for (uint32_t i = 0; i < b.d.ments.n; i++)
        if (dl_str_eq(dl_doc_text(&b.d, b.d.ments.span[i]), dl_str_of(words)) && nth-- == 0) return b.d.ments.ent[i];
    return DL_NONE;
}

static void is_called(uint32_t ent, const char *name, dl_actor_kind kind, const char *country)
{
    assert_int_not_equal(ent, DL_NONE);
    assert_true(dl_str_eq(dl_doc_str(&b.d, b.d.ents.name[ent]), dl_str_of(name)));
    assert_int_equal(b.d.ents.kind[ent], kind);
    assert_int_equal(b.d.ents.country[ent], country ? dl_country(country) : 0);
}

static void one_person_has_many_names(void **state)
{
    (void)state;
    put("Chinese Foreign Minister Zhang Wei arrived in Paris on Monday. Mr Zhang met the French president, Jacques Martin.\n"
        "Zhang told Martin that China wanted peace. \"We agree,\" the French president said.");
    uint32_t zhang = who("Zhang Wei", 0), martin = who("Jacques Martin", 0);
    is_called(zhang, "Zhang Wei", DL_PERSON, "CHN");
    is_called(martin, "Jacques Martin", DL_PERSON, "FRA");
    assert_int_equal(who("Mr Zhang", 0), zhang);
    assert_int_equal(who("Zhang", 0), zhang);
    assert_int_equal(who("Martin", 0), martin);
    assert_int_equal(who("the French president", 1), martin);
    assert_int_equal(b.d.roles.n >= 2, true);
}

static void pronouns_agree(void **state)
{
    (void)state;
    put("Maria Lopez met Peter Schmidt in Vienna. She said the talks were useful. He disagreed.");
    assert_int_equal(who("She", 0), who("Maria Lopez", 0));
    assert_int_equal(who("He", 0), who("Peter Schmidt", 0));
}

static void capitals_are_governments_or_places(void **state)
{
    (void)state;
    put("Beijing rejected the claim. Thousands marched in Beijing. The Kremlin said Russia would talk with Beijing.");
    uint32_t state_of = who("Beijing", 0), city = who("Beijing", 1);
    assert_int_equal(b.d.ents.kind[state_of], DL_GOVERNMENT);
    assert_int_equal(b.d.ents.kind[city], DL_PLACE);
    assert_int_equal(who("Beijing", 2), state_of);
    assert_int_equal(who("Kremlin", 0), who("Russia", 0));
    assert_int_equal(b.d.ents.kind[who("Russia", 0)], DL_GOVERNMENT);
}

static void nameless_agents_are_entities(void **state)
{
    (void)state;
    put("A senior Turkish official said the deal was close. Ukrainian officials said nothing. Analysts said it would fail.");
    is_called(who("A senior Turkish official", 0), "senior Turkish official", DL_PERSON, "TUR");
    is_called(who("Ukrainian officials", 0), "Ukrainian officials", DL_GROUP, "UKR");
    is_called(who("Analysts", 0), "analysts", DL_GROUP, NULL);
}

/* "the two nations" and "they" are the two that were joined last: a group that spans both. */
static void joined_subjects_are_a_group(void **state)
{
    (void)state;
    put("Iran and Turkey signed a treaty on Monday. The two nations will share water.");
    uint32_t group = who("The two nations", 0);
    is_called(group, "Iran and Turkey", DL_GROUP, NULL);
    assert_int_equal(who("Iran and Turkey", 0), group);
    assert_int_not_equal(who("Iran", 0), group);
}

static void a_seat_is_nobody(void **state)
{
    (void)state;
    put("The Kremlin told reporters that it knew nothing. Elena Kovacs, a doctor, shook her head.");
    assert_int_equal(b.d.ents.kind[who("Kremlin", 0)], DL_GOVERNMENT);
    assert_int_equal(who("her", 0), who("Elena Kovacs", 0));
    assert_int_equal(who("her head", 0), DL_NONE);
    assert_int_equal(who("head", 0), DL_NONE);
}

/* The nth role said on the page. */
static dl_str role(uint32_t nth) { return nth < b.d.roles.n ? dl_doc_str(&b.d, b.d.roles.title[nth]) : DL_STR(""); }

static void surnames_stand_where_the_language_puts_them(void **state)
{
    (void)state;
    put("Vietnamese Prime Minister Pham Quang Duc met China's top diplomat Zhao Lin. Mr Duc praised Mr Zhao. Zhao smiled.");
    assert_int_equal(who("Mr Duc", 0), who("Pham Quang Duc", 0));
    assert_int_equal(who("Mr Zhao", 0), who("Zhao Lin", 0));
    assert_int_equal(who("Zhao", 0), who("Zhao Lin", 0));
    put("Hong Kong lawyer Martin Wong Siu-kei spoke on Monday. Mr Wong said the court was wrong.");
    assert_int_equal(who("Mr Wong", 0), who("Martin Wong Siu-kei", 0));
    put("Chinese Vice Premier He Jianguo arrived in Bonn on Monday. Mr He made no remarks.");
    assert_int_equal(who("Mr He", 0), who("He Jianguo", 0));
}

static void half_a_name_is_the_country_named_before(void **state)
{
    (void)state;
    put("North Korea fired a missile. South Korea said the North must stop. Farmers in the South China hills saw nothing.");
    assert_int_equal(who("North", 0), who("North Korea", 0));
    assert_int_not_equal(who("South China", 0), who("South Korea", 0));
    put("Most farms in the South grow cotton. The North buys it.");
    for (uint32_t e = 0; e < b.d.ents.n; e++) assert_int_equal(b.d.ents.country[e], 0);
}

static void titles_are_cut_to_what_is_said(void **state)
{
    (void)state;
    put("The deal was signed on Sunday. On Sunday President Ana Lopez left the capital.");
    assert_true(dl_str_eq(role(0), DL_STR("President")));
    put("The country's foreign minister, Ana Lopez, left the capital.");
    assert_true(dl_str_eq(role(0), DL_STR("foreign minister")));
    put("Greece's security chief Nikos Pappas met Peru's finance minister Ana Lopez in Bonn.");
    is_called(who("Nikos Pappas", 0), "Nikos Pappas", DL_PERSON, "GRC");
    is_called(who("Ana Lopez", 0), "Ana Lopez", DL_PERSON, "PER");
    assert_true(dl_str_eq(role(0), DL_STR("Greece's security chief")));
}

static void nothing_in_nothing_out(void **state)
{
    (void)state;
    put("");
    assert_int_equal(b.d.ents.n, 0);
    assert_int_equal(b.d.ments.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(one_person_has_many_names),
                                        cmocka_unit_test(pronouns_agree),
                                        cmocka_unit_test(capitals_are_governments_or_places),
                                        cmocka_unit_test(nameless_agents_are_entities),
                                        cmocka_unit_test(joined_subjects_are_a_group),
                                        cmocka_unit_test(a_seat_is_nobody),
                                        cmocka_unit_test(surnames_stand_where_the_language_puts_them),
                                        cmocka_unit_test(titles_are_cut_to_what_is_said),
                                        cmocka_unit_test(half_a_name_is_the_country_named_before),
                                        cmocka_unit_test(nothing_in_nothing_out) };
    return cmocka_run_group_tests(tests, open_models, close_models);
}
