/* text.h: plain text as the blocks of a page. */
#ifndef DL_TESTS_TEXT_H
#define DL_TESTS_TEXT_H

#include "doc/build.h"
#include "test.h"

/* A paragraph of each line of `text`. */
static inline void put_lines(dl_build *b, const char *text)
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

/* One block of the whole of `text`. */
static inline void put_block(dl_build *b, const char *text)
{
    dl_put_text(b, dl_str_of(text));
    b->meta.body_len = b->d.text_len;
    uint32_t row = dl_row(b, DL_T_BLOCKS);
    b->d.blocks.span[row] = (dl_span){ 0, b->d.text_len };
}

#endif
