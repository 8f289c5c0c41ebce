/* test_extract_when.c: every place where a page of HTML names its day, and which day is believed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "dates/dates.h"
#include "extract_page.h"
#include "tokens/tokens.h"

#define STORY                                                                                                                    \
    "<p>The ferry between the two islands will run again from spring, the harbour board of Veldhaven has said after a "          \
    "long dispute about the landing stage.</p><p>Its chair thanked the fishermen who had carried letters and milk across "       \
    "the strait for most of the winter, and promised them berths at the new pier.</p><p>Tickets will cost as much as they "      \
    "did before, and children travel free on Sundays.</p>"

static char page[16384];

static const dl_dates *decide(const char *head, const char *above, const char *below)
{
    snprintf(page, sizeof page,
             "<!DOCTYPE html><html><head><title>Ferry to run again</title>%s</head><body><div><a href=/>Home</a> <a "
             "href=/sea>Sea</a></div><article>%s<h1>Ferry to run again</h1>%s</body></html>",
             head, above, below);
    const dl_doc *d = read_page(DL_RAW_HTML, "", page);
    assert_int_equal(dl_tokens_find(&build, models), DL_OK);
    assert_int_equal(dl_dates_page(&build, models), DL_OK);
    return &d->dates;
}

static void assert_day(const char *want, const char *of)
{
    char got[11];
    dl_date_text(got, build.meta.published);
    if (strcmp(got, want) != 0) fail_msg("\"%s\" instead of \"%s\": %s", got, want, of);
}

typedef struct form {
    const char *what, *day;
    dl_date_place place;
} form;

static void check(const form *f, const dl_dates *t)
{
    assert_day(f->day, f->what);
    for (uint32_t i = 0; i < t->n; i++)
        if (t->place[i] == f->place) return;
    fail_msg("no row of the right place: %s", f->what);
}

static void places_in_the_head(void **state)
{
    (void)state;
    static const form forms[] = {
        { "<meta property=article:published_time content=2019-05-14T10:00:00+02:00>", "2019-05-14", DL_DATE_META },
        { "<meta name=DC.date.issued content=2019-05-14>", "2019-05-14", DL_DATE_META_MADE },
        { "<meta name=date content='14.05.2019'>", "2019-05-14", DL_DATE_META_DAY },
        { "<meta itemprop=datePublished content='2019-05-14'>", "2019-05-14", DL_DATE_ITEM },
        { "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Ferry to run again\","
          "\"datePublished\":\"2019-05-14\"}</script>",
          "2019-05-14", DL_DATE_LD },
        { "<script type='application/ld+json'>{\"@type\":\"WebPage\",\"datePublished\":\"2019-05-14T10:00:00Z\"}</script>",
          "2019-05-14", DL_DATE_LD_OTHER },
        { "<script>var page = { 'publishdate': '2019-05-14', 'author': 'x' };</script>", "2019-05-14", DL_DATE_SCRIPT },
        { "<script>window.state = \"{\\\"firstPublishedAt\\\":\\\"2019-05-14T09:00:00.000Z\\\"}\";</script>", "2019-05-14",
          DL_DATE_SCRIPT },
        { "<script>dataLayer.push({\"articlePublished\":1557824400})</script>", "2019-05-14", DL_DATE_SCRIPT },
        { "<script>x={\"createdAt\":\"2019-05-14T09:00:00+02:00\",\"id\":7}</script>", "2019-05-14", DL_DATE_SCRIPT_MADE },
        { "<!-- page published 2019-05-14 10:00 -->", "2019-05-14", DL_DATE_COMMENT },
        { "<link rel=canonical href='https://a.example/sea/14-05-2019-ferry'>", "2019-05-14", DL_DATE_CANONICAL },
        { "<link rel=canonical href='https://a.example/2019/5/14/ferry'>", "2019-05-14", DL_DATE_CANONICAL },
        { "<meta property=og:image content='https://a.example/pics/2019/05/14/ferry.jpg'>", "2019-05-14", DL_DATE_PICTURE },
    };
    for (size_t i = 0; i < DL_COUNT(forms); i++) check(&forms[i], decide(forms[i].what, "", STORY));
}

static void places_below_the_headline(void **state)
{
    (void)state;
    static const form forms[] = {
        { "<time datetime='2019-05-14T10:00'>yesterday</time>", "2019-05-14", DL_DATE_TIME },
        { "<abbr title='Tuesday, 14 May 2019 at 10:00'>3 h</abbr>", "2019-05-14", DL_DATE_TIME },
        { "<p itemprop=datePublished content='2019-05-14 10:31:00'>May 2019</p>", "2019-05-14", DL_DATE_ITEM },
        { "<span property='schema:dateCreated' content='2019-05-14T08:00:00+00:00'></span>", "2019-05-14", DL_DATE_ITEM },
        { "<div data-published-at=1557824400000>a while ago</div>", "2019-05-14", DL_DATE_ATTRIBUTE },
        { "<p>by Ann Lee <span title='14.05.2019'>some time ago</span></p>", "2019-05-14", DL_DATE_ATTRIBUTE },
        { "<p><span class=post-created> 14.05.19</span> / <span>0 comments</span></p>", "2019-05-14", DL_DATE_CLASS },
        { "<p><a href=/ann>Ann Lee</a>, 14.5.19</p>", "2019-05-14", DL_DATE_PRINTED },
        { "<p>Ann Lee<span>14 May 2019</span>20 shares of 9000, and more of what a line may hold</p>", "2019-05-14",
          DL_DATE_PRINTED },
        { "<p>14. Mai 2019 | Inseln, Verkehr</p>", "2019-05-14", DL_DATE_PRINTED },
        { "<dl><dt>Datum</dt><dd>14.05.2019</dd></dl>", "2019-05-14", DL_DATE_PRINTED },
    };
    for (size_t i = 0; i < DL_COUNT(forms); i++) {
        char below[8192];
        snprintf(below, sizeof below, "%s%s", forms[i].what, STORY);
        check(&forms[i], decide("", "", below));
    }
}

static void forms_of_print(void **state)
{
    (void)state;
    static const char *const lines[] = { "14 May 2019",
                                         "May 14th, 2019",
                                         "Tue 14-May-2019",
                                         "14. kvetna 2019",
                                         "14 mai 2019 à 10h05",
                                         "14 de mayo de 2019",
                                         "2019. május 14. 10:05",
                                         "2019. gada 14. maijs",
                                         "2019 m. gegužės 14 d.",
                                         "14 мая 2019, 10:05",
                                         "14 травня 2019",
                                         "१४ मई 2019",
                                         "١٤ مايو ٢٠١٩",
                                         "14 במאי 2019",
                                         "2019年5月14日 10:05",
                                         "2019년 5월 14일",
                                         "14.05.2019",
                                         "2019/05/14",
                                         "14/05/2019",
                                         "১৪ মে ২০১৯",
                                         "10:05, 14 May 2019",
                                         "14 Μαΐου 2019",
                                         "14 May \u201919",
                                         "14.Mai.19",
                                         "14-May-19",
                                         "14 tháng 5, 2019",
                                         "14 maj 2019",
                                         "14 мамыр 2019",
                                         "14 de maig de 2019",
                                         "2019-05-14 10:05" };
    for (size_t i = 0; i < DL_COUNT(lines); i++) {
        char below[8192];
        snprintf(below, sizeof below, "<p>%s</p>%s", lines[i], STORY);
        (void)decide("", "", below);
        assert_day("2019-05-14", lines[i]);
    }
}

static void order_of_day_and_month(void **state)
{
    (void)state;
    const char *below = "<p>03/04/2019</p>" STORY;
    (void)decide("", "", below);
    assert_day("2019-04-03", "day first");
    snprintf(page, sizeof page,
             "<!DOCTYPE html><html lang=en-US><title>Ferry</title><body><h1>Ferry to run again</h1>%s</body></html>", below);
    (void)read_page(DL_RAW_HTML, "", page);
    assert_int_equal(dl_tokens_find(&build, models), DL_OK);
    assert_int_equal(dl_dates_page(&build, models), DL_OK);
    assert_day("2019-03-04", "American");
    (void)decide("<meta property=article:published_time content=2019-03-04T10:00:00Z>", "", below);
    assert_day("2019-03-04", "meta data says which");
}

static void changes_are_no_publication(void **state)
{
    (void)state;
    const dl_dates *t = decide("", "", "<p>Published: 14 May 2019, updated: 20 June 2020</p>" STORY);
    assert_day("2019-05-14", "both in one line");
    assert_true(build.meta.modified == dl_seconds(dl_days(2020, 6, 20)));
    uint32_t changed = 0;
    for (uint32_t i = 0; i < t->n; i++) changed += t->modified[i];
    assert_int_equal(changed, 1);
    (void)decide("", "", "<p>Zuletzt aktualisiert am 20.06.2020</p><p>Erschienen am 14.05.2019</p>" STORY);
    assert_day("2019-05-14", "change first");
    (void)decide("<meta property=article:modified_time content=2020-06-20T10:00:00Z>"
                 "<meta property=article:published_time content=2019-05-14T10:00:00Z>",
                 "", STORY);
    assert_day("2019-05-14", "meta data");
    assert_true(build.meta.modified == dl_seconds(dl_days(2020, 6, 20)) + 10 * 3600);
    (void)decide("<meta property=article:modified_time content=2018-06-20T10:00:00Z>"
                 "<meta property=article:published_time content=2019-05-14T10:00:00Z>",
                 "", STORY);
    assert_true(build.meta.modified == DL_NEVER); /* a change before the publication is none */
    (void)decide("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Ferry to run again\","
                 "\"datePublished\":\"2019-05-14T10:00:00Z\",\"dateModified\":\"2020-06-20T10:00:00Z\"}</script>"
                 "<meta property=article:published_time content=2019-05-14T10:00:00Z>",
                 "", "<p>Updated on 20 June 2020</p>" STORY);
    assert_day("2019-05-14", "nothing but the change is shown");
    (void)decide("", "", STORY "<footer>This page was last edited on 20 June 2020</footer>");
    assert_day("2020-06-20", "nothing but the change is told");
}

