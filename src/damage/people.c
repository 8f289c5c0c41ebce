/* people.c: damage that shows in names: two people run together, a clause that follows "follows", a
 * pronoun that fits nobody. */
#include "base/hash.h"
#include "damage/hunt.h"
#include "facts/facts.h"
#include "model/table.h"
#include "tags/tags.h"

#define NAMES_MAX 512 /* full names of a page that are compared; later ones are left alone         */

#define WORDS_MAX 4

typedef struct full { /* a person's name of several words */
    uint64_t word[WORDS_MAX];
    uint32_t words;
} full;

typedef struct cast {
    full name[NAMES_MAX];
    uint32_t n;
} cast;

static uint64_t word(const dl_hunt *h, uint32_t t) { return dl_hash_str(dl_tok_text(h->d, t)); }

static void set_paragraph(dl_hunt *h, uint32_t sent)
{
    const dl_doc *d = h->d;
    uint32_t b = sent, e = sent;
    while (b > 0 && d->sents.block[b - 1] == d->sents.block[sent]) b--;
    while (e + 1 < d->sents.n && d->sents.block[e + 1] == d->sents.block[sent]) e++;
    h->sent = d->sents.tok[sent];
    h->para = (dl_span){ d->sents.tok[b].beg, d->sents.tok[e].end };
}

static bool has(const full *f, uint64_t w)
{
    for (uint32_t i = 0; i < f->words; i++)
        if (f->word[i] == w) return true;
    return false;
}

/* "Holt Vey": the words of two names side by side, neither of them the other's. The pair itself
 * was collected as a name where the tagger took it for one person. */
static bool strangers(const cast *c, uint64_t a, uint64_t b)
{
    bool has_a = false, has_b = false;
    for (uint32_t i = 0; i < c->n; i++) {
        const full *f = &c->name[i];
        if (f->words == 2 && f->word[0] == a && f->word[1] == b) continue;
        bool x = has(f, a), y = has(f, b);
        if (x && y) return false;
        has_a |= x;
        has_b |= y;
    }
    return has_a && has_b;
}

static void collect(const dl_hunt *h, cast *c)
{
    const dl_doc *d = h->d;
    for (uint32_t i = 0; i < d->names.n && c->n < NAMES_MAX; i++) {
        dl_span t = d->names.tok[i];
        if (d->names.type[i] != DL_PER || dl_span_len(t) < 2 || t.end > d->toks.n) continue;
        full f = { .words = 0 };
        for (uint32_t k = t.beg; k < t.end && f.words < WORDS_MAX; k++) f.word[f.words++] = word(h, k);
        bool known = false;
        for (uint32_t k = 0; k < c->n && !known; k++)
            known = c->name[k].words == f.words && !memcmp(c->name[k].word, f.word, sizeof f.word);
        if (!known) c->name[c->n++] = f;
    }
}

/* A given name or a title before the other word: one person. */
static bool leads(const dl_hunt *h, uint32_t t)
{
    dl_facts f = dl_facts_open(h->m);
    dl_str w = dl_tok_text(h->d, t);
    return dl_facts_gender(&f, w) || dl_facts_agent(&f, w).kind != DL_AG_NONE || w.p[w.len - 1] == '.';
}

/* Names of two words at [t, t + 2), said to be one person or two. */
static bool pair_at(const dl_doc *d, uint32_t i, uint32_t *t)
{
    dl_span a = d->names.tok[i];
    if (d->names.type[i] != DL_PER) return false;
    *t = a.beg;
    if (dl_span_len(a) == 2) return true;
    return dl_span_len(a) == 1 && i + 1 < d->names.n && d->names.type[i + 1] == DL_PER && d->names.tok[i + 1].beg == a.end &&
           dl_span_len(d->names.tok[i + 1]) == 1;
}

