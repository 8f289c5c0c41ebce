/* ends_net.c: the net of sentence ends: rows of small integers are summed, one for each feature, and a layer is laid over the sum. */
#include "tokens/ends.h"

bool dl_end_net_view(dl_end_net *out, dl_str section)
{
    dl_end_head h;
    *out = (dl_end_net){ .units = 0 };
    if (!section.p || section.len < sizeof h) return false;
    memcpy(&h, section.p, sizeof h);
    if (memcmp(h.magic, DL_END_MAGIC, sizeof h.magic) != 0) return false;
    if (h.units == 0 || h.units > DL_END_UNITS_MAX || h.slots == 0 || h.slots > DL_END_SLOTS_MAX) return false;
    const uint64_t rows = (uint64_t)(h.units + 1) * h.slots + DL_END_WIDTH;
    if (section.len != sizeof h + 2 * sizeof(float) * h.units + rows) return false;
    const float *f = (const float *)(const void *)(section.p + sizeof h);
    *out = (dl_end_net){ h.slots, h.units, h.last, f, f + h.units, (const int8_t *)(f + 2 * (size_t)h.units) };
    return true;
}

/* The row of a feature; NULL: it has none. */
static const int8_t *row_of(const dl_end_net *net, uint64_t feature)
{
    const int8_t check = (int8_t)dl_feat_check(feature);
    uint64_t at = dl_end_slot(feature, net->slots);
    for (int k = 0; k < DL_END_PROBES; k++) {
        const int8_t *s = net->row + at * (net->units + 1);
        if (*s == check) return s + 1;
        if (*s == 0) break;
        at = at + 1 < net->slots ? at + 1 : 0;
    }
    return NULL;
}

/* Adds the row of each feature. A whole width at a time, so that it is one instruction: what is behind the last unit is not read. */
static void sum_rows(const dl_end_net *net, const dl_feats *f, int16_t *sum)
{
    for (uint32_t i = 0; i < f->n; i++) DL_FETCH(net->row + dl_end_slot(f->h[i], net->slots) * (net->units + 1));
    for (uint32_t i = 0; i < f->n; i++) {
        const int8_t *row = row_of(net, f->h[i]);
        for (uint32_t at = 0; row && at < net->units; at += DL_END_WIDTH)
            for (uint32_t u = 0; u < DL_END_WIDTH; u++) sum[at + u] = (int16_t)(sum[at + u] + row[at + u]);
    }
}

float dl_end_net_score(const dl_end_net *net, const dl_feats *f)
{
    int16_t sum[DL_END_UNITS_MAX] = { 0 }; /* DL_FEATS_MAX times 128 fit                         */
    float score = net->last;
    sum_rows(net, f, sum);
    for (uint32_t u = 0; u < net->units; u++) {
        const float v = (float)sum[u] + net->bias[u];
        if (v > 0) score += v * net->out[u];
    }
    return score;
}
