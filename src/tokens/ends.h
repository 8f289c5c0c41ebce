/* ends.h: the learnt judge of sentence ends: what it sees of a page, a line and a place, and how it scores. The same code
 * serves train/train_ends.c.
 *
 * A place is the gap behind a token. Those that may be an end (dl_end_candidate) are looked at from left to right: hashed features
 * of the words around, of the line and of the page go through a net of one hidden layer. Each feature is a row of that layer.
 *
 * Section "tokens/ends": dl_end_head | out f32[units] | bias f32[units] | slots of 1 + units bytes [slots]: the check of a
 * feature (learn.h) and its weight on each unit; DL_END_WIDTH bytes more. A slot of check 0 is free; slots are probed linearly. */
#ifndef DL_TOKENS_ENDS_H
#define DL_TOKENS_ENDS_H

#include "learn/learn.h"
#include "learn/lex.h"
#include "tokens/cut.h"

#define DL_END_MAGIC "DLEND\0\0\1"
enum {
    DL_END_REACH = 6, /* words seen to each side                                               */
    DL_END_TRAITS = 8,
    DL_END_WIDTH = 16,     /* units added at a time                                               */
    DL_END_UNITS_MAX = 64, /* a multiple of that                                                  */
    DL_END_SLOTS_MAX = 1 << 20,
    DL_END_PROBES = 16
};

typedef struct dl_end_head {
    char magic[8];
    uint32_t slots, units;
    float last; /* bias of the output                                                           */
    uint32_t zero;
} dl_end_head;

typedef struct dl_end_net { /* a view of the section; units 0: there is none                    */
    uint32_t slots, units;
    float last;
    const float *out, *bias; /* [units]                                                        */
    const int8_t *row;
} dl_end_net;

/* What is known of a page before any of its sentences (ends_page.c). */
typedef struct dl_end_page {
    uint8_t trait[DL_END_TRAITS];  /* each of few values                                        */
    bool loose;                    /* sentences begin with small letters here and there         */
    bool edited;                   /* lines of some length end with a stop, but for a few       */
    uint64_t heads[64], tails[64]; /* sets of hashes: how lines begin and end                   */
} dl_end_page;

/* A line's tokens as features want them. */
typedef struct dl_end_line {
    const dl_cut *c;
    const uint8_t *mark; /* [n] DL_RULE_*                                                       */
    dl_lex *word;        /* [n] with DL_END_REACH edges before and behind                       */
    uint16_t *ahead;     /* [n] tokens up to the next stop of the line                          */
    uint32_t n;
    uint8_t trait[4];
} dl_end_line;

typedef struct dl_end_state { /* of the sentence at hand                                        */
    uint32_t len, brackets;   /* tokens since the last end; brackets that are open              */
    bool quote;               /* a straight quotation mark is open                              */
} dl_end_state;

void dl_end_page_of(dl_end_page *out, const dl_build *b);
/* Whether the words behind byte i of the text begin another line of the page; whether those before it end one. */
bool dl_end_head_seen(const dl_cut *c, uint32_t i);
bool dl_end_tail_seen(const dl_cut *c, uint32_t i);

/* Whether the model is asked about the end behind token i of the line, i + 1 < n. */
bool dl_end_candidate(const dl_end_line *l, uint32_t i);
/* `mark` must live as long as the line. False: no memory. */
bool dl_end_line_of(dl_end_line *out, const dl_cut *c, const uint8_t *mark, dl_arena *a);
void dl_end_features(const dl_end_line *l, uint32_t i, const dl_end_state *s, dl_feats *f);
/* Whether a sentence ends behind token i, a candidate. */
bool dl_end_judge(const dl_end_net *net, const dl_end_line *l, uint32_t i, const dl_end_state *s);
/* The state behind token i. */
void dl_end_step(const dl_cut *c, uint32_t i, bool end, dl_end_state *s);

/* False (and an empty view) where the section is not of this form. */
bool dl_end_net_view(dl_end_net *out, dl_str section);
/* The slot at which a feature is looked for first. */
static inline uint64_t dl_end_slot(uint64_t feature, uint32_t slots) { return (feature & UINT32_MAX) * slots >> 32; }
/* Log-odds that a sentence ends here. */
float dl_end_net_score(const dl_end_net *net, const dl_feats *f);

#endif
