/* train_blocks.c: trains the scorer of blocks (src/extract/score.h) and measures it.
 *
 *     train/pages.py FOLDER... | train_blocks OUT.dlm [--folds N]
 *
 * Reads records of train/pages.py. A block is article where leaving it out would lower the F1 of the
 * page's word fours (the measure of scrapinghub's article-extraction-benchmark): found by changing one
 * block at a time until nothing improves. Pages of which only pieces are judged come second: a forest
 * grown from the others says what the rest of their blocks are, where it is sure.
 * --folds N: N times, without the sites of one part, and judged on that part; nothing is written. With
 * VERBOSE in the environment also what went wrong, block by block.
 * Fixed seed: the same records give the same bytes. */
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/pack_format.h"
#include "extract/features.h"
#include "extract/score.h"
#include "learn/grow.h"

enum {
    GRAM = 4,
    ROUNDS = 4,
    TREES = 300,
    LEAVES = 15,
    BINS = 63,
    MIN_ROWS = 80,
    SETS_MAX = 16,
    FOLDS_MAX = 20,
    SHOWN = 100,
    WORDS_MOST = 150
};

typedef struct page {
    dl_str set, url;
    uint64_t site;
    size_t row;     /* its first row of the table                                              */
    uint32_t n;     /* blocks                                                                  */
    uint32_t *end;  /* [n] number of the word behind the block's last                          */
    uint64_t *word; /* hashes of norm words, block after block                                 */
    dl_xblock *blk; /* [n] words, and the beginning of text, alone are set                     */
    uint64_t *gold; /* [n_gold] hashes of the article's words; NULL: pieces are judged         */
    size_t n_gold;
} page;

typedef struct job {
    dl_arena arena;
    dl_models *models;
    dl_build b;
    size_t n, cap;
    page *page;
    size_t rows, row_cap;
    float *row, *y, *weight; /* y below 0: not known                                              */
} job;

/* ---- F1 of word fours ---------------------------------------------------------------------- */

typedef struct score {
    int64_t tp, made, gold;
} score;
static double f1(score s) { return s.made + s.gold ? 2.0 * (double)s.tp / (double)(s.made + s.gold) : 1.0; }

typedef struct grams {
    dl_map gold, made; /* word four -> how often                                                  */
    score s;
} grams;

static uint64_t gram(const uint64_t *w)
{
    uint64_t g = 0;
    for (int i = 0; i < GRAM; i++) g = dl_hash_mix(g, w[i]);
    return g;
}

static void count(grams *g, const uint64_t *w, size_t n, int by)
{
    for (size_t i = 0; i + GRAM <= n; i++) {
        const uint64_t h = gram(w + i);
        const uint32_t in_gold = dl_map_get(&g->gold, h);
        uint32_t *at = dl_map_put(&g->made, h, 0);
        if (!at) return;
        const uint32_t had = in_gold == DL_NONE ? 0 : in_gold;
        g->s.tp += by > 0 ? (*at < had) : -(*at <= had && *at > 0);
        g->s.made += by;
        *at = (uint32_t)((int64_t)*at + by);
    }
}

static void open_grams(grams *g, const page *p, dl_arena *a)
{
    *g = (grams){ .s = { 0 } };
    dl_map_init(&g->gold, a);
    dl_map_init(&g->made, a);
    for (size_t i = 0; i + GRAM <= p->n_gold; i++) {
        uint32_t *at = dl_map_put(&g->gold, gram(p->gold + i), 0);
        if (at) ++*at;
        g->s.gold++;
    }
}

static uint32_t beg_of(const page *p, uint32_t i) { return i ? p->end[i - 1] : 0; }

