/* copies.h: who reprinted whom, seen over a pile of pages.
 *
 * Containment over rare word shingles, kept with offsets: A. Broder, "On the resemblance and
 * containment of documents" (1997). Two decisions are kept apart: is it a copy (pairs of kind
 * copy and rewrite make families), and which passages are shared (kind partial). A page that
 * names another outlet as its source only cites it. A text of which each page shows a part alone
 * is no page's (unseen.h): its pages are siblings.
 *
 * Reads  text, meta, credits of every page; no words, tags or trees.
 * Cost   linear in the shingles that are rare.   Fails DL_ENOMEM. */
#ifndef DL_COPIES_COPIES_H
#define DL_COPIES_COPIES_H

#include "base/arena.h"
#include "doc/pages.h"
#include "model/pack.h"

typedef enum dl_copy_kind { DL_COPY, DL_PARTIAL, DL_REWRITE, DL_CITES, DL_COPY_KINDS } dl_copy_kind;
typedef enum dl_direction { DL_DIR_UNKNOWN, DL_A_TO_B, DL_B_TO_A, DL_SIBLINGS, DL_DIRECTIONS } dl_direction;
/* Are the two one text? */
static inline bool dl_copy_whole(unsigned kind) { return kind == DL_COPY || kind == DL_REWRITE; }
extern const char *const dl_copy_words[DL_COPY_KINDS], *const dl_direction_words[DL_DIRECTIONS];

typedef struct dl_passage {
    dl_span a, b; /* bytes of the two texts                                                     */
} dl_passage;

typedef struct dl_pair { /* a < b in page number */
    uint32_t a, b;
    uint8_t kind;              /* dl_copy_kind                                                        */
    uint8_t direction;         /* dl_direction; DL_A_TO_B: b came from a                              */
    uint16_t signs;            /* bits: the dl_sign that spoke for the direction (pair.h)             */
    uint32_t share_a, share_b; /* parts per 10,000 of the body words that the other also has     */
    uint16_t retold;           /* parts per 10,000 of the text of the page that shares more which the other tells sentence by
                                  sentence; 0 unless that, and no runs of equal words, is why they are one text */
    uint16_t pad;
    uint32_t n_passages, n_why;
    const dl_passage *passages; /* [n_passages] in order of a                                   */
    const dl_str *why;          /* [n_why] reasons for a person                                        */
} dl_pair;

typedef enum dl_origin_kind { DL_WIRE, DL_NEWSROOM, DL_ORIGIN_UNKNOWN, DL_ORIGIN_KINDS } dl_origin_kind;
extern const char *const dl_origin_words[DL_ORIGIN_KINDS];

typedef struct dl_family { /* pages with one text, or one unseen source; a page alone is one too */
    uint32_t n;
    const uint32_t *page; /* [n] ascending                                                      */
    dl_str origin;        /* name of whom the text is from; empty: unknown                      */
    uint8_t origin_kind;  /* dl_origin_kind                                                     */
    uint32_t seen;        /* the page that is the origin, or DL_NONE: not in the pile           */
    bool in_parts;        /* no page shows the whole text (unseen.h); `seen` is DL_NONE         */
} dl_family;

/* Which pages count as one source. A text is a set of pages that are copies of one another. A line
 * is an independent line of reporting: a wire or a newsroom's own report. */
typedef struct dl_lines {
    uint32_t texts, lines;
    uint32_t *text;      /* [pages] number of its text                                         */
    uint32_t *line;      /* [pages] number of its line                                         */
    uint8_t *first_hand; /* [lines] 1: reporting of its own; 0: secondary                      */
    dl_str *name;        /* [lines] for a person: "Press Association", "The Lantern Post", "live page" */
} dl_lines;

typedef struct dl_copies {
    uint32_t pages;
    uint32_t n_pairs;
    const dl_pair *pair; /* [n_pairs] in order of a, b                                      */
    uint32_t n_families;
    const dl_family *family; /* [n_families] in order of first page                             */
    uint32_t *family_of;     /* [pages] row of family                                           */
    uint32_t *parent;        /* [pages] the page it came from, or DL_NONE                       */
    uint8_t *kind;           /* [pages] dl_copy_kind towards its family                         */
    uint8_t *credited;       /* [pages] 1: says whom its text is from                           */
    dl_lines lines;
} dl_copies;

/* The pair of two pages out of n in order of a, b, or NULL. O(log n). */
const dl_pair *dl_pair_of(const dl_pair *pair, size_t n, uint32_t x, uint32_t y);

/* Everything in *out lies in `keep`. */
DL_MUST_USE dl_status dl_copies_find(dl_copies *out, const dl_pages *pages, const dl_models *m, dl_arena *keep, dl_error *err);

#endif
