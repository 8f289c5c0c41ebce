/* frequency.c: an open hash table of counts. */
#include "stories/frequency.h"

#include <math.h>
#include <stdlib.h>

#include "stories/slots.h"

static const double WEIGHT = 4; /* of a page of the stream, in pages of the background              */

void dl_frequency_init(dl_frequency *f, const dl_models *m) { *f = (dl_frequency){ .background = dl_background_open(m) }; }

void dl_frequency_free(dl_frequency *f)
{
    free(f->slot);
    f->slot = NULL;
    f->n = f->cap = 0;
}

/* The term's slot, or the free one where it belongs. */
static struct dl_frequency_slot *slot_of(const dl_frequency *f, uint32_t term)
{
    uint32_t i = term * UINT32_C(0x9e3779b1) >> 1 & (f->cap - 1);
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
        const uint32_t pages = old[i].pages >> halve;
        if (!pages) continue;
        *slot_of(f, old[i].term) = (struct dl_frequency_slot){ old[i].term, pages };
        f->n++;
    }
    f->pages >>= halve;
    free(old);
    return true;
}

bool dl_frequency_count(dl_frequency *f, const uint32_t *term, uint32_t n)
{
    if (f->n > DL_FREQUENCY_TERMS && !rebuild(f, f->cap, 1)) return false;
    while ((uint64_t)(f->n + n) * 3 >= (uint64_t)f->cap * 2) {
        if (!rebuild(f, f->cap ? f->cap * 2 : 1u << 12, 0)) return false;
    }
    for (uint32_t i = 0; i < n; i++) {
        struct dl_frequency_slot *s = slot_of(f, term[i]);
        f->n += !s->pages;
        s->term = term[i];
        s->pages++;
    }
    f->pages++;
    return true;
}

double dl_frequency_idf(const dl_frequency *f, uint32_t term)
{
    uint32_t pages = f->cap ? slot_of(f, term)->pages : 0;
    double all = f->background.documents + WEIGHT * f->pages;
    double with = dl_background_df(&f->background, term) + (pages > 1 ? WEIGHT * (pages - 1) : 0);
    return with < all ? log(all / with) : 0;
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
    return dl_slots_sound(&s, n);
}
