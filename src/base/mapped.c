/* mapped.c: the system calls of mapped.h. */
#include "base/mapped.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

enum { PATH_BYTES = 4096 };

static dl_status map_fd(dl_mapped *out, int fd, size_t len, const char *where, dl_error *err)
{
    void *p = len ? mmap(NULL, len, PROT_READ, MAP_SHARED, fd, 0) : NULL;
    if (p == MAP_FAILED) return dl_fail_sys(err, where, "cannot be mapped");
    *out = (dl_mapped){ p, len, false };
    return DL_OK;
}

dl_status dl_mapped_open(dl_mapped *out, const char *path, dl_error *err)
{
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return dl_fail_sys(err, path, "cannot be opened");
    dl_status st = fstat(fd, &info) ? dl_fail_sys(err, path, "cannot be read") : DL_OK;
    if (!st) st = map_fd(out, fd, (size_t)info.st_size, path, err);
    close(fd);
    return st;
}

void dl_mapped_hold(dl_mapped *out, dl_buf *b)
{
    char *p = b->len ? realloc(b->p, b->len) : NULL; /* without the room behind them, where that can be had */
    *out = (dl_mapped){ (const uint8_t *)(p ? p : b->p), b->len, true };
    dl_buf_init(b, b->max);
}

void dl_mapped_close(dl_mapped *m)
{
    if (m->held)
        free((void *)(uintptr_t)m->p);
    else if (m->p)
        munmap((void *)(uintptr_t)m->p, m->len);
    *m = (dl_mapped){ 0 };
}

static bool write_all(int fd, const char *p, size_t n)
{
    while (n) {
        ssize_t put = write(fd, p, n);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return false;
        p += put;
        n -= (size_t)put;
    }
    return true;
}

/* The folder of a path, so that a rename in it is on the disk too. */
static bool sync_folder(const char *path)
{
    char dir[PATH_BYTES];
    const char *slash = strrchr(path, '/');
    size_t n = slash ? (size_t)(slash - path) : 0;
    if (n >= sizeof dir) return false;
    memcpy(dir, path, n);
    dir[n] = 0;
    int fd = open(n ? dir : slash ? "/" : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return false;
    bool ok = !fsync(fd);
    close(fd);
    return ok;
}

dl_status dl_mapped_put(const char *path, dl_str bytes, dl_error *err)
{
    char fresh[PATH_BYTES];
    int n = snprintf(fresh, sizeof fresh, "%s.new", path);
    if (n < 0 || (size_t)n >= sizeof fresh) return dl_fail(err, DL_EIO, path, DL_NO_OFFSET, "the path is too long");
    int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) return dl_fail_sys(err, fresh, "cannot be written");
    bool ok = write_all(fd, bytes.p, bytes.len) && !fsync(fd);
    dl_status st = ok ? DL_OK : dl_fail_sys(err, fresh, "cannot be written");
    close(fd);
    if (!st && (rename(fresh, path) || !sync_folder(path))) st = dl_fail_sys(err, path, "cannot be written");
    if (st) unlink(fresh);
    return st;
}

void dl_spool_open(dl_spool *out, size_t most)
{
    *out = (dl_spool){ .fd = -1, .most = most };
    dl_buf_init(&out->held, SIZE_MAX / 2);
}

void dl_spool_close(dl_spool *s)
{
    if (s->fd > STDERR_FILENO) close(s->fd);
    dl_buf_free(&s->held);
    s->fd = -1;
}

static dl_status make_file(dl_spool *s, dl_error *err)
{
    char path[PATH_BYTES];
    const char *dir = getenv("TMPDIR");
    if (!dir || !*dir) dir = "/tmp";
    int n = snprintf(path, sizeof path, "%s/dateline-XXXXXX", dir);
    if (n < 0 || (size_t)n >= sizeof path) return dl_fail(err, DL_EIO, dir, DL_NO_OFFSET, "the path is too long");
    s->fd = mkstemp(path);
    if (s->fd < 0) return dl_fail_sys(err, dir, "a temporary file cannot be made");
    unlink(path);
    return DL_OK;
}

static dl_status empty(dl_spool *s, dl_error *err)
{
    if (s->fd < 0) {
        dl_status st = make_file(s, err);
        if (st) return st;
    }
    if (!write_all(s->fd, s->held.p, s->held.len)) return dl_fail_sys(err, "a temporary file", "cannot be written");
    dl_buf_reset(&s->held);
    return DL_OK;
}

dl_status dl_spool_add(dl_spool *s, const void *p, size_t n, dl_error *err)
{
    s->len += n;
    dl_buf_add(&s->held, (dl_str){ p, n });
    if (s->held.failed) return dl_fail_mem(err, "a temporary file");
    return s->held.len <= s->most ? DL_OK : empty(s, err);
}

dl_status dl_spool_map(dl_spool *s, dl_mapped *out, dl_error *err)
{
    dl_status st = DL_OK;
    if (s->fd < 0) {
        dl_mapped_hold(out, &s->held);
    } else {
        st = empty(s, err);
        if (!st) st = map_fd(out, s->fd, (size_t)s->len, "a temporary file", err);
    }
    dl_spool_close(s);
    return st;
}
