/* train.c: the averaged perceptron while it learns. Writing it down is in train_write.c. */
#include "learn/train.h"

#include <stdio.h>

bool dl_trainer_init(dl_trainer *t, dl_arena *a, const char *const *labels, uint32_t n_labels, const dl_train_plan *plan)
{
    memset(t, 0, sizeof *t);
    t->arena = a;
    t->plan = *plan;
    t->n_labels = n_labels < DL_LABELS_MAX ? n_labels : DL_LABELS_MAX;
    if (!t->plan.epochs) t->plan.epochs = 8;
    if (!t->plan.min_updates) t->plan.min_updates = 1;
    dl_map_init(&t->rows, a);
    n_labels = t->n_labels;
    t->trans = DL_NEW(a, (size_t)(n_labels + 1) * n_labels, dl_weight);
    t->may = DL_NEW(a, (size_t)(n_labels + 1) * n_labels, bool);
    if (!t->trans || !t->may) return false;
    for (uint32_t i = 0; i < n_labels; i++) snprintf(t->label[i], sizeof t->label[i], "%s", labels[i]);
    for (uint32_t i = 0; i <= n_labels; i++)
        for (uint32_t j = 0; j < n_labels; j++) {
            dl_str before = i < n_labels ? dl_str_of(t->label[i]) : DL_STR("");
            t->may[i * n_labels + j] = !plan->bio || dl_bio_may(before, dl_str_of(t->label[j]));
        }
    return true;
}

void dl_trainer_score(const dl_trainer *t, const uint64_t *feats, size_t n, float *score)
{
    for (uint32_t i = 0; i < t->n_labels; i++) score[i] = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t r = dl_map_get(&t->rows, feats[i]);
        if (r == DL_NONE || t->row[r].updates < t->plan.min_updates) continue;
        const dl_weights *row = &t->row[r];
        for (uint32_t k = 0; k < row->n; k++) score[row->w[k].label] += row->w[k].now;
    }
}

static void add(dl_weight *w, uint32_t tick, float by)
{
    w->sum += (double)w->now * (tick - w->at);
    w->at = tick;
    w->now += by;
}

/* The feature's row, made where it is new; NULL: no memory. */
static dl_weights *row_of(dl_trainer *t, uint64_t feat)
{
    if (!DL_ROOM(t->arena, t->row, t->n_rows, t->row_cap)) return NULL;
    uint32_t *at = dl_map_put(&t->rows, feat, (uint32_t)t->n_rows);
    if (!at) return NULL;
    if (*at == t->n_rows) t->row[t->n_rows++] = (dl_weights){ .hash = feat };
    return &t->row[*at];
}

void dl_trainer_update(dl_trainer *t, const uint64_t *feats, size_t n, uint32_t label, float by)
{
    for (size_t i = 0; i < n; i++) {
        dl_weights *row = row_of(t, feats[i]);
        if (!row) return;
        row->updates++;
        uint32_t k = 0;
        while (k < row->n && row->w[k].label != label) k++;
        if (k == row->n) {
            if (row->n == row->cap) {
                uint16_t cap = (uint16_t)(row->cap ? row->cap * 2 : 2);
                dl_weight *more = dl_arena_grow(t->arena, row->w, row->n, cap, sizeof *more);
                if (!more) return;
                row->w = more;
                row->cap = cap;
            }
            row->w[row->n++] = (dl_weight){ .label = label, .at = t->tick };
        }
        add(&row->w[k], t->tick, by);
    }
}

bool dl_example_add(dl_trainer *t, const dl_seq *s, const uint8_t *gold)
{
    uint32_t *end = dl_arena_raw(t->arena, s->n + 1, sizeof *end);
    uint64_t *feat = dl_arena_raw(t->arena, s->n_feats + 1, sizeof *feat);
    uint8_t *label = dl_arena_raw(t->arena, s->n + 1, 1);
    if (!end || !feat || !label || !DL_ROOM(t->arena, t->ex, t->n_ex, t->ex_cap)) return false;
    if (s->n) {
        memcpy(end, s->end, s->n * sizeof *end);
        memcpy(feat, s->feat, s->n_feats * sizeof *feat);
        memcpy(label, gold, s->n);
    }
    t->ex[t->n_ex++] = (dl_example){ s->n, end, feat, label };
    return true;
}

