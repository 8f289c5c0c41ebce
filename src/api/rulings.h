/* rulings.h: what a person decided on how pages count and which are of one story, as it is read, applied and shown. */
#ifndef DL_API_RULINGS_H
#define DL_API_RULINGS_H

#include "api/view.h"

/* Those of the store that hold; in `keep`. Nothing without a store. */
DL_MUST_USE dl_status dl_rulings_load(dl_view *v, dl_store *store, dl_arena *keep, dl_error *err);
/* Counts the lines of v->copies by them. */
DL_MUST_USE dl_status dl_rulings_apply(const dl_view *v, dl_copies *copies, dl_arena *keep, dl_error *err);

/* Those on stories, as they are to be kept to; in `keep`. NULL: there is none, or no memory (ask dl_arena_failed). */
dl_story_rule *dl_rulings_on_stories(const dl_view *v, dl_arena *keep);

/* How a page counts, or NULL. O(log n). */
const dl_ruling *dl_ruling_of(const dl_view *v, uint32_t page);
/* "counted as", "kept apart from the story of", "kept together with". */
const char *dl_ruling_words(const dl_ruling *r);
/* "counted as independent by Ann Lee, 2031-05-06: spoke to the mayor herself"; not escaped. */
void dl_ruling_put(dl_buf *b, const dl_view *v, const dl_ruling *r);
/* A line for each of the pages that has one, behind `indent` blanks; nothing where none has. */
void dl_rulings_text(dl_buf *b, const dl_view *v, const uint32_t *page, uint32_t n, unsigned indent);
/* The keys `id` `counts` `of` `by` `at` `note` of one, into an open object; `of` empty: of none. */
void dl_ruling_keys(dl_json *j, const dl_ruling *r, dl_str id, dl_str of);
/* The key "overruled" with those keys of each; nothing where no page has one. */
void dl_rulings_json(dl_json *j, const dl_view *v, const uint32_t *page, uint32_t n);

#endif
