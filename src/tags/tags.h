/* tags.h: Penn and UD part-of-speech tags, lemmas.
 *
 * Reads  sents, toks.   Writes toks.xpos, toks.upos, toks.lemma.
 * Cost   linear in tokens.   Fails DL_ENOMEM only. */
#ifndef DL_TAGS_TAGS_H
#define DL_TAGS_TAGS_H

#include "doc/build.h"
#include "model/pack.h"

DL_MUST_USE dl_status dl_tags_find(dl_build *b, const dl_models *m);

#endif
