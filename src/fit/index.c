/* index.c: which features get a row. */
#include <stdlib.h>

#include "base/hash.h"
#include "base/sort.h"
#include "fit/fit.h"
#include "learn/slots.h"

typedef struct seen {
    uint64_t feat;
    uint32_t times;
} seen;

static int by_times(const void *a, const void *b, const void *ctx)
{
    const seen *x = a, *y = b;
    (void)ctx;
    if (x->times != y->times) return x->times < y->times ? 1 : -1;
    return x->feat < y->feat ? -1 : x->feat > y->feat;
}

/* Every feature once, with how often it is there; NULL: no memory. */
static seen *count(const dl_fit_sent *sent, size_t n, dl_arena *a, size_t *n_seen)
{
    dl_map map;
    seen *all = NULL;
    size_t cap = 0;
    dl_map_init(&map, a);
    for (size_t s = 0; s < n; s++)
        for (size_t i = 0; i < sent[s].end[sent[s].n - 1]; i++) {
            const uint32_t *at = dl_map_put(&map, sent[s].feat[i], (uint32_t)*n_seen);
            if (!at || !DL_ROOM(a, all, *n_seen, cap)) return NULL;
            if (*at == *n_seen) all[(*n_seen)++] = (seen){ sent[s].feat[i], 0 };
            all[*at].times++;
        }
    return all;
}

bool dl_fit_index_make(dl_fit_index *x, const dl_fit_sent *sent, size_t n, uint32_t least, uint32_t most)
{
    dl_arena a;
    size_t n_seen = 0;
    *x = (dl_fit_index){ .bits = 4 };
    dl_arena_init(&a, (size_t)8 << 30);
    seen *all = count(sent, n, &a, &n_seen);
    seen *spare = all ? dl_arena_raw(&a, n_seen + 1, sizeof *spare) : NULL;
    if (spare) {
        dl_sort(all, n_seen, sizeof *all, by_times, NULL, &a);
        most = most < DL_NET_ROWS_MAX ? most : DL_NET_ROWS_MAX;
        size_t rows = 0;
        while (rows < n_seen && rows < most && all[rows].times >= least) rows++;
        while (UINT64_C(1) << x->bits < rows * 3 / 2) x->bits++;
        x->slot = calloc((size_t)1 << x->bits, sizeof *x->slot);
        const uint64_t mask = (UINT64_C(1) << x->bits) - 1;
        for (size_t i = 0; x->slot && i < rows; i++)
            x->n_rows += dl_slots_put(x->slot, mask, DL_NET_ROW_BITS, all[i].feat, x->n_rows);
    }
    dl_arena_free(&a);
    return x->slot != NULL;
}

bool dl_fit_rows(const dl_fit_index *x, dl_fit_sent *sent, size_t n, dl_arena *a)
{
    const dl_net view = { .mask = (UINT64_C(1) << x->bits) - 1, .n_rows = x->n_rows, .slot = x->slot };
    for (size_t s = 0; s < n; s++) {
        const size_t feats = sent[s].end[sent[s].n - 1];
        uint32_t *row = dl_arena_raw(a, feats + 1, sizeof *row);
        if (!row) return false;
        for (size_t i = 0; i < feats; i++) row[i] = dl_net_row(&view, sent[s].feat[i]);
        sent[s].row = row;
    }
    return true;
}
