/* fuzz_http.c: recorded responses: heads, chunks, content codings one above the other. */
#include <stdlib.h>

#include "base/limits.h"
#include "input/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dl_arena a;
    dl_http h;
    dl_str body;
    bool cut;
    dl_arena_init(&a, (size_t)1 << 30);
    if (dl_http_read(&h, (dl_str){ (const char *)data, size }, NULL, "fuzz", 0) == DL_OK) {
        if (h.status < 1 || h.status > 999 || h.body.len > size) abort();
        if (dl_http_body(&body, &h, &cut, &a, NULL, "fuzz", 0) == DL_OK && body.len > DL_PAGE_MAX) abort();
    }
    dl_arena_free(&a);
    return 0;
}
