/* train_dates.c: learns which of the days that a page names is that of its publication (src/dates/rank.c).
 *
 *     train_dates OUT.dlm [-f FOLDS] [-w WEIGHT] GOLD.jsonl... [-w WEIGHT GOLD.jsonl...]
 *
 * A record has "id", "date" and perhaps "url"; its page is "page" (from the folder above the file's), else
 * html/ID.html.gz beside the file. WEIGHT (default 1) is that of the files behind it: below 1 for dates that
 * are less sure. A log-linear choice among the days of a page, with a Gaussian prior. Each page is
 * learnt from several times: with and without its address, and with voices taken away, so that the weak ones
 * are learnt where the strong ones are silent. With -f, sites are held out in turn and the figures printed.
 * Nothing is drawn at random. */
#include <json-c/json.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/pack_format.h"
#include "dates/rank.h"
#include "extract/extract.h"
#include "input/source.h"
#include "learn/train.h"
#include "tokens/tokens.h"

enum { STEPS = 500, LEAST = 2, FILES_MAX = 16 };
#define PRIOR 4.0   /* of the weights: 1 / variance                                                 */
#define FEWER 0.2   /* weight of a page with voices taken away                                      */
#define ADDRESS 0.5 /* ... with its address                                                         */

#define BIT(place) (1u << (place))
#define STATED                                                                                                                   \
    (BIT(DL_DATE_LD) | BIT(DL_DATE_LD_OTHER) | BIT(DL_DATE_META) | BIT(DL_DATE_ITEM) | BIT(DL_DATE_META_MADE) |                  \
     BIT(DL_DATE_SCRIPT) | BIT(DL_DATE_SCRIPT_MADE))

typedef struct view {    /* a page as some of its voices tell it */
    uint32_t days, gold; /* DL_NONE: the right day is none of them                                */
    uint32_t *end;       /* [days] behind the day's last feature                                  */
    uint32_t *feat;      /* rows of weights                                                       */
    double weight;
    uint32_t page;
} view;
typedef struct page {
    uint64_t site;
    uint32_t file;
} page;

typedef struct job {
    dl_arena arena;
    const dl_models *models;
    dl_build b;
    dl_map row, seen; /* feature -> row; pages by path                                            */
    uint32_t *count;  /* [rows] views that have it                                                */
    uint64_t *hash;   /* [rows]                                                                   */
    size_t rows, count_cap, hash_cap;
    view *v;
    size_t n, cap;
    page *p;
    size_t pages, p_cap;
    const char *file[FILES_MAX];
    uint32_t files;
    double *w, *m1, *m2, *slope;
} job;

static void die(const char *what, const char *name)
{
    fprintf(stderr, "train_dates: %s: %s\n", name, what);
    exit(1);
}

static uint32_t row_of(job *j, uint64_t h)
{
    uint32_t *r = dl_map_put(&j->row, h, (uint32_t)j->rows);
    if (!r) die("out of memory", "features");
    if (*r < j->rows) return *r;
    if (!DL_ROOM(&j->arena, j->count, j->rows, j->count_cap) || !DL_ROOM(&j->arena, j->hash, j->rows, j->hash_cap))
        die("out of memory", "features");
    j->hash[j->rows] = h;
    j->count[j->rows++] = 0;
    return *r;
}

static void add_view(job *j, uint32_t unheard, int32_t gold, double weight)
{
    dl_rank r;
    dl_feats f;
    dl_rank_days(&r, &j->b, INT32_MAX, unheard);
    view v = { .days = r.days, .gold = DL_NONE, .weight = weight, .page = (uint32_t)j->pages };
    v.end = DL_NEW(&j->arena, r.days + 1, uint32_t);
    v.feat = DL_NEW(&j->arena, (size_t)(r.days + 1) * DL_FEATS_MAX, uint32_t);
    if (!v.end || !v.feat || !DL_ROOM(&j->arena, j->v, j->n, j->cap)) die("out of memory", "pages");
    uint32_t n = 0;
    for (uint32_t d = 0; d < r.days; d++) {
        if (r.day[d] == gold) v.gold = d;
        dl_rank_feats(&r, d, &f);
        for (uint32_t k = 0; k < f.n; k++) {
            v.feat[n] = row_of(j, f.h[k]);
            j->count[v.feat[n++]]++;
        }
        v.end[d] = n;
    }
    j->v[j->n++] = v;
}

