/* tokens.h: sentences and tokens of the body.
 *
 * Reads  blocks, text.   Writes sents, toks (span, flags).
 * Cost   linear in the text.   Fails DL_ENOMEM only.
 *
 * A line of a block ends a sentence; no sentence crosses a block. Tokens are those of the Penn and UD
 * treebanks: "don't" is "do" + "n't", "Russia's" is "Russia" + "'s", the stop of "U.S." is part of it,
 * hyphens within words are tokens of their own ("vice-president": 3 tokens). */
#ifndef DL_TOKENS_TOKENS_H
#define DL_TOKENS_TOKENS_H

#include "doc/build.h"
#include "input/raw.h"
#include "model/pack.h"

DL_MUST_USE dl_status dl_tokens_find(dl_build *b, const dl_models *m);
/* The same, sentence ends by the rules alone: for training what the learnt judge of ends sees. */
DL_MUST_USE dl_status dl_tokens_by_rule(dl_build *b, const dl_models *m);

/* Instead of dl_tokens_find, for a page whose tokens and sentence ends are given (DL_RAW_SENTENCES):
 * raw's spans are bytes of raw->bytes, which must be the text of this document, byte for byte, from
 * `text` offset 0 on. Spans that do not ascend or leave the body are dropped. */
DL_MUST_USE dl_status dl_tokens_given(dl_build *b, const dl_raw *raw);

#endif
