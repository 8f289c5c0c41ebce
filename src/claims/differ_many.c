/* differ_many.c: two numbers for one thing.
 *
 * A number counts what the noun behind it names, and what is said of it: "seven civilians were killed", "900 tonnes of oil".
 * Two texts differ when the same noun, of the same stuff or under the same verb, has two values that cannot both be right: "at
 * least seven" and "nine" can. Days, years and ages are no counts. A text that has both values knows of two things. */
#include "base/hash.h"
#include "base/sort.h"
#include "claims/differ.h"
#include "claims/number.h"
#include "tags/tags.h"

enum { MAX_COUNTS = 1024 };
typedef enum bound { EXACT, AT_LEAST, AT_MOST, ABOUT } bound;

typedef struct amount {
    uint64_t what; /* noun, and its stuff or its verb                                           */
    double value;
    bound how;
    uint32_t page;
    dl_span span; /* of the sentence                                                           */
    dl_str words; /* number and noun as printed                                                */
} amount;

static bool in_a_time(const dl_doc *d, dl_span s)
{
    for (uint32_t i = 0; i < d->times.n && d->times.span[i].beg < s.end; i++)
        if (dl_span_meet(d->times.span[i], s)) return true;
    return false;
}

static bool word_is(const dl_doc *d, uint32_t tok, const char *word)
{
    return dl_str_eq_nocase(dl_tok_text(d, tok), dl_str_of(word));
}

static bound bound_of(const dl_doc *d, uint32_t first, uint32_t tok)
{
    static const char *const about[] = { "about", "around", "nearly", "almost", "some", "roughly", "approximately" };
    for (size_t i = 0; tok > first && i < DL_COUNT(about); i++)
        if (word_is(d, tok - 1, about[i])) return ABOUT;
    if (tok > first && word_is(d, tok - 1, "over")) return AT_LEAST;
    if (tok > first + 1) {
        if ((word_is(d, tok - 2, "at") && word_is(d, tok - 1, "least")) || word_is(d, tok - 2, "more")) return AT_LEAST;
        if (word_is(d, tok - 2, "up") || (word_is(d, tok - 2, "at") && word_is(d, tok - 1, "most"))) return AT_MOST;
        if (word_is(d, tok - 2, "fewer") || word_is(d, tok - 2, "less")) return AT_MOST;
    }
    return EXACT;
}

/* Verbs that say one thing of those who are counted. */
static dl_str plain_verb(dl_str lemma)
{
    static const char *const one[][2] = { { "kill", "die" },     { "drown", "die" },   { "perish", "die" },
                                          { "wound", "injure" }, { "hurt", "injure" }, { "detain", "arrest" } };
    for (size_t i = 0; i < DL_COUNT(one); i++)
        if (dl_str_eq_nocase(lemma, dl_str_of(one[i][0]))) return dl_str_of(one[i][1]);
    return lemma;
}

/* The stuff behind "of", or else the verb that the noun hangs on; 0: neither. */
static uint64_t said_of(const dl_doc *d, uint32_t noun, uint32_t end)
{
    if (noun + 2 < end && word_is(d, noun + 1, "of")) {
        uint32_t k = noun + 2;
        while (k + 1 < end &&
               (d->toks.upos[k] == DL_UPOS_DET || d->toks.upos[k] == DL_UPOS_ADJ || d->toks.upos[k + 1] == DL_UPOS_NOUN))
            k++;
        if (d->toks.upos[k] == DL_UPOS_NOUN) return dl_hash_str(dl_tok_lemma(d, k));
    }
    uint32_t head = d->toks.head[noun];
    if (head == DL_NONE || head == noun || d->toks.upos[head] != DL_UPOS_VERB) return 0;
    return dl_hash_str(plain_verb(dl_tok_lemma(d, head)));
}

/* The value at `k`, with "200 billion" as one; *last is its last token. */
static double number_at(const dl_doc *d, uint32_t k, uint32_t end, uint32_t *last)
{
    double v = dl_number_value(dl_tok_text(d, k));
    for (*last = k; *last + 1 < end && d->toks.xpos[*last + 1] == DL_XPOS_CD; ++*last) {
        double more = dl_number_value(dl_tok_text(d, *last + 1));
        if (more >= 100 && v > 0) v *= more;
    }
    return v;
}

