/* work.h: what the files of this room share: the working columns of one page. Not for other rooms. */
#ifndef DL_QUOTES_WORK_H
#define DL_QUOTES_WORK_H

#include "base/hash.h"
#include "learn/learn.h"
#include "quotes/marks.h"

typedef enum dl_cue { /* data/speech_cues.tsv */
                      DL_CUE_NONE,
                      DL_CUE_SAY,
                      DL_CUE_THINK,
                      DL_CUE_ASK,
                      DL_CUE_WILL,
                      DL_CUE_WISH,
                      DL_CUE_JUDGE,
                      DL_CUE_SHOW,
                      DL_CUE_NOUN,
                      DL_CUE_HEARSAY,
                      DL_CUES
} dl_cue;

typedef enum dl_within { DL_OUTSIDE, DL_OPENS, DL_INSIDE, DL_SHUTS } dl_within;

typedef enum dl_said { /* labels of the tagger */
                       DL_SAID_O,
                       DL_SAID_B_SOURCE,
                       DL_SAID_I_SOURCE,
                       DL_SAID_B_CUE,
                       DL_SAID_I_CUE,
                       DL_SAID_B_CONTENT,
                       DL_SAID_I_CONTENT,
                       DL_SAIDS
} dl_said;
extern const char *const dl_said_names[DL_SAIDS];

typedef struct dl_quoting {
    const dl_doc *d;
    const dl_models *m;
    dl_arena *a; /* scratch; all below lies in it                                              */
    dl_marks marks;
    uint32_t n;      /* tokens                                                                 */
    uint64_t *low;   /* [n] hash of the word in lower case                                     */
    uint64_t *lem;   /* [n] hash of the lemma in lower case                                    */
    uint8_t *cue;    /* [n] dl_cue                                                             */
    uint8_t *shape;  /* [n] letters, case, digits in a few classes                             */
    uint8_t *within; /* [n] dl_within: against quotation marks                                 */
    uint32_t *mark;  /* [n] row of marks, or DL_NONE                                           */
    uint8_t *name;   /* [n] 0, or 1 + 2 * dl_name_type, one more inside the name               */
    uint32_t *sent;  /* [n] row of sents                                                       */
    uint32_t *gov;   /* [n] the nearest word above that governs as a clause does, or DL_NONE   */
    uint8_t *via;    /* [n] relation (dl_rel) by which it does                                 */
    uint8_t *frame;  /* [n] of a governor: DL_FRAME_* bits                                     */
    uint32_t *who;   /* [n] of a governor: its subject, or DL_NONE                             */
    uint32_t *what;  /* [n] of a governor: its object, else its complement, or DL_NONE         */
    uint8_t *label;  /* [n] dl_said                                                            */
} dl_quoting;
#define DL_FRAME_SUBJECT 1u /* has a subject                                                     */
#define DL_FRAME_CLAUSE 2u  /* has a clausal complement                                          */
#define DL_FRAME_THAT 4u    /* that complement begins with "that"                                */
#define DL_FRAME_ASIDE 8u   /* has or is a parataxis                                             */
#define DL_FRAME_PASSIVE 16u
#define DL_FRAME_OPEN 32u /* has an xcomp                                                        */
#define DL_FRAME_OBJECT 64u

/* Fills all but `label`. False: no memory. */
DL_MUST_USE bool dl_quoting_open(dl_quoting *q, const dl_doc *d, const dl_models *m, dl_arena *a);
/* The features of a token, as the tagger and its trainer see it. */
void dl_quoting_feats(const dl_quoting *q, dl_span run, uint32_t tok, dl_feats *f);
/* The run of tokens that is decoded as one: a paragraph, cut at DL_RUN_MAX tokens. */
dl_span dl_quoting_run(const dl_quoting *q, uint32_t from);
#define DL_RUN_MAX 600
/* The best labels of a run: label[seq->n]. False: no memory. */
DL_MUST_USE bool dl_quoting_decode(const dl_linear *w, const dl_seq *seq, dl_arena *scratch, uint8_t *label);
/* Labels every token. False: no memory. */
DL_MUST_USE bool dl_quoting_label(dl_quoting *q);

/* The lower-case word is `word`. */
static inline bool dl_word_is(const dl_quoting *q, uint32_t tok, const char *word)
{
    return tok < q->n && dl_str_eq_nocase(dl_tok_text(q->d, tok), dl_str_of(word));
}

#endif
