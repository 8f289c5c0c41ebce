/* clauses.c: damage that shows in how clauses hang together: a verb without what it needs, a subject
 * taken up twice, an article before an article. What an honest page has now and then too is noted
 * as suspect, and counts on a page alone that went through a machine for certain. */
#include "damage/hunt.h"
#include "facts/facts.h"
#include "tags/tags.h"

static bool comma(const dl_hunt *h, int64_t t) { return dl_hunt_is(h, t, ","); }
static bool finite(const dl_hunt *h, int64_t t) { return dl_xpos_finite(dl_hunt_pos(h, t)); }
static bool determiner(const dl_hunt *h, int64_t t) { return dl_hunt_pos(h, t) == DL_XPOS_DT; }
static bool lower_noun(const dl_hunt *h, int64_t t)
{
    int pos = dl_hunt_pos(h, t);
    return (pos == DL_XPOS_NN || pos == DL_XPOS_NNS) && dl_hunt_lower(h, t);
}

static bool article(const dl_hunt *h, int64_t t)
{
    static const char *const words[] = { "the", "The", "a", "A", "an", "An" };
    return dl_hunt_among(dl_hunt_word(h, t), words, DL_COUNT(words));
}

static bool person_pronoun(const dl_hunt *h, int64_t t)
{
    static const char *const words[] = { "he", "she", "they", "it" };
    return dl_hunt_among(dl_hunt_word(h, t), words, DL_COUNT(words));
}

static bool weekday(dl_str w)
{
    static const char *const words[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };
    return dl_hunt_among(w, words, DL_COUNT(words));
}

/* "Brandt Holm also told, the minister of ports, that": whom she told stands before the verb. */
void dl_hunt_told(dl_hunt *h, uint32_t t)
{
    int64_t i = t, beg = i - 1;
    if (!dl_hunt_is(h, i, "told") || !comma(h, i + 1) || !determiner(h, i + 2) || !lower_noun(h, i + 3)) return;
    if (dl_hunt_pos(h, beg) == DL_XPOS_RB) beg--;
    if (!dl_xpos_proper(dl_hunt_pos(h, beg))) return;
    while (beg > h->sent.beg && (dl_xpos_proper(dl_hunt_pos(h, beg - 1)) || dl_hunt_pos(h, beg - 1) == DL_XPOS_HYPH)) beg--;
    dl_hunt_found(h, beg, i + 4, "order", 80, "who told whom is lost");
}

/* "The Danish the prime minister": an article before an article. */
void dl_hunt_articles(dl_hunt *h, uint32_t t)
{
    int64_t i = t;
    if (!article(h, i) || !dl_hunt_capital(h, i + 1) || !dl_hunt_is(h, i + 2, "the")) return;
    int pos = dl_hunt_pos(h, i + 1), next = dl_hunt_pos(h, i + 3);
    if (pos != DL_XPOS_JJ && pos != DL_XPOS_NNP) return;
    dl_facts f = dl_facts_open(h->m);
    bool of_people = dl_facts_agent(&f, dl_hunt_word(h, i + 4)).kind != DL_AG_NONE ||
                     dl_facts_agent(&f, dl_hunt_word(h, i + 3)).kind != DL_AG_NONE;
    if (of_people && (next == DL_XPOS_NN || next == DL_XPOS_JJ))
        dl_hunt_found(h, i, i + 4, "order", 75, "an article before an article");
}

/* "summoned on Friday's ambassador Ilse Dorn": the day came between the verb and whom it takes. */
void dl_hunt_days(dl_hunt *h, uint32_t t)
{
    int64_t i = t;
    if (!dl_hunt_is(h, i, "on") || !weekday(dl_hunt_word(h, i + 1)) || dl_hunt_pos(h, i + 2) != DL_XPOS_POS) return;
    if (!dl_xpos_verb(dl_hunt_pos(h, i - 1)) || !lower_noun(h, i + 3) || !dl_xpos_proper(dl_hunt_pos(h, i + 4))) return;
    dl_facts f = dl_facts_open(h->m);
    if (dl_facts_agent(&f, dl_hunt_word(h, i + 3)).kind != DL_AG_NONE)
        dl_hunt_found(h, i - 1, i + 5, "order", 75, "a day stands where a name belongs");
}

/* "by dusk, port office. He said that": the speaker's clause broke off. */
static void torn_speaker(dl_hunt *h, int64_t stop)
{
    int64_t beg = stop - 1;
    if (!dl_hunt_is(h, stop, ".") || !(dl_hunt_is(h, stop + 1, "He") || dl_hunt_is(h, stop + 1, "She"))) return;
    if (!finite(h, stop + 2) || !dl_hunt_is(h, stop + 3, "that")) return;
    while (beg > stop - 4 && lower_noun(h, beg)) beg--;
    if (beg < stop - 1 && comma(h, beg) && !dl_xpos_proper(dl_hunt_pos(h, beg - 1)))
        dl_hunt_suspect(h, beg - 2, stop + 4, "break", 65, "the speaker was cut off from what was said");
}

