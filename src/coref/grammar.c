/* grammar.c: what tags and trees say of a token, and of a country's name: government or place. */
#include "coref/work.h"
#include "tags/tags.h"
#include "trees/trees.h"

bool dl_cr_is(const dl_coref *c, uint32_t tok, const char *words)
{
    if (tok >= c->d->toks.n) return false;
    dl_str w = dl_tok_text(c->d, tok), all = dl_str_of(words), one;
    while (dl_str_next(&all, ' ', &one))
        if (one.len && dl_str_eq_nocase(w, one)) return true;
    return false;
}

static int xpos(const dl_coref *c, uint32_t tok) { return tok < c->d->toks.n ? c->d->toks.xpos[tok] : DL_XPOS_NONE; }

static bool begins_upper(const dl_coref *c, uint32_t tok)
{
    dl_str w = dl_tok_text(c->d, tok);
    return w.len && (dl_is_upper(w.p[0]) || (unsigned char)w.p[0] >= 0x80);
}

static bool is_word(const dl_coref *c, uint32_t tok)
{
    dl_str w = dl_tok_text(c->d, tok);
    return w.len && (dl_is_alpha(w.p[0]) || (unsigned char)w.p[0] >= 0xc3);
}

#define AUX                                                                                                                      \
    "is are was were be been being has have had do does did will would can could may might shall should must 's 're 'll 'd "
#define PREPS                                                                                                                    \
    "of in on at to from by with for against between among into onto about over under after before during since until through "  \
    "across "                                                                                                                    \
    "near inside outside within throughout around toward towards via despite amid without like as than per off behind beyond "   \
    "along "

bool dl_cr_verb(const dl_coref *c, uint32_t tok)
{
    int x = xpos(c, tok);
    if (tok >= c->d->toks.n) return false;
    return x ? dl_xpos_verb(x) || x == DL_XPOS_MD : dl_cr_is(c, tok, AUX "said says say told met meets added warned ");
}

bool dl_cr_noun(const dl_coref *c, uint32_t tok)
{
    int x = xpos(c, tok);
    if (tok >= c->d->toks.n) return false;
    if (x) return dl_xpos_noun(x);
    dl_agent a = dl_facts_agent(&c->f, dl_tok_text(c->d, tok));
    return a.kind != DL_AG_NONE;
}

bool dl_cr_modifier(const dl_coref *c, uint32_t tok)
{
    int x = xpos(c, tok);
    switch (x) {
    case DL_XPOS_JJ:
    case DL_XPOS_JJR:
    case DL_XPOS_JJS:
    case DL_XPOS_RBS:
    case DL_XPOS_NN:
    case DL_XPOS_NNS:
    case DL_XPOS_NNP:
    case DL_XPOS_NNPS:
    case DL_XPOS_CD:
    case DL_XPOS_HYPH:
    case DL_XPOS_VBN: return true;
    case DL_XPOS_NONE: return is_word(c, tok) && !dl_cr_is(c, tok, PREPS AUX "and or but that which who said says say ");
    default: return false;
    }
}

dl_span dl_cr_sent(const dl_coref *c, const dl_item *it) { return c->d->sents.tok[it->sent]; }

uint32_t dl_cr_prev(const dl_coref *c, const dl_item *it)
{
    dl_span s = dl_cr_sent(c, it);
    for (uint32_t t = it->tok.beg; t > s.beg; t--)
        if (!dl_cr_is(c, t - 1,
                      "the a an both also neighbouring neighboring eastern western southern northern central mainland ") ||
            begins_upper(c, t - 1))
            return t - 1;
    return DL_NONE;
}

/* The token of the span whose head is outside; without a tree the last one. */
uint32_t dl_cr_head(const dl_coref *c, dl_span tok)
{
    for (uint32_t t = tok.beg; t < tok.end; t++) {
        uint32_t h = c->d->toks.head[t];
        if (c->d->toks.rel[t] != DL_REL_NONE && c->d->toks.rel[t] != DL_REL_PUNCT && h != DL_NONE &&
            (h == t || h < tok.beg || h >= tok.end))
            return t;
    }
    return tok.end - 1;
}

