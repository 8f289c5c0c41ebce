/* pair.c: comparing two pages. */
#include "copies/pair.h"

#include <math.h>

#include "base/date.h"
#include "base/sort.h"
#include "copies/reuse.h"
#include "copies/rewrite.h"

enum {
    LINE_MAX = 40,   /* words; a longer line is judged in pieces                                 */
    PASSAGE_MIN = 6, /* equal words of a passage                                                 */
    REUSE_MIN = 25,  /* of one that was taken over                                                */
};
static const double WHOLE = .5; /* share of the smaller page from which it is a copy              */
static const double MOST = .7;  /* share of either page that a copy has, in whatever words           */
static const double WOVEN = .1; /* share of a page that stands, its own prose, between the passages: it was compiled */
static const double OWN = .25;  /* share of a page that one stretch of prose takes which the other has not: a report of its own */

/* Is the line at words [beg, end) template text? Its sampled shingles vote. */
static dl_shared_kind kind_of_line(const dl_words *w, uint32_t beg, uint32_t end, const dl_shared *s)
{
    uint32_t all = 0, bad = 0, doubtful = 0;
    for (uint32_t i = beg; i < end && i + DL_SKETCH_WORDS <= w->n; i++) {
        uint32_t h = dl_shingle(w->hash + i, DL_SKETCH_WORDS);
        bool takes = dl_sketch_takes(h);
        all += takes;
        if (!(takes & dl_shared_odd(s, h))) continue; /* one branch, mostly taken */
        uint32_t row = dl_shared_find(s, h);
        if (row == DL_NONE) continue;
        bad += s->furniture[row] == DL_SHARED_FURNITURE;
        doubtful += s->furniture[row] != DL_SHARED_MATTER;
    }
    return 2 * bad > all ? DL_SHARED_FURNITURE : 2 * doubtful > all ? DL_SHARED_DOUBTFUL : DL_SHARED_MATTER;
}

static uint32_t line_end(const dl_words *w, uint32_t beg)
{
    uint32_t end = beg + 1;
    while (end < w->n && !(w->flags[end] & DL_WORD_LINE) && end - beg < LINE_MAX) end++;
    return end;
}

bool dl_side_make(dl_side *out, uint32_t page, const dl_words *all, const dl_card *card, const dl_shared *shared, dl_arena *a)
{
    *out = (dl_side){ .page = page, .card = card, .all = *all, .word = all->hash };
    out->row = dl_arena_raw(a, (size_t)all->n + 1, sizeof *out->row);
    uint32_t *word = shared->marked[page] ? dl_arena_raw(a, (size_t)all->n + 1, sizeof *word) : NULL;
    out->level = dl_arena_raw(a, (size_t)all->n + 1, 1);
    if (!out->row || !out->level || (shared->marked[page] && !word)) return false;
    memset(out->level, DL_LEVEL_UNASKED, all->n);
    if (!word) { /* no line of it is template text */
        for (uint32_t i = 0; i < all->n; i++) out->row[i] = i;
        out->n = all->n;
        return true;
    }
    out->word = word;
    for (uint32_t beg = 0; beg < all->n;) {
        uint32_t end = line_end(all, beg);
        dl_shared_kind kind = kind_of_line(all, beg, end, shared);
        for (uint32_t i = beg; i < end && kind != DL_SHARED_FURNITURE; i++) {
            if (kind == DL_SHARED_DOUBTFUL) all->flags[i] |= DL_WORD_DOUBTFUL;
            out->row[out->n] = i;
            word[out->n++] = all->hash[i];
        }
        beg = end;
    }
    return true;
}

static void mark_shared(uint8_t *in, const dl_alignment *al, bool first)
{
    for (uint32_t r = 0; r < al->n; r++) {
        uint32_t beg = first ? al->run[r].a_beg : al->run[r].b_beg, end = first ? al->run[r].a_end : al->run[r].b_end;
        memset(in + beg, 1, end - beg);
    }
}

static dl_headline find_headline(const dl_side *s, const uint8_t *in)
{
    dl_headline h = { 0 };
    uint32_t seen[2] = { 0 }; /* bits: which headline words were met outside and inside */
    uint64_t any = 0;         /* bits: the low ends of their hashes, to pass most words by */
    for (uint32_t t = 0; t < s->card->n_title; t++) any |= UINT64_C(1) << (s->card->title[t] & 63);
    for (uint32_t i = 0; i < s->n; i++) {
        if (!(any >> (s->word[i] & 63) & 1)) continue;
        for (uint32_t t = 0; t < s->card->n_title; t++) {
            if (s->word[i] == s->card->title[t]) seen[in[i]] |= UINT32_C(1) << t;
        }
    }
    for (uint32_t t = 0; t < s->card->n_title; t++) {
        h.shared += seen[1] >> t & 1;
        h.rest += seen[0] >> t & 1;
    }
    if (s->card->n_title) {
        h.shared /= s->card->n_title;
        h.rest /= s->card->n_title;
    }
    return h;
}

