/* shingles.h: the shingle index of a corpus: which pages hold a shingle, on disk.
 *
 * What is added collects in memory until the commit, which writes it as one segment: a file that is
 * never changed again, mapped read-only, cut into partitions by the day of the pages:
 *
 *     segment    "DLSHNG\0\1" | bytes u64 | XXH3 of what follows up to the partitions u64 | partitions u32, pages u32
 *                | directory | partitions                                            little endian
 *     directory  a row a partition, days ascending: day i32, first page u32, shingles u32, zero u32,
 *                postings u64, beg u64, end u64, XXH3 of [beg, end) u64
 *     partition  a row every DL_SHINGLE_BLOCK shingles: shingle u32, where in the data u32 | data
 *     data       shingles ascending: varint step from the one before (0 at the beginning of a block),
 *                varint (first page - the partition's first) * 2 + several, and where there are
 *                several varint how many more, varint step for each of those
 *
 * The manifest ("index") names the segments, what has expired and a note of the caller's; it is
 * written last and renamed into place, so that a commit is there whole or not at all, and what a
 * killed run left behind is cleared away by the next. One process at a time has a folder open. Without a folder nothing has a name and all
 * is gone with the handle. One thread at a time; reading a segment writes nothing.
 *
 * Every file is checked before it is believed: a damaged or cut one is DL_ESTORE with its name and
 * byte. */
#ifndef DL_COPIES_SHINGLES_H
#define DL_COPIES_SHINGLES_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/mapped.h"
#include "base/sort.h"

#define DL_SHINGLE_BLOCK 256u
#define DL_NO_DAY_KNOWN INT32_MIN /* the partition of pages without a date; it never expires       */
#define DL_SEGMENTS_MAX 32u       /* with more, small ones are merged into one                     */

/* A partition as it lies in its segment. */
typedef struct dl_partition {
    int32_t day;
    uint32_t base, shingles, zero;
    uint64_t postings, beg, end, sum;
} dl_partition;

typedef struct dl_segment {
    uint64_t number; /* of its file                                                             */
    dl_mapped map;
    uint32_t n_parts, n_pages;
    const dl_partition *part; /* [n_parts] in the map                                           */
    int32_t from;             /* partitions of earlier days have expired; INT32_MIN: none        */
} dl_segment;

typedef struct dl_added {
    uint32_t page;
    int32_t day;
} dl_added;

typedef struct dl_shingles {
    const char *dir; /* NULL: nothing has a name                                                      */
    int lock;        /* held while the folder is open, or -1                                            */
    dl_arena arena, scratch;
    dl_segment *seg; /* [n_seg] in order of their numbers                                       */
    size_t n_seg, cap_seg;
    uint64_t next; /* number of the next file                                                   */
    dl_str note;   /* the caller's, as it was last committed                                    */
    dl_buf post;   /* dl_keyed each: shingle, row of `added`: not committed yet                   */
    dl_buf added;  /* dl_added each                                                             */
    dl_buf buf;
} dl_shingles;

/* Opens the index of a folder, which is made where it is not there; NULL: an index that ends with
 * the handle. Fails DL_EIO, DL_ESTORE (also where another process has it), DL_ENOMEM; out is to be closed all the same. */
DL_MUST_USE dl_status dl_shingles_open(dl_shingles *out, const char *dir, dl_error *err);
void dl_shingles_close(dl_shingles *x);

/* A page's distinct shingles. Pages come in ascending order of their numbers. Fails DL_ENOMEM. */
DL_MUST_USE dl_status dl_shingles_add(dl_shingles *x, uint32_t page, int32_t day, const uint32_t *shingle, uint32_t n,
                                      dl_error *err);
/* Writes what was added since the last commit and the note. Fails DL_EIO, DL_ENOMEM, DL_ELIMIT: the
 * index on disk is as it was. */
DL_MUST_USE dl_status dl_shingles_commit(dl_shingles *x, dl_str note, dl_error *err);
/* Drops the partitions of days before `day`; segments of which nothing is left are removed. A commit
 * of its own, of what was added as well. */
DL_MUST_USE dl_status dl_shingles_expire(dl_shingles *x, int32_t day, dl_str note, dl_error *err);
/* "DIR/NUMBER.KIND" into the arena: files of the caller's beside the segments are named alike. */
const char *dl_shingles_path(dl_shingles *x, uint64_t number, const char *kind);

/* The shingles of a partition, one after the other (segment.h). */
typedef struct dl_rows {
    const uint8_t *at, *end;
    uint64_t page;            /* the next of the row's pages                                     */
    uint32_t shingle, pages;  /* of the row in hand; pages that were not given yet               */
    uint32_t row, rows, base; /* the row behind the one in hand; of the partition                */
    bool bad;                 /* not what a partition looks like                                 */
} dl_rows;

/* The pages of one shingle, partition by partition, ascending within each. */
typedef struct dl_shingle_cursor {
    const dl_shingles *index;
    uint32_t shingle;
    size_t seg;
    uint32_t part; /* the next to be looked into                                                */
    dl_rows rows;  /* the row in hand                                                           */
} dl_shingle_cursor;
void dl_shingles_seek(dl_shingle_cursor *c, const dl_shingles *x, uint32_t shingle);
bool dl_shingles_next(dl_shingle_cursor *c, uint32_t *page);

/* Every shingle that stands on two pages or more, ascending; its pages in no order. Goes once through
 * all postings; in memory is one part in 256 of them. A status other than DL_OK ends it. */
typedef dl_status dl_shingles_sweep_fn(void *ctx, uint32_t shingle, uint32_t *page, uint32_t n, dl_error *err);
DL_MUST_USE dl_status dl_shingles_sweep(dl_shingles *x, dl_shingles_sweep_fn *fn, void *ctx, dl_error *err);

#endif
