/* why.h: why a page is in the story where it is. */
#ifndef DL_API_WHY_H
#define DL_API_WHY_H

#include "api/view.h"
#include "stories/kept.h"

typedef struct dl_why {
    const dl_kept *kept;
    uint32_t page;                                 /* of the window                                                        */
    dl_str title;                                  /* its headline; empty: not at hand                                        */
    dl_str text;                                   /* headline and body, to name words by; empty: not at hand                  */
    dl_str (*title_of)(void *ctx, uint32_t page);  /* of other pages; empty: not at hand              */
    uint32_t (*number)(void *ctx, uint32_t story); /* what a story is called to the user              */
    void *ctx;
    const dl_view *ruled; /* what people have settled of pages; NULL: nothing                      */
    uint32_t ruled_page;  /* this one, in it                                                     */
} dl_why;

/* As text or as one line of JSON: its story, what happened to it, its links and the words that speak for them. */
DL_MUST_USE dl_status dl_write_why(dl_out *o, const dl_why *w, dl_error *err);

/* Of a page that has left the window, its story and what the log has of it; reads `kept` and `number`. DL_ENONE: there is
 * nothing under that id. */
DL_MUST_USE dl_status dl_write_gone(dl_out *o, const dl_why *w, dl_str id, dl_error *err);

#endif
