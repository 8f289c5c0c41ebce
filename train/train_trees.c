/* train_trees.c: learns the parser.  train_trees OUT.dlm [--dev DEV.conllu]... TRAIN.conllu[.gz]...
 * Arc-hybrid moves with a dynamic oracle (Goldberg & Nivre 2013), labels apart. The tags in the files are
 * used as they stand: make them with `train_tags --jackknife`, so that they err as in use. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/pack_format.h"
#include "learn/gold.h"
#include "learn/lex.h"
#include "learn/train.h"
#include "tags/tags.h"
#include "trees/arcs.h"
#include "trees/trees.h"

enum { EPOCHS = 12, MAX_DEV = 8, MOVE_BYTES = 4300000, LABEL_BYTES = 2700000, EXPLORE = 90 };

typedef struct job {
    dl_arena arena, state; /* state: of the sentence at hand                                     */
    dl_gold train, dev[MAX_DEV];
    const char *dev_path[MAX_DEV];
    int n_dev;
    dl_models *models;
    dl_lex *lex[1 + MAX_DEV]; /* the words of train and dev                                      */
    dl_trainer moves, labels;
    uint64_t random;
} job;

static int die(const char *what)
{
    fprintf(stderr, "train_trees: %s\n", what);
    return 1;
}

static dl_lex *lexed(dl_arena *a, const dl_gold *g, const dl_clusters *groups)
{
    dl_lex *out = dl_arena_raw(a, g->n_words + 1, sizeof *out);
    for (size_t i = 0; out && i < g->n_words; i++) {
        out[i] = dl_lex_of(g->word[i].form);
        dl_lex_group(&out[i], groups);
    }
    return out;
}

static bool start(dl_arcs *a, dl_arena *arena, const dl_gold *g, const dl_lex *lex, dl_span s)
{
    if (!dl_arcs_init(a, arena, dl_span_len(s))) return false;
    for (uint32_t i = 0; i < a->n; i++) {
        const dl_gold_word *w = &g->word[s.beg + i];
        dl_arcs_word(a, i, &lex[s.beg + i], dl_xpos_of(w->xpos), dl_upos_of(w->upos));
    }
    return true;
}

/* The gold head of a word as a node: the root is node n. */
static uint32_t head_of(const dl_gold_word *w, uint32_t n, uint32_t i) { return w[i].head ? w[i].head - 1 : n; }

/* How many gold arcs that can still be drawn each move would lose. */
static void costs(const dl_arcs *a, const dl_gold_word *w, int cost[DL_MOVES])
{
    const uint32_t n = a->n, b = a->next;
    cost[DL_SHIFT] = cost[DL_LEFT] = cost[DL_RIGHT] = 0;
    if (b < n) {
        for (uint32_t i = 0; i < a->depth; i++) {
            cost[DL_SHIFT] += head_of(w, n, a->stack[i]) == b;
            cost[DL_SHIFT] += i + 1 < a->depth && head_of(w, n, b) == a->stack[i];
        }
    }
    if (!a->depth) return;
    const uint32_t s0 = a->stack[a->depth - 1], s1 = a->depth > 1 ? a->stack[a->depth - 2] : n + 1, head = head_of(w, n, s0);
    int below = 0; /* dependents of s0 that are still in the buffer                              */
    for (uint32_t i = b; i < n; i++) below += head_of(w, n, i) == s0;
    cost[DL_LEFT] = below + ((head > b && head <= n) || head == s1);
    cost[DL_RIGHT] = below + (head >= b && head <= n);
}

static dl_move best_of(const dl_arcs *a, const float *score, const int *cost, int most)
{
    dl_move best = DL_MOVES;
    for (dl_move m = DL_SHIFT; m < DL_MOVES; m++)
        if (dl_arcs_may(a, m) && (!cost || cost[m] <= most) && (best == DL_MOVES || score[m] > score[best])) best = m;
    return best;
}

