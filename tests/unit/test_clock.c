/* test_clock.c: the clock of a stream beside a plain count, and with pages from the future. */
#include "stories/clock.h"

#include "roll.h"
#include "test.h"

enum { PAGES = 4000 };

/* The latest day that `least` of the last pages have reached, by trying each of them. */
static int32_t plain(const int32_t *day, uint32_t n)
{
    const uint32_t beg = n > DL_CLOCK_PAGES ? n - DL_CLOCK_PAGES : 0, eighth = (n - beg) / 8;
    const uint32_t least = eighth > DL_CLOCK_LEAST ? eighth : DL_CLOCK_LEAST;
    int32_t now = DL_CLOCK_UNSET;
    for (uint32_t i = beg; i < n; i++) {
        uint32_t reached = 0;
        for (uint32_t k = beg; k < n; k++) reached += day[k] >= day[i];
        if (reached >= least && day[i] > now) now = day[i];
    }
    return now;
}

static void it_agrees_with_a_plain_count(void **state)
{
    static int32_t day[PAGES];
    uint64_t seed = 21;
    dl_clock c;
    (void)state;
    dl_clock_init(&c);
    for (uint32_t n = 1; n <= PAGES; n++) {
        const uint32_t kind = roll(&seed) % 20; /* late, from the future, in order */
        const int32_t on_time = (int32_t)(n / (1 + n / 100));
        day[n - 1] = kind == 0 ? on_time - 40 : kind == 1 ? INT32_MAX : kind == 2 ? INT32_MIN + 1 : on_time;
        dl_clock_see(&c, day[n - 1]);
        assert_int_equal(c.now, plain(day, n));
    }
}

static void pages_from_the_future_do_not_move_it(void **state)
{
    dl_clock c;
    (void)state;
    dl_clock_init(&c);
    for (int i = 0; i < 7; i++) dl_clock_see(&c, 100);
    assert_int_equal(c.now, DL_CLOCK_UNSET);
    for (int i = 0; i < 300; i++) dl_clock_see(&c, 100 + i / 100);
    assert_int_equal(c.dawn, 100);
    assert_int_equal(c.now, 102);
    for (int i = 0; i < 31; i++) dl_clock_see(&c, 40000);
    assert_int_equal(c.now, 102);
    dl_clock_see(&c, 40000);
    assert_int_equal(c.now, 40000); /* so many are believed, for a while */
    for (int i = 0; i < 300; i++) dl_clock_see(&c, 103);
    assert_int_equal(c.now, 103);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(it_agrees_with_a_plain_count),
                                        cmocka_unit_test(pages_from_the_future_do_not_move_it) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
