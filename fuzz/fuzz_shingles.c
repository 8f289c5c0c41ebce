/* fuzz_shingles.c: segments of the shingle index: what is taken for a segment is read to its last posting, row by row
 * and by cursors, and never beyond its end. The first byte says whether the checksums are put right before. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "copies/segment.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEAD = 32, SUMMED = 24 };

/* Lengths and checksums as they would be if the rest were right. */
static void put_right(uint8_t *p, size_t n)
{
    uint32_t parts;
    uint64_t bytes = n, sum;
    if (n < HEAD) return;
    memcpy(p + 8, &bytes, sizeof bytes);
    memcpy(&parts, p + SUMMED, sizeof parts);
    if (parts > (n - HEAD) / sizeof(dl_partition)) return;
    for (uint32_t k = 0; k < parts; k++) {
        dl_partition x;
        memcpy(&x, p + HEAD + k * sizeof x, sizeof x);
        if (x.beg > x.end || x.end > n) continue;
        x.sum = dl_hash(p + x.beg, (size_t)(x.end - x.beg), 0);
        memcpy(p + HEAD + k * sizeof x, &x, sizeof x);
    }
    sum = dl_hash(p + SUMMED, HEAD - SUMMED + parts * sizeof(dl_partition), 0);
    memcpy(p + 16, &sum, sizeof sum);
}

static dl_status see(void *ctx, uint32_t shingle, uint32_t *page, uint32_t n, dl_error *err)
{
    uint64_t *sum = ctx;
    (void)err;
    for (uint32_t i = 0; i < n; i++) *sum += shingle ^ page[i];
    return DL_OK;
}

static void read_all(dl_segment *s)
{
    dl_shingles x = { .seg = s, .n_seg = 1 };
    dl_error err;
    volatile uint64_t sink = 0;
    uint64_t sum = 0;
    for (uint32_t k = 0; k < s->n_parts; k++) {
        dl_rows r;
        uint32_t page;
        dl_rows_open(&r, s, k, 0);
        while (dl_rows_next(&r)) {
            while (dl_rows_page(&r, &page)) sum += page;
        }
        dl_shingle_cursor c;
        dl_shingles_seek(&c, &x, r.shingle);
        while (dl_shingles_next(&c, &page)) sum += page;
    }
    (void)!dl_shingles_sweep(&x, see, &sum, &err);
    sink += sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dl_error err;
    if (!size) return 0;
    uint8_t *copy = malloc(size > 1 ? size - 1 : 1); /* of its own size, so that a byte too far is seen */
    if (!copy) return 0;
    memcpy(copy, data + 1, size - 1);
    if (data[0] & 1) put_right(copy, size - 1);
    dl_segment s = { .map = { copy, size - 1, false }, .from = INT32_MIN };
    if (!dl_segment_check(&s, "fuzz", &err)) read_all(&s);
    free(copy);
    return 0;
}
