/* file.c: reading a file whole. */
#include "input/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

/* Pipes and standard input: what there is, in doubling steps. */
static dl_status slurp(dl_file *out, int fd, const char *path, dl_error *err)
{
    size_t cap = 0, n = 0;
    char *p = NULL;
    for (;;) {
        if (n == cap) {
            size_t more = cap ? cap * 2 : 1 << 16;
            char *wide = realloc(p, more);
            if (!wide) {
                free(p);
                return dl_fail_mem(err, path);
            }
            p = wide;
            cap = more;
        }
        ssize_t got = read(fd, p + n, cap - n);
        if (got == 0) break;
        if (got < 0) {
            if (errno == EINTR) continue;
            dl_status st = dl_fail_sys(err, path, "cannot be read");
            free(p);
            return st;
        }
        n += (size_t)got;
    }
    *out = (dl_file){ .bytes = { p, n }, .heap = p };
    return DL_OK;
}

dl_status dl_file_open(dl_file *out, const char *path, dl_error *err)
{
    struct stat info;
    if (!strcmp(path, "-")) return slurp(out, STDIN_FILENO, "standard input", err);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return dl_fail_sys(err, path, "cannot be opened");
    dl_status st = DL_OK;
    if (fstat(fd, &info)) {
        st = dl_fail_sys(err, path, "cannot be read");
    } else if (S_ISREG(info.st_mode) && info.st_size > 0) {
        void *map = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (map == MAP_FAILED)
            st = slurp(out, fd, path, err);
        else
            *out = (dl_file){ .bytes = { map, (size_t)info.st_size }, .map = map };
    } else {
        st = slurp(out, fd, path, err);
    }
    close(fd);
    return st;
}

void dl_file_close(dl_file *f)
{
    if (f->map) munmap(f->map, f->bytes.len);
    free(f->heap);
    *f = (dl_file){ .bytes = { NULL, 0 } };
}
