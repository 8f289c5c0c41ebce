/* evidence.h: what the pages of a pile tell of each other's blocks.
 *
 * A paragraph that several articles of one host print is the host's furniture; one that another host's copy of the
 * same story keeps is body. Every page that was read leaves prints: its host, its title, a row a block. The prints
 * of a window of pages are put together and sealed; from then on the table is read only, workers may share it, and
 * each page is asked about: where the others tell something of it, it is read again with that in hand.
 *
 * host        of the page's address, else of its canonical one; without "www.", "m.", "amp.", "mobile." in front.
 *             Not the registrable domain: papers of one group share a domain and little else.
 * versions    pages of one host that share most of what few other pages of the host have, or the title and a good
 *             part of it: print and AMP versions, a report that was updated. They are one article and no evidence
 *             against each other.
 * teasers     a page that prints another's headline may tease it: its standfirst is no furniture for that.
 * copies      pages of other hosts whose bodies share a good part of their words.
 *
 * Cost  linear in the blocks; for each block at most EVIDENCE_NEAR other pages are looked at. */
#ifndef DL_EXTRACT_EVIDENCE_H
#define DL_EXTRACT_EVIDENCE_H

#include "base/hash.h"

typedef struct dl_print { /* a block */
    uint64_t hash;        /* of its words                                                             */
    uint32_t words;       /* words; a third of the characters in scripts without blanks                */
    uint8_t kept;         /* in the body                                                             */
    uint8_t marked;       /* would be, but for what other pages told                                   */
    uint8_t prose;        /* words enough for a sentence, and no more than half of it links             */
} dl_print;

typedef struct dl_prints { /* a page */
    dl_str host;           /* as compared; empty: unknown, the page has no part in it                  */
    uint64_t title;        /* hash of the headline's words; 0: none                                    */
    uint64_t body;         /* hash of the body's words                                                 */
    dl_print *row;         /* [n] each block once                                                       */
    uint32_t n;
} dl_prints;

#define DL_TOLD_KEPT 0x10000u /* by itself, an article of the host has it in its body                 */

typedef struct dl_marks { /* what the others tell of a page */
    dl_str host;
    uint32_t pages; /* of the host                                                             */
    dl_map told;    /* hash of a block -> DL_TOLD_* | host_pages << 8 | other_hosts                */
} dl_marks;

/* May a block be furniture that `others` other articles of a host print, of which there are `all` pages? Two others
 * tell it; one, where the host has hardly more: two reports of hundreds may share a paragraph of background. */
static inline bool dl_evidence_against(uint32_t others, uint32_t all) { return others >= 2 || (others == 1 && all <= 3); }

/* A page among others, for dl_extract_among. */
typedef struct dl_beside {
    const dl_marks *marks;            /* in: NULL: nothing is told of it                        */
    const struct dl_evidence *before; /* in, where `marks` is NULL: pages that came before it; may be NULL */
    dl_prints *prints;                /* out: NULL: not wanted                                  */
    dl_arena *arena;                  /* where the prints are put                              */
} dl_beside;

typedef struct dl_lists { /* lists of pages by key */
    dl_map row;           /* key -> row                                                         */
    uint32_t rows, n;
    size_t rows_cap, page_cap, next_cap;
    struct dl_list {
        uint32_t n, last; /* pages; the newest one's place in page[]                             */
    } * list;             /* [rows]                                                            */
    uint32_t *page;       /* [n] number of the page << 1 | kept                                  */
    uint32_t *next;       /* [n] place of the one before, or DL_NONE                             */
} dl_lists;

typedef struct dl_evidence {
    dl_arena *arena;
    dl_prints *page; /* [n]                                                                   */
    uint32_t n;
    size_t cap;
    uint32_t *host;   /* [n] number of the host                                                 */
    uint32_t *weight; /* [n] words of prose, each divided by the pages of the host that have them   */
    uint32_t *kept;   /* [n] words of prose in the body                                         */
    uint32_t *pages;  /* [hosts]                                                              */
    uint32_t hosts;
    dl_map number;        /* hash of a host -> its number                                             */
    dl_lists site, story; /* by host and block; by block                                        */
} dl_evidence;

void dl_evidence_init(dl_evidence *e, dl_arena *a);
/* Takes a page with a known host, in order of the pile; the prints are copied. False: memory was refused. */
bool dl_evidence_add(dl_evidence *e, const dl_prints *p);
/* Puts together what was taken; more may be taken after that, and sealed again. */
bool dl_evidence_seal(dl_evidence *e);
/* What the pages so far tell of one that is not among them; false: nothing by which it would be read otherwise. */
bool dl_evidence_foresee(const dl_evidence *e, const dl_prints *p, dl_arena *a, dl_marks *out);
/* What the others tell of page n, in `a`; true: of what it kept or left out, so that it must be read again. */
bool dl_evidence_ask(const dl_evidence *e, uint32_t n, dl_arena *a, dl_marks *out);

#endif
