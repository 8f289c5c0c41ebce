/* features.c: the name tagger's features. After Ratinov & Roth, "Design Challenges and Misconceptions in
 * Named Entity Recognition" (2009): words, shapes, affixes, lists, and what the rest of the page says of
 * the same word. */
#include "names/features.h"

#include "base/hash.h"
#include "base/utf8.h"

enum { SEEN_LOW = 1, SEEN_MID = 2, SEEN_ACRONYM = 4 };

/* Bits of `facts`: 5 for the phrase, with its first token told from the rest, 6 for the word. */
enum {
    F_NATION = 1u << 0,
    F_ADJ = 1u << 1,
    F_CAPITAL = 1u << 2,
    F_SEAT = 1u << 3,
    F_BODY = 1u << 4,
    F_MEDIA = 1u << 5,
    F_INST = 1u << 6,
    F_INSIDE = 1u << 7,
    F_FIRST = 1u << 8,
    F_FAMILY = 1u << 9,
    F_HONORIFIC = 1u << 10,
    F_TITLE = 1u << 11,
    F_PERSON = 1u << 12,
    F_ORG = 1u << 13
};

/* The shape of a word: X x 0 and its marks; in `cut`, equal neighbours are one. */
static void shape_of(dl_str s, uint64_t *fine, uint64_t *cut)
{
    char a[24], b[24], last = 0;
    size_t n = 0, k = 0, at = 0;
    while (at < s.len && n < sizeof a) {
        char c = s.p[at];
        char x;
        if ((unsigned char)c < 0x80) {
            at++;
            x = dl_is_upper(c) ? 'X' : dl_is_lower(c) ? 'x' : dl_is_digit(c) ? '0' : c;
        } else {
            uint32_t cp = dl_utf8_next(s, &at);
            x = dl_cp_upper(cp) ? 'X' : dl_cp_letter(cp) ? 'x' : '-';
        }
        a[n++] = x;
        if (x != last) b[k++] = x;
        last = x;
    }
    *fine = dl_hash(a, n, 1);
    *cut = dl_hash(b, k, 2);
}

/* Lower case with digits made 0, cut at 64 bytes. */
static size_t lowered(char out[64], dl_str s, bool fold)
{
    size_t n = s.len < 64 ? s.len : 64;
    for (size_t i = 0; i < n; i++) out[i] = dl_is_digit(s.p[i]) ? '0' : fold ? dl_lower(s.p[i]) : s.p[i];
    return n;
}

uint64_t dl_names_low(dl_str word)
{
    char low[64];
    return dl_hash(low, lowered(low, word, true), 0);
}

static uint8_t capitals(dl_str s)
{
    size_t at = 0, up = 0, letters = 0;
    bool first = false;
    if (s.len && (unsigned char)s.p[0] < 0x80 && !dl_is_upper(s.p[0])) return 0;
    while (at < s.len) {
        size_t from = at;
        uint32_t cp = dl_utf8_next(s, &at);
        bool upper = dl_cp_upper(cp);
        first |= from == 0 && upper;
        up += upper;
        letters += dl_cp_letter(cp);
    }
    return !first ? 0 : up == letters && letters > 1 ? 2 : 1;
}

static void look_at_word(dl_names_word *w, dl_str s, const dl_names_clusters *c)
{
    char as[64], low[64];
    size_t n = lowered(as, s, false);
    lowered(low, s, true);
    w->word = dl_hash(as, n, 0);
    w->low = dl_hash(low, n, 0);
    shape_of(s, &w->fine, &w->shape);
    for (size_t k = 0; k < 3; k++) w->pre[k] = n >= k + 2 ? dl_hash(low, k + 2, 3) : 0;
    for (size_t k = 0; k < 4; k++) w->suf[k] = n > k ? dl_hash(low + n - k - 1, k + 1, 4) : 0;
    w->upper = capitals(s);
    w->cluster = dl_names_cluster(c, w->low);
    w->same[0] = w->same[1] = DL_NONE;
}

