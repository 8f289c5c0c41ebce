/* train_metonyms.c: trains the judge of places that stand for those who act for them (src/coref/metonym.c), and
 * measures it.
 *
 *     train_metonyms OUT.dlm [-f FOLDS] SET... [-d SET...]
 *     train_metonyms - -d SET...              the shipped weights, on sets that they have not seen
 *
 * SET is [-w WEIGHT] LITERAL.txt METONYMIC.txt, each line "name<SEP>sentence with <ENT>name<ENT>" (the form of
 * ReLocaR, Gritta et al. 2017). Every set but the first has a feature that says so, which use never has: what sets
 * differ by is not learnt, and how often each reading occurs is the first one's. -f judges the first set in as many
 * turns without the fold that is judged. VERBOSE in the environment prints what is judged wrongly behind -d.
 *
 * Logistic regression by stochastic gradient, weights averaged over all steps; fixed seed. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/pack_format.h"
#include "coref/work.h"
#include "learn/train.h"
#include "page.h"
#include "tags/tags.h"
#include "trees/trees.h"

enum { EPOCHS = 15, MIN_UPDATES = 2 * EPOCHS, MAX_BYTES = 180000, LINE_MAX_BYTES = 1 << 16, SET_FEATURE = 9999 };
#define RATE 0.05f

static void die(const char *what, const char *name)
{
    fprintf(stderr, "train_metonyms: %s: %s\n", name, what);
    exit(1);
}

struct example {
    uint64_t *feat; /* [n]                                                                      */
    uint32_t n;
    float weight;
    uint8_t metonym, fold, set;
};

struct task {
    dl_models *models;
    dl_build b;
    dl_arena arena;
    dl_linear shipped;
    struct example *ex; /* of the sets to learn from                                             */
    size_t n_ex, ex_cap;
    uint32_t right, asked;
    uint32_t folds;
};

/* Takes the marks out of a line; text has LINE_MAX_BYTES. False: the line is not of this form. */
static bool cut_line(dl_str line, char *text, dl_str *out, dl_span *name)
{
    size_t at = dl_str_find(line, DL_STR("<SEP>"), 0), n = 0;
    if (at == SIZE_MAX || line.len >= LINE_MAX_BYTES) return false;
    line = dl_str_trim(dl_str_cut(line, at + 5, line.len));
    size_t beg = dl_str_find(line, DL_STR("<ENT>"), 0), end = beg == SIZE_MAX ? beg : dl_str_find(line, DL_STR("<ENT>"), beg + 5);
    if (end == SIZE_MAX) return false;
    dl_str part[3] = { dl_str_cut(line, 0, beg), dl_str_cut(line, beg + 5, end), dl_str_cut(line, end + 5, line.len) };
    for (int i = 0; i < 3; i++) {
        memcpy(text + n, part[i].p, part[i].len);
        n += part[i].len;
    }
    *out = (dl_str){ text, n };
    *name = (dl_span){ (uint32_t)beg, (uint32_t)(end - 5) };
    return true;
}

static void keep(struct task *k, const dl_feats *f, const struct example *like)
{
    struct example x = *like;
    x.n = f->n;
    x.feat = dl_arena_raw(&k->arena, (size_t)f->n + 1, sizeof *x.feat);
    if (!x.feat || !DL_ROOM(&k->arena, k->ex, k->n_ex, k->ex_cap)) die("out of memory", "examples");
    memcpy(x.feat, f->h, f->n * sizeof *f->h);
    if (x.set) x.feat[x.n++] = dl_feat(SET_FEATURE, x.set);
    k->ex[k->n_ex++] = x;
}

static void judge(struct task *k, const dl_feats *f, bool metonym, dl_str line)
{
    int32_t score[DL_LABELS_MAX];
    dl_linear_score(&k->shipped, f->h, f->n, score);
    bool right = (score[0] > 0) == metonym;
    k->asked++;
    k->right += right;
    if (!right && getenv("VERBOSE")) printf("%s %.*s\n", metonym ? "met" : "lit", (int)line.len, line.p);
}

/* `learn` NULL: judged. */
static void do_line(struct task *k, dl_str line, struct example *learn, bool metonym)
{
    static char text[LINE_MAX_BYTES];
    dl_str s;
    dl_span name;
    dl_coref c;
    dl_feats f;
    if (!cut_line(line, text, &s, &name)) return;
    if (!read_paragraph(&k->b, k->models, s)) die("out of memory", "page");
    dl_span tok = dl_toks_of(&k->b.d, name);
    dl_arena_mark here = dl_arena_here(&k->b.scratch);
    if (!dl_cr_begin(&c, &k->b, k->models)) die("out of memory", "page");
    dl_cr_metonym_features(&f, &c, tok);
    dl_arena_back(&k->b.scratch, here);
    if (!learn) {
        judge(k, &f, metonym, line);
        return;
    }
    learn->metonym = metonym;
    learn->fold = (uint8_t)(k->n_ex % k->folds);
    keep(k, &f, learn);
}

static void do_file(struct task *k, const char *path, struct example *learn, bool metonym)
{
    FILE *in = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    if (!in) die("cannot be read", path);
    while ((len = getline(&line, &cap, in)) > 0) do_line(k, dl_str_trim((dl_str){ line, (size_t)len }), learn, metonym);
    free(line);
    fclose(in);
}

