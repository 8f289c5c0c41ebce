/* train_stories.c: weights of stories/link.h.
 *
 *     train_stories OUT.dlm [-without K N] [-among OTHERS.jsonl[.gz]] FILE.jsonl[.gz]=WEIGHT...
 *
 * Each file is a set of pages with "id", "title", "text", "url", "date" and the "story" they belong to. They go through the
 * stream of stories/online.h in order of date, then of the hash of the id; examples are the pairs that it compares.
 * WEIGHT is what the pairs of one story count together, in each run. OTHERS are pages of which no story is known. With them
 * there are more runs:
 *   each set among the others: what other news does to the weights of words; pairs with one of the others tell nothing;
 *   all sets and the others, moved into four weeks, and into half a year, each story as a whole and by whole weeks: a dense stream.
 *     There, pages of two sets, or of none, that in truth are months apart are of two stories, and so are those of two sets
 *     that have no date.
 * With -without, stories whose hash leaves K when divided by N are not learnt from, so that the weights can be judged by them;
 * those whose names are the same up to a "_" are left out together. Fixed seeds: the same input gives the same bytes. */
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

enum { N = DL_LINK_FEATURES, EPOCHS = 30, LINE = 1 << 24, PAGES = 1 << 17, SETS = 16, OTHERS = SETS };
enum { BATCH_DATED = 1024, BATCH_UNDATED = 512 };
static const double RATE = 3e-3, PENALTY_DATED = 2e-4, PENALTY_UNDATED = 1e-3;
/* Taken off the log-odds: one wrong link may join two stories whole. Chosen by turns over stories. */
static const double CAUTION_DATED = -.35, CAUTION_UNDATED = .94;
/* What the pairs of a run count, and those of a dense run that are known to be months apart beside the pairs of its sets. */
static const double ALONE = .4, AMONG = .4, DENSE = .15, DISTANT = .3;
enum {
    MONTHS_APART = 120,
    ONE_IN = 6,
    BASE = 2560 * 7
}; /* days; every sixth of those pairs is learnt from; BASE: a day of 2019 */

typedef struct page {
    int64_t given; /* DL_NEVER comes first                                                            */
    uint64_t id, story, turn;
    int64_t moved;   /* as `given`, in the run that goes on                                          */
    uint32_t set;    /* or OTHERS                                                                   */
    dl_sheet *sheet; /* kept to the end of the program                                              */
} page;

typedef struct example {
    float f[N], weight;
    uint8_t set; /* OTHERS: far apart                                                               */
    bool same, dated;
} example;

typedef struct trainer {
    dl_arena keep, scratch;
    dl_models *models;
    page *page; /* [pages]                                                                         */
    page **run; /* [PAGES] of the run, in order                                                      */
    uint32_t pages, sets;
    double weight[SETS];
    dl_online online;
    example *ex;
    size_t n, cap;
    bool dense;
    uint64_t turn, turns; /* stories that are left out; turns 0: none                                */
    bool failed;
} trainer;

static const char *field(json_object *o, const char *key)
{
    json_object *v;
    return json_object_object_get_ex(o, key, &v) && v ? json_object_get_string(v) : "";
}

static bool read_page(trainer *t, json_object *o, uint32_t set, dl_build *b)
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
    const dl_str story = dl_str_of(field(o, "story"));
    const char *mark = strchr(story.p, '_');
    *p = (page){ .given = raw.given, .id = dl_hash_str(dl_str_of(field(o, "id"))), .story = dl_hash_str(story), .set = set };
    p->turn = mark ? dl_hash_str((dl_str){ story.p, (size_t)(mark - story.p) }) : p->story;
    p->sheet = (dl_sheet *)(void *)sheet.p;
    t->pages++;
    free(bytes.p);
    dl_arena_reset(&t->scratch);
    return ok;
}

static bool read_set(trainer *t, const char *path, uint32_t set)
{
    char *line = malloc(LINE);
    gzFile f = gzopen(path, "rb");
    dl_build b;
    dl_build_init(&b);
    bool ok = line && f;
    while (ok && t->pages < PAGES && gzgets(f, line, LINE)) {
        json_object *o = json_tokener_parse(line);
        if (o) ok = read_page(t, o, set, &b);
        json_object_put(o);
    }
    dl_build_free(&b);
    if (f) gzclose(f);
    free(line);
    return ok;
}

/* ---- Examples ------------------------------------------------------------------------------------ */

