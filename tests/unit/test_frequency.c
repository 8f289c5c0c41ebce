/* test_frequency.c: counts of terms and of lines of furniture beside naive models: counting, growing, forgetting, put and
 * take; damaged bytes. */
#include <math.h>

#include "just_bytes.h"
#include "roll.h"
#include "stories/frequency.h"
#include "stories/furniture.h"

enum { TERMS = 5000, STORIES = 40, LINES = 60, PAGES = 900, EACH = 5 };

/* ---- Terms -------------------------------------------------------------------------------------- */

static const dl_frequency without_background = { .background = { .documents = 1, .df = { 1 } } };

static uint32_t spread(uint32_t x) { return x * UINT32_C(0x9e3779b1); }

static void compare(const dl_frequency *f, const uint32_t *pages, uint32_t all)
{
    uint32_t n = 0;
    assert_int_equal(f->pages, all);
    for (uint32_t t = 0; t < TERMS; t++) {
        /* Without a background: one page, and one with each term; a page of the stream counts for four, the first with a
         * term for none. */
        double total = 1 + 4.0 * all, with = 1 + (pages[t] > 1 ? 4.0 * (pages[t] - 1) : 0);
        double want = with < total ? log(total / with) : 0, got = dl_frequency_idf(f, spread(t));
        assert_true(fabs(got - want) < 1e-9);
        n += pages[t] != 0;
    }
    assert_int_equal(f->n, n);
}

static void terms_agree_with_the_model(void **state)
{
    (void)state;
    static uint32_t pages[TERMS];
    uint64_t seed = 11;
    dl_frequency f;
    f = without_background;
    REOPEN(dl_frequency_put, dl_frequency_take, &f);
    compare(&f, pages, 0);
    for (uint32_t p = 1; p <= 600; p++) {
        uint32_t term[40], n = 0, t = roll(&seed) % 5;
        for (; n < 40 && t < TERMS; t += 1 + roll(&seed) % (n < 20 ? 9 : 900)) {
            pages[t]++;
            term[n++] = spread(t);
        }
        assert_true(dl_frequency_count(&f, term, n));
        if (p % 150 == 0) compare(&f, pages, p);
        if (p % 200 == 0) REOPEN(dl_frequency_put, dl_frequency_take, &f);
    }
    compare(&f, pages, 600);
    dl_frequency_free(&f);
}

/* Each page has 1,000 terms of its own and one that all have. */
static void memory_is_constant(void **state)
{
    (void)state;
    enum { OWN = 1000, MANY = DL_FREQUENCY_TERMS / OWN + 400 };
    dl_frequency f;
    uint32_t most = 0, before = 0, halved = 0;
    f = without_background;
    for (uint32_t p = 0; p < MANY; p++) {
        uint32_t term[OWN + 1];
        for (uint32_t i = 0; i < OWN; i++) term[i] = spread(1 + p * OWN + i);
        term[OWN] = 0;
        before = f.pages;
        assert_true(dl_frequency_count(&f, term, OWN + 1));
        if (f.n > most) most = f.n;
        if (f.pages == before + 1) continue;
        assert_int_equal(f.pages, before / 2 + 1);
        assert_int_equal(f.n, 1 + OWN); /* what stood in one page went */
        halved++;
    }
    assert_int_equal(halved, 1);
    assert_true(most <= DL_FREQUENCY_TERMS + 2 * OWN && f.cap <= 4 * DL_FREQUENCY_TERMS);
    dl_frequency_free(&f);
}

/* Cut anywhere: refused. A bit changed: refused, or other counts, and looking up and counting still end. */
static void damaged_counts_do_no_harm(void **state)
{
    (void)state;
    dl_frequency f, g;
    dl_buf b;
    f = without_background;
    g = without_background;
    assert_true(dl_frequency_count(&f, (const uint32_t[]){ 7, 8, 9 }, 3));
    dl_buf_init(&b, SIZE_MAX);
    assert_true(dl_frequency_put(&f, &b));
    for (size_t n = 0; n < b.len; n += n < 64 ? 1 : 997) {
        uint8_t *bytes = bytes_of(&b, n);
        const uint8_t *at = bytes;
        assert_false(dl_frequency_take(&g, &at, bytes + n));
        free(bytes);
    }
    for (size_t k = 0; k < b.len * 8; k += k < 12 * 8 ? 1 : 4099) {
        uint8_t *bytes = bytes_of(&b, b.len);
        const uint8_t *at = bytes;
        bytes[k / 8] ^= (uint8_t)(1u << k % 8);
        if (dl_frequency_take(&g, &at, bytes + b.len)) assert_true(dl_frequency_idf(&g, 12345) >= 0);
        free(bytes);
    }
    dl_frequency_free(&f);
    dl_frequency_free(&g);
    dl_buf_free(&b);
}

