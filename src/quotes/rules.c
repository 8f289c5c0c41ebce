/* rules.c: attributions that the tagger left without a cue, found by trees: contents whose governor is
 * a speech word, noun cues with a clause, speech inside speech, hearsay. */
#include "quotes/attrib.h"
#include "tags/tags.h"
#include "trees/trees.h"

typedef struct more {
    const dl_quoting *q;
    dl_attribs *out;
    uint8_t *covered; /* [tokens] inside a content of an attribution                               */
    uint8_t *cued;    /* [tokens] inside a cue                                                      */
    bool ok;
} more;

static void paint(uint8_t *on, dl_span s)
{
    if (s.beg < s.end) memset(on + s.beg, 1, s.end - s.beg);
}

static void put(more *m, dl_span cue, uint32_t who, dl_span content, uint8_t score)
{
    dl_attrib a = { .cue = cue, .from = DL_NONE, .content = { content }, .n_content = 1, .score = score };
    if (who != DL_NONE) a.source = dl_phrase_of(m->q, who);
    if (dl_span_meet(a.source, content)) a.source = (dl_span){ 0, 0 };
    dl_attrib_relay(m->q, &a);
    m->ok &= dl_attribs_add(m->out, m->q, a);
    paint(m->covered, content);
    paint(m->cued, cue);
}

static bool content_label(const dl_quoting *q, uint32_t t)
{
    return q->label[t] == DL_SAID_B_CONTENT || q->label[t] == DL_SAID_I_CONTENT;
}

/* The owner or maker of a noun: "Putin's claim", "a claim by Putin". */
static uint32_t owner(const dl_quoting *q, uint32_t noun)
{
    const dl_doc *d = q->d;
    dl_span s = d->sents.tok[q->sent[noun]];
    uint32_t by = DL_NONE;
    for (uint32_t t = s.beg; t < s.end; t++) {
        if (d->toks.head[t] == noun && d->toks.rel[t] == DL_REL_NMOD_POSS) return t;
        uint32_t h = d->toks.head[t];
        if (dl_word_is(q, t, "by") && h < q->n && d->toks.rel[t] == DL_REL_CASE && d->toks.head[h] == noun) by = h;
    }
    return by;
}

static uint32_t speaker_of(const dl_quoting *q, uint32_t cue)
{
    return q->cue[cue] == DL_CUE_NOUN ? owner(q, cue) : dl_subject_of(q, cue);
}

/* Nouns that tell of talk whoever it comes from. */
static bool hearsay_noun(const dl_quoting *q, uint32_t t)
{
    static const char *const words[] = { "speculation", "rumour", "rumor",  "allegation",
                                         "accusation",  "claim",  "report", "suggestion" };
    dl_str w = dl_tok_lemma(q->d, t);
    for (size_t i = 0; i < DL_COUNT(words); i++)
        if (dl_str_eq_nocase(w, dl_str_of(words[i]))) return true;
    return false;
}

/* A content without a cue: its governor by the tree, when that is a word of speech before or behind it. */
static void orphan(more *m, dl_span c)
{
    const dl_quoting *q = m->q;
    uint32_t head = dl_span_head(q, c);
    if (head == DL_NONE || c.end - c.beg < 3) return;
    uint32_t g = q->gov[head];
    if (g == DL_NONE || dl_span_has(c, g) || m->cued[g] || m->covered[g]) return;
    bool noun = q->cue[g] == DL_CUE_NOUN;
    if (!noun && q->cue[g] != DL_CUE_SAY) return;
    if (!dl_any_finite(q, c) && !noun) return;
    dl_span all = dl_subtree(q, head, q->d->sents.tok[q->sent[head]]);
    if (all.beg >= c.beg && all.end > c.end && dl_word_is(q, c.beg, "that")) c.end = all.end;
    uint32_t who = speaker_of(q, g);
    if (who == DL_NONE && !(noun && hearsay_noun(q, g) && dl_any_finite(q, c))) return;
    put(m, (dl_span){ g, g + 1 }, who, c, 65);
}

