/* pages.h: what the measuring programs share: the pages of a folder in memory, and clocks. */
#ifndef DL_BENCH_PAGES_H
#define DL_BENCH_PAGES_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <zlib.h>

#include "base/str.h"

enum { MAX_PAGES = 20000 };

typedef struct pages {
    dl_str page[MAX_PAGES];
    size_t n, bytes;
} pages;

static inline double now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static inline bool load(pages *p, const char *path)
{
    char *data = NULL;
    size_t n = 0, cap = 0;
    gzFile f = gzopen(path, "rb"); /* reads plain files, too */
    if (!f) return false;
    for (int got = 1; got > 0; n += (size_t)(got > 0 ? got : 0)) {
        if (n == cap) {
            cap = cap ? cap * 2 : 1 << 16;
            char *wide = realloc(data, cap);
            if (!wide) break;
            data = wide;
        }
        got = gzread(f, data + n, (unsigned)(cap - n));
    }
    gzclose(f);
    p->page[p->n++] = (dl_str){ data, n };
    p->bytes += n;
    return true;
}

static inline bool load_folder(pages *p, const char *folder)
{
    DIR *dir = opendir(folder);
    if (!dir) return false;
    for (struct dirent *e; (e = readdir(dir)) && p->n < MAX_PAGES;) {
        char path[4096];
        if (e->d_name[0] == '.') continue;
        int len = snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        if (len > 0 && (size_t)len < sizeof path) load(p, path);
    }
    closedir(dir);
    return p->n > 0;
}

#endif
