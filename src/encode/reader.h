/* reader.h: a network reading a page, sentence by sentence.
 *
 *     dl_reader r;
 *     if (!dl_reader_open(&r, b, models, "reader")) return dl_build_status(b);
 *     uint8_t *x = dl_reader_states(&r, sent);    // [n + 2][d]: zeros, the words' states, zeros; NULL: no memory
 *     ... tags and names ...
 *     if (dl_reader_deepen(&r, n)) ... arcs, from the same x ...
 *
 * What a form comes to by itself is kept for the page, for DL_READER_FORMS forms. Memory is of b->scratch; the states
 * are good until the next call. One thread at a time. */
#ifndef DL_ENCODE_READER_H
#define DL_ENCODE_READER_H

#include "base/hash.h"
#include "doc/build.h"
#include "encode/net.h"
#include "encode/sight.h"

#define DL_READER_FORMS 6000

typedef struct dl_reader {
    dl_build *b;
    dl_net net;
    dl_sight sight;
    float *sum; /* [room + 1][d] of each form; the last row is for one that has no place              */
    size_t room;
    uint8_t *x; /* [DL_SENT_MAX + 2][d]                                                             */
} dl_reader;

/* False where there is no such network, or no memory (dl_arena_failed of b->scratch tells). */
DL_MUST_USE bool dl_reader_open(dl_reader *r, dl_build *b, const dl_models *m, const char *network);
/* States behind layer net.flat. Sentences have at most DL_SENT_MAX tokens. */
uint8_t *dl_reader_states(dl_reader *r, dl_span sent);
/* Runs the other layers over the n words of r->x. False: no memory. */
DL_MUST_USE bool dl_reader_deepen(dl_reader *r, size_t n);

#endif
