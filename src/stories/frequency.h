/* frequency.h: in how many pages a term stands: the background's, and those of the stream as it runs.
 *
 * In constant memory: with more than DL_FREQUENCY_TERMS terms or DL_FREQUENCY_PAGES pages all counts are halved and what is left
 * with none goes (after G. Manku & R. Motwani, "Approximate frequency counts over data streams", 2002),
 * so that old pages count less and less. */
#ifndef DL_STORIES_FREQUENCY_H
#define DL_STORIES_FREQUENCY_H

#include "base/buf.h"
#include "card/background.h"

#define DL_FREQUENCY_TERMS (3u << 20)
#define DL_FREQUENCY_PAGES (1u << 23)

typedef struct dl_frequency {
    dl_background background;
    struct dl_frequency_slot {
        uint32_t term;
        uint32_t pages : 24; /* 0: the slot is free                                               */
        uint32_t level : 8;  /* dl_background_level of the term                                      */
    } * slot;                /* [cap]                                                             */
    uint32_t n, cap, pages;  /* cap: a power of two, or 0                                         */
    double log_all;          /* of all pages, the background's too                                   */
} dl_frequency;

void dl_frequency_init(dl_frequency *f, const dl_models *m);
void dl_frequency_free(dl_frequency *f);
/* Counts a page with n terms, each once. False: no memory. */
bool dl_frequency_count(dl_frequency *f, const uint32_t *term, uint32_t n);
/* ln(pages / pages with the term), the stream's pages counted several times: they are what a page is
 * to be told from. */
double dl_frequency_idf(const dl_frequency *f, uint32_t term);

/* As bytes, and back; *at moves on. False: no memory, or damaged. */
bool dl_frequency_put(const dl_frequency *f, dl_buf *out);
bool dl_frequency_take(dl_frequency *f, const uint8_t **at, const uint8_t *end);

#endif
