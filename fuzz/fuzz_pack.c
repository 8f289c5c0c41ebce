/* fuzz_pack.c: the loader of model packs: a pack that opens gives sections that lie inside it, and tables that can be read
 * to their last cell. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "model/table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_table(const dl_models *m, const char *name)
{
    dl_tsv t = dl_tsv_open(m, name);
    volatile uint64_t sink = 0;
    for (uint32_t r = 0; r < t.n && r < 10000; r++)
        for (uint32_t c = 0; c < t.cols; c++) sink += dl_hash_str(dl_tsv_cell(&t, r, c));
    sink += dl_tsv_find(&t, DL_STR("key"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[] = "/tmp/dl-fuzz-pack-XXXXXX";
    dl_models *m;
    dl_error err;
    int fd = mkstemp(path);
    if (fd < 0) return 0;
    ssize_t put = write(fd, data, size);
    close(fd);
    if (put == (ssize_t)size && !dl_models_open(&m, path, &err)) {
        for (uint32_t i = 0; i < dl_models_count(m); i++) {
            const char *name = dl_models_name(m, i);
            dl_str s = dl_models_section(m, name);
            if (s.len) (void)dl_hash_str(s);
            if (!strncmp(name, "data/", 5)) read_table(m, name + 5);
        }
        (void)!dl_models_check(m, &err);
        dl_models_close(m);
    }
    unlink(path);
    return 0;
}
