/* test_extract_html.c: pages of HTML, escaped HTML, fragments: what is body and what the page says of
 * itself. The pages are invented; what is expected was written down by hand. */
#include "extract_page.h"

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

/* Text in a table that is in no cell stands before the table, and joins what stands there: its bytes reach over the
 * cells'. No byte is given twice, and the text is whole. */
static void moved_text_has_bytes_of_its_own(void **state)
{
    (void)state;
    const dl_doc *d = read_page(DL_RAW_HTML, "",
                                "<!doctype html><title>Boats</title><article><h1>Boats</h1>"
                                "<p>The harbour of Norvik has room for forty boats, and as many wait for a place in it."
                                "<p>Larger boats pay what they have paid, the council of the town decided on Wednesday."
                                "<div>Who pays less is <table><tr><td>Boats of up to eight metres</td></tr>"
                                "those who come from the town itself, and those who row. </table></div></article>");
    assert_true(dl_str_find(dl_doc_body(d), DL_STR("Who pays less is those who come from the town"), 0) != SIZE_MAX);
    dl_span all[64];
    size_t n = 0;
    for (uint32_t i = 0; i < d->blocks.n && n < 32; i++) all[n++] = d->blocks.raw[i];
    for (uint32_t i = 0; i < d->removed.n && n < 64; i++) all[n++] = d->removed.raw[i];
    assert_true(n >= 4);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++) assert_false(dl_span_meet(all[i], all[k]));
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

static void lists_and_lines_at_the_end_are_kept(void **state)
{
    (void)state;
    static const char page[] = "<html><body><h1>Winners of the harbour race</h1><div><p>Eleven boats finished the harbour race "
                               "on Sunday, two of them within a minute of each other.</p>"
                               "<p>These are the winners of each class, as the jury of the club gave them out in the evening:</p>"
                               "<ul><li>Dinghies: Petrel</li><li>Cutters: Old Mary</li></ul></div>"
                               "<div class=\"more\"><ul><li><a href=/a>Cup final is put off again</a></li><li><a "
                               "href=/b>Swimmers found safe</a></li></ul></div></body></html>";
    const dl_doc *d = read_page(DL_RAW_HTML, "", page);
    assert_str(dl_doc_body(d), "Eleven boats finished the harbour race on Sunday, two of them within a minute of each other.\n"
                               "These are the winners of each class, as the jury of the club gave them out in the evening:\n"
                               "Dinghies: Petrel\nCutters: Old Mary\n");
    assert_int_equal(d->blocks.kind[2], DL_LIST);
}

static void cards_of_other_articles_are_not(void **state)
{
    (void)state;
    static const char page[] =
        "<html><body><div id=wrap><h1>Bridge to open in May</h1>"
        "<p>The new bridge at Alm will open on the first of May, the roads office said on Thursday in a letter to the town.</p>"
        "<p>Lorries will have to wait for another month, because the ramps on the northern side are not finished yet.</p>"
        "<p>The bridge cost eighty million, which is ten more than had been voted for it four years ago by the council.</p>"
        "<div><h3><a href=/1>Mayor of Alm wants a second term</a></h3><p>She said on Monday that she had more to do and would "
        "stand again.</p></div>"
        "<div><h3><a href=/2>Rain floods the old market hall</a></h3><p>Traders carried their goods upstairs through the night, "
        "and lost little.</p></div>"
        "</div></body></html>";
    const dl_doc *d = read_page(DL_RAW_HTML, "", page);
    assert_int_equal(d->blocks.n, 3);
    assert_true(dl_str_find(dl_doc_body(d), DL_STR("Traders"), 0) == SIZE_MAX);
}

static void a_class_that_holds_the_article_is_not_believed(void **state)
{
    (void)state;
    static const char page[] =
        "<html><body><div class=\"sidebar-grid tag-politics\"><h1>Vote on the dam is near</h1>"
        "<p class=\"field-label-hidden\">Parliament will vote on the dam at Orre before the summer, the speaker said on Tuesday "
        "morning.</p>"
        "<p>Three parties are for it and two against, and the sixth has let its members choose as they like.</p>"
        "<p>Work on the dam would begin in the autumn of next year and take until the end of the decade.</p></div>"
        "<div class=cookie-notice><p>We use cookies to measure visits. You may refuse cookies or choose which cookies you allow "
        "us to set.</p></div></body></html>";
    const dl_doc *d = read_page(DL_RAW_HTML, "", page);
    assert_int_equal(d->blocks.n, 3);
    assert_str(dl_doc_str(d, d->meta->title), "Vote on the dam is near");
}