/* A table without a free slot would be searched for ever. */
static void a_full_table_is_refused(void **state)
{
    (void)state;
    for (uint32_t cap = 1; cap <= 8; cap *= 2) {
        uint32_t bytes[3 + 8 * 2] = { cap, cap, 1 };
        const uint8_t *at = (const uint8_t *)bytes;
        dl_frequency f;
        for (uint32_t i = 0; i < cap; i++) {
            bytes[3 + 2 * i] = 10 + i;
            bytes[4 + 2 * i] = 1;
        }
        f = without_background;
        assert_false(dl_frequency_take(&f, &at, at + 12 + 8 * cap));
        dl_frequency_free(&f);
    }
}

/* ---- Lines -------------------------------------------------------------------------------------- */

/* A page: pieces of its headline and lines of its body, by number. */
typedef struct page {
    uint32_t host, story, titles, lines;
    uint32_t title[2], line[EACH];
} page;

/* A line has one to three words of its own. */
static void put_line(uint32_t line, dl_buf *hash, dl_buf *flags)
{
    for (uint32_t k = 0; k <= line % 3; k++) {
        uint32_t h = spread(1 + line * 3 + k);
        dl_buf_add(hash, (dl_str){ (const char *)&h, sizeof h });
        dl_buf_putc(flags, k ? DL_WORD_UPPER : DL_WORD_LINE);
    }
}

/* The sheet of a page, in *out. */
static const dl_sheet *sheet_of(dl_buf *out, const page *p)
{
    dl_buf hash, flags;
    dl_sheet s = { .host = p->host, .published = DL_NEVER, .fetched = DL_NEVER };
    dl_buf_init(&hash, SIZE_MAX);
    dl_buf_init(&flags, SIZE_MAX);
    for (uint32_t i = 0; i < p->titles; i++) put_line(p->title[i], &hash, &flags);
    s.title_words = (uint32_t)flags.len;
    for (uint32_t i = 0; i < p->lines; i++) put_line(p->line[i], &hash, &flags);
    s.words = (uint32_t)flags.len - s.title_words;
    s.bytes = (uint32_t)(sizeof s + hash.len + flags.len + 2 + 7) & ~7u;
    dl_buf_reset(out);
    dl_buf_add(out, (dl_str){ (const char *)&s, sizeof s });
    dl_buf_add(out, dl_buf_str(&hash));
    dl_buf_add(out, dl_buf_str(&flags));
    dl_buf_fill(out, 0, s.bytes - out->len);
    dl_buf_free(&hash);
    dl_buf_free(&flags);
    const dl_sheet *made = dl_sheet_at((const uint8_t *)out->p, out->len);
    assert_non_null(made);
    return made;
}

/* The model: of each line, and of each piece of headlines, the page that counted last, and how many texts. */
typedef struct model {
    page page[PAGES];
    uint32_t n;
    struct {
        uint32_t last, texts;
    } of[2][LINES];
} model;

static bool same_story(const void *ctx, uint32_t a, uint32_t b)
{
    return ((const model *)ctx)->page[a].story == ((const model *)ctx)->page[b].story;
}

static unsigned letters(const page *p, const page *q)
{
    bool has[2][32] = { { false } };
    unsigned n = 0;
    for (int k = 0; k < 2; k++) {
        const page *x = k ? q : p;
        for (uint32_t i = 0; i < x->titles; i++) {
            for (uint32_t w = 0; w <= x->title[i] % 3; w++) has[k][spread(1 + x->title[i] * 3 + w) % 32] = true;
        }
    }
    for (int b = 0; b < 32; b++) n += has[0][b] && has[1][b];
    return n;
}

/* Fewer than half of the shorter headline's words in common; a page without a headline has another one. */
static bool other_title(const page *p, const page *q)
{
    unsigned a = letters(p, p), b = letters(q, q), least = a < b ? a : b;
    return least == 0 || 2 * letters(p, q) < least;
}

static void model_count(model *m, uint32_t number, int title, uint32_t line)
{
    const page *now = &m->page[number];
    uint32_t *texts = &m->of[title][line].texts, *last = &m->of[title][line].last;
    if (*texts && *last == number) return;
    const page *before = &m->page[*last];
    if (!*texts)
        *texts = 1;
    else if (before->story != now->story || (before->host == now->host && other_title(before, now)))
        *texts += *texts < 3;
    *last = number;
}

static void roll_page(page *p, uint64_t *seed)
{
    *p = (page){ roll(seed) % 4, roll(seed) % STORIES, roll(seed) % 3, 1 + roll(seed) % (EACH - 1), { 0 }, { 0 } };
    for (uint32_t i = 0; i < p->titles; i++) p->title[i] = roll(seed) % LINES;
    for (uint32_t i = 0; i < p->lines; i++) p->line[i] = roll(seed) % 4 ? roll(seed) % LINES : roll(seed) % 5;
}

