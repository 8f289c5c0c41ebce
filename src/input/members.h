/* members.h: the members of a plain JSON object, found without building a tree of it: a record whose values are strings, numbers and literals.
 *
 * What is anything else (nested values, escapes in keys, faults) is not taken, and is for a whole parser to read or to refuse. */
#ifndef DL_INPUT_MEMBERS_H
#define DL_INPUT_MEMBERS_H

#include "base/arena.h"

#define DL_MEMBERS_MAX 32

typedef struct dl_members {
    size_t n;
    struct {
        dl_str key, value; /* bytes of the line, between their quotation marks                   */
        bool string;
    } at[DL_MEMBERS_MAX];
} dl_members;

/* False: the line is not such an object. */
bool dl_members_find(dl_members *out, dl_str line);
/* The string that a key has, out of its escapes, in the arena; p NULL: it has none. The last of several counts.
 * *odd becomes true where an escape is none. */
dl_str dl_members_text(const dl_members *m, const char *key, dl_arena *a, bool *odd);
/* The whole number that a key has, as it is written; p NULL: it has none. */
dl_str dl_members_number(const dl_members *m, const char *key);

#endif
