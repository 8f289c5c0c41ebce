/* fuzz_doc.c: the loader of sealed documents. What it accepts can be walked to its last row. A right checksum is put in,
 * so that the checks behind it are reached. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "doc/schema.h"
#include "doc/seal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint64_t walk(const dl_doc *d)
{
    uint64_t sum = 0;
    for (dl_table t = 0; t < DL_TABLES; t++)
        for (uint16_t c = 0; c < dl_schema[t].cols; c++) {
            const dl_column *col = &dl_schema[t].col[c];
            const uint8_t *p = dl_column_data(d, col);
            size_t n = (size_t)dl_table_rows(d, t) * col->size;
            for (size_t i = 0; i < n; i++) sum += p[i];
        }
    for (uint32_t i = 0; i < d->blocks.n; i++) sum += dl_hash_str(dl_doc_text(d, d->blocks.span[i]));
    for (uint32_t i = 0; i < d->toks.n; i++) sum += dl_hash_str(dl_doc_str(d, d->toks.lemma[i]));
    return sum + dl_hash_str(dl_doc_str(d, d->meta->title)) + dl_hash_str(dl_doc_body(d));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dl_doc d;
    dl_error err;
    uint8_t *p = malloc(size + 8);
    if (!p) return 0;
    memcpy(p, data, size);
    volatile uint64_t sink = 0;
    if (!dl_doc_open(&d, p, size, &err)) sink += walk(&d);
    if (size >= 24) {
        uint64_t total = size, sum = dl_hash(p + 24, size - 24, 0);
        memcpy(p + 8, &total, 8);
        memcpy(p + 16, &sum, 8);
        if (!dl_doc_open(&d, p, size, &err)) sink += walk(&d);
    }
    free(p);
    return 0;
}
