/* clause.c: small questions to a tree: the head of a span, the subject of a verb, a subtree. */
#include "quotes/attrib.h"
#include "tags/tags.h"
#include "trees/trees.h"

#define CLIMB_MAX 6 /* steps from a participle to the clause that has its subject                 */

/* Without a tree: the last noun before what may only follow a head (a comma, a preposition, "who"). */
static uint32_t flat_head(const dl_quoting *q, dl_span s)
{
    uint32_t best = s.end - 1;
    bool found = false;
    for (uint32_t t = s.beg; t < s.end; t++) {
        int pos = q->d->toks.xpos[t];
        if (found && (pos == DL_XPOS_COMMA || pos == DL_XPOS_IN || pos == DL_XPOS_WP || pos == DL_XPOS_WDT || pos == DL_XPOS_CC ||
                      pos == DL_XPOS_TO))
            break;
        if (dl_xpos_noun(pos) || pos == DL_XPOS_PRP || dl_xpos_verb(pos)) {
            best = t;
            found = true;
        }
    }
    return best;
}

uint32_t dl_span_head(const dl_quoting *q, dl_span s)
{
    uint32_t best = DL_NONE;
    if (s.beg < s.end && q->d->toks.head[s.beg] == DL_NONE) return flat_head(q, s);
    for (uint32_t t = s.beg; t < s.end; t++) {
        uint32_t h = q->d->toks.head[t];
        int pos = q->d->toks.upos[t];
        if (pos == DL_UPOS_PUNCT) continue;
        if (h == t || h < s.beg || h >= s.end) {
            bool light =
                pos == DL_UPOS_DET || pos == DL_UPOS_ADP || pos == DL_UPOS_PART || pos == DL_UPOS_SCONJ || pos == DL_UPOS_AUX;
            if (best == DL_NONE || !light) {
                best = t;
                if (!light) return t;
            }
        }
    }
    return best == DL_NONE && s.beg < s.end ? s.end - 1 : best;
}

static bool subject_rel(dl_rel r) { return r == DL_REL_NSUBJ || r == DL_REL_NSUBJ_OUTER; }

static bool relative(const dl_quoting *q, uint32_t t)
{
    int pos = q->d->toks.xpos[t];
    return pos == DL_XPOS_WP || pos == DL_XPOS_WDT;
}

/* The dependents of a verb in its sentence that matter here. */
typedef struct around {
    uint32_t subject, agent, object;
    bool passive;
} around;

static around look(const dl_quoting *q, uint32_t verb)
{
    const dl_doc *d = q->d;
    dl_span s = d->sents.tok[q->sent[verb]];
    around a = { DL_NONE, DL_NONE, DL_NONE, false };
    for (uint32_t t = s.beg; t < s.end; t++) {
        if (d->toks.head[t] != verb || t == verb) continue;
        dl_rel r = (dl_rel)d->toks.rel[t];
        if (subject_rel(r))
            a.subject = t;
        else if (r == DL_REL_OBL_AGENT)
            a.agent = t;
        else if (r == DL_REL_OBJ || r == DL_REL_IOBJ)
            a.object = t;
        else if (r == DL_REL_NSUBJ_PASS || r == DL_REL_AUX_PASS)
            a.passive = true;
        else if (r == DL_REL_NMOD_POSS && a.subject == DL_NONE && q->cue[verb] == DL_CUE_NOUN)
            a.subject = t;
    }
    return a;
}

uint32_t dl_subject_of(const dl_quoting *q, uint32_t verb)
{
    const dl_doc *d = q->d;
    bool infinitive = false;
    for (int step = 0; step < CLIMB_MAX && verb < q->n; step++) {
        around a = look(q, verb);
        if (a.agent != DL_NONE) return a.agent;
        if (infinitive && a.object != DL_NONE) return a.object; /* "leading Holt to warn" */
        if (a.passive) return DL_NONE;
        uint32_t h = d->toks.head[verb];
        dl_rel rel = (dl_rel)d->toks.rel[verb];
        if (a.subject != DL_NONE) {
            bool bound = rel == DL_REL_ACL_RELCL && relative(q, a.subject) && h < q->n;
            return bound ? h : a.subject;
        }
        if (h >= q->n || h == verb) return DL_NONE;
        if (rel == DL_REL_ACL && q->d->toks.xpos[verb] == DL_XPOS_VBG) return h; /* a statement saying */
        if (rel != DL_REL_CONJ && rel != DL_REL_XCOMP && rel != DL_REL_ADVCL && rel != DL_REL_DEP && rel != DL_REL_PARATAXIS)
            return DL_NONE;
        bool to = q->d->toks.xpos[verb] == DL_XPOS_VB && verb > 0 && q->d->toks.xpos[verb - 1] == DL_XPOS_TO;
        infinitive = rel == DL_REL_XCOMP || (to && rel == DL_REL_ADVCL) || (infinitive && rel == DL_REL_CONJ);
        verb = h;
    }
    return DL_NONE;
}

dl_span dl_subtree(const dl_quoting *q, uint32_t t, dl_span within)
{
    const dl_doc *d = q->d;
    dl_span s = d->sents.tok[q->sent[t]], out = { t, t + 1 };
    if (s.beg < within.beg) s.beg = within.beg;
    if (s.end > within.end) s.end = within.end;
    /* a token belongs to it when it climbs to t before the root: at most a sentence of steps each, and
     * in practice a handful; the climb is cut at 24 */
    for (uint32_t k = s.beg; k < s.end; k++) {
        uint32_t u = k;
        for (int step = 0; step < 24 && u != t; step++) {
            uint32_t h = d->toks.head[u];
            if (h >= q->n || h == u) break;
            u = h;
        }
        if (u != t) continue;
        if (k < out.beg) out.beg = k;
        if (k >= out.end) out.end = k + 1;
    }
    return out;
}

dl_span dl_phrase_of(const dl_quoting *q, uint32_t head)
{
    const dl_doc *d = q->d;
    dl_span s = dl_subtree(q, head, d->sents.tok[q->sent[head]]);
    for (uint32_t t = head + 1; t < s.end; t++)
        if (d->toks.xpos[t] == DL_XPOS_COMMA || d->toks.xpos[t] == DL_XPOS_WP || d->toks.xpos[t] == DL_XPOS_WDT ||
            q->label[t] == DL_SAID_B_CUE) {
            s.end = t;
            break;
        }
    for (uint32_t t = s.beg; t < head; t++)
        if (d->toks.xpos[t] == DL_XPOS_COMMA) s.beg = t + 1;
    while (s.beg < head && (d->toks.upos[s.beg] == DL_UPOS_ADP || d->toks.upos[s.beg] == DL_UPOS_CCONJ)) s.beg++;
    return s;
}
