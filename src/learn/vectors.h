/* vectors.h: what a word means by the company it keeps: one vector of whole numbers for each of some ten
 * thousand words, made by train/train_vectors.c from vectors in the text format of GloVe
 * (Pennington, Socher & Manning 2014). A word is known by dl_lex.lower.
 *
 * Section "learn/vectors": "DLVEC\0\0\1" | bits u32 | n u32 | dim u32 | pad u32 | slots u32[2^bits]
 * (learn/slots.h) | u8[n][dim / 2], two numbers of four bits a byte, the lower first: 0 .. 15 for -15, -13 .. 15. */
#ifndef DL_LEARN_VECTORS_H
#define DL_LEARN_VECTORS_H

#include "learn/mat.h"

#define DL_VECTORS_ROW_BITS 20u
#define DL_VECTORS_MAX 0xffffeu /* words                                                          */
#define DL_VECTORS_DIM 1024     /* the most numbers of a vector                                   */

typedef struct dl_vectors_head {
    char magic[8];
    uint32_t bits, n, dim, pad;
} dl_vectors_head;
typedef struct dl_vectors { /* a view; n 0: none                                                    */
    uint32_t n, dim;
    uint64_t mask;
    const uint32_t *slot;
    const uint8_t *v; /* [n * dim / 2]                                                             */
} dl_vectors;

bool dl_vectors_view(dl_vectors *out, dl_str section);
/* "learn/vectors". */
bool dl_vectors_open(dl_vectors *out, const dl_models *m);
/* The row of a word; DL_NONE: unknown. */
uint32_t dl_vectors_row(const dl_vectors *v, uint64_t lower);
/* Tells the machine that a row, or DL_NONE, will be wanted. */
static inline void dl_vectors_fetch(const dl_vectors *v, uint32_t row)
{
    if (row != DL_NONE) DL_FETCH(v->v + (size_t)row * v->dim / 2);
}
/* Its numbers as inputs of a matrix (learn/mat.h): out[dim], odd steps, -15 .. 15 around DL_STATE_ZERO, which DL_NONE gives. */
void dl_vectors_get(const dl_vectors *v, uint32_t row, uint8_t *out);

#endif
