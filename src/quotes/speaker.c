/* speaker.c: resolves the words of a source by the page's mentions; see speaker.h. */
#include "quotes/speaker.h"

#include "facts/facts.h"
#include "tags/tags.h"
#include "trees/trees.h"

#define JOINT_REACH 5 /* sentences over which "they" can mean two who spoke together             */

bool dl_casting_open(dl_casting *c, const dl_quoting *q)
{
    const dl_doc *d = q->d;
    *c = (dl_casting){ .q = q, .ment = DL_NEW(q->a, q->n + 1, uint32_t) };
    if (!c->ment) return false;
    memset(c->ment, UINT8_MAX, (q->n + 1) * sizeof *c->ment);
    /* mentions are in order, the longest first at one place: a token keeps the innermost that starts
     * last, but a name is never given up for a title or pronoun around it */
    for (uint32_t i = 0; i < d->ments.n; i++) {
        dl_span t = d->ments.tok[i];
        for (uint32_t k = t.beg; k < t.end && k < q->n; k++) {
            uint32_t old = c->ment[k];
            if (old == DL_NONE || d->ments.kind[old] != DL_BY_NAME || d->ments.kind[i] == DL_BY_NAME) c->ment[k] = i;
        }
    }
    return true;
}

static bool pronoun(const dl_quoting *q, dl_span s)
{
    if (dl_span_len(s) == 0) return false;
    for (uint32_t t = s.beg; t < s.end; t++) {
        int pos = q->d->toks.xpos[t];
        if (pos != DL_XPOS_PRP && pos != DL_XPOS_WP && pos != DL_XPOS_WDT && pos != DL_XPOS_DT && pos != DL_XPOS_RB &&
            pos != DL_XPOS_PDT)
            return false;
    }
    return true;
}

static bool they(const dl_quoting *q, dl_span s)
{
    return dl_word_is(q, s.beg, "they") || dl_word_is(q, s.beg, "both") || dl_word_is(q, s.end - 1, "two") ||
           dl_word_is(q, s.end - 1, "both");
}

static bool possessor(const dl_quoting *q, dl_span ment, dl_span source)
{
    return ment.end < source.end && q->d->toks.xpos[ment.end] == DL_XPOS_POS;
}

/* A person named beside the title that is the head: "palace spokesman Anton Vey", "the governor
 * of the region, Olena Koval". */
static uint32_t beside(const dl_casting *c, dl_span source, uint32_t head)
{
    const dl_doc *d = c->q->d;
    for (uint32_t t = source.beg; t < source.end; t++) {
        uint32_t m = c->ment[t];
        if (m == DL_NONE || d->ments.kind[m] != DL_BY_NAME || d->ments.tok[m].beg != t) continue;
        uint32_t e = d->ments.ent[m];
        if (e >= d->ents.n || d->ents.kind[e] != DL_PERSON || possessor(c->q, d->ments.tok[m], source)) continue;
        bool next = t == head + 1 || (t == head + 2 && dl_xpos_proper(d->toks.xpos[head + 1])); /* "hawk Sen. ..." */
        if (next || (t > 0 && d->toks.xpos[t - 1] == DL_XPOS_COMMA)) return m;
        uint32_t g = dl_span_head(c->q, d->ments.tok[m]);
        if (g != DL_NONE && d->toks.head[g] == head) {
            dl_rel r = dl_rel_base((dl_rel)d->toks.rel[g]);
            if (r == DL_REL_APPOS || r == DL_REL_FLAT || r == DL_REL_COMPOUND) return m;
        }
    }
    return DL_NONE;
}

/* "the Global Times newspaper", "the TASS news agency": a thing named right before its noun. */
static uint32_t before(const dl_casting *c, dl_span source, uint32_t head)
{
    static const char *const words[] = { "newspaper", "agency",    "network", "channel",  "broadcaster", "magazine",
                                         "company",   "group",     "website", "party",    "paper",       "tabloid",
                                         "outlet",    "institute", "station", "movement", "daily",       "platform" };
    const dl_doc *d = c->q->d;
    bool thing = false;
    for (size_t i = 0; i < DL_COUNT(words) && !thing; i++) thing = dl_word_is(c->q, head, words[i]);
    for (uint32_t t = head; thing && t > source.beg && t + 3 > head;) {
        uint32_t m = c->ment[--t];
        if (m == DL_NONE || d->ments.kind[m] != DL_BY_NAME) continue;
        uint32_t e = d->ments.ent[m];
        return e < d->ents.n && d->ents.kind[e] == DL_ORGANISATION ? m : DL_NONE;
    }
    return DL_NONE;
}