/* The words round block i as they would stand, with it (`with`) or without it; returns how many. */
static size_t around(const page *p, const uint8_t *in, uint32_t i, bool with, uint64_t *out)
{
    uint64_t left[GRAM];
    size_t n = 0, l = 0;
    for (uint32_t j = i; j-- > 0 && l < GRAM - 1;)
        for (uint32_t w = p->end[j]; in[j] && w > beg_of(p, j) && l < GRAM - 1; w--) left[l++] = p->word[w - 1];
    while (l > 0) out[n++] = left[--l];
    for (uint32_t w = beg_of(p, i); with && w < p->end[i]; w++) out[n++] = p->word[w];
    size_t r = 0;
    for (uint32_t j = i + 1; j < p->n && r < GRAM - 1; j++)
        for (uint32_t w = beg_of(p, j); in[j] && w < p->end[j] && r < GRAM - 1; w++, r++) out[n++] = p->word[w];
    return n;
}

static void set_block(grams *g, const page *p, uint8_t *in, uint32_t i, bool on, uint64_t *room)
{
    count(g, room, around(p, in, i, !on, room), -1);
    count(g, room, around(p, in, i, on, room), 1);
    in[i] = on;
}

static score judge(job *j, const page *p, const uint8_t *in)
{
    dl_arena_mark here = dl_arena_here(&j->b.scratch);
    uint64_t *w = dl_arena_raw(&j->b.scratch, p->end[p->n - 1] + 1, sizeof *w);
    grams g;
    open_grams(&g, p, &j->b.scratch);
    size_t n = 0;
    for (uint32_t i = 0; w && i < p->n; i++)
        for (uint32_t k = beg_of(p, i); in[i] && k < p->end[i]; k++) w[n++] = p->word[k];
    count(&g, w, n, 1);
    dl_arena_back(&j->b.scratch, here);
    return g.s;
}

/* The blocks whose choice gives the best F1: by their own fours first, then one change at a time. */
static void best_blocks(job *j, const page *p, uint8_t *in)
{
    grams g;
    open_grams(&g, p, &j->b.scratch);
    uint64_t *room = dl_arena_raw(&j->b.scratch, p->end[p->n - 1] + 2 * GRAM, sizeof *room);
    if (!room) return;
    for (uint32_t i = 0; i < p->n; i++) {
        uint32_t all = 0, hits = 0;
        for (uint32_t w = beg_of(p, i); w + GRAM <= p->end[i]; w++, all++)
            hits += dl_map_get(&g.gold, gram(p->word + w)) != DL_NONE;
        if (all && hits * 2 >= all) set_block(&g, p, in, i, true, room);
    }
    for (int round = 0, changed = 1; changed && round < ROUNDS; round++) {
        changed = 0;
        for (uint32_t i = 0; i < p->n; i++) {
            const double before = f1(g.s);
            set_block(&g, p, in, i, !in[i], room);
            if (f1(g.s) > before + 1e-12)
                changed = 1;
            else
                set_block(&g, p, in, i, !in[i], room);
        }
    }
}

/* ---- Reading ------------------------------------------------------------------------------- */

static bool room_for_rows(job *j, size_t more)
{
    if (j->rows + more <= j->row_cap) return true;
    size_t cap = j->row_cap ? j->row_cap : 4096;
    while (cap < j->rows + more) cap *= 2;
    float *row = realloc(j->row, cap * DL_FEATURES * sizeof *row);
    if (row) j->row = row;
    float *y = realloc(j->y, cap * sizeof *y);
    if (y) j->y = y;
    float *weight = realloc(j->weight, cap * sizeof *weight);
    if (weight) j->weight = weight;
    if (!row || !y || !weight) return false;
    j->row_cap = cap;
    return true;
}

static size_t hash_words(dl_str norm, uint64_t *out)
{
    size_t n = 0;
    dl_str w;
    while (dl_str_next(&norm, ' ', &w)) out[n++] = dl_hash_str(w);
    return n;
}

static dl_str string_of(json_object *o, const char *key)
{
    json_object *v;
    if (!json_object_object_get_ex(o, key, &v)) return (dl_str){ "", 0 };
    return (dl_str){ json_object_get_string(v), (size_t)json_object_get_string_len(v) };
}

