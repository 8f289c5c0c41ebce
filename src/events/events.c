/* events.c: finding the events of a page: verbs and nouns of the event lexicon, their actors, and the
 * rows that come of them. */
#include "events/events.h"

#include "events/scene.h"

#define MEETINGS_BACK 64 /* events before it among which the meeting of an event is looked for  */
#define NEAR 7           /* tokens behind a verb in which its object is looked for without a tree  */
#define DEEP 3           /* noun phrases within noun phrases that are searched for a target              */

struct event { /* one that has been found */
    uint32_t trigger;
    uint8_t type, root;
    dl_str flags;
    dl_who source, target;
};

static bool flag(const struct event *e, char f) { return e->flags.len && memchr(e->flags.p, f, e->flags.len); }

static uint8_t type_of(dl_str word)
{
    for (unsigned i = 1; i < DL_PLOVERS; i++)
        if (dl_str_eq(word, dl_str_of(dl_plover_words[i]))) return (uint8_t)i;
    return DL_NO_TYPE;
}

static uint8_t root_of(dl_str word)
{
    uint64_t v = 0;
    return dl_str_number(word, 20, &v) ? (uint8_t)v : 0;
}

/* ---- Frames of verbs ---------------------------------------------------------------------- */

struct frame {
    uint32_t row;  /* of event_verbs; DL_NONE: none fits                                        */
    uint32_t noun; /* the object that the row asks for, or DL_NONE                              */
};

static bool has_particle(const dl_scene *s, uint32_t verb, dl_str with)
{
    for (uint32_t k = dl_scene_kid(s, verb); k != DL_NONE; k = dl_scene_next(s, k)) {
        dl_rel r = dl_scene_base(s, k);
        if ((r == DL_REL_COMPOUND || r == DL_REL_ADVMOD || r == DL_REL_CASE) && dl_scene_is(s, k, with)) return true;
        uint32_t mark = r == DL_REL_ADVCL || r == DL_REL_XCOMP ? dl_scene_child(s, k, DL_REL_MARK) : DL_NONE;
        if (mark != DL_NONE && dl_scene_is(s, mark, with)) return true;
    }
    if (dl_scene_prep(s, verb, with) != DL_NONE) return true;
    return verb + 1 < s->end && dl_scene_is(s, verb + 1, with);
}

/* The object of that class: the verb's own, or what stands behind the row's preposition. */
static uint32_t object_of_class(const dl_scene *s, uint32_t verb, dl_str class, dl_str with)
{
    uint32_t o = dl_scene_object(s, verb), n = DL_NONE;
    if (o != DL_NONE) n = dl_scene_of_class(s, o, class);
    if (n == DL_NONE && !dl_scene_passive(s, verb)) { /* "gave Kyiv tanks": the other object */
        o = dl_scene_child(s, verb, DL_REL_OBJ);
        if (o != DL_NONE) n = dl_scene_of_class(s, o, class);
    }
    for (uint32_t t = verb + 1; n == DL_NONE && t < s->end && t < verb + NEAR && !dl_scene_passive(s, verb); t++) {
        /* an object that the tree has hung on a word before it: "lifted long-standing sanctions" */
        uint8_t x = s->d->toks.xpos[t];
        if (x == DL_XPOS_IN || x == DL_XPOS_TO || x == DL_XPOS_COMMA || x == DL_XPOS_STOP || dl_xpos_finite(x)) break;
        if (!dl_xpos_verb(x) && dl_scene_in_class(s, t, class)) n = t;
    }
    if (n != DL_NONE || !with.len) return n;
    o = dl_scene_prep(s, verb, with);
    return o == DL_NONE ? DL_NONE : dl_scene_of_class(s, o, class);
}

static struct frame frame_of(const dl_scene *s, uint32_t verb)
{
    const dl_tsv *t = &s->verbs;
    for (uint32_t r = dl_scene_row(s, t, verb); r != DL_NONE; r = dl_tsv_more(t, r)) {
        dl_str with = dl_tsv_cell(t, r, 1), object = dl_tsv_cell(t, r, 2);
        if (with.len && !has_particle(s, verb, with)) continue;
        if (!object.len) return (struct frame){ r, DL_NONE };
        uint32_t n = object_of_class(s, verb, dl_str_cut(object, 1, object.len), with);
        if (n != DL_NONE) return (struct frame){ r, n };
    }
    return (struct frame){ DL_NONE, DL_NONE };
}

