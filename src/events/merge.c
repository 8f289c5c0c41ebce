/* merge.c: page events become happenings: the same type, actors that meet, days that do not exclude
 * each other, and modalities that can be two views of one thing. */
#include "events/merge.h"

#include "actors/actors.h"
#include "base/date.h"
#include "base/error.h"
#include "base/hash.h"

#define ACTORS_MAX 32 /* actors of one side of an event; more are dropped                        */
#define APART_DAYS 14 /* between the pages of reports of which one names no day                 */
#define TRIES_MAX 256 /* happenings of one type and actor that an event is compared with         */

struct set {
    uint32_t *v; /* [n] ascending */
    uint32_t n;
};

struct group { /* a happening while it grows */
    uint8_t type, root, modality, basis;
    int64_t from, to;
    struct set source, target;
    uint64_t word;     /* hash of the trigger as printed first                                      */
    uint64_t sentence; /* hash of the sentence of the first report                                 */
    uint32_t place;
    int64_t told; /* when the page that gave the modality was published                          */
    dl_report *report;
    size_t n, cap;
};

struct link { /* of the chain of groups that share type and actor */
    uint32_t group, next;
};

struct state {
    const dl_pages *pages;
    const dl_actors *actors;
    dl_arena *keep;
    struct group *group;
    size_t n, cap;
    struct link *link;
    size_t n_links, cap_links;
    dl_map first; /* type and actor -> link */
};

static bool mutual(uint8_t type) { return type == DL_CONSULT || type == DL_COOPERATE || type == DL_AGREE || type == DL_SUPPORT; }

static bool has(const struct set *s, uint32_t a)
{
    for (uint32_t i = 0; i < s->n; i++)
        if (s->v[i] == a) return true;
    return false;
}

static uint32_t shared(const struct set *a, const struct set *b)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < a->n; i++) n += has(b, a->v[i]);
    return n;
}

static bool same(const struct set *a, const struct set *b) { return a->n == b->n && shared(a, b) == a->n; }

/* Puts an actor in, in order of number. */
static void put(struct state *st, struct set *s, uint32_t a)
{
    if (a == DL_NONE || has(s, a) || s->n == ACTORS_MAX) return;
    if (!s->v) s->v = DL_NEW(st->keep, ACTORS_MAX, uint32_t);
    if (!s->v) return;
    uint32_t i = s->n++;
    for (; i && s->v[i - 1] > a; i--) s->v[i] = s->v[i - 1];
    s->v[i] = a;
}

/* ---- Do two reports tell of one thing? ---------------------------------------------------- */

enum view { FACT, OPEN, SAID, REFUSED, DEMANDED };

static enum view view_of(uint8_t modality)
{
    switch (modality) {
    case DL_POSSIBLE:
    case DL_HYPOTHETICAL:
    case DL_WARNED: return OPEN;
    case DL_ALLEGED:
    case DL_DENIED: return SAID;
    case DL_REFUSED: return REFUSED;
    case DL_DEMANDED: return DEMANDED;
    default: return FACT;
    }
}

static bool days_known(const struct group *g) { return g->from != DL_NEVER || g->to != DL_NEVER; }

static bool days_meet(const struct group *a, const struct group *b)
{
    if (a->to != DL_NEVER && b->from != DL_NEVER && a->to <= b->from) return false;
    return b->to == DL_NEVER || a->from == DL_NEVER || b->to > a->from;
}

/* What was open on one page and has happened by another is one thing that changed; on one page the two
 * are two unless both name the day. */
static bool views_meet(const struct group *a, const struct group *b)
{
    enum view x = view_of(a->modality), y = view_of(b->modality);
    if (x == y) return true;
    if (!((x == FACT && y == OPEN) || (x == OPEN && y == FACT))) return false;
    return b->report[0].page != a->report[a->n - 1].page || (days_known(a) && days_known(b));
}

/* Who did it may stand on another page, where what was done is a thing that is known: an attack, not an
 * accusation. */
static bool facts(const struct group *a, const struct group *b)
{
    if (a->type != DL_ASSAULT && a->type != DL_SANCTION && a->type != DL_COERCE) return false;
    return a->modality != DL_EXPECTED && b->modality != DL_EXPECTED && view_of(a->modality) == FACT &&
           view_of(b->modality) == FACT;
}

