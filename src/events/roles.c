/* roles.c: who stands where: subject, object, what is behind a preposition, and which actors a noun
 * phrase means. */
#include "events/scene.h"

#define NATIONS_MAX 4096 /* entities of a page among which a government is looked for             */
#define AFTER_MAX 14     /* tokens between a word and a preposition of it, where the tree is wrong  */
#define TITLE_MAX 6      /* tokens of a title between a country and a name                       */
#define BACK_MAX 5       /* sentences in which "the two" are looked for                          */
#define NAME_MAX 12      /* tokens of a mention beside a verb                                    */
#define CLIMB_MAX 10     /* steps towards the root in search of a subject                            */

void dl_who_add(dl_who *w, uint32_t ent, dl_span span)
{
    if (ent == DL_NONE || w->n == DL_WHO_MAX || dl_who_has(w, ent)) return;
    w->ent[w->n] = ent;
    w->span[w->n++] = span;
}

bool dl_who_has(const dl_who *w, uint32_t ent)
{
    for (uint32_t i = 0; i < w->n; i++)
        if (w->ent[i] == ent) return true;
    return false;
}

/* "Russian", "US" before a noun: the government of that country, where the page speaks of it. */
static bool add_nation(const dl_scene *s, uint32_t t, dl_who *out)
{
    dl_nation n = { .country = 0 };
    uint32_t len = dl_facts_nation_at(&s->facts, s->d, t, s->end, &n);
    if (!len && t > s->beg) { /* "North Korean", known by its second word */
        len = dl_facts_nation_at(&s->facts, s->d, t - 1, s->end, &n);
        if (len < 2) return false;
    }
    if (!len || !n.country || !(n.as & (DL_AS_ADJ | DL_AS_NAME))) return false;
    for (uint32_t e = 0; e < s->d->ents.n && e < NATIONS_MAX; e++) {
        if (s->d->ents.country[e] != n.country || s->d->ents.kind[e] != DL_GOVERNMENT) continue;
        dl_who_add(out, e, s->d->toks.span[t]);
        return true;
    }
    return false;
}

/* "Russia's foreign minister Ivan Petrov", "US secretary of state John Doe": where the tree takes the
 * country for the head, the person is meant. */
static uint32_t titled(const dl_scene *s, uint32_t m)
{
    const dl_ments *ms = &s->d->ments;
    if (s->d->ents.kind[ms->ent[m]] == DL_PERSON) return m;
    for (uint32_t t = ms->tok[m].end; t < s->end && t < ms->tok[m].end + TITLE_MAX; t++) {
        uint32_t next = s->start[t - s->beg];
        if (next != DL_NONE && s->d->ents.kind[ms->ent[next]] == DL_PERSON) return next;
        uint8_t x = s->d->toks.xpos[t];
        if (x != DL_XPOS_POS && x != DL_XPOS_NN && x != DL_XPOS_NNP && x != DL_XPOS_JJ && !dl_scene_is(s, t, DL_STR("of"))) break;
    }
    return m;
}

/* "the two countries", "both leaders": the last two of that kind that were named. */
static bool add_two(const dl_scene *s, uint32_t m, dl_who *out)
{
    const dl_ments *ms = &s->d->ments;
    dl_span tok = ms->tok[m];
    uint32_t noun = tok.end - 1, found = 0;
    if (!dl_scene_is(s, tok.beg, DL_STR("two,both")) && !(tok.beg + 1 < tok.end && dl_scene_is(s, tok.beg + 1, DL_STR("two"))) &&
        !(tok.beg > s->beg && dl_scene_is(s, tok.beg - 1, DL_STR("two,both"))))
        return false;
    bool states = dl_scene_is(s, noun, DL_STR("country,nation,state,government,side,neighbour,neighbor,power,ally"));
    bool people = dl_scene_is(s, noun, DL_STR("leader,president,minister,man,diplomat,official,politician,counterpart"));
    for (uint32_t i = m, back = 0; i && back < BACK_MAX && found < 2; back++) {
        /* a sentence that names two of them names these two first */
        uint32_t end = i, sent = dl_sent_of_byte(s->d, ms->span[i - 1].beg);
        while (i && dl_sent_of_byte(s->d, ms->span[i - 1].beg) == sent) i--;
        uint32_t pair[2];
        found = 0;
        for (uint32_t k = i; k < end && found < 2; k++) {
            uint8_t kind = s->d->ents.kind[ms->ent[k]];
            if ((found && pair[0] == ms->ent[k]) || !((states && kind == DL_GOVERNMENT) || (people && kind == DL_PERSON)))
                continue;
            pair[found++] = ms->ent[k];
        }
        for (uint32_t k = 0; found == 2 && k < 2; k++) dl_who_add(out, pair[k], ms->span[m]);
    }
    return found == 2;
}

