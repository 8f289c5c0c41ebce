/* pronouns.c: he, she, it, they: the most salient one before who fits in number, gender and kind. Salience
 * after Lappin & Leass, "An Algorithm for Pronominal Anaphora Resolution" (1994): recency, subject, how
 * often mentioned, the same grammatical place. */
#include "coref/work.h"
#include "tags/tags.h"
#include "trees/trees.h"

#define BACK_ITEMS 60 /* items before the pronoun that are looked at                                  */
#define BACK_SENTS 3  /* and sentences                                                                */

static bool possessive(const dl_coref *c, const dl_item *p)
{
    if (dl_cr_is(c, p->tok.beg, "his its their")) return true;
    return dl_cr_is(c, p->tok.beg, "her") && (c->d->toks.xpos[p->tok.beg] == DL_XPOS_PRPS || dl_cr_noun(c, p->tok.beg + 1));
}

static bool reflexive(const dl_coref *c, const dl_item *p)
{
    return dl_cr_is(c, p->tok.beg, "himself herself itself themselves");
}

/* "It is clear that", "it seems", "it rained": for nobody. */
static bool empty_it(const dl_coref *c, const dl_item *p)
{
    uint32_t t = p->tok.beg + 1, end = dl_cr_sent(c, p).end;
    if (!dl_cr_is(c, p->tok.beg, "it") || t >= end) return false;
    while (t < end && dl_cr_is(c, t, "also now still 's \xe2\x80\x99s has had will would may might could can not never ") &&
           !dl_cr_is(c, t, "'s \xe2\x80\x99s"))
        t++;
    if (dl_cr_is(c, t, "seems seemed appears appeared rained turns turned emerged takes took")) return true;
    if (!dl_cr_is(c, t, "is was 's \xe2\x80\x99s been be")) return false;
    if (dl_cr_is(
            c, t + 1,
            "believed understood reported announced revealed thought alleged hoped feared expected estimated suggested claimed "))
        return true;
    uint32_t limit = t + 7 < end ? t + 7 : end;
    for (uint32_t k = t + 1; k < limit; k++)
        if (dl_cr_is(c, k, "that to whether who when how unclear clear likely possible")) return true;
    return false;
}

static bool fits(const dl_item *p, const dl_entity *e)
{
    if (p->plural) return e->plural || e->kind == DL_GROUP || (e->kind == DL_ORGANISATION && e->named);
    if (p->gender == 'n') return !e->plural && (e->kind == DL_ORGANISATION || e->kind == DL_GOVERNMENT || e->kind == DL_PLACE);
    if (e->kind != DL_PERSON || e->plural) return false;
    return !e->gender || e->gender == p->gender;
}

static bool clause_object(const dl_coref *c, const dl_item *p)
{
    uint8_t rel = c->d->toks.rel[p->head];
    if (rel != DL_REL_NONE) {
        dl_rel base = dl_rel_base((dl_rel)rel);
        return base == DL_REL_OBJ || base == DL_REL_IOBJ || base == DL_REL_OBL;
    }
    return !p->subject;
}

/* Is there a clause break between two tokens? Then a subject may be its object's pronoun. */
static bool parted(const dl_coref *c, uint32_t from, uint32_t to)
{
    for (uint32_t t = from; t < to; t++)
        if (dl_cr_is(c, t,
                     "that who which because when while after before if as and but , ; : \xe2\x80\x9c \" where whom since "
                     "although said says") ||
            c->d->toks.xpos[t] == DL_XPOS_TO)
            return true;
    return false;
}

