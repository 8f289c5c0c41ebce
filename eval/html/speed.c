/* speed.c: how fast pages are parsed: speed FILE.gz... prints the best of seven rounds over all pages,
 * in 10^6 bytes a second of this process's own time, with arenas reused as a worker reuses them. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <zlib.h>

#include "base/limits.h"
#include "html/dom.h"

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static dl_str read_gz(const char *path)
{
    size_t cap = 1 << 20, n = 0;
    char *p = malloc(cap);
    gzFile f = gzopen(path, "rb");
    for (int got; f && p && (got = gzread(f, p + n, (unsigned)(cap - n))) > 0;) {
        n += (size_t)got;
        if (n == cap) p = realloc(p, cap *= 2);
    }
    if (f) gzclose(f);
    return (dl_str){ p, p ? n : 0 };
}

int main(int argc, char **argv)
{
    dl_arena keep, scratch;
    dl_str *page = calloc((size_t)argc, sizeof *page);
    size_t bytes = 0, nodes = 0;
    double best = 1e9;
    dl_arena_init(&keep, DL_ARENA_MAX);
    dl_arena_init(&scratch, DL_ARENA_MAX);
    for (int i = 1; i < argc; i++) bytes += (page[i] = read_gz(argv[i])).len;
    for (int round = 0; round < 7; round++) {
        double start = seconds();
        nodes = 0;
        for (int i = 1; i < argc; i++) {
            dl_dom d;
            dl_arena_reset(&keep);
            dl_arena_reset(&scratch);
            if (dl_html_parse(&d, page[i], &keep, &scratch, NULL) != DL_OK) return 1;
            nodes += d.n;
        }
        double took = seconds() - start;
        if (took < best) best = took;
    }
    printf("%.0f MB/s over %d pages, %.1f MB, %zu nodes\n", (double)bytes / best / 1e6, argc - 1, (double)bytes / 1e6, nodes);
    return 0;
}
