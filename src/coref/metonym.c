/* metonym.c: is a place named as a place, or as those who act for it: "Moscow denied it", "in Moscow"? Learnt
 * weights (train/train_metonyms.c) over what stands around the name and over it in the tree; the name itself says
 * only what the tables of facts know of it, so that one place is judged like any other. */
#include "coref/work.h"
#include "learn/lex.h"
#include "tags/tags.h"
#include "trees/trees.h"

enum {
    M_BIAS = 1,
    M_FACT,
    M_WORD,
    M_TAG,
    M_GROUP,
    M_COARSE,
    M_PAIR,
    M_BEFORE,
    M_AFTER,
    M_REL,
    M_HEAD,
    M_HEAD_GROUP,
    M_HEAD_TAG,
    M_CASE,
    M_UP,
    M_CHILD,
    M_BESIDE,
    M_OTHER,
    M_BAG,
    M_BAG_GROUP,
    M_LIST,
    M_NUMBER
};

#define NEAR 40 /* words on either side that are looked at                                           */

/* What one word shows: its dictionary form, tag and group. */
struct seen {
    uint64_t lemma, tag, fine, coarse;
};

static struct seen see(const dl_coref *c, uint32_t tok)
{
    dl_lex x = dl_lex_of(dl_tok_text(c->d, tok));
    dl_cluster g = dl_clusters_of(&c->groups, x.lower);
    uint64_t lemma = dl_lex_of(dl_tok_lemma(c->d, tok)).lower;
    return (struct seen){ lemma, c->d->toks.xpos[tok], g.fine, g.coarse };
}

static struct seen see_within(const dl_coref *c, dl_span sent, int64_t tok)
{
    if (tok < (int64_t)sent.beg) return (struct seen){ 1, 100, 1001, 101 };
    if (tok >= (int64_t)sent.end) return (struct seen){ 2, 101, 1002, 102 };
    return see(c, (uint32_t)tok);
}

static bool article(const dl_coref *c, uint32_t tok) { return dl_cr_is(c, tok, "the a an "); }

/* The name's own words: facts alone. */
static uint64_t facts_of(const dl_coref *c, dl_span tok)
{
    char buf[128];
    dl_nation n = dl_facts_nation(&c->f, dl_facts_join(c->d, tok, buf, sizeof buf));
    return n.as;
}

