/* grow_tree.c: growing one tree: always the leaf whose division gains most. */
#include "learn/grow_tree.h"

#define SIDE 4           /* columns summed side by side: rows of one bin wait for each other      */
#define GAIN_MIN 1e-9    /* less is the noise of sums                                             */
#define HESSIAN_MIN 1e-3 /* of a leaf                                                            */

bool dl_grower_init(dl_grower *g, const dl_grow_plan *plan, const dl_bins *bins, const dl_pull *pull, dl_arena *a)
{
    const size_t columns = bins->n_columns, leaves = plan->leaves;
    *g = (dl_grower){ .plan = plan, .bins = bins, .pull = pull };
    g->hist_max = bins->first[columns] + columns;
    g->rows = dl_arena_raw(a, bins->n, sizeof *g->rows);
    g->spare = dl_arena_raw(a, bins->n, sizeof *g->spare);
    g->ordered = dl_arena_raw(a, bins->n, sizeof *g->ordered);
    g->column = DL_NEW(a, columns, uint32_t);
    g->at = DL_NEW(a, columns + 1, uint32_t);
    g->pool = g->hist_max <= SIZE_MAX / leaves ? dl_arena_raw(a, leaves * g->hist_max, sizeof *g->pool) : NULL;
    g->twig = DL_NEW(a, leaves, dl_twig);
    g->node = DL_NEW(a, 2 * leaves, dl_forest_node);
    g->bin = DL_NEW(a, 2 * leaves, uint8_t);
    return g->pool && !dl_arena_failed(a);
}

static inline void count_in(dl_cell *c, dl_pull p)
{
    c->g += p.g;
    c->h += p.h;
    c->n++;
}

/* Sums rows into `width` histograms at once. */
static inline void sum_columns(const dl_grower *g, const uint32_t *row, const dl_pull *pull, uint32_t n, uint32_t first,
                               uint32_t width, dl_cell *hist)
{
    const uint8_t *code[SIDE];
    dl_cell *cell[SIDE];
    for (uint32_t k = 0; k < width; k++) {
        code[k] = g->bins->code + (size_t)g->column[first + k] * g->bins->n;
        cell[k] = hist + g->at[first + k];
    }
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < width; k++) count_in(&cell[k][code[k][row[i]]], pull[i]);
}

static void make_hist(dl_grower *g, dl_twig *t)
{
    const uint32_t *row = g->rows + t->beg;
    const uint32_t n = t->end - t->beg;
    for (uint32_t i = 0; i < n; i++) g->ordered[i] = g->pull[row[i]];
    memset(t->hist, 0, g->at[g->n_columns] * sizeof *t->hist);
    uint32_t c = 0;
    for (; c + SIDE <= g->n_columns; c += SIDE) sum_columns(g, row, g->ordered, n, c, SIDE, t->hist);
    for (; c < g->n_columns; c++) sum_columns(g, row, g->ordered, n, c, 1, t->hist);
}

static void subtract(dl_cell *from, const dl_cell *what, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        from[i].g -= what[i].g;
        from[i].h -= what[i].h;
        from[i].n -= what[i].n;
    }
}

static double worth(const dl_grower *g, double grad, double hess) { return grad * grad / (hess + (double)g->plan->lambda); }

static void best_of_column(const dl_grower *g, uint32_t c, dl_twig *t)
{
    const dl_cell *cell = t->hist + g->at[c];
    const uint32_t cuts = dl_bins_cuts(g->bins, g->column[c]), least = g->plan->min_rows;
    const double whole = worth(g, t->sum.g, t->sum.h);
    dl_cell left = { 0 };
    for (uint32_t b = 0; b < cuts; b++) {
        if (!cell[b].n) continue; /* no row in it: the same division as at the cut before */
        left.g += cell[b].g;
        left.h += cell[b].h;
        left.n += cell[b].n;
        const double right_h = t->sum.h - left.h;
        if (t->sum.n - left.n < least || right_h < HESSIAN_MIN) return;
        if (left.n < least || left.h < HESSIAN_MIN) continue;
        const double gain = worth(g, left.g, left.h) + worth(g, t->sum.g - left.g, right_h) - whole;
        if (gain > t->best.gain) t->best = (dl_cut){ gain, g->column[c], (uint8_t)b, left };
    }
}

static void find_best(const dl_grower *g, dl_twig *t)
{
    t->best = (dl_cut){ .gain = GAIN_MIN };
    for (uint32_t c = 0; c < g->n_columns; c++) best_of_column(g, c, t);
    if (t->best.gain <= GAIN_MIN) t->best.gain = 0;
}

