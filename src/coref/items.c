/* items.c: the names of the page, read with the tables of facts, as items in order. */
#include "coref/work.h"

#include "base/utf8.h"

uint32_t dl_cr_item(dl_coref *c, dl_span tok, dl_item_what what)
{
    if (tok.beg >= tok.end || !DL_ROOM(c->a, c->item, c->n_items, c->item_cap)) return DL_NONE;
    uint32_t sent = dl_sent_of_tok(c->d, tok.beg);
    if (sent == DL_NONE) return DL_NONE;
    dl_item *it = &c->item[c->n_items];
    *it = (dl_item){ .tok = tok, .title = tok, .sent = sent, .ent = DL_NONE, .of = DL_NONE, .what = (uint8_t)what };
    it->head = dl_cr_head(c, tok);
    for (uint32_t t = tok.beg; t < tok.end; t++)
        if (c->at[t] == DL_NONE) c->at[t] = c->n_items;
    return c->n_items++;
}

dl_str dl_cr_text(const dl_coref *c, dl_span tok)
{
    return dl_doc_text(c->d, (dl_span){ c->d->toks.span[tok.beg].beg, c->d->toks.span[tok.end - 1].end });
}

dl_str dl_cr_tidy(dl_coref *c, dl_span tok) { return dl_arena_folded(c->a, dl_cr_text(c, tok)); }

static dl_agent agent_at(const dl_coref *c, uint32_t tok) { return dl_facts_agent(&c->f, dl_tok_text(c->d, tok)); }

/* The words of a person's name: without the ranks and honorifics that the tagger took in. "Mr Wang" is
 * the mention, "Wang" the name. */
static void put_person(dl_coref *c, dl_span tok)
{
    dl_span name = tok;
    uint8_t gender = 0;
    while (name.end > name.beg + 1 && dl_cr_is(c, name.end - 1, "'s \xe2\x80\x99s ' \xe2\x80\x99 , .")) name.end--;
    /* "Ana Ruiz, R-Texas": the party is no part of the name. */
    for (uint32_t t = name.beg + 1; t + 1 < name.end; t++)
        if (dl_cr_is(c, t, ",")) name.end = t;
    while (name.beg + 1 < name.end) {
        dl_agent a;
        uint32_t n = dl_facts_agent_at(&c->f, c->d, name.beg, name.end - 1, &a);
        dl_str first = dl_tok_text(c->d, name.beg);
        bool noun = n && first.len && dl_is_lower(first.p[0]); /* "his sister Ana" */
        if (!n || !(a.title || a.kind == DL_AG_HONORIFIC || a.kind == DL_AG_RANK || noun)) break;
        gender = a.gender ? a.gender : gender;
        name.beg += n;
    }
    /* "R-Texas", "D - N.Y.": a party and a state. */
    dl_str w = dl_cr_text(c, name);
    if (w.len < 10 && w.len > 2 && dl_is_upper(w.p[0]) && w.p[1] == '-') return;
    dl_span m = name;
    dl_agent before = m.beg > 0 ? agent_at(c, m.beg - 1) : (dl_agent){ 0 };
    bool near = before.kind == DL_AG_HONORIFIC && dl_sent_of_tok(c->d, m.beg - 1) == dl_sent_of_tok(c->d, m.beg);
    bool printed = near && dl_is_upper(dl_tok_text(c->d, m.beg - 1).p[0]); /* "Sister Ana", not "his sister Ana" */
    if (near) {
        m.beg -= printed;
        gender = before.gender ? before.gender : gender;
    }
    uint32_t i = dl_cr_item(c, m, DL_IT_PERSON);
    if (i == DL_NONE) return;
    c->item[i].title = name;
    c->item[i].gender = gender;
    c->item[i].definite = printed;
}

/* "US" and "Chinese" before a noun belong to that noun. */
static bool before_noun(const dl_coref *c, dl_span tok)
{
    uint32_t t = tok.end, end = c->d->sents.tok[dl_sent_of_tok(c->d, tok.beg)].end;
    if (t < end && dl_cr_is(c, t, "- and or") && t + 1 < end) { /* "US-led", "Chinese and Russian officials" */
        if (dl_cr_is(c, t, "-")) return true;
        dl_nation n;
        uint32_t k = dl_facts_nation_at(&c->f, c->d, t + 1, end, &n);
        if (!k || !(n.as & DL_AS_ADJ)) return false;
        t += 1 + k;
    }
    while (t < end && dl_cr_modifier(c, t) && !dl_cr_noun(c, t)) t++;
    return t < end && dl_cr_noun(c, t);
}

