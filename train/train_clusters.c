/* train_clusters.c: classes of words that are used alike, learnt from raw news, for the name tagger.
 *
 *     zstd -dc stream.jsonl.zst | train_clusters OUT.dlm
 *
 * Every word (seen MIN_SEEN times or more) has two neighbours; positive pointwise mutual information with
 * the commonest words to its left and right makes a matrix, whose DIM first singular vectors (subspace
 * iteration: Halko, Martinsson & Tropp 2011) are the words' vectors (Levy & Goldberg 2014). They are clustered by spherical k-means into COARSE classes, each of those into FINE ones: class
 * 1 + 16 * coarse + fine. Fixed seed: the same text gives the same bytes. */
#include <json-c/json.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/pack_format.h"
#include "base/sort.h"
#include "learn/train.h"
#include "names/features.h"

#define MIN_SEEN 8
#define WORDS_MAX 60000
#define CONTEXTS 3000
#define DIM 96
#define STEPS 6
#define COARSE 63
#define FINE 16
#define ROUNDS 14

struct word {
    uint64_t hash;
    uint32_t seen, rank;
};

struct text {
    dl_arena arena;
    dl_map index; /* hash -> word                                                                */
    struct word *word;
    size_t n, cap;
    uint32_t *token; /* [n_tokens] words, DL_NONE ends a paragraph                               */
    size_t n_tokens, token_cap;
    float (*vec)[DIM];
    uint16_t *class;
};

static void die(const char *what)
{
    fprintf(stderr, "train_clusters: %s\n", what);
    exit(1);
}

static void put_token(struct text *t, dl_str w)
{
    uint64_t h = dl_names_low(w);
    uint32_t *at = dl_map_put(&t->index, h, (uint32_t)t->n);
    if (!at || !DL_ROOM(&t->arena, t->word, t->n, t->cap)) die("out of memory");
    if (*at == t->n) t->word[t->n++] = (struct word){ h, 0, 0 };
    t->word[*at].seen++;
    if (!DL_ROOM(&t->arena, t->token, t->n_tokens, t->token_cap)) die("out of memory");
    t->token[t->n_tokens++] = *at;
}

static void end_paragraph(struct text *t)
{
    if (!DL_ROOM(&t->arena, t->token, t->n_tokens, t->token_cap)) die("out of memory");
    t->token[t->n_tokens++] = DL_NONE;
}

static bool in_word(dl_str s, size_t i)
{
    unsigned char c = (unsigned char)s.p[i];
    if (c >= 0x80)
        return !(c == 0xe2 || (i > 0 && (unsigned char)s.p[i - 1] == 0xe2) || (i > 1 && (unsigned char)s.p[i - 2] == 0xe2));
    return dl_is_alpha(s.p[i]) || dl_is_digit(s.p[i]) ||
           (c == '.' && i > 0 && i + 1 < s.len && dl_is_upper(s.p[i - 1]) && dl_is_upper(s.p[i + 1]));
}

/* Words and single marks, near enough to what tokens does. */
static void read_text(struct text *t, dl_str s)
{
    for (size_t i = 0; i < s.len;) {
        size_t from = i;
        if (s.p[i] == '\n') end_paragraph(t);
        if (dl_is_space(s.p[i])) {
            i++;
            continue;
        }
        while (i < s.len && in_word(s, i)) i++;
        if (i == from) {
            bool wide = (unsigned char)s.p[i] == 0xe2 && i + 2 < s.len;
            i += wide ? 3 : 1;
            if (i < s.len && s.p[i] == 's' && (wide || s.p[from] == '\'') && (i + 1 == s.len || !in_word(s, i + 1))) i++;
        }
        put_token(t, dl_str_cut(s, from, i));
    }
    end_paragraph(t);
}

static void read_all(struct text *t, FILE *in)
{
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    while ((n = getline(&line, &cap, in)) > 0) {
        struct json_object *o = json_tokener_parse(line), *text = NULL;
        if (o && json_object_object_get_ex(o, "text", &text))
            read_text(t, (dl_str){ json_object_get_string(text), (size_t)json_object_get_string_len(text) });
        json_object_put(o);
    }
    free(line);
}

static int commoner(const void *a, const void *b, const void *ctx)
{
    const struct word *w = ctx, *x = &w[*(const uint32_t *)a], *y = &w[*(const uint32_t *)b];
    return x->seen != y->seen ? (x->seen > y->seen ? -1 : 1) : x->hash < y->hash ? -1 : x->hash > y->hash;
}