/* What is left of a page as plain text: lines of dates. */
static void as_text(dl_build *b)
{
    dl_dates *t = &b->d.dates;
    for (uint32_t i = 0; i < t->n; i++) {
        t->region[i] = DL_REGION_NONE;
        if (t->place[i] == DL_DATE_PRINTED && (t->signs[i] & DL_DATE_SWAPPED || !(t->signs[i] & (DL_DATE_ALONE | DL_DATE_NAMED))))
            t->at[i] = DL_NEVER;
        t->signs[i] = DL_DATE_ALONE;
    }
}

static void read_page(job *j, const char *path, dl_str url, int32_t gold, double weight)
{
    dl_source src;
    dl_raw raw;
    dl_error err;
    dl_arena a;
    dl_arena_init(&a, (size_t)1 << 30);
    if (dl_source_paths(&src, &path, 1, &err) != DL_OK) die(err.message, path);
    if (src.next(src.self, &raw, &a, &err) != DL_OK) die(err.message, path);
    raw.url = url;
    dl_build_reset(&j->b);
    if (dl_extract(&j->b, &raw, j->models) != DL_OK) die("cannot be read", path);
    const uint32_t own = BIT(DL_DATE_ADDRESS);
    add_view(j, own, gold, weight);
    add_view(j, 0, gold, weight * ADDRESS);
    add_view(j, own | STATED, gold, weight * FEWER);
    add_view(j, own | STATED | BIT(DL_DATE_META_DAY) | BIT(DL_DATE_TIME) | BIT(DL_DATE_ATTRIBUTE), gold, weight * FEWER);
    add_view(j, own | BIT(DL_DATE_PRINTED) | BIT(DL_DATE_CLASS) | BIT(DL_DATE_TIME), gold, weight * FEWER);
    as_text(&j->b);
    add_view(j, ~BIT(DL_DATE_PRINTED), gold, weight * FEWER);
    src.close(src.self);
    dl_arena_free(&a);
}

static dl_str field(json_object *o, const char *name)
{
    json_object *x;
    return json_object_object_get_ex(o, name, &x) && json_object_is_type(x, json_type_string)
               ? dl_str_of(json_object_get_string(x))
               : (dl_str){ NULL, 0 };
}

/* "https://www.site.org/a" -> "site.org": near enough to hold sites apart. */
static uint64_t site_of(dl_str url)
{
    const size_t at = dl_str_find(url, DL_STR("://"), 0);
    dl_str rest = at == SIZE_MAX ? url : dl_str_cut(url, at + 3, url.len), host = { NULL, 0 };
    (void)dl_str_next(&rest, '/', &host);
    size_t dots = 0, beg = host.len;
    while (beg > 0 && (host.p[beg - 1] != '.' || ++dots < 2)) beg--;
    return dl_hash_str(dl_str_cut(host, beg, host.len));
}