static size_t counts_of(const dl_doc *d, uint32_t page, uint32_t sent, amount *out, size_t n)
{
    dl_span t = d->sents.tok[sent];
    for (uint32_t k = t.beg; k < t.end && n < MAX_COUNTS; k++) {
        uint32_t last;
        if (d->toks.xpos[k] != DL_XPOS_CD || in_a_time(d, d->toks.span[k])) continue;
        double v = number_at(d, k, t.end, &last);
        uint32_t at = last + 1;
        while (at < t.end && at < k + 5 && (d->toks.upos[at] == DL_UPOS_ADJ || d->toks.xpos[at] == DL_XPOS_VBN)) at++;
        while (at + 1 < t.end && d->toks.upos[at] == DL_UPOS_NOUN && d->toks.upos[at + 1] == DL_UPOS_NOUN) at++;
        if (v < 0 || at >= t.end || d->toks.upos[at] != DL_UPOS_NOUN) continue;
        uint64_t of = said_of(d, at, t.end);
        dl_span words = { d->toks.span[k].beg, d->toks.span[at].end };
        if (of)
            out[n++] = (amount){ dl_hash_mix(dl_hash_str(dl_tok_lemma(d, at)), of),
                                 v,
                                 bound_of(d, t.beg, k),
                                 page,
                                 d->sents.span[sent],
                                 dl_doc_text(d, words) };
        k = at;
    }
    return n;
}

static bool compatible(const amount *a, const amount *b)
{
    double lo = a->value < b->value ? a->value : b->value, hi = a->value < b->value ? b->value : a->value;
    if (lo == hi) return true;
    if (a->how == ABOUT || b->how == ABOUT) return hi <= lo * 1.15;
    if (a->how == AT_LEAST && b->value >= a->value) return true;
    if (b->how == AT_LEAST && a->value >= b->value) return true;
    if (a->how == AT_MOST && b->value <= a->value) return true;
    return b->how == AT_MOST && a->value <= b->value;
}

static bool damaged(const dl_doc *d, dl_span s)
{
    for (uint32_t i = 0; i < d->damages.n; i++)
        if (dl_span_meet(d->damages.span[i], s)) return true;
    return false;
}

static uint32_t text_of(const dl_differ *d, const amount *a) { return d->m->lines->text[a->page]; }

/* Does the text of `a` have the value of `b`, too? */
static bool knows_both(const dl_differ *d, const amount *v, size_t n, const amount *a, const amount *b)
{
    for (size_t i = 0; i < n; i++)
        if (text_of(d, &v[i]) == text_of(d, a) && v[i].value == b->value) return true;
    return false;
}

static void put(dl_differ *d, const amount *v, size_t n, const amount *a, const amount *b)
{
    dl_reading_in_work r[2] = { { .words = a->words }, { .words = b->words } };
    for (size_t i = 0; i < n; i++) {
        if (v[i].value == a->value) dl_reading_put(&r[0], v[i].page, v[i].span);
        if (v[i].value == b->value) dl_reading_put(&r[1], v[i].page, v[i].span);
    }
    dl_differ_put(d, DL_HOW_MANY, DL_NONE, dl_doc_text(dl_page(d->m->pages, a->page), a->span), r, 2, "");
}

/* Amounts of one thing: the first two that cannot both be right. */
static void look(dl_differ *d, const amount *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n && k < i + DL_PAIRS_MAX; k++) {
            if (text_of(d, &v[i]) == text_of(d, &v[k]) || compatible(&v[i], &v[k])) continue;
            if (knows_both(d, v, n, &v[i], &v[k]) || knows_both(d, v, n, &v[k], &v[i])) continue;
            put(d, v, n, &v[i], &v[k]);
            return;
        }
}

static int by_thing(const void *a, const void *b, const void *ctx)
{
    const amount *x = a, *y = b;
    (void)ctx;
    return (x->what > y->what) - (x->what < y->what);
}

void dl_differ_many(dl_differ *d)
{
    amount *v = DL_NEW(d->keep, MAX_COUNTS, amount);
    size_t n = 0;
    if (!v) d->failed = true;
    for (uint32_t i = 0; v && i < d->m->n; i++) {
        const dl_doc *doc = dl_page(d->m->pages, d->m->page[i]);
        for (uint32_t s = 0; s < doc->sents.n; s++)
            if (!damaged(doc, doc->sents.span[s])) n = counts_of(doc, d->m->page[i], s, v, n);
    }
    if (!v || !dl_sort(v, n, sizeof *v, by_thing, NULL, d->keep)) return;
    for (size_t beg = 0, end; beg < n; beg = end) {
        for (end = beg + 1; end < n && v[end].what == v[beg].what;) end++;
        look(d, v + beg, end - beg);
    }
}
