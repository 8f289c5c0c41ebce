/* unseen.c: is some page of a family the whole text? By bytes of the shared passages first; what is left of
 * the families after that, and few are, is looked at by words. */
#include "copies/unseen.h"

#include "base/date.h"
#include "base/sort.h"

enum {
    TOP_LEAST = 3, /* with two, either may have put in what the other lacks                             */
    WORDS = 15,    /* of a reporter's prose in a stretch that a page lacks                              */
    LONG = 40,     /* of any, with at least                                                            */
    FRAME = 2,     /* of a reporter around a quotation                                                  */
};
static const double COMMON = .05;     /* share of documents from which a word tells nothing             */
static const double REWORDED = .75;   /* share of a stretch's rare words with which a page has it, in other words, too */
static const double LITTLE = .15;     /* of a page: what an update adds                                  */
static const uint32_t SEVENTH = 1500; /* parts per 10,000 of a page: what it shares with another family */

typedef struct parts {   /* what page x shares with page y, in bytes of x                                 */
    const dl_span *span; /* [n] ascending and disjoint                                                 */
    uint32_t n;
} parts;

typedef struct known { /* words of a page, ascending                                             */
    const uint32_t *word;
    uint32_t n;
} known;

typedef struct kin {
    const dl_family *f;
    const dl_work *w;
    const uint8_t *elsewhere; /* [pages]                                                          */
    uint32_t n;
    parts *shared;   /* [n * n] x, y                                                               */
    uint32_t *lacks; /* [n * n] q, x: bits: who shares a stretch with x that q lacks               */
    known *known;    /* [n] their words                                                            */
    dl_side *side;   /* [n] of the top pages, once words are looked at                              */
    uint32_t top;    /* bits                                                                       */
} kin;

typedef struct rest { /* of what x and y share, what q lacks, in bytes of x                              */
    dl_span longest;
    uint32_t all;
} rest;

static bool has(uint32_t bits, uint32_t i) { return bits >> i & 1; }
static uint32_t bit(uint32_t i) { return UINT32_C(1) << i; }

/* ---- By bytes ---------------------------------------------------------------------------------- */

static int by_place(const void *x, const void *y, const void *ctx)
{
    const dl_span *p = x, *q = y;
    (void)ctx;
    return p->beg < q->beg ? -1 : p->beg > q->beg;
}

static bool take_pair(kin *k, uint32_t x, uint32_t y, dl_arena *a)
{
    const dl_pair *p = dl_pair_of(k->w->pair, k->w->n_pairs, k->f->page[x], k->f->page[y]);
    if (!p) return true;
    dl_span *v = dl_arena_raw(a, (size_t)p->n_passages + 1, 2 * sizeof *v), *u = v ? v + p->n_passages : NULL;
    if (!v) return false;
    for (uint32_t i = 0; i < p->n_passages; i++) {
        v[i] = p->passages[i].a;
        u[i] = p->passages[i].b;
    }
    k->shared[x * k->n + y] = (parts){ v, p->n_passages };
    k->shared[y * k->n + x] = (parts){ u, p->n_passages };
    return dl_sort(u, p->n_passages, sizeof *u, by_place, NULL, a);
}

/* In one pass over both. */
static rest rest_of(const kin *k, uint32_t x, uint32_t y, uint32_t q)
{
    const parts *have = &k->shared[x * k->n + y], *cover = &k->shared[x * k->n + q];
    rest r = { { 0, 0 }, 0 };
    for (uint32_t i = 0, c = 0; i < have->n; i++) {
        for (uint32_t at = have->span[i].beg, end = have->span[i].end; at < end;) {
            while (c < cover->n && cover->span[c].end <= at) c++;
            uint32_t upto = c < cover->n && cover->span[c].beg < end ? cover->span[c].beg : end;
            if (upto > at) {
                r.all += upto - at;
                if (upto - at > dl_span_len(r.longest)) r.longest = (dl_span){ at, upto };
            }
            at = upto < end ? cover->span[c].end : end;
        }
    }
    return r;
}

