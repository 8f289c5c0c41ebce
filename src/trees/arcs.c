/* arcs.c: the transition system and its templates. */
#include "trees/arcs.h"

bool dl_arcs_init(dl_arcs *a, dl_arena *arena, uint32_t n)
{
    a->n = n;
    a->depth = a->next = 0;
    a->node = dl_arena_get(arena, (size_t)n + 2, sizeof *a->node);
    a->stack = dl_arena_raw(arena, (size_t)n + 1, sizeof *a->stack);
    if (!a->node || !a->stack) return false;
    for (uint32_t i = 0; i < n + 2; i++) {
        dl_node *x = &a->node[i];
        x->head = x->left = x->left2 = x->right = x->right2 = n + 1;
    }
    const dl_lex root = dl_lex_edge(0), none = dl_lex_edge(1);
    dl_arcs_word(a, n, &root, 60, 20);
    dl_arcs_word(a, n + 1, &none, 61, 21);
    return true;
}

void dl_arcs_word(dl_arcs *a, uint32_t i, const dl_lex *word, uint32_t xpos, uint32_t upos)
{
    a->node[i].word = word->lower;
    a->node[i].group = word->group.fine;
    a->node[i].coarse = word->group.coarse;
    a->node[i].tag = xpos | upos << 8;
    a->node[i].tagged = dl_feat(word->lower, a->node[i].tag);
}

void dl_arcs_arc(const dl_arcs *a, dl_move m, uint32_t *head, uint32_t *dep)
{
    *dep = a->stack[a->depth - 1];
    *head = m == DL_LEFT ? a->next : a->stack[a->depth - 2];
}

void dl_arcs_make(dl_arcs *a, dl_move m, uint8_t rel)
{
    if (m == DL_SHIFT) {
        a->stack[a->depth++] = a->next++;
        return;
    }
    uint32_t head, dep;
    dl_arcs_arc(a, m, &head, &dep);
    dl_node *h = &a->node[head], *d = &a->node[dep];
    d->head = head;
    d->rel = rel;
    if (m == DL_LEFT) {
        h->left2 = h->left;
        h->left = dep;
        h->n_left = (uint8_t)(h->n_left + (h->n_left < 7));
        h->labels_l |= UINT64_C(1) << rel % 64;
    } else {
        h->right2 = h->right;
        h->right = dep;
        h->n_right = (uint8_t)(h->n_right + (h->n_right < 7));
        h->labels_r |= UINT64_C(1) << rel % 64;
    }
    a->depth--;
}

static uint32_t distance(uint32_t from, uint32_t to)
{
    uint32_t d = to > from ? to - from : from - to;
    return d < 5 ? d : d < 8 ? 5 : d < 12 ? 6 : 7;
}

#define F1(t, x) dl_feat_add(f, dl_feat(t, x))
#define F2(t, x, y) dl_feat_add(f, dl_feat2(t, x, y))
#define F3(t, x, y, z) dl_feat_add(f, dl_feat3(t, x, y, z))

/* Three tags and a template in one value: no second round of hashing. */
static inline uint64_t tags(const dl_node *a, const dl_node *b, const dl_node *c)
{
    return (uint64_t)a->tag | (uint64_t)b->tag << 16 | (uint64_t)c->tag << 32;
}

static inline uint64_t labels(const dl_node *x) { return x->labels_l * UINT64_C(0xff51afd7ed558ccd) ^ x->labels_r; }

static void single(const dl_node *s0, const dl_node *s1, const dl_node *s2, const dl_node *b0, const dl_node *b1,
                   const dl_node *b2, dl_feats *f)
{
    F1(1, s0->word);
    F1(2, s0->tagged);
    F1(3, s1->word);
    F1(4, s1->tagged);
    F1(5, s2->tagged);
    F1(6, b0->word);
    F1(7, b0->tagged);
    F1(8, b1->word);
    F1(9, b1->tagged);
    F1(10, b2->tagged);
    F1(11, s0->tag);
    F1(12, s1->tag);
    F1(13, b0->tag);
    F1(14, b1->tag);
    F1(15, s2->tag | b2->tag << 16);
}