static bool is_person(const dl_doc *d, uint32_t m)
{
    return m != DL_NONE && d->ments.ent[m] < d->ents.n && d->ents.kind[d->ments.ent[m]] == DL_PERSON;
}

/* The person whose name ends the phrase: "Secretary of State Mary Holt", "ASF Chairman Werner
 * Brandt", where the tree has another head. Not "a spokesman for Vladimir Putin". */
static uint32_t last_person(const dl_casting *c, dl_span source)
{
    const dl_doc *d = c->q->d;
    uint32_t end = source.beg;
    while (end < source.end && d->toks.xpos[end] != DL_XPOS_COMMA) end++;
    uint32_t m = end > source.beg ? c->ment[end - 1] : DL_NONE;
    if (!is_person(d, m) || d->ments.kind[m] != DL_BY_NAME || d->ments.tok[m].beg < source.beg) return DL_NONE;
    dl_facts f = dl_facts_open(c->q->m);
    for (uint32_t t = d->ments.tok[m].beg; t > source.beg;) {
        t--;
        int pos = d->toks.xpos[t];
        if (pos == DL_XPOS_IN && dl_word_is(c->q, t, "of")) {
            /* "secretary of state": an office goes on behind "of"; "the son of President ..." does not */
            dl_agent next;
            if (t + 1 == d->ments.tok[m].beg || dl_facts_agent_at(&f, d, t + 1, end, &next)) return DL_NONE;
            continue;
        }
        bool joint = pos == DL_XPOS_CC && t > source.beg && dl_xpos_noun(d->toks.xpos[t - 1]) && !is_person(d, c->ment[t - 1]);
        if (joint) continue; /* "trade and industry minister" */
        if (!dl_xpos_noun(pos) && pos != DL_XPOS_JJ && pos != DL_XPOS_POS && pos != DL_XPOS_DT && pos != DL_XPOS_HYPH)
            return DL_NONE;
    }
    return m;
}

/* The mention that a noun phrase with this head is, or DL_NONE. */
static uint32_t mention_of(const dl_casting *c, dl_span source, uint32_t head)
{
    const dl_doc *d = c->q->d;
    uint32_t m = c->ment[head];
    /* "Wang 's spokesman": the head decides, not the owner */
    bool own = m != DL_NONE && !possessor(c->q, d->ments.tok[m], source);
    bool named = own && (d->ments.kind[m] == DL_BY_NAME || d->ments.kind[m] == DL_BY_METONYM);
    if (named && is_person(d, m)) return m;
    uint32_t p = named ? DL_NONE : beside(c, source, head);
    if (p == DL_NONE) p = last_person(c, source);
    if (p == DL_NONE && !named) p = before(c, source, head);
    return p != DL_NONE ? p : own ? m : DL_NONE;
}

static uint32_t ent_of(const dl_casting *c, uint32_t m) { return m == DL_NONE ? DL_NONE : c->q->d->ments.ent[m]; }

uint32_t dl_casting_ent(const dl_casting *c, dl_span s)
{
    return dl_span_len(s) ? ent_of(c, mention_of(c, s, dl_span_head(c->q, s))) : DL_NONE;
}

