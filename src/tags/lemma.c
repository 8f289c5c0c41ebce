/* lemma.c: dictionary forms by learnt edits. */
#include "tags/lemma.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "tags/tags.h"

enum { T_FORM, T_ENDING, T_TAG = 8 };

dl_str dl_lemma_base(char *out, dl_str form, uint32_t xpos)
{
    size_t n = 0;
    bool keep = dl_xpos_proper((int)xpos);
    for (size_t at = 0; at < form.len && n < DL_LEMMA_MAX;) {
        uint32_t cp = dl_utf8_next(form, &at);
        if (cp == 0x2019) cp = '\'';
        n += dl_utf8_put(out + n, keep ? cp : cp < 0x80 ? (uint32_t)(unsigned char)dl_lower((char)cp) : dl_cp_fold(cp));
    }
    return (dl_str){ out, n };
}

void dl_lemma_features(dl_str form, uint32_t xpos, dl_feats *f)
{
    dl_feat_add(f, dl_feat(T_TAG, xpos));
    dl_feat_add(f, dl_feat2(T_FORM, xpos, dl_hash_str(form)));
    for (size_t k = 1; k < 7 && k <= form.len; k++)
        dl_feat_add(f, dl_feat3(T_ENDING, xpos, k, dl_hash_str(dl_str_cut(form, form.len - k, form.len))));
}

bool dl_lemma_edit(char *out, dl_str base, dl_str edit, dl_str *lemma)
{
    size_t plus = dl_str_find(edit, DL_STR("+"), 0);
    uint64_t off;
    if (plus == SIZE_MAX || !dl_str_number(dl_str_cut(edit, 0, plus), DL_LEMMA_MAX, &off) || off > base.len) return false;
    dl_str add = dl_str_cut(edit, plus + 1, edit.len);
    size_t keep = base.len - (size_t)off;
    if (keep < base.len && ((unsigned char)base.p[keep] & 0xc0) == 0x80) return false; /* within a character */
    if (keep + add.len > DL_LEMMA_MAX || keep + add.len == 0) return false;
    memmove(out, base.p, keep);
    memcpy(out + keep, add.p, add.len);
    *lemma = (dl_str){ out, keep + add.len };
    return true;
}

/* Words that have forms; the rest are lowered, proper nouns kept. */
static bool inflects(uint32_t x)
{
    switch (x) {
    case DL_XPOS_NNS:
    case DL_XPOS_NNPS:
    case DL_XPOS_VB:
    case DL_XPOS_VBD:
    case DL_XPOS_VBG:
    case DL_XPOS_VBN:
    case DL_XPOS_VBP:
    case DL_XPOS_VBZ:
    case DL_XPOS_MD:
    case DL_XPOS_JJR:
    case DL_XPOS_JJS:
    case DL_XPOS_RBR:
    case DL_XPOS_RBS:
    case DL_XPOS_RB:
    case DL_XPOS_PRP:
    case DL_XPOS_PRPS:
    case DL_XPOS_POS:
    case DL_XPOS_DT:
    case DL_XPOS_IN:
    case DL_XPOS_UH:
    case DL_XPOS_TO:
    case DL_XPOS_CC: return true;
    default: return false;
    }
}

/* What treebanks write for words that are no matter of endings: "I" for I and me, quotation marks and
 * dashes as on a typewriter, figures without commas; p NULL: none of these. `out` has room for the base. */
static dl_str plain(char *out, dl_str base, uint32_t xpos)
{
    const dl_str none = { NULL, 0 };
    switch (xpos) {
    case DL_XPOS_PRP: return dl_str_eq(base, DL_STR("i")) || dl_str_eq(base, DL_STR("me")) ? DL_STR("I") : none;
    case DL_XPOS_OPEN:
    case DL_XPOS_CLOSE:
        if (dl_str_eq(base, DL_STR("\u201c")) || dl_str_eq(base, DL_STR("\u201d"))) return DL_STR("\"");
        return dl_str_eq(base, DL_STR("\u2018")) ? DL_STR("'") : none;
    case DL_XPOS_HYPH:
    case DL_XPOS_COLON: return dl_str_eq(base, DL_STR("\u2013")) ? DL_STR("-") : none;
    case DL_XPOS_CD: break;
    default: return none;
    }
    size_t n = 0;
    for (size_t i = 0; i < base.len; i++) {
        const bool comma = base.p[i] == ',' && i && dl_is_digit((unsigned char)base.p[i - 1]) && i + 1 < base.len;
        if (!comma) out[n++] = base.p[i];
    }
    return n < base.len ? (dl_str){ out, n } : none;
}

static dl_ref make(dl_build *b, const dl_linear *w, const dl_str *edits, dl_str form, uint32_t xpos)
{
    char low[DL_LEMMA_MAX + 4], out[DL_LEMMA_MAX + 4];
    dl_str base = dl_lemma_base(low, form, xpos), lemma = plain(out, base, xpos);
    if (!lemma.p) lemma = base;
    if (lemma.p == base.p && w->n_labels && inflects(xpos)) {
        dl_feats f;
        f.n = 0;
        int32_t score[DL_LABELS_MAX];
        dl_lemma_features(base, xpos, &f);
        dl_linear_score(w, f.h, f.n, score);
        dl_lemma_edit(out, base, edits[dl_linear_best(score, w->n_labels)], &lemma);
    }
    return dl_str_eq(lemma, form) ? (dl_ref){ 0, 0 } : dl_put(b, lemma);
}

void dl_lemmas_find(dl_build *b, const dl_models *m)
{
    dl_linear w;
    dl_linear_open(&w, m, "tags/lemmas");
    dl_str edits[DL_LABELS_MAX];
    const char *name = w.names; /* dl_linear_label would walk there anew for each */
    for (uint32_t i = 0; i < w.n_labels; i++) {
        edits[i] = dl_str_of(name);
        name += edits[i].len + 1;
    }
    dl_arena_mark here = dl_arena_here(&b->scratch);
    dl_map seen; /* form and tag -> token that has it already                                    */
    dl_map_init(&seen, &b->scratch);
    for (uint32_t t = 0; t < b->d.toks.n; t++) {
        dl_str form = dl_tok_text(&b->d, t);
        uint32_t xpos = b->d.toks.xpos[t];
        if (form.len > DL_LEMMA_MAX) continue;
        uint32_t *first = dl_map_put(&seen, dl_hash(form.p, form.len, xpos), t);
        if (!first) break;
        b->d.toks.lemma[t] = *first == t ? make(b, &w, edits, form, xpos) : b->d.toks.lemma[*first];
    }
    dl_arena_back(&b->scratch, here);
}
