/* fuzz_feed.c: XML and JSON feeds. */
#include <stdlib.h>

#include "base/utf8.h"
#include "input/feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const dl_str s = { (const char *)data, size };
    dl_arena a;
    dl_feed feed;
    dl_raw raw;
    dl_arena_init(&a, (size_t)64 << 20);
    const bool json = size && data[0] == '{';
    if ((json ? dl_feed_read_json : dl_feed_read)(&feed, s, &a, "fuzz", NULL) == DL_OK)
        for (size_t i = 0; i < feed.n; i++)
            if (dl_feed_page(&raw, &feed.entry[i], &a, "fuzz", NULL) == DL_OK && dl_utf8_bad(raw.bytes) != raw.bytes.len) abort();
    dl_arena_free(&a);
    return 0;
}
