/* test_mapped.c: files that are written once and mapped, spools, numbers of few bytes, numbers in order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/mapped.h"
#include "base/sort.h"
#include "base/varint.h"
#include "test.h"

static uint32_t roll(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 32);
}

static void numbers_come_back(void **state)
{
    static const uint64_t v[] = { 0, 1, 127, 128, 16383, 16384, UINT32_MAX, UINT64_MAX - 1, UINT64_MAX };
    static const uint8_t endless[] = { 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0 };
    uint64_t got = 0;
    (void)state;
    for (size_t i = 0; i < DL_COUNT(v); i++) {
        uint8_t bytes[DL_VARINT_MAX];
        const uint8_t *end = dl_varint_put(bytes, v[i]), *at = bytes;
        assert_true(dl_varint_take(&at, end, &got));
        assert_true(got == v[i] && at == end);
        at = bytes;
        assert_false(dl_varint_take(&at, end - 1, &got)); /* cut */
    }
    const uint8_t *at = endless;
    assert_false(dl_varint_take(&at, endless + sizeof endless, &got));
}

static void a_spool_gives_what_was_added(void **state)
{
    static const size_t most[] = { 0, 100, 1 << 20 };
    (void)state;
    for (size_t k = 0; k < DL_COUNT(most); k++) {
        dl_spool s;
        dl_mapped m = { 0 };
        dl_error err;
        dl_spool_open(&s, most[k]);
        for (uint32_t i = 0; i < 1000; i++) assert_int_equal(dl_spool_add(&s, &i, sizeof i, &err), DL_OK);
        assert_int_equal(s.len, 4000);
        assert_int_equal(dl_spool_map(&s, &m, &err), DL_OK);
        assert_int_equal(m.len, 4000);
        assert_int_equal(m.held, most[k] > 4000);
        for (uint32_t i = 0; i < 1000; i++) assert_int_equal(((const uint32_t *)(const void *)m.p)[i], i);
        dl_mapped_close(&m);
        dl_spool_open(&s, most[k]); /* nothing at all */
        assert_int_equal(dl_spool_map(&s, &m, &err), DL_OK);
        assert_int_equal(m.len, 0);
        dl_mapped_close(&m);
    }
}

static void a_file_is_replaced_whole(void **state)
{
    char path[] = "/tmp/dl-mapped-XXXXXX", fresh[64];
    int fd = mkstemp(path);
    dl_mapped m = { 0 };
    dl_error err;
    (void)state;
    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(dl_mapped_put(path, DL_STR("first"), &err), DL_OK);
    assert_int_equal(dl_mapped_put(path, DL_STR("second"), &err), DL_OK);
    assert_int_equal(dl_mapped_open(&m, path, &err), DL_OK);
    assert_int_equal(m.len, 6);
    assert_memory_equal(m.p, "second", 6);
    dl_mapped_close(&m);
    snprintf(fresh, sizeof fresh, "%s.new", path);
    assert_int_equal(access(fresh, F_OK), -1);
    unlink(path);
    assert_int_equal(dl_mapped_open(&m, path, &err), DL_EIO);
    assert_string_equal(err.where, path);
    assert_int_equal(dl_mapped_put("/nowhere/at/all", DL_STR("x"), &err), DL_EIO);
}

static void numbers_are_sorted_by_their_digits(void **state)
{
    static const size_t size[] = { 0, 1, 2, 63, 64, 65, 5000 };
    dl_arena a;
    (void)state;
    dl_arena_init(&a, DL_ARENA_MAX);
    for (size_t k = 0; k < DL_COUNT(size); k++) {
        uint64_t seed = k;
        size_t n = size[k];
        uint32_t *v = DL_NEW(&a, n + 1, uint32_t), *want = DL_NEW(&a, n + 1, uint32_t);
        dl_keyed *pair = DL_NEW(&a, n + 1, dl_keyed);
        for (size_t i = 0; i < n; i++) {
            v[i] = want[i] = k % 2 ? roll(&seed) : roll(&seed) % 50;
            pair[i] = (dl_keyed){ v[i] % 7, (uint32_t)i };
        }
        assert_true(dl_sort(want, n, sizeof *want, dl_by_u32, NULL, &a));
        assert_true(dl_sort_u32(v, n, &a) && dl_sort_keyed(pair, n, &a));
        assert_memory_equal(v, want, n * sizeof *v);
        for (size_t i = 1; i < n; i++) {
            assert_true(pair[i - 1].key <= pair[i].key);
            assert_true(pair[i - 1].key < pair[i].key || pair[i - 1].value < pair[i].value); /* stable */
        }
        for (size_t i = 0; i < 200; i++) {
            uint32_t x = i < n ? v[i] + (uint32_t)(i % 3) - 1 : roll(&seed);
            assert_int_equal(dl_find_even_u32(v, (uint32_t)n, x), dl_find_u32(v, (uint32_t)n, x));
        }
    }
    dl_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_come_back),
        cmocka_unit_test(a_spool_gives_what_was_added),
        cmocka_unit_test(a_file_is_replaced_whole),
        cmocka_unit_test(numbers_are_sorted_by_their_digits),
    };
    return cmocka_run_group_tests_name("mapped", tests, NULL, NULL);
}
