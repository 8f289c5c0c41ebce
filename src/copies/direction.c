/* direction.c: which of two copies came first. Nothing proves it; several signs vote:
 * the dates; a headline that one has and the other lost; text at the end that one has cut off;
 * short lines of furniture that one gained; words replaced by rarer ones. */
#include "base/date.h"
#include "copies/pair.h"

/* What one side has outside the passages. */
typedef struct outside {
    double words;  /* all                                                                       */
    double ragged; /* in lines of fewer than 14 words: menus, captions, notices                  */
    double tail;   /* behind the last passage                                                   */
} outside;

static void mark_runs(uint8_t *in, const dl_alignment *al, bool first)
{
    for (uint32_t r = 0; r < al->n; r++) {
        uint32_t beg = first ? al->run[r].a_beg : al->run[r].b_beg, end = first ? al->run[r].a_end : al->run[r].b_end;
        memset(in + beg, 1, end - beg);
    }
}

static bool measure(outside *out, const dl_side *s, const dl_alignment *al, bool first, dl_arena *scratch)
{
    enum { RAGGED = 14 };
    uint8_t *in = dl_arena_get(scratch, (size_t)s->n + 1, 1);
    *out = (outside){ 0 };
    if (!in) return false;
    mark_runs(in, al, first);
    uint32_t last = s->n;
    while (last > 0 && !in[last - 1]) last--;
    out->tail = s->n - last;
    for (uint32_t beg = 0, end; beg < s->n; beg = end) {
        double fresh = !in[beg];
        for (end = beg + 1; end < s->n && !(s->all.flags[s->row[end]] & DL_WORD_LINE); end++) fresh += !in[end];
        out->words += fresh;
        if (end - beg < RAGGED) out->ragged += fresh;
    }
    return true;
}

static double sign_of_dates(const dl_side *a, const dl_side *b)
{
    int64_t x = a->card->published, y = b->card->published;
    if (x == DL_NEVER || y == DL_NEVER) return 0;
    int32_t apart = dl_day_of(y) - dl_day_of(x);
    if (apart) return apart > 0 ? 2 : -2;
    if (!a->doc->meta->has_time || !b->doc->meta->has_time || x == y) return 0;
    return x < y ? 1 : -1;
}

static double part(double x, double of) { return of > 0 ? x / of : 0; }

/* Positive: a came first. */
static double weigh(const dl_side *a, const dl_side *b, const outside *oa, const outside *ob)
{
    double v = sign_of_dates(a, b);
    v += (a->card->n_title > 0) - (b->card->n_title > 0);
    double prose_a = part(oa->words - oa->ragged, a->n), prose_b = part(ob->words - ob->ragged, b->n);
    v += 3 * (prose_a - prose_b);
    v += 4 * (part(ob->ragged, b->n) - part(oa->ragged, a->n));
    return v;
}

bool dl_pair_direction(dl_direction *out, const dl_compared *c, const dl_side *a, const dl_side *b, dl_arena *scratch)
{
    outside oa, ob;
    if (!measure(&oa, a, &c->al, true, scratch) || !measure(&ob, b, &c->al, false, scratch)) return false;
    double v = weigh(a, b, &oa, &ob);
    *out = v > 0 ? DL_A_TO_B : v < 0 ? DL_B_TO_A : DL_DIR_UNKNOWN;
    return true;
}
