/* test_unseen.c: families whose text no page shows whole, and those that only look like it. */
#include <stdio.h>

#include "found_copies.h"

/* An invented report: eight paragraphs, B the shortest. */
#define A                                                                                                                        \
    "The reservoir above Tarn Hollow will be drained over the next three weeks because engineers have found a crack at the "     \
    "foot of the old spillway, the water board announced on Tuesday evening after an inspection.\n"
#define B                                                                                                                        \
    "Divers measured the opening at eleven metres, twice the length that was noted during the last survey, which the previous "  \
    "operator carried out nine winters ago.\n"
#define C                                                                                                                        \
    "Chief engineer Maud Tessler said the dam itself was sound and nobody downstream had to leave home, but pumps would run "    \
    "by day and by night and the lower road through the gorge stays shut to lorries until further notice.\n"
#define D                                                                                                                        \
    "Trout from the lake are being netted and carried by tanker to a hatchery near Orrin Bridge, where volunteers of two "       \
    "angling clubs count, weigh and tag every single fish before it goes into the heated basins.\n"
#define E                                                                                                                        \
    "Households in four villages will be supplied from a borehole at Sallow Fen for the time being, and the board has asked "    \
    "farmers not to irrigate their potatoes before nightfall while the level in the mains remains low.\n"
#define F                                                                                                                        \
    "Repairs are expected to cost six million crowns, a third of which the province pays out of its fund for ageing "            \
    "structures; the remainder will be raised by a surcharge that appears on bills from the coming autumn.\n"
#define G                                                                                                                        \
    "A campaign group that wants the valley returned to meadow called the crack a warning and demanded a public hearing, "       \
    "recalling that the permit for the barrage ends within five years and has never been debated.\n"
#define H                                                                                                                        \
    "Built by quarrymen between two wars, the barrage once drove looms in seven mills, of which a single one survives as a "     \
    "museum whose waterwheel is going to stand still for the first time since its restoration.\n"
/* What others put in. */
#define OWN                                                                                                                      \
    "Guests of the lakeside hotel have been offered rooms in town, and the regatta planned for the last weekend of the month "   \
    "moves to the canal basin, its organiser told us while crews were lifting their boats out.\n"
#define LATER                                                                                                                    \
    "Late on Wednesday a second, shorter fissure was discovered by a drone beside the valve tower, and insurers have sent an "   \
    "assessor of their own who refused to answer questions at the gate.\n"

static void find_in(found *f, const page *v, size_t n)
{
    *f = (found){ 0 };
    for (size_t i = 0; i < n; i++) {
        page x = v[i];
        if (!x.title) x.title = "Reservoir above Tarn Hollow to be drained";
        pile_add(&f->p, &x);
    }
    find(f);
}

/* All of them are one family; is it in parts? */
static bool in_parts(const page *v, size_t n)
{
    found f;
    find_in(&f, v, n);
    assert_int_equal(f.c.n_families, 1);
    bool out = f.c.family[0].in_parts;
    if (!out) assert_int_not_equal(f.c.family[0].seen, DL_NONE);
    done(&f);
    return out;
}

static const page cut[] = { { .id = "a", .day = "2022-03-01", .text = A C D E F G H },
                            { .id = "b", .day = "2022-03-01", .text = A B C E F G H },
                            { .id = "c", .day = "2022-03-02", .text = A B C D E F H } };

static void three_cuts_are_siblings_of_a_text_that_nobody_shows(void **state)
{
    (void)state;
    found f;
    find_in(&f, cut, DL_COUNT(cut));
    assert_int_equal(f.c.n_families, 1);
    const dl_family *x = &f.c.family[0];
    assert_true(x->in_parts);
    assert_int_equal(x->seen, DL_NONE);
    assert_int_equal(x->origin.len, 0);
    assert_int_equal(x->origin_kind, DL_ORIGIN_UNKNOWN);
    assert_int_equal(f.c.n_pairs, 3);
    for (uint32_t i = 0; i < 3; i++) {
        const dl_pair *p = &f.c.pair[i];
        assert_int_equal(p->direction, DL_SIBLINGS);
        assert_true(dl_str_starts(p->why[p->n_why - 1], DL_STR("siblings: each lacks what the other shares")));
        assert_int_equal(f.c.parent[i], DL_NONE);
    }
    assert_int_equal(f.c.lines.lines, 1);
    done(&f);
}

/* The same and a page with all of it: there they are from. */
static void with_the_whole_text_they_are_its_copies(void **state)
{
    (void)state;
    const page v[] = { cut[0], cut[1], cut[2], { .id = "z", .day = "2022-03-01", .text = A B C D E F G H } };
    found f;
    find_in(&f, v, DL_COUNT(v));
    assert_int_equal(f.c.n_families, 1);
    assert_false(f.c.family[0].in_parts);
    assert_int_equal(f.c.family[0].seen, 3);
    for (uint32_t i = 0; i < 3; i++) assert_int_equal(f.c.parent[i], 3);
    done(&f);
}

/* A further copy of one of the three hangs from it. */
static void a_copy_of_a_part_comes_from_that_page(void **state)
{
    (void)state;
    const page v[] = { cut[0], cut[1], cut[2], { .id = "d", .day = "2022-03-03", .text = A B C D E F } };
    found f;
    find_in(&f, v, DL_COUNT(v));
    assert_int_equal(f.c.n_families, 1);
    assert_true(f.c.family[0].in_parts);
    assert_int_equal(f.c.parent[3], 2);
    assert_int_equal(f.c.parent[2], DL_NONE);
    done(&f);
}

