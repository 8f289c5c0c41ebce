/* columns.c: fills the working columns of a page: words, cues, quotation marks, clauses. */
#include "base/hash.h"
#include "model/table.h"
#include "quotes/work.h"
#include "tags/tags.h"
#include "trees/trees.h"

static uint64_t low_hash(dl_str s)
{
    char buf[48];
    size_t n = s.len < sizeof buf ? s.len : sizeof buf;
    for (size_t i = 0; i < n; i++) buf[i] = dl_lower(s.p[i]);
    /* typographic and plain apostrophes are one */
    if (n >= 3 && !memcmp(buf, "\xe2\x80\x99", 3)) {
        buf[2] = '\'';
        return dl_hash(buf + 2, n - 2, 7);
    }
    if (n >= 4 && buf[0] == 'n' && !memcmp(buf + 1, "\xe2\x80\x99t", 4)) return dl_hash("n't", 3, 7);
    return dl_hash(buf, n, 7);
}

static uint8_t shape_of(dl_str s)
{
    bool up = false, low = false, digit = false, mark = false, first = s.len && dl_is_upper((unsigned char)s.p[0]);
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.p[i];
        up |= dl_is_upper(c);
        low |= dl_is_lower(c) || c >= 0x80;
        digit |= dl_is_digit(c);
        mark |= !dl_is_alpha(c) && !dl_is_digit(c) && c < 0x80;
    }
    return (uint8_t)(up | low << 1 | digit << 2 | mark << 3 | first << 4);
}

static dl_cue cue_class(dl_str word)
{
    static const char *const words[DL_CUES] = { "", "say", "think", "ask", "will", "wish", "judge", "show", "noun", "hearsay" };
    for (int i = 1; i < DL_CUES; i++)
        if (dl_str_eq(word, dl_str_of(words[i]))) return (dl_cue)i;
    return DL_CUE_NONE;
}

/* The class of a lemma: that of the noun for a noun, of the verb otherwise. */
static dl_cue look_up(const dl_tsv *t, dl_str lemma, bool noun)
{
    for (uint32_t r = dl_tsv_find_lower(t, lemma); r != DL_NONE; r = dl_tsv_more(t, r)) {
        dl_cue c = cue_class(dl_tsv_cell(t, r, 1));
        if ((c == DL_CUE_NOUN) == noun) return c;
    }
    return DL_CUE_NONE;
}

/* "point out", "spell out": a verb and its particle. */
static dl_cue with_particle(const dl_quoting *q, const dl_tsv *t, uint32_t i, dl_str lemma)
{
    char buf[32];
    if (i + 1 >= q->n || q->d->toks.xpos[i + 1] != DL_XPOS_RP) return DL_CUE_NONE;
    dl_str p = dl_tok_text(q->d, i + 1);
    if (lemma.len + 1 + p.len > sizeof buf) return DL_CUE_NONE;
    memcpy(buf, lemma.p, lemma.len);
    buf[lemma.len] = ' ';
    memcpy(buf + lemma.len + 1, p.p, p.len);
    return look_up(t, (dl_str){ buf, lemma.len + 1 + p.len }, false);
}

static void words(dl_quoting *q)
{
    const dl_doc *d = q->d;
    dl_tsv cues = dl_tsv_open(q->m, "speech_cues");
    for (uint32_t i = 0; i < q->n; i++) {
        dl_str w = dl_tok_text(d, i), lemma = dl_tok_lemma(d, i);
        q->low[i] = low_hash(w);
        q->lem[i] = low_hash(lemma);
        q->shape[i] = shape_of(w);
        int pos = d->toks.upos[i];
        if (pos == DL_UPOS_VERB || pos == DL_UPOS_ADV || pos == DL_UPOS_NOUN || pos == DL_UPOS_ADJ)
            q->cue[i] = (uint8_t)look_up(&cues, lemma, pos == DL_UPOS_NOUN);
        if (pos == DL_UPOS_VERB && !q->cue[i]) q->cue[i] = (uint8_t)with_particle(q, &cues, i, lemma);
    }
    for (uint32_t s = 0; s < d->sents.n; s++)
        for (uint32_t i = d->sents.tok[s].beg; i < d->sents.tok[s].end; i++) q->sent[i] = s;
    for (uint32_t k = 0; k < d->names.n; k++)
        for (uint32_t i = d->names.tok[k].beg; i < d->names.tok[k].end && i < q->n; i++)
            q->name[i] = (uint8_t)(1 + 2 * d->names.type[k] + (i > d->names.tok[k].beg));
}

static void place_marks(dl_quoting *q)
{
    size_t k = 0;
    for (uint32_t i = 0; i < q->n; i++) {
        dl_span t = q->d->toks.span[i];
        q->mark[i] = DL_NONE;
        while (k < q->marks.n && q->marks.row[k].span.end <= t.beg) k++;
        if (k == q->marks.n || t.end <= q->marks.row[k].span.beg) continue;
        const dl_mark *m = &q->marks.row[k];
        q->mark[i] = (uint32_t)k;
        q->within[i] = t.beg < m->inner.beg ? DL_OPENS : t.beg >= m->inner.end && m->closed ? DL_SHUTS : DL_INSIDE;
    }
}

