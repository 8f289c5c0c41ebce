/* str.h: borrowed strings: pointer and length, never NUL-terminated, never owned.
 * ASCII work only; what needs Unicode is in utf8.h. */
#ifndef DL_BASE_STR_H
#define DL_BASE_STR_H

#include <string.h>

#include "base/defs.h"

typedef struct dl_str {
    const char *p; /* [len] bytes; may be NULL when len is 0                                   */
    size_t len;
} dl_str;

#define DL_STR(literal) ((dl_str){ (literal), sizeof(literal) - 1 })

static inline dl_str dl_str_of(const char *z) { return (dl_str){ z, z ? strlen(z) : 0 }; }
/* Most strings that differ do so in the first byte: it is looked at before memcmp is called. */
static inline bool dl_str_eq(dl_str a, dl_str b)
{
    return a.len == b.len && (!a.len || (a.p && b.p && a.p[0] == b.p[0] && !memcmp(a.p, b.p, a.len)));
}
static inline bool dl_str_starts(dl_str s, dl_str prefix)
{
    return s.len >= prefix.len && (!prefix.len || (s.p[0] == prefix.p[0] && !memcmp(s.p, prefix.p, prefix.len)));
}
/* Copies the bytes, no NUL; returns the place behind them. */
static inline char *dl_str_copy(char *to, dl_str s)
{
    if (s.len) memcpy(to, s.p, s.len);
    return to + s.len;
}
/* Of an empty string without bytes, too: NULL + 0 is not defined. */
static inline dl_str dl_str_cut(dl_str s, size_t beg, size_t end) { return (dl_str){ beg ? s.p + beg : s.p, end - beg }; }

static inline bool dl_is_digit(int c) { return c >= '0' && c <= '9'; }
static inline bool dl_is_upper(int c) { return c >= 'A' && c <= 'Z'; }
static inline bool dl_is_lower(int c) { return c >= 'a' && c <= 'z'; }
static inline bool dl_is_alpha(int c) { return dl_is_upper(c) || dl_is_lower(c); }
static inline bool dl_is_space(int c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
/* The value of a hexadecimal digit; -1: it is none. */
static inline int dl_hex(int c)
{
    if (dl_is_digit(c)) return c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}
static inline char dl_lower(char c) { return dl_is_upper(c) ? (char)(c + 32) : c; }
/* Bytes in which it agrees with `z`, given in lower case, whatever its own case. No length is taken
 * first: for long lists of words of which nearly none agrees. */
static inline size_t dl_str_agrees(dl_str s, const char *z)
{
    size_t i = 0;
    while (i < s.len && z[i] && dl_lower(s.p[i]) == z[i]) i++;
    return i;
}
static inline bool dl_str_begins(dl_str s, const char *z) { return !z[dl_str_agrees(s, z)]; }
static inline bool dl_str_is(dl_str s, const char *z)
{
    const size_t n = dl_str_agrees(s, z);
    return n == s.len && !z[n];
}

bool dl_str_eq_nocase(dl_str a, dl_str b); /* ASCII case folded                     */
bool dl_str_starts_nocase(dl_str s, dl_str prefix);
bool dl_str_ends(dl_str s, dl_str suffix);
bool dl_str_web(dl_str s);                              /* begins with http:// or https://       */
int dl_str_cmp(dl_str a, dl_str b);                     /* byte order, shorter first             */
size_t dl_str_find(dl_str s, dl_str what, size_t from); /* SIZE_MAX: not there                  */
size_t dl_str_find_nocase(dl_str s, dl_str what, size_t from);
dl_str dl_str_trim(dl_str s); /* ASCII white space at both ends        */
/* The next piece up to `sep`, which is taken off *rest; false when nothing is left. */
bool dl_str_next(dl_str *rest, char sep, dl_str *out);
/* Decimal digits only, whole string; false when not, or above `max`. */
bool dl_str_number(dl_str s, uint64_t max, uint64_t *out);

#endif
