/* train_lemmas.c: learns dictionary forms.  train_lemmas OUT.dlm [--dev DEV.conllu]... TRAIN.conllu[.gz]...
 * A label is an edit, "3+y": take three bytes off the lowered form, add y. A second, small model says which
 * capitals stay. The figures are of whole lemmas, capitals counted. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/pack_format.h"
#include "base/utf8.h"
#include "learn/gold.h"
#include "learn/train.h"
#include "tags/lemma.h"
#include "tags/tags.h"

enum { EPOCHS = 8, MIN_UPDATES = 1, MAX_DEV = 8, MAX_BYTES = 500000, MIN_LABEL = 3 };

typedef struct job {
    dl_arena arena;
    dl_gold train, dev[MAX_DEV];
    const char *dev_path[MAX_DEV];
    int n_dev;
    char name[4096][24];
    uint32_t count[4096], n_names;
    const char *label[DL_LABELS_MAX];
    uint32_t n_labels;
    dl_trainer t, cases;
} job;

static int die(const char *what)
{
    fprintf(stderr, "train_lemmas: %s\n", what);
    return 1;
}

/* The edit from the form to the lemma; false: it is none (a typing error was corrected ...). */
static bool edit_of(char edit[24], const dl_gold_word *w, dl_str *base, char *low)
{
    char other[DL_LEMMA_MAX + 4];
    uint32_t xpos = dl_xpos_of(w->xpos);
    if (w->form.len > DL_LEMMA_MAX || w->lemma.len > DL_LEMMA_MAX || dl_str_eq(w->lemma, DL_STR("_"))) return false;
    *base = dl_lemma_base(low, w->form, xpos);
    dl_str lemma = dl_lemma_base(other, w->lemma, xpos);
    size_t same = 0;
    while (same < base->len && same < lemma.len && base->p[same] == lemma.p[same]) same++;
    if (lemma.len - same > 8 || (same == 0 && base->len > 6)) return false;
    snprintf(edit, 24, "%zu+%.*s", base->len - same, (int)(lemma.len - same), lemma.p + same);
    return true;
}

static uint32_t name_of(job *j, const char *edit, bool add)
{
    for (uint32_t i = 0; i < j->n_names; i++)
        if (!strcmp(j->name[i], edit)) return i;
    if (!add || j->n_names == 4096) return DL_NONE;
    snprintf(j->name[j->n_names], sizeof j->name[0], "%s", edit);
    return j->n_names++;
}

/* The DL_LABELS_MAX commonest edits, commonest first. */
static void make_labels(job *j)
{
    char edit[24], low[DL_LEMMA_MAX + 4];
    dl_str base;
    for (size_t i = 0; i < j->train.n_words; i++)
        if (edit_of(edit, &j->train.word[i], &base, low)) {
            uint32_t n = name_of(j, edit, true);
            if (n != DL_NONE) j->count[n]++;
        }
    while (j->n_labels < DL_LABELS_MAX) {
        uint32_t best = 0;
        for (uint32_t i = 1; i < j->n_names; i++)
            if (j->count[i] > j->count[best]) best = i;
        if (j->count[best] < MIN_LABEL) break;
        j->count[best] = 0;
        j->label[j->n_labels++] = j->name[best];
    }
}

static bool train(job *j)
{
    const dl_train_plan plan = { .min_updates = MIN_UPDATES, .max_bytes = MAX_BYTES };
    if (!dl_trainer_init(&j->t, &j->arena, j->label, j->n_labels, &plan)) return false;
    float score[DL_LABELS_MAX];
    char edit[24], low[DL_LEMMA_MAX + 4];
    dl_str base;
    for (int e = 0; e < EPOCHS; e++) {
        size_t right = 0;
        for (size_t i = 0; i < j->train.n_words; i++) {
            const dl_gold_word *w = &j->train.word[i];
            uint32_t gold = 0, best = 0;
            if (!edit_of(edit, w, &base, low)) continue;
            while (gold < j->n_labels && strcmp(j->label[gold], edit) != 0) gold++;
            if (gold == j->n_labels) continue;
            dl_feats f = { .n = 0 };
            dl_lemma_features(base, dl_xpos_of(w->xpos), &f);
            dl_trainer_score(&j->t, f.h, f.n, score);
            for (uint32_t l = 1; l < j->n_labels; l++)
                if (score[l] > score[best]) best = l;
            if (best != gold) {
                dl_trainer_update(&j->t, f.h, f.n, gold, 1);
                dl_trainer_update(&j->t, f.h, f.n, best, -1);
            }
            dl_trainer_tick(&j->t);
            right += best == gold;
        }
        fprintf(stderr, "epoch %d: %.4f, %zu features\n", e, (double)right / (double)j->train.n_words, j->t.n_rows);
    }
    return !dl_arena_failed(&j->arena);
}

/* The k-th word of a sentence as the program sees it. */
static dl_lemma_word word_of(const dl_gold *g, dl_span sent, size_t k)
{
    const dl_gold_word *w = &g->word[k];
    return (dl_lemma_word){ w->form, dl_xpos_of(w->xpos), k == sent.beg,
                            (k > sent.beg && dl_lemma_shouts(g->word[k - 1].form)) ||
                                (k + 1 < sent.end && dl_lemma_shouts(g->word[k + 1].form)) };
}

