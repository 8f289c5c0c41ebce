/* resolve.c: entities, their roles, and whom a description means: "the Russian foreign minister" is he who
 * was called so anywhere on the page; "Ukrainian officials" are a group of their own. */
#include "coref/work.h"

#define ROLES_SEEN 256 /* roles that one description is compared with                                 */

uint32_t dl_cr_ent(dl_coref *c, dl_actor_kind kind, dl_str name)
{
    if (!DL_ROOM(c->a, c->ent, c->n_ents, c->ent_cap)) return DL_NONE;
    c->ent[c->n_ents] = (dl_entity){ .name = name, .kind = (uint8_t)kind, .last = DL_NONE, .row = DL_NONE, .role = DL_NONE };
    return c->n_ents++;
}

void dl_cr_link(dl_coref *c, uint32_t item, uint32_t ent)
{
    c->item[item].ent = ent;
    c->ent[ent].mentions++;
}

static bool one_of(dl_str cls, const char *all)
{
    dl_str rest = dl_str_of(all), one;
    while (dl_str_next(&rest, ' ', &one))
        if (dl_str_eq(cls, one)) return true;
    return false;
}

/* Offices that one person may be called by in turn: a bit for each family that has the class. */
static uint32_t families(dl_str cls)
{
    static const char *const kin[] = { "head-of-state head-of-government leader",
                                       "foreign-minister top-diplomat diplomat envoy",
                                       "security-chief chief secretary",
                                       "governor leader",
                                       "soldier chief",
                                       "chair chief executive",
                                       "minister foreign-minister defence-minister finance-minister interior-minister",
                                       "minister justice-minister health-minister trade-minister",
                                       "spy-chief chief",
                                       "adviser top-diplomat" };
    uint32_t bits = 0;
    for (size_t i = 0; i < DL_COUNT(kin); i++) bits |= one_of(cls, kin[i]) ? 1u << i : 0u;
    return bits;
}

void dl_cr_role(dl_coref *c, uint32_t ent, uint32_t item)
{
    if (!DL_ROOM(c->a, c->role, c->n_roles, c->role_cap)) return;
    const dl_item *it = &c->item[item];
    dl_entity *e = &c->ent[ent];
    c->role[c->n_roles] = (dl_said_role){ ent, item, e->role, it->country, families(it->agent.cls), it->agent.cls };
    e->role = c->n_roles++;
    if (!e->country) e->country = it->country;
    if (!e->gender && it->agent.gender && it->agent.gender != 'n') e->gender = it->agent.gender;
}

/* The entity that holds such an office: of that country if one is said, the same class before a kindred one;
 * then he of whom the page speaks most, if not far away. */
uint32_t dl_cr_with_role(const dl_coref *c, dl_str cls, uint32_t country, uint32_t item)
{
    uint32_t best = DL_NONE, seen = 0, at = c->item[item].tok.beg, kin = families(cls);
    int32_t best_fit = 0;
    for (uint32_t r = c->n_roles; r > 0 && seen < ROLES_SEEN; r--, seen++) {
        const dl_said_role *x = &c->role[r - 1];
        uint32_t theirs = x->country ? x->country : c->ent[x->ent].country, n = c->ent[x->ent].mentions;
        if (!(kin & x->families) && !dl_str_eq(cls, x->cls)) continue;
        bool same = dl_str_eq(cls, x->cls);
        if ((country && theirs && country != theirs) || (country && !theirs && !same)) continue;
        uint32_t there = c->item[x->item].tok.beg, far = there <= at ? at - there : (there - at) * 2;
        int32_t fit = 1000 + (same ? 200 : 0) + (country && country == theirs ? 300 : 0) + (int32_t)(n > 20 ? 20 : n) * 6 -
                      (int32_t)(far > 600 ? 600 : far) / 10;
        if (fit > best_fit) {
            best = x->ent;
            best_fit = fit;
        }
    }
    return best;
}

