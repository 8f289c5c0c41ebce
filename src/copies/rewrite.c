/* rewrite.c: sentences of one text set against those of another by the weight of the words that both have:
 * the cosine of their words, each weighed by its rarity in the news at large (K. Sparck Jones, "A statistical
 * interpretation of term specificity", 1972). */
#include "copies/rewrite.h"

#include <math.h>

#include "base/sort.h"

enum {
    SENTENCE = 64, /* words; what is longer is cut                                                  */
    PLACES = 16,   /* of one word in the other text that are looked at                               */
    LEAST = 3,     /* weighty words that two sentences must share                                     */
};
static const double COMMON = .12; /* share of documents from which a word has no weight            */
static const double WEIGHTY = 8;  /* doublings: a word that is rarer than that weighs no more           */
static const double ALIKE = .42;  /* from which two sentences tell the same                          */
static const double RETOLD = .36; /* from which words between two runs tell the same: of different paragraphs, one in sixty */
static const double CLOSE = .6;   /* and from which hardly a word of weight was changed                  */

/* A side cut into sentences. */
typedef struct text {
    const dl_side *s;
    uint32_t n;    /* sentences                                                                  */
    uint32_t *beg; /* [n + 1] their first words                                                    */
    float *weight; /* [words] 0: common, or said before in this sentence                           */
    float *sum;    /* [n] over a sentence                                                         */
} text;

/* Where a sentence of a is told in b: a sentence there, or two behind one another. */
typedef struct mate {
    uint32_t beg, end; /* sentences of b; DL_NONE: nowhere                                             */
    uint64_t words;    /* bits: of its words, those that b has there                                     */
    float alike;
} mate;

typedef struct finder {
    text a, b;
    uint32_t *word; /* [n_words] weighty words of b, ascending                                   */
    uint32_t *in;   /* [n_words] their sentences                                                  */
    uint32_t n_words;
    uint64_t *has;     /* [b.n + 1] words of the sentence of a that the sentence of b has                 */
    uint32_t *touched; /* [b.n] sentences of b with any                                              */
    mate *mate;        /* [a.n]                                                                    */
} finder;

static bool starts(const text *t, uint32_t i)
{
    return !i || (dl_side_flags(t->s, i) & (DL_WORD_BEGINS | DL_WORD_LINE)) || i - t->beg[t->n - 1] >= SENTENCE;
}

static double least_of(const dl_background *bg) { return log2(COMMON * bg->documents); }

static double weight_of(const dl_side *s, uint32_t i, const dl_background *bg, double least)
{
    double w = least - bg->log_df[dl_side_level(s, i, bg)];
    return w <= 0 ? 0 : w < WEIGHTY ? w : WEIGHTY;
}

static bool cut(text *t, const dl_side *s, const dl_background *bg, dl_arena *a)
{
    *t = (text){ .s = s };
    t->beg = dl_arena_raw(a, (size_t)s->n + 1, sizeof *t->beg);
    t->weight = dl_arena_raw(a, (size_t)s->n + 1, sizeof *t->weight);
    t->sum = dl_arena_get(a, (size_t)s->n + 1, sizeof *t->sum);
    if (!t->beg || !t->weight || !t->sum) return false;
    const double least = least_of(bg);
    for (uint32_t i = 0; i < s->n; i++) {
        if (starts(t, i)) t->beg[t->n++] = i;
        double w = weight_of(s, i, bg, least);
        for (uint32_t k = t->beg[t->n - 1]; k < i && w > 0; k++) {
            if (s->word[k] == s->word[i]) w = 0;
        }
        t->weight[i] = (float)w;
        t->sum[t->n - 1] += t->weight[i];
    }
    t->beg[t->n] = s->n;
    return true;
}

