/* title.c: the headline of a page of HTML. What the first heading, JSON-LD, Open Graph, other meta elements
 * and the window's title say is freed of the site's name; those that say the same in other signs vote
 * together, and of their spellings the commonest is taken. */
#include "base/utf8.h"
#include "extract/voices.h"

#define SAID 16 /* titles that are compared                                                     */

typedef struct said {
    dl_str text, norm; /* without the site's name; its words                                    */
    dl_str key;        /* of a meta element                                                      */
    dl_str whole;      /* as it stands                                                           */
    dl_span src;
    uint8_t basis;
    int weight;
} said;

typedef struct vote {
    dl_voices *o;
    said t[SAID];
    uint32_t n;
} vote;

static uint32_t words_of(dl_str norm)
{
    uint32_t n = norm.len > 0;
    for (size_t i = 0; i < norm.len; i++) n += norm.p[i] == ' ';
    return n;
}

/* Bytes of a mark that parts a headline from the name of a site, with its blanks; 0: none. */
static size_t bar_at(dl_str t, size_t at)
{
    static const char *const bars[] = { " | ",
                                        " - ",
                                        " \xe2\x80\x93 ",
                                        " \xe2\x80\x94 ",
                                        " \xc2\xbb ",
                                        " :: ",
                                        " \xc2\xb7 ",
                                        " \xe2\x80\xa2 ",
                                        " / ",
                                        " \xe2\x80\xb9 ",
                                        " << ",
                                        " < ",
                                        "\xe3\x85\xa3",
                                        "\xef\xbd\x9c",
                                        " \xe2\x80\xba ",
                                        " // " };
    if (t.p[at] != ' ' && (unsigned char)t.p[at] < 0x80) return 0;
    for (size_t i = 0; i < DL_COUNT(bars); i++)
        if (dl_str_starts(dl_str_cut(t, at, t.len), dl_str_of(bars[i]))) return strlen(bars[i]);
    return 0;
}

static bool names_site(dl_xpage *p, dl_str s, dl_str site)
{
    dl_str a = dl_extract_norm(p->a, s), b = dl_extract_norm(p->a, site);
    if (!a.len || b.len < 3) return false;
    return dl_str_eq(a, b) || (a.len >= 4 && dl_str_find(b, a, 0) != SIZE_MAX) || dl_str_find(a, b, 0) != SIZE_MAX;
}

/* The last bar of t: its place, or SIZE_MAX. */
static size_t last_bar(dl_str t, size_t *len)
{
    size_t at = SIZE_MAX, n;
    for (size_t i = 1; i + 1 < t.len; i++)
        if ((n = bar_at(t, i)) > 0) {
            at = i;
            *len = n;
        }
    return at;
}

/* A kind of article, folded. */
static bool is_label(dl_str norm)
{
    static const char *const words[] = { "opinion",   "analysis", "editorial", "commentary", "column",    "review", "letters",
                                         "exclusive", "watch",    "video",     "meinung",    "kommentar", "opinie", "tribune" };
    for (size_t i = 0; i < DL_COUNT(words); i++)
        if (dl_str_eq(norm, dl_str_of(words[i]))) return true;
    return false;
}

dl_str dl_title_bare(dl_xpage *p, dl_str t, dl_str site)
{
    bool cut = false;
    for (int i = 0; i < 4; i++) {
        size_t len = 0, at = last_bar(t, &len);
        if (at == SIZE_MAX) break;
        dl_str head = dl_str_trim(dl_str_cut(t, 0, at)), tail = dl_str_trim(dl_str_cut(t, at + len, t.len));
        const uint32_t wt = words_of(dl_extract_norm(p->a, tail)), wh = words_of(dl_extract_norm(p->a, head));
        const bool bar = t.p[at + 1] == '|' || (unsigned char)t.p[at] >= 0x80; /* no dash */
        const bool site_tail = (names_site(p, tail, site) && wt <= 8) || is_label(dl_extract_norm(p->a, tail));
        if (!site_tail && !(bar && wt <= 5 && wh > wt) && !(!site.len && wt <= 3 && wh >= 4 && t.p[at + 1] != '/') &&
            !(cut && bar && wt <= 4 && wh >= 5))
            break;
        t = head;
        cut |= site_tail;
    }
    size_t len = 0;
    for (size_t i = 1; i + 1 < t.len && i < 60; i++) { /* "Daily Echo | Headline", "Opinion | Headline" */
        if ((len = bar_at(t, i)) == 0) continue;
        dl_str head = dl_str_cut(t, 0, i), rest = dl_str_trim(dl_str_cut(t, i + len, t.len));
        dl_str a = dl_extract_norm(p->a, head), b = dl_extract_norm(p->a, site);
        if (a.len >= 3 && (dl_str_eq(a, b) || is_label(a)) && words_of(dl_extract_norm(p->a, rest)) >= 3) t = rest;
        break;
    }
    return t;
}