/* Actors behind the prepositions, among the dependents of a noun and of the phrases in it. */
static void deep(const dl_scene *s, uint32_t noun, dl_str preps, dl_who *out)
{
    for (int i = 0; i < DEEP && noun != DL_NONE && !out->n; i++) {
        dl_scene_behind(s, noun, preps, out);
        noun = dl_scene_prep(s, noun, DL_STR("of,in,on,from,for,to,under"));
    }
}

/* Fills the target from the row's list: "o" the object, else prepositions. */
static void targets(const dl_scene *s, uint32_t verb, uint32_t noun, dl_str list, dl_who *out)
{
    dl_str one;
    uint32_t object = dl_scene_object(s, verb);
    while (!out->n && dl_str_next(&list, ',', &one)) {
        if (dl_str_eq(one, DL_STR("o"))) {
            uint32_t iobj = dl_scene_child(s, verb, DL_REL_IOBJ);
            if (iobj != DL_NONE) dl_scene_who(s, iobj, out);
            if (!out->n && object != noun) dl_scene_who(s, object, out);
            if (!out->n && noun != DL_NONE) dl_scene_who(s, noun, out);
            continue;
        }
        dl_scene_behind(s, verb, one, out);
        if (!out->n && noun != DL_NONE)
            deep(s, noun, one, out);
        else if (!out->n && object != DL_NONE)
            dl_scene_behind(s, object, one, out);
        /* "with both A and B": what the tree has cut apart stands in a row */
        if (dl_str_eq(one, DL_STR("of"))) continue; /* which belongs to the word before it */
        if (!out->n || dl_str_eq(one, DL_STR("with"))) dl_scene_after(s, noun != DL_NONE && noun > verb ? noun : verb, one, out);
    }
}

/* "refused to extradite him to Peru", "threatened to shell the port": whom the act would touch. */
static void content_target(const dl_scene *s, uint32_t at, bool aims, dl_who *out)
{
    for (uint32_t k = dl_scene_kid(s, at); k != DL_NONE; k = dl_scene_next(s, k)) {
        dl_rel r = dl_scene_base(s, k);
        if (!dl_scene_verb(s, k) || (r != DL_REL_XCOMP && r != DL_REL_ACL && r != DL_REL_CCOMP && !(aims && r == DL_REL_ADVCL)))
            continue;
        struct frame f = frame_of(s, k);
        dl_str list = f.row == DL_NONE ? DL_STR("o,to,with,from,on") : dl_tsv_cell(&s->verbs, f.row, 5);
        targets(s, k, f.noun, list, out);
    }
}

/* "sent arms to support the army": those who are supported have them. */
static void purpose_target(const dl_scene *s, uint32_t verb, dl_who *out)
{
    for (uint32_t k = dl_scene_kid(s, verb); k != DL_NONE; k = dl_scene_next(s, k)) {
        if (dl_scene_base(s, k) != DL_REL_ADVCL && dl_scene_base(s, k) != DL_REL_XCOMP) continue;
        if (dl_scene_is(s, k, DL_STR("support,help,aid,assist,back,protect,defend,bolster,strengthen,relieve,rescue")))
            dl_scene_who(s, dl_scene_object(s, k), out);
    }
}

/* A crash, a storm, a vehicle: what does harm without meaning it. */
static bool mishap(const dl_scene *s, uint32_t noun)
{
    if (noun == DL_NONE) return false;
    if (dl_scene_of_class(s, noun, DL_STR("accident")) != DL_NONE) return true;
    uint32_t m = s->ment[noun - s->beg]; /* "the tanker Korund" */
    for (uint32_t t = m == DL_NONE ? s->end : s->d->ments.tok[m].beg; t < s->end && t < s->d->ments.tok[m].end; t++)
        if (dl_scene_in_class(s, t, DL_STR("accident"))) return true;
    return false;
}

/* "killed in a crash", "crashed, killing two", "the flood destroyed": nobody did it. */
static bool accident(const dl_scene *s, uint32_t verb)
{
    static const char verbs[] = "crash,collide,derail,sink,capsize,overturn,plunge,collapse,erupt,overflow,rear-end,skid,veer";
    if (!dl_scene_is(s, verb, DL_STR("kill,injure,wound,hurt,destroy,damage,hit,strike,burn,wreck"))) return false;
    uint32_t by = dl_scene_prep(s, verb, DL_STR("in,by,from,during,when,after"));
    if (by != DL_NONE && (mishap(s, by) || dl_scene_is(s, by, dl_str_of(verbs)))) return true;
    if (!dl_scene_passive(s, verb) && mishap(s, dl_scene_subject(s, verb))) return true;
    for (uint32_t k = dl_scene_kid(s, verb); k != DL_NONE; k = dl_scene_next(s, k)) { /* "killed when a bus hit" */
        if (dl_scene_base(s, k) != DL_REL_ADVCL) continue;
        if (dl_scene_is(s, k, dl_str_of(verbs)) || mishap(s, dl_scene_subject(s, k))) return true;
    }
    uint32_t up = dl_scene_up(s, verb);
    dl_rel r = dl_scene_base(s, verb);
    return up != DL_NONE && (r == DL_REL_ADVCL || r == DL_REL_CONJ) && dl_scene_is(s, up, dl_str_of(verbs));
}

