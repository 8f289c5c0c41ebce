/* view.h: what the writers of answers see: the pages of a pile and what was found over them.
 * Parts that a question does not need are NULL. Everything is borrowed. */
#ifndef DL_API_VIEW_H
#define DL_API_VIEW_H

#include "actors/actors.h"
#include "base/json.h"
#include "copies/copies.h"
#include "dates/dates.h"
#include "events/merge.h"
#include "store/store.h"
#include "stories/stories.h"

typedef struct dl_view {
    const dl_pages *pages;
    const dl_models *models;
    const dl_copies *copies;
    const dl_actors *actors;
    const dl_stories *stories;
    const dl_happenings *events;
    /* The page as it was read, for showing what was removed; empty: not at hand. Holds until the next call. */
    dl_str (*raw)(void *ctx, uint32_t page);
    void *raw_ctx;
    /* Gives a pair its reasons, in the arena; NULL: they are there. False: no memory. */
    bool (*explain)(void *ctx, dl_pair *p, dl_arena *a);
    void *explain_ctx;
    uint32_t story; /* row of stories that is asked for, or DL_NONE: all                   */
    /* What a person decided on how pages count: those that hold, ascending by page. */
    const dl_ruling *ruling;
    uint32_t n_rulings;
    const dl_ruling *settled; /* [n_settled] the same for pairs of pages: of one story or not                */
    uint32_t n_settled;
} dl_view;

/* Where an answer goes: bytes collect in `buf`, which the caller empties between records. */
typedef struct dl_out {
    dl_buf *buf;
    const dl_request *req;
    dl_arena *scratch; /* a writer's own; given back by the caller between records            */
    uint64_t rows;     /* records written so far                                              */
    /* Hands out what has collected in `buf`; for answers longer than memory. */
    dl_status (*flush)(void *ctx, dl_error *err);
    dl_status (*sync)(void *ctx, dl_error *err); /* and has it handed on, before something is kept that says so */
    void *flush_ctx;                             /* of both                                             */
    uint32_t sents;                              /* parse: sentences of the page, whose parts come one after the other  */
} dl_out;

/* One file a question: src/api/write_*.c. Those of a page are called once a page in order of the
 * pile; those of the pile once. */
typedef void dl_write_page_fn(dl_out *o, const dl_view *v, uint32_t page, const dl_doc *d);
typedef dl_status dl_write_pile_fn(dl_out *o, const dl_view *v, dl_error *err);

/* One page: what was kept and what thrown away, and why; with req->damage its damaged passages. */
dl_status dl_write_page(dl_out *o, const dl_view *v, uint32_t page, dl_error *err);
dl_write_page_fn dl_write_extract, dl_write_parse, dl_write_when, dl_write_quotes;
dl_write_pile_fn dl_write_quotes_by_speaker, dl_write_actors, dl_write_events, dl_write_copies, dl_write_stories, dl_write_claims,
    dl_write_disagreements, dl_write_timeline, dl_write_brief, dl_write_export;
/* The last keys of a record of `extract`: what each voice of the page says of it. */
void dl_write_stated(dl_json *j, const dl_doc *d);
/* A row of `events --pairs`. */
void dl_write_pair(dl_out *o, dl_str id, dl_plover type);

#endif
