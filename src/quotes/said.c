/* said.c: the day of an act of speech: a day named with the cue, not inside what is said. */
#include "quotes/said.h"

#include "base/date.h"
#include "base/sort.h"

/* Inside what this or another attribution says. */
static bool in_content(const dl_quoting *q, const dl_attrib *a, dl_span t)
{
    if (q->label[t.beg] == DL_SAID_B_CONTENT || q->label[t.beg] == DL_SAID_I_CONTENT) return true;
    for (uint32_t i = 0; i < a->n_content; i++)
        if (dl_span_meet(a->content[i], t)) return true;
    return false;
}

static bool a_day(const dl_doc *d, uint32_t i)
{
    uint8_t g = d->times.grain[i];
    return (d->times.type[i] == DL_DATE || d->times.type[i] == DL_TIME) && g >= DL_GRAIN_SECOND && g <= DL_GRAIN_DAY &&
           d->times.from[i] != DL_NEVER && d->times.to[i] != DL_NEVER;
}

static uint32_t distance(dl_span a, dl_span b) { return a.end <= b.beg ? b.beg - a.end : b.end <= a.beg ? a.beg - b.end : 0; }

/* The day named nearest to the cue: one that hangs on the cue itself goes before any other. */
static uint32_t near_cue(const dl_quoting *q, const dl_attrib *a, uint32_t sent)
{
    const dl_doc *d = q->d;
    uint32_t best = DL_NONE, least = UINT32_MAX, head = dl_span_head(q, a->cue);
    for (uint32_t i = dl_find_u32(d->times.sent, d->times.n, sent); i < d->times.n && d->times.sent[i] == sent; i++) {
        dl_span t = d->times.tok[i];
        if (!a_day(d, i) || t.beg >= q->n || in_content(q, a, t)) continue;
        uint32_t far = distance(t, a->cue);
        if (q->gov[t.beg] != head) far += 20;
        if (far < least) {
            least = far;
            best = i;
        }
    }
    return least <= 35 ? best : DL_NONE;
}

void dl_said_on(const dl_quoting *q, const dl_attrib *a, int64_t *from, int64_t *to)
{
    *from = *to = DL_NEVER;
    if (!dl_span_len(a->cue)) return;
    const dl_doc *d = q->d;
    uint32_t sent = q->sent[a->cue.beg], i = near_cue(q, a, sent);
    /* else the day that the sentence before gave to what is told here */
    if (i == DL_NONE && sent > 0 && d->sents.block[sent - 1] == d->sents.block[sent]) {
        uint32_t k = dl_find_u32(d->times.sent, d->times.n, sent - 1);
        if (k < d->times.n && d->times.sent[k] == sent - 1 && a_day(d, k) && d->times.tok[k].beg < d->sents.tok[sent - 1].beg + 4)
            i = k;
    }
    if (i == DL_NONE) return;
    *from = dl_seconds(dl_day_of(d->times.from[i]));
    /* what was said was said before it was printed: a bare weekday that was taken for the next one, for
     * what is told lies ahead */
    int64_t week = 7 * DL_DAY_SECONDS;
    if (d->meta->published != DL_NEVER && d->times.basis[i] != DL_EXPLICIT && *from > d->meta->published &&
        *from - d->meta->published < week)
        *from -= week;
    *to = *from + DL_DAY_SECONDS;
}