/* Whether another member begins at t: a conjunct of the tree, or a person's name behind "and". */
static bool joined(const dl_casting *c, dl_span source, uint32_t t)
{
    const dl_doc *d = c->q->d;
    uint32_t m = c->ment[t];
    if (d->toks.rel[t] == DL_REL_CONJ && d->toks.head[t] >= source.beg && d->toks.head[t] < t) {
        /* "Beck, the hero of the right and the closing speaker" is one; so is what no "and" joins */
        bool comma = false, both = false, owner = false, name = m != DL_NONE && d->ments.kind[m] == DL_BY_NAME;
        for (uint32_t k = source.beg; k < t; k++) {
            comma |= d->toks.xpos[k] == DL_XPOS_COMMA;
            both |= d->toks.xpos[k] == DL_XPOS_CC;
            if (d->toks.xpos[k] == DL_XPOS_POS && !both) owner = true; /* "Malaysia's trade and industry minister" */
        }
        return both && !owner && (name || !comma);
    }
    if (d->toks.xpos[t - 1] != DL_XPOS_CC || m == DL_NONE || d->ments.tok[m].beg != t || d->ments.kind[m] != DL_BY_NAME)
        return false;
    uint32_t e = d->ments.ent[m];
    return e < d->ents.n && d->ents.kind[e] == DL_PERSON && d->ments.tok[m].end <= source.end &&
           !possessor(c->q, d->ments.tok[m], source);
}

/* "X and Y": the heads that are joined to the first, when each is somebody known. */
static void members(const dl_casting *c, dl_span source, uint32_t head, dl_voice *out)
{
    const dl_doc *d = c->q->d;
    uint32_t from = source.beg;
    *out = (dl_voice){ .n = 0 };
    out->who[out->n++] = (dl_speaker){ source, { 0, 0 }, ent_of(c, mention_of(c, source, head)) };
    for (uint32_t t = head + 1; t < source.end && out->n < DL_SPEAKERS_MAX; t++) {
        if (!joined(c, source, t)) continue;
        dl_span tail = { t, source.end };
        uint32_t m = mention_of(c, tail, t), e = ent_of(c, m);
        if (e == DL_NONE || e == out->who[out->n - 1].ent || out->who[out->n - 1].ent == DL_NONE) continue;
        /* the words are cut at the "and" */
        uint32_t beg = m != DL_NONE && d->ments.tok[m].beg > from ? d->ments.tok[m].beg : t;
        for (uint32_t k = beg; k > from + 1; k--)
            if (d->toks.xpos[k - 1] == DL_XPOS_CC) {
                beg = k;
                break;
            }
        uint32_t cut = beg;
        while (cut > from + 1 && (d->toks.xpos[cut - 1] == DL_XPOS_CC || d->toks.xpos[cut - 1] == DL_XPOS_COMMA)) cut--;
        out->who[out->n - 1].tok.end = cut;
        out->who[out->n++] = (dl_speaker){ { beg, source.end }, { 0, 0 }, e };
        from = beg;
    }
}

static void echo(const dl_voice *before, dl_span source, dl_voice *out)
{
    *out = *before;
    for (uint32_t i = 0; i < out->n; i++) {
        if (!dl_span_len(out->who[i].named)) out->who[i].named = out->who[i].tok;
        out->who[i].tok = i ? (dl_span){ source.end, source.end } : source;
    }
}

/* Whom "who" refers to: by the tree, else the last person named before it in the sentence. */
static bool antecedent(const dl_casting *c, dl_span source, dl_voice *out)
{
    const dl_quoting *q = c->q;
    const dl_doc *d = q->d;
    uint32_t t = source.beg, s = d->sents.tok[q->sent[t]].beg;
    if (d->toks.xpos[t] != DL_XPOS_WP && d->toks.xpos[t] != DL_XPOS_WDT) return false;
    uint32_t verb = q->gov[t], noun = DL_NONE, ent = DL_NONE;
    if (verb < q->n && d->toks.rel[verb] == DL_REL_ACL_RELCL && d->toks.head[verb] < t) noun = d->toks.head[verb];
    dl_span named = { 0, 0 };
    if (noun != DL_NONE && noun >= s) {
        named = dl_phrase_of(q, noun);
        ent = ent_of(c, mention_of(c, named, noun));
    }
    bool who = dl_word_is(q, t, "who");
    if (who && ent != DL_NONE && d->ents.kind[ent] != DL_PERSON && d->ents.kind[ent] != DL_GROUP) ent = DL_NONE;
    if (ent == DL_NONE && who)
        for (uint32_t k = t; k > s && t - k < 25 && ent == DL_NONE;) {
            uint32_t m = c->ment[--k], e = ent_of(c, m);
            if (e == DL_NONE || d->ents.kind[e] != DL_PERSON) continue;
            ent = e;
            named = d->ments.tok[m];
        }
    if (!dl_span_len(named)) return false;
    out->who[0] = (dl_speaker){ source, named, ent };
    out->n = 1;
    return true;
}

