/* rank.c: he and she: every fitting mention near the pronoun as a candidate, ranked by learnt weights
 * (train/train_pronouns.c). A mention ranker after Denis & Baldridge, "Specialized Models and Ranking for
 * Coreference Resolution" (2008). It, they and pages without trees are left to the rules of pronouns.c. */
#include "coref/work.h"
#include "tags/tags.h"
#include "trees/trees.h"

enum { R_BIAS = 1, R_GAP, R_REL, R_ORDER, R_FAR, R_NAME, R_OFTEN, R_CLAUSE, R_WHERE, R_KIND, R_PAIR, R_NEXT };

/* 0 he she, 1 his her, 2 him her, 3 himself herself. */
static uint64_t form_of(const dl_coref *c, const dl_item *p)
{
    if (dl_cr_is(c, p->tok.beg, "he she ")) return 0;
    if (dl_cr_is(c, p->tok.beg, "himself herself ")) return 3;
    if (dl_cr_is(c, p->tok.beg, "his ")) return 1;
    return c->d->toks.xpos[p->tok.beg] == DL_XPOS_PRPS || c->d->toks.rel[p->head] == DL_REL_NMOD_POSS ? 1 : 2;
}

static uint64_t rel_of(const dl_coref *c, const dl_item *x)
{
    dl_rel r = (dl_rel)c->d->toks.rel[x->head];
    return r == DL_REL_NSUBJ_PASS || r == DL_REL_NMOD_POSS ? (uint64_t)r : (uint64_t)dl_rel_base(r);
}

/* The verb (or root) that the word hangs under. */
static uint32_t clause_of(const dl_coref *c, uint32_t tok)
{
    for (uint32_t steps = 0; steps < 12; steps++) {
        uint32_t h = c->d->toks.head[tok];
        if (h == DL_NONE || h == tok) return tok;
        tok = h;
        if (dl_xpos_verb(c->d->toks.xpos[tok])) return tok;
    }
    return tok;
}

/* 1 the same verb; 2 the candidate's verb is above the pronoun's; 3 below; 4 beside; 0 elsewhere. */
static uint64_t clause_way(const dl_coref *c, const dl_item *p, const dl_item *x)
{
    if (p->sent != x->sent) return 0;
    uint32_t a = clause_of(c, p->head), b = clause_of(c, x->head), up = a, down = b;
    if (a == b) return 1;
    for (uint32_t k = 0; k < 6; k++) {
        up = clause_of(c, up);
        if (up == b) return 2;
        down = clause_of(c, down);
        if (down == a) return 3;
    }
    return 4;
}

static uint64_t bucket(uint32_t n) { return n < 4 ? n : n < 7 ? 4 : n < 12 ? 5 : n < 20 ? 6 : n < 35 ? 7 : n < 60 ? 8 : 9; }

bool dl_cr_ranked(const dl_item *p) { return p->gender == 'm' || p->gender == 'f'; }

bool dl_cr_may_mean(const dl_item *p, const dl_item *x, const dl_entity *e)
{
    if (x->modifier || dl_span_meet(x->tok, p->tok) || e->kind != DL_PERSON || e->plural) return false;
    return !e->gender || e->gender == p->gender;
}

/* The candidates, nearest first, then those behind the pronoun in its sentence; how many. */
uint32_t dl_cr_candidates(const dl_coref *c, const uint32_t *order, uint32_t n, uint32_t k, uint32_t *cand)
{
    const dl_item *p = &c->item[order[k]];
    uint32_t found = 0;
    for (uint32_t back = 1; back <= DL_CR_BACK && back <= k && found < DL_CR_CANDIDATES - 4; back++) {
        const dl_item *x = &c->item[order[k - back]];
        if (p->sent - x->sent > 4) break;
        if (x->ent != DL_NONE && dl_cr_may_mean(p, x, &c->ent[x->ent])) cand[found++] = order[k - back];
    }
    for (uint32_t i = k + 1; i < n && i < k + 12 && found < DL_CR_CANDIDATES; i++) {
        const dl_item *x = &c->item[order[i]];
        if (x->sent != p->sent) break;
        if (x->ent != DL_NONE && x->what != DL_IT_PRONOUN && dl_cr_may_mean(p, x, &c->ent[x->ent])) cand[found++] = order[i];
    }
    return found;
}

/* How many other persons stand nearer than candidate i. */
static uint64_t nearer(const dl_coref *c, const uint32_t *cand, uint32_t i)
{
    uint32_t n = 0;
    for (uint32_t k = 0; k < i && n < 5; k++) {
        bool again = false;
        for (uint32_t b = 0; b < k && !again; b++) again = c->item[cand[b]].ent == c->item[cand[k]].ent;
        n += !again && c->item[cand[k]].ent != c->item[cand[i]].ent;
    }
    return n;
}

/* How the candidate's entity stands among the others: most often mentioned, in how many of their mentions. */
static void entity_features(dl_feats *out, const dl_coref *c, const dl_item *p, const uint32_t *cand, uint32_t n, uint32_t i)
{
    uint32_t ent = c->item[cand[i]].ent, most = 0, here = 0, before = 0, subjects = 0;
    for (uint32_t k = 0; k < n; k++) {
        const dl_item *x = &c->item[cand[k]];
        if (c->ent[x->ent].mentions > most) most = c->ent[x->ent].mentions;
        if (x->ent != ent) continue;
        here += x->sent == p->sent && x->tok.beg < p->tok.beg;
        before += x->sent + 1 == p->sent;
        subjects += x->subject && x->tok.beg < p->tok.beg;
    }
    dl_feat_add(out, dl_feat3(R_NEXT, c->ent[ent].mentions == most, here > 2 ? 2 : here, before > 2 ? 2 : before));
    dl_feat_add(out, dl_feat3(R_NEXT + 1, subjects > 3 ? 3 : subjects, here > 0, p->subject));
    dl_feat_add(out, dl_feat2(R_NEXT + 2, c->ent[ent].mentions == most, p->subject));
}

