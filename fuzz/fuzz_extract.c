/* fuzz_extract.c: any bytes as a page, read as HTML, as scraped text or as clean text, by each of the three ways to lean (a first
 * byte below 32 says which; without it, bytes are a page as they are). What comes out holds to what extract.h and docs/formats.md promise of it:
 * every range lies inside the page; no byte of the page is in two blocks or removed pieces; blocks are lines of the text, in order;
 * read again as clean text, the body stays as it is; the same page gives the same bytes. */
#include <stdlib.h>

#include "base/sort.h"
#include "base/utf8.h"
#include "doc/seal.h"
#include "extract/extract.h"

#define CHECK(x)                                                                                                                 \
    do {                                                                                                                         \
        if (!(x)) abort();                                                                                                       \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int by_beg(const void *x, const void *y, const void *ctx)
{
    const dl_span *a = x, *b = y;
    (void)ctx;
    return (a->beg > b->beg) - (a->beg < b->beg);
}

static void check_ranges(const dl_doc *d, size_t page, dl_arena *a)
{
    dl_span *all = dl_arena_raw(a, d->blocks.n + (size_t)d->removed.n + 1, sizeof *all);
    size_t n = 0;
    CHECK(all);
    for (uint32_t i = 0; i < d->blocks.n; i++)
        if (d->blocks.raw[i].beg != d->blocks.raw[i].end) all[n++] = d->blocks.raw[i];
    for (uint32_t i = 0; i < d->removed.n; i++) {
        CHECK(d->removed.same_as[i] == DL_NONE || d->removed.same_as[i] < d->blocks.n);
        if (d->removed.raw[i].beg != d->removed.raw[i].end) all[n++] = d->removed.raw[i];
    }
    CHECK(dl_sort(all, n, sizeof *all, by_beg, NULL, a));
    for (size_t i = 0; i < n; i++) {
        CHECK(all[i].beg < all[i].end && all[i].end <= page);
        CHECK(!i || all[i - 1].end <= all[i].beg);
    }
}

static void check_text(const dl_doc *d, const dl_meta *m)
{
    CHECK(m->body_len <= d->text_len);
    CHECK(dl_utf8_bad((dl_str){ d->text, d->text_len }) == d->text_len);
    uint32_t last = 0;
    for (uint32_t i = 0; i < d->blocks.n; i++) {
        const dl_span s = d->blocks.span[i];
        CHECK(s.beg >= last && s.beg <= s.end && s.end <= d->text_len);
        CHECK(s.end <= m->body_len || s.beg >= m->body_len);
        last = s.end;
    }
}

static void read_page(dl_build *b, dl_raw_kind kind, dl_str bytes, int lean, const dl_models *m)
{
    const dl_raw raw = {
        .kind = kind, .bytes = bytes, .raw_len = bytes.len, .fetched = DL_NEVER, .given = DL_NEVER, .lean = lean
    };
    dl_build_init(b);
    CHECK(dl_extract(b, &raw, m) == DL_OK);
    CHECK(dl_build_status(b) == DL_OK);
}

static dl_bytes sealed(dl_build *b)
{
    dl_bytes block;
    dl_error err;
    CHECK(dl_seal(&block, b, &err) == DL_OK);
    return block;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static dl_models *m;
    dl_error err;
    dl_build b, again;
    dl_arena a;
    if (!size || (!m && dl_models_open(&m, NULL, &err))) return 0;
    const bool told = data[0] < 32;
    const dl_raw_kind kind = told ? (dl_raw_kind)(data[0] % DL_RAW_SENTENCES) : data[0] == '<' ? DL_RAW_HTML : DL_RAW_TEXT;
    const int lean = told ? (data[0] / DL_RAW_SENTENCES) % 3 - 1 : 0;
    dl_arena_init(&a, (size_t)1 << 30);
    const dl_str page = dl_utf8_clean(&a, (dl_str){ (const char *)data + told, size - told });
    read_page(&b, kind, page, lean, m);
    check_ranges(&b.d, page.len, &a);
    check_text(&b.d, &b.meta);

    read_page(&again, DL_RAW_CLEAN, b.meta.body_len ? (dl_str){ b.d.text, b.meta.body_len } : DL_STR(""), lean, m);
    CHECK(again.meta.body_len == b.meta.body_len);
    CHECK(!b.meta.body_len || !memcmp(again.d.text, b.d.text, b.meta.body_len));
    dl_build_free(&again);

    read_page(&again, kind, page, lean, m);
    dl_bytes one = sealed(&b), two = sealed(&again);
    CHECK(one.len == two.len && !memcmp(one.p, two.p, one.len));
    free(one.p);
    free(two.p);
    dl_build_free(&again);
    dl_build_free(&b);
    dl_arena_free(&a);
    return 0;
}
