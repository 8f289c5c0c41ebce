/* fuzz_record.c: records of a corpus: what is taken for a record is read to its last word, and never beyond its end. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/limits.h"
#include "copies/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint64_t read_all(const dl_record *r, dl_arena *a)
{
    dl_card c;
    dl_words w;
    dl_doc d;
    dl_meta m;
    dl_record_card(&c, r);
    dl_record_doc(&d, &m, r);
    uint64_t sum = dl_hash(c.sketch, c.n_sketch * sizeof *c.sketch, 0) + dl_hash(c.title, c.n_title * sizeof *c.title, 0) +
                   dl_hash(c.names, c.n_names * sizeof *c.names, 0) + dl_hash_str(dl_record_id(r)) +
                   dl_hash_str(dl_doc_str(&d, d.meta->url)) + dl_hash_str(dl_doc_str(&d, d.meta->outlet));
    if (!dl_record_words(&w, r, a)) return sum;
    for (uint32_t i = 0; i < w.n; i++) sum += w.hash[i] + w.span[i].end - w.span[i].beg + w.flags[i];
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    volatile uint64_t sink = 0;
    dl_arena a;
    uint8_t *copy = malloc(size ? size : 1); /* of its own size, so that a byte too far is seen */
    if (!copy) return 0;
    if (size) memcpy(copy, data, size);
    dl_arena_init(&a, DL_ARENA_MAX);
    for (size_t at = 0; at < size;) {
        const dl_record *r = dl_record_at(copy + at, size - at);
        if (!r) break;
        sink += read_all(r, &a);
        at += r->bytes;
        dl_arena_reset(&a);
    }
    dl_arena_free(&a);
    free(copy);
    return 0;
}
