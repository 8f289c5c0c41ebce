/* page.h: one paragraph of a trainer's text, read as pages are. */
#ifndef DL_TRAIN_PAGE_H
#define DL_TRAIN_PAGE_H

#include "names/names.h"
#include "parse/parse.h"
#include "tokens/tokens.h"

/* False: no memory. */
static inline bool read_paragraph(dl_build *b, const dl_models *m, dl_str text)
{
    dl_build_reset(b);
    const dl_span at = dl_put_text(b, text);
    dl_put_text(b, DL_STR("\n"));
    const uint32_t row = dl_row(b, DL_T_BLOCKS);
    if (row == DL_NONE) return false;
    b->d.blocks.kind[row] = DL_PARAGRAPH;
    b->d.blocks.span[row] = at;
    b->meta.body_len = b->d.text_len;
    return !dl_tokens_find(b, m) && !dl_parse_trees(b, m) && !dl_names_find(b, m);
}

#endif
