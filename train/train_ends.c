/* train_ends.c: learns where sentences end.  train_ends OUT.dlm [--dev DEV.conllu]... TRAIN.conllu[.gz]...
 * The text is put together from the treebank (SpaceAfter, paragraphs as lines), cut into words by the
 * rules of src/tokens, and the model decides at each place that may be an end. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/pack_format.h"
#include "learn/gold.h"
#include "learn/train.h"
#include "tokens/cut.h"

enum { EPOCHS = 10, MIN_UPDATES = 2, MAX_DEV = 8, MAX_BYTES = 420000 };

/* One paragraph of a treebank. */
typedef struct line {
    dl_str text;
    uint32_t *end; /* [n] byte behind the last character of each sentence                         */
    uint32_t n;
} line;
typedef struct lines {
    line *v;
    size_t n, cap;
} lines;

typedef struct job {
    dl_arena arena;
    dl_models *models;
    dl_build b;
    lines train, dev[MAX_DEV];
    const char *dev_path[MAX_DEV];
    int n_dev;
    dl_trainer t;
} job;

static int die(const char *what)
{
    fprintf(stderr, "train_ends: %s\n", what);
    return 1;
}

static bool add_line(dl_arena *a, lines *out, const dl_gold *g, size_t first, size_t last)
{
    size_t bytes = 0, at = 0;
    for (size_t s = first; s < last; s++)
        for (uint32_t i = g->sent[s].words.beg; i < g->sent[s].words.end; i++) bytes += g->word[i].form.len + 1;
    char *p = dl_arena_raw(a, bytes + 1, 1);
    uint32_t *end = dl_arena_raw(a, last - first, sizeof *end);
    if (!p || !end || !DL_ROOM(a, out->v, out->n, out->cap)) return false;
    for (size_t s = first; s < last; s++) {
        for (uint32_t i = g->sent[s].words.beg; i < g->sent[s].words.end; i++) {
            memcpy(p + at, g->word[i].form.p, g->word[i].form.len);
            at += g->word[i].form.len;
            end[s - first] = (uint32_t)at;
            if (g->word[i].space) p[at++] = ' ';
        }
    }
    out->v[out->n++] = (line){ { p, at }, end, (uint32_t)(last - first) };
    return true;
}

static dl_status read_lines(job *j, lines *out, const char *path, dl_error *err)
{
    dl_gold g = { .n_words = 0 };
    dl_status st = dl_gold_read(&g, &j->arena, path, err);
    for (size_t s = 0, first = 0; st == DL_OK && s < g.n_sents; s++)
        if (s + 1 == g.n_sents || g.sent[s + 1].par) {
            if (!add_line(&j->arena, out, &g, first, s + 1)) return dl_fail_mem(err, path);
            first = s + 1;
        }
    return st;
}

/* Cuts a line into words and marks what the rules say. NULL: no memory, or no words. */
static uint8_t *cut(job *j, const line *l, dl_cut *c)
{
    dl_build_reset(&j->b);
    dl_put_text(&j->b, l->text);
    *c = (dl_cut){ .b = &j->b, .t = j->b.d.text, .end = j->b.d.text_len };
    c->abbrs = dl_tsv_open(j->models, "abbreviations");
    c->starts = dl_tsv_open(j->models, "sentence_starts");
    dl_cut_words(c);
    uint32_t n = j->b.d.toks.n;
    uint8_t *mark = n ? dl_arena_get(&j->b.scratch, n, 1) : NULL;
    if (mark) dl_cut_rules(c, mark, n);
    return mark;
}

/* Goes through the line's places. With a model it judges them, without it learns. Adds up how many
 * sentences came out right (hit), came out, and are gold. */
typedef struct tally {
    size_t hit, got, gold;
} tally;