/* The share of names and numbers in x's passages that y has nowhere. Two reports that one desk wrote
 * after one pattern share all but these; a copy keeps them. */
static bool strangers(double *out, const dl_side *x, const uint8_t *in, const dl_side *y, dl_arena *scratch)
{
    uint32_t *v = dl_arena_raw(scratch, (size_t)y->n + 1, sizeof *v), all = 0, strange = 0;
    if (!v) return false;
    if (y->n) memcpy(v, y->word, y->n * sizeof *v);
    if (!dl_sort_u32(v, y->n, scratch)) return false;
    for (uint32_t i = 0; i < x->n; i++) {
        if (!in[i] || !dl_side_named(x, i)) continue;
        all++;
        strange += !dl_has_u32(v, y->n, x->word[i]);
    }
    double share = all ? (double)strange / all : 0;
    if (share > *out) *out = share;
    return true;
}

/* Were the names and numbers of the passage filled in anew? So are those of forms: results, notices of death,
 * lists of calls to the police. `mate` is [a->n]. */
static bool filled_in(const dl_side *a, const dl_side *b, const dl_run *r, uint32_t *mate)
{
    enum { LEAST = 3 };
    uint32_t all = 0, other = 0;
    if (r->same + LEAST > r->a_end - r->a_beg) return false; /* too little was replaced */
    for (uint32_t i = r->a_beg; i < r->a_end; i++) mate[i] = DL_NONE;
    dl_align_mates(mate, NULL, a->word, b->word, r);
    for (uint32_t i = r->a_beg; i < r->a_end; i++) {
        if (!dl_side_named(a, i)) continue;
        all++;
        other += mate[i] == DL_NONE;
    }
    bool one_site = a->card->host && a->card->host == b->card->host;
    return other >= LEAST && 10 * other >= (one_site ? 3 : 5) * all;
}

static void whole_sentences(dl_compared *out, const dl_side *a, const dl_side *b, const dl_run *r, const dl_address *address)
{
    dl_taken x = dl_taken_of(&(dl_taken_side){ &a->all, a->row, a->n }, r->a_beg, r->a_end, address);
    dl_taken y = dl_taken_of(&(dl_taken_side){ &b->all, b->row, b->n }, r->b_beg, r->b_end, address);
    uint32_t all = x.all < y.all ? x.all : y.all, told = x.told < y.told ? x.told : y.told;
    if (all > out->sentences) out->sentences = all;
    if (told > out->told) out->told = told;
}

/* What the passages hold of whole sentences; left out is what both pages have at their very beginning
 * or end, where the lines about authors and newsletters stand, and what may be template text. */
static bool taken_over(dl_compared *out, const dl_side *a, const dl_side *b, dl_arena *scratch)
{
    enum { EDGE = 100, LONG = 60 };
    uint32_t most = 0;
    for (uint32_t i = 0; i < out->al.n; i++) most = out->al.run[i].same > most ? out->al.run[i].same : most;
    if (most < REUSE_MIN) return true; /* is_reuse says no whatever they hold */
    uint32_t near_a = a->n / 4 < EDGE ? a->n / 4 : EDGE, near_b = b->n / 4 < EDGE ? b->n / 4 : EDGE;
    dl_address address;
    uint32_t *mate = dl_arena_raw(scratch, (size_t)a->n + 1, sizeof *mate);
    if (!mate) return false;
    dl_address_make(&address);
    for (uint32_t i = 0; i < out->al.n; i++) {
        const dl_run *r = &out->al.run[i];
        bool edge_a = r->a_end <= near_a || r->a_beg + near_a >= a->n, edge_b = r->b_end <= near_b || r->b_beg + near_b >= b->n;
        if (edge_a && edge_b) continue;
        uint32_t doubtful = 0;
        for (uint32_t k = r->a_beg; k < r->a_end; k++) doubtful += (a->all.flags[a->row[k]] & DL_WORD_DOUBTFUL) != 0;
        if (r->same < LONG && 2 * doubtful > r->a_end - r->a_beg) continue;
        if (filled_in(a, b, r, mate)) continue;
        whole_sentences(out, a, b, r, &address);
        if (r->same > out->longest) out->longest = r->same;
    }
    return true;
}

/* Is the other page one item of this long one, a round-up or a list of releases? Then there is a
 * reporter's text before the first passage; menus are none. */
