/* train_events: makes models/events.dlm, the classifier of `events --pairs`.
 *
 *     train_events PLV.jsonl OUT.dlm        trains on all, prints 5-fold figures first
 *
 * Input lines: {"marked_sentence": "<s>A</s> attacked <t>B</t>", "gold_root": "ASSAULT"}; YIELD is
 * CONCEDE and RETREAT. Multinomial logistic regression, AdaGrad, L2; the seed is fixed, so the same
 * input gives the same bytes. The classes of words come from data/event_verbs and event_nouns. */
#include <json-c/json.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/pack_format.h"
#include "doc/doc.h"
#include "events/pair.h"
#include "model/table.h"

#define FOLDS 5
#define EPOCHS 20
#define RATE 0.5
#define DECAY 1e-3
#define EPSILON 0.01
#define EXAMPLES_MAX 100000
#define LINE_BYTES 65536
#define YIELD (DL_CONCEDE - 1)

struct example {
    uint32_t *feature; /* [n] */
    size_t n;
    int label;
    unsigned fold; /* by the text: one sentence is never on both sides                          */
};

struct trainer {
    struct example *ex;
    size_t n;
    float (*w)[DL_PAIR_LABELS];
    float (*g)[DL_PAIR_LABELS];
    uint32_t *seen; /* how many training sentences have the feature                             */
    int8_t *weight; /* what is shipped */
};

static int label_of(const char *name)
{
    if (!strcmp(name, "YIELD")) return YIELD;
    for (int k = 1; k < DL_PLOVERS; k++)
        if (!strcmp(name, dl_plover_words[k])) return k == DL_RETREAT ? YIELD : k - 1;
    return -1;
}

/* ---- Classes of words --------------------------------------------------------------------- */

struct classes {
    char name[256][64];
    unsigned n; /* 0 is no class */
    uint32_t stem[DL_PAIR_LEX];
    uint8_t cls[DL_PAIR_LEX][DL_PAIR_CLASSES];
};

static void class_add(struct classes *c, dl_str word, const char *name)
{
    unsigned id = 1;
    while (id < c->n && strcmp(c->name[id], name) != 0) id++;
    if (id == 256) return;
    if (id == c->n) snprintf(c->name[c->n++], sizeof c->name[0], "%s", name);
    uint32_t h = dl_pair_stem(word), i = h & (DL_PAIR_LEX - 1);
    while (c->stem[i] && c->stem[i] != h) i = (i + 1) & (DL_PAIR_LEX - 1);
    c->stem[i] = h;
    for (unsigned k = 0; k < DL_PAIR_CLASSES; k++) {
        if (c->cls[i][k] == id) return;
        if (c->cls[i][k]) continue;
        c->cls[i][k] = (uint8_t)id;
        return;
    }
}

static void classes_read(struct classes *c, const dl_models *m)
{
    char name[64];
    c->n = 1;
    dl_tsv t = dl_tsv_open(m, "event_verbs");
    for (uint32_t r = 0; r < t.n; r++) {
        dl_str object = dl_tsv_cell(&t, r, 2), type = dl_tsv_cell(&t, r, 3);
        snprintf(name, sizeof name, "v %.*s %.*s", (int)object.len, object.p, (int)type.len, type.p);
        class_add(c, dl_tsv_cell(&t, r, 0), name);
    }
    t = dl_tsv_open(m, "event_nouns");
    for (uint32_t r = 0; r < t.n; r++) {
        dl_str class = dl_tsv_cell(&t, r, 1), type = dl_tsv_cell(&t, r, 2);
        snprintf(name, sizeof name, "n %.*s", (int)class.len, class.p);
        class_add(c, dl_tsv_cell(&t, r, 0), name);
        if (!type.len) continue;
        snprintf(name, sizeof name, "e %.*s", (int)type.len, type.p);
        class_add(c, dl_tsv_cell(&t, r, 0), name);
    }
}

/* ---- Examples ----------------------------------------------------------------------------- */

/* Takes the marks out; the first of each kind counts. */
static size_t unmark(char *text, const char *marked, dl_span *source, dl_span *target)
{
    size_t n = 0;
    *source = *target = (dl_span){ 0, 0 };
    for (const char *p = marked; *p && n + 1 < LINE_BYTES;) {
        dl_span *s = !strncmp(p, "<s>", 3) || !strncmp(p, "</s>", 4) ? source : target;
        if (!strncmp(p, "<s>", 3) || !strncmp(p, "<t>", 3)) {
            if (!s->end) s->beg = (uint32_t)n;
            p += 3;
        } else if (!strncmp(p, "</s>", 4) || !strncmp(p, "</t>", 4)) {
            if (!s->end) s->end = (uint32_t)n;
            p += 4;
        } else {
            text[n++] = *p++;
        }
    }
    return n;
}

