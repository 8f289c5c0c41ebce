/* times.h: temporal expressions and the intervals they mean (TIMEX3), against meta.published.
 *
 * Reads  meta, sents, toks, tags.   Writes times.
 * Cost   linear in tokens.   Fails DL_ENOMEM only. */
#ifndef DL_TIMES_TIMES_H
#define DL_TIMES_TIMES_H

#include "doc/build.h"
#include "model/pack.h"

DL_MUST_USE dl_status dl_times_find(dl_build *b, const dl_models *m);

#endif
