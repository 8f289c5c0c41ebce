/* test_corpus.c: records and what is read back of them; a corpus beside the same pages in hand; runs that end early. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "copies/corpus.h"
#include "folder.h"
#include "models.h"
#include "pile.h"

#define REPORT                                                                                                                   \
    "The harbour of Velm was closed to large ships on Thursday after a crane fell across the main channel, the port "            \
    "authority said.\nNobody was hurt when the crane, which is forty metres high, came down in a gust shortly before dawn, but " \
    "two barges loaded with grain were damaged and one of them had to be towed to the shipyard.\n"
#define MORE                                                                                                                     \
    "Harbour master Ilsa Brandt said the channel would stay closed until divers had looked at the sea bed, and that eleven "     \
    "ships were waiting outside the breakwater.\n"
#define OTHER                                                                                                                    \
    "Voters in the hill districts go to the polls on Sunday to choose a new council, and the question of water prices has "      \
    "pushed everything else aside.\nThe farmers' union wants the tariff of last year to be taken back.\n"

static dl_str record_of(dl_buf *b, dl_arena *a, const dl_doc *d, uint64_t key)
{
    dl_buf_reset(b);
    assert_true(dl_record_make(b, d, key, models, a));
    return dl_buf_str(b);
}

/* Words with every kind of gap, length and flag. */
static void a_record_keeps_the_words(void **state)
{
    static const char *const text[] = {
        "",
        "One",
        "A quotation: “She went to Velm, and stayed.” He did not.\n\nA heading\nIn 1999 the\t\t  crowd — all of it — left.\n",
        "Donaudampfschifffahrtsgesellschaftskapitän      ....................................................  x\n",
        "東京は晴れ。Ελλάδα и Москва, don't.\n",
    };
    (void)state;
    for (size_t i = 0; i < DL_COUNT(text); i++) {
        pile p = { 0 };
        dl_buf b;
        dl_arena a;
        dl_words want, got;
        dl_buf_init(&b, SIZE_MAX / 2);
        dl_arena_init(&a, DL_ARENA_MAX);
        pile_add(
            &p,
            &(page){ .id = "a", .day = "2021-05-06", .text = text[i], .url = "https://velm.example/1", .outlet = "Velm Post" });
        dl_str s = record_of(&b, &a, &p.doc[0], 7);
        const dl_record *r = dl_record_at((const uint8_t *)s.p, s.len);
        assert_non_null(r);
        assert_int_equal(r->key, 7);
        assert_true(dl_str_eq(dl_record_id(r), DL_STR("a")));
        dl_words_of(&want, dl_str_of(text[i]), &a);
        assert_true(dl_record_words(&got, r, &a));
        assert_int_equal(got.n, want.n);
        if (want.n) {
            assert_memory_equal(got.hash, want.hash, want.n * sizeof *want.hash);
            assert_memory_equal(got.span, want.span, want.n * sizeof *want.span);
            assert_memory_equal(got.flags, want.flags, want.n);
        }
        dl_doc doc;
        dl_meta meta;
        dl_record_doc(&doc, &meta, r);
        assert_true(dl_str_eq(dl_doc_str(&doc, doc.meta->url), DL_STR("https://velm.example/1")));
        assert_true(dl_str_eq(dl_doc_str(&doc, doc.meta->outlet), DL_STR("Velm Post")));
        assert_int_equal(doc.meta->published, p.doc[0].meta->published);
        for (size_t n = 0; n < s.len; n++) assert_null(dl_record_at((const uint8_t *)s.p, n)); /* cut */
        dl_arena_free(&a);
        dl_buf_free(&b);
        pile_free(&p);
    }
}

/* In the order of their dates, so that a page's rank is its number in the pile. */
static void make_pile(pile *p)
{
    pile_add(p, &(page){ .id = "a", .day = "2021-05-06", .title = "Crane falls across Velm harbour", .text = REPORT MORE });
    pile_add(p, &(page){ .id = "b", .day = "2021-05-07", .title = "Crane falls across Velm harbour", .text = REPORT });
    pile_add(p, &(page){ .id = "c", .day = "2021-05-07", .title = "Hill districts vote", .text = OTHER });
    pile_add(p, &(page){ .id = "d", .day = "2021-05-09", .title = "Crane falls across Velm harbour", .text = MORE REPORT });
}

static void add(dl_corpus *c, const pile *p, uint32_t i)
{
    dl_buf b;
    dl_arena a;
    dl_error err;
    dl_buf_init(&b, SIZE_MAX / 2);
    dl_arena_init(&a, DL_ARENA_MAX);
    assert_int_equal(dl_corpus_add(c, record_of(&b, &a, &p->doc[i], i + 1), &err), DL_OK);
    dl_arena_free(&a);
    dl_buf_free(&b);
}

static void same_pairs(const dl_copies *got, const dl_copies *want)
{
    assert_int_equal(got->n_pairs, want->n_pairs);
    for (uint32_t i = 0; i < want->n_pairs; i++) {
        const dl_pair *x = &got->pair[i], *y = &want->pair[i];
        assert_int_equal(x->a, y->a);
        assert_int_equal(x->b, y->b);
        assert_int_equal(x->kind, y->kind);
        assert_int_equal(x->direction, y->direction);
        assert_int_equal(x->share_a, y->share_a);
        assert_int_equal(x->share_b, y->share_b);
        assert_int_equal(x->n_passages, y->n_passages);
        assert_memory_equal(x->passages, y->passages, y->n_passages * sizeof *y->passages);
    }
    assert_int_equal(got->n_families, want->n_families);
    for (uint32_t p = 0; p < want->pages; p++) {
        assert_int_equal(got->family_of[p], want->family_of[p]);
        assert_int_equal(got->parent[p], want->parent[p]);
    }
}

