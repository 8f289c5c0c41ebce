/* test_quotes.c: quotation marks, and who is said to have said what, on texts of our own. */
#include "doc/build.h"
#include "quotes/marks.h"
#include "test.h"

/* A document whose paragraphs are the lines of `text`. */
static void put(dl_build *b, const char *text)
{
    dl_str rest = dl_str_of(text), line;
    while (dl_str_next(&rest, '\n', &line)) {
        dl_span at = dl_put_text(b, line);
        dl_put_text(b, DL_STR("\n"));
        uint32_t row = dl_row(b, DL_T_BLOCKS);
        assert_int_not_equal(row, DL_NONE);
        b->d.blocks.kind[row] = DL_PARAGRAPH;
        b->d.blocks.span[row] = at;
    }
    b->meta.body_len = b->d.text_len;
}

/* The quotations of `text`, without their marks, joined by '|'; an open end is '+' or '-' (whether the
 * next paragraph goes on). */
static void marks_are(const char *text, const char *want)
{
    dl_build b;
    dl_build_init(&b);
    put(&b, text);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_of_marks),
        cmocka_unit_test(apostrophes_are_no_marks),
        cmocka_unit_test(mixed_and_broken_marks),
        cmocka_unit_test(quotation_over_paragraphs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