/* Behind the item, adverbs and one apposition skipped, stands a finite verb. */
static bool verb_follows(const dl_coref *c, const dl_item *it)
{
    dl_span s = dl_cr_sent(c, it);
    uint32_t t = it->tok.end;
    if (t < s.end && dl_cr_is(c, t, ", (")) {
        uint32_t k = t + 1, limit = t + 16 < s.end ? t + 16 : s.end;
        while (k < limit && !dl_cr_is(c, k, ", )")) k++;
        if (k < limit) t = k + 1;
    }
    while (t < s.end && (xpos(c, t) == DL_XPOS_RB || dl_cr_is(c, t, "also then later has "))) t++;
    return t < s.end && dl_cr_verb(c, t) && xpos(c, t) != DL_XPOS_VBG && xpos(c, t) != DL_XPOS_VB;
}

bool dl_cr_subject(const dl_coref *c, const dl_item *it)
{
    uint32_t h = it->head;
    uint8_t rel = c->d->toks.rel[h];
    if (rel != DL_REL_NONE) {
        /* The second of two joined subjects is one as well. */
        if (rel == DL_REL_CONJ && c->d->toks.head[h] != DL_NONE) rel = c->d->toks.rel[c->d->toks.head[h]];
        dl_rel base = dl_rel_base((dl_rel)rel);
        if (base == DL_REL_NSUBJ || base == DL_REL_CSUBJ) return true;
    }
    uint32_t p = dl_cr_prev(c, it);
    bool governed = p != DL_NONE && (dl_cr_is(c, p, PREPS) || (dl_cr_verb(c, p) && !dl_cr_is(c, p, "said says say that ")));
    return !governed && verb_follows(c, it);
}

/* ---- Government or place ------------------------------------------------------------------- */

#define MOTION                                                                                                                   \
    "go goes going went gone travel travels travelled traveled travelling traveling trip trips visit visits visited return "     \
    "returns "                                                                                                                   \
    "returned returning fly flies flew flown flight flights flee fled move moved moving come comes came coming arrive arrives "  \
    "arrived arriving head heads headed heading tour journey journeys sail sailed drive drove walk walked train trains route "   \
    "road "                                                                                                                      \
    "border invitation expelled deported extradited exiled evacuated evacuate deploy deployed moved back home way access close "
#define REACHED                                                                                                                  \
    "visit visits visited visiting leave leaves left leaving enter entered entering reach reached tour toured touring flee "     \
    "fled fleeing "
#define INSIDE "in at inside outside near across throughout around within into onto through via off beyond "
#define TOLD                                                                                                                     \
    "accuse accused accuses accusing urge urged urges urging warn warned warns warning tell told tells telling blame blamed "    \
    "blames "                                                                                                                    \
    "blaming criticise criticised criticize criticized condemn condemned condemns pressure pressured pressuring press pressed "  \
    "support supported supports supporting back backed backs backing help helped helping ask asked asks allow allowed force "    \
    "forced "                                                                                                                    \
    "forcing persuade persuaded convince convinced isolate isolated threaten threatened sanction sanctioned punish punished "    \
    "deter "                                                                                                                     \
    "deterring provoke provoked provoking anger angered counter arm armed arming hold left lobby lobbied let thank thanked "     \
    "call "                                                                                                                      \
    "called sue confront confronted defy defied engage engaged "
#define DATIVE                                                                                                                   \
    "warning warnings message messages support ties signal signals offer offers offered provide provided provides supply "       \
    "supplied sell "                                                                                                             \
    "sold according aid assistance weapons arms ammunition pressure response respond responded close closer send sent sending "  \
    "deliver "                                                                                                                   \
    "delivered give gave given giving loyal threat threats challenge blow letter promise promised sales loyalty transfer "
#define PLACES                                                                                                                   \
    "capital city streets street suburbs suburb airport region border north south east west centre center metro university "     \
    "stadium "                                                                                                                   \
    "square district districts outskirts skyline hospital hospitals cathedral railway mayor residents office-block "

static bool near_before(const dl_coref *c, const dl_item *it, uint32_t far, const char *words)
{
    dl_span s = dl_cr_sent(c, it);
    for (uint32_t t = it->tok.beg; t > s.beg && it->tok.beg - t < far; t--)
        if (dl_cr_is(c, t - 1, words)) return true;
    return false;
}

