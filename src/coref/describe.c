/* describe.c: noun phrases that say what someone is: "China's top diplomat", "US officials familiar with
 * the intelligence", "the Russian Foreign Ministry". Found from the noun (data/agents.tsv) outwards. */
#include "coref/work.h"
#include "tags/tags.h"

#define NP_LEFT 12 /* tokens from the noun to the start of its phrase, at most                      */
#define POSSESSIVE "'s \xe2\x80\x99s ' \xe2\x80\x99"

struct phrase {
    dl_span np;       /* with article or possessor                                               */
    uint32_t bare;    /* where the title begins: without the article                             */
    uint32_t country; /* of a modifier or possessor                                              */
    uint32_t person;  /* "the Biden administration": the PERSON item, or DL_NONE                 */
    uint32_t org;     /* the ORG item directly before the noun, or DL_NONE                       */
    bool definite, indefinite, owned;
};

/* A name inside the phrase lends it its country. */
static uint32_t take_name(dl_coref *c, struct phrase *p, uint32_t item, uint32_t noun)
{
    dl_item *x = &c->item[item];
    if (!p->country && x->what != DL_IT_PERSON) p->country = x->country;
    if (x->what == DL_IT_PERSON) p->person = item;
    if (x->what == DL_IT_ORG && x->tok.end == noun) p->org = item;
    if (x->what == DL_IT_NATION && !p->owned && x->as != DL_AS_SEAT) x->modifier = 1;
    p->definite |= x->what == DL_IT_NATION;
    return x->tok.beg;
}

/* "China's", "the Chinese Communist Party's", "the country's", "his": and then the phrase ends. */
static uint32_t take_owner(dl_coref *c, struct phrase *p, uint32_t k, uint32_t floor, uint32_t noun)
{
    p->owned = p->definite = true;
    p->bare = k;
    if (k > floor && c->at[k - 1] != DL_NONE && c->item[c->at[k - 1]].what != DL_IT_DESC) {
        p->bare = take_name(c, p, c->at[k - 1], noun);
        k = p->bare;
    } else {
        uint32_t mark = k;
        while (k > floor && dl_cr_modifier(c, k - 1) && c->d->toks.xpos[k - 1] != DL_XPOS_NONE) k--;
        /* "the country's top diplomat" is called so without the country. */
        p->bare = k == mark || dl_cr_is(c, mark - 1, "country nation") ? mark + 1 : k;
    }
    if (k > floor && dl_cr_is(c, k - 1, "the")) k--;
    return k;
}

static struct phrase phrase_at(dl_coref *c, uint32_t noun, uint32_t end, uint32_t beg)
{
    struct phrase p = { .np = { noun, end }, .bare = noun, .person = DL_NONE, .org = DL_NONE };
    uint32_t floor = noun > beg + NP_LEFT ? noun - NP_LEFT : beg, k = noun;
    while (k > floor) {
        uint32_t t = k - 1;
        if (dl_cr_is(c, t, POSSESSIVE)) {
            p.np.beg = take_owner(c, &p, t, floor, noun);
            return p;
        }
        if (c->at[t] != DL_NONE && c->item[c->at[t]].what != DL_IT_DESC) {
            if (c->item[c->at[t]].what == DL_IT_PRONOUN || c->item[c->at[t]].tok.beg < floor) break;
            k = take_name(c, &p, c->at[t], noun);
            continue;
        }
        if (dl_cr_is(c, t,
                     "the this those these his her its their our my your a an some no any another one two three several "
                     "many most")) {
            p.definite |= dl_cr_is(c, t, "the this those these his her its their our my your");
            p.indefinite = !p.definite;
            p.owned |= dl_cr_is(c, t, "his her its their our my your");
            p.np.beg = dl_cr_is(c, t, "his her its their our my your") ? k : t;
            p.bare = k;
            /* "the two nations", "his two sons" */
            if (p.indefinite && t > floor && dl_cr_is(c, t - 1, "the these those his her its their")) {
                p.np.beg = t - 1;
                p.definite = true;
                p.indefinite = false;
            }
            return p;
        }
        if (!dl_cr_modifier(c, t) || dl_cr_is(c, t, "least other same such according")) break;
        k = t;
    }
    p.np.beg = p.bare = k;
    return p;
}

/* The end of the name that begins at the item: "Russia's National Security Council" begins with Russia, and
 * "Russia's parliament" goes on to its noun. */
