/* lemma.c: dictionary forms by a table and by learnt edits. */
#include "tags/lemma.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "tags/tags.h"

enum { T_FORM, T_ENDING, T_TAG = 8, T_CASE_FORM, T_CASE_ENDING, T_CASE_SHAPE };
enum { LOWER, KEEP }; /* the labels of `cases` */

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

/* ---- Capitals ---- */

bool dl_lemma_shouts(dl_str form)
{
    unsigned upper = 0;
    for (size_t i = 0; i < form.len; i++) {
        if (form.p[i] >= 'a' && form.p[i] <= 'z') return false;
        upper += form.p[i] >= 'A' && form.p[i] <= 'Z';
    }
    return upper > 1;
}

bool dl_lemma_cased(const dl_lemma_word *w)
{
    if (dl_xpos_proper((int)w->xpos) || w->xpos == DL_XPOS_PRP || w->form.len > DL_LEMMA_MAX) return false;
    for (size_t i = 0; i < w->form.len; i++)
        if (w->form.p[i] >= 'A' && w->form.p[i] <= 'Z') return true;
    return false;
}

void dl_lemma_case_features(const dl_lemma_word *w, dl_feats *f)
{
    const dl_str s = w->form;
    char low[DL_LEMMA_MAX + 4];
    const uint64_t h = dl_hash_str(dl_lemma_base(low, s, w->xpos)), place = (uint64_t)w->first + 2u * w->shouted;
    uint64_t shape = dl_lemma_shouts(s) ? 1 : s.len == 1 ? 2 : 0;
    for (size_t i = 0; i < s.len; i++) {
        if (dl_is_digit((unsigned char)s.p[i])) shape |= 4;
        if (i && s.p[i] >= 'A' && s.p[i] <= 'Z') shape |= 8;
        if (s.p[i] == '-' || s.p[i] == '.') shape |= 16;
    }
    dl_feat_add(f, dl_feat2(T_CASE_SHAPE, w->xpos, shape << 8 | place));
    dl_feat_add(f, dl_feat3(T_CASE_SHAPE, w->xpos, shape << 8 | place, s.len < 7 ? s.len : 7));
    dl_feat_add(f, dl_feat(T_CASE_FORM, h));
    dl_feat_add(f, dl_feat2(T_CASE_FORM, w->xpos, h));
    for (size_t k = 2; k < 5 && k < s.len; k++)
        dl_feat_add(f, dl_feat3(T_CASE_ENDING, w->xpos, shape << 8 | w->shouted, dl_hash_str(dl_str_cut(s, s.len - k, s.len))));
}

static bool keeps(const dl_lemmas *l, const dl_lemma_word *w)
{
    int32_t score[DL_LABELS_MAX];
    dl_feats f;
    if (l->cases.n_labels != 2 || !dl_lemma_cased(w)) return false;
    f.n = 0;
    dl_lemma_case_features(w, &f);
    dl_linear_score(&l->cases, f.h, f.n, score);
    return score[KEEP] > score[LOWER];
}

/* ---- Irregular forms ---- */

/* The letter of data/irregular.tsv for a tag; 0: such words have no irregular forms there. */
static char letter(uint32_t xpos)
{
    switch (xpos) {
    case DL_XPOS_VBD: return 'd';
    case DL_XPOS_VBN: return 'n';
    case DL_XPOS_VBG: return 'g';
    case DL_XPOS_VBP:
    case DL_XPOS_VBZ: return 'p';
    case DL_XPOS_NNS: return 's';
    case DL_XPOS_JJR: return 'r';
    case DL_XPOS_JJS: return 't';
    default: return 0;
    }
}

/* The lemma in the table; p NULL: none for such a tag. */
static dl_str listed(const dl_tsv *t, dl_str form, char as)
{
    for (uint32_t r = dl_tsv_find(t, form); r != DL_NONE; r = dl_tsv_more(t, r)) {
        const dl_str tags = dl_tsv_cell(t, r, 1);
        if (memchr(tags.p, as, tags.len)) return dl_tsv_cell(t, r, 2);
    }
    return (dl_str){ NULL, 0 };
}

/* `lemma` for the end of the base from `from` on. */
static dl_str ended(char *out, dl_str base, size_t from, dl_str lemma)
{
    if (!lemma.p || from + lemma.len > DL_LEMMA_MAX) return (dl_str){ NULL, 0 };
    memcpy(out, base.p, from);
    memcpy(out + from, lemma.p, lemma.len);
    return (dl_str){ out, from + lemma.len };
}

