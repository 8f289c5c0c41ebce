/* saved.h: what a browser or a saving tool wrote into a page that it saved: where it was and when.
 *
 * Read from the first bytes: "saved from url=(0023)https://..." (browsers' "Save page as"), SingleFile's and HTTrack's comments,
 * Save Page WE's meta elements. */
#ifndef DL_INPUT_SAVED_H
#define DL_INPUT_SAVED_H

#include "input/raw.h"

/* Fills url and fetched of a page of HTML that has none; strings are copied into `a`. */
void dl_saved_read(dl_raw *io, dl_arena *a);

#endif