static uint32_t end_of_name(const dl_coref *c, uint32_t item, uint32_t limit, uint32_t *country)
{
    const dl_item *x = &c->item[item];
    uint32_t k = x->tok.end;
    *country = x->country;
    if (x->what != DL_IT_NATION || k >= limit || !(dl_cr_is(c, k, POSSESSIVE) || x->modifier)) return k;
    uint32_t t = dl_cr_is(c, k, POSSESSIVE) ? k + 1 : k;
    while (t < limit && c->at[t] == DL_NONE && dl_cr_modifier(c, t) && !dl_cr_noun(c, t)) t++;
    if (t < limit && c->at[t] != DL_NONE && c->item[c->at[t]].what == DL_IT_ORG) return c->item[c->at[t]].tok.end;
    while (t < limit && c->at[t] == DL_NONE && dl_cr_noun(c, t)) t++;
    return t > k ? t : k;
}

/* "of Russia's National Security Council", "to Ukraine", "of the region": the end of the phrase. */
static uint32_t tail(const dl_coref *c, uint32_t t, uint32_t end, struct phrase *p)
{
    if (t + 1 >= end || !dl_cr_is(c, t, "of for to at in")) return t;
    bool of = dl_cr_is(c, t, "of"), to = dl_cr_is(c, t, "to");
    uint32_t k = t + 1, limit = t + 8 < end ? t + 8 : end, country;
    while (k < limit && c->at[k] == DL_NONE && (dl_cr_is(c, k, "the a") || (dl_cr_modifier(c, k) && !dl_cr_noun(c, k)))) k++;
    if (k < limit && c->at[k] != DL_NONE) {
        const dl_item *x = &c->item[c->at[k]];
        if (x->what == DL_IT_PERSON || x->what == DL_IT_DESC || x->what == DL_IT_PRONOUN) return t;
        uint32_t stop = end_of_name(c, c->at[k], end, &country);
        if (stop < end && dl_cr_is(c, stop, "-")) return t; /* "of the Paris-based institute" */
        if (!of && !to && x->what != DL_IT_ORG && stop == x->tok.end) return t;
        if (!p->country && !to) p->country = country;
        return stop;
    }
    if (!of || k >= limit || k == t + 1 || !dl_cr_noun(c, k)) return t;
    while (k + 1 < limit && c->at[k + 1] == DL_NONE && dl_cr_noun(c, k + 1) && c->d->toks.xpos[k + 1] != DL_XPOS_NONE) k++;
    return k + 1;
}

/* "officials familiar with the intelligence": which officials. */
static uint32_t relative(const dl_coref *c, uint32_t t, uint32_t end)
{
    if (!dl_cr_is(c, t, "familiar close briefed loyal") || !dl_cr_is(c, t + 1, "with to on")) return t;
    uint32_t k = t + 2, limit = t + 7 < end ? t + 7 : end;
    while (k < limit && (dl_cr_is(c, k, "the a his her their its") || (dl_cr_modifier(c, k) && !dl_cr_noun(c, k)))) k++;
    return k < limit && dl_cr_noun(c, k) ? k + 1 : t;
}

/* Whom the phrase describes: the PERSON (or ORG) item, and whether the phrase is a mention of its own.
 * DL_NONE: nobody who is named beside it. */
static uint32_t described(const dl_coref *c, const dl_agent *a, const struct phrase *p, uint32_t end, dl_span sent, bool *mention)
{
    dl_item_what want = a->kind == DL_AG_ORG ? DL_IT_ORG : DL_IT_PERSON;
    uint32_t beg = p->np.beg;
    *mention = false;
    if (a->kind == DL_AG_GOV || (a->kind == DL_AG_GROUP && !a->title)) return DL_NONE;
    if (end < sent.end && c->at[end] != DL_NONE && c->item[c->at[end]].what == want && c->item[c->at[end]].tok.beg == end)
        return c->at[end];
    if (want == DL_IT_ORG && p->org != DL_NONE && dl_str_eq(a->cls, DL_STR("media"))) return p->org;
    if (a->kind != DL_AG_PERSON && a->kind != DL_AG_ORG) return DL_NONE;
    *mention = true;
    if (beg > sent.beg + 1 && dl_cr_is(c, beg - 1, ", (") && c->at[beg - 2] != DL_NONE && c->item[c->at[beg - 2]].what == want)
        return c->at[beg - 2];
    if (end + 1 < sent.end && p->definite && dl_cr_is(c, end, ", ") && c->at[end + 1] != DL_NONE &&
        c->item[c->at[end + 1]].what == want && c->item[c->at[end + 1]].tok.beg == end + 1) {
        uint32_t k = c->item[c->at[end + 1]].tok.end;
        if (k >= sent.end || dl_cr_is(c, k, ", . ( who told said")) return c->at[end + 1];
    }
    *mention = false;
    if (beg > sent.beg + 1 && dl_cr_is(c, beg - 1, "is was became becomes remains") && c->at[beg - 2] != DL_NONE &&
        c->item[c->at[beg - 2]].what == want)
        return c->at[beg - 2];
    return DL_NONE;
}