/* The name of the site where a headline should stand. */
static bool is_site(const dl_voices *o, dl_str s)
{
    dl_xpage *p = o->h->p;
    dl_str a = dl_extract_norm(p->a, s), b = dl_extract_norm(p->a, p->outlet), c = dl_extract_norm(p->a, o->host);
    if (dl_str_eq(a, b) || dl_str_eq(a, c)) return true;
    const dl_voice *w = dl_voices_first(o, DL_STATED_TITLE, DL_STATED_BY_WINDOW);
    if (!w || w->value.len < s.len + 4 || !dl_str_ends(w->value, s)) return false;
    size_t len = 0, at = last_bar(w->value, &len);
    return at != SIZE_MAX && at + len + s.len == w->value.len && words_of(a) <= 4 &&
           words_of(dl_extract_norm(p->a, dl_str_cut(w->value, 0, at))) >= 3;
}

static void add(vote *v, dl_voice k, dl_str site, int weight)
{
    dl_str s = k.value;
    dl_xpage *p = v->o->h->p;
    if (!s.len || s.len > DL_VOICE_MAX || v->n == SAID) return;
    said *t = &v->t[v->n];
    t->whole = s;
    t->text = dl_title_bare(p, s, site);
    t->norm = dl_extract_norm(p->a, t->text);
    if (is_site(v->o, s)) return;
    t->basis = k.basis;
    t->key = k.key;
    t->weight = weight;
    t->src = k.src;
    v->n += t->norm.len > 0;
}

/* Is b the beginning of a, with an ellipsis for the rest? */
static bool cut_short(const said *a, const said *b)
{
    dl_str t = b->text;
    if (dl_str_ends(t, DL_STR("...")))
        t.len -= 3;
    else if (dl_str_ends(t, DL_STR("\xe2\x80\xa6")))
        t.len -= 3;
    else
        return false;
    t = dl_str_trim(t);
    return t.len >= 20 && a->text.len > t.len + 3 && dl_str_starts(a->text, t);
}

/* Says b what a says: the same words, or those of a heading and behind a bar something else. */
static bool backs(const said *a, const said *b)
{
    static const char *const tight[] = { "-", "|", "\xe3\x85\xa3", "\xe2\x80\x93", "\xef\xbd\x9c", "_" };
    if (dl_str_eq(a->norm, b->norm)) return true;
    if (b->basis == DL_STATED_BY_H1 && words_of(a->norm) >= 4 && a->norm.len * 2 > b->norm.len && dl_str_ends(b->text, a->text))
        return true; /* "Kicker - Headline" in one heading */
    if (cut_short(a, b)) return true;
    const bool heading = a->basis == DL_STATED_BY_H1 || a->basis == DL_STATED_BY_LD || dl_str_eq(a->key, DL_STR("headline"));
    if (!heading || words_of(a->norm) < 3 || !dl_str_starts(b->whole, a->text) || a->text.len >= b->whole.len) return false;
    if (bar_at(b->whole, a->text.len)) return true;
    for (size_t i = 0; i < DL_COUNT(tight); i++)
        if (dl_str_starts(dl_str_cut(b->whole, a->text.len, b->whole.len), dl_str_of(tight[i]))) return true;
    return false;
}

/* Votes for the words of t[i]; a voice counts once. */
static int votes_for(const vote *v, uint32_t i)
{
    int sum = 0;
    for (uint32_t j = 0; j < v->n; j++) {
        bool again = false;
        for (uint32_t k = 0; k < j && !again; k++) again = v->t[k].basis == v->t[j].basis && backs(&v->t[i], &v->t[k]);
        if (!again && backs(&v->t[i], &v->t[j])) sum += v->t[j].weight;
    }
    return sum;
}

