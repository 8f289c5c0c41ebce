/* train_stories.c: weights of stories/link.h.
 *
 *     train_stories OUT.dlm FILE.jsonl[.gz]=WEIGHT...
 *
 * Each file holds pages with "title", "text", "date" and the "story" they belong to. Logistic
 * regression over all pairs of pages of one file whose cosine is high enough to be compared,
 * by Newton's method with an L2 penalty; WEIGHT is what one file's pages of one story count together.
 * Nothing is drawn at random. */
#include <json-c/json.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/date.h"
#include "base/hash.h"
#include "base/pack_format.h"
#include "copies/copies.h"
#include "doc/seal.h"
#include "stories/link.h"

enum { N = DL_LINK_FEATURES, STEPS = 40, LINE = 1 << 24 };
static const double PENALTY = 3e-4;

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

static const dl_doc *get_page(void *ctx, uint32_t page) { return &((set *)ctx)->doc[page]; }

/* The same steps as in stories.c. */
static bool make_vectors(trainer *t, set *s)
{
    dl_pages pages = { s->n, get_page, s };
    dl_copies copies;
    dl_furniture furniture;
    dl_pile_terms terms;
    dl_error err;
    if (dl_copies_find(&copies, &pages, t->models, &t->keep, &err)) return false;
    dl_furniture_init(&furniture, &t->keep);
    for (uint32_t i = 0; i < s->n; i++) {
        if (!dl_furniture_count(&furniture, &s->doc[i], copies.lines.text[i], &t->scratch)) return false;
        dl_arena_reset(&t->scratch);
    }
    for (uint32_t i = 0; i < s->n; i++) {
        if (!dl_vector_count(&s->v[i], &s->doc[i], &furniture, &t->keep, &t->scratch)) return false;
        dl_arena_reset(&t->scratch);
    }
    if (!dl_pile_terms_make(&terms, s->v, s->n, t->models, &t->keep, &t->scratch)) return false;
    for (uint32_t i = 0; i < s->n; i++) {
        if (!dl_vector_weigh(&s->v[i], &terms, &t->scratch)) return false;
    }
    dl_arena_reset(&t->scratch);
    return true;
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

/* Solves h x = g in place, by Gauss with pivoting. */
static void solve(double h[N][N], double g[N], double x[N])
{
    for (int k = 0; k < N; k++) {
        int pivot = k;
        for (int i = k + 1; i < N; i++) {
            if (fabs(h[i][k]) > fabs(h[pivot][k])) pivot = i;
        }
        for (int j = 0; j < N; j++) {
            double s = h[k][j];
            h[k][j] = h[pivot][j];
            h[pivot][j] = s;
        }
        double s = g[k];
        g[k] = g[pivot];
        g[pivot] = s;
        for (int i = k + 1; i < N; i++) {
            double by = h[i][k] / h[k][k];
            for (int j = k; j < N; j++) h[i][j] -= by * h[k][j];
            g[i] -= by * g[k];
        }
    }
    for (int k = N - 1; k >= 0; k--) {
        double s = g[k];
        for (int j = k + 1; j < N; j++) s -= h[k][j] * x[j];
        x[k] = s / h[k][k];
    }
}

static void newton_step(const trainer *t, double w[N], double total)
{
    static double h[N][N];
    double g[N] = { 0 }, x[N];
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) h[i][j] = i == j ? PENALTY : 0;
        g[i] = PENALTY * w[i];
    }
    for (size_t k = 0; k < t->n; k++) {
        const example *e = &t->ex[k];
        double z = 0;
        for (int i = 0; i < N; i++) z += w[i] * e->f[i];
        double p = 1 / (1 + exp(-z)), share = e->weight / total, curve = share * p * (1 - p);
        for (int i = 0; i < N; i++) {
            g[i] += share * (p - e->same) * e->f[i];
            for (int j = 0; j <= i; j++) h[i][j] += curve * e->f[i] * e->f[j];
        }
    }
    for (int i = 0; i < N; i++) {
        for (int j = i + 1; j < N; j++) h[i][j] = h[j][i];
    }
    solve(h, g, x);
    for (int i = 0; i < N; i++) w[i] -= x[i];
}

static int train(trainer *t, const char *path)
{
    double w[N] = { 0 }, total = 0;
    float out[N];
    dl_error err;
    for (size_t k = 0; k < t->n; k++) total += t->ex[k].weight;
    for (int s = 0; s < STEPS; s++) newton_step(t, w, total);
    for (int i = 0; i < N; i++) out[i] = (float)w[i];
    dl_pack_part part = { .name = "stories", .p = out, .len = sizeof out };
    if (dl_pack_write(path, &part, 1, &err)) {
        fprintf(stderr, "%s: %s\n", err.where, err.message);
        return 1;
    }
    for (int i = 0; i < N; i++) fprintf(stderr, "%.2f ", w[i]);
    fprintf(stderr, "\n%zu pairs\n", t->n);
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
