/* differ_tense.c: one text has the same act as done and as still to come.
 *
 * An act here is a verb, its object and its subject: "Moscow suspended its participation" beside "Russia
 * will suspend its participation". Subjects are the same when they are one actor or of one country. A
 * live page is written over hours and may have both. */
#include "base/hash.h"
#include "claims/differ.h"
#include "tags/tags.h"
#include "trees/trees.h"

enum { MAX_ACTS = 512 };

typedef struct act {
    uint64_t what; /* verb and object lemmas */
    uint32_t actor;
    uint32_t sent;
    bool done, to_come;
} act;

static bool word_is(const dl_doc *d, uint32_t tok, const char *word)
{
    return dl_str_eq_nocase(dl_tok_text(d, tok), dl_str_of(word));
}

/* The actor whose mention holds the token. */
static uint32_t actor_at(const dl_differ *d, const dl_doc *doc, uint32_t page, uint32_t tok)
{
    uint32_t best = DL_NONE, len = UINT32_MAX;
    for (uint32_t i = 0; i < doc->ments.n && doc->ments.tok[i].beg <= tok; i++) {
        dl_span t = doc->ments.tok[i];
        if (!dl_span_has(t, tok) || dl_span_len(t) >= len) continue;
        best = dl_actor_of(d->m->actors, page, doc->ments.ent[i]);
        len = dl_span_len(t);
    }
    return best;
}

/* Fills subject, object and tense of the verb at `tok`; false: no act of this shape. */
static bool read_act(const dl_differ *d, const dl_doc *doc, uint32_t page, uint32_t sent, uint32_t tok, act *out)
{
    uint32_t subject = DL_NONE, object = DL_NONE;
    bool will = false, other = false, have = false;
    dl_span t = doc->sents.tok[sent];
    for (uint32_t k = t.beg; k < t.end; k++) {
        if (doc->toks.head[k] != tok || k == tok) continue;
        if (doc->toks.rel[k] == DL_REL_NSUBJ) subject = k;
        if (doc->toks.rel[k] == DL_REL_OBJ) object = k;
        if (doc->toks.rel[k] == DL_REL_ADVMOD)
            other |= word_is(doc, k, "not") || word_is(doc, k, "n't") || word_is(doc, k, "never");
        if (doc->toks.rel[k] != DL_REL_AUX) continue;
        if (doc->toks.xpos[k] == DL_XPOS_MD) {
            bool future =
                word_is(doc, k, "will") || word_is(doc, k, "would") || word_is(doc, k, "'ll") || word_is(doc, k, "shall");
            will |= future;
            other |= !future;
        }
        have |= dl_str_eq_nocase(dl_tok_lemma(doc, k), DL_STR("have"));
    }
    if (subject == DL_NONE && tok > t.beg) subject = tok - 1; /* a name in front of the verb, whatever the tree says */
    if (subject == DL_NONE || object == DL_NONE || other) return false;
    out->actor = actor_at(d, doc, page, subject);
    if (out->actor == DL_NONE) return false;
    out->what = dl_hash_mix(dl_hash_str(dl_tok_lemma(doc, tok)), dl_hash_str(dl_tok_lemma(doc, object)));
    out->sent = sent;
    out->to_come = will && !have;
    out->done = !will && (doc->toks.xpos[tok] == DL_XPOS_VBD || (doc->toks.xpos[tok] == DL_XPOS_VBN && have));
    return out->done || out->to_come;
}

static uint32_t acts_of(const dl_differ *d, const dl_doc *doc, uint32_t page, act *v)
{
    uint32_t n = 0;
    for (uint32_t s = 0; s < doc->sents.n; s++)
        for (uint32_t k = doc->sents.tok[s].beg; k < doc->sents.tok[s].end && n < MAX_ACTS; k++)
            if (doc->toks.upos[k] == DL_UPOS_VERB && doc->toks.head[k] != DL_NONE && read_act(d, doc, page, s, k, &v[n])) n++;
    return n;
}

static bool same_subject(const dl_differ *d, uint32_t a, uint32_t b)
{
    uint32_t x = d->m->actors->country[a], y = d->m->actors->country[b];
    return a == b || (x && x == y);
}

/* Already told as a disagreement about these very sentences. */
static bool told(const dl_differ *d, uint32_t page, dl_span span)
{
    for (size_t i = 0; i < d->n; i++) {
        if (d->row[i].kind != DL_HOW_CERTAIN) continue;
        for (uint32_t r = 0; r < d->row[i].n; r++)
            for (uint32_t k = 0; k < d->row[i].reading[r].n; k++)
                if (d->row[i].reading[r].at[k].page == page && dl_span_meet(d->row[i].reading[r].at[k].span, span)) return true;
    }
    return false;
}

static void look(dl_differ *d, uint32_t page, act *v)
{
    const dl_doc *doc = dl_page(d->m->pages, page);
    uint32_t n = acts_of(d, doc, page, v);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < n; k++) {
            if (!v[i].done || !v[k].to_come || v[i].what != v[k].what || !same_subject(d, v[i].actor, v[k].actor)) continue;
            dl_span done = doc->sents.span[v[i].sent], to_come = doc->sents.span[v[k].sent];
            if (told(d, page, done) || told(d, page, to_come)) continue;
            dl_reading_in_work r[2] = { { .words = DL_STR("happened") }, { .words = DL_STR("to come") } };
            dl_reading_put(&r[0], page, done);
            dl_reading_put(&r[1], page, to_come);
            dl_differ_put(d, DL_HOW_CERTAIN, DL_NONE, dl_doc_text(doc, done), r, 2,
                          "one text has it both as done and as to come");
        }
}

void dl_differ_tense(dl_differ *d)
{
    act *v = DL_NEW(d->keep, MAX_ACTS, act);
    if (!v) d->failed = true;
    for (uint32_t i = 0; v && i < d->m->n; i++) {
        const dl_doc *doc = dl_page(d->m->pages, d->m->page[i]);
        uint32_t k = 0; /* one page of each text is enough */
        while (k < i && d->m->lines->text[d->m->page[k]] != d->m->lines->text[d->m->page[i]]) k++;
        if (k == i && doc->meta->verdict != DL_LIVE) look(d, d->m->page[i], v);
    }
}
