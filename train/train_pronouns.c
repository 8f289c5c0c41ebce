/* train_pronouns.c: trains the ranker of he and she (src/coref/rank.c) and measures it.
 *
 *     train_pronouns OUT.dlm [-e EPOCHS] GAP.tsv... [-d DEV.tsv...]
 *
 * Files are of the form of GAP (Webster et al. 2018): a passage, a pronoun, two names, whether the pronoun
 * means them. The best candidate of the right person is to rank before all others; fixed seed. */
#include <stdio.h>
#include <stdlib.h>

#include "base/pack_format.h"
#include "coref/work.h"
#include "learn/train.h"
#include "page.h"
#include "tags/tags.h"
#include "trees/trees.h"

struct task {
    const dl_models *models;
    dl_trainer *trainer;
    const dl_linear *weights; /* measuring, or NULL                                              */
    dl_build b;
    uint32_t said, right, gold; /* of the two names                                              */
    uint32_t updates;
};

static void die(const char *what, const char *name)
{
    fprintf(stderr, "train_pronouns: %s: %s\n", name, what);
    exit(1);
}

/* Byte of the n-th character. */
static uint32_t byte_of(dl_str s, uint64_t n)
{
    size_t i = 0;
    for (; n && i < s.len; n--) {
        i++;
        while (i < s.len && ((unsigned char)s.p[i] & 0xc0) == 0x80) i++;
    }
    return (uint32_t)i;
}

static bool over(const dl_coref *c, const dl_item *x, dl_span bytes)
{
    dl_span at = { c->d->toks.span[x->tok.beg].beg, c->d->toks.span[x->tok.end - 1].end };
    return dl_span_meet(at, bytes);
}

struct asked { /* one line of GAP, in bytes */
    dl_span pronoun, name[2];
    bool is[2];
};

/* Is the entity mentioned by one of the names that are right (or wrong)? */
static bool named(const dl_coref *c, uint32_t ent, const struct asked *q, bool is)
{
    for (uint32_t i = 0; i < c->n_items; i++)
        for (int k = 0; k < 2; k++)
            if (c->item[i].ent == ent && q->is[k] == is && over(c, &c->item[i], q->name[k])) return true;
    return false;
}

static uint32_t choose(struct task *k, dl_coref *c, const uint32_t *order, uint32_t at, const struct asked *q)
{
    uint32_t cand[DL_CR_CANDIDATES], n = dl_cr_candidates(c, order, c->n_items, at, cand), best = DL_NONE, good = DL_NONE;
    float score[DL_LABELS_MAX], top = 0, good_top = 0;
    dl_feats f;
    for (uint32_t i = 0; i < n; i++) {
        dl_cr_rank_features(&f, c, order[at], cand, n, i);
        dl_trainer_score(k->trainer, f.h, f.n, score);
        if (best == DL_NONE || score[0] > top) {
            best = i;
            top = score[0];
        }
        if (q && named(c, c->item[cand[i]].ent, q, true) && (good == DL_NONE || score[0] > good_top)) {
            good = i;
            good_top = score[0];
        }
    }
    if (q && good != DL_NONE && c->item[cand[best]].ent != c->item[cand[good]].ent) {
        dl_cr_rank_features(&f, c, order[at], cand, n, good);
        dl_trainer_update(k->trainer, f.h, f.n, 0, 1);
        dl_cr_rank_features(&f, c, order[at], cand, n, best);
        dl_trainer_update(k->trainer, f.h, f.n, 0, -1);
        k->updates++;
    }
    if (q) dl_trainer_tick(k->trainer);
    return best == DL_NONE ? DL_NONE : c->item[cand[best]].ent;
}

static void count(struct task *k, const dl_coref *c, const struct asked *q, uint32_t ent)
{
    for (int i = 0; i < 2; i++) {
        struct asked one = { .name = { q->name[i], { 0, 0 } }, .is = { true, false } };
        bool says = ent != DL_NONE && named(c, ent, &one, true);
        k->said += says;
        k->gold += q->is[i];
        k->right += says && q->is[i];
    }
}