/* "A and B" taken for one group: its members, where they are named in it. */
static bool add_joint(const dl_scene *s, uint32_t m, dl_who *out)
{
    const dl_ments *ms = &s->d->ments;
    uint32_t n = 0;
    bool and = false;
    if (s->d->ents.kind[ms->ent[m]] != DL_GROUP) return false;
    for (uint32_t t = ms->tok[m].beg; t < ms->tok[m].end; t++) and |= s->d->toks.xpos[t] == DL_XPOS_CC;
    for (int pass = 0; and&&pass < 2; pass++) {
        for (uint32_t i = m + 1; i < ms->n && ms->tok[i].beg < ms->tok[m].end; i++) {
            if (ms->tok[i].end > ms->tok[m].end || ms->kind[i] != DL_BY_NAME) continue;
            if (pass && n > 1) dl_who_add(out, ms->ent[i], ms->span[i]);
            n += !pass;
        }
    }
    return n > 1;
}

/* Does the clause, or the phrase behind a preposition, end at this token? */
static bool breaks(const dl_scene *s, uint32_t t, bool phrase)
{
    uint8_t x = s->d->toks.xpos[t];
    if (dl_xpos_finite(x) || x == DL_XPOS_STOP || x == DL_XPOS_COLON || x == DL_XPOS_WDT || x == DL_XPOS_WP || x == DL_XPOS_WRB)
        return true;
    if (!phrase) return false;
    return (x == DL_XPOS_IN && !dl_scene_is(s, t, DL_STR("including,like"))) || x == DL_XPOS_TO ||
           (dl_xpos_verb(x) && !dl_scene_is(s, t, DL_STR("including"))) || x == DL_XPOS_LRB;
}

/* A comma after which no further member of a list comes: "with A, who", "with A, B said". */
static bool ends_list(const dl_scene *s, uint32_t comma)
{
    if (s->d->toks.xpos[comma] != DL_XPOS_COMMA) return false;
    for (uint32_t t = comma + 1; t < s->end && t < comma + 8 && !breaks(s, t, true); t++) {
        uint32_t i = s->start[t - s->beg];
        if (i == DL_NONE) continue;
        uint32_t end = s->d->ments.tok[i].end;
        return end >= s->end || (s->d->toks.xpos[end] != DL_XPOS_COMMA && s->d->toks.xpos[end] != DL_XPOS_CC);
    }
    return true;
}

/* The actors of a list that begins at `t`: "A, B and C". What owns another ("Chad's president") is left. */
static void listed(const dl_scene *s, uint32_t t, dl_who *out)
{
    const dl_ments *m = &s->d->ments;
    const uint32_t before = out->n, first = t;
    while (t < s->end && !ends_list(s, t)) {
        /* "about the risks of Chad": one step further in, as long as nobody is named */
        if (breaks(s, t, true) && !(out->n == before && dl_scene_is(s, t, DL_STR("of")))) break;
        uint32_t i = s->start[t - s->beg];
        if (i == DL_NONE) {
            t++;
            continue;
        }
        uint32_t end = m->tok[i].end;
        bool owner = end < s->end && s->d->toks.xpos[end] == DL_XPOS_POS;
        if (!owner && titled(s, i) == i && !add_joint(s, i, out)) dl_who_add(out, m->ent[i], m->span[i]);
        t = end > t ? end : t + 1;
    }
    for (uint32_t k = first; k < t && out->n == before; k++) add_nation(s, k, out); /* "at a North Korean boat" */
}

