/* events.h: who did what to whom, where, when, and whether it happened.
 *
 * Reads  sents, toks, tags, trees, ents, ments, times, quotes.   Writes events, args.
 * Cost   linear in tokens.   Fails DL_ENOMEM only. */
#ifndef DL_EVENTS_EVENTS_H
#define DL_EVENTS_EVENTS_H

#include "doc/build.h"
#include "model/pack.h"

DL_MUST_USE dl_status dl_events_find(dl_build *b, const dl_models *m);

#endif