static void the_standfirst_is_kept(void **state)
{
    (void)state;
    static const char page[] =
        "<html><body><article><header><h1>Snow closes the pass</h1><p class=\"standfirst\">Forty cars were towed down before "
        "dark</p></header>"
        "<div><p>The pass of Horn was closed on Saturday after a metre of snow fell within six hours, the road patrol said.</p>"
        "<p>It will not be opened before Monday, and then for cars with chains alone, a spokeswoman told "
        "reporters.</p></div></article></body></html>";
    const dl_doc *d = read_page(DL_RAW_HTML, "", page);
    assert_int_equal(d->blocks.n, 3);
    assert_str(dl_doc_text(d, d->blocks.span[0]), "Forty cars were towed down before dark");
}

static void what_only_json_ld_holds_is_taken(void **state)
{
    (void)state;
    static char page[4096];
    size_t n = 0;
    static const char head[] = "<html><head><script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Mill "
                               "sold\",\"articleBody\":\"The mill at Rye was sold.\\n\\n";
    memcpy(page, head, sizeof head - 1);
    n = sizeof head - 1;
    static const char line[] = "Nobody at the works had been told before the papers were signed on that Friday. ";
    for (int i = 0; i < 12; i++) {
        memcpy(page + n, line, sizeof line - 1);
        n += sizeof line - 1;
    }
    static const char tail[] = "\"}</script></head><body><h1>Mill sold</h1><p>The mill at Rye was sold.</p></body></html>";
    memcpy(page + n, tail, sizeof tail);
    const dl_doc *d = read_page(DL_RAW_HTML, "", page);
    assert_int_equal(d->blocks.n, 2);
    assert_str(dl_doc_text(d, d->blocks.span[0]), "The mill at Rye was sold.");
    assert_memory_equal(page + d->blocks.raw[0].beg, "The mill at Rye was sold.", 25);
    assert_true(d->meta->words > 150);
}

static void entries_of_a_live_page(void **state)
{
    (void)state;
    static const char page[] =
        "<html><head><title>Storm live: ferries stop</title></head><body><main><h1>Storm live: ferries stop</h1><div "
        "class=stream>"
        "<div class=entry><time datetime=\"2022-01-29T14:05:00Z\">14:05</time><h2>Ferries stop</h2><p>All ferries to the islands "
        "have stopped until midnight, the company says.</p></div>"
        "<div class=entry><time datetime=\"2022-01-29T13:40:00Z\">13:40</time><h2>Roofs fly</h2><p>Two roofs were torn off in "
        "Lind, and a street is closed there, police say.</p></div>"
        "<div class=entry><time datetime=\"2022-01-29T13:00:00Z\">13:00</time><h2>Good afternoon</h2><p>Welcome to our page on "
        "the storm, which reached the coast in the morning.</p></div>"
        "</div></main></body></html>";
    const dl_doc *d = read_page(DL_RAW_HTML, "", page);
    assert_int_equal(d->meta->verdict, DL_LIVE);
    assert_int_equal(d->blocks.kind[0], DL_POST);
    assert_str(dl_doc_str(d, d->blocks.title[0]), "Ferries stop");
    assert_int_equal(d->blocks.time[0], 1643465100);
    assert_str(dl_doc_text(d, d->blocks.span[1]), "Two roofs were torn off in Lind, and a street is closed there, police say.");
}

static void a_date_among_other_words(void **state)
{
    (void)state;
    static const char page[] =
        "<html><body><h1>Tram line nine is back</h1><div>Section: Town | 12 May 2020 | Page 4</div>"
        "<p>Trams of line nine run again since the morning, after four months of works on the rails in Mill Street.</p>"
        "<p>The works had been planned for ten weeks, but an old cistern was found below the crossing in "
        "winter.</p></body></html>";
    const dl_doc *d = read_page(DL_RAW_HTML, "", page);
    assert_int_equal(d->dates.n, 1);
    assert_int_equal(d->dates.at[0], 1589241600);
    assert_int_equal(d->dates.basis[0], DL_BY_PRINTED);
    assert_true(d->dates.sure[0] < 80);
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
        cmocka_unit_test(moved_text_has_bytes_of_its_own),
        cmocka_unit_test(dates_have_their_basis),
        cmocka_unit_test(raw_ranges_hold_the_words),
        cmocka_unit_test(escaped_markup_in_a_text),
        cmocka_unit_test(lists_and_lines_at_the_end_are_kept),
        cmocka_unit_test(cards_of_other_articles_are_not),
        cmocka_unit_test(a_class_that_holds_the_article_is_not_believed),
        cmocka_unit_test(the_standfirst_is_kept),
        cmocka_unit_test(what_only_json_ld_holds_is_taken),
        cmocka_unit_test(entries_of_a_live_page),
        cmocka_unit_test(a_date_among_other_words),
        cmocka_unit_test(hostile_pages_end),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
