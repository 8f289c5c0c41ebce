/* test_stories.c: pages of one event join whatever their words; others do not. */
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "pile.h"
#include "stories/stories.h"
#include "stories/tell.h"

#define CRANE                                                                                                                    \
    "The harbour of Velm was closed to large ships on Thursday after a crane fell across the main channel, the port authority "  \
    "said. Nobody was hurt, but two barges loaded with grain were damaged. Harbour master Ilsa Brandt said eleven ships were "   \
    "waiting outside the breakwater.\n"
#define CRANE_TOO                                                                                                                \
    "Eleven freighters are stuck outside Velm since a storm toppled a container crane into the harbour's shipping channel. "     \
    "Divers "                                                                                                                    \
    "will look at the wreck today, said Ilsa Brandt, the harbour master. Two grain barges were hit and the port authority is "   \
    "counting the cost.\n"
#define VOTE                                                                                                                     \
    "Voters in the hill districts of Marrow go to the polls on Sunday to choose a council, and water prices have pushed "        \
    "everything "                                                                                                                \
    "else aside. The farmers' union wants the tariff taken back; council leader Piet Osk says the old pipes must be replaced.\n"

typedef struct found {
    dl_stories s;
    dl_copies c;
    dl_models *m;
    dl_arena keep;
} found;

static void find(found *f, const pile *p)
{
    dl_error err;
    dl_arena_init(&f->keep, DL_ARENA_MAX);
    assert_int_equal(dl_models_open(&f->m, NULL, &err), DL_OK);
    assert_int_equal(dl_copies_find(&f->c, &p->pages, f->m, &f->keep, &err), DL_OK);
    assert_int_equal(dl_stories_find(&f->s, &p->pages, &f->c, NULL, 0, f->m, &f->keep, &err), DL_OK);
}

static void done(found *f, pile *p)
{
    dl_arena_free(&f->keep);
    dl_models_close(f->m);
    pile_free(p);
}

static void one_event_in_two_wordings_is_one_story(void **state)
{
    (void)state;
    pile p = { 0 };
    found f;
    char text[11];
    pile_add(&p, &(page){ .id = "a", .title = "Crane falls across Velm harbour", .day = "2021-05-06", .text = CRANE });
    pile_add(&p, &(page){ .id = "b", .title = "Marrow hill districts vote on Sunday", .day = "2021-05-07", .text = VOTE });
    pile_add(&p, &(page){ .id = "c",
                          .title = "Ships wait outside Velm harbour after crane falls",
                          .day = "2021-05-07",
                          .text = CRANE_TOO });
    find(&f, &p);
    assert_int_equal(f.s.n, 2);
    assert_int_equal(f.s.of[0], 0);
    assert_int_equal(f.s.of[1], 1);
    assert_int_equal(f.s.of[2], 0);
    const dl_story *x = &f.s.story[0];
    assert_int_equal(x->n, 2);
    assert_int_equal(x->page[1], 2);
    assert_int_equal(x->texts, 2);
    assert_int_equal(x->lines, 2);
    assert_int_equal(x->first_hand, 2);
    assert_true(dl_str_eq(x->title, DL_STR("Crane falls across Velm harbour")));
    dl_date_text(text, x->from);
    assert_string_equal(text, "2021-05-06");
    dl_date_text(text, x->to);
    assert_string_equal(text, "2021-05-08");
    assert_int_equal(f.s.order[0], 0); /* two lines before one */
    done(&f, &p);
}

static void a_page_without_a_day_and_one_of_a_wrong_year_join(void **state)
{
    (void)state;
    pile p = { 0 };
    found f;
    pile_add(&p, &(page){ .id = "a", .title = "Crane falls across Velm harbour", .day = "2021-05-06", .text = CRANE });
    pile_add(&p, &(page){ .id = "b", .title = "Crane falls across Velm harbour", .text = CRANE_TOO });
    pile_add(&p, &(page){ .id = "c", .title = "Crane falls across Velm harbour", .day = "2022-05-06", .text = CRANE });
    find(&f, &p);
    assert_int_equal(f.s.n, 1);
    done(&f, &p);
}

static void an_empty_pile_and_empty_pages_are_no_trouble(void **state)
{
    (void)state;
    pile p = { 0 };
    found f;
    p.pages = (dl_pages){ 0, pile_get, &p };
    find(&f, &p);
    assert_int_equal(f.s.n, 0);
    done(&f, &p);
    p = (pile){ 0 };
    pile_add(&p, &(page){ .id = "a", .text = "" });
    pile_add(&p, &(page){ .id = "b", .text = "" });
    find(&f, &p);
    assert_int_equal(f.s.n, 2);
    assert_int_equal(f.s.story[1].title.len, 0);
    assert_true(f.s.story[1].from == DL_NEVER);
    done(&f, &p);
}