/* Of the spellings that have these words the one that stands most often; of equals the first. */
static const said *spelling(const vote *v, uint32_t i)
{
    const said *best = &v->t[i];
    int top = 0;
    for (uint32_t j = 0; j < v->n; j++) {
        int sum = 0;
        if (!dl_str_eq(v->t[j].norm, v->t[i].norm)) continue;
        for (uint32_t k = 0; k < v->n; k++)
            if (dl_str_eq(v->t[k].text, v->t[j].text)) sum += v->t[k].weight > 5 ? v->t[k].weight : 8;
        if (sum > top) {
            top = sum;
            best = &v->t[j];
        }
    }
    return best;
}

/* The heading, and where it is of several lines ("Kicker", "Headline") each of them. */
static void add_heading(vote *v, dl_str site)
{
    const dl_voices *o = v->o;
    const dl_xpage *p = o->h->p;
    dl_voice k = { .value = o->h1, .basis = DL_STATED_BY_H1, .src = o->h1_src };
    if (!o->h1.len) return;
    add(v, k, site, 21);
    for (uint32_t i = o->h1_block; i < p->n && i < o->h1_block + 4 && p->blk[i].src.beg < o->h1_end; i++) {
        k.value = p->blk[i].text;
        k.src = p->blk[i].src;
        if (p->blk[i].words >= 3 && k.value.len < o->h1.len) add(v, k, site, 20);
    }
}

/* Two of the heading, JSON-LD and Open Graph outvote the third; where all differ JSON-LD has the
 * headline of the article, the heading that of the page, Open Graph that for elsewhere. The window's
 * title and the rest break ties and speak where nothing else does. */
static int weight_of(const dl_voice *k)
{
    if (k->basis == DL_STATED_BY_OG) return 20;
    if (k->basis == DL_STATED_BY_WINDOW) return 1;
    if (dl_str_eq(k->key, DL_STR("headline"))) return 9;
    return dl_str_starts_nocase(k->key, DL_STR("twitter")) ? 1 : 2;
}

/* Where the heading, Open Graph and the window all have one title, it is the one field that a site fills
 * for search engines too, and JSON-LD alone has the headline, if it has quite another. */
static uint32_t alone_against_all(const vote *v, uint32_t best)
{
    bool h1 = false, og = false, window = false;
    uint32_t ld = DL_NONE;
    dl_str norm = v->t[best].norm;
    for (uint32_t i = 0; i < v->n; i++) {
        const said *t = &v->t[i];
        if (t->basis == DL_STATED_BY_LD) ld = i;
        if (!dl_str_eq(t->norm, norm)) continue;
        h1 |= t->basis == DL_STATED_BY_H1;
        og |= t->basis == DL_STATED_BY_OG;
        window |= t->basis == DL_STATED_BY_WINDOW;
    }
    if (!h1 || !og || !window || ld == DL_NONE || words_of(v->t[ld].norm) < 4) return best;
    const bool part = dl_str_find(v->t[ld].norm, norm, 0) != SIZE_MAX || dl_str_find(norm, v->t[ld].norm, 0) != SIZE_MAX;
    return part ? best : ld;
}

void dl_title_choose(dl_voices *o)
{
    dl_xpage *p = o->h->p;
    vote v = { .o = o };
    const dl_voice *site = dl_voices_first(o, DL_STATED_OUTLET, DL_STATED_BY_OG);
    dl_str name = site ? site->value : p->outlet;
    dl_str ld = dl_meta_decode(p, o->h->ld.headline);
    add_heading(&v, name);
    add(&v, (dl_voice){ .value = ld, .basis = DL_STATED_BY_LD }, name, 23);
    for (int og = 1; og >= 0; og--)
        for (uint32_t i = 0; i < o->n; i++)
            if (o->v[i].field == DL_STATED_TITLE && (o->v[i].basis == DL_STATED_BY_OG) == og)
                add(&v, o->v[i], name, weight_of(&o->v[i]));
    uint32_t best = DL_NONE;
    int top = 0;
    for (uint32_t i = 0; i < v.n; i++) {
        const int votes = votes_for(&v, i);
        if (votes > top) {
            top = votes;
            best = i;
        }
    }
    if (best == DL_NONE) return;
    best = alone_against_all(&v, best);
    dl_str taken = spelling(&v, best)->text;
    if (!p->title.len) p->title = taken;
    for (uint32_t i = 0; i < v.n; i++) {
        dl_state(p, DL_STATED_TITLE, v.t[i].basis, v.t[i].whole, v.t[i].src);
        if (dl_str_eq(v.t[i].text, p->title)) dl_state_chosen(p, DL_STATED_TITLE, v.t[i].whole);
    }
}