#define K_HALF 64u

/* "North Korea" lends its country to "the North". */
static void learn_half(dl_coref *c, dl_span tok, uint32_t country)
{
    if (tok.end - tok.beg < 2 || !dl_cr_is(c, tok.beg, "north south")) return;
    uint32_t *at = dl_map_put(&c->keys, dl_hash_mix(K_HALF, dl_hash_str(dl_tok_text(c->d, tok.beg))), country);
    if (at) *at = country;
}

/* "the North" where a country with that word was named before, and nothing follows that it could belong to. */
static bool is_half(const dl_coref *c, dl_span tok, dl_nation *out)
{
    if (tok.end - tok.beg != 1 || tok.beg == 0 || !dl_cr_is(c, tok.beg, "north south") || !dl_cr_is(c, tok.beg - 1, "the"))
        return false;
    if (!dl_is_upper(dl_tok_text(c->d, tok.beg).p[0]) || (tok.end < c->d->toks.n && dl_cr_noun(c, tok.end))) return false;
    uint32_t country = dl_map_get(&c->keys, dl_hash_mix(K_HALF, dl_hash_str(dl_tok_text(c->d, tok.beg))));
    if (country == DL_NONE) return false;
    *out = (dl_nation){ country, DL_AS_NAME, false };
    return true;
}

static void put_nation(dl_coref *c, dl_span tok, dl_nation n)
{
    if (n.as & DL_AS_NAME) learn_half(c, tok, n.country);
    bool noun = before_noun(c, tok);
    bool people = !(n.as & (DL_AS_NAME | DL_AS_CAPITAL | DL_AS_SEAT)) || (n.as == (DL_AS_NAME | DL_AS_ADJ) && noun);
    uint32_t i = dl_cr_item(c, tok, DL_IT_NATION);
    if (i == DL_NONE) return;
    dl_item *it = &c->item[i];
    it->country = n.country;
    it->as = (uint8_t)n.as;
    if (!people) return;
    it->modifier = noun || !(n.as & DL_AS_PEOPLE);
    if (!it->modifier) {
        it->what = DL_IT_PEOPLE;
        dl_str last = dl_tok_text(c->d, tok.end - 1);
        it->plural = dl_str_ends(last, DL_STR("s")) || dl_str_ends(last, DL_STR("ese")) || dl_str_ends(last, DL_STR("men"));
        /* "a Briton" is one nameless person, "the Chinese" are many. */
        if (tok.beg > 0 && dl_cr_is(c, tok.beg - 1, "a an one another")) it->modifier = 1;
    }
}

/* A ministry's country stands before it: "China's Foreign Ministry", "the Russian Foreign Ministry". */
static void widen(dl_coref *c, dl_span *tok, uint32_t *country)
{
    dl_span s = c->d->sents.tok[dl_sent_of_tok(c->d, tok->beg)];
    uint32_t t = tok->beg;
    if (t > s.beg && dl_cr_is(c, t - 1, "'s \xe2\x80\x99s ' \xe2\x80\x99")) t--;
    if (t == s.beg || c->at[t - 1] == DL_NONE) return;
    const dl_item *left = &c->item[c->at[t - 1]];
    if (left->what != DL_IT_NATION || left->tok.end != t || (t == tok->beg && !left->modifier)) return;
    if (t < tok->beg && !(left->as & (DL_AS_NAME | DL_AS_CAPITAL | DL_AS_SEAT))) return;
    *country = left->country;
    tok->beg = left->tok.beg;
}

static uint32_t country_within(const dl_coref *c, dl_span tok)
{
    dl_nation n;
    for (uint32_t t = tok.beg; t < tok.end; t++)
        if (dl_facts_nation_at(&c->f, c->d, t, tok.end, &n) && (n.as & (DL_AS_NAME | DL_AS_ADJ))) return n.country;
    return 0;
}

static void put_org(dl_coref *c, dl_span tok)
{
    uint32_t country = country_within(c, tok), left = 0;
    dl_span wide = tok;
    widen(c, &wide, &left);
    char buf[128];
    dl_body body = dl_facts_body(&c->f, dl_facts_join(c->d, tok, buf, sizeof buf));
    if (body.cls == DL_BODY_MEDIA || body.cls == DL_BODY_INTL) wide = tok; /* "American CNN" is CNN */
    uint32_t i = dl_cr_item(c, wide, DL_IT_ORG);
    if (i == DL_NONE) return;
    c->item[i].country = left ? left : country ? country : body.country;
    c->item[i].head = dl_cr_head(c, tok);
    c->item[i].definite = body.cls;
    for (uint32_t t = wide.beg; t < tok.end; t++)
        if (t >= tok.beg) c->at[t] = i;
    if (wide.beg < tok.beg && c->at[wide.beg] != DL_NONE) c->item[c->at[wide.beg]].modifier = 1;
}

