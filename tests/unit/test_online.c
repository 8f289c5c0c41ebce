/* test_online.c: pages of one topic become one story and stay countable: each page of the window is of one story after
 * every step; a stream that was put down and taken up goes on as if nothing had been. */
#include "base/date.h"
#include "made_sheets.h"
#include "model/pack.h"
#include "stories/online.h"
#include "test.h"

static dl_models *models;

static void open_stream(dl_online *s, const dl_online_set *set)
{
    dl_error err;
    assert_int_equal(dl_online_open(s, models, set, &err), DL_OK);
}

static void add(dl_online *s, uint64_t *seed, uint32_t topic, int64_t at)
{
    dl_buf b;
    dl_error err;
    dl_buf_init(&b, 1 << 20);
    const dl_sheet *sheet = made_sheet(&b, seed, topic, at, dl_online_pages(s));
    assert_non_null(sheet);
    assert_int_equal(dl_online_add(s, sheet, &err), DL_OK);
    dl_buf_free(&b);
}

static int64_t day(int32_t n) { return dl_seconds(dl_days(2031, 5, 1) + n); }

/* Every page of the window is in one story, and in its list; free rows and used ones are all rows. */
static void count_all(const dl_online *s)
{
    uint64_t members = 0;
    uint32_t used = 0, unused = 0;
    for (uint32_t r = 0; r < s->stories; r++) {
        uint32_t n = 0;
        for (uint32_t p = s->story[r].n ? s->story[r].first : DL_NONE; p != DL_NONE; p = dl_online_ties_of(s, p)->next, n++) {
            assert_true(dl_online_has(s, p));
            assert_int_equal(dl_online_at(s, p)->story, r);
        }
        assert_int_equal(n, s->story[r].n);
        members += n;
        used += n > 0;
    }
    for (uint32_t r = s->free; r != DL_NONE; r = s->story[r].first) unused++;
    assert_int_equal(members, s->page.hi - s->page.lo);
    assert_int_equal(used + unused, s->stories);
}

static void each_page_is_of_one_story(void **state)
{
    (void)state;
    const dl_online_set set = { .days = 6, .log = true };
    dl_online s;
    uint64_t seed = 7, with = 5;
    open_stream(&s, &set);
    for (int i = 0; i < 600; i++) {
        add(&s, &seed, roll(&with) % 9 + (uint32_t)i / 150 * 9, i % 11 ? day(i / 20) : DL_NEVER);
        if (i % 7 == 0) count_all(&s);
    }
    count_all(&s);
    assert_true(s.page.lo > 200); /* the window went on */
    /* The log opens or joins each page once, in order. */
    uint32_t came = 0;
    for (uint64_t i = 0; i < s.change.hi; i++) {
        const dl_change *c = dl_tape_at(&s.change, i);
        if (c->kind != DL_CHANGE_OPENS && c->kind != DL_CHANGE_JOINS) continue;
        assert_int_equal(c->page, came);
        came++;
    }
    assert_int_equal(came, 600);
    dl_online_close(&s);
}

static void put_down_and_taken_up_it_goes_on_the_same(void **state)
{
    (void)state;
    const dl_online_set set = { .days = 6 };
    dl_online s, t;
    dl_buf a, b;
    dl_error err;
    uint64_t seed = 3, with = 9;
    dl_buf_init(&a, SIZE_MAX / 2);
    dl_buf_init(&b, SIZE_MAX / 2);
    open_stream(&s, &set);
    open_stream(&t, &set);
    for (int i = 0; i < 300; i++) {
        const uint64_t same = seed;
        const uint32_t topic = roll(&with) % 7;
        add(&s, &seed, topic, day(i / 12));
        seed = same;
        add(&t, &seed, topic, day(i / 12));
        if (i % 40 != 39) continue;
        dl_buf_reset(&a);
        assert_true(dl_online_put(&t, &a));
        dl_online_close(&t);
        open_stream(&t, &set);
        assert_int_equal(dl_online_take(&t, dl_buf_str(&a), &err), DL_OK);
    }
    dl_buf_reset(&a);
    assert_true(dl_online_put(&s, &a) && dl_online_put(&t, &b));
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.p, b.p, a.len);
    /* Cut anywhere, or with another byte, it is refused. */
    for (size_t cut = 0; cut < a.len; cut += a.len / 37 + 1) {
        dl_online u;
        open_stream(&u, &set);
        assert_int_equal(dl_online_take(&u, (dl_str){ a.p, cut }, &err), DL_ESTORE);
        dl_online_close(&u);
    }
    dl_buf_free(&a);
    dl_buf_free(&b);
    dl_online_close(&s);
    dl_online_close(&t);
}

