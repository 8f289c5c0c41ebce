/* names.h: names of people, organisations, places and more.
 *
 * Reads  sents, toks, tags.   Writes names.
 * Cost   linear in tokens.   Fails DL_ENOMEM only. */
#ifndef DL_NAMES_NAMES_H
#define DL_NAMES_NAMES_H

#include "doc/build.h"
#include "model/pack.h"

DL_MUST_USE dl_status dl_names_find(dl_build *b, const dl_models *m);

#endif
