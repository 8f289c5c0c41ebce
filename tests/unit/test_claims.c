/* test_claims.c: claims, disagreements and the brief over small piles of our own: lines are counted and not pages, what changed is
 * no disagreement, and every sentence that is told stands at its bytes. */
#include "test.h"
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"

static bool collect(void *buf, const void *bytes, size_t n)
{
    dl_buf_add(buf, (dl_str){ bytes, n });
    return !((dl_buf *)buf)->failed;
}

/* Asks one question of a pile of JSONL records. */
static struct json_object *ask(const char *records, dl_request req)
{
    char path[] = "/tmp/dl-test-claims-XXXXXX";
    dl_pile *p;
    dl_error err;
    dl_buf out;
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, records, strlen(records)), (ssize_t)strlen(records));
    close(fd);
    dl_buf_init(&out, 1 << 24);
    req.format = DL_JSON;
    assert_int_equal(dl_pile_open(&p, &(dl_settings){ .threads = 1 }, &err), DL_OK);
    assert_int_equal(dl_pile_add(p, path, &err), DL_OK);
    assert_int_equal(dl_pile_write(p, &req, collect, &out, NULL, &err), DL_OK);
    dl_pile_close(p);
    unlink(path);
    dl_buf_putc(&out, 0);
    struct json_object *rows = json_tokener_parse(out.p);
    assert_non_null(rows);
    dl_buf_free(&out);
    return rows;
}

static struct json_object *get(struct json_object *o, const char *key)
{
    struct json_object *v = NULL;
    json_object_object_get_ex(o, key, &v);
    return v;
}

static const char *text_of(struct json_object *o, const char *key) { return json_object_get_string(get(o, key)); }
static int number_of(struct json_object *o, const char *key) { return json_object_get_int(get(o, key)); }

/* The claim with most support among those whose words hold `word`. */
static struct json_object *claim_about(struct json_object *rows, const char *word)
{
    struct json_object *best = NULL;
    for (size_t i = 0; i < json_object_array_length(rows); i++) {
        struct json_object *r = json_object_array_get_idx(rows, i);
        if (!strstr(text_of(r, "text"), word)) continue;
        if (!best || json_object_array_length(get(r, "support")) > json_object_array_length(get(best, "support"))) best = r;
    }
    return best;
}

static struct json_object *of_kind(struct json_object *rows, const char *kind)
{
    for (size_t i = 0; i < json_object_array_length(rows); i++)
        if (!strcmp(text_of(json_object_array_get_idx(rows, i), "kind"), kind)) return json_object_array_get_idx(rows, i);
    return NULL;
}

#define WIRE                                                                                                                     \
    "The mayor of Norwick, Tom Hale, closed the old harbour bridge on Monday after engineers found deep cracks in two of its "   \
    "piers.\\n"                                                                                                                  \
    "Ferries will carry commuters across the estuary until the repairs are done, the harbour authority of Norwick said in a "    \
    "statement.\\n"                                                                                                              \
    "The dockers’ union accused the city council of ignoring three written warnings from its own inspectors since the "        \
    "spring.\\n"
static const char two_copies_and_another[] =
    "{\"id\":\"a\",\"url\":\"https://one.example/a\",\"title\":\"Norwick closes bridge\",\"date\":\"2031-05-06\",\"text\":\"" WIRE
    "\"}\n"
    "{\"id\":\"b\",\"url\":\"https://two.example/b\",\"title\":\"Norwick bridge shut\",\"date\":\"2031-05-06\",\"text\":\"" WIRE
    "\"}\n"
    "{\"id\":\"c\",\"url\":\"https://three.example/c\",\"title\":\"Cracks shut Norwick "
    "bridge\",\"date\":\"2031-05-06\",\"text\":\""
    "Commuters in Norwick woke to long queues on Tuesday.\\nMayor Tom Hale closed the harbour bridge on Monday because of cracks "
    "in its piers.\\n"
    "“We had no choice,” Hale told this newspaper.\\n\"}\n";

static void copies_count_once(void **state)
{
    (void)state;
    struct json_object *rows = ask(two_copies_and_another, (dl_request){ .what = DL_CLAIMS });
    struct json_object *union_says = claim_about(rows, "three written warnings"), *closed = claim_about(rows, "closed the");
    assert_non_null(union_says);
    assert_int_equal(number_of(union_says, "pages"), 2);
    assert_int_equal(number_of(union_says, "texts"), 1);
    assert_int_equal(number_of(union_says, "lines"), 1);
    assert_string_equal(text_of(union_says, "status"), "one line");
    assert_non_null(closed);
    assert_int_equal(number_of(closed, "pages"), 3);
    assert_int_equal(number_of(closed, "texts"), 2);
    assert_int_equal(number_of(closed, "lines"), 2);
    assert_string_equal(text_of(closed, "status"), "corroborated");
    json_object_put(rows);
}

