/* test_metonyms.c: places that stand for those who act for them, on sentences of our own. */
#include "coref/coref.h"
#include "models.h"
#include "names/names.h"
#include "parse/parse.h"
#include "tags/tags.h"
#include "text.h"
#include "tokens/tokens.h"
#include "trees/trees.h"

static dl_build b;

static void read_text(const char *text)
{
    dl_build_reset(&b);
    put_lines(&b, text);
    assert_int_equal(dl_tokens_find(&b, models), DL_OK);
    assert_int_equal(dl_parse_trees(&b, models), DL_OK);
    assert_int_equal(dl_names_find(&b, models), DL_OK);
    assert_int_equal(dl_coref_find(&b, models), DL_OK);
}

/* The mention with these words; DL_NONE: none. */
static uint32_t mention(const char *words)
{
    for (uint32_t i = 0; i < b.d.ments.n; i++)
        if (dl_str_eq(dl_doc_text(&b.d, b.d.ments.span[i]), dl_str_of(words))) return i;
    return DL_NONE;
}

struct reading {
    const char *text, *name;
    dl_actor_kind kind;
};

static const struct reading readings[] = {
    { "Beijing rejected the accusation on Friday.", "Beijing", DL_GOVERNMENT },
    { "Thousands of students marched in Beijing.", "Beijing", DL_PLACE },
    { "Officials in Oslo said the deal with Nairobi was close.", "Nairobi", DL_GOVERNMENT },
    { "She was born in Nairobi and grew up on a farm.", "Nairobi", DL_PLACE },
    { "Moscow accused the West of arming the rebels.", "Moscow", DL_GOVERNMENT },
    { "He took the night train from Moscow to the border.", "Moscow", DL_PLACE },
    { "The minister urged Tehran to release the sailors.", "Tehran", DL_GOVERNMENT },
    { "A flight to Tehran was cancelled because of fog.", "Tehran", DL_PLACE },
    { "Norway agreed to pay half of the costs.", "Norway", DL_GOVERNMENT },
    { "Heavy snow fell across Norway last night.", "Norway", DL_PLACE },
    { "The treaty was signed by Chile and ratified in May.", "Chile", DL_GOVERNMENT },
    { "The mine lies in the north of Chile.", "Chile", DL_PLACE },
    { "Washington has refused to comment on the report.", "Washington", DL_GOVERNMENT },
    { "The museum in Washington opens at nine.", "Washington", DL_PLACE },
    { "The Kremlin denied that any order was given.", "Kremlin", DL_GOVERNMENT },
    { "Egypt threatened to close the canal.", "Egypt", DL_GOVERNMENT },
    { "The family spent the winter in Egypt.", "Egypt", DL_PLACE },
};

/* Learnt, so not each is right after every training: but nearly all are. */
static void places_and_governments(void **state)
{
    (void)state;
    uint32_t right = 0;
    for (size_t i = 0; i < DL_COUNT(readings); i++) {
        read_text(readings[i].text);
        uint32_t m = mention(readings[i].name);
        assert_int_not_equal(m, DL_NONE);
        bool same = b.d.ents.kind[b.d.ments.ent[m]] == readings[i].kind;
        if (!same) print_message("taken for the other: %s\n", readings[i].text);
        right += same;
    }
    assert_true(right + 1 >= DL_COUNT(readings));
}

static void a_capital_that_acts_is_a_metonym(void **state)
{
    (void)state;
    read_text("Moscow accused the West of arming the rebels. Russia said it would answer. He lives in Moscow.");
    uint32_t city = mention("Moscow"), own = mention("Russia");
    assert_int_equal(b.d.ments.kind[city], DL_BY_METONYM);
    assert_int_equal(b.d.ments.kind[own], DL_BY_NAME);
    assert_int_equal(b.d.ments.ent[city], b.d.ments.ent[own]);
    uint32_t last = b.d.ments.n - 1;
    assert_int_equal(b.d.ments.kind[last], DL_BY_NAME);
    assert_int_equal(b.d.ents.kind[b.d.ments.ent[last]], DL_PLACE);
}

/* A seat of government is a building to those in it; Brussels acts as the European Union. */
static void seats_and_bodies(void **state)
{
    (void)state;
    read_text("A deal is close, according to the White House. Reporters waited inside the White House.");
    uint32_t first = mention("White House"), last = b.d.ments.n - 1;
    assert_int_equal(b.d.ents.kind[b.d.ments.ent[first]], DL_GOVERNMENT);
    assert_int_equal(b.d.ents.kind[b.d.ments.ent[last]], DL_PLACE);
    read_text("Brussels accused the company of hiding its profits.");
    uint32_t ent = b.d.ments.ent[mention("Brussels")];
    assert_true(dl_str_eq(dl_doc_str(&b.d, b.d.ents.name[ent]), DL_STR("European Union")));
    assert_int_equal(b.d.ents.kind[ent], DL_ORGANISATION);
}

/* Georgia is a state of the US until the page speaks of Tbilisi or of Georgians. */
static void shared_names_want_proof(void **state)
{
    (void)state;
    read_text("He was born in Georgia. She lives in Atlanta.");
    assert_int_equal(b.d.ents.country[b.d.ments.ent[mention("Georgia")]], 0);
    read_text("He was born in Georgia. She lives in Tbilisi.");
    assert_int_equal(b.d.ents.country[b.d.ments.ent[mention("Georgia")]], dl_country("GEO"));
}

static int open_all(void **state)
{
    dl_build_init(&b);
    return open_models(state);
}

static int close_all(void **state)
{
    dl_build_free(&b);
    return close_models(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(places_and_governments),
                                        cmocka_unit_test(a_capital_that_acts_is_a_metonym), cmocka_unit_test(seats_and_bodies),
                                        cmocka_unit_test(shared_names_want_proof) };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
