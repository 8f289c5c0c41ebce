/* train_ends.c: learns where sentences end.
 *   train_ends OUT.dlm [--dev DEV.conllu]... TRAIN.conllu[.gz]...
 *   train_ends --fold K/N [--show] TRAIN.conllu...    learns from all but one in N spans of documents and judges that one
 * The text is put together from the treebank (SpaceAfter, paragraphs as lines), cut into words by the rules of src/tokens, and the
 * net (tokens/ends.h) decides at each place that may be an end. Several small nets are learnt from other beginnings and laid side by
 * side: their mean is steadier than one large one. Features drop out at random while learning (Srivastava et al. 2014), steps
 * are those of Adagrad (Duchi et al. 2011). */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/pack_format.h"
#include "base/sort.h"
#include "learn/gold.h"
#include "learn/train.h"
#include "tokens/ends.h"

enum { EPOCHS = 12, NETS = 2, PART = 6, UNITS = NETS * PART, LEAST = 3, ROWS = 25000, SLOTS = 37500, MAX_FILES = 8, SPAN = 10 };
static const float RATE = 0.08f, DROP = 0.15f, DROP_UNITS = 0.2f, DECAY = 1e-5f;

typedef struct page { /* one document of a treebank */
    dl_str text;
    uint32_t *end; /* [n] byte behind the last character of each sentence                         */
    uint32_t n;
    int file;
} page;

typedef struct place {
    size_t beg; /* of feat                                                                        */
    uint32_t n;
    bool end;
} place;

typedef struct net {
    size_t n;       /* rows                                                                       */
    uint64_t *hash; /* [n]                                                                        */
    uint32_t *seen; /* [n]                                                                        */
    float *row;     /* [n * UNITS]                                                                */
    float out[UNITS], bias[UNITS], last;
} net;

typedef struct job {
    dl_arena arena;
    dl_models *models;
    dl_build b;
    page *page;
    size_t n_pages, pages_cap;
    uint64_t *feat;
    size_t n_feats, feats_cap;
    place *place;
    size_t n_places, places_cap;
    uint32_t *id; /* [n_feats] row of the net; DL_NONE: too rare                                  */
    net net;
    unsigned fold, folds;
    bool show;
} job;

static int die(const char *what)
{
    fprintf(stderr, "train_ends: %s\n", what);
    return 1;
}

/* ---- Texts --------------------------------------------------------------------------------- */

static bool add_page(job *j, const dl_gold *g, size_t first, size_t last, int file)
{
    size_t bytes = 0, at = 0;
    for (size_t s = first; s < last; s++)
        for (uint32_t i = g->sent[s].words.beg; i < g->sent[s].words.end; i++) bytes += g->word[i].form.len + 2;
    char *p = dl_arena_raw(&j->arena, bytes + 1, 1);
    uint32_t *end = dl_arena_raw(&j->arena, last - first, sizeof *end);
    if (!p || !end || !DL_ROOM(&j->arena, j->page, j->n_pages, j->pages_cap)) return false;
    for (size_t s = first; s < last; s++) {
        if (s > first && g->sent[s].par) {
            at -= p[at - 1] == ' ';
            p[at++] = '\n';
        }
        for (uint32_t i = g->sent[s].words.beg; i < g->sent[s].words.end; i++) {
            at = (size_t)(dl_str_copy(p + at, g->word[i].form) - p);
            end[s - first] = (uint32_t)at;
            if (g->word[i].space) p[at++] = ' ';
        }
    }
    j->page[j->n_pages++] = (page){ { p, at }, end, (uint32_t)(last - first), file };
    return true;
}

static dl_status read_pages(job *j, const char *path, int file, dl_error *err)
{
    dl_gold g = { .n_words = 0 };
    dl_status st = dl_gold_read(&g, &j->arena, path, err);
    for (size_t s = 0, first = 0; st == DL_OK && s < g.n_sents; s++)
        if (s + 1 == g.n_sents || g.sent[s + 1].doc) {
            if (!add_page(j, &g, first, s + 1, file)) return dl_fail_mem(err, path);
            first = s + 1;
        }
    return st;
}

/* ---- Places -------------------------------------------------------------------------------- */

