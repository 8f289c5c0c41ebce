/* test_reuse.c: what two pages of different families share: a passage that was taken over, or words
 * that both heard, or what a site sets into all its pages. */
#include <stdio.h>
#include <string.h>

#include "copies/reuse.h"
#include "found_copies.h"

#define BRIDGE                                                                                                                   \
    "The bridge at Tarn was shut on Monday after an engineer found a crack in one of the main cables.\nLorries have to go "      \
    "round by the ford, a detour of nearly an hour, and the bakery in the upper town had no flour until noon.\n"                 \
    "The council met in the evening and voted for a survey of all nine bridges in the district.\n"
#define SCHOOLS                                                                                                                  \
    "Parents in Lower Esk want the school bus back, which the county stopped paying for at the turn of the year.\nSome of the "  \
    "children now walk along a road without a pavement, and two were nearly hit by a milk tanker in February.\n"                 \
    "A petition has gathered nine hundred names so far, more than the village has voters.\n"
#define STATEMENT                                                                                                                \
    "we will not put a single lorry on that road before every cable has been looked at by somebody who does not work for the "   \
    "people who built it, and that includes the weekend traffic, the market traders and me"

static dl_copy_kind kind_of(const char *a, const char *b)
{
    found f = { 0 };
    pile_add(&f.p, &(page){ .id = "a", .title = "Bridge shut at Tarn", .day = "2021-05-06", .text = a });
    pile_add(&f.p, &(page){ .id = "b", .title = "Parents ask for bus", .day = "2021-05-06", .text = b });
    find(&f);
    dl_copy_kind kind = f.c.n_pairs ? (dl_copy_kind)f.c.pair[0].kind : DL_COPY_KINDS;
    assert_true(f.c.n_pairs < 2);
    done(&f);
    return kind;
}

static void sentences_taken_over_are_reuse(void **state)
{
    (void)state;
    static const char shared[] =
        "The roads office has had no chief since the autumn, when Berit Hollow left after a quarrel about gravel.\nHer "
        "post was advertised twice, and both times the only answer came from a man who wanted to keep bees on the roof.\n";
    char a[4096], b[4096];
    snprintf(a, sizeof a, "%s%s%s%s", BRIDGE, BRIDGE, shared, BRIDGE);
    snprintf(b, sizeof b, "%s%s%s%s", SCHOOLS, SCHOOLS, shared, SCHOOLS);
    assert_int_equal(kind_of(a, b), DL_PARTIAL);
}

static void one_statement_in_two_reports_is_no_reuse(void **state)
{
    (void)state;
    char a[4096], b[4096];
    snprintf(a, sizeof a, "%s%sMayor Ott Quill said “%s.” He then left for the ford.\n%s", BRIDGE, BRIDGE, STATEMENT, BRIDGE);
    snprintf(b, sizeof b, "%s%sAsked about buses, the mayor told parents “%s,” to applause.\n%s", SCHOOLS, SCHOOLS, STATEMENT,
             SCHOOLS);
    assert_int_equal(kind_of(a, b), DL_COPY_KINDS);
}

static void a_teaser_set_into_a_line_is_no_reuse(void **state)
{
    (void)state;
    static const char teaser[] = "Councillor Mara Dint Mara Elise DintBudget talks drag on as council splits over ice rink Five "
                                 "things to know about the winter fair Ferry strike enters second week as talks stall MORE";
    char a[4096], b[4096];
    snprintf(a, sizeof a, "%s%sThe survey was the idea of %s (upper town), who drives a lorry.\n%s", BRIDGE, BRIDGE, teaser,
             BRIDGE);
    snprintf(b, sizeof b, "%s%sThe petition was handed to %s and to her deputy.\n%s", SCHOOLS, SCHOOLS, teaser, SCHOOLS);
    assert_int_equal(kind_of(a, b), DL_COPY_KINDS);
}

static void what_speaks_to_the_reader_is_no_reuse(void **state)
{
    (void)state;
    static const char box[] =
        "Sign up for the Valley Week newsletter and have the best of it in your inbox each Friday morning.\n"
        "Please consider a donation, which keeps our reporters on the road in every one of the nine parishes.\n";
    char a[4096], b[4096];
    snprintf(a, sizeof a, "%s%s%s%s", BRIDGE, BRIDGE, box, BRIDGE);
    snprintf(b, sizeof b, "%s%s%s%s", SCHOOLS, SCHOOLS, box, SCHOOLS);
    assert_int_equal(kind_of(a, b), DL_COPY_KINDS);
}

