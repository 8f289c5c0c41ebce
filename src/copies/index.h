/* index.h: which pages share which rare shingles, and which shingles are furniture.
 *
 * A shingle that stands on many pages of different matter (far apart in time, or with nothing else
 * in common) is template text: paywall notices, share bars, lists of videos. It is no evidence of
 * copying, however much of a page it fills. */
#ifndef DL_COPIES_INDEX_H
#define DL_COPIES_INDEX_H

#include "card/card.h"
#include "copies/shingles.h"

typedef enum dl_shared_kind {
    DL_SHARED_MATTER,
    DL_SHARED_DOUBTFUL, /* on three different matters: a long passage may still be copied          */
    DL_SHARED_FURNITURE /* on four: template text                                                */
} dl_shared_kind;

#define DL_SHARED_BUCKETS 65536u
/* A shingle on more pages than that, of one matter: its first DL_SHARED_KEPT stand for all, and the
 * others are compared with those. */
#define DL_SHARED_MAX 4096u
#define DL_SHARED_KEPT 16u

typedef struct dl_shared { /* shingles that stand on two pages or more */
    uint32_t n;
    const uint32_t *hash;     /* [n] ascending                                                   */
    const uint32_t *beg;      /* [n + 1] rows of page                                            */
    const uint32_t *page;     /* [beg[n]] ascending within a shingle; none of furniture          */
    const uint8_t *furniture; /* [n] dl_shared_kind                                            */
    uint8_t *marked;          /* [pages] 1: holds a shingle that is furniture or doubtful         */
    uint32_t *bucket;         /* [DL_SHARED_BUCKETS + 1] first row whose hash has these top bits   */
    uint64_t *odd;            /* bits: some shingle with these top bits is furniture or doubtful     */
    uint32_t odd_shift;       /* to those bits                                                   */
    dl_mapped map[4];         /* where the first four lie                                        */
} dl_shared;

typedef struct dl_candidate {
    uint32_t page;  /* the earlier page                                                         */
    uint32_t count; /* sampled shingles that both have                                          */
} dl_candidate;

/* Of the shingles of an index. page_of[page of the index] is the row of `card`, in the order that
 * counts as earlier and later; DL_NONE: there is none. The cards' sketches are what was indexed. Ended by
 * dl_shared_close, also when it fails. O(postings). */
DL_MUST_USE dl_status dl_shared_make(dl_shared *out, dl_shingles *x, const uint32_t *page_of, uint32_t n_pages,
                                     const dl_card *card, uint32_t n_cards, dl_arena *keep, dl_error *err);
void dl_shared_close(dl_shared *s);
/* Row of a shingle; DL_NONE: it stands on one page alone. */
uint32_t dl_shared_find(const dl_shared *s, uint32_t hash);
/* May it be furniture or doubtful? Mostly not, which is told at once. */
static inline bool dl_shared_odd(const dl_shared *s, uint32_t hash)
{
    uint32_t bit = hash >> s->odd_shift;
    return s->odd[bit / 64] >> (bit % 64) & 1;
}
/* Earlier pages that share two rare shingles or more with page b, or one where either page is short, most
 * first; in `a`. `count` is [n_cards], zero on entry and on return. At most DL_CANDIDATES_MAX. */
#define DL_CANDIDATES_MAX 128u
bool dl_candidates(dl_candidate **out, uint32_t *n, const dl_shared *s, const dl_card *card, uint32_t b, uint32_t *count,
                   dl_arena *a);

/* Are the two pages of one matter, as far as headline, time and the rest of their text tell? */
bool dl_same_matter(const dl_card *a, const dl_card *b);
/* How many of the distinct values of a few stand among those of b, in any order. O(na * nb). */
uint32_t dl_in_common(const uint32_t *a, uint32_t na, const uint32_t *b, uint32_t nb);

#endif
