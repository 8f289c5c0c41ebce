/* train_vectors.c: packs vectors of words.
 *
 *     train_vectors OUT.dlm WORDS < glove.txt
 *
 * Lines of a word and its numbers, the commonest words first, as GloVe's files are; the first WORDS of them
 * are kept (words that differ in digits or capitals alone are one: the first). Numbers are rounded to 16
 * steps over two and a half times their spread, either side of zero (Max, "Quantizing for Minimum Distortion", 1960): what
 * they are times is learnt by the network that reads them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/pack_format.h"
#include "learn/lex.h"
#include "learn/slots.h"
#include "learn/vectors.h"

#define STEP 0.335 /* of the spread of all numbers                                                */

struct table {
    dl_vectors_head h;
    uint32_t *slot;
    float *row; /* [words][dim]                                                                    */
    size_t n_numbers, cap;
};

static void die(const char *what)
{
    fprintf(stderr, "train_vectors: %s\n", what);
    exit(1);
}

/* False where the word (or one with the same check nearby) has a place. */
static bool put_word(struct table *t, uint64_t lower)
{
    const uint64_t mask = (UINT64_C(1) << t->h.bits) - 1;
    const bool fresh = dl_slots_put(t->slot, mask, DL_VECTORS_ROW_BITS, lower, t->h.n);
    t->h.n += fresh;
    return fresh;
}

static uint32_t read_numbers(const char *p, float *out)
{
    uint32_t n = 0;
    for (char *end = NULL; n < DL_VECTORS_DIM; p = end) {
        const float v = strtof(p, &end);
        if (end == p) break;
        out[n++] = v;
    }
    return n;
}

static void keep(struct table *t, const float *v)
{
    if (t->n_numbers + t->h.dim > t->cap) {
        t->cap = t->cap * 2 + 65536;
        t->row = realloc(t->row, t->cap * sizeof *t->row);
        if (!t->row) die("out of memory");
    }
    memcpy(t->row + t->n_numbers, v, t->h.dim * sizeof *v);
    t->n_numbers += t->h.dim;
}

static void read_lines(struct table *t, uint32_t most)
{
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    float v[DL_VECTORS_DIM];
    while (t->h.n < most && (len = getline(&line, &cap, stdin)) > 0) {
        dl_str rest = { line, (size_t)len }, word;
        if (!dl_str_next(&rest, ' ', &word)) continue;
        uint32_t n = read_numbers(rest.p, v);
        if (!n || n % 2 || (t->h.dim && n != t->h.dim)) die("lines must have the same even number of numbers");
        t->h.dim = n;
        if (put_word(t, dl_lex_of(word).lower)) keep(t, v);
    }
    free(line);
}

static unsigned code(float v, double step)
{
    const double c = (double)v / step + 8.0;
    return c < 0 ? 0 : c > 15 ? 15 : (unsigned)c;
}

static void pack(const struct table *t, dl_buf *out)
{
    double squares = 0;
    for (size_t i = 0; i < t->n_numbers; i++) squares += (double)t->row[i] * (double)t->row[i];
    const double step = STEP * sqrt(squares / (double)t->n_numbers);
    dl_buf_add(out, (dl_str){ (const char *)&t->h, sizeof t->h });
    dl_buf_add(out, (dl_str){ (const char *)t->slot, sizeof *t->slot << t->h.bits });
    for (size_t i = 0; i < t->n_numbers; i += 2) dl_buf_putc(out, (char)(code(t->row[i], step) | code(t->row[i + 1], step) << 4));
}

int main(int argc, char **argv)
{
    if (argc != 3) die("usage: train_vectors OUT.dlm WORDS < glove.txt");
    const long words = strtol(argv[2], NULL, 10);
    if (words < 1 || words > (long)DL_VECTORS_MAX) die("the number of words is out of range");
    struct table t = { .h = { .bits = 1 } };
    memcpy(t.h.magic, "DLVEC\0\0\1", 8);
    while ((1L << t.h.bits) < words * 5 / 4) t.h.bits++;
    t.slot = calloc((size_t)1 << t.h.bits, sizeof *t.slot);
    if (!t.slot) die("out of memory");
    read_lines(&t, (uint32_t)words);
    dl_buf all;
    dl_buf_init(&all, (size_t)1 << 31);
    pack(&t, &all);
    if (all.failed) die("out of memory");
    dl_pack_part part = { "learn/vectors", all.p, all.len };
    dl_error err = { 0 };
    if (dl_pack_write(argv[1], &part, 1, &err)) die("cannot write");
    printf("%u words of %u numbers, %zu bytes\n", t.h.n, t.h.dim, all.len);
    dl_buf_free(&all);
    free(t.row);
    free(t.slot);
    return 0;
}