static void run_together(dl_hunt *h, const cast *c, uint32_t i)
{
    uint32_t t;
    if (!pair_at(h->d, i, &t) || t + 2 >= h->para.end) return;
    uint64_t a = word(h, t), b = word(h, t + 1);
    if (leads(h, t) || leads(h, t + 1) || (t > h->para.beg && dl_hunt_pos(h, (int64_t)t - 1) == DL_XPOS_HYPH)) return;
    if (!strangers(c, a, b)) return;
    uint32_t again = 0;
    for (uint32_t k = 0; k < h->d->names.n; k++) {
        uint32_t u;
        if (pair_at(h->d, k, &u) && word(h, u) == a && u + 1 < h->d->toks.n && word(h, u + 1) == b) again++;
    }
    if (again > 1) return; /* a name after all */
    int64_t verb = (int64_t)t + 2 + (dl_hunt_pos(h, (int64_t)t + 2) == DL_XPOS_RB);
    if (dl_xpos_finite(dl_hunt_pos(h, verb)) && dl_hunt_lower(h, verb))
        dl_hunt_found(h, t, verb + 1, "order", 80, "two people side by side: who did it to whom is lost");
}

/* "Wang's visit follows the US president Joe Biden made a surprise visit". */
static void clause(dl_hunt *h, uint32_t i)
{
    static const char *const verbs[] = { "follows", "followed", "precedes", "preceded", "following" };
    const dl_doc *d = h->d;
    dl_span n = d->names.tok[i];
    if (d->names.type[i] != DL_PER || dl_hunt_pos(h, n.end) != DL_XPOS_VBD || !dl_hunt_lower(h, n.end)) return;
    int next = dl_hunt_pos(h, (int64_t)n.end + 1);
    if (next != DL_XPOS_DT && next != DL_XPOS_PRPS) return;
    int64_t t = (int64_t)n.beg - 1;
    for (int k = 0; k < 4 && t > h->sent.beg; k++, t--) {
        int pos = dl_hunt_pos(h, t);
        if (pos != DL_XPOS_DT && !dl_xpos_proper(pos) && pos != DL_XPOS_NN && pos != DL_XPOS_JJ) break;
    }
    if (dl_hunt_among(dl_hunt_word(h, t), verbs, DL_COUNT(verbs)) && dl_hunt_pos(h, t) != DL_XPOS_IN)
        dl_hunt_found(h, t, (int64_t)n.end + 2, "order", 65, "two clauses run together");
}

void dl_hunt_names(dl_hunt *h)
{
    cast *c = DL_NEW(h->a, 1, cast);
    if (!c) return;
    collect(h, c);
    const dl_doc *d = h->d;
    for (uint32_t i = 0; i < d->names.n && i < 4 * NAMES_MAX; i++) {
        uint32_t s = dl_sent_of_tok(d, d->names.tok[i].beg);
        if (s == DL_NONE) continue;
        set_paragraph(h, s);
        run_together(h, c, i);
        clause(h, i);
    }
}

/* ---- A pronoun that fits nobody ---- */

static bool pronoun(dl_str w)
{
    static const char *const words[] = { "he",  "she", "her", "his", "him", "hers", "He", "She",
                                         "Her", "His", "who", "I",   "my",  "we",   "We" };
    return dl_hunt_among(w, words, DL_COUNT(words));
}

static bool paper(dl_str w)
{
    static const char *const words[] = { "newspaper",   "daily",  "tabloid", "editorial",    "magazine",    "outlet",
                                         "broadcaster", "agency", "website", "ministry",     "company",     "statement",
                                         "report",      "weekly", "journal", "organization", "organisation" };
    return dl_hunt_among(w, words, DL_COUNT(words));
}

static bool speaks(const dl_tsv *cues, const dl_doc *d, uint32_t t)
{
    if (!dl_xpos_finite(d->toks.xpos[t])) return false;
    uint32_t r = dl_tsv_find_lower(cues, dl_tok_lemma(d, t));
    if (r == DL_NONE) return false;
    dl_str c = dl_tsv_cell(cues, r, 1);
    return dl_str_eq(c, DL_STR("say")) || dl_str_eq(c, DL_STR("judge"));
}

