/* test_sheet.c: a page's sheet: which words it keeps, their marks, its strings; bytes that are no sheet. */
#include "stories/sheet.h"

#include "base/limits.h"
#include "just_bytes.h"
#include "pile.h"
#include "roll.h"

typedef struct made {
    pile p;
    dl_arena a;
    dl_buf b;
    const dl_sheet *s;
} made;

static void make(made *m, const page *x, uint64_t key)
{
    *m = (made){ 0 };
    dl_arena_init(&m->a, DL_ARENA_MAX);
    dl_buf_init(&m->b, SIZE_MAX);
    if (x) pile_add(&m->p, x);
    assert_true(dl_sheet_make(&m->b, x ? &m->p.doc[0] : NULL, key, &m->a));
    m->s = dl_sheet_at((const uint8_t *)m->b.p, m->b.len);
    assert_non_null(m->s);
    assert_int_equal(m->s->bytes, m->b.len);
    assert_int_equal(m->b.len % 8, 0);
}

static void done(made *m)
{
    dl_buf_free(&m->b);
    dl_arena_free(&m->a);
    pile_free(&m->p);
}

static void is_word(const dl_words *w, uint32_t i, const char *word, uint8_t with, uint8_t without)
{
    assert_true(i < w->n);
    assert_int_equal(w->hash[i], dl_word_hash(dl_str_of(word)));
    assert_int_equal(w->flags[i] & with, with);
    assert_int_equal(w->flags[i] & without, 0);
}

static void words_and_marks(void **state)
{
    (void)state;
    made m;
    make(&m,
         &(page){ .id = "p1",
                  .title = "Crane falls in Velm \xe2\x80\x93 x The Velm-Daily",
                  .day = "2021-05-06",
                  .url = "https://www.velmdaily.example/a/1",
                  .text = "A crane fell. The 7 ships wait\nI said so\n" },
         99);
    assert_int_equal(m.s->key, 99);
    assert_true(m.s->published == m.p.doc[0].meta->published && m.s->fetched == DL_NEVER);
    assert_true(dl_str_eq(dl_sheet_id(m.s), DL_STR("p1")));
    assert_true(dl_str_eq(dl_sheet_title(m.s), dl_str_of("Crane falls in Velm \xe2\x80\x93 x The Velm-Daily")));
    assert_int_equal(dl_sheet_title(m.s).p[dl_sheet_title(m.s).len], 0);
    dl_words t = dl_sheet_title_words(m.s), w = dl_sheet_words(m.s);
    assert_int_equal(t.n, 7);
    is_word(&t, 0, "crane", DL_WORD_LINE | DL_WORD_UPPER, 0);
    is_word(&t, 1, "falls", 0, DL_WORD_LINE);
    is_word(&t, 3, "velm", DL_WORD_UPPER, DL_WORD_LINE);
    is_word(&t, 4, "the", DL_WORD_LINE, 0); /* the piece began with a letter that is left out */
    is_word(&t, 5, "velm", 0, DL_WORD_LINE);
    is_word(&t, 6, "daily", 0, DL_WORD_LINE); /* a hyphen parts no pieces */
    assert_int_equal(w.n, 8);
    is_word(&w, 0, "crane", DL_WORD_LINE, DL_WORD_UPPER);
    is_word(&w, 2, "the", DL_WORD_SENT, DL_WORD_LINE);
    is_word(&w, 3, "7", DL_WORD_NUMBER, 0); /* of one letter, and kept: a number */
    is_word(&w, 6, "said", DL_WORD_LINE, 0);
    done(&m);
}

static void hosts_are_told_apart(void **state)
{
    (void)state;
    static const char *const url[] = { "https://www.one.example/a", "http://one.example/b?c", "https://two.example/a", NULL };
    uint32_t host[4];
    for (int i = 0; i < 4; i++) {
        made m;
        make(&m, &(page){ .id = "p", .url = url[i], .text = "Ships wait." }, 0);
        host[i] = m.s->host;
        done(&m);
    }
    assert_int_equal(host[0], host[1]);
    assert_true(host[0] && host[2] && host[0] != host[2]);
    assert_int_equal(host[3], 0);
}

static void long_pages_are_cut_and_empty_ones_taken(void **state)
{
    (void)state;
    made m;
    char *title = calloc(1, 3 * DL_SHEET_TITLE_WORDS * 2 + 1), *text = calloc(1, 3 * DL_SHEET_WORDS * 2 + 1);
    assert_true(title && text);
    for (uint32_t i = 0; i < 2 * DL_SHEET_TITLE_WORDS; i++) memcpy(title + 3 * i, "up ", 3);
    for (uint32_t i = 0; i < 2 * DL_SHEET_WORDS; i++) memcpy(text + 3 * i, "ab ", 3);
    make(&m, &(page){ .id = "long", .title = title, .text = text }, 0);
    assert_int_equal(m.s->title_words, DL_SHEET_TITLE_WORDS);
    assert_int_equal(m.s->words, DL_SHEET_WORDS);
    assert_int_equal(m.s->title, 3 * DL_SHEET_TITLE_WORDS * 2);
    done(&m);
    free(title);
    free(text);
    make(&m, NULL, 5);
    assert_int_equal(m.s->title_words + m.s->words + m.s->id + m.s->title + m.s->host, 0);
    assert_true(m.s->published == DL_NEVER && m.s->key == 5);
    done(&m);
}

/* Whatever a sheet shows lies inside its bytes. */
static void inside(const dl_sheet *s, const uint8_t *p, size_t n)
{
    dl_words t = dl_sheet_title_words(s), w = dl_sheet_words(s);
    dl_str id = dl_sheet_id(s), title = dl_sheet_title(s);
    const uint8_t *end = p + n;
    assert_true((const uint8_t *)(w.hash + w.n) <= end && w.flags + w.n <= end && t.flags + t.n <= end);
    assert_true((const uint8_t *)id.p + id.len < end && (const uint8_t *)title.p + title.len < end);
}

static void what_is_no_sheet_is_refused(void **state)
{
    (void)state;
    made m;
    make(&m, &(page){ .id = "p1", .title = "Crane falls", .text = "The crane fell. Ships wait in Velm." }, 0);
    for (size_t n = 0; n < m.b.len; n++) {
        uint8_t *bytes = bytes_of(&m.b, n);
        assert_null(dl_sheet_at(bytes, n));
        free(bytes);
    }
    for (size_t k = 0; k < m.b.len * 8; k++) {
        uint8_t *bytes = bytes_of(&m.b, m.b.len);
        bytes[k / 8] ^= (uint8_t)(1u << k % 8);
        const dl_sheet *s = dl_sheet_at(bytes, m.b.len);
        if (s) inside(s, bytes, m.b.len);
        free(bytes);
    }
    done(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_marks),
        cmocka_unit_test(hosts_are_told_apart),
        cmocka_unit_test(long_pages_are_cut_and_empty_ones_taken),
        cmocka_unit_test(what_is_no_sheet_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