/* A visit to the capital is a visit to the country. */
static bool same_land(const dl_actors *x, const struct group *a, const struct group *b)
{
    if (a->type != DL_CONSULT || !a->target.n || !b->target.n) return false;
    uint32_t i = a->target.v[0], k = b->target.v[0];
    bool lands =
        (x->kind[i] == DL_PLACE || x->kind[i] == DL_GOVERNMENT) && (x->kind[k] == DL_PLACE || x->kind[k] == DL_GOVERNMENT);
    return lands && x->country[i] && x->country[i] == x->country[k];
}

static bool sides_meet(const dl_actors *x, const struct group *a, const struct group *b)
{
    const bool a_both = mutual(a->type) && same(&a->source, &a->target), b_both = mutual(b->type) && same(&b->source, &b->target);
    if (a_both && b_both) return shared(&a->source, &b->source) >= 2 || same(&a->source, &b->source);
    if (a_both || b_both) {
        const struct group *both = a_both ? a : b, *one = a_both ? b : a;
        return shared(&both->source, &one->source) && shared(&both->source, &one->target) && !same(&one->source, &one->target);
    }
    /* A side that a report leaves out excludes nothing, where the other side and the word are the same. */
    bool source = a->source.n && b->source.n ? shared(&a->source, &b->source) > 0
                                             : a->source.n == b->source.n || a->word == b->word || facts(a, b);
    bool target =
        a->target.n && b->target.n ? shared(&a->target, &b->target) > 0 : a->target.n == b->target.n || a->word == b->word;
    if (source && a->source.n && b->source.n && same_land(x, a, b)) return true;
    if (!a->source.n || !b->source.n) target = target && a->target.n && b->target.n;
    return source && target;
}

/* Without a day, pages of other weeks tell of other things. */
static bool far_apart(int64_t a, int64_t b)
{
    const int64_t most = APART_DAYS * DL_DAY_SECONDS;
    return a != DL_NEVER && b != DL_NEVER && (a - b > most || b - a > most);
}

static bool one_event(const dl_actors *x, const struct group *a, const struct group *b)
{
    if (a->type != b->type) return false;
    if (a->sentence == b->sentence && a->word == b->word && a->modality == b->modality &&
        a->report[a->n - 1].page != b->report[0].page && a->source.n == b->source.n && a->target.n == b->target.n)
        return true; /* a copy of the sentence tells of the same, whoever its page takes the actors for */
    if ((!days_known(a) || !days_known(b)) && far_apart(a->told, b->told)) return false;
    return days_meet(a, b) && views_meet(a, b) && sides_meet(x, a, b);
}

/* ---- Joining ------------------------------------------------------------------------------ */

/* How much is claimed: where two pages were published together, the stronger word counts. */
static int strength(uint8_t modality)
{
    static const uint8_t s[DL_MODALITIES] = { [DL_HAPPENED] = 9, [DL_ONGOING] = 8,  [DL_EXPECTED] = 7,    [DL_ALLEGED] = 6,
                                              [DL_WARNED] = 5,   [DL_POSSIBLE] = 4, [DL_HYPOTHETICAL] = 3 };
    return s[modality];
}

static void join(struct state *st, struct group *g, const struct group *e)
{
    for (uint32_t i = 0; i < e->source.n; i++) put(st, &g->source, e->source.v[i]);
    for (uint32_t i = 0; i < e->target.n; i++) put(st, &g->target, e->target.v[i]);
    if (!days_known(g) && days_known(e))
        g->basis = e->basis;
    else if (days_known(e) && e->basis < g->basis)
        g->basis = e->basis;
    if (g->from == DL_NEVER || (e->from != DL_NEVER && e->from > g->from)) g->from = e->from;
    if (g->to == DL_NEVER || (e->to != DL_NEVER && e->to < g->to)) g->to = e->to;
    /* The latest page tells; but what happened stays so, and pages without an order yield to the
     * stronger word. */
    bool later = e->told != DL_NEVER && g->told != DL_NEVER && e->told > g->told;
    bool settled = g->modality == DL_HAPPENED || g->modality == DL_ONGOING;
    if ((later && !settled) || strength(e->modality) > strength(g->modality)) g->modality = e->modality;
    if (later || g->told == DL_NEVER) g->told = e->told;
    if (!g->root) g->root = e->root;
    if (g->place == DL_NONE) g->place = e->place;
    if (!DL_ROOM(st->keep, g->report, g->n, g->cap)) return;
    g->report[g->n++] = e->report[0];
}

static uint64_t key_of(uint8_t type, uint32_t actor) { return dl_hash_mix(type, actor); }

