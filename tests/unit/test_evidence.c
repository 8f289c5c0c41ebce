/* test_evidence.c: what pages of a pile tell of each other's blocks. A page is written as its host, its headline and
 * its blocks: a letter is one block, upper case: kept in the body. Every block is a paragraph of 20 words. */
#include "extract/page.h"

#include "base/limits.h"
#include "extract_page.h"

enum { WORDS = 20, PAGES = 19 };

typedef struct leaf {
    const char *host, *title, *blocks;
} leaf;

static uint64_t name_of(char c) { return dl_hash_str((dl_str){ &(char){ (char)(c | 32) }, 1 }); }

static void put_page(dl_evidence *e, const leaf *x)
{
    dl_print row[64];
    dl_prints p = { .host = dl_str_of(x->host), .title = x->title ? dl_hash_str(dl_str_of(x->title)) : 0, .row = row };
    for (const char *c = x->blocks; *c; c++)
        row[p.n++] = (dl_print){ .hash = name_of(*c), .words = WORDS, .kept = dl_is_upper(*c), .prose = 1 };
    assert_true(dl_evidence_add(e, &p));
}

/* Asks about page 0; *told of a block: -1 for nothing. */
static bool ask(const leaf *x, size_t n, char block, int *host_pages, int *other_hosts)
{
    dl_arena a;
    dl_evidence e;
    dl_marks m;
    dl_arena_init(&a, DL_ARENA_MAX);
    dl_evidence_init(&e, &a);
    for (size_t i = 0; i < n; i++) put_page(&e, &x[i]);
    assert_true(dl_evidence_seal(&e));
    const bool again = dl_evidence_ask(&e, 0, &a, &m);
    const uint32_t told = dl_map_get(&m.told, name_of(block));
    *host_pages = told == DL_NONE ? -1 : (int)(told >> 8 & 255);
    *other_hosts = told == DL_NONE ? -1 : (int)(told & 255);
    dl_arena_free(&a);
    return again;
}
#define ASK(x, block) ask((x), sizeof(x) / sizeof *(x), (block), &pages, &hosts)

static void a_block_of_three_articles_is_the_sites(void **state)
{
    const leaf x[] = { { "a", "one", "ABCX" }, { "a", "two", "DEFx" }, { "a", "three", "GHIX" }, { "a", "four", "JKL" } };
    int pages, hosts;
    (void)state;
    assert_true(ASK(x, 'x'));
    assert_int_equal(pages, 2);
    assert_int_equal(hosts, 0);
    ASK(x, 'b');
    assert_int_equal(pages, -1);
}

static void one_other_article_of_many_tells_nothing(void **state)
{
    const leaf many[] = { { "a", "one", "ABCX" }, { "a", "two", "DEFX" }, { "a", "three", "GHI" }, { "a", "four", "JKL" } };
    const leaf two[] = { { "a", "one", "ABCX" }, { "a", "two", "DEFX" } };
    int pages, hosts;
    (void)state;
    assert_false(ASK(many, 'x'));
    assert_int_equal(pages, 1);
    assert_true(ASK(two, 'x'));
}

static void another_host_is_another_site(void **state)
{
    const leaf x[] = { { "a", "one", "ABCX" }, { "b", "two", "DEFX" }, { "c", "three", "GHIX" } };
    int pages, hosts;
    (void)state;
    assert_false(ASK(x, 'x'));
    assert_int_equal(pages, -1);
}

static void versions_do_not_wipe_each_other_out(void **state)
{
    const leaf same[] = {
        { "a", "one", "ABCD" }, { "a", "one (print)", "ABCD" }, { "a", "one (amp)", "ABCDE" }, { "a", "two", "FGH" }
    };
    const leaf grown[] = { { "a", "one", "ABC" }, { "a", "one", "ABDEF" }, { "a", "one", "ABDEFG" }, { "a", "two", "XYZ" } };
    const leaf mixed[] = {
        { "a", "one", "ABCX" }, { "a", "one", "ABCX" }, { "a", "two", "FGHX" }, { "a", "two", "FGHX" }, { "a", "three", "IJKX" }
    };
    int pages, hosts;
    (void)state;
    assert_false(ASK(same, 'a'));
    assert_int_equal(pages, -1);
    assert_false(ASK(grown, 'a'));
    assert_int_equal(pages, -1);
    assert_true(ASK(mixed, 'x'));
    assert_int_equal(pages, 2); /* "two", in two versions, and "three" */
    ASK(mixed, 'a');
    assert_int_equal(pages, -1);
}