static bool example_read(struct example *e, const char *line, const dl_pair_model *p)
{
    json_object *o = json_tokener_parse(line), *text = NULL, *type = NULL;
    bool ok = o && json_object_object_get_ex(o, "marked_sentence", &text) && json_object_object_get_ex(o, "gold_root", &type) &&
              type && (e->label = label_of(json_object_get_string(type))) >= 0;
    if (ok) {
        char *plain = malloc(LINE_BYTES);
        uint32_t *f = malloc(DL_PAIR_FEATURES * sizeof *f);
        dl_span s, t;
        size_t len = unmark(plain, json_object_get_string(text), &s, &t);
        e->n = dl_pair_features(f, p, (dl_str){ plain, len }, s, t);
        e->feature = f;
        uint32_t h = 5381;
        for (size_t i = 0; i < len; i++) h = h * 33 + (uint8_t)plain[i];
        e->fold = h / 7 % FOLDS;
        free(plain);
    }
    json_object_put(o);
    return ok;
}

static size_t examples_read(struct example *ex, const char *path, const dl_pair_model *p)
{
    FILE *f = fopen(path, "r");
    char *line = malloc(LINE_BYTES);
    size_t n = 0;
    while (f && n < EXAMPLES_MAX && fgets(line, LINE_BYTES, f)) n += example_read(&ex[n], line, p);
    if (f) fclose(f);
    free(line);
    return n;
}

/* ---- Training ----------------------------------------------------------------------------- */

static void step(struct trainer *t, const struct example *e)
{
    double s[DL_PAIR_LABELS] = { 0 }, max = -1e30, sum = 0, x = 1 / sqrt((double)e->n);
    for (size_t i = 0; i < e->n; i++)
        if (t->seen[e->feature[i]] > 1)
            for (int k = 0; k < DL_PAIR_LABELS; k++) s[k] += (double)t->w[e->feature[i]][k] * x;
    s[DL_RETREAT - 1] = -1e9;
    for (int k = 0; k < DL_PAIR_LABELS; k++) max = s[k] > max ? s[k] : max;
    for (int k = 0; k < DL_PAIR_LABELS; k++) sum += s[k] = exp(s[k] - max);
    for (int k = 0; k < DL_PAIR_LABELS; k++) {
        double g = (s[k] / sum - (k == e->label)) * x;
        if (fabs(g) < 1e-6) continue;
        for (size_t i = 0; i < e->n; i++) {
            uint32_t f = e->feature[i];
            if (t->seen[f] < 2) continue;
            double d = g + DECAY * (double)t->w[f][k];
            t->g[f][k] += (float)(d * d);
            t->w[f][k] -= (float)(RATE * d / (EPSILON + sqrt((double)t->g[f][k])));
        }
    }
}

/* Trains on all folds but `without` (FOLDS: on all) and rounds the weights to a byte. */
static void train(struct trainer *t, unsigned without)
{
    memset(t->w, 0, DL_PAIR_SLOTS * sizeof *t->w);
    memset(t->g, 0, DL_PAIR_SLOTS * sizeof *t->g);
    memset(t->seen, 0, DL_PAIR_SLOTS * sizeof *t->seen);
    size_t *order = malloc((t->n + 1) * sizeof *order), n = 0;
    for (size_t i = 0; i < t->n; i++) {
        if (t->ex[i].fold == without) continue;
        order[n++] = i;
        for (size_t k = 0; k < t->ex[i].n; k++) t->seen[t->ex[i].feature[k]]++;
    }
    uint32_t r = 1;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        for (size_t i = n; i > 1; i--) {
            r = r * 1664525u + 1013904223u;
            size_t j = (r >> 8) % i, was = order[i - 1];
            order[i - 1] = order[j];
            order[j] = was;
        }
        for (size_t i = 0; i < n; i++) step(t, &t->ex[order[i]]);
    }
    free(order);
    float max = 0;
    for (size_t i = 0; i < DL_PAIR_SLOTS; i++)
        for (int k = 0; k < DL_PAIR_LABELS; k++) max = fabsf(t->w[i][k]) > max ? fabsf(t->w[i][k]) : max;
    for (size_t i = 0; i < DL_PAIR_SLOTS; i++)
        for (int k = 0; k < DL_PAIR_LABELS; k++)
            t->weight[i * DL_PAIR_LABELS + (size_t)k] = (int8_t)lrintf(t->w[i][k] * 127 / (max + 1e-9f));
}

