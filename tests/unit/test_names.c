/* test_names.c: the name tagger on sentences of our own. */
#include "doc/build.h"
#include "models.h"
#include "names/names.h"
#include "parse/parse.h"
#include "tags/tags.h"

/* A document of one-blank tokens; '\n' ends a sentence. */
static void put(dl_build *b, const char *text)
{
    dl_str rest = dl_str_of(text), line, word;
    while (dl_str_next(&rest, '\n', &line)) {
        uint32_t from = b->d.toks.n;
        while (dl_str_next(&line, ' ', &word)) {
            dl_span at = dl_put_text(b, word);
            dl_put_text(b, line.len ? DL_STR(" ") : DL_STR("\n"));
            uint32_t t = dl_row(b, DL_T_TOKS);
            assert_int_not_equal(t, DL_NONE);
            b->d.toks.span[t] = at;
        }
        uint32_t s = dl_row(b, DL_T_SENTS);
        b->d.sents.tok[s] = (dl_span){ from, b->d.toks.n };
    }
}

static void is_name(const dl_build *b, const char *text, dl_name_type type)
{
    for (uint32_t i = 0; i < b->d.names.n; i++)
        if (dl_str_eq(dl_doc_text(&b->d, b->d.names.span[i]), dl_str_of(text))) {
            assert_int_equal(b->d.names.type[i], type);
            return;
        }
    fail_msg("no name: %s", text);
}

static void finds_names(void **state)
{
    (void)state;
    dl_build b;
    dl_build_init(&b);
    put(&b, "The French foreign minister , Jean Dupont , met Zhang Wei in Brussels on Tuesday .\n"
            "Mr Dupont told Reuters that the European Union would send aid to Ukraine .\n");
    assert_int_equal(dl_parse_words(&b, models), DL_OK);
    assert_int_equal(dl_names_find(&b, models), DL_OK);
    is_name(&b, "Jean Dupont", DL_PER);
    is_name(&b, "Zhang Wei", DL_PER);
    is_name(&b, "Dupont", DL_PER);
    is_name(&b, "Brussels", DL_LOC);
    is_name(&b, "Ukraine", DL_LOC);
    is_name(&b, "Reuters", DL_ORG);
    is_name(&b, "European Union", DL_ORG);
    is_name(&b, "French", DL_NORP);
    for (uint32_t i = 0; i < b.d.names.n; i++) {
        assert_true(b.d.names.tok[i].beg < b.d.names.tok[i].end);
        assert_true(i == 0 || b.d.names.tok[i - 1].end <= b.d.names.tok[i].beg);
    }
    dl_build_free(&b);
}

static void takes_nothing(void **state)
{
    (void)state;
    dl_build b;
    dl_build_init(&b);
    assert_int_equal(dl_parse_words(&b, models), DL_OK);
    assert_int_equal(dl_names_find(&b, models), DL_OK);
    assert_int_equal(b.d.names.n, 0);
    dl_build_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(finds_names), cmocka_unit_test(takes_nothing) };
    return cmocka_run_group_tests(tests, open_models, close_models);
}