static void do_page(struct task *k, dl_str text, const struct asked *q)
{
    dl_coref c;
    if (!read_paragraph(&k->b, k->models, text)) die("out of memory", "page");
    dl_arena_mark here = dl_arena_here(&k->b.scratch);
    if (!dl_cr_begin(&c, &k->b, k->models)) die("out of memory", "page");
    uint32_t *order = dl_cr_order(&c), n = c.n_items;
    for (uint32_t i = 0; i < n; i++) {
        const dl_item *p = &c.item[order[i]];
        if (p->what != DL_IT_PRONOUN || !dl_cr_ranked(p)) continue;
        bool asked = over(&c, p, q->pronoun);
        uint32_t e = k->weights ? dl_cr_rank(&c, k->weights, order, n, i) : choose(k, &c, order, i, asked ? q : NULL);
        if (asked) count(k, &c, q, e);
        if (e == DL_NONE) continue;
        dl_cr_link(&c, order[i], e);
        if (!c.ent[e].gender) c.ent[e].gender = p->gender;
    }
    dl_arena_back(&k->b.scratch, here);
}

/* Columns: id, text, pronoun, offset, A, offset, A means, B, offset, B means. */
static void do_line(struct task *k, char *line)
{
    dl_str rest = dl_str_of(line), f[11];
    size_t n = 0;
    uint64_t v;
    while (n < 11 && dl_str_next(&rest, '\t', &f[n])) n++;
    if (n < 10 || !dl_str_number(f[3], 1 << 20, &v)) return;
    struct asked q = { .pronoun.beg = byte_of(f[1], v) };
    q.pronoun.end = q.pronoun.beg + (uint32_t)f[2].len;
    for (size_t i = 0; i < 2; i++) {
        if (!dl_str_number(f[5 + 3 * i], 1 << 20, &v)) return;
        q.name[i].beg = byte_of(f[1], v);
        q.name[i].end = q.name[i].beg + (uint32_t)f[4 + 3 * i].len;
        q.is[i] = dl_str_eq_nocase(f[6 + 3 * i], DL_STR("TRUE"));
    }
    do_page(k, f[1], &q);
}

static void do_file(struct task *k, const char *path)
{
    FILE *in = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;
    if (!in) die("cannot be read", path);
    while (getline(&line, &cap, in) > 0) do_line(k, line);
    free(line);
    fclose(in);
}

static void print(struct task *k, const char *what)
{
    double p = k->said ? (double)k->right / k->said : 0, r = k->gold ? (double)k->right / k->gold : 0;
    printf("%s: P %.3f R %.3f F1 %.3f\n", what, p, r, p + r > 0 ? 2 * p * r / (p + r) : 0);
    k->said = k->right = k->gold = 0;
}

int main(int argc, char **argv)
{
    static const char *const labels[] = { "means" };
    dl_models *models;
    dl_error err;
    dl_trainer trainer;
    dl_arena arena;
    uint64_t epochs = 8;
    int i = 2;
    if (argc < 3) die("usage: train_pronouns OUT.dlm [-e EPOCHS] GAP.tsv... [-d DEV.tsv...]", "no files");
    if (!strcmp(argv[i], "-e") && dl_str_number(dl_str_of(argv[i + 1]), 100, &epochs)) i += 2;
    if (dl_models_open(&models, NULL, &err) != DL_OK) die(err.message, "models");
    dl_arena_init(&arena, (size_t)4 << 30);
    if (!dl_trainer_init(&trainer, &arena, labels, 1, &(dl_train_plan){ .min_updates = 2, .seed = 5 }))
        die("out of memory", "trainer");
    struct task k = { .models = models, .trainer = &trainer };
    dl_build_init(&k.b);
    int from = i;
    for (uint64_t e = 0; e < epochs; e++) {
        for (i = from; i < argc && strcmp(argv[i], "-d"); i++) do_file(&k, argv[i]);
        fprintf(stderr, "epoch %d: %u updates\n", (int)e, k.updates);
        k.updates = 0;
        print(&k, "training");
    }
    dl_buf buf;
    dl_buf_init(&buf, (size_t)64 << 20);
    dl_linear w;
    if (!dl_trainer_write(&trainer, &buf) || !dl_linear_view(&w, dl_buf_str(&buf))) die("out of memory", argv[1]);
    dl_pack_part part = { DL_CR_WEIGHTS, buf.p, buf.len };
    if (dl_pack_write(argv[1], &part, 1, &err) != DL_OK) die(err.message, argv[1]);
    k.weights = &w;
    for (i++; i < argc; i++) {
        do_file(&k, argv[i]);
        print(&k, argv[i]);
    }
    dl_build_free(&k.b);
    dl_buf_free(&buf);
    dl_arena_free(&arena);
    dl_models_close(models);
    return 0;
}
