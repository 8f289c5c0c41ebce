/* online.h: a stream of pages becomes stories, online: each page joins one story or opens one, and what
 * is known of the pages around it is thought over again: a page may move to a story that it fits better,
 * two stories may become one, a page that fits no longer is put out into a story of its own.
 *
 *     dl_online_open, dl_online_add for each page in order, dl_online_close
 *
 * Method: pages are compared one with one, with those that share weighty terms within a window, by the
 * learnt link of link.h; a page belongs to the story to whose members it has the highest mean link
 * (average linkage, so that one page that resembles two stories does not chain them). Online and with a
 * forgetting window after S. Miranda et al., "Multilingual clustering of streaming news" (2018).
 *
 * Order. The answer depends on the order of the pages and on nothing else: give them in order of time,
 * then of a stable name. A page's day is a hypothesis: the clock of the window goes by what several
 * pages say, and a page without a day is compared by its words alone.
 *
 * Memory and time a page are bounded by the window, not by the length of the stream. One thread. */
#ifndef DL_STORIES_ONLINE_H
#define DL_STORIES_ONLINE_H

#include "base/tape.h"
#include "stories/clock.h"
#include "stories/link.h"
#include "stories/postings.h"
#include "stories/stories.h"

/* What happened to a page or a story. */
typedef enum dl_change_kind {
    DL_CHANGE_OPENS,   /* the page opens story `to`                                                */
    DL_CHANGE_JOINS,   /* the page joins story `to`                                                 */
    DL_CHANGE_MOVES,   /* the page leaves `from` for `to`, which it fits better                        */
    DL_CHANGE_PUT_OUT, /* the page fits `from` no longer and opens `to`                              */
    DL_CHANGE_MERGES,  /* story `from` becomes part of `to`                                         */
    DL_CHANGES
} dl_change_kind;
extern const char *const dl_change_words[DL_CHANGES];

typedef struct dl_change {
    uint32_t cause;    /* the page that came                                                          */
    uint32_t page;     /* the page it happened to; DL_NONE: a story                                    */
    uint32_t from, to; /* numbers of stories; DL_NONE: none                                           */
    float link;        /* the mean link to `to`, or between the stories                                */
    float rival;       /* the mean link to the next best story, or to `from`                             */
    uint8_t kind;
} dl_change;

typedef struct dl_online_set {
    /* Pages leave when the clock is this much beyond them; 0: when it is DL_ONLINE_DAYS, and there are more than
     * DL_ONLINE_LEAST, so that of a small pile nothing leaves. */
    uint32_t days;
    uint32_t pages;            /* pages that are compared with at most; 0: DL_ONLINE_PAGES                        */
    const dl_story_rule *rule; /* [n_rules] by the numbers that pages will have, a < b                */
    uint32_t n_rules;
    /* A page leaves the window: its story will not change any more. May be NULL. */
    bool (*leaves)(void *ctx, uint32_t page, uint32_t story);
    /* For the trainer; may be NULL. Whether two pages are of one story, instead of what was found. */
    bool (*same)(const void *ctx, uint32_t a, uint32_t b);
    /* For the trainer; may be NULL. A pair that was compared, the earlier page first, before it is judged. */
    void (*saw)(void *ctx, uint32_t a, uint32_t b, const double feature[DL_LINK_FEATURES]);
    void *ctx;
    bool log; /* changes are kept                                                                 */
} dl_online_set;
#define DL_ONLINE_DAYS 90u
#define DL_ONLINE_LEAST 50000u
#define DL_ONLINE_PAGES (1u << 20)

/* What is asked of hundreds of pages when one comes: kept small and side by side. */
typedef struct dl_online_page { /* of the window                                                   */
    uint64_t cells;             /* the first of those of its terms                                          */
    uint32_t story;             /* row of story                                                            */
    int32_t day;                /* of publication, or DL_DAY_UNKNOWN                                          */
} dl_online_page;

typedef struct dl_online_ties { /* of the same page                                               */
    uint64_t links;             /* the first of its links to earlier pages                                   */
    uint32_t n_links;
    uint32_t later;      /* the latest of its rows of links to later pages, or DL_NONE                */
    uint32_t next, prev; /* page of the same story, or DL_NONE                                        */
    int32_t came;        /* what the clock showed                                                  */
} dl_online_ties;

/* How a page's cells begin. Behind it: hashes of the bags, weights of bags and parts, places of parts; all side by side, since
 * they are read together. */
typedef struct dl_online_terms {
    dl_told told;
    uint32_t words;
    uint16_t n[DL_BAGS], n_part[DL_PARTS]; /* terms of each                                          */
} dl_online_terms;

typedef struct dl_near {
    uint32_t page;
    float p; /* dl_link                                                                             */
} dl_near;