static void every_sentence_told_stands_at_its_bytes(void **state)
{
    (void)state;
    struct json_object *brief = ask(two_copies_and_another, (dl_request){ .what = DL_BRIEF });
    struct json_object *pages = ask(two_copies_and_another, (dl_request){ .what = DL_EXTRACT });
    struct json_object *told = get(json_object_array_get_idx(brief, 0), "sentences");
    assert_true(json_object_array_length(told) >= 2);
    for (size_t i = 0; i < json_object_array_length(told); i++) {
        struct json_object *s = json_object_array_get_idx(told, i);
        for (size_t k = 0; k < json_object_array_length(pages); k++) {
            struct json_object *p = json_object_array_get_idx(pages, k);
            if (strcmp(text_of(p, "id"), text_of(s, "id"))) continue;
            size_t beg = (size_t)number_of(s, "beg"), end = (size_t)number_of(s, "end");
            assert_true(end <= strlen(text_of(p, "text")));
            assert_int_equal(strlen(text_of(s, "text")), end - beg);
            assert_memory_equal(text_of(p, "text") + beg, text_of(s, "text"), end - beg);
        }
        assert_non_null(strstr(text_of(s, "link"), "#:~:text="));
    }
    json_object_put(brief);
    json_object_put(pages);
}

static void two_counts_of_one_thing_differ(void **state)
{
    (void)state;
    const char *records = "{\"id\":\"a\",\"title\":\"Ferry sinks\",\"date\":\"2031-05-06\",\"text\":\"Nine sailors died when the "
                          "ferry Astrid sank off Norwick on Monday night.\\n\"}\n"
                          "{\"id\":\"b\",\"title\":\"Ferry Astrid sinks\",\"date\":\"2031-05-06\",\"text\":\"The ferry Astrid "
                          "sank off Norwick on Monday night and twelve sailors died.\\n\"}\n";
    struct json_object *rows = ask(records, (dl_request){ .what = DL_DISAGREEMENTS });
    struct json_object *many = of_kind(rows, "how-many");
    assert_non_null(many);
    assert_int_equal(json_object_array_length(get(many, "readings")), 2);
    json_object_put(rows);
    /* "at least nine" and twelve can both be right */
    const char *bound = "{\"id\":\"a\",\"title\":\"Ferry sinks\",\"date\":\"2031-05-06\",\"text\":\"At least nine sailors died "
                        "when the ferry Astrid sank off Norwick on Monday night.\\n\"}\n"
                        "{\"id\":\"b\",\"title\":\"Ferry Astrid sinks\",\"date\":\"2031-05-06\",\"text\":\"The ferry Astrid sank "
                        "off Norwick on Monday night and twelve sailors died.\\n\"}\n";
    rows = ask(bound, (dl_request){ .what = DL_DISAGREEMENTS });
    assert_null(of_kind(rows, "how-many"));
    json_object_put(rows);
}

static void one_text_with_two_tenses_is_not_sure(void **state)
{
    (void)state;
    const char *records = "{\"id\":\"a\",\"title\":\"Treaty\",\"date\":\"2031-05-06\",\"text\":\"France suspended the fishing "
                          "treaty this week.\\nThe minister said France will suspend the "
                          "fishing treaty.\\n\"}\n";
    struct json_object *rows = ask(records, (dl_request){ .what = DL_DISAGREEMENTS });
    assert_non_null(of_kind(rows, "how-certain"));
    json_object_put(rows);
}

static void what_was_planned_and_then_happened_has_changed(void **state)
{
    (void)state;
    const char *records = "{\"id\":\"a\",\"title\":\"Ministers to meet\",\"date\":\"2031-05-06\",\"text\":\"French President "
                          "Anne Morel will meet German Chancellor Karl Vogt in Lyon on Wednesday.\\n\"}\n"
                          "{\"id\":\"b\",\"title\":\"Ministers meet\",\"date\":\"2031-05-07\",\"text\":\"French President Anne "
                          "Morel met German Chancellor Karl Vogt in Lyon on Wednesday.\\n\"}\n";
    struct json_object *rows = ask(records, (dl_request){ .what = DL_DISAGREEMENTS });
    assert_null(of_kind(rows, "how-certain"));
    json_object_put(rows);
    rows = ask(records, (dl_request){ .what = DL_DISAGREEMENTS, .also_changes = true });
    assert_non_null(of_kind(rows, "changed-over-time"));
    json_object_put(rows);
}

