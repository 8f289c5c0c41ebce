/* events.h: who did what to whom, where, when, and whether it happened.
 *
 * Reads  sents, toks, tags, trees, ents, ments, times, quotes.   Writes events, args.
 * Cost   linear in tokens.   Fails DL_ENOMEM only. */
#ifndef DL_EVENTS_EVENTS_H
#define DL_EVENTS_EVENTS_H

#include "doc/build.h"
#include "model/pack.h"

DL_MUST_USE dl_status dl_events_find(dl_build *b, const dl_models *m);

/* What the source did to the target in a sentence: `events --pairs`. Reads the text alone: no stage
 * has to run before. An empty span is a mention that is not known. DL_NO_TYPE only where the pack has no
 * classifier. Linear in the text, of which the first words count; a few microseconds. */
dl_plover dl_events_pair(const dl_build *b, const dl_models *m, dl_span source, dl_span target);

#endif
