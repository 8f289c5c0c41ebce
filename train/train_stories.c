/* train_stories.c: weights of stories/link.h.
 *
 *     train_stories OUT.dlm FILE.jsonl[.gz]=WEIGHT...
 *
 * Each file holds pages with "title", "text", "date" and the "story" they belong to, in the order of the stream. Examples are all
 * pairs of pages of one file whose cosine is high enough to be compared; WEIGHT is what the pairs of
 * one story count together. Fixed seeds: the same input gives the same bytes. */
#include <json-c/json.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/date.h"
#include "base/hash.h"
#include "base/pack_format.h"
#include "doc/seal.h"
#include "stories/link.h"

enum { N = DL_LINK_FEATURES, EPOCHS = 30, BATCH = 512, LINE = 1 << 24 };
static const double PENALTY = 1e-3, RATE = 3e-3;

typedef struct set {
    dl_vector *v;
    dl_doc *doc;
    uint64_t *story;
    uint32_t n;
} set;

typedef struct example {
    double f[N], weight;
    bool same;
} example;

typedef struct trainer {
    dl_arena keep, scratch;
    dl_models *models;
    example *ex;
    size_t n, cap;
} trainer;

static const char *field(json_object *o, const char *key)
{
    json_object *v;
    return json_object_object_get_ex(o, key, &v) && v ? json_object_get_string(v) : "";
}

static bool read_page(set *s, json_object *o, dl_build *b)
{
    int64_t at;
    bool has_time;
    dl_bytes bytes; /* kept to the end of the program */
    dl_error err;
    dl_build_reset(b);
    b->meta.body_len = dl_put_text(b, dl_str_of(field(o, "text"))).end;
    b->meta.title = dl_put(b, dl_str_of(field(o, "title")));
    b->meta.url = dl_put(b, dl_str_of(field(o, "url")));
    b->meta.published = dl_date_read(dl_str_of(field(o, "date")), &at, &has_time) ? at : DL_NEVER;
    b->meta.place_day = b->meta.fetched = b->meta.printed = b->meta.given = b->meta.modified = DL_NEVER;
    s->story[s->n] = dl_hash_str(dl_str_of(field(o, "story")));
    if (dl_build_status(b) || dl_seal(&bytes, b, &err)) return false;
    return !dl_doc_open(&s->doc[s->n++], bytes.p, bytes.len, &err);
}

static bool same_story(const void *ctx, uint32_t a, uint32_t b)
{
    const set *s = ctx;
    return s->story[a] == s->story[b];
}

/* The same steps as in online.c, in the order of the pages. */
static bool make_vectors(trainer *t, set *s)
{
    dl_furniture furniture = { 0 };
    dl_frequency frequency;
    dl_buf sheet;
    bool ok = true;
    dl_buf_init(&sheet, UINT32_MAX);
    dl_frequency_init(&frequency, t->models);
    for (uint32_t i = 0; ok && i < s->n; i++) {
        dl_vector *v = &s->v[i];
        dl_buf_reset(&sheet);
        ok = dl_sheet_make(&sheet, &s->doc[i], 0, &t->scratch);
        const dl_sheet *page = (const dl_sheet *)(const void *)sheet.p;
        ok = ok && dl_vector_count(v, page, &furniture, &t->keep, &t->scratch);
        size_t n = 0;
        for (int k = 0; ok && k < DL_BAGS; k++) n += v->bag[k].n;
        uint32_t *term = dl_arena_raw(&t->scratch, n + 1, sizeof *term);
        ok = ok && term && dl_frequency_count(&frequency, term, dl_vector_terms(v, term)) &&
             dl_furniture_count(&furniture, page, i, same_story, s);
        if (ok) dl_vector_weigh(v, &frequency);
        dl_arena_reset(&t->scratch);
    }
    dl_buf_free(&sheet);
    dl_frequency_free(&frequency);
    dl_furniture_free(&furniture);
    return ok;
}

static bool read_set(trainer *t, set *s, const char *path)
{
    enum { PAGES = 1 << 16 };
    char *line = malloc(LINE);
    gzFile f = gzopen(path, "rb");
    dl_build b;
    dl_build_init(&b);
    s->v = DL_NEW(&t->keep, PAGES, dl_vector);
    s->doc = DL_NEW(&t->keep, PAGES, dl_doc);
    s->story = DL_NEW(&t->keep, PAGES, uint64_t);
    bool ok = line && f && s->v && s->doc && s->story;
    while (ok && s->n < PAGES && gzgets(f, line, LINE)) {
        json_object *o = json_tokener_parse(line);
        if (o) ok = read_page(s, o, &b);
        json_object_put(o);
    }
    ok = ok && make_vectors(t, s);
    dl_build_free(&b);
    if (f) gzclose(f);
    free(line);
    return ok;
}

static bool add_examples(trainer *t, const set *s, double weight)
{
    size_t first = t->n, same = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        for (uint32_t j = 0; j < i; j++) {
            double c = dl_bag_dot(&s->v[j].bag[DL_BAG_ALL], &s->v[i].bag[DL_BAG_ALL]);
            if (c < DL_LINK_LEAST) continue;
            if (!DL_ROOM(&t->keep, t->ex, t->n, t->cap)) return false;
            example *e = &t->ex[t->n++];
            dl_link_features(e->f, &s->v[j], &s->v[i], c < 1 ? c : 1);
            e->same = s->story[i] == s->story[j];
            same += e->same;
        }
    }
    for (size_t k = first; k < t->n; k++) t->ex[k].weight = same ? weight / (double)same : 0;
    return true;
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
    double step;
} net;