static int in_order(const void *x, const void *y, const void *ctx)
{
    const page *a = *(page *const *)x, *b = *(page *const *)y;
    (void)ctx;
    if (a->moved != b->moved) return a->moved < b->moved ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

static bool is_same(const page *a, const page *b) { return a->set == b->set && a->set != OTHERS && a->story == b->story; }

static bool same_story(const void *ctx, uint32_t a, uint32_t b)
{
    const trainer *t = ctx;
    return is_same(t->run[a], t->run[b]);
}

static bool left_out(const trainer *t, const page *p) { return t->turns && p->set != OTHERS && p->turn % t->turns == t->turn; }

/* Two stories, for certain. Of the others those without a date tell nothing. */
static bool are_apart(const page *x, const page *y)
{
    if (x->given != DL_NEVER && y->given != DL_NEVER) return dl_days_apart(x->given, y->given) >= MONTHS_APART;
    return x->set != y->set && (x->given != DL_NEVER || x->set != OTHERS) && (y->given != DL_NEVER || y->set != OTHERS);
}

static void saw(void *ctx, uint32_t a, uint32_t b, const double feature[N])
{
    trainer *t = ctx;
    const page *x = t->run[a], *y = t->run[b];
    const bool known = x->set == y->set && x->set != OTHERS;
    double f[N];
    if (left_out(t, x) || left_out(t, y)) return;
    if (!known && (!t->dense || !are_apart(x, y) || dl_hash_mix(x->id, y->id) % ONE_IN)) return;
    if (!DL_ROOM(&t->keep, t->ex, t->n, t->cap)) {
        t->failed = true;
        return;
    }
    memcpy(f, feature, sizeof f);
    if (t->dense) dl_link_forget_years(f); /* those that they name are of another time */
    example *e = &t->ex[t->n++];
    for (int i = 0; i < N; i++) e->f[i] = (float)f[i];
    e->set = known ? (uint8_t)x->set : OTHERS;
    e->same = is_same(x, y);
    e->dated = x->sheet->published != DL_NEVER && y->sheet->published != DL_NEVER;
}

/* What the pairs from `first` on weigh, those of a run that counts `share`. */
static void weigh(trainer *t, size_t first, double share)
{
    double same[SETS + 1] = { 0 }, all = 0, far = 0;
    for (size_t k = first; k < t->n; k++) same[t->ex[k].set] += t->ex[k].same;
    for (size_t k = first; k < t->n; k++) {
        example *e = &t->ex[k];
        if (e->set == OTHERS) {
            far++;
            continue;
        }
        e->weight = same[e->set] > 0 ? (float)(share * t->weight[e->set] / same[e->set]) : 0;
        all += (double)e->weight;
    }
    for (size_t k = first; k < t->n; k++) {
        if (t->ex[k].set == OTHERS) t->ex[k].weight = (float)(DISTANT * all / far);
    }
}

/* The stream, with a model that links nothing: what is compared does not depend on it. */
static bool add_examples(trainer *t, uint32_t n, double share)
{
    const dl_online_set set = { .same = same_story, .saw = saw, .ctx = t };
    const size_t first = t->n;
    dl_error err;
    if (!dl_sort(t->run, n, sizeof(page *), in_order, NULL, &t->scratch)) return false;
    dl_status st = dl_online_open(&t->online, t->models, &set, &err);
    bool ok = !st || st == DL_EMODEL; /* of the model that is to be replaced */
    memset(&t->online.model, 0, sizeof t->online.model);
    for (int k = 0; k < DL_LINK_NETS; k++) t->online.model.dated.net[k].out_bias = t->online.model.undated.net[k].out_bias = -20;
    for (uint32_t i = 0; ok && i < n; i++) {
        dl_sheet *s = t->run[i]->sheet;
        const int64_t published = s->published;
        if (t->dense && published != DL_NEVER) s->published = t->run[i]->moved;
        ok = !dl_online_add(&t->online, s, &err);
        s->published = published;
    }
    dl_online_close(&t->online);
    weigh(t, first, share);
    dl_arena_reset(&t->scratch);
    return ok && !t->failed;
}

/* One set, or with `among` the others, too. */
static bool run_set(trainer *t, uint32_t set, bool among)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < t->pages; i++) {
        page *p = &t->page[i];
        p->moved = p->given;
        if (p->set == set || (among && p->set == OTHERS)) t->run[n++] = p;
    }
    return add_examples(t, n, among ? AMONG : ALONE);
}

