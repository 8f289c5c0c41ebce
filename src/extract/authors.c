/* authors.c: who wrote a page of HTML. Each voice (JSON-LD, a meta element, a byline ...) states a slate of
 * names; slates that agree strengthen one another; the strongest is taken whole, so that names of other
 * articles on the page do not mix with the page's own. A person is worth more than an agency, that more
 * than an account's name, a newsroom or the outlet: those are taken only where nothing better is said. */
#include "extract/claims.h"

#define SLATES 64 /* of one page; more are dropped                                            */
#define NAMES 24  /* of a slate                                                              */
#define NEAR 3    /* blocks: credits closer than that are one                                */
#define POSTS 3   /* credits inside the body: more are those of a live page's posts           */
#define LEAST 40  /* a weaker slate is no author                                             */
#define SIGNED 70 /* a person so strong comes before a newsroom or the outlet                 */
#define NO_GROUP UINT32_MAX

typedef struct slate {
    uint8_t voice, place;
    uint32_t group; /* number of the cluster of credits on the page, or NO_GROUP                */
    uint32_t n;
    const dl_claim *c[NAMES];
    uint64_t id[NAMES]; /* what the names are compared by: all forms of the outlet are one      */
    uint8_t best;       /* the best dl_who_kind of its names                                    */
    bool led, known;    /* "by" stands before all; a given name is known                        */
    int weight;         /* of the voice, tenths                                                 */
} slate;

typedef struct vote {
    dl_claims *all;
    dl_voices *o;
    uint32_t group[DL_CLAIMS]; /* of each claim                                                 */
    uint32_t groups, head;     /* the first group at the headline                               */
    slate s[SLATES];
    uint32_t n;
} vote;

/* Tenths. The share of pages on which the voice alone is right, by and large. */
static const int of_voice[DL_CLAIM_VOICES] = {
    [DL_CLAIM_LD] = 100, [DL_CLAIM_LD_ORG] = 100, [DL_CLAIM_META] = 70,  [DL_CLAIM_META2] = 70, [DL_CLAIM_ITEM] = 90,
    [DL_CLAIM_REL] = 95, [DL_CLAIM_LINK] = 85,    [DL_CLAIM_CLASS] = 70, [DL_CLAIM_LINE] = 80,  [DL_CLAIM_ALONE] = 40,
};
static const int of_place[DL_PLACES] = { 0, 0, -20, -20, -65 };
static const int of_kind[DL_WHO_KINDS] = { [DL_WHO_PERSON] = 100, [DL_WHO_ONE] = 20,    [DL_WHO_AGENCY] = 50,
                                           [DL_WHO_OUTLET] = -10, [DL_WHO_HOUSE] = -10, [DL_WHO_OTHER] = -20 };

static bool shown(uint8_t voice) { return voice >= DL_CLAIM_ITEM; }

static bool whole_words(dl_str in, dl_str s)
{
    for (size_t at = dl_str_find(in, s, 0); at != SIZE_MAX; at = dl_str_find(in, s, at + 1))
        if ((at == 0 || in.p[at - 1] == ' ') && (at + s.len == in.len || in.p[at + s.len] == ' ')) return true;
    return false;
}

/* A byline ends in the outlet's name as often as not: what meta data calls a house is no person there. */
static void find_houses(vote *v)
{
    dl_claims *all = v->all;
    for (uint32_t i = 0; i < all->n; i++) {
        const dl_claim *k = &all->c[i];
        if (shown(k->voice) || (k->who.kind != DL_WHO_OUTLET && k->who.kind != DL_WHO_HOUSE)) continue;
        dl_str house = dl_people_key(&all->people, k->who.name);
        for (uint32_t j = 0; j < all->n; j++) {
            dl_claim *c = &all->c[j];
            const bool name = c->who.kind == DL_WHO_PERSON || c->who.kind == DL_WHO_ONE || c->who.kind == DL_WHO_OTHER;
            if (name && shown(c->voice) && whole_words(house, dl_people_key(&all->people, c->who.name)))
                c->who.kind = DL_WHO_OUTLET;
        }
    }
}

/* Blocks from the headline to a credit; those before it count twice. */
static uint32_t distance(const dl_claims *all, uint32_t block)
{
    if (all->title == DL_NONE) return block;
    return block >= all->title ? block - all->title : 2 * (all->title - block);
}

