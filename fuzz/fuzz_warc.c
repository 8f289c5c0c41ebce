/* fuzz_warc.c: WARC files, plain and packed, with the bodies of their responses. */
#include <stdlib.h>

#include "base/limits.h"
#include "input/warc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dl_arena a;
    dl_stream s;
    dl_raw raw;
    dl_sniffed kind;
    uint32_t number = 0;
    dl_arena_init(&a, (size_t)64 << 20);
    dl_stream_bytes(&s, (dl_str){ (const char *)data, size }, "fuzz");
    for (;;) {
        const dl_status st = dl_warc_next(&s, &raw, &kind, &number, &a, NULL);
        if (st == DL_ENONE || st == DL_ENOMEM) break;
        if (!st && kind == DL_SNIFF_PAGE && raw.bytes.len && dl_offsets_from(&raw.offsets, (uint32_t)raw.bytes.len) > raw.raw_len)
            abort();
        dl_arena_reset(&a);
    }
    dl_stream_close(&s);
    dl_arena_free(&a);
    return 0;
}