static void read_file(job *j, const char *path, double weight)
{
    FILE *f = fopen(path, "r");
    char *line = NULL, name[4096];
    size_t cap = 0;
    if (!f || j->files == FILES_MAX) die("cannot be read", path);
    const char *slash = strrchr(path, '/');
    const int folder = slash ? (int)(slash - path) : 0;
    while (getline(&line, &cap, f) > 0) {
        json_object *o = json_tokener_parse(line);
        const dl_str id = field(o, "id"), at = field(o, "page"), date = field(o, "date"), url = field(o, "url");
        int64_t gold;
        bool clock;
        if (o && date.len >= 10 && dl_date_read(dl_str_cut(date, 0, 10), &gold, &clock)) {
            if (at.len)
                snprintf(name, sizeof name, "%.*s/../%s", folder, path, at.p);
            else
                snprintf(name, sizeof name, "%.*s/html/%s.html.gz", folder, path, id.p);
            const char *leaf = strrchr(name, '/');
            uint32_t *known = dl_map_put(&j->seen, dl_hash_str(dl_str_of(leaf)), (uint32_t)j->pages);
            if (!known || !DL_ROOM(&j->arena, j->p, j->pages, j->p_cap)) die("out of memory", path);
            if (*known == j->pages) {
                j->p[j->pages] = (page){ site_of(url), j->files };
                read_page(j, name, url, dl_day_of(gold), weight);
                j->pages++;
            }
        }
        json_object_put(o);
    }
    free(line);
    fclose(f);
    j->file[j->files++] = path;
}

/* prob[days]; returns the likeliest day. */
static uint32_t weigh(const job *j, const view *v, double *prob)
{
    double top = -INFINITY, sum = 0;
    uint32_t best = 0;
    for (uint32_t d = 0, k = 0; d < v->days; d++) {
        prob[d] = 0;
        for (; k < v->end[d]; k++) prob[d] += j->w[v->feat[k]];
        if (prob[d] > top) top = prob[d], best = d;
    }
    for (uint32_t d = 0; d < v->days; d++) sum += prob[d] = exp(prob[d] - top);
    for (uint32_t d = 0; d < v->days; d++) prob[d] /= sum;
    return best;
}

static bool held(const job *j, const view *v, uint64_t fold, uint64_t folds)
{
    return folds && j->p[v->page].site % folds == fold;
}

/* Gradient steps on all views outside the fold (Adam, Kingma & Ba 2015, with a falling rate). */
static void learn(job *j, uint64_t fold, uint64_t folds)
{
    double prob[DL_DATE_DAYS_MAX];
    memset(j->w, 0, j->rows * sizeof *j->w);
    memset(j->m1, 0, j->rows * sizeof *j->m1);
    memset(j->m2, 0, j->rows * sizeof *j->m2);
    for (int step = 1; step <= STEPS; step++) {
        for (size_t i = 0; i < j->rows; i++) j->slope[i] = PRIOR * j->w[i];
        for (size_t i = 0; i < j->n; i++) {
            const view *v = &j->v[i];
            if (v->gold == DL_NONE || v->days < 2 || held(j, v, fold, folds)) continue;
            weigh(j, v, prob);
            for (uint32_t d = 0, k = 0; d < v->days; d++) {
                const double by = v->weight * (prob[d] - (d == v->gold));
                for (; k < v->end[d]; k++) j->slope[v->feat[k]] += by;
            }
        }
        const double rate = 0.1 * (1 - (double)step / (STEPS + 1)), c1 = 1 - pow(.9, step), c2 = 1 - pow(.99, step);
        for (size_t i = 0; i < j->rows; i++) {
            if (j->count[i] < LEAST) continue;
            j->m1[i] = .9 * j->m1[i] + .1 * j->slope[i];
            j->m2[i] = .99 * j->m2[i] + .01 * j->slope[i] * j->slope[i];
            j->w[i] -= rate * (j->m1[i] / c1) / (sqrt(j->m2[i] / c2) + 1e-9);
        }
    }
}

typedef struct tally {
    uint32_t right[FILES_MAX], all[FILES_MAX];
    uint32_t bin_right[10], bin_all[10]; /* by tenths of the chosen day's probability            */
} tally;

/* Pages as they are, without their address. */
static void measure(const job *j, uint64_t fold, uint64_t folds, tally *t)
{
    double prob[DL_DATE_DAYS_MAX];
    for (size_t i = 0; i < j->n; i++) {
        const view *v = &j->v[i];
        if ((i && j->v[i - 1].page == v->page) || (folds && !held(j, v, fold, folds))) continue;
        const uint32_t file = j->p[v->page].file;
        t->all[file]++;
        if (!v->days) continue;
        const uint32_t best = weigh(j, v, prob);
        const unsigned bin = prob[best] >= 1 ? 9 : (unsigned)(prob[best] * 10);
        t->right[file] += best == v->gold;
        t->bin_right[bin] += best == v->gold;
        t->bin_all[bin]++;
    }
}