/* "leaders, including A and B": those who are named; "leaders from the Union": it. */
static bool named_instead(const dl_scene *s, uint32_t m, dl_who *out)
{
    const dl_ments *ms = &s->d->ments;
    uint32_t t = ms->tok[m].end, before = out->n;
    if (t + 1 < s->end && s->d->toks.xpos[t] == DL_XPOS_COMMA) t++;
    if (t + 1 >= s->end || ms->kind[m] == DL_BY_PRONOUN) return false;
    if (dl_scene_is(s, t, DL_STR("including,include"))) {
        listed(s, t + 1, out);
    } else if (t == ms->tok[m].end && dl_scene_is(s, t, DL_STR("from,of"))) {
        for (t++; t < s->end && t < ms->tok[m].end + 4; t++) {
            uint32_t i = s->start[t - s->beg];
            if (i == DL_NONE || ms->kind[i] != DL_BY_NAME || s->d->ents.kind[ms->ent[i]] == DL_PERSON) continue;
            dl_who_add(out, ms->ent[i], ms->span[i]);
            break;
        }
    }
    return out->n > before;
}

static bool add_mention(const dl_scene *s, uint32_t t, dl_who *out)
{
    uint32_t m = s->ment[t - s->beg];
    dl_rel r = dl_scene_rel(s, t);
    const bool part = r == DL_REL_AMOD || r == DL_REL_COMPOUND || r == DL_REL_NMOD_POSS;
    if (m == DL_NONE) return part && add_nation(s, t, out);
    if (s->d->ents.kind[s->d->ments.ent[m]] == DL_GROUP && add_two(s, m, out)) return true;
    if (s->d->ents.kind[s->d->ments.ent[m]] == DL_GROUP && s->d->ments.kind[m] != DL_BY_NAME && named_instead(s, m, out))
        return true;
    if (!part) m = titled(s, m);
    if (add_joint(s, m, out)) return true;
    dl_str name = dl_doc_str(s->d, s->d->ents.name[s->d->ments.ent[m]]);
    if (s->d->ments.kind[m] == DL_BY_TITLE && dl_str_ends(name, dl_tok_text(s->d, t)) &&
        dl_scene_is(s, t, DL_STR("ambassador,envoy,diplomat,attache,consul,delegation"))) {
        uint32_t before = out->n; /* nameless, they are their country */
        for (uint32_t k = s->d->ments.tok[m].beg; k < t; k++) add_nation(s, k, out);
        if (out->n > before) return true;
    }
    dl_who_add(out, s->d->ments.ent[m], s->d->ments.span[m]);
    return true;
}

/* ---- Verbs -------------------------------------------------------------------------------- */

bool dl_scene_passive(const dl_scene *s, uint32_t verb)
{
    if (dl_scene_child(s, verb, DL_REL_AUX_PASS) != DL_NONE) return true;
    if (dl_scene_child(s, verb, DL_REL_NSUBJ_PASS) != DL_NONE && dl_scene_child(s, verb, DL_REL_OBJ) == DL_NONE) return true;
    dl_rel r = dl_scene_rel(s, verb);
    if (s->d->toks.xpos[verb] != DL_XPOS_VBN && (s->d->toks.xpos[verb] != DL_XPOS_VBD || r != DL_REL_CONJ)) return false;
    if (dl_scene_child(s, verb, DL_REL_AUX) != DL_NONE || dl_scene_child(s, verb, DL_REL_OBJ) != DL_NONE) return false;
    if (r == DL_REL_ACL || r == DL_REL_AMOD) return true;
    uint32_t up = dl_scene_up(s, verb);
    return r == DL_REL_CONJ && up != DL_NONE && dl_scene_verb(s, up) && dl_scene_child(s, verb, DL_REL_NSUBJ) == DL_NONE &&
           dl_scene_child(s, up, DL_REL_AUX_PASS) != DL_NONE;
}

/* "who" is someone: of "the secretary of the council, who", the secretary. */
static uint32_t a_person(const dl_scene *s, uint32_t noun)
{
    uint32_t t = noun;
    for (int i = 0; i < 3 && t != DL_NONE && dl_scene_noun(s, t); i++, t = dl_scene_up(s, t)) {
        uint32_t m = s->ment[t - s->beg];
        uint8_t kind = m == DL_NONE ? DL_PLACE : s->d->ents.kind[s->d->ments.ent[m]];
        if (kind == DL_PERSON || kind == DL_GROUP) return t;
    }
    return noun;
}

