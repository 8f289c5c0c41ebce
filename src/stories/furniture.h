/* furniture.h: lines and pieces of headlines that stand in many different texts: notices, menus, the
 * name of the site behind the headline. They tell nothing of a story. Learnt as the stream runs.
 *
 * A text is counted as a different one when its page is of another story than the one counted
 * before, or has another headline on the same host: a wire that two hundred papers print stays text.
 * In constant memory: of too many lines the half that was seen longest ago goes. */
#ifndef DL_STORIES_FURNITURE_H
#define DL_STORIES_FURNITURE_H

#include "stories/sheet.h"

#define DL_FURNITURE_LINES (3u << 20)

typedef struct dl_furniture {
    struct dl_furniture_slot {
        uint64_t line;  /* its hash; 0: the slot is free                                          */
        uint32_t page;  /* the last one that counted                                             */
        uint32_t host;  /* its host                                                              */
        uint32_t title; /* bits of its headline's words                                          */
        uint32_t texts; /* different texts that have the line, up to a ceiling                     */
    } * slot;           /* [cap]                                                                  */
    uint32_t n, cap;    /* cap: a power of two, or 0                                              */
    uint32_t since;     /* page from which lines were seen, after those that went                   */
} dl_furniture;

/* Are two pages of one story, as far as is known? Pages that left are not. */
typedef bool dl_furniture_same_fn(const void *ctx, uint32_t a, uint32_t b);

void dl_furniture_free(dl_furniture *f);
/* Counts the lines of a page. False: no memory. */
bool dl_furniture_count(dl_furniture *f, const dl_sheet *s, uint32_t page, dl_furniture_same_fn *same, const void *ctx);
/* w[n], words of that page's headline or body, without those of furniture, flags too, into `out`, which has room for them. A
 * line that the last page of the same host had, too, under another headline, is taken for furniture at once, if enough is left
 * without such lines. */
void dl_furniture_drop(const dl_furniture *f, dl_words *out, const dl_words *w, const dl_sheet *page, bool title);

/* As bytes, and back; *at moves on. False: no memory, or damaged. */
bool dl_furniture_put(const dl_furniture *f, dl_buf *out);
bool dl_furniture_take(dl_furniture *f, const uint8_t **at, const uint8_t *end);

#endif