static void learn_case(job *j, const dl_lemma_word *w, dl_str lemma)
{
    char low[DL_LEMMA_MAX + 4];
    float score[DL_LABELS_MAX];
    if (!dl_lemma_cased(w) || lemma.len > DL_LEMMA_MAX) return;
    const uint32_t gold = !dl_str_eq(dl_lemma_base(low, lemma, DL_XPOS_NN), lemma);
    dl_feats f = { .n = 0 };
    dl_lemma_case_features(w, &f);
    dl_trainer_score(&j->cases, f.h, f.n, score);
    const uint32_t best = score[1] > score[0];
    if (best != gold) {
        dl_trainer_update(&j->cases, f.h, f.n, gold, 1);
        dl_trainer_update(&j->cases, f.h, f.n, best, -1);
    }
    dl_trainer_tick(&j->cases);
}

/* A word in small letters as it would stand at a sentence's head: its capital would not stay. */
static void learn_small(job *j, dl_lemma_word w)
{
    char form[DL_LEMMA_MAX];
    if (w.form.len > sizeof form || w.form.p[0] < 'a' || w.form.p[0] > 'z' || dl_lemma_cased(&w)) return;
    memcpy(form, w.form.p, w.form.len);
    form[0] = (char)(form[0] - 'a' + 'A');
    w = (dl_lemma_word){ { form, w.form.len }, w.xpos, true, false };
    learn_case(j, &w, DL_STR("_"));
}

static bool train_cases(job *j)
{
    static const char *const labels[] = { "lower", "keep" };
    const dl_train_plan plan = { .min_updates = 1, .max_bytes = MAX_BYTES / 2 };
    if (!dl_trainer_init(&j->cases, &j->arena, labels, 2, &plan)) return false;
    for (int e = 0; e < EPOCHS; e++)
        for (size_t s = 0; s < j->train.n_sents; s++)
            for (size_t k = j->train.sent[s].words.beg; k < j->train.sent[s].words.end; k++) {
                const dl_lemma_word w = word_of(&j->train, j->train.sent[s].words, k);
                learn_case(j, &w, j->train.word[k].lemma);
                learn_small(j, w);
            }
    return !dl_arena_failed(&j->arena);
}

static void evaluate(const dl_lemmas *l, const dl_gold *g, const char *path)
{
    size_t right = 0;
    char out[DL_LEMMA_MAX + 4];
    for (size_t s = 0; s < g->n_sents; s++)
        for (size_t k = g->sent[s].words.beg; k < g->sent[s].words.end; k++) {
            const dl_lemma_word w = word_of(g, g->sent[s].words, k);
            right += dl_str_eq(dl_lemma_of(l, out, &w), g->word[k].lemma);
        }
    fprintf(stderr, "%s: %zu words, lemmas %.4f\n", path, g->n_words, (double)right / (double)g->n_words);
}

/* What was written, as the program opens it. */
static bool reopen(dl_lemmas *l, const char *path)
{
    dl_models *m = NULL, *tables = NULL;
    dl_error err;
    if (dl_models_open(&m, path, &err) != DL_OK || dl_models_open(&tables, NULL, &err) != DL_OK) return false;
    dl_lemmas_open(l, m);
    l->irregular = dl_tsv_open(tables, "irregular");
    return true; /* both stay open until the end */
}

int main(int argc, char **argv)
{
    static job j;
    dl_error err;
    dl_arena_init(&j.arena, (size_t)8 << 30);
    if (argc < 3) return die("usage: train_lemmas OUT.dlm [--dev DEV.conllu]... TRAIN.conllu...");
    for (int i = 2; i < argc; i++) {
        dl_gold *g = &j.train;
        if (!strcmp(argv[i], "--dev") && i + 1 < argc && j.n_dev < MAX_DEV) {
            j.dev_path[j.n_dev] = argv[++i];
            g = &j.dev[j.n_dev++];
        }
        if (dl_gold_read(g, &j.arena, argv[i], &err) != DL_OK) return die(err.message);
    }
    make_labels(&j);
    if (!train(&j) || !train_cases(&j)) return die("memory");
    dl_buf edits, cases;
    dl_lemmas l;
    dl_buf_init(&edits, (size_t)1 << 28);
    dl_buf_init(&cases, (size_t)1 << 28);
    if (!dl_trainer_write(&j.t, &edits) || !dl_trainer_write(&j.cases, &cases)) return die("the model could not be written");
    fprintf(stderr, "%u labels, %zu and %zu bytes\n", j.n_labels, edits.len, cases.len);
    dl_pack_part parts[] = { { "tags/lemma_cases", cases.p, cases.len }, { "tags/lemmas", edits.p, edits.len } };
    if (dl_pack_write(argv[1], parts, 2, &err) != DL_OK) return die(err.message);
    if (!reopen(&l, argv[1])) return die("the model cannot be opened");
    for (int d = 0; d < j.n_dev; d++) evaluate(&l, &j.dev[d], j.dev_path[d]);
    dl_buf_free(&edits);
    dl_buf_free(&cases);
    dl_arena_free(&j.arena);
    return 0;
}
