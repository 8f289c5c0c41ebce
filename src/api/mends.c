/* mends.c: aligning the sentences of a spun page with those of other pages by two words and their names. */
#include "api/mends.h"

#include "base/date.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "tags/tags.h"

enum {
    SPUN = 3,         /* broken passages from which a page went through a machine                 */
    DAYS = 10,        /* pages of other days are of other matter                                  */
    PAGES_MAX = 256,  /* pages that are looked at                                                */
    NAMES_LEAST = 5,  /* words with a capital that a page shares                                 */
    COMMON_LEAST = 2, /* the same of two sentences                                               */
    LETTERS = 4       /* of a word that can be mended                                            */
};

typedef struct place {
    uint32_t page, tok, next; /* next: row of the same two words, or DL_NONE                      */
} place;

typedef struct mender {
    const dl_view *v;
    const dl_doc *d;
    dl_arena *a;
    dl_map own;    /* words of the page                                                          */
    dl_map others; /* words of the other pages                                                   */
    dl_map pair;   /* two words in a row -> row of place                                          */
    place *at;
    size_t n_at, cap_at;
} mender;

static uint64_t word_of(const dl_doc *d, uint32_t t)
{
    char folded[64];
    size_t n = dl_fold(folded, sizeof folded, dl_tok_text(d, t));
    return dl_hash(folded, n < sizeof folded ? n : sizeof folded, 0);
}

static bool lower_noun(const dl_doc *d, uint32_t t)
{
    dl_str w = dl_tok_text(d, t);
    int pos = d->toks.xpos[t];
    return w.len >= LETTERS && dl_is_lower((unsigned char)w.p[0]) &&
           (pos == DL_XPOS_NN || pos == DL_XPOS_NNS || pos == DL_XPOS_VBG);
}

/* Two words before t that say what is to come: "exhausted" does, "in the" does not. */
static bool leads_to(const dl_doc *d, uint32_t t)
{
    for (uint32_t k = t - 2; k < t; k++) {
        int pos = d->toks.xpos[k];
        dl_str w = dl_tok_text(d, k);
        if (w.len >= LETTERS && dl_is_lower((unsigned char)w.p[0]) &&
            (dl_xpos_noun(pos) || dl_xpos_verb(pos) || pos == DL_XPOS_JJ))
            return true;
    }
    return false;
}

static bool capital(const dl_doc *d, uint32_t t)
{
    dl_str w = dl_tok_text(d, t);
    return w.len > 2 && dl_is_upper((unsigned char)w.p[0]);
}

static bool put_words(dl_map *to, const dl_doc *d)
{
    for (uint32_t t = 0; t < d->toks.n; t++) {
        if (!dl_map_put(to, word_of(d, t), 1)) return false;
    }
    return true;
}

/* Is the other page about the same people and places, at the same time, and whole? */
static bool tells(const mender *m, const dl_doc *o)
{
    if (o->damages.n >= SPUN) return false;
    const int64_t own = m->d->meta->published, others = o->meta->published;
    if (own != DL_NEVER && others != DL_NEVER && dl_days_apart(own, others) > DAYS) return false;
    uint32_t common = 0;
    dl_map seen;
    dl_map_init(&seen, m->a);
    for (uint32_t t = 0; t < o->toks.n && common < NAMES_LEAST; t++) {
        if (!capital(o, t)) continue;
        uint64_t w = word_of(o, t);
        if (dl_map_get(&m->own, w) == DL_NONE || dl_map_get(&seen, w) != DL_NONE) continue;
        if (!dl_map_put(&seen, w, 1)) return false;
        common++;
    }
    return common >= NAMES_LEAST;
}

static bool put_pairs(mender *m, uint32_t page, const dl_doc *o)
{
    for (uint32_t t = 2; t < o->toks.n; t++) {
        if (!lower_noun(o, t) || !leads_to(o, t)) continue;
        if (!DL_ROOM(m->a, m->at, m->n_at, m->cap_at)) return false;
        uint32_t row = (uint32_t)m->n_at, *first = dl_map_put(&m->pair, dl_hash_mix(word_of(o, t - 2), word_of(o, t - 1)), row);
        if (!first) return false;
        m->at[m->n_at++] = (place){ page, t, *first == row ? DL_NONE : *first };
        *first = row;
    }
    return true;
}

/* Words with a capital that both sentences have. */
static uint32_t common_names(const dl_doc *d, uint32_t s, const dl_doc *o, uint32_t z)
{
    uint32_t n = 0;
    dl_span x = d->sents.tok[s], y = o->sents.tok[z];
    for (uint32_t i = x.beg; i < x.end; i++) {
        if (!capital(d, i)) continue;
        uint64_t w = word_of(d, i);
        for (uint32_t k = y.beg; k < y.end; k++) {
            if (!capital(o, k) || word_of(o, k) != w) continue;
            n++;
            break;
        }
    }
    return n;
}

/* What another page has for the word at t; DL_NONE: nothing. */
static uint32_t better(const mender *m, uint32_t t)
{
    enum { TRIED = 32 };
    uint32_t tried = 0, s = dl_sent_of_tok(m->d, t);
    for (uint32_t r = dl_map_get(&m->pair, dl_hash_mix(word_of(m->d, t - 2), word_of(m->d, t - 1)));
         r != DL_NONE && tried < TRIED; r = m->at[r].next, tried++) {
        const dl_doc *o = dl_page(m->v->pages, m->at[r].page);
        uint32_t z = dl_sent_of_tok(o, m->at[r].tok);
        if (s == DL_NONE || z == DL_NONE || dl_map_get(&m->own, word_of(o, m->at[r].tok)) != DL_NONE) continue;
        if (common_names(m->d, s, o, z) >= COMMON_LEAST) return r;
    }
    return DL_NONE;
}

static bool read_others(mender *m, uint32_t page)
{
    uint32_t looked = 0;
    for (uint32_t p = 0; p < m->v->pages->n && looked < PAGES_MAX; p++) {
        const dl_doc *o = p == page ? NULL : dl_page(m->v->pages, p);
        if (!o || !tells(m, o)) continue;
        looked++;
        if (!put_words(&m->others, o) || !put_pairs(m, p, o)) return false;
    }
    return true;
}

bool dl_mends_find(dl_mend **out, uint32_t *n, const dl_view *v, uint32_t page, dl_arena *a)
{
    mender m = { .v = v, .d = dl_page(v->pages, page), .a = a };
    size_t cap = 0;
    *out = NULL;
    *n = 0;
    if (!m.d || m.d->damages.n < SPUN) return true;
    dl_map_init(&m.own, a);
    dl_map_init(&m.others, a);
    dl_map_init(&m.pair, a);
    if (!put_words(&m.own, m.d) || !read_others(&m, page)) return false;
    for (uint32_t t = 2; t < m.d->toks.n; t++) {
        if (!lower_noun(m.d, t) || dl_map_get(&m.others, word_of(m.d, t)) != DL_NONE) continue;
        uint32_t r = better(&m, t);
        if (r == DL_NONE) continue;
        if (!DL_ROOM(a, *out, *n, cap)) return false;
        const dl_doc *o = dl_page(v->pages, m.at[r].page);
        (*out)[(*n)++] =
            (dl_mend){ { m.d->toks.span[t - 2].beg, m.d->toks.span[t].end }, m.at[r].page, dl_tok_text(o, m.at[r].tok) };
    }
    return true;
}