static void add_gradient(net *n, const double x[N], double weight, bool same)
{
    double y[DL_LINK_HIDDEN], h[DL_LINK_HIDDEN], z = n->w[WEIGHTS - 1];
    for (int k = 0; k < DL_LINK_HIDDEN; k++) {
        y[k] = n->w[BIAS + k];
        for (int i = 0; i < N; i++) y[k] += n->w[k * N + i] * x[i];
        h[k] = dl_link_bend(y[k]);
        z += n->w[OUT + k] * h[k];
    }
    double g = weight * (1 / (1 + exp(-z)) - same);
    for (int k = 0; k < DL_LINK_HIDDEN; k++) {
        double slope = 1 / ((1 + fabs(y[k])) * (1 + fabs(y[k]))), back = g * n->w[OUT + k] * slope;
        n->grad[OUT + k] += g * h[k];
        n->grad[BIAS + k] += back;
        for (int i = 0; i < N; i++) n->grad[k * N + i] += back * x[i];
    }
    n->grad[WEIGHTS - 1] += g;
}

static void take_step(net *n, size_t batch, double rate)
{
    n->step++;
    double c1 = 1 - pow(.9, n->step), c2 = 1 - pow(.999, n->step);
    for (int i = 0; i < WEIGHTS; i++) {
        bool bias = (i >= BIAS && i < OUT) || i == WEIGHTS - 1;
        double g = n->grad[i] / (double)batch + (bias ? 0 : PENALTY * n->w[i]);
        n->m[i] = .9 * n->m[i] + .1 * g;
        n->v[i] = .999 * n->v[i] + .001 * g * g;
        n->w[i] -= rate * (n->m[i] / c1) / (sqrt(n->v[i] / c2) + 1e-8);
        n->grad[i] = 0;
    }
}

static void train_net(const trainer *t, net *n, uint32_t *order, uint64_t seed)
{
    const double PI = 3.14159265358979323846;
    *n = (net){ .step = 0 };
    for (int i = 0; i < WEIGHTS; i++) {
        bool bias = (i >= BIAS && i < OUT) || i == WEIGHTS - 1;
        n->w[i] = bias ? 0 : random_unit(&seed) - .5;
    }
    for (int e = 0; e < EPOCHS; e++) {
        double rate = RATE * .5 * (1 + cos(PI * e / EPOCHS));
        for (size_t i = t->n; i > 1; i--) {
            size_t k = (size_t)(random_unit(&seed) * (double)i);
            uint32_t s = order[i - 1];
            order[i - 1] = order[k];
            order[k] = s;
        }
        for (size_t i = 0; i < t->n; i++) {
            const example *x = &t->ex[order[i]];
            add_gradient(n, x->f, x->weight, x->same);
            if ((i + 1) % BATCH == 0 || i + 1 == t->n) take_step(n, i % BATCH + 1, rate);
        }
    }
}

/* Features to mean 0 and deviation 1, weights to mean 1. The first feature is always 1. */
static void normalise(trainer *t, dl_link_model *m)
{
    double total = 0, n = (double)t->n;
    for (size_t k = 0; k < t->n; k++) total += t->ex[k].weight;
    for (size_t k = 0; k < t->n; k++) t->ex[k].weight *= n / total;
    for (int i = 0; i < N; i++) {
        double sum = 0, squares = 0;
        for (size_t k = 0; k < t->n; k++) sum += t->ex[k].f[i];
        for (size_t k = 0; k < t->n; k++) squares += (t->ex[k].f[i] - sum / n) * (t->ex[k].f[i] - sum / n);
        m->mean[i] = i ? (float)(sum / n) : 0;
        m->scale[i] = i ? (float)(1 / (sqrt(squares / n) + 1e-6)) : 1;
        for (size_t k = 0; k < t->n; k++) t->ex[k].f[i] = (t->ex[k].f[i] - (double)m->mean[i]) * (double)m->scale[i];
    }
}

static int train(trainer *t, const char *path)
{
    static dl_link_model out;
    static net n;
    dl_error err;
    uint32_t *order = DL_NEW(&t->keep, t->n + 1, uint32_t);
    if (!order) return 1;
    normalise(t, &out);
    for (uint64_t k = 0; k < DL_LINK_NETS; k++) {
        for (uint32_t i = 0; i < t->n; i++) order[i] = i;
        train_net(t, &n, order, k + 1);
        float flat[WEIGHTS];
        _Static_assert(sizeof flat == sizeof out.net[0], "the net's floats stand in a row");
        for (int i = 0; i < WEIGHTS; i++) flat[i] = (float)n.w[i];
        memcpy(&out.net[k], flat, sizeof flat);
        fprintf(stderr, "net %d of %d\n", (int)k + 1, DL_LINK_NETS);
    }
    dl_pack_part part = { .name = "stories", .p = &out, .len = sizeof out };
    if (dl_pack_write(path, &part, 1, &err)) {
        fprintf(stderr, "%s: %s\n", err.where, err.message);
        return 1;
    }
    fprintf(stderr, "%zu pairs\n", t->n);
    return 0;
}

int main(int argc, char **argv)
{
    trainer t = { 0 };
    dl_error err;
    if (argc < 3 || dl_models_open(&t.models, NULL, &err)) {
        fprintf(stderr, "usage: train_stories OUT.dlm FILE.jsonl[.gz]=WEIGHT...\n");
        return 2;
    }
    dl_arena_init(&t.keep, (size_t)4 << 30);
    dl_arena_init(&t.scratch, (size_t)1 << 30);
    for (int i = 2; i < argc; i++) {
        char path[1024];
        char *weight = strrchr(argv[i], '=');
        set s = { 0 };
        snprintf(path, sizeof path, "%.*s", (int)(weight ? weight - argv[i] : (long)strlen(argv[i])), argv[i]);
        if (!read_set(&t, &s, path) || !add_examples(&t, &s, weight ? strtod(weight + 1, NULL) : 1)) {
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
