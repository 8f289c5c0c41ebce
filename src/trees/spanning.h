/* spanning.h: the best tree over scored arcs. Private to trees. */
#ifndef DL_TREES_SPANNING_H
#define DL_TREES_SPANNING_H

#include "base/arena.h"

/* score[n][ld]: what it is worth that word i (row i, counted from 0) has head j: 0 the root, else word j - 1. Fills head[n]
 * (0: the root, else the word from 1) with the arborescence of the highest sum in which the root has one dependent: Chu &
 * Liu 1965, Edmonds 1967. O(n^2) where the best heads are a tree already, as they mostly are; O(n^3) at worst.
 * Scores are below 2^25. False: no memory. */
DL_MUST_USE bool dl_spanning_tree(int32_t *score, size_t n, size_t ld, dl_arena *scratch, uint16_t *head);

#endif
