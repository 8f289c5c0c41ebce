/* test_copies.c: pairs, families, lines of reporting, template text, two pages side by side. */
#include <stdio.h>
#include <string.h>

#include "copies/diff.h"
#include "copies/overrule.h"
#include "found_copies.h"

/* An invented report, in three pieces. */
#define LEDE                                                                                                                     \
    "The harbour of Velm was closed to large ships on Thursday after a crane fell across the main channel, the port "            \
    "authority said.\nNobody was hurt when the crane, which is forty metres high, came down in a gust shortly before dawn, but " \
    "two barges loaded with grain were damaged and one of them had to be towed to the shipyard.\n"
#define MIDDLE                                                                                                                   \
    "Harbour master Ilsa Brandt said the channel would stay closed until divers had looked at the sea bed, and that eleven "     \
    "ships were waiting outside the breakwater.\nThe crane had passed an inspection in the spring, according to the company "    \
    "that "                                                                                                                      \
    "runs the container terminal, and was due to be replaced within two years.\n"
#define TAIL                                                                                                                     \
    "Insurers put the damage at nine million crowns. Fishing boats can still leave through the northern gate, although the "     \
    "fish market expects fewer landings for the rest of the week.\nThe ministry of transport has sent two inspectors, who are "  \
    "to "                                                                                                                        \
    "report before the end of the month.\n"
#define OTHER                                                                                                                    \
    "Voters in the hill districts go to the polls on Sunday to choose a new council, and the question of water prices has "      \
    "pushed everything else aside.\nThe farmers' union wants the tariff of last year to be taken back, while the outgoing "      \
    "council "                                                                                                                   \
    "says that without it the old pipes cannot be replaced.\nTurnout was low four years ago, and the weather will be bad "       \
    "again.\n"

static void a_shortened_copy_is_a_copy(void **state)
{
    (void)state;
    found f = { 0 };
    pile_add(&f.p,
             &(page){ .id = "a", .title = "Crane falls across Velm harbour", .day = "2021-05-06", .text = LEDE MIDDLE TAIL });
    pile_add(&f.p, &(page){ .id = "b", .title = "Hill districts vote", .day = "2021-05-06", .text = OTHER });
    pile_add(&f.p, &(page){ .id = "c", .title = "Crane falls across Velm harbour", .day = "2021-05-07", .text = LEDE MIDDLE });
    find(&f);
    assert_int_equal(f.c.n_pairs, 1);
    const dl_pair *x = &f.c.pair[0];
    assert_int_equal(x->a, 0);
    assert_int_equal(x->b, 2);
    assert_int_equal(x->kind, DL_COPY);
    assert_int_equal(x->share_b, 10000); /* all of c stands in a */
    assert_true(x->share_a < 8000);
    assert_int_equal(x->direction, DL_A_TO_B);
    assert_int_equal(x->n_passages, 1);
    assert_int_equal(x->passages[0].a.beg, 0);
    assert_int_equal(x->passages[0].b.end, strlen(LEDE MIDDLE) - 2); /* without ".\n" */
    assert_true(x->n_why > 0);
    assert_int_equal(f.c.n_families, 2);
    assert_int_equal(f.c.family_of[0], f.c.family_of[2]);
    assert_int_equal(f.c.parent[2], 0);
    assert_int_equal(f.c.parent[0], DL_NONE);
    assert_int_equal(f.c.lines.texts, 2);
    assert_int_equal(f.c.lines.lines, 2);
    done(&f);
}

static void a_borrowed_paragraph_makes_no_family(void **state)
{
    (void)state;
    found f = { 0 };
    pile_add(&f.p, &(page){ .id = "a", .title = "Crane falls across Velm harbour", .text = LEDE MIDDLE TAIL LEDE });
    pile_add(&f.p, &(page){ .id = "b", .title = "Hill districts vote", .text = OTHER MIDDLE OTHER OTHER });
    find(&f);
    assert_int_equal(f.c.n_pairs, 1);
    assert_int_equal(f.c.pair[0].kind, DL_PARTIAL);
    assert_int_equal(f.c.n_families, 2);
    /* The passage is MIDDLE and no more: it begins behind OTHER and ends before its last ".\n". */
    assert_int_equal(f.c.pair[0].passages[0].b.beg, strlen(OTHER));
    assert_int_equal(f.c.pair[0].passages[0].b.end, strlen(OTHER MIDDLE) - 2);
    done(&f);
}

