/* test_doc.c: building, sealing and opening a document; a block that was changed is refused. */
#include "test.h"
#include <stdlib.h>

#include "doc/seal.h"

static void fill(dl_build *b)
{
    dl_build_init(b);
    b->meta.id = dl_put(b, DL_STR("page-1"));
    dl_put_text(b, DL_STR("One line.\nTwo lines.\n"));
    b->meta.body_len = b->d.text_len;
    for (uint32_t i = 0; i < 2; i++) {
        uint32_t row = dl_row(b, DL_T_BLOCKS);
        b->d.blocks.span[row] = i ? (dl_span){ 10, 20 } : (dl_span){ 0, 9 };
        b->d.blocks.time[row] = DL_NEVER;
        uint32_t sent = dl_row(b, DL_T_SENTS);
        b->d.sents.span[sent] = b->d.blocks.span[row];
        b->d.sents.tok[sent] = (dl_span){ i * 40, i * 40 + 40 };
        b->d.sents.block[sent] = row;
    }
    for (uint32_t i = 0; i < 80; i++) { /* more than the first room */
        uint32_t row = dl_row(b, DL_T_TOKS);
        b->d.toks.span[row] = (dl_span){ i / 4, i / 4 + 1 };
        b->d.toks.head[row] = DL_NONE;
    }
    dl_warn(b, "test", "number %d", 7);
    assert_int_equal(dl_build_status(b), DL_OK);
}

static void a_sealed_document_reads_like_its_builder(void **state)
{
    (void)state;
    dl_build b;
    dl_bytes block;
    dl_doc d;
    dl_error err;
    fill(&b);
    assert_int_equal(dl_seal(&block, &b, &err), DL_OK);
    dl_build_free(&b);
    assert_int_equal(dl_doc_open(&d, block.p, block.len, &err), DL_OK);
    assert_true(dl_str_eq(dl_doc_str(&d, d.meta->id), DL_STR("page-1")));
    assert_true(dl_str_eq(dl_doc_text(&d, d.blocks.span[1]), DL_STR("Two lines.")));
    assert_true(dl_str_eq(dl_doc_str(&d, d.warnings.detail[0]), DL_STR("number 7")));
    assert_int_equal(d.toks.n, 80);
    assert_int_equal(d.toks.span[79].beg, 19);
    assert_int_equal(dl_sent_of_tok(&d, 41), 1);
    assert_int_equal(dl_sent_of_tok(&d, 80), DL_NONE);
    assert_int_equal(dl_sent_of_byte(&d, 9), DL_NONE);
    assert_int_equal(dl_sent_of_byte(&d, 12), 1);
    dl_span t = dl_toks_of(&d, (dl_span){ 10, 12 });
    assert_int_equal(t.end, 48);
    free(block.p);
}

static void a_document_comes_back_into_a_builder(void **state)
{
    (void)state;
    dl_build b, c;
    dl_bytes one, two;
    dl_error err;
    fill(&b);
    dl_build_init(&c);
    assert_int_equal(dl_build_from(&c, &b.d), DL_OK);
    assert_int_equal(dl_seal(&one, &b, &err), DL_OK);
    assert_int_equal(dl_seal(&two, &c, &err), DL_OK);
    assert_int_equal(one.len, two.len);
    assert_memory_equal(one.p, two.p, one.len);
    dl_rows_clear(&c, DL_T_TOKS);
    assert_int_equal(dl_row(&c, DL_T_TOKS), 0);
    free(one.p);
    free(two.p);
    dl_build_free(&b);
    dl_build_free(&c);
}

static void every_changed_byte_is_refused(void **state)
{
    (void)state;
    dl_build b;
    dl_bytes block;
    dl_doc d;
    dl_error err;
    fill(&b);
    assert_int_equal(dl_seal(&block, &b, &err), DL_OK);
    for (size_t i = 0; i < block.len; i++) {
        block.p[i] ^= 0x41;
        assert_int_equal(dl_doc_open(&d, block.p, block.len, &err), DL_ESTORE);
        block.p[i] ^= 0x41;
    }
    for (size_t len = 0; len < block.len; len += 7) assert_int_equal(dl_doc_open(&d, block.p, len, &err), DL_ESTORE);
    free(block.p);
    dl_build_free(&b);
}

static void a_span_outside_is_refused_with_a_right_checksum(void **state)
{
    (void)state;
    dl_build b;
    dl_bytes block;
    dl_doc d;
    dl_error err;
    fill(&b);
    b.d.sents.span[1].end = b.d.text_len + 1;
    assert_int_equal(dl_seal(&block, &b, &err), DL_OK);
    assert_int_equal(dl_doc_open(&d, block.p, block.len, &err), DL_ESTORE);
    assert_non_null(strstr(err.message, "sents"));
    free(block.p);
    b.d.sents.span[1].end = 20;
    b.d.sents.block[0] = 9;
    assert_int_equal(dl_seal(&block, &b, &err), DL_OK);
    assert_int_equal(dl_doc_open(&d, block.p, block.len, &err), DL_ESTORE);
    free(block.p);
    dl_build_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sealed_document_reads_like_its_builder),
        cmocka_unit_test(a_document_comes_back_into_a_builder),
        cmocka_unit_test(every_changed_byte_is_refused),
        cmocka_unit_test(a_span_outside_is_refused_with_a_right_checksum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
