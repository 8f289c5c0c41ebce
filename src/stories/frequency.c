/* frequency.c: an open hash table of counts. */
#include "stories/frequency.h"

#include <math.h>
#include <stdlib.h>

#include "stories/slots.h"

static const double WEIGHT = 4; /* of a page of the stream, in pages of the background              */

static void count_all(dl_frequency *f) { f->log_all = log(f->background.documents + WEIGHT * f->pages); }

void dl_frequency_init(dl_frequency *f, const dl_models *m)
{
    *f = (dl_frequency){ .background = dl_background_open(m) };
    count_all(f);
}

void dl_frequency_free(dl_frequency *f)
{
    free(f->slot);
    f->slot = NULL;
    f->n = f->cap = 0;
}

static uint32_t place_of(const dl_frequency *f, uint32_t term) { return term * UINT32_C(0x9e3779b1) >> 1 & (f->cap - 1); }

/* The term's slot, or the free one where it belongs. */
static struct dl_frequency_slot *slot_of(const dl_frequency *f, uint32_t term)
{
    uint32_t i = place_of(f, term);
    while (f->slot[i].pages && f->slot[i].term != term) i = (i + 1) & (f->cap - 1);
    return &f->slot[i];
}

/* Into a table of `cap` slots, counts shifted right by `halve`. */
static bool rebuild(dl_frequency *f, uint32_t cap, unsigned halve)
{
    struct dl_frequency_slot *old = f->slot, *fresh = calloc(cap, sizeof *fresh);
    const uint32_t n = f->cap;
    if (!fresh) return false;
    f->slot = fresh;
    f->cap = cap;
    f->n = 0;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t pages = (uint32_t)old[i].pages >> halve;
        if (!pages) continue;
        *slot_of(f, old[i].term) = (struct dl_frequency_slot){ old[i].term, pages & 0xffffff, old[i].level };
        f->n++;
    }
    f->pages >>= halve;
    free(old);
    return true;
}

bool dl_frequency_count(dl_frequency *f, const uint32_t *term, uint32_t n)
{
    enum { AHEAD = 12 }; /* slots, which lie far from one another, are asked for before their turn */
    if ((f->n > DL_FREQUENCY_TERMS || f->pages >= DL_FREQUENCY_PAGES) && !rebuild(f, f->cap, 1)) return false;
    while ((uint64_t)(f->n + n) * 3 >= (uint64_t)f->cap * 2) {
        if (!rebuild(f, f->cap ? f->cap * 2 : 1u << 12, 0)) return false;
    }
    for (uint32_t i = 0; i < n; i++) {
        if (i + AHEAD < n) DL_FETCH(&f->slot[place_of(f, term[i + AHEAD])]);
        struct dl_frequency_slot *s = slot_of(f, term[i]);
        if (!s->pages) {
            *s = (struct dl_frequency_slot){ term[i], 0, dl_background_level(&f->background, term[i]) };
            f->n++;
        }
        s->pages++;
    }
    f->pages++;
    count_all(f);
    return true;
}

double dl_frequency_idf(const dl_frequency *f, uint32_t term)
{
    const double LN2 = 0.693147180559945309417;
    const struct dl_frequency_slot *s = f->cap ? slot_of(f, term) : NULL;
    const uint8_t level = s && s->pages ? s->level : dl_background_level(&f->background, term);
    const double *df = f->background.df, *log_df = f->background.log_df;
    const double with = s && s->pages > 1 ? log(df[level] + WEIGHT * (s->pages - 1)) : log_df[level] * LN2;
    return with < f->log_all ? f->log_all - with : 0;
}

bool dl_frequency_put(const dl_frequency *f, dl_buf *out)
{
    return dl_slots_put(&(dl_slots){ f->slot, f->cap, f->n, f->pages }, sizeof *f->slot, out);
}

bool dl_frequency_take(dl_frequency *f, const uint8_t **at, const uint8_t *end)
{
    dl_slots s;
    uint32_t n = 0;
    if (!dl_slots_take(&s, sizeof *f->slot, at, end)) return false;
    dl_frequency_free(f);
    f->slot = s.slot;
    f->cap = s.cap;
    f->pages = s.counted;
    for (uint32_t i = 0; i < f->cap; i++) n += f->slot[i].pages != 0;
    f->n = n;
    count_all(f);
    return dl_slots_sound(&s, n);
}
