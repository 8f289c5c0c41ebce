/* error.c: filling a dl_error. */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void put(dl_error *err, dl_status st, const char *where, uint64_t offset)
{
    err->status = st;
    err->sys_errno = 0;
    err->offset = offset;
    snprintf(err->where, sizeof err->where, "%s", where ? where : "");
}

dl_status dl_fail(dl_error *err, dl_status st, const char *where, uint64_t offset, const char *fmt, ...)
{
    if (!err) return st;
    put(err, st, where, offset);
    va_list args;
    va_start(args, fmt);
    vsnprintf(err->message, sizeof err->message, fmt, args);
    va_end(args);
    return st;
}

dl_status dl_fail_sys(dl_error *err, const char *where, const char *doing)
{
    int code = errno;
    char words[128];
    if (!err) return DL_EIO;
    put(err, DL_EIO, where, DL_NO_OFFSET);
    err->sys_errno = code;
    if (strerror_r(code, words, sizeof words)) snprintf(words, sizeof words, "error %d", code);
    snprintf(err->message, sizeof err->message, "%s: %s", doing, words);
    return DL_EIO;
}

dl_status dl_fail_mem(dl_error *err, const char *where)
{
    return dl_fail(err, DL_ENOMEM, where, DL_NO_OFFSET, "memory was refused");
}

const char *dl_status_word(dl_status st)
{
    switch (st) {
    case DL_OK: return "note";
    case DL_ENOMEM: return "memory";
    case DL_EIO: return "system";
    case DL_EINPUT: return "input";
    case DL_ELIMIT: return "limit";
    case DL_EUSAGE: return "usage";
    case DL_EMODEL: return "models";
    case DL_ESTORE: return "store";
    case DL_ESTOPPED: return "stopped";
    case DL_ENONE: return "nothing";
    }
    return "error";
}
