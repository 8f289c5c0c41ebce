/* roles.c: who stands where: subject, object, what is behind a preposition, and which actors a noun
 * phrase means. */
#include "events/scene.h"

#define CLIMB_MAX 10 /* steps towards the root in search of a subject                            */

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

static bool add_mention(const dl_scene *s, uint32_t t, dl_who *out)
{
    uint32_t m = s->ment[t - s->beg];
    if (m == DL_NONE) return false;
    dl_who_add(out, s->d->ments.ent[m], s->d->ments.span[m]);
    return true;
}

/* ---- Verbs -------------------------------------------------------------------------------- */

bool dl_scene_passive(const dl_scene *s, uint32_t verb)
{
    if (dl_scene_child(s, verb, DL_REL_AUX_PASS) != DL_NONE || dl_scene_child(s, verb, DL_REL_NSUBJ_PASS) != DL_NONE) return true;
    if (s->d->toks.xpos[verb] != DL_XPOS_VBN) return false;
    if (dl_scene_child(s, verb, DL_REL_AUX) != DL_NONE) return false;
    dl_rel r = dl_scene_rel(s, verb);
    if (r == DL_REL_ACL || r == DL_REL_AMOD) return true;
    uint32_t up = dl_scene_up(s, verb);
    return r == DL_REL_CONJ && up != DL_NONE && dl_scene_verb(s, up) && dl_scene_child(s, verb, DL_REL_NSUBJ) == DL_NONE &&
           dl_scene_child(s, up, DL_REL_AUX_PASS) != DL_NONE;
}

/* "who", "which", "that" of a relative clause stand for the noun that the clause hangs on. */
static uint32_t antecedent(const dl_scene *s, uint32_t verb, uint32_t noun)
{
    if (s->d->toks.xpos[noun] != DL_XPOS_WDT && s->d->toks.xpos[noun] != DL_XPOS_WP) return noun;
    for (int i = 0; i < CLIMB_MAX && verb != DL_NONE; i++) {
        if (dl_scene_rel(s, verb) == DL_REL_ACL_RELCL) return dl_scene_up(s, verb);
        verb = dl_scene_up(s, verb);
    }
    return noun;
}

static uint32_t own_subject(const dl_scene *s, uint32_t verb)
{
    static const uint8_t some[] = { DL_REL_NSUBJ, DL_REL_NSUBJ_PASS, DL_REL_NSUBJ_OUTER };
    for (size_t i = 0; i < DL_COUNT(some); i++) {
        uint32_t k = dl_scene_child(s, verb, (dl_rel)some[i]);
        if (k != DL_NONE) return antecedent(s, verb, k);
    }
    return DL_NONE;
}

uint32_t dl_scene_object(const dl_scene *s, uint32_t verb)
{
    if (!dl_scene_passive(s, verb)) {
        uint32_t k = dl_scene_child(s, verb, DL_REL_OBJ);
        if (k != DL_NONE) return antecedent(s, verb, k);
        k = dl_scene_child(s, verb, DL_REL_IOBJ);
        return k == DL_NONE ? k : antecedent(s, verb, k);
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

uint32_t dl_scene_subject(const dl_scene *s, uint32_t verb)
{
    for (int i = 0; i < CLIMB_MAX; i++) {
        uint32_t own = own_subject(s, verb), up = dl_scene_up(s, verb);
        if (own != DL_NONE || up == DL_NONE) return own;
        uint32_t mark = dl_scene_child(s, verb, DL_REL_MARK);
        switch (dl_scene_rel(s, verb)) {
        case DL_REL_ACL:
        case DL_REL_ACL_RELCL:
            if (!dl_scene_noun(s, up)) return DL_NONE;
            /* "a decision to allow": he who decided; "forces denouncing": the forces. */
            if (mark == DL_NONE && dl_scene_event_noun(s, up) == DL_NONE) return up;
            return up;
        case DL_REL_XCOMP:
        case DL_REL_CCOMP:
        case DL_REL_ADVCL: {
            bool bound =
                dl_scene_rel(s, verb) != DL_REL_ADVCL || (mark != DL_NONE && dl_scene_is(s, mark, DL_STR("of,for,from,into,to")));
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

static void one(const dl_scene *s, uint32_t t, dl_who *out)
{
    t = dl_scene_core(s, t);
    if (members(s, t, out) || add_mention(s, t, out)) return;
    uint32_t before = out->n;
    for (uint32_t k = dl_scene_kid(s, t); k != DL_NONE; k = dl_scene_next(s, k)) {
        dl_rel r = dl_scene_rel(s, k);
        if (r == DL_REL_APPOS || r == DL_REL_FLAT) add_mention(s, k, out);
    }
    if (out->n > before) return;
    dl_scene_owners(s, t, out);
    if (out->n > before) return;
    dl_str preps = dl_scene_event_noun(s, t) != DL_NONE ? DL_STR("by") : DL_STR("of,in,from,at,for");
    uint32_t p = dl_scene_prep(s, t, preps);
    if (p == DL_NONE) return;
    p = dl_scene_core(s, p);
    if (!add_mention(s, p, out)) dl_scene_owners(s, p, out);
}

void dl_scene_who(const dl_scene *s, uint32_t noun, dl_who *out)
{
    if (noun == DL_NONE) return;
    one(s, noun, out);
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
        if ((q == DL_REL_CASE || q == DL_REL_MARK) && dl_scene_is(s, c, preps)) return true;
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

void dl_scene_content(const dl_scene *s, uint32_t at, dl_who *out)
{
    for (uint32_t k = dl_scene_kid(s, at); k != DL_NONE; k = dl_scene_next(s, k)) {
        dl_rel r = dl_scene_base(s, k);
        uint32_t mark = dl_scene_child(s, k, DL_REL_MARK);
        bool clause = r == DL_REL_CCOMP || r == DL_REL_ACL || r == DL_REL_XCOMP ||
                      (r == DL_REL_ADVCL && mark != DL_NONE && dl_scene_is(s, mark, DL_STR("if,for,of,that,unless")));
        if (!clause) continue;
        uint32_t subject = own_subject(s, k);
        if (subject != DL_NONE) dl_scene_who(s, subject, out);
    }
}