/* Weights are whole numbers, but for fractional `by`: 1/64 is kept. */
static int32_t fixed(float w) { return (int32_t)(w * 64.0f); }

/* Decodes one example under the weights as they stand. */
static bool decode(dl_trainer *t, const dl_example *e, uint8_t *label)
{
    const uint32_t n = t->n_labels;
    dl_arena_mark mark = dl_arena_here(t->arena);
    int32_t *score = dl_arena_raw(t->arena, e->n, n * sizeof *score);
    int32_t *trans = dl_arena_raw(t->arena, (size_t)(n + 1) * n, sizeof *trans);
    if (!score || !trans) return false;
    for (uint32_t i = 0; i < (n + 1) * n; i++) trans[i] = t->may[i] ? fixed(t->trans[i].now) : DL_FORBIDDEN;
    float one[DL_LABELS_MAX];
    for (size_t i = 0; i < e->n; i++) {
        uint32_t beg = i ? e->end[i - 1] : 0;
        dl_trainer_score(t, e->feat + beg, e->end[i] - beg, one);
        for (uint32_t l = 0; l < n; l++) score[i * n + l] = fixed(one[l]);
    }
    bool done = dl_viterbi(score, trans, e->n, n, t->arena, label);
    dl_arena_back(t->arena, mark);
    return done;
}

/* Rewards the gold labels, punishes the others; the number of right ones. */
static size_t learn(dl_trainer *t, const dl_example *e, const uint8_t *label)
{
    size_t right = 0;
    const uint32_t n = t->n_labels;
    uint32_t gold_before = n, before = n;
    for (size_t i = 0; i < e->n; i++) {
        uint32_t beg = i ? e->end[i - 1] : 0;
        size_t len = e->end[i] - beg;
        if (label[i] != e->gold[i]) {
            dl_trainer_update(t, e->feat + beg, len, e->gold[i], 1);
            dl_trainer_update(t, e->feat + beg, len, label[i], -1);
        }
        if (label[i] != e->gold[i] || before != gold_before) {
            add(&t->trans[gold_before * n + e->gold[i]], t->tick, 1);
            add(&t->trans[before * n + label[i]], t->tick, -1);
        }
        right += label[i] == e->gold[i];
        gold_before = e->gold[i];
        before = label[i];
    }
    return right;
}

void dl_shuffle(uint32_t *order, size_t n, uint64_t *state)
{
    for (size_t i = n; i > 1; i--) {
        size_t j = (size_t)(dl_random(state) % i);
        uint32_t swap = order[i - 1];
        order[i - 1] = order[j];
        order[j] = swap;
    }
}

bool dl_train_seqs(dl_trainer *t)
{
    size_t longest = 0, tokens = 0;
    for (size_t i = 0; i < t->n_ex; i++) {
        longest = t->ex[i].n > longest ? t->ex[i].n : longest;
        tokens += t->ex[i].n;
    }
    uint32_t *order = dl_arena_raw(t->arena, t->n_ex + 1, sizeof *order);
    uint8_t *label = dl_arena_raw(t->arena, longest + 1, 1);
    if (!order || !label) return false;
    for (size_t i = 0; i < t->n_ex; i++) order[i] = (uint32_t)i;
    uint64_t state = t->plan.seed;
    for (uint32_t epoch = 0; epoch < t->plan.epochs; epoch++) {
        size_t right = 0;
        dl_shuffle(order, t->n_ex, &state);
        for (size_t i = 0; i < t->n_ex; i++) {
            const dl_example *e = &t->ex[order[i]];
            if (!decode(t, e, label)) return false;
            right += learn(t, e, label);
            dl_trainer_tick(t);
        }
        if (t->plan.told) t->plan.told(t->plan.ctx, epoch, tokens ? (double)right / (double)tokens : 0, t->n_rows);
    }
    return !dl_arena_failed(t->arena);
}