/* What stands before a title and is no part of it: "on Sunday President Yun", "chief of staff General Ito",
 * "was named minister". */
static void trim(const dl_coref *c, const dl_agent *a, uint32_t noun, dl_span sent, struct phrase *p)
{
    uint32_t k = p->bare;
    bool open = p->bare == p->np.beg;
    if (open && k > sent.beg && k < noun && a->kind == DL_AG_RANK && dl_cr_is(c, k - 1, "of")) k = noun;
    /* "two-term governor", of which the number is no part */
    if (k + 1 < noun && dl_cr_is(c, k, "-")) k += 2;
    while (k < noun && dl_cr_is(c, k,
                                "monday tuesday wednesday thursday friday saturday sunday - ' \" \xe2\x80\x98 \xe2\x80\x99 "
                                "\xe2\x80\x9c \xe2\x80\x9d"))
        k++;
    if (open && k < noun && a->title && !p->owned && c->at[k] == DL_NONE && c->d->toks.xpos[k] == DL_XPOS_VBN) k++;
    if (open) p->np.beg = k;
    p->bare = k;
}

static void put_phrase(dl_coref *c, const dl_agent *a, uint32_t noun, uint32_t n, dl_span sent)
{
    uint32_t end = noun + n;
    struct phrase p = phrase_at(c, noun, end, sent.beg);
    trim(c, a, noun, sent, &p);
    bool mention;
    uint32_t of = described(c, a, &p, end, sent, &mention), to = end;
    if (of == DL_NONE || mention) {
        to = a->kind == DL_AG_GROUP ? relative(c, end, sent.end) : end;
        if (to == end) to = tail(c, end, sent.end, &p);
        if (of == DL_NONE && to > end) of = described(c, a, &p, to, sent, &mention);
    }
    if (a->kind == DL_AG_RANK && of == DL_NONE) return;
    /* "shook his head": only the head of something is someone. */
    if (of == DL_NONE && to == end && !p.country && p.org == DL_NONE && n == 1 &&
        dl_cr_is(c, noun, "head heads chair chairs general chief"))
        return;
    uint32_t i = dl_cr_item(c, (dl_span){ p.np.beg, to }, DL_IT_DESC);
    if (i == DL_NONE) return;
    dl_item *it = &c->item[i];
    it->title = (dl_span){ p.bare, to };
    it->head = end - 1;
    it->agent = *a;
    it->of = of;
    it->country = p.country;
    it->kind = DL_BY_TITLE;
    it->plural = a->plural;
    it->gender = a->gender;
    it->definite = p.definite && !p.indefinite;
    it->modifier = of != DL_NONE && !mention;
    if (a->kind == DL_AG_GOV && !it->country && p.person != DL_NONE) it->of = p.person;
}

/* "government officials": a noun before another noun is no phrase of its own. */
static bool part_of_more(const dl_coref *c, const dl_agent *a, uint32_t end, dl_span sent)
{
    if (end >= sent.end) return false;
    uint32_t next = c->at[end];
    if (dl_cr_is(c, end, "- ")) return true;
    if (next != DL_NONE) return c->item[next].what == DL_IT_ORG && a->kind == DL_AG_PERSON && !a->title;
    return dl_cr_noun(c, end) && c->d->toks.xpos[end] != DL_XPOS_NONE;
}

void dl_cr_find_descriptions(dl_coref *c)
{
    for (uint32_t s = 0; s < c->d->sents.n; s++) {
        dl_span sent = c->d->sents.tok[s];
        for (uint32_t t = sent.beg; t < sent.end;) {
            dl_agent a;
            uint32_t n = 0, room = t;
            while (room < sent.end && room < t + 8 && c->at[room] == DL_NONE) room++;
            if (room > t) n = dl_facts_agent_at(&c->f, c->d, t, room, &a);
            if (!n || a.kind == DL_AG_HONORIFIC || part_of_more(c, &a, t + n, sent)) {
                t++;
                continue;
            }
            /* A verb with the form of a noun: "heads", "witness", "officers". */
            if (dl_cr_verb(c, t + n - 1) && c->d->toks.xpos[t + n - 1] != DL_XPOS_NONE) {
                t += n;
                continue;
            }
            put_phrase(c, &a, t, n, sent);
            t += n;
        }
    }
}
