/* trees.c: the stage: greedy parsing, and asking of trees. */
#include "trees/trees.h"

#include "base/limits.h"
#include "learn/lex.h"
#include "tags/tags.h"
#include "trees/arcs.h"

typedef struct parser {
    dl_build *b;
    dl_linear moves, labels;
    dl_clusters groups;
    uint8_t rel[DL_LABELS_MAX]; /* of each label                                                 */
} parser;

static void fill(const parser *p, dl_arcs *a, dl_span s)
{
    const dl_toks *t = &p->b->d.toks;
    for (uint32_t i = 0; i < a->n; i++) {
        dl_lex x = dl_lex_of(dl_tok_text(&p->b->d, s.beg + i));
        dl_lex_group(&x, &p->groups);
        dl_arcs_word(a, i, &x, t->xpos[s.beg + i], t->upos[s.beg + i]);
    }
}

static dl_move best_move(const parser *p, const dl_arcs *a)
{
    int32_t score[DL_LABELS_MAX];
    dl_feats f;
    dl_move best = DL_MOVES;
    f.n = 0;
    dl_arcs_features(a, &f);
    dl_linear_score(&p->moves, f.h, f.n, score);
    for (dl_move m = DL_SHIFT; m < DL_MOVES; m++)
        if (dl_arcs_may(a, m) && (best == DL_MOVES || score[m] > score[best])) best = m;
    return best;
}

/* Whether a dependent of the node has the relation. */
static bool has(const dl_arcs *a, uint32_t node, dl_rel rel)
{
    return ((a->node[node].labels_l | a->node[node].labels_r) >> rel & 1) != 0;
}

/* A clause with a conjunction of its own ("that", "because") but no "and" is no conjunct of a clause
 * that has none. */
static bool no_conjunct(const dl_arcs *a, uint32_t head, uint32_t dep)
{
    return has(a, dep, DL_REL_MARK) && !has(a, dep, DL_REL_CC) && !has(a, head, DL_REL_MARK);
}

static uint8_t best_rel(const parser *p, const dl_arcs *a, dl_move m)
{
    uint32_t head, dep;
    dl_arcs_arc(a, m, &head, &dep);
    if (head == a->n) return DL_REL_ROOT;
    int32_t score[DL_LABELS_MAX];
    dl_feats f;
    f.n = 0;
    dl_arcs_label_features(a, head, dep, &f);
    dl_linear_score(&p->labels, f.h, f.n, score);
    uint32_t best = dl_linear_best(score, p->labels.n_labels);
    if (p->rel[best] == DL_REL_CONJ && no_conjunct(a, head, dep)) {
        score[best] = INT32_MIN;
        best = dl_linear_best(score, p->labels.n_labels);
    }
    return p->rel[best];
}

static bool one_choice(const dl_arcs *a, dl_move *only)
{
    unsigned n = 0;
    for (dl_move m = DL_SHIFT; m < DL_MOVES; m++)
        if (dl_arcs_may(a, m)) {
            *only = m;
            n++;
        }
    return n == 1;
}

static void parse(parser *p, dl_span s)
{
    dl_arena_mark here = dl_arena_here(&p->b->scratch);
    dl_arcs a;
    if (dl_arcs_init(&a, &p->b->scratch, dl_span_len(s))) {
        fill(p, &a, s);
        while (!dl_arcs_done(&a)) {
            dl_move m;
            if (!one_choice(&a, &m)) m = best_move(p, &a);
            dl_arcs_make(&a, m, m == DL_SHIFT ? 0 : best_rel(p, &a, m));
        }
        for (uint32_t i = 0; i < a.n; i++) {
            p->b->d.toks.head[s.beg + i] = a.node[i].head == a.n ? s.beg + i : s.beg + a.node[i].head;
            p->b->d.toks.rel[s.beg + i] = a.node[i].rel;
        }
    }
    dl_arena_back(&p->b->scratch, here);
}

dl_status dl_trees_find(dl_build *b, const dl_models *m)
{
    parser p = { .b = b, .groups = dl_clusters_open(m) };
    if (!dl_linear_open(&p.moves, m, "trees/moves") || !dl_linear_open(&p.labels, m, "trees/labels") ||
        p.moves.n_labels != DL_MOVES)
        return dl_build_status(b);
    for (uint32_t i = 0; i < p.labels.n_labels; i++) {
        dl_rel r = dl_rel_of(dl_linear_label(&p.labels, i));
        p.rel[i] = (uint8_t)(r == DL_REL_NONE || r == DL_REL_ROOT ? DL_REL_DEP : r);
    }
    for (uint32_t i = 0; i < b->d.sents.n; i++) parse(&p, b->d.sents.tok[i]);
    return dl_build_status(b);
}

/* Whether `tok` stands below `top`: heads are followed upwards, at most DL_SENT_MAX of them. */
static bool below(const dl_doc *d, uint32_t tok, uint32_t top, uint32_t most)
{
    while (most--) {
        if (tok == top) return true;
        uint32_t head = d->toks.head[tok];
        if (head == tok || head >= d->toks.n) return false;
        tok = head;
    }
    return false;
}

dl_span dl_tree_span(const dl_doc *d, uint32_t tok)
{
    uint32_t s = dl_sent_of_tok(d, tok);
    dl_span out = d->toks.span[tok];
    if (s == DL_NONE) return out;
    dl_span in = d->sents.tok[s];
    for (uint32_t t = in.beg; t < in.end; t++)
        if (below(d, t, tok, DL_SENT_MAX)) {
            out.beg = d->toks.span[t].beg < out.beg ? d->toks.span[t].beg : out.beg;
            out.end = d->toks.span[t].end > out.end ? d->toks.span[t].end : out.end;
        }
    return out;
}

uint32_t dl_tree_child(const dl_doc *d, uint32_t tok, dl_rel rel)
{
    uint32_t s = dl_sent_of_tok(d, tok);
    if (s == DL_NONE) return DL_NONE;
    for (uint32_t t = d->sents.tok[s].beg; t < d->sents.tok[s].end; t++)
        if (t != tok && d->toks.head[t] == tok && (d->toks.rel[t] == rel || dl_rel_base((dl_rel)d->toks.rel[t]) == rel)) return t;
    return DL_NONE;
}