/* "agreed that it was late", "declined to comment": words about words. */
static bool opinion(const dl_scene *s, uint32_t verb, const struct event *e)
{
    if (e->type != DL_AGREE && e->type != DL_REJECT) return false;
    for (uint32_t k = dl_scene_kid(s, verb); k != DL_NONE; k = dl_scene_next(s, k)) {
        dl_rel r = dl_scene_base(s, k);
        if (e->type == DL_REJECT && r == DL_REL_XCOMP &&
            dl_scene_is(
                s, k, DL_STR("comment,say,discuss,elaborate,specify,answer,respond,name,identify,speculate,speak,talk,give,be")))
            return true;
        if (e->type != DL_AGREE || r != DL_REL_CCOMP) continue;
        uint32_t will = dl_scene_child(s, k, DL_REL_AUX), to = dl_scene_child(s, k, DL_REL_MARK);
        if (to != DL_NONE && s->d->toks.xpos[to] == DL_XPOS_TO) continue;
        if (will == DL_NONE || !dl_scene_is(s, will, DL_STR("will,would,'ll"))) return true;
    }
    return false;
}

/* "accused each other", "expelled each other's envoys" */
static void each_other(const dl_scene *s, uint32_t verb, struct event *e)
{
    for (uint32_t t = verb + 1; t + 1 < s->end && t < verb + 4; t++) {
        if (!(dl_scene_is(s, t, DL_STR("each")) && dl_scene_is(s, t + 1, DL_STR("other"))) &&
            !(dl_scene_is(s, t, DL_STR("one")) && dl_scene_is(s, t + 1, DL_STR("another"))))
            continue;
        if (e->source.n > 1) e->target = e->source;
        e->flags = DL_STR("m");
    }
}

static bool hostile(uint8_t type) { return type == DL_ASSAULT || type == DL_SANCTION || type == DL_COERCE || type == DL_PROTEST; }

/* "vowed to cut ties": a promise of harm is a threat. */
static bool vows_harm(const dl_scene *s, uint32_t verb)
{
    uint32_t k = dl_scene_child(s, verb, DL_REL_XCOMP);
    if (k == DL_NONE || !dl_scene_verb(s, k) || !dl_scene_is(s, verb, DL_STR("vow,pledge,promise"))) return false;
    struct frame f = frame_of(s, k);
    return f.row != DL_NONE && hostile(type_of(dl_tsv_cell(&s->verbs, f.row, 3)));
}

