/* when.c: binding an event to a time and a place.
 *
 * The timex of its own clause counts; else the only other one of its sentence, unless that says when
 * the words were spoken; else the day of the sentence before it in the paragraph, as an inference. The
 * day of the page is never taken for the day of the event. */
#include "base/date.h"
#include "events/scene.h"

#define SAME_MAX 5     /* sentences that "the same day" reaches back                                 */
#define RECENT_DAYS 14 /* from the day of the page, within which a paragraph's day carries over     */
#define BACK_MAX 2     /* sentences that a paragraph's day carries over                              */

static bool usable(const dl_scene *s, uint32_t i)
{
    const dl_times *t = &s->d->times;
    if (t->basis[i] != DL_EXPLICIT && s->d->meta->published == DL_NEVER) return false; /* nothing to count from */
    if (t->type[i] == DL_DURATION) return t->from[i] != DL_NEVER && t->to[i] != DL_NEVER;
    return (t->from[i] != DL_NEVER || t->to[i] != DL_NEVER) && t->type[i] != DL_SET;
}

static uint32_t head_of(const dl_scene *s, dl_span tok)
{
    for (uint32_t t = tok.beg; t < tok.end; t++)
        if (!dl_span_has(tok, s->d->toks.head[t]) || s->d->toks.head[t] == t) return t;
    return tok.beg;
}

/* The first verb above a token, or the token that `stop` names. */
static uint32_t clause_of(const dl_scene *s, uint32_t t, uint32_t stop)
{
    for (uint32_t i = s->beg; i < s->end && t != DL_NONE; i++) {
        if (t == stop || dl_scene_verb(s, t)) return t;
        t = dl_scene_up(s, t);
    }
    return DL_NONE;
}

/* Is `low` the content of what `high` says? */
static bool content_of(const dl_scene *s, uint32_t low, uint32_t high)
{
    for (uint32_t i = s->beg; i < s->end && low != DL_NONE && low != high; i++) {
        uint32_t up = dl_scene_up(s, low);
        if (up == high) return dl_scene_base(s, low) == DL_REL_CCOMP || dl_scene_base(s, low) == DL_REL_PARATAXIS;
        low = up;
    }
    return false;
}

/* "said Monday", "told reporters on Monday": the day of the words, not of what they tell. */
static bool spoken(const dl_scene *s, uint32_t trigger, uint32_t timex)
{
    for (uint32_t t = timex; t-- > s->beg && timex - t <= 3;) {
        if (t == trigger || s->d->toks.xpos[t] == DL_XPOS_COMMA) return false;
        if (dl_scene_is(s, t, DL_STR("say,tell,report,announce,add,write,state"))) return true;
    }
    return false;
}

static bool above(const dl_scene *s, uint32_t high, uint32_t low)
{
    for (uint32_t i = s->beg; i < s->end && low != DL_NONE && low != high; i++) low = dl_scene_up(s, low);
    return low == high;
}

/* "the summits of 1992", "the elections in May": the time of another thing. */
static bool of_another(const dl_scene *s, uint32_t trigger, uint32_t head)
{
    uint32_t n = dl_scene_up(s, head), c = dl_scene_case(s, head);
    if (n == DL_NONE || n == trigger || !dl_scene_noun(s, n) || above(s, n, trigger)) return false;
    if (dl_scene_rel(s, head) == DL_REL_NMOD_POSS) return true;
    uint32_t during = dl_scene_case(s, n);
    if (dl_scene_up(s, n) == trigger && during != DL_NONE && dl_scene_is(s, during, DL_STR("during,at,in"))) return false;
    if (c == DL_NONE)
        return dl_scene_rel(s, head) == DL_REL_COMPOUND || dl_scene_rel(s, head) == DL_REL_NUMMOD ||
               dl_scene_rel(s, head) == DL_REL_NMOD_POSS;
    return dl_scene_is(s, c, DL_STR("of,for,from,about")) || (dl_scene_is(s, c, DL_STR("in")) && !s->used[n - s->beg]);
}

