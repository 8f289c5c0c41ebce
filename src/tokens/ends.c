/* ends.c: which places the learnt judge of sentence ends is asked about, and what it sees of them. */
#include "tokens/ends.h"

/* Numbers of the templates; a word's place is added. */
enum {
    T_WORD = 1,
    T_FINE = 20,
    T_COARSE = 40,
    T_SHAPE = 60,
    T_SUFFIX = 80,
    T_PAIR = 100,
    T_STATE = 140,
    T_PAGE = 160,
    T_LINE = 180
};
enum { RIGHT = 8, NO_STOP = 1000 };

static dl_str text(const dl_cut *c, uint32_t i) { return dl_doc_text(&c->b->d, c->b->d.toks.span[c->first + i]); }
static bool spaced(const dl_cut *c, uint32_t i) { return (c->b->d.toks.flags[c->first + i] & DL_TOK_SPACE) != 0; }
static unsigned char head(dl_str s) { return (unsigned char)s.p[0]; }
static unsigned char tail(dl_str s) { return (unsigned char)s.p[s.len - 1]; }
static bool stop(unsigned char b) { return b == '.' || b == '?' || b == '!'; }

/* A mark that is no comma, colon, hyphen, apostrophe or sign of money. */
static bool telling(unsigned char b) { return b >= 0x80 || (!dl_is_alpha(b) && !dl_is_digit(b) && !strchr(",-'%$&/:;", b)); }

/* ---- The line ------------------------------------------------------------------------------ */

static void put_words(dl_end_line *l, const dl_cut *c)
{
    for (uint32_t i = 0; i < DL_END_REACH; i++) {
        l->word[i] = dl_lex_edge(0);
        l->word[l->n + DL_END_REACH + i] = dl_lex_edge(1);
    }
    for (uint32_t i = 0; i < l->n; i++) {
        dl_lex *x = &l->word[i + DL_END_REACH];
        *x = dl_lex_of(text(c, i));
        dl_lex_group(x, &c->groups);
        if (!spaced(c, i)) x->flags |= DL_LEX_GLUES;
    }
}

/* What kind of line it is: how it begins, its share of capitals, how many stops it has, how it ends. */
static void put_traits(dl_end_line *l, uint32_t upper, uint32_t words, uint32_t stops, bool stopped)
{
    const dl_lex *w = l->word + DL_END_REACH, *last = w + l->n - 1;
    l->trait[0] = (uint8_t)(!(w->flags & DL_LEX_LETTER) ? 0 : w->flags & DL_LEX_UPPER ? 1 : 2);
    l->trait[1] = (uint8_t)(words ? upper * 8 / words : 9);
    l->trait[2] = (uint8_t)(stops < 4 ? stops : 4);
    l->trait[3] = (uint8_t)(stopped ? 1 : last->flags & (DL_LEX_LETTER | DL_LEX_DIGIT) ? 2 : 3);
}

bool dl_end_line_of(dl_end_line *l, const dl_cut *c, const uint8_t *mark, dl_arena *a)
{
    const uint32_t n = c->b->d.toks.n - c->first;
    *l = (dl_end_line){ .c = c, .mark = mark, .n = n };
    l->word = dl_arena_raw(a, (size_t)n + (size_t)2 * DL_END_REACH, sizeof *l->word);
    l->ahead = dl_arena_raw(a, (size_t)n + 1, sizeof *l->ahead);
    if (!l->word || !l->ahead || !n) return false;
    put_words(l, c);
    uint32_t upper = 0, words = 0, stops = 0;
    l->ahead[n] = NO_STOP;
    for (uint32_t i = n; i-- > 0;) {
        const uint32_t flags = l->word[i + DL_END_REACH].flags;
        const bool ends = stop(tail(text(c, i)));
        l->ahead[i] = (uint16_t)(ends ? 0 : l->ahead[i + 1] + (l->ahead[i + 1] < NO_STOP));
        upper += (flags & DL_LEX_UPPER) != 0;
        words += (flags & DL_LEX_LETTER) != 0;
        stops += ends;
    }
    put_traits(l, upper, words, stops, l->ahead[n - 1] == 0);
    return true;
}

/* ---- Places -------------------------------------------------------------------------------- */

/* In edited text a sentence without a stop ends before a capital that is none of a name, if at all. */
static bool capital_of_start(const dl_lex *r) { return (r->flags & DL_LEX_UPPER) && r->group.kase == DL_CASE_LOWER; }