static void reordered_and_reworded_copies_are_found(void **state)
{
    (void)state;
    found f = { 0 };
    static const char spun[] =
        "The harbour of Velm was shut to large ships on Thursday after a crane fell across the chief channel, the port authority "
        "told.\nNobody was injured when the crane, which is forty metres tall, came down in a gust briefly before dawn, but two "
        "barges "
        "laden with grain were harmed and one of them had to be dragged to the shipyard.\n";
    pile_add(&f.p, &(page){ .id = "a", .title = "Crane falls across Velm harbour", .text = LEDE MIDDLE TAIL });
    pile_add(&f.p, &(page){ .id = "b", .title = "Crane falls across Velm harbour", .text = MIDDLE LEDE TAIL });
    pile_add(&f.p, &(page){ .id = "c", .title = "Crane falls across Velm harbour", .text = spun });
    find(&f);
    assert_int_equal(f.c.n_families, 1);
    assert_int_equal(f.c.n_pairs, 3);
    assert_true(f.c.pair[0].n_passages >= 2);
    assert_int_equal(f.c.pair[0].share_a, 10000);
    assert_int_equal(f.c.pair[1].kind, DL_REWRITE); /* nine words of sixty-two are others */
    assert_int_equal(f.c.pair[1].direction, DL_A_TO_B);
    done(&f);
}

/* Both begin with a line of their own; the original's speaks of what the rest speaks of. */
static void a_lede_from_elsewhere_is_the_copys(void **state)
{
    (void)state;
    static const char own[] =
        "A crane that fell in a gust of wind closed Velm harbour to large ships, and divers are to look at the "
        "channel before eleven waiting ships may pass.\n";
    static const char alien[] =
        "Beekeepers in the valley lost half of their hives to a mite this winter, and some of them now buy "
        "queens from an island where it was never seen.\n";
    char first[4096], second[4096];
    snprintf(first, sizeof first, "%s" MIDDLE TAIL, alien);
    snprintf(second, sizeof second, "%s" MIDDLE TAIL, own);
    found f = { 0 };
    pile_add(&f.p, &(page){ .id = "a", .title = "Crane falls across Velm harbour", .day = "2021-05-06", .text = first });
    pile_add(&f.p, &(page){ .id = "b", .title = "Crane falls across Velm harbour", .day = "2021-05-06", .text = second });
    find(&f);
    assert_int_equal(f.c.n_pairs, 1);
    assert_int_equal(f.c.pair[0].direction, DL_B_TO_A);
    done(&f);
}

/* The page that has more is not the one that the other was cut from where what it has more is a site's. */
static void what_a_site_sets_around_a_text_was_gained(void **state)
{
    (void)state;
    static const char below[] =
        "Subscribers of the evening letter get crosswords, recipes for two and a map of walks with a dog, all chosen by our "
        "gardening editor on Saturdays.\nThe photo of the week shows otters on a frozen pond, taken by a reader in slippers.\n";
    char around[8192];
    found f = { 0 };
    snprintf(around, sizeof around, OTHER LEDE MIDDLE TAIL "%s", below);
    pile_add(&f.p, &(page){ .id = "a", .title = "Crane falls across Velm harbour", .text = around });
    pile_add(&f.p, &(page){ .id = "b", .title = "Crane falls across Velm harbour", .text = LEDE MIDDLE TAIL });
    find(&f);
    assert_int_equal(f.c.n_pairs, 1);
    assert_int_equal(f.c.pair[0].direction, DL_B_TO_A);
    done(&f);
}

static bool says(const dl_pair *p, const char *words)
{
    for (uint32_t i = 0; i < p->n_why; i++) {
        if (dl_str_find(p->why[i], dl_str_of(words), 0) != SIZE_MAX) return true;
    }
    return false;
}

