/* test_times.c: time expressions: what is found, its value and its interval. Expected values are
 * worked out from a calendar. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "times/times.h"

typedef struct bench {
    dl_models *models;
    dl_build b;
} bench;

static int open_bench(void **state)
{
    static bench t;
    dl_error err;
    assert_int_equal(dl_models_open(&t.models, NULL, &err), DL_OK);
    dl_build_init(&t.b);
    *state = &t;
    return 0;
}

static int close_bench(void **state)
{
    bench *t = *state;
    dl_build_free(&t->b);
    dl_models_close(t->models);
    return 0;
}

static const dl_times *find(bench *t, const char *day, const char *text)
{
    dl_build *b = &t->b;
    bool clock = false;
    dl_build_reset(b);
    dl_put_text(b, dl_str_of(text));
    b->meta.body_len = b->d.text_len;
    b->meta.published = DL_NEVER;
    if (day) assert_true(dl_date_read(dl_str_of(day), &b->meta.published, &clock));
    b->meta.has_time = clock;
    const uint32_t s = dl_row(b, DL_T_SENTS);
    b->d.sents.span[s] = (dl_span){ 0, b->d.text_len };
    assert_int_equal(dl_times_find(b, t->models), DL_OK);
    return &b->d.times;
}

/* `want` is the values in order, joined by blanks. */
static void check(bench *t, const char *day, const char *text, const char *want)
{
    char got[512] = "";
    const dl_times *x = find(t, day, text);
    for (uint32_t i = 0; i < x->n; i++) {
        const dl_str v = dl_doc_str(&t->b.d, x->value[i]);
        strncat(got, i ? " " : "", sizeof got - strlen(got) - 1);
        strncat(got, v.p, v.len);
    }
    if (strcmp(got, want) != 0) print_message("%s\n", text);
    assert_string_equal(got, want);
}

static void weekdays(void **state)
{
    bench *t = *state;
    const char *wed = "2023-02-22"; /* a Wednesday */
    check(t, wed, "The envoy arrived on Tuesday.", "2023-02-21");
    check(t, wed, "The envoy met him on Wednesday.", "2023-02-22");
    check(t, wed, "They spoke on Thursday.", "2023-02-16");
    check(t, wed, "The court will rule on Friday.", "2023-02-24");
    check(t, wed, "He said Monday that the talks will go on.", "2023-02-20");
    check(t, wed, "Schools stay shut until Friday.", "2023-02-24");
    check(t, wed, "The announcement on Tuesday that Norrland will leave", "2023-02-21");
    check(t, wed, "He has until 9 a.m. Friday.", "2023-02-24T09:00");
    check(t, wed, "The chief will be named on Monday.", "2023-02-27");
    check(t, wed, "It opens next Tuesday.", "2023-02-28");
    check(t, wed, "They met last Wednesday.", "2023-02-15");
    check(t, wed, "On Wednesday (22 February) they met.", "2023-02-22");
    check(t, wed, "It was shut on Friday, Feb. 17, after a leak.", "2023-02-17");
    check(t, wed, "The paper appears every Thursday and on Mondays.", "XXXX-WXX-4 XXXX-WXX-1");
    check(t, NULL, "They met on Tuesday.", "XXXX-WXX-2");
}

static void dates(void **state)
{
    bench *t = *state;
    const char *day = "2023-02-22";
    check(t, day, "the 24 February 2022 invasion", "2022-02-24");
    check(t, day, "It ended on Sept. 30.", "2022-09-30");
    check(t, day, "on March 3, 2021, and in May 2020", "2021-03-03 2020-05");
    check(t, day, "the 3rd of July 1999", "1999-07-03");
    check(t, day, "It was agreed in 2010 and again in the 1990s.", "2010 199");
    check(t, day, "in late November and early January", "2022-11 2023-01");
    check(t, day, "He may march to the second fall.", "");
    check(t, day, "from Feb. 17-19 in Munich", "2023-02-17 2023-02-19");
    check(t, day, "on 2023-02-19 and 20.02.2023", "2023-02-19 2023-02-20");
    check(t, day, "in the '80s and the late 1970s", "198 197");
    check(t, day, "each July and the last half of 2021", "XXXX-07 2021-H2");
    check(t, day, "It rose to 300,000 last year.", "2022");
    check(t, day, "the summer of 1969", "1969-SU");
    check(t, day, "a decision last autumn", "2022-FA");
    check(t, day, "in the 20th century", "19");
    check(t, day, "the third quarter of 2022", "2022-Q3");
    check(t, day, "before Christmas Eve", "2022-12-24");
    check(t, "2023-03-20", "on Easter Sunday 2024", "2024-03-31");
    check(t, day, "It cost $1999 and 2000 dollars.", "");
}

