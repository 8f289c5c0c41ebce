/* tokens.h: sentences and tokens of the body.
 *
 * Reads  blocks, text.   Writes sents, toks (span, flags).
 * Cost   linear in the text.   Fails DL_ENOMEM only. */
#ifndef DL_TOKENS_TOKENS_H
#define DL_TOKENS_TOKENS_H

#include "doc/build.h"
#include "model/pack.h"

DL_MUST_USE dl_status dl_tokens_find(dl_build *b, const dl_models *m);

#endif
