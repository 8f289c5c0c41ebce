/* test_extract.c: plain and half-cleaned text: what is body, what is not, and what the page says of
 * itself. The pages are invented; what is expected was written down by hand. */
#include "extract_page.h"

static void assert_body(const dl_doc *d, const char *want) { assert_str(dl_doc_body(d), want); }

/* Is a range removed for this reason whose bytes are exactly `words`? */
static bool removed(const dl_doc *d, const char *page, const char *why, const char *words)
{
    for (uint32_t i = 0; i < d->removed.n; i++) {
        dl_str got = { page + d->removed.raw[i].beg, dl_span_len(d->removed.raw[i]) };
        if (dl_str_eq(dl_doc_str(d, d->removed.why[i]), dl_str_of(why)) && dl_str_eq(got, dl_str_of(words))) return true;
    }
    return false;
}

static uint32_t count_kind(const dl_doc *d, dl_block_kind kind)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < d->blocks.n; i++) n += d->blocks.kind[i] == kind;
    return n;
}

static void a_page_with_furniture(void **state)
{
    (void)state;
    static const char page[] =
        "Menu Icon of three bars. Search Icon of a lens. Close Icon of a cross.\n"
        "Home News Europe\n\n"
        "Ferry port reopens after storm damage\n\n"
        "By Deutsche Presse-Agentur\n"
        "3 March 2021, 9:05 am\n"
        "The harbour wall at Lindholm, seen from the north pier\n"
        "The harbour wall at Lindholm, seen from the north pier (Karin Holt/Pool/AP)\n\n"
        "The ferry port of Lindholm reopened on Wednesday, eleven days after a storm broke its main pier.\n\n"
        "Read more: Five islands without power after the storm\n\n"
        "Engineers said that two of the four berths would be used until the summer, and that lorries must book ahead.\n\n"
        "How the pier broke\n\n"
        "\xe2\x80\x9cThe sea took it in one night,\xe2\x80\x9d harbour master Ole Brandt said.\n\n"
        "Sign up for our newsletter\n\n"
        "The repairs are to cost nine million crowns, of which the state pays half.\n\n"
        "source: Lindholm Post with agencies\n"
        "photo: AFP\n\n"
        "Related articles\n"
        "Bakers of the old town strike over flour prices\n"
        "The bakers said on Monday that they would not open their shops before the council had met them.\n"
        "Most read\n1\nA goat that paints\n";
    const dl_doc *d = read_page(DL_RAW_TEXT, NULL, page);
    assert_body(d,
                "The ferry port of Lindholm reopened on Wednesday, eleven days after a storm broke its main pier.\n"
                "Engineers said that two of the four berths would be used until the summer, and that lorries must book ahead.\n"
                "How the pier broke\n"
                "\xe2\x80\x9cThe sea took it in one night,\xe2\x80\x9d harbour master Ole Brandt said.\n"
                "The repairs are to cost nine million crowns, of which the state pays half.\n");
    assert_str(dl_doc_str(d, d->meta->title), "Ferry port reopens after storm damage");
    assert_str(dl_doc_str(d, d->meta->agency), "Deutsche Presse-Agentur");
    assert_str(dl_doc_str(d, d->meta->outlet), "Lindholm Post");
    assert_str(dl_doc_str(d, d->meta->language), "en");
    assert_int_equal(d->meta->verdict, DL_ARTICLE);
    assert_int_equal(d->meta->printed, 1614762300); /* 2021-03-03T09:05:00Z */
    assert_int_equal(count_kind(d, DL_CAPTION), 1);
    assert_int_equal(count_kind(d, DL_HEADING), 1);
    assert_true(removed(d, page, "teaser", "Read more: Five islands without power after the storm"));
    assert_true(removed(d, page, "promotion", "Sign up for our newsletter"));
    assert_true(removed(d, page, "navigation", "Home News Europe"));
    assert_true(removed(d, page, "repeat", "The harbour wall at Lindholm, seen from the north pier"));
}