static void relative(void **state)
{
    bench *t = *state;
    const char *day = "2023-02-22";
    check(t, day, "today, yesterday and tomorrow", "2023-02-22 2023-02-21 2023-02-23");
    check(t, day, "It met this morning and last night.", "2023-02-22TMO 2023-02-21TNI");
    check(t, day, "appointed last month, seen this week", "2023-01 2023-W08");
    check(t, day, "the invasion nearly a year ago", "2022");
    check(t, day, "two weeks ago", "2023-W06");
    check(t, day, "three days ago", "2023-02-19");
    check(t, day, "later this year", "2023");
    check(t, day, "an end-of-year call", "2022-12");
    check(t, day, "999999 years ago", "PAST_REF"); /* before the calendar begins */
    check(t, day, "earlier Tuesday night", "2023-02-21TNI");
    check(t, day, "now, recently and in the future", "PRESENT_REF PAST_REF FUTURE_REF");
    check(t, NULL, "They met last month, a year ago, today.", "PAST_REF");
}

static void lengths(void **state)
{
    bench *t = *state;
    const char *day = "2023-02-22";
    check(t, day, "an eight-day tour", "P8D");
    check(t, day, "for two and a half years", "P2Y6M");
    check(t, day, "over the past 24 hours", "PT24H");
    check(t, day, "in the coming months", "PXM");
    check(t, day, "the last three years", "P3Y");
    check(t, day, "$33 million a year", "P1Y");
    check(t, day, "a daily flight", "P1D");
    check(t, day, "a man who is 62-years-old", "");
}

static void clocks(void **state)
{
    bench *t = *state;
    check(t, "2023-02-22", "at 5 p.m. on Tuesday", "2023-02-21T17:00");
    check(t, "2023-02-22", "at 11:53 am", "2023-02-22T11:53");
    check(t, "2023-02-22", "It began at 3 am.", "2023-02-22T03:00");
    check(t, "2023-02-22", "at 0735 GMT", "2023-02-22T07:35");
    check(t, "2023-02-22", "at noon Monday", "2023-02-20T12:00");
}

static void intervals(void **state)
{
    bench *t = *state;
    const dl_times *x = find(t, "2023-02-22", "last month, over the past 24 hours, on Tuesday");
    assert_int_equal(x->n, 3);
    assert_int_equal(x->from[0], dl_seconds(dl_days(2023, 1, 1)));
    assert_int_equal(x->to[0], dl_seconds(dl_days(2023, 2, 1)));
    assert_int_equal(x->grain[0], DL_GRAIN_MONTH);
    assert_int_equal(x->type[1], DL_DURATION);
    assert_int_equal(x->to[1] - x->from[1], 24 * 3600);
    assert_int_equal(x->from[2], dl_seconds(dl_days(2023, 2, 21)));
    assert_int_equal(x->to[2] - x->from[2], DL_DAY_SECONDS);
    assert_int_equal(x->basis[2], DL_DEICTIC);
}

static void spans(void **state)
{
    bench *t = *state;
    const dl_times *x = find(t, "2023-02-22", "He said on Wednesday (22 February) that it ended.");
    assert_int_equal(x->n, 1);
    assert_int_equal(x->span[0].beg, 11);
    assert_int_equal(x->span[0].end, 34);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(weekdays), cmocka_unit_test(dates),  cmocka_unit_test(relative),
                                        cmocka_unit_test(lengths),  cmocka_unit_test(clocks), cmocka_unit_test(intervals),
                                        cmocka_unit_test(spans) };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