static bool keep_words(job *j, page *p, const dl_xpage *x)
{
    size_t words = 0;
    for (uint32_t i = 0; i < x->n; i++) words += x->blk[i].words;
    p->end = DL_NEW(&j->arena, x->n, uint32_t);
    p->word = dl_arena_raw(&j->arena, words + 1, sizeof *p->word);
    p->blk = DL_NEW(&j->arena, x->n, dl_xblock);
    if (!p->end || !p->word || !p->blk) return false;
    size_t n = 0;
    for (uint32_t i = 0; i < x->n; i++) {
        n += hash_words(x->blk[i].norm, p->word + n);
        p->end[i] = (uint32_t)n;
        p->blk[i].words = x->blk[i].words;
        p->blk[i].text =
            dl_arena_folded(&j->arena, dl_str_cut(x->blk[i].text, 0, x->blk[i].text.len < SHOWN ? x->blk[i].text.len : SHOWN));
    }
    return true;
}

/* Of the texts that the gold allows the one that is nearest to what the rules keep. */
static void pick_gold(job *j, page *p, const dl_xpage *x, json_object *texts)
{
    double best = -1;
    uint8_t *in = DL_NEW(&j->arena, x->n + 1, uint8_t);
    for (uint32_t i = 0; i < x->n; i++) in[i] = dl_extract_in_body(&x->blk[i]);
    uint64_t *gold = NULL;
    size_t n_gold = 0;
    for (size_t t = 0; t < json_object_array_length(texts); t++) {
        json_object *o = json_object_array_get_idx(texts, t);
        dl_str norm = dl_extract_norm(&j->arena, (dl_str){ json_object_get_string(o), (size_t)json_object_get_string_len(o) });
        p->gold = dl_arena_raw(&j->arena, norm.len / 2 + 2, sizeof *p->gold);
        if (!p->gold) return;
        p->n_gold = hash_words(norm, p->gold);
        const double f = f1(judge(j, p, in));
        if (f > best) best = f, gold = p->gold, n_gold = p->n_gold;
    }
    p->gold = gold;
    p->n_gold = n_gold;
}

/* What a block weighs of an article of so many words: no block more than one of WORDS_MOST. */
static float weight_of(const dl_xblock *k, double share, double words)
{
    return (float)(((k->words < WORDS_MOST ? k->words : WORDS_MOST) + 1.0) * share / words);
}

static void label(job *j, const page *p)
{
    uint8_t *in = DL_NEW(&j->b.scratch, p->n, uint8_t);
    double words = 0;
    if (!in) return;
    best_blocks(j, p, in);
    for (uint32_t i = 0; i < p->n; i++) words += in[i] ? p->blk[i].words : 0;
    for (uint32_t i = 0; i < p->n; i++) {
        j->y[p->row + i] = in[i];
        j->weight[p->row + i] = weight_of(&p->blk[i], 100, words > 50 ? words : 50);
    }
}

static bool in_any(json_object *o, const char *key, dl_str norm, dl_arena *a)
{
    json_object *list;
    if (!json_object_object_get_ex(o, key, &list)) return false;
    for (size_t i = 0; i < json_object_array_length(list); i++) {
        json_object *s = json_object_array_get_idx(list, i);
        dl_str piece = dl_extract_norm(a, (dl_str){ json_object_get_string(s), (size_t)json_object_get_string_len(s) });
        if (piece.len && dl_str_find(norm, piece, 0) != SIZE_MAX) return true;
    }
    return false;
}

/* Blocks that hold a wanted or an unwanted piece are known; a piece is one unit of that measure. */
static void label_pieces(job *j, const page *p, const dl_xpage *x, json_object *o)
{
    for (uint32_t i = 0; i < p->n; i++) {
        const bool wanted = in_any(o, "with", x->blk[i].norm, x->a), unwanted = in_any(o, "without", x->blk[i].norm, x->a);
        j->y[p->row + i] = wanted == unwanted ? -1.0f : wanted ? 1.0f : 0.0f;
        j->weight[p->row + i] = wanted == unwanted ? 0 : 12;
    }
}

