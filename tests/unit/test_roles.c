/* test_roles.c: what each block of a page is said to be, kept or removed, and how sure that is. The page is invented. */
#include "extract_page.h"

static const char page[] =
    "<!doctype html><html lang=en><head><title>Ferry runs aground off Skerry - The Sound Post</title></head><body>"
    "<div class=\"cookie-banner\"><p>We use cookies to count visits. You may refuse all cookies that we do not need.</p></div>"
    "<nav><a href=/>Front page</a> <a href=/s>Subscribe</a> <a href=/n>Northern isles</a></nav>"
    "<main><article><h1>Ferry runs aground off Skerry</h1><p class=byline>By Ida Moen</p><p class=agency>(Reuters)</p>"
    "<figure><img src=f.jpg><figcaption>The ferry Alca on the rocks below the light, on Friday morning. Photo: Jon "
    "Berg</figcaption></figure>"
    "<div class=article-body><p>The ferry Alca ran onto a rock off Skerry on Friday with forty people aboard, none of whom was "
    "hurt.</p>"
    "<p>Her master had turned early to keep clear of nets, the coast guard said, and the tide was lower than the tables had "
    "it.</p>"
    "<h2>What is known of the damage</h2>"
    "<p>Divers found a dent two metres long below the engine room, but no hole, and the tanks are dry, according to the "
    "owners.</p>"
    "<div class=newsletter-box><p>Get our newsletter on the isles in your inbox every Friday.</p></div>"
    "<ul><li>The line to the outer isles is closed until Monday.</li><li>Tickets are valid on the slow boat as well.</li></ul>"
    "<blockquote><p>It sounded as if somebody had dropped a piano on the car deck, and then everything was "
    "quiet.</p></blockquote>"
    "<p>The owners will tow her to the yard at Lunde on Saturday, weather allowing, and hope to have her back within a "
    "fortnight.</p>"
    "<p>Correction: An earlier version of this story gave the wrong day.</p></div></article></main>"
    "<section class=related-stories><h3>Related</h3><p><a href=/1>Lighthouse keeper retires after forty years on the "
    "rock</a></p></section>"
    "<section id=comments><p>I was on that boat and nobody told us anything for an hour.</p></section>"
    "<div class=share-bar><a href=/f>Share on the wall of a friend</a></div><div class=ad-slot>Advertisement</div>"
    "</body></html>";

/* The role of the row whose bytes hold the words; *kept: it is a block. */
static const char *role_of(const dl_doc *d, const char *words, bool *kept, unsigned *sure)
{
    const dl_str all = dl_str_of(page);
    const size_t at = dl_str_find(all, dl_str_of(words), 0);
    assert_true(at != SIZE_MAX);
    for (uint32_t i = 0; i < d->blocks.n; i++)
        if (d->blocks.raw[i].beg <= at && at < d->blocks.raw[i].end) {
            *kept = true;
            *sure = d->blocks.sure[i];
            return dl_text_words[d->blocks.role[i]];
        }
    for (uint32_t i = 0; i < d->removed.n; i++)
        if (d->removed.raw[i].beg <= at && at < d->removed.raw[i].end) {
            *kept = false;
            *sure = d->removed.sure[i];
            return dl_text_words[d->removed.role[i]];
        }
    return "nowhere";
}

static void every_block_has_one(void **state)
{
    (void)state;
    static const struct {
        const char *words, *role;
        int kept; /* 1 yes, 0 no, 2: not this test's matter */
    } want[] = {
        { "We use cookies", "cookie", 0 },
        { "Front page", "navigation", 0 },
        { "Ferry runs aground off Skerry</h1>", "title", 0 },
        { "Ida Moen", "byline", 2 },
        { "(Reuters)", "agency tag", 2 },
        { "on the rocks", "caption", 2 },
        { "ran onto a rock", "body", 1 },
        { "What is known", "heading", 1 },
        { "Get our newsletter", "newsletter", 0 },
        { "The line to the outer", "list", 1 },
        { "dropped a piano", "quote", 1 },
        { "An earlier version", "correction note", 2 },
        { "Lighthouse keeper", "related", 0 },
        { "I was on that boat", "comment", 0 },
        { "Share on the wall", "share", 0 },
        { "Advertisement", "advertisement", 0 },
    };
    const dl_doc *d = read_page(DL_RAW_HTML, "https://soundpost.example/ferry", page);
    for (size_t i = 0; i < DL_COUNT(want); i++) {
        bool kept = false;
        unsigned sure = 0;
        const char *role = role_of(d, want[i].words, &kept, &sure);
        if (strcmp(role, want[i].role) || (want[i].kept != 2 && kept != want[i].kept))
            fail_msg("\"%s\": %s, kept %d; want %s, kept %d", want[i].words, role, kept, want[i].role, want[i].kept);
        assert_in_range(sure, 50, 100);
    }
}

static void rows_of_one_reason_and_two_roles_stay_two(void **state)
{
    (void)state;
    const dl_doc *d = read_page(DL_RAW_HTML, "", page);
    for (uint32_t i = 0; i + 1 < d->removed.n; i++) assert_true(d->removed.raw[i].end <= d->removed.raw[i + 1].beg);
    for (uint32_t i = 0; i < d->removed.n; i++) assert_in_range(d->removed.role[i], 0, DL_TEXT_ROLES - 1);
}

static void clean_text_is_body(void **state)
{
    (void)state;
    const dl_doc *d = read_page(DL_RAW_CLEAN, "", "The yard at Lunde has taken the ferry in.\nIt will stay for a week.\n");
    assert_int_equal(d->blocks.n, 2);
    assert_str(dl_str_of(dl_text_words[d->blocks.role[1]]), "body");
    assert_int_equal(d->blocks.sure[1], 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_block_has_one),
        cmocka_unit_test(rows_of_one_reason_and_two_roles_stay_two),
        cmocka_unit_test(clean_text_is_body),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
