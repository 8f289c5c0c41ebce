/* test_postings.c: the stories' index beside a naive model: adds, sweeps, put and take; damaged bytes. */
#include "stories/postings.h"

#include "just_bytes.h"
#include "roll.h"

enum { TERMS = 61, PAGES = 1500, EACH = 6 };

/* The model: every page with its terms, each once. */
typedef struct model {
    uint32_t n, lo;
    uint32_t term[PAGES][EACH], terms[PAGES];
    double weight[PAGES][EACH];
} model;

/* Few values, some rare; 0 and ~0 are terms as others are. */
static uint32_t some_term(uint64_t *seed)
{
    uint32_t t = roll(seed) % TERMS;
    if (roll(seed) % 3) t %= 7;
    return t == 1 ? UINT32_MAX : t * UINT32_C(0x9e3779b1);
}

static void add_page(dl_postings *p, model *m, uint64_t *seed)
{
    uint32_t page = m->n++, k = 0;
    for (uint32_t want = roll(seed) % EACH; k < want;) {
        uint32_t t = some_term(seed), i = 0;
        while (i < k && m->term[page][i] != t) i++;
        if (i < k) break;
        m->weight[page][k] = roll(seed) % 1100 / 1000.0;
        assert_true(dl_postings_add(p, t, page, m->weight[page][k]));
        m->term[page][k++] = t;
    }
    m->terms[page] = k;
}

static const double *weight_of(const model *m, uint32_t page, uint32_t term)
{
    for (uint32_t k = 0; k < m->terms[page]; k++) {
        if (m->term[page][k] == term) return &m->weight[page][k];
    }
    return NULL;
}

/* The latest first; what the window has left may still stand in a block with younger pages, nowhere else. */
static void compare_term(const dl_postings *p, const model *m, uint32_t term, bool swept)
{
    uint32_t next = m->n;
    for (uint32_t b = dl_postings_of(p, term); b != DL_NONE; b = p->block[b].before) {
        const dl_postings_block *at = &p->block[b];
        assert_true(at->n > 0 && at->n <= DL_POSTINGS_BLOCK);
        if (swept) assert_true(at->page[at->n - 1] >= m->lo);
        for (uint32_t i = at->n; i-- > 0;) {
            while (--next > at->page[i]) assert_true(!weight_of(m, next, term)); /* none is left out */
            const double *w = weight_of(m, at->page[i], term);
            assert_non_null(w);
            assert_int_equal(at->weight[i], (int)((*w < 1 ? *w : 1) * 65535 + .5));
        }
    }
    while (next-- > m->lo) assert_true(!weight_of(m, next, term));
}

static void compare(const dl_postings *p, const model *m, bool swept)
{
    compare_term(p, m, UINT32_MAX, swept);
    for (uint32_t t = 0; t < TERMS; t++) compare_term(p, m, t * UINT32_C(0x9e3779b1), swept);
}

static void agrees_with_the_model(void **state)
{
    (void)state;
    for (uint64_t round = 1; round <= 10; round++) {
        model *m = calloc(1, sizeof *m);
        uint64_t seed = round;
        dl_postings p;
        assert_non_null(m);
        dl_postings_init(&p);
        REOPEN(dl_postings_put, dl_postings_take, &p);
        while (m->n < PAGES) {
            uint32_t what = roll(&seed) % 256;
            if (what == 0) {
                REOPEN(dl_postings_put, dl_postings_take, &p);
                compare(&p, m, false);
            } else if (what == 1) {
                m->lo += roll(&seed) % (m->n - m->lo + 1);
                assert_true(dl_postings_sweep(&p, m->lo));
                compare(&p, m, true);
            } else
                add_page(&p, m, &seed);
        }
        compare(&p, m, false);
        dl_postings_free(&p);
        free(m);
    }
}

/* A window over an endless stream: the room that it takes does not grow. */
static void what_is_swept_is_used_again(void **state)
{
    (void)state;
    enum { WINDOW = 1000, NEW = 7, OFTEN = 500 };
    uint64_t seed = 5;
    uint32_t blocks = 0;
    dl_postings p;
    dl_postings_init(&p);
    for (uint32_t page = 0; page < 60000; page++) {
        for (uint32_t k = 0; k < NEW; k++) assert_true(dl_postings_add(&p, roll(&seed) * 2654435761u, page, .5));
        assert_true(dl_postings_add(&p, 42, page, .5));
        if (page < WINDOW || page % OFTEN) continue;
        assert_true(dl_postings_sweep(&p, page - WINDOW));
        assert_true(p.n <= (WINDOW + 1) * NEW + 1 && p.cap <= 1u << 15);
        if (page == 10 * OFTEN) blocks = p.blocks;
        if (page > 10 * OFTEN) assert_true(p.blocks <= blocks + blocks / 20);
    }
    assert_true(dl_postings_sweep(&p, UINT32_MAX));
    assert_int_equal(p.n, 0);
    assert_int_equal(dl_postings_of(&p, 42), DL_NONE);
    dl_postings_free(&p);
}

/* Walks whatever was taken: it must end, inside the memory there is. */
static void walk(const dl_postings *p)
{
    uint64_t pages = 0;
    for (uint32_t i = 0; i < p->cap; i++) {
        for (uint32_t b = p->term[i].block; b != DL_NONE; b = p->block[b].before)
            pages += p->block[b].page[p->block[b].n - 1] & 1;
    }
    assert_true(pages <= p->blocks);
    assert_true(p->cap == 0 || dl_postings_of(p, 12345) == DL_NONE);
}

static void damaged_bytes_do_no_harm(void **state)
{
    (void)state;
    dl_postings p, q;
    dl_buf b;
    dl_postings_init(&p);
    dl_postings_init(&q);
    for (uint32_t page = 0; page < 90; page++) {
        assert_true(dl_postings_add(&p, page % 4, page, .25));
        assert_true(dl_postings_add(&p, 100 + page / 30, page, .25));
    }
    assert_true(dl_postings_sweep(&p, 45));
    dl_buf_init(&b, SIZE_MAX);
    assert_true(dl_postings_put(&p, &b));
    for (size_t n = 0; n < b.len; n += n < 64 || b.len - n < 64 ? 1 : 61) {
        uint8_t *bytes = bytes_of(&b, n);
        const uint8_t *at = bytes;
        assert_false(dl_postings_take(&q, &at, bytes + n));
        free(bytes);
    }
    for (size_t k = 0; k < b.len * 8; k += k < 16 * 8 || k > (b.len - 1000) * 8 ? 1 : 509) {
        uint8_t *bytes = bytes_of(&b, b.len);
        const uint8_t *at = bytes;
        bytes[k / 8] ^= (uint8_t)(1u << k % 8);
        if (dl_postings_take(&q, &at, bytes + b.len)) walk(&q);
        free(bytes);
    }
    dl_postings_free(&p);
    dl_postings_free(&q);
    dl_buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_the_model),
        cmocka_unit_test(what_is_swept_is_used_again),
        cmocka_unit_test(damaged_bytes_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