/* "who", "which", "that" of a relative clause stand for the noun that the clause hangs on. */
static uint32_t antecedent(const dl_scene *s, uint32_t verb, uint32_t noun)
{
    const bool who = s->d->toks.xpos[noun] == DL_XPOS_WP;
    if (s->d->toks.xpos[noun] != DL_XPOS_WDT && s->d->toks.xpos[noun] != DL_XPOS_WP) return noun;
    for (int i = 0; i < CLIMB_MAX && verb != DL_NONE; i++) {
        if (dl_scene_rel(s, verb) == DL_REL_ACL_RELCL) return who ? a_person(s, dl_scene_up(s, verb)) : dl_scene_up(s, verb);
        verb = dl_scene_up(s, verb);
    }
    return noun;
}

/* A token by which the tree knows the mention that ends before `end`; DL_NONE: none ends there. */
static uint32_t ending(const dl_scene *s, uint32_t end, uint32_t *beg)
{
    const dl_ments *m = &s->d->ments;
    for (uint32_t t = end; t > s->beg && end - t < NAME_MAX;) {
        uint32_t i = s->start[--t - s->beg];
        if (i == DL_NONE || m->tok[i].end != end) continue;
        *beg = t;
        for (uint32_t k = t; k < end; k++)
            if (s->ment[k - s->beg] == i) return k;
    }
    return DL_NONE;
}

/* A subject that the tree has missed: the actor that ends right before a finite verb and its
 * auxiliaries, behind no preposition. */
static uint32_t beside(const dl_scene *s, uint32_t verb)
{
    const uint8_t *x = s->d->toks.xpos;
    uint32_t t = verb, beg = 0;
    dl_rel r = dl_scene_base(s, verb);
    bool finite = dl_xpos_finite(x[verb]) ||
                  (x[verb] == DL_XPOS_VBN && (r == DL_REL_ROOT || r == DL_REL_CCOMP) && !dl_scene_passive(s, verb));
    while (t > s->beg) {
        uint32_t b = t - 1 - s->beg;
        bool aux = s->d->toks.upos[t - 1] == DL_UPOS_AUX;
        bool at =
            (x[t - 1] == DL_XPOS_IN || x[t - 1] == DL_XPOS_COMMA) && t < verb && s->timex[b + 1]; /* "Smith on Monday met" */
        if (!s->timex[b] && !at && (s->ment[b] != DL_NONE || (x[t - 1] != DL_XPOS_RB && !aux))) break;
        finite |= aux && dl_xpos_finite(x[t - 1]);
        t--;
    }
    if (!finite) return DL_NONE;
    uint32_t k = ending(s, t, &beg);
    if (k == DL_NONE && t > s->beg + 1 && x[t - 1] == DL_XPOS_COMMA) k = ending(s, t - 1, &beg);
    for (int i = 0; i < 2 && k != DL_NONE && beg > s->beg && x[beg - 1] == DL_XPOS_IN; i++)
        k = ending(s, beg - 1, &beg); /* "a court in Oslo" */
    if (k == DL_NONE || (beg > s->beg && (x[beg - 1] == DL_XPOS_IN || x[beg - 1] == DL_XPOS_TO || dl_xpos_verb(x[beg - 1]))))
        return DL_NONE;
    return k;
}

uint32_t dl_scene_gerund(const dl_scene *s, uint32_t verb, uint32_t *noun)
{
    const uint8_t *x = s->d->toks.xpos;
    uint32_t beg = 0, k = x[verb] == DL_XPOS_VBG ? ending(s, verb, &beg) : DL_NONE;
    if (k == DL_NONE || beg < s->beg + 1 || x[beg - 1] != DL_XPOS_IN) return DL_NONE;
    *noun = beg > s->beg + 1 && dl_xpos_noun(x[beg - 2]) ? beg - 2 : DL_NONE;
    return *noun != DL_NONE || dl_scene_is(s, beg - 1, DL_STR("with,despite")) ? k : DL_NONE;
}