/* Every raw range is used once, and body lines are the page's bytes. */
static void raw_ranges_do_not_meet(void **state)
{
    (void)state;
    static const char page[] =
        "Town hall burns\n\nThe town hall of Aster burned down in the night to Sunday, the fire service said.\n"
        "Nobody was hurt, because the building had been closed for repairs since the spring.\n\nPopular\nCats\nDogs\n";
    const dl_doc *d = read_page(DL_RAW_TEXT, NULL, page);
    assert_int_equal(d->blocks.n, 2);
    for (uint32_t i = 0; i < d->blocks.n; i++) {
        dl_str raw = { page + d->blocks.raw[i].beg, dl_span_len(d->blocks.raw[i]) };
        assert_true(dl_str_eq(raw, dl_doc_text(d, d->blocks.span[i])));
        for (uint32_t j = 0; j < d->removed.n; j++) assert_false(dl_span_meet(d->blocks.raw[i], d->removed.raw[j]));
    }
    assert_int_equal(d->removed.n, 4); /* title, Popular, Cats, Dogs */
}

static void broken_lines_are_joined(void **state)
{
    (void)state;
    static const char page[] = "Council votes on bridge\n\n"
                               "The council of Norvik will vote tonight on whether to rebuild the\n"
                               "bridge that a barge struck in May. The mayor, Ida Sund, said that\n"
                               "she expected a long night, since no party has a majority of its\n"
                               "own.\n\n"
                               "A second vote, on who is to pay for the works, was put off until\n"
                               "the autumn after both parties had asked for it.\n";
    const dl_doc *d = read_page(DL_RAW_TEXT, NULL, page);
    assert_body(
        d, "The council of Norvik will vote tonight on whether to rebuild the bridge that a barge struck in May. The mayor, Ida "
           "Sund, said that she "
           "expected a long night, since no party has a majority of its own.\n"
           "A second vote, on who is to pay for the works, was put off until the autumn after both parties had asked for it.\n");
}

static void a_live_page_that_prints_itself_twice(void **state)
{
    (void)state;
    static const char page[] = " date 2022-06-14 Divers have found the second engine of the aircraft in forty metres of water.\n"
                               "The search goes on at first light, the coast guard said.\n"
                               "What we know about the crew\n"
                               "Three people were on board, all of them from the same village on the coast.\n"
                               "Live Reporting\nEdited by Mara Quint\nAll times stated are UTC\nLatest Post\n"
                               "Second engine found\nPavel Oster\nAviation correspondent\n"
                               "Divers have found the second engine of the aircraft in forty metres of water.\n"
                               "The search goes on at first light, the coast guard said.\n"
                               "What we know about the crew\n"
                               "Three people were on board, all of them from the same village on the coast.\n"
                               "Good evening\nMara Quint\nLive reporter\n"
                               "Thank you for staying with us on this long day for the families of the crew.\n";
    const dl_doc *d = read_page(DL_RAW_TEXT, NULL, page);
    assert_int_equal(d->meta->verdict, DL_LIVE);
    assert_body(d, "Divers have found the second engine of the aircraft in forty metres of water.\n"
                   "The search goes on at first light, the coast guard said.\n"
                   "Three people were on board, all of them from the same village on the coast.\n"
                   "Thank you for staying with us on this long day for the families of the crew.\n");
    assert_int_equal(count_kind(d, DL_POST), 3);
    assert_str(dl_doc_str(d, d->blocks.title[0]), "Second engine found");
    assert_str(dl_doc_str(d, d->blocks.author[0]), "Pavel Oster");
    assert_str(dl_doc_str(d, d->blocks.title[2]), "Good evening");
    assert_int_equal(d->dates.n, 1);
    assert_int_equal(d->dates.at[0], 1655164800); /* 2022-06-14 */
    uint32_t repeats = 0;
    for (uint32_t i = 0; i < d->removed.n; i++) repeats += d->removed.same_as[i] != DL_NONE;
    assert_int_equal(repeats, 3);
}

