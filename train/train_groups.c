/* train_groups.c: groups words by the company they keep.
 *
 *     zstd -dc stream.jsonl.zst | train_groups OUT.dlm
 *
 * Reads JSONL records with "text" from standard input. Exchange algorithm over class bigrams (Kneser &
 * Ney 1993; Martin, Liermann & Ney 1998): each word in turn goes to the class that makes the text most
 * likely. Done twice, for fine and coarse classes. Nothing is drawn at random. */
#include <json-c/json.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/pack_format.h"
#include "base/sort.h"
#include "learn/clusters.h"
#include "learn/lex.h"
#include "tokens/tokens.h"

enum { FINE = 800, COARSE = 64, ROUNDS = 8, LEAST = 5, MOST = 49000, BITS = 16, TABLE = 1 << 22 };

typedef struct word {
    uint64_t lower;
    uint32_t n, lowered, upper, cls;
} word;
typedef struct edge { /* a neighbour and how often */
    uint32_t word, n;
} edge;
typedef struct side {
    uint32_t *beg; /* [words + 1]                                                               */
    edge *e;
} side;
typedef struct job {
    dl_arena arena;
    dl_build b;
    dl_models *models;
    dl_map ids;
    word *w;
    size_t n_w, w_cap;
    uint32_t *text; /* word ids in order; DL_NONE ends a sentence                               */
    size_t n_text, text_cap;
    side next, last;
    double *xlogx;
} job;

static int die(const char *what)
{
    fprintf(stderr, "train_groups: %s\n", what);
    return 1;
}

static bool add_word(job *j, uint32_t id)
{
    if (!DL_ROOM(&j->arena, j->text, j->n_text, j->text_cap)) return false;
    j->text[j->n_text++] = id;
    return true;
}

static bool add_token(job *j, uint32_t tok, bool first)
{
    dl_lex x = dl_lex_of(dl_tok_text(&j->b.d, tok));
    uint32_t *id = dl_map_put(&j->ids, x.lower, (uint32_t)j->n_w);
    if (!id) return false;
    if (*id == j->n_w) {
        if (!DL_ROOM(&j->arena, j->w, j->n_w, j->w_cap)) return false;
        j->w[j->n_w++] = (word){ .lower = x.lower };
    }
    word *w = &j->w[*id];
    w->n++;
    if (!first && (x.flags & DL_LEX_LETTER)) {
        if (x.flags & DL_LEX_UPPER)
            w->upper++;
        else
            w->lowered++;
    }
    return add_word(j, *id);
}

/* Cuts a record's text into sentences and words. */
static bool add_text(job *j, dl_str text)
{
    dl_build_reset(&j->b);
    dl_put_text(&j->b, text);
    j->b.meta.body_len = j->b.d.text_len;
    uint32_t block = dl_row(&j->b, DL_T_BLOCKS);
    if (block == DL_NONE) return false;
    j->b.d.blocks.span[block] = (dl_span){ 0, j->b.d.text_len };
    if (dl_tokens_by_rule(&j->b, j->models) != DL_OK) return false;
    for (uint32_t s = 0; s < j->b.d.sents.n; s++) {
        dl_span t = j->b.d.sents.tok[s];
        for (uint32_t i = t.beg; i < t.end; i++)
            if (!add_token(j, i, i == t.beg)) return false;
        if (!add_word(j, DL_NONE)) return false;
    }
    return true;
}

static bool read_input(job *j)
{
    char *text = NULL;
    size_t cap = 0;
    ssize_t n;
    bool fine = true;
    while (fine && (n = getline(&text, &cap, stdin)) > 0) {
        struct json_object *o = json_tokener_parse(text), *v;
        if (o && json_object_object_get_ex(o, "text", &v))
            fine = add_text(j, (dl_str){ json_object_get_string(v), (size_t)json_object_get_string_len(v) });
        json_object_put(o);
    }
    free(text);
    return fine;
}

