/* timeline.c: dated claims, sorted, each sentence once a day. */
#include "brief/timeline.h"

#include "base/error.h"
#include "base/sort.h"

static const dl_support *head(const dl_claim *c) { return &c->support[c->head]; }

static int by_day(const void *a, const void *b, const void *ctx)
{
    const dl_claim *x = *(const dl_claim *const *)a, *y = *(const dl_claim *const *)b;
    (void)ctx;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    if (x->to != y->to) return x->to < y->to ? -1 : 1;
    if (head(x)->page != head(y)->page) return head(x)->page < head(y)->page ? -1 : 1;
    if (head(x)->span.beg != head(y)->span.beg) return head(x)->span.beg < head(y)->span.beg ? -1 : 1;
    return (x > y) - (x < y);
}

/* Of one day, from one sentence, with words in common. */
static bool same(const dl_claim *a, const dl_claim *b)
{
    return a->from == b->from && head(a)->page == head(b)->page && head(a)->sent == head(b)->sent &&
           dl_span_meet(head(a)->span, head(b)->span);
}

dl_status dl_timeline_find(dl_timeline *out, const dl_claims *claims, dl_arena *keep, dl_error *err)
{
    uint32_t n = 0, once = 0;
    const dl_claim **v = dl_arena_get(keep, (size_t)claims->n + 1, sizeof(const dl_claim *));
    if (!v) return dl_fail_mem(err, "timeline");
    for (uint32_t i = 0; i < claims->n; i++)
        if (dl_claim_dated(&claims->claim[i])) v[n++] = &claims->claim[i];
    if (!dl_sort(v, n, sizeof *v, by_day, NULL, keep)) return dl_fail_mem(err, "timeline");
    for (uint32_t i = 0; i < n; i++) {
        const dl_claim *last = once ? v[once - 1] : NULL;
        if (!last || !same(last, v[i]))
            v[once++] = v[i];
        else if (dl_span_len(head(v[i])->span) > dl_span_len(head(last)->span) && v[i]->lines >= last->lines)
            v[once - 1] = v[i];
    }
    *out = (dl_timeline){ once, v };
    return DL_OK;
}
