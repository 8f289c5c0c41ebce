/* train_tags.c: learns the tagger.  train_tags OUT.dlm [--dev DEV.conllu]... TRAIN.conllu[.gz]...
 * Greedy averaged perceptron over joint labels "XPOS UPOS"; its own tags are the history.
 * train_tags --jackknife OUT.conllu TRAIN.conllu...: tags each fifth with a model of the other four;
 * the trees are trained on such tags, which err as they will in use. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/pack_format.h"
#include "learn/gold.h"
#include "learn/train.h"
#include "tags/features.h"

enum {
    EPOCHS = 8,
    MIN_UPDATES = 4,
    MIN_LABEL = 10,
    MAX_DEV = 8,
    MAX_BYTES = 4000000,
    FOLDS = 5,
    LEXICON_BITS = 15,
    KNOWN = 4,
    SURE = 60
};

typedef struct job {
    dl_arena arena;
    dl_gold train, dev[MAX_DEV];
    const char *dev_path[MAX_DEV];
    int n_dev;
    char name[DL_LABELS_MAX][24];
    const char *label[DL_LABELS_MAX];
    uint32_t count[DL_LABELS_MAX], n_labels;
    uint8_t *gold; /* [train words]                                                              */
    dl_trainer t;
    dl_models *models;
    dl_clusters groups, lexicon;
    dl_str lexicon_bytes;
} job;

static int die(const char *what)
{
    fprintf(stderr, "train_tags: %s\n", what);
    return 1;
}

static uint32_t label_of(job *j, const dl_gold_word *w, bool add)
{
    char name[24];
    snprintf(name, sizeof name, "%.*s %.*s", (int)w->xpos.len, w->xpos.p, (int)w->upos.len, w->upos.p);
    for (uint32_t i = 0; i < j->n_labels; i++)
        if (!strcmp(j->name[i], name)) return i;
    if (!add || j->n_labels == DL_LABELS_MAX) return DL_NONE;
    memcpy(j->name[j->n_labels], name, sizeof name);
    return j->n_labels++;
}

/* Labels that occur often enough; a rarer one counts as the commonest with its Penn tag. */
static void make_labels(job *j)
{
    for (size_t i = 0; i < j->train.n_words; i++) {
        uint32_t l = label_of(j, &j->train.word[i], true);
        if (l != DL_NONE) j->count[l]++;
    }
    uint32_t n = 0;
    for (uint32_t i = 0; i < j->n_labels; i++)
        if (j->count[i] >= MIN_LABEL) {
            memmove(j->name[n], j->name[i], sizeof j->name[i]);
            j->count[n] = j->count[i];
            j->label[n] = j->name[n];
            n++;
        }
    j->n_labels = n;
    for (size_t i = 0; i < j->train.n_words; i++) {
        const dl_gold_word *w = &j->train.word[i];
        uint32_t l = label_of(j, w, false);
        for (uint32_t k = 0; l == DL_NONE && k < n; k++)
            if (!strncmp(j->name[k], w->xpos.p, w->xpos.len) && j->name[k][w->xpos.len] == ' ') l = k;
        j->gold[i] = (uint8_t)(l == DL_NONE ? 0 : l);
    }
}

/* The lexicon of the training sentences but those of the fold. */
static bool make_lexicon(job *j, size_t fold)
{
    typedef uint32_t counts[DL_LABELS_MAX];
    dl_map ids;
    dl_map_init(&ids, &j->arena);
    const size_t slots = (size_t)1 << LEXICON_BITS, forms = (size_t)1 << 17;
    size_t n = 0;
    counts *count = DL_NEW(&j->arena, forms, counts);
    uint64_t *key = DL_NEW(&j->arena, forms, uint64_t), *slot;
    char *out = dl_arena_get(&j->arena, 16 + slots * 8, 1);
    const uint32_t bits = LEXICON_BITS;
    if (!count || !key || !out) return false;
    for (size_t k = 0; k < j->train.n_sents; k++)
        for (uint32_t i = j->train.sent[k].words.beg; i < j->train.sent[k].words.end && k % FOLDS != fold; i++) {
            uint64_t form = dl_lex_of(j->train.word[i].form).form;
            uint32_t *id = n < forms ? dl_map_put(&ids, form, (uint32_t)n) : NULL;
            if (!id) return false;
            if (*id == n) key[n++] = form;
            count[*id][j->gold[i]]++;
        }
    memcpy(out, "DLCLU\0\0\1", 8);
    memcpy(out + 8, &bits, sizeof bits);
    slot = (uint64_t *)(void *)(out + 16);
    for (size_t w = 0; w < n; w++) {
        uint32_t all = 0, one = 0, two = 0;
        for (uint32_t l = 0; l < j->n_labels; l++) {
            all += count[w][l];
            if (count[w][l] > count[w][one]) one = l;
        }
        two = one;
        for (uint32_t l = 0; l < j->n_labels; l++)
            if (l != one && count[w][l] * 50 > all && (two == one || count[w][l] > count[w][two])) two = l;
        if (all < KNOWN) continue;
        bool sure = all >= SURE && count[w][one] * 500 >= all * 499;
        size_t at = key[w] & (slots - 1);
        while (slot[at]) at = (at + 1) & (slots - 1);
        slot[at] = key[w] >> 32 << 32 | (uint64_t)(one + 1 + (two == one ? 0 : (two + 1) * 256)) << 16 | sure;
    }
    j->lexicon_bytes = (dl_str){ out, 16 + slots * 8 };
    j->lexicon = dl_clusters_view(j->lexicon_bytes);
    return true;
}