/* What is left of every line, alone. */
static void compare_lines(const dl_furniture *f, const model *m)
{
    dl_buf b;
    dl_buf_init(&b, SIZE_MAX);
    for (uint32_t i = 0; i < 2 * LINES; i++) {
        int title = i >= LINES;
        const page p = { .titles = title, .lines = !title, .title = { i % LINES }, .line = { i % LINES } };
        const dl_sheet *s = sheet_of(&b, &p);
        uint32_t hash[8];
        uint8_t flags[8];
        dl_words w = title ? dl_sheet_title_words(s) : dl_sheet_words(s), out = { .hash = hash, .flags = flags };
        dl_furniture_drop(f, &out, &w, s, title);
        bool goes = m->of[title][i % LINES].texts >= 3;
        assert_int_equal(out.n, goes ? 0 : w.n);
        if (out.n) assert_memory_equal(hash, w.hash, w.n * sizeof *hash);
        if (out.n) assert_memory_equal(flags, w.flags, w.n);
    }
    dl_buf_free(&b);
}

static void lines_agree_with_the_model(void **state)
{
    (void)state;
    for (uint64_t round = 1; round <= 10; round++) {
        model *m = calloc(1, sizeof *m);
        uint64_t seed = round;
        dl_furniture f = { 0 };
        dl_buf b;
        assert_non_null(m);
        dl_buf_init(&b, SIZE_MAX);
        compare_lines(&f, m);
        for (uint32_t p = 0; p < PAGES; p++) {
            roll_page(&m->page[p], &seed);
            assert_true(dl_furniture_count(&f, sheet_of(&b, &m->page[p]), p, same_story, m));
            for (uint32_t i = 0; i < m->page[p].titles; i++) model_count(m, p, 1, m->page[p].title[i]);
            for (uint32_t i = 0; i < m->page[p].lines; i++) model_count(m, p, 0, m->page[p].line[i]);
            if (p < 40 || p % 300 == 0) compare_lines(&f, m);
            if (roll(&seed) % 200 == 0) REOPEN(dl_furniture_put, dl_furniture_take, &f);
        }
        compare_lines(&f, m);
        dl_furniture_free(&f);
        dl_buf_free(&b);
        free(m);
    }
}

/* A page whose every word is a line that no other page has. */
static const dl_sheet *page_of_lines(dl_buf *out, uint32_t number)
{
    enum { N = DL_SHEET_WORDS };
    const dl_sheet s = { .bytes = (uint32_t)(sizeof s + 5 * N + 2 + 7) & ~7u, .words = N, .published = DL_NEVER };
    dl_buf_reset(out);
    dl_buf_add(out, (dl_str){ (const char *)&s, sizeof s });
    for (uint32_t i = 0; i < N; i++) {
        uint32_t h = spread(number * N + i);
        dl_buf_add(out, (dl_str){ (const char *)&h, sizeof h });
    }
    dl_buf_fill(out, DL_WORD_LINE, N);
    dl_buf_fill(out, 0, s.bytes - out->len);
    return dl_sheet_at((const uint8_t *)out->p, out->len);
}

static bool never_same(const void *ctx, uint32_t a, uint32_t b)
{
    (void)ctx;
    return a == b;
}

static void old_lines_are_forgotten(void **state)
{
    (void)state;
    enum { MANY = DL_FURNITURE_LINES / DL_SHEET_WORDS * 2 };
    dl_furniture f = { 0 };
    dl_buf b;
    uint32_t most = 0;
    dl_buf_init(&b, SIZE_MAX);
    for (uint32_t p = 0; p < MANY; p++) {
        const dl_sheet *s = page_of_lines(&b, p);
        assert_true(dl_furniture_count(&f, s, p, never_same, NULL));
        if (f.n > most) most = f.n;
    }
    assert_true(most <= DL_FURNITURE_LINES + DL_SHEET_WORDS && f.cap <= 4 * DL_FURNITURE_LINES);
    assert_true(f.since > 0 && f.n >= DL_FURNITURE_LINES / 2);
    for (uint32_t i = 0; i < f.cap; i++) assert_true(!f.slot[i].line || f.slot[i].page >= f.since);
    dl_furniture_free(&f);
    dl_buf_free(&b);
}

static void full_tables_of_lines_are_refused(void **state)
{
    (void)state;
    for (uint32_t cap = 1; cap <= 8; cap *= 2) {
        const uint32_t head[3] = { cap, cap, 0 };
        struct dl_furniture_slot slot[8];
        uint8_t bytes[sizeof head + sizeof slot];
        const uint8_t *at = bytes;
        dl_furniture f = { 0 };
        memset(slot, 1, sizeof slot);
        memcpy(bytes, head, sizeof head);
        memcpy(bytes + sizeof head, slot, sizeof slot);
        assert_false(dl_furniture_take(&f, &at, bytes + sizeof head + cap * sizeof *slot));
        at = bytes;
        assert_false(dl_furniture_take(&f, &at, bytes + sizeof head + cap * sizeof *slot - 1));
        dl_furniture_free(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_agree_with_the_model),       cmocka_unit_test(memory_is_constant),
        cmocka_unit_test(damaged_counts_do_no_harm),        cmocka_unit_test(a_full_table_is_refused),
        cmocka_unit_test(lines_agree_with_the_model),       cmocka_unit_test(old_lines_are_forgotten),
        cmocka_unit_test(full_tables_of_lines_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
