/* acronyms.c: an abbreviation that a translator spelled out against the page's own definition:
 * "Lima Water Forum (LWF)" above, "the Liberal Workers Federation" below. */
#include "base/hash.h"
#include "damage/hunt.h"

#define DEFINED_MAX 64
#define LETTERS_MAX 6

typedef struct defined {
    char letter[LETTERS_MAX];
    uint32_t n;
    uint64_t word[LETTERS_MAX];
} defined;

static bool small(dl_str w)
{
    static const char *const words[] = { "of", "the", "and", "for", "in", "on", "to", "&", "de", "du", "des", "la" };
    return dl_hunt_among(w, words, DL_COUNT(words));
}

static bool big(dl_str w) { return w.len >= 3 && dl_is_upper((unsigned char)w.p[0]) && dl_is_lower((unsigned char)w.p[1]); }

static bool acronym(dl_str w)
{
    if (w.len < 3 || w.len > LETTERS_MAX) return false;
    for (size_t i = 0; i < w.len; i++)
        if (!dl_is_upper((unsigned char)w.p[i])) return false;
    return true;
}

/* The words before "(MSC)" when their initials are its letters. */
static bool define(const dl_doc *d, uint32_t open, dl_str acro, defined *out)
{
    *out = (defined){ .n = (uint32_t)acro.len };
    uint32_t t = open;
    for (size_t k = acro.len; k-- > 0;) {
        do {
            if (t == 0) return false;
            t--;
        } while (small(dl_tok_text(d, t)) && t + 12 > open);
        dl_str w = dl_tok_text(d, t);
        if (!big(w) || w.p[0] != acro.p[k]) return false;
        out->letter[k] = acro.p[k];
        out->word[k] = dl_hash_str(w);
    }
    return true;
}

static uint32_t collect(const dl_doc *d, defined *def)
{
    uint32_t n = 0;
    for (uint32_t t = 1; t + 2 < d->toks.n && n < DEFINED_MAX; t++)
        if (dl_str_eq(dl_tok_text(d, t), DL_STR("(")) && dl_str_eq(dl_tok_text(d, t + 2), DL_STR(")")) &&
            acronym(dl_tok_text(d, t + 1)) && define(d, t, dl_tok_text(d, t + 1), &def[n]))
            n++;
    return n;
}

/* A run of capitalised words [*beg, end) from t on; small words stand inside it only. */
static uint32_t run_end(const dl_hunt *h, uint32_t t)
{
    uint32_t end = t;
    for (uint32_t k = t; k < h->sent.end && k < t + 3 * LETTERS_MAX; k++) {
        dl_str w = dl_tok_text(h->d, k);
        if (big(w))
            end = k + 1;
        else if (!small(w))
            break;
    }
    return end;
}

static void compare(dl_hunt *h, const defined *def, uint32_t n_def, uint32_t beg, uint32_t end)
{
    uint64_t word[LETTERS_MAX];
    char letter[LETTERS_MAX];
    uint32_t n = 0;
    for (uint32_t k = beg; k < end; k++) {
        dl_str w = dl_tok_text(h->d, k);
        if (!big(w)) continue;
        if (n == LETTERS_MAX) return;
        letter[n] = w.p[0];
        word[n++] = dl_hash_str(w);
    }
    for (uint32_t i = 0; i < n_def; i++) {
        if (def[i].n != n || memcmp(def[i].letter, letter, n) != 0) continue;
        uint32_t other = 0;
        for (uint32_t k = 0; k < n; k++) other += word[k] != def[i].word[k];
        if (other * 2 >= n && !dl_str_eq(dl_hunt_word(h, end), DL_STR("(")))
            dl_hunt_found(h, beg, end, "acronym", 75, "spelled out against the page's own definition");
        if (other * 2 < n) return;
    }
}

void dl_hunt_acronyms(dl_hunt *h)
{
    const dl_doc *d = h->d;
    defined *def = DL_NEW(h->a, DEFINED_MAX, defined);
    uint32_t n = def ? collect(d, def) : 0;
    if (!n) return;
    for (uint32_t s = 0; s < d->sents.n; s++) {
        h->sent = h->para = d->sents.tok[s];
        for (uint32_t t = h->sent.beg; t < h->sent.end;) {
            if (!big(dl_tok_text(d, t))) {
                t++;
                continue;
            }
            uint32_t end = run_end(h, t);
            /* "The" at the head of a sentence is no part of a name */
            compare(h, def, n, t + (dl_hunt_is(h, t, "The") && end - t > 1), end);
            t = end;
        }
    }
}
