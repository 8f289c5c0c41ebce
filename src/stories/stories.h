/* stories.h: a stream of pages becomes stories, online: each page joins one story or opens one.
 *
 * The stream of online.h over all pages of a pile, in order of their time, then of their ids; nothing
 * leaves the window.
 *
 * Reads  meta and text of every page, times where there are any, and the lines of copies.h for the counts.
 * Cost   per page, that of its candidates.   Fails DL_ENOMEM. */
#ifndef DL_STORIES_STORIES_H
#define DL_STORIES_STORIES_H

#include "copies/copies.h"

typedef struct dl_story {
    uint32_t n;
    const uint32_t *page; /* [n] ascending                                                    */
    dl_str title;         /* headline of its most central page, verbatim; empty: none has one */
    uint32_t title_page;
    int64_t from, to;   /* half-open seconds: days told of and days of publication, or DL_NEVER      */
    uint32_t continues; /* row of the earlier story that this one goes on with, or DL_NONE             */
    uint32_t texts, lines, first_hand;
} dl_story;

typedef struct dl_stories {
    uint32_t n;
    const dl_story *story; /* [n] in order of first page: story number = row + 1               */
    uint32_t *of;          /* [pages] row of story                                             */
    uint32_t *order;       /* [n] rows, the largest first (lines, then pages, then row)        */
} dl_stories;

/* What a person has settled of two pages. */
typedef struct dl_story_rule {
    uint32_t a, b;
    bool together; /* of one story; else of two                                                 */
} dl_story_rule;
/* Pages by their places place[page], the earlier one first. */
void dl_story_rules_place(dl_story_rule *rule, uint32_t n, const uint32_t *place);

/* Everything in *out lies in `keep`. copies and rule may be NULL. */
DL_MUST_USE dl_status dl_stories_find(dl_stories *out, const dl_pages *pages, const dl_copies *copies, const dl_story_rule *rule,
                                      uint32_t n_rules, const dl_models *m, dl_arena *keep, dl_error *err);

#endif
