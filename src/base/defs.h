/* defs.h: the few words that every file uses. No code. */
#ifndef DL_BASE_DEFS_H
#define DL_BASE_DEFS_H

#include <dateline/dateline.h>

#if defined __GNUC__
#define DL_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define DL_FETCH(p) __builtin_prefetch(p) /* the byte there will be wanted                         */
#else
#define DL_PRINTF(fmt, args)
#define DL_FETCH(p) ((void)0)
#endif

#define DL_COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define DL_NONE UINT32_MAX /* no such row, page, actor ...                                      */
#define DL_NEVER INT64_MIN /* no such instant                                                   */

static inline unsigned dl_bits_in(uint64_t x)
{
    unsigned n = 0;
    for (; x; x &= x - 1) n++;
    return n;
}

/* Half-open range: bytes of a text, bytes of a page, or rows of a table; the field says which. */
typedef struct dl_span {
    uint32_t beg, end;
} dl_span;

static inline uint32_t dl_span_len(dl_span s) { return s.end - s.beg; }
static inline bool dl_span_has(dl_span s, uint32_t i) { return s.beg <= i && i < s.end; }
static inline bool dl_span_meet(dl_span a, dl_span b) { return a.beg < b.end && b.beg < a.end; }

#endif
