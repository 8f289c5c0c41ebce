/* train_write.c: from a trainer's weights to the section that learn.h reads. */
#include <math.h>

#include "learn/train.h"

#define CODE_MAX 16000 /* value of the largest code: 160 features of it still fit an i32 with room */
#define CURVE 100.0    /* companding as in ITU-T G.711's mu-law: steps grow with the weight       */
#define PROBES 64
#define DENSE_MAX 8 /* labels up to which a row of every label is smaller than a list            */
#define ROW_MAX 255 /* labels of one sparse row                                                  */

typedef struct plan {
    const dl_trainer *t;
    double unit;       /* value of weight 1.0                                                 */
    int16_t code[256]; /* value of each code                                                  */
    uint32_t least;    /* updates a feature needs to be written                               */
    uint32_t bits;
    bool dense;
} plan;

static double mean(const dl_weight *w, uint32_t tick) { return tick ? (w->sum + (double)w->now * (tick - w->at)) / tick : 0; }

static void make_codes(plan *p)
{
    for (int c = 0; c < 128; c++) {
        double v = CODE_MAX * (pow(1 + CURVE, c / 127.0) - 1) / CURVE;
        p->code[c] = (int16_t)(v + 0.5);
        p->code[(256 - c) & 255] = (int16_t)-p->code[c];
    }
    p->code[128] = (int16_t)-CODE_MAX;
    double most = 0;
    for (size_t r = 0; r < p->t->n_rows; r++)
        for (uint32_t k = 0; k < p->t->row[r].n; k++) {
            double v = fabs(mean(&p->t->row[r].w[k], p->t->tick));
            most = v > most ? v : most;
        }
    p->unit = most > 0 ? CODE_MAX / most : 1;
}

/* The nearest code of a weight. */
static uint8_t code_of(const plan *p, double w)
{
    double v = fabs(w) * p->unit;
    int c = (int)(127.0 * log(1 + CURVE * v / CODE_MAX) / log(1 + CURVE) + 0.5);
    c = c > 127 ? 127 : c;
    while (c < 127 && fabs(p->code[c + 1] - v) < fabs(p->code[c] - v)) c++;
    while (c > 0 && fabs(p->code[c - 1] - v) < fabs(p->code[c] - v)) c--;
    return (uint8_t)(w < 0 ? (256 - c) & 255 : c);
}

/* The codes of a feature's labels; how many are not 0. None where it was updated too seldom. */
static uint32_t row_codes(const plan *p, const dl_weights *row, uint8_t *codes)
{
    uint32_t n = 0;
    memset(codes, 0, p->t->n_labels);
    if (row->updates < p->least) return 0;
    for (uint32_t k = 0; k < row->n; k++) {
        uint8_t c = code_of(p, mean(&row->w[k], p->t->tick));
        codes[row->w[k].label] = c;
        n += c != 0;
    }
    return n < ROW_MAX ? n : ROW_MAX;
}

/* Bytes of slots and rows, and the bits that it takes: at most 3 slots in 4 are used. */
static uint64_t measure(plan *p)
{
    uint8_t codes[DL_LABELS_MAX];
    uint64_t rows = 0, bytes = 0;
    for (size_t r = 0; r < p->t->n_rows; r++) {
        uint32_t n = row_codes(p, &p->t->row[r], codes);
        rows += n != 0;
        bytes += n ? 1 + 2 * (uint64_t)n : 0;
    }
    p->bits = 4;
    while ((UINT64_C(3) << p->bits) < rows * 4) p->bits++;
    return p->dense ? (uint64_t)(1 + p->t->n_labels) << p->bits : ((uint64_t)4 << p->bits) + bytes;
}

static void align(dl_buf *out, size_t start)
{
    while ((out->len - start) % 8) dl_buf_putc(out, '\0');
}

/* The slot where the feature goes; SIZE_MAX where its neighbourhood is full or another feature with
 * the same check stands in its way: it is then left out. */
