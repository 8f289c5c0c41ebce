/* article.h: the forms that the answer to `extract` has for people. */
#ifndef DL_API_ARTICLE_H
#define DL_API_ARTICLE_H

#include "api/text.h"
#include "api/view.h"

/* The headline and the body, an empty line between paragraphs; `several`: behind a line with the page's id. */
void dl_extract_plain(dl_out *o, const dl_doc *d, bool several);
/* CommonMark behind a head in YAML; what would be markup in it is escaped. */
void dl_extract_markdown(dl_out *o, const dl_doc *d);
/* Every part of the page in its order: role, kept or not and why, its bytes, its words. */
void dl_extract_explained(dl_out *o, const dl_view *v, uint32_t page, const dl_doc *d);
/* " 14:05" of seconds UTC, with the day where it is not `day`; nothing for DL_NEVER. */
void dl_extract_clock(dl_buf *b, int64_t at);

#endif
