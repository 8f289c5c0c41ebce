/* json.h: writing JSON (RFC 8259) into a dl_buf. Commas are set here. Strings are cleaned: what is
 * not UTF-8 becomes U+FFFD; control characters and U+2028/9 are escaped. Reading is json-c's. */
#ifndef DL_BASE_JSON_H
#define DL_BASE_JSON_H

#include "base/buf.h"

typedef struct dl_json {
    dl_buf *buf;
    bool comma; /* a value stands before this place                                            */
} dl_json;

static inline dl_json dl_json_to(dl_buf *b) { return (dl_json){ b, false }; }
void dl_json_open(dl_json *j, char bracket);  /* '{' or '['                                     */
void dl_json_close(dl_json *j, char bracket); /* '}' or ']'                                     */
void dl_json_key(dl_json *j, const char *name);
void dl_json_str(dl_json *j, dl_str s);
void dl_json_word(dl_json *j, const char *z); /* a C string; NULL: null                         */
void dl_json_opt(dl_json *j, dl_str s);       /* null when empty                                */
void dl_json_int(dl_json *j, int64_t v);
void dl_json_num(dl_json *j, double v, int decimals); /* no exponent, no locale                 */
void dl_json_bool(dl_json *j, bool v);
void dl_json_null(dl_json *j);
void dl_json_day(dl_json *j, int64_t seconds);       /* "YYYY-MM-DD" or null                      */
void dl_json_until(dl_json *j, int64_t seconds);     /* the end of a half-open interval as a day: the next midnight */
void dl_json_instant(dl_json *j, int64_t seconds);   /* RFC 3339 or null                          */
void dl_json_pair(dl_json *j, int64_t a, int64_t b); /* [a,b]                                   */
void dl_json_line(dl_json *j);                       /* ends a JSONL record: newline, comma forgotten                 */

#endif
