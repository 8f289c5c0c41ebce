/* train_encoder.c: trains a network of src/encode, and measures it as it goes.
 *
 *     train_encoder OUT.dlm NAME [OPTIONS] TRAIN... [-t DEV...]
 *
 *     -d N  width (128)            -l LAYERS  (css)         -a N  width of arcs (96)
 *     -b N  rows at most (30000)   -m N  times that a feature must be seen to have a row (3)
 *     -f N  layers that tags and names are read behind (all)
 *     -e N  passes (12)            -r X  rate (0.002)       -p X  dropped states (.25)   -q X  dropped rows (.1)
 *     -j N  threads (2)            -s N  seed (1)           -w X  weight of the files that follow (1)
 *     -n    the words of a step (900)
 *     -H ..  which heads: a word of t (tags), n (names), a (arcs); default: what the files have gold for
 *
 * Files are read as corpus.h says. Facts, vectors and classes of words are those of the pack that is linked in. Fixed seed: the same files
 * give the same bytes, with any number of threads. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/sort.h"
#include "fit/corpus.h"
#include "fit/fit.h"
#include "learn/learn.h"
#include "learn/train.h"
#include "tags/tags.h"
#include "trees/trees.h"

#define LONGEST 512

struct job {
    const char *out, *name, *heads;
    dl_fit_plan plan;
    uint32_t epochs, words, rows, least;
    dl_arena arena;
    dl_models *models;
    dl_corpus train, dev[8];
    const char *dev_path[8];
    int n_dev;
    bool may[(DL_BIOS + 1) * DL_BIOS];
};

static void die(const char *what, const char *which)
{
    fprintf(stderr, "train_encoder: %s: %s\n", which, what);
    exit(1);
}

static uint32_t number(const char *v)
{
    uint64_t n = 0;
    if (!dl_str_number(dl_str_of(v), UINT32_MAX, &n)) die("a number is wanted", v);
    return (uint32_t)n;
}

static bool option(struct job *j, char o, const char *v, float *weight)
{
    dl_fit_plan *p = &j->plan;
    switch (o) {
    case 'd': p->d = number(v); return true;
    case 'b': j->rows = number(v); return true;
    case 'm': j->least = number(v); return true;
    case 'a': p->arcs = number(v); return true;
    case 'e': j->epochs = number(v); return true;
    case 'n': j->words = number(v); return true;
    case 'f': p->flat = number(v); return true;
    case 'j': p->threads = number(v); return true;
    case 's': p->seed = number(v); return true;
    case 'r': p->rate = strtof(v, NULL); return true;
    case 'p': p->drop = strtof(v, NULL); return true;
    case 'q': p->drop_rows = strtof(v, NULL); return true;
    case 'w': *weight = strtof(v, NULL); return true;
    case 'H': j->heads = v; return true;
    case 'l': snprintf(p->layers, sizeof p->layers, "%s", v); return true;
    default: return false;
    }
}

static void read_all(struct job *j, int argc, char **argv)
{
    dl_error err = { 0 };
    float weight = 1;
    j->train = (dl_corpus){ .arena = &j->arena, .models = j->models };
    for (int i = 3; i < argc; i++) {
        if (argv[i][0] == '-' && argv[i][1] == 't') {
            while (++i < argc && j->n_dev < 8) {
                dl_corpus *c = &j->dev[j->n_dev];
                *c = (dl_corpus){ .arena = &j->arena, .models = j->models };
                j->dev_path[j->n_dev++] = argv[i];
                if (dl_corpus_read(c, argv[i], 1, &err)) die(err.message, argv[i]);
            }
            return;
        }
        if (argv[i][0] == '-') {
            if (i + 1 == argc || !option(j, argv[i][1], argv[i + 1], &weight)) die("no such option", argv[i]);
            i++;
            continue;
        }
        if (dl_corpus_read(&j->train, argv[i], weight, &err)) die(err.message, argv[i]);
    }
}

static void choose_heads(struct job *j)
{
    bool names = false, trees = false;
    for (size_t i = 0; i < j->train.n; i++) {
        names |= j->train.sent[i].names != NULL;
        trees |= j->train.sent[i].head != NULL;
    }
    if (j->heads ? strchr(j->heads, 't') != NULL : trees) {
        j->plan.n_xpos = DL_XPOSES;
        j->plan.n_upos = DL_UPOSES;
    }
    if (j->heads ? strchr(j->heads, 'a') != NULL : trees) j->plan.n_rels = DL_RELS;
    if (j->heads ? strchr(j->heads, 'n') != NULL : names) j->plan.n_names = DL_BIOS;
    for (uint32_t a = 0; a <= DL_BIOS; a++)
        for (uint32_t b = 0; b < DL_BIOS; b++) j->may[a * DL_BIOS + b] = dl_bio_follows(b, a == DL_BIOS ? 0 : a);
}

/* ---- Measuring ----------------------------------------------------------------------------------- */

/* As the scorers have it: people, organisations, places with facilities. */
static int kind_of(uint8_t bio)
{
    const unsigned type = bio ? dl_bio_type(bio) : DL_NAME_TYPES;
    return type == DL_FAC ? DL_LOC : type <= DL_LOC ? (int)type : -1;
}

struct score {
    size_t words, xpos, heads, arcs, said, gold, right;
};

static size_t span_end(const uint8_t *l, size_t from, size_t n)
{
    size_t to = from + 1;
    while (to < n && l[to] == l[from] + 1) to++;
    return to;
}

static void count_names(const uint8_t *gold, const uint8_t *said, size_t n, struct score *c)
{
    for (size_t i = 0; i < n; i++) {
        const bool g = dl_bio_begins(gold[i]) && kind_of(gold[i]) >= 0, s = dl_bio_begins(said[i]) && kind_of(said[i]) >= 0;
        c->gold += g;
        c->said += s;
        c->right += g && s && kind_of(gold[i]) == kind_of(said[i]) && span_end(gold, i, n) == span_end(said, i, n);
    }
}

