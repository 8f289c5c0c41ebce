/* kept.h: stories over runs: a stream whose state stays in a folder, and the names of its pages.
 *
 *     DIR/stories       the state: pages of the window with their keys and ids, then online.h's
 *     DIR/00000001.left pages that have left the window: dl_page_left each, ascending by key
 *     DIR/00000002.log  what happened, a line each, as log.h says
 *     DIR/lock          held while a run is at it
 *
 * A commit replaces the state as a whole: a run that is killed goes on behind the last one, and ends in
 * the same stories. Without a folder nothing stays.
 *
 *     dl_kept_open, dl_kept_knows while pages are read, dl_kept_add for each in order of time, then
 *     dl_kept_story and dl_kept_changed, dl_kept_commit, dl_kept_close */
#ifndef DL_STORIES_KEPT_H
#define DL_STORIES_KEPT_H

#include "base/hash.h"
#include "base/mapped.h"
#include "stories/online.h"

typedef struct dl_page_left { /* the window: its story is settled                                     */
    uint64_t key;
    uint32_t story;
    uint32_t continues; /* the story that this one goes on with, or DL_NONE                          */
    float centre;       /* dl_online_centre                                                        */
    uint32_t zero;
} dl_page_left;

typedef struct dl_page_known { /* a page of the window                                               */
    uint64_t key;
    uint64_t id; /* where its id lies; ended by a NUL                                       */
    uint32_t id_len;
    uint32_t told; /* number of the story that was last told of it, or DL_NONE                  */
} dl_page_known;

typedef struct dl_kept {
    dl_online online;
    const char *dir; /* NULL: nothing stays                                                       */
    int lock;
    uint32_t first;     /* number of the first page of this run                                     */
    dl_tape known, id;  /* with a folder: of the pages of the window                                 */
    dl_map before;      /* with a folder: numbers of the pages of the window when the run began, by key  */
    dl_buf late;        /* with a folder: pages that left under another story than was told: u32 story, u32 length, id */
    dl_buf left;        /* dl_page_left of this run, in order of number                              */
    uint32_t left_from; /* number of the first of them                                            */
    size_t committed;   /* how many of them are in parts                                             */
    uint32_t since;     /* pages that were added since the last commit                               */
    struct dl_kept_part {
        uint64_t number, sum; /* sum: dl_hash of the bytes                                          */
        dl_mapped map;
    } * part; /* [n_parts] pages that have left                                                    */
    size_t n_parts, cap_parts;
    struct dl_kept_part *logged; /* [n_logged]                                                     */
    size_t n_logged, cap_logged;
    dl_buf log;    /* lines since the last commit                                                     */
    uint64_t next; /* number of the next part                                                        */
    dl_arena arena, scratch;
} dl_kept;

/* Of the settings `leaves` and `ctx` are not read; with `log` changes are kept without a folder, too. Fails DL_EIO,
 * DL_ESTORE, DL_ENOMEM, DL_EMODEL; is to be closed all the same. */
DL_MUST_USE dl_status dl_kept_open(dl_kept *out, const char *dir, const dl_models *m, const dl_online_set *set, dl_error *err);
void dl_kept_close(dl_kept *k);
/* Was a page with this key added in an earlier run? O(log n). */
bool dl_kept_knows(const dl_kept *k, uint64_t key);
/* Adds a page, and commits now and then. */
DL_MUST_USE dl_status dl_kept_add(dl_kept *k, const dl_sheet *s, dl_error *err);
DL_MUST_USE dl_status dl_kept_commit(dl_kept *k, dl_error *err);

/* The story of a page of this run by its number, or of an earlier run by its key; DL_NONE: there is none. */
uint32_t dl_kept_story(const dl_kept *k, uint32_t page);
uint32_t dl_kept_story_of(const dl_kept *k, uint64_t key);
/* The same and more of a page of this run, as if it had just left. */
dl_page_left dl_kept_left(const dl_kept *k, uint32_t page);
/* What is told of a page is remembered; of pages for which that is another story by now `tell` is called with id and
 * story, in order of number. False: `tell` was. */
void dl_kept_told(dl_kept *k, uint64_t key, uint32_t page, uint32_t story);
bool dl_kept_changed(dl_kept *k, bool (*tell)(void *ctx, dl_str id, uint32_t story), void *ctx);

/* The id of a page of the window; with a folder or a log. */
dl_str dl_kept_id(const dl_kept *k, uint32_t page);
/* All lines of the log, in order, a few together; each ends with a newline. Fails DL_ESTORE, DL_EIO: `tell` was false. */
DL_MUST_USE dl_status dl_kept_lines(const dl_kept *k, bool (*tell)(void *ctx, dl_str lines), void *ctx, dl_error *err);

/* kept_folder.c: reads the state of the folder, if there is one; of dl_kept_open alone. */
DL_MUST_USE dl_status dl_kept_read(dl_kept *k, dl_error *err);
/* Is a part of the log as it was written? Such parts grow for ever and are looked at when they are asked for. Fails DL_ESTORE. */
DL_MUST_USE dl_status dl_kept_check_log(const dl_kept *k, const struct dl_kept_part *p, dl_error *err);

#endif