static void orphans(more *m, dl_span s)
{
    const dl_quoting *q = m->q;
    for (uint32_t t = s.beg; t < s.end && m->ok;) {
        if (!content_label(q, t) || m->covered[t]) {
            t++;
            continue;
        }
        uint32_t e = t + 1;
        while (e < s.end && q->label[e] == DL_SAID_I_CONTENT && !m->covered[e]) e++;
        orphan(m, (dl_span){ t, e });
        t = e;
    }
}

/* The clause behind "that" which hangs on a noun. */
static dl_span that_clause(const dl_quoting *q, uint32_t noun)
{
    const dl_doc *d = q->d;
    dl_span s = d->sents.tok[q->sent[noun]];
    for (uint32_t t = noun + 1; t < s.end; t++) {
        dl_rel r = (dl_rel)d->toks.rel[t];
        if (d->toks.head[t] != noun || (r != DL_REL_ACL && r != DL_REL_ACL_RELCL && r != DL_REL_CCOMP)) continue;
        dl_span c = dl_subtree(q, t, (dl_span){ noun + 1, s.end });
        if (dl_word_is(q, c.beg, "that") && d->toks.xpos[c.beg] == DL_XPOS_IN && dl_any_finite(q, c)) return c;
    }
    /* the tree has it elsewhere: up to the end of what is labelled a content around it */
    dl_span c = { noun + 1, noun + 1 };
    if (noun + 1 >= s.end || !dl_word_is(q, noun + 1, "that") || d->toks.xpos[noun + 1] != DL_XPOS_IN) return (dl_span){ 0, 0 };
    while (c.end < s.end && q->label[c.end] == DL_SAID_I_CONTENT) c.end++;
    if (c.end - c.beg > 3 && dl_any_finite(q, c)) return c;
    return (dl_span){ 0, 0 };
}

static void nouns(more *m, dl_span s)
{
    const dl_quoting *q = m->q;
    for (uint32_t t = s.beg; t < s.end && m->ok; t++) {
        if (q->cue[t] != DL_CUE_NOUN || m->cued[t] || q->within[t] != DL_OUTSIDE) continue;
        uint32_t who = owner(q, t);
        dl_span c = who == DL_NONE ? (dl_span){ 0, 0 } : that_clause(q, t);
        if (!dl_span_len(c)) continue;
        if (m->covered[c.beg] && !m->covered[t]) continue; /* has its cue */
        put(m, (dl_span){ t, t + 1 }, who, c, 65);
    }
}

/* "Beijing has been accused of sending parts": nobody is said to say so. */
static void passives(more *m, dl_span s)
{
    const dl_quoting *q = m->q;
    const dl_doc *d = q->d;
    for (uint32_t t = s.beg; t < s.end && m->ok; t++) {
        bool tells = q->cue[t] == DL_CUE_SAY || q->cue[t] == DL_CUE_JUDGE;
        if (!tells || d->toks.xpos[t] != DL_XPOS_VBN || !(q->frame[t] & DL_FRAME_PASSIVE) || m->cued[t] || m->covered[t] ||
            !content_label(q, t))
            continue;
        if (dl_subject_of(q, t) != DL_NONE) continue;
        dl_span c = { t, t + 1 };
        while (c.beg > s.beg && content_label(q, c.beg - 1) && q->label[c.beg] != DL_SAID_B_CONTENT) c.beg--;
        while (c.end < s.end && q->label[c.end] == DL_SAID_I_CONTENT) c.end++;
        if (c.end - c.beg > 4) put(m, (dl_span){ t, t + 1 }, DL_NONE, c, 60);
    }
}

