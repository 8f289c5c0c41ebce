/* sheet.h: what a stream of stories needs of a page: its words in order, as hashes, and its day.
 * A block without pointers: made page by page, in parallel, kept on disk until its turn comes.
 *
 *     dl_sheet | word hashes u32[title_words + words] | flags u8[the same] | id, title, each with a NUL | zeroes
 *     up to a multiple of 8
 *
 * Words of one letter are left out; so are those behind the first DL_SHEET_WORDS. */
#ifndef DL_STORIES_SHEET_H
#define DL_STORIES_SHEET_H

#include "base/buf.h"
#include "card/words.h"
#include "doc/doc.h"

#define DL_SHEET_WORDS 4000u      /* words of the body; those behind them tell little of the matter */
#define DL_SHEET_TITLE_WORDS 256u /* of the headline                                              */

typedef struct dl_sheet {
    uint32_t bytes; /* all of it, a multiple of 8                                               */
    uint32_t title_words, words;
    uint32_t id, title;         /* bytes of the two strings                                      */
    uint32_t host;              /* hash of the host; 0: unknown                                  */
    int64_t published, fetched; /* seconds UTC, or DL_NEVER                                      */
    uint64_t key;               /* of the page as it was given: the same when it is given again   */
} dl_sheet;

/* Appends the sheet of a page. d may be NULL: an empty one. False: no memory. Linear in the text. */
bool dl_sheet_make(dl_buf *out, const dl_doc *d, uint64_t key, dl_arena *scratch);
/* The sheet at `p`; NULL: there is none that fits into n bytes. */
const dl_sheet *dl_sheet_at(const uint8_t *p, size_t n);

/* Views of a sheet; they hold as long as it does. Words without spans, not to be written to; of the
 * headline, DL_WORD_LINE marks the pieces that bars and dashes part. */
dl_words dl_sheet_title_words(const dl_sheet *s);
dl_words dl_sheet_words(const dl_sheet *s);
dl_str dl_sheet_id(const dl_sheet *s);
dl_str dl_sheet_title(const dl_sheet *s);

/* A document with the id, the headline and the dates and nothing else. */
void dl_sheet_doc(dl_doc *out, dl_meta *meta, const dl_sheet *s);

#endif
