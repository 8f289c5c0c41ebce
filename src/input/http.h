/* http.h: a recorded HTTP response: its head, and its body out of its transfer and content codings
 * (RFC 9110, RFC 9112). */
#ifndef DL_INPUT_HTTP_H
#define DL_INPUT_HTTP_H

#include "base/arena.h"

typedef struct dl_http {
    int status; /* 200, or 0: not a response                                                     */
    dl_str content_type, transfer_encoding, content_encoding, last_modified;
    dl_str length; /* Content-Length, of the body as it was sent                                 */
    dl_str body;   /* as recorded                                                                */
} dl_http;

/* The value of a header field in a block of lines; empty: not there. Names are compared without
 * case; the first one counts. */
dl_str dl_http_field(dl_str head, const char *name);
/* The head of a block ends at an empty line: the bytes before it, and *body behind it. A block
 * without one is all head. */
dl_str dl_http_head(dl_str block, dl_str *body);
/* Fails DL_EINPUT: no status line. */
DL_MUST_USE dl_status dl_http_read(dl_http *out, dl_str message, dl_error *err, const char *where, uint64_t offset);
/* Undoes chunks and content codings (coding.h, whose failures are these). Recorders often undo them already and leave the fields as
 * they were: a body that is not coded is taken as it is. *cut: it ended early, what there was is given. */
DL_MUST_USE dl_status dl_http_body(dl_str *out, const dl_http *h, bool *cut, dl_arena *a, dl_error *err, const char *where,
                                   uint64_t offset);

#endif
