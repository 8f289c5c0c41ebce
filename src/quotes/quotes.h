/* quotes.h: direct, mixed and indirect speech and who said it.
 *
 * Reads  sents, toks, tags, trees, names, ents, ments, times.   Writes quotes, parts.
 * Cost   linear in tokens.   Fails DL_ENOMEM only. */
#ifndef DL_QUOTES_QUOTES_H
#define DL_QUOTES_QUOTES_H

#include "doc/build.h"
#include "model/pack.h"

DL_MUST_USE dl_status dl_quotes_find(dl_build *b, const dl_models *m);

#endif