/* The words of a sentence with their edges; w[0] is the first word. */
static dl_lex *words(job *j, const dl_gold *g, dl_span s)
{
    dl_arena *a = &j->arena;
    uint32_t n = dl_span_len(s);
    dl_lex *w = dl_arena_raw(a, n + 2 * DL_TAG_EDGE, sizeof *w);
    if (!w) return NULL;
    for (unsigned k = 0; k < DL_TAG_EDGE; k++) {
        w[k] = dl_lex_edge(0);
        w[n + DL_TAG_EDGE + k] = dl_lex_edge(1);
    }
    for (uint32_t i = 0; i < n; i++) {
        w[DL_TAG_EDGE + i] = dl_tag_word(g->word[s.beg + i].form, &j->groups, &j->lexicon);
        if (!g->word[s.beg + i].space) w[DL_TAG_EDGE + i].flags |= DL_LEX_GLUES;
    }
    dl_tag_places(w + DL_TAG_EDGE, n);
    return w + DL_TAG_EDGE;
}

static size_t learn(job *j, const dl_lex *w, dl_span s)
{
    size_t right = 0;
    uint32_t one = DL_NONE, two = DL_NONE, n = dl_span_len(s);
    float score[DL_LABELS_MAX];
    for (uint32_t i = 0; i < n; i++) {
        uint32_t best = dl_tag_sure(&w[i]), gold = j->gold[s.beg + i];
        if (best < j->n_labels) {
            right += best == gold;
            two = one;
            one = best;
            continue;
        }
        dl_feats f = { .n = 0 };
        dl_tag_static(w, i, n, &f);
        dl_tag_history(w, i, one, two, &f);
        dl_trainer_score(&j->t, f.h, f.n, score);
        best = 0;
        for (uint32_t l = 1; l < j->n_labels; l++)
            if (score[l] > score[best]) best = l;
        if (best != gold) {
            dl_trainer_update(&j->t, f.h, f.n, gold, 1);
            dl_trainer_update(&j->t, f.h, f.n, best, -1);
        }
        dl_trainer_tick(&j->t);
        right += best == gold;
        two = one;
        one = best;
    }
    return right;
}

static void tag_sentence(const dl_linear *m, const dl_lex *w, uint32_t n, uint8_t *tag)
{
    uint32_t one = DL_NONE, two = DL_NONE;
    int32_t score[DL_LABELS_MAX];
    for (uint32_t i = 0; w && i < n; i++) {
        dl_feats f = { .n = 0 };
        dl_tag_static(w, i, n, &f);
        dl_tag_history(w, i, one, two, &f);
        dl_linear_score(m, f.h, f.n, score);
        uint32_t sure = dl_tag_sure(&w[i]);
        tag[i] = (uint8_t)(sure < m->n_labels ? sure : dl_linear_best(score, m->n_labels));
        two = one;
        one = tag[i];
    }
}

static void evaluate(job *j, const dl_linear *m, const dl_gold *g, const char *path)
{
    size_t xpos = 0, upos = 0;
    uint8_t *tag = dl_arena_raw(&j->arena, g->n_words + 1, 1);
    for (size_t k = 0; k < g->n_sents && tag; k++) {
        dl_arena_mark here = dl_arena_here(&j->arena);
        dl_span s = g->sent[k].words;
        tag_sentence(m, words(j, g, s), dl_span_len(s), tag + s.beg);
        for (uint32_t i = s.beg; i < s.end; i++) {
            dl_str name = dl_str_of(j->name[tag[i]]), x;
            dl_str_next(&name, ' ', &x);
            xpos += dl_str_eq(x, g->word[i].xpos);
            upos += dl_str_eq(name, g->word[i].upos);
        }
        dl_arena_back(&j->arena, here);
    }
    fprintf(stderr, "%s: %zu words, XPOS %.4f UPOS %.4f\n", path, g->n_words, (double)xpos / (double)g->n_words,
            (double)upos / (double)g->n_words);
}