static bool is_item(const dl_side *s, const dl_alignment *al, bool first, double part)
{
    enum { BEFORE = 60 };
    uint32_t from = s->n, told = 0;
    if (part >= .2) return false;
    for (uint32_t i = 0; i < al->n; i++) {
        uint32_t beg = first ? al->run[i].a_beg : al->run[i].b_beg;
        if (beg < from) from = beg;
    }
    for (uint32_t i = 0; i < from; i++) told += !(s->all.flags[s->row[i]] & DL_WORD_HEADING);
    return told > BEFORE;
}

/* The longest stretch of prose between passages, in words. */
static uint32_t stretch(const dl_side *s, const uint8_t *in)
{
    uint32_t longest = 0, now = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        now = in[i] ? 0 : now + !(s->all.flags[s->row[i]] & DL_WORD_HEADING);
        if (now > longest) longest = now;
    }
    return longest;
}

/* Prose between the first passage and the last, in words: who sets a text between his own cuts it nowhere. */
static uint32_t between(const dl_side *s, const uint8_t *in)
{
    uint32_t all = 0, now = 0;
    bool begun = false;
    for (uint32_t i = 0; i < s->n; i++) {
        if (in[i]) {
            all += begun ? now : 0;
            begun = true;
            now = 0;
        } else {
            now += !(s->all.flags[s->row[i]] & DL_WORD_HEADING);
        }
    }
    return all;
}

/* Where runs of equal words make no copy: is it one sentence by sentence, or are sentences of the other's in it? */
static bool look_for_rewrite(dl_compared *out, const dl_side *a, const dl_side *b, const dl_background *bg, dl_arena *scratch)
{
    enum { REPORT_MAX = 1 << 14 }; /* words */
    const double LEAST = .08;      /* with less in common the pair is not worth the time */
    double part = out->part_a > out->part_b ? out->part_a : out->part_b;
    dl_rewrite r;
    if (part < LEAST || a->n > REPORT_MAX || b->n > REPORT_MAX) return true;
    if (!dl_rewrite_find(&r, a, b, bg, scratch)) return false;
    out->reused = dl_rewrite_reuse(&r, part);
    out->covered = fmax(out->covered, dl_align_cover(&r.al, a->n, b->n));
    out->retold = part < WHOLE && dl_rewrite_whole(&r, a, b, part);
    if (out->retold) out->al = r.al;
    return true;
}

/* What is asked of a pair that may be a copy. */
static bool look_closer(dl_compared *out, const dl_side *a, const dl_side *b, const dl_background *bg, dl_arena *scratch)
{
    const dl_alignment *al = &out->al;
    double part_a = (double)al->cover_a / a->n, part_b = (double)al->cover_b / b->n;
    out->item = part_a < part_b ? is_item(a, al, true, part_a) : is_item(b, al, false, part_b);
    uint8_t *in_a = dl_arena_get(scratch, (size_t)a->n + 1, 1), *in_b = dl_arena_get(scratch, (size_t)b->n + 1, 1);
    if (!in_a || !in_b) return false;
    mark_shared(in_a, al, true);
    mark_shared(in_b, al, false);
    out->a_head = find_headline(a, in_a);
    out->b_head = find_headline(b, in_b);
    if (!dl_rewrite_bridge(&out->bridged, al, a, b, bg, scratch)) return false;
    out->covered = fmax(out->covered, dl_align_cover(al, a->n, b->n));
    const dl_side *more = part_a >= part_b ? a : b;
    const uint8_t *in = part_a >= part_b ? in_a : in_b;
    out->alone = (double)stretch(more, in) / more->n;
    out->between = (double)between(more, in) / more->n;
    if (out->same >= .95) return true; /* nothing was replaced */
    return strangers(&out->strange, a, in_a, b, scratch) && strangers(&out->strange, b, in_b, a, scratch);
}

bool dl_pair_compare(dl_compared *out, const dl_side *a, const dl_side *b, const dl_align_index *index, const dl_background *bg,
                     dl_arena *scratch)
{
    *out = (dl_compared){ 0 };
    if (!dl_align(&out->al, a->word, a->n, index, PASSAGE_MIN, scratch)) return false;
    const dl_alignment *al = &out->al;
    uint32_t cover = al->cover_a > al->cover_b ? al->cover_a : al->cover_b;
    out->part_a = a->n ? (double)al->same / a->n : 0;
    out->part_b = b->n ? (double)al->same / b->n : 0;
    out->same = cover ? (double)al->same / cover : 0;
    if (!taken_over(out, a, b, scratch)) return false;
    bool whole = out->part_a >= WHOLE || out->part_b >= WHOLE;
    if (whole && !look_closer(out, a, b, bg, scratch)) return false;
    if (dl_copy_whole(dl_pair_judge(out, a, b))) return true;
    if (!look_for_rewrite(out, a, b, bg, scratch)) return false;
    return !out->retold || look_closer(out, a, b, bg, scratch);
}