static void short_articles_under_much_furniture_are_no_versions(void **state)
{
    const leaf x[] = { { "a", "one", "AVWXYZ" },  { "a", "two", "BVWXYZ" },  { "a", "three", "CVWXYZ" },
                       { "a", "four", "DVWXYZ" }, { "a", "five", "EVWXYZ" }, { "a", "six", "FVWXYZ" } };
    int pages, hosts;
    (void)state;
    assert_true(ASK(x, 'v'));
    assert_int_equal(pages, 5);
}

static void a_teaser_elsewhere_is_no_evidence(void **state)
{
    /* 'h' is the words of the headline of page 0, 's' its standfirst: both stand on other pages as a teaser */
    leaf x[] = { { "a", "h", "SABC" }, { "a", "two", "DEFhs" }, { "a", "three", "GHIhs" }, { "a", "four", "JKLhs" } };
    int pages, hosts;
    (void)state;
    assert_false(ASK(x, 's'));
    x[0].title = "another";
    assert_true(ASK(x, 's'));
}

static void a_copy_elsewhere_vouches_for_a_paragraph(void **state)
{
    const leaf x[] = { { "a", "one", "ABCd" }, { "b", "two", "ABCD" }, { "c", "three", "ABCD" }, { "c", "four", "ABCD" } };
    const leaf cut[] = { { "a", "one", "ABCd" }, { "b", "two", "ABCd" } };
    const leaf sister[] = { { "a", "one", "ABCd" }, { "b", "two", "EFGD" } };
    int pages, hosts;
    (void)state;
    assert_true(ASK(x, 'd'));
    assert_int_equal(hosts, 2);
    assert_false(ASK(cut, 'd'));
    assert_int_equal(hosts, -1);
    assert_false(ASK(sister, 'd'));
    assert_int_equal(hosts, -1);
}

static void a_list_of_any_length_is_looked_at_in_part(void **state)
{
    leaf x[PAGES] = { { "a", "one", "ABCDX" } };
    char blocks[PAGES][3], title[PAGES][2];
    int pages, hosts;
    (void)state;
    for (int i = 1; i < PAGES; i++) {
        memcpy(blocks[i], (char[]){ (char)('D' + i), 'X', 0 }, 3);
        memcpy(title[i], blocks[i], 1);
        title[i][1] = 0;
        x[i] = (leaf){ "a", title[i], blocks[i] };
    }
    assert_true(ASK(x, 'x'));
    assert_int_equal(pages, 16);
}

static void a_page_that_comes_later_is_foreseen(void **state)
{
    const leaf x[] = { { "a", "one", "ABCX" }, { "a", "two", "DEFX" }, { "a", "three", "GHIx" }, { "b", "four", "JKL" } };
    static const struct {
        const char *host, *blocks;
        bool otherwise; /* it is read otherwise than by itself */
    } cases[] = {
        { "a", "mnox", true }, { "a", "mnoa", false }, { "a", "abcx", true }, { "b", "mnox", false }, { "c", "mnox", false }
    };
    dl_arena a;
    dl_evidence e;
    (void)state;
    dl_arena_init(&a, DL_ARENA_MAX);
    dl_evidence_init(&e, &a);
    for (size_t i = 0; i < DL_COUNT(x); i++) put_page(&e, &x[i]);
    assert_true(dl_evidence_seal(&e));
    for (size_t i = 0; i < DL_COUNT(cases); i++) {
        dl_print row[8];
        dl_marks m;
        dl_prints p = { .host = dl_str_of(cases[i].host), .row = row };
        for (const char *c = cases[i].blocks; *c; c++) row[p.n++] = (dl_print){ .hash = name_of(*c), .words = WORDS, .prose = 1 };
        assert_int_equal(dl_evidence_foresee(&e, &p, &a, &m), cases[i].otherwise);
    }
    dl_arena_free(&a);
}

/* ---- A page ---- */

#define FURNITURE                                                                                                                \
    "Each report on the bridge, the ferry and the storm was checked by two editors and a lawyer before it was printed here."
