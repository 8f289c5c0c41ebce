/* tags.c: tags and parts of names from states. */
#include "tags/tags.h"

#include "learn/learn.h"
#include "learn/wide.h"

/* Scores as whole numbers: steps of 1/4096. */
static int32_t fixed(float v) { return (int32_t)(v * 4096.0f); }

bool dl_tagger_open(dl_tagger *t, const dl_net *net, const dl_models *m, const char *network)
{
    const dl_str chain = dl_models_part(m, network, "chain");
    if (chain.len != sizeof t->chain) return false;
    for (uint32_t x = 0; x <= DL_BIOS; x++)
        for (uint32_t y = 0; y < DL_BIOS; y++) {
            float v;
            memcpy(&v, chain.p + (x * DL_BIOS + y) * sizeof v, sizeof v);
            t->chain[x * DL_BIOS + y] = dl_bio_follows(y, x == DL_BIOS ? 0 : x) ? fixed(v) : DL_FORBIDDEN;
        }
    return dl_mat_view(&t->tags, dl_models_part(m, network, "tags"), net->d, DL_TAGS_COLS) &&
           dl_mat_view(&t->names, dl_models_part(m, network, "names"), net->d, DL_BIOS);
}

DL_WIDE static void fix(const float *restrict y, size_t n, int32_t *restrict score)
{
    for (size_t j = 0; j < n; j++) score[j] = fixed(y[j]);
}

/* What the matrix makes of the states: [n][cols] whole numbers; NULL: no memory. */
static int32_t *scores(const dl_mat *m, dl_arena *a, const uint8_t *x, size_t d, size_t n, size_t cols)
{
    float *y = dl_arena_raw(a, n, m->pad * sizeof *y);
    int32_t *score = dl_arena_raw(a, n, cols * sizeof *score);
    if (!y || !score) return NULL;
    dl_mat_mul(m, x, d, n, y);
    for (size_t i = 0; i < n; i++) fix(y + i * m->pad, cols, score + i * cols);
    return score;
}

bool dl_tagger_put(const dl_tagger *t, dl_build *b, dl_span sent, const uint8_t *x, size_t d)
{
    const uint32_t n = dl_span_len(sent), cols = t->tags.out;
    const dl_arena_mark here = dl_arena_here(&b->scratch);
    const int32_t *tags = scores(&t->tags, &b->scratch, x, d, n, cols), *names = scores(&t->names, &b->scratch, x, d, n, DL_BIOS);
    for (uint32_t i = 0; tags && i < n; i++) {
        /* The first of each set is no tag. */
        const int32_t *xpos = tags + (size_t)i * cols + 1, *upos = xpos + DL_TAGS_UPOS;
        b->d.toks.xpos[sent.beg + i] = (uint8_t)(1 + dl_linear_best(xpos, DL_XPOSES - 1));
        b->d.toks.upos[sent.beg + i] = (uint8_t)(1 + dl_linear_best(upos, DL_UPOSES - 1));
    }
    const bool ok = tags && names && dl_viterbi(names, t->chain, n, DL_BIOS, &b->scratch, b->d.toks.bio + sent.beg);
    dl_arena_back(&b->scratch, here);
    return ok;
}

dl_str dl_tok_lemma(const dl_doc *d, uint32_t tok)
{
    dl_ref r = d->toks.lemma[tok];
    return r.end > r.beg ? dl_doc_str(d, r) : dl_tok_text(d, tok);
}
