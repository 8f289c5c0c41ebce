/* test_live.c: live pages in the shapes that the systems behind them print. The pages are invented. */
#include "extract_page.h"

#include <stdio.h>

static const char *const title[] = { "Ferries stop", "Two roofs are torn off", "A road is closed", "Water in the harbour",
                                     "Good morning" };
static const char *const text[] = {
    "All ferries to the islands have stopped until midnight, the company says on its page.",
    "Two roofs were torn off in Lind, and a street is closed there, the police say tonight.",
    "The coast road is closed between Alm and Orre because the sea has broken over the wall.",
    "Water stands a foot deep on the quay, and the fish market will not be held tomorrow.",
    "Welcome to our page on the storm, which will reach the coast before the evening comes.",
};
static const char *const clock_of[] = { "16:05", "15:40", "13:20", "11:00", "09:15" };

static char page[1 << 15];

#define LD(more)                                                                                                                 \
    "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Storm live: ferries "                        \
    "stop\",\"datePublished\":\"2022-01-29T09:15:00+01:00\",\"dateModified\":\"2022-01-29T16:06:00+01:00\"" more "}</script>"
#define HEAD                                                                                                                     \
    "<!doctype html><html><head><title>Storm live: ferries stop</title>" LD(                                                     \
        "") "</head><body><main><h1>Storm live: ferries stop</h1>"

/* Five posts; each is `form` with {c} the clock, {t} the title, {x} the text; the last first where `up`. */
static const char *posts(const char *before, const char *form, const char *behind, bool up)
{
    size_t at = (size_t)snprintf(page, sizeof page, "%s%s", HEAD, before);
    for (int n = 0; n < 5; n++) {
        const int i = up ? 4 - n : n;
        for (const char *f = form; *f; f++) {
            const bool mark = f[0] == '{' && f[2] == '}';
            const char *with = f[1] == 'c' ? clock_of[i] : f[1] == 't' ? title[i] : text[i];
            at += mark ? (size_t)snprintf(page + at, sizeof page - at, "%s", with)
                       : (size_t)snprintf(page + at, sizeof page - at, "%c", *f);
            f += mark ? 2 : 0;
        }
    }
    snprintf(page + at, sizeof page - at, "%s</main></body></html>", behind);
    return page;
}

/* The page is live, has five posts in page order, and these times and titles (NULL: none wanted). */
static void five(const char *html, bool up, bool titled, bool timed, const char *name)
{
    static const int64_t at[] = { 1643468700, 1643467200, 1643458800, 1643450400, 1643444100 }; /* of clock_of, +01:00 */
    const dl_doc *d = read_page(DL_RAW_HTML, "https://alm.example/storm-live", html);
    uint32_t n = 0;
    if (d->meta->verdict != DL_LIVE) fail_msg("%s: the page is not live", name);
    for (uint32_t i = 0; i < d->blocks.n; i++) {
        if (d->blocks.kind[i] != DL_POST) continue;
        const uint32_t which = up ? 4 - n : n;
        if (n++ > 4) break;
        dl_str body = dl_doc_text(d, d->blocks.span[i]), head = dl_doc_str(d, d->blocks.title[i]);
        if (!dl_str_ends(body, dl_str_of(text[which]))) fail_msg("%s: post %u is \"%.*s\"", name, n, (int)body.len, body.p);
        if (titled && !dl_str_eq(head, dl_str_of(title[which])))
            fail_msg("%s: post %u has the title \"%.*s\"", name, n, (int)head.len, head.p);
        if (timed && d->blocks.time[i] != at[which])
            fail_msg("%s: post %u is of %lld, not %lld", name, n, (long long)d->blocks.time[i], (long long)at[which]);
    }
    if (n != 5) fail_msg("%s: %u posts, not 5", name, n);
}

static void shapes(void **state)
{
    (void)state;
    static const struct {
        const char *name, *before, *form, *behind;
        bool titled;
    } shape[] = {
        { "articles with a block-time", "<div id=liveblog>",
          "<article class=block><header><p class=block-time><time datetime=\"2022-01-29T{c}:00+01:00\">{c}</time></p><h2>{t}</h2>"
          "</header><div class=block-elements><p>{x}</p></div></article>",
          "</div>", true },
        { "list items in a stream", "<ol class=lx-stream__feed>",
          "<li class=lx-stream__post><article><header><h3><span>{t}</span></h3><p>Posted at "
          "{c}</p></header><div><p>{x}</p></div></article></li>",
          "</ol>", true },
        { "ticker items with a clock in a div", "<section class=ticker>",
          "<div class=ticker-item><div class=zeit>{c} Uhr</div><h3>{t}</h3><div class=text><p>{x}</p></div></div>", "</section>",
          true },
        { "headings with a clock, flat", "<div class=article-body>", "<h2>{c} \xe2\x80\x93 {t}</h2><p>{x}</p>", "</div>", true },
        { "paragraphs that begin with a clock", "<div class=article-body>", "<p><strong>{c}</strong> {x}</p>", "</div>", false },
        { "a list of definitions", "<dl>", "<dt>{c}</dt><dd>{x}</dd>", "</dl>", false },
        { "divs without any class", "<div>", "<div><div>{c}</div><h4>{t}</h4><p>{x}</p></div>", "</div>", true },
        { "time in the middle of the header", "<div class=feed>",
          "<div class=entry><h3>{t}</h3><span>Ann Lee</span> <time datetime=\"2022-01-29T{c}:00+01:00\">an hour "
          "ago</time><p>{x}</p></div>",
          "</div>", true },
    };
    for (size_t i = 0; i < DL_COUNT(shape); i++)
        for (int up = 0; up < 2; up++)
            five(posts(shape[i].before, shape[i].form, shape[i].behind, up), up, shape[i].titled, true, shape[i].name);
}

