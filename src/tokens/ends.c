/* ends.c: what the learnt model of sentence ends sees of the place between two tokens. */
#include "learn/lex.h"
#include "tokens/cut.h"

#define BARE 2500 /* by how much an end without any stop must win                               */

enum { T_RULE = 1, T_ONE = 2, T_TWO = 20, T_STATE = 40 };

static dl_str word(const dl_cut *c, uint32_t row) { return dl_doc_text(&c->b->d, c->b->d.toks.span[row]); }
static bool spaced(const dl_cut *c, uint32_t row) { return (c->b->d.toks.flags[row] & DL_TOK_SPACE) != 0; }

static dl_lex lex(const dl_cut *c, uint32_t row, uint32_t n)
{
    return row < n && row >= c->first ? dl_lex_of(word(c, row)) : dl_lex_edge(row >= n);
}

bool dl_end_lower(const dl_cut *c, uint32_t n)
{
    dl_str s = n > c->first ? word(c, c->first) : DL_STR("");
    return s.len && dl_is_lower((unsigned char)s.p[0]);
}

/* A mark that is no comma, colon, hyphen, apostrophe or sign of money. */
static bool telling(unsigned char b) { return b >= 0x80 || (!dl_is_alpha(b) && !dl_is_digit(b) && !strchr(",-'%$&/:;", b)); }

static bool closing(unsigned char b) { return b == ']' || b == '}'; }

bool dl_end_candidate(const dl_cut *c, uint32_t row, uint8_t mark)
{
    dl_str l = word(c, row), r = word(c, row + 1);
    if (mark & (DL_RULE_NEVER | DL_RULE_ALWAYS)) return false;
    if (closing((unsigned char)l.p[l.len - 1]) && !(mark & DL_RULE_END)) return false;
    if ((mark & DL_RULE_END) || telling((unsigned char)l.p[l.len - 1])) return true;
    if (!spaced(c, row) || strchr(",:;-", l.p[l.len - 1])) return false;
    unsigned char b = (unsigned char)r.p[0];
    /* Within a run of capitals (names) nothing ends. */
    if (dl_is_upper(b)) return !dl_is_upper((unsigned char)l.p[0]);
    return strchr("<>*=_#", b) || dl_str_starts(r, DL_STR("http"));
}

bool dl_end_judge(const dl_cut *c, uint32_t row, uint8_t mark, const int32_t *score)
{
    /* The treebanks hold mail and talk, where sentences end without a stop; in news they seldom do. */
    dl_str l = word(c, row);
    unsigned char b = (unsigned char)l.p[l.len - 1];
    bool bare = dl_is_alpha(b) || dl_is_digit(b) || (l.len == 3 && !memcmp(l.p, "\xe2\x80", 2) && (b == 0x94 || b == 0x93));
    return score[1] - score[0] > (bare && !(mark & DL_RULE_END) ? BARE : 0);
}

static uint64_t bucket(uint32_t n) { return n < 6 ? n : n < 10 ? 6 : n < 20 ? 7 : n < 40 ? 8 : 9; }

/* The token's kind by its last character. */
static uint64_t kind(dl_str s)
{
    unsigned char b = (unsigned char)s.p[s.len - 1];
    if (dl_is_digit(b)) return '0';
    if (dl_is_alpha(b)) return 'a';
    return b == '.' && s.len > 1 ? (dl_is_alpha((unsigned char)s.p[0]) ? 'A' : ':') : b;
}

void dl_end_features(const dl_cut *c, uint32_t row, uint32_t n, bool rule, const dl_end_state *s, dl_feats *f)
{
    const dl_lex l = lex(c, row, n), r = lex(c, row + 1, n), r2 = lex(c, row + 2, n);
    const dl_lex l2 = row > c->first ? lex(c, row - 1, n) : dl_lex_edge(0);
    const uint64_t k = kind(word(c, row)) | (spaced(c, row) ? 256u : 0) | (rule ? 512u : 0), rf = r.flags;
    const uint64_t values[] = { k, l.lower, l.shape, r.lower, r.shape, l2.lower, r2.lower, l2.shape, r2.shape };
    for (size_t i = 0; i < DL_COUNT(values); i++) dl_feat_add(f, dl_feat(T_ONE + i, values[i]));
    const uint64_t pairs[][2] = {
        { l.lower, r.lower },  { k, rf },
        { l.shape, r.shape },  { l2.lower, l.lower },
        { r.lower, r2.lower }, { l.lower, r.shape },
        { l.shape, r.lower },  { k, r.lower },
        { k, r.shape },        { k, l2.lower },
        { k, l2.shape },       { k, r2.shape },
        { l.lower, rf },
    };
    for (size_t i = 0; i < DL_COUNT(pairs); i++) dl_feat_add(f, dl_feat2(T_TWO + i, pairs[i][0], pairs[i][1]));
    const uint64_t open = (uint64_t)(s->brackets > 0) | (s->quote ? 2u : 0) | (s->line_lower ? 4u : 0);
    dl_feat_add(f, dl_feat(T_RULE, rule));
    dl_feat_add(f, dl_feat3(T_STATE, k, open, rf));
    dl_feat_add(f, dl_feat3(T_STATE + 1, k, bucket(s->len), rf));
    dl_feat_add(f, dl_feat3(T_STATE + 2, k, bucket(row - c->first), rf));
    dl_feat_add(f, dl_feat3(T_STATE + 3, k, bucket(n - row - 1), rf));
    dl_feat_add(f, dl_feat3(T_STATE + 4, l2.shape, l.shape, r.shape ^ r2.shape));
    dl_feat_add(f, dl_feat3(T_STATE + 5, l.shape, r.shape, r2.shape));
}

void dl_end_step(const dl_cut *c, uint32_t row, bool end, dl_end_state *s)
{
    dl_str w = word(c, row);
    if (w.len == 1 && strchr("([{", w.p[0])) s->brackets++;
    if (w.len == 1 && strchr(")]}", w.p[0]) && s->brackets) s->brackets--;
    if (w.len == 1 && w.p[0] == '"') s->quote = !s->quote;
    s->len++;
    if (end) s->len = s->brackets = 0;
}
