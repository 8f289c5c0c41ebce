/* corpus.h: copies over a corpus of any size: pages go through once, one after the other; what
 * comparing needs of them lies in files that are mapped, the shingle index beside it.
 *
 *     dl_corpus_open, dl_corpus_add for each page, dl_corpus_find, dl_corpus_close
 *
 * With a folder what is committed stays there, and a later run adds to it. A commit is made whenever
 * DL_CORPUS_HELD bytes of pages have come together, and by dl_corpus_find: a run that is killed goes on
 * behind the last one. Without a folder there are files without names, gone with the process.
 *
 * Order. The same pages give the same answer to the byte, in whatever order they are added and over
 * however many runs: they are compared in the order of their dates, then of the times they were
 * fetched, then of their ids. That is where time matters: of two pages that nothing else tells apart,
 * the later one is the copy, and a page without a date comes before all others.
 *
 * In memory: some 250 bytes a page and what its pairs take, while copies are found; 12 while pages are
 * added; and DL_CORPUS_KEPT. One thread at a time; comparing is parallel. */
#ifndef DL_COPIES_CORPUS_H
#define DL_COPIES_CORPUS_H

#include "base/hash.h"
#include "copies/copies.h"
#include "copies/record.h"
#include "copies/shingles.h"

#define DL_CORPUS_HELD ((size_t)16 << 20) /* bytes of records, or of postings, from which a commit is made */
#define DL_CORPUS_KEPT ((size_t)24 << 20) /* without a folder: so many bytes of records stay in memory */

typedef struct dl_chunk { /* the records of one commit                                          */
    uint64_t number, sum; /* of its file                                                        */
    uint32_t first, pages;
    dl_mapped map;
} dl_chunk;

typedef struct dl_corpus {
    const dl_models *models;
    dl_shingles index;
    dl_arena arena, scratch;
    dl_chunk *chunk; /* [n_chunks]                                                              */
    size_t n_chunks, cap_chunks;
    dl_buf fresh;     /* records that are not committed yet                                     */
    size_t kept;      /* bytes of records in memory                                             */
    uint32_t n_fresh; /* how many                                                               */
    uint32_t n;       /* pages that were ever added: the number of the next                     */
    int32_t from;     /* pages of earlier days have expired                                     */
    dl_map known;     /* with a folder: pages by their keys                                     */
} dl_corpus;

/* `dir` NULL: nothing stays. Fails DL_EIO, DL_ESTORE, DL_ENOMEM; is to be closed all the same. */
DL_MUST_USE dl_status dl_corpus_open(dl_corpus *out, const char *dir, const dl_models *m, dl_error *err);
void dl_corpus_close(dl_corpus *c);
/* Was a page with this key added, in this run or an earlier one? Of a corpus without a folder: never. */
bool dl_corpus_knows(const dl_corpus *c, uint64_t key);
/* The page gets number c->n. `record` is of dl_record_make. */
DL_MUST_USE dl_status dl_corpus_add(dl_corpus *c, dl_str record, dl_error *err);
DL_MUST_USE dl_status dl_corpus_commit(dl_corpus *c, dl_error *err);
/* Drops the pages of more than `days` days before the latest day there is, and commits. */
DL_MUST_USE dl_status dl_corpus_expire(dl_corpus *c, uint32_t days, dl_error *err);

/* What was found: pages by their rank in the order above. */
typedef struct dl_corpus_found {
    dl_copies copies;
    dl_pages pages;           /* ids, outlets, dates and verdicts; a view of few at a time                */
    uint32_t *given;          /* [pages.n] the number that dl_corpus_add gave                             */
    const dl_record **record; /* [pages.n]                                                      */
    struct dl_corpus_slot {
        dl_doc doc;
        dl_meta meta;
    } slot[8];
    uint32_t next;
    struct dl_work *work;
} dl_corpus_found;
/* Commits and finds copies over all pages. What is found lies in `keep`, the corpus and *out, which is
 * ended by dl_corpus_done, also when it fails. Of the settings: threads, progress and stop. Fails also
 * DL_ESTOPPED: what was committed stays. */
DL_MUST_USE dl_status dl_corpus_find(dl_corpus_found *out, dl_corpus *c, const dl_settings *set, dl_arena *keep, dl_error *err);
void dl_corpus_done(dl_corpus_found *f);
/* Sets the reasons of a pair, in `a`. False: no memory. */
bool dl_corpus_explain(const dl_corpus_found *f, dl_pair *p, dl_arena *a);

#endif
