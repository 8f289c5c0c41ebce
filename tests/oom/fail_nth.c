/* fail_nth.c: an allocator that refuses the n-th request (DL_FAIL_AT), for LD_PRELOAD: every allocation of the program
 * is failed in turn by tests/oom/oom.test. json-c 0.16 does not check its own strdup and crashes by itself: its requests
 * are granted and not counted. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static long at, count;

static int refuse(const void *caller)
{
    Dl_info info;
    if (!at) {
        const char *s = getenv("DL_FAIL_AT");
        at = s ? strtol(s, NULL, 10) : -1;
    }
    if (dladdr(caller, &info) && info.dli_fname && strstr(info.dli_fname, "libjson-c")) return 0;
    if (__atomic_add_fetch(&count, 1, __ATOMIC_RELAXED) != at) return 0;
    errno = ENOMEM;
    return 1;
}

extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t n);

/* Here too, since libc's own would hide who asks. */
char *strdup(const char *s)
{
    size_t n = strlen(s) + 1;
    char *p = refuse(__builtin_return_address(0)) ? NULL : __libc_malloc(n);
    return p ? memcpy(p, s, n) : NULL;
}

void *malloc(size_t n) { return refuse(__builtin_return_address(0)) ? NULL : __libc_malloc(n); }
void *calloc(size_t n, size_t size) { return refuse(__builtin_return_address(0)) ? NULL : __libc_calloc(n, size); }
void *realloc(void *p, size_t n) { return refuse(__builtin_return_address(0)) ? NULL : __libc_realloc(p, n); }