/* The mark of a list at the head of the line. */
static bool bullet(const dl_end_line *l, uint32_t i)
{
    const dl_str w = text(l->c, i);
    if (i || (l->word[DL_END_REACH].flags & (DL_LEX_LETTER | DL_LEX_DIGIT))) return false;
    return w.len == 1 ? w.p[0] == '*' || w.p[0] == '-' : head(w) >= 0x80;
}

bool dl_end_candidate(const dl_end_line *l, uint32_t i)
{
    const dl_cut *c = l->c;
    if ((l->mark[i] & (DL_RULE_NEVER | DL_RULE_ALWAYS)) || bullet(l, i)) return false;
    if (l->mark[i] & DL_RULE_END) return true;
    const dl_str w = text(c, i);
    const unsigned char a = tail(w), b = head(text(c, i + 1));
    if (!spaced(c, i)) return stop(a) && (dl_is_alpha(b) || b == '"');
    if (dl_is_lower(b)) return c->page->loose || a == ':' || a == ';' || (stop(a) && !dl_is_alpha(head(w)));
    if (c->page->edited && (a == ']' || a == '}')) return false;
    return telling(a) || a == ':' || !c->page->edited || capital_of_start(&l->word[i + 1 + DL_END_REACH]);
}

/* ---- Features ------------------------------------------------------------------------------ */

static uint64_t bucket(uint32_t n) { return n < 6 ? n : n < 10 ? 6 : n < 20 ? 7 : n < 40 ? 8 : 9; }

/* The token's kind by its last character. */
static uint64_t kind(dl_str s)
{
    unsigned char b = tail(s);
    if (dl_is_digit(b)) return '0';
    if (dl_is_alpha(b)) return 'a';
    return b == '.' && s.len > 1 ? (dl_is_alpha(head(s)) ? 'A' : ':') : b;
}

/* The class of a word, how it is written here and how it usually is: a capital where there is none as a rule begins a sentence. */
static uint64_t coarse(const dl_lex *x)
{
    const uint64_t written = x->flags & (DL_LEX_UPPER | DL_LEX_CAPS | DL_LEX_DIGIT | DL_LEX_STOP);
    if (!(x->flags & DL_LEX_LETTER)) return x->shape;
    return x->group.coarse | (uint64_t)x->group.kase << 8 | written << 12;
}

/* The words to the left, from l on, and to the right, from r on. */
static void around(const dl_lex *l, const dl_lex *r, dl_feats *f)
{
    for (int i = 0; i < DL_END_REACH; i++) {
        const uint64_t k = (uint64_t)i;
        dl_feat_add(f, dl_feat(T_COARSE + k, coarse(l - i)));
        dl_feat_add(f, dl_feat(T_COARSE + RIGHT + k, coarse(r + i)));
        if (i < 5 && l[-i].group.fine) dl_feat_add(f, dl_feat(T_FINE + k, l[-i].group.fine));
        if (i < 5 && r[i].group.fine) dl_feat_add(f, dl_feat(T_FINE + RIGHT + k, r[i].group.fine));
        if (i < 4) dl_feat_add(f, dl_feat(T_WORD + k, l[-i].lower));
        if (i < 4) dl_feat_add(f, dl_feat(T_WORD + RIGHT + k, r[i].lower));
        if (i < 3) dl_feat_add(f, dl_feat(T_SHAPE + k, l[-i].shape));
        if (i < 3) dl_feat_add(f, dl_feat(T_SHAPE + RIGHT + k, r[i].shape));
    }
    dl_feat_add(f, dl_feat(T_SUFFIX, l->suf[2]));
    dl_feat_add(f, dl_feat(T_SUFFIX + 1, r->suf[2]));
}

/* Two and three words together; k is the kind of the first. */
static void together(const dl_lex *l, const dl_lex *r, uint64_t k, dl_feats *f)
{
    const uint64_t pairs[][2] = {
        { l->lower, r->lower },       { k, r->flags },          { l->shape, r->shape },
        { l[-1].lower, l->lower },    { r->lower, r[1].lower }, { l->lower, r->shape },
        { l->shape, r->lower },       { k, r->lower },          { k, r->shape },
        { k, l[-1].lower },           { k, l[-1].shape },       { k, r[1].shape },
        { l->lower, r->flags },       { coarse(l), coarse(r) }, { coarse(l - 1), coarse(l) },
        { coarse(r), coarse(r + 1) }, { k, coarse(r) },         { l->group.fine, r->group.fine },
    };
    for (size_t p = 0; p < DL_COUNT(pairs); p++) dl_feat_add(f, dl_feat2(T_PAIR + p, pairs[p][0], pairs[p][1]));
    dl_feat_add(f, dl_feat3(T_PAIR + 30, l[-1].shape, l->shape, r->shape ^ r[1].shape));
    dl_feat_add(f, dl_feat3(T_PAIR + 31, l->shape, r->shape, r[1].shape));
}

