/* grammar.c: what tags and trees say of a token, and of a country's name: government or place. */
#include "coref/work.h"

#include "base/utf8.h"
#include "tags/tags.h"
#include "trees/trees.h"

bool dl_cr_is(const dl_coref *c, uint32_t tok, const char *words)
{
    if (tok >= c->d->toks.n) return false;
    dl_str w = dl_tok_text(c->d, tok), all = dl_str_of(words), one;
    while (dl_str_next(&all, ' ', &one))
        if (one.len && dl_str_eq_nocase(w, one)) return true;
    return false;
}

bool dl_cr_capital(const dl_coref *c, uint32_t tok)
{
    const dl_str w = dl_tok_text(c->d, tok);
    size_t at = 0;
    return w.len && dl_cp_upper(dl_utf8_next(w, &at));
}

static int xpos(const dl_coref *c, uint32_t tok) { return tok < c->d->toks.n ? c->d->toks.xpos[tok] : DL_XPOS_NONE; }

static bool begins_upper(const dl_coref *c, uint32_t tok)
{
    dl_str w = dl_tok_text(c->d, tok);
    return w.len && (dl_is_upper(w.p[0]) || (unsigned char)w.p[0] >= 0x80);
}

static bool is_word(const dl_coref *c, uint32_t tok)
{
    dl_str w = dl_tok_text(c->d, tok);
    return w.len && (dl_is_alpha(w.p[0]) || (unsigned char)w.p[0] >= 0xc3);
}

#define AUX                                                                                                                      \
    "is are was were be been being has have had do does did will would can could may might shall should must 's 're 'll 'd "
#define PREPS                                                                                                                    \
    "of in on at to from by with for against between among into onto about over under after before during since until through "  \
    "across "                                                                                                                    \
    "near inside outside within throughout around toward towards via despite amid without like as than per off behind beyond "   \
    "along "

bool dl_cr_verb(const dl_coref *c, uint32_t tok)
{
    int x = xpos(c, tok);
    if (tok >= c->d->toks.n) return false;
    return x ? dl_xpos_verb(x) || x == DL_XPOS_MD : dl_cr_is(c, tok, AUX "said says say told met meets added warned ");
}

bool dl_cr_noun(const dl_coref *c, uint32_t tok)
{
    int x = xpos(c, tok);
    if (tok >= c->d->toks.n) return false;
    if (x) return dl_xpos_noun(x);
    dl_agent a = dl_facts_agent(&c->f, dl_tok_text(c->d, tok));
    return a.kind != DL_AG_NONE;
}

bool dl_cr_modifier(const dl_coref *c, uint32_t tok)
{
    int x = xpos(c, tok);
    switch (x) {
    case DL_XPOS_JJ:
    case DL_XPOS_JJR:
    case DL_XPOS_JJS:
    case DL_XPOS_RBS:
    case DL_XPOS_NN:
    case DL_XPOS_NNS:
    case DL_XPOS_NNP:
    case DL_XPOS_NNPS:
    case DL_XPOS_CD:
    case DL_XPOS_HYPH:
    case DL_XPOS_VBN: return true;
    case DL_XPOS_NONE: return is_word(c, tok) && !dl_cr_is(c, tok, PREPS AUX "and or but that which who said says say ");
    default: return false;
    }
}

dl_span dl_cr_sent(const dl_coref *c, const dl_item *it) { return c->d->sents.tok[it->sent]; }

uint32_t dl_cr_prev(const dl_coref *c, const dl_item *it)
{
    dl_span s = dl_cr_sent(c, it);
    for (uint32_t t = it->tok.beg; t > s.beg; t--)
        if (!dl_cr_is(c, t - 1,
                      "the a an both also neighbouring neighboring eastern western southern northern central mainland ") ||
            begins_upper(c, t - 1))
            return t - 1;
    return DL_NONE;
}

/* The token of the span whose head is outside; without a tree the last one. */
uint32_t dl_cr_head(const dl_coref *c, dl_span tok)
{
    for (uint32_t t = tok.beg; t < tok.end; t++) {
        uint32_t h = c->d->toks.head[t];
        if (c->d->toks.rel[t] != DL_REL_NONE && c->d->toks.rel[t] != DL_REL_PUNCT && h != DL_NONE &&
            (h == t || h < tok.beg || h >= tok.end))
            return t;
    }
    return tok.end - 1;
}

/* Behind the item, adverbs and one apposition skipped, stands a finite verb. */
static bool verb_follows(const dl_coref *c, const dl_item *it)
{
    dl_span s = dl_cr_sent(c, it);
    uint32_t t = it->tok.end;
    if (t < s.end && dl_cr_is(c, t, ", (")) {
        uint32_t k = t + 1, limit = t + 16 < s.end ? t + 16 : s.end;
        while (k < limit && !dl_cr_is(c, k, ", )")) k++;
        if (k < limit) t = k + 1;
    }
    while (t < s.end && (xpos(c, t) == DL_XPOS_RB || dl_cr_is(c, t, "also then later has "))) t++;
    return t < s.end && dl_cr_verb(c, t) && xpos(c, t) != DL_XPOS_VBG && xpos(c, t) != DL_XPOS_VB;
}

bool dl_cr_subject(const dl_coref *c, const dl_item *it)
{
    uint32_t h = it->head;
    uint8_t rel = c->d->toks.rel[h];
    if (rel != DL_REL_NONE) {
        /* The second of two joined subjects is one as well. */
        if (rel == DL_REL_CONJ && c->d->toks.head[h] != DL_NONE) rel = c->d->toks.rel[c->d->toks.head[h]];
        dl_rel base = dl_rel_base((dl_rel)rel);
        if (base == DL_REL_NSUBJ || base == DL_REL_CSUBJ) return true;
    }
    uint32_t p = dl_cr_prev(c, it);
    bool governed = p != DL_NONE && (dl_cr_is(c, p, PREPS) || (dl_cr_verb(c, p) && !dl_cr_is(c, p, "said says say that ")));
    return !governed && verb_follows(c, it);
}
