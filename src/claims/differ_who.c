/* differ_who.c: one statement, two speakers of different sides.
 *
 * A side is a country where the speaker has one (a minister and her government are one side), else the
 * actor. Two people of two sides may well say alike things; so a reading that one line alone has is
 * held against one that the others share, and joint speech is no conflict. */
#include "base/hash.h"
#include "claims/differ.h"

enum { MAX_SIDES = 6 };

static uint64_t side_of(const dl_differ *d, uint32_t actor)
{
    uint32_t country = d->m->actors->country[actor];
    return country ? country : UINT64_C(1) << 32 | actor;
}

/* Is the event's own agent the speaker? "X agreed to Y" said of X by others is no speech of X. */
static bool speaks_of_itself(const dl_differ *d, const dl_support *s)
{
    const dl_doc *doc = dl_page(d->m->pages, s->page);
    if (s->event == DL_NONE) return false;
    dl_span args = doc->events.args[s->event];
    for (uint32_t i = args.beg; i < args.end; i++) {
        uint32_t actor = dl_actor_of(d->m->actors, s->page, doc->args.ent[i]);
        if (doc->args.role[i] == DL_AGENT && actor != DL_NONE && side_of(d, actor) == side_of(d, s->who)) return true;
    }
    return false;
}

static bool share_a_page(const dl_reading_in_work *a, const dl_reading_in_work *b, const dl_lines *lines)
{
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t k = 0; k < b->n; k++)
            if (lines->text[a->at[i].page] == lines->text[b->at[k].page]) return true;
    return false;
}

static void look(dl_differ *d, uint32_t row)
{
    const dl_claim *c = &d->claims->claim[row];
    dl_reading_in_work side[MAX_SIDES] = { 0 };
    uint64_t key[MAX_SIDES];
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->n && i < DL_PAIRS_MAX; i++) {
        const dl_support *s = &c->support[i];
        if (s->who == DL_NONE || s->damaged || speaks_of_itself(d, s)) continue;
        uint64_t k = side_of(d, s->who);
        uint32_t at = 0;
        while (at < n && key[at] != k) at++;
        if (at == MAX_SIDES) return; /* so many speakers: a common saying, not a dispute about who said it */
        if (at == n) {
            key[n] = k;
            side[n++].words = d->m->actors->name[s->who];
        }
        dl_reading_put(&side[at], s->page, s->span);
    }
    if (n != 2 || share_a_page(&side[0], &side[1], d->m->lines)) return;
    dl_differ_put(d, DL_WHO_SAID_IT, row, dl_differ_about(d, row), side, n, "the same statement, given to different speakers");
}

void dl_differ_who(dl_differ *d)
{
    for (uint32_t i = 0; i < d->claims->n; i++)
        if (d->claims->claim[i].n > 1) look(d, i);
}