/* Ranks words by how often they are seen; how many are kept. */
static uint32_t rank(struct text *t)
{
    uint32_t *order = dl_arena_raw(&t->arena, t->n, sizeof *order), kept = 0;
    if (!order) die("out of memory");
    for (uint32_t i = 0; i < t->n; i++) order[i] = i;
    if (!dl_sort(order, t->n, sizeof *order, commoner, t->word, &t->arena)) die("out of memory");
    for (uint32_t r = 0; r < t->n; r++) {
        t->word[order[r]].rank = r;
        kept += t->word[order[r]].seen >= MIN_SEEN && r < WORDS_MAX;
    }
    return kept;
}

static uint32_t rank_at(const struct text *t, size_t i) { return t->token[i] == DL_NONE ? DL_NONE : t->word[t->token[i]].rank; }

struct pair {
    uint32_t word, context;
    float mi;
};

/* Counts neighbours (context = 2 * rank + side); their positive mutual information. */
static struct pair *informative(struct text *t, uint32_t kept, size_t *n_pairs)
{
    dl_arena a;
    dl_map pairs;
    dl_arena_init(&a, (size_t)8 << 30);
    dl_map_init(&pairs, &a);
    double *of_word = calloc(kept, sizeof *of_word), *of_context = calloc(CONTEXTS * 2, sizeof *of_context), smooth = 0;
    if (!of_word || !of_context) die("out of memory");
    for (size_t i = 1; i < t->n_tokens; i++) {
        uint32_t l = rank_at(t, i - 1), r = rank_at(t, i);
        for (uint32_t side = 0; side < 2; side++) {
            uint32_t w = side ? l : r, c = side ? r : l;
            if (w >= kept || c >= CONTEXTS) continue;
            uint32_t *n = dl_map_put(&pairs, (uint64_t)w << 32 | (c * 2 + side), 0);
            if (!n) die("out of memory");
            ++*n;
            of_word[w]++;
            of_context[c * 2 + side]++;
        }
    }
    struct pair *out = malloc((pairs.n + 1) * sizeof *out);
    if (!out) die("out of memory");
    for (size_t c = 0; c < CONTEXTS * 2; c++) smooth += of_context[c] = pow(of_context[c], 0.75);
    for (size_t s = 0; s < pairs.cap; s++) {
        if (pairs.val[s] == DL_NONE) continue;
        uint32_t w = (uint32_t)(pairs.key[s] >> 32), c = (uint32_t)pairs.key[s], n = pairs.val[s];
        double mi = log(n / of_word[w] * smooth / of_context[c]) * n / (n + 1.0);
        if (mi > 0) out[(*n_pairs)++] = (struct pair){ w, c, (float)mi };
    }
    free(of_word);
    free(of_context);
    dl_arena_free(&a);
    return out;
}

/* Makes the columns of m[n][DIM] orthonormal (modified Gram-Schmidt). */
static void orthonormal(float (*m)[DIM], size_t n)
{
    for (size_t c = 0; c < DIM; c++) {
        for (size_t b = 0; b < c; b++) {
            double d = 0;
            for (size_t i = 0; i < n; i++) d += (double)m[i][c] * (double)m[i][b];
            for (size_t i = 0; i < n; i++) m[i][c] -= (float)d * m[i][b];
        }
        double d = 0;
        for (size_t i = 0; i < n; i++) d += (double)m[i][c] * (double)m[i][c];
        for (size_t i = 0; i < n && d > 0; i++) m[i][c] = (float)((double)m[i][c] / sqrt(d));
    }
}

static void embed(struct text *t, uint32_t kept)
{
    size_t n = 0;
    struct pair *p = informative(t, kept, &n);
    float(*z)[DIM] = calloc(CONTEXTS * 2, sizeof *z);
    uint64_t state = 7;
    if (!z) die("out of memory");
    for (size_t i = 0; i < CONTEXTS * 2; i++)
        for (size_t d = 0; d < DIM; d++) z[i][d] = (float)(dl_random(&state) >> 40) / 16777216.0F - 0.5F;
    for (uint32_t step = 0; step < STEPS; step++) {
        orthonormal(z, CONTEXTS * 2);
        memset(t->vec, 0, kept * sizeof *t->vec);
        for (size_t i = 0; i < n; i++)
            for (size_t d = 0; d < DIM; d++) t->vec[p[i].word][d] += p[i].mi * z[p[i].context][d];
        if (step + 1 == STEPS) break;
        memset(z, 0, CONTEXTS * 2 * sizeof *z);
        for (size_t i = 0; i < n; i++)
            for (size_t d = 0; d < DIM; d++) z[p[i].context][d] += p[i].mi * t->vec[p[i].word][d];
    }
    /* U S to U sqrt(S). */
    for (size_t d = 0; d < DIM; d++) {
        double norm = 0;
        for (uint32_t i = 0; i < kept; i++) norm += (double)t->vec[i][d] * (double)t->vec[i][d];
        for (uint32_t i = 0; i < kept && norm > 0; i++) t->vec[i][d] = (float)((double)t->vec[i][d] / sqrt(sqrt(norm)));
    }
    fprintf(stderr, "%zu pairs\n", n);
    free(z);
    free(p);
}