/* A pronoun that damage.h found to fit nobody: whoever spoke before. */
static bool unfit(const dl_casting *c, dl_span source, dl_voice *out)
{
    const dl_doc *d = c->q->d;
    dl_span at = d->toks.span[source.beg];
    for (uint32_t i = 0; i < d->damages.n; i++)
        if (dl_span_meet(d->damages.span[i], at) && dl_str_eq(dl_doc_str(d, d->damages.what[i]), DL_STR("pronoun"))) {
            if (c->last.n) echo(&c->last, source, out);
            return c->last.n > 0;
        }
    return false;
}

/* An entity called "A and B" is its members: the others whose mentions lie inside its first one. */
static void expand(const dl_casting *c, dl_voice *v)
{
    const dl_doc *d = c->q->d;
    uint32_t e = v->n == 1 ? v->who[0].ent : DL_NONE;
    if (e == DL_NONE || d->ents.kind[e] != DL_GROUP ||
        dl_str_find(dl_doc_str(d, d->ents.name[e]), DL_STR(" and "), 0) == SIZE_MAX)
        return;
    uint32_t i = 0;
    while (i < d->ments.n && (d->ments.ent[i] != e || d->ments.kind[i] != DL_BY_NAME)) i++;
    if (i == d->ments.n) return;
    dl_voice out = { .n = 0 };
    dl_span all = d->ments.tok[i];
    for (uint32_t k = i + 1; k < d->ments.n && d->ments.tok[k].beg < all.end && out.n < DL_SPEAKERS_MAX; k++) {
        if (d->ments.ent[k] == e || d->ments.tok[k].end > all.end) continue;
        if (out.n && out.who[out.n - 1].named.end > d->ments.tok[k].beg) continue; /* inside the one before */
        dl_span tok = out.n ? (dl_span){ v->who[0].tok.end, v->who[0].tok.end } : v->who[0].tok;
        out.who[out.n++] = (dl_speaker){ tok, d->ments.tok[k], d->ments.ent[k] };
    }
    if (out.n > 1) *v = out;
}

static void resolve(dl_casting *c, dl_span source, dl_voice *out)
{
    const dl_quoting *q = c->q;
    uint32_t sent = q->sent[source.beg], head = dl_span_head(q, source);
    if (pronoun(q, source) && they(q, source)) {
        bool joint = c->joint.n && sent - c->joint_sent <= JOINT_REACH,
             many = c->many.n && sent - c->many_sent <= 2 * JOINT_REACH;
        if (many && (!joint || c->many_sent > c->joint_sent))
            echo(&c->many, source, out);
        else if (joint)
            echo(&c->joint, source, out);
        if (out->n) return;
    }
    if (antecedent(c, source, out) || unfit(c, source, out)) return;
    members(c, source, head, out);
    expand(c, out);
    int pos = q->d->toks.xpos[head];
    if (out->n > 1) {
        c->joint = *out;
        c->joint_sent = sent;
    } else if (pos == DL_XPOS_NNS || pos == DL_XPOS_NNPS) {
        /* "those officials" are the officials who were named in full */
        bool again = c->many.n && (dl_word_is(q, source.beg, "those") || dl_word_is(q, source.beg, "these") ||
                                   dl_word_is(q, source.beg, "the"));
        if (again) {
            dl_speaker *w = &c->many.who[0];
            dl_span named = dl_span_len(w->named) ? w->named : w->tok;
            again = dl_span_len(named) && q->lem[dl_span_head(q, named)] == q->lem[head];
        }
        if (!again) c->many = *out;
        c->many_sent = sent;
    }
}

void dl_casting_resolve(dl_casting *c, dl_span source, dl_voice *out)
{
    *out = (dl_voice){ .n = 0 };
    if (!dl_span_len(source)) return;
    resolve(c, source, out);
    if (out->n) c->last = *out;
}