static uint32_t nation_bits(unsigned as)
{
    return (as & DL_AS_NAME ? F_NATION : 0u) | (as & (DL_AS_ADJ | DL_AS_PEOPLE) ? F_ADJ : 0u) |
           (as & DL_AS_CAPITAL ? F_CAPITAL : 0u) | (as & DL_AS_SEAT ? F_SEAT : 0u);
}

static void mark_phrase(dl_names_word *w, uint32_t from, uint32_t n, uint32_t bits)
{
    for (uint32_t i = 0; i < n; i++) w[from + i].facts |= bits | (i ? F_INSIDE : 0u);
}

static void look_up(dl_names_word *w, const dl_doc *d, const dl_facts *f, uint32_t t, uint32_t end)
{
    dl_str s = dl_tok_text(d, t);
    dl_agent ag = dl_facts_agent(f, s);
    w[t].facts |= (ag.kind == DL_AG_HONORIFIC || ag.kind == DL_AG_RANK ? F_HONORIFIC : 0u) | (ag.title ? F_TITLE : 0u) |
                  (ag.kind == DL_AG_PERSON || ag.kind == DL_AG_GROUP ? F_PERSON : 0u) |
                  (ag.kind == DL_AG_ORG || ag.kind == DL_AG_GOV ? F_ORG : 0u);
    if (!w[t].upper) return;
    w[t].facts |= (dl_facts_gender(f, s) ? F_FIRST : 0u) | (dl_facts_surname_first(f, s) ? F_FAMILY : 0u);
    if (w[t].facts & F_INSIDE) return;
    dl_nation nation;
    uint32_t n = dl_facts_nation_at(f, d, t, end, &nation);
    if (n) mark_phrase(w, t, n, nation_bits(nation.as));
    dl_body body;
    uint32_t k = dl_facts_body_at(f, d, t, end, &body);
    if (k >= n && k) mark_phrase(w, t, k, body.cls == DL_BODY_MEDIA ? F_MEDIA : body.cls == DL_BODY_INST ? F_INST : F_BODY);
}

/* What the page has of one word. */
struct word_type {
    uint32_t last; /* its last capitalised token so far, or DL_NONE                              */
    uint8_t seen;
};

static void look_at_type(dl_names_word *w, struct word_type *y, uint32_t t, bool first)
{
    if (!w[t].upper) {
        y->seen |= SEEN_LOW;
        return;
    }
    if (!first) y->seen |= w[t].upper == 2 ? SEEN_ACRONYM : SEEN_MID;
    if (y->last != DL_NONE) {
        w[t].same[0] = y->last;
        w[y->last].same[1] = t;
    }
    y->last = t;
}

/* What the page has of the same word elsewhere: how it is printed there, and where. */
static bool look_around(dl_names_word *w, const dl_doc *d, dl_arena *a)
{
    dl_arena_mark here = dl_arena_here(a);
    dl_map types;
    dl_map_init(&types, a);
    struct word_type *type = DL_NEW(a, (size_t)d->toks.n + 1, struct word_type);
    uint32_t *of = DL_NEW(a, (size_t)d->toks.n + 1, uint32_t), n = 0;
    if (!type || !of) return false;
    for (uint32_t s = 0; s < d->sents.n; s++)
        for (uint32_t t = d->sents.tok[s].beg; t < d->sents.tok[s].end; t++) {
            uint32_t *at = dl_map_put(&types, w[t].low, n);
            if (!at) return false;
            if (*at == n) type[n++].last = DL_NONE;
            of[t] = *at;
            look_at_type(w, &type[*at], t, t == d->sents.tok[s].beg);
        }
    for (uint32_t t = 0; t < d->toks.n; t++) w[t].seen = w[t].upper ? type[of[t]].seen : 0;
    dl_arena_back(a, here);
    return true;
}

dl_names_word *dl_names_look(const dl_doc *d, const dl_facts *f, const dl_names_clusters *c, dl_arena *a)
{
    dl_names_word *w = DL_NEW(a, (size_t)d->toks.n + 1, dl_names_word);
    if (!w) return NULL;
    for (uint32_t t = 0; t < d->toks.n; t++) look_at_word(&w[t], dl_tok_text(d, t), c);
    for (uint32_t s = 0; s < d->sents.n; s++)
        for (uint32_t t = d->sents.tok[s].beg; t < d->sents.tok[s].end; t++) look_up(w, d, f, t, d->sents.tok[s].end);
    return look_around(w, d, a) ? w : NULL;
}

