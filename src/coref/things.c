/* things.c: countries, organisations, places and peoples: one entity a key. */
#include "base/utf8.h"
#include "coref/work.h"

#define K_STATE 1u
#define K_LAND 2u
#define K_PLACE 3u
#define K_ORG 4u
#define K_PEOPLE 5u
#define K_ACRONYM 6u
#define K_ACTS 7u
#define K_WORDS 128u

static uint32_t entity_of(dl_coref *c, uint64_t key, dl_actor_kind kind, dl_str name)
{
    uint32_t have = dl_map_get(&c->keys, key);
    if (have != DL_NONE) return have;
    uint32_t e = dl_cr_ent(c, kind, name);
    uint32_t *at = e == DL_NONE ? NULL : dl_map_put(&c->keys, key, e);
    return at ? e : DL_NONE;
}

/* Words as one key: case and accents folded. */
uint64_t dl_cr_words_key(const dl_coref *c, dl_span tok)
{
    char buf[128], low[160];
    dl_str s = dl_facts_join(c->d, tok, buf, sizeof buf);
    if (!s.len) s = dl_str_cut(dl_cr_text(c, tok), 0, 100);
    size_t n = dl_fold(low, sizeof low, s);
    return dl_hash(low, n < sizeof low ? n : sizeof low, 0);
}

/* Brussels is the European Union's before it is Belgium's. */
static bool put_seated(dl_coref *c, uint32_t i)
{
    char buf[128];
    dl_body body = dl_facts_body_behind(&c->f, dl_facts_join(c->d, c->item[i].tok, buf, sizeof buf));
    if (!body.cls) return false;
    uint32_t e = entity_of(c, dl_hash_mix(K_ORG, dl_hash_str(body.name)), DL_ORGANISATION, body.name);
    if (e == DL_NONE) return true;
    c->ent[e].named = 1;
    c->ent[e].gender = 'n';
    c->item[i].kind = DL_BY_METONYM;
    dl_cr_link(c, i, e);
    return true;
}

/* A seat of government is a building only to those who are in it or before it. */
static bool acts(const dl_coref *c, const dl_item *it)
{
    uint32_t p = dl_cr_prev(c, it);
    if (it->as == DL_AS_SEAT) return p == DL_NONE || !dl_cr_is(c, p, "in at inside outside near around ");
    return dl_cr_metonym(c, it->tok) > 0;
}

static void put_state(dl_coref *c, uint32_t i)
{
    dl_item *it = &c->item[i];
    bool state = acts(c, it), own = it->as & DL_AS_NAME;
    it->place = !state;
    if (state && !own && put_seated(c, i)) return;
    uint64_t land = own ? it->country : dl_cr_words_key(c, it->tok);
    uint64_t key = state ? dl_hash_mix(K_STATE, it->country) : dl_hash_mix(own ? K_LAND : K_PLACE, land);
    uint32_t e = entity_of(c, key, state ? DL_GOVERNMENT : DL_PLACE, dl_cr_tidy(c, it->tok));
    if (e == DL_NONE) return;
    /* "China" names the government better than "Beijing" does. */
    if (own && !c->ent[e].named) c->ent[e].name = dl_cr_tidy(c, it->tok);
    c->ent[e].named |= own;
    c->ent[e].country = it->country;
    c->ent[e].gender = 'n';
    it->kind = state && !own ? DL_BY_METONYM : DL_BY_NAME;
    dl_cr_link(c, i, e);
}

uint32_t dl_cr_state(dl_coref *c, uint32_t country, dl_str name)
{
    uint32_t e = entity_of(c, dl_hash_mix(K_STATE, country), DL_GOVERNMENT, name);
    if (e == DL_NONE) return e;
    c->ent[e].country = country;
    c->ent[e].gender = 'n';
    return e;
}

static bool is_upper_word(dl_str w)
{
    for (size_t i = 0; i < w.len; i++)
        if (!dl_is_upper(w.p[i]) && w.p[i] != '.') return false;
    return w.len >= 2 && w.len <= 8;
}

/* MSC for "Munich Security Conference": the capitals of its words. */
static uint64_t acronym_of(const dl_coref *c, dl_span tok)
{
    char buf[10];
    size_t n = 0;
    for (uint32_t t = tok.beg; t < tok.end && n < sizeof buf; t++) {
        dl_str w = dl_tok_text(c->d, t);
        if (w.len && dl_is_upper(w.p[0])) buf[n++] = w.p[0];
    }
    return n < 2 ? 0 : dl_hash_mix(K_ACRONYM, dl_hash(buf, n, 0));
}

static uint64_t acronym(dl_str w)
{
    char buf[10];
    size_t n = 0;
    for (size_t i = 0; i < w.len && n < sizeof buf; i++)
        if (w.p[i] != '.') buf[n++] = w.p[i];
    return dl_hash_mix(K_ACRONYM, dl_hash(buf, n, 0));
}

/* The words of an organisation in any order, without its country's: "China's Foreign Ministry", "the Chinese
 * foreign ministry". 0: there are none. */
