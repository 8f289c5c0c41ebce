/* table.h: a data file as a table, looked up by its first column, without parsing.
 *
 * tools/mkpack turns data/NAME.tsv (UTF-8, tab-separated, '#' comments, no header) into section
 * "data/NAME": n_rows u32, n_cols u32, n_slots u32, slots u32[n_slots] (first row with that hash
 * chain and bits of the hash, base/table_format.h, or DL_NONE), cells u32[n_rows * n_cols + 1] (offsets into the bytes), bytes. Rows are sorted
 * by key, then file order; several rows may have one key and stand together. Short rows are filled
 * with empty cells. */
#ifndef DL_MODEL_TABLE_H
#define DL_MODEL_TABLE_H

#include "model/pack.h"

typedef struct dl_tsv {
    uint32_t n, cols, n_slots;
    const uint32_t *slot; /* [n_slots], a power of two                                          */
    const uint32_t *cell; /* [n * cols + 1]                                                     */
    const char *bytes;
} dl_tsv;

/* A view of section data/NAME; empty (n = 0) where there is none. Cheap: call it per page. */
dl_tsv dl_tsv_open(const dl_models *m, const char *name);
/* The first row whose key is `key` (exact bytes); DL_NONE: none. O(1). */
uint32_t dl_tsv_find(const dl_tsv *t, dl_str key);
/* The same with the key's ASCII letters lowered; keys longer than 255 bytes are never found. */
uint32_t dl_tsv_find_lower(const dl_tsv *t, dl_str key);
/* Whether some key begins with these bytes, ASCII letters lowered; 255 of them at most. O(log rows). */
bool dl_tsv_begins(const dl_tsv *t, dl_str bytes);
dl_str dl_tsv_cell(const dl_tsv *t, uint32_t row, uint32_t col);
/* row + 1 while that row has the same key, else DL_NONE. */
uint32_t dl_tsv_more(const dl_tsv *t, uint32_t row);

#endif
