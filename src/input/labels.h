/* labels.h: names of encodings: the labels of the WHATWG Encoding Standard, and how iconv calls
 * what they stand for. */
#ifndef DL_INPUT_LABELS_H
#define DL_INPUT_LABELS_H

#include "base/str.h"

typedef struct dl_charset {
    const char *name;  /* of the standard, lower case: "windows-1252"                            */
    const char *iconv; /* NULL: decoded here (utf-8, utf-16le, utf-16be)                         */
    bool single;       /* one byte is one character                                              */
} dl_charset;

/* By label, ASCII case and white space at the ends aside; NULL: no such label. */
const dl_charset *dl_charset_of(dl_str label);

#endif