/* The label of an arc: learnt where the head is right. */
static uint8_t label_arc(job *j, const dl_arcs *a, const dl_gold_word *w, uint32_t head, uint32_t dep, size_t *right)
{
    if (head == a->n) return DL_REL_ROOT;
    dl_feats f = { .n = 0 };
    float score[DL_LABELS_MAX];
    uint32_t best = 0;
    dl_arcs_label_features(a, head, dep, &f);
    dl_trainer_score(&j->labels, f.h, f.n, score);
    for (uint32_t l = 1; l < j->labels.n_labels; l++)
        if (score[l] > score[best]) best = l;
    if (head_of(w, a->n, dep) == head) {
        uint32_t gold = dl_rel_of(w[dep].rel);
        if (best != gold) {
            dl_trainer_update(&j->labels, f.h, f.n, gold, 1);
            dl_trainer_update(&j->labels, f.h, f.n, best, -1);
        }
        *right += best == gold;
    }
    dl_trainer_tick(&j->labels);
    return (uint8_t)best;
}

static size_t learn(job *j, dl_span s, int epoch)
{
    size_t right = 0;
    dl_arcs a;
    dl_arena_reset(&j->state);
    if (!start(&a, &j->state, &j->train, j->lex[0], s)) return 0;
    const dl_gold_word *w = &j->train.word[s.beg];
    while (!dl_arcs_done(&a)) {
        dl_feats f = { .n = 0 };
        float score[DL_LABELS_MAX];
        int cost[DL_MOVES], least = 1 << 30;
        dl_arcs_features(&a, &f);
        dl_trainer_score(&j->moves, f.h, f.n, score);
        costs(&a, w, cost);
        for (dl_move m = DL_SHIFT; m < DL_MOVES; m++)
            if (dl_arcs_may(&a, m) && cost[m] < least) least = cost[m];
        dl_move best = best_of(&a, score, NULL, 0), gold = best_of(&a, score, cost, least);
        if (cost[best] > least) {
            dl_trainer_update(&j->moves, f.h, f.n, gold, 1);
            dl_trainer_update(&j->moves, f.h, f.n, best, -1);
        }
        dl_trainer_tick(&j->moves);
        dl_move go = epoch > 0 && dl_random(&j->random) % 100 < EXPLORE ? best : gold;
        uint8_t rel = 0;
        if (go != DL_SHIFT) {
            uint32_t head, dep;
            dl_arcs_arc(&a, go, &head, &dep);
            rel = label_arc(j, &a, w, head, dep, &right);
        }
        dl_arcs_make(&a, go, rel);
    }
    return right;
}

static void evaluate(job *j, const dl_linear *moves, const dl_linear *labels, const dl_gold *g, const dl_lex *lex,
                     const char *path)
{
    size_t uas = 0, las = 0;
    int32_t score[DL_LABELS_MAX];
    for (size_t k = 0; k < g->n_sents; k++) {
        dl_arena_mark here = dl_arena_here(&j->arena);
        dl_span s = g->sent[k].words;
        dl_arcs a;
        if (!start(&a, &j->arena, g, lex, s)) return;
        while (!dl_arcs_done(&a)) {
            dl_feats f = { .n = 0 };
            dl_arcs_features(&a, &f);
            dl_linear_score(moves, f.h, f.n, score);
            dl_move best = DL_MOVES;
            for (dl_move m = DL_SHIFT; m < DL_MOVES; m++)
                if (dl_arcs_may(&a, m) && (best == DL_MOVES || score[m] > score[best])) best = m;
            uint8_t rel = DL_REL_ROOT;
            if (best != DL_SHIFT) {
                uint32_t head, dep;
                dl_arcs_arc(&a, best, &head, &dep);
                f.n = 0;
                dl_arcs_label_features(&a, head, dep, &f);
                dl_linear_score(labels, f.h, f.n, score);
                rel = head == a.n ? DL_REL_ROOT : (uint8_t)dl_linear_best(score, labels->n_labels);
            }
            dl_arcs_make(&a, best, rel);
        }
        const dl_gold_word *w = &g->word[s.beg];
        for (uint32_t i = 0; i < a.n; i++) {
            bool same = a.node[i].head == head_of(w, a.n, i);
            uas += same;
            las += same && dl_rel_base((dl_rel)a.node[i].rel) == dl_rel_base(dl_rel_of(w[i].rel));
        }
        dl_arena_back(&j->arena, here);
    }
    fprintf(stderr, "%s: %zu words, UAS %.4f LAS %.4f\n", path, g->n_words, (double)uas / (double)g->n_words,
            (double)las / (double)g->n_words);
}