static void stated_entries(void **state)
{
    (void)state;
    size_t at = (size_t)snprintf(page, sizeof page,
                                 "<html><head><title>Storm</title><script type=\"application/ld+json\">{\"@type\":"
                                 "\"LiveBlogPosting\",\"headline\":\"Storm\",\"liveBlogUpdate\":[");
    for (int i = 0; i < 5; i++)
        at += (size_t)snprintf(
            page + at, sizeof page - at,
            "%s{\"@type\":\"BlogPosting\",\"headline\":\"%s\",\"author\":{\"@type\":\"Person\",\"name\":\"Ann Lee\"},"
            "\"datePublished\":\"2022-01-29T%s:00+01:00\",\"articleBody\":\"&lt;p&gt;%s&lt;/p&gt;\"}",
            i ? "," : "", title[i], clock_of[i], text[i]);
    at += (size_t)snprintf(page + at, sizeof page - at, "]}</script></head><body><h1>Storm</h1>");
    for (int i = 0; i < 5; i++) at += (size_t)snprintf(page + at, sizeof page - at, "<h3>%s</h3><p>%s</p>", title[i], text[i]);
    snprintf(page + at, sizeof page - at, "</body></html>");
    five(page, false, true, true, "entries of JSON-LD");
    for (uint32_t i = 0; i < build.d.blocks.n; i++)
        if (build.d.blocks.kind[i] == DL_POST) assert_str(dl_doc_str(&build.d, build.d.blocks.author[i]), "Ann Lee");
}

/* The summary above prints the first post's words as well: the post keeps them, and the other place is told. */
static void a_summary_above(void **state)
{
    (void)state;
    static char before[512];
    snprintf(before, sizeof before, "<div class=summary><p>%s</p></div><div class=feed>", text[0]);
    const char *html =
        posts(before, "<div class=entry><time datetime=\"2022-01-29T{c}:00+01:00\">{c}</time><h3>{t}</h3><p>{x}</p></div>",
              "</div>", false);
    five(html, false, true, true, "a summary above");
    const dl_doc *d = &build.d;
    bool told = false;
    for (uint32_t i = 0; i < d->removed.n; i++) {
        dl_str raw = { html + d->removed.raw[i].beg, dl_span_len(d->removed.raw[i]) };
        told |= dl_str_eq(raw, dl_str_of(text[0])) && d->removed.same_as[i] != DL_NONE &&
                d->blocks.kind[d->removed.same_as[i]] == DL_POST;
    }
    assert_true(told);
}

/* Something stands inside a post: no byte is in two rows. */
static void interrupted_posts(void **state)
{
    (void)state;
    const char *html =
        posts("<div class=feed>",
              "<div class=entry><time datetime=\"2022-01-29T{c}:00+01:00\">{c}</time><p>A first line of the post that "
              "was sent at {c} in the day.</p><div class=ad-slot>Advertisement</div><p>{x}</p></div>",
              "</div>", false);
    const dl_doc *d = read_page(DL_RAW_HTML, "https://alm.example/storm-live", html);
    assert_int_equal(d->meta->verdict, DL_LIVE);
    for (uint32_t i = 0; i < d->blocks.n; i++)
        for (uint32_t j = 0; j < d->removed.n; j++) assert_false(dl_span_meet(d->blocks.raw[i], d->removed.raw[j]));
    for (uint32_t i = 0; i + 1 < d->blocks.n; i++) assert_true(d->blocks.raw[i].end <= d->blocks.raw[i + 1].beg);
}

/* An article that names hours is none. */
static void an_article_with_hours(void **state)
{
    (void)state;
    const dl_doc *d =
        read_page(DL_RAW_HTML, "https://alm.example/live-music",
                  "<html><body><h1>Live music in the old mill</h1><p>At 19:30 the doors of the mill at Alm are opened, and the "
                  "band from Lind plays until midnight.</p><p>20:15 is when the first set begins, says the woman who books "
                  "them, but she has never seen them begin on time.</p><p>Tickets cost eleven crowns at the door, and nine for "
                  "those who have come by boat, as it has been for years.</p></body></html>");
    assert_int_equal(d->meta->verdict, DL_ARTICLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shapes),
        cmocka_unit_test(stated_entries),
        cmocka_unit_test(a_summary_above),
        cmocka_unit_test(interrupted_posts),
        cmocka_unit_test(an_article_with_hours),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