static bool same_headline(const dl_card *a, const dl_card *b)
{
    enum { LEAST = 3 };
    return a->n_title >= LEAST && a->n_title == b->n_title && !memcmp(a->title, b->title, a->n_title * sizeof *a->title);
}

static bool same_days(const dl_card *a, const dl_card *b)
{
    enum { DAYS = 2 };
    return a->published != DL_NEVER && b->published != DL_NEVER && dl_days_apart(a->published, b->published) <= DAYS;
}

/* Furniture on two or three pages cannot be known from counts; but what is copied is what the
 * headline speaks of, and furniture is not: there the headline's words stand in the rest. */
static bool about_headline(const dl_compared *c, const dl_side *a, const dl_side *b)
{
    const dl_headline *h[2] = { &c->a_head, &c->b_head };
    const double part[2] = { c->part_a, c->part_b };
    int yes = 0, no = 0;
    for (int i = 0; i < 2; i++) { /* a page of which little is shared has most of everything in its rest */
        yes += h[i]->shared >= .3 && h[i]->shared >= h[i]->rest;
        no += part[i] >= .4 && part[i] < .75 && h[i]->shared < .4 && h[i]->rest > h[i]->shared + .2;
    }
    yes += same_headline(a->card, b->card) ? 2 : 0;
    bool far = !dl_same_matter(a->card, b->card) && !(c->retold && same_days(a->card, b->card)),
         named = a->card->n_title || b->card->n_title;
    if (no > yes) return false;
    if (far) return yes == 2 && c->al.same >= 60;
    return yes || c->al.same >= (named ? 100 : 40);
}

/* A passage that was taken over. Two reports of one event quote the same people at length; a page on
 * another matter that has such a quotation with what stood around it has it from the other page. */
static bool is_reuse(const dl_compared *c, const dl_side *a, const dl_side *b)
{
    if (c->longest < REUSE_MIN || c->sentences < 25) return false;
    if (c->longest < 30) return c->told >= .8 * c->sentences;
    bool elsewhere = !dl_same_matter(a->card, b->card) && !same_days(a->card, b->card);
    return c->told >= 8 || (c->sentences >= 60 && c->told >= 2 && elsewhere);
}

static bool reworded(const dl_compared *c)
{
    const double LEAST = .9; /* share of equal words */
    uint32_t cover = c->bridged.cover_a > c->bridged.cover_b ? c->bridged.cover_a : c->bridged.cover_b;
    return c->same < LEAST || c->al.same < LEAST * cover;
}

dl_copy_kind dl_pair_judge(const dl_compared *c, const dl_side *a, const dl_side *b)
{
    enum { LONG = 80 };       /* words of a reporter's in one passage: more than a notice that sites share has */
    const double NEARLY = .7; /* share of both */
    double part = c->part_a > c->part_b ? c->part_a : c->part_b, least = c->part_a < c->part_b ? c->part_a : c->part_b;
    bool whole = (part >= WHOLE || c->retold) && c->al.same >= 20;
    bool pattern = c->strange >= .3 && a->card->host && a->card->host == b->card->host;
    bool compiled = !c->retold && c->covered < MOST && c->between >= WOVEN;
    bool one = whole && about_headline(c, a, b) && !pattern && !c->item && c->alone < OWN;
    if (one && !compiled) return reworded(c) ? DL_REWRITE : DL_COPY;
    double told = c->reused > c->told ? c->reused : c->told;
    /* Many short passages are two reports of one event, which quote the same people; sentences of a reporter's are not quoted. */
    bool pieces = c->longest < 100 && c->longest < .5 * c->al.same && told < 40 && !one;
    bool one_site = a->card->host == b->card->host;
    bool notice = whole && least > .4 && !dl_same_matter(a->card, b->card) && (told < LONG || (one_site && least > NEARLY));
    return !pieces && !notice && (c->reused || is_reuse(c, a, b)) ? DL_PARTIAL : DL_COPY_KINDS;
}

bool dl_pair_passages(dl_pair *out, const dl_compared *c, const dl_side *a, const dl_side *b, dl_arena *keep)
{
    const dl_alignment *al = dl_copy_whole(out->kind) ? &c->bridged : &c->al;
    dl_passage *p = dl_arena_raw(keep, al->n ? al->n : 1, sizeof *p);
    if (!p) return false;
    for (uint32_t i = 0; i < al->n; i++) {
        const dl_run *r = &al->run[i];
        p[i].a = (dl_span){ a->all.span[a->row[r->a_beg]].beg, a->all.span[a->row[r->a_end - 1]].end };
        p[i].b = (dl_span){ b->all.span[b->row[r->b_beg]].beg, b->all.span[b->row[r->b_end - 1]].end };
    }
    out->passages = p;
    out->n_passages = al->n;
    return true;
}
