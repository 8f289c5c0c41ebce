/* features.c: templates of the tagger, after Ratnaparkhi 1996 and Collins 2002. */
#include "tags/features.h"

enum {
    T_BIAS,
    T_FORM,
    T_LOWER,
    T_SUF,     /* 1 to 4 */
    T_PRE = 7, /* 1 to 3 */
    T_SHAPE = 10,
    T_FLAGS,
    T_LAST,
    T_LAST2,
    T_NEXT,
    T_NEXT2,
    T_LAST_SUF,
    T_NEXT_SUF,
    T_NEXT_SUF2,
    T_LAST_SHAPE,
    T_NEXT_SHAPE,
    T_LAST_HERE,
    T_HERE_NEXT,
    T_LAST_NEXT,
    T_NEXT_NEXT2,
    T_LAST_LAST2,
    T_TAG,
    T_TAG2,
    T_TAG_TAG2,
    T_TAG_HERE,
    T_TAG_NEXT,
    T_TAG_SUF,
    T_TAG_TAG2_HERE,
    T_TAG_NEXT_SUF,
    T_LOWER_SUF_NEXT,
    T_FINE,
    T_COARSE,
    T_LAST_FINE,
    T_NEXT_FINE,
    T_LAST2_FINE,
    T_NEXT2_FINE,
    T_CASE,
    T_LAST_COARSE,
    T_NEXT_COARSE,
    T_COARSES,
    T_TAG_FINE,
    T_TAG_NEXT_FINE,
    T_TAG_TAG2_FINE,
    T_NEXT_KNOWN,
    T_NEXT2_KNOWN,
    T_KNOWN_NEXT,
    T_KNOWNS,
    T_TAG_NEXT_KNOWN,
    T_TAG_KNOWN_NEXT,
    T_TAG_NEXT_NEXT2,
    T_PLACE,
    T_PLACE_SHAPE,
    T_TEMPLATES
};

dl_lex dl_tag_word(dl_str form, const dl_clusters *groups, const dl_clusters *lexicon)
{
    dl_lex x = dl_lex_of(form);
    dl_lex_group(&x, groups);
    x.known = dl_clusters_of(lexicon, x.form);
    /* A capital at the head of a sentence: what the small form is. */
    if (!x.known.fine && x.form != x.lower) {
        x.known = dl_clusters_of(lexicon, x.lower);
        x.known.kase = 0;
    }
    return x;
}

void dl_tag_places(dl_lex *w, uint32_t n)
{
    const uint64_t mark = dl_lex_of(DL_STR("\"")).form;
    bool odd = false;
    for (uint32_t i = 0; i < n; i++) {
        if (i && (w[i - 1].flags & DL_LEX_GLUES)) w[i].flags |= DL_LEX_GLUED;
        if (odd) w[i].flags |= DL_LEX_QUOTED;
        if (w[i].form == mark) odd = !odd;
    }
}

