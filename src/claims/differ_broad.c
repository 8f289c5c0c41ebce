/* differ_broad.c: the same superlative, once with and once without its limit.
 *
 * "The first visit by an official in this role since ..." says less than "the first visit by an official
 * since ...". Two clauses that have the same scope word ("first", "only", "largest") and are about the same
 * things differ in breadth when one has a limiting phrase that the other has nothing for. */
#include "base/hash.h"
#include "claims/differ.h"
#include "claims/unit.h"
#include "tags/tags.h"

enum { MAX_SCOPED = 256 };

typedef struct scoped {
    uint32_t page, sent, word; /* row of sents; number of the scope word */
    bool limited;              /* "in this role" */
    bool since;                /* "since 1987", "in 30 years": a limit in time */
    uint64_t noun;             /* what is first, last or largest: the noun behind the word */
} scoped;

static const char *const scope_words[] = {
    "first",     "only",    "last",   "largest",  "biggest", "highest", "lowest", "worst",
    "deadliest", "longest", "oldest", "youngest", "most",    "never",   "all",    "every"
};

/* "largest", "deadliest": the others stand in front of anything. */
static bool superlative(uint32_t word) { return word >= 3 && word <= 11; }

static uint32_t scope_of(const dl_doc *d, dl_span t, uint32_t *at)
{
    for (uint32_t k = t.beg; k < t.end; k++)
        for (uint32_t w = 0; w < DL_COUNT(scope_words); w++)
            if (dl_str_eq_nocase(dl_tok_text(d, k), dl_str_of(scope_words[w]))) {
                *at = k;
                return w;
            }
    return DL_NONE;
}

/* "in this role", "of its kind", "at this level", "as minister": preposition, pointing word, noun. */
static bool limited(const dl_doc *d, uint32_t from, uint32_t end)
{
    static const char *const pointing[] = { "this", "that", "such", "its", "his", "her", "their" };
    for (uint32_t k = from; k + 2 < end; k++) {
        if (d->toks.xpos[k] != DL_XPOS_IN || d->toks.upos[k + 2] != DL_UPOS_NOUN) continue;
        for (size_t i = 0; i < DL_COUNT(pointing); i++)
            if (dl_str_eq_nocase(dl_tok_text(d, k + 1), dl_str_of(pointing[i]))) return true;
    }
    return false;
}

static bool since_when(const dl_doc *d, uint32_t from, uint32_t end)
{
    for (uint32_t k = from; k < end && k < from + 14; k++)
        if (dl_str_eq_nocase(dl_tok_text(d, k), DL_STR("since"))) return true;
    return false;
}

/* The last noun of the run behind the scope word; 0: none near. */
static uint64_t noun_behind(const dl_doc *d, uint32_t from, uint32_t end)
{
    for (uint32_t k = from + 1; k < end && k < from + 5; k++) {
        if (d->toks.upos[k] != DL_UPOS_NOUN) continue;
        while (k + 1 < end && d->toks.upos[k + 1] == DL_UPOS_NOUN) k++;
        return dl_hash_str(dl_tok_lemma(d, k));
    }
    return 0;
}

static bool shares_words(const dl_differ *d, const scoped *a, const scoped *b)
{
    const dl_doc *x = dl_page(d->m->pages, a->page), *y = dl_page(d->m->pages, b->page);
    dl_span s = x->sents.tok[a->sent], t = y->sents.tok[b->sent];
    uint32_t content = 0, shared = 0;
    for (uint32_t i = s.beg; i < s.end; i++) {
        uint8_t u = x->toks.upos[i];
        if (u != DL_UPOS_NOUN && u != DL_UPOS_VERB && u != DL_UPOS_PROPN && u != DL_UPOS_ADJ) continue;
        content++;
        dl_str lemma = dl_tok_lemma(x, i);
        for (uint32_t k = t.beg; k < t.end; k++)
            if (dl_str_eq_nocase(lemma, dl_tok_lemma(y, k))) {
                shared++;
                break;
            }
    }
    uint32_t least = t.end - t.beg < s.end - s.beg ? (t.end - t.beg) / 2 : content;
    return shared >= 4 && shared * 5 >= least;
}

static uint32_t gather(const dl_differ *d, scoped *v)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < d->m->n; i++) {
        const dl_doc *doc = dl_page(d->m->pages, d->m->page[i]);
        for (uint32_t s = 0; s < doc->sents.n && n < MAX_SCOPED; s++) {
            uint32_t at = 0, word = scope_of(doc, doc->sents.tok[s], &at);
            if (word != DL_NONE) {
                uint32_t end = doc->sents.tok[s].end;
                v[n++] = (scoped){
                    d->m->page[i], s, word, limited(doc, at, end), since_when(doc, at, end), noun_behind(doc, at, end)
                };
            }
        }
    }
    return n;
}

void dl_differ_broad(dl_differ *d)
{
    scoped v[MAX_SCOPED];
    uint32_t n = gather(d, v);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < n; k++) {
            if (v[i].word != v[k].word || d->m->lines->text[v[i].page] == d->m->lines->text[v[k].page]) continue;
            bool role = v[i].limited && !v[k].limited && shares_words(d, &v[i], &v[k]);
            bool time = superlative(v[i].word) && v[i].since && !v[k].since && v[i].noun && v[i].noun == v[k].noun;
            if (!role && !time) continue;
            const dl_doc *x = dl_page(d->m->pages, v[i].page), *y = dl_page(d->m->pages, v[k].page);
            dl_reading_in_work r[2] = { { .words = dl_doc_text(x, x->sents.span[v[i].sent]) },
                                        { .words = dl_doc_text(y, y->sents.span[v[k].sent]) } };
            dl_reading_put(&r[0], v[i].page, x->sents.span[v[i].sent]);
            dl_reading_put(&r[1], v[k].page, y->sents.span[v[k].sent]);
            dl_differ_put(d, DL_HOW_BROAD, DL_NONE, r[0].words, r, 2, "one limits what the other says of all");
        }
}
