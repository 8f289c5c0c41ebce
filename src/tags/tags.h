/* tags.h: Penn and UD part-of-speech tags, and each token's part in a name, from what a network makes of a sentence; lemmas.
 *
 * Penn tags are those of English Web Treebank and GUM: HYPH, NFP, ADD, AFX and GW besides the old
 * ones. The lemma of a token is the empty ref where it is the token itself: use dl_tok_lemma. The stage is parse/parse.h. */
#ifndef DL_TAGS_TAGS_H
#define DL_TAGS_TAGS_H

#include "doc/build.h"
#include "encode/reader.h"
#include "model/pack.h"

typedef enum dl_xpos {
    DL_XPOS_NONE,
    DL_XPOS_CC,
    DL_XPOS_CD,
    DL_XPOS_DT,
    DL_XPOS_EX,
    DL_XPOS_FW,
    DL_XPOS_IN,
    DL_XPOS_JJ,
    DL_XPOS_JJR,
    DL_XPOS_JJS,
    DL_XPOS_LS,
    DL_XPOS_MD,
    DL_XPOS_NN,
    DL_XPOS_NNS,
    DL_XPOS_NNP,
    DL_XPOS_NNPS,
    DL_XPOS_PDT,
    DL_XPOS_POS,
    DL_XPOS_PRP,
    DL_XPOS_PRPS,
    DL_XPOS_RB,
    DL_XPOS_RBR,
    DL_XPOS_RBS,
    DL_XPOS_RP,
    DL_XPOS_SYM,
    DL_XPOS_TO,
    DL_XPOS_UH,
    DL_XPOS_VB,
    DL_XPOS_VBD,
    DL_XPOS_VBG,
    DL_XPOS_VBN,
    DL_XPOS_VBP,
    DL_XPOS_VBZ,
    DL_XPOS_WDT,
    DL_XPOS_WP,
    DL_XPOS_WPS,
    DL_XPOS_WRB,
    DL_XPOS_HASH,
    DL_XPOS_DOLLAR,
    DL_XPOS_STOP,
    DL_XPOS_COMMA,
    DL_XPOS_COLON,
    DL_XPOS_LRB,
    DL_XPOS_RRB,
    DL_XPOS_OPEN,
    DL_XPOS_CLOSE,
    DL_XPOS_HYPH,
    DL_XPOS_NFP,
    DL_XPOS_ADD,
    DL_XPOS_AFX,
    DL_XPOS_GW,
    DL_XPOSES
} dl_xpos;
typedef enum dl_upos {
    DL_UPOS_NONE,
    DL_UPOS_ADJ,
    DL_UPOS_ADP,
    DL_UPOS_ADV,
    DL_UPOS_AUX,
    DL_UPOS_CCONJ,
    DL_UPOS_DET,
    DL_UPOS_INTJ,
    DL_UPOS_NOUN,
    DL_UPOS_NUM,
    DL_UPOS_PART,
    DL_UPOS_PRON,
    DL_UPOS_PROPN,
    DL_UPOS_PUNCT,
    DL_UPOS_SCONJ,
    DL_UPOS_SYM,
    DL_UPOS_VERB,
    DL_UPOS_X,
    DL_UPOSES
} dl_upos;
/* "_", "CC", "CD" ... as printed. */
extern const char *const dl_xpos_names[DL_XPOSES], *const dl_upos_names[DL_UPOSES];
dl_xpos dl_xpos_of(dl_str name); /* DL_XPOS_NONE: no such tag                                   */
dl_upos dl_upos_of(dl_str name);

static inline bool dl_xpos_verb(int x) { return x >= DL_XPOS_VB && x <= DL_XPOS_VBZ; }
static inline bool dl_xpos_finite(int x) { return x == DL_XPOS_VBD || x == DL_XPOS_VBP || x == DL_XPOS_VBZ || x == DL_XPOS_MD; }
static inline bool dl_xpos_noun(int x) { return x >= DL_XPOS_NN && x <= DL_XPOS_NNPS; }
static inline bool dl_xpos_proper(int x) { return x == DL_XPOS_NNP || x == DL_XPOS_NNPS; }

/* Columns of the matrix of tags: Penn tags by number, then UD tags. */
#define DL_TAGS_UPOS 64u
#define DL_TAGS_COLS 96u

typedef struct dl_tagger {
    dl_mat tags, names;
    int32_t chain[(DL_BIOS + 1) * DL_BIOS]; /* what a part behind a part is worth; row DL_BIOS: at the start */
} dl_tagger;
/* Sections NETWORK/tags, NETWORK/names and NETWORK/chain. */
DL_MUST_USE bool dl_tagger_open(dl_tagger *t, const dl_net *net, const dl_models *m, const char *network);
/* Writes xpos, upos and bio of the sentence whose words have the states x[n][d]. False: no memory. */
DL_MUST_USE bool dl_tagger_put(const dl_tagger *t, dl_build *b, dl_span sent, const uint8_t *x, size_t d);

/* The dictionary form of a token, as printed in CoNLL-U: "say" for "said", "Moscow" for "Moscow". */
dl_str dl_tok_lemma(const dl_doc *d, uint32_t tok);

#endif
