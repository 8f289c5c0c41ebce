/* tagger.c: which words are the source, the cue and the content of an attribution.
 *
 * A linear model over hashed features, decoded by Viterbi over a paragraph, for a quotation runs over
 * sentence ends. What is not in the words - the quotation marks, the clause a word stands in, the
 * speech verb on either side - is put into features, so that the model can weigh it.
 * Labels and data: Newell, Margolin, Ruths, "An Attribution Relations Corpus for Political News"
 * (LREC 2018). */
#include "quotes/work.h"
#include "tags/tags.h"
#include "trees/trees.h"

const char *const dl_said_names[DL_SAIDS] = { "O", "B-Source", "I-Source", "B-Cue", "I-Cue", "B-Content", "I-Content" };

#define SECTION "quotes/weights"
#define EDGE UINT64_C(0xed9e) /* stands for a word beyond the paragraph                           */

enum { /* templates */
       T_BIAS = 1,
       T_WORD,
       T_WORD_2,
       T_LEMMA,
       T_POS,
       T_POS_2,
       T_POS_3,
       T_AFFIX,
       T_SHAPE,
       T_CUE,
       T_CUE_2,
       T_WITHIN,
       T_WITHIN_2,
       T_MARK,
       T_NAME,
       T_NAME_2,
       T_REL,
       T_HEAD,
       T_HEAD_2,
       T_GOV,
       T_GOV_2,
       T_GOV_3,
       T_UP,
       T_UP_2,
       T_FRAME,
       T_FRAME_2,
       T_LEFT,
       T_LEFT_2,
       T_RIGHT,
       T_RIGHT_2,
       T_PLACE,
       T_PLACE_2,
       T_WHO,
       T_WHO_2,
       T_WHO_3,
       T_WHAT,
       T_WHAT_2,
       T_WHAT_3
};

static uint64_t low(const dl_quoting *q, dl_span run, uint32_t i, int by)
{
    int64_t at = (int64_t)i + by;
    return at < (int64_t)run.beg || at >= (int64_t)run.end ? EDGE : q->low[at];
}

static uint64_t pos(const dl_quoting *q, dl_span run, uint32_t i, int by)
{
    int64_t at = (int64_t)i + by;
    return at < (int64_t)run.beg || at >= (int64_t)run.end ? EDGE : q->d->toks.xpos[at];
}

static uint64_t affix(dl_str s, size_t n, bool end)
{
    char buf[4] = { 0 };
    if (n > s.len) n = s.len;
    for (size_t i = 0; i < n; i++) buf[i] = dl_lower(s.p[end ? s.len - n + i : i]);
    return dl_hash(buf, n, end ? 11 : 12);
}

static void window(const dl_quoting *q, dl_span run, uint32_t i, dl_feats *f)
{
    for (uint64_t n = 1; n <= 5; n++) { /* place n is n - 3 tokens away                        */
        dl_feat_add(f, dl_feat2(T_WORD, n, low(q, run, i, (int)n - 3)));
        dl_feat_add(f, dl_feat2(T_POS, n, pos(q, run, i, (int)n - 3)));
    }
    for (uint64_t n = 2; n <= 3; n++) {
        int k = (int)n - 3;
        dl_feat_add(f, dl_feat3(T_WORD_2, n, low(q, run, i, k), low(q, run, i, k + 1)));
        dl_feat_add(f, dl_feat3(T_POS_2, n, pos(q, run, i, k), pos(q, run, i, k + 1)));
        dl_feat_add(f, dl_feat3(T_POS_3, n, low(q, run, i, k), pos(q, run, i, k + 1)));
        dl_feat_add(f, dl_feat3(T_POS_3, n + 2, pos(q, run, i, k), low(q, run, i, k + 1)));
    }
    dl_feat_add(f, dl_feat3(T_POS_3, 9, pos(q, run, i, -1) << 8 | pos(q, run, i, 0), pos(q, run, i, 1)));
    dl_feat_add(f, dl_feat3(T_POS_3, 10, pos(q, run, i, -2) << 8 | pos(q, run, i, -1), pos(q, run, i, 0)));
    dl_feat_add(f, dl_feat3(T_POS_3, 11, pos(q, run, i, 2) << 8 | pos(q, run, i, 1), pos(q, run, i, 0)));
}

static void inside(const dl_quoting *q, dl_span run, uint32_t i, dl_feats *f)
{
    dl_str w = dl_tok_text(q->d, i);
    dl_feat_add(f, dl_feat(T_LEMMA, q->lem[i]));
    dl_feat_add(f, dl_feat(T_AFFIX, affix(w, 3, true)));
    dl_feat_add(f, dl_feat(T_AFFIX, affix(w, 2, true)));
    dl_feat_add(f, dl_feat(T_AFFIX, affix(w, 4, false)));
    dl_feat_add(f, dl_feat(T_SHAPE, q->shape[i]));
    dl_feat_add(f, dl_feat2(T_CUE, 0, q->cue[i]));
    if (i > run.beg) dl_feat_add(f, dl_feat2(T_CUE, 1, q->cue[i - 1]));
    if (i + 1 < run.end) dl_feat_add(f, dl_feat2(T_CUE, 2, q->cue[i + 1]));
    dl_feat_add(f, dl_feat2(T_CUE_2, q->cue[i], q->d->toks.xpos[i]));
    dl_feat_add(f, dl_feat(T_NAME, q->name[i]));
    dl_feat_add(f, dl_feat2(T_NAME_2, q->name[i], q->d->toks.xpos[i]));
}

