/* trees.h: Universal Dependencies trees.
 *
 * Reads  sents, toks, tags.   Writes toks.head, toks.rel.
 * Cost   linear in tokens.   Fails DL_ENOMEM only. */
#ifndef DL_TREES_TREES_H
#define DL_TREES_TREES_H

#include "doc/build.h"
#include "model/pack.h"

DL_MUST_USE dl_status dl_trees_find(dl_build *b, const dl_models *m);

#endif