/* Neither the text nor the day tells who was first; the address and the credit do. */
static void a_page_that_names_the_other_came_from_it(void **state)
{
    (void)state;
    static const page papers[] = {
        { .id = "a", .url = "https://hillnews.example.com/1", .canonical = "https://www.velmcourier.example.org/crane" },
        { .id = "b", .outlet = "Hill News", .credit = "Velm Courier", .credit_kind = DL_CREDIT_SOURCE },
        { .id = "c", .url = "https://hillnews.example.com/1", .canonical = "https://m.hillnews.example.com/1" },
    };
    for (size_t i = 0; i < DL_COUNT(papers); i++) {
        found f = { 0 };
        page copy = papers[i];
        copy.title = "Crane falls across Velm harbour";
        copy.text = LEDE MIDDLE TAIL;
        pile_add(&f.p, &copy);
        pile_add(&f.p, &(page){ .id = "z",
                                .title = copy.title,
                                .url = "https://velmcourier.example.org/crane",
                                .outlet = "Velm Courier",
                                .text = copy.text });
        find(&f);
        assert_int_equal(f.c.n_pairs, 1);
        bool named = i < 2;
        assert_int_equal(f.c.pair[0].direction, named ? DL_B_TO_A : DL_A_TO_B);
        assert_true(says(&f.c.pair[0], named ? "a names the outlet of b" : "little tells"));
        assert_int_equal(f.c.credited[0], named);
        done(&f);
    }
}

static void two_papers_with_one_wire_are_siblings(void **state)
{
    (void)state;
    found f = { 0 };
    pile_add(&f.p, &(page){ .id = "a",
                            .title = "Crane falls",
                            .day = "2021-05-06",
                            .outlet = "The Velm Courier",
                            .text = LEDE MIDDLE TAIL,
                            .credit = "Press Association",
                            .credit_kind = DL_CREDIT_BYLINE });
    pile_add(
        &f.p,
        &(page){ .id = "b", .title = "Crane falls", .day = "2021-05-06", .outlet = "Harbour Post", .text = LEDE MIDDLE TAIL });
    pile_add(&f.p, &(page){ .id = "c",
                            .title = "Vote",
                            .outlet = "Hill News",
                            .text = OTHER,
                            .credit = "Hill News with agencies",
                            .credit_kind = DL_CREDIT_SOURCE });
    find(&f);
    assert_int_equal(f.c.n_pairs, 1);
    assert_int_equal(f.c.pair[0].direction, DL_SIBLINGS);
    assert_int_equal(f.c.n_families, 2);
    const dl_family *x = &f.c.family[0];
    assert_true(dl_str_eq(x->origin, DL_STR("Press Association")));
    assert_int_equal(x->origin_kind, DL_WIRE);
    assert_int_equal(x->seen, DL_NONE);
    assert_int_equal(f.c.credited[0], 1);
    assert_int_equal(f.c.credited[1], 0);
    assert_int_equal(f.c.lines.lines, 2);
    assert_int_equal(f.c.lines.first_hand[f.c.lines.line[0]], 1);
    assert_int_equal(f.c.lines.first_hand[f.c.lines.line[2]], 0); /* retells agencies */
    done(&f);
}

static void two_texts_of_one_wire_are_one_line(void **state)
{
    (void)state;
    found f = { 0 };
    pile_add(&f.p, &(page){ .id = "a",
                            .title = "Crane falls across Velm harbour",
                            .day = "2021-05-06",
                            .text = LEDE,
                            .credit = "Reuters",
                            .credit_kind = DL_CREDIT_TAG });
    pile_add(&f.p, &(page){ .id = "b",
                            .title = "Velm harbour closed as crane blocks channel",
                            .day = "2021-05-06",
                            .text = TAIL,
                            .credit = "Reuters",
                            .credit_kind = DL_CREDIT_TAG });
    pile_add(&f.p, &(page){ .id = "c",
                            .title = "Hill districts vote on Sunday",
                            .day = "2021-05-06",
                            .text = OTHER,
                            .credit = "Reuters",
                            .credit_kind = DL_CREDIT_TAG });
    find(&f);
    assert_int_equal(f.c.n_pairs, 0);
    assert_int_equal(f.c.lines.texts, 3);
    assert_int_equal(f.c.lines.lines, 2);
    assert_int_equal(f.c.lines.line[0], f.c.lines.line[1]);
    done(&f);
}