static int by_count(const void *x, const void *y, const void *ctx)
{
    const word *a = x, *b = y;
    (void)ctx;
    if (a->n != b->n) return a->n > b->n ? -1 : 1;
    return a->lower < b->lower ? -1 : a->lower > b->lower;
}

static int by_pair(const void *x, const void *y, const void *ctx)
{
    const uint64_t *a = x, *b = y;
    (void)ctx;
    return *a < *b ? -1 : *a > *b;
}

/* Keeps the commonest words, commonest first; the others become word n, "rare". */
static bool choose(job *j)
{
    uint64_t *old = dl_arena_raw(&j->arena, j->n_w, sizeof *old);
    for (size_t i = 0; old && i < j->n_w; i++) old[i] = j->w[i].lower;
    if (!old || !dl_sort(j->w, j->n_w, sizeof *j->w, by_count, NULL, &j->arena)) return false;
    size_t n = 0;
    while (n < j->n_w && n < MOST && j->w[n].n >= LEAST) n++;
    dl_map to;
    dl_map_init(&to, &j->arena);
    for (size_t i = 0; i < n; i++)
        if (!dl_map_put(&to, j->w[i].lower, (uint32_t)i)) return false;
    for (size_t i = 0; i < j->n_text; i++) {
        if (j->text[i] == DL_NONE) continue;
        uint32_t id = dl_map_get(&to, old[j->text[i]]);
        j->text[i] = id == DL_NONE ? (uint32_t)n : id;
    }
    j->n_w = n;
    return true;
}

/* Counts of neighbours from sorted pairs `word << 32 | neighbour`. */
static bool gather(job *j, side *s, const uint64_t *pair, size_t n)
{
    s->beg = DL_NEW(&j->arena, j->n_w + 2, uint32_t);
    s->e = dl_arena_raw(&j->arena, n + 1, sizeof *s->e);
    if (!s->beg || !s->e) return false;
    size_t k = 0;
    uint32_t at = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t w = (uint32_t)(pair[i] >> 32);
        while (at <= w) s->beg[at++] = (uint32_t)k;
        if (i && pair[i] == pair[i - 1])
            s->e[k - 1].n++;
        else
            s->e[k++] = (edge){ (uint32_t)pair[i], 1 };
    }
    while (at <= j->n_w + 1) s->beg[at++] = (uint32_t)k;
    return true;
}

static bool pairs(job *j)
{
    uint64_t *p = dl_arena_raw(&j->arena, j->n_text + 1, sizeof *p);
    for (int way = 0; way < 2 && p; way++) {
        size_t n = 0;
        for (size_t i = 0; i + 1 < j->n_text; i++) {
            uint64_t a = j->text[i], b = j->text[i + 1];
            if (a != DL_NONE && b != DL_NONE) p[n++] = way ? b << 32 | a : a << 32 | b;
        }
        dl_arena_mark here = dl_arena_here(&j->arena);
        if (!dl_sort(p, n, sizeof *p, by_pair, NULL, &j->arena)) return false;
        dl_arena_back(&j->arena, here);
        if (!gather(j, way ? &j->last : &j->next, p, n)) return false;
    }
    return p != NULL;
}

/* ---- Exchange -------------------------------------------------------------------------------- */

typedef struct classes {
    uint32_t n;              /* the last one is of rare words and stays                                 */
    int32_t *pair;           /* [n * n] how often class a stands before class b                          */
    int32_t *before, *after; /* [n] sums of rows and columns                                     */
    int32_t *out, *in;       /* [n] the word at hand: how often classes stand behind and before it */
    uint32_t *list_out, *list_in, n_out, n_in;
} classes;

static double f(const job *j, int32_t x) { return x < TABLE ? j->xlogx[x] : x * log(x); }

