/* test_quotes.c: quotation marks, and who is said to have said what, on texts of our own. */
#include "base/date.h"
#include "coref/coref.h"
#include "models.h"
#include "names/names.h"
#include "parse/parse.h"
#include "quotes/marks.h"
#include "quotes/quotes.h"
#include "tags/tags.h"
#include "text.h"
#include "times/times.h"
#include "tokens/tokens.h"
#include "trees/trees.h"

/* The quotations of `text`, without their marks, joined by '|'; an open end is '+' or '-' (whether the
 * next paragraph goes on). */
static void marks_are(const char *text, const char *want)
{
    dl_build b;
    dl_build_init(&b);
    put_lines(&b, text);
    dl_marks m;
    assert_true(dl_marks_find(&m, &b.d, &b.scratch));
    char got[512] = "";
    size_t n = 0;
    for (size_t i = 0; i < m.n; i++) {
        dl_str s = dl_doc_text(&b.d, m.row[i].inner);
        assert_true(n + s.len + 3 < sizeof got);
        if (i) got[n++] = '|';
        memcpy(got + n, s.p, s.len);
        n += s.len;
        if (!m.row[i].closed) got[n++] = m.row[i].goes_on ? '+' : '-';
        got[n] = 0;
    }
    assert_string_equal(got, want);
    dl_build_free(&b);
}

static void pairs_of_marks(void **state)
{
    (void)state;
    marks_are("She said “we will win” and left.", "we will win");
    marks_are("She said \"we will win\" and \"soon\".", "we will win|soon");
    marks_are("He called it ‘a farce’ on Monday.", "a farce");
    marks_are("Er sagte „ja, gut“ dazu.", "ja, gut");
    marks_are("Il a dit «bon» hier.", "bon");
    marks_are("No marks here, only the workers’ own words and it's fine.", "");
}

static void apostrophes_are_no_marks(void **state)
{
    (void)state;
    marks_are("The minister’s plan and the ministers’ plans of the ’90s.", "");
    marks_are("They shouted 'get 'em' outside.", "get 'em");
    marks_are("It was ‘the workers’ homes’ that burned.", "the workers’ homes");
}

static void mixed_and_broken_marks(void **state)
{
    (void)state;
    /* opened by one glyph, closed by another; the closing one typed for the opening one */
    marks_are("He said \"we can go” today.", "we can go");
    marks_are("He said ”we can go” today.", "we can go");
    /* the closing mark of the first was forgotten */
    marks_are("“One. And “two” then “three” here.", "One. And -|two|three");
    marks_are("“He told me ‘no’ twice,” she said.", "He told me ‘no’ twice,");
    marks_are("“He told me “no” twice,” she said.", "He told me “no” twice,");
}

static void quotation_over_paragraphs(void **state)
{
    (void)state;
    marks_are("“First part.\n“Second part.”", "First part.+|Second part.");
    marks_are("“Never closed.\nNew paragraph.", "Never closed.-");
    marks_are("“ ”", " ");
    marks_are("”\n“\n\"\n'", "");
}

/* ---- Who said what ---- */

static void understand(dl_build *b, const char *text)
{
    dl_build_init(b);
    put_lines(b, text);
    b->meta.published = dl_seconds(dl_days(2031, 5, 14)); /* a Wednesday                           */
    assert_int_equal(dl_tokens_find(b, models), DL_OK);
    assert_int_equal(dl_parse_trees(b, models), DL_OK);
    assert_int_equal(dl_names_find(b, models), DL_OK);
    assert_int_equal(dl_coref_find(b, models), DL_OK);
    assert_int_equal(dl_times_find(b, models), DL_OK);
    assert_int_equal(dl_quotes_find(b, models), DL_OK);
}

/* The quotation whose content holds `words`; DL_NONE: none. */
static uint32_t quote_with(const dl_doc *d, const char *words)
{
    for (uint32_t q = 0; q < d->quotes.n; q++)
        for (uint32_t p = d->quotes.parts[q].beg; p < d->quotes.parts[q].end; p++)
            if (d->parts.role[p] == DL_CONTENT && dl_str_find(dl_doc_text(d, d->parts.span[p]), dl_str_of(words), 0) != SIZE_MAX)
                return q;
    return DL_NONE;
}

/* The number of speakers of a quotation; one of them is called `name` (NULL: not asked). */
static uint32_t speakers(const dl_doc *d, uint32_t q, dl_part_role role, const char *name)
{
    uint32_t n = 0;
    bool met = !name;
    for (uint32_t p = d->quotes.parts[q].beg; p < d->quotes.parts[q].end; p++) {
        if (d->parts.role[p] != role) continue;
        n++;
        dl_str by = d->parts.ent[p] == DL_NONE ? dl_doc_text(d, d->parts.span[p]) : dl_doc_str(d, d->ents.name[d->parts.ent[p]]);
        met |= name && dl_str_find(by, dl_str_of(name), 0) != SIZE_MAX;
    }
    if (!met) fail_msg("%s is not among the %u", name, n);
    return n;
}