static bool by_verb(dl_scene *s, uint32_t verb, struct event *e)
{
    struct frame f = frame_of(s, verb);
    if (f.row == DL_NONE || dl_scene_rel(s, verb) == DL_REL_AMOD) return false;
    if (verb > s->beg && s->d->toks.xpos[verb - 1] == DL_XPOS_HYPH) return false; /* "rebel-held" */
    const dl_tsv *t = &s->verbs;
    *e = (struct event){ .trigger = verb,
                         .type = type_of(dl_tsv_cell(t, f.row, 3)),
                         .root = root_of(dl_tsv_cell(t, f.row, 4)),
                         .flags = dl_tsv_cell(t, f.row, 6) };
    if (f.noun != DL_NONE) s->used[f.noun - s->beg] = true;
    if (dl_scene_passive(s, verb)) {
        dl_scene_behind(s, verb, DL_STR("by"), &e->source);
        if (!e->source.n && f.noun != DL_NONE && dl_scene_object(s, verb) != f.noun) dl_scene_owners(s, f.noun, &e->source);
    } else {
        dl_scene_who(s, dl_scene_subject(s, verb), &e->source);
    }
    dl_str with = dl_tsv_cell(t, f.row, 1);
    uint32_t of = f.noun != DL_NONE || !with.len ? f.noun : dl_scene_prep(s, verb, with);
    targets(s, verb, of, dl_tsv_cell(t, f.row, 5), &e->target);
    /* "experts warn that China's growth ...": no threat to China */
    const bool named = flag(e, 'd') && e->source.n && s->d->ents.kind[e->source.ent[0]] == DL_GROUP;
    if (!e->target.n && flag(e, 'c')) {
        dl_scene_content(s, verb, named, &e->target);
        if (!e->target.n && f.noun != DL_NONE) dl_scene_content(s, f.noun, named, &e->target);
        if (!e->target.n) {
            content_target(s, verb, false, &e->target);
            if (e->target.n) e->flags = DL_STR("c"); /* whom the content names is no second party to it */
        }
    }
    each_other(s, verb, e);
    if (e->type == DL_AGREE && vows_harm(s, verb)) {
        e->type = DL_THREATEN;
        e->root = 13;
    }
    if (!e->target.n && e->type == DL_AID) purpose_target(s, verb, &e->target);
    if (!e->target.n && flag(e, 'r')) content_target(s, verb, false, &e->target);
    if (!e->target.n && e->type == DL_PROTEST) content_target(s, verb, true, &e->target); /* "marched to demand" */
    if (!e->target.n && e->type == DL_ASSAULT && e->source.n) {                           /* "launched strikes near the town" */
        uint32_t place = dl_scene_place(s, verb);
        if (place != DL_NONE)
            dl_who_add(&e->target, place, s->d->toks.span[verb]);
        else
            dl_scene_after(s, verb, DL_STR("in,near,at,on,outside,around"), &e->target);
        if (e->target.n && s->d->ents.kind[e->target.ent[0]] != DL_PLACE) e->target.n = 0;
    }
    if (e->type == DL_ASSAULT && accident(s, verb)) return false;
    if (opinion(s, verb, e) || (flag(e, 'x') && dl_scene_child(s, verb, DL_REL_XCOMP) == DL_NONE)) return false;
    if (flag(e, 'i') && (dl_scene_child(s, verb, DL_REL_OBJ) != DL_NONE || dl_scene_passive(s, verb))) return false;
    return e->type != DL_NO_TYPE;
}

/* "said that Chad is to blame": a charge against Chad. */
static bool by_blame(const dl_scene *s, uint32_t at, struct event *e)
{
    if (!dl_scene_is(s, at,
                     DL_STR("say,claim,insist,argue,add,declare,maintain,state,assert,allege,assertion,allegation,believe")))
        return false;
    for (uint32_t k = dl_scene_kid(s, at); k != DL_NONE; k = dl_scene_next(s, k)) {
        dl_rel r = dl_scene_base(s, k);
        if (r != DL_REL_CCOMP && r != DL_REL_ACL) continue;
        uint32_t of = dl_scene_child(s, k, DL_REL_CASE); /* "was behind the attack" */
        if (!dl_scene_is(s, k, DL_STR("blame,responsible,guilty,behind,culpable,complicit")) &&
            !(of != DL_NONE && dl_scene_is(s, of, DL_STR("behind"))))
            continue;
        *e = (struct event){ .trigger = at, .type = DL_ACCUSE, .root = 11, .flags = DL_STR("wp") };
        if (dl_scene_verb(s, at))
            dl_scene_who(s, dl_scene_subject(s, at), &e->source);
        else
            dl_scene_owners(s, at, &e->source);
        dl_scene_content(s, at, true, &e->target);
        return e->source.n && e->target.n;
    }
    return false;
}

/* "said it would close the border if the men were not freed": a threat. */
static bool by_threat(const dl_scene *s, uint32_t verb, struct event *e)
{
    if (!dl_scene_is(s, verb, DL_STR("say,announce,declare,insist,add,state"))) return false;
    for (uint32_t k = dl_scene_kid(s, verb); k != DL_NONE; k = dl_scene_next(s, k)) {
        if (dl_scene_rel(s, k) != DL_REL_CCOMP || !dl_scene_verb(s, k)) continue;
        uint32_t would = dl_scene_child(s, k, DL_REL_AUX), advcl = dl_scene_child(s, k, DL_REL_ADVCL);
        if (would == DL_NONE || advcl == DL_NONE || !dl_scene_is(s, would, DL_STR("will,would"))) continue;
        uint32_t mark = dl_scene_child(s, advcl, DL_REL_MARK);
        struct frame f = frame_of(s, k);
        if (mark == DL_NONE || f.row == DL_NONE || !dl_scene_is(s, mark, DL_STR("if,unless"))) continue;
        if (!hostile(type_of(dl_tsv_cell(&s->verbs, f.row, 3)))) continue;
        *e = (struct event){ .trigger = verb, .type = DL_THREATEN, .root = 13, .flags = DL_STR("wp") };
        dl_scene_who(s, dl_scene_subject(s, verb), &e->source);
        targets(s, k, f.noun, dl_tsv_cell(&s->verbs, f.row, 5), &e->target);
        return e->source.n && e->target.n;
    }
    return false;
}

