/* differ_many.c: two numbers for one thing.
 *
 * A number counts what the noun behind it names ("seven civilians", "200 billion dollars"). Two pages
 * differ when the same noun in the same claim has two values that cannot both be right: "at least
 * seven" and "nine" can. Days, years and ages are no counts. */
#include "base/utf8.h"
#include "claims/differ.h"
#include "tags/tags.h"

enum { MAX_COUNTS = 96 };
typedef enum bound { EXACT, AT_LEAST, AT_MOST, ABOUT } bound;

typedef struct amount {
    double value;
    bound how;
    dl_str noun; /* lemma */
    uint32_t page;
    dl_span span; /* of the clause */
    dl_str words; /* number and noun as printed */
} amount;

static const struct {
    const char *word;
    double value;
} number_words[] = { { "one", 1 },       { "two", 2 },        { "three", 3 },      { "four", 4 },      { "five", 5 },
                     { "six", 6 },       { "seven", 7 },      { "eight", 8 },      { "nine", 9 },      { "ten", 10 },
                     { "eleven", 11 },   { "twelve", 12 },    { "thirteen", 13 },  { "fourteen", 14 }, { "fifteen", 15 },
                     { "sixteen", 16 },  { "seventeen", 17 }, { "eighteen", 18 },  { "nineteen", 19 }, { "twenty", 20 },
                     { "thirty", 30 },   { "forty", 40 },     { "fifty", 50 },     { "sixty", 60 },    { "seventy", 70 },
                     { "eighty", 80 },   { "ninety", 90 },    { "dozen", 12 },     { "hundred", 100 }, { "thousand", 1000 },
                     { "million", 1e6 }, { "billion", 1e9 },  { "trillion", 1e12 } };

static double word_value(dl_str s)
{
    for (size_t i = 0; i < DL_COUNT(number_words); i++)
        if (dl_str_eq_nocase(s, dl_str_of(number_words[i].word))) return number_words[i].value;
    return -1;
}

/* "3,000", "7", "2.5", "seven"; below 0: not a number. */
static double value_of(dl_str s)
{
    double v = 0, part = 0;
    bool digits = false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.p[i];
        if (c == ',' && digits && i + 3 < s.len) continue;
        if (c == '.' && digits && part == 0) {
            part = 1;
            continue;
        }
        if (!dl_is_digit((unsigned char)c)) return word_value(s);
        digits = true;
        if (part > 0) {
            part /= 10;
            v += (c - '0') * part;
        } else {
            v = v * 10 + (c - '0');
        }
    }
    return digits ? v : -1;
}

static bool in_a_time(const dl_doc *d, dl_span s)
{
    for (uint32_t i = 0; i < d->times.n; i++)
        if (dl_span_meet(d->times.span[i], s)) return true;
    return false;
}

static bool word_is(const dl_doc *d, uint32_t tok, const char *word)
{
    return dl_str_eq_nocase(dl_tok_text(d, tok), dl_str_of(word));
}

static bound bound_of(const dl_doc *d, uint32_t first, uint32_t tok)
{
    if (tok > first) {
        if (word_is(d, tok - 1, "about") || word_is(d, tok - 1, "around") || word_is(d, tok - 1, "nearly") ||
            word_is(d, tok - 1, "almost") || word_is(d, tok - 1, "some") || word_is(d, tok - 1, "roughly") ||
            word_is(d, tok - 1, "approximately"))
            return ABOUT;
        if (word_is(d, tok - 1, "over")) return AT_LEAST;
    }
    if (tok > first + 1) {
        if ((word_is(d, tok - 2, "at") && word_is(d, tok - 1, "least")) || word_is(d, tok - 2, "more")) return AT_LEAST;
        if (word_is(d, tok - 2, "up") || (word_is(d, tok - 2, "at") && word_is(d, tok - 1, "most"))) return AT_MOST;
        if (word_is(d, tok - 2, "fewer") || word_is(d, tok - 2, "less")) return AT_MOST;
    }
    return EXACT;
}

/* The counts of one clause. */
static uint32_t counts_of(const dl_doc *d, uint32_t page, dl_span clause, amount *out, uint32_t n)
{
    dl_span t = dl_toks_of(d, clause);
    for (uint32_t k = t.beg; k < t.end && n < MAX_COUNTS; k++) {
        if (d->toks.xpos[k] != DL_XPOS_CD || in_a_time(d, d->toks.span[k])) continue;
        double v = value_of(dl_tok_text(d, k));
        uint32_t first = k, at = k + 1;
        for (; at < t.end && d->toks.xpos[at] == DL_XPOS_CD; at++) { /* "200 billion" */
            double more = word_value(dl_tok_text(d, at));
            if (more >= 100 && v > 0) v *= more;
        }
        while (at < t.end && at < k + 5 && (d->toks.upos[at] == DL_UPOS_ADJ || d->toks.xpos[at] == DL_XPOS_VBN)) at++;
        while (at + 1 < t.end && d->toks.upos[at] == DL_UPOS_NOUN && d->toks.upos[at + 1] == DL_UPOS_NOUN) at++;
        if (v < 0 || at >= t.end || d->toks.upos[at] != DL_UPOS_NOUN) continue;
        dl_span words = { d->toks.span[first].beg, d->toks.span[at].end };
        out[n++] = (amount){ v, bound_of(d, t.beg, first), dl_tok_lemma(d, at), page, clause, dl_doc_text(d, words) };
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

static void look(dl_differ *d, uint32_t row)
{
    const dl_claim *c = &d->claims->claim[row];
    amount v[MAX_COUNTS];
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->n && i < DL_PAIRS_MAX; i++)
        if (!c->support[i].damaged)
            n = counts_of(dl_page(d->m->pages, c->support[i].page), c->support[i].page, c->support[i].span, v, n);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = i + 1; k < n; k++) {
            if (d->m->lines->text[v[i].page] == d->m->lines->text[v[k].page] || !dl_str_eq_nocase(v[i].noun, v[k].noun) ||
                compatible(&v[i], &v[k]))
                continue;
            dl_reading_in_work r[2] = { { .words = v[i].words }, { .words = v[k].words } };
            for (uint32_t s = 0; s < n; s++) {
                if (!dl_str_eq_nocase(v[s].noun, v[i].noun)) continue;
                if (v[s].value == v[i].value) dl_reading_put(&r[0], v[s].page, v[s].span);
                if (v[s].value == v[k].value) dl_reading_put(&r[1], v[s].page, v[s].span);
            }
            dl_differ_put(d, DL_HOW_MANY, row, dl_differ_about(d, row), r, 2, "");
            return; /* one row a claim */
        }
}

void dl_differ_many(dl_differ *d)
{
    for (uint32_t i = 0; i < d->claims->n; i++)
        if (d->claims->claim[i].n > 1) look(d, i);
}
