/* train_stories.c: weights of stories/link.h.
 *
 *     train_stories OUT.dlm [-without K N] FILE.jsonl[.gz]=WEIGHT...
 *
 * Each file holds pages with "id", "title", "text", "url", "date" and the "story" they belong to. They go through the
 * stream of stories/online.h in order of date, then of the hash of the id; examples are the pairs that it compares.
 * WEIGHT is what the pairs of one story count together. With -without, stories whose hash leaves K when divided by N
 * are not learnt from, so that the weights can be judged by them. Fixed seeds: the same input gives the same bytes. */
#include <json-c/json.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/date.h"
#include "base/hash.h"
#include "base/pack_format.h"
#include "base/sort.h"
#include "doc/seal.h"
#include "pipeline.h"
#include "stories/online.h"

enum { N = DL_LINK_FEATURES, EPOCHS = 30, BATCH = 512, LINE = 1 << 24, PAGES = 1 << 16 };
static const double RATE = 3e-3, PENALTY_DATED = 2e-4, PENALTY_UNDATED = 1e-3;
/* Taken off the log-odds: one wrong link may join two stories whole. Chosen by turns over stories. */
static const double CAUTION_DATED = 0, CAUTION_UNDATED = .73;

typedef struct page {
    int64_t given; /* DL_NEVER comes first                                                            */
    uint64_t id, story;
    dl_bytes sheet; /* kept to the end of the program                                              */
} page;

typedef struct example {
    double f[N], weight;
    bool same, dated;
} example;

typedef struct trainer {
    dl_arena keep, scratch;
    dl_models *models;
    page *page; /* [pages] of the file that is read                                                */
    uint32_t pages;
    dl_online online;
    example *ex;
    size_t n, cap;
    uint64_t turn, turns; /* stories that are left out; turns 0: none                                */
    bool failed;
} trainer;

static const char *field(json_object *o, const char *key)
{
    json_object *v;
    return json_object_object_get_ex(o, key, &v) && v ? json_object_get_string(v) : "";
}

static bool read_page(trainer *t, json_object *o, dl_build *b)
{
    dl_raw raw = { .kind = DL_RAW_CLEAN, .fetched = DL_NEVER, .given = DL_NEVER };
    page *p = &t->page[t->pages];
    dl_bytes bytes;
    dl_doc doc;
    dl_error err;
    dl_buf sheet;
    raw.bytes = dl_str_of(field(o, "text"));
    raw.title = dl_str_of(field(o, "title"));
    raw.url = dl_str_of(field(o, "url"));
    raw.raw_len = raw.bytes.len;
    if (!dl_date_read(dl_str_of(field(o, "date")), &raw.given, &raw.given_time)) raw.given = DL_NEVER;
    dl_build_reset(b);
    if (dl_pipeline_read(b, &raw, t->models) || dl_seal(&bytes, b, &err) || dl_doc_open(&doc, bytes.p, bytes.len, &err))
        return false;
    dl_buf_init(&sheet, UINT32_MAX);
    const bool ok = dl_sheet_make(&sheet, &doc, 0, &t->scratch);
    *p = (page){ raw.given, dl_hash_str(dl_str_of(field(o, "id"))), dl_hash_str(dl_str_of(field(o, "story"))), { 0 } };
    p->sheet.p = (void *)sheet.p;
    p->sheet.len = sheet.len;
    t->pages++;
    free(bytes.p);
    dl_arena_reset(&t->scratch);
    return ok;
}