/* "said that Chad must withdraw": a demand on Chad. */
static bool by_must(const dl_scene *s, uint32_t verb, struct event *e)
{
    if (!dl_scene_is(s, verb, DL_STR("say,insist,stress,argue,add,declare,maintain,state,warn,tell"))) return false;
    for (uint32_t k = dl_scene_kid(s, verb); k != DL_NONE; k = dl_scene_next(s, k)) {
        if (dl_scene_rel(s, k) != DL_REL_CCOMP) continue;
        uint32_t must = dl_scene_child(s, k, DL_REL_AUX);
        if (must == DL_NONE || !dl_scene_is(s, must, DL_STR("must,should,ought"))) continue;
        *e = (struct event){ .trigger = verb, .type = DL_REQUEST, .root = 10, .flags = DL_STR("wp") };
        dl_scene_who(s, dl_scene_subject(s, verb), &e->source);
        dl_scene_content(s, verb, true, &e->target);
        return e->source.n && e->target.n;
    }
    return false;
}

/* ---- Frames of nouns ---------------------------------------------------------------------- */

static bool light_verb(const dl_scene *s, uint32_t verb)
{
    return dl_scene_is(
        s, verb,
        DL_STR("make,give,have,hold,conduct,launch,continue,announce,plan,order,carry,undertake,perform,begin,start,"
               "issue,stage,mount,wage,pay,lead,wrap,conclude,finish,end,complete,resume,propose,offer"));
}

static void noun_side(const dl_scene *s, uint32_t noun, dl_str list, dl_who *out)
{
    dl_str one;
    while (!out->n && dl_str_next(&list, ',', &one)) {
        if (dl_str_eq(one, DL_STR("poss")))
            dl_scene_owners(s, noun, out);
        else if (!dl_str_eq(one, DL_STR("-")))
            dl_scene_behind(s, noun, one, out);
    }
}

/* The target by the order of words, for the prepositions that seldom belong to another word. */
static void noun_target_loose(const dl_scene *s, uint32_t noun, dl_str list, dl_who *out)
{
    static const char *const loose[] = { "with,between", "to", "to,against", "to,on", "to,for", "against,on", "against" };
    for (size_t i = 0; i < DL_COUNT(loose) && !out->n; i++)
        if (dl_str_eq(list, dl_str_of(loose[i]))) dl_scene_after(s, noun, list, out);
}

/* "pressed Chad with sanctions", "backed it through aid, and sanctions against Niger": the subject does it,
 * to the object unless another is named. */
static void by_means(const dl_scene *s, uint32_t noun, struct event *e)
{
    uint32_t at = noun;
    if (dl_scene_rel(s, at) == DL_REL_CONJ && dl_scene_up(s, at) != DL_NONE) at = dl_scene_up(s, at);
    uint32_t verb = dl_scene_up(s, at), with = dl_scene_case(s, at);
    if (verb == DL_NONE || !dl_scene_verb(s, verb) || dl_scene_base(s, at) != DL_REL_OBL || with == DL_NONE) return;
    if (!dl_scene_is(s, with, DL_STR("with,through,via,as"))) return;
    if (!e->source.n) dl_scene_who(s, dl_scene_subject(s, verb), &e->source);
    if (!e->target.n && !flag(e, 'm') && !dl_scene_is(s, with, DL_STR("as")))
        targets(s, verb, DL_NONE, DL_STR("on,against,o"), &e->target);
}

