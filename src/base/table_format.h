/* table_format.h: the bytes of a packed table, shared by model/table.c and tools/mkpack.c. */
#ifndef DL_BASE_TABLE_FORMAT_H
#define DL_BASE_TABLE_FORMAT_H

#include <stdint.h>

typedef struct dl_table_head { /* then slot[n_slots], cell[n * cols + 1], bytes[n_bytes]        */
    uint32_t n, cols, n_slots, n_bytes;
} dl_table_head;

#endif