/* One page gone through: with a net its places are judged, without they are gathered. Adds up how many sentences came out right
 * (hit), came out, and are gold. */
typedef struct walk {
    const page *p;
    const dl_end_net *net;
    bool show, whole; /* the sentence at hand began where a gold one begins                      */
    uint32_t g;
    size_t hit, got, gold;
} walk;

static void gather(job *j, const dl_feats *f, bool end)
{
    if (!DL_ROOM(&j->arena, j->place, j->n_places, j->places_cap)) return;
    j->place[j->n_places++] = (place){ j->n_feats, f->n, end };
    for (uint32_t i = 0; i < f->n && DL_ROOM(&j->arena, j->feat, j->n_feats, j->feats_cap); i++) j->feat[j->n_feats++] = f->h[i];
}

static void print_wrong(const dl_cut *c, uint32_t at, bool gold)
{
    enum { LEFT = 70, RIGHT = 50 };
    const uint32_t beg = at - c->line_beg < LEFT ? c->line_beg : at - LEFT, end = c->end - at < RIGHT ? c->end : at + RIGHT;
    printf("%s\t%.*s\t%.*s\n", gold ? "missed" : "false", (int)(at - beg), c->t + beg, (int)(end - at), c->t + at);
}

/* Whether a sentence ends behind token i: as judged, or as it is while places are gathered. */
static bool decide(job *j, walk *w, const dl_end_line *l, uint32_t i, const dl_end_state *s, bool gold)
{
    if (!dl_end_candidate(l, i)) return (l->mark[i] & DL_RULE_END) != 0;
    if (!w->net) {
        dl_feats f = { .n = 0 };
        dl_end_features(l, i, s, &f);
        gather(j, &f, gold);
        return gold;
    }
    const bool end = dl_end_judge(w->net, l, i, s);
    if (w->show && end != gold) print_wrong(l->c, j->b.d.toks.span[l->c->first + i].end, gold);
    return end;
}

static void go_line(job *j, walk *w, dl_cut *c)
{
    dl_end_line l;
    c->first = j->b.d.toks.n;
    dl_cut_words(c);
    const uint32_t n = j->b.d.toks.n - c->first;
    uint8_t *mark = n ? dl_arena_get(&j->b.scratch, n, 1) : NULL;
    if (!mark) return;
    dl_cut_rules(c, mark, c->first + n);
    if (!dl_end_line_of(&l, c, mark, &j->b.scratch)) return;
    dl_end_state state = { .len = 0 };
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t at = j->b.d.toks.span[c->first + i].end;
        for (; w->g < w->p->n && w->p->end[w->g] < at; w->g++) w->whole = false;
        const bool gold = w->g < w->p->n && w->p->end[w->g] == at, end = i + 1 == n || decide(j, w, &l, i, &state, gold);
        w->g += gold;
        w->hit += end && gold && w->whole;
        w->got += end;
        w->gold += gold;
        w->whole = end && gold ? true : end || gold ? false : w->whole;
        dl_end_step(c, i, end, &state);
    }
}

static void go_page(job *j, walk *w)
{
    dl_end_page about;
    dl_build_reset(&j->b);
    dl_put_text(&j->b, w->p->text);
    j->b.meta.body_len = j->b.d.text_len;
    const uint32_t row = dl_row(&j->b, DL_T_BLOCKS);
    if (row == DL_NONE) return;
    j->b.d.blocks.span[row] = (dl_span){ 0, j->b.d.text_len };
    dl_end_page_of(&about, &j->b);
    dl_cut c = { .b = &j->b, .t = j->b.d.text, .page = &about, .groups = dl_clusters_open(j->models) };
    c.abbrs = dl_tsv_open(j->models, "abbreviations");
    c.starts = dl_tsv_open(j->models, "sentence_starts");
    w->g = 0;
    w->whole = true;
    for (uint32_t i = 0; i < j->b.d.text_len; i = c.end + 1) {
        const char *nl = memchr(c.t + i, '\n', j->b.d.text_len - i);
        c.line_beg = i;
        c.end = nl ? (uint32_t)(nl - c.t) : j->b.d.text_len;
        go_line(j, w, &c);
    }
}

/* ---- Learning ------------------------------------------------------------------------------ */

