/* test_extract_html.c: pages of HTML, escaped HTML, fragments: what is body and what the page says of
 * itself. The pages are invented; what is expected was written down by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "extract/extract.h"

static dl_models *models;
static dl_build build;

static int open_all(void **state)
{
    (void)state;
    dl_build_init(&build);
    return dl_models_open(&models, NULL, NULL) == DL_OK ? 0 : -1;
}
static int close_all(void **state)
{
    (void)state;
    dl_build_free(&build);
    dl_models_close(models);
    return 0;
}

static const dl_doc *read_page(dl_raw_kind kind, const char *url, const char *page)
{
    dl_raw raw = { .kind = kind,
                   .id = DL_STR("p"),
                   .url = dl_str_of(url),
                   .bytes = dl_str_of(page),
                   .raw_len = strlen(page),
                   .fetched = DL_NEVER,
                   .given = DL_NEVER };
    dl_build_reset(&build);
    assert_int_equal(dl_extract(&build, &raw, models), DL_OK);
    return &build.d;
}

static void assert_str(dl_str got, const char *want)
{
    if (!dl_str_eq(got, dl_str_of(want))) fail_msg("got \"%.*s\", want \"%s\"", (int)got.len, got.p, want);
}

static const char story[] =
    "<!doctype html><html lang=\"en-GB\"><head><title>Lake freezes early - Norvik Times</title>"
    "<meta property=\"og:site_name\" content=\"Norvik Times\"><meta property=\"og:title\" content=\"Lake freezes early\">"
    "<script "
    "type=\"application/ld+json\">{\"@context\":\"https://"
    "schema.org\",\"@graph\":[{\"@type\":\"NewsArticle\",\"headline\":\"Lake freezes early\","
    "\"datePublished\":\"2021-11-30T07:15:00+01:00\",\"dateModified\":\"2021-12-01\",\"author\":[{\"@type\":\"Person\",\"name\":"
    "\"Ana Sund\"},{\"@type\":\"Person\",\"name\":\"Bo Lind\"}],"
    "\"publisher\":{\"@type\":\"Organization\",\"name\":\"Norvik Times AS\"}}]}</script></head>"
    "<body><nav><ul><li><a href=/>Home</a><li><a href=/w>Weather</a></ul></nav>"
    "<header class=masthead>Norvik Times: your daily news since 1901.</header>"
    "<main><article><h1>Lake freezes early</h1><p class=\"byline\">By <a rel=author href=/a>Ana Sund</a> and Bo Lind</p>"
    "<figure><img src=x><figcaption>The lake on Monday, seen from the old mill. Photo: Ana Sund</figcaption></figure>"
    "<div class=\"article-body\"><p>The lake above Norvik froze on Monday, three weeks earlier than in any year since records "
    "began.</p>"
    "<p>&#8220;I have not seen it so early,&#8221; said Per Holm, who has measured the ice since 1978.</p>"
    "<p><a href=/r>READ MORE: Ferries stay in port as the ice grows thicker</a></p>"
    "<h2>What it means for the ferries</h2>"
    "<p>Two of the three ferries stopped on Tuesday, and the third will stop before the weekend, the company said.</p>"
    "<div class=\"newsletter-signup\"><p>Sign up for the morning letter and get the best of our paper in your inbox each "
    "day.</p></div>"
    "<ul><li>The road over the ice opens when it is forty centimetres thick.</li><li>Skating is allowed from Saturday.</li></ul>"
    "</div><div class=\"related-articles\"><h3>Related</h3><p>A bridge over the lake would cost four hundred million, the "
    "ministry has found in a report.</p></div>"
    "</article></main><section id=comments><p>What a fine thing to read on such a cold day, thank you very much "
    "indeed.</p></section>"
    "<footer><p>All rights reserved. Nothing on these pages may be printed elsewhere without leave of the "
    "editors.</p></footer></body></html>";

static void a_whole_page(void **state)
{
    (void)state;
    const dl_doc *d = read_page(DL_RAW_HTML, "https://www.norviktimes.example/2021/11/30/lake", story);
    assert_str(dl_doc_body(d),
               "The lake above Norvik froze on Monday, three weeks earlier than in any year since records began.\n"
               "\xe2\x80\x9cI have not seen it so early,\xe2\x80\x9d said Per Holm, who has measured the ice since 1978.\n"
               "What it means for the ferries\n"
               "Two of the three ferries stopped on Tuesday, and the third will stop before the weekend, the company said.\n"
               "The road over the ice opens when it is forty centimetres thick.\n"
               "Skating is allowed from Saturday.\n");
    assert_str(dl_doc_str(d, d->meta->title), "Lake freezes early");
    assert_str(dl_doc_str(d, d->meta->outlet), "Norvik Times");
    assert_str(dl_doc_str(d, d->meta->language), "en");
    assert_int_equal(d->authors.n, 2);
    assert_str(dl_doc_str(d, d->authors.name[1]), "Bo Lind");
}

static void dates_have_their_basis(void **state)
{
    (void)state;
    const dl_doc *d = read_page(DL_RAW_HTML, "https://www.norviktimes.example/2021/11/30/lake", story);
    bool meta = false, changed = false, url = false;
    for (uint32_t i = 0; i < d->dates.n; i++) {
        meta |= d->dates.basis[i] == DL_BY_META && !d->dates.modified[i] && d->dates.at[i] == 1638252900; /* 06:15 UTC */
        changed |= d->dates.basis[i] == DL_BY_META && d->dates.modified[i] && d->dates.at[i] == 1638316800;
        url |= d->dates.basis[i] == DL_BY_URL && d->dates.at[i] == 1638230400;
    }
    assert_true(meta && changed && url);
}