static uint64_t bucket(uint32_t n) { return n < 4 ? n : n < 6 ? 4 : n < 9 ? 5 : n < 14 ? 6 : n < 25 ? 7 : 8; }

static void quotation(const dl_quoting *q, dl_span run, uint32_t i, dl_feats *f)
{
    uint64_t here = q->within[i];
    uint64_t prev = i > run.beg ? q->within[i - 1] : 9, next = i + 1 < run.end ? q->within[i + 1] : 9;
    dl_feat_add(f, dl_feat3(T_WITHIN, here, prev, next));
    dl_feat_add(f, dl_feat2(T_WITHIN_2, here, q->low[i]));
    dl_feat_add(f, dl_feat3(T_WITHIN_2, here, prev, q->d->toks.xpos[i]));
    if (q->mark[i] == DL_NONE) return;
    const dl_mark *m = &q->marks.row[q->mark[i]];
    uint64_t length = bucket(dl_span_len(m->inner) / 6), back = bucket((q->d->toks.span[i].beg - m->span.beg) / 6);
    dl_feat_add(f, dl_feat3(T_MARK, length, here, m->closed | m->single << 1));
    dl_feat_add(f, dl_feat3(T_MARK, length, 8 + back, 0));
}

/* A participant in a few bits: a name of which type, a pronoun, a noun. */
static uint64_t sort_of(const dl_quoting *q, uint32_t t)
{
    if (t == DL_NONE) return 1;
    if (q->name[t]) return 64 + q->name[t];
    int p = q->d->toks.xpos[t];
    return p == DL_XPOS_PRP ? q->low[t] : 2 + (uint64_t)p;
}

static void participants(const dl_quoting *q, uint32_t i, dl_feats *f)
{
    int up = q->d->toks.upos[i];
    if (up == DL_UPOS_VERB || q->cue[i]) {
        uint32_t what = q->what[i];
        dl_feat_add(f, dl_feat2(T_WHO, q->lem[i], sort_of(q, q->who[i])));
        dl_feat_add(f, dl_feat3(T_WHO_2, q->cue[i], sort_of(q, q->who[i]), q->frame[i]));
        dl_feat_add(f, dl_feat2(T_WHAT, q->lem[i], what == DL_NONE ? 0 : q->lem[what]));
        dl_feat_add(f, dl_feat2(T_WHAT_2, q->cue[i], what == DL_NONE ? 0 : q->lem[what]));
        dl_feat_add(
            f, dl_feat3(T_WHAT_3, q->lem[i], what == DL_NONE ? 0 : q->d->toks.upos[what], what == DL_NONE ? 0 : q->cue[what]));
    }
    uint32_t g = q->gov[i];
    if (g == DL_NONE) return;
    dl_feat_add(f, dl_feat3(T_WHO_3, q->via[i], sort_of(q, q->who[g]), q->cue[g]));
}

static void clause(const dl_quoting *q, uint32_t i, dl_feats *f)
{
    participants(q, i, f);
    const dl_doc *d = q->d;
    uint64_t rel = d->toks.rel[i];
    uint32_t h = d->toks.head[i];
    dl_feat_add(f, dl_feat(T_REL, rel));
    dl_feat_add(f, dl_feat2(T_REL, rel, d->toks.xpos[i]));
    dl_feat_add(f, dl_feat3(T_FRAME, q->frame[i], q->cue[i], 0));
    dl_feat_add(f, dl_feat3(T_FRAME, q->frame[i], q->lem[i], 1));
    if (h < q->n && h != i) {
        dl_feat_add(f, dl_feat2(T_HEAD, rel, q->lem[h]));
        dl_feat_add(f, dl_feat3(T_HEAD_2, rel, d->toks.xpos[h], h < i));
    }
    uint32_t g = q->gov[i];
    if (g == DL_NONE) return;
    uint64_t via = q->via[i], side = g < i;
    dl_feat_add(f, dl_feat3(T_GOV, via, q->lem[g], side));
    dl_feat_add(f, dl_feat3(T_GOV_2, via, (uint64_t)q->cue[g] << 8 | q->frame[g], side));
    dl_feat_add(f, dl_feat3(T_GOV_3, via, q->cue[g], q->d->toks.xpos[i]));
    dl_feat_add(f, dl_feat3(T_FRAME_2, via, (uint64_t)q->within[g] << 8 | q->within[i], side));
    uint32_t u = q->gov[g];
    if (u == DL_NONE) return;
    uint64_t up = q->via[g];
    dl_feat_add(f, dl_feat3(T_UP, up, q->lem[u], u < i));
    dl_feat_add(f, dl_feat3(T_UP_2, up << 8 | via, (uint64_t)q->cue[u] << 8 | q->frame[u], u < i));
    uint32_t v = q->gov[u];
    if (v == DL_NONE) return;
    dl_feat_add(f, dl_feat3(T_UP, 256 + q->via[u], q->lem[v], v < i));
    dl_feat_add(f, dl_feat3(T_UP_2, UINT64_C(1) << 20 | (uint64_t)q->via[u] << 8 | up, q->cue[v], v < i));
}