static uint32_t own_subject(const dl_scene *s, uint32_t verb)
{
    static const uint8_t some[] = { DL_REL_NSUBJ, DL_REL_NSUBJ_PASS, DL_REL_NSUBJ_OUTER };
    uint32_t best = DL_NONE;
    for (uint32_t k = dl_scene_kid(s, verb); k != DL_NONE; k = dl_scene_next(s, k)) {
        if (!memchr(some, dl_scene_rel(s, k), sizeof some)) continue;
        if (best == DL_NONE || k < verb) best = k; /* of two, the nearer: the first is a dateline's place */
    }
    return best != DL_NONE ? antecedent(s, verb, best) : beside(s, verb);
}

/* An actor right behind the verb, whatever the tree calls it. */
static uint32_t right_behind(const dl_scene *s, uint32_t verb)
{
    for (uint32_t t = verb + 1; t < s->end && t <= verb + 6; t++) {
        uint32_t m = s->start[t - s->beg];
        uint8_t x = s->d->toks.xpos[t];
        if (m != DL_NONE && s->d->ments.tok[m].end < s->end && s->d->toks.xpos[s->d->ments.tok[m].end] == DL_XPOS_POS) {
            t = s->d->ments.tok[m].end; /* "met China's envoy John Doe": the owner is not met */
            continue;
        }
        if (m != DL_NONE) {
            for (uint32_t k = t; k < s->d->ments.tok[m].end; k++)
                if (s->ment[k - s->beg] != DL_NONE) return k;
        }
        if (x != DL_XPOS_DT && x != DL_XPOS_JJ && x != DL_XPOS_NNP && x != DL_XPOS_NN && x != DL_XPOS_CD) break;
    }
    return DL_NONE;
}

uint32_t dl_scene_object(const dl_scene *s, uint32_t verb)
{
    if (!dl_scene_passive(s, verb)) {
        uint32_t k = dl_scene_child(s, verb, DL_REL_OBJ);
        if (k != DL_NONE) return antecedent(s, verb, k);
        k = dl_scene_child(s, verb, DL_REL_IOBJ);
        if (k != DL_NONE) return antecedent(s, verb, k);
        k = right_behind(s, verb);
        if (k != DL_NONE) return k;
        k = dl_scene_child(s, verb, DL_REL_XCOMP); /* a noun is no complement: the tree means the object */
        return k != DL_NONE && k > verb && dl_scene_noun(s, k) && dl_scene_case(s, k) == DL_NONE ? k : DL_NONE;
    }
    uint32_t k = dl_scene_child(s, verb, DL_REL_NSUBJ_PASS);
    if (k != DL_NONE) return antecedent(s, verb, k);
    uint32_t up = dl_scene_up(s, verb);
    dl_rel r = dl_scene_rel(s, verb);
    if (up == DL_NONE) return DL_NONE;
    if (r == DL_REL_ACL || r == DL_REL_ACL_RELCL || r == DL_REL_AMOD) return up;
    return dl_scene_subject(s, verb);
}

/* The one who is to do what an infinitive or gerund below `up` says. */
static uint32_t controller(const dl_scene *s, uint32_t up)
{
    bool promise = dl_scene_is(s, up, DL_STR("promise,vow,pledge,threaten,agree,offer,use,follow,cancel,make,hold"));
    uint32_t obj = dl_scene_passive(s, up) || promise ? DL_NONE : dl_scene_child(s, up, DL_REL_OBJ);
    return obj != DL_NONE && dl_scene_noun(s, obj) ? antecedent(s, up, obj) : DL_NONE;
}

/* "shelled the town, killing four, the governor said": the clause before, not the one that reports. */
static uint32_t left_clause(const dl_scene *s, uint32_t verb)
{
    for (uint32_t t = verb; t-- > s->beg;)
        if (dl_scene_verb(s, t) && (dl_xpos_finite(s->d->toks.xpos[t]) || dl_scene_child(s, t, DL_REL_NSUBJ) != DL_NONE))
            return t;
    return DL_NONE;
}

static bool owned(const dl_scene *s, uint32_t noun)
{
    dl_who w = { .n = 0 };
    dl_scene_owners(s, noun, &w);
    return w.n > 0;
}