/* Adds (or with sign -1 takes off) the word at hand to class c. */
static void move(classes *k, uint32_t c, int32_t self, int32_t sign)
{
    int32_t out = 0, in = 0;
    for (uint32_t i = 0; i < k->n_out; i++) {
        uint32_t o = k->list_out[i];
        k->pair[(size_t)c * k->n + o] += sign * k->out[o];
        out += k->out[o];
    }
    for (uint32_t i = 0; i < k->n_in; i++) {
        uint32_t o = k->list_in[i];
        k->pair[(size_t)o * k->n + c] += sign * k->in[o];
        in += k->in[o];
    }
    k->pair[(size_t)c * k->n + c] += sign * self;
    for (uint32_t i = 0; i < k->n_out; i++) k->after[k->list_out[i]] += sign * k->out[k->list_out[i]];
    for (uint32_t i = 0; i < k->n_in; i++) k->before[k->list_in[i]] += sign * k->in[k->list_in[i]];
    k->before[c] += sign * (out + self);
    k->after[c] += sign * (in + self);
}

static void neighbours(const job *j, const side *s, uint32_t w, int32_t *count, uint32_t *list, uint32_t *n, int32_t *self)
{
    *n = 0;
    for (uint32_t i = s->beg[w]; i < s->beg[w + 1]; i++) {
        if (s->e[i].word == w) {
            *self = (int32_t)s->e[i].n;
            continue;
        }
        uint32_t c = j->w[s->e[i].word].cls;
        if (!count[c]) list[(*n)++] = c;
        count[c] += (int32_t)s->e[i].n;
    }
}

/* What the likelihood gains when the word at hand joins class c. */
static double gain(const job *j, const classes *k, uint32_t c, int32_t self, int32_t out, int32_t in)
{
    double g = 0;
    const int32_t *row = k->pair + (size_t)c * k->n;
    for (uint32_t i = 0; i < k->n_out; i++) {
        uint32_t o = k->list_out[i];
        if (o != c) g += f(j, row[o] + k->out[o]) - f(j, row[o]);
    }
    for (uint32_t i = 0; i < k->n_in; i++) {
        uint32_t o = k->list_in[i];
        int32_t x = k->pair[(size_t)o * k->n + c];
        if (o != c) g += f(j, x + k->in[o]) - f(j, x);
    }
    g += f(j, row[c] + k->out[c] + k->in[c] + self) - f(j, row[c]);
    g -= f(j, k->before[c] + out + self) - f(j, k->before[c]);
    g -= f(j, k->after[c] + in + self) - f(j, k->after[c]);
    return g;
}

static uint32_t round_of(job *j, classes *k)
{
    uint32_t moved = 0;
    for (uint32_t w = 0; w < j->n_w; w++) {
        int32_t self = 0, out = 0, in = 0;
        neighbours(j, &j->next, w, k->out, k->list_out, &k->n_out, &self);
        neighbours(j, &j->last, w, k->in, k->list_in, &k->n_in, &self);
        for (uint32_t i = 0; i < k->n_out; i++) out += k->out[k->list_out[i]];
        for (uint32_t i = 0; i < k->n_in; i++) in += k->in[k->list_in[i]];
        move(k, j->w[w].cls, self, -1);
        uint32_t best = j->w[w].cls;
        double most = gain(j, k, best, self, out, in);
        for (uint32_t c = 0; c + 1 < k->n; c++) {
            double g = c == j->w[w].cls ? most : gain(j, k, c, self, out, in);
            if (g > most + 1e-9) {
                most = g;
                best = c;
            }
        }
        move(k, best, self, 1);
        moved += best != j->w[w].cls;
        j->w[w].cls = best;
        for (uint32_t i = 0; i < k->n_out; i++) k->out[k->list_out[i]] = 0;
        for (uint32_t i = 0; i < k->n_in; i++) k->in[k->list_in[i]] = 0;
    }
    return moved;
}

