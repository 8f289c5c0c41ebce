/* trees.h: Universal Dependencies trees, from what a network makes of a sentence.
 *
 * Every sentence gets one tree with one root, whose head is its own row: of all trees the one with the highest sum of scores.
 * Relations are UD v2's with the subtypes of English (DL_REL_NSUBJ_PASS is nsubj:pass); dl_rel_base takes the subtype off. The stage is
 * parse/parse.h. */
#ifndef DL_TREES_TREES_H
#define DL_TREES_TREES_H

#include "doc/build.h"
#include "encode/reader.h"
#include "model/pack.h"

typedef enum dl_rel {
    DL_REL_NONE,
    DL_REL_ROOT,
    DL_REL_ACL,
    DL_REL_ACL_RELCL,
    DL_REL_ADVCL,
    DL_REL_ADVCL_RELCL,
    DL_REL_ADVMOD,
    DL_REL_AMOD,
    DL_REL_APPOS,
    DL_REL_AUX,
    DL_REL_AUX_PASS,
    DL_REL_CASE,
    DL_REL_CC,
    DL_REL_CC_PRECONJ,
    DL_REL_CCOMP,
    DL_REL_CLF,
    DL_REL_COMPOUND,
    DL_REL_COMPOUND_PRT,
    DL_REL_CONJ,
    DL_REL_COP,
    DL_REL_CSUBJ,
    DL_REL_CSUBJ_OUTER,
    DL_REL_CSUBJ_PASS,
    DL_REL_DEP,
    DL_REL_DET,
    DL_REL_DET_PREDET,
    DL_REL_DISCOURSE,
    DL_REL_DISLOCATED,
    DL_REL_EXPL,
    DL_REL_FIXED,
    DL_REL_FLAT,
    DL_REL_GOESWITH,
    DL_REL_IOBJ,
    DL_REL_LIST,
    DL_REL_MARK,
    DL_REL_NMOD,
    DL_REL_NMOD_DESC,
    DL_REL_NMOD_POSS,
    DL_REL_NMOD_UNMARKED,
    DL_REL_NSUBJ,
    DL_REL_NSUBJ_OUTER,
    DL_REL_NSUBJ_PASS,
    DL_REL_NUMMOD,
    DL_REL_OBJ,
    DL_REL_OBL,
    DL_REL_OBL_AGENT,
    DL_REL_OBL_UNMARKED,
    DL_REL_ORPHAN,
    DL_REL_PARATAXIS,
    DL_REL_PUNCT,
    DL_REL_REPARANDUM,
    DL_REL_VOCATIVE,
    DL_REL_XCOMP,
    DL_RELS
} dl_rel;
/* "_", "root", "acl", "acl:relcl" ... as printed. */
extern const char *const dl_rel_names[DL_RELS];
dl_rel dl_rel_of(dl_str name); /* DL_REL_NONE: no such relation; an unknown subtype: its base    */
dl_rel dl_rel_base(dl_rel r);  /* DL_REL_NSUBJ for DL_REL_NSUBJ_PASS                             */

typedef struct dl_parser {
    dl_mat up, down, near, rel_up, rel_down, rel;
    dl_str root;   /* the state of the root                                                        */
    uint32_t arcs; /* width of what arcs are scored by                                             */
} dl_parser;
/* Sections NETWORK/up, NETWORK/down ... */
DL_MUST_USE bool dl_parser_open(dl_parser *p, const dl_net *net, const dl_models *m, const char *network);
/* Writes head and rel of the sentence. x[n + 1][d]: the states of its words behind a row that is overwritten and then zeroed.
 * Cost n^2, at most DL_SENT_MAX^2. False: no memory. */
DL_MUST_USE bool dl_parser_put(const dl_parser *p, dl_build *b, dl_span sent, uint8_t *x, size_t d);

/* The bytes from the first to the last token of the subtree of `tok`. O(tokens of the sentence x depth). */
dl_span dl_tree_span(const dl_doc *d, uint32_t tok);
/* The first dependent of `tok` with that relation, subtypes of it included; DL_NONE: none.
 * O(tokens of the sentence). */
uint32_t dl_tree_child(const dl_doc *d, uint32_t tok, dl_rel rel);

#endif
