/* test_extract_meta.c: what pages say of themselves: title, authors, outlet, language. */
#include "extract_page.h"

#define BODY                                                                                                                     \
    "<p>The council of Harnsea met on Monday evening to vote on the new harbour wall, which has been argued over "               \
    "for nine years and will cost the town more than it has ever spent.</p>"                                                     \
    "<p>Nine members were for it and four against; the mayor, who had threatened to resign, said that she was "                  \
    "relieved and that work would begin in the spring.</p>"
#define H1 "<h1>Harnsea votes for a new harbour wall</h1>"

static const dl_doc *html(const char *page) { return read_page(DL_RAW_HTML, "https://www.harnseaecho.example/news/wall", page); }

/* want: names joined by "; ", in order */
static void assert_authors(const dl_doc *d, const char *want)
{
    char got[512] = "";
    for (uint32_t i = 0; i < d->authors.n; i++) {
        dl_str s = dl_doc_str(d, d->authors.name[i]);
        size_t at = strlen(got);
        assert_true(at + s.len + 3 < sizeof got);
        if (i) memcpy(got + at, "; ", 3), at += 2;
        memcpy(got + at, s.p, s.len);
        got[at + s.len] = 0;
    }
    assert_string_equal(got, want);
}

static void test_graph(void **state)
{
    (void)state;
    const dl_doc *d = html("<!doctype html><html><head><script type='application/ld+json'>{\"@graph\":["
                           "{\"@type\":\"WebPage\",\"@id\":\"#page\",\"author\":{\"@id\":\"#nobody\"}},"
                           "{\"@type\":\"NewsArticle\",\"isPartOf\":{\"@id\":\"#page\"},\"author\":{\"@id\":\"#p2\"},"
                           "\"headline\":\"Harnsea votes for a new harbour wall\"},"
                           "{\"@type\":\"Person\",\"@id\":\"#p1\",\"name\":\"Ole Brand\"},"
                           "{\"@type\":\"Person\",\"@id\":\"#p2\",\"givenName\":\"Mira\",\"familyName\":\"Tolland\"}]}"
                           "</script></head><body><article>" H1 BODY "</article></body></html>");
    assert_authors(d, "Mira Tolland");
    assert_str(dl_doc_str(d, d->meta->title), "Harnsea votes for a new harbour wall");
}

static void test_names_in_a_list(void **state)
{
    (void)state;
    const dl_doc *d =
        html("<!doctype html><html><head><script type='application/ld+json'>"
             "{\"@type\":\"NewsArticle\",\"author\":{\"@type\":\"Person\",\"name\":[\"Mira Tolland\",\"Jon Veld\"]},"
             "\"headline\":\"Harnsea votes for a new harbour wall\"}"
             "</script></head><body><article>" H1 BODY "</article></body></html>");
    assert_authors(d, "Mira Tolland; Jon Veld");
}

static void test_other_objects(void **state)
{
    (void)state;
    /* a list of other pieces first; a reader's review inside; then the page's own */
    const dl_doc *d = html(
        "<!doctype html><html><head><script type='application/ld+json'>"
        "{\"@type\":\"ItemList\",\"itemListElement\":[{\"@type\":\"NewsArticle\",\"headline\":\"Quite another matter\","
        "\"author\":{\"@type\":\"Person\",\"name\":\"Ole Brand\"}}]}</script><script type='application/ld+json'>"
        "{\"@type\":\"NewsArticle\",\"headline\":\"Something that stands first\",\"url\":\"https://harnseaecho.example/news/x\","
        "\"author\":\"Una Brill\"}</script><script type='application/ld+json'>"
        "{\"@type\":\"NewsArticle\",\"headline\":\"Harnsea votes for a new harbour wall\","
        "\"review\":{\"@type\":\"Review\",\"author\":{\"@type\":\"Person\",\"name\":\"reader77\"}},"
        "\"mainEntityOfPage\":{\"@id\":\"https://www.harnseaecho.example/news/wall?x=1\"},\"author\":\"Mira Tolland\"}"
        "</script></head><body><article>" H1 BODY "</article></body></html>");
    assert_authors(d, "Mira Tolland");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_graph),
        cmocka_unit_test(test_names_in_a_list),
        cmocka_unit_test(test_other_objects),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