static void speaks(const char *text, const char *words, dl_quote_kind kind, const char *name)
{
    dl_build b;
    understand(&b, text);
    uint32_t q = quote_with(&b.d, words);
    if (q == DL_NONE) fail_msg("no quotation with: %s", words);
    assert_int_equal(b.d.quotes.kind[q], kind);
    assert_true(speakers(&b.d, q, DL_SOURCE, name) >= 1);
    dl_build_free(&b);
}

static void direct_and_indirect(void **state)
{
    (void)state;
    speaks("“We will open the port in June,” Anna Nowak said on Monday.", "open the port", DL_DIRECT, "Nowak");
    speaks("Anna Nowak said that the port will open in June.", "port will open", DL_INDIRECT, "Nowak");
    speaks("Anna Nowak said the port was “a gift to the city”.", "a gift to the city", DL_MIXED, "Nowak");
    speaks("The port will open in June, according to Anna Nowak.", "port will open", DL_INDIRECT, "Nowak");
    speaks("Anna Nowak, who leads the council, warned that the port was too small.", "too small", DL_INDIRECT, "Nowak");
}

static void goes_on_without_a_cue(void **state)
{
    (void)state;
    speaks("“We will open the port in June,” Anna Nowak said. “The city has waited for years.”", "waited for years", DL_DIRECT,
           "Nowak");
}

static void joint_speakers(void **state)
{
    (void)state;
    dl_build b;
    understand(&b,
               "Anna Nowak and Jorge Salas said that the port would open in June.\nThey said the city had waited for years.\n");
    uint32_t q = quote_with(&b.d, "would open");
    assert_int_not_equal(q, DL_NONE);
    assert_int_equal(speakers(&b.d, q, DL_SOURCE, "Nowak"), 2);
    q = quote_with(&b.d, "had waited");
    assert_int_not_equal(q, DL_NONE);
    assert_int_equal(speakers(&b.d, q, DL_SOURCE, "Salas"), 2);
    dl_build_free(&b);
}

static void said_on_a_day(void **state)
{
    (void)state;
    dl_build b;
    understand(&b, "Anna Nowak said on Monday that the port would open next year.");
    uint32_t q = quote_with(&b.d, "would open");
    assert_int_not_equal(q, DL_NONE);
    assert_int_equal(b.d.quotes.from[q], dl_seconds(dl_days(2031, 5, 12)));
    assert_int_equal(b.d.quotes.to[q], dl_seconds(dl_days(2031, 5, 13)));
    dl_build_free(&b);
}

static void through_an_agency(void **state)
{
    (void)state;
    dl_build b;
    understand(&b, "Reuters reported, quoting the Polish Foreign Ministry, that she will visit Lima in June.");
    uint32_t q = quote_with(&b.d, "will visit Lima");
    assert_int_not_equal(q, DL_NONE);
    assert_int_equal(speakers(&b.d, q, DL_SOURCE, "Ministry"), 1);
    assert_int_equal(speakers(&b.d, q, DL_VIA, "Reuters"), 1);
    dl_build_free(&b);
}

static void nobody_is_invented(void **state)
{
    (void)state;
    dl_build b;
    understand(&b, "The mayor has been accused of selling the port to friends.");
    uint32_t q = quote_with(&b.d, "selling the port");
    if (q != DL_NONE) assert_int_equal(speakers(&b.d, q, DL_SOURCE, NULL), 0);
    dl_build_free(&b);
    understand(&b, "The book “Gone With the Wind” was sold for a dollar.\nThe minister’s plan failed.\n");
    assert_int_equal(b.d.quotes.n, 0);
    dl_build_free(&b);
    understand(&b, "");
    assert_int_equal(b.d.quotes.n, 0);
    dl_build_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_of_marks),         cmocka_unit_test(apostrophes_are_no_marks),
        cmocka_unit_test(mixed_and_broken_marks), cmocka_unit_test(quotation_over_paragraphs),
        cmocka_unit_test(direct_and_indirect),    cmocka_unit_test(goes_on_without_a_cue),
        cmocka_unit_test(joint_speakers),         cmocka_unit_test(said_on_a_day),
        cmocka_unit_test(through_an_agency),      cmocka_unit_test(nobody_is_invented),
    };
    return cmocka_run_group_tests(tests, open_models, close_models);
}
