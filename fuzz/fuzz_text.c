/* fuzz_text.c: a page in any encoding. The first byte picks a declared one. The result is UTF-8, and
 * its way back is monotone and stays inside the page. */
#include <stdlib.h>

#include "base/utf8.h"
#include "input/sniff.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const types[] = { "",
                                         "text/html",
                                         "text/plain; charset=utf-8",
                                         "text/html; charset=shift_jis",
                                         "text/html; charset=gbk",
                                         "text/html; charset=big5",
                                         "text/html; charset=iso-2022-jp",
                                         "text/plain; charset=windows-1255",
                                         "text/html; charset=euc-jp",
                                         "text/html; charset=utf-16le",
                                         "text/html; charset=euc-kr",
                                         "text/html; charset=koi8-r" };
    if (!size) return 0;
    dl_arena a;
    dl_raw raw = { .content_type = dl_str_of(types[data[0] % DL_COUNT(types)]) };
    dl_arena_init(&a, (size_t)64 << 20);
    const dl_str s = { (const char *)data + 1, size - 1 };
    if (dl_sniff_page(&raw, s, &a, "fuzz", 0, NULL) == DL_OK) {
        if (dl_utf8_bad(raw.bytes) != raw.bytes.len) abort();
        uint32_t before = 0;
        for (size_t i = 0; i <= raw.bytes.len; i++) {
            const uint32_t at = dl_offsets_from(&raw.offsets, (uint32_t)i);
            if (at < before || at > s.len + 4) abort();
            before = at;
        }
    }
    dl_arena_free(&a);
    return 0;
}
