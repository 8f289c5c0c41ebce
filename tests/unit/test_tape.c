/* test_tape.c: the tape beside a naive model: adds, drops, put and take; damaged bytes. */
#include "base/tape.h"

#include "just_bytes.h"
#include "roll.h"

enum { SHIFT = 3, PER = 1 << SHIFT, MOST = 3000 };

typedef struct element {
    uint32_t a, b, c;
} element;

/* The model: what stands under each number; gaps hold nothing. */
typedef struct model {
    uint64_t lo, hi;
    uint32_t value[MOST];
    bool there[MOST];
} model;

static void add(dl_tape *t, model *m, uint32_t n, uint64_t *seed)
{
    uint64_t at = 0;
    element *e = dl_tape_add(t, n, &at);
    assert_non_null(e);
    assert_true(at >= m->hi && at + n <= MOST);
    assert_true(at == m->hi || (m->hi % PER + n > PER && at % PER == 0)); /* only a block's rest is left out */
    for (uint32_t i = 0; i < n; i++) {
        assert_int_equal(e[i].a | e[i].b | e[i].c, 0);
        assert_ptr_equal(dl_tape_at(t, at + i), &e[i]);
        m->value[at + i] = e[i].a = e[i].c = roll(seed);
        m->there[at + i] = true;
    }
    m->hi = at + n;
}

static void compare(const dl_tape *t, const model *m)
{
    size_t blocks = 0;
    assert_true(t->lo == m->lo && t->hi == m->hi);
    for (uint64_t i = m->lo; i < m->hi; i++) {
        const element *e = m->there[i] ? dl_tape_at(t, i) : NULL;
        if (e) assert_true(e->a == m->value[i] && !e->b && e->c == m->value[i]);
    }
    for (size_t i = 0; i < t->cap; i++) blocks += t->block[i] != NULL;
    assert_true(blocks <= (m->hi - m->lo) / PER + 2);
}

/* Through bytes into another tape; what was there is gone. */
static void agrees_with_the_model(void **state)
{
    (void)state;
    for (uint64_t round = 1; round <= 20; round++) {
        model *m = calloc(1, sizeof *m);
        uint64_t seed = round;
        dl_tape t;
        assert_non_null(m);
        dl_tape_init(&t, sizeof(element), SHIFT);
        while (m->hi + 2 * PER < MOST) {
            uint32_t what = roll(&seed) % 64;
            if (what == 0) {
                REOPEN(dl_tape_put, dl_tape_take, &t);
                compare(&t, m);
            } else if (what < 8 + round % 3 * 8) {
                uint64_t before = m->lo + roll(&seed) % 24;
                dl_tape_drop(&t, before);
                before = before < m->hi ? before : m->hi;
                m->lo = before;
                compare(&t, m);
            } else
                add(&t, m, roll(&seed) % (PER + 1), &seed);
        }
        compare(&t, m);
        dl_tape_drop(&t, UINT64_MAX);
        m->lo = m->hi;
        compare(&t, m);
        dl_tape_free(&t);
        free(m);
    }
}

static void more_than_a_block_at_once_is_refused(void **state)
{
    (void)state;
    dl_tape t;
    uint64_t at = 77;
    dl_tape_init(&t, sizeof(element), SHIFT);
    assert_null(dl_tape_add(&t, PER + 1, &at));
    assert_true(at == 77 && t.hi == 0);
    assert_non_null(dl_tape_add(&t, PER, &at));
    assert_int_equal(at, 0);
    dl_tape_free(&t);
}

/* Cut anywhere, and any byte changed: refused, or taken as other elements; never a step outside. */
static void damaged_bytes_do_no_harm(void **state)
{
    (void)state;
    dl_tape t, u;
    dl_buf b;
    uint64_t at;
    dl_tape_init(&t, sizeof(element), SHIFT);
    for (int i = 0; i < 11; i++) assert_non_null(dl_tape_add(&t, 1, &at));
    dl_tape_drop(&t, 3);
    dl_buf_init(&b, SIZE_MAX);
    assert_true(dl_tape_put(&t, &b));
    assert_int_equal(b.len, 16 + 8 * sizeof(element));
    dl_tape_init(&u, sizeof(element), SHIFT);
    for (size_t n = 0; n < b.len; n++) {
        uint8_t *bytes = bytes_of(&b, n);
        const uint8_t *p = bytes;
        assert_false(dl_tape_take(&u, &p, bytes + n));
        free(bytes);
    }
    for (size_t k = 0; k < b.len * 8; k++) {
        uint8_t *bytes = bytes_of(&b, b.len);
        const uint8_t *p = bytes;
        bytes[k / 8] ^= (uint8_t)(1u << k % 8);
        if (dl_tape_take(&u, &p, bytes + b.len)) assert_true(p <= bytes + b.len && u.hi - u.lo <= 8);
        free(bytes);
    }
    dl_tape_free(&u);
    dl_tape_free(&t);
    dl_buf_free(&b);
}

/* Numbers next to the last one there is: no element could be added behind them. */
static void numbers_that_leave_no_room_are_refused(void **state)
{
    (void)state;
    const uint64_t head[2] = { UINT64_MAX - 4, UINT64_MAX };
    uint8_t bytes[sizeof head + 4 * sizeof(element)] = { 0 };
    const uint8_t *p = bytes;
    dl_tape t;
    memcpy(bytes, head, sizeof head);
    dl_tape_init(&t, sizeof(element), SHIFT);
    assert_false(dl_tape_take(&t, &p, bytes + sizeof bytes));
    dl_tape_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_the_model),
        cmocka_unit_test(more_than_a_block_at_once_is_refused),
        cmocka_unit_test(damaged_bytes_do_no_harm),
        cmocka_unit_test(numbers_that_leave_no_room_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