static int salience(const dl_coref *c, const dl_item *p, const dl_item *x)
{
    const dl_entity *e = &c->ent[x->ent];
    uint32_t gap = p->sent - x->sent;
    int s = gap == 0 ? 60 : gap == 1 ? 45 : gap == 2 ? 15 : 0;
    s += x->subject ? 30 : 0;
    s += e->mentions > 8 ? 16 : (int)e->mentions * 2;
    s += p->subject && x->subject ? 10 : 0;
    s += x->what == DL_IT_PRONOUN ? 12 : 0;
    s += e->gender && e->gender == p->gender ? 12 : 0;
    s += e->named ? 20 : 0;
    s -= x->tok.end < c->d->toks.n && dl_cr_is(c, x->tok.end, "'s \xe2\x80\x99s ' \xe2\x80\x99") ? 14 : 0;
    uint32_t far = p->tok.beg - x->tok.end;
    s -= (int)(far > 60 ? 60 : far) / 4;
    if (p->gender == 'n') {
        s += e->kind == DL_ORGANISATION ? 6 : e->kind == DL_PLACE ? -25 : 0;
        s += x->as == DL_AS_CAPITAL && !x->place ? 8 : 0;
    }
    if (p->plural) s += e->plural ? 20 : -10;
    bool same = gap == 0;
    if (same && x->subject && clause_object(c, p) && !possessive(c, p) && !reflexive(c, p) && !parted(c, x->tok.end, p->tok.beg))
        s -= 200;
    if (same && (possessive(c, p) || reflexive(c, p)) && x->subject) s += 10;
    return s;
}

/* "In his speech, Biden said": the subject behind the comma, where the pronoun stands in what opens the
 * sentence. DL_NONE: no such one. */
static uint32_t subject_ahead(const dl_coref *c, const uint32_t *order, uint32_t n, uint32_t k)
{
    const dl_item *p = &c->item[order[k]];
    dl_span s = dl_cr_sent(c, p);
    if (p->tok.beg > s.beg + 6 || p->tok.beg == s.beg || p->plural || p->gender == 'n') return DL_NONE;
    if (!dl_cr_is(
            c, s.beg,
            "in during after before with through despite at for on since while when as like following throughout by from upon "))
        return DL_NONE;
    for (uint32_t i = k + 1; i < n && i < k + 8; i++) {
        const dl_item *x = &c->item[order[i]];
        if (x->sent != p->sent) break;
        bool comma = x->tok.beg > s.beg && dl_cr_is(c, x->tok.beg - 1, ", ");
        if (comma && x->subject && x->ent != DL_NONE && !x->modifier && x->what != DL_IT_PRONOUN && fits(p, &c->ent[x->ent]))
            return x->ent;
    }
    return DL_NONE;
}

/* "A and B": the span of two joined subjects that ends with this item. */
static uint32_t joined_before(const dl_coref *c, const uint32_t *order, uint32_t k)
{
    const dl_item *x = &c->item[order[k]];
    if (k == 0 || x->tok.beg < 2 || !dl_cr_is(c, x->tok.beg - 1, "and ")) return DL_NONE;
    const dl_item *left = &c->item[order[k - 1]];
    bool kin = (left->what == DL_IT_PERSON && x->what == DL_IT_PERSON) || (left->what == DL_IT_NATION && x->what == DL_IT_NATION);
    return kin && left->tok.end == x->tok.beg - 1 && left->ent != DL_NONE && x->ent != DL_NONE && left->ent != x->ent
               ? order[k - 1]
               : DL_NONE;
}

/* The group of two joined items, made where it is first referred to. */
static uint32_t joint(dl_coref *c, uint32_t a, uint32_t b)
{
    dl_span both = { c->item[a].tok.beg, c->item[b].tok.end };
    uint64_t key = dl_hash_mix(dl_hash_mix(97, c->item[a].ent), c->item[b].ent);
    uint32_t e = dl_map_get(&c->keys, key);
    if (e != DL_NONE) return e;
    e = dl_cr_ent(c, DL_GROUP, dl_cr_tidy(c, both));
    uint32_t *at = e == DL_NONE ? NULL : dl_map_put(&c->keys, key, e);
    if (!at) return DL_NONE;
    c->ent[e].plural = c->ent[e].named = 1;
    uint32_t i = dl_cr_item(c, both, DL_IT_WORK);
    if (i != DL_NONE) dl_cr_link(c, i, e);
    return e;
}

