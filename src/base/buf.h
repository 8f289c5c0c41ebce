/* buf.h: a growing byte buffer with a ceiling. Failure is sticky: ask `failed` once, at the end;
 * a failed buffer is empty and takes nothing more. */
#ifndef DL_BASE_BUF_H
#define DL_BASE_BUF_H

#include "base/str.h"

typedef struct dl_buf {
    char *p; /* [cap]; owned, from malloc                                                      */
    size_t len, cap, max;
    bool failed;
} dl_buf;

void dl_buf_init(dl_buf *b, size_t max); /* allocates nothing                                   */
void dl_buf_free(dl_buf *b);
void dl_buf_reset(dl_buf *b); /* empty, memory kept                                             */
void dl_buf_add(dl_buf *b, dl_str s);
void dl_buf_putc(dl_buf *b, char c);
void dl_buf_fill(dl_buf *b, char c, size_t n);
void dl_buf_puts(dl_buf *b, const char *z);
void dl_buf_fmt(dl_buf *b, const char *fmt, ...) DL_PRINTF(2, 3);
/* n bytes to write into, counted already; NULL when refused. */
char *dl_buf_room(dl_buf *b, size_t n);
static inline dl_str dl_buf_str(const dl_buf *b) { return (dl_str){ b->p, b->len }; }

#endif