static void pairs(const dl_node *s0, const dl_node *s1, const dl_node *b0, const dl_node *b1, uint64_t d0, uint64_t d1,
                  dl_feats *f)
{
    F2(20, s0->tagged, b0->tagged);
    F2(21, s0->tagged, b0->tag);
    F2(22, s0->tag, b0->tagged);
    F2(23, s0->word, b0->word);
    F1(24, (uint64_t)s0->tag | (uint64_t)b0->tag << 16 | d0 << 32);
    F2(25, s1->tagged, s0->tagged);
    F2(26, s1->tagged, s0->tag);
    F2(27, s1->tag, s0->tagged);
    F2(28, s1->word, s0->word);
    F1(29, (uint64_t)s1->tag | (uint64_t)s0->tag << 16 | d1 << 32);
    F2(30, b0->tagged, b1->tag);
    F2(31, b0->tag, b1->tagged);
    F1(32, (uint64_t)b0->tag | (uint64_t)b1->tag << 16);
    F2(33, s1->word, b0->word);
    F2(34, s0->word, b1->word);
    F2(35, s1->word, b0->tag);
    F2(36, s0->tagged, d0);
    F2(37, b0->tagged, d0);
    F2(38, s1->tagged, d1);
    F2(39, s0->tagged, d1);
}

static void triples(const dl_arcs *a, const dl_node *s0, const dl_node *s1, const dl_node *s2, const dl_node *b0,
                    const dl_node *b1, const dl_node *b2, dl_feats *f)
{
    const dl_node *node = a->node;
    F1(40, tags(b0, b1, b2));
    F1(41, tags(s0, b0, b1));
    F1(42, tags(s1, s0, b0));
    F1(43, tags(s2, s1, s0));
    F1(44, tags(s0, &node[s0->left], b0));
    F1(45, tags(s0, &node[s0->right], b0));
    F1(46, tags(s0, b0, &node[b0->left]));
    F1(47, tags(s1, &node[s1->right], s0));
    F1(48, tags(s1, &node[s1->left], s0));
    F1(49, tags(s1, s0, &node[s0->left]));
    F1(50, tags(s1, s0, &node[s0->right]));
    F1(51, tags(s0, &node[s0->left], &node[s0->left2]));
    F1(52, tags(s0, &node[s0->right], &node[s0->right2]));
    F1(53, tags(b0, &node[b0->left], &node[b0->left2]));
    F2(54, tags(s1, s0, b0), s0->word);
    F2(55, tags(s1, s0, b0), b0->word);
    F2(56, tags(s1, s0, b0), s1->word);
    F2(57, tags(s0, b0, b1), s0->word);
    F2(58, tags(s0, b0, b1), b0->word);
    F2(59, tags(s1, s0, b0), b1->tag);
}

static void children(const dl_arcs *a, const dl_node *s0, const dl_node *s1, const dl_node *b0, dl_feats *f)
{
    const dl_node *node = a->node;
    F2(60, s0->tag, node[s0->left].word);
    F2(61, s0->tag, node[s0->right].word);
    F2(62, b0->tag, node[b0->left].word);
    F2(63, s1->tag, node[s1->right].word);
    F2(64, s1->tag, node[s1->left].word);
    F1(65,
       (uint64_t)s0->tag | (uint64_t)node[s0->left].rel << 16 | (uint64_t)node[s0->right].rel << 24 | (uint64_t)b0->tag << 32);
    F1(66,
       (uint64_t)s1->tag | (uint64_t)node[s1->left].rel << 16 | (uint64_t)node[s1->right].rel << 24 | (uint64_t)s0->tag << 32);
    F1(67,
       (uint64_t)b0->tag | (uint64_t)node[b0->left].rel << 16 | (uint64_t)node[b0->left2].rel << 24 | (uint64_t)s0->tag << 32);
    F2(68, s0->tagged, (uint64_t)s0->n_left << 8 | s0->n_right);
    F2(69, s1->tagged, (uint64_t)s1->n_left << 8 | s1->n_right);
    F2(70, b0->tagged, b0->n_left);
    F2(71, s0->tag, labels(s0));
    F2(72, s1->tag, labels(s1));
    F2(73, b0->tag, b0->labels_l);
    F2(74, s0->word, labels(s0));
    F2(75, s1->word, labels(s1));
}

/* Clusters for words, and what the prepositions of dependents ask for. */
static void groups(const dl_arcs *a, const dl_node *s0, const dl_node *s1, const dl_node *b0, const dl_node *b1, dl_feats *f)
{
    const dl_node *p0 = &a->node[s0->left];
    F2(80, s0->group, b0->group);
    F2(81, s1->group, s0->group);
    F2(82, s0->group, b0->tag);
    F2(83, s0->tag, b0->group);
    F2(84, s1->group, s0->tag);
    F2(85, s1->tag, s0->group);
    F3(86, s0->group, b0->tag, b1->tag);
    F3(87, s1->group, s0->group, b0->coarse);
    F2(88, s1->word, p0->word);
    F2(89, s1->tagged, p0->word);
    F3(90, s1->group, p0->word, s0->group);
    F3(91, s1->tag, p0->word, s0->word);
    F3(92, s1->coarse << 8 | s0->coarse, b0->coarse << 8 | b1->coarse, s0->tag);
}