/* Added backwards, a corpus gives what the pages in hand give. */
static void a_corpus_gives_what_the_pages_in_hand_give(void **state)
{
    (void)state;
    pile p = { 0 };
    dl_corpus c;
    dl_corpus_found *f;
    dl_copies want;
    dl_arena keep;
    dl_error err;
    make_pile(&p);
    dl_arena_init(&keep, DL_ARENA_MAX);
    assert_int_equal(dl_copies_find(&want, &p.pages, models, &keep, &err), DL_OK);
    assert_int_equal(want.n_pairs, 3);
    assert_int_equal(dl_corpus_open(&c, NULL, models, &err), DL_OK);
    for (uint32_t i = p.n; i-- > 0;) add(&c, &p, i);
    assert_false(dl_corpus_knows(&c, 1)); /* nothing stays: nothing is known */
    f = DL_NEW(&keep, 1, dl_corpus_found);
    assert_int_equal(dl_corpus_find(f, &c, &(dl_settings){ .threads = 2 }, &keep, &err), DL_OK);
    assert_int_equal(f->pages.n, 4);
    assert_int_equal(f->given[0], 3); /* the first by date was added last */
    same_pairs(&f->copies, &want);
    dl_pair x = f->copies.pair[0];
    assert_true(dl_corpus_explain(f, &x, &keep));
    assert_int_equal(x.n_why, want.pair[0].n_why);
    for (uint32_t i = 0; i < x.n_why; i++) assert_true(dl_str_eq(x.why[i], want.pair[0].why[i]));
    dl_corpus_done(f);
    dl_corpus_close(&c);
    dl_arena_free(&keep);
    pile_free(&p);
}

static uint32_t count_pages(dl_corpus *c)
{
    dl_error err;
    dl_arena keep;
    dl_arena_init(&keep, DL_ARENA_MAX);
    dl_corpus_found *f = DL_NEW(&keep, 1, dl_corpus_found);
    assert_int_equal(dl_corpus_find(f, c, &(dl_settings){ .threads = 1 }, &keep, &err), DL_OK);
    uint32_t n = f->pages.n;
    dl_corpus_done(f);
    dl_arena_free(&keep);
    return n;
}

/* What was not committed is lost with the run; what was is known to the next. */
static void a_run_that_ends_early_loses_what_it_had_not_committed(void **state)
{
    (void)state;
    pile p = { 0 };
    dl_corpus c;
    dl_error err;
    make_pile(&p);
    assert_int_equal(dl_corpus_open(&c, dir, models, &err), DL_OK);
    add(&c, &p, 0);
    add(&c, &p, 1);
    assert_int_equal(dl_corpus_commit(&c, &err), DL_OK);
    add(&c, &p, 2);
    assert_true(dl_corpus_knows(&c, 3));
    dl_corpus_close(&c);
    assert_int_equal(dl_corpus_open(&c, dir, models, &err), DL_OK);
    assert_int_equal(c.n, 2);
    assert_true(dl_corpus_knows(&c, 1) && dl_corpus_knows(&c, 2));
    assert_false(dl_corpus_knows(&c, 3));
    add(&c, &p, 2);
    add(&c, &p, 3);
    assert_int_equal(count_pages(&c), 4);
    dl_corpus_close(&c);
    pile_free(&p);
}

static void days_expire(void **state)
{
    (void)state;
    pile p = { 0 };
    dl_corpus c;
    dl_error err;
    make_pile(&p);
    pile_add(&p, &(page){ .id = "e", .text = OTHER }); /* without a date: it stays */
    assert_int_equal(dl_corpus_open(&c, dir, models, &err), DL_OK);
    for (uint32_t i = 0; i < p.n; i++) {
        add(&c, &p, i);
        assert_int_equal(dl_corpus_commit(&c, &err), DL_OK);
    }
    assert_int_equal(dl_corpus_expire(&c, 2, &err), DL_OK); /* the latest is the 9th: the 6th goes */
    assert_int_equal(count_pages(&c), 4);
    assert_int_equal(c.n_chunks, 4);
    dl_corpus_close(&c);
    assert_int_equal(dl_corpus_open(&c, dir, models, &err), DL_OK);
    assert_int_equal(count_pages(&c), 4);
    assert_int_equal(dl_corpus_expire(&c, 0, &err), DL_OK);
    assert_int_equal(count_pages(&c), 2);
    dl_corpus_close(&c);
    pile_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_keeps_the_words),
        cmocka_unit_test(a_corpus_gives_what_the_pages_in_hand_give),
        cmocka_unit_test_setup_teardown(a_run_that_ends_early_loses_what_it_had_not_committed, make_dir, remove_dir),
        cmocka_unit_test_setup_teardown(days_expire, make_dir, remove_dir),
    };
    return cmocka_run_group_tests_name("corpus", tests, open_models, close_models);
}
