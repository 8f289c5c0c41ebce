/* tell.h: from pages that belong together to stories with a headline, days and counts. */
#ifndef DL_STORIES_TELL_H
#define DL_STORIES_TELL_H

#include "stories/stories.h"

/* What a stream has found of the pages of a pile. */
typedef struct dl_clustered {
    const uint32_t *story;     /* [pages] number of its story, below `numbers`                         */
    const float *centre;       /* [pages] the sum of its links inside its story                        */
    const int32_t *told;       /* [pages] the day it tells of (span.h), or INT32_MIN                    */
    const uint32_t *continues; /* [numbers] the story that each goes on with, or DL_NONE                 */
    uint32_t numbers;
} dl_clustered;

/* The headline of a story is that of its most central page, first-hand before secondary. Reads ids, headlines and dates of
 * the pages; lines may be NULL: each page is one. Everything in *out lies in `keep`. False: no memory. */
bool dl_stories_tell(dl_stories *out, const dl_pages *pages, const dl_lines *lines, const dl_clustered *c, dl_arena *keep);

#endif