/* Words that let another finite verb follow. */
static bool links(const dl_hunt *h, int64_t t)
{
    int pos = dl_hunt_pos(h, t);
    return pos == DL_XPOS_CC || pos == DL_XPOS_WDT || pos == DL_XPOS_WP || pos == DL_XPOS_WRB || pos == DL_XPOS_COLON ||
           pos == DL_XPOS_PRP || comma(h, t) || dl_hunt_is(h, t, "that") || dl_hunt_is(h, t, "after") ||
           dl_hunt_is(h, t, "before") || dl_hunt_is(h, t, "as") || dl_hunt_is(h, t, "since") || dl_hunt_is(h, t, "because") ||
           dl_hunt_is(h, t, "if") || dl_hunt_is(h, t, "whether") || dl_hunt_is(h, t, "though") || dl_hunt_is(h, t, "until") ||
           dl_hunt_is(h, t, "while") || dl_hunt_is(h, t, "“") || dl_hunt_is(h, t, "\"");
}

/* "made a call to Brandt voiced her sorrow": one subject, two verbs and nothing between. */
static void second_verb(dl_hunt *h, int64_t t)
{
    enum { BACK = 10 };
    if (dl_hunt_pos(h, t) != DL_XPOS_VBD || !dl_xpos_proper(dl_hunt_pos(h, t - 1))) return;
    if (dl_hunt_pos(h, t + 1) != DL_XPOS_PRPS && !determiner(h, t + 1)) return;
    int64_t name = t - 1;
    while (name > h->sent.beg && dl_xpos_proper(dl_hunt_pos(h, name - 1))) name--;
    if (dl_hunt_pos(h, name - 1) != DL_XPOS_IN && dl_hunt_pos(h, name - 1) != DL_XPOS_TO) return;
    for (int64_t k = name - 1; k >= h->sent.beg && k > name - BACK; k--) {
        if (links(h, k)) return;
        if (dl_hunt_pos(h, k) == DL_XPOS_VBD) {
            dl_hunt_suspect(h, k, t + 3, "order", 60, "two clauses run together");
            return;
        }
    }
}

/* "if the talks on fish, planned for May, they will be held": the subject is taken up again. */
static void taken_up(dl_hunt *h, int64_t t)
{
    enum { BACK = 16 };
    if (!comma(h, t - 1) || !person_pronoun(h, t) || !finite(h, t + 1)) return;
    bool noun = false;
    for (int64_t k = t - 2; k >= h->sent.beg && k > t - BACK; k--) {
        noun |= lower_noun(h, k);
        if (dl_hunt_is(h, k, "if") || dl_hunt_is(h, k, "whether") || dl_hunt_is(h, k, "that")) {
            if (noun && t - k > 4 && determiner(h, k + 1) &&
                finite(h, k - 2) + finite(h, k - 1) + (dl_hunt_pos(h, k - 1) == DL_XPOS_VBN) > 0)
                dl_hunt_suspect(h, t - 3, t + 4, "pronoun", 65, "the subject is taken up again");
            return;
        }
        if (finite(h, k) || (links(h, k) && !comma(h, k))) return;
    }
}

/* "the invasion Expanding trade": a capital on a word that is no name and begins nothing. */
static void odd_capital(dl_hunt *h, int64_t t)
{
    int pos = dl_hunt_pos(h, t);
    bool plain = dl_xpos_verb(pos) || pos == DL_XPOS_RB || pos == DL_XPOS_RBR || pos == DL_XPOS_IN || pos == DL_XPOS_MD;
    if (t <= h->sent.beg + 1 || h->shouting || (h->d->toks.flags[t] & DL_TOK_QUOTED) || !plain) return;
    if (dl_hunt_capital(h, t) && dl_hunt_lower(h, t - 1) && (dl_hunt_lower(h, t + 1) || dl_hunt_is(h, t + 1, ".")))
        dl_hunt_suspect(h, t - 2, t + 2, "capital", 60, "capital inside a sentence");
}

/* "in editorial on Tuesday": a paragraph that begins small. */
static void small_start(dl_hunt *h, int64_t t)
{
    if (t == h->para.beg && dl_hunt_lower(h, t) && h->para.end - t > 6)
        dl_hunt_suspect(h, t, t + 4, "break", 55, "a paragraph begins in the middle of a sentence");
}

/* "guests of the hotel of St Vitus": names that other tongues hang on with "of". */
static void genitives(dl_hunt *h, int64_t t)
{
    if (!lower_noun(h, t) || !dl_hunt_is(h, t + 1, "of") || !article(h, t + 2) || !lower_noun(h, t + 3)) return;
    if (dl_hunt_is(h, t + 4, "of") && dl_xpos_proper(dl_hunt_pos(h, t + 5)) && article(h, t - 1))
        dl_hunt_suspect(h, t - 1, t + 6, "order", 50, "genitives hung one on the other");
}

/* "He waved. the crowd left": a sentence that begins small. */
static void small_sentence(dl_hunt *h, int64_t t)
{
    if (t > h->para.beg && dl_hunt_is(h, t - 1, ".") && dl_hunt_lower(h, t) && dl_hunt_lower(h, t - 2) &&
        dl_hunt_word(h, t - 2).len > 3 && dl_hunt_lower(h, t + 1))
        dl_hunt_suspect(h, t - 2, t + 2, "break", 60, "a sentence begins small");
}

void dl_hunt_suspects(dl_hunt *h, uint32_t t)
{
    genitives(h, t);
    small_sentence(h, t);
    torn_speaker(h, t);
    second_verb(h, t);
    taken_up(h, t);
    odd_capital(h, t);
    small_start(h, t);
}
