/* error.h: filling a dl_error. Every function returns the status it was given, so that
 * `return dl_fail(err, DL_EINPUT, "page", at, "...")` is one line. err may be NULL. */
#ifndef DL_BASE_ERROR_H
#define DL_BASE_ERROR_H

#include "base/defs.h"

#define DL_NO_OFFSET UINT64_MAX

dl_status dl_fail(dl_error *err, dl_status st, const char *where, uint64_t offset, const char *fmt, ...) DL_PRINTF(5, 6);
/* The same for a failed system call: DL_EIO with errno and its words. */
dl_status dl_fail_sys(dl_error *err, const char *where, const char *doing);
dl_status dl_fail_mem(dl_error *err, const char *where);
/* "limit", "input" ...: the word for a status that messages begin with. */
const char *dl_status_word(dl_status st);

#endif
