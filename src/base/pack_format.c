/* pack_format.c: writing a pack. */
#include "base/pack_format.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/error.h"
#include "base/sort.h"

static uint32_t crc(const void *p, size_t n) { return (uint32_t)crc32_z(crc32_z(0, NULL, 0), p, n); }

static int by_name(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    return strcmp(((const dl_pack_part *)a)->name, ((const dl_pack_part *)b)->name);
}

static bool put(FILE *f, const void *p, size_t n) { return !n || fwrite(p, 1, n, f) == n; }

static bool put_all(FILE *f, const dl_pack_head *h, const dl_pack_entry *e, const dl_pack_part *part)
{
    static const char zeros[64];
    uint64_t at = sizeof *h + h->n * sizeof *e;
    bool ok = put(f, h, sizeof *h) && put(f, e, h->n * sizeof *e);
    for (uint32_t i = 0; ok && i < h->n; i++) {
        ok = put(f, zeros, (size_t)(e[i].offset - at)) && put(f, part[i].p, part[i].len);
        at = e[i].offset + e[i].length;
    }
    return ok && put(f, zeros, (size_t)(h->length - at));
}

dl_status dl_pack_write(const char *path, dl_pack_part *part, uint32_t n, dl_error *err)
{
    dl_status st = DL_OK;
    FILE *f = NULL;
    dl_pack_head h = { .n = n };
    dl_pack_entry *e = calloc(n + 1, sizeof *e);
    dl_arena scratch;
    dl_arena_init(&scratch, SIZE_MAX / 2);
    if (!e || !dl_sort(part, n, sizeof *part, by_name, NULL, &scratch)) {
        st = dl_fail_mem(err, path);
        goto done;
    }
    uint64_t at = sizeof h + n * sizeof *e;
    for (uint32_t i = 0; i < n; i++) {
        if (i && !strcmp(part[i - 1].name, part[i].name)) {
            st = dl_fail(err, DL_EUSAGE, path, DL_NO_OFFSET, "two sections are called %s", part[i].name);
            goto done;
        }
        memcpy(e[i].name, part[i].name, sizeof e[i].name);
        e[i].offset = at = (at + 63) / 64 * 64;
        e[i].length = part[i].len;
        e[i].sum = crc(part[i].p, part[i].len);
        at += part[i].len;
    }
    h.length = (at + 63) / 64 * 64;
    h.sum = crc(e, n * sizeof *e);
    memcpy(h.magic, DL_PACK_MAGIC, sizeof h.magic);
    f = fopen(path, "wb");
    if (!f || !put_all(f, &h, e, part)) st = dl_fail_sys(err, path, "cannot write the pack");
done:
    if (f && fclose(f) && !st) st = dl_fail_sys(err, path, "cannot write the pack");
    free(e);
    dl_arena_free(&scratch);
    return st;
}
