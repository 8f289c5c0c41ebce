/* walk.h: the files below a list of paths, in order. */
#ifndef DL_INPUT_WALK_H
#define DL_INPUT_WALK_H

#include "base/arena.h"

typedef struct dl_walk {
    dl_arena *arena;
    struct dl_walk_item {
        const char *path;
        bool given; /* named on the command line, not found in a folder                         */
        unsigned depth;
    } * item; /* [n] a stack: the next one is the last                                    */
    size_t n, cap;
} dl_walk;

bool dl_walk_init(dl_walk *w, dl_arena *a, const char *const *paths, size_t n);
/* The next regular file, pipe or "-" in *path. DL_OK, DL_ENONE at the end, DL_EIO (cannot be read;
 * go on), DL_ELIMIT (folders too deep; go on), DL_ENOMEM. Hidden names (".x") in folders are left out;
 * links to folders inside folders are not followed. */
DL_MUST_USE dl_status dl_walk_next(dl_walk *w, const char **path, dl_error *err);

#endif
