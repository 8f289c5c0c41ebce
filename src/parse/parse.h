/* parse.h: tags, parts of names, lemmas and trees: one network reads each sentence once.
 *
 * Reads  sents, toks.   Writes toks.xpos, toks.upos, toks.bio, toks.lemma; dl_parse_trees also toks.head, toks.rel.
 * Cost   linear in tokens; trees take the square of a sentence's, at most DL_SENT_MAX.   Fails DL_ENOMEM only. */
#ifndef DL_PARSE_PARSE_H
#define DL_PARSE_PARSE_H

#include "doc/build.h"
#include "model/pack.h"

/* Everything but trees. */
DL_MUST_USE dl_status dl_parse_words(dl_build *b, const dl_models *m);
/* Everything. */
DL_MUST_USE dl_status dl_parse_trees(dl_build *b, const dl_models *m);

#endif
