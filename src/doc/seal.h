/* seal.h: the sealed document: one contiguous, pointer-free, checksummed block.
 *
 * Layout, little endian, every column aligned to 8:
 *     "DLDOC\0" version u16 | total u64 | XXH3 of all that follows u64 | dl_meta
 *     text_len u32, strings_len u32 | rows of each table u32 ... | text | strings | columns
 * It is stored as one blob, mapped back without parsing, freed with one free(), and shared by
 * threads because nothing can change it. The loader trusts no byte: lengths, checksum, every
 * span, reference, row number and enumeration is checked before a view is given. */
#ifndef DL_DOC_SEAL_H
#define DL_DOC_SEAL_H

#include "doc/build.h"

#define DL_DOC_VERSION 4

typedef struct dl_bytes {
    uint8_t *p; /* [len]; owned, from malloc                                                    */
    size_t len;
} dl_bytes;

/* Copies the builder's columns into one block. The caller owns out->p and frees it.
 * Fails DL_ENOMEM. */
DL_MUST_USE dl_status dl_seal(dl_bytes *out, const dl_build *b, dl_error *err);

/* Checks a block and lays a view over it; *out points into `bytes`, which must outlive it and be
 * aligned to 8. Fails DL_ESTORE: the message names what is wrong, err->offset where. */
DL_MUST_USE dl_status dl_doc_open(dl_doc *out, const void *bytes, size_t len, dl_error *err);

#endif