/* Credits that stand close together on the page are one group; groups are numbered down the page. */
static void find_groups(vote *v)
{
    const dl_claims *all = v->all;
    uint32_t at = DL_NONE, least = DL_NONE;
    for (uint32_t i = 0; i < all->n; i++) v->group[i] = NO_GROUP;
    v->head = NO_GROUP;
    for (;;) { /* the next block down the page that has a claim */
        uint32_t next = DL_NONE;
        for (uint32_t i = 0; i < all->n; i++) {
            const dl_claim *c = &all->c[i];
            if (shown(c->voice) && c->place != DL_PLACE_ELSE && (at == DL_NONE || c->block > at) && c->block < next)
                next = c->block;
        }
        if (next == DL_NONE) return;
        const bool across = all->title != DL_NONE && at < all->title && next > all->title;
        v->groups += at == DL_NONE || next - at > NEAR || across;
        for (uint32_t i = 0; i < all->n; i++) {
            const dl_claim *c = &all->c[i];
            if (!shown(c->voice) || c->place == DL_PLACE_ELSE || c->block != next) continue;
            v->group[i] = v->groups - 1;
            if (c->place != DL_PLACE_HEAD || distance(all, next) >= least) continue;
            least = distance(all, next);
            v->head = v->groups - 1;
        }
        at = next;
    }
}

/* Is the name stated elsewhere, first in its credit or by meta data? */
static bool confirmed(const vote *v, const dl_claim *c)
{
    for (uint32_t i = 0; i < v->all->n; i++) {
        const dl_claim *k = &v->all->c[i];
        if (k->key == c->key && k->voice != c->voice && (!k->who.rest || !shown(k->voice))) return true;
    }
    return false;
}

/* Does a name stay in the slate, whose best kind is `best`? */
static bool stays(const vote *v, const slate *s, const dl_claim *c)
{
    const uint8_t kind = c->who.kind;
    const bool first = !c->who.rest, ld = s->voice == DL_CLAIM_LD;
    const bool given = dl_people_given(&v->all->people, c->who.name);
    if (s->voice == DL_CLAIM_ALONE)
        return kind == DL_WHO_AGENCY || (kind == DL_WHO_PERSON && (given || c->marked || confirmed(v, c)));
    if (shown(s->voice) && kind == DL_WHO_OTHER && s->voice != DL_CLAIM_ITEM && s->voice != DL_CLAIM_REL) return false;
    if (s->best == DL_WHO_PERSON) {
        if (kind == DL_WHO_PERSON) return !shown(s->voice) || first || given || confirmed(v, c);
        if (kind == DL_WHO_AGENCY) return !shown(s->voice) || (first && s->voice != DL_CLAIM_LINE && s->voice != DL_CLAIM_LINK);
        return ld && first && kind != DL_WHO_OTHER;
    }
    if (s->best == DL_WHO_AGENCY) return kind == DL_WHO_AGENCY || (ld && first);
    return first;
}

static void keep_names(const vote *v, slate *s)
{
    uint32_t n = 0;
    s->best = DL_WHO_OTHER;
    static const uint8_t order[] = { DL_WHO_PERSON, DL_WHO_AGENCY, DL_WHO_ONE, DL_WHO_HOUSE, DL_WHO_OUTLET };
    for (size_t k = DL_COUNT(order); k-- > 0;)
        for (uint32_t i = 0; i < s->n; i++)
            if (s->c[i]->who.kind == order[k]) s->best = order[k];
    s->led = true;
    for (uint32_t i = 0; i < s->n; i++) {
        const dl_claim *c = s->c[i];
        if (!stays(v, s, c)) continue;
        if (n && s->voice != DL_CLAIM_LD && s->best != DL_WHO_PERSON && s->best != DL_WHO_AGENCY) continue; /* one is enough */
        s->id[n] = c->who.kind == DL_WHO_OUTLET ? 1 : c->key;
        s->led &= c->who.led;
        s->known |= c->who.kind == DL_WHO_PERSON && dl_people_given(&v->all->people, c->who.name);
        s->c[n++] = c;
    }
    s->n = n;
}

static slate *slate_of(vote *v, uint8_t voice, uint8_t place, uint32_t group)
{
    for (uint32_t i = 0; i < v->n; i++)
        if (v->s[i].voice == voice && v->s[i].place == place && v->s[i].group == group) return &v->s[i];
    if (v->n == SLATES) return NULL;
    v->s[v->n] = (slate){ .voice = voice, .place = place, .group = group };
    return &v->s[v->n++];
}

static void make_slates(vote *v)
{
    uint32_t body = 0, last = NO_GROUP;
    for (uint32_t i = 0; i < v->all->n; i++) {
        const dl_claim *c = &v->all->c[i];
        slate *s = slate_of(v, c->voice == DL_CLAIM_LD_ORG ? (uint8_t)DL_CLAIM_LD : c->voice, c->place, v->group[i]);
        bool again = !s || s->n == NAMES;
        for (uint32_t k = 0; !again && k < s->n; k++) again = s->c[k]->key == c->key;
        if (!again) s->c[s->n++] = c;
        if (c->place == DL_PLACE_BODY && v->group[i] != last) body++, last = v->group[i];
    }
    for (uint32_t i = 0; i < v->n; i++) {
        slate *s = &v->s[i];
        keep_names(v, s);
        if (s->place == DL_PLACE_BODY && body > POSTS) s->n = 0;
        const bool aside = shown(s->voice) && s->group != v->head && !(s->n && s->c[0]->marked);
        s->weight = of_voice[s->voice] + of_place[s->place] - (aside ? 40 : 0);
    }
}

