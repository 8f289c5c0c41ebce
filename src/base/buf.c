/* buf.c: a growing byte buffer with a ceiling. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void dl_buf_init(dl_buf *b, size_t max) { *b = (dl_buf){ .max = max }; }

void dl_buf_free(dl_buf *b)
{
    free(b->p);
    dl_buf_init(b, b->max);
}

void dl_buf_reset(dl_buf *b)
{
    b->len = 0;
    b->failed = false;
}

static void fail(dl_buf *b)
{
    free(b->p);
    b->p = NULL;
    b->len = b->cap = 0;
    b->failed = true;
}

char *dl_buf_room(dl_buf *b, size_t n)
{
    if (b->failed) return NULL;
    if (n > b->cap - b->len) {
        size_t cap = b->cap ? b->cap : 1024;
        if (n > b->max - b->len) {
            fail(b);
            return NULL;
        }
        while (cap - b->len < n) cap = cap > b->max / 2 ? b->max : cap * 2;
        char *p = realloc(b->p, cap);
        if (!p) {
            fail(b);
            return NULL;
        }
        b->p = p;
        b->cap = cap;
    }
    char *at = b->p + b->len;
    b->len += n;
    return at;
}

void dl_buf_add(dl_buf *b, dl_str s)
{
    if (!s.len) return;
    char *to = dl_buf_room(b, s.len);
    if (to) memcpy(to, s.p, s.len);
}

void dl_buf_putc(dl_buf *b, char c) { dl_buf_add(b, (dl_str){ &c, 1 }); }

void dl_buf_fill(dl_buf *b, char c, size_t n)
{
    char *to = n ? dl_buf_room(b, n) : NULL;
    if (to) memset(to, c, n);
}

void dl_buf_puts(dl_buf *b, const char *z) { dl_buf_add(b, dl_str_of(z)); }

void dl_buf_fmt(dl_buf *b, const char *fmt, ...)
{
    va_list args;
    char small[256];
    va_start(args, fmt);
    int n = vsnprintf(small, sizeof small, fmt, args);
    va_end(args);
    if (n < 0) return;
    if ((size_t)n < sizeof small) {
        dl_buf_add(b, (dl_str){ small, (size_t)n });
        return;
    }
    char *to = dl_buf_room(b, (size_t)n + 1);
    if (!to) return;
    va_start(args, fmt);
    vsnprintf(to, (size_t)n + 1, fmt, args);
    va_end(args);
    b->len--;
}
