/* test_base.c: arena, strings, UTF-8, dates, sorting, maps, JSON, offsets. */
#include "test.h"
#include <time.h>

#include "base/date.h"
#include "base/folder.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/offsets.h"
#include "base/sort.h"
#include "base/utf8.h"

static void arena_refuses_above_its_ceiling(void **state)
{
    (void)state;
    dl_arena a;
    dl_arena_init(&a, 1 << 20);
    assert_non_null(dl_arena_get(&a, 1000, 8));
    assert_null(dl_arena_get(&a, 1 << 20, 2));
    assert_true(dl_arena_failed(&a));
    assert_null(dl_arena_get(&a, 1, 1)); /* failure is sticky */
    dl_arena_reset(&a);
    assert_non_null(dl_arena_get(&a, 1, 1));
    assert_null(dl_arena_get(&a, SIZE_MAX / 2, 4)); /* n * size overflows */
    dl_arena_free(&a);
}

static void arena_gives_back_to_a_mark(void **state)
{
    (void)state;
    dl_arena a;
    dl_arena_init(&a, 64 << 20);
    char *one = dl_arena_get(&a, 100, 1);
    dl_arena_mark m = dl_arena_here(&a);
    char *two = dl_arena_get(&a, 100, 1);
    for (int i = 0; i < 100; i++) assert_non_null(dl_arena_get(&a, 10000, 1));
    memset(one, 'x', 100);
    dl_arena_back(&a, m);
    assert_ptr_equal(dl_arena_get(&a, 100, 1), two);
    assert_int_equal(one[99], 'x');
    dl_arena_free(&a);
}

static void utf8_reads_what_is_and_marks_what_is_not(void **state)
{
    (void)state;
    dl_str s = DL_STR("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\xFFz");
    const uint32_t want[] = { 'a', 0xE9, 0x20AC, 0x1F600, 0xFFFD, 'z' };
    size_t at = 0;
    for (size_t i = 0; i < DL_COUNT(want); i++) assert_int_equal(dl_utf8_next(s, &at), want[i]);
    assert_int_equal(at, s.len);
    for (size_t i = DL_COUNT(want); i-- > 0;) assert_int_equal(dl_utf8_prev(s, &at), want[i]);
    assert_int_equal(dl_utf8_bad(s), 10);
    assert_int_equal(dl_utf8_bad(DL_STR("\xED\xA0\x80")), 0); /* a surrogate */
    assert_int_equal(dl_utf8_bad(DL_STR("\xC0\xAF")), 0);     /* overlong */
    dl_arena a;
    dl_arena_init(&a, 1 << 20);
    assert_true(dl_str_eq(dl_utf8_clean(&a, DL_STR("\xFFok\xC3")), DL_STR("\xEF\xBF\xBDok\xEF\xBF\xBD")));
    dl_arena_free(&a);
}

/* However a byte lies in the words that are read at a time, and however much stands behind it. */
static void utf8_finds_the_first_wide_and_the_first_bad_byte(void **state)
{
    (void)state;
    for (size_t len = 1; len < 100; len++)
        for (size_t at = 0; at < len; at++) {
            char s[100];
            memset(s, 'x', sizeof s);
            const dl_str all = { s, len };
            s[at] = '\xff';
            assert_int_equal(dl_utf8_wide(all, 0), at);
            assert_int_equal(dl_utf8_bad(all), at);
            assert_int_equal(dl_utf8_wide(all, at + 1), len);
            s[at] = '\xc3'; /* with its second byte, or cut */
            if (at + 1 < len) s[at + 1] = '\xa9';
            assert_int_equal(dl_utf8_bad(all), at + 1 < len ? len : at);
            if (at + 1 < len) s[at + 1] = 'x';
            assert_int_equal(dl_utf8_bad(all), at);
        }
}

