/* modal.c: did it happen? The verb group of the trigger, then every word that governs it, up to the
 * clause that stands by itself. The table event_modals says what a governing word makes of an
 * event. */
#include "events/scene.h"

#define CLIMB_MAX 12 /* steps towards the root                                                    */

enum effect {
    FACT,
    OCCUR,
    SKIP,
    NONE,
    DENIED,
    REFUSED,
    ALLEGED,
    DEMANDED,
    WARNED,
    HYPOTHETICAL,
    POSSIBLE,
    EXPECTED,
    ONGOING,
    EFFECTS
};

struct view { /* what has been found on the way up */
    bool has[EFFECTS];
    bool would;
};

/* What the word makes of `c`, which it governs or, where that is DL_NONE, modifies. */
static enum effect effect_of(const dl_scene *s, uint32_t t, uint32_t c)
{
    static const char *const words[EFFECTS] = { "fact",     "occur",    "skip",     "none",   "denied",
                                                "refused",  "alleged",  "demanded", "warned", "hypothetical",
                                                "possible", "expected", "ongoing" };
    for (uint32_t r = dl_scene_row(s, &s->modals, t); r != DL_NONE; r = dl_tsv_more(&s->modals, r)) {
        dl_str e = dl_tsv_cell(&s->modals, r, 1), only = dl_tsv_cell(&s->modals, r, 2);
        if (dl_str_eq(only, DL_STR("x"))) {
            if (c == DL_NONE || (dl_scene_rel(s, c) != DL_REL_XCOMP && dl_scene_rel(s, c) != DL_REL_ACL)) continue;
        } else if (only.len) {
            uint32_t mark = c == DL_NONE ? c : dl_scene_case(s, c);
            if (dl_scene_prep(s, t, only) == DL_NONE && (mark == DL_NONE || !dl_scene_is(s, mark, only))) continue;
        }
        for (int i = 0; i < EFFECTS; i++)
            if (i != OCCUR && dl_str_eq(e, dl_str_of(words[i]))) return (enum effect)i;
    }
    return FACT;
}

static bool occurs(const dl_scene *s, uint32_t t)
{
    for (uint32_t r = dl_scene_row(s, &s->modals, t); r != DL_NONE; r = dl_tsv_more(&s->modals, r))
        if (dl_str_eq(dl_tsv_cell(&s->modals, r, 1), DL_STR("occur"))) return true;
    return false;
}

static bool negates(const dl_scene *s, uint32_t k)
{
    return dl_scene_is(s, k, DL_STR("not,n't,n’t,never,no,neither,nor,nobody,none,hardly,barely,without"));
}

static bool present_be(const dl_scene *s, uint32_t k) { return dl_scene_is(s, k, DL_STR("is,are,am,'s,’s,'re,’re")); }

static void auxiliary(const dl_scene *s, uint32_t t, uint32_t k, struct view *v)
{
    if (dl_scene_is(s, k, DL_STR("will,shall,'ll,’ll,wo")))
        v->has[EXPECTED] = true;
    else if (dl_scene_is(s, k, DL_STR("could,may,might,can,ca")))
        v->has[POSSIBLE] = true;
    else if (dl_scene_is(s, k, DL_STR("must,should,ought")))
        v->has[NONE] = true; /* what ought to be: the demand is an event, not this */
    else if (dl_scene_is(s, k, DL_STR("would,'d,’d")) && s->d->toks.xpos[k] == DL_XPOS_MD)
        v->would = true;
    else if (present_be(s, k) && s->d->toks.xpos[t] == DL_XPOS_VBG) /* "is meeting" is an appointment, "is hosting" goes on */
        v->has[dl_scene_is(s, t, DL_STR("meet,visit,travel,fly,arrive,leave,sign,attend")) ? EXPECTED : ONGOING] = true;
}

/* The words of one verb or noun: auxiliaries, negation, conjunction, adverbs, adjectives. `modal`:
 * auxiliaries and conjunctions alone, for a verb that shares those of the one it is joined to. */
static void own(const dl_scene *s, uint32_t t, bool modal, struct view *v)
{
    for (uint32_t k = dl_scene_kid(s, t); k != DL_NONE; k = dl_scene_next(s, k)) {
        switch (dl_scene_base(s, k)) {
        case DL_REL_AUX:
        case DL_REL_COP: auxiliary(s, t, k, v); break;
        case DL_REL_MARK:
            if (dl_scene_is(s, k, DL_STR("if,unless,lest"))) v->has[HYPOTHETICAL] = true;
            if (!modal && dl_scene_is(s, k, DL_STR("without"))) v->has[NONE] = true;
            if (dl_scene_is(s, k, DL_STR("whether"))) v->has[POSSIBLE] = true;
            break;
        case DL_REL_ADVMOD:
        case DL_REL_DET:
        case DL_REL_CC:
        case DL_REL_CC_PRECONJ:
            if (modal) break;
            if (negates(s, k))
                v->has[NONE] = true;
            else if (dl_scene_base(s, k) == DL_REL_ADVMOD)
                v->has[effect_of(s, k, DL_NONE)] = true;
            break;
        case DL_REL_AMOD:
            if (!modal) v->has[effect_of(s, k, DL_NONE)] = true;
            break;
        case DL_REL_CASE:
            if (!modal && dl_scene_is(s, k, DL_STR("without"))) v->has[NONE] = true;
            break;
        case DL_REL_NSUBJ: {
            uint32_t det = modal ? DL_NONE : dl_scene_child(s, k, DL_REL_DET);
            if ((det != DL_NONE && negates(s, det)) || (!modal && dl_scene_is(s, k, DL_STR("nobody,none,neither"))))
                v->has[NONE] = true;
            break;
        }
        default: break;
        }
    }
}