static dl_str irregular(const dl_tsv *t, char *out, dl_str base, uint32_t xpos)
{
    static const char *const heads[] = { "under", "over", "with", "fore", "out", "mis", "un", "re", "up" };
    const char as = letter(xpos);
    if (!as || !t->n) return (dl_str){ NULL, 0 };
    dl_str lemma = listed(t, base, as);
    if (lemma.p) return lemma;
    for (size_t i = 0; as != 's' && i < DL_COUNT(heads); i++) {
        const dl_str head = dl_str_of(heads[i]);
        if (!dl_str_starts(base, head)) continue;
        lemma = ended(out, base, head.len, listed(t, dl_str_cut(base, head.len, base.len), as));
        if (lemma.p) return lemma;
    }
    for (size_t k = 3; as == 's' && k < 9 && k < base.len; k++) {
        char key[10] = "-";
        memcpy(key + 1, base.p + base.len - k, k);
        lemma = listed(t, (dl_str){ key, k + 1 }, as);
        if (lemma.p) return ended(out, base, base.len - k, dl_str_cut(lemma, 1, lemma.len));
    }
    return (dl_str){ NULL, 0 };
}

/* ---- All together ---- */

void dl_lemmas_open(dl_lemmas *l, const dl_models *m)
{
    dl_linear_open(&l->edits, m, "tags/lemmas");
    dl_linear_open(&l->cases, m, "tags/lemma_cases");
    l->irregular = dl_tsv_open(m, "irregular");
    const char *name = l->edits.names; /* dl_linear_label would walk there anew for each */
    for (uint32_t i = 0; i < l->edits.n_labels; i++) {
        l->edit[i] = dl_str_of(name);
        name += l->edit[i].len + 1;
    }
}

dl_str dl_lemma_of(const dl_lemmas *l, char *out, const dl_lemma_word *w)
{
    char low[DL_LEMMA_MAX + 4];
    if (w->form.len > DL_LEMMA_MAX) return w->form;
    const dl_str base = dl_lemma_base(low, w->form, w->xpos);
    dl_str lemma = plain(out, base, w->xpos);
    if (!lemma.p) lemma = irregular(&l->irregular, out, base, w->xpos);
    if (lemma.p) return lemma;
    const dl_str from = base.len == w->form.len && keeps(l, w) ? w->form : base;
    if (l->edits.n_labels && inflects(w->xpos)) {
        dl_feats f;
        f.n = 0;
        int32_t score[DL_LABELS_MAX];
        dl_lemma_features(base, w->xpos, &f);
        dl_linear_score(&l->edits, f.h, f.n, score);
        if (dl_lemma_edit(out, from, l->edit[dl_linear_best(score, l->edits.n_labels)], &lemma)) return lemma;
    }
    memcpy(out, from.p, from.len);
    return (dl_str){ out, from.len };
}

static bool shouted(const dl_doc *d, dl_span sent, uint32_t tok)
{
    return (tok > sent.beg && dl_lemma_shouts(dl_tok_text(d, tok - 1))) ||
           (tok + 1 < sent.end && dl_lemma_shouts(dl_tok_text(d, tok + 1)));
}

static dl_ref make(dl_build *b, const dl_lemmas *l, const dl_lemma_word *w)
{
    char out[DL_LEMMA_MAX + 4];
    const dl_str lemma = dl_lemma_of(l, out, w);
    return dl_str_eq(lemma, w->form) ? (dl_ref){ 0, 0 } : dl_put(b, lemma);
}

/* False: no memory. `seen` holds what a form and its tag have already: the row of the token. */
static bool find_sentence(dl_build *b, const dl_lemmas *l, dl_map *seen, dl_span sent)
{
    for (uint32_t t = sent.beg; t < sent.end; t++) {
        dl_lemma_word w = { dl_tok_text(&b->d, t), b->d.toks.xpos[t], false, false };
        if (w.form.len > DL_LEMMA_MAX) continue;
        if (dl_lemma_cased(&w)) {
            w.first = t == sent.beg;
            w.shouted = shouted(&b->d, sent, t);
        }
        const uint64_t seed = w.xpos | (uint64_t)w.first << 8 | (uint64_t)w.shouted << 9;
        const uint32_t *first = dl_map_put(seen, dl_hash(w.form.p, w.form.len, seed), t);
        if (!first) return false;
        b->d.toks.lemma[t] = *first == t ? make(b, l, &w) : b->d.toks.lemma[*first];
    }
    return true;
}

void dl_lemmas_find(dl_build *b, const dl_models *m)
{
    dl_lemmas l;
    dl_lemmas_open(&l, m);
    dl_arena_mark here = dl_arena_here(&b->scratch);
    dl_map seen;
    dl_map_init(&seen, &b->scratch);
    for (uint32_t s = 0; s < b->d.sents.n && find_sentence(b, &l, &seen, b->d.sents.tok[s]); s++) {
    }
    dl_arena_back(&b->scratch, here);
}
