/* test_naming.c: which page a person means. */
#include "api/naming.h"
#include "test.h"

static uint32_t named(const char *want, const char *const *id, uint32_t n)
{
    dl_naming x = dl_naming_of(want);
    for (uint32_t i = 0; i < n; i++) dl_naming_see(&x, dl_str_of(id[i]), i);
    return dl_naming_page(&x);
}

static void the_whole_then_an_end_then_a_part(void **state)
{
    (void)state;
    static const char *const id[] = { "pages/001-bbc.html", "pages/002-cnn.html", "pages/2", "pages/12", "feed.jsonl#12" };
    static const struct {
        const char *want;
        uint32_t page;
    } want[] = { { "pages/2", 2 },  { "001", 0 },  { "cnn.html", 1 }, { "bbc", 0 },    { "html", DL_NONE },
                 { "pages/12", 3 }, { "#12", 4 },  { "12", DL_NONE }, { "", DL_NONE }, { "013", DL_NONE },
                 { "002", 1 },      { "feed", 4 }, { "2", DL_NONE } };
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) assert_int_equal(named(want[i].want, id, 5), want[i].page);
    assert_int_equal(named(NULL, id, 5), DL_NONE);
}

static void of_one_id_given_twice_the_first(void **state)
{
    (void)state;
    static const char *const id[] = { "xa", "a", "a", "b" };
    assert_int_equal(named("a", id, 4), 1);
}

static void what_is_wrong_is_said(void **state)
{
    (void)state;
    dl_error err;
    dl_naming none = dl_naming_of("z"), two = dl_naming_of("a");
    dl_naming_see(&two, DL_STR("ba"), 0);
    dl_naming_see(&two, DL_STR("ca"), 1);
    dl_naming_see(&two, DL_STR("dad"), 2);
    assert_int_equal(dl_naming_fail(&none, "page", &err), DL_EUSAGE);
    assert_string_equal(err.message, "z: no page has such an id");
    assert_int_equal(dl_naming_fail(&two, "page", &err), DL_EUSAGE);
    assert_string_equal(err.message, "a: 2 pages have such an id");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_whole_then_an_end_then_a_part),
        cmocka_unit_test(of_one_id_given_twice_the_first),
        cmocka_unit_test(what_is_wrong_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
