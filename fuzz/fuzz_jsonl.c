/* fuzz_jsonl.c: one input record. Every word of given sentences lies in the text. */
#include <stdlib.h>

#include "base/utf8.h"
#include "input/jsonl.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dl_arena a;
    dl_raw raw;
    dl_arena_init(&a, (size_t)64 << 20);
    if (dl_jsonl_read(&raw, (dl_str){ (const char *)data, size }, &a, "fuzz", 0, NULL) == DL_OK) {
        if (dl_utf8_bad(raw.bytes) != raw.bytes.len) abort();
        for (size_t i = 0; i < raw.n_words; i++)
            if (raw.word[i].beg > raw.word[i].end || raw.word[i].end > raw.bytes.len) abort();
        if ((raw.has_source && raw.source.end > raw.bytes.len) || (raw.has_target && raw.target.end > raw.bytes.len)) abort();
    }
    dl_arena_free(&a);
    return 0;
}
