/* warc.h: pages of a WARC file (ISO 28500, versions 1.0 and 1.1): responses, resources and
 * conversions (the plain texts of WET files); other records are passed over.
 *
 * Gives also the feeds among them, unread. Responses that are no pages and no feeds are passed over.
 *
 * A record that is not what it says (a length that is none, more bytes or fewer than it says, a
 * damaged member) fails alone: reading goes on at the next "WARC/". */
#ifndef DL_INPUT_WARC_H
#define DL_INPUT_WARC_H

#include "input/sniff.h"
#include "input/stream.h"

bool dl_warc_starts(dl_str s);

/* The next page; *number counts records from 1. DL_OK, DL_ENONE at the end, DL_EINPUT or DL_ELIMIT:
 * one record failed, call again; DL_ENOMEM. Strings lie in `a`. out->id is left empty.
 * *kind: DL_SNIFF_PAGE; or DL_SNIFF_FEED, DL_SNIFF_JSON_FEED: out->bytes are the feed as it was sent. */
DL_MUST_USE dl_status dl_warc_next(dl_stream *s, dl_raw *out, dl_sniffed *kind, uint32_t *number, dl_arena *a, dl_error *err);

#endif
