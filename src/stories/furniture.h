/* furniture.h: lines and pieces of headlines that stand in many different texts: notices, menus, the
 * name of the site behind the headline. They tell nothing of a story. */
#ifndef DL_STORIES_FURNITURE_H
#define DL_STORIES_FURNITURE_H

#include "base/hash.h"
#include "card/words.h"
#include "doc/pages.h"

typedef struct dl_furniture {
    dl_map texts; /* hash of a line -> number of different texts that have it, up to a ceiling      */
    dl_map seen;  /* hash of a line and a text                                                    */
} dl_furniture;

void dl_furniture_init(dl_furniture *f, dl_arena *a);
/* Counts the lines of a page that belongs to the given text. False: no memory. */
bool dl_furniture_count(dl_furniture *f, const dl_doc *d, uint32_t text, dl_arena *scratch);
/* Takes the words of furniture out of w. `title`: the words are those of a headline `s`, whose pieces
 * are parted by " - ", " | " and the like; otherwise lines count. */
void dl_furniture_drop(const dl_furniture *f, dl_words *w, dl_str s, bool title);

#endif
