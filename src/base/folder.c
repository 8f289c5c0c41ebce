/* folder.c: a lock on a file in it, and the names of the others. */
#include "base/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"

enum { TRIES = 50, TRY_NS = 20000000, PATH_BYTES = 4096 };

dl_status dl_folder_hold(int *out, const char *dir, dl_error *err)
{
    struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    char path[PATH_BYTES];
    *out = -1;
    const int n = snprintf(path, sizeof path, "%s/lock", dir);
    if (n < 0 || (size_t)n >= sizeof path) return dl_fail(err, DL_EIO, dir, DL_NO_OFFSET, "the path is too long");
    if (mkdir(dir, 0777) && errno != EEXIST) return dl_fail_sys(err, dir, "cannot be made");
    *out = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (*out < 0) return dl_fail_sys(err, dir, "cannot be written");
    for (int tries = 0; tries < TRIES; tries++) {
        const struct timespec a_while = { .tv_nsec = TRY_NS };
        if (!fcntl(*out, F_SETLK, &whole)) return DL_OK;
        nanosleep(&a_while, NULL);
    }
    return dl_fail(err, DL_ESTORE, dir, DL_NO_OFFSET, "another run has this folder open");
}

void dl_folder_release(int held)
{
    if (held > STDERR_FILENO) close(held);
}

void dl_part_name(char out[DL_PART_NAME], uint64_t number, const char *kind)
{
    snprintf(out, DL_PART_NAME, "%08llu.%s", (unsigned long long)number, kind);
}

uint64_t dl_part_number(dl_str name, const char *kind)
{
    enum { LEAST_DIGITS = 8, DIGITS = 19 };
    const dl_str fresh = DL_STR(".new");
    uint64_t number = 0;
    size_t n = 0;
    if (dl_str_ends(name, fresh)) name.len -= fresh.len;
    while (n < name.len && n < DIGITS && dl_is_digit((unsigned char)name.p[n]))
        number = number * 10 + (uint64_t)(name.p[n++] - '0');
    if (n < LEAST_DIGITS || n == name.len || name.p[n] != '.') return 0;
    return dl_str_eq(dl_str_cut(name, n + 1, name.len), dl_str_of(kind)) ? number : 0;
}