static bool add_page(job *j, json_object *o)
{
    dl_str html = string_of(o, "html");
    dl_raw raw = { .kind = DL_RAW_HTML, .url = string_of(o, "url"), .bytes = html, .raw_len = html.len };
    raw.fetched = raw.given = DL_NEVER;
    dl_build_reset(&j->b);
    dl_xpage x;
    dl_xhtml h;
    dl_offsets given;
    if (dl_extract_begin(&x, &j->b, &raw, j->models, &given) != DL_OK) return false;
    if (!dl_extract_escaped(&x) || dl_html_rules(&h, &x) != DL_OK || h.fragment || !x.n) return true;
    dl_features *made = dl_features_begin(&h);
    if (!made || !room_for_rows(j, x.n) || !DL_ROOM(&j->arena, j->page, j->n, j->cap)) return false;
    for (uint32_t i = 0; i < x.n; i++) dl_features_next(made, j->row + (j->rows + i) * DL_FEATURES);
    page *p = &j->page[j->n++];
    *p = (page){ .row = j->rows, .n = x.n, .site = dl_hash_str(string_of(o, "site")) };
    p->set = dl_arena_folded(&j->arena, string_of(o, "set"));
    p->url = dl_arena_folded(&j->arena, string_of(o, "url"));
    if (!keep_words(j, p, &x)) return false;
    j->rows += x.n;
    json_object *texts;
    if (json_object_object_get_ex(o, "texts", &texts)) {
        pick_gold(j, p, &x, texts);
        label(j, p);
    } else {
        label_pieces(j, p, &x, o);
    }
    return !dl_arena_failed(&j->arena) && !dl_arena_failed(&j->b.scratch);
}

static bool read_all(job *j)
{
    char *line = NULL;
    size_t cap = 0;
    bool ok = true;
    while (ok && getline(&line, &cap, stdin) > 0) {
        json_object *o = json_tokener_parse(line);
        if (!o) continue;
        dl_arena_mark here = dl_arena_here(&j->b.scratch);
        ok = add_page(j, o);
        dl_arena_back(&j->b.scratch, here);
        json_object_put(o);
        if (j->n % 100 == 0) fprintf(stderr, "train_blocks: %zu pages, %zu blocks\r", j->n, j->rows);
    }
    free(line);
    fprintf(stderr, "\n");
    return ok;
}

/* ---- Growing ------------------------------------------------------------------------------- */

static void told(void *ctx, uint32_t tree, double loss)
{
    (void)ctx;
    if (tree % 40 == 0) fprintf(stderr, "  tree %u: loss %.5f\n", tree, loss);
}

/* From the rows whose label is known (y >= 0) of pages outside part `fold` of `folds` (0: of all). */
static dl_status grow(job *j, const float *y, uint32_t folds, uint32_t fold, bool pieces, dl_buf *out, dl_error *err)
{
    float *row = malloc(j->rows * DL_FEATURES * sizeof *row), *ys = malloc(j->rows * sizeof *ys),
          *ws = malloc(j->rows * sizeof *ws);
    uint32_t *group = malloc(j->rows * sizeof *group);
    size_t n = 0;
    for (size_t k = 0; row && ys && ws && group && k < j->n; k++) {
        const page *p = &j->page[k];
        if ((folds && p->site % folds == fold) || (!p->gold && !pieces)) continue;
        for (uint32_t i = 0; i < p->n; i++) {
            if (y[p->row + i] < 0) continue;
            memcpy(row + n * DL_FEATURES, j->row + (p->row + i) * DL_FEATURES, DL_FEATURES * sizeof *row);
            ys[n] = y[p->row + i];
            group[n] = (uint32_t)k;
            ws[n++] = j->weight[p->row + i];
        }
    }
    dl_grow_plan plan = { .trees = TREES,
                          .leaves = LEAVES,
                          .bins = BINS,
                          .min_rows = MIN_ROWS,
                          .rate = 0.06f,
                          .lambda = 5,
                          .feature_share = 0.4f,
                          .row_share = 0.7f,
                          .group = group,
                          .seed = 1,
                          .told = folds ? NULL : told };
    dl_arena a;
    dl_arena_init(&a, SIZE_MAX);
    dl_status st = row && ys && ws && group ? dl_grow_forest(out, row, ys, ws, n, DL_FEATURES, &plan, &a, err) : DL_ENOMEM;
    dl_arena_free(&a);
    free(row);
    free(ys);
    free(ws);
    free(group);
    return st;
}

