/* arcs.h: the arc-hybrid transition system (Kuhlmann, Gomez-Rodriguez & Satta 2011) and what the parser
 * sees of its state (templates after Zhang & Nivre 2011); shared with train/train_trees.c.
 *
 * Nodes 0 to n - 1 are the words, n is the root, which waits at the end of the buffer, n + 1 is
 * nothing: its word and tag stand for absence. The root takes one word alone: exactly one root. */
#ifndef DL_TREES_ARCS_H
#define DL_TREES_ARCS_H

#include "base/arena.h"
#include "learn/learn.h"
#include "learn/lex.h"

typedef enum dl_move { DL_SHIFT, DL_LEFT, DL_RIGHT, DL_MOVES } dl_move;

typedef struct dl_node {
    uint64_t word;                /* hash of the lowered word                                    */
    uint64_t tagged;              /* word and tag                                                */
    uint32_t tag;                 /* number of the Penn tag; UD tag in the high bits              */
    uint32_t group, coarse;       /* its cluster                                                 */
    uint32_t head;                /* n + 1: none yet                                             */
    uint32_t left, left2;         /* its first and second dependent from the left edge           */
    uint32_t right, right2;       /* ... from the right edge                                     */
    uint64_t labels_l, labels_r;  /* sets of its dependents' relations                            */
    uint8_t n_left, n_right, rel; /* counts stop at 7                                                     */
} dl_node;

typedef struct dl_arcs {
    dl_node *node; /* [n + 2]                                                                    */
    uint32_t *stack;
    uint32_t n, depth, next; /* words; nodes on the stack; first node of the buffer               */
} dl_arcs;

/* Memory for n words; the caller fills word and tag of each. False: no memory. */
bool dl_arcs_init(dl_arcs *a, dl_arena *arena, uint32_t n);
void dl_arcs_word(dl_arcs *a, uint32_t i, const dl_lex *word, uint32_t xpos, uint32_t upos);
static inline bool dl_arcs_done(const dl_arcs *a) { return a->next == a->n && a->depth == 0; }

/* Whether the move can be made. In every unfinished state one can. */
static inline bool dl_arcs_may(const dl_arcs *a, dl_move m)
{
    switch (m) {
    case DL_SHIFT: return a->next < a->n;
    case DL_LEFT: return a->depth > 0 && (a->next < a->n || a->depth == 1);
    default: return a->depth > 1;
    }
}
/* The arc that DL_LEFT or DL_RIGHT would draw. */
void dl_arcs_arc(const dl_arcs *a, dl_move m, uint32_t *head, uint32_t *dep);
void dl_arcs_make(dl_arcs *a, dl_move m, uint8_t rel);

void dl_arcs_features(const dl_arcs *a, dl_feats *f);
void dl_arcs_label_features(const dl_arcs *a, uint32_t head, uint32_t dep, dl_feats *f);

#endif