static int by_story(const void *x, const void *y, const void *ctx)
{
    const page *a = *(page *const *)x, *b = *(page *const *)y;
    (void)ctx;
    if (a->set != b->set) return a->set < b->set ? -1 : 1;
    if (a->set != OTHERS && a->story != b->story) return a->story < b->story ? -1 : 1;
    if (a->given != b->given) return a->given < b->given ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

/* All pages as if their stories had begun within so many days; those without a date come in between by chance. */
static bool run_dense(trainer *t, int32_t days)
{
    uint32_t n = 0;
    for (; n < t->pages; n++) t->run[n] = &t->page[n];
    if (!dl_sort(t->run, n, sizeof(page *), by_story, NULL, &t->scratch)) return false;
    for (uint32_t i = 0; i < n; i++) {
        page *p = t->run[i], *before = i && t->run[i - 1]->given != DL_NEVER ? t->run[i - 1] : NULL;
        if (p->given == DL_NEVER) {
            p->moved = dl_seconds(BASE + (int32_t)(dl_hash_mix(p->id, 1) % (uint32_t)days));
            continue;
        }
        const int32_t day = dl_day_of(p->given), into = (day % days + days) % days;
        p->moved =
            before && is_same(before, p) ? before->moved + (p->given - before->given) : p->given + dl_seconds(BASE + into - day);
    }
    t->dense = true;
    const bool ok = add_examples(t, n, DENSE);
    t->dense = false;
    return ok;
}

static bool make_examples(trainer *t, bool others)
{
    bool ok = true;
    for (uint32_t s = 0; ok && s < t->sets; s++) ok = run_set(t, s, false) && (!others || run_set(t, s, true));
    return ok && (!others || (run_dense(t, 28) && run_dense(t, 182)));
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
    float w[WEIGHTS], grad[WEIGHTS], m[WEIGHTS], v[WEIGHTS];
    double step;
    float penalty;
} net;

static bool is_bias(int i) { return (i >= BIAS && i < OUT) || i == WEIGHTS - 1; }

static void add_gradient(net *n, const float x[N], float weight, bool same)
{
    float y[DL_LINK_HIDDEN], back[DL_LINK_HIDDEN], z = n->w[WEIGHTS - 1];
    memcpy(y, n->w + BIAS, sizeof y);
    for (int i = 0; i < N; i++) {
        for (int k = 0; k < DL_LINK_HIDDEN; k++) y[k] += n->w[i * DL_LINK_HIDDEN + k] * x[i];
    }
    for (int k = 0; k < DL_LINK_HIDDEN; k++) z += n->w[OUT + k] * dl_link_bend(y[k]);
    const float g = weight * ((float)(1 / (1 + exp(-(double)z))) - (same ? 1 : 0));
    for (int k = 0; k < DL_LINK_HIDDEN; k++) {
        const float bend = 1 + fabsf(y[k]);
        back[k] = g * n->w[OUT + k] / (bend * bend);
        n->grad[OUT + k] += g * y[k] / bend;
        n->grad[BIAS + k] += back[k];
    }
    for (int i = 0; i < N; i++) {
        for (int k = 0; k < DL_LINK_HIDDEN; k++) n->grad[i * DL_LINK_HIDDEN + k] += back[k] * x[i];
    }
    n->grad[WEIGHTS - 1] += g;
}

static void take_step(net *n, size_t batch, float rate)
{
    n->step++;
    const float c1 = (float)(1 - pow(.9, n->step)), c2 = (float)(1 - pow(.999, n->step));
    for (int i = 0; i < WEIGHTS; i++) {
        const float g = n->grad[i] / (float)batch + (is_bias(i) ? 0 : n->penalty * n->w[i]);
        n->m[i] = .9f * n->m[i] + .1f * g;
        n->v[i] = .999f * n->v[i] + .001f * g * g;
        n->w[i] -= rate * (n->m[i] / c1) / (sqrtf(n->v[i] / c2) + 1e-8f);
        n->grad[i] = 0;
    }
}

/* order[n]: examples to learn from; it is shuffled. */
static void train_net(const trainer *t, net *n, uint32_t *order, size_t examples, bool dated, uint64_t seed)
{
    const double PI = 3.14159265358979323846;
    const size_t batch = dated ? BATCH_DATED : BATCH_UNDATED;
    *n = (net){ .penalty = (float)(dated ? PENALTY_DATED : PENALTY_UNDATED) };
    for (int i = 0; i < WEIGHTS; i++) n->w[i] = is_bias(i) ? 0 : (float)(random_unit(&seed) - .5);
    for (int e = 0; e < EPOCHS; e++) {
        const float rate = (float)(RATE * .5 * (1 + cos(PI * e / EPOCHS)));
        for (size_t i = examples; i > 1; i--) {
            size_t k = (size_t)(random_unit(&seed) * (double)i);
            uint32_t s = order[i - 1];
            order[i - 1] = order[k];
            order[k] = s;
        }
        for (size_t i = 0; i < examples; i++) {
            const example *x = &t->ex[order[i]];
            add_gradient(n, x->f, x->weight, x->same);
            if ((i + 1) % batch == 0 || i + 1 == examples) take_step(n, i % batch + 1, rate);
        }
    }
}

/* Features of the examples to mean 0 and deviation 1, weights to mean 1. */
static void normalise(trainer *t, const uint32_t *row, size_t rows, dl_link_expert *out)
{
    double total = 0, n = (double)rows;
    for (size_t k = 0; k < rows; k++) total += (double)t->ex[row[k]].weight;
    for (size_t k = 0; k < rows; k++) t->ex[row[k]].weight *= (float)(n / total);
    for (int i = 0; i < N; i++) {
        double sum = 0, squares = 0;
        for (size_t k = 0; k < rows; k++) sum += (double)t->ex[row[k]].f[i];
        for (size_t k = 0; k < rows; k++) squares += pow((double)t->ex[row[k]].f[i] - sum / n, 2);
        out->mean[i] = (float)(sum / n);
        out->scale[i] = (float)(1 / (sqrt(squares / n) + 1e-6));
        for (size_t k = 0; k < rows; k++) t->ex[row[k]].f[i] = (t->ex[row[k]].f[i] - out->mean[i]) * out->scale[i];
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
        train_net(t, &n, order, rows, dated, k + 1);
        n.w[WEIGHTS - 1] -= (float)(dated ? CAUTION_DATED : CAUTION_UNDATED);
        for (int i = 0; i < WEIGHTS; i++) flat[i] = n.w[i];
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

/* "FILE=WEIGHT" */
static bool read_weighed(trainer *t, const char *arg)
{
    char path[1024];
    const char *weight = strrchr(arg, '=');
    if (t->sets == SETS) return false;
    snprintf(path, sizeof path, "%.*s", (int)(weight ? weight - arg : (long)strlen(arg)), arg);
    t->weight[t->sets] = weight ? strtod(weight + 1, NULL) : 1;
    return read_set(t, path, t->sets++);
}

/* What begins with a "-". */
static int options(trainer *t, int argc, char **argv, const char **others)
{
    int i = 2;
    for (; i < argc && argv[i][0] == '-'; i++) {
        if (!strcmp(argv[i], "-without") && i + 2 < argc) {
            t->turn = strtoull(argv[++i], NULL, 10);
            t->turns = strtoull(argv[++i], NULL, 10);
        } else if (!strcmp(argv[i], "-among") && i + 1 < argc)
            *others = argv[++i];
        else
            return argc;
    }
    return i;
}

int main(int argc, char **argv)
{
    static trainer t;
    dl_error err;
    const char *others = NULL;
    const int first = options(&t, argc, argv, &others);
    if (argc <= first || dl_models_open(&t.models, NULL, &err)) {
        fprintf(stderr, "usage: train_stories OUT.dlm [-without K N] [-among OTHERS.jsonl[.gz]] FILE.jsonl[.gz]=WEIGHT...\n");
        return 2;
    }
    dl_arena_init(&t.keep, (size_t)4 << 30);
    dl_arena_init(&t.scratch, (size_t)1 << 30);
    t.page = DL_NEW(&t.keep, PAGES, page);
    t.run = DL_NEW(&t.keep, PAGES, page *);
    bool ok = t.page && t.run && (!others || read_set(&t, others, OTHERS));
    for (int i = first; ok && i < argc; i++) ok = read_weighed(&t, argv[i]);
    ok = ok && make_examples(&t, others != NULL);
    if (!ok) fprintf(stderr, "train_stories: a file cannot be read, or there is too much of it\n");
    const int rc = ok ? train(&t, argv[1]) : 1;
    dl_arena_free(&t.keep);
    dl_arena_free(&t.scratch);
    dl_models_close(t.models);
    return rc;
}