/* Where it stands in its sentence, its line and its page. */
static void whereabouts(const dl_end_line *line, uint32_t i, const dl_end_state *s, uint64_t k, dl_feats *f)
{
    const dl_cut *c = line->c;
    const dl_span *span = c->b->d.toks.span + c->first;
    const uint64_t rf = line->word[i + 1 + DL_END_REACH].flags, len = bucket(s->len), ahead = bucket(line->ahead[i + 1]);
    const uint64_t open = (uint64_t)(s->brackets > 0) | (s->quote ? 2u : 0) | (uint64_t)line->trait[0] << 2;
    const uint64_t seen = (uint64_t)dl_end_head_seen(c, span[i + 1].beg) | (uint64_t)dl_end_tail_seen(c, span[i].end) << 1;
    dl_feat_add(f, dl_feat(T_STATE, k));
    dl_feat_add(f, dl_feat3(T_STATE + 1, k, open, rf));
    dl_feat_add(f, dl_feat3(T_STATE + 2, k, len, rf));
    dl_feat_add(f, dl_feat3(T_STATE + 3, k, bucket(i), rf));
    dl_feat_add(f, dl_feat3(T_STATE + 4, k, bucket(line->n - i - 1), rf));
    dl_feat_add(f, dl_feat3(T_STATE + 5, k, ahead, rf));
    dl_feat_add(f, dl_feat2(T_STATE + 6, k, len));
    dl_feat_add(f, dl_feat2(T_STATE + 7, k, ahead));
    dl_feat_add(f, dl_feat2(T_STATE + 8, k, seen));
    dl_feat_add(f, dl_feat2(T_STATE + 9, rf & (DL_LEX_UPPER | DL_LEX_CAPS), seen));
    for (size_t t = 0; t < DL_COUNT(line->trait); t++) dl_feat_add(f, dl_feat3(T_LINE + t, k, line->trait[t], rf & DL_LEX_UPPER));
    for (size_t t = 0; t < DL_END_TRAITS; t++) dl_feat_add(f, dl_feat3(T_PAGE + t, k, c->page->trait[t], rf & DL_LEX_UPPER));
}

void dl_end_features(const dl_end_line *line, uint32_t i, const dl_end_state *s, dl_feats *f)
{
    const dl_lex *l = line->word + DL_END_REACH + i;
    const uint64_t rule = line->mark[i] & DL_RULE_END ? 512 : 0, glue = spaced(line->c, i) ? 256 : 0;
    const uint64_t k = kind(text(line->c, i)) | glue | rule;
    around(l, l + 1, f);
    together(l, l + 1, k, f);
    whereabouts(line, i, s, k, f);
}

bool dl_end_judge(const dl_end_net *net, const dl_end_line *l, uint32_t i, const dl_end_state *s)
{
    /* By how much an end without a stop must win in edited text, and within a run of capitals, which is a name: the treebanks hold
     * more mail and talk than news. */
    const float BARE = 4, NAME = 2;
    const dl_lex *w = l->word + DL_END_REACH + i;
    dl_feats f;
    f.n = 0;
    dl_end_features(l, i, s, &f);
    const bool bare = !(l->mark[i] & DL_RULE_END) && !stop(tail(text(l->c, i)));
    const bool name = (w[0].flags & w[1].flags & DL_LEX_UPPER) && w[1].group.kase != DL_CASE_LOWER;
    return dl_end_net_score(net, &f) > (!bare ? 0 : l->c->page->edited ? BARE : name ? NAME : 0);
}

void dl_end_step(const dl_cut *c, uint32_t i, bool end, dl_end_state *s)
{
    dl_str w = text(c, i);
    if (w.len == 1 && strchr("([{", w.p[0])) s->brackets++;
    if (w.len == 1 && strchr(")]}", w.p[0]) && s->brackets) s->brackets--;
    if (w.len == 1 && w.p[0] == '"') s->quote = !s->quote;
    s->len++;
    if (end) s->len = s->brackets = 0;
}
