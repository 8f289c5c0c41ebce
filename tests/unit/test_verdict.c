/* test_verdict.c: what kind of page it is, and whether its text is whole. The pages are invented. */
#include "extract_page.h"

#include <stdio.h>

static char page[1 << 16];

/* `head` and `body` round `n` teasers, each a linked headline and perhaps a line below. */
static const char *listing(const char *head, int n, bool lines)
{
    size_t at = (size_t)snprintf(page, sizeof page, "<!doctype html><html><head>%s</head><body><main>", head);
    for (int i = 0; i < n; i++) {
        at += (size_t)snprintf(
            page + at, sizeof page - at,
            "<div class=item><h3><a href=\"/news/story-%d\">Council of Alm votes on the plan number %d for the old "
            "harbour</a></h3>",
            i, i);
        if (lines)
            at += (size_t)snprintf(page + at, sizeof page - at,
                                   "<p>The plan number %d would move the fish market to the northern quay, its authors say.</p>",
                                   i);
        at += (size_t)snprintf(page + at, sizeof page - at, "</div>");
    }
    snprintf(page + at, sizeof page - at, "</main></body></html>");
    return page;
}

static int verdict(const char *url, const char *html) { return read_page(DL_RAW_HTML, url, html)->meta->verdict; }
static int cut(const char *html)
{
    return read_page(DL_RAW_HTML, "https://alm.example/2031/05/the-mill-of-alm-is-sold", html)->meta->truncated;
}

static void pages_of_teasers(void **state)
{
    (void)state;
    static const char site[] = "<title>The Alm Post</title><meta property=og:type content=website>";
    static const char tag[] = "<title>Harbour</title><script type=\"application/ld+json\">{\"@type\":\"CollectionPage\",\"name\":"
                              "\"Harbour\"}</script>";
    assert_int_equal(verdict("https://alm.example/", listing(site, 40, true)), DL_INDEX);
    assert_int_equal(verdict("https://alm.example/", listing(site, 12, false)), DL_INDEX);
    assert_int_equal(verdict("https://alm.example/tag/harbour/", listing(tag, 15, true)), DL_INDEX);
    assert_int_equal(verdict("https://alm.example/category/town/page/2", listing("<title>Town</title>", 20, false)), DL_INDEX);
    assert_int_equal(verdict("", listing("<title>The Alm Post</title>", 60, true)), DL_INDEX);
}

/* Nothing but headlines, in a script without blanks; an author's page; a page to sign in. */
static void headlines_alone(void **state)
{
    (void)state;
    size_t at = (size_t)snprintf(page, sizeof page, "<html><head><title>\xe6\xb8\xa1\xe5\x8f\xa3</title></head><body><ul>");
    for (int i = 0; i < 24; i++)
        at += (size_t)snprintf(
            page + at, sizeof page - at,
            "<li><a href=/%d>\xe8\x80\x81\xe6\xb8\xa1\xe5\x8f\xa3\xe9\x87\x8d\xe6\x96\xb0\xe9\x80\x9a\xe8\x88\xaa%d</a></li>", i,
            10 + i);
    snprintf(page + at, sizeof page - at, "</ul></body></html>");
    assert_int_equal(verdict("", page), DL_INDEX);
    assert_int_equal(verdict("https://alm.example/author/ann-lee/",
                             listing("<title>Ann Lee</title><meta property=og:type content=profile>", 15, false)),
                     DL_INDEX);
    assert_int_equal(verdict("https://alm.example/login",
                             "<html><head><title>Sign in - The Alm Post</title></head><body><h1>Sign in</h1>"
                             "<form><input type=password></form><p>If you have forgotten your password, we "
                             "send you a new one by mail within a few minutes.</p></body></html>"),
                     DL_OTHER);
}

#define MILL                                                                                                                     \
    "<p>The old mill at Alm was sold on Monday to a baker from the next town, who wants to grind his own flour there.</p>"       \
    "<p>The price is not known, but the council had asked for no less than ninety thousand, a clerk of the town said.</p>"
#define MORE                                                                                                                     \
    "<p>The wheel has not turned for thirty years, and the pond above it has silted up, so that work will take until "           \
    "winter.</p>"                                                                                                                \
    "<p>Two other buyers had come forward in spring, a brewer and a school of painting, but neither of them had the money.</p>"  \
    "<p>The mill was built in the year of the great flood, and three families have lived in it since then, the last until "      \
    "May.</p>"                                                                                                                   \
    "<p>What is to become of the miller's house beside it, nobody at the town hall could say when they were asked on "           \
    "Tuesday.</p>"                                                                                                               \
    "<p>A footpath that leads past the sluice will be closed for as long as the work goes on, and opened again by Easter.</p>"   \
    "<p>The baker, who is forty, learnt his trade in the harbour, and has run a shop of his own in Lind for eleven years.</p>"

