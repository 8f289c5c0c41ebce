/* coding.h: content codings of HTTP (RFC 9110, 8.4.1): gzip, deflate, br, zstd, undone in memory. */
#ifndef DL_INPUT_CODING_H
#define DL_INPUT_CODING_H

#include "base/arena.h"

/* Undoes what a Content-Encoding field lists, the last first. Recorders often undo the codings and leave the field as it was: bytes that are not coded are
 * taken as they are. *cut becomes true where the coded bytes end early or are damaged further on; what they gave until there is given.
 * Fails DL_EINPUT (a coding that is not read, damaged at its start), DL_ELIMIT (over DL_PAGE_MAX), DL_ENOMEM. */
DL_MUST_USE dl_status dl_coding_undo(dl_str *io, dl_str field, bool *cut, dl_arena *a, dl_error *err, const char *where,
                                     uint64_t offset);

#endif