/* "a relationship it says has no limits": a clause inside what another says, with a speaker of its own. */
static void relatives(more *m, dl_span s)
{
    const dl_quoting *q = m->q;
    const dl_doc *d = q->d;
    for (uint32_t t = s.beg; t < s.end && m->ok; t++) {
        if (q->cue[t] != DL_CUE_SAY || m->cued[t] || q->within[t] != DL_OUTSIDE || d->toks.rel[t] != DL_REL_ACL_RELCL) continue;
        uint32_t who = q->who[t], what = q->what[t];
        if (who == DL_NONE || what == DL_NONE || what < t || d->toks.rel[what] != DL_REL_CCOMP || d->toks.head[who] != t)
            continue;
        if (d->toks.xpos[who] == DL_XPOS_WP || d->toks.xpos[who] == DL_XPOS_WDT) continue;
        dl_span c = dl_subtree(q, what, (dl_span){ t + 1, s.end });
        if (c.end - c.beg > 2) put(m, (dl_span){ t, t + 1 }, who, c, 65);
    }
}

/* "X said that ...", which the tagger overlooked: a verb of saying with a subject and a clause. */
static void plain(more *m, dl_span s)
{
    const dl_quoting *q = m->q;
    const dl_doc *d = q->d;
    for (uint32_t t = s.beg; t < s.end && m->ok; t++) {
        if (q->cue[t] != DL_CUE_SAY || m->cued[t] || m->covered[t] || q->within[t] != DL_OUTSIDE || q->label[t] != DL_SAID_O)
            continue;
        int pos = d->toks.xpos[t];
        uint32_t what = q->what[t], who = dl_subject_of(q, t);
        bool finite = pos == DL_XPOS_VBD || pos == DL_XPOS_VBZ || pos == DL_XPOS_VBP;
        bool aside = pos == DL_XPOS_VBG && d->toks.rel[t] == DL_REL_ADVCL; /* "..., telling them that ..." */
        if ((!finite || q->who[t] == DL_NONE) && !aside) continue;
        if (who == DL_NONE || what == DL_NONE || d->toks.rel[what] != DL_REL_CCOMP) continue;
        dl_span c = dl_subtree(q, what, s);
        if (c.beg <= t || c.end - c.beg < 3 || m->covered[c.beg] || !dl_any_finite(q, c)) continue;
        put(m, (dl_span){ t, t + 1 }, who, c, 65);
    }
}

/* "Holt and Vey reportedly also signed new contracts": the clause, and nobody who says so. */
static void hearsay(more *m, dl_span s)
{
    const dl_quoting *q = m->q;
    for (uint32_t t = s.beg; t < s.end && m->ok; t++) {
        if (q->cue[t] != DL_CUE_HEARSAY || m->covered[t] || m->cued[t] || q->within[t] != DL_OUTSIDE) continue;
        uint32_t verb = q->d->toks.head[t];
        if (verb >= q->n || verb == t) continue;
        dl_span c = dl_subtree(q, verb, s);
        while (c.end > c.beg + 1 && q->d->toks.upos[c.end - 1] == DL_UPOS_PUNCT) c.end--;
        if (c.end - c.beg < 4 || c.end - c.beg > 60) continue;
        bool free = true;
        for (uint32_t k = c.beg; k < c.end && free; k++) free = !m->covered[k];
        if (free) put(m, (dl_span){ t, t + 1 }, DL_NONE, c, 60);
    }
}

bool dl_attribs_more(dl_attribs *out, const dl_quoting *q)
{
    more m = {
        .q = q, .out = out, .covered = DL_NEW(q->a, q->n + 1, uint8_t), .cued = DL_NEW(q->a, q->n + 1, uint8_t), .ok = true
    };
    if (!m.covered || !m.cued) return false;
    for (size_t i = 0; i < out->n; i++) {
        for (uint32_t k = 0; k < out->row[i].n_content && out->row[i].score >= DL_ATTRIB_LEAST; k++)
            paint(m.covered, out->row[i].content[k]);
        paint(m.cued, out->row[i].cue);
    }
    for (uint32_t s = 0; s < q->d->sents.n && m.ok; s++) {
        orphans(&m, q->d->sents.tok[s]);
        nouns(&m, q->d->sents.tok[s]);
        plain(&m, q->d->sents.tok[s]);
        hearsay(&m, q->d->sents.tok[s]);
        passives(&m, q->d->sents.tok[s]);
        relatives(&m, q->d->sents.tok[s]);
    }
    return m.ok;
}