static void measure(dl_fit *f, const dl_corpus *c, const char *path)
{
    struct score r = { 0 };
    uint8_t xpos[LONGEST], upos[LONGEST], names[LONGEST], rel[LONGEST];
    uint16_t head[LONGEST];
    for (size_t i = 0; i < c->n; i++) {
        const dl_fit_sent *s = &c->sent[i];
        if (s->n > LONGEST) continue;
        const bool tree = s->head && f->plan.n_rels, tags = s->xpos && f->plan.n_xpos, named = s->names && f->plan.n_names;
        if (!dl_fit_say(f, s, tags ? xpos : NULL, upos, named ? names : NULL, tree ? head : NULL, rel))
            die("out of memory", path);
        r.words += s->n;
        for (uint32_t k = 0; k < s->n; k++) {
            r.xpos += tags && xpos[k] == s->xpos[k];
            r.heads += tree && head[k] == s->head[k];
            r.arcs += tree && head[k] == s->head[k] && dl_rel_base((dl_rel)rel[k]) == dl_rel_base((dl_rel)s->rel[k]);
        }
        if (named) count_names(s->names, names, s->n, &r);
    }
    const double n = (double)r.words;
    if (r.gold)
        printf("  %s: names P %.4f R %.4f F1 %.4f\n", path, (double)r.right / (double)(r.said + 1),
               (double)r.right / (double)r.gold, 2.0 * (double)r.right / (double)(r.said + r.gold));
    else
        printf("  %s: xpos %.4f uas %.4f las %.4f\n", path, (double)r.xpos / n, (double)r.heads / n, (double)r.arcs / n);
    fflush(stdout);
}

/* ---- Training ------------------------------------------------------------------------------------ */

static void train(struct job *j, dl_fit *f)
{
    const dl_corpus *c = &j->train;
    uint32_t *order = malloc(c->n * sizeof *order);
    const dl_fit_sent **batch = malloc(c->n * sizeof *batch);
    uint64_t random = j->plan.seed + 77;
    if (!order || !batch) die("out of memory", j->name);
    for (size_t i = 0; i < c->n; i++) order[i] = (uint32_t)i;
    for (uint32_t e = 0; e < j->epochs; e++) {
        memset(f->loss, 0, sizeof f->loss);
        dl_shuffle(order, c->n, &random);
        for (size_t i = 0; i < c->n;) {
            size_t n = 0, words = 0;
            while (i < c->n && words < j->words) {
                batch[n++] = &c->sent[order[i]];
                words += c->sent[order[i++]].n;
            }
            if (!dl_fit_step(f, batch, n)) die("out of memory", j->name);
        }
        const double n = (double)c->words;
        printf("pass %u: loss of tags %.4f names %.4f arcs %.4f relations %.4f\n", e + 1, f->loss[0] / n, f->loss[1] / n,
               f->loss[2] / n, f->loss[3] / n);
        fflush(stdout);
        dl_fit_settle(f);
        if (e % 4 == 3 || e + 1 == j->epochs)
            for (int d = 0; d < j->n_dev; d++) measure(f, &j->dev[d], j->dev_path[d]);
    }
    free(order);
    free(batch);
}

int main(int argc, char **argv)
{
    struct job j = { .epochs = 12,
                     .words = 900,
                     .rows = 30000,
                     .least = 3,
                     .plan = { .d = 128,
                               .arcs = 96,
                               .layers = "css",
                               .rate = 0.002f,
                               .drop = 0.25f,
                               .drop_rows = 0.1f,
                               .threads = 2,
                               .seed = 1 } };
    if (argc < 4) die("OUT.dlm NAME [OPTIONS] TRAIN... [-t DEV...]", "usage");
    j.out = argv[1];
    j.name = argv[2];
    dl_error err = { 0 };
    dl_arena_init(&j.arena, (size_t)16 << 30);
    if (dl_models_open(&j.models, NULL, &err)) die(err.message, "models");
    read_all(&j, argc, argv);
    choose_heads(&j);
    if (!j.train.n || !j.words || !j.plan.threads || j.plan.threads > 64 || j.plan.d % 32 || !j.plan.d ||
        j.plan.d > DL_NET_WIDTH || j.plan.arcs % 16)
        die("nothing to train on, or a size that cannot be", j.name);
    if (!j.plan.flat || j.plan.flat > strlen(j.plan.layers)) j.plan.flat = (uint32_t)strlen(j.plan.layers);
    dl_vectors v;
    if (!dl_vectors_open(&v, j.models)) die("no vectors of words in the pack", j.name);
    j.plan.steps = (uint32_t)((size_t)j.epochs * j.train.words / j.words);
    printf("%s: %zu sentences, %zu words\n", j.name, j.train.n, j.train.words);
    dl_fit f;
    dl_fit_index index;
    bool ok = dl_fit_index_make(&index, j.train.sent, j.train.n, j.least, j.rows) &&
              dl_fit_rows(&index, j.train.sent, j.train.n, &j.arena);
    for (int i = 0; ok && i < j.n_dev; i++) ok = dl_fit_rows(&index, j.dev[i].sent, j.dev[i].n, &j.arena);
    printf("%u rows\n", index.n_rows);
    if (!ok || !dl_fit_init(&f, &j.plan, &index, &v, j.may)) die("out of memory", j.name);
    train(&j, &f);
    if (dl_fit_write(&f, j.out, j.name, &err)) die(err.message, j.out);
    dl_fit_free(&f);
    dl_arena_free(&j.arena);
    dl_models_close(j.models);
    return 0;
}