static void a_page_credits_an_outlet_but_not_itself(void **state)
{
    (void)state;
    found f = { 0 };
    pile_add(&f.p, &(page){ .id = "a",
                            .url = "https://www.reuters.com/world/1",
                            .text = LEDE,
                            .credit = "Reuters",
                            .credit_kind = DL_CREDIT_BYLINE });
    pile_add(
        &f.p,
        &(page){ .id = "b", .url = "https://papers.example/1", .text = OTHER, .credit = "AP", .credit_kind = DL_CREDIT_TAG });
    find(&f);
    assert_int_equal(f.c.credited[0], 0);
    assert_int_equal(f.c.family[0].seen, 0); /* the wire's own page */
    assert_int_equal(f.c.credited[1], 1);
    assert_int_equal(f.c.family[1].seen, DL_NONE);
    assert_true(dl_str_eq(f.c.family[1].origin, DL_STR("Associated Press")));
    done(&f);
}

#define NOTICE                                                                                                                   \
    "You have read all of your free articles for this month and we are glad that you like our work.\nPlease choose one of the "  \
    "plans below or log in with the address that you gave us when you signed up for the printed paper.\nDelivery by post is "    \
    "possible in most districts, and the first four weeks are free of charge for students and pensioners.\n"

static void a_notice_on_many_pages_is_no_evidence(void **state)
{
    (void)state;
    static const char *const title[] = { "Fire in a bakery", "New tram for Odel", "Team wins cup", "School roof repaired",
                                         "Dog saves swimmer" };
    static const char *const day[] = { "2021-01-05", "2021-02-10", "2021-03-15", "2021-04-20", "2021-05-25" };
    found f = { 0 };
    for (int i = 0; i < 5; i++) pile_add(&f.p, &(page){ .id = title[i], .title = title[i], .day = day[i], .text = NOTICE });
    find(&f);
    assert_int_equal(f.c.n_families, 5);
    for (uint32_t i = 0; i < f.c.n_pairs; i++) assert_false(f.c.pair[i].kind == DL_COPY || f.c.pair[i].kind == DL_REWRITE);
    done(&f);
}

static void no_pages_and_empty_pages_are_no_trouble(void **state)
{
    (void)state;
    found f = { 0 };
    f.p.pages = (dl_pages){ 0, pile_get, &f.p };
    find(&f);
    assert_int_equal(f.c.n_families, 0);
    done(&f);
    f = (found){ 0 };
    pile_add(&f.p, &(page){ .id = "a", .text = "" });
    pile_add(&f.p, &(page){ .id = "b", .text = "" });
    find(&f);
    assert_int_equal(f.c.n_pairs, 0);
    assert_int_equal(f.c.lines.texts, 2);
    done(&f);
}

static void a_difference_is_shown_word_by_word(void **state)
{
    (void)state;
    pile p = { 0 };
    dl_arena a;
    dl_buf b;
    dl_arena_init(&a, DL_ARENA_MAX);
    dl_buf_init(&b, 1 << 20);
    pile_add(
        &p,
        &(page){ .id = "one",
                 .text = "He later met President Ora Lind in the old town hall.\nNobody else came to the meeting that day.\n" });
    pile_add(
        &p,
        &(page){ .id = "two",
                 .text = "He later met president Ora Lind in the old town hall.\nNobody else came to the meeting that day.\n" });
    assert_true(dl_copies_diff(&b, &p.doc[0], &p.doc[1], &a));
    dl_buf_putc(&b, 0);
    assert_non_null(strstr(b.p, "{President → president}"));
    assert_null(strstr(b.p, "Nobody"));
    assert_null(strstr(b.p, "only in"));
    dl_buf_free(&b);
    dl_arena_free(&a);
    pile_free(&p);
}

/* A family is one line; a person may say otherwise, and who goes in a circle counts alone. */
static void a_persons_word_goes_before(void **state)
{
    (void)state;
    static const dl_overrule apart[] = { { 1, DL_NONE } }, together[] = { { 2, 0 } }, circle[] = { { 0, 2 }, { 2, 0 } },
                             chain[] = { { 1, DL_NONE }, { 2, 1 } };
    static const struct {
        const dl_overrule *rule;
        uint32_t n, texts, lines;
    } cases[] = { { NULL, 0, 2, 2 }, { apart, 1, 3, 3 }, { together, 1, 1, 1 }, { circle, 2, 2, 2 }, { chain, 2, 2, 2 } };
    for (size_t i = 0; i < DL_COUNT(cases); i++) {
        found f = { 0 };
        pile_add(&f.p, &(page){ .id = "a", .title = "Crane falls", .outlet = "Velm Courier", .text = LEDE MIDDLE TAIL });
        pile_add(&f.p, &(page){ .id = "b", .title = "Crane falls", .outlet = "Harbour Post", .text = LEDE MIDDLE TAIL });
        pile_add(&f.p, &(page){ .id = "c", .title = "Vote", .outlet = "Hill News", .text = OTHER });
        find(&f);
        assert_true(dl_copies_overrule(&f.c, cases[i].rule, cases[i].n, &f.p.pages, &f.keep));
        const dl_lines *l = &f.c.lines;
        assert_int_equal(l->texts, cases[i].texts);
        assert_int_equal(l->lines, cases[i].lines);
        for (uint32_t k = 0; k < 3; k++) assert_true(l->text[k] < l->texts && l->line[k] < l->lines);
        if (cases[i].rule == apart) assert_true(dl_str_eq(l->name[l->line[1]], DL_STR("Harbour Post")));
        if (cases[i].rule == chain) assert_int_equal(l->line[2], l->line[1]);
        done(&f);
    }
}