/* Numbers the features that are seen often enough. */
static bool number_features(job *j)
{
    dl_map seen, row;
    net *m = &j->net;
    dl_map_init(&seen, &j->arena);
    dl_map_init(&row, &j->arena);
    for (size_t i = 0; i < j->n_feats; i++) {
        uint32_t *n = dl_map_put(&seen, j->feat[i], 0);
        if (!n) return false;
        ++*n;
    }
    j->id = dl_arena_raw(&j->arena, j->n_feats + 1, sizeof *j->id);
    m->hash = dl_arena_raw(&j->arena, seen.n + 1, sizeof *m->hash);
    m->seen = dl_arena_raw(&j->arena, seen.n + 1, sizeof *m->seen);
    if (!j->id || !m->hash || !m->seen) return false;
    for (size_t i = 0; i < j->n_feats; i++) {
        const uint32_t n = dl_map_get(&seen, j->feat[i]);
        uint32_t *r = n < LEAST ? NULL : dl_map_put(&row, j->feat[i], (uint32_t)m->n);
        j->id[i] = r ? *r : DL_NONE;
        if (!r || *r != m->n) continue;
        m->hash[m->n] = j->feat[i];
        m->seen[m->n++] = n;
    }
    m->row = dl_arena_get(&j->arena, (m->n + 1) * UNITS, sizeof *m->row);
    return m->row && !dl_arena_failed(&j->arena);
}

/* One of the nets while it learns: weights and the sums of their squared slopes. */
typedef struct weight {
    float w, sq;
} weight;
typedef struct part {
    weight *row; /* [n * PART]                                                                    */
    weight out[PART], bias[PART], last;
    float rate;
    uint64_t seed;
} part;

static float draw(uint64_t *s) { return (float)(dl_random(s) >> 40) / (float)(1 << 24); }

static void slide(weight *w, float slope, float rate)
{
    w->sq += slope * slope;
    w->w -= rate * slope / (sqrtf(w->sq) + 1e-6f);
}

/* One step down the logistic loss of a place. */
static void learn_place(const job *j, part *p, const place *q)
{
    weight *row[DL_FEATS_MAX];
    float sum[PART], on[PART], score = p->last.w;
    uint32_t n = 0;
    for (uint32_t i = 0; i < q->n; i++)
        if (j->id[q->beg + i] != DL_NONE && draw(&p->seed) >= DROP) row[n++] = p->row + (size_t)j->id[q->beg + i] * PART;
    for (int u = 0; u < PART; u++) {
        float all = 0;
        for (uint32_t i = 0; i < n; i++) all += row[i][u].w;
        sum[u] = p->bias[u].w + all / (1 - DROP);
        on[u] = sum[u] > 0 && draw(&p->seed) >= DROP_UNITS ? 1 / (1 - DROP_UNITS) : 0;
        score += on[u] * sum[u] * p->out[u].w;
    }
    const float slope = 1 / (1 + expf(-score)) - (float)q->end;
    if (fabsf(slope) < 1e-3f) return;
    slide(&p->last, slope, p->rate);
    for (int u = 0; u < PART; u++) {
        const float at_unit = slope * p->out[u].w * on[u];
        if (on[u] == 0) continue;
        slide(&p->out[u], slope * on[u] * sum[u], p->rate);
        slide(&p->bias[u], at_unit, p->rate);
        for (uint32_t i = 0; i < n; i++) slide(&row[i][u], at_unit / (1 - DROP) + DECAY * row[i][u].w, p->rate);
    }
}

static void begin_part(part *p, size_t rows)
{
    for (size_t i = 0; i < rows * PART; i++) p->row[i] = (weight){ (draw(&p->seed) - 0.5f) * 0.1f, 0.01f };
    for (size_t u = 0; u < PART; u++) {
        p->out[u] = (weight){ (u % 2 ? 0.5f : -0.5f) * (0.5f + draw(&p->seed)), 1 };
        p->bias[u] = (weight){ 0.1f, 1 };
    }
    p->last = (weight){ 0, 1 };
}