static bool index_words(finder *f, dl_arena *a)
{
    dl_keyed *v = dl_arena_raw(a, (size_t)f->b.s->n + 1, sizeof *v);
    f->word = dl_arena_raw(a, (size_t)f->b.s->n + 1, sizeof *f->word);
    f->in = dl_arena_raw(a, (size_t)f->b.s->n + 1, sizeof *f->in);
    f->has = dl_arena_get(a, (size_t)f->b.n + 1, sizeof *f->has);
    f->touched = dl_arena_raw(a, (size_t)f->b.n + 1, sizeof *f->touched);
    f->mate = dl_arena_raw(a, (size_t)f->a.n + 1, sizeof *f->mate);
    if (!v || !f->word || !f->in || !f->has || !f->touched || !f->mate) return false;
    for (uint32_t j = 0; j < f->b.n; j++) {
        for (uint32_t k = f->b.beg[j]; k < f->b.beg[j + 1]; k++) {
            if (f->b.weight[k] > 0) v[f->n_words++] = (dl_keyed){ f->b.s->word[k], j };
        }
    }
    if (!dl_sort_keyed(v, f->n_words, a)) return false;
    for (uint32_t i = 0; i < f->n_words; i++) {
        f->word[i] = v[i].key;
        f->in[i] = v[i].value;
    }
    return true;
}

/* The weight of some words of a sentence. */
static double weigh(const text *t, uint32_t sentence, uint64_t words)
{
    double sum = 0;
    for (uint32_t i = t->beg[sentence]; words; i++, words >>= 1) {
        if (words & 1) sum += (double)t->weight[i];
    }
    return sum;
}

/* Which sentences of b have which words of the sentence? Returns how many have any. */
static uint32_t look_up(finder *f, uint32_t sentence)
{
    const text *a = &f->a;
    uint32_t n = 0;
    for (uint32_t k = a->beg[sentence]; k < a->beg[sentence + 1]; k++) {
        if (a->weight[k] <= 0) continue;
        uint32_t at = dl_find_u32(f->word, f->n_words, a->s->word[k]);
        for (uint32_t p = at; p < f->n_words && p - at < PLACES && f->word[p] == a->s->word[k]; p++) {
            uint32_t j = f->in[p];
            if (!f->has[j]) f->touched[n++] = j;
            f->has[j] |= UINT64_C(1) << (k - a->beg[sentence]);
        }
    }
    return n;
}

static void try_mate(finder *f, uint32_t sentence, uint32_t beg, uint32_t end, uint64_t words)
{
    mate *m = &f->mate[sentence];
    double sum = 0;
    if (dl_bits_in(words) < LEAST) return;
    for (uint32_t j = beg; j < end; j++) sum += (double)f->b.sum[j];
    double alike = weigh(&f->a, sentence, words) / sqrt((double)f->a.sum[sentence] * sum);
    if (alike < ALIKE || alike <= (double)m->alike) return;
    *m = (mate){ beg, end, words, (float)alike };
}

static void find_mate(finder *f, uint32_t sentence)
{
    f->mate[sentence] = (mate){ .beg = DL_NONE };
    uint32_t n = look_up(f, sentence);
    for (uint32_t k = 0; k < n; k++) {
        uint32_t j = f->touched[k];
        try_mate(f, sentence, j, j + 1, f->has[j]);
        if (j + 1 < f->b.n) try_mate(f, sentence, j, j + 2, f->has[j] | f->has[j + 1]);
    }
    for (uint32_t k = 0; k < n; k++) f->has[f->touched[k]] = 0;
}

static bool near(uint32_t x, uint32_t y) { return x + 1 >= y && x <= y + 1; }

/* A sentence of b that several of a would have for their mate stays with the likest and those beside it. */
static bool settle(finder *f, dl_arena *a)
{
    uint32_t *best = dl_arena_raw(a, (size_t)f->b.n + 1, sizeof *best);
    if (!best) return false;
    memset(best, 0xff, ((size_t)f->b.n + 1) * sizeof *best);
    for (uint32_t i = 0; i < f->a.n; i++) {
        for (uint32_t j = f->mate[i].beg; j != DL_NONE && j < f->mate[i].end; j++) {
            if (best[j] == DL_NONE || f->mate[i].alike > f->mate[best[j]].alike) best[j] = i;
        }
    }
    for (uint32_t i = 0; i < f->a.n; i++) {
        mate *m = &f->mate[i];
        if (m->beg == DL_NONE) continue;
        while (m->beg < m->end && !near(best[m->beg], i)) m->beg++;
        while (m->beg < m->end && !near(best[m->end - 1], i)) m->end--;
        if (m->beg == m->end) m->beg = DL_NONE;
    }
    return true;
}