static size_t place(const plan *p, const uint8_t *slots, uint64_t feat)
{
    const uint64_t mask = (UINT64_C(1) << p->bits) - 1, size = p->dense ? 1 + p->t->n_labels : 4;
    uint64_t at = feat >> 20 & mask;
    for (int k = 0; k < PROBES; k++, at = (at + 1) & mask) {
        const uint8_t *s = slots + at * size;
        uint8_t check = p->dense ? s[0] : s[3];
        if (check == 0) return (size_t)(at * size);
        if (check == dl_feat_check(feat)) return SIZE_MAX;
    }
    return SIZE_MAX;
}

static void put_u32(uint8_t *p, uint32_t v)
{
    for (int i = 0; i < 4; i++) p[i] = (uint8_t)(v >> 8 * i);
}

/* Fills slots, which lie at byte `slots` of out, and appends the rows of the sparse layout. */
static bool put_rows(const plan *p, dl_buf *out, size_t slots, size_t rows)
{
    uint8_t codes[DL_LABELS_MAX];
    for (size_t r = 0; r < p->t->n_rows; r++) {
        const dl_weights *row = &p->t->row[r];
        uint32_t n = row_codes(p, row, codes);
        size_t at = n ? place(p, (const uint8_t *)out->p + slots, row->hash) : SIZE_MAX;
        if (at == SIZE_MAX) continue;
        uint8_t *s = (uint8_t *)out->p + slots + at;
        if (p->dense) {
            s[0] = dl_feat_check(row->hash);
            memcpy(s + 1, codes, p->t->n_labels);
            continue;
        }
        if (out->len - rows > 0xffffff) return false;
        put_u32(s, (uint32_t)dl_feat_check(row->hash) << 24 | (uint32_t)(out->len - rows));
        dl_buf_putc(out, (char)n);
        for (uint32_t l = 0; l < p->t->n_labels && n; l++)
            if (codes[l]) {
                dl_buf_putc(out, (char)l);
                dl_buf_putc(out, (char)codes[l]);
                n--;
            }
    }
    return !out->failed;
}

static void put_trans(const plan *p, dl_buf *out)
{
    const dl_trainer *t = p->t;
    for (uint32_t i = 0; i < (t->n_labels + 1) * t->n_labels; i++) {
        uint8_t le[4];
        double v = mean(&t->trans[i], t->tick) * p->unit;
        put_u32(le, (uint32_t)(t->may[i] ? (int32_t)lrint(v) : DL_FORBIDDEN));
        dl_buf_add(out, (dl_str){ (const char *)le, 4 });
    }
}

bool dl_trainer_write(const dl_trainer *t, dl_buf *out)
{
    plan p = { .t = t, .least = t->plan.min_updates, .dense = t->n_labels <= DENSE_MAX };
    make_codes(&p);
    while (measure(&p) > t->plan.max_bytes && t->plan.max_bytes) p.least++;
    const size_t start = out->len;
    dl_linear_head h = { .n_labels = t->n_labels, .bits = p.bits, .dense = p.dense, .bio = t->plan.bio };
    memcpy(h.magic, "DLLIN\0\0\1", 8);
    dl_buf_fill(out, '\0', sizeof h);
    h.names = out->len - start;
    for (uint32_t i = 0; i < t->n_labels; i++) dl_buf_add(out, (dl_str){ t->label[i], strlen(t->label[i]) + 1 });
    dl_buf_putc(out, '\0');
    align(out, start);
    h.codes = out->len - start;
    dl_buf_add(out, (dl_str){ (const char *)p.code, sizeof p.code });
    h.trans = out->len - start;
    put_trans(&p, out);
    align(out, start);
    h.slots = out->len - start;
    dl_buf_fill(out, '\0', (size_t)(p.dense ? 1 + t->n_labels : 4) << p.bits);
    align(out, start);
    h.rows = out->len - start;
    if (out->failed || !put_rows(&p, out, start + h.slots, start + h.rows)) return false;
    dl_buf_fill(out, '\0', 512);
    align(out, start);
    h.end = out->len - start;
    if (out->failed) return false;
    memcpy(out->p + start, &h, sizeof h);
    return true;
}