/* Descriptions beside a name: a role of the one who has the name. */
static void beside_names(dl_coref *c)
{
    for (uint32_t i = 0; i < c->n_items; i++) {
        dl_item *it = &c->item[i];
        if (it->what != DL_IT_DESC || it->of == DL_NONE || it->agent.kind == DL_AG_GOV) continue;
        uint32_t e = c->item[it->of].ent;
        if (e == DL_NONE) continue;
        /* "President Joe Biden of the US" */
        uint32_t k = c->item[it->of].tok.end;
        if (!it->country && k + 1 < c->d->toks.n && dl_cr_is(c, k, "of")) {
            uint32_t n =
                c->at[k + 1] == DL_NONE && k + 2 < c->d->toks.n && dl_cr_is(c, k + 1, "the") ? c->at[k + 2] : c->at[k + 1];
            if (n != DL_NONE && c->item[n].what == DL_IT_NATION) it->country = c->item[n].country;
        }
        if (c->item[it->of].what == DL_IT_PERSON)
            dl_cr_role(c, e, i);
        else if (!c->ent[e].country)
            c->ent[e].country = it->country;
        if (!it->modifier) dl_cr_link(c, i, e);
    }
}

static bool definite_person(const dl_coref *c, const dl_item *it)
{
    (void)c;
    return it->agent.kind == DL_AG_PERSON && (it->definite || it->country) &&
           !one_of(it->agent.cls, "official people kin lawmaker source worker journalist activist expert other counterpart "
                                  "soldier lawyer doctor celebrity agent police-officer");
}

static void put_government(dl_coref *c, uint32_t i)
{
    dl_item *it = &c->item[i];
    uint32_t country = it->country, e = DL_NONE;
    if (!country && it->of != DL_NONE && c->item[it->of].ent != DL_NONE) country = c->ent[c->item[it->of].ent].country;
    if (dl_str_eq(it->agent.cls, DL_STR("country"))) {
        /* "the country": the nation named last. */
        if (!it->definite || country || dl_cr_is(c, it->tok.beg, "this these")) return;
        for (uint32_t k = it->tok.beg, far = 0; k > 0 && far < 120; k--, far++) {
            uint32_t at = c->at[k - 1];
            if (at != DL_NONE && c->item[at].what == DL_IT_NATION && c->item[at].ent != DL_NONE) {
                dl_cr_link(c, i, c->item[at].ent);
                return;
            }
        }
        return;
    }
    e = country ? dl_cr_state(c, country, dl_cr_tidy(c, it->title))
                : dl_cr_org(c, it->title, 0, DL_ORGANISATION, dl_cr_tidy(c, it->title));
    if (e != DL_NONE) dl_cr_link(c, i, e);
}

/* The description as a name. What opens a sentence with a capital has none elsewhere: "Analysts said". */
static dl_str as_name(dl_coref *c, const dl_item *it)
{
    dl_str s = dl_cr_tidy(c, it->title);
    uint32_t t = it->title.beg;
    bool opens = t == dl_cr_sent(c, it).beg && (c->at[t] == DL_NONE || c->item[c->at[t]].what == DL_IT_DESC);
    if (!opens || s.len < 2 || !dl_is_upper(s.p[0]) || dl_is_upper(s.p[1])) return s;
    char *low = dl_arena_raw(c->a, s.len, 1);
    if (!low) return s;
    memcpy(low, s.p, s.len);
    low[0] = dl_lower(low[0]);
    return (dl_str){ low, s.len };
}

static void put_description(dl_coref *c, uint32_t i)
{
    dl_item *it = &c->item[i];
    dl_actor_kind kind = it->agent.kind == DL_AG_ORG                   ? DL_ORGANISATION
                         : it->plural || it->agent.kind == DL_AG_GROUP ? DL_GROUP
                                                                       : DL_PERSON;
    uint32_t e = definite_person(c, it) ? dl_cr_with_role(c, it->agent.cls, it->country, i) : DL_NONE;
    bool known = e != DL_NONE;
    if (!known) e = dl_cr_org(c, it->title, it->country, kind, as_name(c, it));
    if (e == DL_NONE) return;
    dl_cr_link(c, i, e);
    if (known) return;
    c->ent[e].plural = it->plural;
    if (!c->ent[e].gender) c->ent[e].gender = kind == DL_ORGANISATION ? 'n' : it->gender;
    /* A nameless one with an office answers to it: "A ministry spokesperson ... the spokesperson". */
    if (kind == DL_PERSON && c->ent[e].role == DL_NONE) dl_cr_role(c, e, i);
}

void dl_cr_describe(dl_coref *c)
{
    beside_names(c);
    for (uint32_t i = 0; i < c->n_items; i++) {
        dl_item *it = &c->item[i];
        if (it->what != DL_IT_DESC || it->ent != DL_NONE || it->modifier) continue;
        if (it->agent.kind == DL_AG_GOV)
            put_government(c, i);
        else
            put_description(c, i);
    }
}
