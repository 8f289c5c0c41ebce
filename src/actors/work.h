/* work.h: what the parts of the merger share. Private to actors. */
#ifndef DL_ACTORS_WORK_H
#define DL_ACTORS_WORK_H

#include "actors/actors.h"
#include "base/hash.h"
#include "base/sort.h"
#include "facts/person.h"

#define DL_AM_CONTEXT 32 /* names of a page that are compared, at most                              */

/* One page entity. */
typedef struct dl_node {
    uint32_t page, ent;
    uint32_t parent;  /* union-find: a node of the same actor, the root is its own             */
    uint32_t country; /* or 0                                                                  */
    uint32_t mentions;
    dl_str name;  /* as the page has it, in the page's strings                             */
    uint8_t kind; /* dl_actor_kind                                                         */
    uint8_t gender;
    uint8_t named; /* has a name, not only a description                                    */
} dl_node;

typedef struct dl_merge {
    const dl_pages *pages;
    dl_facts f;
    dl_arena *a;
    dl_node *node;
    uint32_t n;
    uint32_t *base;                     /* [pages + 1] the first node of each page                      */
    uint64_t (*context)[DL_AM_CONTEXT]; /* [pages] keys of persons and bodies, ascending; 0: none */
    dl_map keys;                        /* key -> a node that has it                                    */
} dl_merge;

uint32_t dl_am_root(dl_merge *m, uint32_t node);
void dl_am_join(dl_merge *m, uint32_t a, uint32_t b); /* the earlier one becomes the root          */
/* Joins the node with the one that had the key first. */
void dl_am_join_key(dl_merge *m, uint64_t key, uint32_t node);
/* The words of a name in any order, without articles and without the country's own names. */
uint64_t dl_am_words(const dl_merge *m, dl_str name, uint32_t country);

void dl_am_things(dl_merge *m);               /* governments, places, organisations, groups, the nameless     */
void dl_am_people(dl_merge *m);               /* persons with names                                           */
void dl_am_offices(dl_merge *m);              /* the nameless who hold an office                          */
void dl_am_name(dl_merge *m, dl_actors *out); /* numbers the actors and names them                */

#endif
