/* pack.h: the model pack: every table and every weight of the program in one read-only file.
 *
 * A .dlm file: "DLPACK\0\1" | n sections u32 | file length u64 | CRC-32 of the directory u32 |
 * directory (name[48], offset u64, length u64, CRC-32 u32, kind u32), sorted by name | sections,
 * each aligned to 64. Little endian, no pointers: it is mapped or linked in and used in place.
 * tools/mkpack makes it from the tables in data/ (table.h) and the trainers' files.
 * A pack outlives every document and is shared by all threads. */
#ifndef DL_MODEL_PACK_H
#define DL_MODEL_PACK_H

#include "base/str.h"

typedef struct dl_models dl_models;

/* The pack at `path`, or the one linked in when path is NULL. The caller owns *out.
 * Fails DL_EIO, DL_ENOMEM, DL_EMODEL (damaged: names the section). The directory is checked at once,
 * a section's CRC by dl_models_check. */
DL_MUST_USE dl_status dl_models_open(dl_models **out, const char *path, dl_error *err);
void dl_models_close(dl_models *m);

/* A section's bytes, aligned to 64; p is NULL where there is no such section. O(log sections). */
dl_str dl_models_section(const dl_models *m, const char *name);
/* The section "OF/WHAT". */
dl_str dl_models_part(const dl_models *m, const char *of, const char *what);
/* Checks every CRC. Fails DL_EMODEL. */
DL_MUST_USE dl_status dl_models_check(const dl_models *m, dl_error *err);
/* CRC-32 of the whole directory: the checksum that names the pack. */
uint32_t dl_models_sum(const dl_models *m);
uint32_t dl_models_count(const dl_models *m);
const char *dl_models_name(const dl_models *m, uint32_t i);

#endif
