/* walk.c: folders as a stack of paths; each folder's names are sorted by byte. */
#include "input/walk.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/limits.h"
#include "base/sort.h"

static bool push(dl_walk *w, const char *path, bool given, unsigned depth)
{
    dl_str kept = dl_arena_str(w->arena, dl_str_of(path));
    if (!kept.p || !DL_ROOM(w->arena, w->item, w->n, w->cap)) return false;
    w->item[w->n++] = (struct dl_walk_item){ kept.p, given, depth };
    return true;
}

bool dl_walk_init(dl_walk *w, dl_arena *a, const char *const *paths, size_t n)
{
    *w = (dl_walk){ .arena = a };
    for (size_t i = n; i-- > 0;)
        if (!push(w, paths[i], true, 0)) return false;
    return true;
}

static int last_name_first(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    return -strcmp(((const struct dl_walk_item *)a)->path, ((const struct dl_walk_item *)b)->path);
}

static dl_status open_folder(dl_walk *w, const char *path, unsigned depth, dl_error *err)
{
    dl_status st = DL_OK;
    size_t first = w->n;
    if (depth >= DL_FOLDER_DEPTH)
        return dl_fail(err, DL_ELIMIT, path, DL_NO_OFFSET, "limit: folders nested deeper than %d", DL_FOLDER_DEPTH);
    DIR *dir = opendir(path);
    if (!dir) return dl_fail_sys(err, path, "cannot read the folder");
    for (struct dirent *e; !st && (e = readdir(dir));) {
        char name[4096];
        if (e->d_name[0] == '.') continue;
        size_t len = strlen(path);
        int n = snprintf(name, sizeof name, "%s%s%s", path, len && path[len - 1] == '/' ? "" : "/", e->d_name);
        if (n < 0 || (size_t)n >= sizeof name) continue;
        if (!push(w, name, false, depth + 1)) st = dl_fail_mem(err, path);
    }
    closedir(dir);
    if (!st && !dl_sort(w->item + first, w->n - first, sizeof *w->item, last_name_first, NULL, w->arena))
        st = dl_fail_mem(err, path);
    return st;
}

dl_status dl_walk_next(dl_walk *w, const char **path, dl_error *err)
{
    while (w->n) {
        struct dl_walk_item at = w->item[--w->n];
        struct stat info;
        *path = at.path;
        if (!strcmp(at.path, "-")) return DL_OK;
        if (at.given ? stat(at.path, &info) : lstat(at.path, &info)) return dl_fail_sys(err, at.path, "cannot be read");
        if (S_ISLNK(info.st_mode) && (stat(at.path, &info) || S_ISDIR(info.st_mode))) continue;
        if (!S_ISDIR(info.st_mode)) {
            if (S_ISREG(info.st_mode) || at.given) return DL_OK;
            continue;
        }
        dl_status st = open_folder(w, at.path, at.depth, err);
        if (st) return st;
    }
    return DL_ENONE;
}