/* Words beside the two ends of an arc. */
static void beside(const dl_arcs *a, uint32_t i0, uint32_t i1, const dl_node *b0, dl_feats *f)
{
    const uint32_t none = a->n + 1;
    const dl_node *node = a->node, *s0 = &node[i0], *s1 = &node[i1], *before = &node[a->next ? a->next - 1 : none];
    F1(93, tags(s0, &node[i0 < a->n ? i0 + 1 : none], b0));
    F1(94, tags(s0, before, b0));
    F1(95, tags(s1, &node[i1 < a->n ? i1 + 1 : none], s0));
    F1(96, tags(&node[i0 && i0 < a->n ? i0 - 1 : none], s0, b0));
    F2(97, tags(s1, s0, before), b0->tag);
}

void dl_arcs_features(const dl_arcs *a, dl_feats *f)
{
    const uint32_t none = a->n + 1, i0 = a->depth > 0 ? a->stack[a->depth - 1] : none,
                   i1 = a->depth > 1 ? a->stack[a->depth - 2] : none;
    const dl_node *s0 = &a->node[i0], *s1 = &a->node[i1], *s2 = &a->node[a->depth > 2 ? a->stack[a->depth - 3] : none];
    const dl_node *b0 = &a->node[a->next], *b1 = &a->node[a->next + 1 < none ? a->next + 1 : none],
                  *b2 = &a->node[a->next + 2 < none ? a->next + 2 : none];
    const uint64_t d0 = i0 == none ? 0 : distance(i0, a->next), d1 = i1 == none ? 0 : distance(i1, i0);
    F1(0, 0);
    single(s0, s1, s2, b0, b1, b2, f);
    pairs(s0, s1, b0, b1, d0, d1, f);
    triples(a, s0, s1, s2, b0, b1, b2, f);
    children(a, s0, s1, b0, f);
    groups(a, s0, s1, b0, b1, f);
    beside(a, i0, i1, b0, f);
}

void dl_arcs_label_features(const dl_arcs *a, uint32_t head, uint32_t dep, dl_feats *f)
{
    const dl_node *node = a->node, *h = &node[head], *d = &node[dep];
    const uint32_t none = a->n + 1;
    const uint64_t side = (head < dep ? 8u : 0u) | distance(head, dep), way = head < dep;
    const dl_node *before = &node[dep ? dep - 1 : none], *after = &node[dep + 1 < a->n ? dep + 1 : none];
    const dl_node *near = &node[way ? h->right : h->left];
    F1(100, way);
    F2(101, h->tagged, way);
    F2(102, d->tagged, way);
    F2(103, h->word, way);
    F2(104, d->word, way);
    F1(105, (uint64_t)h->tag | (uint64_t)d->tag << 16 | side << 32);
    F1(106, (uint64_t)h->tag | (uint64_t)d->tag << 16 | way << 32);
    F3(107, h->tagged, d->tag, way);
    F3(108, h->tag, d->tagged, way);
    F3(109, h->word, d->word, way);
    F2(110, d->tag, node[d->left].word);
    F2(111, d->tag, node[d->right].word);
    F3(112, h->tag, d->tag, node[d->left].word);
    F3(113, h->word, d->tag, node[d->left].word);
    F1(114, tags(h, d, &node[d->left]));
    F1(115, tags(h, d, &node[d->right]));
    F1(116, tags(h, d, near));
    F2(117, tags(h, d, before), way);
    F2(118, tags(h, d, after), way);
    F3(119, d->tag, labels(d), way);
    F3(120, h->tag, labels(h), way << 16 | d->tag);
    F3(121, h->word, labels(h), way << 16 | d->tag);
    F3(122, h->tag, d->tag, (uint64_t)near->rel << 8 | side);
    F3(123, d->tagged, h->tag, near->rel);
    F2(124, d->word, before->word);
    F2(125, d->tagged, after->word);
    F3(126, d->tag, h->tag, (uint64_t)d->n_left << 8 | d->n_right);
    F3(127, d->word, node[d->left].word, way);
    F3(128, h->word, node[h->left].rel, d->tag);
    F3(129, h->group, d->group, way);
    F3(130, h->group, d->tag, way);
    F3(131, h->tag, d->group, way);
    F3(132, h->group, node[d->left].word, d->group);
    F3(133, h->tag, node[d->left].word, d->group);
    F3(134, d->group, node[d->left].word, way);
    F3(135, h->coarse << 8 | d->coarse, node[d->left].tag, d->tag);
    F3(136, d->group, h->tag, near->rel);
    F3(137, h->group, (uint64_t)h->n_left << 8 | h->n_right, way << 16 | d->tag);
}