/* Trains on all sentences but those of the fold (FOLDS: on all). */
static bool train(job *j, int epochs, size_t fold)
{
    const dl_train_plan plan = { .min_updates = MIN_UPDATES, .max_bytes = MAX_BYTES };
    if (!make_lexicon(j, fold) || !dl_trainer_init(&j->t, &j->arena, j->label, j->n_labels, &plan)) return false;
    const dl_lex **w = dl_arena_raw(&j->arena, j->train.n_sents, sizeof *w);
    uint32_t *order = dl_arena_raw(&j->arena, j->train.n_sents, sizeof *order), n = 0;
    for (uint32_t i = 0; w && order && i < j->train.n_sents; i++)
        if (i % FOLDS != fold) {
            order[n++] = i;
            w[i] = words(j, &j->train, j->train.sent[i].words);
        }
    uint64_t state = 1;
    for (int e = 0; e < epochs && !dl_arena_failed(&j->arena); e++) {
        size_t right = 0, all = 0;
        for (size_t i = n; i > 1; i--) {
            size_t k = (size_t)(dl_random(&state) % i);
            uint32_t swap = order[i - 1];
            order[i - 1] = order[k];
            order[k] = swap;
        }
        for (size_t i = 0; i < n; i++) {
            right += learn(j, w[order[i]], j->train.sent[order[i]].words);
            all += dl_span_len(j->train.sent[order[i]].words);
        }
        fprintf(stderr, "epoch %d: %.4f, %zu features\n", e, (double)right / (double)all, j->t.n_rows);
    }
    return !dl_arena_failed(&j->arena);
}

static bool view(job *j, dl_buf *out, dl_linear *m)
{
    dl_buf_init(out, (size_t)1 << 28);
    return dl_trainer_write(&j->t, out) && dl_linear_view(m, dl_buf_str(out));
}

/* Writes the training sentences with tags that models of the other folds gave them. */
static int jackknife(job *j, const char *path, int epochs)
{
    uint8_t *tag = dl_arena_raw(&j->arena, j->train.n_words, 1);
    for (size_t fold = 0; fold < FOLDS && tag; fold++) {
        dl_arena_mark here = dl_arena_here(&j->arena);
        dl_buf out;
        dl_linear m;
        if (!train(j, epochs, fold) || !view(j, &out, &m)) return die("memory");
        for (size_t k = fold; k < j->train.n_sents; k += FOLDS) {
            dl_span s = j->train.sent[k].words;
            tag_sentence(&m, words(j, &j->train, s), dl_span_len(s), tag + s.beg);
        }
        dl_buf_free(&out);
        dl_arena_back(&j->arena, here);
    }
    FILE *f = fopen(path, "wb");
    if (!f || !tag) return die("the file could not be written");
    for (size_t k = 0; k < j->train.n_sents; k++) {
        dl_span s = j->train.sent[k].words;
        for (uint32_t i = s.beg; i < s.end; i++) {
            const dl_gold_word *g = &j->train.word[i];
            dl_str upos = dl_str_of(j->name[tag[i]]), xpos;
            dl_str_next(&upos, ' ', &xpos);
            fprintf(f, "%u\t%.*s\t_\t%.*s\t%.*s\t_\t%u\t%.*s\t_\t_\n", i - s.beg + 1, (int)g->form.len, g->form.p, (int)upos.len,
                    upos.p, (int)xpos.len, xpos.p, g->head, (int)g->rel.len, g->rel.p);
        }
        fputc('\n', f);
    }
    return fclose(f) ? die("the file could not be written") : 0;
}

int main(int argc, char **argv)
{
    static job j;
    dl_error err;
    dl_arena_init(&j.arena, (size_t)12 << 30);
    if (argc < 3) return die("usage: train_tags OUT.dlm [--dev DEV.conllu]... TRAIN.conllu...");
    if (dl_models_open(&j.models, NULL, &err) != DL_OK) return die(err.message);
    j.groups = dl_clusters_open(j.models);
    const bool knife = !strcmp(argv[1], "--jackknife");
    for (int i = knife ? 3 : 2; i < argc; i++) {
        dl_gold *g = &j.train;
        if (!strcmp(argv[i], "--dev") && i + 1 < argc && j.n_dev < MAX_DEV) {
            j.dev_path[j.n_dev] = argv[++i];
            g = &j.dev[j.n_dev++];
        }
        if (dl_gold_read(g, &j.arena, argv[i], &err) != DL_OK) return die(err.message);
    }
    j.gold = dl_arena_raw(&j.arena, j.train.n_words + 1, 1);
    if (!j.gold) return die("memory");
    make_labels(&j);
    const char *epochs = getenv("EPOCHS");
    const int n = epochs ? (int)strtol(epochs, NULL, 10) : EPOCHS;
    if (knife) return jackknife(&j, argv[2], n);
    dl_buf out;
    dl_linear m;
    if (!train(&j, n, FOLDS) || !view(&j, &out, &m)) return die("memory");
    fprintf(stderr, "%u labels, %zu bytes\n", j.n_labels, out.len);
    for (int d = 0; d < j.n_dev; d++) evaluate(&j, &m, &j.dev[d], j.dev_path[d]);
    dl_pack_part part[] = { { "tags/weights", out.p, out.len }, { DL_TAG_LEXICON, j.lexicon_bytes.p, j.lexicon_bytes.len } };
    if (dl_pack_write(argv[1], part, 2, &err) != DL_OK) return die(err.message);
    dl_buf_free(&out);
    dl_models_close(j.models);
    dl_arena_free(&j.arena);
    return 0;
}