static void unit(float *v)
{
    double n = 0;
    for (size_t d = 0; d < DIM; d++) n += (double)v[d] * v[d];
    for (size_t d = 0; d < DIM && n > 0; d++) v[d] = (float)(v[d] / sqrt(n));
}

static double dot(const float *a, const float *b)
{
    float s = 0;
    for (size_t d = 0; d < DIM; d++) s += a[d] * b[d];
    return (double)s;
}

/* Spherical k-means of the members into k classes; class[i] for member i. */
static void k_means(const struct text *t, const uint32_t *member, uint32_t n, uint32_t k, uint16_t *class, uint64_t seed)
{
    float(*mean)[DIM] = calloc(k, sizeof *mean), (*next)[DIM] = calloc(k, sizeof *next);
    if (!mean || !next) die("out of memory");
    for (uint32_t c = 0; c < k; c++) memcpy(mean[c], t->vec[member[dl_random(&seed) % n]], sizeof *mean);
    for (uint32_t round = 0; round < ROUNDS; round++) {
        memset(next, 0, k * sizeof *next);
        for (uint32_t i = 0; i < n; i++) {
            double best = -2;
            for (uint32_t c = 0; c < k; c++) {
                double s = dot(t->vec[member[i]], mean[c]);
                if (s > best) class[i] = (uint16_t)c;
                if (s > best) best = s;
            }
            for (size_t d = 0; d < DIM; d++) next[class[i]][d] += t->vec[member[i]][d];
        }
        for (uint32_t c = 0; c < k; c++) {
            unit(next[c]);
            memcpy(mean[c], next[c], sizeof *mean);
        }
    }
    free(mean);
    free(next);
}

static void cluster(struct text *t, uint32_t kept)
{
    uint32_t *all = malloc(kept * sizeof *all), *some = malloc(kept * sizeof *some);
    uint16_t *coarse = calloc(kept, sizeof *coarse), *fine = calloc(kept, sizeof *fine);
    if (!all || !some || !coarse || !fine) die("out of memory");
    for (uint32_t i = 0; i < kept; i++) {
        unit(t->vec[i]);
        all[i] = i;
    }
    k_means(t, all, kept, COARSE, coarse, 1);
    for (uint16_t c = 0; c < COARSE; c++) {
        uint32_t n = 0;
        for (uint32_t i = 0; i < kept; i++)
            if (coarse[i] == c) some[n++] = i;
        if (n) k_means(t, some, n, FINE, fine, c + 2u);
        for (uint32_t i = 0; i < n; i++) t->class[some[i]] = (uint16_t)(1 + c * FINE + fine[i]);
    }
    free(all);
    free(some);
    free(coarse);
    free(fine);
}

static void write_out(const struct text *t, uint32_t kept, const char *path)
{
    uint32_t n = 1;
    while (n < kept * 3 / 2) n *= 2;
    uint32_t *out = calloc(n + 2, sizeof *out);
    dl_error err;
    if (!out) die("out of memory");
    out[0] = n;
    for (size_t i = 0; i < t->n; i++) {
        uint32_t r = t->word[i].rank;
        if (r >= kept) continue;
        uint64_t at = t->word[i].hash;
        while (out[2 + (at & (n - 1))]) at++;
        out[2 + (at & (n - 1))] = (uint32_t)(t->word[i].hash >> 42) << 10 | t->class[r];
    }
    dl_pack_part part = { DL_NAMES_CLUSTERS, out, (n + 2) * sizeof *out };
    if (dl_pack_write(path, &part, 1, &err) != DL_OK) die(err.message);
    fprintf(stderr, "%s: %u words, %u slots\n", path, kept, n);
    free(out);
}

int main(int argc, char **argv)
{
    if (argc != 2) die("usage: train_clusters OUT.dlm < JSONL");
    struct text t = { .n = 0 };
    dl_arena_init(&t.arena, (size_t)8 << 30);
    dl_map_init(&t.index, &t.arena);
    read_all(&t, stdin);
    uint32_t kept = rank(&t);
    fprintf(stderr, "%zu tokens, %zu words, %u kept\n", t.n_tokens, t.n, kept);
    t.vec = dl_arena_get(&t.arena, kept, sizeof *t.vec);
    t.class = dl_arena_get(&t.arena, kept, sizeof *t.class);
    if (!t.vec || !t.class) die("out of memory");
    embed(&t, kept);
    cluster(&t, kept);
    write_out(&t, kept, argv[1]);
    dl_arena_free(&t.arena);
    return 0;
}