static void utf8_writes_each_length(void **state)
{
    (void)state;
    const struct {
        uint32_t cp;
        const char *bytes;
    } cases[] = { { 'A', "A" },
                  { 0xE9, "\xC3\xA9" },
                  { 0x20AC, "\xE2\x82\xAC" },
                  { 0x1F600, "\xF0\x9F\x98\x80" },
                  { 0xD800, "\xEF\xBF\xBD" } };
    for (size_t i = 0; i < DL_COUNT(cases); i++) {
        char out[4];
        size_t n = dl_utf8_put(out, cases[i].cp);
        assert_int_equal(n, strlen(cases[i].bytes));
        assert_memory_equal(out, cases[i].bytes, n);
    }
}

static void folding_makes_words_comparable(void **state)
{
    (void)state;
    char out[64];
    size_t n = dl_fold(out, sizeof out,
                       DL_STR("\xC3\x89LYS\xC3\x89"
                              "E \xE2\x80\x99 \xE2\x80\x94 \xE2\x80\x9C"));
    assert_int_equal(n, strlen("elysee ' - \""));
    assert_memory_equal(out, "elysee ' - \"", n);
}

static void days_agree_with_the_c_library(void **state)
{
    (void)state;
    for (int32_t day = -25000; day < 60000; day += 13) {
        time_t t = (time_t)day * 86400;
        struct tm tm;
        assert_non_null(gmtime_r(&t, &tm));
        dl_civil c = dl_civil_of(day);
        assert_int_equal(c.year, tm.tm_year + 1900);
        assert_int_equal(c.month, tm.tm_mon + 1);
        assert_int_equal(c.day, tm.tm_mday);
        assert_int_equal(dl_weekday(day), (tm.tm_wday + 6) % 7);
        assert_int_equal(dl_days(c.year, c.month, c.day), day);
    }
}

static void weeks_follow_iso(void **state)
{
    (void)state;
    int32_t year;
    int week;
    dl_iso_week(dl_days(2021, 1, 3), &year, &week);
    assert_int_equal(year, 2020);
    assert_int_equal(week, 53);
    dl_iso_week(dl_days(2023, 2, 22), &year, &week);
    assert_int_equal(year, 2023);
    assert_int_equal(week, 8);
    assert_int_equal(dl_days(2023, 14, 1), dl_days(2024, 2, 1)); /* months overflow */
}

static void instants_are_read_and_written(void **state)
{
    (void)state;
    int64_t t;
    bool timed;
    char text[21];
    assert_true(dl_date_read(DL_STR("2023-02-22T11:53:00+02:00"), &t, &timed));
    assert_true(timed);
    dl_instant_text(text, t);
    assert_string_equal(text, "2023-02-22T09:53:00Z");
    assert_true(dl_date_read(DL_STR("2023-02-22"), &t, &timed));
    assert_false(timed);
    assert_false(dl_date_read(DL_STR("2023-02-29"), &t, &timed));
    assert_false(dl_date_read(DL_STR("2023-02-22x"), &t, &timed));
    dl_instant_text(text, DL_NEVER);
    assert_string_equal(text, "");
    assert_int_equal(dl_day_until(3 * DL_DAY_SECONDS), 3 * DL_DAY_SECONDS);
    assert_int_equal(dl_day_until(3 * DL_DAY_SECONDS + 1), 4 * DL_DAY_SECONDS);
    assert_int_equal(dl_day_until(DL_NEVER), DL_NEVER);
}

typedef struct pair {
    uint8_t key;
    uint32_t order;
} pair;

static int by_key(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    return (int)((const pair *)a)->key - (int)((const pair *)b)->key;
}

static void what_is_sorted_is_found(void **state)
{
    (void)state;
    const uint32_t v[] = { 2, 4, 4, 9 };
    assert_int_equal(dl_find_u32(v, 4, 0), 0);
    assert_int_equal(dl_find_u32(v, 4, 4), 1);
    assert_int_equal(dl_find_u32(v, 4, 5), 3);
    assert_int_equal(dl_find_u32(v, 4, UINT32_MAX), 4);
    assert_int_equal(dl_find_u32(NULL, 0, 1), 0);
}