/* The first name of the page that ends behind the token. */
static uint32_t name_from(const dl_coref *c, uint32_t tok)
{
    uint32_t lo = 0, hi = c->d->names.n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (c->d->names.tok[mid].end <= tok)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static bool listed(const dl_coref *c, uint32_t tok) { return dl_cr_capital(c, tok) || dl_cr_is(c, tok, ", and or & / the "); }

/* What stands around the whole list where the name is one of several: "between Peru, Chile and Bolivia". */
static void list(dl_feats *out, const dl_coref *c, dl_span s, dl_span tok, uint64_t fact)
{
    uint32_t beg = tok.beg, end = tok.end;
    while (beg > s.beg && listed(c, beg - 1)) beg--;
    while (end < s.end && listed(c, end)) end++;
    while (beg < tok.beg && !dl_cr_capital(c, beg)) beg++;
    while (end > tok.end && !dl_cr_capital(c, end - 1)) end--;
    uint64_t kind = (beg < tok.beg ? 1u : 0u) + (end > tok.end ? 2u : 0u);
    if (!kind) return;
    uint32_t left = beg;
    while (left > s.beg && article(c, left - 1)) left--;
    struct seen a = see_within(c, s, (int64_t)left - 1), b = see_within(c, s, end), v = see_within(c, s, (int64_t)left - 2);
    dl_feat_add(out, dl_feat2(M_LIST, 1, kind));
    dl_feat_add(out, dl_feat2(M_LIST, 2, a.lemma));
    dl_feat_add(out, dl_feat3(M_LIST, 3, a.lemma, v.lemma));
    dl_feat_add(out, dl_feat3(M_LIST, 4, a.lemma, v.fine));
    dl_feat_add(out, dl_feat2(M_LIST, 5, b.lemma));
    dl_feat_add(out, dl_feat3(M_LIST, 6, a.lemma, b.tag));
    dl_feat_add(out, dl_feat3(M_LIST, 7, a.lemma, fact));
    dl_feat_add(out, dl_feat3(M_LIST, 8, a.tag, b.coarse));
}

static void window(dl_feats *out, const dl_coref *c, dl_span s, dl_span tok, uint64_t fact)
{
    uint32_t left = tok.beg;
    while (left > s.beg && article(c, left - 1)) left--;
    bool bare = left == tok.beg;
    struct seen w[8];
    int64_t at[8] = { (int64_t)left - 4, (int64_t)left - 3, (int64_t)left - 2, (int64_t)left - 1,
                      tok.end,           tok.end + 1,       tok.end + 2,       tok.end + 3 };
    for (uint32_t i = 0; i < 8; i++) w[i] = see_within(c, s, at[i]);
    for (uint32_t i = 1; i < 7; i++) {
        dl_feat_add(out, dl_feat2(M_WORD, i, w[i].lemma));
        dl_feat_add(out, dl_feat2(M_TAG, i, w[i].tag));
        dl_feat_add(out, dl_feat2(M_GROUP, i, w[i].fine));
        dl_feat_add(out, dl_feat2(M_COARSE, i, w[i].coarse));
    }
    dl_feat_add(out, dl_feat3(M_PAIR, 1, w[3].lemma, w[4].lemma));
    dl_feat_add(out, dl_feat3(M_PAIR, 2, w[2].lemma, w[3].lemma));
    dl_feat_add(out, dl_feat3(M_PAIR, 3, w[4].lemma, w[5].lemma));
    dl_feat_add(out, dl_feat3(M_PAIR, 4, w[3].lemma, w[4].tag));
    dl_feat_add(out, dl_feat3(M_PAIR, 5, w[3].tag, w[4].tag));
    dl_feat_add(out, dl_feat3(M_PAIR, 6, w[2].fine, w[3].lemma));
    dl_feat_add(out, dl_feat3(M_PAIR, 7, w[4].lemma, w[5].fine));
    dl_feat_add(out, dl_feat3(M_PAIR, 8, w[3].lemma, fact));
    dl_feat_add(out, dl_feat3(M_PAIR, 9, w[4].lemma, fact));
    dl_feat_add(out, dl_feat3(M_PAIR, 10, bare, w[3].lemma));
    dl_feat_add(out, dl_feat3(M_PAIR, 11, w[2].coarse, w[3].lemma));
    dl_feat_add(out, dl_feat3(M_PAIR, 12, w[4].coarse, w[3].coarse));
    dl_feat_add(out, dl_feat3(M_PAIR, 13, w[4].tag, w[5].tag));
    dl_feat_add(out, dl_feat3(M_PAIR, 14, w[2].tag, w[3].tag));
}

/* Words farther off, where they stand left out. */
static void bag(dl_feats *out, const dl_coref *c, dl_span s, dl_span tok)
{
    uint32_t from = tok.beg > s.beg + 8 ? tok.beg - 8 : s.beg, to = tok.end + 8 < s.end ? tok.end + 8 : s.end;
    for (uint32_t t = from; t < to; t++) {
        if (t >= tok.beg && t < tok.end) continue;
        int x = c->d->toks.xpos[t];
        if (x == DL_XPOS_CD) dl_feat_add(out, dl_feat2(M_NUMBER, t < tok.beg, dl_lex_of(dl_tok_text(c->d, t)).shape));
        if (!dl_xpos_noun(x) && !dl_xpos_verb(x)) continue;
        struct seen w = see(c, t);
        dl_feat_add(out, dl_feat2(M_BAG, t < tok.beg, w.lemma));
        dl_feat_add(out, dl_feat(M_BAG_GROUP, w.fine));
    }
}

/* The word that "and" joined the name to first, and the name's first place in the tree. */
static uint32_t first_joined(const dl_coref *c, uint32_t t)
{
    for (uint32_t steps = 0; steps < 8; steps++) {
        uint32_t h = c->d->toks.head[t];
        dl_rel r = dl_rel_base((dl_rel)c->d->toks.rel[t]);
        if ((r != DL_REL_CONJ && r != DL_REL_APPOS && r != DL_REL_FLAT) || h == DL_NONE || h == t) return t;
        t = h;
    }
    return t;
}

static uint64_t case_of(const dl_coref *c, dl_span s, uint32_t head)
{
    for (uint32_t t = head; t > s.beg; t--)
        if (c->d->toks.head[t - 1] == head && dl_rel_base((dl_rel)c->d->toks.rel[t - 1]) == DL_REL_CASE)
            return dl_lex_of(dl_tok_text(c->d, t - 1)).lower;
    return 0;
}

static void above(dl_feats *out, const dl_coref *c, dl_span s, dl_span tok, uint64_t fact)
{
    uint32_t head = dl_cr_head(c, tok), top = first_joined(c, head), up = c->d->toks.head[top];
    uint64_t rel = c->d->toks.rel[top], own = c->d->toks.rel[head], prep = case_of(c, s, top);
    bool root = up == DL_NONE || up == top;
    struct seen h = root ? (struct seen){ 3, 102, 1003, 103 } : see(c, up);
    dl_feat_add(out, dl_feat2(M_REL, rel, 0));
    dl_feat_add(out, dl_feat3(M_REL, rel, own, top == head));
    dl_feat_add(out, dl_feat3(M_REL, rel, fact, 1));
    dl_feat_add(out, dl_feat2(M_HEAD, rel, h.lemma));
    dl_feat_add(out, dl_feat3(M_HEAD, rel, h.lemma, prep));
    dl_feat_add(out, dl_feat3(M_HEAD_GROUP, rel, h.fine, prep));
    dl_feat_add(out, dl_feat3(M_HEAD_GROUP, rel, h.coarse, prep));
    dl_feat_add(out, dl_feat2(M_HEAD_GROUP, rel, h.fine));
    dl_feat_add(out, dl_feat2(M_HEAD_GROUP, rel, h.coarse));
    dl_feat_add(out, dl_feat3(M_HEAD_TAG, rel, h.tag, prep));
    dl_feat_add(out, dl_feat2(M_CASE, rel, prep));
    dl_feat_add(out, dl_feat3(M_CASE, prep, h.lemma, 1));
    dl_feat_add(out, dl_feat3(M_CASE, rel, prep, fact));
    if (root) return;
    uint32_t upper = c->d->toks.head[up];
    uint64_t rel2 = c->d->toks.rel[up];
    if (upper != DL_NONE && upper != up) {
        struct seen g = see(c, upper);
        dl_feat_add(out, dl_feat3(M_UP, dl_feat2(0, rel, prep), rel2, g.lemma));
        dl_feat_add(out, dl_feat3(M_UP, rel, rel2, g.fine));
        dl_feat_add(out, dl_feat3(M_UP, rel, rel2, g.coarse));
    }
    dl_feat_add(out, dl_feat3(M_UP, rel, rel2, prep));
    /* The other parts of the verb: who does it where, to whom. */
    uint32_t n = 0;
    for (uint32_t t = s.beg; t < s.end && n < 6; t++) {
        if (c->d->toks.head[t] != up || (t >= tok.beg && t < tok.end) || t == top) continue;
        dl_rel r = dl_rel_base((dl_rel)c->d->toks.rel[t]);
        if (r == DL_REL_PUNCT || r == DL_REL_DET) continue;
        struct seen o = see(c, t);
        dl_feat_add(out, dl_feat3(M_BESIDE, rel, r, o.coarse));
        dl_feat_add(out, dl_feat3(M_BESIDE, rel, r, o.lemma));
        n++;
    }
}

/* What hangs under the name, and names that it is joined with. */
static void below(dl_feats *out, const dl_coref *c, dl_span s, dl_span tok)
{
    uint32_t head = dl_cr_head(c, tok), n = 0;
    for (uint32_t t = s.beg; t < s.end && n < 6; t++) {
        if (c->d->toks.head[t] != head || (t >= tok.beg && t < tok.end)) continue;
        uint64_t r = c->d->toks.rel[t];
        struct seen o = see(c, t);
        dl_feat_add(out, dl_feat2(M_CHILD, r, t < tok.beg));
        dl_feat_add(out, dl_feat3(M_CHILD, r, o.lemma, 1));
        dl_feat_add(out, dl_feat3(M_CHILD, r, o.coarse, 2));
        n++;
    }
}

static void others(dl_feats *out, const dl_coref *c, dl_span s, dl_span tok)
{
    uint32_t n = 0;
    for (uint32_t i = name_from(c, s.beg); i < c->d->names.n && n < 8; i++) {
        dl_span x = c->d->names.tok[i];
        if (x.beg >= s.end) break;
        if (dl_span_meet(x, tok)) continue;
        bool joined = x.end + 1 == tok.beg || x.beg == tok.end + 1;
        uint64_t between = !joined ? 0 : dl_lex_of(dl_tok_text(c->d, x.beg < tok.beg ? x.end : tok.end)).lower;
        dl_feat_add(out, dl_feat3(M_OTHER, c->d->names.type[i], between, x.beg < tok.beg));
        n++;
    }
}

void dl_cr_metonym_features(dl_feats *out, const dl_coref *c, dl_span tok)
{
    dl_span s = c->d->sents.tok[dl_sent_of_tok(c->d, tok.beg)];
    if (tok.beg > s.beg + NEAR) s.beg = tok.beg - NEAR;
    if (tok.end + NEAR < s.end) s.end = tok.end + NEAR;
    uint64_t fact = facts_of(c, tok);
    out->n = 0;
    dl_feat_add(out, dl_feat(M_BIAS, 0));
    dl_feat_add(out, dl_feat(M_FACT, fact));
    window(out, c, s, tok, fact);
    if (c->d->toks.rel[tok.beg] != DL_REL_NONE) {
        above(out, c, s, tok, fact);
        below(out, c, s, tok);
    }
    list(out, c, s, tok, fact);
    others(out, c, s, tok);
    bag(out, c, s, tok);
}

int32_t dl_cr_metonym(const dl_coref *c, dl_span tok)
{
    int32_t score[DL_LABELS_MAX];
    dl_feats f;
    dl_cr_metonym_features(&f, c, tok);
    dl_linear_score(&c->metonyms, f.h, f.n, score);
    return score[0];
}
