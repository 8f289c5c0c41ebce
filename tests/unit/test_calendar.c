/* test_calendar.c: what a page says of days. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stories/calendar.h"

typedef struct room {
    dl_models *models;
    dl_calendar calendar;
    dl_arena arena;
} room;

static int open_room(void **state)
{
    static room r;
    dl_error err;
    if (dl_models_open(&r.models, NULL, &err)) return -1;
    dl_calendar_make(&r.calendar, r.models);
    dl_arena_init(&r.arena, (size_t)1 << 24);
    *state = &r;
    return 0;
}

static int close_room(void **state)
{
    room *r = *state;
    dl_arena_free(&r->arena);
    dl_models_close(r->models);
    return 0;
}

static dl_told read(room *r, const char *text, int64_t published)
{
    dl_words w;
    dl_arena_reset(&r->arena);
    dl_words_of(&w, dl_str_of(text), &r->arena);
    return dl_calendar_read(&r->calendar, &w, published);
}

static void a_page_without_a_date_has_the_day_over_its_text(void **state)
{
    static const struct {
        const char *text;
        int32_t year;
        int month, day; /* 0: none */
    } t[] = {
        { "Three killed in fire\nMay 5 , 2010\nA fire killed three.", 2010, 5, 5 },
        { "Posted on Thu, 10 Nov 2011 at 09:56 IST\nA ship came in.", 2011, 11, 10 },
        { "published : 2012-04-03 11:47:35\nA ship came in.", 2012, 4, 3 },
        { "Last updated 13:26 14/09/2013\nA ship came in.", 2013, 9, 14 },
        { "11/09/2013\nWhich of the two is the month?", 0, 0, 0 },
        { "February 30, 2010\nThere is no such day.", 0, 0, 0 },
        { "A ship came in on Tuesday with a crew of twelve who had left port on May 5, 2010 and had been at sea ever since then.",
          0, 0, 0 },
        { "", 0, 0, 0 },
    };
    for (size_t i = 0; i < DL_COUNT(t); i++) {
        const dl_told d = read(*state, t[i].text, DL_NEVER);
        assert_int_equal(d.day, t[i].month ? dl_days(t[i].year, t[i].month, t[i].day) : DL_DAY_UNKNOWN);
    }
}

static void a_date_that_is_known_holds(void **state)
{
    const dl_told d = read(*state, "May 5, 2010\nA ship came in.", dl_seconds(dl_days(2011, 1, 2)) + 3600);
    assert_int_equal(d.day, dl_days(2011, 1, 2));
    assert_int_equal(dl_told_year(&d), 2011);
    assert_int_equal(dl_told_latest(&d), 2010);
}

static void names_of_days_are_sets(void **state)
{
    const dl_told d = read(*state, "On Monday and on Sunday, in March 1990, in 2053; they may march in december 1989.", DL_NEVER);
    assert_int_equal(d.weekdays, 1 | 64);
    assert_int_equal(d.months, 4); /* with small letters they are other words */
    assert_true(d.years == (1 | UINT64_C(1) << 63));
    assert_int_equal(dl_told_latest(&d), 2053);
    assert_int_equal(dl_told_year(&d), 2053);
    const dl_told none = read(*state, "Nothing of the kind.", DL_NEVER);
    assert_int_equal(dl_told_year(&none), 0);
}

static void days_are_those_of_its_time(void **state)
{
    const int32_t day = dl_days(2023, 2, 22); /* a Wednesday */
    const dl_told d = read(*state,
                           "On Jan. 5 and on 28 February 2022, then on December 31 and Jan. 5, on Wednesday and on Tuesday 30 "
                           "February. In May 20 came.",
                           dl_seconds(day) + 60);
    const uint16_t days[] = { (uint16_t)dl_days(2023, 1, 5),
                              (uint16_t)dl_days(2022, 2, 28),
                              (uint16_t)dl_days(2022, 12, 31),
                              (uint16_t)dl_days(2022, 5, 20),
                              (uint16_t)(day - 1),
                              (uint16_t)day,
                              0 };
    const uint16_t dates[] = { 1 * 32 + 5, 2 * 32 + 28, 12 * 32 + 31, 5 * 32 + 20, 0 };
    assert_memory_equal(d.days, days, sizeof days);
    assert_memory_equal(d.dates, dates, sizeof dates);
}

static void without_a_day_of_its_own_a_page_needs_the_year(void **state)
{
    const dl_told d = read(*state,
                           "It is told that on March 3 and on March 4, 2011 they met, and that on Sunday they met again, for the "
                           "first time in years, in town.",
                           DL_NEVER);
    assert_int_equal(d.days[0], dl_days(2011, 3, 4));
    assert_int_equal(d.days[1], 0);
    assert_int_equal(d.dates[0], 3 * 32 + 3);
    assert_int_equal(d.dates[1], 3 * 32 + 4);
}

static void of_many_days_the_first_are_kept(void **state)
{
    const dl_told d =
        read(*state, "May 1 May 2 May 3 May 4 May 5 May 6 May 7 May 8 May 9 on Monday", dl_seconds(dl_days(2023, 6, 1)));
    assert_int_equal(d.dates[DL_TOLD_DATES - 1], 5 * 32 + 8);
    assert_int_equal(d.days[DL_TOLD_DATES], dl_days(2023, 5, 29));
    assert_int_equal(d.days[DL_TOLD_DATES + 1], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_without_a_date_has_the_day_over_its_text),
        cmocka_unit_test(a_date_that_is_known_holds),
        cmocka_unit_test(names_of_days_are_sets),
        cmocka_unit_test(days_are_those_of_its_time),
        cmocka_unit_test(without_a_day_of_its_own_a_page_needs_the_year),
        cmocka_unit_test(of_many_days_the_first_are_kept),
    };
    return cmocka_run_group_tests(tests, open_room, close_room);
}
