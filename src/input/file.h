/* file.h: a file from front to back: mapped where it can be, else read as it is asked for (pipes, standard input).
 * What was passed is given back, so that a file of any size takes bounded memory. */
#ifndef DL_INPUT_FILE_H
#define DL_INPUT_FILE_H

#include "base/buf.h"

typedef struct dl_file {
    dl_str bytes; /* what is in memory; all that is left of a mapped file                        */
    uint64_t at;  /* byte of the file that they begin with                                       */
    void *map;    /* [bytes.len] mapped, or NULL                                                 */
    dl_buf held;  /* of a pipe                                                                   */
    int fd;       /* of a pipe that may have more, else -1                                       */
} dl_file;

/* "-": standard input. Ended by dl_file_close. Fails DL_EIO. */
DL_MUST_USE dl_status dl_file_open(dl_file *out, const char *path, dl_error *err);
void dl_file_close(dl_file *f);
/* The same over bytes that the caller keeps. */
dl_file dl_file_of(dl_str bytes);
/* Reads on: bytes may move and grow. DL_OK; DL_ENONE at the end; DL_EIO; DL_ENOMEM: no more can be held. */
DL_MUST_USE dl_status dl_file_more(dl_file *f, const char *path, dl_error *err);
/* The first n of `bytes` are not needed any more. Returns how many of them are gone: none, where it would not pay. */
size_t dl_file_pass(dl_file *f, size_t n);

#endif
