/* table_format.h: the bytes of a packed table, shared by model/table.c and tools/mkpack.c. */
#ifndef DL_BASE_TABLE_FORMAT_H
#define DL_BASE_TABLE_FORMAT_H

#include <stdint.h>

typedef struct dl_table_head { /* then slot[n_slots], cell[n * cols + 1], bytes[n_bytes]        */
    uint32_t n, cols, n_slots, n_bytes;
} dl_table_head;

/* A slot: the row, and above it bits of its key's hash, so that other keys are passed by unread. */
#define DL_TABLE_ROW_BITS 20u
#define DL_TABLE_ROWS_MAX 0xffffeu
#define DL_TABLE_CHECK(hash) ((uint32_t)((hash) >> 32) << DL_TABLE_ROW_BITS)

#endif
