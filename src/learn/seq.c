/* seq.c: sequences of tokens, and the best labels for them (Viterbi 1967). */
#include "learn/learn.h"
#include "learn/wide.h"

void dl_seq_init(dl_seq *s, dl_arena *a) { *s = (dl_seq){ .arena = a }; }

void dl_seq_clear(dl_seq *s) { s->n = s->n_feats = 0; }

bool dl_seq_add(dl_seq *s, const dl_feats *f)
{
    if (!DL_ROOM(s->arena, s->end, s->n, s->end_cap)) return false;
    if (s->n_feats + f->n > s->feat_cap) {
        size_t cap = s->feat_cap ? s->feat_cap : 1024;
        while (cap < s->n_feats + f->n) cap *= 2;
        uint64_t *more = dl_arena_grow(s->arena, s->feat, s->n_feats, cap, sizeof *more);
        if (!more) return false;
        s->feat = more;
        s->feat_cap = cap;
    }
    memcpy(s->feat + s->n_feats, f->h, f->n * sizeof *f->h);
    s->n_feats += f->n;
    s->end[s->n++] = (uint32_t)s->n_feats;
    return true;
}

bool dl_bio_may(dl_str a, dl_str b)
{
    if (b.len < 2 || b.p[0] != 'I' || b.p[1] != '-') return true;
    return a.len == b.len && (a.p[0] == 'B' || a.p[0] == 'I') && !memcmp(a.p + 1, b.p + 1, a.len - 1);
}

#define LANES 16 /* labels are taken together in steps of these, so that they fill vectors         */

/* One step: best[j] = max over i of prev[i] + trans[i][j], and which i. Rows of `trans` are `pad` long. */
DL_WIDE static void step(const int32_t *restrict prev, const int32_t *restrict trans, uint32_t n, uint32_t pad,
                         int32_t *restrict best, int32_t *restrict from)
{
    for (uint32_t j = 0; j < pad; j++) {
        best[j] = prev[0] + trans[j];
        from[j] = 0;
    }
    for (uint32_t i = 1; i < n; i++) {
        const int32_t *restrict t = trans + (size_t)i * pad;
        const int32_t p = prev[i], which = (int32_t)i;
        for (uint32_t j = 0; j < pad; j++) {
            const int32_t s = p + t[j];
            from[j] = s > best[j] ? which : from[j];
            best[j] = s > best[j] ? s : best[j];
        }
    }
}

/* The transitions between labels, rows filled up to `pad`. */
static int32_t *padded(const int32_t *trans, uint32_t n, uint32_t pad, dl_arena *a)
{
    int32_t *out = dl_arena_get(a, (size_t)n * pad, sizeof *out);
    for (uint32_t i = 0; out && i < n; i++) memcpy(out + (size_t)i * pad, trans + (size_t)i * n, n * sizeof *out);
    return out;
}

bool dl_viterbi(const int32_t *score, const int32_t *trans, size_t n, uint32_t n_labels, dl_arena *scratch, uint8_t *label)
{
    if (n == 0) return true;
    const uint32_t pad = (n_labels + LANES - 1) / LANES * LANES;
    dl_arena_mark mark = dl_arena_here(scratch);
    uint8_t *back = dl_arena_raw(scratch, n, n_labels);
    const int32_t *between = padded(trans, n_labels, pad, scratch);
    if (!back || !between) {
        memset(label, 0, n);
        return false;
    }
    int32_t a[DL_LABELS_MAX], b[DL_LABELS_MAX], from[DL_LABELS_MAX];
    int32_t *prev = a, *next = b;
    for (uint32_t j = 0; j < n_labels; j++) prev[j] = score[j] + trans[(size_t)n_labels * n_labels + j];
    for (size_t t = 1; t < n; t++) {
        step(prev, between, n_labels, pad, next, from);
        for (uint32_t j = 0; j < n_labels; j++) {
            /* The floor keeps forbidden paths from adding up to an overflow. */
            int32_t s = next[j] < DL_FORBIDDEN ? DL_FORBIDDEN : next[j];
            next[j] = s + score[t * n_labels + j];
            back[t * n_labels + j] = (uint8_t)from[j];
        }
        int32_t *swap = prev;
        prev = next;
        next = swap;
    }
    uint8_t at = (uint8_t)dl_linear_best(prev, n_labels);
    for (size_t t = n; t-- > 0;) {
        label[t] = at;
        at = back[t * n_labels + at];
    }
    dl_arena_back(scratch, mark);
    return true;
}

void dl_seq_viterbi(const dl_linear *w, const dl_seq *s, dl_arena *scratch, uint8_t *label)
{
    const uint32_t n_labels = w->n_labels;
    dl_arena_mark mark = dl_arena_here(scratch);
    int32_t *score = n_labels ? dl_arena_raw(scratch, s->n, n_labels * sizeof *score) : NULL;
    if (!score) {
        memset(label, 0, s->n);
        return;
    }
    int32_t one[DL_LABELS_MAX];
    for (size_t i = 0; i < s->n; i++) {
        uint32_t beg = dl_seq_beg(s, i);
        dl_linear_score(w, s->feat + beg, s->end[i] - beg, one);
        memcpy(score + i * n_labels, one, n_labels * sizeof *one);
    }
    dl_viterbi(score, w->trans, s->n, n_labels, scratch, label);
    dl_arena_back(scratch, mark);
}