/* ---- Templates ----------------------------------------------------------------------------- */

enum {
    T_BIAS = 100,
    T_WORD,
    T_LOW = 105,
    T_BIGRAM = 115,
    T_SHAPE = 120,
    T_FINE = 128,
    T_PRE = 130,
    T_SUF = 135,
    T_FACT = 140,
    T_FACTS = 160,
    T_CLUSTER = 170,
    T_COARSE = 180,
    T_SEEN = 190,
    T_FAR = 195
};

static const dl_names_word *word_at(const dl_names_word *w, dl_span sent, uint32_t t, int by)
{
    int64_t at = (int64_t)t + by;
    return at < sent.beg || at >= sent.end ? NULL : w + at;
}

/* Outside the sentence every word is this one. */
static uint64_t low_of(const dl_names_word *w) { return w ? w->low : 7; }
static uint64_t shape_at(const dl_names_word *w) { return w ? w->shape : 7; }

/* Other places of the same word on the page: their neighbours are evidence here too. */
static void far_features(dl_feats *out, const dl_names_word *w, dl_span sent, uint32_t t)
{
    dl_feat_add(out, dl_feat2(T_SEEN, w[t].seen, (uint64_t)w[t].upper * 2 + (t == sent.beg)));
    for (size_t k = 0; k < 2; k++) {
        uint32_t far = w[t].same[k];
        if (far == DL_NONE) continue;
        if (far > 0) {
            dl_feat_add(out, dl_feat(T_FAR, w[far - 1].low));
            dl_feat_add(out, dl_feat2(T_FAR + 2, w[far - 1].facts, w[far - 1].upper));
        }
        dl_feat_add(out, dl_feat(T_FAR + 1, w[far + 1].low));
        dl_feat_add(out, dl_feat2(T_FAR + 3, w[far + 1].facts, w[far + 1].upper));
    }
}

static void list_features(dl_feats *out, const dl_names_word *w, dl_span sent, uint32_t t)
{
    for (int k = -2; k <= 2; k++) {
        const dl_names_word *x = word_at(w, sent, t, k);
        if (x && x->facts) dl_feat_add(out, dl_feat2(T_FACTS + (uint64_t)(k + 2), x->facts, x->upper));
        if (x && x->cluster) {
            dl_feat_add(out, dl_feat(T_CLUSTER + (uint64_t)(k + 2), x->cluster));
            dl_feat_add(out, dl_feat2(T_COARSE + (uint64_t)(k + 2), (x->cluster - 1u) >> 4, x->upper));
        }
    }
    const dl_names_word *a = word_at(w, sent, t, -1), *b = word_at(w, sent, t, 1);
    uint64_t left = a ? a->cluster : 0, here = w[t].cluster, right = b ? b->cluster : 0;
    if (w[t].upper) {
        dl_feat_add(out, dl_feat3(T_COARSE + 5, left, here, 0));
        dl_feat_add(out, dl_feat3(T_COARSE + 6, here, right, 0));
        dl_feat_add(out, dl_feat3(T_COARSE + 7, left, right, w[t].shape));
    }
    for (uint32_t k = 0; k < 14; k++)
        if (w[t].facts >> k & 1) dl_feat_add(out, dl_feat2(T_FACT, k, w[t].facts >> 7 & 1));
}

/* A word without a capital and without a place in the lists is seldom part of a name: a few features do. */
static bool plain(const dl_names_word *w) { return !w->upper && !w->facts; }

