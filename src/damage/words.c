/* words.c: damage that shows in the words of a sentence and in their order: the traces that links,
 * list marks and relative clauses leave when a page goes through translation and back. */
#include "damage/hunt.h"
#include "tags/tags.h"

static bool stop(const dl_hunt *h, int64_t t) { return dl_hunt_is(h, t, ".") || dl_hunt_is(h, t, "!") || dl_hunt_is(h, t, "?"); }

static bool opening(const dl_hunt *h, int64_t t)
{
    return dl_hunt_is(h, t, "“") || dl_hunt_is(h, t, "\"") || dl_hunt_is(h, t, "``");
}

static bool closing(const dl_hunt *h, int64_t t)
{
    return dl_hunt_is(h, t, "”") || dl_hunt_is(h, t, "\"") || dl_hunt_is(h, t, "''");
}

static bool finite(const dl_hunt *h, int64_t t) { return dl_xpos_finite(dl_hunt_pos(h, t)); }

/* "Anton Vey He arrived": a pronoun where a link stood, taking up the subject before it. */
void dl_hunt_pronoun(dl_hunt *h, uint32_t t)
{
    static const char *const words[] = { "He", "She", "They", "It", "We", "His", "Her", "Their" };
    if (!dl_hunt_among(dl_hunt_word(h, t), words, DL_COUNT(words))) return;
    if (t == h->sent.beg || h->shouting) return;
    int before = dl_hunt_pos(h, (int64_t)t - 1);
    if (!dl_xpos_noun(before) || !(h->d->toks.flags[t - 1] & DL_TOK_SPACE)) return;
    if (!dl_hunt_lower(h, (int64_t)t - 1) && !dl_hunt_capital(h, (int64_t)t - 1)) return;
    int64_t verb = (int64_t)t + 1 + (dl_hunt_pos(h, (int64_t)t + 1) == DL_XPOS_RB);
    if (!finite(h, verb) || !dl_hunt_lower(h, verb)) return;
    dl_hunt_found(h, (int64_t)t - 2, verb + 1, "pronoun", 85, "stray pronoun where a link stood");
}

/* Words that have a capital only where a sentence or a title begins. The first group seldom begins a
 * sentence: one of them inside a line is damage. The second does, and stands inside a line too where a
 * caption or a heading ran into it: damage only behind a comma. */
static bool joins(dl_str w)
{
    static const char *const words[] = { "And",    "But",   "Or",    "Including", "Which",   "While",   "Because", "With",
                                         "Who",    "Whose", "Where", "Although",  "From",    "To",      "For",     "Despite",
                                         "During", "By",    "Of",    "At",        "Is",      "Was",     "Were",    "Has",
                                         "Had",    "Will",  "Would", "Could",     "Against", "Between", "Through", "Under",
                                         "Over",   "Into",  "About", "Than" };
    return dl_hunt_among(w, words, DL_COUNT(words));
}

static bool starts(dl_str w)
{
    static const char *const words[] = { "If",    "As",   "After", "Before", "Since", "When",  "So", "Then",
                                         "There", "Also", "Not",   "That",   "His",   "Their", "Its" };
    return dl_hunt_among(w, words, DL_COUNT(words));
}

/* Adverbs that end or go on with a sentence. */
static bool goes_on(dl_str w)
{
    static const char *const words[] = { "Later",   "Earlier",    "Yesterday", "Tomorrow", "Again",     "Together",
                                         "Already", "Afterwards", "Soon",      "Recently", "Meanwhile", "Separately" };
    return dl_hunt_among(w, words, DL_COUNT(words));
}

static bool calendar(dl_str w)
{
    static const char *const words[] = { "Monday",  "Tuesday",   "Wednesday", "Thursday", "Friday",  "Saturday", "Sunday",
                                         "January", "February",  "March",     "April",    "May",     "June",     "July",
                                         "August",  "September", "October",   "November", "December" };
    return dl_hunt_among(w, words, DL_COUNT(words));
}

/* "of Ukraine, And if so", "in editorial On Tuesday", "the Russian invasion Expanding business ties":
 * a capital inside a sentence where a list mark or a sentence's end was lost. */