/* Links to later pages, side by side, since thousands of them are read for a page: 64 bytes. */
#define DL_LATER_LINKS 7u
typedef struct dl_online_later {
    dl_near link[DL_LATER_LINKS]; /* [n] pages ascending                                                */
    uint32_t n, before;           /* n 0: the row is free; the row with earlier ones, the next free one, or DL_NONE */
} dl_online_later;

typedef struct dl_online_story { /* one with pages in the window, or a free row: n 0                  */
    uint32_t number;             /* for good                                                             */
    uint32_t first, last;        /* pages of the window                                                  */
    uint32_t n, gone;            /* pages in the window; pages that have left                                */
    uint32_t continues;          /* number of the story that this one goes on with, or DL_NONE                */
    int32_t from, to;            /* days of its pages, as printed; from > to: none has one                   */
} dl_online_story;

typedef struct dl_online {
    dl_online_set set; /* without zeroes                                                         */
    uint32_t least;    /* pages that stay in any case                                              */
    dl_link_model model;
    dl_frequency frequency;
    dl_furniture furniture;
    dl_calendar calendar;
    dl_postings postings;
    dl_tape page, ties, cell, link, later, change; /* cell: of eight bytes                                    */
    uint32_t free_later;                           /* a free row of `later`, or DL_NONE                                        */
    dl_online_story *story;                        /* [stories]                                                            */
    uint32_t stories, stories_cap, free;           /* rows; room; the first free row, or DL_NONE: `first` has the next */
    uint32_t numbers;                              /* stories ever opened                                                  */
    dl_clock clock;
    uint32_t swept; /* the window's first page when the postings were last swept                */
    dl_arena scratch;
} dl_online;

/* Fails DL_EMODEL, DL_ENOMEM; is to be closed all the same. Of the settings, what is pointed to stays the caller's. */
DL_MUST_USE dl_status dl_online_open(dl_online *out, const dl_models *m, const dl_online_set *set, dl_error *err);
void dl_online_close(dl_online *s);
/* The next page; its number is how many came before. */
DL_MUST_USE dl_status dl_online_add(dl_online *s, const dl_sheet *page, dl_error *err);
/* Pages that were added. */
static inline uint32_t dl_online_pages(const dl_online *s) { return (uint32_t)s->page.hi; }
/* Is a page still in the window? */
static inline bool dl_online_has(const dl_online *s, uint32_t page) { return page >= s->page.lo && page < s->page.hi; }
static inline dl_online_page *dl_online_at(const dl_online *s, uint32_t page) { return dl_tape_at(&s->page, page); }
static inline dl_online_ties *dl_online_ties_of(const dl_online *s, uint32_t page) { return dl_tape_at(&s->ties, page); }
/* The story of a page of the window. */
static inline dl_online_story *dl_online_of(const dl_online *s, uint32_t page) { return &s->story[dl_online_at(s, page)->story]; }
/* A page's terms; a view of the stream. */
dl_vector dl_online_vector(const dl_online *s, uint32_t page);
/* How many cells they take. */
uint32_t dl_online_cells(const dl_online_terms *t);

/* Its links to other pages of the window: `see` is called for each, in no order to rely on. Of the links of later pages
 * the latest only. */
typedef void dl_online_see_fn(void *ctx, uint32_t other, double p);
void dl_online_links(const dl_online *s, uint32_t page, dl_online_see_fn *see, void *ctx);

/* The sum of its links to other pages of its story: how central it is there. */
double dl_online_centre(const dl_online *s, uint32_t page);

/* State as bytes, and back into a stream just opened with the same settings: what follows comes out as if nothing had
 * been. dl_online_take fails DL_ESTORE where the bytes are damaged. */
bool dl_online_put(const dl_online *s, dl_buf *out);
DL_MUST_USE dl_status dl_online_take(dl_online *s, dl_str bytes, dl_error *err);

/* ---- Between the files of this room -------------------------------------------------------------- */

/* near.c: the pages of the window that are like `v`, a page not yet added, with their links; at most DL_NEAR_MAX. They are
 * looked up by its heaviest terms, which are put in another order. */
#define DL_NEAR_MAX 32u
#define DL_NEAR_ASKED 40u /* heaviest terms of a page by which it is found, and finds others              */
DL_MUST_USE bool dl_online_near(dl_online *s, const dl_vector *v, dl_term *heavy, uint32_t n_heavy, dl_near *out, uint32_t *n);
/* groups.c: gives the page a story, and thinks over again what lies around it. False: no memory. */
DL_MUST_USE bool dl_online_join(dl_online *s, uint32_t page);
/* groups.c: takes the first page of the window out of its story. */
void dl_online_leave(dl_online *s, uint32_t page);

#endif
