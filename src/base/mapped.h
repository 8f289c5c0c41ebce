/* mapped.h: files that are written once and mapped: with a name in a folder, there whole or not at
 * all; or without one, gone with whoever holds them, even when that is killed. */
#ifndef DL_BASE_MAPPED_H
#define DL_BASE_MAPPED_H

#include "base/buf.h"

typedef struct dl_mapped {
    const uint8_t *p; /* [len] the bytes, read-only, aligned to 16; NULL: none                      */
    size_t len;
    bool held; /* in memory, not in a file                                                      */
} dl_mapped;

/* Maps all of a file. Fails DL_EIO. */
DL_MUST_USE dl_status dl_mapped_open(dl_mapped *out, const char *path, dl_error *err);
/* The bytes of a buffer, which is empty after that; nothing is copied. */
void dl_mapped_hold(dl_mapped *out, dl_buf *b);
void dl_mapped_close(dl_mapped *m); /* also of a zeroed one                                     */
/* Writes a file under another name, to the disk, and renames it: after a crash the old one is there
 * or the new one. Fails DL_EIO. */
DL_MUST_USE dl_status dl_mapped_put(const char *path, dl_str bytes, dl_error *err);

/* Bytes that grow by appending and are then mapped: a few lie in memory, more in a file without a
 * name under $TMPDIR or /tmp. */
#define DL_SPOOL_HELD ((size_t)4 << 20) /* bytes: a usual `most`                                     */
typedef struct dl_spool {
    int fd;       /* -1: there is no file yet                                                   */
    uint64_t len; /* bytes that were added                                                      */
    dl_buf held;  /* those that are not in the file                                             */
    size_t most;  /* of them                                                                    */
} dl_spool;

void dl_spool_open(dl_spool *out, size_t most); /* most: bytes that are kept in memory            */
DL_MUST_USE dl_status dl_spool_add(dl_spool *s, const void *p, size_t n, dl_error *err);
/* Maps what was added; the spool is closed by it, also when it fails. */
DL_MUST_USE dl_status dl_spool_map(dl_spool *s, dl_mapped *out, dl_error *err);
void dl_spool_close(dl_spool *s);

#endif