uint32_t dl_scene_subject(const dl_scene *s, uint32_t verb)
{
    for (int i = 0; i < CLIMB_MAX; i++) {
        uint32_t noun, own = own_subject(s, verb), up = dl_scene_up(s, verb);
        if (own == DL_NONE) own = dl_scene_gerund(s, verb, &noun);
        if (own != DL_NONE || up == DL_NONE) return own;
        uint32_t mark = dl_scene_child(s, verb, DL_REL_MARK);
        switch (dl_scene_rel(s, verb)) {
        case DL_REL_ACL:
        case DL_REL_ACL_RELCL:
            if (!dl_scene_noun(s, up)) return DL_NONE;
            /* "forces denouncing": the forces; "a decision to allow": he whose it is; "filed a suit accusing": he
             * who filed it. */
            if (dl_scene_rel(s, up) != DL_REL_OBJ || s->ment[up - s->beg] != DL_NONE || dl_scene_passive(s, verb)) return up;
            if (owned(s, up)) return up;
            verb = dl_scene_up(s, up);
            if (verb == DL_NONE || !dl_scene_verb(s, verb)) return up;
            continue;
        case DL_REL_ADVCL:
            if (s->d->toks.xpos[verb] == DL_XPOS_VBG && up > verb && left_clause(s, verb) != DL_NONE) {
                verb = left_clause(s, verb);
                continue;
            } /* fall through */
        case DL_REL_XCOMP:
        case DL_REL_CCOMP:
        case DL_REL_CSUBJ: {
            /* "accused him of lying": him; "went to meet": he who went. */
            bool bound =
                dl_scene_rel(s, verb) != DL_REL_ADVCL || (mark != DL_NONE && dl_scene_is(s, mark, DL_STR("of,for,from,into"))) ||
                dl_scene_is(s, up, DL_STR("urge,ask,tell,order,force,press,lead,allow,call,invite,push,persuade,convince"));
            uint32_t c = bound ? controller(s, up) : DL_NONE;
            if (c != DL_NONE) return c;
            break;
        }
        case DL_REL_CONJ:
        case DL_REL_PARATAXIS: break;
        default: return DL_NONE;
        }
        if (!dl_scene_verb(s, up) && s->d->toks.upos[up] != DL_UPOS_ADJ && s->d->toks.upos[up] != DL_UPOS_AUX) {
            uint32_t of = own_subject(s, up);
            return of;
        }
        verb = up;
    }
    return DL_NONE;
}

/* ---- Noun phrases ------------------------------------------------------------------------- */

void dl_scene_owners(const dl_scene *s, uint32_t noun, dl_who *out)
{
    for (uint32_t k = dl_scene_kid(s, noun); k != DL_NONE; k = dl_scene_next(s, k)) {
        dl_rel r = dl_scene_rel(s, k);
        if (r != DL_REL_NMOD_POSS && r != DL_REL_AMOD && r != DL_REL_COMPOUND && r != DL_REL_NMOD_DESC) continue;
        if (!add_mention(s, k, out) && r == DL_REL_NMOD_POSS) {
            /* "the Kremlin's forces' advance", "US officials' visit": the owner's owner. */
            for (uint32_t j = dl_scene_kid(s, k); j != DL_NONE; j = dl_scene_next(s, j)) {
                dl_rel q = dl_scene_rel(s, j);
                if (q == DL_REL_NMOD_POSS || q == DL_REL_AMOD || q == DL_REL_COMPOUND) add_mention(s, j, out);
            }
        }
        for (uint32_t j = dl_scene_kid(s, k); j != DL_NONE; j = dl_scene_next(s, j))
            if (dl_scene_rel(s, j) == DL_REL_CONJ) add_mention(s, j, out);
    }
}

/* "leaders, including A and B": those who are named are meant. */
static bool members(const dl_scene *s, uint32_t noun, dl_who *out)
{
    uint32_t before = out->n;
    for (uint32_t k = dl_scene_kid(s, noun); k != DL_NONE; k = dl_scene_next(s, k)) {
        uint32_t c = dl_scene_case(s, k);
        if (c == DL_NONE || !dl_scene_is(s, c, DL_STR("include,including,such,like"))) continue;
        add_mention(s, k, out);
        for (uint32_t j = dl_scene_kid(s, k); j != DL_NONE; j = dl_scene_next(s, j))
            if (dl_scene_rel(s, j) == DL_REL_CONJ) add_mention(s, j, out);
    }
    return out->n > before;
}

