/* relay.c: words that come through somebody else: agencies that quote, papers that cite. */
#include "facts/facts.h"
#include "quotes/attrib.h"
#include "tags/tags.h"
#include "trees/trees.h"

#define NEAR 25 /* tokens between a cue and a "quoting" that belongs to it                         */

static bool quotes_another(const dl_quoting *q, uint32_t t)
{
    if (q->d->toks.xpos[t] != DL_XPOS_VBG || q->within[t] != DL_OUTSIDE) return false;
    dl_str lemma = dl_tok_lemma(q->d, t);
    return dl_str_eq(lemma, DL_STR("quote")) || dl_str_eq(lemma, DL_STR("cite"));
}

static bool relays_noun(dl_str w)
{
    static const char *const words[] = { "agency",     "agencies", "media",   "newspaper",   "newspapers", "paper",    "papers",
                                         "outlet",     "outlets",  "channel", "broadcaster", "website",    "magazine", "tabloid",
                                         "television", "tv",       "radio",   "daily",       "report",     "reports" };
    for (size_t i = 0; i < DL_COUNT(words); i++)
        if (dl_str_eq_nocase(w, dl_str_of(words[i]))) return true;
    return false;
}

bool dl_source_is_media(const dl_quoting *q, dl_span s)
{
    dl_facts f = dl_facts_open(q->m);
    dl_body body;
    for (uint32_t t = s.beg; t < s.end; t++) {
        if (relays_noun(dl_tok_text(q->d, t))) return true;
        if (dl_facts_body_at(&f, q->d, t, s.end, &body) && body.cls == DL_BODY_MEDIA) return true;
    }
    return false;
}

/* The noun phrase behind "quoting", up to the next comma or "that". */
static dl_span quoted_one(const dl_quoting *q, uint32_t t, uint32_t end)
{
    dl_span s = { t + 1, t + 1 };
    for (; s.end < end && s.end < t + 14; s.end++) {
        int pos = q->d->toks.xpos[s.end];
        if (pos == DL_XPOS_COMMA || pos == DL_XPOS_STOP || pos == DL_XPOS_COLON || pos == DL_XPOS_WDT || dl_xpos_finite(pos) ||
            dl_word_is(q, s.end, "that") || dl_word_is(q, s.end, "as"))
            break;
    }
    return s;
}

static bool in_content(const dl_attrib *a, uint32_t t)
{
    for (uint32_t i = 0; i < a->n_content; i++)
        if (dl_span_has(a->content[i], t)) return true;
    return false;
}

void dl_attrib_relay(const dl_quoting *q, dl_attrib *a)
{
    if (!dl_span_len(a->source) || !dl_span_len(a->cue)) return;
    const dl_doc *d = q->d;
    dl_span s = d->sents.tok[q->sent[a->cue.beg]];
    uint32_t from = a->cue.beg > s.beg + NEAR ? a->cue.beg - NEAR : s.beg;
    for (uint32_t t = from; t < s.end && t < a->cue.end + NEAR; t++) {
        if (!quotes_another(q, t) || (in_content(a, t) && !dl_span_has(a->cue, t))) continue;
        dl_span other = quoted_one(q, t, s.end);
        if (!dl_span_len(other) || dl_source_is_media(q, other)) return;
        if (dl_span_meet(other, a->source)) { /* the tagger has the quoted one: the subject relays */
            uint32_t who = dl_subject_of(q, t);
            if (who != DL_NONE && !dl_span_has(a->source, who)) a->via = dl_phrase_of(q, who);
            return;
        }
        if (!dl_source_is_media(q, a->source)) return;
        a->via = a->source;
        a->source = other;
        for (uint32_t i = 0; i < a->n_content; i++) /* the tagger may have taken the quoted one for content */
            if (dl_span_meet(a->content[i], other) && a->content[i].end > other.end + 1)
                a->content[i].beg = other.end + (other.end < s.end && d->toks.xpos[other.end] == DL_XPOS_COMMA);
        return;
    }
    /* "the BBC's Ann Lee" */
    for (uint32_t t = a->source.beg; t + 1 < a->source.end; t++)
        if (d->toks.xpos[t] == DL_XPOS_POS && d->toks.xpos[t + 1] == DL_XPOS_NNP &&
            dl_source_is_media(q, (dl_span){ a->source.beg, t })) {
            a->via = (dl_span){ a->source.beg, t };
            return;
        }
}
