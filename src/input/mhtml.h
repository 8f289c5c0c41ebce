/* mhtml.h: pages saved with all they need in one MIME message (RFC 2557): multipart/related with HTML in it. Mails with HTML are read as well.
 *
 * The page is the part that `start` names, else that of the message's own address (Snapshot-Content-Location, Content-Location), else the
 * first of HTML, else the first of plain text; out of quoted-printable or base64. Its bytes as they are then are "the page as read". */
#ifndef DL_INPUT_MHTML_H
#define DL_INPUT_MHTML_H

#include "input/raw.h"

/* Whether the first bytes of a file are the header of such a message. */
bool dl_mhtml_starts(dl_str head);
/* out->url and fetched are the message's. Strings lie in `a`. Fails DL_EINPUT (no page in it), DL_ELIMIT, DL_ENOMEM. */
DL_MUST_USE dl_status dl_mhtml_read(dl_raw *out, dl_str message, dl_arena *a, const char *where, dl_error *err);

#endif
