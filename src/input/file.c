/* file.c: mapping and reading. */
#include "input/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/limits.h"

#define READ_STEP ((size_t)1 << 18)                  /* bytes of a pipe read at a time             */
#define PASS_STEP ((size_t)16 << 20)                 /* mapped bytes given back at a time          */
#define HELD_MAX (DL_LINE_MAX + ((size_t)128 << 20)) /* bytes of a pipe                            */

dl_file dl_file_of(dl_str bytes)
{
    dl_file f = { .bytes = bytes, .fd = -1 };
    dl_buf_init(&f.held, HELD_MAX);
    return f;
}

dl_status dl_file_open(dl_file *out, const char *path, dl_error *err)
{
    struct stat info;
    *out = dl_file_of((dl_str){ NULL, 0 });
    const bool standard = !strcmp(path, "-");
    const int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return dl_fail_sys(err, path, "cannot be opened");
    if (fstat(fd, &info)) {
        const dl_status st = dl_fail_sys(err, standard ? "standard input" : path, "cannot be read");
        if (!standard) close(fd);
        return st;
    }
    out->fd = fd;
    if (standard || !S_ISREG(info.st_mode) || info.st_size <= 0) return DL_OK;
    void *map = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (map == MAP_FAILED) return DL_OK; /* read, then */
    out->map = map;
    out->bytes = (dl_str){ map, (size_t)info.st_size };
    out->fd = -1;
    close(fd);
    return DL_OK;
}

void dl_file_close(dl_file *f)
{
    if (f->map) munmap(f->map, f->bytes.len);
    if (f->fd > STDIN_FILENO) close(f->fd);
    dl_buf_free(&f->held);
    *f = dl_file_of((dl_str){ NULL, 0 });
}

dl_status dl_file_more(dl_file *f, const char *path, dl_error *err)
{
    if (f->fd < 0) return DL_ENONE;
    const size_t before = f->held.len;
    char *to = dl_buf_room(&f->held, READ_STEP);
    if (!to) return dl_fail_mem(err, path);
    ssize_t got;
    do {
        got = read(f->fd, to, READ_STEP);
    } while (got < 0 && errno == EINTR);
    const dl_status st = got < 0 ? dl_fail_sys(err, strcmp(path, "-") ? path : "standard input", "cannot be read") : DL_OK;
    f->held.len = before + (got > 0 ? (size_t)got : 0);
    f->bytes = dl_buf_str(&f->held);
    if (got > 0) return DL_OK;
    if (f->fd > STDIN_FILENO) close(f->fd);
    f->fd = -1;
    return st ? st : DL_ENONE;
}

size_t dl_file_pass(dl_file *f, size_t n)
{
    if (f->map) {
        if (n < PASS_STEP) return 0;
        const size_t page = (size_t)sysconf(_SC_PAGESIZE), gone = n / page * page;
        if (gone >= f->bytes.len || munmap(f->map, gone)) return 0;
        f->map = (char *)f->map + gone;
        f->bytes = dl_str_cut(f->bytes, gone, f->bytes.len);
        f->at += gone;
        return gone;
    }
    const size_t left = f->held.len - (n < f->held.len ? n : f->held.len);
    if (!f->held.len || n < READ_STEP || left > n) return 0; /* moved only when it pays: linear over all */
    if (left) memmove(f->held.p, f->held.p + n, left);
    f->held.len = left;
    f->bytes = dl_buf_str(&f->held);
    f->at += n;
    return n;
}