/* The only one who speaks in the paragraph is no person: a paper or an office before a speech verb,
 * and neither a person's name nor a pronoun. */
static bool thing_speaks(const dl_hunt *h, const dl_tsv *cues, dl_span para)
{
    bool found = false;
    for (uint32_t t = para.beg; t < para.end; t++) {
        dl_str w = dl_tok_text(h->d, t);
        if (pronoun(w) || dl_str_ends(w, DL_STR("man")) || dl_str_ends(w, DL_STR("woman")) || dl_str_ends(w, DL_STR("person")))
            return false;
        if (paper(w) && t + 1 < para.end && speaks(cues, h->d, t + 1)) found = true;
    }
    return found;
}

static bool person_between(const dl_doc *d, uint32_t beg, uint32_t end)
{
    /* names are in order: bisection for the first that ends behind `beg` */
    uint32_t lo = 0, hi = d->names.n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (d->names.tok[mid].end <= beg)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < d->names.n && d->names.tok[lo].beg < end; lo++)
        if (d->names.type[lo] == DL_PER) return true;
    return false;
}

/* Does somebody who is no person speak last before token `t` of the paragraph, and nobody after it? */
static bool thing_spoke_last(const dl_hunt *h, const dl_tsv *cues, uint32_t t)
{
    for (uint32_t k = t; k-- > h->para.beg;) {
        if (pronoun(dl_tok_text(h->d, k)) && !(h->d->toks.flags[k] & DL_TOK_QUOTED)) return false;
        if (speaks(cues, h->d, k)) return k > h->para.beg && paper(dl_tok_text(h->d, k - 1)) && !person_between(h->d, k, t);
    }
    return false;
}

/* “The debt is due,” the ministry said. “It is due now,” she added. */
static void same_paragraph(dl_hunt *h, const dl_tsv *cues)
{
    for (uint32_t t = h->para.beg + 1; t + 1 < h->para.end; t++) {
        if (!dl_hunt_is(h, t, "she") && !dl_hunt_is(h, t, "he")) continue;
        bool tag = dl_hunt_is(h, (int64_t)t - 1, "”") || dl_hunt_is(h, (int64_t)t - 1, "\"");
        if (tag && speaks(cues, h->d, t + 1) && thing_spoke_last(h, cues, t))
            dl_hunt_suspect(h, t, (int64_t)t + 2, "pronoun", 60, "the speaker before is no person");
        return;
    }
}

/* "..., “hijack” relations. / “The United States ...,” she added." where a newspaper spoke. */
void dl_hunt_gender(dl_hunt *h)
{
    const dl_doc *d = h->d;
    dl_tsv cues = dl_tsv_open(h->m, "speech_cues");
    dl_span before = { 0, 0 };
    for (uint32_t s = 0; s < d->sents.n; s++) {
        if (s && d->sents.block[s] == d->sents.block[s - 1]) continue;
        set_paragraph(h, s);
        same_paragraph(h, &cues);
        bool thing = dl_span_len(before) && thing_speaks(h, &cues, before) && !person_between(d, before.beg, before.end);
        for (uint32_t t = h->para.beg; thing && t + 1 < h->para.end; t++) {
            if (!dl_hunt_is(h, t, "she") && !dl_hunt_is(h, t, "he")) continue;
            if (speaks(&cues, d, t + 1) && !person_between(d, h->para.beg, t) &&
                (dl_hunt_is(h, (int64_t)t - 1, "”") || dl_hunt_is(h, (int64_t)t - 1, "\"")))
                dl_hunt_found(h, t, (int64_t)t + 2, "pronoun", 60, "the speaker before is no person");
            break;
        }
        before = h->para;
    }
}