static void articles_stay_articles(void **state)
{
    (void)state;
    static const char lone[] = "<html><head><title>Mill sold</title></head><body><h1>Mill sold</h1>" MILL MORE "</body></html>";
    assert_int_equal(verdict("https://alm.example/", lone), DL_ARTICLE);
    assert_int_equal(verdict("https://alm.example/tag/the-mill-of-alm-is-sold-to-a-baker", lone), DL_ARTICLE);
    assert_int_equal(
        verdict("", "<html><head><title>Access denied: how the mill was closed to its own miller</title></head><body><h1>Access "
                    "denied: how the mill was closed to its own miller</h1>" MILL MORE MORE "</body></html>"),
        DL_ARTICLE);
    /* Forty teasers below an article are an article's. */
    size_t at = (size_t)snprintf(page, sizeof page, "<html><body><article><h1>Mill sold</h1>" MILL MORE "</article><div>");
    for (int i = 0; i < 40; i++)
        at += (size_t)snprintf(page + at, sizeof page - at, "<h4><a href=/%d>Harbour plan number %d is put off again</a></h4>", i,
                               i);
    snprintf(page + at, sizeof page - at, "</div></body></html>");
    assert_int_equal(verdict("https://alm.example/2031/mill-sold-to-a-baker-of-lind", page), DL_ARTICLE);
}

static void errors_and_gates_are_other(void **state)
{
    (void)state;
    static const char *const pages[] = {
        "<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1><p>The requested URL was not found on this "
        "server.</p></body></html>",
        "<html><head><title>Page not found | The Alm Post</title></head><body><h1>Sorry</h1><p>The page you are looking for has "
        "moved or never was, but perhaps one of these will do for you as well.</p></body></html>",
        "<html><head><title>Just a moment...</title></head><body><h2>Checking your browser before you go to "
        "alm.example</h2><p>This "
        "takes a few seconds, and you will be sent on when it is done.</p></body></html>",
        "<html><head><title>alm.example</title></head><body><h1>Access Denied</h1><p>You don't have permission to access this "
        "page on this server, and the reference number of this answer is 18.</p></body></html>",
        "<html><head><title>Seite nicht gefunden - Alm Bote</title></head><body><p>Leider gibt es die Seite nicht, die Sie "
        "aufgerufen haben. Vielleicht hilft Ihnen unsere Suche weiter.</p></body></html>",
        "<html><head><title>\xe9\xa1\xb5\xe9\x9d\xa2\xe4\xb8\x8d\xe5\xad\x98\xe5\x9c\xa8</title></head><body><p>404</p></body></"
        "html>",
    };
    for (size_t i = 0; i < DL_COUNT(pages); i++)
        if (verdict("https://alm.example/x", pages[i]) != DL_OTHER)
            fail_msg("page %zu is %s", i, dl_verdict_words[build.meta.verdict]);
}

#define PAID                                                                                                                     \
    "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Mill "                                       \
    "sold\",\"isAccessibleForFree\":false}</script>"
#define WORDS                                                                                                                    \
    "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Mill sold\",\"wordCount\":\"940\"}</script>"

static void beginnings_are_called_so(void **state)
{
    (void)state;
    assert_true(cut("<html><head>" PAID "</head><body><h1>Mill sold</h1>" MILL "</body></html>"));
    assert_true(cut("<html><body><h1>Mill sold</h1>" MILL "<p>This article is for subscribers only.</p></body></html>"));
    assert_true(cut("<html><head>" WORDS "</head><body><h1>Mill sold</h1>" MILL "</body></html>"));
    assert_true(cut("<html><body><h1>Mill sold</h1>" MILL "<p>The wheel has not turned for thirty years, and the pond above "
                    "it has been\xe2\x80\xa6</p></body></html>"));
    assert_false(cut("<html><body><h1>Mill sold</h1>" MILL "</body></html>"));
    assert_false(
        cut("<html><body><h1>Mill sold</h1>" MILL MORE MORE "<p>This article is for subscribers only.</p></body></html>"));
    assert_str(dl_doc_str(&build.d, build.meta.title), "Mill sold");
}

static void plain_text_is_judged_too(void **state)
{
    (void)state;
    const dl_doc *d =
        read_page(DL_RAW_TEXT, "", "404 Not Found\n\nThe page that you asked for is not here, or it has never been.\n");
    assert_int_equal(d->meta->verdict, DL_OTHER);
    d = read_page(DL_RAW_TEXT, "",
                  "Mill sold to a baker\n\nThe old mill at Alm was sold on Monday to a baker from the next town, who wants...\n");
    assert_int_equal(d->meta->verdict, DL_ARTICLE);
    assert_true(d->meta->truncated);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_of_teasers),         cmocka_unit_test(headlines_alone),
        cmocka_unit_test(articles_stay_articles),   cmocka_unit_test(errors_and_gates_are_other),
        cmocka_unit_test(plain_text_is_judged_too), cmocka_unit_test(beginnings_are_called_so),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