static void what_a_person_settled_holds(void **state)
{
    (void)state;
    const dl_story_rule rule[] = { { 0, 2, false }, { 1, 3, true } };
    const dl_online_set set = { .rule = rule, .n_rules = 2 };
    dl_online s;
    uint64_t seed = 1;
    open_stream(&s, &set);
    add(&s, &seed, 1, day(0)); /* 0 and 2: one topic, two stories */
    add(&s, &seed, 2, day(0));
    add(&s, &seed, 1, day(0));
    add(&s, &seed, 3, day(1)); /* another topic than 1, one story */
    for (int i = 0; i < 12; i++) add(&s, &seed, 1, day(1));
    count_all(&s);
    assert_int_not_equal(dl_online_at(&s, 0)->story, dl_online_at(&s, 2)->story);
    assert_int_equal(dl_online_at(&s, 1)->story, dl_online_at(&s, 3)->story);
    dl_online_close(&s);
}

/* Twenty pages that say they are of a far day: what came before stays, and what comes after leaves in its time. */
static void pages_from_the_future_do_not_end_the_past(void **state)
{
    (void)state;
    const dl_online_set set = { .days = 6 };
    dl_online s;
    uint64_t seed = 31;
    open_stream(&s, &set);
    for (int i = 0; i < 400; i++) add(&s, &seed, (uint32_t)i / 100, day(i / 100));
    const uint64_t before = s.page.lo;
    for (int i = 0; i < 20; i++) add(&s, &seed, 40, day(25000));
    assert_int_equal(s.page.lo, before);
    add(&s, &seed, 3, day(4));
    assert_true(dl_online_has(&s, 399));
    assert_int_equal(dl_online_at(&s, 420)->story, dl_online_at(&s, 399)->story);
    for (int i = 0; i < 700; i++) add(&s, &seed, (uint32_t)i / 50 + 50, day(5 + i / 50));
    assert_false(dl_online_has(&s, 419));
    count_all(&s);
    dl_online_close(&s);
}

static void a_long_story_ends_and_is_continued(void **state)
{
    enum { OTHERS = 4 }; /* pages of other topics for each of it: a word that all have would tell nothing */
    (void)state;
    dl_online s;
    uint64_t seed = 11;
    open_stream(&s, NULL);
    for (uint32_t i = 0; i < 76; i++) {
        add(&s, &seed, 4, day((int32_t)i / 2));
        for (uint32_t k = 0; k < OTHERS; k++) add(&s, &seed, 5 + OTHERS * i + k, day((int32_t)i / 2));
    }
    count_all(&s);
    const dl_online_story *first = dl_online_of(&s, 0), *last = dl_online_of(&s, 75 * (OTHERS + 1));
    assert_int_not_equal(first->number, last->number);
    assert_int_equal(last->continues, first->number);
    assert_true(first->n >= 60 && first->to - first->from <= 32);
    dl_online_close(&s);
}

static int open_all(void **state)
{
    dl_error err;
    (void)state;
    return dl_models_open(&models, NULL, &err);
}

static int close_all(void **state)
{
    (void)state;
    dl_models_close(models);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_page_is_of_one_story),          cmocka_unit_test(put_down_and_taken_up_it_goes_on_the_same),
        cmocka_unit_test(what_a_person_settled_holds),        cmocka_unit_test(pages_from_the_future_do_not_end_the_past),
        cmocka_unit_test(a_long_story_ends_and_is_continued),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