static bool by_noun(const dl_scene *s, uint32_t noun, struct event *e)
{
    uint32_t row = dl_scene_event_noun(s, noun);
    dl_rel r = dl_scene_rel(s, noun);
    if (row == DL_NONE || s->used[noun - s->beg] || r == DL_REL_COMPOUND || r == DL_REL_NMOD_POSS) return false;
    const dl_tsv *t = &s->nouns;
    *e = (struct event){ .trigger = noun,
                         .type = type_of(dl_tsv_cell(t, row, 2)),
                         .root = root_of(dl_tsv_cell(t, row, 3)),
                         .flags = dl_tsv_cell(t, row, 6) };
    noun_side(s, noun, dl_tsv_cell(t, row, 5), &e->target);
    noun_side(s, noun, dl_tsv_cell(t, row, 4), &e->source);
    if (!e->source.n && r == DL_REL_OBJ && dl_scene_up(s, noun) != DL_NONE && light_verb(s, dl_scene_up(s, noun)))
        dl_scene_who(s, dl_scene_subject(s, dl_scene_up(s, noun)), &e->source);
    by_means(s, noun, e);
    if (!e->target.n && flag(e, 'c')) dl_scene_content(s, noun, false, &e->target);
    if (!e->target.n && flag(e, 'c')) dl_scene_after(s, noun, DL_STR("about,of,over,against"), &e->target);
    noun_target_loose(s, noun, dl_tsv_cell(t, row, 5), &e->target);
    if (!e->target.n && e->type == DL_REJECT) content_target(s, noun, false, &e->target);
    if (!e->source.n && flag(e, 'm') && e->target.n > 1) e->source = e->target; /* "clashes between" */
    uint32_t det = dl_scene_child(s, noun, DL_REL_DET);
    if (!e->source.n &&
        ((e->type != DL_ASSAULT && e->type != DL_COERCE) || (det != DL_NONE && dl_scene_is(s, det, DL_STR("the")))))
        return false;
    return e->type != DL_NO_TYPE;
}

/* ---- Rows --------------------------------------------------------------------------------- */

static void args(dl_build *b, uint8_t role, const dl_who *w)
{
    for (uint32_t i = 0; i < w->n; i++) {
        uint32_t r = dl_row(b, DL_T_ARGS);
        if (r == DL_NONE) return;
        b->d.args.role[r] = role;
        b->d.args.ent[r] = w->ent[i];
        b->d.args.span[r] = w->span[i];
    }
}

/* The bytes from the first to the last token that hangs on `top`. */
static dl_span subtree(const dl_scene *s, uint32_t top)
{
    uint32_t beg = top, end = top;
    for (uint32_t t = s->beg; t < s->end; t++) {
        uint32_t up = t;
        for (uint32_t i = s->beg; i < s->end && up != DL_NONE && up != top; i++) up = dl_scene_up(s, up);
        if (up != top) continue;
        if (t < beg) beg = t;
        if (t > end) end = t;
    }
    return (dl_span){ s->d->toks.span[beg].beg, s->d->toks.span[end].end };
}

/* "in their meeting", "during the talks": the day of the last meeting that the page told of with one of
 * these actors. */
static dl_when at_meeting(const dl_scene *s, const struct event *e)
{
    const dl_events *ev = &s->d->events;
    dl_when w = { DL_NEVER, DL_NEVER, DL_TIME_BASES, DL_NONE };
    uint32_t at = dl_scene_prep(s, e->trigger, DL_STR("in,during,at,after"));
    if (at == DL_NONE ||
        (dl_scene_of_class(s, at, DL_STR("talks")) == DL_NONE && dl_scene_of_class(s, at, DL_STR("visit")) == DL_NONE))
        return w;
    for (uint32_t i = ev->n, n = 0; i-- && n < MEETINGS_BACK; n++) {
        if (ev->type[i] != DL_CONSULT || ev->from[i] == DL_NEVER) continue;
        for (uint32_t a = ev->args[i].beg; a < ev->args[i].end; a++)
            if (dl_who_has(&e->source, s->d->args.ent[a]) || dl_who_has(&e->target, s->d->args.ent[a]))
                return (dl_when){ ev->from[i], ev->to[i], DL_INFERRED, DL_NONE };
    }
    return w;
}

static void emit(const dl_scene *s, const struct event *e, uint8_t modality, const uint32_t *quote)
{
    dl_build *b = s->b;
    dl_when when = dl_scene_when(s, e->trigger);
    if (when.basis == DL_TIME_BASES) when = at_meeting(s, e);
    uint32_t place = dl_scene_place(s, e->trigger), clause = e->trigger;
    for (uint32_t i = s->beg, up; i < s->end && !dl_scene_verb(s, clause) && (up = dl_scene_up(s, clause)) != DL_NONE; i++)
        clause = up;
    uint32_t first = b->d.args.n;
    args(b, DL_AGENT, &e->source);
    args(b, DL_TARGET, &e->target);
    uint32_t r = dl_row(b, DL_T_EVENTS);
    if (r == DL_NONE) return;
    dl_events *ev = &b->d.events;
    ev->type[r] = e->type;
    ev->root[r] = e->root;
    ev->modality[r] = modality;
    ev->basis[r] = when.basis;
    ev->trigger[r] = b->d.toks.span[e->trigger];
    ev->span[r] = subtree(s, clause);
    ev->sent[r] = s->sent;
    ev->quote[r] = quote[e->trigger];
    ev->place[r] = place;
    ev->from[r] = when.from;
    ev->to[r] = when.to;
    ev->args[r] = (dl_span){ first, b->d.args.n };
}