static void where_features(dl_feats *out, const dl_coref *c, const dl_item *p, const dl_item *x, uint64_t form)
{
    dl_span s = dl_cr_sent(c, x);
    uint32_t next = x->tok.end, before = x->tok.beg;
    bool owner = next < s.end && dl_cr_is(c, next, "'s \xe2\x80\x99s ' \xe2\x80\x99 ");
    bool joined = (next < s.end && dl_cr_is(c, next, "and ")) || (before > s.beg && dl_cr_is(c, before - 1, "and "));
    bool aside = before > s.beg && dl_cr_is(c, before - 1, ", ( ");
    bool who = next + 1 < s.end &&
               (dl_cr_is(c, next, "who whose whom ") || (dl_cr_is(c, next, ", ") && dl_cr_is(c, next + 1, "who whose whom ")));
    bool of = before > s.beg && dl_cr_is(c, before - 1, "of by with to for from in on ");
    bool first = before <= s.beg + 1;
    uint64_t bits =
        (owner ? 1u : 0u) | (joined ? 2u : 0u) | (aside ? 4u : 0u) | (who ? 8u : 0u) | (of ? 16u : 0u) | (first ? 32u : 0u);
    for (uint64_t b = 0; b < 6; b++)
        if (bits >> b & 1) {
            dl_feat_add(out, dl_feat2(R_WHERE, b, form));
            dl_feat_add(out, dl_feat3(R_WHERE, b, p->sent == x->sent, form));
        }
}

void dl_cr_rank_features(dl_feats *out, const dl_coref *c, uint32_t item, const uint32_t *cand, uint32_t n, uint32_t i)
{
    const dl_item *p = &c->item[item], *x = &c->item[cand[i]];
    const dl_entity *e = &c->ent[x->ent];
    bool after = x->tok.beg > p->tok.beg;
    uint64_t form = form_of(c, p), gap = after ? 7 : p->sent - x->sent, mine = rel_of(c, p), theirs = rel_of(c, x),
             order = nearer(c, cand, i);
    uint64_t way = clause_way(c, p, x), far = bucket(after ? x->tok.beg - p->tok.end : p->tok.beg - x->tok.end);
    uint64_t kind = (uint64_t)x->what * 4 + (e->named ? 2u : 0u) + (e->gender == p->gender);
    uint64_t opens = p->tok.beg <= dl_cr_sent(c, p).beg + 1;
    out->n = 0;
    dl_feat_add(out, dl_feat2(R_GAP, gap, form));
    dl_feat_add(out, dl_feat3(R_GAP, gap, x->subject, form));
    dl_feat_add(out, dl_feat3(R_GAP, gap, theirs, mine));
    dl_feat_add(out, dl_feat2(R_REL, theirs, form));
    dl_feat_add(out, dl_feat3(R_REL, theirs, form, gap));
    dl_feat_add(out, dl_feat2(R_ORDER, order, form));
    dl_feat_add(out, dl_feat3(R_ORDER, order, gap, x->subject));
    dl_feat_add(out, dl_feat2(R_FAR, far, form));
    dl_feat_add(out, dl_feat2(R_FAR, far, gap));
    dl_feat_add(out, dl_feat2(R_KIND, kind, 0));
    dl_feat_add(out, dl_feat2(R_KIND, kind, gap));
    dl_feat_add(out, dl_feat2(R_OFTEN, bucket(e->mentions), 0));
    dl_feat_add(out, dl_feat2(R_OFTEN, bucket(e->mentions), gap));
    dl_feat_add(out, dl_feat2(R_CLAUSE, way, form));
    dl_feat_add(out, dl_feat3(R_CLAUSE, way, form, theirs));
    dl_feat_add(out, dl_feat3(R_CLAUSE, way, mine, theirs));
    dl_feat_add(out, dl_feat3(R_PAIR, opens, gap, theirs));
    dl_feat_add(out, dl_feat3(R_NAME, x->tok.end - x->tok.beg > 1, gap, x->what));
    where_features(out, c, p, x, form);
    entity_features(out, c, p, cand, n, i);
}

/* The best candidate's entity; DL_NONE: there is none, or no weights. */
uint32_t dl_cr_rank(const dl_coref *c, const dl_linear *w, const uint32_t *order, uint32_t n, uint32_t k)
{
    uint32_t cand[DL_CR_CANDIDATES], found = dl_cr_candidates(c, order, n, k, cand), best = DL_NONE;
    int32_t score[DL_LABELS_MAX], top = 0;
    dl_feats f;
    for (uint32_t i = 0; i < found; i++) {
        dl_cr_rank_features(&f, c, order[k], cand, found, i);
        dl_linear_score(w, f.h, f.n, score);
        if (best == DL_NONE || score[0] > top) {
            best = c->item[cand[i]].ent;
            top = score[0];
        }
    }
    return best;
}