static void hang_one(struct state *st, uint32_t group, uint64_t key)
{
    uint32_t *at = dl_map_put(&st->first, key, (uint32_t)st->n_links);
    if (!at || !DL_ROOM(st->keep, st->link, st->n_links, st->cap_links)) return;
    bool fresh = *at == st->n_links;
    if (!fresh && st->link[*at].group == group) return;
    st->link[st->n_links] = (struct link){ group, fresh ? DL_NONE : *at };
    *at = (uint32_t)st->n_links++;
}

/* Hangs the group into the chains of its actors and of its sentence. */
static void hang(struct state *st, uint32_t group, const struct group *e)
{
    hang_one(st, group, dl_hash_mix(e->sentence, e->type));
    for (uint32_t k = 0; k < e->source.n + e->target.n; k++) {
        uint32_t a = k < e->source.n ? e->source.v[k] : e->target.v[k - e->source.n];
        hang_one(st, group, key_of(e->type, a));
    }
}

/* The earliest group that the event belongs to, or DL_NONE. */
static uint32_t find_in(const struct state *st, const struct group *e, uint64_t key, uint32_t best)
{
    uint32_t at = dl_map_get(&st->first, key);
    for (uint32_t tries = 0; at != DL_NONE && tries < TRIES_MAX; at = st->link[at].next, tries++) {
        uint32_t g = st->link[at].group;
        if (g < best && one_event(st->actors, &st->group[g], e)) best = g;
    }
    return best;
}

static uint32_t find(const struct state *st, const struct group *e)
{
    uint32_t best = find_in(st, e, dl_hash_mix(e->sentence, e->type), DL_NONE);
    for (uint32_t k = 0; k < e->source.n + e->target.n; k++) {
        uint32_t a = k < e->source.n ? e->source.v[k] : e->target.v[k - e->source.n];
        best = find_in(st, e, key_of(e->type, a), best);
    }
    return best;
}

static void take(struct state *st, uint32_t page, const dl_doc *d, uint32_t row)
{
    const dl_events *ev = &d->events;
    dl_report *report = DL_NEW(st->keep, 1, dl_report);
    if (!report) return;
    *report = (dl_report){ page, row };
    struct group e = { .type = ev->type[row],
                       .root = ev->root[row],
                       .modality = ev->modality[row],
                       .basis = ev->basis[row],
                       .from = ev->from[row],
                       .to = ev->to[row],
                       .place = dl_actor_of(st->actors, page, ev->place[row]),
                       .told = d->meta->published,
                       .word = dl_hash_str(dl_doc_text(d, ev->trigger[row])),
                       .sentence = dl_hash_str(dl_doc_text(d, d->sents.span[ev->sent[row]])),
                       .report = report,
                       .n = 1,
                       .cap = 1 };
    for (uint32_t i = ev->args[row].beg; i < ev->args[row].end; i++)
        put(st, d->args.role[i] == DL_AGENT ? &e.source : &e.target, dl_actor_of(st->actors, page, d->args.ent[i]));
    uint32_t g = find(st, &e);
    if (g == DL_NONE) {
        if (!DL_ROOM(st->keep, st->group, st->n, st->cap)) return;
        g = (uint32_t)st->n++;
        st->group[g] = e;
    } else {
        join(st, &st->group[g], &e);
    }
    hang(st, g, &e);
}

dl_status dl_events_merge(dl_happenings *out, const dl_pages *pages, const struct dl_actors *actors, dl_arena *keep,
                          dl_error *err)
{
    struct state st = { .pages = pages, .actors = actors, .keep = keep };
    dl_map_init(&st.first, keep);
    for (uint32_t p = 0; p < pages->n; p++) {
        const dl_doc *d = dl_page(pages, p);
        if (!d) continue;
        for (uint32_t i = 0; i < d->events.n; i++) take(&st, p, d, i);
    }
    dl_happening *row = DL_NEW(keep, st.n ? st.n : 1, dl_happening);
    if (!row || dl_arena_failed(keep)) return dl_fail_mem(err, "events");
    for (size_t i = 0; i < st.n; i++) {
        const struct group *g = &st.group[i];
        row[i] = (dl_happening){ g->type,     g->root,        g->modality, g->basis,    g->from,  g->to,    g->source.n,
                                 g->target.n, (uint32_t)g->n, g->source.v, g->target.v, g->place, g->report };
    }
    *out = (dl_happenings){ (uint32_t)st.n, row };
    return DL_OK;
}
