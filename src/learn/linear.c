/* linear.c: reading a model's section, and scores. */
#include "learn/learn.h"
#include "learn/wide.h"

#define PROBES 64 /* slots looked at; the writer keeps to it, a damaged section cannot exceed it */

static bool part(uint64_t at, uint64_t len, uint64_t total) { return at % 8 == 0 && at <= total && len <= total - at; }

static uint64_t slot_size(const dl_linear_head *h) { return h->dense ? 1 + h->n_labels : 4; }

static bool sound(const dl_linear_head *h, dl_str s)
{
    if (memcmp(h->magic, "DLLIN\0\0\1", 8) != 0 || h->n_labels == 0 || h->n_labels > DL_LABELS_MAX || h->bits > 26) return false;
    uint64_t n = h->n_labels;
    /* A row may reach 1 + 2 * 255 bytes past its start: the writer pads the rows by that much. */
    return part(h->names, n, s.len) && part(h->codes, 512, s.len) && part(h->trans, (n + 1) * n * 4, s.len) &&
           part(h->slots, slot_size(h) << h->bits, s.len) && part(h->rows, 512, s.len) && h->end <= s.len &&
           h->rows + 512 <= h->end && s.p[h->codes - 1] == '\0';
}

bool dl_linear_view(dl_linear *out, dl_str section)
{
    static const dl_linear none = { 0 };
    *out = none;
    dl_linear_head h;
    if (section.len < sizeof h) return false;
    memcpy(&h, section.p, sizeof h);
    if (!sound(&h, section)) return false;
    const char *p = section.p;
    *out = (dl_linear){ .n_labels = h.n_labels,
                        .dense = h.dense,
                        .bio = h.bio,
                        .mask = (UINT64_C(1) << h.bits) - 1,
                        .names = p + h.names,
                        .code = (const int16_t *)(const void *)(p + h.codes),
                        .trans = (const int32_t *)(const void *)(p + h.trans),
                        .slots = (const uint8_t *)p + h.slots,
                        .rows = (const uint8_t *)p + h.rows,
                        .rows_len = h.end - h.rows - 512 };
    return true;
}

bool dl_linear_open(dl_linear *out, const dl_models *m, const char *section)
{
    dl_str s = m ? dl_models_section(m, section) : (dl_str){ 0 };
    return dl_linear_view(out, s);
}

dl_str dl_linear_label(const dl_linear *w, uint32_t label)
{
    const char *p = w->names;
    if (label >= w->n_labels) return (dl_str){ 0 };
    while (label--) p += strlen(p) + 1;
    return dl_str_of(p);
}

static void score_dense(const dl_linear *w, const uint64_t *feats, size_t n, int32_t *score)
{
    const uint64_t size = 1 + w->n_labels;
    for (size_t i = 0; i < n; i++) DL_FETCH(w->slots + (feats[i] >> 20 & w->mask) * size);
    for (size_t i = 0; i < n; i++) {
        const uint8_t check = dl_feat_check(feats[i]);
        uint64_t at = feats[i] >> 20 & w->mask;
        for (int k = 0; k < PROBES; k++, at = (at + 1) & w->mask) {
            const uint8_t *s = w->slots + at * size;
            if (*s == 0) break;
            if (*s != check) continue;
            for (uint32_t l = 0; l < w->n_labels; l++) score[l] += w->code[s[1 + l]];
            break;
        }
    }
}

/* The same for three labels, a slot in one word: the parser's moves, the most asked of all. */
static void score_three(const dl_linear *w, const uint64_t *feats, size_t n, int32_t *score)
{
    int32_t a = 0, b = 0, c = 0;
    for (size_t i = 0; i < n; i++) DL_FETCH(w->slots + (feats[i] >> 20 & w->mask) * 4);
    for (size_t i = 0; i < n; i++) {
        const uint8_t check = dl_feat_check(feats[i]);
        uint64_t at = feats[i] >> 20 & w->mask;
        for (int k = 0; k < PROBES; k++, at = (at + 1) & w->mask) {
            const uint8_t *s = w->slots + at * 4;
            if (*s == 0) break;
            if (*s != check) continue;
            a += w->code[s[1]];
            b += w->code[s[2]];
            c += w->code[s[3]];
            break;
        }
    }
    score[0] += a;
    score[1] += b;
    score[2] += c;
}

/* The rows of up to DL_FEATS_MAX features; how many have one. */
static size_t rows_of(const dl_linear *w, const uint64_t *feats, size_t n, const uint8_t **row)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++) DL_FETCH(w->slots + (feats[i] >> 20 & w->mask) * 4);
    for (size_t i = 0; i < n; i++) {
        const uint32_t check = dl_feat_check(feats[i]);
        uint64_t at = feats[i] >> 20 & w->mask;
        for (int k = 0; k < PROBES; k++, at = (at + 1) & w->mask) {
            uint32_t s;
            memcpy(&s, w->slots + at * 4, 4);
            if (s == 0) break;
            if (s >> 24 != check) continue;
            if ((s & 0xffffff) < w->rows_len) {
                row[found] = w->rows + (s & 0xffffff);
                DL_FETCH(row[found]);
                found++;
            }
            break;
        }
    }
    return found;
}

static void score_sparse(const dl_linear *w, const uint64_t *feats, size_t n, int32_t *score)
{
    const uint8_t *row[DL_FEATS_MAX];
    size_t n_rows = rows_of(w, feats, n, row);
    for (size_t i = 0; i < n_rows; i++) {
        const uint8_t *p = row[i] + 1;
        for (unsigned k = *row[i]; k; k--, p += 2) score[p[0]] += w->code[p[1]];
    }
}

void dl_linear_score(const dl_linear *w, const uint64_t *feats, size_t n, int32_t *score)
{
    memset(score, 0, w->n_labels * sizeof *score);
    while (n) {
        size_t some = n < DL_FEATS_MAX ? n : DL_FEATS_MAX;
        if (w->dense && w->n_labels == 3)
            score_three(w, feats, some, score);
        else if (w->dense)
            score_dense(w, feats, some, score);
        else if (w->n_labels)
            score_sparse(w, feats, some, score);
        feats += some;
        n -= some;
    }
}

DL_WIDE static int32_t largest(const int32_t *score, uint32_t n)
{
    int32_t most = score[0];
    for (uint32_t i = 1; i < n; i++) most = score[i] > most ? score[i] : most;
    return most;
}

uint32_t dl_linear_best(const int32_t *score, uint32_t n_labels)
{
    const int32_t most = n_labels ? largest(score, n_labels) : 0;
    uint32_t best = 0;
    while (best + 1 < n_labels && score[best] != most) best++;
    return best;
}
