/* pair.h: what two pages have in common, word for word, and what that makes them. */
#ifndef DL_COPIES_PAIR_H
#define DL_COPIES_PAIR_H

#include "card/background.h"
#include "copies/align.h"
#include "copies/copies.h"
#include "copies/index.h"

/* A page prepared for comparison. */
typedef struct dl_side {
    uint32_t page;
    const dl_card *card;
    dl_words all;
    uint32_t n;           /* words that are no furniture                                        */
    const uint32_t *word; /* [n] their hashes                                                   */
    uint32_t *row;        /* [n] their rows in `all`                                            */
    uint8_t *level;       /* [n] how common they are (background.h), once that was asked; else DL_LEVEL_UNASKED */
    dl_levels *asked;     /* of whoever compares, or NULL                                       */
} dl_side;
#define DL_LEVEL_UNASKED 255u

static inline uint8_t dl_side_flags(const dl_side *s, uint32_t i) { return s->all.flags[s->row[i]]; }
/* Is the word a name or a number? */
static inline bool dl_side_named(const dl_side *s, uint32_t i)
{
    uint8_t f = dl_side_flags(s, i);
    return (f & DL_WORD_NUMBER) || ((f & DL_WORD_UPPER) && !(f & (DL_WORD_SENT | DL_WORD_LINE)));
}

/* How common the word is: its level in the background. */
static inline uint8_t dl_side_level(const dl_side *s, uint32_t i, const dl_background *bg)
{
    if (s->level[i] == DL_LEVEL_UNASKED)
        s->level[i] = s->asked ? dl_levels_ask(s->asked, bg, s->word[i]) : dl_background_level(bg, s->word[i]);
    return s->level[i];
}

/* Leaves template lines out of the page's words, of which the flags may be changed. Everything in `a`.
 * False: no memory. */
bool dl_side_make(dl_side *out, uint32_t page, const dl_words *all, const dl_card *card, const dl_shared *shared, dl_arena *a);

/* Where a page's headline words stand: shares of them in what both pages have and in the rest. */
typedef struct dl_headline {
    double shared, rest; /* both 0 where there is no headline                                    */
} dl_headline;

/* How a pair came out, before families are formed. */
typedef struct dl_compared {
    dl_alignment al;
    dl_alignment bridged;  /* of a pair that may be a copy: with what was put in other words between the runs */
    double part_a, part_b; /* share of each side's words                                        */
    double same;           /* share of equal words inside the passages                           */
    double longest;        /* equal words of the longest passage                                 */
    double sentences;      /* words of the whole sentences that one passage holds                 */
    double told;           /* of these, a reporter's: no quotation, no heading                   */
    double alone;          /* the longest stretch of prose between passages, of the page that shares
                              more: its share of that page                                     */
    double between;        /* of the same page, the share of prose of its own between the passages           */
    double covered;        /* the larger share of a page that the other tells, be it in other words      */
    double strange;        /* names and numbers of the passages that the other page lacks        */
    double reused;         /* words of a reporter's in sentences of the one that the other has, too, runs or no runs */
    bool item;             /* one page is an item of the other's list                            */
    bool retold;           /* hardly a run of words is equal, but sentence by sentence the one tells the other:
                              the passages are such sentences                                    */
    dl_headline a_head, b_head;
} dl_compared;

/* Compares a with b, whose index is given. Everything in `scratch`. False: no memory. */
bool dl_pair_compare(dl_compared *out, const dl_side *a, const dl_side *b, const dl_align_index *index, const dl_background *bg,
                     dl_arena *scratch);
/* The kind of the pair; DL_COPY_KINDS: nothing worth telling. */
dl_copy_kind dl_pair_judge(const dl_compared *c, const dl_side *a, const dl_side *b);
/* What the two say of where they have their text from. */
typedef struct dl_credit {
    bool wire; /* one of them credits a wire whose own page is not among them                     */
    bool a, b; /* a names b's outlet; b names a's                                               */
} dl_credit;

/* Why a direction was found: bits of dl_pair.signs, each a sign that spoke for it. */
typedef enum dl_sign {
    DL_SIGN_CREDIT, /* names the other's outlet as its source                                     */
    DL_SIGN_DATE,   /* later days, or a later hour of the same day                                */
    DL_SIGN_TITLE,  /* no headline                                                                */
    DL_SIGN_PROSE,  /* lacks prose                                                                */
    DL_SIGN_BEFORE, /* prose gained in front                                                      */
    DL_SIGN_AFTER,  /* prose cut off behind                                                       */
    DL_SIGN_MENU,   /* menus gained                                                               */
    DL_SIGN_MARKUP, /* remains of markup                                                          */
    DL_SIGN_RARE,   /* words replaced by rarer ones                                               */
    DL_SIGN_LENGTH, /* shorter                                                                    */
    DL_SIGN_FITS,   /* what it alone has speaks of other things than what both have               */
    DL_SIGNS
} dl_sign;
#define DL_SIGN_PARTS 0x8000u /* in `signs`: siblings, as each lacks what the other has of their family's text (unseen.h) */

/* Which came from which: credits, dates, what one has and the other lacks, replaced words, headlines.
 * Sets out->direction and out->signs. False: no memory. */
bool dl_pair_direction(dl_pair *out, const dl_compared *c, const dl_side *a, const dl_side *b, const dl_background *bg,
                       dl_credit credit, dl_arena *scratch);
/* Passages in bytes, in `keep`. */
bool dl_pair_passages(dl_pair *out, const dl_compared *c, const dl_side *a, const dl_side *b, dl_arena *keep);

#endif