/* "has yet to confirm" */
static bool yet_to(const dl_scene *s, uint32_t verb)
{
    const dl_toks *t = &s->d->toks;
    if (t->xpos[verb] != DL_XPOS_VB) return false;
    for (uint32_t i = verb; i > s->beg && verb - i <= 4; i--)
        if (t->xpos[i] == DL_XPOS_TO && dl_scene_is(s, i - 1, DL_STR("yet"))) return true;
    return false;
}

static bool infinitive(const dl_scene *s, uint32_t verb)
{
    if (s->d->toks.xpos[verb] != DL_XPOS_VB) return false;
    for (uint32_t k = dl_scene_kid(s, verb); k != DL_NONE && k < verb; k = dl_scene_next(s, k))
        if (s->d->toks.xpos[k] == DL_XPOS_TO) return true;
    return false;
}

/* A bare form without subject, auxiliary and "to": an order or a list of what to do. */
static bool imperative(const dl_scene *s, uint32_t verb)
{
    dl_rel r = dl_scene_base(s, verb);
    if (s->d->toks.xpos[verb] != DL_XPOS_VB || (r != DL_REL_ROOT && r != DL_REL_PARATAXIS)) return false;
    for (uint32_t k = dl_scene_kid(s, verb); k != DL_NONE && k < verb; k = dl_scene_next(s, k)) {
        dl_rel q = dl_scene_base(s, k);
        if (q == DL_REL_AUX || q == DL_REL_NSUBJ || q == DL_REL_MARK) return false;
    }
    return true;
}

/* "the", "its" or an owner: what is spoken of as known. */
static bool definite(const dl_scene *s, uint32_t noun)
{
    uint32_t det = dl_scene_child(s, noun, DL_REL_DET);
    return (det != DL_NONE && dl_scene_is(s, det, DL_STR("the,this,that,these,those"))) ||
           dl_scene_child(s, noun, DL_REL_NMOD_POSS) != DL_NONE;
}

/* Does what `up` says bear on `c`, which hangs on it? */
static bool governs(const dl_scene *s, uint32_t c, uint32_t up)
{
    uint32_t mark = dl_scene_case(s, c);
    switch (dl_scene_base(s, c)) {
    case DL_REL_XCOMP:
    case DL_REL_CCOMP:
    case DL_REL_CSUBJ:
    case DL_REL_OBJ: return true;
    case DL_REL_ACL: return dl_scene_rel(s, c) != DL_REL_ACL_RELCL || dl_scene_verb(s, up);
    case DL_REL_ADVCL: return mark != DL_NONE && dl_scene_is(s, mark, DL_STR("of,for,from,to,into,that,against,about,by"));
    case DL_REL_OBL:
    case DL_REL_NMOD:
        return mark != DL_NONE && dl_scene_is(s, mark, DL_STR("of,for,on,about,against,from,over,to,with")) &&
               dl_scene_rel(s, c) != DL_REL_NMOD_POSS;
    case DL_REL_NSUBJ: return dl_scene_rel(s, c) == DL_REL_NSUBJ_PASS || occurs(s, up);
    default: return false;
    }
}

/* What the governor `up` makes of `c`. False: nothing above it matters any more. */
static bool govern(const dl_scene *s, uint32_t c, uint32_t up, struct view *v)
{
    const bool noun = !dl_scene_verb(s, c);
    enum effect e = effect_of(s, up, c);
    struct view g = { .would = false };
    own(s, up, false, &g);
    if (dl_scene_child(s, up, DL_REL_COMPOUND_PRT) != DL_NONE && dl_scene_is(s, up, DL_STR("rule"))) e = REFUSED;
    if (yet_to(s, up)) g.has[NONE] = true;
    if (noun && definite(s, c) && (e == POSSIBLE || e == REFUSED || e == ONGOING || e == EXPECTED)) e = FACT;
    if (g.has[NONE] && (e == REFUSED || e == DENIED || e == NONE)) {
        v->has[e == REFUSED ? POSSIBLE : FACT] = true;
        return true;
    }
    v->has[e] = true;
    dl_rel r = dl_scene_base(s, c);
    if (g.has[NONE]) v->has[NONE] = true;
    /* "said it will": the saying is no matter; "will try to": it is. */
    if (r == DL_REL_CCOMP || (r == DL_REL_OBJ && e == FACT) || ((r == DL_REL_OBL || r == DL_REL_NMOD) && e == FACT)) {
        if (v->would) v->has[EXPECTED] = true;
        v->would = false;
        v->has[HYPOTHETICAL] |= g.has[HYPOTHETICAL];
        v->has[ALLEGED] |= g.has[ALLEGED] && r == DL_REL_CCOMP;
        return true;
    }
    /* A demand, a charge, a warning is made or not; how, does not touch its content. */
    if (e == FACT || e == ONGOING || e == EXPECTED || e == POSSIBLE) {
        for (int i = ALLEGED; i <= EXPECTED; i++) v->has[i] |= g.has[i];
        v->would |= g.would;
    }
    return true;
}

