/* test_stories.c: pages of one event join whatever their words; others do not. */
#include <string.h>

#include "base/limits.h"
#include "pile.h"
#include "stories/stories.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_event_in_two_wordings_is_one_story),
        cmocka_unit_test(a_page_without_a_day_and_one_of_a_wrong_year_join),
        cmocka_unit_test(an_empty_pile_and_empty_pages_are_no_trouble),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
