/* disagree.c: the list of disagreements, and the finders in order of kind. */
#include "claims/disagree.h"

#include "base/error.h"
#include "base/sort.h"
#include "claims/differ.h"

const char *const dl_disagree_words[DL_DISAGREE_KINDS] = { "who-said-it", "how-many",         "when", "how-certain", "how-broad",
                                                           "date",        "changed-over-time" };

void dl_reading_put(dl_reading_in_work *r, uint32_t page, dl_span span)
{
    for (uint32_t i = 0; i < r->n; i++)
        if (r->at[i].page == page && r->at[i].span.beg == span.beg && r->at[i].span.end == span.end) return;
    if (r->n < DL_PAIRS_MAX) r->at[r->n++] = (dl_passage_at){ page, span };
}

static void count_lines(const dl_lines *lines, dl_reading *r)
{
    for (uint32_t i = 0; i < r->n; i++) {
        uint32_t line = lines->line[r->at[i].page], k = 0;
        while (k < i && lines->line[r->at[k].page] != line) k++;
        if (k < i) continue;
        r->lines++;
        r->first_hand += lines->first_hand[line];
    }
}

static int best_first(const void *a, const void *b, const void *ctx)
{
    const dl_reading *x = a, *y = b;
    (void)ctx;
    if (x->first_hand != y->first_hand) return x->first_hand > y->first_hand ? -1 : 1;
    if (x->lines != y->lines) return x->lines > y->lines ? -1 : 1;
    return 0;
}

void dl_differ_put(dl_differ *d, dl_disagree_kind kind, uint32_t claim, dl_str about, const dl_reading_in_work *r, uint32_t n,
                   const char *note)
{
    dl_reading *reading = DL_NEW(d->keep, n, dl_reading);
    if (!reading || !DL_ROOM(d->keep, d->row, d->n, d->cap)) {
        d->failed = true;
        return;
    }
    for (uint32_t i = 0; i < n; i++) {
        dl_passage_at *at = dl_arena_raw(d->keep, r[i].n, sizeof *at);
        if (!at) {
            d->failed = true;
            return;
        }
        memcpy(at, r[i].at, r[i].n * sizeof *at);
        reading[i] = (dl_reading){ .words = dl_arena_str(d->keep, r[i].words), .n = r[i].n, .at = at };
        count_lines(d->m->lines, &reading[i]);
    }
    if (!dl_sort(reading, n, sizeof *reading, best_first, NULL, d->keep)) d->failed = true;
    d->row[d->n++] = (dl_disagreement){ kind, about, claim, n, reading, dl_arena_str(d->keep, dl_str_of(note)) };
}

dl_str dl_differ_about(const dl_differ *d, uint32_t claim)
{
    const dl_claim *c = &d->claims->claim[claim];
    const dl_support *s = &c->support[c->head];
    return dl_doc_text(dl_page(d->m->pages, s->page), s->span);
}

dl_status dl_disagreements_find(dl_disagreements *out, const dl_matter *m, const dl_claims *claims, dl_arena *keep, dl_error *err)
{
    dl_differ d = { .m = m, .claims = claims, .keep = keep };
    dl_differ_who(&d);
    dl_differ_many(&d);
    dl_differ_when(&d);
    dl_differ_certain(&d);
    dl_differ_tense(&d);
    dl_differ_broad(&d);
    dl_differ_date(&d);
    if (d.failed) return dl_fail_mem(err, "disagreements");
    *out = (dl_disagreements){ (uint32_t)d.n, d.row };
    return DL_OK;
}