static void datelines(void **state)
{
    (void)state;
    static const struct {
        const char *lede, *place, *agency;
    } cases[] = {
        { "OSLO, March 3 (Reuters) - The central bank raised its rate by a quarter point on Wednesday, as all had expected.",
          "OSLO", "Reuters" },
        { "Tbilisi, Georgia (AP) \xe2\x80\x94 Thousands marched through the capital on Friday to ask for new elections in "
          "spring.",
          "Tbilisi, Georgia", "Associated Press" },
        { "LIMA \xe2\x80\x94 A court in the north of the country has freed four miners who had been held since the strike of "
          "May.",
          "LIMA", "" },
        { "The minister (62) said on Friday that he would not stand again, and named no one who might follow him.", "", "" },
    };
    for (size_t i = 0; i < DL_COUNT(cases); i++) {
        const dl_doc *d = read_page(DL_RAW_TEXT, NULL, cases[i].lede);
        assert_str(dl_doc_str(d, d->meta->place), cases[i].place);
        assert_str(dl_doc_str(d, d->meta->agency), cases[i].agency);
    }
}

static void a_box_of_links_in_the_flow(void **state)
{
    (void)state;
    static const char page[] =
        "Quarry Weekly\nHome | Town | Sport\n\nQuarry closes after rock fall\n\nQuarry Weekly\nBy Ann Solberg\n4 May 2020\n\n"
        "Ida Sund at the gate of the quarry, where she spoke to the workers.\n\n"
        "The quarry above Stenby will stay closed until the summer after rocks fell on the road on Sunday evening.\n\n"
        "Nobody was hurt, but three lorries that stood empty at the foot of the wall were buried, police said.\n\n"
        "Related stories\nBus fares go up again\n\n"
        "The owner, Ida Sund, said that she had warned the county twice of water behind the wall this winter.\n\n"
        "You might also like: Nine walks round Stenby that end in a bakery\n\n"
        "A geologist is to look at the wall on Thursday and will say when the road can be opened again.\n\n"
        "You can read her letter here.\n\nMost read\nTwin calves at Moor Farm\n";
    const dl_doc *d = read_page(DL_RAW_TEXT, NULL, page);
    assert_body(d, "The quarry above Stenby will stay closed until the summer after rocks fell on the road on Sunday evening.\n"
                   "Nobody was hurt, but three lorries that stood empty at the foot of the wall were buried, police said.\n"
                   "The owner, Ida Sund, said that she had warned the county twice of water behind the wall this winter.\n"
                   "A geologist is to look at the wall on Thursday and will say when the road can be opened again.\n");
    assert_str(dl_doc_str(d, d->meta->title), "Quarry closes after rock fall");
    assert_str(dl_doc_str(d, d->meta->outlet), "Quarry Weekly");
    assert_int_equal(d->authors.n, 1);
    assert_int_equal(count_kind(d, DL_CAPTION), 1);
}

static void clean_text_is_left_alone(void **state)
{
    (void)state;
    static const char page[] = "One  paragraph,\tas given.\n\nRead more: not touched\n";
    const dl_doc *d = read_page(DL_RAW_CLEAN, NULL, page);
    assert_body(d, page);
    assert_int_equal(d->blocks.n, 2);
    assert_int_equal(d->blocks.span[1].beg, 27);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_with_furniture),
        cmocka_unit_test(raw_ranges_do_not_meet),
        cmocka_unit_test(broken_lines_are_joined),
        cmocka_unit_test(a_live_page_that_prints_itself_twice),
        cmocka_unit_test(datelines),
        cmocka_unit_test(a_box_of_links_in_the_flow),
        cmocka_unit_test(clean_text_is_left_alone),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
