/* tags.c: the stage: tags from left to right, greedily, then lemmas. */
#include "tags/tags.h"

#include "tags/features.h"
#include "tags/lemma.h"

typedef struct tagger {
    dl_build *b;
    dl_linear w;
    dl_clusters groups, lexicon;
    uint8_t xpos[DL_LABELS_MAX], upos[DL_LABELS_MAX]; /* of each label                           */
} tagger;

/* Labels are "XPOS UPOS". */
static void open_labels(tagger *t)
{
    for (uint32_t i = 0; i < t->w.n_labels; i++) {
        dl_str rest = dl_linear_label(&t->w, i), xpos;
        if (!dl_str_next(&rest, ' ', &xpos)) continue;
        t->xpos[i] = (uint8_t)dl_xpos_of(xpos);
        t->upos[i] = (uint8_t)dl_upos_of(rest);
    }
}

/* The words of a sentence between their edges; NULL: no memory. */
static const dl_lex *words(const tagger *t, dl_span s)
{
    dl_build *b = t->b;
    uint32_t n = dl_span_len(s);
    dl_lex *w = dl_arena_raw(&b->scratch, (size_t)n + 2 * DL_TAG_EDGE, sizeof *w);
    if (!w) return NULL;
    for (unsigned k = 0; k < DL_TAG_EDGE; k++) {
        w[k] = dl_lex_edge(0);
        w[n + DL_TAG_EDGE + k] = dl_lex_edge(1);
    }
    for (uint32_t i = 0; i < n; i++) {
        w[DL_TAG_EDGE + i] = dl_tag_word(dl_tok_text(&b->d, s.beg + i), &t->groups, &t->lexicon);
        if (!(b->d.toks.flags[s.beg + i] & DL_TOK_SPACE)) w[DL_TAG_EDGE + i].flags |= DL_LEX_GLUES;
    }
    dl_tag_places(w + DL_TAG_EDGE, n);
    return w + DL_TAG_EDGE;
}

static uint32_t judge(const tagger *t, const dl_lex *w, uint32_t i, uint32_t n, uint32_t one, uint32_t two)
{
    dl_feats f;
    int32_t score[DL_LABELS_MAX];
    f.n = 0;
    dl_tag_static(w, i, n, &f);
    dl_tag_history(w, i, one, two, &f);
    dl_linear_score(&t->w, f.h, f.n, score);
    return dl_linear_best(score, t->w.n_labels);
}

static void tag_sentence(tagger *t, dl_span s)
{
    dl_arena_mark here = dl_arena_here(&t->b->scratch);
    const dl_lex *w = words(t, s);
    uint32_t one = DL_NONE, two = DL_NONE, n = dl_span_len(s);
    for (uint32_t i = 0; w && i < n; i++) {
        uint32_t best = dl_tag_sure(&w[i]);
        if (best >= t->w.n_labels) best = judge(t, w, i, n, one, two);
        t->b->d.toks.xpos[s.beg + i] = t->xpos[best];
        t->b->d.toks.upos[s.beg + i] = t->upos[best];
        two = one;
        one = best;
    }
    dl_arena_back(&t->b->scratch, here);
}

dl_status dl_tags_find(dl_build *b, const dl_models *m)
{
    tagger t = { .b = b, .groups = dl_clusters_open(m), .lexicon = dl_clusters_of_section(m, DL_TAG_LEXICON) };
    if (!dl_linear_open(&t.w, m, "tags/weights")) return dl_build_status(b);
    open_labels(&t);
    for (uint32_t i = 0; i < b->d.sents.n; i++) tag_sentence(&t, b->d.sents.tok[i]);
    dl_lemmas_find(b, m);
    return dl_build_status(b);
}

dl_str dl_tok_lemma(const dl_doc *d, uint32_t tok)
{
    dl_ref r = d->toks.lemma[tok];
    return r.end > r.beg ? dl_doc_str(d, r) : dl_tok_text(d, tok);
}
