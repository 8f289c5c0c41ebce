/* test_tokens.c: words and sentence ends, by hand. In the expected strings a blank parts tokens and a
 * bar parts sentences. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buf.h"
#include "input/conllu.h"
#include "input/source.h"
#include "tokens/tokens.h"

static void add_blocks(dl_build *b, dl_str s)
{
    dl_put_text(b, s);
    b->meta.body_len = b->d.text_len;
    uint32_t at = 0;
    dl_str rest = s, line;
    while (dl_str_next(&rest, '\n', &line)) {
        uint32_t row = dl_row(b, DL_T_BLOCKS);
        b->d.blocks.span[row] = (dl_span){ at, at + (uint32_t)line.len };
        at += (uint32_t)line.len + 1;
    }
}

static void show(const dl_doc *d, dl_buf *o)
{
    for (uint32_t s = 0; s < d->sents.n; s++) {
        for (uint32_t t = d->sents.tok[s].beg; t < d->sents.tok[s].end; t++) {
            if (t > d->sents.tok[s].beg) dl_buf_putc(o, ' ');
            dl_buf_add(o, dl_tok_text(d, t));
        }
        if (s + 1 < d->sents.n) dl_buf_puts(o, " | ");
    }
    dl_buf_putc(o, '\0');
}

static void check(const char *text, const char *expected)
{
    dl_build b;
    dl_models *m;
    dl_buf o;
    dl_build_init(&b);
    dl_build_reset(&b);
    dl_buf_init(&o, 1 << 20);
    assert_int_equal(dl_models_open(&m, NULL, NULL), DL_OK);
    add_blocks(&b, dl_str_of(text));
    assert_int_equal(dl_tokens_find(&b, m), DL_OK);
    show(&b.d, &o);
    assert_string_equal(o.p, expected);
    dl_models_close(m);
    dl_buf_free(&o);
    dl_build_free(&b);
}

static void contractions_and_possessives(void **state)
{
    (void)state;
    check("We don't know; they'll say it's Russia's.", "We do n't know ; they 'll say it 's Russia 's .");
    check("We can’t, but cannot the ministers’ aides?", "We ca n’t , but can not the ministers ’ aides ?");
    check("O'Neill saw 'em in the '90s.", "O'Neill saw 'em in the '90s .");
}

static void figures_money_and_time(void **state)
{
    (void)state;
    check("It cost $3.5m (US$1,200) at 5pm, up 2.5%.", "It cost $ 3.5 m ( US$ 1,200 ) at 5 pm , up 2.5 % .");
    check("On 9/11 at 10:30, pages 3-4, call 555-0100.", "On 9/11 at 10:30 , pages 3 - 4 , call 555-0100 .");
    check("In the 1990s he won 1,234,567 votes,200 more", "In the 1990s he won 1,234,567 votes , 200 more");
}

static void hyphens_and_slashes(void **state)
{
    (void)state;
    check("The vice-president's non-partisan and/or e-mail", "The vice - president 's non-partisan and / or e-mail");
    check("AT&T — the firm—and others…", "AT&T — the firm — and others …");
}

static void addresses(void **state)
{
    (void)state;
    check("See https://example.org/a?b=1, or write to jo.b@example.org.",
          "See https://example.org/a?b=1 , or write to jo.b@example.org .");
    check("See example.com/news now.", "See example.com/news now .");
}

static void abbreviations_do_not_end_sentences(void **state)
{
    (void)state;
    check("Gen. J. R. Ruiz met Mr. Low on Sept. 30 in the U.S. Senate.",
          "Gen. J. R. Ruiz met Mr. Low on Sept. 30 in the U.S. Senate .");
    check("It was No. 5, e.g. Apples Inc. and St. Ives.", "It was No. 5 , e.g. Apples Inc. and St. Ives .");
    check("He lives in the U.S. The others left at 5 p.m. They slept.",
          "He lives in the U.S . | The others left at 5 p.m . | They slept .");
    check("Is it so? No. The end.", "Is it so ? | No . | The end .");
}

static void quotations_end_with_their_sentence(void **state)
{
    (void)state;
    check("“We go.” He left. \"Why?\" he asked. \"Why?\" Ms Orr asked.",
          "“ We go . ” | He left . | \" Why ? \" he asked . | \" Why ? \" Ms Orr asked .");
    check("(He left.) She stayed...and slept.", "( He left . ) | She stayed ... and slept .");
}

static void lines_end_sentences(void **state)
{
    (void)state;
    check("Minister resigns\nLONDON, Feb. 3 (Agency) - He left.", "Minister resigns | LONDON , Feb. 3 ( Agency ) - | He left .");
    check("1. Open the door.\n", "1 . Open the door .");
    check("The talks ended.They resumed.", "The talks ended . | They resumed .");
}

static void abbreviations_stand_last_before_an_opening_word(void **state)
{
    (void)state;
    check("He flew to the U.S. They stayed in Lima.", "He flew to the U.S . | They stayed in Lima .");
    check("The talks ended at 5 p.m. The crowd had left.", "The talks ended at 5 p.m . | The crowd had left .");
    check("At 9 a.m. EST the U.S. Senate met.", "At 9 a.m. EST the U.S. Senate met .");
    check("Acme Inc., a unit of Beta Co. Ltd., sued Gov. T. J. Hale.",
          "Acme Inc. , a unit of Beta Co. Ltd. , sued Gov. T. J. Hale .");
}

static void quotes_of_every_kind(void **state)
{
    (void)state;
    check("“We stay,” she said. “We do not leave.” The crowd cheered.",
          "“ We stay , ” she said . | “ We do not leave . ” | The crowd cheered .");
    check("‘It is not.’ She left the room.", "‘ It is not . ’ | She left the room .");
    check("«We stay here.» She left the room.", "« We stay here . » | She left the room .");
    check("He left the room. \"It is done,\" he said.", "He left the room . | \" It is done , \" he said .");
}

static void quotes_that_are_not_closed(void **state)
{
    (void)state;
    check("He said: \"We will win. The others left early.", "He said : \" We will win . | The others left early .");
    check("“The others left early. Nobody came back.", "“ The others left early . | Nobody came back .");
    check("The others left early.” Nobody came back.", "The others left early . ” | Nobody came back .");
}

static void brackets(void **state)
{
    (void)state;
    check("The plan (it has none) failed. (It had no money.) She left.",
          "The plan ( it has none ) failed . | ( It had no money . ) | She left .");
    check("Sen. Ana Roe (D-Calif.) met Mr. [Ivo] Tarn.", "Sen. Ana Roe ( D - Calif. ) met Mr. [ Ivo ] Tarn .");
    check("She left early [sic] and came back.", "She left early [ sic ] and came back .");
}

static void numbers_of_lists_begin_their_sentence(void **state)
{
    (void)state;
    check("1. Open the door.\n2. Close it again.\n• Another thing",
          "1 . Open the door . | 2 . Close it again . | • Another thing");
}

static void headlines_have_no_stop(void **state)
{
    (void)state;
    check("Minister Quits After Talks Fail\nThe minister resigned on Monday. He gave no reason.",
          "Minister Quits After Talks Fail | The minister resigned on Monday . | He gave no reason .");
}

static void names_are_not_cut(void **state)
{
    (void)state;
    check("The Russian Foreign Minister Oleg Tarn met Wang Yi in Lima on Friday.",
          "The Russian Foreign Minister Oleg Tarn met Wang Yi in Lima on Friday .");
    check("An envoy from the New York office of Acme told Radio Peru that talks go on.",
          "An envoy from the New York office of Acme told Radio Peru that talks go on .");
}

static void ellipses(void **state)
{
    (void)state;
    check("“I … do not know,” she said.", "“ I … do not know , ” she said .");
    check("It was ... well, a long [...] night.", "It was ... well , a long [...] night .");
}

static void times_money_and_scores(void **state)
{
    (void)state;
    check("It cost $3.5bn, €20 or £1.2m. Prices rose 2.5%. Wages did not.",
          "It cost $ 3.5 bn , € 20 or £ 1.2 m . | Prices rose 2.5 % . | Wages did not .");
    check("He won 3-2 in the 90th minute. It was 10:30.", "He won 3 - 2 in the 90th minute . | It was 10:30 .");
}

static void mail_ends_without_stops(void **state)
{
    (void)state;
    check("i cant come tomorrow sorry\nsee you there on friday then :)\nhi all\n",
          "i ca nt come tomorrow sorry | see you there on friday then :) | hi all");
}

static void broken_bytes_are_tokens_too(void **state)
{
    (void)state;
    check("a \xff\xfe b\xe2\x80", "a \xff \xfe b \xe2 \x80");
    check("", "");
    check("\n \n", "");
}

static void quoted_tokens_are_marked(void **state)
{
    (void)state;
    dl_build b;
    dl_models *m;
    dl_build_init(&b);
    dl_build_reset(&b);
    assert_int_equal(dl_models_open(&m, NULL, NULL), DL_OK);
    add_blocks(&b, DL_STR("He said: \"Go home\" twice.\n“Open and not closed\nNext line"));
    assert_int_equal(dl_tokens_find(&b, m), DL_OK);
    const char *quoted[] = { "Go", "home", "Open", "and", "not", "closed" };
    uint32_t n = 0;
    for (uint32_t t = 0; t < b.d.toks.n; t++)
        if (b.d.toks.flags[t] & DL_TOK_QUOTED) {
            assert_true(n < 6);
            assert_true(dl_str_eq(dl_tok_text(&b.d, t), dl_str_of(quoted[n++])));
        }
    assert_int_equal(n, 6);
    dl_models_close(m);
    dl_build_free(&b);
}

static void given_tokens_come_through(void **state)
{
    (void)state;
    static const char file[] = "# newdoc id = x1\n"
                               "1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
                               "1\tdo\t_\t_\t_\t_\t_\t_\t_\t_\n"
                               "2\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n"
                               "3\t.\t_\t_\t_\t_\t_\t_\t_\t_\n"
                               "3.1\tgone\t_\t_\t_\t_\t_\t_\t_\t_\n\n"
                               "1\tno stop\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
    dl_arena a;
    dl_arena_init(&a, 1 << 20);
    dl_conllu c;
    dl_raw raw;
    dl_conllu_init(&c, dl_str_of(file), "f");
    assert_true(dl_conllu_sniff(dl_str_of(file)));
    assert_int_equal(dl_conllu_next(&c, &a, &raw, NULL), DL_OK);
    assert_true(dl_str_eq(raw.id, DL_STR("x1")));
    assert_true(dl_str_eq(raw.bytes, DL_STR("don't.\nno stop\n")));
    dl_build b;
    dl_build_init(&b);
    dl_build_reset(&b);
    add_blocks(&b, raw.bytes);
    assert_int_equal(dl_tokens_given(&b, &raw), DL_OK);
    dl_buf o;
    dl_buf_init(&o, 1 << 10);
    show(&b.d, &o);
    assert_string_equal(o.p, "do n't . | no stop");
    assert_int_equal(b.d.sents.block[1], 1);
    assert_int_equal(dl_conllu_next(&c, &a, &raw, NULL), DL_ENONE);
    dl_buf_free(&o);
    dl_build_free(&b);
    dl_arena_free(&a);
}

static void conllu_files_are_a_source_of_given_tokens(void **state)
{
    (void)state;
    char path[] = "/tmp/dl-test-conllu-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    FILE *f = fdopen(fd, "wb");
    assert_non_null(f);
    for (int d = 1; d <= 2; d++)
        fprintf(f, "# newdoc id = d%d\n1\tHe\t_\t_\t_\t_\t_\t_\t_\t_\n2\tleft\t_\t_\t_\t_\t_\t_\t_\t_\n\n", d);
    fclose(f);
    const char *const paths[] = { path };
    dl_source s;
    dl_arena a;
    dl_raw raw;
    dl_arena_init(&a, 1 << 20);
    assert_int_equal(dl_source_paths(&s, paths, 1, NULL), DL_OK);
    assert_int_equal(s.next(s.self, &raw, &a, NULL), DL_OK);
    assert_int_equal(raw.kind, DL_RAW_SENTENCES);
    assert_int_equal(raw.n_words, 2);
    assert_true(dl_str_eq(raw.id, DL_STR("d1")));
    assert_int_equal(s.next(s.self, &raw, &a, NULL), DL_OK);
    assert_true(dl_str_eq(raw.id, DL_STR("d2")));
    assert_int_equal(s.next(s.self, &raw, &a, NULL), DL_ENONE);
    s.close(s.self);
    dl_arena_free(&a);
    remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contractions_and_possessives),
        cmocka_unit_test(figures_money_and_time),
        cmocka_unit_test(hyphens_and_slashes),
        cmocka_unit_test(addresses),
        cmocka_unit_test(abbreviations_do_not_end_sentences),
        cmocka_unit_test(quotations_end_with_their_sentence),
        cmocka_unit_test(lines_end_sentences),
        cmocka_unit_test(abbreviations_stand_last_before_an_opening_word),
        cmocka_unit_test(quotes_of_every_kind),
        cmocka_unit_test(quotes_that_are_not_closed),
        cmocka_unit_test(brackets),
        cmocka_unit_test(numbers_of_lists_begin_their_sentence),
        cmocka_unit_test(headlines_have_no_stop),
        cmocka_unit_test(names_are_not_cut),
        cmocka_unit_test(ellipses),
        cmocka_unit_test(times_money_and_scores),
        cmocka_unit_test(mail_ends_without_stops),
        cmocka_unit_test(broken_bytes_are_tokens_too),
        cmocka_unit_test(quoted_tokens_are_marked),
        cmocka_unit_test(given_tokens_come_through),
        cmocka_unit_test(conllu_files_are_a_source_of_given_tokens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
