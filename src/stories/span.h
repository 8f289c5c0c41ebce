/* span.h: the days of a story: those on which its pages were published, and those of which they tell.
 *
 * The day a page tells of is the first one that its first sentences name, not after it was published nor
 * more than a week before; of a page without a date, one that is printed with its year. It counts when two
 * lines of reporting tell of it, or when the story has one line only. */
#ifndef DL_STORIES_SPAN_H
#define DL_STORIES_SPAN_H

#include "stories/stories.h"

#define DL_TOLD_SENTS 4u /* a page's first sentences                                              */

/* The day that a page tells of, INT32_MIN: none. Reads `meta`, and `times` where there are any; d may be NULL. */
int32_t dl_day_told(const dl_doc *d);
/* Sets from and to; told[pages] as above. lines may be NULL: each page is one. False: no memory. */
bool dl_story_span(dl_story *s, const dl_pages *pages, const dl_lines *lines, const int32_t *told, dl_arena *scratch);

#endif