static bool person(const dl_scene *s, const dl_who *w, uint32_t i) { return s->d->ents.kind[w->ent[i]] == DL_PERSON; }

/* Both sides do it: each stands in both lists. A person met is a meeting of its own. */
static void emit_mutual(const dl_scene *s, const struct event *e, uint8_t modality, const uint32_t *quote)
{
    uint32_t people = 0;
    for (uint32_t i = 0; i < e->target.n; i++) people += person(s, &e->target, i);
    bool split = e->type == DL_CONSULT && people > 1 && people == e->target.n && !dl_who_has(&e->source, e->target.ent[0]);
    for (uint32_t i = 0; i < (split ? e->target.n : 1); i++) {
        struct event both = *e;
        both.target = both.source = (dl_who){ .n = 0 };
        for (uint32_t k = 0; k < e->source.n; k++) dl_who_add(&both.source, e->source.ent[k], e->source.span[k]);
        for (uint32_t k = 0; k < e->target.n; k++)
            if (!split || k == i) dl_who_add(&both.source, e->target.ent[k], e->target.span[k]);
        both.target = both.source;
        if (both.source.n < 2) both.target.n = 0;
        emit(s, &both, modality, quote);
    }
}

static bool body(const dl_scene *s, const dl_who *w, uint32_t i)
{
    return s->d->ents.kind[w->ent[i]] == DL_ORGANISATION || s->d->ents.kind[w->ent[i]] == DL_GOVERNMENT;
}

/* Someone goes to another country's ground: not home, to work or to a sight. */
static bool journey(const dl_scene *s, const struct event *e)
{
    const dl_ents *x = &s->d->ents;
    if (!e->source.n || !e->target.n || !person(s, &e->source, 0)) return false;
    uint32_t to = x->country[e->target.ent[0]], from = x->country[e->source.ent[0]];
    return to && to != from;
}

/* Is what was found enough to be told? Most acts need both who does and whom it is done to. A source
 * alone is enough for what needs no other side, a target alone for what is done to someone. */
static bool enough(const dl_scene *s, const struct event *e, int modality)
{
    static const bool alone[DL_PLOVERS] = { [DL_PROTEST] = true, [DL_MOBILIZE] = true, [DL_REJECT] = true };
    static const bool agentless[DL_PLOVERS] = {
        [DL_ACCUSE] = true, [DL_ASSAULT] = true, [DL_COERCE] = true, [DL_RETREAT] = true, [DL_SANCTION] = true
    };
    const bool both = e->source.n && e->target.n;
    if (flag(e, 'v') && flag(e, 'w') && !journey(s, e)) return false;
    if (flag(e, 'v') && e->target.n && s->d->ents.kind[e->target.ent[0]] == DL_GROUP && !s->d->ents.country[e->target.ent[0]])
        return false;
    if (flag(e, 'b') && e->source.n && person(s, &e->source, 0)) return false;
    if (both) return true;
    if (flag(e, 'w') || flag(e, 'v') || modality == DL_DEMANDED || modality == DL_DENIED) return false;
    if (flag(e, 'm') && e->source.n)
        return e->source.n > 1 || (e->type == DL_CONSULT && dl_scene_verb(s, e->trigger) && body(s, &e->source, 0));
    if (flag(e, 'p') && !e->target.n) return false;
    if (e->source.n) return alone[e->type];
    return e->target.n && agentless[e->type] &&
           (!dl_scene_verb(s, e->trigger) || dl_scene_passive(s, e->trigger) ||
            (e->type == DL_ASSAULT && s->d->toks.xpos[e->trigger] == DL_XPOS_VBG));
}

/* "arrived to meet him", "sent arms to help the army": what the act was for, and no act of its own. */
static bool purpose(const dl_scene *s, const struct event *e)
{
    uint32_t up = dl_scene_up(s, e->trigger), to = dl_scene_child(s, e->trigger, DL_REL_MARK);
    if (up == DL_NONE || to == DL_NONE || s->d->toks.xpos[to] != DL_XPOS_TO || !dl_scene_verb(s, up)) return false;
    if (dl_scene_base(s, e->trigger) != DL_REL_ADVCL) return false;
    if (e->type == DL_SUPPORT || e->type == DL_AID) return true;
    struct frame f = frame_of(s, up);
    if (e->type == DL_PROTEST || e->type == DL_REQUEST)
        return f.row != DL_NONE && (e->type == DL_PROTEST || dl_str_eq(dl_tsv_cell(&s->verbs, f.row, 3), DL_STR("PROTEST")));
    return e->type == DL_CONSULT && f.row != DL_NONE;
}