/* Who is credited gives the text its name; the three are siblings all the same. */
static void a_credit_names_it(void **state)
{
    (void)state;
    const page v[] = { cut[0], cut[1], { .id = "c", .text = A B C D E F H, .credit = "Reuters", .credit_kind = DL_CREDIT_TAG } };
    found f;
    find_in(&f, v, DL_COUNT(v));
    assert_int_equal(f.c.n_families, 1);
    assert_true(f.c.family[0].in_parts);
    assert_true(dl_str_eq(f.c.family[0].origin, DL_STR("Reuters")));
    assert_int_equal(f.c.family[0].origin_kind, DL_WIRE);
    assert_int_equal(f.c.pair[0].direction, DL_SIBLINGS);
    done(&f);
}

static void two_cuts_tell_nothing(void **state)
{
    (void)state;
    const page v[] = { cut[0], cut[1], { .id = "c", .text = A B C E F G H }, { .id = "d", .text = A C D E F G H } };
    assert_false(in_parts(v, 2));
    assert_false(in_parts(v, 4)); /* each of them twice */
}

/* Each leaves out a paragraph of the one before and adds one. */
static void a_chain_has_a_first_page(void **state)
{
    (void)state;
    static const page v[] = { { .id = "a", .day = "2022-03-01", .text = A B C D E F G },
                              { .id = "b", .day = "2022-03-01", .text = A C D OWN E F G },
                              { .id = "c", .day = "2022-03-02", .text = A C D OWN E LATER F },
                              { .id = "d", .day = "2022-03-02", .text = A C D OWN E LATER F } };
    assert_false(in_parts(v, DL_COUNT(v)));
}

/* A later version lacks a paragraph and has a new one; some copy the one, some the other. */
static void an_update_is_a_page_with_copies_of_its_own(void **state)
{
    (void)state;
    static const page v[] = { { .id = "a", .day = "2022-03-01", .text = A B C D E F G H },
                              { .id = "b", .day = "2022-03-02", .text = A LATER C D E F G H },
                              { .id = "c", .day = "2022-03-02", .text = A B D E F G H },
                              { .id = "d", .day = "2022-03-02", .text = A B C D F G H },
                              { .id = "e", .day = "2022-03-03", .text = A LATER C E F G H },
                              { .id = "f", .day = "2022-03-03", .text = A LATER C D E F H } };
    assert_false(in_parts(v, DL_COUNT(v)));
}

/* What the page of the day before lacks is less than a seventh of it: put in by those who came later. */
static void who_is_plainly_first_and_lacks_little_is_the_origin(void **state)
{
    (void)state;
    static const page v[] = { { .id = "a", .day = "2022-02-27", .text = A C D E F G H },
                              { .id = "b", .day = "2022-03-01", .text = A B C E F G H },
                              { .id = "c", .day = "2022-03-01", .text = A B C D E F H } };
    assert_false(in_parts(v, DL_COUNT(v)));
}

/* Two pages woven from two texts, which stand beside them. */
static void woven_pages_are_of_two_texts(void **state)
{
    (void)state;
    static const page v[] = { { .id = "a", .title = "Tarn Hollow drained", .text = A B C D },
                              { .id = "b", .title = "Barrage built by quarrymen", .text = E F G H },
                              { .id = "c", .title = "Tarn Hollow drained, barrage built", .text = A C D E F G },
                              { .id = "d", .title = "Tarn Hollow drained, barrage built", .text = A B D E G H },
                              { .id = "e", .title = "Tarn Hollow drained, barrage built", .text = A B C F G H } };
    found f;
    find_in(&f, v, DL_COUNT(v));
    for (uint32_t i = 0; i < f.c.n_families; i++) assert_false(f.c.family[i].in_parts);
    done(&f);
}

/* The same headline over notices of a site that nobody takes for prose. */
static void lists_of_headlines_are_no_stretch(void **state)
{
    (void)state;
#define LIST1                                                                                                                    \
    "Ferry timetable for the summer\nBakers strike for a second week\nWhere to find mushrooms this month\nTram driver "          \
    "retires\nChoir wins in Lisk\n"
#define LIST2                                                                                                                    \
    "New roof for the theatre\nCouncil argues about benches\nHow to prune an old pear tree\nPuppies found in lorry\nBridge "     \
    "lights go out\n"
#define LIST3                                                                                                                    \
    "Swimming lessons are full\nLibrary opens on Sundays\nFive walks along the canal\nSnow on the high pass\nMayor sells her "   \
    "bicycle\n"
    static const page v[] = { { .id = "a", .day = "2022-03-01", .text = A B C D E F G H LIST1 LIST2 },
                              { .id = "b", .day = "2022-03-01", .text = A B C D E F G H LIST2 LIST3 },
                              { .id = "c", .day = "2022-03-01", .text = A B C D E F G H LIST1 LIST3 } };
    assert_false(in_parts(v, DL_COUNT(v)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_cuts_are_siblings_of_a_text_that_nobody_shows),
        cmocka_unit_test(with_the_whole_text_they_are_its_copies),
        cmocka_unit_test(a_copy_of_a_part_comes_from_that_page),
        cmocka_unit_test(a_credit_names_it),
        cmocka_unit_test(two_cuts_tell_nothing),
        cmocka_unit_test(a_chain_has_a_first_page),
        cmocka_unit_test(an_update_is_a_page_with_copies_of_its_own),
        cmocka_unit_test(who_is_plainly_first_and_lacks_little_is_the_origin),
        cmocka_unit_test(woven_pages_are_of_two_texts),
        cmocka_unit_test(lists_of_headlines_are_no_stretch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