static int verdict(const struct view *v)
{
    if (v->has[SKIP]) return -1;
    if (v->has[DENIED]) return DL_DENIED;
    if (v->has[NONE]) return -1;
    if (v->has[REFUSED]) return DL_REFUSED;
    if (v->has[ALLEGED]) return DL_ALLEGED;
    if (v->has[DEMANDED]) return DL_DEMANDED;
    if (v->has[WARNED]) return DL_WARNED;
    if (v->has[HYPOTHETICAL]) return DL_HYPOTHETICAL;
    if (v->has[POSSIBLE] || v->would) return DL_POSSIBLE;
    if (v->has[EXPECTED]) return DL_EXPECTED;
    return v->has[ONGOING] ? DL_ONGOING : DL_HAPPENED;
}

/* "any support that it gives": if there is some. */
static bool any(const dl_scene *s, uint32_t noun)
{
    uint32_t det = noun == DL_NONE ? DL_NONE : dl_scene_child(s, noun, DL_REL_DET);
    return det != DL_NONE && dl_scene_is(s, det, DL_STR("any"));
}

static bool past(const dl_scene *s, uint32_t verb)
{
    uint32_t have = dl_scene_child(s, verb, DL_REL_AUX);
    return s->d->toks.xpos[verb] == DL_XPOS_VBD ||
           (have != DL_NONE && dl_scene_is(s, have, DL_STR("have")) && s->d->toks.xpos[verb] == DL_XPOS_VBN);
}

/* A verb joined to another shares its conjunction, and its auxiliary where it has no subject and no
 * auxiliary of its own. */
static void joined(const dl_scene *s, uint32_t c, uint32_t up, struct view *v)
{
    struct view g = { .would = false };
    own(s, up, true, &g);
    v->has[HYPOTHETICAL] |= g.has[HYPOTHETICAL];
    if (dl_scene_child(s, c, DL_REL_NSUBJ) != DL_NONE || dl_scene_child(s, c, DL_REL_AUX) != DL_NONE) return;
    for (int i = 0; i < EFFECTS; i++) v->has[i] |= g.has[i];
    v->would |= g.would;
}

int dl_scene_modality(const dl_scene *s, uint32_t trigger)
{
    struct view v = { .would = false };
    if (s->question || yet_to(s, trigger) || imperative(s, trigger)) return -1;
    own(s, trigger, false, &v);
    if (dl_scene_verb(s, trigger) && infinitive(s, trigger)) {
        dl_rel r = dl_scene_base(s, trigger);
        /* "came to meet", "a bid to attack", a headline's "to visit" */
        uint32_t up = dl_scene_up(s, trigger);
        bool led = up != DL_NONE && dl_scene_row(s, &s->modals, up) != DL_NONE;
        if ((r == DL_REL_ADVCL && !led) || r == DL_REL_ROOT) v.has[EXPECTED] = true;
        if (r == DL_REL_ACL && !led) return -1; /* "the power to detain" */
    }
    if (dl_scene_rel(s, trigger) == DL_REL_ACL_RELCL && any(s, dl_scene_up(s, trigger))) return -1;
    if (!dl_scene_verb(s, trigger) && any(s, trigger)) v.has[HYPOTHETICAL] = true;
    for (uint32_t i = 0, c = trigger, noun; i < CLIMB_MAX && c != DL_NONE; i++) {
        uint32_t up = dl_scene_up(s, c);
        if (dl_scene_gerund(s, c, &noun) != DL_NONE && noun != DL_NONE) { /* "the risk of Chad attacking" */
            v.has[effect_of(s, noun, c)] = true;
            up = noun;
        } else if (up == DL_NONE) {
            break;
        } else if (dl_scene_rel(s, c) == DL_REL_CONJ) {
            if (dl_scene_verb(s, up)) joined(s, c, up, &v);
        } else if (!governs(s, c, up) || !govern(s, c, up, &v)) {
            break;
        }
        c = up;
    }
    /* What is feared lies ahead: "worried that it had" tells of what was. */
    if (v.has[WARNED] && past(s, trigger)) v.has[WARNED] = false;
    return verdict(&v);
}