/* Rows that go left first, each side in its old order; how many go left. */
static uint32_t part_rows(dl_grower *g, const dl_twig *t)
{
    const uint8_t *code = g->bins->code + (size_t)t->best.column * g->bins->n;
    uint32_t left = t->beg, right = 0;
    for (uint32_t i = t->beg; i < t->end; i++) {
        const uint32_t row = g->rows[i];
        const bool goes_right = code[row] > t->best.bin;
        g->rows[left] = row;
        g->spare[right] = row;
        left += !goes_right;
        right += goes_right;
    }
    memcpy(g->rows + left, g->spare, right * sizeof *g->rows);
    return left;
}

/* Makes the leaf a node with two leaves; the left one takes its place. */
static dl_twig *divide(dl_grower *g, dl_twig *t)
{
    const dl_cut cut = t->best;
    dl_twig *right = &g->twig[g->n_twigs++];
    const uint32_t mid = part_rows(g, t);
    g->node[t->node] = (dl_forest_node){ .value = g->bins->cut[g->bins->first[cut.column] + cut.bin],
                                         .feature = (uint16_t)cut.column,
                                         .child = (uint16_t)(g->n_nodes - t->node) };
    g->bin[t->node] = cut.bin;
    *right = (dl_twig){ .beg = mid, .end = t->end, .node = g->n_nodes + 1, .sum = t->sum };
    subtract(&right->sum, &cut.left, 1);
    *t = (dl_twig){ .beg = t->beg, .end = mid, .node = g->n_nodes, .sum = cut.left, .hist = t->hist };
    g->n_nodes += 2;
    return right;
}

static bool divisible(const dl_grower *g, const dl_twig *t) { return t->sum.n / 2 >= g->plan->min_rows && t->sum.n >= 2; }

/* Histograms for two new leaves: that of the smaller one from its rows, that of the other one by taking it from their parent's, which
 * lies in a->hist. */
static void look_at_both(dl_grower *g, dl_twig *a, dl_twig *b)
{
    dl_cell *whole = a->hist;
    dl_twig *small = b->sum.n < a->sum.n ? b : a, *large = small == a ? b : a;
    a->hist = b->hist = NULL;
    if (!divisible(g, large)) return;
    small->hist = g->pool + g->n_hists++ * g->hist_max;
    large->hist = whole;
    make_hist(g, small);
    subtract(large->hist, small->hist, g->at[g->n_columns]);
    find_best(g, large);
    if (divisible(g, small)) find_best(g, small);
}

static void begin(dl_grower *g)
{
    g->n_nodes = g->n_twigs = g->n_hists = 1;
    g->at[0] = 0;
    for (uint32_t c = 0; c < g->n_columns; c++) g->at[c + 1] = g->at[c] + dl_bins_cuts(g->bins, g->column[c]) + 1;
    dl_twig *root = g->twig;
    *root = (dl_twig){ .end = g->n_rows, .hist = g->pool };
    for (uint32_t i = 0; i < g->n_rows; i++) count_in(&root->sum, g->pull[g->rows[i]]);
    if (!divisible(g, root)) return;
    make_hist(g, root);
    find_best(g, root);
}

void dl_grower_tree(dl_grower *g)
{
    begin(g);
    while (g->n_twigs < g->plan->leaves) {
        dl_twig *t = g->twig;
        for (uint32_t i = 1; i < g->n_twigs; i++)
            if (g->twig[i].best.gain > t->best.gain) t = &g->twig[i];
        if (t->best.gain <= 0) break;
        dl_twig *right = divide(g, t);
        if (g->n_twigs < g->plan->leaves) look_at_both(g, t, right);
    }
    for (uint32_t i = 0; i < g->n_twigs; i++) {
        const dl_twig *t = &g->twig[i];
        const double value = g->n_twigs > 1 ? -t->sum.g / (t->sum.h + (double)g->plan->lambda) : 0;
        g->node[t->node] = (dl_forest_node){ .value = (float)value * g->plan->rate, .feature = (uint16_t)g->bins->n_columns };
    }
}

float dl_grower_leaf(const dl_grower *g, size_t row)
{
    uint32_t at = 0;
    while (g->node[at].child) {
        const uint8_t code = g->bins->code[g->node[at].feature * g->bins->n + row];
        at += g->node[at].child + (uint32_t)(code > g->bin[at]);
    }
    return g->node[at].value;
}
