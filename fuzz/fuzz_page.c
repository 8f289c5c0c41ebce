/* fuzz_page.c: any bytes through every page stage, as HTML, as scraped text and as clean text (the first byte says which). What comes
 * out must seal, open again, and keep every span in its place. */
#include <stdlib.h>

#include "base/utf8.h"
#include "doc/seal.h"
#include "pipeline.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const dl_doc *d)
{
    uint32_t last = 0;
    for (uint32_t i = 0; i < d->sents.n; i++) {
        if (d->sents.span[i].end > d->meta->body_len || d->sents.tok[i].beg != last) abort();
        last = d->sents.tok[i].end;
    }
    if (last != d->toks.n) abort();
    for (uint32_t i = 1; i < d->toks.n; i++)
        if (d->toks.span[i].beg < d->toks.span[i - 1].end) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static dl_models *m;
    dl_error err;
    dl_build b;
    dl_arena a;
    if (!size || (!m && dl_models_open(&m, NULL, &err))) return 0;
    dl_build_init(&b);
    dl_arena_init(&a, (size_t)1 << 30);
    dl_str bytes = dl_utf8_clean(&a, (dl_str){ (const char *)data + 1, size - 1 });
    dl_raw raw = { .kind = (dl_raw_kind)(data[0] % DL_RAW_SENTENCES), .bytes = bytes, .fetched = DL_NEVER, .given = DL_NEVER };
    raw.raw_len = bytes.len;
    dl_status st = dl_pipeline_read(&b, &raw, m);
    if (!st) st = dl_pipeline_understand(&b, DL_STAGES_ALL, m);
    if (!st) {
        dl_bytes block;
        dl_doc d;
        check(&b.d);
        if (dl_seal(&block, &b, &err) || dl_doc_open(&d, block.p, block.len, &err)) abort();
        free(block.p);
    }
    dl_arena_free(&a);
    dl_build_free(&b);
    return 0;
}
