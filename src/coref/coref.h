/* coref.h: who is meant: names, titles, pronouns and metonyms of one page become entities.
 *
 * Reads  sents, toks, tags, trees, names.   Writes ents, ments, roles.
 * Cost   linear in mentions, times the page's entities of one head.   Fails DL_ENOMEM only. */
#ifndef DL_COREF_COREF_H
#define DL_COREF_COREF_H

#include "doc/build.h"
#include "model/pack.h"

DL_MUST_USE dl_status dl_coref_find(dl_build *b, const dl_models *m);

#endif