static bool is_stretch(const kin *k, uint32_t x, uint32_t y, uint32_t q)
{
    return dl_span_len(rest_of(k, x, y, q).longest) >= DL_UNSEEN_BYTES &&
           dl_span_len(rest_of(k, y, x, q).longest) >= DL_UNSEEN_BYTES;
}

static void find_lacks(kin *k)
{
    for (uint32_t q = 0; q < k->n; q++) {
        for (uint32_t x = 0; x < k->n; x++) {
            for (uint32_t y = x + 1; y < k->n; y++) {
                if (x == q || y == q || !is_stretch(k, x, y, q)) continue;
                k->lacks[q * k->n + x] |= bit(y);
                k->lacks[q * k->n + y] |= bit(x);
            }
        }
    }
}

/* Has y all of x that is attested? */
static bool holds(const kin *k, uint32_t y, uint32_t x) { return !k->lacks[y * k->n + x]; }

static void find_top(kin *k)
{
    for (uint32_t x = 0; x < k->n; x++) {
        bool top = true;
        for (uint32_t y = 0; y < k->n && top; y++) top = y == x || !holds(k, y, x) || (x < y && holds(k, x, y));
        if (top) k->top |= bit(x);
    }
}

static bool shares_stretch(const parts *p)
{
    for (uint32_t i = 0; i < p->n; i++) {
        if (dl_span_len(p->span[i]) >= DL_UNSEEN_BYTES) return true;
    }
    return false;
}

/* Do the top pages share something two by two, and no two of them much with pages of other families, and does none
 * say that it has its text from another? */
static bool of_one_text(const kin *k)
{
    uint32_t n = 0, woven = 0;
    for (uint32_t x = 0; x < k->n; x++) {
        n += has(k->top, x);
        woven += has(k->top, x) && k->elsewhere[k->f->page[x]];
        for (uint32_t y = x + 1; y < k->n && has(k->top, x); y++) {
            if (!has(k->top, y)) continue;
            if (!shares_stretch(&k->shared[x * k->n + y]) || !shares_stretch(&k->shared[y * k->n + x])) return false;
            const dl_pair *p = dl_pair_of(k->w->pair, k->w->n_pairs, k->f->page[x], k->f->page[y]);
            if (p->signs & 1u << DL_SIGN_CREDIT) return false;
        }
    }
    return n >= TOP_LEAST && woven < 2;
}

/* ---- By words ---------------------------------------------------------------------------------- */

static bool sort_words(known *out, const dl_words *w, dl_arena *a)
{
    uint32_t *v = dl_arena_raw(a, (size_t)w->n + 1, sizeof *v);
    if (!v) return false;
    if (w->n) memcpy(v, w->hash, w->n * sizeof *v);
    *out = (known){ v, w->n };
    return dl_sort_u32(v, w->n, a);
}

static bool read_top(kin *k, dl_arena *a)
{
    for (uint32_t x = 0; x < k->n; x++) {
        if (!has(k->top, x)) continue;
        if (!dl_side_read(&k->side[x], k->w, k->f->page[x], a) || !sort_words(&k->known[x], &k->side[x].all, a)) return false;
    }
    return true;
}

/* Does the stretch [at.beg, at.end) of page x stand in page y, most of its rare words, but not in page q? Without prose
 * it counts for nothing. */
