/* learn.h: the one learner: linear models over hashed features, and decoding with them.
 *
 * A feature is a 64-bit hash; a model gives each feature one weight a label. The code that makes
 * features is the same in training (train.h) and in use, so the two cannot drift apart.
 *
 *     dl_linear w;
 *     dl_linear_open(&w, models, "names/weights");       // a view: cheap, call it once a page
 *     dl_feats f = { .n = 0 };
 *     dl_feat_add(&f, dl_feat(T_WORD, word_hash));        // one line a template
 *     int32_t score[DL_LABELS_MAX];
 *     dl_linear_score(&w, f.h, f.n, score);               // greedy: dl_linear_best
 *
 * Sequences (names, cues): collect the features of every token in a dl_seq, then dl_seq_viterbi.
 *
 * A section (made by train.h), little endian, every part aligned to 8:
 *     dl_linear_head | label names, each NUL-terminated | values of the 256 weight codes i16[256]
 *     | transitions i32[(n_labels + 1) * n_labels] | slots | rows
 * Sparse layout: slots u32[2^bits] = check << 24 | byte of `rows`; a row is a count u8 and that many
 * (label u8, code u8). Dense layout (few labels): slots of 1 + n_labels bytes: check, codes. A check
 * is 8 bits of the hash, never 0: 0 is a free slot. Slots are probed linearly. Weights are companded
 * to 8 bits. */
#ifndef DL_LEARN_LEARN_H
#define DL_LEARN_LEARN_H

#include "base/arena.h"
#include "model/pack.h"

#define DL_LABELS_MAX 256 /* labels of one model, and the room every score array must have      */
#define DL_FEATS_MAX 160  /* features of one decision; more are dropped                         */

/* ---- Features ------------------------------------------------------------------------------ */

typedef struct dl_feats {
    uint32_t n;
    uint64_t h[DL_FEATS_MAX];
} dl_feats;

/* The feature of template t with value a, or with two or three values. */
static inline uint64_t dl_feat(uint64_t t, uint64_t a)
{
    uint64_t x = (a + t * UINT64_C(0x9e3779b97f4a7c15)) * UINT64_C(0xbf58476d1ce4e5b9);
    return (x ^ x >> 31) * UINT64_C(0x94d049bb133111eb);
}
static inline uint64_t dl_feat2(uint64_t t, uint64_t a, uint64_t b) { return dl_feat(dl_feat(t, a), b); }
static inline uint64_t dl_feat3(uint64_t t, uint64_t a, uint64_t b, uint64_t c) { return dl_feat(dl_feat2(t, a, b), c); }
static inline void dl_feat_add(dl_feats *f, uint64_t h)
{
    if (f->n < DL_FEATS_MAX) f->h[f->n++] = h;
}

/* The 8 bits that a slot keeps of its feature; never 0. */
static inline uint8_t dl_feat_check(uint64_t h) { return (uint8_t)(h >> 56 ? h >> 56 : 1); }

/* ---- Weights ------------------------------------------------------------------------------- */

typedef struct dl_linear_head {
    char magic[8];                                  /* "DLLIN\0\0\1"                                                   */
    uint32_t n_labels, bits;                        /* 2^bits slots                                                    */
    uint32_t dense;                                 /* 1: dense layout                                                 */
    uint32_t bio;                                   /* 1: labels are O, B-X, I-X: I-X follows only B-X and I-X          */
    uint64_t names, codes, trans, slots, rows, end; /* bytes from the start                     */
} dl_linear_head;

/* A view of a section; n_labels is 0 where there is none: every score is then 0. */
typedef struct dl_linear {
    uint32_t n_labels, dense, bio;
    uint64_t mask;        /* slots - 1                                                          */
    const char *names;    /* [n_labels] NUL-terminated, one after the other                     */
    const int16_t *code;  /* [256]                                                              */
    const int32_t *trans; /* [(n_labels + 1) * n_labels]; row n_labels: the start               */
    const uint8_t *slots, *rows;
    uint64_t rows_len;
} dl_linear;

/* False (and an empty view) where there is no such section or it is not of this form. */
bool dl_linear_open(dl_linear *out, const dl_models *m, const char *section);
bool dl_linear_view(dl_linear *out, dl_str section);
dl_str dl_linear_label(const dl_linear *w, uint32_t label);

/* score[0 .. n_labels) = the sum of the features' weights. score has DL_LABELS_MAX places. */
void dl_linear_score(const dl_linear *w, const uint64_t *feats, size_t n, int32_t *score);
/* The label of the highest score, the lowest such number. */
uint32_t dl_linear_best(const int32_t *score, uint32_t n_labels);

/* ---- Sequences ----------------------------------------------------------------------------- */

/* The features of the tokens of one sentence; grows in the arena. */
typedef struct dl_seq {
    dl_arena *arena;
    size_t n;       /* tokens                                                                   */
    size_t n_feats; /* features of them all                                                     */
    uint32_t *end;  /* [n] number of the feature behind the token's last                        */
    uint64_t *feat; /* [n_feats]                                                                */
    size_t end_cap, feat_cap;
} dl_seq;

void dl_seq_init(dl_seq *s, dl_arena *a);
void dl_seq_clear(dl_seq *s);                  /* no tokens; room kept                          */
bool dl_seq_add(dl_seq *s, const dl_feats *f); /* the next token; false: no memory               */
static inline uint32_t dl_seq_beg(const dl_seq *s, size_t i) { return i ? s->end[i - 1] : 0; }

/* The best label sequence under weights and transitions: label[n]. With `bio` only well-formed ones.
 * Working memory comes from scratch and is given back. All labels 0 when memory is refused or the
 * view is empty. O(n * n_labels^2). */
void dl_seq_viterbi(const dl_linear *w, const dl_seq *s, dl_arena *scratch, uint8_t *label);
/* The same over scores made elsewhere: score[n * n_labels], trans as in dl_linear (it may hold
 * DL_FORBIDDEN). False: no memory. */
#define DL_FORBIDDEN (INT32_MIN / 4)
bool dl_viterbi(const int32_t *score, const int32_t *trans, size_t n, uint32_t n_labels, dl_arena *scratch, uint8_t *label);
/* Whether label b may follow label a (a == n_labels: b may begin) when labels are O, B-X, I-X. */
bool dl_bio_may(dl_str a, dl_str b);

#endif
