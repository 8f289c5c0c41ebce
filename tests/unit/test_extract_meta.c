/* test_extract_meta.c: what pages say of themselves: title, authors, outlet, language. */
#include "extract_page.h"
#include <stdio.h>

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

#define PAGE(head, top) "<!doctype html><html><head>" head "</head><body><article>" top BODY "</article></body></html>"

static void test_byline_words(void **state)
{
    (void)state;
    assert_authors(html(PAGE("", H1 "<p class=byline>By Mira Tolland and Jon Veld in Kyiv</p>")), "Mira Tolland; Jon Veld");
    assert_authors(html(PAGE("", H1 "<p class=byline>By <a>Mira Tolland</a>, Chief political correspondent</p>")),
                   "Mira Tolland");
    assert_authors(html(PAGE("", H1 "<div class=author><span>Mira Tolland</span><span>Staff Writer</span></div>")),
                   "Mira Tolland");
    assert_authors(html(PAGE("", H1 "<p>Von Anna Gerber und Jonas Holl, Berlin</p>")), "Anna Gerber; Jonas Holl");
    assert_authors(html(PAGE("", H1 "<p class=signature>Par Claire Morin</p>")), "Claire Morin");
    assert_authors(html(PAGE("", H1 "<p class=autor>Por Marta Rivas y Pablo Soto</p>")), "Marta Rivas; Pablo Soto");
    assert_authors(html(PAGE("", H1 "<div class=byline>Av Ingrid Moen</div>")), "Ingrid Moen");
    assert_authors(html(PAGE("", H1 "<div class=author>\xea\xb9\x80\xeb\xaf\xbc\xec\x88\x98 \xea\xb8\xb0\xec\x9e\x90</div>")),
                   "\xea\xb9\x80\xeb\xaf\xbc\xec\x88\x98"); /* a name and the word for reporter */
}

/* Names that look like other words, and words that look like names. */
static void test_hard_names(void **state)
{
    (void)state;
    assert_authors(html(PAGE("<meta name=author content='Gregory Day'>", H1)), "Gregory Day");
    assert_authors(html(PAGE("<meta name=author content='No Author'>", H1)), "");
    assert_authors(html(PAGE("", H1 "<p class=byline>By John Garcia Jr. and L. Daniela Alvarez</p>")),
                   "John Garcia Jr.; L. Daniela Alvarez");
    assert_authors(html(PAGE("", H1 "<p>posted on 2023-12-19 23:30 EST by Anna Falk</p>")), "Anna Falk");
    assert_authors(html(PAGE("", H1 "<div class=author>Anna Falk am 3. Mai 2021</div>")), "Anna Falk");
    assert_authors(html(PAGE("", H1 "<div class=author><a href=/x>Share this article</a></div>")), "");
    assert_authors(html(PAGE("", H1 "<p>By Anna Falk, Reuters</p>")), "Anna Falk");
    assert_authors(html(PAGE("<meta name=author content='BR24 Redaktion'>", H1)), "BR24 Redaktion");
    assert_authors(html(PAGE("<meta property='og:site_name' content='Anna Falk'><meta name=author content='Anna Falk'>", H1)),
                   "Anna Falk");
}

static void test_meta_authors(void **state)
{
    (void)state;
    assert_authors(html(PAGE("<meta name=author content='Mira Tolland;Jon Veld'>", H1)), "Mira Tolland; Jon Veld");
    assert_authors(html(PAGE("<meta name=author content='m.tolland@harnseaecho.example'>", H1)), "");
    assert_authors(html(PAGE("<meta property='article:author' content='https://social.example/echo'>", H1)), "");
    assert_authors(html(PAGE("<meta name=author content='Mira Tolland, Reuters'>", H1)), "Mira Tolland; Reuters");
    assert_authors(
        html(PAGE("<meta name='twitter:label1' content='Verfasst von'><meta name='twitter:data1' content='Mira Tolland'>", H1)),
        "Mira Tolland");
}

/* The outlet where the author should stand, and a byline on the page. */
static void test_person_before_outlet(void **state)
{
    (void)state;
    const dl_doc *d = html(PAGE("<meta property='og:site_name' content='Harnsea Echo'><meta name=author content='Harnsea Echo'>",
                                H1 "<p class=byline>By Mira Tolland</p>"));
    assert_authors(d, "Mira Tolland");
    assert_authors(
        html(PAGE("<meta property='og:site_name' content='Harnsea Echo'><meta name=author content='Harnsea Echo'>", H1)),
        "Harnsea Echo");
    assert_authors(
        html(PAGE("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"author\":[{\"name\":\"Le Matin et AFP\"}]}"
                  "</script>",
                  H1)),
        "Le Matin et AFP");
}

static void test_agency_as_author(void **state)
{
    (void)state;
    const dl_doc *d = html(PAGE("<meta name=author content='Associated Press'>", H1));
    assert_authors(d, "Associated Press");
    assert_str(dl_doc_str(d, d->meta->agency), "Associated Press");
}

