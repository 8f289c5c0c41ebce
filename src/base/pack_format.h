/* pack_format.h: the bytes of a .dlm pack, shared by the reader (model/pack.c) and the writers
 * (tools/mkpack.c, train/). Little endian; sections begin at multiples of 64. */
#ifndef DL_BASE_PACK_FORMAT_H
#define DL_BASE_PACK_FORMAT_H

#include "base/defs.h"

#define DL_PACK_MAGIC "DLPACK\0\1" /* 8 bytes, the last one is the version                      */

typedef struct dl_pack_head {
    char magic[8];
    uint32_t n;      /* entries of the directory that follows                                   */
    uint32_t sum;    /* CRC-32 of the directory                                                 */
    uint64_t length; /* bytes of the file                                                       */
} dl_pack_head;

typedef struct dl_pack_entry {
    char name[48]; /* NUL-terminated                                                          */
    uint64_t offset, length;
    uint32_t sum; /* CRC-32 of the section                                                   */
    uint32_t pad;
} dl_pack_entry;

/* One section to be written. */
typedef struct dl_pack_part {
    char name[48];
    const void *p; /* [len] borrowed                                                          */
    size_t len;
} dl_pack_part;

/* Writes a pack of n parts, which are sorted by name on the way. Fails DL_EIO, DL_ENOMEM,
 * DL_EUSAGE (two parts of one name). For tools and trainers. */
DL_MUST_USE dl_status dl_pack_write(const char *path, dl_pack_part *part, uint32_t n, dl_error *err);

#endif