/* Learns net number k and lays it beside the others. False: no memory. */
static bool learn_part(job *j, size_t k)
{
    const size_t n = j->net.n;
    dl_arena_mark here = dl_arena_here(&j->arena);
    part p = { .row = dl_arena_raw(&j->arena, (n + 1) * PART, sizeof *p.row), .seed = k + 11 };
    uint32_t *order = dl_arena_raw(&j->arena, j->n_places + 1, sizeof *order);
    if (!p.row || !order) return false;
    begin_part(&p, n);
    for (size_t i = 0; i < j->n_places; i++) order[i] = (uint32_t)i;
    for (int e = 0; e < EPOCHS; e++) {
        p.rate = e < EPOCHS / 2 ? RATE : RATE * 2 * (float)(EPOCHS - e) / EPOCHS;
        dl_shuffle(order, j->n_places, &p.seed);
        for (size_t i = 0; i < j->n_places; i++) learn_place(j, &p, &j->place[order[i]]);
    }
    for (size_t u = 0; u < PART; u++) {
        for (size_t r = 0; r < n; r++) j->net.row[r * UNITS + k * PART + u] = p.row[r * PART + u].w;
        j->net.out[k * PART + u] = p.out[u].w / NETS;
        j->net.bias[k * PART + u] = p.bias[u].w;
    }
    j->net.last += p.last.w / NETS;
    dl_arena_back(&j->arena, here);
    return true;
}

/* ---- Writing ------------------------------------------------------------------------------- */

typedef struct rank {
    float use;
    uint32_t row;
} rank;

static int by_use(const void *x, const void *y, const void *ctx)
{
    const rank *a = x, *b = y;
    (void)ctx;
    return a->use > b->use ? -1 : a->use < b->use ? 1 : a->row < b->row ? -1 : a->row > b->row;
}

/* The rows in order of what they do: how long they are and how often they are seen. */
static rank *ranked(job *j)
{
    const net *m = &j->net;
    rank *v = dl_arena_raw(&j->arena, m->n + 1, sizeof *v);
    for (uint32_t r = 0; v && r < m->n; r++) {
        float sum = 0;
        for (size_t u = 0; u < UNITS; u++) sum += m->row[r * UNITS + u] * m->row[r * UNITS + u] * m->out[u] * m->out[u];
        v[r] = (rank){ sum * sqrtf((float)m->seen[r]), r };
    }
    return v && dl_sort(v, m->n, sizeof *v, by_use, NULL, &j->arena) ? v : NULL;
}

/* What one step of a unit's small integers is worth: the few weights far out are cut off. */
static float unit_of(const net *m, const rank *v, size_t n, size_t u)
{
    const float FAR = 10; /* deviations                                                         */
    double sq = 0;
    float most = 1e-6f;
    for (size_t i = 0; i < n; i++) {
        const float w = m->row[(size_t)v[i].row * UNITS + u];
        sq += (double)w * (double)w;
        most = fabsf(w) > most ? fabsf(w) : most;
    }
    const float limit = FAR * (float)sqrt(sq / (double)(n + 1));
    return (limit > 0 && limit < most ? limit : most) / 127;
}

/* A free slot near the feature's own; NULL where there is none or another of the same check stands in its way. */
static uint8_t *slot_of(uint8_t *slots, uint64_t feature)
{
    uint64_t at = dl_end_slot(feature, SLOTS);
    for (int k = 0; k < DL_END_PROBES; k++, at = at + 1 < SLOTS ? at + 1 : 0) {
        uint8_t *s = slots + at * (UNITS + 1);
        if (*s == dl_feat_check(feature)) return NULL;
        if (*s == 0) return s;
    }
    return NULL;
}