static bool tells(const kin *k, uint32_t x, dl_span at, uint32_t y, uint32_t q)
{
    const dl_words *w = &k->side[x].all;
    const dl_background *bg = &k->w->background;
    uint32_t all = 0, told = 0, rare = 0, in_y = 0, in_q = 0;
    for (uint32_t i = 0; i < w->n; i++) {
        if (w->span[i].beg < at.beg || w->span[i].end > at.end) continue;
        if (w->flags[i] & (DL_WORD_HEADING | DL_WORD_DOUBTFUL)) continue;
        all++;
        told += !(w->flags[i] & DL_WORD_QUOTED);
        if (dl_background_df(bg, w->hash[i]) > COMMON * bg->documents) continue;
        rare++;
        in_y += dl_has_u32(k->known[y].word, k->known[y].n, w->hash[i]);
        in_q += dl_has_u32(k->known[q].word, k->known[q].n, w->hash[i]);
    }
    bool prose = told >= WORDS || (told >= FRAME && all >= LONG);
    return prose && in_y >= REWORDED * rare && in_q < REWORDED * rare;
}

/* Is the page days before the other top pages? */
static bool is_first(const kin *k, uint32_t q)
{
    const dl_card *card = k->w->card;
    int64_t own = card[k->f->page[q]].published;
    for (uint32_t x = 0; x < k->n; x++) {
        int64_t other = card[k->f->page[x]].published;
        if (x == q || !has(k->top, x)) continue;
        if (own == DL_NEVER || other == DL_NEVER || dl_day_of(other) <= dl_day_of(own)) return false;
    }
    return true;
}

/* Do two other top pages share a stretch that page q lacks? */
static bool lacks_stretch(const kin *k, uint32_t q)
{
    const dl_words *own = &k->side[q].all;
    double least = is_first(k, q) && own->n ? LITTLE * own->span[own->n - 1].end : 0;
    for (uint32_t x = 0; x < k->n; x++) {
        uint32_t with = has(k->top, x) && x != q ? k->lacks[q * k->n + x] & k->top : 0;
        for (uint32_t y = 0; y < k->n; y++) {
            if (!has(with, y)) continue;
            rest r = rest_of(k, x, y, q);
            if (r.all >= least && tells(k, x, r.longest, y, q)) return true;
        }
    }
    return false;
}

static bool each_lacks(const kin *k)
{
    for (uint32_t q = 0; q < k->n; q++) {
        if (has(k->top, q) && !lacks_stretch(k, q)) return false;
    }
    return true;
}

uint8_t *dl_unseen_elsewhere(const uint32_t *family_of, const dl_work *w, dl_arena *a)
{
    uint8_t *out = DL_NEW(a, (size_t)w->pages->n + 1, uint8_t);
    for (size_t i = 0; out && i < w->n_pairs; i++) {
        const dl_pair *p = &w->pair[i];
        if (family_of[p->a] == family_of[p->b]) continue;
        out[p->a] |= p->share_a >= SEVENTH;
        out[p->b] |= p->share_b >= SEVENTH;
    }
    return out;
}

bool dl_unseen_find(uint32_t *top, const dl_family *f, const dl_work *w, const uint8_t *elsewhere, dl_arena *scratch)
{
    *top = 0;
    if (f->n < TOP_LEAST || f->n > DL_UNSEEN_MOST) return true;
    for (uint32_t i = 0; i < f->n; i++) {
        if (w->source[f->page[i]].own) return true;
    }
    kin own = { .f = f, .w = w, .elsewhere = elsewhere, .n = f->n }, *k = &own;
    size_t n = f->n;
    k->shared = DL_NEW(scratch, n * n, parts);
    k->lacks = DL_NEW(scratch, n * n, uint32_t);
    k->side = DL_NEW(scratch, n, dl_side);
    k->known = DL_NEW(scratch, n, known);
    if (!k->shared || !k->lacks || !k->side || !k->known) return false;
    for (uint32_t x = 0; x < k->n; x++) {
        for (uint32_t y = x + 1; y < k->n; y++) {
            if (!take_pair(k, x, y, scratch)) return false;
        }
    }
    find_lacks(k);
    find_top(k);
    if (!of_one_text(k)) return true;
    if (!read_top(k, scratch)) return false;
    if (each_lacks(k)) *top = k->top;
    return true;
}
