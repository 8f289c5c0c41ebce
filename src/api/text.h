/* text.h: text for people: wrapped, aligned, and safe for a terminal.
 * Scraped text never reaches a terminal as it is: control characters, C1 codes and the marks that
 * turn the direction of writing are replaced. */
#ifndef DL_API_TEXT_H
#define DL_API_TEXT_H

#include "base/buf.h"

typedef enum dl_style { DL_PLAIN, DL_BOLD, DL_DIM, DL_WARN, DL_LINK } dl_style;

/* One line's worth, cleaned: line ends become blanks. */
void dl_text_put(dl_buf *b, dl_str s);
/* White space folded to one blank, none at the beginning of the buffer. */
void dl_text_folded(dl_buf *b, dl_str s);
void dl_text_styled(dl_buf *b, dl_str s, dl_style style, bool colour);
/* The last guard before a terminal: copies `in` with line ends, and with our own colour codes where `colour`, but with no other
 * control character and no mark of direction, whatever a writer let through. */
void dl_text_guard(dl_buf *out, dl_str in, bool colour);
/* A paragraph: words wrapped to `width` columns behind `indent` blanks; ends in a newline. The first line
 * begins at column `at`, where something may stand already. */
void dl_text_wrap(dl_buf *b, dl_str s, unsigned width, unsigned indent, unsigned at);
/* Cut to `columns` (with an ellipsis) and filled with blanks up to it. */
void dl_text_cell(dl_buf *b, dl_str s, unsigned columns);
void dl_text_cell_right(dl_buf *b, uint64_t number, unsigned columns);
/* Columns that a string takes. */
unsigned dl_text_columns(dl_str s);
/* "21 Feb 2023", "21–22 Feb 2023", "28 Feb – 2 Mar 2023", "31 Dec 2022 – 2 Jan 2023" or "" from half-open seconds. */
void dl_text_days(dl_buf *b, int64_t from, int64_t to);

/* A link to a passage: url#:~:text=first%20words,last%20words (WICG scroll-to-text-fragment). Nothing is
 * written where the url is empty or not http(s). */
void dl_text_fragment(dl_buf *b, dl_str url, dl_str passage);

#endif