static void print(const job *j, const tally *t, const char *what)
{
    for (uint32_t f = 0; f < j->files; f++)
        printf("%s %s: %u of %u, %.3f\n", what, j->file[f], t->right[f], t->all[f],
               t->all[f] ? (double)t->right[f] / t->all[f] : 0);
    for (unsigned k = 0; k < 10; k++)
        if (t->bin_all[k])
            printf("    probability %.1f-%.1f: %u of %u right\n", k / 10.0, (k + 1) / 10.0, t->bin_right[k], t->bin_all[k]);
}

static void save(job *j, const char *path)
{
    static const char *const labels[] = { "day" };
    dl_trainer t;
    dl_buf buf;
    dl_error err;
    if (!dl_trainer_init(&t, &j->arena, labels, 1, &(dl_train_plan){ .min_updates = 1 })) die("out of memory", path);
    dl_trainer_tick(&t);
    const uint64_t unit = dl_rank_unit();
    dl_trainer_update(&t, &unit, 1, 0, 1.0f);
    for (size_t i = 0; i < j->rows; i++)
        if (j->count[i] >= LEAST && fabs(j->w[i]) > 1e-4) dl_trainer_update(&t, &j->hash[i], 1, 0, (float)j->w[i]);
    for (int k = 0; k < 100; k++) dl_trainer_tick(&t);
    dl_buf_init(&buf, (size_t)16 << 20);
    if (!dl_trainer_write(&t, &buf)) die("out of memory", path);
    dl_pack_part part = { DL_RANK_WEIGHTS, buf.p, buf.len };
    if (dl_pack_write(path, &part, 1, &err) != DL_OK) die(err.message, path);
    printf("%zu features, %zu bytes\n", j->rows, buf.len);
    dl_buf_free(&buf);
}

int main(int argc, char **argv)
{
    static job j;
    dl_models *models;
    dl_error err;
    uint64_t folds = 0;
    double weight = 1;
    if (argc < 3) die("usage: train_dates OUT.dlm [-f FOLDS] [-w WEIGHT] GOLD.jsonl...", "no files");
    if (dl_models_open(&models, NULL, &err) != DL_OK) die(err.message, "models");
    j.models = models;
    dl_arena_init(&j.arena, (size_t)8 << 30);
    dl_map_init(&j.row, &j.arena);
    dl_map_init(&j.seen, &j.arena);
    dl_build_init(&j.b);
    for (int i = 2; i < argc; i++) {
        if (!strcmp(argv[i], "-f") && i + 1 < argc && dl_str_number(dl_str_of(argv[i + 1]), 100, &folds))
            i++;
        else if (!strcmp(argv[i], "-w") && i + 1 < argc)
            weight = strtod(argv[++i], NULL);
        else
            read_file(&j, argv[i], weight);
    }
    j.w = DL_NEW(&j.arena, j.rows, double);
    j.m1 = DL_NEW(&j.arena, j.rows, double);
    j.m2 = DL_NEW(&j.arena, j.rows, double);
    j.slope = DL_NEW(&j.arena, j.rows, double);
    if (dl_arena_failed(&j.arena)) die("out of memory", "weights");
    tally out = { 0 }, in = { 0 };
    for (uint64_t f = 0; f < folds; f++) {
        learn(&j, f, folds);
        measure(&j, f, folds, &out);
    }
    if (folds) print(&j, &out, "held out");
    learn(&j, 0, 0);
    measure(&j, 0, 0, &in);
    print(&j, &in, "learnt");
    save(&j, argv[1]);
    dl_build_free(&j.b);
    dl_arena_free(&j.arena);
    dl_models_close(models);
    return 0;
}
