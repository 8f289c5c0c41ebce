/* jsonl.h: one input record of FORMATS.md, a JSON object on a line, as a raw page. */
#ifndef DL_INPUT_JSONL_H
#define DL_INPUT_JSONL_H

#include "input/raw.h"

/* Reads one line. Strings are copied into `a`. `where` names the line in errors, `offset` is its first
 * byte. Fails DL_EINPUT (not JSON, not an object, no page in it), DL_ENOMEM. */
DL_MUST_USE dl_status dl_jsonl_read(dl_raw *out, dl_str line, dl_arena *a, const char *where, uint64_t offset, dl_error *err);

#endif
