/* differ_when.c: one event, two days; and a page whose own date its pile does not believe. */
#include <stdio.h>

#include "base/date.h"
#include "base/hash.h"
#include "claims/differ.h"

enum { NEAR = 10 /* days */, SAME_BUCKET = 64 };

/* The same act between the same actors with two printed days. */
static bool same_act(const dl_happening *a, const dl_happening *b)
{
    if (a->type != b->type || a->type == DL_NO_TYPE || !a->n_source || !b->n_source || !a->n_target || !b->n_target) return false;
    if (a->modality > DL_ONGOING || b->modality > DL_ONGOING) return false; /* the day of what is to come may move */
    if (a->from == DL_NEVER || b->from == DL_NEVER || a->basis == DL_INFERRED || b->basis == DL_INFERRED) return false;
    if (a->to - a->from > DL_DAY_SECONDS || b->to - b->from > DL_DAY_SECONDS || (a->from < b->to && b->from < a->to))
        return false;
    int64_t apart = a->from > b->from ? a->from - b->from : b->from - a->from;
    return apart <= NEAR * DL_DAY_SECONDS && a->n_source == b->n_source && a->n_target == b->n_target &&
           !memcmp(a->source, b->source, a->n_source * sizeof *a->source) &&
           !memcmp(a->target, b->target, a->n_target * sizeof *a->target);
}

static void reading_of(const dl_differ *d, const dl_happening *h, char words[11], dl_reading_in_work *r)
{
    dl_date_text(words, h->from);
    r->words = dl_str_of(words);
    for (uint32_t i = 0; i < h->n_reports; i++) {
        const dl_doc *doc = dl_page(d->m->pages, h->report[i].page);
        if (doc->events.from[h->report[i].event] != DL_NEVER)
            dl_reading_put(r, h->report[i].page, doc->events.span[h->report[i].event]);
    }
}

/* The trigger's word decides, too: two visits of one week are two events. */
static bool same_words(const dl_differ *d, const dl_happening *a, const dl_happening *b)
{
    const dl_doc *x = dl_page(d->m->pages, a->report[0].page), *y = dl_page(d->m->pages, b->report[0].page);
    if (x->events.modality[a->report[0].event] > DL_ONGOING || y->events.modality[b->report[0].event] > DL_ONGOING) return false;
    if (d->m->lines->text[a->report[0].page] == d->m->lines->text[b->report[0].page]) return false;
    return dl_str_eq_nocase(dl_doc_text(x, x->events.trigger[a->report[0].event]),
                            dl_doc_text(y, y->events.trigger[b->report[0].event]));
}

void dl_differ_when(dl_differ *d)
{
    const dl_matter *m = d->m;
    for (uint32_t i = 0; i < m->n_happenings; i++)
        for (uint32_t k = i + 1; k < m->n_happenings && k < i + SAME_BUCKET; k++) {
            const dl_happening *a = &m->events->row[m->happening[i]], *b = &m->events->row[m->happening[k]];
            if (!same_act(a, b) || !same_words(d, a, b)) continue;
            dl_reading_in_work r[2] = { 0 };
            char words[2][11];
            reading_of(d, a, words[0], &r[0]);
            reading_of(d, b, words[1], &r[1]);
            if (!r[0].n || !r[1].n) continue;
            const dl_doc *doc = dl_page(d->m->pages, r[0].at[0].page);
            dl_differ_put(d, DL_WHEN_KIND, DL_NONE, dl_doc_text(doc, r[0].at[0].span), r, 2, "");
        }
}

void dl_differ_date(dl_differ *d)
{
    for (uint32_t i = 0; i < d->m->n; i++) {
        const dl_doc *doc = dl_page(d->m->pages, d->m->page[i]);
        const dl_meta *meta = doc->meta;
        if (meta->printed == DL_NEVER || meta->published == DL_NEVER || dl_day_of(meta->printed) == dl_day_of(meta->published))
            continue;
        char words[2][11];
        dl_reading_in_work r[2] = { 0 };
        dl_span first = doc->sents.n ? doc->sents.span[0] : (dl_span){ 0, 0 };
        dl_date_text(words[0], meta->published);
        dl_date_text(words[1], meta->printed);
        for (int k = 0; k < 2; k++) {
            r[k].words = dl_str_of(words[k]);
            dl_reading_put(&r[k], d->m->page[i], first);
        }
        dl_differ_put(d, DL_DATE_KIND, DL_NONE, dl_arena_str(d->keep, DL_STR("date of the page")), r, 2,
                      "the printed date is not believed: its text and the other pages say otherwise");
    }
}