static dl_span without_article(const dl_coref *c, dl_span tok)
{
    if (tok.beg + 1 < tok.end && dl_cr_is(c, tok.beg, "the")) tok.beg++;
    while (tok.end > tok.beg + 1 && dl_cr_is(c, tok.end - 1, "'s \xe2\x80\x99s ' \xe2\x80\x99")) tok.end--;
    return tok;
}

/* "Holt Vey also warned": two surnames side by side, each known from a longer name of the page. */
static bool two_people(const dl_coref *c, dl_span tok, const dl_map *surnames)
{
    if (tok.end - tok.beg != 2) return false;
    dl_str a = dl_tok_text(c->d, tok.beg), b = dl_tok_text(c->d, tok.beg + 1);
    uint32_t x = dl_map_get(surnames, dl_hash_str(a)), y = dl_map_get(surnames, dl_hash_str(b));
    return x != DL_NONE && y != DL_NONE && x != y && !dl_facts_gender(&c->f, a) && !dl_facts_surname_first(&c->f, a);
}

/* Family names of the full names: word -> row of the first name that has it. A name may not vouch for itself. */
static void learn_surnames(dl_coref *c, dl_map *surnames)
{
    for (uint32_t i = 0; i < c->d->names.n; i++) {
        dl_span t = without_article(c, c->d->names.tok[i]);
        if (c->d->names.type[i] != DL_PER || t.end - t.beg != 2) continue;
        dl_str a = dl_tok_text(c->d, t.beg), b = dl_tok_text(c->d, t.beg + 1);
        if (dl_facts_gender(&c->f, a))
            dl_map_put(surnames, dl_hash_str(b), i);
        else if (dl_facts_surname_first(&c->f, a))
            dl_map_put(surnames, dl_hash_str(a), i);
    }
}

/* A word that the tagger took for a place or body here, and that is a person's family name elsewhere. */
static bool is_surname(const dl_coref *c, dl_span tok, const dl_map *surnames)
{
    return tok.end - tok.beg == 1 && dl_map_get(surnames, dl_hash_str(dl_tok_text(c->d, tok.beg))) != DL_NONE;
}

/* The countries that the page names by a form of their own. */
static void learn_lands(dl_coref *c)
{
    char buf[128];
    for (uint32_t i = 0; i < c->d->names.n; i++) {
        dl_nation n = dl_facts_nation(&c->f, dl_facts_join(c->d, without_article(c, c->d->names.tok[i]), buf, sizeof buf));
        if (n.country && !n.shared) dl_map_put(&c->lands, n.country, i);
    }
}

/* "Georgia", "Kingston": the country's only where the page names it otherwise too. */
static bool stranger(const dl_coref *c, const dl_nation *n) { return n->shared && dl_map_get(&c->lands, n->country) == DL_NONE; }

static void put_name(dl_coref *c, dl_span tok, uint8_t type, const dl_map *surnames)
{
    char buf[128];
    tok = without_article(c, tok);
    dl_str form = dl_facts_join(c->d, tok, buf, sizeof buf);
    dl_nation n = dl_facts_nation(&c->f, form);
    dl_body body = dl_facts_body(&c->f, form);
    if (type != DL_PER) is_half(c, tok, &n);
    /* Jordan and Chad are given names as well; the Kremlin is nobody's. */
    bool land = n.country && !stranger(c, &n) &&
                (type != DL_PER || n.as == DL_AS_SEAT || ((n.as & DL_AS_NAME) && !dl_facts_gender(&c->f, form)));
    if (land && (type != DL_ORG || !(n.as & DL_AS_CAPITAL) || body.cls == DL_BODY_NONE)) {
        put_nation(c, tok, n);
    } else if (type != DL_PER && body.cls == DL_BODY_NONE && is_surname(c, tok, surnames)) {
        put_person(c, tok);
    } else if (type == DL_PER && !two_people(c, tok, surnames)) {
        put_person(c, tok);
    } else if (type == DL_PER) {
        put_person(c, (dl_span){ tok.beg, tok.beg + 1 });
        put_person(c, (dl_span){ tok.beg + 1, tok.end });
    } else if (type == DL_ORG || body.cls != DL_BODY_NONE) {
        put_org(c, tok);
    } else if (type == DL_LOC || type == DL_FAC) {
        dl_cr_item(c, tok, DL_IT_PLACE);
    } else {
        uint32_t i = dl_cr_item(c, tok, type == DL_NORP ? DL_IT_PEOPLE : DL_IT_WORK);
        dl_str last = dl_tok_text(c->d, tok.end - 1);
        if (i != DL_NONE) c->item[i].modifier = type != DL_NORP || before_noun(c, tok) || !dl_str_ends(last, DL_STR("s"));
        if (i != DL_NONE) c->item[i].plural = 1;
    }
}

