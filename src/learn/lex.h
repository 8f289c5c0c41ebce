/* lex.h: what a word looks like, as numbers for features: the same for tags, trees and their trainers.
 * Digits count as 0, the typographic apostrophe as ', ASCII and Unicode letters are lowered. */
#ifndef DL_LEARN_LEX_H
#define DL_LEARN_LEX_H

#include "learn/clusters.h"

#define DL_LEX_UPPER 1u /* first letter is a capital                                            */
#define DL_LEX_CAPS 2u  /* all letters are                                                      */
#define DL_LEX_DIGIT 4u /* holds a digit                                                        */
#define DL_LEX_HYPHEN 8u
#define DL_LEX_STOP 16u   /* holds a full stop                                                   */
#define DL_LEX_LETTER 32u /* holds a letter                                                      */
/* Of its place; set by who knows it. */
#define DL_LEX_GLUES 512u /* no blank behind it                                                 */

typedef struct dl_lex {
    uint64_t form, lower; /* hashes of the word with and without capitals                        */
    uint32_t suf[4];      /* the last 1 to 4 bytes of the lowered word; 0 where it is not longer */
    uint32_t pre[3];      /* the first 1 to 3                                                    */
    uint64_t shape;       /* "Xx", "00-xx" ...: classes of characters, runs cut to two           */
    uint32_t flags, len;
    dl_cluster group; /* zero until dl_lex_group                                                 */
} dl_lex;

dl_lex dl_lex_of(dl_str word);
static inline void dl_lex_group(dl_lex *x, const dl_clusters *c) { x->group = dl_clusters_of(c, x->lower); }
/* What stands before the first and behind the last word. */
dl_lex dl_lex_edge(unsigned which);

#endif
