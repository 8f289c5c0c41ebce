/* found_copies.h: the copies among a few pages. */
#ifndef DL_TESTS_FOUND_COPIES_H
#define DL_TESTS_FOUND_COPIES_H

#include "base/limits.h"
#include "copies/copies.h"
#include "pile.h"

typedef struct found {
    pile p; /* to be filled before they are looked for                                             */
    dl_copies c;
    dl_models *m;
    dl_arena keep;
} found;

static inline void find(found *f)
{
    dl_error err;
    dl_arena_init(&f->keep, DL_ARENA_MAX);
    assert_int_equal(dl_models_open(&f->m, NULL, &err), DL_OK);
    assert_int_equal(dl_copies_find(&f->c, &f->p.pages, f->m, &f->keep, &err), DL_OK);
}

static inline void done(found *f)
{
    dl_arena_free(&f->keep);
    dl_models_close(f->m);
    pile_free(&f->p);
}

#endif