static void probabilities(const job *j, const dl_forest *f, const page *p, float *prob)
{
    for (uint32_t i = 0; i < p->n; i++) prob[i] = dl_score_probability(f, j->row + (p->row + i) * DL_FEATURES);
}

/* The F1 of what a forest would keep of a page. */
static score kept(job *j, const dl_forest *f, const page *p, float *prob, uint8_t *in)
{
    probabilities(j, f, p, prob);
    const float least = dl_score_threshold(p->blk, prob, p->n, 0, &j->b.scratch);
    for (uint32_t i = 0; i < p->n; i++) in[i] = prob[i] > least;
    return judge(j, p, in);
}

/* What a forest is sure of, of the blocks of pages where only pieces are judged. */
static void fill_in(job *j, const dl_forest *f, float *y)
{
    memcpy(y, j->y, j->rows * sizeof *y);
    for (size_t k = 0; k < j->n; k++) {
        const page *p = &j->page[k];
        if (p->gold) continue;
        float *prob = malloc((p->n + 1) * sizeof *prob);
        if (!prob) return;
        probabilities(j, f, p, prob);
        double words = 50;
        for (uint32_t i = 0; i < p->n; i++) words += prob[i] > 0.5f ? p->blk[i].words : 0;
        for (uint32_t i = 0; i < p->n; i++) {
            if (y[p->row + i] >= 0 || (prob[i] > 0.1f && prob[i] < 0.85f)) continue;
            y[p->row + i] = prob[i] > 0.5f;
            j->weight[p->row + i] = weight_of(&p->blk[i], 25, words);
        }
        free(prob);
    }
}

static dl_status train(job *j, uint32_t folds, uint32_t fold, dl_buf *out, dl_error *err)
{
    dl_buf first;
    dl_buf_init(&first, SIZE_MAX);
    dl_forest f;
    float *y = malloc((j->rows + 1) * sizeof *y);
    dl_status st = y ? grow(j, j->y, folds, fold, false, &first, err) : DL_ENOMEM;
    if (st == DL_OK && dl_forest_view(&f, dl_buf_str(&first))) {
        fill_in(j, &f, y);
        st = grow(j, y, folds, fold, true, out, err);
    }
    dl_buf_free(&first);
    free(y);
    return st;
}

/* ---- Judging ------------------------------------------------------------------------------- */

typedef struct tally {
    dl_str set;
    double p, r, best_p, best_r;        /* sums over pages of precision and recall: of what is chosen, of the best choice */
    size_t pages, right, wrong, missed; /* pieces                                                  */
} tally;

static tally *tally_of(tally *t, dl_str set)
{
    size_t i = 0;
    while (i + 1 < SETS_MAX && t[i].set.len && !dl_str_eq(t[i].set, set)) i++;
    t[i].set = set;
    return &t[i];
}

static void show(const job *j, const page *p, const float *prob, const uint8_t *in, double got, double best)
{
    printf("== %.*s %.*s F1 %.3f of %.3f\n", (int)p->set.len, p->set.p, (int)p->url.len, p->url.p, got, best);
    for (uint32_t i = 0; i < p->n; i++) {
        const float y = j->y[p->row + i];
        if (y >= 0 && (y > 0.5f) != in[i])
            printf("   %s %.2f %3u words: %.*s\n", in[i] ? "EXTRA " : "MISSED", (double)prob[i], p->blk[i].words,
                   (int)p->blk[i].text.len, p->blk[i].text.p);
    }
}

