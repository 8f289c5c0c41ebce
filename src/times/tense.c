/* tense.c: does the verb that governs a time word look back or ahead?
 *
 * The nearest verb to the left in the clause decides ("said Tuesday that it will": said); where a
 * clause opens with the time ("On Friday, the court will"), the first verb to the right. Loose lists
 * of future words make weekdays worse, so only will/shall, "is to", and a few participles count. */
#include "tags/tags.h"
#include "times/scan.h"

#define LOOK_LEFT 14u
#define LOOK_RIGHT 22u

static bool one_of(const scan *s, uint32_t i, const char *const *list, size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (dl_times_is(s, i, list[k])) return true;
    return false;
}
#define ONE_OF(s, i, list) one_of((s), (i), (list), DL_COUNT(list))

static bool to_come(const scan *s, uint32_t i)
{
    static const char *const sure[] = { "will",  "ll",      "shall",   "expected",  "scheduled", "slated",   "due",     "planned",
                                        "plans", "expects", "payable", "effective", "would",     "supposed", "upcoming" };
    static const char *const be[] = { "is", "are", "set" };
    if (ONE_OF(s, i, sure)) return !dl_times_is(s, i + 1, "s"); /* a will's */
    if (dl_times_is(s, i, "won") && atom_mark(s, i + 1, '\'') && dl_times_is(s, i + 2, "t")) return true;
    if (dl_times_is(s, i, "to") && dl_times_is(s, i + 1, "be")) return true;
    return ONE_OF(s, i, be) && dl_times_is(s, i + 1, "to");
}

static bool gone_by(const scan *s, uint32_t i)
{
    static const char *const forms[] = { "said",   "was",   "were",  "had",  "did",    "told",  "has",    "have", "made",
                                         "took",   "came",  "met",   "went", "began",  "held",  "won",    "lost", "fell",
                                         "rose",   "left",  "sent",  "saw",  "gave",   "got",   "led",    "shot", "struck",
                                         "broke",  "spoke", "wrote", "ran",  "became", "found", "bought", "sold", "paid",
                                         "signed", "kept",  "put",   "hit",  "cut",    "set" };
    const atom *a = &s->a[i];
    if (a->xpos == DL_XPOS_VBD) return true;
    if (a->xpos && a->xpos != DL_XPOS_VBN && a->xpos != DL_XPOS_VBZ && a->xpos != DL_XPOS_VBP) return false;
    if (a->cls != A_OTHER || dl_times_is(s, i - 1, "be")) return false; /* "will be named": will decides */
    const dl_str w = { s->d->text + a->beg, a->end - a->beg };
    return (w.len > 3 && dl_str_ends(w, DL_STR("ed")) && dl_is_lower(w.p[0])) || ONE_OF(s, i, forms);
}

/* Words that open a clause of their own: its verb governs another time. */
static bool clause_opens(const scan *s, uint32_t i)
{
    static const char *const words[] = { "that", "which", "who",   "whose",   "where", "because",
                                         "if",   "when",  "while", "whether", "to" };
    return ONE_OF(s, i, words);
}

static bool clause_end(const scan *s, uint32_t i) { return atom_mark(s, i, ';') || atom_mark(s, i, ':') || atom_mark(s, i, '"'); }

int dl_times_tense(const scan *s, uint32_t beg, uint32_t end)
{
    uint32_t k = beg;
    for (unsigned n = 0; n < LOOK_LEFT && k > 0; n++) {
        k--;
        if (clause_end(s, k)) break;
        if (to_come(s, k)) return 1;
        if (gone_by(s, k)) return -1;
    }
    for (unsigned n = 0; n < LOOK_RIGHT && end + n < s->n; n++) {
        if (clause_end(s, end + n) || clause_opens(s, end + n)) break;
        if (to_come(s, end + n)) return 1;
        if (gone_by(s, end + n)) return -1;
    }
    return 0;
}