static bool exchange(job *j, uint32_t n)
{
    classes k = { .n = n + 1 };
    dl_arena *a = &j->arena;
    k.pair = DL_NEW(a, (size_t)k.n * k.n, int32_t);
    k.before = DL_NEW(a, k.n, int32_t);
    k.after = DL_NEW(a, k.n, int32_t);
    k.out = DL_NEW(a, k.n, int32_t);
    k.in = DL_NEW(a, k.n, int32_t);
    k.list_out = DL_NEW(a, k.n, uint32_t);
    k.list_in = DL_NEW(a, k.n, uint32_t);
    if (dl_arena_failed(a)) return false;
    for (uint32_t w = 0; w < j->n_w; w++) j->w[w].cls = w % n;
    j->w[j->n_w].cls = n;
    for (uint32_t w = 0; w <= j->n_w; w++)
        for (uint32_t i = j->next.beg[w]; i < j->next.beg[w + 1]; i++) {
            uint32_t c = j->w[w].cls, d = j->w[j->next.e[i].word].cls;
            int32_t count = (int32_t)j->next.e[i].n;
            k.pair[(size_t)c * k.n + d] += count;
            k.before[c] += count;
            k.after[d] += count;
        }
    for (int r = 0; r < ROUNDS; r++) fprintf(stderr, "%u classes, round %d: %u moved\n", n, r, round_of(j, &k));
    return true;
}

static uint8_t case_of(const word *w)
{
    uint32_t all = w->lowered + w->upper;
    if (all < 4) return DL_CASE_UNKNOWN;
    return w->lowered * 10 > all * 9 ? DL_CASE_LOWER : w->upper * 10 > all * 9 ? DL_CASE_UPPER : DL_CASE_MIXED;
}

static int save(job *j, const uint32_t *fine, const char *path)
{
    const size_t slots = (size_t)1 << BITS;
    const uint32_t bits = BITS;
    char *out = dl_arena_get(&j->arena, 16 + slots * 8, 1);
    dl_error err;
    if (!out) return die("memory");
    memcpy(out, "DLCLU\0\0\1", 8);
    memcpy(out + 8, &bits, sizeof bits);
    uint64_t *slot = (uint64_t *)(void *)(out + 16);
    for (uint32_t w = 0; w < j->n_w; w++) {
        size_t at = j->w[w].lower & (slots - 1);
        while (slot[at]) at = (at + 1) & (slots - 1);
        slot[at] =
            j->w[w].lower >> 32 << 32 | (uint64_t)(fine[w] + 1) << 16 | (uint64_t)(j->w[w].cls + 1) << 8 | case_of(&j->w[w]);
    }
    dl_pack_part part = { "learn/clusters", out, 16 + slots * 8 };
    return dl_pack_write(path, &part, 1, &err) == DL_OK ? 0 : die(err.message);
}

int main(int argc, char **argv)
{
    static job j;
    dl_error err;
    dl_arena_init(&j.arena, (size_t)12 << 30);
    dl_build_init(&j.b);
    dl_map_init(&j.ids, &j.arena);
    if (argc != 2) return die("usage: train_groups OUT.dlm <JSONL");
    if (dl_models_open(&j.models, NULL, &err) != DL_OK) return die(err.message);
    if (!read_input(&j) || !choose(&j) || !pairs(&j)) return die("memory");
    fprintf(stderr, "%zu places, %zu words\n", j.n_text, j.n_w);
    j.xlogx = dl_arena_raw(&j.arena, TABLE, sizeof *j.xlogx);
    uint32_t *fine = dl_arena_raw(&j.arena, j.n_w + 1, sizeof *fine);
    if (!j.xlogx || !fine || !DL_ROOM(&j.arena, j.w, j.n_w, j.w_cap)) return die("memory");
    for (int32_t x = 0; x < TABLE; x++) j.xlogx[x] = x ? x * log(x) : 0;
    if (!exchange(&j, FINE)) return die("memory");
    for (uint32_t w = 0; w < j.n_w; w++) fine[w] = j.w[w].cls;
    if (!exchange(&j, COARSE)) return die("memory");
    int status = save(&j, fine, argv[1]);
    dl_models_close(j.models);
    dl_build_free(&j.b);
    dl_arena_free(&j.arena);
    return status;
}
