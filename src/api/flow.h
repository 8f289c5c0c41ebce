/* flow.h: pages on their way through the stream of stories: read once, kept as sheets in a file, then in order of time. */
#ifndef DL_API_FLOW_H
#define DL_API_FLOW_H

#include "api/pile.h"
#include "copies/corpus.h"
#include "stories/kept.h"

typedef struct dl_given { /* a page, in the order of the input                                         */
    uint64_t key;
    uint64_t at;     /* where its sheet lies; of a page that was known, its id                      */
    uint64_t text;   /* where headline and body lie, if they are kept                               */
    uint32_t number; /* in the stream; DL_NONE: none of this run                                  */
    uint32_t len;    /* of a known page: of its id                                              */
    uint32_t text_len;
    int32_t told; /* the day it tells of (stories/span.h), if it is asked for                        */
    uint8_t known, read;
    uint8_t again; /* with rows_too: it came before in this run                                      */
} dl_given;

typedef struct dl_flow {
    dl_pile *pile;
    bool texts_too; /* headlines and bodies are kept                                               */
    bool rows_too;  /* copies are found, and days that pages tell of                                 */
    dl_kept kept;
    dl_corpus corpus; /* with rows_too: pages in the order in which they were read               */
    dl_map came;      /* with rows_too: pages by their keys                                        */
    dl_spool sheets, texts;
    dl_mapped map, text_map; /* both, once all are there                                            */
    dl_buf names;            /* ids of the known pages                                              */
    dl_arena arena;          /* until the call ends                                                 */
    dl_given *page;          /* [n]                                                                */
    size_t n, cap, next;
    int lean;
} dl_flow;

/* Opens the stream, reads all pages and puts them through. `f` has pile, lean and what is to be kept too; it is to be closed
 * all the same. */
DL_MUST_USE dl_status dl_flow_run(dl_flow *f, const char *index, const dl_online_set *set, dl_error *err);
void dl_flow_close(dl_flow *f);

static inline const dl_sheet *dl_flow_sheet(const dl_flow *f, const dl_given *g)
{
    return (const dl_sheet *)(const void *)(f->map.p + g->at);
}
/* The text of a page, headline first; empty: not kept. */
static inline dl_str dl_flow_text(const dl_flow *f, const dl_given *g)
{
    return f->text_map.p ? dl_str_cut((dl_str){ (const char *)f->text_map.p, f->text_map.len }, g->text, g->text + g->text_len)
                         : (dl_str){ 0 };
}

/* Pages of the flow as documents with id, headline and dates alone, for those who ask for a few at a time. */
typedef struct dl_flow_pages {
    const dl_flow *flow;
    const uint32_t *given; /* [n] which pages of the flow; NULL: all                               */
    struct {
        dl_doc doc;
        dl_meta meta;
    } slot[8];
    uint32_t next;
} dl_flow_pages;
/* The first n; `p` has flow and given, and must outlive the view. */
dl_pages dl_flow_pages_of(dl_flow_pages *p, uint32_t n);

#endif
