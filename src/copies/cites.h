/* cites.h: a page that says in its text that it has something from another outlet: "told the Velm Courier",
 * "the Velm Courier reported". Such a page is no copy: what it tells of that is the other's word. */
#ifndef DL_COPIES_CITES_H
#define DL_COPIES_CITES_H

#include "card/words.h"

/* Does the text name the outlet beside a word of telling? A name of one word counts behind such a word alone: "told Reuters".
 * Linear in the text. False, too, where memory was refused (ask dl_arena_failed). */
bool dl_cites_outlet(const dl_words *text, dl_str outlet, dl_arena *scratch);

#endif