static bool speaks(const dl_quoting *q, uint32_t i)
{
    return q->cue[i] && q->within[i] == DL_OUTSIDE && (q->cue[i] != DL_CUE_NOUN || (q->frame[i] & DL_FRAME_CLAUSE));
}

/* The speech words on either side within the sentence, at most 40 tokens away. */
static void around(const dl_quoting *q, uint32_t i, dl_feats *f)
{
    dl_span s = q->d->sents.tok[q->sent[i]];
    for (uint32_t k = i; k > s.beg && i - k < 40;) {
        k--;
        if (!speaks(q, k)) continue;
        dl_feat_add(f, dl_feat2(T_LEFT, q->lem[k], bucket(i - k) / 2));
        dl_feat_add(f, dl_feat3(T_LEFT_2, q->cue[k], bucket(i - k), q->within[i]));
        break;
    }
    for (uint32_t k = i + 1; k < s.end && k - i < 40; k++) {
        if (!speaks(q, k)) continue;
        dl_feat_add(f, dl_feat2(T_RIGHT, q->lem[k], bucket(k - i) / 2));
        dl_feat_add(f, dl_feat3(T_RIGHT_2, q->cue[k], bucket(k - i), q->within[i]));
        break;
    }
    dl_feat_add(f, dl_feat2(T_PLACE, bucket(i - s.beg), bucket(s.end - i)));
}

void dl_quoting_feats(const dl_quoting *q, dl_span run, uint32_t tok, dl_feats *f)
{
    f->n = 0;
    dl_feat_add(f, T_BIAS);
    window(q, run, tok, f);
    inside(q, run, tok, f);
    quotation(q, run, tok, f);
    clause(q, tok, f);
    around(q, tok, f);
    dl_feat_add(f, dl_feat2(T_PLACE_2, tok == run.beg, tok + 1 == run.end));
}

dl_span dl_quoting_run(const dl_quoting *q, uint32_t from)
{
    const dl_doc *d = q->d;
    uint32_t s = q->sent[from], block = d->sents.block[s], end = d->sents.tok[s].end;
    while (s + 1 < d->sents.n && d->sents.block[s + 1] == block && d->sents.tok[s + 1].end - from <= DL_RUN_MAX)
        end = d->sents.tok[++s].end;
    return (dl_span){ from, end > from ? end : from + 1 };
}

/* What each label is given on top of its score. The perceptron is trained for right sequences and is
 * shy of rare labels; this evens precision and recall out (chosen on the development part). */
static const int32_t lift[DL_SAIDS] = { -520, 520, 520, 0, 0, 0, 0 };

bool dl_quoting_decode(const dl_linear *w, const dl_seq *seq, dl_arena *scratch, uint8_t *label)
{
    dl_arena_mark here = dl_arena_here(scratch);
    int32_t *score = DL_NEW(scratch, seq->n * DL_SAIDS + DL_LABELS_MAX, int32_t);
    bool ok = score != NULL;
    for (size_t i = 0; ok && i < seq->n; i++) {
        int32_t *at = score + i * DL_SAIDS;
        dl_linear_score(w, seq->feat + dl_seq_beg(seq, i), seq->end[i] - dl_seq_beg(seq, i), at);
        for (int k = 0; k < DL_SAIDS; k++) at[k] += lift[k];
    }
    ok = ok && dl_viterbi(score, w->trans, seq->n, DL_SAIDS, scratch, label);
    dl_arena_back(scratch, here);
    return ok;
}

bool dl_quoting_label(dl_quoting *q)
{
    dl_linear w;
    if (!dl_linear_open(&w, q->m, SECTION) || w.n_labels != DL_SAIDS) return true;
    dl_seq seq;
    dl_seq_init(&seq, q->a);
    dl_feats f;
    for (uint32_t i = 0; i < q->n;) {
        dl_span run = dl_quoting_run(q, i);
        dl_seq_clear(&seq);
        for (uint32_t t = run.beg; t < run.end; t++) {
            dl_quoting_feats(q, run, t, &f);
            if (!dl_seq_add(&seq, &f)) return false;
        }
        if (!dl_quoting_decode(&w, &seq, q->a, q->label + run.beg)) return false;
        i = run.end;
    }
    return true;
}