void dl_hunt_capitals(dl_hunt *h, uint32_t t)
{
    if (t <= h->sent.beg + 1 || h->shouting || (h->d->toks.flags[t] & DL_TOK_QUOTED)) return;
    dl_str w = dl_hunt_word(h, t);
    int64_t i = t;
    bool comma = dl_hunt_is(h, i - 1, ","), plain = dl_hunt_lower(h, i - 1);
    if (!comma && !plain) return;
    if ((joins(w) || (comma && starts(w))) && dl_hunt_lower(h, i + 1) &&
        (plain || dl_hunt_lower(h, i - 2) || dl_hunt_capital(h, i - 2))) {
        dl_hunt_found(h, i - 2, i + 2, "capital", 80, "capital inside a sentence");
        return;
    }
    if (!plain) return;
    if (goes_on(w) && (dl_hunt_lower(h, i + 1) || stop(h, i + 1) || dl_hunt_is(h, i + 1, ",")) &&
        dl_xpos_verb(dl_hunt_pos(h, i - 1))) {
        dl_hunt_found(h, i - 3, i + 1, "capital", 75, "capital inside a sentence");
        return;
    }
    bool noun = dl_hunt_pos(h, i - 1) == DL_XPOS_NN || dl_hunt_pos(h, i - 1) == DL_XPOS_NNS;
    bool low = noun || dl_hunt_pos(h, i - 1) == DL_XPOS_JJ;
    if ((dl_str_eq(w, DL_STR("On")) || dl_str_eq(w, DL_STR("In"))) && low && calendar(dl_hunt_word(h, i + 1)))
        dl_hunt_found(h, i - 2, i + 2, "capital", 75, "words lost before a date");
    int next = dl_hunt_pos(h, i + 1);
    if (noun && w.len >= 7 && dl_hunt_capital(h, i) && dl_str_ends(w, DL_STR("ing")) && dl_hunt_pos(h, i) == DL_XPOS_VBG &&
        dl_hunt_lower(h, i + 1) && (next == DL_XPOS_NN || next == DL_XPOS_NNS || next == DL_XPOS_JJ || next == DL_XPOS_DT))
        dl_hunt_found(h, i - 2, i + 3, "capital", 75, "separator lost between two clauses");
}

/* Words after which a full stop is no sentence's end. */
static bool shortened(const dl_hunt *h, int64_t t)
{
    static const char *const words[] = { "inc",  "corp", "ltd",  "dept", "approx", "esp", "etc",
                                         "govt", "prof", "capt", "sept", "figs",   "plus" };
    dl_str w = dl_hunt_word(h, t);
    if (w.len < 4 || memchr(w.p, '.', w.len)) return true;
    for (size_t i = 0; i < DL_COUNT(words); i++)
        if (dl_str_eq_nocase(w, dl_str_of(words[i]))) return true;
    return false;
}

static int64_t sentence_end(const dl_hunt *h, int64_t t)
{
    while (t < h->para.end && !stop(h, t)) t++;
    return t;
}

static bool any_finite(const dl_hunt *h, int64_t beg, int64_t end)
{
    for (; beg < end; beg++)
        if (finite(h, beg)) return true;
    return false;
}

/* "as well as Germany. security conference.": what stood in a link is cut off behind a full stop. */
static void fragment(dl_hunt *h, int64_t t)
{
    int64_t end = sentence_end(h, t + 1);
    if (end >= h->para.end || end - t < 3 || end - t > 7 || any_finite(h, t + 1, end)) return;
    dl_str first = dl_hunt_word(h, t + 1);
    int pos = dl_hunt_pos(h, t + 1);
    if (first.len < 3 || !(dl_xpos_noun(pos) || pos == DL_XPOS_JJ || pos == DL_XPOS_IN)) return;
    for (int64_t k = t + 1; k < end; k++)
        if (!dl_is_alpha((unsigned char)dl_hunt_word(h, k).p[0])) return; /* addresses, lists, figures */
    dl_hunt_found(h, t - 3, end + 1, "break", 80, "a full stop cuts a sentence in two");
}