/* A form with other names and numbers in it, and the same words with the same ones. */
static void a_form_filled_in_is_no_reuse(void **state)
{
    (void)state;
#define FORM(who, age, town, born, years, plant)                                                                                 \
    who " of " town " died at home on Sunday at the age of " age ", with family at the bedside.\nBorn in " born                  \
        ", the youngest of the late " plant " Hobbs, he went to school there and worked for " years " years at the " plant       \
        " mill.\nHe liked fishing and his allotment, and there will be tea in the parish hall of " town " after the service.\n"
    char a[4096], b[4096], c[4096];
    snprintf(a, sizeof a, "%s%s%s%s", BRIDGE, BRIDGE, FORM("Amos Reddle", "81", "Tarn", "Velm", "42", "Orchard"), BRIDGE);
    snprintf(b, sizeof b, "%s%s%s%s", SCHOOLS, SCHOOLS, FORM("Silas Quaint", "77", "Esk", "Marle", "38", "Juniper"), SCHOOLS);
    snprintf(c, sizeof c, "%s%s%s%s", SCHOOLS, SCHOOLS, FORM("Amos Reddle", "81", "Tarn", "Velm", "42", "Orchard"), SCHOOLS);
    assert_int_equal(kind_of(a, b), DL_COPY_KINDS);
    assert_int_equal(kind_of(a, c), DL_PARTIAL);
}

static void a_list_of_headlines_is_no_reuse(void **state)
{
    (void)state;
    static const char list[] =
        "Velm Rovers sign a keeper. Quiz: how well do you know Esk? Recipe of the week: pear cake. Man fined over a "
        "swan. Review: the new play at Tarn. Why the ferry needs a bell. Ten walks with a dog. Photos: Sunday at the "
        "fair.\n";
    char a[4096], b[4096];
    snprintf(a, sizeof a, "%s%s%s%s", BRIDGE, BRIDGE, list, BRIDGE);
    snprintf(b, sizeof b, "%s%s%s%s", SCHOOLS, SCHOOLS, list, SCHOOLS);
    assert_int_equal(kind_of(a, b), DL_COPY_KINDS);
}

/* "Mr." and "5.2" begin nothing; a sentence that lacks its last word still counts. */
static void sentences_are_counted_by_their_beginnings(void **state)
{
    (void)state;
    static const char text[] = "He paid Mr. Ash 5.2 crowns. “Too much,” she said. Then rain fell on Esk.";
    dl_arena a;
    dl_words w;
    dl_address address;
    dl_arena_init(&a, DL_ARENA_MAX);
    dl_words_of(&w, DL_STR(text), &a);
    assert_int_equal(w.n, 16);
    uint32_t row[16];
    for (uint32_t i = 0; i < 16; i++) {
        row[i] = i;
        assert_int_equal((w.flags[i] & DL_WORD_BEGINS) != 0, i == 0 || i == 7 || i == 11);
    }
    dl_address_make(&address);
    dl_taken_side side = { &w, row, w.n };
    dl_taken all = dl_taken_of(&side, 0, 16, &address), cut = dl_taken_of(&side, 0, 10, &address),
             middle = dl_taken_of(&side, 3, 13, &address);
    assert_int_equal(all.all, 16);
    assert_int_equal(all.told, 14);  /* two words are quoted */
    assert_int_equal(cut.all, 10);   /* "said" is missing */
    assert_int_equal(middle.all, 4); /* "Too much, she said" */
    dl_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_taken_over_are_reuse),
        cmocka_unit_test(one_statement_in_two_reports_is_no_reuse),
        cmocka_unit_test(a_teaser_set_into_a_line_is_no_reuse),
        cmocka_unit_test(what_speaks_to_the_reader_is_no_reuse),
        cmocka_unit_test(a_form_filled_in_is_no_reuse),
        cmocka_unit_test(a_list_of_headlines_is_no_reuse),
        cmocka_unit_test(sentences_are_counted_by_their_beginnings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