static bool finite(const dl_scene *s, uint32_t verb)
{
    for (int i = 0; i < 3 && dl_scene_base(s, verb) == DL_REL_XCOMP && dl_scene_up(s, verb) != DL_NONE; i++)
        verb = dl_scene_up(s, verb);
    return dl_xpos_finite(s->d->toks.xpos[verb]) || dl_scene_child(s, verb, DL_REL_AUX) != DL_NONE ||
           dl_scene_child(s, verb, DL_REL_AUX_PASS) != DL_NONE;
}

/* How near the timex is: 3 of the trigger itself, 2 of a verb that shares its time, 1 of the
 * sentence, 0 not its own. */
static int nearness(const dl_scene *s, uint32_t trigger, dl_span timex)
{
    uint32_t h = head_of(s, timex), verb = clause_of(s, h, trigger), mine = clause_of(s, trigger, DL_NONE);
    if (spoken(s, trigger, timex.beg)) return 0;
    if (of_another(s, trigger, h)) return 0;
    if (verb == trigger) return 3;
    if (verb == DL_NONE) return 1;
    if (verb == mine) return 2;
    for (uint32_t i = 0, t = mine; i < 4 && t != DL_NONE; i++) {
        dl_rel r = dl_scene_base(s, t);
        if (r != DL_REL_XCOMP && r != DL_REL_CONJ && r != DL_REL_ADVCL) break;
        t = dl_scene_up(s, t);
        if (t == verb) return 2;
    }
    if (dl_scene_up(s, verb) == mine && dl_scene_base(s, verb) == DL_REL_XCOMP) return 2;
    if (!above(s, verb, trigger) && finite(s, verb)) return 0;
    bool content = content_of(s, mine == DL_NONE ? trigger : mine, verb);
    return content && !(verb < trigger && trigger < timex.beg) ? 0 : 1;
}

static dl_when of_row(const dl_times *t, uint32_t i, uint8_t basis)
{
    return (dl_when){ t->from[i], t->to[i], basis < t->basis[i] ? t->basis[i] : basis, i };
}

/* The last day that stands in the paragraph before the sentence. */
/* A day of the news told here, not of its history. */
static bool recent(const dl_scene *s, int64_t from)
{
    int64_t page = s->d->meta->published;
    return page == DL_NEVER ||
           (from != DL_NEVER && page - from < RECENT_DAYS * DL_DAY_SECONDS && from - page < RECENT_DAYS * DL_DAY_SECONDS);
}

/* "later in the day", "the same day": of the day told of before, in whatever paragraph. */
static bool same_day(const dl_scene *s)
{
    for (uint32_t t = s->beg + 2; t < s->end; t++)
        if (dl_scene_is(s, t, DL_STR("day,morning,evening,afternoon,night")) &&
            (dl_scene_is(s, t - 1, DL_STR("same")) ||
             (dl_scene_is(s, t - 1, DL_STR("the")) && dl_scene_is(s, t - 2, DL_STR("in")))))
            return true;
    return false;
}

static dl_when carried(const dl_scene *s)
{
    const dl_times *t = &s->d->times;
    uint32_t i = s->first_time, block = s->d->sents.block[s->sent];
    const bool same = same_day(s);
    while (i--) {
        uint32_t sent = t->sent[i];
        if (sent + (same ? SAME_MAX : BACK_MAX) < s->sent || (!same && s->d->sents.block[sent] != block)) break;
        if (usable(s, i) && t->grain[i] <= DL_GRAIN_DAY && t->grain[i] != DL_GRAIN_NONE && recent(s, t->from[i]))
            return of_row(t, i, DL_INFERRED);
    }
    return (dl_when){ DL_NEVER, DL_NEVER, DL_TIME_BASES, DL_NONE };
}