static uint64_t org_words(const dl_coref *c, dl_span tok, uint32_t country)
{
    uint64_t sum = 0;
    for (uint32_t t = tok.beg; t < tok.end;) {
        dl_nation n;
        uint32_t k = country ? dl_facts_nation_at(&c->f, c->d, t, tok.end, &n) : 0;
        if (k && n.country == country) {
            t += k;
            continue;
        }
        if (!dl_cr_is(c, t, "the of and for 's \xe2\x80\x99s ' \xe2\x80\x99 - , top new a an some this that those these"))
            sum += dl_hash_mix(17, dl_cr_words_key(c, (dl_span){ t, t + 1 }));
        t++;
    }
    return sum;
}

/* The organisation (or group) with these words and that country. Without a country: the last one with these
 * words that had one. */
uint32_t dl_cr_org(dl_coref *c, dl_span tok, uint32_t country, dl_actor_kind kind, dl_str name)
{
    uint64_t words = org_words(c, tok, country), loose = dl_hash_mix(K_WORDS + kind, words);
    if (!country) {
        uint32_t known = dl_map_get(&c->keys, loose);
        if (known != DL_NONE) return known;
    }
    uint32_t e = entity_of(c, dl_hash_mix(dl_hash_mix(K_ORG + 64u * kind, country), words), kind, name);
    if (e == DL_NONE) return e;
    if (country) {
        uint32_t *at = dl_map_put(&c->keys, loose, e);
        if (at) *at = e;
        c->ent[e].country = country;
    }
    return e;
}

static uint32_t known_body(dl_coref *c, const dl_item *it, const dl_body *body)
{
    uint64_t key = dl_hash_mix(K_ORG, dl_hash_str(body->name));
    uint32_t e = entity_of(c, key, body->cls == DL_BODY_REGION ? DL_GROUP : DL_ORGANISATION, dl_cr_tidy(c, it->tok));
    if (e != DL_NONE) c->ent[e].plural = body->cls == DL_BODY_REGION;
    if (e != DL_NONE && c->ent[e].name.len < it->tok.end - it->tok.beg) c->ent[e].name = dl_cr_tidy(c, it->tok);
    return e;
}

static void put_org(dl_coref *c, uint32_t i)
{
    dl_item *it = &c->item[i];
    char buf[128];
    dl_body body = dl_facts_body(&c->f, dl_facts_join(c->d, it->tok, buf, sizeof buf));
    bool one = it->tok.end - it->tok.beg == 1;
    uint32_t e = body.cls ? known_body(c, it, &body) : DL_NONE;
    if (e == DL_NONE && one && is_upper_word(dl_tok_text(c->d, it->tok.beg)))
        e = dl_map_get(&c->keys, acronym(dl_tok_text(c->d, it->tok.beg)));
    if (e == DL_NONE) e = dl_cr_org(c, it->tok, it->country, DL_ORGANISATION, dl_cr_tidy(c, it->tok));
    if (e == DL_NONE) return;
    c->ent[e].named = 1;
    c->ent[e].gender = 'n';
    if (!c->ent[e].country) c->ent[e].country = it->country;
    uint64_t letters = one ? 0 : acronym_of(c, it->tok);
    if (letters) dl_map_put(&c->keys, letters, e);
    dl_cr_link(c, i, e);
}

/* "Texas sued", "Milan bought him": who acts for a place that is no country's is called by its name alone. */
static void put_place(dl_coref *c, uint32_t i)
{
    dl_item *it = &c->item[i];
    bool act = dl_cr_metonym(c, it->tok) > 0;
    if (act && put_seated(c, i)) return;
    uint64_t key = dl_hash_mix(act ? K_ACTS : K_PLACE, dl_cr_words_key(c, it->tok));
    uint32_t e = entity_of(c, key, act ? DL_ORGANISATION : DL_PLACE, dl_cr_tidy(c, it->tok));
    if (e == DL_NONE) return;
    c->ent[e].named = 1;
    c->ent[e].gender = 'n';
    it->kind = act ? DL_BY_METONYM : DL_BY_NAME;
    dl_cr_link(c, i, e);
}

static void put_people(dl_coref *c, uint32_t i)
{
    char buf[128];
    dl_item *it = &c->item[i];
    dl_body body = dl_facts_body(&c->f, dl_facts_join(c->d, it->tok, buf, sizeof buf));
    uint64_t key = body.cls      ? dl_hash_mix(K_ORG, dl_hash_str(body.name))
                   : it->country ? dl_hash_mix(K_PEOPLE, it->country)
                                 : dl_hash_mix(K_PEOPLE + 64, dl_cr_words_key(c, it->tok));
    uint32_t e = entity_of(c, key, body.cls ? DL_ORGANISATION : DL_GROUP, dl_cr_tidy(c, it->tok));
    if (e == DL_NONE) return;
    c->ent[e].country = it->country ? it->country : body.country;
    c->ent[e].plural = 1;
    c->ent[e].named = 1;
    dl_cr_link(c, i, e);
}

void dl_cr_things(dl_coref *c)
{
    for (uint32_t i = 0; i < c->n_items; i++) {
        if (c->item[i].modifier && c->item[i].what != DL_IT_ORG) continue;
        switch (c->item[i].what) {
        case DL_IT_NATION: put_state(c, i); break;
        case DL_IT_ORG: put_org(c, i); break;
        case DL_IT_PLACE: put_place(c, i); break;
        case DL_IT_PEOPLE: put_people(c, i); break;
        default: break;
        }
    }
}