/* Where meta data has no more than the outlet: a signature below the text, or above it. */
static void test_signature(void **state)
{
    (void)state;
    static const char head[] =
        "<!doctype html><html><head><meta property='og:site_name' content='Harnsea Echo'><meta name=author "
        "content='Harnsea Echo'></head><body><article>" H1;
    char page[4096];
    snprintf(page, sizeof page, "%s%s%s", head, BODY "<p style='text-align:right'><strong>Tr\xe1\xba\xa7n Minh</strong></p>",
             "</article></body></html>");
    assert_authors(html(page), "Tr\xe1\xba\xa7n Minh");
    snprintf(page, sizeof page, "%s%s%s", head, "<p><strong>Mohloai Mpesi/Limpho Sello</strong></p>" BODY,
             "</article></body></html>");
    assert_authors(html(page), "Mohloai Mpesi; Limpho Sello");
    snprintf(page, sizeof page, "%s%s%s", head, BODY "<p>Related Stories</p>", "</article></body></html>");
    assert_authors(html(page), "Harnsea Echo");
    snprintf(page, sizeof page, "%s%s%s", head,
             BODY "<div>(\xe8\xb4\xa3\xe7\xbc\x96\xef\xbc\x9a\xe7\x8e\x8b\xe5\xb0\x8f\xe6\x98\x8e)</div>",
             "</article></body></html>"); /* an editor in charge, and a name */
    assert_authors(html(page), "\xe7\x8e\x8b\xe5\xb0\x8f\xe6\x98\x8e");
}

/* The byline of a card below the article, in an element of the same class. */
static void test_other_byline(void **state)
{
    (void)state;
    const dl_doc *d =
        html("<!doctype html><html><body><article>" H1 "<p class=byline>By Mira Tolland</p>" BODY "</article>"
             "<div class=cards><div><h3>Quite another matter in the north</h3><p class=byline>By Ole Brand</p></div>"
             "<div><h3>A third matter of the week</h3><p class=byline>By Una Brill</p></div></div></body></html>");
    assert_authors(d, "Mira Tolland");
    /* cards above the headline, and an appeal long enough for a paragraph */
    d = html("<!doctype html><html><body><div class=cards><div><h3>Quite another matter in the north</h3><p class=byline>By Ole "
             "Brand</p></div>"
             "<div><h3>A third matter of the week</h3><p class=byline>By Ole Brand</p></div></div><p>Every Sunday a list of what "
             "we thought "
             "most worth reading this week, sent to whoever asks us for it by letter.</p>" H1
             "<p>by Mira Tolland, Dec 19th 2023</p>" BODY "</body></html>");
    assert_authors(d, "Mira Tolland");
}

static const char *stated(const dl_doc *d, dl_stated_field field, dl_stated_basis basis, int *chosen)
{
    static char value[256];
    for (uint32_t i = 0; i < d->stated.n; i++) {
        if (d->stated.field[i] != field || d->stated.basis[i] != basis) continue;
        dl_str s = dl_doc_str(d, d->stated.value[i]);
        assert_true(s.len < sizeof value);
        memcpy(value, s.p, s.len);
        value[s.len] = 0;
        *chosen = d->stated.chosen[i];
        return value;
    }
    return "";
}

static void test_titles(void **state)
{
    (void)state;
    int chosen = -1;
    /* the window's and Open Graph's title are for search engines; the heading and JSON-LD have the headline */
    const dl_doc *d =
        html("<!doctype html><html><head><title>Harbour wall vote 2023: all you need to know | Harnsea Echo</title>"
             "<meta property='og:title' content='Harbour wall vote 2023: all you need to know'>"
             "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Harnsea votes for a new harbour "
             "wall\"}</script></head><body><article>" H1 BODY "</article></body></html>");
    assert_str(dl_doc_str(d, d->meta->title), "Harnsea votes for a new harbour wall");
    assert_string_equal(stated(d, DL_STATED_TITLE, DL_STATED_BY_OG, &chosen), "Harbour wall vote 2023: all you need to know");
    assert_int_equal(chosen, 0);
    assert_string_equal(stated(d, DL_STATED_TITLE, DL_STATED_BY_H1, &chosen), "Harnsea votes for a new harbour wall");
    assert_int_equal(chosen, 1);
    /* the site's name in the first heading, and behind and before the headline */
    d = html("<!doctype html><html><head><title>Harnsea Echo | A wall for the harbour at last</title>"
             "<meta property='og:title' content='A wall for the harbour at last - Harnsea Echo'>"
             "<meta property='og:site_name' content='Harnsea Echo'></head><body><h1>Harnsea Echo</h1><article>" BODY
             "</article></body></html>");
    assert_str(dl_doc_str(d, d->meta->title), "A wall for the harbour at last");
    /* a kicker and a headline in one heading */
    d = html("<!doctype html><html><head><title>Harbour: Nine years of quarrel end | Echo</title><meta property='og:title' "
             "content='Harbour: "
             "Nine years of quarrel end'></head><body><article><h1><span>Harbour</span> <span>Nine years of quarrel "
             "end</span></h1>" BODY "</article></body></html>");
    assert_str(dl_doc_str(d, d->meta->title), "Harbour: Nine years of quarrel end");
}