static uint32_t resolve(dl_coref *c, const uint32_t *order, uint32_t k, uint32_t *left, uint32_t *right)
{
    const dl_item *p = &c->item[order[k]];
    uint32_t best = DL_NONE;
    int best_score = 0;
    *left = DL_NONE;
    for (uint32_t back = 1; back <= BACK_ITEMS && back <= k; back++) {
        const dl_item *x = &c->item[order[k - back]];
        if (p->sent - x->sent > BACK_SENTS) break;
        uint32_t a = p->plural ? joined_before(c, order, k - back) : DL_NONE;
        if (a != DL_NONE && c->item[a].subject && x->tok.end <= p->tok.beg) {
            int s = salience(c, p, &c->item[a]) + 25;
            if (s > best_score) {
                best_score = s;
                *left = a;
                *right = order[k - back];
            }
        }
        if (x->ent == DL_NONE || x->modifier || x->tok.end > p->tok.beg || !fits(p, &c->ent[x->ent])) continue;
        int s = salience(c, p, x);
        if (s > best_score) {
            best_score = s;
            best = x->ent;
            *left = DL_NONE;
        }
    }
    return best;
}

/* "the two nations", "both leaders": the last two that were joined before it. */
static uint32_t the_two(dl_coref *c, const uint32_t *order, uint32_t k)
{
    const dl_item *p = &c->item[order[k]];
    bool two = false, lands = dl_str_eq(p->agent.cls, DL_STR("countries"));
    for (uint32_t t = p->tok.beg; t < p->tok.end; t++) two |= dl_cr_is(c, t, "two both ");
    if (p->tok.beg > dl_cr_sent(c, p).beg) two |= dl_cr_is(c, p->tok.beg - 1, "both ");
    if (!two || (!lands && dl_cr_is(c, p->tok.beg, "two "))) return DL_NONE;
    for (uint32_t back = 1; back <= BACK_ITEMS && back <= k; back++) {
        uint32_t right = order[k - back], left = joined_before(c, order, k - back);
        if (p->sent - c->item[right].sent > BACK_SENTS + 3) break;
        if (left != DL_NONE && (c->item[right].what == DL_IT_NATION) == lands) return joint(c, left, right);
    }
    return DL_NONE;
}

/* Whom the rules choose; a joint group is made where it is first referred to. */
static uint32_t by_rules(dl_coref *c, const uint32_t *order, uint32_t n, uint32_t k)
{
    uint32_t left, right = DL_NONE, e = resolve(c, order, k, &left, &right), ahead = subject_ahead(c, order, n, k);
    if (ahead != DL_NONE) return ahead;
    return left != DL_NONE ? joint(c, left, right) : e;
}

void dl_cr_pronouns(dl_coref *c, const dl_models *m)
{
    uint32_t n = c->n_items, *order = dl_cr_order(c);
    dl_linear w;
    bool learnt = dl_linear_open(&w, m, DL_CR_WEIGHTS);
    for (uint32_t k = 0; order && k < n; k++) {
        uint32_t i = order[k], e = DL_NONE;
        const dl_item *p = &c->item[i];
        if (p->what == DL_IT_DESC && p->plural && p->of == DL_NONE && p->ent != DL_NONE && !p->country &&
            (e = the_two(c, order, k)) != DL_NONE) {
            c->ent[c->item[i].ent].mentions--;
            dl_cr_link(c, i, e);
        }
        if (c->item[i].what != DL_IT_PRONOUN || empty_it(c, &c->item[i])) continue;
        p = &c->item[i];
        bool tree = c->d->toks.rel[p->head] != DL_REL_NONE;
        if (learnt && tree && dl_cr_ranked(p))
            e = dl_cr_rank(c, &w, order, n, k);
        else
            e = by_rules(c, order, n, k);
        if (e == DL_NONE) continue;
        dl_cr_link(c, i, e);
        if (c->ent[e].kind == DL_PERSON && !c->ent[e].gender) c->ent[e].gender = c->item[i].gender;
    }
}