/* "the suspect, John Doe": he who is named. */
static bool explained(const dl_scene *s, uint32_t t, dl_who *out)
{
    uint32_t m = s->ment[t - s->beg], k = dl_scene_child(s, t, DL_REL_APPOS);
    if (m == DL_NONE || k == DL_NONE || s->d->ments.kind[m] != DL_BY_TITLE) return false;
    uint32_t named = s->ment[k - s->beg];
    return named != DL_NONE && s->d->ments.kind[named] == DL_BY_NAME && s->d->ents.kind[s->d->ments.ent[named]] == DL_PERSON &&
           add_mention(s, k, out);
}

static void one(const dl_scene *s, uint32_t t, dl_who *out)
{
    t = dl_scene_core(s, t);
    if (members(s, t, out) || explained(s, t, out) || add_mention(s, t, out)) return;
    uint32_t before = out->n;
    for (uint32_t k = dl_scene_kid(s, t); k != DL_NONE; k = dl_scene_next(s, k)) {
        dl_rel r = dl_scene_rel(s, k);
        if (r == DL_REL_APPOS || r == DL_REL_FLAT) add_mention(s, k, out);
    }
    if (out->n > before) return;
    dl_scene_owners(s, t, out);
    if (out->n > before) return;
    dl_str preps = dl_scene_event_noun(s, t) != DL_NONE ? DL_STR("by") : DL_STR("of,between,in,from,at,for");
    uint32_t p = dl_scene_prep(s, t, preps);
    if (p == DL_NONE) return;
    p = dl_scene_core(s, p);
    if (!add_mention(s, p, out)) dl_scene_owners(s, p, out);
    for (uint32_t k = dl_scene_kid(s, p); k != DL_NONE; k = dl_scene_next(s, k))
        if (dl_scene_rel(s, k) == DL_REL_CONJ) add_mention(s, k, out);
}

/* "A and the chief negotiator, B, signed": the members of a joint subject to the left of the one that stands
 * beside the verb, by the order of words. */
static void joined_left(const dl_scene *s, uint32_t noun, dl_who *out)
{
    const dl_ments *ms = &s->d->ments;
    uint32_t m = s->ment[noun - s->beg], beg = 0, k;
    for (int i = 0; i < 4 && m != DL_NONE; i++) {
        uint32_t t = ms->tok[m].beg;
        if (t > s->beg && s->d->toks.xpos[t - 1] == DL_XPOS_DT) t--;
        bool comma = t > s->beg && s->d->toks.xpos[t - 1] == DL_XPOS_COMMA, and = t > s->beg &&
                                                                                  s->d->toks.xpos[t - 1] == DL_XPOS_CC;
        k = comma || and? ending(s, t - 1, &beg) : DL_NONE;
        if (k == DL_NONE) return;
        uint32_t before = s->start[beg - s->beg];
        /* a subject that the tree knows is joined only by another of the same verb */
        if (dl_scene_base(s, noun) == DL_REL_NSUBJ &&
            !(dl_scene_base(s, k) == DL_REL_NSUBJ && s->d->toks.head[k] == s->d->toks.head[noun]))
            return;
        if (comma && ms->ent[before] != ms->ent[m]) return; /* only what explains him */
        dl_who_add(out, ms->ent[before], ms->span[before]);
        m = before;
    }
}