/* The same words of the harbour master in two reports; one of them says where it has them from. */
static void a_report_that_names_its_source_cites_it(void **state)
{
    (void)state;
#define MASTER                                                                                                                   \
    "“The channel stays closed until divers have looked at every yard of the sea bed under the fallen crane,” "              \
    "harbour master Ilsa Brandt "
    static const struct {
        const char *said, *outlet;
        uint8_t kind;
    } cases[] = {
        { MASTER "told the Velm Courier.\n", "Velm Courier", DL_CITES },
        { MASTER "said, the Velm Courier reported on Friday.\n", "The Velm Courier", DL_CITES },
        { MASTER "said, according to Tidings.\n", "Tidings", DL_CITES },
        { MASTER "said.\nThe Velm Courier building was not hit.\n", "Velm Courier", DL_COPY_KINDS },
        { MASTER "said.\nTidings reported slow trade.\n", "Tidings", DL_COPY_KINDS },
        { MASTER "told the Velm Courier.\n", "Hill News", DL_COPY_KINDS }, /* its own outlet */
    };
    for (size_t i = 0; i < DL_COUNT(cases); i++) {
        char text[2000];
        found f = { 0 };
        snprintf(text, sizeof text, "%s%s", cases[i].said,
                 "Eleven ships lay at anchor off the breakwater on Friday evening, and two of them gave up waiting and went on "
                 "to Norwick.\n"
                 "The fish market opened late and closed early.\n");
        pile_add(
            &f.p,
            &(page){ .id = "a",
                     .title = "Velm harbour stays closed",
                     .outlet = cases[i].outlet,
                     .text =
                         "Divers will not go down before Monday because of the swell outside the northern gate of Velm.\n" MASTER
                         "said on the quay.\n" TAIL });
        pile_add(&f.p, &(page){ .id = "b", .title = "Ships leave closed Velm harbour", .outlet = "Hill News", .text = text });
        find(&f);
        assert_int_equal(f.c.n_pairs, cases[i].kind == DL_CITES);
        if (f.c.n_pairs) {
            assert_int_equal(f.c.pair[0].kind, DL_CITES);
            assert_int_equal(f.c.pair[0].direction, DL_A_TO_B);
            assert_true(says(&f.c.pair[0], "b names the outlet of a"));
        }
        assert_int_equal(f.c.n_families, 2);
        done(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_shortened_copy_is_a_copy),
        cmocka_unit_test(a_borrowed_paragraph_makes_no_family),
        cmocka_unit_test(reordered_and_reworded_copies_are_found),
        cmocka_unit_test(a_lede_from_elsewhere_is_the_copys),
        cmocka_unit_test(what_a_site_sets_around_a_text_was_gained),
        cmocka_unit_test(a_page_that_names_the_other_came_from_it),
        cmocka_unit_test(two_papers_with_one_wire_are_siblings),
        cmocka_unit_test(two_texts_of_one_wire_are_one_line),
        cmocka_unit_test(a_page_credits_an_outlet_but_not_itself),
        cmocka_unit_test(a_notice_on_many_pages_is_no_evidence),
        cmocka_unit_test(no_pages_and_empty_pages_are_no_trouble),
        cmocka_unit_test(a_persons_word_goes_before),
        cmocka_unit_test(a_difference_is_shown_word_by_word),
        cmocka_unit_test(a_report_that_names_its_source_cites_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