static void sorting_is_stable(void **state)
{
    (void)state;
    enum { N = 5000 };
    static pair v[N];
    dl_arena a;
    dl_arena_init(&a, 1 << 20);
    for (uint32_t i = 0; i < N; i++) v[i] = (pair){ (uint8_t)(dl_hash_mix(i, 7) % 50), i };
    assert_true(dl_sort(v, N, sizeof *v, by_key, NULL, &a));
    for (uint32_t i = 1; i < N; i++)
        assert_true(v[i - 1].key < v[i].key || (v[i - 1].key == v[i].key && v[i - 1].order < v[i].order));
    dl_arena_free(&a);
}

static void maps_hold_what_was_put(void **state)
{
    (void)state;
    dl_arena a;
    dl_map m;
    dl_arena_init(&a, 64 << 20);
    dl_map_init(&m, &a);
    assert_int_equal(dl_map_get(&m, 5), DL_NONE);
    for (uint32_t i = 0; i < 10000; i++) *dl_map_put(&m, i * 977u, 0) = i;
    for (uint32_t i = 0; i < 10000; i++) assert_int_equal(dl_map_get(&m, i * 977u), i);
    assert_int_equal(dl_map_get(&m, 1), DL_NONE);
    assert_int_equal(m.n, 10000);
    dl_arena_free(&a);
}

static void json_escapes_and_sets_commas(void **state)
{
    (void)state;
    dl_buf b;
    dl_buf_init(&b, 1 << 20);
    dl_json j = dl_json_to(&b);
    dl_json_open(&j, '{');
    dl_json_key(&j, "a");
    dl_json_str(&j, DL_STR("\"\\\n\x01\xFF\xE2\x80\xA8\xC3\xA9"));
    dl_json_key(&j, "b");
    dl_json_open(&j, '[');
    dl_json_num(&j, -1.255, 2);
    dl_json_num(&j, 0.5, 3);
    dl_json_opt(&j, DL_STR(""));
    dl_json_pair(&j, 1, 2);
    dl_json_close(&j, ']');
    dl_json_close(&j, '}');
    dl_json_line(&j);
    assert_true(dl_str_eq(dl_buf_str(&b),
                          DL_STR("{\"a\":\"\\\"\\\\\\n\\u0001\\ufffd\\u2028\xC3\xA9\",\"b\":[-1.26,0.500,null,[1,2]]}\n")) ||
                dl_str_eq(dl_buf_str(&b),
                          DL_STR("{\"a\":\"\\\"\\\\\\n\\u0001\\ufffd\\u2028\xC3\xA9\",\"b\":[-1.25,0.500,null,[1,2]]}\n")));
    dl_buf_free(&b);
}

static void buffers_stop_at_their_ceiling(void **state)
{
    (void)state;
    dl_buf b;
    dl_buf_init(&b, 2000);
    dl_buf_fill(&b, 'x', 1999);
    assert_false(b.failed);
    dl_buf_puts(&b, "yz");
    assert_true(b.failed);
    assert_int_equal(b.len, 0);
    dl_buf_free(&b);
}

static void offsets_lead_back(void **state)
{
    (void)state;
    dl_arena a;
    dl_offsets o = { 0 };
    dl_arena_init(&a, 1 << 20);
    /* "a&amp;b" became "a&b": bytes 0, 1 and 2 came from 0, 1 and 6 */
    assert_int_equal(dl_offsets_from(&o, 9), 9);
    assert_true(dl_offsets_mark(&o, &a, 1, 1));
    assert_true(dl_offsets_mark(&o, &a, 2, 6));
    assert_int_equal(dl_offsets_from(&o, 0), 0);
    assert_int_equal(dl_offsets_from(&o, 1), 1);
    assert_int_equal(dl_offsets_from(&o, 2), 6);
    assert_int_equal(dl_offsets_from(&o, 3), 7);
    dl_arena_free(&a);
}

