/* ranges.c: no byte of the page stands in two blocks.
 *
 * Blocks are in the order of the tree, which is the order of the page but for what a parser moves: text in a
 * table that is in no cell stands before the table, and joins the text there. The bytes of such a block reach
 * over those of the blocks that it was moved across: it keeps the ones in front of them. */
#include "base/sort.h"
#include "extract/page.h"

static int by_place(const void *x, const void *y, const void *ctx)
{
    const dl_xblock *blk = ctx, *a = &blk[*(const uint32_t *)x], *b = &blk[*(const uint32_t *)y];
    if (a->src.beg != b->src.beg) return a->src.beg < b->src.beg ? -1 : 1;
    return (a->src.end > b->src.end) - (a->src.end < b->src.end);
}

bool dl_ranges_apart(dl_xpage *p, uint32_t *place)
{
    uint32_t *order = dl_arena_raw(p->a, p->n + 1, sizeof *order), n = 0, last = DL_NONE;
    bool sorted = true;
    if (!order) return false;
    for (uint32_t i = 0; i < p->n; i++) {
        place[i] = DL_NONE;
        if (p->blk[i].src.beg >= p->blk[i].src.end) continue;
        sorted = sorted && (!n || p->blk[order[n - 1]].src.end <= p->blk[i].src.beg);
        order[n++] = i;
    }
    if (!sorted && !dl_sort(order, n, sizeof *order, by_place, p->blk, p->a)) return false;
    for (uint32_t i = 0, next = 0; i < n; i++) {
        dl_span *src = &p->blk[order[i]].src, *before = last == DL_NONE ? NULL : &p->blk[last].src;
        if (before && before->beg == src->beg) { /* the longer of two from one byte on has none of its own */
            src->end = src->beg;
            continue;
        }
        if (before && before->end > src->beg) before->end = src->beg;
        place[order[i]] = next++;
        last = order[i];
    }
    return true;
}