void dl_scene_who(const dl_scene *s, uint32_t noun, dl_who *out)
{
    if (noun == DL_NONE) return;
    one(s, noun, out);
    dl_rel r = dl_scene_base(s, noun);
    if ((r == DL_REL_APPOS || r == DL_REL_NSUBJ) && noun > s->beg) joined_left(s, noun, out);
    uint32_t first = dl_scene_child(s, noun, DL_REL_NSUBJ); /* of a noun that predicates nothing: a member of the list */
    bool and = false;
    for (uint32_t t = first; first != DL_NONE && t < noun; t++) and |= s->d->toks.xpos[t] == DL_XPOS_CC;
    if (and&&dl_scene_child(s, noun, DL_REL_COP) == DL_NONE) one(s, first, out);
    uint32_t core = dl_scene_core(s, noun);
    for (int side = 0; side < (core == noun ? 1 : 2); side++) {
        uint32_t of = side ? core : noun;
        for (uint32_t k = dl_scene_kid(s, of); k != DL_NONE; k = dl_scene_next(s, k)) {
            if (dl_scene_rel(s, k) != DL_REL_CONJ || !dl_scene_noun(s, k)) continue;
            one(s, k, out);
            for (uint32_t j = dl_scene_kid(s, k); j != DL_NONE; j = dl_scene_next(s, j))
                if (dl_scene_rel(s, j) == DL_REL_CONJ && dl_scene_noun(s, j)) one(s, j, out);
        }
    }
}

/* ---- Prepositions ------------------------------------------------------------------------- */

static bool behind(const dl_scene *s, uint32_t k, dl_str preps)
{
    dl_rel r = dl_scene_base(s, k);
    if (r != DL_REL_OBL && r != DL_REL_NMOD && r != DL_REL_ADVCL && r != DL_REL_ADVMOD && r != DL_REL_ACL) return false;
    for (uint32_t c = dl_scene_kid(s, k); c != DL_NONE; c = dl_scene_next(s, c)) {
        dl_rel q = dl_scene_rel(s, c);
        if ((q != DL_REL_CASE && q != DL_REL_MARK) || !dl_scene_is(s, c, preps)) continue;
        if (s->d->toks.xpos[c] == DL_XPOS_TO && dl_scene_verb(s, k)) continue;
        /* ", with officials saying": no one that something is done with */
        if (c > s->beg && dl_scene_is(s, c, DL_STR("with")) && s->d->toks.xpos[c - 1] == DL_XPOS_COMMA) continue;
        return true;
    }
    return false;
}

uint32_t dl_scene_prep(const dl_scene *s, uint32_t at, dl_str preps)
{
    for (uint32_t k = dl_scene_kid(s, at); k != DL_NONE; k = dl_scene_next(s, k))
        if (behind(s, k, preps)) return k;
    return DL_NONE;
}

bool dl_scene_behind(const dl_scene *s, uint32_t at, dl_str preps, dl_who *out)
{
    bool some = false;
    for (uint32_t k = dl_scene_kid(s, at); k != DL_NONE; k = dl_scene_next(s, k)) {
        if (!behind(s, k, preps)) continue;
        some = true;
        if (dl_scene_noun(s, k))
            dl_scene_who(s, k, out);
        else if (own_subject(s, k) != DL_NONE)
            dl_scene_who(s, own_subject(s, k), out);
        else
            dl_scene_who(s, dl_scene_object(s, k), out);
    }
    return some;
}

bool dl_scene_after(const dl_scene *s, uint32_t at, dl_str preps, dl_who *out)
{
    uint32_t before = out->n, t = at + 1;
    while (t < s->end && t <= at + AFTER_MAX && !breaks(s, t, false) &&
           !(s->d->toks.xpos[t] == DL_XPOS_IN && dl_scene_is(s, t, preps)))
        t++;
    if (t >= s->end || t > at + AFTER_MAX || breaks(s, t, false) || s->d->toks.xpos[t - 1] == DL_XPOS_COMMA) return false;
    listed(s, t + 1, out);
    return out->n > before;
}

void dl_scene_content(const dl_scene *s, uint32_t at, bool named, dl_who *out)
{
    for (uint32_t k = dl_scene_kid(s, at); k != DL_NONE; k = dl_scene_next(s, k)) {
        dl_rel r = dl_scene_base(s, k);
        uint32_t mark = dl_scene_child(s, k, DL_REL_MARK);
        bool clause = r == DL_REL_CCOMP || r == DL_REL_ACL || r == DL_REL_XCOMP ||
                      (r == DL_REL_ADVCL && mark != DL_NONE && dl_scene_is(s, mark, DL_STR("if,for,of,that,unless")));
        if (!clause) continue;
        uint32_t subject = own_subject(s, k);
        if (subject != DL_NONE && (!named || s->ment[subject - s->beg] != DL_NONE)) dl_scene_who(s, subject, out);
    }
}