static void numbers_and_pieces_of_strings(void **state)
{
    (void)state;
    uint64_t v;
    dl_str rest = DL_STR("a,,b"), piece;
    assert_true(dl_str_number(DL_STR("18446744073709551615"), UINT64_MAX, &v) && v == UINT64_MAX);
    assert_false(dl_str_number(DL_STR("18446744073709551616"), UINT64_MAX, &v));
    assert_false(dl_str_number(DL_STR("12x"), 100, &v));
    assert_false(dl_str_number(DL_STR("101"), 100, &v));
    assert_true(dl_str_next(&rest, ',', &piece) && dl_str_eq(piece, DL_STR("a")));
    assert_true(dl_str_next(&rest, ',', &piece) && piece.len == 0);
    assert_true(dl_str_next(&rest, ',', &piece) && dl_str_eq(piece, DL_STR("b")));
    assert_false(dl_str_next(&rest, ',', &piece));
    assert_int_equal(dl_str_find(DL_STR("ababac"), DL_STR("abac"), 0), 2);
    assert_int_equal(dl_str_find_nocase(DL_STR("xABC"), DL_STR("abc"), 0), 1);
}

static void pages_have_one_order(void **state)
{
    (void)state;
    const dl_arrival in_order[] = { { DL_NEVER, DL_NEVER, DL_STR("z") },
                                    { DL_NEVER, 5, DL_STR("a") },
                                    { 1, DL_NEVER, DL_STR("b") },
                                    { 1, 2, DL_STR("a") },
                                    { 1, 2, DL_STR("ab") },
                                    { 2, 1, DL_STR("a") } };
    for (int i = 0; i < 6; i++)
        for (int k = 0; k < 6; k++) {
            const int order = dl_arrival_cmp(&in_order[i], &in_order[k]);
            assert_int_equal((order > 0) - (order < 0), (i > k) - (i < k));
        }
}

static void parts_of_a_folder_are_known_by_name(void **state)
{
    (void)state;
    static const struct {
        const char *name, *kind;
        uint64_t number;
    } want[] = {
        { "00000012.pages", "pages", 12 }, { "00000012.pages.new", "pages", 12 }, { "123456789.left", "left", 123456789 },
        { "00000012.pages", "left", 0 },   { "0000012.pages", "pages", 0 },       { "00000012.pages.old", "pages", 0 },
        { "00000012", "pages", 0 },        { "x0000012.pages", "pages", 0 },      { ".new", "pages", 0 }
    };
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++)
        assert_int_equal(dl_part_number(dl_str_of(want[i].name), want[i].kind), want[i].number);
    char name[DL_PART_NAME];
    dl_part_name(name, 12, "pages");
    assert_string_equal(name, "00000012.pages");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_refuses_above_its_ceiling),
        cmocka_unit_test(arena_gives_back_to_a_mark),
        cmocka_unit_test(utf8_reads_what_is_and_marks_what_is_not),
        cmocka_unit_test(utf8_finds_the_first_wide_and_the_first_bad_byte),
        cmocka_unit_test(utf8_writes_each_length),
        cmocka_unit_test(folding_makes_words_comparable),
        cmocka_unit_test(days_agree_with_the_c_library),
        cmocka_unit_test(weeks_follow_iso),
        cmocka_unit_test(instants_are_read_and_written),
        cmocka_unit_test(sorting_is_stable),
        cmocka_unit_test(what_is_sorted_is_found),
        cmocka_unit_test(maps_hold_what_was_put),
        cmocka_unit_test(json_escapes_and_sets_commas),
        cmocka_unit_test(buffers_stop_at_their_ceiling),
        cmocka_unit_test(offsets_lead_back),
        cmocka_unit_test(numbers_and_pieces_of_strings),
        cmocka_unit_test(pages_have_one_order),
        cmocka_unit_test(parts_of_a_folder_are_known_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