/* Countries, seats, bodies and persons with "Mr" that the tagger left out. */
static uint32_t put_fact(dl_coref *c, uint32_t t, uint32_t end)
{
    dl_nation n;
    dl_body body;
    uint32_t len = dl_facts_nation_at(&c->f, c->d, t, end, &n);
    if (!len && is_half(c, (dl_span){ t, t + 1 }, &n)) len = 1;
    if (len && !stranger(c, &n) && (n.as & (DL_AS_NAME | DL_AS_SEAT | DL_AS_ADJ))) {
        put_nation(c, (dl_span){ t, t + len }, n);
        return len;
    }
    /* "Mr He": what follows is a name, whatever word it looks like. */
    if (t + 1 < end && dl_cr_capital(c, t + 1) && agent_at(c, t).kind == DL_AG_HONORIFIC) {
        put_person(c, (dl_span){ t + 1, t + 2 });
        return 2;
    }
    len = dl_facts_body_at(&c->f, c->d, t, end, &body);
    if (len && (body.cls == DL_BODY_INTL || body.cls == DL_BODY_REGION || len > 1)) {
        put_org(c, (dl_span){ t, t + len });
        return len;
    }
    return 1;
}

void dl_cr_find_names(dl_coref *c)
{
    dl_map surnames;
    dl_map_init(&surnames, c->a);
    learn_surnames(c, &surnames);
    learn_lands(c);
    uint32_t row = 0;
    for (uint32_t s = 0; s < c->d->sents.n; s++) {
        dl_span sent = c->d->sents.tok[s];
        for (uint32_t t = sent.beg; t < sent.end;) {
            while (row < c->d->names.n && c->d->names.tok[row].beg < t) row++;
            uint32_t next = row < c->d->names.n && c->d->names.tok[row].beg < sent.end ? c->d->names.tok[row].beg : sent.end;
            if (t == next) {
                put_name(c, c->d->names.tok[row], c->d->names.type[row], &surnames);
                t = c->d->names.tok[row].end;
            } else {
                t += dl_cr_capital(c, t) ? put_fact(c, t, next) : 1;
            }
        }
    }
}

static const struct {
    const char *word;
    uint8_t gender, plural;
} pronouns[] = {
    { "he", 'm', 0 },  { "him", 'm', 0 }, { "his", 'm', 0 },    { "himself", 'm', 0 },
    { "she", 'f', 0 }, { "her", 'f', 0 }, { "hers", 'f', 0 },   { "herself", 'f', 0 },
    { "it", 'n', 0 },  { "its", 'n', 0 }, { "itself", 'n', 0 }, { "they", 0, 1 },
    { "them", 0, 1 },  { "their", 0, 1 }, { "theirs", 0, 1 },   { "themselves", 0, 1 },
};

void dl_cr_find_pronouns(dl_coref *c)
{
    for (uint32_t t = 0; t < c->d->toks.n; t++) {
        dl_str w = dl_tok_text(c->d, t);
        if (w.len < 2 || w.len > 10 || (c->at[t] != DL_NONE && c->item[c->at[t]].what != DL_IT_DESC)) continue;
        for (size_t k = 0; k < DL_COUNT(pronouns); k++)
            if (dl_str_eq_nocase(w, dl_str_of(pronouns[k].word))) {
                uint32_t i = dl_cr_item(c, (dl_span){ t, t + 1 }, DL_IT_PRONOUN);
                if (i == DL_NONE) break;
                c->item[i].kind = DL_BY_PRONOUN;
                c->item[i].gender = pronouns[k].gender;
                c->item[i].plural = pronouns[k].plural;
                break;
            }
    }
}