/* The same type of event, two days apart: another town, other people, other numbers. */
static void two_fires_are_two_stories(void **state)
{
    (void)state;
    pile p = { 0 };
    found f;
    pile_add(
        &p, &(page){ .id = "a",
                     .title = "Three dead in house fire in Orrin Bay",
                     .day = "2021-05-06",
                     .text = "Three people died when a fire went through a house on Mill Lane in Orrin Bay on Thursday, the fire "
                             "service said. Chief Dana Roell said a heater had set a curtain alight. Neighbours pulled two "
                             "children out of a window. The dead are Ewan Hask, 71, his wife and a guest.\n" });
    pile_add(
        &p, &(page){ .id = "b",
                     .title = "Woman killed in house fire in Tessel",
                     .day = "2021-05-08",
                     .text = "A woman was killed when a fire broke out in a house on Castle Road in Tessel on Saturday, the fire "
                             "service said. Chief Marek Ulm said a candle was the cause. Neighbours tried to get in through the "
                             "garden. The woman was Sofie Brannagh, 34, a teacher.\n" });
    pile_add(&p,
             &(page){ .id = "c",
                      .title = "Orrin Bay mourns three killed in Mill Lane fire",
                      .day = "2021-05-07",
                      .text =
                          "Flowers lie in front of the house on Mill Lane in Orrin Bay in which Ewan Hask, his wife and a guest "
                          "died in a fire. Fire chief Dana Roell said on Friday that a heater had set a curtain alight. Two "
                          "children were pulled out of a window by neighbours.\n" });
    find(&f, &p);
    assert_int_equal(f.s.n, 2);
    assert_int_equal(f.s.of[0], f.s.of[2]);
    assert_int_not_equal(f.s.of[0], f.s.of[1]);
    done(&f, &p);
}

/* What a site prints below each of its pages pulls nothing together; what many sites print of one wire does. */
static void furniture_joins_nothing_and_a_wire_does(void **state)
{
    (void)state;
    static const char *const matter[] = {
        "A goat that had sat on the roof of the Lund bakery since Monday came down by itself.\n",
        "The choir of Saint Aldo sang for nine hours to pay for a new organ bellows.\n",
        "Skaters found the Hollin pond open on Tuesday, and the ice was thick as a brick.\n",
        "Two brothers from Pell have built a bicycle out of willow that carries them both.\n",
        "The last tram to Vess was full of pumpkins, since the market closed early.\n",
        "A lock keeper at Irm has written down the weather of each day for fifty years.\n",
        "Beekeepers of the Ostra valley counted more hives than people this spring.\n",
        "The town clock of Mardle runs backwards after a repair, and nobody minds.\n",
    };
    static const char below[] = "You have read all of your free pages this month; subscribe to go on reading our reports.\n"
                                "Sign up to get email notifications whenever this writer publishes another story.\n"
                                "Our newsroom follows the ethics code of the press council and corrects its mistakes in print.\n";
    pile p = { 0 };
    found f;
    char id[8][8], url[8][48], title[8][64], text[8][1024], day[8][16];
    for (unsigned i = 0; i < 8; i++) {
        snprintf(id[i], sizeof id[i], "s%u", i);
        snprintf(url[i], sizeof url[i], "https://daily.example/%u", i);
        snprintf(title[i], sizeof title[i], "%.40s", matter[i]);
        snprintf(day[i], sizeof day[i], "2021-05-%02u", 6 + i);
        snprintf(text[i], sizeof text[i], "%s%s", matter[i], below);
        pile_add(&p, &(page){ .id = id[i], .url = url[i], .title = title[i], .day = day[i], .text = text[i] });
    }
    for (unsigned i = 0; i < 8; i++) {
        static char wire[8][8], at[8][48];
        snprintf(wire[i], sizeof wire[i], "w%u", i);
        snprintf(at[i], sizeof at[i], "https://paper%u.example/crane", i);
        pile_add(
            &p,
            &(page){
                .id = wire[i], .url = at[i], .title = "Crane falls across Velm harbour", .day = "2021-05-20", .text = CRANE });
    }
    find(&f, &p);
    for (unsigned i = 0; i < 8; i++) {
        for (unsigned j = 0; j < i; j++) assert_int_not_equal(f.s.of[i], f.s.of[j]);
        assert_int_equal(f.s.of[8 + i], f.s.of[8]);
    }
    assert_int_equal(f.s.story[f.s.of[8]].lines, 1);
    done(&f, &p);
}

/* A story goes on with an earlier one: not with one without a day, one that began later, one that has gone or itself. */
static void a_story_continues_an_earlier_one(void **state)
{
    (void)state;
    static const char *const day[] = { NULL, "2021-05-01", "2021-06-01", "2021-04-01", "2021-07-01", "2021-07-02" };
    const uint32_t story[] = { 0, 1, 2, 3, 4, 5 }, continues[] = { DL_NONE, 0, 1, 1, 6, 5, DL_NONE },
                   want[] = { DL_NONE, DL_NONE, 1, DL_NONE, DL_NONE, DL_NONE };
    const float centre[6] = { 0 };
    int32_t told[6];
    pile p = { 0 };
    dl_stories s;
    dl_arena keep;
    dl_arena_init(&keep, 1 << 20);
    for (unsigned i = 0; i < 6; i++) {
        told[i] = INT32_MIN;
        pile_add(&p, &(page){ .id = "x", .title = "A", .day = day[i], .text = CRANE });
    }
    const dl_clustered c = { story, centre, told, continues, 7 };
    assert_true(dl_stories_tell(&s, &p.pages, NULL, &c, &keep));
    assert_int_equal(s.n, 6);
    for (unsigned i = 0; i < 6; i++) assert_int_equal(s.story[i].continues, want[i]);
    dl_arena_free(&keep);
    pile_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_event_in_two_wordings_is_one_story),
        cmocka_unit_test(a_page_without_a_day_and_one_of_a_wrong_year_join),
        cmocka_unit_test(two_fires_are_two_stories),
        cmocka_unit_test(furniture_joins_nothing_and_a_wire_does),
        cmocka_unit_test(a_story_continues_an_earlier_one),
        cmocka_unit_test(an_empty_pile_and_empty_pages_are_no_trouble),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
