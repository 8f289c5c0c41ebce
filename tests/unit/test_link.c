/* test_link.c: features of a pair that do not come from its words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "stories/link.h"

enum { RATE = 39, DAYS = 40 }; /* places of features */

static dl_vector page(int32_t day) { return (dl_vector){ .day = day, .words = 100, .told = { .day = day } }; }

static void features(double *out, const dl_vector *a, const dl_vector *b, double rate)
{
    const dl_likeness none = { .bag = { 0 } };
    dl_link_features(out, a, b, &none, rate);
}

static void check_days(const dl_vector *a, const dl_vector *b, const double want[8])
{
    double f[DL_LINK_FEATURES], turned[DL_LINK_FEATURES];
    features(f, a, b, 0);
    features(turned, b, a, 0);
    for (int i = 0; i < 8; i++) {
        assert_float_equal(f[DAYS + i], want[i], 1e-12);
        assert_float_equal(turned[DAYS + i], want[i], 1e-12);
    }
}

static void days_that_both_name(void **state)
{
    (void)state;
    dl_vector a = page(17000), b = page(17010);
    check_days(&a, &b, (double[]){ 0, 0, .3, 0, 0, 0, 0, .3 });
    a.told.days[0] = 16990;
    b.told.days[0] = 16992;
    check_days(&a, &b, (double[]){ 1, 0, 0, 0, 1, 0, 0, .3 });
    b.told.days[1] = 16991; /* a day apart is no contradiction */
    check_days(&a, &b, (double[]){ 1, 0, 0, 0, 0, 0, 0, .3 });
    b.told.days[2] = 16990;
    check_days(&a, &b, (double[]){ 1, 1, 1, 0, 0, 0, 0, .3 });
    b.told.days[3] = 16999; /* the later one looks back to the eve of the earlier one */
    check_days(&a, &b, (double[]){ 1, 1, 1, 1, 0, 0, 0, .3 });
    a.told.dates[0] = b.told.dates[1] = 33;
    b.told.dates[0] = 34;
    a.told.dates[1] = 35;
    check_days(&a, &b, (double[]){ 1, 1, 1, 1, 0, 1, 1, .5 });
}

static void the_rate_is_told(void **state)
{
    (void)state;
    const dl_vector a = page(17000), b = page(17001);
    double f[DL_LINK_FEATURES];
    features(f, &a, &b, 99);
    assert_float_equal(f[RATE], log(100), 1e-12);
    features(f, &a, &b, 0);
    assert_float_equal(f[RATE], 0, 1e-12);
}

static void years_are_forgotten_and_nothing_else(void **state)
{
    (void)state;
    dl_vector a = page(17000), b = page(17003);
    double f[DL_LINK_FEATURES], want[DL_LINK_FEATURES];
    a.told.weekdays = b.told.weekdays = 3;
    a.told.days[0] = b.told.days[0] = 16999;
    features(want, &a, &b, 7);
    a.told.months = b.told.months = 6;
    a.told.years = b.told.years = 12;
    features(f, &a, &b, 7);
    assert_memory_not_equal(f, want, sizeof f);
    dl_link_forget_years(f);
    assert_memory_equal(f, want, sizeof f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_that_both_name),
        cmocka_unit_test(the_rate_is_told),
        cmocka_unit_test(years_are_forgotten_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