static int guess(const struct trainer *t, const struct example *e)
{
    dl_pair_model p = { NULL, NULL, t->weight };
    int32_t s[DL_PAIR_LABELS];
    dl_pair_score(s, &p, e->feature, e->n);
    int best = 0;
    for (int k = 1; k < DL_PAIR_LABELS; k++)
        if (k + 1 != DL_RETREAT && s[k] > s[best]) best = k;
    return best;
}

static void cross_validate(struct trainer *t)
{
    unsigned right = 0, hit[DL_PAIR_LABELS] = { 0 }, said[DL_PAIR_LABELS] = { 0 }, gold[DL_PAIR_LABELS] = { 0 };
    for (unsigned fold = 0; fold < FOLDS; fold++) {
        train(t, fold);
        for (size_t i = 0; i < t->n; i++) {
            if (t->ex[i].fold != fold) continue;
            int k = guess(t, &t->ex[i]);
            said[k]++;
            gold[t->ex[i].label]++;
            hit[k] += k == t->ex[i].label;
            right += k == t->ex[i].label;
        }
    }
    double macro = 0;
    unsigned classes = 0;
    for (int k = 0; k < DL_PAIR_LABELS; k++) {
        if (!gold[k]) continue;
        double f = 2.0 * hit[k] / (said[k] + gold[k]);
        printf("%-10s %4u  F1 %.3f\n", k == YIELD ? "YIELD" : dl_plover_words[k + 1], gold[k], f);
        macro += f;
        classes++;
    }
    printf("%zu sentences, %d folds: accuracy %.3f macro-F1 %.3f\n", t->n, FOLDS, right / (double)t->n, macro / classes);
}

static dl_status save(const char *path, const struct classes *c, const int8_t *weight, dl_error *err)
{
    dl_pair_head h = { .slots = DL_PAIR_SLOTS, .lex = DL_PAIR_LEX, .classes = DL_PAIR_CLASSES, .labels = DL_PAIR_LABELS };
    memcpy(h.magic, DL_PAIR_MAGIC, sizeof h.magic);
    const size_t weights = (size_t)DL_PAIR_SLOTS * DL_PAIR_LABELS, len = sizeof h + sizeof c->stem + sizeof c->cls + weights;
    char *p = malloc(len);
    if (!p) return DL_ENOMEM;
    memcpy(p, &h, sizeof h);
    memcpy(p + sizeof h, c->stem, sizeof c->stem);
    memcpy(p + sizeof h + sizeof c->stem, c->cls, sizeof c->cls);
    memcpy(p + len - weights, weight, weights);
    dl_pack_part part = { .name = "events", .p = p, .len = len };
    dl_status st = dl_pack_write(path, &part, 1, err);
    free(p);
    return st;
}

int main(int argc, char **argv)
{
    dl_error err = { 0 };
    dl_models *m = NULL;
    if (argc != 3 || dl_models_open(&m, NULL, &err) != DL_OK) {
        fprintf(stderr, "usage: train_events PLV.jsonl OUT.dlm %s\n", err.message);
        return 2;
    }
    struct classes *c = calloc(1, sizeof *c);
    classes_read(c, m);
    dl_models_close(m);
    dl_pair_model p = { c->stem, &c->cls[0][0], NULL };
    struct trainer t = { .ex = calloc(EXAMPLES_MAX, sizeof *t.ex),
                         .w = calloc(DL_PAIR_SLOTS, sizeof *t.w),
                         .g = calloc(DL_PAIR_SLOTS, sizeof *t.g),
                         .seen = calloc(DL_PAIR_SLOTS, sizeof *t.seen),
                         .weight = calloc(DL_PAIR_SLOTS, DL_PAIR_LABELS) };
    t.n = examples_read(t.ex, argv[1], &p);
    printf("%u word classes\n", c->n - 1);
    dl_status st = DL_EINPUT;
    if (t.n) {
        cross_validate(&t);
        train(&t, FOLDS);
        st = save(argv[2], c, t.weight, &err);
    }
    if (st != DL_OK) fprintf(stderr, "train_events: %s\n", err.message);
    for (size_t i = 0; i < t.n; i++) free(t.ex[i].feature);
    free(t.ex), free(t.w), free(t.g), free(t.seen), free(t.weight), free(c);
    return st == DL_OK ? 0 : 1;
}