/* Runs of sentences whose mates follow one another; each sentence of b is in one of them. */
static bool make_runs(dl_alignment *out, finder *f, dl_arena *a)
{
    uint8_t *used = dl_arena_get(a, (size_t)f->b.n + 1, 1);
    uint32_t last = DL_NONE, end = 0; /* of the run under way: its last sentence of a, the end of those of b */
    size_t cap = 0;
    if (!used) return false;
    for (uint32_t i = 0; i < f->a.n; i++) {
        const mate *m = &f->mate[i];
        if (m->beg == DL_NONE) continue;
        bool on = last != DL_NONE && last + 1 == i && m->end >= end && m->beg <= end; /* behind the last or partly in it */
        uint32_t from = on ? end : m->beg;
        bool free = true;
        for (uint32_t j = from; j < m->end; j++) free &= !used[j];
        if (!free) continue;
        for (uint32_t j = from; j < m->end; j++) used[j] = 1;
        if (!on) {
            if (!DL_ROOM(a, out->run, out->n, cap)) return false;
            out->run[out->n++] = (dl_run){ .a_beg = f->a.beg[i], .b_beg = f->b.beg[m->beg] };
        }
        last = i;
        end = m->end;
        dl_run *r = &out->run[out->n - 1];
        r->a_end = f->a.beg[i + 1];
        r->b_end = f->b.beg[end];
        r->same += dl_bits_in(m->words);
    }
    for (uint32_t r = 0; r < out->n; r++) {
        out->same += out->run[r].same;
        out->cover_a += out->run[r].a_end - out->run[r].a_beg;
        out->cover_b += out->run[r].b_end - out->run[r].b_beg;
    }
    return true;
}

static void measure(dl_rewrite *out, const finder *f)
{
    const text *t = &f->a;
    double all = 0, kept = 0;
    uint32_t steps = 0, on = 0, last = DL_NONE;
    for (uint32_t i = 0; i < t->n; i++) {
        const mate *m = &f->mate[i];
        if (m->beg == DL_NONE) continue;
        const bool close = (double)m->alike >= CLOSE;
        out->sentences++;
        out->close += close;
        for (uint32_t k = t->beg[i]; k < t->beg[i + 1]; k++) {
            if (dl_side_flags(t->s, k) & DL_WORD_QUOTED) continue;
            if (!(dl_side_flags(t->s, k) & DL_WORD_HEADING)) {
                out->told++;
                out->close_told += close;
            }
            if (dl_side_named(t->s, k)) continue;
            all += (double)t->weight[k];
            if (m->words >> (k - t->beg[i]) & 1) kept += (double)t->weight[k];
        }
        if (last != DL_NONE) {
            steps++;
            on += m->beg + 1 >= f->mate[last].end && m->beg <= f->mate[last].end + 1;
        }
        last = i;
    }
    out->kept = all > 0 ? kept / all : 0;
    out->steps = steps ? (double)on / steps : 0;
}

bool dl_rewrite_find(dl_rewrite *out, const dl_side *a, const dl_side *b, const dl_background *bg, dl_arena *scratch)
{
    finder f = { .n_words = 0 };
    *out = (dl_rewrite){ 0 };
    if (!cut(&f.a, a, bg, scratch) || !cut(&f.b, b, bg, scratch) || !index_words(&f, scratch)) return false;
    for (uint32_t i = 0; i < f.a.n; i++) find_mate(&f, i);
    if (!settle(&f, scratch) || !make_runs(&out->al, &f, scratch)) return false;
    measure(out, &f);
    return true;
}

bool dl_rewrite_whole(const dl_rewrite *r, const dl_side *a, const dl_side *b, double part)
{
    enum { MANY = 10, SENTENCES = 8, FEW = 3, TOLD = 100, SHORT = 130 /* words of the shorter page */ };
    double cover = dl_align_cover(&r->al, a->n, b->n);
    if (r->told >= TOLD && r->sentences >= MANY && cover >= .75 && r->steps >= .7 && r->kept >= .5) return true;
    if (r->sentences >= SENTENCES) return part >= .3 && cover >= .6 && r->steps >= .55 && r->told >= TOLD;
    uint32_t words = a->n < b->n ? a->n : b->n;
    return part >= .4 && r->sentences >= FEW && words < SHORT && cover >= .8 && r->steps >= .99 && r->kept >= .4;
}

