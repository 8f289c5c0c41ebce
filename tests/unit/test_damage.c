/* test_damage.c: what machines break, and what they do not, on texts of our own. */
#include <stdio.h>

#include "damage/damage.h"
#include "models.h"
#include "names/names.h"
#include "parse/parse.h"
#include "tags/tags.h"
#include "text.h"
#include "tokens/tokens.h"

static void read_text(dl_build *b, const char *text)
{
    dl_build_init(b);
    put_lines(b, text);
    assert_int_equal(dl_tokens_find(b, models), DL_OK);
    assert_int_equal(dl_parse_words(b, models), DL_OK);
    assert_int_equal(dl_names_find(b, models), DL_OK);
    assert_int_equal(dl_damage_find(b, models), DL_OK);
}

/* There is a damaged passage of this sort that meets `words`. */
static void breaks(const char *text, const char *words, const char *what)
{
    dl_build b;
    read_text(&b, text);
    size_t at = dl_str_find(dl_str_of(text), dl_str_of(words), 0);
    assert_true(at != SIZE_MAX);
    dl_span want = { (uint32_t)at, (uint32_t)(at + strlen(words)) };
    bool found = false;
    for (uint32_t i = 0; i < b.d.damages.n; i++)
        found |= dl_span_meet(b.d.damages.span[i], want) && dl_str_eq(dl_doc_str(&b.d, b.d.damages.what[i]), dl_str_of(what));
    if (!found) fail_msg("not found: %s (%u passages)", words, b.d.damages.n);
    dl_build_free(&b);
}

static void is_whole(const char *text)
{
    dl_build b;
    read_text(&b, text);
    if (b.d.damages.n) {
        dl_str s = dl_doc_text(&b.d, b.d.damages.span[0]);
        fail_msg("false alarm: %.*s", (int)s.len, s.p);
    }
    dl_build_free(&b);
}

static void stray_pronouns(void **state)
{
    (void)state;
    breaks("The Polish envoy Anna Nowak She arrived in Lima on Friday, state radio said.", "Nowak She arrived", "pronoun");
    is_whole("Anna Nowak arrived in Lima on Friday. She said that the visit went well.");
}

static void broken_sentences(void **state)
{
    (void)state;
    breaks("The tour took her to Peru, Chile and Brazil, as well as Mexico. trade summit. She flew home later.",
           "Mexico. trade summit.", "break");
    breaks("He told the council that Lima will set out its view of the matter. “lasting truce” on the border.",
           "“lasting truce” on", "break");
    breaks("The two sides met for an hour and agreed on nothing new. .", "new. .", "break");
    is_whole("He paused . . . and went on. The firm, Smith Inc. of Texas, makes pumps. “Peace talks” are next.");
}

static void stray_capitals(void **state)
{
    (void)state;
    breaks("The mayor asked whether the bridge would open in spring, And if so, when.", ", And if", "capital");
    is_whole("The book was sold in The Hague and at the Gone With the Wind museum, and it did well.");
}

static void acronyms_spelled_out(void **state)
{
    (void)state;
    const char *text =
        "Delegates came to the Lima Water Forum (LWF) on Friday.\nAt the Liberal Workers Federation, she spoke of rivers.\n";
    breaks(text, "Liberal Workers Federation", "acronym");
    is_whole("Delegates came to the Lima Water Forum (LWF) on Friday.\nAt the Lima Water Forum, she spoke of rivers.\n");
}

static void three_make_a_spun_page(void **state)
{
    (void)state;
    dl_build b;
    read_text(&b, "It ended in a draw after ninety minutes. .\nThe mayor asked whether it would rain, And if so, when.\n"
                  "The vote was put off until the next day. .\n");
    assert_int_equal(b.d.damages.n, 3);
    assert_int_equal(b.d.warnings.n, 1);
    assert_true(dl_str_eq(dl_doc_str(&b.d, b.d.warnings.what[0]), DL_STR("damaged")));
    dl_build_free(&b);
}

static void clauses_that_came_apart(void **state)
{
    (void)state;
    breaks("Marta Lindqvist Holm also told, the minister of ports, that the boat was late.", "Holm also told,", "order");
    breaks("The Norwegian the prime minister, Erik Vold, flew home.", "The Norwegian the", "order");
    breaks("Peru summoned on Friday’s ambassador Ilse Dorn and asked her to leave.", "on Friday’s ambassador", "order");
    breaks("Police held the driver. lorry, a 40-year-old Chilean, on Friday night in his flat.", "driver. lorry,", "break");
    breaks("She thanked them in a letter that she wrote Later.", "wrote Later", "capital");
    is_whole("Marta Holm also told the minister of ports that the boat was late. She was told, the minister said, to wait.");
    is_whole("The Norwegian prime minister, Erik Vold, flew home. He spoke on Friday’s programme. She wrote later.");
    is_whole("They met the driver. Lorries, he said, were late. He watched Later With Jane and read the Daily Later.");
}

/* What an honest page has too is told of a spun page alone. */
static void suspects_need_a_spun_page(void **state)
{
    (void)state;
#define SPUN_PAGE                                                                                                                \
    "It ended in a draw after ninety minutes. .\nThe mayor asked whether it would rain, And if so, when.\n"                      \
    "The vote was put off until the next day. .\n"
    static const char *const suspect[] = {
        "Four boats had been towed in by dusk, port office. He said that two had sunk.\n",
        "He made a call to Brandt voiced his sorrow and hung up.\n",
        "Peru has not said if the talks on fish, planned for Friday, they will be held.\n",
        "“The debt is due,” the ministry said. “It is due now,” she added.\n",
        "He met the guests of the hotel of Vitus and went to bed.\n",
    };
    static const char *const words[] = { "port office. He said", "to Brandt voiced", "they will be held", "she added",
                                         "guests of the hotel of Vitus" };
    static const char *const what[] = { "break", "order", "pronoun", "pronoun", "order" };
    for (size_t i = 0; i < DL_COUNT(suspect); i++) {
        char text[1024];
        is_whole(suspect[i]);
        snprintf(text, sizeof text, "%s%s", SPUN_PAGE, suspect[i]);
        breaks(text, words[i], what[i]);
    }
}

static void nothing_to_read(void **state)
{
    (void)state;
    is_whole("");
    is_whole(".");
    is_whole(". . . . . .");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stray_pronouns),
        cmocka_unit_test(broken_sentences),
        cmocka_unit_test(stray_capitals),
        cmocka_unit_test(acronyms_spelled_out),
        cmocka_unit_test(three_make_a_spun_page),
        cmocka_unit_test(clauses_that_came_apart),
        cmocka_unit_test(suspects_need_a_spun_page),
        cmocka_unit_test(nothing_to_read),
    };
    return cmocka_run_group_tests(tests, open_models, close_models);
}
