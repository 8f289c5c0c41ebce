/* mapped.h: files that are written once and mapped: with a name in a folder, there whole or not at
 * all; or without one, gone with whoever holds them, even when that is killed. */
#ifndef DL_BASE_MAPPED_H
#define DL_BASE_MAPPED_H

#include "base/str.h"

typedef struct dl_mapped {
    const uint8_t *p; /* [len] the file's bytes, read-only; page-aligned; NULL: none                */
    size_t len;
} dl_mapped;

/* Maps all of a file. Fails DL_EIO. */
DL_MUST_USE dl_status dl_mapped_open(dl_mapped *out, const char *path, dl_error *err);
void dl_mapped_close(dl_mapped *m); /* also of a zeroed one                                     */
/* Writes a file under another name, to the disk, and renames it: after a crash the old one is there
 * or the new one. Fails DL_EIO. */
DL_MUST_USE dl_status dl_mapped_put(const char *path, dl_str bytes, dl_error *err);

/* A file without a name that grows by appending and is then mapped. Lies in $TMPDIR or /tmp. */
typedef struct dl_spool {
    int fd; /* -1: not open                                                                     */
    uint64_t len;
    size_t held;
    uint8_t *buf; /* [DL_SPOOL_BUF] not yet written; owned                                       */
} dl_spool;
#define DL_SPOOL_BUF ((size_t)1 << 16)

DL_MUST_USE dl_status dl_spool_open(dl_spool *out, dl_error *err);
DL_MUST_USE dl_status dl_spool_add(dl_spool *s, const void *p, size_t n, dl_error *err);
/* Maps what was added; the spool is closed by it, also when it fails. */
DL_MUST_USE dl_status dl_spool_map(dl_spool *s, dl_mapped *out, dl_error *err);
void dl_spool_close(dl_spool *s);

#endif
