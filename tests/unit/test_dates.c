/* test_dates.c: the date of a page: the vote on the page, and the vote of the pile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "dates/dates.h"
#include "doc/seal.h"
#include "tokens/tokens.h"

static int64_t at(const char *day)
{
    int64_t s;
    bool clock;
    assert_true(dl_date_read(dl_str_of(day), &s, &clock));
    return s;
}

typedef struct shelf {
    dl_models *models;
    dl_build b;
    dl_bytes bytes[8];
    dl_doc doc[8];
    uint32_t n;
} shelf;

static const dl_doc *fetch(void *ctx, uint32_t page) { return &((shelf *)ctx)->doc[page]; }

static int open_shelf(void **state)
{
    static shelf s;
    s = (shelf){ 0 };
    assert_int_equal(dl_models_open(&s.models, NULL, NULL), DL_OK);
    dl_build_init(&s.b);
    *state = &s;
    return 0;
}

static int close_shelf(void **state)
{
    shelf *s = *state;
    for (uint32_t i = 0; i < s->n; i++) free(s->bytes[i].p);
    dl_build_free(&s->b);
    dl_models_close(s->models);
    return 0;
}

static void start(shelf *s, const char *text)
{
    dl_build *b = &s->b;
    dl_build_reset(b);
    b->meta.given = b->meta.published = b->meta.printed = b->meta.fetched = b->meta.place_day = b->meta.modified = DL_NEVER;
    const uint32_t row = dl_row(b, DL_T_BLOCKS);
    b->d.blocks.time[row] = DL_NEVER;
    b->d.blocks.span[row] = dl_put_text(b, dl_str_of(text));
    dl_put_text(b, DL_STR("\n"));
    b->meta.body_len = b->d.text_len;
    assert_int_equal(dl_tokens_find(b, s->models), DL_OK);
}

static void hypothesis(shelf *s, const char *when, dl_basis basis, dl_grain grain, bool modified)
{
    const uint32_t row = dl_row(&s->b, DL_T_DATES);
    dl_dates *t = &s->b.d.dates;
    t->at[row] = at(when);
    t->day[row] = dl_day_of(t->at[row]);
    t->basis[row] = (uint8_t)basis;
    t->grain[row] = (uint8_t)grain;
    t->sure[row] = 80;
    t->modified[row] = modified;
    t->place[row] = basis == DL_BY_META ? DL_DATE_LD : basis == DL_BY_PRINTED ? DL_DATE_PRINTED : DL_DATE_ADDRESS;
    t->region[row] = basis == DL_BY_PRINTED ? DL_REGION_TITLE : DL_REGION_NONE;
    t->signs[row] = basis == DL_BY_PRINTED ? DL_DATE_ALONE : 0;
}

static void shelve(shelf *s, const char *text, const char *printed)
{
    start(s, text);
    if (printed) hypothesis(s, printed, DL_BY_PRINTED, DL_GRAIN_DAY, false);
    assert_int_equal(dl_dates_page(&s->b, s->models), DL_OK);
    assert_int_equal(dl_seal(&s->bytes[s->n], &s->b, NULL), DL_OK);
    assert_int_equal(dl_doc_open(&s->doc[s->n], s->bytes[s->n].p, s->bytes[s->n].len, NULL), DL_OK);
    s->n++;
}

static void page_vote(void **state)
{
    shelf *s = *state;
    dl_meta *m = &s->b.meta;
    start(s, "A ferry sank.");
    assert_int_equal(dl_dates_page(&s->b, s->models), DL_OK);
    assert_true(m->published == DL_NEVER);
    assert_int_equal(m->basis, DL_BY_NONE);

    hypothesis(s, "2021-05-04", DL_BY_PRINTED, DL_GRAIN_DAY, false);
    hypothesis(s, "2021-05-06T10:20:00Z", DL_BY_META, DL_GRAIN_SECOND, true);
    assert_int_equal(dl_dates_page(&s->b, s->models), DL_OK);
    assert_true(m->published == at("2021-05-04")); /* a change is no publication */
    assert_int_equal(m->basis, DL_BY_PRINTED);
    assert_false(m->has_time);

    hypothesis(s, "2021-05-04T10:20:00Z", DL_BY_META, DL_GRAIN_SECOND, false);
    hypothesis(s, "2019-01-01", DL_BY_TEXT, DL_GRAIN_DAY, false);
    assert_int_equal(dl_dates_page(&s->b, s->models), DL_OK);
    assert_true(m->published == at("2021-05-04T10:20:00Z"));
    assert_int_equal(m->basis, DL_BY_META);
    assert_true(m->has_time);

    m->given = at("2020-02-02");
    assert_int_equal(dl_dates_page(&s->b, s->models), DL_OK);
    assert_true(m->published == at("2020-02-02"));
    assert_int_equal(m->basis, DL_BY_GIVEN);
}

/* The last hypothesis again, in the voice of another place. */
static void echo(shelf *s, dl_date_place place)
{
    dl_dates *t = &s->b.d.dates;
    const uint32_t from = t->n - 1, row = dl_row(&s->b, DL_T_DATES);
    t->at[row] = t->at[from];
    t->day[row] = t->day[from];
    t->basis[row] = t->basis[from];
    t->grain[row] = t->grain[from];
    t->sure[row] = t->sure[from];
    t->signs[row] = t->signs[from];
    t->place[row] = (uint8_t)place;
}