static const char page[] =
    "<html><head><title>Bridge closed</title><link rel=canonical href='https://www.Norwick.example/a'></head><body>"
    "<article><h1>The bridge at Norwick is closed after the storm</h1>"
    "<p>The mayor of Norwick closed the bridge on Monday after a storm had damaged two of its pillars.</p>"
    "<p>" FURNITURE "</p>"
    "<p>Engineers will look at the pillars on Friday, and the town will say then how long it will take.</p>"
    "<p>Until then the ferry goes twice an hour, and it is free for all who live on the island.</p>"
    "</article></body></html>";

static dl_raw raw_of(const char *url)
{
    return (dl_raw){ .kind = DL_RAW_HTML,
                     .id = DL_STR("p"),
                     .url = dl_str_of(url),
                     .bytes = dl_str_of(page),
                     .raw_len = sizeof page - 1,
                     .fetched = DL_NEVER,
                     .given = DL_NEVER };
}

static bool has(dl_str s, const char *what) { return dl_str_find(s, dl_str_of(what), 0) != SIZE_MAX; }

static void the_host_is_that_of_the_address(void **state)
{
    static const struct {
        const char *url, *host;
    } cases[] = { { "https://www.News.example:8080/a", "news.example" },
                  { "http://amp.news.example?x", "news.example" },
                  { "", "norwick.example" },
                  { "https://sport.news.example/", "sport.news.example" },
                  { "no address", "" } };
    dl_arena a;
    (void)state;
    dl_arena_init(&a, DL_ARENA_MAX);
    for (size_t i = 0; i < DL_COUNT(cases); i++) {
        dl_prints prints;
        const dl_raw raw = raw_of(cases[i].url);
        dl_build_reset(&build);
        assert_int_equal(dl_extract_beside(&build, &raw, models, &(dl_beside){ .prints = &prints, .arena = &a }), DL_OK);
        assert_str(prints.host, cases[i].host);
    }
    dl_arena_free(&a);
}

static void what_the_site_repeats_is_left_out_and_said(void **state)
{
    dl_arena a;
    const dl_raw raw = raw_of("https://norwick.example/a");
    (void)state;
    dl_arena_init(&a, DL_ARENA_MAX);
    dl_marks m = { .host = DL_STR("norwick.example"), .pages = 9 };
    dl_map_init(&m.told, &a);
    const dl_doc *alone = read_page(DL_RAW_HTML, "https://norwick.example/a", page);
    assert_true(has(dl_doc_body(alone), "checked by two editors"));
    assert_int_equal(alone->warnings.n, 0);

    assert_non_null(dl_map_put(&m.told, dl_hash_str(dl_extract_norm(&a, DL_STR(FURNITURE))), DL_TOLD_KEPT | 3u << 8));
    dl_build_reset(&build);
    assert_int_equal(dl_extract_beside(&build, &raw, models, &(dl_beside){ .marks = &m }), DL_OK);
    assert_false(has(dl_doc_body(&build.d), "checked by two editors"));
    assert_true(has(dl_doc_body(&build.d), "closed the bridge"));
    assert_true(has(dl_doc_body(&build.d), "Until then the ferry"));
    assert_int_equal(build.d.warnings.n, 1);
    assert_str(dl_doc_str(&build.d, build.d.warnings.what[0]), "pile");
    assert_str(dl_doc_str(&build.d, build.d.warnings.detail[0]),
               "1 block that other articles of norwick.example print, too, was left out");
    dl_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_block_of_three_articles_is_the_sites),
        cmocka_unit_test(one_other_article_of_many_tells_nothing),
        cmocka_unit_test(another_host_is_another_site),
        cmocka_unit_test(versions_do_not_wipe_each_other_out),
        cmocka_unit_test(short_articles_under_much_furniture_are_no_versions),
        cmocka_unit_test(a_teaser_elsewhere_is_no_evidence),
        cmocka_unit_test(a_copy_elsewhere_vouches_for_a_paragraph),
        cmocka_unit_test(a_list_of_any_length_is_looked_at_in_part),
        cmocka_unit_test(a_page_that_comes_later_is_foreseen),
        cmocka_unit_test(the_host_is_that_of_the_address),
        cmocka_unit_test(what_the_site_repeats_is_left_out_and_said),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