void dl_tag_static(const dl_lex *w, uint32_t i, uint32_t n, dl_feats *f)
{
    const dl_lex *x = w + i, *l = x - 1, *r = x + 1;
    /* A capital tells less at the head of a sentence. */
    const uint64_t place = x->flags & (DL_LEX_GLUED | DL_LEX_GLUES | DL_LEX_QUOTED);
    const uint64_t flags = (x->flags & 63u) | (i == 0 ? 64u : 0) | (n == 1 ? 128u : 0);
    dl_feat_add(f, dl_feat(T_BIAS, 0));
    dl_feat_add(f, dl_feat(T_FORM, x->form));
    dl_feat_add(f, dl_feat(T_LOWER, x->lower));
    for (unsigned k = 0; k < 4; k++)
        if (x->suf[k]) dl_feat_add(f, dl_feat2(T_SUF + k, x->suf[k], x->flags & DL_LEX_UPPER));
    for (unsigned k = 0; k < 3; k++)
        if (x->pre[k]) dl_feat_add(f, dl_feat(T_PRE + k, x->pre[k]));
    dl_feat_add(f, dl_feat(T_SHAPE, x->shape));
    dl_feat_add(f, dl_feat(T_FLAGS, flags));
    dl_feat_add(f, dl_feat(T_LAST, l->lower));
    dl_feat_add(f, dl_feat(T_LAST2, l[-1].lower));
    dl_feat_add(f, dl_feat(T_NEXT, r->lower));
    dl_feat_add(f, dl_feat(T_NEXT2, r[1].lower));
    dl_feat_add(f, dl_feat(T_LAST_SUF, l->suf[2]));
    dl_feat_add(f, dl_feat(T_NEXT_SUF, r->suf[2]));
    dl_feat_add(f, dl_feat(T_NEXT_SUF2, r->suf[1]));
    dl_feat_add(f, dl_feat2(T_LAST_SHAPE, l->shape, x->shape));
    dl_feat_add(f, dl_feat2(T_NEXT_SHAPE, r->shape, x->shape));
    dl_feat_add(f, dl_feat2(T_LAST_HERE, l->lower, x->lower));
    dl_feat_add(f, dl_feat2(T_HERE_NEXT, x->lower, r->lower));
    dl_feat_add(f, dl_feat2(T_LAST_NEXT, l->lower, r->lower));
    dl_feat_add(f, dl_feat2(T_NEXT_NEXT2, r->lower, r[1].lower));
    dl_feat_add(f, dl_feat2(T_LAST_LAST2, l->lower, l[-1].lower));
    if (!(x->flags & DL_LEX_LETTER)) {
        dl_feat_add(f, dl_feat2(T_PLACE, x->form, place));
        dl_feat_add(f, dl_feat3(T_PLACE_SHAPE, x->form, place, r->shape));
    }
    dl_feat_add(f, dl_feat2(T_LOWER_SUF_NEXT, x->lower, r->suf[1]));
    dl_feat_add(f, dl_feat2(T_FINE, x->group.fine, x->flags & DL_LEX_UPPER));
    dl_feat_add(f, dl_feat(T_LAST_FINE, l->group.fine));
    dl_feat_add(f, dl_feat(T_NEXT_FINE, r->group.fine));
    dl_feat_add(f, dl_feat(T_LAST2_FINE, l[-1].group.fine));
    dl_feat_add(f, dl_feat(T_NEXT2_FINE, r[1].group.fine));
    dl_feat_add(f, dl_feat2(T_CASE, x->group.kase, flags));
    dl_feat_add(f, dl_feat2(T_COARSE, x->group.coarse, x->suf[2]));
    dl_feat_add(f, dl_feat2(T_LAST_COARSE, l->group.fine, x->group.fine));
    dl_feat_add(f, dl_feat2(T_NEXT_COARSE, x->group.fine, r->group.fine));
    dl_feat_add(f, dl_feat(T_NEXT_KNOWN, r->known.fine));
    dl_feat_add(f, dl_feat(T_NEXT2_KNOWN, r[1].known.fine));
    dl_feat_add(f, dl_feat2(T_KNOWN_NEXT, x->lower, r->known.fine));
    dl_feat_add(f, dl_feat3(T_KNOWNS, x->known.fine, r->known.fine, r[1].known.fine));
    dl_feat_add(f, dl_feat3(T_COARSES, l->group.coarse, x->group.coarse, r->group.coarse));
}

void dl_tag_history(const dl_lex *w, uint32_t i, uint32_t one, uint32_t two, dl_feats *f)
{
    const dl_lex *x = w + i;
    dl_feat_add(f, dl_feat(T_TAG, one));
    dl_feat_add(f, dl_feat(T_TAG2, two));
    dl_feat_add(f, dl_feat2(T_TAG_TAG2, one, two));
    dl_feat_add(f, dl_feat2(T_TAG_HERE, one, x->lower));
    dl_feat_add(f, dl_feat2(T_TAG_NEXT, one, x[1].lower));
    dl_feat_add(f, dl_feat2(T_TAG_SUF, one, x->suf[2]));
    dl_feat_add(f, dl_feat3(T_TAG_TAG2_HERE, one, two, x->lower));
    dl_feat_add(f, dl_feat2(T_TAG_FINE, one, x->group.fine));
    dl_feat_add(f, dl_feat3(T_TAG_NEXT_FINE, one, x->group.coarse, x[1].group.fine));
    dl_feat_add(f, dl_feat3(T_TAG_TAG2_FINE, one, two, x->group.fine));
    dl_feat_add(f, dl_feat2(T_TAG_NEXT_KNOWN, one, x[1].known.fine));
    dl_feat_add(f, dl_feat3(T_TAG_KNOWN_NEXT, one, x->known.fine, x[1].known.fine));
    dl_feat_add(f, dl_feat3(T_TAG_NEXT_NEXT2, one, x[1].known.fine, x[2].known.fine));
    dl_feat_add(f, dl_feat3(T_TAG_NEXT_SUF, one, x->suf[1], x[1].suf[1]));
}
