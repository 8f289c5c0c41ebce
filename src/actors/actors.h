/* actors.h: one actor for all the names that a pile has for it.
 *
 * Page entities (doc ents) are merged over pages: same name, part of a name with the same
 * country or role, spelling variants, surname first or last; a place that stands for its
 * government is the government's actor.
 *
 * Reads  ents, ments, roles of every page.
 * Cost   linear in entities, times those that share a word.   Fails DL_ENOMEM. */
#ifndef DL_ACTORS_ACTORS_H
#define DL_ACTORS_ACTORS_H

#include "base/arena.h"
#include "doc/pages.h"
#include "model/pack.h"

typedef struct dl_actors {
    uint32_t n;
    dl_str *name;       /* [n] canonical: the fullest common form; "China (government)"         */
    uint8_t *kind;      /* [n] dl_actor_kind                                                    */
    uint32_t *country;  /* [n] dl_country() or 0                                                */
    uint32_t *mentions; /* [n] over all pages                                                   */
    uint32_t pages;
    uint32_t *base; /* [pages + 1] where a page's entities begin in `of`                    */
    uint32_t *of;   /* [base[pages]] actor of each page entity                              */
} dl_actors;

/* The actor of entity `ent` of page `page`; DL_NONE for DL_NONE. Actors are numbered by first
 * appearance. Everything in *out lies in `keep`. */
DL_MUST_USE dl_status dl_actors_merge(dl_actors *out, const dl_pages *pages, const dl_models *m, dl_arena *keep, dl_error *err);
static inline uint32_t dl_actor_of(const dl_actors *a, uint32_t page, uint32_t ent)
{
    return ent == DL_NONE ? DL_NONE : a->of[a->base[page] + ent];
}

#endif