static void measure(job *j, const dl_forest *f, const page *p, tally *t)
{
    dl_arena_mark here = dl_arena_here(&j->b.scratch);
    float *prob = DL_NEW(&j->b.scratch, p->n, float);
    uint8_t *in = DL_NEW(&j->b.scratch, p->n, uint8_t);
    if (!prob || !in) return;
    const score s = kept(j, f, p, prob, in);
    t->pages++;
    if (p->gold) {
        uint8_t *best = DL_NEW(&j->b.scratch, p->n, uint8_t);
        for (uint32_t i = 0; best && i < p->n; i++) best[i] = j->y[p->row + i] > 0.5f;
        const score top = best ? judge(j, p, best) : s;
        const double got = f1(s), most = f1(top);
        t->p += s.made ? (double)s.tp / (double)s.made : 0;
        t->r += s.gold ? (double)s.tp / (double)s.gold : 1;
        t->best_p += top.made ? (double)top.tp / (double)top.made : 0;
        t->best_r += top.gold ? (double)top.tp / (double)top.gold : 1;
        if (getenv("VERBOSE") && got < most - 0.01) show(j, p, prob, in, got, most);
    }
    for (uint32_t i = 0; i < p->n; i++) {
        const float y = j->y[p->row + i];
        t->right += y > 0.5f && in[i];
        t->wrong += y >= 0 && y < 0.5f && in[i];
        t->missed += y > 0.5f && !in[i];
    }
    dl_arena_back(&j->b.scratch, here);
}

static double mean_f1(double p, double r) { return p + r > 0 ? 2 * p * r / (p + r) : 0; }

/* As that benchmark has it: the F1 of the means of precision and recall. Where only pieces are judged, the blocks alone. */
static void report(const tally *t)
{
    const double n = (double)t->pages;
    printf("%.*s: %zu pages", (int)t->set.len, t->set.p, t->pages);
    if (t->r > 0)
        printf(", F1 %.4f P %.4f R %.4f (best choice of blocks %.4f)", mean_f1(t->p / n, t->r / n), t->p / n, t->r / n,
               mean_f1(t->best_p / n, t->best_r / n));
    printf("; blocks right %zu, extra %zu, missed %zu\n", t->right, t->wrong, t->missed);
}

static int cross_validate(job *j, uint32_t folds)
{
    tally t[SETS_MAX];
    memset(t, 0, sizeof t);
    for (uint32_t fold = 0; fold < folds; fold++) {
        dl_error err = { 0 };
        dl_buf out;
        dl_buf_init(&out, SIZE_MAX);
        dl_forest f;
        if (train(j, folds, fold, &out, &err) != DL_OK || !dl_forest_view(&f, dl_buf_str(&out))) return 1;
        for (size_t k = 0; k < j->n; k++)
            if (j->page[k].site % folds == fold) measure(j, &f, &j->page[k], tally_of(t, j->page[k].set));
        dl_buf_free(&out);
        fprintf(stderr, "train_blocks: part %u of %u\n", fold + 1, folds);
    }
    for (size_t i = 0; i < SETS_MAX && t[i].set.len; i++) report(&t[i]);
    return 0;
}

int main(int argc, char **argv)
{
    job j = { .n = 0 };
    dl_error err = { 0 };
    uint32_t folds = argc == 4 && !strcmp(argv[2], "--folds") ? (uint32_t)strtoul(argv[3], NULL, 10) : 0;
    if (argc < 2 || folds > FOLDS_MAX) {
        fprintf(stderr, "usage: train/pages.py FOLDER... | train_blocks OUT.dlm [--folds N]\n");
        return 2;
    }
    dl_arena_init(&j.arena, SIZE_MAX);
    dl_build_init(&j.b);
    if (dl_models_open(&j.models, NULL, &err) != DL_OK || !read_all(&j) || !j.rows) {
        fprintf(stderr, "train_blocks: no pages, or no memory\n");
        return 1;
    }
    if (folds) return cross_validate(&j, folds);
    dl_buf out;
    dl_buf_init(&out, SIZE_MAX);
    dl_status st = train(&j, 0, 0, &out, &err);
    dl_pack_part part = { DL_SCORE_MODEL, out.p, out.len };
    if (st == DL_OK) st = dl_pack_write(argv[1], &part, 1, &err);
    if (st != DL_OK) fprintf(stderr, "train_blocks: %s\n", err.message);
    return st != DL_OK;
}
