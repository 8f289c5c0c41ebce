/* store.h: pages kept in one SQLite file, readable with any SQLite browser.
 *
 *   page      one row a page: what it is, and its sealed document (doc/seal.h)
 *   snapshot  the page as it was read, compressed (zstd)
 *   passage   the blocks of the bodies; passages is their FTS5 index
 *   author, credit, story, story_page, setting; views page_view, story_view
 *   ruling    a person's word on how a page counts, with who and when; made with the first of them
 *
 * A page is known by its bytes and its url: adding it again changes nothing. Pages are numbered
 * 1, 2, ... in order of addition (page number in dl_pages + 1). One writer; WAL; what is not committed is gone
 * after a kill and nothing else is. A handle belongs to one thread.
 * Every function fails DL_ESTORE (damaged, locked, full, another version: the message says which and what
 * to do) or DL_ENOMEM. */
#ifndef DL_STORE_STORE_H
#define DL_STORE_STORE_H

#include "base/arena.h"
#include "doc/seal.h"

#define DL_STORE_VERSION 1

typedef struct dl_store dl_store;

/* Opens or makes the file; ":memory:" is a store that ends with its handle. read_only: it must exist (DL_ENONE:
 * there is none yet). The caller ends it with dl_store_close. */
DL_MUST_USE dl_status dl_store_open(dl_store **out, const char *path, bool read_only, dl_error *err);
void dl_store_close(dl_store *s);
const char *dl_store_path(const dl_store *s);

DL_MUST_USE dl_status dl_store_begin(dl_store *s, dl_error *err);
DL_MUST_USE dl_status dl_store_commit(dl_store *s, dl_error *err);
void dl_store_rollback(dl_store *s);

/* What a page is known by. */
uint64_t dl_store_key(uint64_t raw_hash, dl_str url);
bool dl_store_knows(dl_store *s, uint64_t key);
/* Keeps a page inside a transaction; `raw` is the page as it was read. */
DL_MUST_USE dl_status dl_store_put(dl_store *s, uint64_t key, const dl_doc *d, dl_bytes block, dl_str raw, dl_error *err);

uint32_t dl_store_count(dl_store *s);
/* The sealed document of page n (0 to count - 1). The caller owns out->p. */
DL_MUST_USE dl_status dl_store_get(dl_store *s, uint32_t n, dl_bytes *out, dl_error *err);
/* The page as it was read. The caller owns out->p. DL_ENONE: no snapshot. */
DL_MUST_USE dl_status dl_store_snapshot(dl_store *s, uint32_t n, dl_bytes *out, dl_error *err);

/* Stories are found anew when pages were added since; what was found is kept for search and browsers. */
typedef struct dl_story_row {
    dl_str title;
    int64_t from, to;
    uint32_t texts, lines, first_hand, n;
    const uint32_t *page; /* [n] numbers from 0                                                 */
} dl_story_row;
DL_MUST_USE dl_status dl_store_put_stories(dl_store *s, const dl_story_row *row, uint32_t n, dl_error *err);
bool dl_store_stories_fresh(dl_store *s);

/* What a person's word is about: how a page counts, or whose story it is of. */
typedef enum dl_ruling_kind { DL_RULED_COUNTS, DL_RULED_APART, DL_RULED_TOGETHER, DL_RULING_KINDS } dl_ruling_kind;

/* A person's word on a page, in table ruling. Of several on how one page counts, or on one pair of pages, the latest that
 * was not undone holds; rows are never taken out. */
typedef struct dl_ruling {
    uint32_t number; /* from 1, in order of decision                                           */
    uint32_t page;   /* from 0                                                                  */
    uint32_t of;     /* it counts as a copy of that page; DL_NONE: as independent. Of the other kinds: the other page */
    uint8_t kind;    /* dl_ruling_kind                                                          */
    dl_str who, note;
    dl_str made;              /* RFC 3339                                                                    */
    dl_str undone_by, undone; /* empty: not undone                                                */
} dl_ruling;
/* The page with that id or, where it is one page alone, with that in its id. DL_ENONE: none, or several. */
DL_MUST_USE dl_status dl_store_find(uint32_t *out, dl_store *s, dl_str id, dl_error *err);
/* Keeps a ruling; page, of, kind, who, note and made are read. */
DL_MUST_USE dl_status dl_store_rule(dl_store *s, const dl_ruling *r, dl_error *err);
/* Undoes the latest that holds. DL_ENONE: there is none on that page. */
DL_MUST_USE dl_status dl_store_unrule(dl_store *s, uint32_t page, dl_str who, dl_str when, dl_error *err);
/* All of them in order of decision; in `a`. */
DL_MUST_USE dl_status dl_store_rulings(dl_ruling **out, uint32_t *n, dl_store *s, dl_arena *a, dl_error *err);

/* Keeps records of an exported story, a JSON object a line whose first key is "record", in table answer. Inside a
 * transaction. */
DL_MUST_USE dl_status dl_store_put_answers(dl_store *s, dl_str jsonl, dl_error *err);

/* A passage that matches; strings hold until the callback returns. False from the callback ends the search. */
typedef struct dl_hit {
    dl_str id, text, marked /* hits in [brackets] */, title, outlet, published;
    uint32_t page, beg, end, story; /* story 0: not known                                       */
    double rank;
} dl_hit;
typedef bool dl_hit_fn(void *ctx, const dl_hit *hit);
/* `match` is an FTS5 expression made by search/query.h; days may be NULL; story 0: any. */
DL_MUST_USE dl_status dl_store_search(dl_store *s, const char *match, const char *since, const char *until, uint32_t story,
                                      uint32_t limit, dl_hit_fn *fn, void *ctx, dl_error *err);

/* Looks at every page: SQLite's own check, then each document's checksum and offsets. *out_bad is the number of
 * pages that cannot be read; *err names the first. */
DL_MUST_USE dl_status dl_store_check(dl_store *s, uint32_t *out_bad, dl_error *err);

#endif
