/* matter.h: one story at a time, with its claims and disagreements: what the writers about stories see. */
#ifndef DL_API_MATTER_H
#define DL_API_MATTER_H

#include "api/view.h"
#include "claims/disagree.h"

typedef struct dl_told_story {
    uint32_t row; /* of view->stories                                               */
    const dl_story *story;
    dl_matter matter;
    dl_claims claims;
    dl_disagreements disagreements;
} dl_told_story;

/* Walks the stories that the view asks for: the one, or all, the largest first. Each is found anew and
 * given back before the next; `ctx` comes from the writer. */
typedef dl_status dl_story_fn(void *ctx, const dl_told_story *s, dl_arena *keep, dl_error *err);
DL_MUST_USE dl_status dl_each_story(const dl_view *v, dl_story_fn *fn, void *ctx, dl_error *err);

/* The row of a story by the number that was asked for; 0: DL_NONE, all of them. Fails DL_EUSAGE: there are only n. */
DL_MUST_USE dl_status dl_story_asked(uint32_t *row, uint32_t number, uint32_t n, dl_error *err);

/* The page's id; empty: it could not be fetched. */
static inline dl_str dl_view_id(const dl_view *v, uint32_t page)
{
    const dl_doc *d = dl_page(v->pages, page);
    return d ? dl_doc_str(d, d->meta->id) : (dl_str){ 0 };
}

#endif
