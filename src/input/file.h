/* file.h: a whole file or standard input in memory. */
#ifndef DL_INPUT_FILE_H
#define DL_INPUT_FILE_H

#include "base/arena.h"

typedef struct dl_file {
    dl_str bytes;
    void *map;  /* mapped, or NULL                                                            */
    char *heap; /* from malloc, or NULL                                                       */
} dl_file;

/* Maps a regular file, reads anything else ("-": standard input). Ended by dl_file_close.
 * Fails DL_EIO, DL_ENOMEM. */
DL_MUST_USE dl_status dl_file_open(dl_file *out, const char *path, dl_error *err);
void dl_file_close(dl_file *f);

#endif
