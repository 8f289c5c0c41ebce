/* test_actors.c: one actor for the names that several pages have for it. */
#include "actors/actors.h"
#include "doc/build.h"
#include "test.h"

static dl_models *models;
static dl_build page[3];
static dl_arena keep;

static int open_all(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) dl_build_init(&page[i]);
    dl_arena_init(&keep, 1 << 24);
    return dl_models_open(&models, NULL, NULL) == DL_OK ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) dl_build_free(&page[i]);
    dl_arena_free(&keep);
    dl_models_close(models);
    return 0;
}

static const dl_doc *get(void *ctx, uint32_t i)
{
    (void)ctx;
    return &page[i].d;
}

/* A page's entity with one mention by name. */
static uint32_t ent(dl_build *b, const char *name, dl_actor_kind kind, const char *country)
{
    dl_ref ref = dl_put(b, dl_str_of(name));
    uint32_t e = dl_row(b, DL_T_ENTS), r = dl_row(b, DL_T_MENTS);
    b->d.ents.name[e] = ref;
    b->d.ents.kind[e] = (uint8_t)kind;
    b->d.ents.country[e] = country ? dl_country(country) : 0;
    b->d.ents.mentions[e] = 1;
    b->d.ments.ent[r] = e;
    b->d.ments.kind[r] = DL_BY_NAME;
    return e;
}

static void clear(void)
{
    for (int i = 0; i < 3; i++) dl_build_reset(&page[i]);
    dl_arena_reset(&keep);
}

static dl_actors merge(void)
{
    dl_actors a;
    dl_pages pages = { 3, get, NULL };
    assert_int_equal(dl_actors_merge(&a, &pages, models, &keep, NULL), DL_OK);
    return a;
}

static void is_named(const dl_actors *a, uint32_t actor, const char *name)
{
    assert_true(dl_str_eq(a->name[actor], dl_str_of(name)));
}

static void spellings_and_surnames_are_one(void **state)
{
    (void)state;
    clear();
    uint32_t sergei = ent(&page[0], "Sergei Orlov", DL_PERSON, "RUS"), wei = ent(&page[0], "Zhang Wei", DL_PERSON, "CHN");
    uint32_t sergey = ent(&page[1], "Sergey Orlov", DL_PERSON, "RUS"), zhang = ent(&page[1], "Zhang", DL_PERSON, "CHN");
    uint32_t orlov = ent(&page[2], "Orlov", DL_PERSON, "RUS"), ivan = ent(&page[2], "Ivan Petrov", DL_PERSON, NULL);
    dl_actors a = merge();
    assert_int_equal(dl_actor_of(&a, 0, sergei), dl_actor_of(&a, 1, sergey));
    assert_int_equal(dl_actor_of(&a, 0, sergei), dl_actor_of(&a, 2, orlov));
    assert_int_equal(dl_actor_of(&a, 0, wei), dl_actor_of(&a, 1, zhang));
    assert_int_equal(a.n, 3);
    is_named(&a, dl_actor_of(&a, 0, wei), "Zhang Wei");
    is_named(&a, dl_actor_of(&a, 2, ivan), "Ivan Petrov");
    assert_int_equal(a.mentions[dl_actor_of(&a, 0, sergei)], 3);
}

static void two_of_one_surname_stay_two(void **state)
{
    (void)state;
    clear();
    uint32_t bill = ent(&page[0], "Peter Carter", DL_PERSON, "USA"), hill = ent(&page[1], "Laura Carter", DL_PERSON, "USA");
    uint32_t one = ent(&page[2], "Carter", DL_PERSON, "USA");
    dl_actors a = merge();
    assert_int_not_equal(dl_actor_of(&a, 0, bill), dl_actor_of(&a, 1, hill));
    /* Either could be meant: neither is taken. */
    assert_int_not_equal(dl_actor_of(&a, 2, one), dl_actor_of(&a, 0, bill));
    assert_int_not_equal(dl_actor_of(&a, 2, one), dl_actor_of(&a, 1, hill));
}

static void governments_and_places_are_kept_apart(void **state)
{
    (void)state;
    clear();
    uint32_t beijing = ent(&page[0], "Beijing", DL_GOVERNMENT, "CHN"), city = ent(&page[0], "Beijing", DL_PLACE, "CHN");
    uint32_t china = ent(&page[1], "China", DL_GOVERNMENT, "CHN"), land = ent(&page[1], "China", DL_PLACE, "CHN");
    dl_actors a = merge();
    assert_int_equal(dl_actor_of(&a, 0, beijing), dl_actor_of(&a, 1, china));
    is_named(&a, dl_actor_of(&a, 1, china), "China (government)");
    assert_int_equal(a.n, 3);
    is_named(&a, dl_actor_of(&a, 0, city), "Beijing");
    is_named(&a, dl_actor_of(&a, 1, land), "China");
    assert_int_equal(dl_actor_of(&a, 1, DL_NONE), DL_NONE);
}

static void bodies_have_their_usual_name(void **state)
{
    (void)state;
    clear();
    uint32_t eu = ent(&page[0], "EU", DL_ORGANISATION, NULL), full = ent(&page[1], "European Union", DL_ORGANISATION, NULL);
    uint32_t a1 = ent(&page[1], "Russian Foreign Ministry", DL_ORGANISATION, "RUS");
    uint32_t a2 = ent(&page[2], "Russia’s foreign ministry", DL_ORGANISATION, "RUS");
    dl_actors a = merge();
    assert_int_equal(dl_actor_of(&a, 0, eu), dl_actor_of(&a, 1, full));
    is_named(&a, dl_actor_of(&a, 0, eu), "European Union");
    assert_int_equal(dl_actor_of(&a, 1, a1), dl_actor_of(&a, 2, a2));
}

/* "the Turkish president" without a name is the one whom another page calls so. */
static void offices_find_their_holder(void **state)
{
    (void)state;
    clear();
    uint32_t named = ent(&page[0], "Ali Demir", DL_PERSON, "TUR"), plain = ent(&page[1], "Turkish president", DL_PERSON, "TUR");
    uint32_t old = ent(&page[2], "former Turkish president", DL_PERSON, "TUR");
    page[1].d.ments.kind[0] = page[2].d.ments.kind[0] = DL_BY_TITLE;
    dl_ref title = dl_put(&page[0], DL_STR("Turkish President"));
    uint32_t r = dl_row(&page[0], DL_T_ROLES);
    page[0].d.roles.ent[r] = named;
    page[0].d.roles.title[r] = title;
    page[0].d.roles.country[r] = dl_country("TUR");
    dl_actors a = merge();
    assert_int_equal(dl_actor_of(&a, 0, named), dl_actor_of(&a, 1, plain));
    assert_int_not_equal(dl_actor_of(&a, 0, named), dl_actor_of(&a, 2, old));
    is_named(&a, dl_actor_of(&a, 0, named), "Ali Demir");
}

static void no_pages_no_actors(void **state)
{
    (void)state;
    clear();
    assert_int_equal(merge().n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(spellings_and_surnames_are_one),
                                        cmocka_unit_test(two_of_one_surname_stay_two),
                                        cmocka_unit_test(governments_and_places_are_kept_apart),
                                        cmocka_unit_test(bodies_have_their_usual_name),
                                        cmocka_unit_test(offices_find_their_holder),
                                        cmocka_unit_test(no_pages_no_actors) };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