static void raw_ranges_hold_the_words(void **state)
{
    (void)state;
    const dl_doc *d = read_page(DL_RAW_HTML, "", story);
    dl_str raw = { story + d->blocks.raw[0].beg, dl_span_len(d->blocks.raw[0]) };
    assert_true(dl_str_eq(raw, dl_doc_text(d, d->blocks.span[0])));
    for (uint32_t i = 0; i + 1 < d->removed.n; i++) assert_true(d->removed.raw[i].end <= d->removed.raw[i + 1].beg);
}

static void escaped_markup_in_a_text(void **state)
{
    (void)state;
    static const char page[] =
        "Glass works to close\n\n"
        "&lt;div class&equals;\"ads\"&gt;&lt;span&gt;Advertisement&lt;&sol;span&gt;&lt;&sol;div&gt;&NewLine;&lt;p&gt;The glass "
        "works at Alm will close in June&comma; its owner said on Friday&period;&lt;&sol;p&gt;"
        "&lt;figure&gt;&lt;figcaption&gt;The works in spring (&lt;&sol;figcaption&gt;&lt;&sol;figure&gt;"
        "&lt;p&gt;Some ninety people work there&comma; most of them for more than ten years&period;&lt;&sol;p&gt;\n\n"
        "Subscribe to get our posts by email.\n";
    const dl_doc *d = read_page(DL_RAW_TEXT, "", page);
    assert_str(dl_doc_body(d), "The glass works at Alm will close in June, its owner said on Friday.\n"
                               "Some ninety people work there, most of them for more than ten years.\n");
    assert_str(dl_doc_str(d, d->meta->title), "Glass works to close");
    assert_true(d->warnings.n >= 1);
    dl_span raw = d->blocks.raw[0];
    assert_memory_equal(page + raw.beg, "The glass works", 15);
    assert_true(raw.end > raw.beg && raw.end < sizeof page);
}

static void hostile_pages_end(void **state)
{
    (void)state;
    static const char *const pages[] = { "",
                                         "<",
                                         "<html>",
                                         "<p",
                                         "<!doctype html><body>",
                                         "<script type='application/ld+json'>{\"@type\":[[[[[[{\"author\":\"",
                                         "\xff\xfe\x00",
                                         "<table><tr><td>x" };
    for (size_t i = 0; i < DL_COUNT(pages); i++) (void)read_page(DL_RAW_HTML, "", pages[i]);
    const dl_doc *d = read_page(DL_RAW_HTML, "", "<html><body></body></html>");
    assert_int_equal(d->meta->verdict, DL_OTHER);
    assert_int_equal(d->meta->body_len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_page),
        cmocka_unit_test(dates_have_their_basis),
        cmocka_unit_test(raw_ranges_hold_the_words),
        cmocka_unit_test(escaped_markup_in_a_text),
        cmocka_unit_test(hostile_pages_end),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
