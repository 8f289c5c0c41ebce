/* differ_certain.c: done, to come, or only possible?
 *
 * Readings of one event are done (happened, ongoing), planned (expected, demanded) or open (possible,
 * denied ...). If every page that has less was published before or with a page that has more, the event has
 * changed over time. What one and the same text has in two ways, or what the pages of one day differ
 * about while it is still to come, is a disagreement about how certain it is. */
#include "base/date.h"
#include "claims/differ.h"

typedef enum level { DONE, PLANNED, OPEN, LEVELS } level;
static const char *const level_words[LEVELS] = { "happened", "to come", "open" };

static level level_of(uint8_t modality)
{
    switch ((dl_modality)modality) {
    case DL_HAPPENED:
    case DL_ONGOING: return DONE;
    case DL_EXPECTED:
    case DL_DEMANDED: return PLANNED;
    default: return OPEN;
    }
}

static int32_t published(const dl_differ *d, uint32_t page)
{
    int64_t t = dl_page(d->m->pages, page)->meta->published;
    return t == DL_NEVER ? INT32_MIN : dl_day_of(t);
}

/* Two levels in one text, each said of the event itself. A live page is written over hours: it may. */
static bool within_one_text(const dl_differ *d, const dl_reading_in_work *a, const dl_reading_in_work *b)
{
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t k = 0; k < b->n; k++)
            if (d->m->lines->text[a->at[i].page] == d->m->lines->text[b->at[k].page] &&
                dl_page(d->m->pages, a->at[i].page)->meta->verdict != DL_LIVE)
                return true;
    return false;
}

/* Every page with less was published no later than some page with more. */
static bool explained_by_time(const dl_differ *d, const dl_reading_in_work *more, const dl_reading_in_work *less)
{
    int32_t last = INT32_MIN;
    for (uint32_t i = 0; i < more->n; i++) {
        int32_t day = published(d, more->at[i].page);
        if (day > last) last = day;
    }
    for (uint32_t i = 0; i < less->n; i++)
        if (published(d, less->at[i].page) > last) return false;
    return true;
}

static uint32_t lines_of(const dl_differ *d, const dl_reading_in_work *r, uint32_t n)
{
    uint32_t seen[LEVELS * DL_PAIRS_MAX], count = 0;
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < r[i].n; k++) {
            uint32_t line = d->m->lines->line[r[i].at[k].page], at = 0;
            while (at < count && seen[at] != line) at++;
            if (at == count) seen[count++] = line;
        }
    return count;
}

static void look(dl_differ *d, uint32_t row)
{
    const dl_claim *c = &d->claims->claim[row];
    dl_reading_in_work at[LEVELS] = { 0 }, out[LEVELS];
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->n && i < DL_PAIRS_MAX; i++) {
        const dl_support *s = &c->support[i];
        if (s->event == DL_NONE || s->damaged || s->modality == DL_ALLEGED || s->modality == DL_HYPOTHETICAL) continue;
        dl_reading_put(&at[level_of(s->modality)], s->page, s->span);
    }
    for (level l = 0; l < LEVELS; l++)
        if (at[l].n) {
            at[l].words = dl_str_of(level_words[l]);
            out[n++] = at[l];
        }
    if (n < 2) return;
    if (at[DONE].n && at[PLANNED].n && within_one_text(d, &at[DONE], &at[PLANNED]))
        dl_differ_put(d, DL_HOW_CERTAIN, row, dl_differ_about(d, row), out, n, "one text has it both as done and as to come");
    else if (at[DONE].n && (!at[PLANNED].n || explained_by_time(d, &at[DONE], &at[PLANNED])) &&
             (!at[OPEN].n || explained_by_time(d, &at[DONE], &at[OPEN])))
        dl_differ_put(d, DL_CHANGED, row, dl_differ_about(d, row), out, n, "what was to come has happened");
    else if (lines_of(d, out, n) > 1)
        dl_differ_put(d, DL_HOW_CERTAIN, row, dl_differ_about(d, row), out, n, "as certain on one page, open on another");
}

void dl_differ_certain(dl_differ *d)
{
    for (uint32_t i = 0; i < d->claims->n; i++)
        if (d->claims->claim[i].n > 1 && d->claims->claim[i].kind == DL_CLAIM_EVENT) look(d, i);
}
