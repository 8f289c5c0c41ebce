/* pile.h: the pile behind the handle: its paths or its store, and the pages in hand. */
#ifndef DL_API_PILE_H
#define DL_API_PILE_H

#include "api/view.h"
#include "doc/seal.h"
#include "input/source.h"
#include "pipeline.h"
#include "store/store.h"

typedef struct dl_page_in_hand {
    char *id;       /* owned, NUL-terminated                                                    */
    dl_bytes block; /* the sealed document, owned                                               */
    dl_bytes raw;   /* the page as it was read, owned; p NULL: not kept                         */
    dl_doc doc;     /* a view of block                                                          */
    uint64_t key;   /* dl_store_key                                                             */
    uint8_t pair;   /* dl_plover, for `events --pairs`                                          */
} dl_page_in_hand;

typedef struct dl_hand {   /* pages in order of the pile                                          */
    dl_page_in_hand *page; /* [n] owned                                                         */
    size_t n, cap;
} dl_hand;

/* window.c: pages that were read, as they were, until all of the window have told what they print. */
typedef struct dl_window {
    dl_arena arena;
    dl_evidence told;   /* its page i is held[i]                                               */
    dl_evidence before; /* as it was when the last pages were begun: does not move meanwhile      */
    struct dl_held {
        dl_raw raw;
        size_t page; /* of the hand                                                            */
    } * held;
    size_t n, cap;
} dl_window;

struct dl_pile {
    dl_settings set;
    unsigned workers;
    dl_models *models;
    dl_build *build; /* [workers]                                                            */
    char **path;     /* [n_paths] given to dl_pile_add, in memory only                       */
    size_t n_paths, cap_paths;
    dl_store *store;    /* NULL: in memory                                                      */
    uint32_t first_new; /* with a store: number of the first page that this handle added        */
    dl_window window;
    dl_counts counts;
    char text[64]; /* dl_pile_build                                                        */
};

void dl_hand_free(dl_hand *h);
dl_pages dl_hand_pages(dl_hand *h); /* a view; holds until a page is added                      */

/* Is a page known from before? Of one thread, page after page as they are read. */
typedef bool dl_knows_fn(void *ctx, uint64_t key, dl_str id);

/* What is to be done with each page that is read. */
typedef struct dl_work {
    dl_stages stages;   /* behind the bar; 0: reading only                                        */
    bool pairs;         /* code marked pairs and keep nothing else                                */
    bool alone;         /* each page keeps its own date: the pile has its word later              */
    bool keep_raw;      /* keep the page as it was read, too                                      */
    bool keep_line;     /* of JSONL keep the record as it came in, in `raw`                       */
    dl_knows_fn *knows; /* asked of each page in order: those known are left out; a key is of id, address and bytes */
    void *knows_ctx;
    int lean;        /* dl_raw                                                                 */
    bool body_only;  /* dl_raw; each page keeps its own date, too                              */
    bool skip_known; /* pages that the store knows are counted and left out                    */
    bool apart;      /* pages tell nothing of each other's blocks                              */
    bool brief_hold; /* clean texts are held DL_HELD_MAX bytes at a time                       */
} dl_work;

/* Reads at most `max` pages from the source, in parallel and in order, understands them after the
 * pages have had a word on each other's dates, and appends them to the hand. *out_end: the source
 * is at its end. Pages that fail are counted and told. */
DL_MUST_USE dl_status dl_work_read(dl_pile *p, dl_source *src, dl_work w, size_t max, dl_hand *hand, bool *out_end,
                                   dl_error *err);
/* Pages that were read with body_only have a word on each other's dates after all. */
DL_MUST_USE dl_status dl_work_settle(dl_pile *p, dl_hand *hand, dl_error *err);
void dl_window_clear(dl_window *w); /* an empty window; memory kept                                */
void dl_window_free(dl_window *w);
/* A page with its prints; what has none (no address, clean text) is passed by. False: memory was refused. */
bool dl_window_hold(dl_window *w, const dl_raw *raw, const dl_prints *prints, size_t page);
/* Pages of which the others tell something are read again; all are then as they will be. */
DL_MUST_USE dl_status dl_window_settle(dl_window *w, dl_pile *p, dl_hand *hand, dl_error *err);

/* A failed stage may have said why; where it did not, say at least what and where. */
void dl_work_name_failure(dl_error *err, dl_status st, const char *id);
/* One page into a sealed document. Fails as dl_pipeline_read. */
DL_MUST_USE dl_status dl_work_page(dl_bytes *out, dl_build *b, const dl_raw *raw, const dl_models *m, const dl_beside *beside,
                                   dl_error *err);

/* Fetches pages first .. first + max - 1 of the store, and lets them settle their dates. */
DL_MUST_USE dl_status dl_work_fetch(dl_pile *p, uint32_t first, size_t max, dl_hand *hand, bool *out_end, dl_error *err);

/* What has to be found over the pages for a question. */
#define DL_NEED_COPIES 1u
#define DL_NEED_ACTORS 2u
#define DL_NEED_STORIES 4u
#define DL_NEED_EVENTS 8u
#define DL_NEED_ALL 15u
/* Fills the parts of the view that are needed; they lie in `keep`. */
DL_MUST_USE dl_status dl_look_over(dl_view *v, unsigned needs, dl_arena *keep, dl_error *err);

/* Tells of a page that failed, or of a note (status DL_OK). */
void dl_pile_tell(dl_pile *p, const dl_error *err);

/* Answers that need the pile itself: added.c, search.c, doctor.c, overrule.c. */
typedef dl_status dl_write_handle_fn(dl_out *o, dl_pile *p, dl_error *err);
dl_write_handle_fn dl_write_added, dl_write_search, dl_write_doctor, dl_write_overrule;

#endif