/* "held the driver. lorry, a man of fifty, in his bed.": the noun that a link named. */
static void apposition(dl_hunt *h, int64_t t)
{
    int64_t end = sentence_end(h, t + 1);
    int before = dl_hunt_pos(h, t - 1), first = dl_hunt_pos(h, t + 1);
    if (end >= h->para.end || !dl_hunt_is(h, t + 2, ",") || any_finite(h, t + 1, end)) return;
    if (!dl_hunt_lower(h, t - 1) || (before != DL_XPOS_NN && before != DL_XPOS_NNS)) return;
    if (first == DL_XPOS_NN || first == DL_XPOS_NNS)
        dl_hunt_found(h, t - 3, t + 5, "break", 80, "a full stop cuts a sentence in two");
}

/* "its position on the issue. “political settlement” from the crisis." */
static void torn_quotation(dl_hunt *h, int64_t t)
{
    int64_t shut = t + 2;
    while (shut < h->para.end && shut < t + 9 && !closing(h, shut)) shut++;
    if (!closing(h, shut) || shut - t < 3 || any_finite(h, t + 2, shut)) return;
    int64_t end = sentence_end(h, shut + 1);
    if (end >= h->para.end) return;
    int next = dl_hunt_pos(h, shut + 1);
    bool tail =
        dl_hunt_lower(h, t + 2) && (next == DL_XPOS_IN || next == DL_XPOS_TO) && end - shut < 9 && !any_finite(h, shut + 1, end);
    /* a relative clause that became a sentence: “Red lines” Washington drafted it. */
    bool turned = dl_xpos_proper(next) && finite(h, shut + 2) && end == shut + 4 && dl_hunt_pos(h, shut + 3) == DL_XPOS_PRP;
    if (tail || turned) dl_hunt_found(h, t - 3, end + 1, "break", 85, "a full stop cuts a sentence in two");
}

void dl_hunt_breaks(dl_hunt *h, uint32_t t)
{
    int64_t i = t;
    if (!stop(h, i) || i + 1 >= h->para.end) return;
    bool space = h->d->toks.flags[t] & DL_TOK_SPACE;
    /* ". .": the second is left of a line that was taken out; three of them are an ellipsis */
    if (space && dl_hunt_is(h, i, ".") && dl_hunt_is(h, i + 1, ".") && !dl_hunt_is(h, i + 2, ".") && !dl_hunt_is(h, i - 1, ".") &&
        !h->d->meta->tokens_given)
        dl_hunt_found(h, i - 2, i + 2, "break", 70, "a stray full stop");
    if (!space || !dl_hunt_is(h, i, ".") || shortened(h, i - 1)) return;
    if (dl_hunt_lower(h, i + 1)) {
        fragment(h, i);
        apposition(h, i);
    } else if (opening(h, i + 1))
        torn_quotation(h, i);
}

/* "a normally end-of-year call": the adverb that a translator gave for an adjective. */
void dl_hunt_adverb(dl_hunt *h, uint32_t t)
{
    static const char *const words[] = { "normally",     "usually",   "traditionally", "formerly",   "previously",
                                         "currently",    "recently",  "generally",     "commonly",   "annually",
                                         "customarily",  "initially", "originally",    "eventually", "presently",
                                         "occasionally", "regularly", "officially",    "immediately" };
    if (!dl_hunt_among(dl_hunt_word(h, t), words, DL_COUNT(words))) return;
    int64_t i = t;
    if (!dl_hunt_is(h, i - 1, "a") && !dl_hunt_is(h, i - 1, "an")) return;
    int next = dl_hunt_pos(h, i + 1);
    if ((next != DL_XPOS_NN && next != DL_XPOS_NNS) || !dl_hunt_lower(h, i + 1)) return;
    if (dl_hunt_is(h, i + 2, "-") && !dl_hunt_is(h, i + 3, "of") && !dl_hunt_is(h, i + 3, "to")) return; /* state-owned */
    for (int64_t k = i + 2; k < i + 5; k++)
        if (dl_hunt_pos(h, k) == DL_XPOS_VBN || dl_hunt_pos(h, k) == DL_XPOS_JJ) return;
    dl_hunt_found(h, i - 1, i + 3, "adverb", 60, "an adverb where an adjective stood");
}