static bool write_net(job *j, dl_buf *out)
{
    const net *m = &j->net;
    const rank *v = ranked(j);
    const size_t n = m->n < ROWS ? m->n : ROWS;
    float unit[UNITS], value[2 * UNITS];
    dl_end_head h = { .slots = SLOTS, .units = UNITS, .last = m->last };
    if (!v) return false;
    memcpy(h.magic, DL_END_MAGIC, sizeof h.magic);
    for (size_t u = 0; u < UNITS; u++) {
        unit[u] = unit_of(m, v, n, u);
        value[u] = m->out[u] * unit[u];
        value[UNITS + u] = m->bias[u] / unit[u];
    }
    dl_buf_add(out, (dl_str){ (const char *)&h, sizeof h });
    dl_buf_add(out, (dl_str){ (const char *)value, sizeof value });
    const size_t slots = out->len;
    dl_buf_fill(out, '\0', (size_t)SLOTS * (UNITS + 1) + DL_END_WIDTH);
    for (size_t i = 0; i < n && !out->failed; i++) {
        uint8_t *s = slot_of((uint8_t *)out->p + slots, m->hash[v[i].row]);
        if (!s) continue;
        *s = dl_feat_check(m->hash[v[i].row]);
        for (size_t u = 0; u < UNITS; u++) {
            const float w = m->row[(size_t)v[i].row * UNITS + u] / unit[u];
            s[1 + u] = (uint8_t)(int8_t)lrintf(w > 127 ? 127 : w < -127 ? -127 : w);
        }
    }
    return !out->failed;
}

/* ---- All of it ----------------------------------------------------------------------------- */

static bool held_out(const job *j, size_t i) { return j->folds && i / SPAN % j->folds == j->fold; }

static bool train(job *j, const bool *dev, dl_buf *out)
{
    for (size_t i = 0; i < j->n_pages; i++) {
        walk w = { .p = &j->page[i] };
        if (!dev[w.p->file] && !held_out(j, i)) go_page(j, &w);
    }
    if (!number_features(j)) return false;
    fprintf(stderr, "%zu places, %zu features\n", j->n_places, j->net.n);
    for (size_t k = 0; k < NETS; k++)
        if (!learn_part(j, k)) return false;
    return write_net(j, out);
}

static void report(job *j, const dl_end_net *m, int file, const char *path, bool dev)
{
    size_t hit = 0, got = 0, gold = 0;
    for (size_t i = 0; i < j->n_pages; i++) {
        walk w = { .p = &j->page[i], .net = m, .show = j->show };
        if (w.p->file != file || (j->folds ? !held_out(j, i) : !dev)) continue;
        go_page(j, &w);
        hit += w.hit;
        got += w.got;
        gold += w.gold;
    }
    double p = got ? (double)hit / (double)got : 0, r = gold ? (double)hit / (double)gold : 0;
    if (gold) fprintf(stderr, "%s: sentences P %.4f R %.4f F1 %.4f\n", path, p, r, p + r > 0 ? 2 * p * r / (p + r) : 0);
}

int main(int argc, char **argv)
{
    static job j;
    dl_error err;
    dl_end_net m;
    const char *file[MAX_FILES], *to = NULL;
    bool dev[MAX_FILES] = { false };
    int n = 0;
    dl_arena_init(&j.arena, (size_t)8 << 30);
    dl_build_init(&j.b);
    if (dl_models_open(&j.models, NULL, &err) != DL_OK) return die(err.message);
    for (int i = 1; i < argc && n < MAX_FILES; i++) {
        if (!strcmp(argv[i], "--show")) {
            j.show = true;
        } else if (!strcmp(argv[i], "--fold") && i + 1 < argc) {
            if (sscanf(argv[++i], "%u/%u", &j.fold, &j.folds) != 2 || j.fold >= j.folds) return die("--fold K/N");
        } else if (!to && !j.folds) {
            to = argv[i];
        } else {
            if (!strcmp(argv[i], "--dev") && i + 1 < argc) dev[n] = ++i > 0;
            file[n] = argv[i];
            if (read_pages(&j, argv[i], n++, &err) != DL_OK) return die(err.message);
        }
    }
    if (!n) return die("usage: train_ends OUT.dlm [--dev DEV.conllu]... TRAIN.conllu...");
    dl_buf out;
    dl_buf_init(&out, (size_t)1 << 28);
    if (!train(&j, dev, &out) || !dl_end_net_view(&m, dl_buf_str(&out))) return die("memory");
    for (int i = 0; i < n; i++) report(&j, &m, i, file[i], dev[i]);
    dl_pack_part section = { "tokens/ends", out.p, out.len };
    if (to && dl_pack_write(to, &section, 1, &err) != DL_OK) return die(err.message);
    dl_buf_free(&out);
    dl_models_close(j.models);
    dl_build_free(&j.b);
    dl_arena_free(&j.arena);
    return 0;
}