static int in_order(const void *x, const void *y, const void *ctx)
{
    const page *a = x, *b = y;
    (void)ctx;
    if (a->given != b->given) return a->given < b->given ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

static bool same_story(const void *ctx, uint32_t a, uint32_t b)
{
    const trainer *t = ctx;
    return t->page[a].story == t->page[b].story;
}

static void saw(void *ctx, uint32_t a, uint32_t b, const double feature[N])
{
    trainer *t = ctx;
    if (t->turns && (t->page[a].story % t->turns == t->turn || t->page[b].story % t->turns == t->turn)) return;
    if (!DL_ROOM(&t->keep, t->ex, t->n, t->cap)) {
        t->failed = true;
        return;
    }
    example *e = &t->ex[t->n++];
    memcpy(e->f, feature, sizeof e->f);
    e->same = t->page[a].story == t->page[b].story;
    const dl_sheet *x = (const void *)t->page[a].sheet.p, *y = (const void *)t->page[b].sheet.p;
    e->dated = x->published != DL_NEVER && y->published != DL_NEVER;
}

/* The stream, with a model that links nothing: what is compared does not depend on it. */
static bool add_examples(trainer *t, double weight)
{
    const dl_online_set set = { .same = same_story, .saw = saw, .ctx = t };
    const size_t first = t->n;
    size_t same = 0;
    dl_error err;
    if (!dl_sort(t->page, t->pages, sizeof *t->page, in_order, NULL, &t->scratch)) return false;
    dl_status st = dl_online_open(&t->online, t->models, &set, &err);
    bool ok = !st || st == DL_EMODEL; /* of the model that is to be replaced */
    memset(&t->online.model, 0, sizeof t->online.model);
    for (int k = 0; k < DL_LINK_NETS; k++) t->online.model.dated.net[k].out_bias = t->online.model.undated.net[k].out_bias = -20;
    for (uint32_t i = 0; ok && i < t->pages; i++) ok = !dl_online_add(&t->online, (const void *)t->page[i].sheet.p, &err);
    dl_online_close(&t->online);
    for (size_t k = first; k < t->n; k++) same += t->ex[k].same;
    for (size_t k = first; k < t->n; k++) t->ex[k].weight = same ? weight / (double)same : 0;
    return ok && !t->failed;
}

static bool read_set(trainer *t, const char *path, double weight)
{
    char *line = malloc(LINE);
    gzFile f = gzopen(path, "rb");
    dl_build b;
    dl_build_init(&b);
    t->pages = 0;
    bool ok = line && f;
    while (ok && t->pages < PAGES && gzgets(f, line, LINE)) {
        json_object *o = json_tokener_parse(line);
        if (o) ok = read_page(t, o, &b);
        json_object_put(o);
    }
    ok = ok && add_examples(t, weight);
    dl_build_free(&b);
    if (f) gzclose(f);
    free(line);
    return ok;
}

/* ---- The networks ------------------------------------------------------------------------------- */

/* splitmix64: the same numbers everywhere. */
static double random_unit(uint64_t *state)
{
    *state += UINT64_C(0x9e3779b97f4a7c15);
    return (double)(dl_hash_mix(*state, 0) >> 11) / 9007199254740992.0;
}

enum { WEIGHTS = DL_LINK_HIDDEN * N + 2 * DL_LINK_HIDDEN + 1, BIAS = DL_LINK_HIDDEN * N, OUT = BIAS + DL_LINK_HIDDEN };

/* One net while it is trained: flat, in the order of dl_link_net. Adam: D. Kingma & J. Ba (2015). */
typedef struct net {
    double w[WEIGHTS], grad[WEIGHTS], m[WEIGHTS], v[WEIGHTS];
    double step, penalty;
} net;

static bool is_bias(int i) { return (i >= BIAS && i < OUT) || i == WEIGHTS - 1; }

static void add_gradient(net *n, const double x[N], double weight, bool same)
{
    double y[DL_LINK_HIDDEN], back[DL_LINK_HIDDEN], z = n->w[WEIGHTS - 1];
    memcpy(y, n->w + BIAS, sizeof y);
    for (int i = 0; i < N; i++) {
        for (int k = 0; k < DL_LINK_HIDDEN; k++) y[k] += n->w[i * DL_LINK_HIDDEN + k] * x[i];
    }
    for (int k = 0; k < DL_LINK_HIDDEN; k++) z += n->w[OUT + k] * y[k] / (1 + fabs(y[k]));
    double g = weight * (1 / (1 + exp(-z)) - same);
    for (int k = 0; k < DL_LINK_HIDDEN; k++) {
        const double bend = 1 + fabs(y[k]);
        back[k] = g * n->w[OUT + k] / (bend * bend);
        n->grad[OUT + k] += g * y[k] / bend;
        n->grad[BIAS + k] += back[k];
    }
    for (int i = 0; i < N; i++) {
        for (int k = 0; k < DL_LINK_HIDDEN; k++) n->grad[i * DL_LINK_HIDDEN + k] += back[k] * x[i];
    }
    n->grad[WEIGHTS - 1] += g;
}

static void take_step(net *n, size_t batch, double rate)
{
    n->step++;
    double c1 = 1 - pow(.9, n->step), c2 = 1 - pow(.999, n->step);
    for (int i = 0; i < WEIGHTS; i++) {
        double g = n->grad[i] / (double)batch + (is_bias(i) ? 0 : n->penalty * n->w[i]);
        n->m[i] = .9 * n->m[i] + .1 * g;
        n->v[i] = .999 * n->v[i] + .001 * g * g;
        n->w[i] -= rate * (n->m[i] / c1) / (sqrt(n->v[i] / c2) + 1e-8);
        n->grad[i] = 0;
    }
}

/* order[n]: examples to learn from; it is shuffled. */
static void train_net(const trainer *t, net *n, uint32_t *order, size_t examples, double penalty, uint64_t seed)
{
    const double PI = 3.14159265358979323846;
    *n = (net){ .penalty = penalty };
    for (int i = 0; i < WEIGHTS; i++) n->w[i] = is_bias(i) ? 0 : random_unit(&seed) - .5;
    for (int e = 0; e < EPOCHS; e++) {
        double rate = RATE * .5 * (1 + cos(PI * e / EPOCHS));
        for (size_t i = examples; i > 1; i--) {
            size_t k = (size_t)(random_unit(&seed) * (double)i);
            uint32_t s = order[i - 1];
            order[i - 1] = order[k];
            order[k] = s;
        }
        for (size_t i = 0; i < examples; i++) {
            const example *x = &t->ex[order[i]];
            add_gradient(n, x->f, x->weight, x->same);
            if ((i + 1) % BATCH == 0 || i + 1 == examples) take_step(n, i % BATCH + 1, rate);
        }
    }
}

/* Features of the examples to mean 0 and deviation 1, weights to mean 1. */
static void normalise(trainer *t, const uint32_t *row, size_t rows, dl_link_expert *out)
{
    double total = 0, n = (double)rows;
    for (size_t k = 0; k < rows; k++) total += t->ex[row[k]].weight;
    for (size_t k = 0; k < rows; k++) t->ex[row[k]].weight *= n / total;
    for (int i = 0; i < N; i++) {
        double sum = 0, squares = 0;
        for (size_t k = 0; k < rows; k++) sum += t->ex[row[k]].f[i];
        for (size_t k = 0; k < rows; k++) squares += (t->ex[row[k]].f[i] - sum / n) * (t->ex[row[k]].f[i] - sum / n);
        out->mean[i] = (float)(sum / n);
        out->scale[i] = (float)(1 / (sqrt(squares / n) + 1e-6));
        for (size_t k = 0; k < rows; k++)
            t->ex[row[k]].f[i] = (t->ex[row[k]].f[i] - (double)out->mean[i]) * (double)out->scale[i];
    }
}

static bool train_expert(trainer *t, dl_link_expert *out, bool dated)
{
    static net n;
    size_t rows = 0;
    uint32_t *row = DL_NEW(&t->keep, t->n + 1, uint32_t), *order = DL_NEW(&t->keep, t->n + 1, uint32_t);
    if (!row || !order) return false;
    for (size_t i = 0; i < t->n; i++) {
        if (t->ex[i].dated == dated) row[rows++] = (uint32_t)i;
    }
    if (!rows) return false;
    normalise(t, row, rows, out);
    for (uint64_t k = 0; k < DL_LINK_NETS; k++) {
        float flat[WEIGHTS];
        _Static_assert(sizeof flat == sizeof out->net[0], "the net's floats stand in a row");
        memcpy(order, row, rows * sizeof *row);
        train_net(t, &n, order, rows, dated ? PENALTY_DATED : PENALTY_UNDATED, k + 1);
        n.w[WEIGHTS - 1] -= dated ? CAUTION_DATED : CAUTION_UNDATED;
        for (int i = 0; i < WEIGHTS; i++) flat[i] = (float)n.w[i];
        memcpy(&out->net[k], flat, sizeof flat);
    }
    fprintf(stderr, "%zu pairs of pages %s\n", rows, dated ? "with dates" : "without");
    return true;
}

static int train(trainer *t, const char *path)
{
    static dl_link_model out;
    dl_error err;
    if (!train_expert(t, &out.dated, true) || !train_expert(t, &out.undated, false)) {
        fprintf(stderr, "no pairs to learn from: pages with dates and pages without are needed\n");
        return 1;
    }
    dl_pack_part part = { .name = "stories", .p = &out, .len = sizeof out };
    if (dl_pack_write(path, &part, 1, &err)) {
        fprintf(stderr, "%s: %s\n", err.where, err.message);
        return 1;
    }
    return 0;
}

int main(int argc, char **argv)
{
    trainer t = { 0 };
    dl_error err;
    int first = argc > 4 && !strcmp(argv[2], "-without") ? 5 : 2;
    if (argc <= first || dl_models_open(&t.models, NULL, &err)) {
        fprintf(stderr, "usage: train_stories OUT.dlm [-without K N] FILE.jsonl[.gz]=WEIGHT...\n");
        return 2;
    }
    if (first > 2) {
        t.turn = strtoull(argv[3], NULL, 10);
        t.turns = strtoull(argv[4], NULL, 10);
    }
    dl_arena_init(&t.keep, (size_t)4 << 30);
    dl_arena_init(&t.scratch, (size_t)1 << 30);
    t.page = DL_NEW(&t.keep, PAGES, page);
    for (int i = first; i < argc; i++) {
        char path[1024];
        char *weight = strrchr(argv[i], '=');
        snprintf(path, sizeof path, "%.*s", (int)(weight ? weight - argv[i] : (long)strlen(argv[i])), argv[i]);
        if (!t.page || !read_set(&t, path, weight ? strtod(weight + 1, NULL) : 1)) {
            fprintf(stderr, "%s: cannot be read\n", path);
            return 1;
        }
    }
    int rc = train(&t, argv[1]);
    dl_arena_free(&t.keep);
    dl_arena_free(&t.scratch);
    dl_models_close(t.models);
    return rc;
}
