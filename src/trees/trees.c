/* trees.c: every word is scored as the head of every other, the best tree is taken, and each arc is given its relation.
 * And asking of trees. */
#include "trees/trees.h"

#include "base/limits.h"
#include "encode/near.h"
#include "learn/wide.h"
#include "tags/tags.h"
#include "trees/spanning.h"

/* One sentence. */
typedef struct job {
    const dl_parser *p;
    dl_arena *a;
    size_t n, d;
    uint16_t *head; /* [n]                                                                         */
    uint8_t *rel;   /* [n]                                                                         */
} job;

bool dl_parser_open(dl_parser *p, const dl_net *net, const dl_models *m, const char *network)
{
    *p = (dl_parser){ .root = dl_models_part(m, network, "root") };
    const uint32_t d = net->d;
    if (p->root.len != d || !dl_mat_view(&p->down, dl_models_part(m, network, "down"), d, 0)) return false;
    const uint32_t arcs = p->arcs = p->down.out;
    return arcs % 16 == 0 && arcs < 128 && dl_mat_view(&p->up, dl_models_part(m, network, "up"), d, arcs + 1) &&
           dl_mat_view(&p->near, dl_models_part(m, network, "near"), arcs, DL_NEAR) &&
           dl_mat_view(&p->rel_up, dl_models_part(m, network, "rel_up"), d, arcs) &&
           dl_mat_view(&p->rel_down, dl_models_part(m, network, "rel_down"), d, arcs) &&
           dl_mat_view(&p->rel, dl_models_part(m, network, "rel"), arcs, DL_RELS);
}

static float *product(const job *j, const dl_mat *m, const uint8_t *x, size_t width, size_t n)
{
    float *y = dl_arena_raw(j->a, n, m->pad * sizeof *y);
    if (y) dl_mat_mul(m, x, width, n, y);
    return y;
}

/* tanh of the first `arcs` columns, as inputs of the next matrix. */
static uint8_t *bent(const job *j, const float *y, size_t ld, size_t n)
{
    uint8_t *x = y ? dl_arena_raw(j->a, n, j->p->arcs * sizeof *x) : NULL;
    for (size_t i = 0; x && i < n; i++) dl_net_bend(y + i * ld, j->p->arcs, x + i * j->p->arcs);
    return x;
}

/* Steps of 1/1024, within 2^24. */
static int32_t fixed(float v) { return (int32_t)((v > 16000.0f ? 16000.0f : v < -16000.0f ? -16000.0f : v) * 1024.0f); }

/* Over the products of word i with each head: their scores, with what the head and the distance are worth. */
static void add_place(const dl_parser *p, size_t i, size_t n, const float *up, const float *near, int32_t *score)
{
    for (size_t k = 0; k <= n; k++) {
        const float of_pair = (float)score[k] * (1.0f / ((float)DL_STATE_ONE * (float)DL_STATE_ONE));
        score[k] = fixed(of_pair + up[k * p->up.pad + p->arcs] + near[dl_near((uint32_t)i + 1, (uint32_t)k)]);
    }
}

/* x: the root's state and those of the words. */
static bool choose_heads(const job *j, const uint8_t *x)
{
    const dl_parser *p = j->p;
    const size_t n = j->n;
    const float *up = product(j, &p->up, x, j->d, n + 1), *down = product(j, &p->down, x + j->d, j->d, n);
    const uint8_t *h = bent(j, up, p->up.pad, n + 1), *w = bent(j, down, p->down.pad, n);
    const float *near = w ? product(j, &p->near, w, p->arcs, n) : NULL;
    int32_t *score = dl_arena_raw(j->a, n, (n + 1) * sizeof *score);
    if (!h || !w || !near || !score) return false;
    dl_mat_pairs(w, n, h, n + 1, p->arcs, score, n + 1);
    for (size_t i = 0; i < n; i++) add_place(p, i, n, up, near + i * p->near.pad, score + i * (n + 1));
    return dl_spanning_tree(score, n, n + 1, j->a, j->head);
}

static uint8_t best_rel(const float *y, bool root)
{
    uint32_t at = DL_REL_ROOT + 1;
    for (uint32_t r = at; !root && r < DL_RELS; r++)
        if (y[r] > y[at]) at = r;
    return (uint8_t)(root ? DL_REL_ROOT : at);
}

DL_WIDE static void add(const float *restrict a, const float *restrict b, size_t n, float *restrict sum)
{
    for (size_t k = 0; k < n; k++) sum[k] = a[k] + b[k];
}

static bool choose_rels(const job *j, const uint8_t *x)
{
    const dl_parser *p = j->p;
    const float *up = product(j, &p->rel_up, x, j->d, j->n + 1), *down = product(j, &p->rel_down, x + j->d, j->d, j->n);
    float *both = dl_arena_raw(j->a, j->n, p->arcs * sizeof *both);
    if (!up || !down || !both) return false;
    for (size_t i = 0; i < j->n; i++)
        add(up + j->head[i] * p->rel_up.pad, down + i * p->rel_down.pad, p->arcs, both + i * p->arcs);
    const uint8_t *hidden = bent(j, both, p->arcs, j->n);
    const float *y = hidden ? product(j, &p->rel, hidden, p->arcs, j->n) : NULL;
    for (size_t i = 0; y && i < j->n; i++) j->rel[i] = best_rel(y + i * p->rel.pad, j->head[i] == 0);
    return y != NULL;
}

/* A verb has one object: "met chancellor Karl Vogt" is Vogt, and what he is. Heads count from 1. */
static void join_titles(const job *j, const uint8_t *xpos)
{
    for (size_t i = 0; i + 1 < j->n; i++) {
        if (j->rel[i] != DL_REL_OBJ || j->rel[i + 1] != DL_REL_OBJ || j->head[i] != j->head[i + 1]) continue;
        if (!dl_xpos_noun(xpos[i]) || xpos[i + 1] != DL_XPOS_NNP) continue;
        j->head[i] = (uint16_t)(i + 2);
        j->rel[i] = DL_REL_NMOD_DESC;
    }
}

bool dl_parser_put(const dl_parser *p, dl_build *b, dl_span sent, uint8_t *x, size_t d)
{
    const dl_arena_mark here = dl_arena_here(&b->scratch);
    job j = { .p = p, .a = &b->scratch, .n = dl_span_len(sent), .d = d, .rel = b->d.toks.rel + sent.beg };
    j.head = dl_arena_raw(j.a, j.n + 1, sizeof *j.head);
    memcpy(x, p->root.p, p->root.len);
    const bool ok = j.head && choose_heads(&j, x) && choose_rels(&j, x);
    if (ok) join_titles(&j, b->d.toks.xpos + sent.beg);
    for (uint32_t i = 0; ok && i < j.n; i++) b->d.toks.head[sent.beg + i] = j.head[i] ? sent.beg + j.head[i] - 1u : sent.beg + i;
    memset(x, DL_STATE_ZERO, d);
    dl_arena_back(&b->scratch, here);
    return ok;
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