/* "will strike unless it is paid": words are said all the same, deeds wait. */
static bool conditional(const dl_scene *s, const struct event *e)
{
    if (e->type == DL_REQUEST || e->type == DL_ACCUSE || e->type == DL_REJECT || e->type == DL_THREATEN || e->type == DL_AGREE)
        return false;
    for (uint32_t k = dl_scene_kid(s, e->trigger); k != DL_NONE; k = dl_scene_next(s, k)) {
        uint32_t mark = dl_scene_base(s, k) == DL_REL_ADVCL ? dl_scene_child(s, k, DL_REL_MARK) : DL_NONE;
        if (mark != DL_NONE && dl_scene_is(s, mark, DL_STR("if,unless"))) return true;
    }
    return false;
}

static void tell(dl_scene *s, struct event *e, const uint32_t *quote)
{
    int modality = dl_scene_modality(s, e->trigger);
    if (modality < 0 || modality == DL_REFUSED || purpose(s, e)) return;
    if (modality <= DL_EXPECTED && conditional(s, e)) modality = DL_HYPOTHETICAL;
    dl_who only = { .n = 0 };
    for (uint32_t i = 0; i < e->target.n; i++)
        if (!dl_who_has(&e->source, e->target.ent[i])) dl_who_add(&only, e->target.ent[i], e->target.span[i]);
    if (!flag(e, 'm') || e->source.n != e->target.n) e->target = only;
    if (!enough(s, e, modality)) return;
    if (flag(e, 'm') && e->source.n)
        emit_mutual(s, e, (uint8_t)modality, quote);
    else
        emit(s, e, (uint8_t)modality, quote);
}

/* The quotation that each token stands in. */
static uint32_t *quoted(dl_build *b)
{
    uint32_t *of = dl_arena_raw(&b->scratch, b->d.toks.n ? b->d.toks.n : 1, sizeof *of);
    if (!of) return NULL;
    for (uint32_t i = 0; i < b->d.toks.n; i++) of[i] = DL_NONE;
    for (uint32_t q = 0; q < b->d.quotes.n; q++) {
        for (uint32_t p = b->d.quotes.parts[q].beg; p < b->d.quotes.parts[q].end; p++) {
            if (b->d.parts.role[p] != DL_CONTENT) continue;
            dl_span t = dl_toks_of(&b->d, b->d.parts.span[p]);
            for (uint32_t i = t.beg; i < t.end; i++)
                if (of[i] == DL_NONE) of[i] = q;
        }
    }
    return of;
}

dl_status dl_events_find(dl_build *b, const dl_models *m)
{
    dl_arena_mark mark = dl_arena_here(&b->scratch);
    dl_scene *s = DL_NEW(&b->scratch, 1, dl_scene);
    uint32_t *quote = quoted(b), mention = 0;
    if (!s || !quote) {
        dl_arena_back(&b->scratch, mark);
        return DL_ENOMEM;
    }
    s->b = b;
    s->d = &b->d;
    s->facts = dl_facts_open(m);
    s->verbs = dl_tsv_open(m, "event_verbs");
    s->nouns = dl_tsv_open(m, "event_nouns");
    s->modals = dl_tsv_open(m, "event_modals");
    for (uint32_t i = 0; i < b->d.sents.n; i++) {
        if (!dl_scene_open(s, i, &mention)) continue;
        struct event e;
        /* Verbs first: they take nouns with them. Rows stand in order of trigger all the same: */
        for (uint32_t t = s->beg; t < s->end; t++)
            if (dl_scene_verb(s, t)) {
                struct frame f = frame_of(s, t);
                if (f.row != DL_NONE && f.noun != DL_NONE) s->used[f.noun - s->beg] = true;
            }
        for (uint32_t t = s->beg; t < s->end; t++)
            if (by_blame(s, t, &e) ||
                (dl_scene_verb(s, t) ? by_must(s, t, &e) || by_threat(s, t, &e) || by_verb(s, t, &e) : by_noun(s, t, &e)))
                tell(s, &e, quote);
    }
    dl_arena_back(&b->scratch, mark);
    return dl_build_status(b);
}
