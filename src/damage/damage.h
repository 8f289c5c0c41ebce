/* damage.h: passages that a machine (spinning, translation, scraping) broke; they are never quoted.
 *
 * Reads  text, blocks, sents, toks, tags, names.   Writes damages.
 * Cost   linear in tokens.   Fails DL_ENOMEM only. */
#ifndef DL_DAMAGE_DAMAGE_H
#define DL_DAMAGE_DAMAGE_H

#include "doc/build.h"
#include "model/pack.h"

DL_MUST_USE dl_status dl_damage_find(dl_build *b, const dl_models *m);

#endif
