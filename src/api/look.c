/* look.c: the corpus stages over the pages in hand, as far as a question needs them. */
#include "api/pile.h"
#include "api/rulings.h"
#include "base/error.h"

dl_status dl_look_over(dl_view *v, unsigned needs, dl_arena *keep, dl_error *err)
{
    dl_copies *copies = DL_NEW(keep, 1, dl_copies);
    dl_actors *actors = DL_NEW(keep, 1, dl_actors);
    dl_stories *stories = DL_NEW(keep, 1, dl_stories);
    dl_happenings *events = DL_NEW(keep, 1, dl_happenings);
    if (!copies || !actors || !stories || !events) return dl_fail_mem(err, "pile");
    dl_status st = DL_OK;
    if (needs & DL_NEED_COPIES) {
        st = dl_copies_find(copies, v->pages, v->models, keep, err);
        if (!st) st = dl_rulings_apply(v, copies, keep, err);
        v->copies = copies;
    }
    if (!st && (needs & DL_NEED_ACTORS)) {
        st = dl_actors_merge(actors, v->pages, v->models, keep, err);
        v->actors = actors;
    }
    if (!st && (needs & DL_NEED_STORIES)) {
        const dl_story_rule *rule = dl_rulings_on_stories(v, keep);
        if (dl_arena_failed(keep)) return dl_fail_mem(err, "pile");
        st = dl_stories_find(stories, v->pages, v->copies, rule, rule ? v->n_settled : 0, v->models, keep, err);
        v->stories = stories;
    }
    if (!st && (needs & DL_NEED_EVENTS)) {
        st = dl_events_merge(events, v->pages, v->actors, keep, err);
        v->events = events;
    }
    return st;
}