static void one_statement_of_two_speakers_is_disputed(void **state)
{
    (void)state;
    const char *records = "{\"id\":\"a\",\"title\":\"Sluice\",\"date\":\"2031-05-07\",\"text\":\"French President Anne Morel "
                          "said on Tuesday that the dam would be opened before the summer floods reach the valley.\\n\"}\n"
                          "{\"id\":\"b\",\"title\":\"Floods\",\"date\":\"2031-05-07\",\"text\":\"German Chancellor Karl Vogt "
                          "said on Tuesday that the dam would be opened before the summer floods reach the valley.\\n"
                          "Farmers fear for their crops.\\n\"}\n";
    struct json_object *rows = ask(records, (dl_request){ .what = DL_DISAGREEMENTS });
    assert_non_null(of_kind(rows, "who-said-it"));
    json_object_put(rows);
}

#define PAGE(outlet, id, body)                                                                                                   \
    "{\"id\":\"" id "\",\"url\":\"https://" id                                                                                   \
    ".example/1\",\"html\":\"<html><head><meta property='og:site_name' content='" outlet                                         \
    "'><meta property='article:published_time' content='2031-05-06'></head><body><article><h1>Grain ship freed at "              \
    "Harnsea</h1>" body "</article></body></html>\"}\n"
#define COURIER                                                                                                                  \
    PAGE("Harnsea Courier", "courier",                                                                                           \
         "<p>Four tugs pulled the grain ship Alba off the bank at Harnsea at noon on Monday.</p><p>The harbour office of "       \
         "Harnsea "                                                                                                              \
         "fined the owner of the ship, who lives in Tarn, on Monday evening.</p><p>Fishermen who had been kept in port since "   \
         "the "                                                                                                                  \
         "weekend sailed within the hour, and the market will have plaice again.</p><p>The bank has grown by two metres since "  \
         "the "                                                                                                                  \
         "winter storms, a chart in the pilots’ room shows.</p>")

/* Lines of the claim on the fine, when the other paper tells it in these words. */
static int lines_of_fine(const char *told)
{
    char records[4096];
    snprintf(records, sizeof records,
             COURIER PAGE(
                 "Norwick Post", "post",
                 "<p>A freighter that had blocked the estuary for two days is afloat again, and our reporter watched from the "
                 "pier as school classes cheered it on its way out to sea.</p><p>%s</p><p>Norwick’s ferries go by the "
                 "summer timetable from now on, with a late boat on market days and none at all on Sunday nights.</p>"),
             told);
    struct json_object *rows = ask(records, (dl_request){ .what = DL_CLAIMS }), *fine = claim_about(rows, "fined the owner");
    assert_non_null(fine);
    assert_int_equal(number_of(fine, "pages"), 2);
    int lines = number_of(fine, "lines");
    json_object_put(rows);
    return lines;
}

/* Who has it from another outlet and says so adds no line; who has it alone does. */
static void quoting_an_outlet_adds_no_line(void **state)
{
    (void)state;
    assert_int_equal(
        lines_of_fine("On Monday evening the harbour office of Harnsea fined the owner of the ship, who lives in Tarn."), 2);
    assert_int_equal(
        lines_of_fine("On Monday evening the harbour office of Harnsea fined the owner of the ship, who lives in Tarn, "
                      "the Harnsea Courier reported."),
        1);
    assert_int_equal(
        lines_of_fine("The Harnsea Courier reported that the harbour office of Harnsea fined the owner of the ship, who "
                      "lives in Tarn, on Monday evening."),
        1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_count_once),
        cmocka_unit_test(every_sentence_told_stands_at_its_bytes),
        cmocka_unit_test(two_counts_of_one_thing_differ),
        cmocka_unit_test(one_text_with_two_tenses_is_not_sure),
        cmocka_unit_test(what_was_planned_and_then_happened_has_changed),
        cmocka_unit_test(quoting_an_outlet_adds_no_line),
        cmocka_unit_test(one_statement_of_two_speakers_is_disputed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
