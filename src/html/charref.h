/* charref.h: from the bytes of a page to the characters they stand for: character references
 * (13.2.5.72 to 13.2.5.80), newlines (13.2.3.5) and U+0000. Only called on text that holds any of
 * these: all other text is used where it lies. */
#ifndef DL_HTML_CHARREF_H
#define DL_HTML_CHARREF_H

#include "base/offsets.h"

enum {
    DL_DECODE_REFS = 1, /* character references                                                */
    DL_DECODE_ATTR = 2, /* ... by the rules of attribute values                                */
    DL_DECODE_CR = 4,   /* CR and CR LF become LF                                              */
    DL_DECODE_NUL = 8,  /* U+0000 becomes U+FFFD                                               */
    DL_DECODE_GAPS = 16 /* "</>" stands for nothing (13.2.5.7 end tag open state)              */
};

/* The characters of p[beg, end), in `keep`. `map` (may be NULL) is given marks from byte of the
 * result to byte of p, beginning with (0, beg). {NULL, 0} when memory was refused. */
dl_str dl_html_decode(dl_arena *keep, const char *p, dl_span in, unsigned how, dl_offsets *map, dl_arena *map_arena);
/* A character reference at p[0] == '&' with n bytes in all: how many bytes it has, 0: it is none.
 * Its characters, at most 6 bytes of UTF-8, go to out. */
size_t dl_html_charref(const char *p, size_t n, bool in_attr, char out[8], size_t *out_len);

#endif