static void near_features(dl_feats *out, const dl_names_word *o, const dl_names_word *a1, const dl_names_word *b1)
{
    dl_feat_add(out, dl_feat(T_BIAS, 0));
    dl_feat_add(out, dl_feat(T_LOW, o->low));
    dl_feat_add(out, dl_feat(T_LOW + 1, low_of(a1)));
    dl_feat_add(out, dl_feat(T_LOW + 2, low_of(b1)));
    dl_feat_add(out, dl_feat2(T_BIGRAM, low_of(a1), o->low));
    dl_feat_add(out, dl_feat2(T_BIGRAM + 1, o->low, low_of(b1)));
    dl_feat_add(out, dl_feat3(T_SHAPE + 3, shape_at(a1), o->shape, shape_at(b1)));
    dl_feat_add(out, dl_feat2(T_FINE, o->fine, !a1));
}

void dl_names_features(dl_feats *out, const dl_names_word *w, dl_span sent, uint32_t t)
{
    const dl_names_word *a2 = word_at(w, sent, t, -2), *a1 = word_at(w, sent, t, -1), *o = w + t, *b1 = word_at(w, sent, t, 1),
                        *b2 = word_at(w, sent, t, 2);
    out->n = 0;
    near_features(out, o, a1, b1);
    if (plain(o)) {
        dl_feat_add(out, dl_feat(T_SUF + 2, o->suf[2]));
        dl_feat_add(out, dl_feat(T_CLUSTER + 2, o->cluster));
        if (a1 && a1->facts) dl_feat_add(out, dl_feat2(T_FACTS + 1, a1->facts, a1->upper));
        if (b1 && b1->facts) dl_feat_add(out, dl_feat2(T_FACTS + 3, b1->facts, b1->upper));
        return;
    }
    dl_feat_add(out, dl_feat(T_WORD, o->word));
    dl_feat_add(out, dl_feat(T_LOW + 3, low_of(a2)));
    dl_feat_add(out, dl_feat(T_LOW + 4, low_of(b2)));
    dl_feat_add(out, dl_feat2(T_BIGRAM + 2, low_of(a1), low_of(b1)));
    dl_feat_add(out, dl_feat2(T_BIGRAM + 3, low_of(a2), low_of(a1)));
    dl_feat_add(out, dl_feat2(T_BIGRAM + 4, low_of(b1), low_of(b2)));
    dl_feat_add(out, dl_feat(T_SHAPE, o->shape));
    dl_feat_add(out, dl_feat(T_SHAPE + 1, shape_at(a1)));
    dl_feat_add(out, dl_feat(T_SHAPE + 2, shape_at(b1)));
    dl_feat_add(out, dl_feat3(T_SHAPE + 4, o->shape, shape_at(b1), shape_at(b2)));
    dl_feat_add(out, dl_feat3(T_SHAPE + 5, shape_at(a2), shape_at(a1), o->shape));
    dl_feat_add(out, dl_feat2(T_SHAPE + 6, o->shape, low_of(a1)));
    dl_feat_add(out, dl_feat2(T_SHAPE + 7, o->shape, low_of(b1)));
    for (uint64_t k = 0; k < 3; k++)
        if (o->pre[k]) dl_feat_add(out, dl_feat(T_PRE + k, o->pre[k]));
    for (uint64_t k = 0; k < 4; k++)
        if (o->suf[k]) dl_feat_add(out, dl_feat2(T_SUF + k, o->suf[k], o->upper));
    list_features(out, w, sent, t);
    if (o->upper) far_features(out, w, sent, t);
}

/* ---- Word classes -------------------------------------------------------------------------- */

dl_names_clusters dl_names_clusters_open(dl_str s)
{
    dl_names_clusters c = { 0, NULL };
    uint32_t n = 0;
    if (s.len < 8) return c;
    memcpy(&n, s.p, sizeof n);
    if (n == 0 || (n & (n - 1)) || s.len < 8 + (size_t)n * 4) return c;
    return (dl_names_clusters){ n, (const uint32_t *)(const void *)(s.p + 8) };
}

uint16_t dl_names_cluster(const dl_names_clusters *c, uint64_t low)
{
    uint32_t tag = (uint32_t)(low >> 42) << 10;
    for (uint32_t k = 0; k < c->n_slots && k < 64; k++) {
        uint32_t s = c->slot[(low + k) & (c->n_slots - 1)];
        if (!s) return 0;
        if ((s & ~UINT32_C(1023)) == tag) return (uint16_t)(s & 1023);
    }
    return 0;
}