static void test_site(void **state)
{
    (void)state;
    int chosen = -1;
    const dl_doc *d =
        html("<!doctype html><html lang=en-GB><head><meta property='og:site_name' content='Harnsea Echo'>"
             "<meta property='article:section' content='Town'><link rel=canonical href='https://harnseaecho.example/wall'>"
             "<meta property='og:url' content='https://harnseaecho.example/wall?og'><script type='application/ld+json'>"
             "{\"@type\":\"NewsArticle\",\"publisher\":{\"name\":\"Echo Holdings\"},\"articleSection\":\"News\"}</script>"
             "</head><body><article>" H1 BODY "</article></body></html>");
    assert_str(dl_doc_str(d, d->meta->outlet), "Harnsea Echo");
    assert_str(dl_doc_str(d, d->meta->section), "Town");
    assert_str(dl_doc_str(d, d->meta->canonical), "https://harnseaecho.example/wall");
    assert_str(dl_doc_str(d, d->meta->language), "en");
    assert_string_equal(stated(d, DL_STATED_OUTLET, DL_STATED_BY_LD, &chosen), "Echo Holdings");
    assert_int_equal(chosen, 0);
    assert_string_equal(stated(d, DL_STATED_SECTION, DL_STATED_BY_LD, &chosen), "News");
    assert_int_equal(chosen, 0);
    assert_string_equal(stated(d, DL_STATED_CANONICAL, DL_STATED_BY_OG, &chosen), "https://harnseaecho.example/wall?og");
    assert_int_equal(chosen, 0);
    /* a page that says whom it was taken over from */
    d = html("<!doctype html><html><head><link rel=canonical href='https://harnseaecho.example/wall'><meta "
             "name=syndication-source content='https://corvinpress.example/9'></head><body><article>" H1 BODY
             "</article></body></html>");
    assert_str(dl_doc_str(d, d->meta->canonical), "https://corvinpress.example/9");
}

static void test_language(void **state)
{
    (void)state;
    int chosen = -1;
    /* a German page in a template that says English */
    const dl_doc *d =
        html("<!doctype html><html lang=en><head><meta property='og:locale' content='en_US'></head><body><article><h1>Der Hafen "
             "bekommt eine neue Mauer</h1><p>Der Rat der Stadt hat am Montag mit neun zu vier Stimmen f\xc3\xbcr die neue Mauer "
             "gestimmt, \xc3\xbc"
             "ber die seit Jahren gestritten wird und die mehr kostet als alles, was die Stadt je gebaut "
             "hat.</p><p>Die B\xc3\xbcrgermeisterin sagte, dass sie erleichtert sei und dass die Arbeiten im Fr\xc3\xbchjahr "
             "beginnen, wenn auch das Land zustimmt; wer das bezahlt, ist noch nicht klar, und es wird nicht billig.</p>"
             "</article></body></html>");
    assert_str(dl_doc_str(d, d->meta->language), "de");
    assert_string_equal(stated(d, DL_STATED_LANGUAGE, DL_STATED_BY_HTML, &chosen), "en");
    assert_int_equal(chosen, 0);
    assert_string_equal(stated(d, DL_STATED_LANGUAGE, DL_STATED_BY_TEXT, &chosen), "de");
    assert_int_equal(chosen, 1);
}

/* All but JSON-LD say one thing: JSON-LD has the headline. */
static void test_lone_headline(void **state)
{
    (void)state;
    const dl_doc *d =
        html("<!doctype html><html><head><title>Harbour wall: what it costs, when it comes | Echo</title><meta "
             "property='og:title' content='Harbour wall: what it costs, when it comes'><meta property='og:site_name' "
             "content='Echo'><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Nine years of "
             "quarrel end in one vote\"}</script></head><body><article><h1>Harbour wall: what it costs, when it comes</h1>" BODY
             "</article></body></html>");
    assert_str(dl_doc_str(d, d->meta->title), "Nine years of quarrel end in one vote");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_graph),
        cmocka_unit_test(test_names_in_a_list),
        cmocka_unit_test(test_other_objects),
        cmocka_unit_test(test_byline_words),
        cmocka_unit_test(test_hard_names),
        cmocka_unit_test(test_meta_authors),
        cmocka_unit_test(test_person_before_outlet),
        cmocka_unit_test(test_agency_as_author),
        cmocka_unit_test(test_signature),
        cmocka_unit_test(test_other_byline),
        cmocka_unit_test(test_titles),
        cmocka_unit_test(test_site),
        cmocka_unit_test(test_language),
        cmocka_unit_test(test_lone_headline),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