static bool train(job *j, int epochs)
{
    static const char *const moves[] = { "shift", "left", "right" };
    const dl_train_plan move_plan = { .min_updates = 5, .max_bytes = MOVE_BYTES },
                        label_plan = { .min_updates = 3, .max_bytes = LABEL_BYTES };
    uint32_t *order = dl_arena_raw(&j->arena, j->train.n_sents, sizeof *order);
    if (!order || !dl_trainer_init(&j->moves, &j->arena, moves, DL_MOVES, &move_plan) ||
        !dl_trainer_init(&j->labels, &j->arena, dl_rel_names, DL_RELS, &label_plan))
        return false;
    for (uint32_t i = 0; i < j->train.n_sents; i++) order[i] = i;
    j->random = 1;
    for (int e = 0; e < epochs && !dl_arena_failed(&j->arena); e++) {
        size_t right = 0;
        for (size_t i = j->train.n_sents; i > 1; i--) {
            size_t k = (size_t)(dl_random(&j->random) % i);
            uint32_t swap = order[i - 1];
            order[i - 1] = order[k];
            order[k] = swap;
        }
        for (size_t i = 0; i < j->train.n_sents; i++) right += learn(j, j->train.sent[order[i]].words, e);
        fprintf(stderr, "epoch %d: %.4f, %zu + %zu features\n", e, (double)right / (double)j->train.n_words, j->moves.n_rows,
                j->labels.n_rows);
    }
    return !dl_arena_failed(&j->arena);
}

static int save(job *j, const char *path)
{
    dl_error err;
    dl_buf out[2];
    dl_linear m[2];
    dl_buf_init(&out[0], (size_t)1 << 28);
    dl_buf_init(&out[1], (size_t)1 << 28);
    if (!dl_trainer_write(&j->moves, &out[0]) || !dl_trainer_write(&j->labels, &out[1]) ||
        !dl_linear_view(&m[0], dl_buf_str(&out[0])) || !dl_linear_view(&m[1], dl_buf_str(&out[1])))
        return die("the model could not be written");
    fprintf(stderr, "moves %zu bytes, labels %zu bytes\n", out[0].len, out[1].len);
    for (int d = 0; d < j->n_dev; d++) evaluate(j, &m[0], &m[1], &j->dev[d], j->lex[1 + d], j->dev_path[d]);
    dl_pack_part part[] = { { "trees/moves", out[0].p, out[0].len }, { "trees/labels", out[1].p, out[1].len } };
    if (dl_pack_write(path, part, 2, &err) != DL_OK) return die(err.message);
    dl_buf_free(&out[0]);
    dl_buf_free(&out[1]);
    return 0;
}

int main(int argc, char **argv)
{
    static job j;
    dl_error err;
    dl_arena_init(&j.arena, (size_t)14 << 30);
    dl_arena_init(&j.state, (size_t)1 << 30);
    if (argc < 3) return die("usage: train_trees OUT.dlm [--dev DEV.conllu]... TRAIN.conllu...");
    for (int i = 2; i < argc; i++) {
        dl_gold *g = &j.train;
        if (!strcmp(argv[i], "--dev") && i + 1 < argc && j.n_dev < MAX_DEV) {
            j.dev_path[j.n_dev] = argv[++i];
            g = &j.dev[j.n_dev++];
        }
        if (dl_gold_read(g, &j.arena, argv[i], &err) != DL_OK) return die(err.message);
    }
    if (dl_models_open(&j.models, NULL, &err) != DL_OK) return die(err.message);
    const dl_clusters groups = dl_clusters_open(j.models);
    j.lex[0] = lexed(&j.arena, &j.train, &groups);
    for (int d = 0; d < j.n_dev; d++) j.lex[1 + d] = lexed(&j.arena, &j.dev[d], &groups);
    const char *epochs = getenv("EPOCHS");
    if (!train(&j, epochs ? (int)strtol(epochs, NULL, 10) : EPOCHS)) return die("memory");
    int status = save(&j, argv[1]);
    dl_models_close(j.models);
    dl_arena_free(&j.state);
    dl_arena_free(&j.arena);
    return status;
}
