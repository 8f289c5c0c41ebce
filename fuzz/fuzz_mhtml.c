/* fuzz_mhtml.c: saved pages: MIME messages, and the notes of savers. */
#include <stdlib.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "input/mhtml.h"
#include "input/saved.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dl_arena a;
    dl_raw raw = { .fetched = DL_NEVER, .given = DL_NEVER };
    const dl_str s = { (const char *)data, size };
    dl_arena_init(&a, (size_t)64 << 20);
    (void)dl_mhtml_starts(s);
    if (dl_mhtml_read(&raw, s, &a, "fuzz", NULL) == DL_OK) {
        /* The page is no longer than the message, its offsets lie inside, and it is text. */
        if (raw.raw_len > size || dl_offsets_from(&raw.offsets, (uint32_t)raw.bytes.len) > raw.raw_len) abort();
        if (dl_utf8_bad(raw.bytes) != raw.bytes.len) abort();
        dl_saved_read(&raw, &a);
    }
    dl_arena_free(&a);
    return 0;
}