static void other_pages_dates(void **state)
{
    (void)state;
    (void)decide("", "",
                 "<p>14 May 2019</p>" STORY "</article><aside class=related><ul><li><a href=/1>Storm</a> <span class=date>1 June "
                 "2019</span><li><a href=/2>Tide</a> <span class=date>2 June 2019</span><li><a href=/3>Gulls</a> <span "
                 "class=date>3 June 2019</span></ul></aside>");
    assert_day("2019-05-14", "teasers");
    (void)decide("", "", STORY);
    assert_true(build.meta.published == DL_NEVER);
    assert_int_equal(build.meta.basis, DL_BY_NONE);
    (void)decide("", "", STORY "<p>&copy; 2014-2019 Harbour Echo. Version 8.5.12 of our terms applies.</p>");
    assert_true(build.meta.published == DL_NEVER);
}

static void days_near_midnight(void **state)
{
    (void)state;
    /* what the 15th was at the publisher's is the 14th at Greenwich */
    (void)decide("<meta property=article:published_time content=2020-02-15T07:00:00+09:00>", "", STORY);
    assert_day("2020-02-15", "with the publisher's zone");
    (void)decide("<meta property=article:published_time content=2023-11-09T04:15:00Z>", "",
                 "<p>November 8, 2023, 11:15 PM</p>" STORY);
    assert_day("2023-11-08", "shown in the publisher's zone");
}

static void hostile(void **state)
{
    (void)state;
    static char many[12000];
    size_t n = 0;
    while (n + 60 < sizeof many)
        n += (size_t)snprintf(many + n, sizeof many - n, "<i data-date=%u-01-0%u>x</i>", 2000 + (unsigned)(n % 20),
                              1 + (unsigned)(n % 9));
    assert_true(decide("", "", many)->n < 300);
    (void)decide("<script>publishdate", "", STORY);
    (void)decide("<script>\"published\":\"", "", STORY);
    (void)decide("<link rel=canonical href=29-02-2019><meta name=date content=99999999999999999999>", "", STORY);
    assert_true(build.meta.published == DL_NEVER);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(places_in_the_head),
                                        cmocka_unit_test(places_below_the_headline),
                                        cmocka_unit_test(forms_of_print),
                                        cmocka_unit_test(order_of_day_and_month),
                                        cmocka_unit_test(changes_are_no_publication),
                                        cmocka_unit_test(other_pages_dates),
                                        cmocka_unit_test(days_near_midnight),
                                        cmocka_unit_test(hostile) };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
