/* segment.h: one segment of the shingle index, written and read: the layout of shingles.h. */
#ifndef DL_COPIES_SEGMENT_H
#define DL_COPIES_SEGMENT_H

#include "copies/shingles.h"

/* Writes a segment of what was added. Postings are sorted on the way. Fails DL_ENOMEM, DL_ELIMIT (a
 * partition of 4 GiB). */
DL_MUST_USE dl_status dl_segment_write(dl_buf *out, dl_keyed *post, size_t n_post, const dl_added *added, size_t n_added,
                                       dl_arena *scratch, dl_error *err);
/* Looks over s->map, all of it, and sets the directory. Fails DL_ESTORE. */
DL_MUST_USE dl_status dl_segment_check(dl_segment *s, const char *where, dl_error *err);
/* The same of a file that this process has just written. */
void dl_segment_trust(dl_segment *s);

static inline bool dl_segment_lives(const dl_segment *s, uint32_t part)
{
    return s->part[part].day == DL_NO_DAY_KNOWN || s->part[part].day >= s->from;
}

/* At the first row of a block; dl_rows_next is then to be called. */
void dl_rows_open(dl_rows *r, const dl_segment *s, uint32_t part, uint32_t block);
/* The block that holds the shingle if any does; DL_NONE: none does. */
uint32_t dl_rows_block(const dl_segment *s, uint32_t part, uint32_t shingle);
/* The next row; pages of the one before that were not taken are passed by. False: no more, or bad. */
bool dl_rows_next(dl_rows *r);
/* The next page of the row. */
bool dl_rows_page(dl_rows *r, uint32_t *page);

#endif
