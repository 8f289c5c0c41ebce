/* pair.c: comparing two pages. */
#include "copies/pair.h"

enum {
    LINE_MAX = 40,   /* words; a longer line is judged in pieces                                 */
    PASSAGE_MIN = 6, /* equal words of a passage                                                 */
};

/* Is the line at words [beg, end) template text? Its sampled shingles vote. */
static bool line_is_furniture(const dl_words *w, uint32_t beg, uint32_t end, const dl_shared *s)
{
    uint32_t all = 0, bad = 0;
    for (uint32_t i = beg; i < end && i + DL_SKETCH_WORDS <= w->n; i++) {
        uint32_t h = dl_shingle(w->hash + i, DL_SKETCH_WORDS);
        if (!dl_sketch_takes(h)) continue;
        uint32_t row = dl_shared_find(s, h);
        all++;
        bad += row != DL_NONE && s->furniture[row];
    }
    return 2 * bad > all;
}

static uint32_t line_end(const dl_words *w, uint32_t beg)
{
    uint32_t end = beg + 1;
    while (end < w->n && !(w->flags[end] & DL_WORD_LINE) && end - beg < LINE_MAX) end++;
    return end;
}

bool dl_side_make(dl_side *out, const dl_pages *pages, uint32_t page, const dl_card *card, const dl_shared *shared, dl_arena *a)
{
    *out = (dl_side){ .page = page, .doc = dl_page(pages, page), .card = &card[page] };
    if (out->doc) dl_words_of(&out->all, dl_doc_body(out->doc), a);
    out->word = dl_arena_raw(a, (size_t)out->all.n + 1, sizeof *out->word);
    out->row = dl_arena_raw(a, (size_t)out->all.n + 1, sizeof *out->row);
    if (!out->word || !out->row) return false;
    for (uint32_t beg = 0; beg < out->all.n;) {
        uint32_t end = line_end(&out->all, beg);
        if (!line_is_furniture(&out->all, beg, end, shared)) {
            for (uint32_t i = beg; i < end; i++) {
                out->row[out->n] = i;
                out->word[out->n++] = out->all.hash[i];
            }
        }
        beg = end;
    }
    return true;
}

bool dl_pair_compare(dl_compared *out, const dl_side *a, const dl_side *b, const dl_align_index *index, dl_arena *scratch)
{
    *out = (dl_compared){ 0 };
    if (!dl_align(&out->al, a->word, a->n, index, PASSAGE_MIN, scratch)) return false;
    const dl_alignment *al = &out->al;
    uint32_t cover = al->cover_a > al->cover_b ? al->cover_a : al->cover_b;
    out->part_a = a->n ? (double)al->same / a->n : 0;
    out->part_b = b->n ? (double)al->same / b->n : 0;
    out->same = cover ? (double)al->same / cover : 0;
    for (uint32_t i = 0; i < al->n; i++) {
        const dl_run *r = &al->run[i];
        if (r->same > out->longest) out->longest = r->same;
        uint32_t told = 0;
        for (uint32_t k = r->a_beg; k < r->a_end; k++) told += !(a->all.flags[a->row[k]] & (DL_WORD_QUOTED | DL_WORD_HEADING));
        out->told += told;
    }
    return true;
}

/* The share of a headline's words that stand in the passages. */
static double headline_shared(const dl_side *s, const dl_alignment *al, bool first)
{
    uint32_t hit = 0;
    for (uint32_t t = 0; t < s->card->n_title; t++) {
        bool found = false;
        for (uint32_t r = 0; r < al->n && !found; r++) {
            uint32_t beg = first ? al->run[r].a_beg : al->run[r].b_beg, end = first ? al->run[r].a_end : al->run[r].b_end;
            for (uint32_t i = beg; i < end && !found; i++) found = s->word[i] == s->card->title[t];
        }
        hit += found;
    }
    return s->card->n_title ? (double)hit / s->card->n_title : -1;
}

/* Furniture on two or three pages alone cannot be known from counts; but what is copied is what the
 * headline speaks of, and furniture is not. */
static bool about_headline(const dl_compared *c, const dl_side *a, const dl_side *b)
{
    double ta = headline_shared(a, &c->al, true), tb = headline_shared(b, &c->al, false);
    bool far = !dl_same_matter(a->card, b->card), one_host = a->card->host && a->card->host == b->card->host;
    if (!far && c->al.same >= 100 && (!one_host || (c->part_a > .8 && c->part_b > .8))) return true;
    if (ta < 0 && tb < 0) return c->al.same >= 40;
    if (ta < 0) ta = tb;
    if (tb < 0) tb = ta;
    double best = ta > tb ? ta : tb, least = ta < tb ? ta : tb;
    if (far) return best >= .5 && least >= .4 && c->al.same >= 60;
    return best >= .4 && least >= .25;
}

dl_copy_kind dl_pair_judge(const dl_compared *c, const dl_side *a, const dl_side *b)
{
    double part = c->part_a > c->part_b ? c->part_a : c->part_b;
    bool whole = part >= .5 && c->al.same >= 20;
    if (whole && about_headline(c, a, b)) return c->same < .9 ? DL_REWRITE : DL_COPY;
    if (c->longest >= 16 && c->told >= 25 && (!whole || dl_same_matter(a->card, b->card))) return DL_PARTIAL;
    return DL_COPY_KINDS;
}

bool dl_pair_passages(dl_pair *out, const dl_compared *c, const dl_side *a, const dl_side *b, dl_arena *keep)
{
    dl_passage *p = dl_arena_raw(keep, c->al.n ? c->al.n : 1, sizeof *p);
    if (!p) return false;
    for (uint32_t i = 0; i < c->al.n; i++) {
        const dl_run *r = &c->al.run[i];
        p[i].a = (dl_span){ a->all.span[a->row[r->a_beg]].beg, a->all.span[a->row[r->a_end - 1]].end };
        p[i].b = (dl_span){ b->all.span[b->row[r->b_beg]].beg, b->all.span[b->row[r->b_end - 1]].end };
    }
    out->passages = p;
    out->n_passages = c->al.n;
    return true;
}