static float chance(const dl_trainer *t, const struct example *x)
{
    float score[DL_LABELS_MAX];
    dl_trainer_score(t, x->feat, x->n, score);
    return 1 / (1 + expf(-score[0]));
}

/* Learns from all but one fold of the first set (`without` DL_NONE: from all) into a section. */
static void learn(struct task *k, uint32_t without, dl_buf *out)
{
    static const char *const labels[] = { "metonym" };
    dl_trainer t;
    dl_arena a;
    uint64_t state = 11;
    uint32_t *order = dl_arena_raw(&k->arena, k->n_ex + 1, sizeof *order);
    dl_arena_init(&a, (size_t)4 << 30);
    if (!order || !dl_trainer_init(&t, &a, labels, 1, &(dl_train_plan){ .max_bytes = MAX_BYTES }))
        die("out of memory", "trainer");
    for (uint32_t i = 0; i < k->n_ex; i++) order[i] = i;
    for (int e = 0; e < EPOCHS; e++) {
        dl_shuffle(order, k->n_ex, &state);
        for (size_t i = 0; i < k->n_ex; i++) {
            const struct example *x = &k->ex[order[i]];
            if (x->set == 0 && x->fold == without) continue;
            float by = ((float)x->metonym - chance(&t, x)) * x->weight * RATE;
            dl_trainer_update(&t, x->feat, x->n, 0, by);
            dl_trainer_tick(&t);
        }
    }
    t.plan.min_updates = MIN_UPDATES;
    if (!dl_trainer_write(&t, out)) die("out of memory", "weights");
    dl_arena_free(&a);
}

static void cross_validate(struct task *k)
{
    uint32_t right = 0, asked = 0;
    for (uint32_t fold = 0; fold < k->folds; fold++) {
        dl_buf buf;
        dl_linear w;
        int32_t score[DL_LABELS_MAX];
        dl_buf_init(&buf, (size_t)64 << 20);
        learn(k, fold, &buf);
        if (!dl_linear_view(&w, dl_buf_str(&buf))) die("out of memory", "weights");
        for (size_t i = 0; i < k->n_ex; i++) {
            const struct example *x = &k->ex[i];
            if (x->set || x->fold != fold) continue;
            dl_linear_score(&w, x->feat, x->n, score);
            asked++;
            right += (score[0] > 0) == x->metonym;
        }
        dl_buf_free(&buf);
    }
    printf("first set in %u turns: accuracy %.4f of %u\n", k->folds, asked ? (double)right / asked : 0, asked);
}

/* The sets up to the next option; the number of the argument behind them. */
static int do_sets(struct task *k, int argc, char **argv, int i, bool learning)
{
    struct example like = { .weight = 1 };
    for (; i < argc && strcmp(argv[i], "-d"); i += 2, like.set++) {
        uint64_t percent = 100;
        if (!strcmp(argv[i], "-w") && i + 2 < argc && dl_str_number(dl_str_of(argv[i + 1]), 1000, &percent)) i += 2;
        if (i + 1 >= argc) die("a set is two files", argv[i]);
        like.weight = (float)percent / 100;
        for (int m = 0; m < 2; m++) do_file(k, argv[i + m], learning ? &like : NULL, m);
        if (!learning) printf("%s: accuracy %.4f of %u\n", argv[i + 1], k->asked ? (double)k->right / k->asked : 0, k->asked);
        k->asked = k->right = 0;
    }
    return i;
}

static void write_model(struct task *k, const char *path, dl_buf *buf)
{
    dl_error err;
    learn(k, DL_NONE, buf);
    if (!dl_linear_view(&k->shipped, dl_buf_str(buf))) die("out of memory", path);
    dl_pack_part part = { DL_CR_METONYMS, buf->p, buf->len };
    if (strcmp(path, "-") && dl_pack_write(path, &part, 1, &err) != DL_OK) die(err.message, path);
}

int main(int argc, char **argv)
{
    static struct task k = { .folds = 1 };
    dl_error err;
    dl_buf buf;
    uint64_t folds = 0;
    int i = 2;
    if (argc < 4) die("usage: train_metonyms OUT.dlm [-f FOLDS] SET... [-d SET...]", "no files");
    if (dl_models_open(&k.models, NULL, &err) != DL_OK) die(err.message, "models");
    dl_build_init(&k.b);
    dl_arena_init(&k.arena, (size_t)4 << 30);
    dl_buf_init(&buf, (size_t)64 << 20);
    (void)dl_linear_open(&k.shipped, k.models, DL_CR_METONYMS);
    if (!strcmp(argv[i], "-f") && dl_str_number(dl_str_of(argv[i + 1]), 50, &folds)) i += 2;
    k.folds = folds > 1 ? (uint32_t)folds : 1;
    i = do_sets(&k, argc, argv, i, true);
    if (folds > 1) cross_validate(&k);
    if (k.n_ex) write_model(&k, argv[1], &buf);
    if (i < argc) do_sets(&k, argc, argv, i + 1, false);
    dl_buf_free(&buf);
    dl_arena_free(&k.arena);
    dl_build_free(&k.b);
    dl_models_close(k.models);
    return 0;
}