/* "Beijing's focus" is the government's, "Moscow's streets" and "Moscow's Luzhniki Stadium" the city's. */
static bool owns_as_state(const dl_coref *c, const dl_item *it)
{
    dl_span s = dl_cr_sent(c, it);
    uint32_t t = it->tok.end + 1;
    while (t < s.end && dl_cr_modifier(c, t) && !dl_cr_noun(c, t)) t++;
    return t < s.end && !dl_cr_is(c, t, PLACES) && (!begins_upper(c, t) || (it->as & (DL_AS_NAME | DL_AS_SEAT)));
}

/* The item that this one is joined to: "A and B", "A, B and C". */
static uint32_t joined_to(const dl_coref *c, const dl_item *it)
{
    dl_span s = dl_cr_sent(c, it);
    uint32_t t = it->tok.beg;
    if (t > s.beg && dl_cr_is(c, t - 1, "the both ")) t--;
    if (t <= s.beg + 1 || !dl_cr_is(c, t - 1, "and or , ")) return DL_NONE;
    if (dl_cr_is(c, t - 1, "and or ") && dl_cr_is(c, t - 2, ", ") && t > s.beg + 2) t--;
    uint32_t left = c->at[t - 2];
    return left != DL_NONE && c->item[left].what == DL_IT_NATION && !c->item[left].modifier ? left : DL_NONE;
}

static bool state_behind_preposition(const dl_coref *c, const dl_item *it, uint32_t p)
{
    bool city = !(it->as & (DL_AS_NAME | DL_AS_SEAT));
    if (dl_cr_is(c, p, INSIDE)) return false;
    if (dl_cr_is(c, p, "to ")) return near_before(c, it, 6, DATIVE) || (!city && !near_before(c, it, 6, MOTION));
    if (dl_cr_is(c, p, "from "))
        return near_before(c, it, 5, DATIVE "demand demanded demands statement statements pledge approval permission denial ") &&
               !near_before(c, it, 5, MOTION);
    if (dl_cr_is(c, p, "of "))
        return !city ||
               near_before(c, it, 4, "support allies ally leaders part behalf influence accused critical critic critics ");
    if (dl_cr_is(c, p, "on over "))
        return near_before(c, it, 5,
                           "pressure sanctions sanction war dependence reliance relies rely attack attacks tariffs embargo "
                           "depend restrictions ") ||
               (!city && dl_cr_is(c, p, "on "));
    return dl_cr_is(c, p, PREPS);
}

/* "Kreminna, Luhansk region, Ukraine": the country of a place. */
static bool after_place(const dl_coref *c, const dl_item *it, uint32_t p)
{
    dl_span s = dl_cr_sent(c, it);
    uint32_t next = it->tok.end;
    if (p == DL_NONE || p == s.beg || !dl_cr_is(c, p, ", ")) return false;
    if (next < s.end && !dl_cr_is(c, next, ", . ) - ( ; : ")) return false;
    if (dl_cr_is(c, p - 1, "region province district oblast county state ")) return true;
    if (c->at[p - 1] == DL_NONE) return false;
    const dl_item *left = &c->item[c->at[p - 1]];
    return left->what == DL_IT_PLACE || (left->what == DL_IT_NATION && left->place && left->as == DL_AS_CAPITAL);
}

bool dl_cr_stands_for_state(const dl_coref *c, uint32_t item)
{
    const dl_item *it = &c->item[item];
    bool city = !(it->as & (DL_AS_NAME | DL_AS_SEAT));
    dl_span s = dl_cr_sent(c, it);
    uint32_t p = dl_cr_prev(c, it), next = it->tok.end;
    bool owner = next < s.end && dl_cr_is(c, next, "'s \xe2\x80\x99s ' \xe2\x80\x99 ");
    if (after_place(c, it, p)) return false;
    uint32_t left = joined_to(c, it);
    if (left != DL_NONE && c->item[left].as != DL_AS_CAPITAL + 0u && !owner) return !c->item[left].place;
    if (owner) return owns_as_state(c, it);
    if (p != DL_NONE && dl_cr_is(c, p, INSIDE)) return false;
    if (p != DL_NONE && dl_cr_is(c, p, REACHED)) return false;
    if (p != DL_NONE && dl_cr_is(c, p, PREPS)) return state_behind_preposition(c, it, p);
    if (!city) return true;
    if (p != DL_NONE && dl_cr_is(c, p, TOLD)) return true;
    return dl_cr_subject(c, it) &&
           !dl_cr_is(c, next + 1, "hit shelled bombed struck located evacuated captured besieged surrounded ");
}