/* "is meeting", and "will meet later": on the day of the page, where that is known. */
static dl_when today(const dl_scene *s, uint32_t trigger)
{
    dl_when w = { DL_NEVER, DL_NEVER, DL_TIME_BASES, DL_NONE };
    bool is = false, will = false, later = false;
    for (uint32_t k = dl_scene_kid(s, trigger); k != DL_NONE; k = dl_scene_next(s, k)) {
        is |= dl_scene_rel(s, k) == DL_REL_AUX && dl_scene_is(s, k, DL_STR("is,are,'s,’s")) &&
              s->d->toks.xpos[trigger] == DL_XPOS_VBG;
        will |= dl_scene_rel(s, k) == DL_REL_AUX && dl_scene_is(s, k, DL_STR("will,is,are"));
    }
    for (uint32_t t = s->beg; t < s->end && t < trigger + 8; t++)
        later |= t > trigger && dl_scene_is(s, t, DL_STR("later,shortly,tonight")) &&
                 !dl_scene_is(s, t + 1 < s->end ? t + 1 : t, DL_STR("this,in"));
    if (!(is || (will && later)) || s->d->meta->published == DL_NEVER) return w;
    w.from = dl_seconds(dl_day_of(s->d->meta->published));
    w.to = w.from + DL_DAY_SECONDS;
    w.basis = DL_INFERRED;
    return w;
}

dl_when dl_scene_when(const dl_scene *s, uint32_t trigger)
{
    const dl_times *t = &s->d->times;
    uint32_t best = DL_NONE, far = 0;
    int near = 0;
    for (uint32_t i = s->first_time; i < t->n && t->sent[i] == s->sent; i++) {
        if (!usable(s, i) || t->tok[i].beg < s->beg || t->tok[i].end > s->end || t->tok[i].beg >= t->tok[i].end) continue;
        int n = nearness(s, trigger, t->tok[i]);
        uint32_t d = trigger < t->tok[i].beg ? t->tok[i].beg - trigger : trigger - t->tok[i].beg;
        if (n > near || (n == near && n && d < far)) {
            near = n;
            far = d;
            best = i;
        }
    }
    if (best != DL_NONE) return of_row(t, best, near > 1 ? t->basis[best] : DL_INFERRED);
    dl_when w = today(s, trigger);
    for (int i = 0; i < 3 && w.basis == DL_TIME_BASES; i++) { /* "will meet later to discuss" */
        dl_rel r = dl_scene_base(s, trigger);
        uint32_t up = dl_scene_up(s, trigger);
        if (up == DL_NONE || (r != DL_REL_XCOMP && r != DL_REL_ADVCL && r != DL_REL_CONJ)) break;
        w = today(s, trigger = up);
    }
    return w.basis != DL_TIME_BASES ? w : carried(s);
}

static uint32_t place_behind(const dl_scene *s, uint32_t at)
{
    for (uint32_t k = dl_scene_kid(s, at); k != DL_NONE; k = dl_scene_next(s, k)) {
        dl_rel r = dl_scene_base(s, k);
        uint32_t c = dl_scene_case(s, k), m = s->ment[k - s->beg];
        if ((r != DL_REL_OBL && r != DL_REL_NMOD) || c == DL_NONE || m == DL_NONE) continue;
        if (!dl_scene_is(s, c, DL_STR("in,at,near,inside,across,outside,around"))) continue;
        uint8_t kind = s->d->ents.kind[s->d->ments.ent[m]];
        if (kind == DL_PLACE || kind == DL_GOVERNMENT) return s->d->ments.ent[m];
    }
    return DL_NONE;
}

uint32_t dl_scene_place(const dl_scene *s, uint32_t trigger)
{
    uint32_t at = trigger;
    for (int i = 0; i < 3 && at != DL_NONE; i++) {
        uint32_t p = place_behind(s, at);
        if (p != DL_NONE) return p;
        dl_rel r = dl_scene_base(s, at);
        if (dl_scene_verb(s, at) && r != DL_REL_CONJ && r != DL_REL_XCOMP) break;
        at = dl_scene_up(s, at);
    }
    return DL_NONE;
}