uint32_t dl_rewrite_reuse(const dl_rewrite *r, double part)
{
    enum { SENTENCES = 5, TOLD = 100 };
    return part >= .3 && r->steps >= .55 && r->close >= SENTENCES && r->close_told >= TOLD ? r->close_told : 0;
}

/* ---- Bridges over reworded words ---------------------------------------------------------------- */

/* Of the words between two runs: what both have, each word with one mate at most, as a share of all words and of their
 * weight; the mean of the two. The rare words alone would not do where names alone are left, the common words
 * alone not where two paragraphs have nothing but them. */
static double alike_between(const dl_run *x, const dl_run *y, const dl_side *a, const dl_side *b, const dl_background *bg)
{
    const double least = least_of(bg);
    double in_a = 0, in_b = 0, weight = 0, n = 0;
    uint64_t taken = 0; /* bits: words of b that have a mate */
    for (uint32_t j = x->b_end; j < y->b_beg; j++) in_b += weight_of(b, j, bg, least);
    for (uint32_t i = x->a_end; i < y->a_beg; i++) {
        double w = weight_of(a, i, bg, least);
        in_a += w;
        uint32_t j = x->b_end;
        while (j < y->b_beg && (b->word[j] != a->word[i] || taken >> (j - x->b_end) & 1)) j++;
        if (j == y->b_beg) continue;
        taken |= UINT64_C(1) << (j - x->b_end);
        weight += w;
        n++;
    }
    double words = n / sqrt((double)(y->a_beg - x->a_end) * (y->b_beg - x->b_end));
    return (words + (weight > 0 ? weight / sqrt(in_a * in_b) : 0)) / 2;
}

/* Do the words between the two stand for one another? A few words always do. */
static bool bridges(const dl_run *x, const dl_run *y, const dl_side *a, const dl_side *b, const dl_background *bg)
{
    enum { MOST = 40, FEW = 6 };
    if (y->b_beg < x->b_end) return false;
    uint32_t here = y->a_beg - x->a_end, there = y->b_beg - x->b_end;
    uint32_t fewer = here < there ? here : there, more = here < there ? there : here;
    if (!fewer || more > MOST || more > 2 * fewer + FEW) return false;
    return more <= FEW || alike_between(x, y, a, b, bg) >= RETOLD;
}

bool dl_rewrite_bridge(dl_alignment *out, const dl_alignment *in, const dl_side *a, const dl_side *b, const dl_background *bg,
                       dl_arena *scratch)
{
    dl_run *v = dl_arena_raw(scratch, (size_t)in->n + 1, sizeof *v);
    dl_keyed *order = dl_arena_raw(scratch, (size_t)in->n + 1, sizeof *order); /* the runs in order of b */
    uint32_t *rank = dl_arena_raw(scratch, (size_t)in->n + 1, sizeof *rank);
    if (!v || !order || !rank) return false;
    for (uint32_t i = 0; i < in->n; i++) order[i] = (dl_keyed){ in->run[i].b_beg, i };
    if (!dl_sort_keyed(order, in->n, scratch)) return false;
    for (uint32_t k = 0; k < in->n; k++) rank[order[k].value] = k;
    *out = (dl_alignment){ .run = v, .same = in->same };
    for (uint32_t i = 0; i < in->n; i++) {
        const dl_run *r = &in->run[i];
        if (!i || rank[i] != rank[i - 1] + 1 || !bridges(&v[out->n - 1], r, a, b, bg)) {
            v[out->n++] = *r;
            continue;
        }
        dl_run *last = &v[out->n - 1];
        last->a_end = r->a_end;
        last->b_end = r->b_end;
        last->same += r->same;
    }
    for (uint32_t i = 0; i < out->n; i++) {
        out->cover_a += v[i].a_end - v[i].a_beg;
        out->cover_b += v[i].b_end - v[i].b_beg;
    }
    return true;
}
