/* decode.h: bytes in any encoding as UTF-8, with the way back to each byte.
 *
 * Which encoding: a byte order mark; the transport's charset; what the page declares of itself (the
 * HTML standard's prescan, an XML declaration); a guess. A declaration that the bytes refute is not
 * believed: UTF-8 passes for UTF-8 whatever it is called, and "UTF-8" that is none is guessed. */
#ifndef DL_INPUT_DECODE_H
#define DL_INPUT_DECODE_H

#include "input/raw.h"

/* Fills out->bytes, encoding, offsets, raw_len and raw_hash. NUL becomes U+FFFD in plain text and
 * stays in HTML, whose parser knows what to do. Fails DL_ENOMEM, DL_ELIMIT (over DL_PAGE_MAX). */
DL_MUST_USE dl_status dl_decode(dl_raw *out, dl_str page, dl_str content_type, bool html, dl_arena *a, const char *where,
                                dl_error *err);

/* The label after "charset=" in a content type; empty: none. */
dl_str dl_decode_charset(dl_str content_type);
/* The encoding that an HTML page declares of itself (13.2.3.2), by its name in the standard; empty:
 * none. */
dl_str dl_decode_prescan(dl_str page);

#endif