/* The day where the last hypothesis was written; NULL: it was written in UTC. */
static void written(shelf *s, const char *day)
{
    dl_dates *t = &s->b.d.dates;
    if (day)
        t->day[t->n - 1] = dl_day_of(at(day));
    else
        t->signs[t->n - 1] |= DL_DATE_UTC;
}

static void day_at_the_publishers(void **state)
{
    shelf *s = *state;
    dl_meta *m = &s->b.meta;
    start(s, "A ferry sank.");
    hypothesis(s, "2020-02-14T22:00:00Z", DL_BY_META, DL_GRAIN_SECOND, false);
    written(s, "2020-02-15");
    assert_int_equal(dl_dates_page(&s->b, s->models), DL_OK);
    assert_true(m->published == at("2020-02-15")); /* the day, without an hour that would shift it */
    assert_false(m->has_time);

    start(s, "A ferry sank.");
    hypothesis(s, "2023-11-09T05:30:59Z", DL_BY_META, DL_GRAIN_SECOND, false);
    written(s, NULL);
    hypothesis(s, "2023-11-08", DL_BY_PRINTED, DL_GRAIN_DAY, false);
    assert_int_equal(dl_dates_page(&s->b, s->models), DL_OK);
    assert_true(m->published == at("2023-11-08")); /* half past eleven the evening before, in Chicago */

    start(s, "A ferry sank.");
    hypothesis(s, "2023-11-09T15:30:59Z", DL_BY_META, DL_GRAIN_SECOND, false);
    written(s, NULL);
    echo(s, DL_DATE_LD_OTHER);
    echo(s, DL_DATE_META);
    hypothesis(s, "2023-11-08", DL_BY_PRINTED, DL_GRAIN_DAY, false);
    assert_int_equal(dl_dates_page(&s->b, s->models), DL_OK);
    assert_true(m->published == at("2023-11-09T15:30:59Z")); /* nowhere was that the 8th */
}

static void pair_decides_the_year(void **state)
{
    shelf *s = *state;
    start(s, "The bridge was closed on Monday (3 May) after a crack was found.");
    hypothesis(s, "2022-05-04", DL_BY_PRINTED, DL_GRAIN_DAY, false);
    hypothesis(s, "2021-05-04", DL_BY_URL, DL_GRAIN_DAY, false); /* 3 May 2021 was a Monday */
    assert_int_equal(dl_dates_page(&s->b, s->models), DL_OK);
    assert_true(s->b.meta.published == at("2021-05-04"));
}

/* A made-up story of Tuesday 4 May 2021. */
static const char wire[] =
    "The minister Odalys Kerrigan said on Tuesday that the port of Veldhaven, run by the Norrland company, will stay shut. "
    "Governor "
    "Ansel Brody of Veldhaven met Kerrigan on Monday and told the Harbour Union that the crane of Pier Seven was unsafe.";
static const char second[] = "In Veldhaven, the Harbour Union of Tomas Rekker went on strike on Tuesday after Odalys Kerrigan "
                             "refused talks. He said Norrland and "
                             "Governor Ansel Brody had known of the crane at Pier Seven since Sunday.";
static const char third[] = "Dockers led by Tomas Rekker on Tuesday blocked the gates of Norrland in Veldhaven. On Monday the "
                            "minister Odalys Kerrigan had met "
                            "Ansel Brody there. The Harbour Union will meet Kerrigan on Wednesday at Pier Seven.";
static const char silent[] = "The strike of Tomas Rekker and the Harbour Union began in Veldhaven on Tuesday (4 May), when "
                             "Norrland and Odalys Kerrigan said no to "
                             "talks at Pier Seven with Ansel Brody.";
static const char other[] = "The singer Mirela Dovan opened the festival of Castelbruno on Saturday with songs of Ilario Pesce.";

static void pile_vote(void **state)
{
    shelf *s = *state;
    shelve(s, wire, "2021-05-04");
    shelve(s, second, "2021-05-05");
    shelve(s, third, "2022-05-04"); /* the year is wrong */
    shelve(s, silent, NULL);
    shelve(s, other, "2022-05-04");
    dl_arena keep;
    dl_redate r[8];
    dl_arena_init(&keep, 1u << 20);
    const dl_pages pages = { s->n, fetch, s };
    assert_int_equal(dl_dates_pile(r, &pages, s->models, &keep, NULL), DL_OK);
    assert_false(r[0].changed);
    assert_false(r[1].changed);
    assert_true(r[2].changed);
    assert_true(r[2].published == at("2021-05-04"));
    assert_int_equal(r[2].basis, DL_BY_STORY);
    assert_true(r[2].why.len > 0);
    assert_true(r[3].published == at("2021-05-04"));
    assert_false(r[4].changed);
    assert_true(r[4].published == at("2022-05-04"));

    dl_redate none = { .published = 0 };
    const int64_t before = s->b.meta.published;
    dl_dates_apply(&s->b, &none);
    assert_true(s->b.meta.published == before);
    const uint32_t warnings = s->b.d.warnings.n;
    dl_dates_apply(&s->b, &r[2]);
    assert_true(s->b.meta.published == at("2021-05-04"));
    assert_int_equal(s->b.d.warnings.n, warnings + 1);
    dl_arena_free(&keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(page_vote, open_shelf, close_shelf),
                                        cmocka_unit_test_setup_teardown(day_at_the_publishers, open_shelf, close_shelf),
                                        cmocka_unit_test_setup_teardown(pair_decides_the_year, open_shelf, close_shelf),
                                        cmocka_unit_test_setup_teardown(pile_vote, open_shelf, close_shelf) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