/* Relations by which a clause or a participant hangs on its predicate. */
static bool carries(dl_rel r)
{
    return r == DL_REL_NSUBJ || r == DL_REL_CSUBJ || r == DL_REL_CCOMP || r == DL_REL_XCOMP || r == DL_REL_PARATAXIS ||
           r == DL_REL_ACL || r == DL_REL_ADVCL;
}

/* What the dependents of each word say of it as a predicate. */
static void frames(dl_quoting *q)
{
    const dl_doc *d = q->d;
    for (uint32_t i = 0; i < q->n; i++) {
        uint32_t h = d->toks.head[i];
        if (h >= q->n || h == i) continue;
        switch (dl_rel_base((dl_rel)d->toks.rel[i])) {
        case DL_REL_NSUBJ:
            q->who[h] = i;
            q->frame[h] |= DL_FRAME_SUBJECT | (d->toks.rel[i] == DL_REL_NSUBJ_PASS ? DL_FRAME_PASSIVE : 0);
            break;
        case DL_REL_CCOMP:
            q->what[h] = i;
            q->frame[h] |= DL_FRAME_CLAUSE;
            break;
        case DL_REL_XCOMP:
            q->what[h] = i;
            q->frame[h] |= DL_FRAME_OPEN;
            break;
        case DL_REL_OBJ:
            q->what[h] = i;
            q->frame[h] |= DL_FRAME_OBJECT;
            break;
        case DL_REL_OBL:
            if (q->what[h] == DL_NONE) q->what[h] = i;
            break;
        case DL_REL_PARATAXIS:
            q->frame[h] |= DL_FRAME_ASIDE;
            q->frame[i] |= DL_FRAME_ASIDE;
            break;
        case DL_REL_MARK: {
            uint32_t g = d->toks.head[h];
            if (g < q->n && d->toks.rel[h] == DL_REL_CCOMP && dl_word_is(q, i, "that")) q->frame[g] |= DL_FRAME_THAT;
            break;
        }
        default: break;
        }
    }
}

/* The governor of each word of a sentence. Chains are climbed once: what is known ends the climb. */
static void govern(dl_quoting *q, dl_span s, uint32_t *stack)
{
    const dl_doc *d = q->d;
    for (uint32_t i = s.beg; i < s.end; i++) {
        uint32_t n = 0, t = i;
        while (q->via[t] == UINT8_MAX && n < s.end - s.beg) {
            uint32_t h = d->toks.head[t];
            if (h >= s.end || h < s.beg || h == t) { /* the root, or no tree */
                q->via[t] = DL_REL_NONE;
                break;
            }
            dl_rel base = dl_rel_base((dl_rel)d->toks.rel[t]);
            if (carries(base) || d->toks.upos[h] == DL_UPOS_VERB || q->cue[h] == DL_CUE_NOUN) {
                q->gov[t] = h;
                q->via[t] = d->toks.rel[t];
                break;
            }
            stack[n++] = t;
            t = h;
        }
        while (n--) {
            q->gov[stack[n]] = q->gov[t];
            q->via[stack[n]] = q->via[t] == UINT8_MAX ? DL_REL_NONE : q->via[t];
        }
    }
}

bool dl_quoting_open(dl_quoting *q, const dl_doc *d, const dl_models *m, dl_arena *a)
{
    *q = (dl_quoting){ .d = d, .m = m, .a = a, .n = d->toks.n };
    uint32_t n = q->n + 1;
    q->low = DL_NEW(a, n, uint64_t);
    q->lem = DL_NEW(a, n, uint64_t);
    q->cue = DL_NEW(a, n, uint8_t);
    q->shape = DL_NEW(a, n, uint8_t);
    q->within = DL_NEW(a, n, uint8_t);
    q->name = DL_NEW(a, n, uint8_t);
    q->label = DL_NEW(a, n, uint8_t);
    q->frame = DL_NEW(a, n, uint8_t);
    q->via = DL_NEW(a, n, uint8_t);
    q->mark = DL_NEW(a, n, uint32_t);
    q->sent = DL_NEW(a, n, uint32_t);
    q->gov = DL_NEW(a, n, uint32_t);
    q->who = DL_NEW(a, n, uint32_t);
    q->what = DL_NEW(a, n, uint32_t);
    uint32_t longest = 1;
    for (uint32_t s = 0; s < d->sents.n; s++)
        if (dl_span_len(d->sents.tok[s]) > longest) longest = dl_span_len(d->sents.tok[s]);
    uint32_t *stack = DL_NEW(a, longest, uint32_t);
    if (dl_arena_failed(a) || !dl_marks_find(&q->marks, d, a)) return false;
    memset(q->via, UINT8_MAX, n);
    memset(q->gov, UINT8_MAX, n * sizeof *q->gov);
    memset(q->who, UINT8_MAX, n * sizeof *q->who);
    memset(q->what, UINT8_MAX, n * sizeof *q->what);
    words(q);
    place_marks(q);
    frames(q);
    for (uint32_t s = 0; s < d->sents.n; s++) govern(q, d->sents.tok[s], stack);
    return true;
}