static uint32_t shared(const slate *a, const slate *b)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t j = 0; j < b->n; j++)
            if (a->id[i] == b->id[j]) {
                n++;
                break;
            }
    return n;
}

/* What another slate adds to this one. */
static int support(const slate *s, const slate *other)
{
    const int w = other->weight > 0 ? other->weight : 0;
    const uint32_t n = shared(s, other);
    if (!n || other->voice == s->voice) return 0;
    if (n == s->n && n == other->n) return w / 2;
    if (n == s->n) return w / 5;
    if (n == other->n && !shown(s->voice)) return w * 3 / 10;
    return shown(s->voice) ? w / 10 : w / 4;
}

static int strength(const vote *v, const slate *s)
{
    int sum = s->weight + of_kind[s->best];
    const bool person = s->best == DL_WHO_PERSON;
    if (shown(s->voice) && person && !s->known) sum -= s->led ? 10 : 30;
    if (shown(s->voice) && person && s->led) sum += 10;
    if (shown(s->voice) && s->n > 4) sum -= 20 * (int)(s->n - 4);
    for (uint32_t i = 0; i < v->n; i++)
        if (v->s[i].n && &v->s[i] != s) sum += support(s, &v->s[i]);
    return sum;
}

static dl_stated_basis basis_of(uint8_t voice)
{
    static const uint8_t bases[DL_CLAIM_VOICES] = {
        [DL_CLAIM_LD] = DL_STATED_BY_LD,      [DL_CLAIM_LD_ORG] = DL_STATED_BY_LD,   [DL_CLAIM_META] = DL_STATED_BY_META,
        [DL_CLAIM_META2] = DL_STATED_BY_META, [DL_CLAIM_ITEM] = DL_STATED_BY_ITEM,   [DL_CLAIM_REL] = DL_STATED_BY_LINK,
        [DL_CLAIM_LINK] = DL_STATED_BY_LINK,  [DL_CLAIM_CLASS] = DL_STATED_BY_CLASS, [DL_CLAIM_LINE] = DL_STATED_BY_LINE,
        [DL_CLAIM_ALONE] = DL_STATED_BY_LINE,
    };
    return (dl_stated_basis)bases[voice];
}

/* All claims are shown; agencies among them are credits of the page too. */
static void state_all(vote *v, const slate *best)
{
    dl_xpage *p = v->o->h->p;
    for (uint32_t i = 0; i < v->all->n; i++) {
        const dl_claim *c = &v->all->c[i];
        if (c->place == DL_PLACE_ELSE) continue;
        dl_state(p, DL_STATED_AUTHOR, basis_of(c->voice), c->who.name, c->src);
        const bool meta = !shown(c->voice);
        if (c->who.kind == DL_WHO_AGENCY && (meta || c->place == DL_PLACE_HEAD))
            dl_extract_credit(p, c->who.name, meta ? DL_CREDIT_META : DL_CREDIT_BYLINE, c->src);
    }
    for (uint32_t i = 0; best && i < best->n; i++) {
        dl_extract_author(p, best->c[i]->who.name);
        dl_state_chosen(p, DL_STATED_AUTHOR, best->c[i]->who.name);
    }
}

/* The strongest slate, or the strongest that names a person near the headline or below the text. */
static const slate *strongest(const vote *v, bool person)
{
    const slate *best = NULL;
    int top = (person ? SIGNED : LEAST) - 1;
    for (uint32_t i = 0; i < v->n; i++) {
        const slate *s = &v->s[i];
        if (!s->n || (person && (s->best != DL_WHO_PERSON || (s->place != DL_PLACE_HEAD && s->place != DL_PLACE_END)))) continue;
        const int sum = strength(v, s);
        if (sum <= top) continue;
        top = sum;
        best = s;
    }
    return best;
}

void dl_authors_choose(dl_voices *o)
{
    dl_arena *a = o->h->p->a;
    vote *v = DL_NEW(a, 1, vote);
    dl_claims *all = DL_NEW(a, 1, dl_claims);
    if (!v || !all) return;
    v->o = o;
    v->all = all;
    dl_claims_gather(all, o);
    find_houses(v);
    find_groups(v);
    make_slates(v);
    const slate *best = strongest(v, false);
    const slate *person = best && (best->best == DL_WHO_OUTLET || best->best == DL_WHO_HOUSE) ? strongest(v, true) : NULL;
    state_all(v, person ? person : best);
}