static void go(job *j, const line *l, const dl_linear *model, tally *sum)
{
    dl_cut c;
    const uint8_t *mark = cut(j, l, &c);
    if (!mark) return;
    const uint32_t n = j->b.d.toks.n;
    dl_end_state state = { .line_lower = dl_end_lower(&c, n) };
    uint32_t g = 0;
    bool whole = true; /* the sentence at hand began where a gold one begins                     */
    for (uint32_t row = 0; row < n; row++) {
        uint32_t at = j->b.d.toks.span[row].end;
        while (g < l->n && l->end[g] < at) {
            g++;
            whole = false;
        }
        bool rule = (mark[row] & DL_RULE_END) != 0, gold = g < l->n && l->end[g] == at, end = rule;
        if (row + 1 < n && dl_end_candidate(&c, row, mark[row])) {
            dl_feats f = { .n = 0 };
            dl_end_features(&c, row, n, rule, &state, &f);
            int32_t score[DL_LABELS_MAX];
            float trained[DL_LABELS_MAX];
            if (model) {
                dl_linear_score(model, f.h, f.n, score);
                end = dl_end_judge(&c, row, mark[row], score);
            } else {
                dl_trainer_score(&j->t, f.h, f.n, trained);
                end = trained[1] > trained[0];
                if (end != gold) {
                    dl_trainer_update(&j->t, f.h, f.n, gold, 1);
                    dl_trainer_update(&j->t, f.h, f.n, end, -1);
                }
                dl_trainer_tick(&j->t);
            }
        }
        end |= row + 1 == n;
        if (gold) g++;
        sum->hit += end && gold && whole;
        sum->got += end;
        sum->gold += gold;
        whole = end && gold ? true : end || gold ? false : whole;
        dl_end_step(&c, row, end, &state);
    }
}

static void report(const char *what, const tally *t)
{
    double p = t->got ? (double)t->hit / (double)t->got : 0, r = t->gold ? (double)t->hit / (double)t->gold : 0;
    fprintf(stderr, "%s: sentences P %.4f R %.4f F1 %.4f\n", what, p, r, p + r > 0 ? 2 * p * r / (p + r) : 0);
}

static bool train(job *j)
{
    static const char *const labels[] = { "on", "end" };
    const dl_train_plan plan = { .min_updates = MIN_UPDATES, .max_bytes = MAX_BYTES };
    uint32_t *order = dl_arena_raw(&j->arena, j->train.n + 1, sizeof *order);
    if (!order || !dl_trainer_init(&j->t, &j->arena, labels, 2, &plan)) return false;
    for (uint32_t i = 0; i < j->train.n; i++) order[i] = i;
    uint64_t state = 1;
    for (int e = 0; e < EPOCHS; e++) {
        tally sum = { 0, 0, 0 };
        for (size_t i = j->train.n; i > 1; i--) {
            size_t k = (size_t)(dl_random(&state) % i);
            uint32_t swap = order[i - 1];
            order[i - 1] = order[k];
            order[k] = swap;
        }
        for (size_t i = 0; i < j->train.n; i++) go(j, &j->train.v[order[i]], NULL, &sum);
        report("training", &sum);
    }
    return !dl_arena_failed(&j->arena);
}

int main(int argc, char **argv)
{
    static job j;
    dl_error err;
    dl_arena_init(&j.arena, (size_t)8 << 30);
    dl_build_init(&j.b);
    if (argc < 3) return die("usage: train_ends OUT.dlm [--dev DEV.conllu]... TRAIN.conllu...");
    if (dl_models_open(&j.models, NULL, &err) != DL_OK) return die(err.message);
    for (int i = 2; i < argc; i++) {
        lines *to = &j.train;
        if (!strcmp(argv[i], "--dev") && i + 1 < argc && j.n_dev < MAX_DEV) {
            j.dev_path[j.n_dev] = argv[++i];
            to = &j.dev[j.n_dev++];
        }
        if (read_lines(&j, to, argv[i], &err) != DL_OK) return die(err.message);
    }
    if (!train(&j)) return die("memory");
    dl_buf out;
    dl_linear m;
    dl_buf_init(&out, (size_t)1 << 28);
    if (!dl_trainer_write(&j.t, &out) || !dl_linear_view(&m, dl_buf_str(&out))) return die("the model could not be written");
    fprintf(stderr, "%zu features, %zu bytes\n", j.t.n_rows, out.len);
    for (int d = 0; d < j.n_dev; d++) {
        tally sum = { 0, 0, 0 };
        for (size_t i = 0; i < j.dev[d].n; i++) go(&j, &j.dev[d].v[i], &m, &sum);
        report(j.dev_path[d], &sum);
    }
    dl_pack_part part = { "tokens/ends", out.p, out.len };
    if (dl_pack_write(argv[1], &part, 1, &err) != DL_OK) return die(err.message);
    dl_buf_free(&out);
    dl_models_close(j.models);
    dl_build_free(&j.b);
    dl_arena_free(&j.arena);
    return 0;
}
