/* extract.h: from a page to its article: body text, what was kept, what was thrown away and why,
 * and what the page says of itself.
 *
 * Reads  the raw page.   Writes text, meta, blocks, removed, warnings, authors, credits, dates.
 * Every byte range of the page is used at most once. The body is text [0, body_len), asides follow.
 * meta.published is left alone: `dates` holds the hypotheses, dates/dates.h decides.
 * Cost   linear in the page.   Fails DL_ENOMEM, DL_ELIMIT. */
#ifndef DL_EXTRACT_EXTRACT_H
#define DL_EXTRACT_EXTRACT_H

#include "doc/build.h"
#include "extract/evidence.h"
#include "input/raw.h"
#include "model/pack.h"

/* The page by itself. */
DL_MUST_USE dl_status dl_extract(dl_build *b, const dl_raw *raw, const dl_models *m);
/* The page among others: what they tell of it goes in, what it tells them comes out. */
DL_MUST_USE dl_status dl_extract_beside(dl_build *b, const dl_raw *raw, const dl_models *m, const dl_beside *beside);

#endif
