/* sight.c: looking at a page's words. After Ratinov & Roth, "Design Challenges and Misconceptions in Named Entity
 * Recognition" (2009): lists of facts, and what the rest of the page says of the same word. */
#include "encode/sight.h"

#include "base/hash.h"
#include "learn/learn.h"

enum { SEEN_LOWER = 1, SEEN_CAPITAL = 2, SEEN_CAPS = 4 };

/* Bits of `fact`: 7 for the phrase, with its first token told from the rest, 6 for the word. */
enum {
    F_NATION = 1u << 0,
    F_ADJ = 1u << 1,
    F_CAPITAL = 1u << 2,
    F_SEAT = 1u << 3,
    F_BODY = 1u << 4,
    F_MEDIA = 1u << 5,
    F_INST = 1u << 6,
    F_FIRST = 1u << 7,
    F_FAMILY = 1u << 8,
    F_HONORIFIC = 1u << 9,
    F_TITLE = 1u << 10,
    F_PERSON = 1u << 11,
    F_ORG = 1u << 12,
    F_INSIDE = 1u << 13
};
#define FACTS 13
enum { NATION = 1, BODY = 2 }; /* of dl_form.opens                                                 */

/* Templates. */
enum {
    T_FORM = 1,
    T_LOWER,
    T_SHAPE,
    T_SUF,
    T_PRE = 8,
    T_CASE = 11,
    T_FLAGS,
    T_PLACE,
    T_SENTENCE,
    T_SEEN,
    T_FACT,
    T_FAR = T_FACT + 2
};

static uint32_t agent_bits(const dl_agent *a)
{
    return (a->kind == DL_AG_HONORIFIC || a->kind == DL_AG_RANK ? F_HONORIFIC : 0u) | (a->title ? F_TITLE : 0u) |
           (a->kind == DL_AG_PERSON || a->kind == DL_AG_GROUP ? F_PERSON : 0u) |
           (a->kind == DL_AG_ORG || a->kind == DL_AG_GOV ? F_ORG : 0u);
}

/* ---- Forms --------------------------------------------------------------------------------------- */

static dl_form look_at(const dl_sight *s, uint32_t tok)
{
    const dl_str word = dl_tok_text(s->d, tok);
    const dl_agent agent = dl_facts_agent(&s->facts, word);
    dl_form f = { .lex = dl_lex_of(word), .fact = (uint16_t)agent_bits(&agent) };
    f.alpha = word.len && dl_is_alpha(word.p[0]);
    f.upper = f.lex.flags & DL_LEX_CAPS && f.lex.len > 1 ? 2 : f.lex.flags & DL_LEX_UPPER ? 1 : 0;
    if (!f.upper) return f;
    f.opens = (uint8_t)((dl_facts_nation_begins(&s->facts, s->d, tok) ? NATION : 0u) |
                        (dl_facts_body_begins(&s->facts, s->d, tok) ? BODY : 0u));
    f.fact |=
        (uint16_t)((dl_facts_gender(&s->facts, word) ? F_FIRST : 0u) | (dl_facts_surname_first(&s->facts, word) ? F_FAMILY : 0u));
    return f;
}

static bool find_forms(dl_sight *s, dl_arena *a)
{
    dl_map forms, types;
    uint32_t n_types = 0;
    dl_map_init(&forms, a);
    dl_map_init(&types, a);
    for (uint32_t t = 0; t < s->d->toks.n; t++) {
        const uint32_t *at = dl_map_put(&forms, dl_hash_str(dl_tok_text(s->d, t)), (uint32_t)s->n_forms);
        if (!at) return false;
        s->of[t] = *at;
        if (*at < s->n_forms) continue;
        if (!DL_ROOM(a, s->form, s->n_forms, s->cap)) return false;
        dl_form f = look_at(s, t);
        const uint32_t *type = dl_map_put(&types, f.lex.lower, n_types);
        if (!type) return false;
        n_types += *type == n_types;
        f.type = *type;
        s->form[s->n_forms++] = f;
    }
    s->seen = DL_NEW(a, (size_t)n_types + 1, uint8_t);
    return s->seen != NULL;
}

/* How a token is printed, as bits of `seen`. */
static uint8_t seen_as(const dl_form *f, bool first)
{
    if (!f->upper) return SEEN_LOWER;
    return first ? 0 : f->upper == 2 ? SEEN_CAPS : SEEN_CAPITAL;
}

/* ---- Phrases ------------------------------------------------------------------------------------- */

static uint32_t nation_bits(unsigned as)
{
    return (as & DL_AS_NAME ? F_NATION : 0u) | (as & (DL_AS_ADJ | DL_AS_PEOPLE) ? F_ADJ : 0u) |
           (as & DL_AS_CAPITAL ? F_CAPITAL : 0u) | (as & DL_AS_SEAT ? F_SEAT : 0u);
}

static void mark(dl_sight *s, uint32_t from, uint32_t n, uint32_t bits)
{
    for (uint32_t i = 0; i < n; i++) s->fact[from + i] |= (uint16_t)(bits | (i ? F_INSIDE : 0u));
}

static void look_up(dl_sight *s, uint32_t t, uint32_t end)
{
    const dl_form *f = &s->form[s->of[t]];
    s->fact[t] |= f->fact;
    if (!f->upper || (s->fact[t] & F_INSIDE)) return;
    dl_nation nation;
    const uint32_t n = f->opens & NATION ? dl_facts_nation_at(&s->facts, s->d, t, end, &nation) : 0;
    if (n) mark(s, t, n, nation_bits(nation.as));
    dl_body body;
    const uint32_t k = f->opens & BODY ? dl_facts_body_at(&s->facts, s->d, t, end, &body) : 0;
    if (k && k >= n) mark(s, t, k, body.cls == DL_BODY_MEDIA ? F_MEDIA : body.cls == DL_BODY_INST ? F_INST : F_BODY);
}

/* Where the same word stands before and behind, with a capital. */
static bool look_around(dl_sight *s, size_t types, dl_arena *a)
{
    const dl_arena_mark here = dl_arena_here(a);
    uint32_t *last = dl_arena_raw(a, types + 1, sizeof *last);
    if (!last) return false;
    memset(last, 0xff, (types + 1) * sizeof *last);
    for (uint32_t t = 0; t < s->d->toks.n; t++) {
        const dl_form *f = &s->form[s->of[t]];
        s->same[2 * (size_t)t] = s->same[2 * (size_t)t + 1] = DL_NONE;
        if (!f->upper) continue;
        const uint32_t before = last[f->type];
        s->same[2 * (size_t)t] = before;
        if (before != DL_NONE) s->same[2 * (size_t)before + 1] = t;
        last[f->type] = t;
    }
    dl_arena_back(a, here);
    return true;
}

bool dl_sight_page(dl_sight *s, const dl_doc *d, const dl_models *m, dl_arena *a)
{
    const size_t n = (size_t)d->toks.n + 1;
    *s = (dl_sight){ .d = d, .facts = dl_facts_open(m), .groups = dl_clusters_open(m) };
    s->of = dl_arena_raw(a, n, sizeof *s->of);
    s->fact = DL_NEW(a, n, uint16_t);
    s->same = dl_arena_raw(a, n, 2 * sizeof *s->same);
    if (!s->of || !s->fact || !s->same || !find_forms(s, a) || !look_around(s, s->n_forms, a)) return false;
    for (uint32_t i = 0; i < d->sents.n; i++)
        for (uint32_t t = d->sents.tok[i].beg; t < d->sents.tok[i].end; t++) {
            const dl_form *f = &s->form[s->of[t]];
            s->seen[f->type] |= seen_as(f, t == d->sents.tok[i].beg);
            look_up(s, t, d->sents.tok[i].end);
        }
    return true;
}

/* ---- Features ------------------------------------------------------------------------------------ */

uint32_t dl_sight_word(const dl_sight *s, const dl_form *form, uint64_t feat[DL_WORD_FEATS])
{
    const dl_lex *x = &form->lex;
    const dl_cluster group = dl_clusters_of(&s->groups, x->lower);
    uint32_t n = 0;
    feat[n++] = dl_feat(T_FORM, x->form);
    feat[n++] = dl_feat(T_LOWER, x->lower);
    feat[n++] = dl_feat(T_SHAPE, x->shape);
    for (uint32_t k = 0; k < 4; k++)
        if (x->suf[k]) feat[n++] = dl_feat(T_SUF + k, x->suf[k]);
    for (uint32_t k = 0; k < 3; k++)
        if (x->pre[k]) feat[n++] = dl_feat(T_PRE + k, x->pre[k]);
    feat[n++] = dl_feat2(T_CASE, group.kase, x->flags & (DL_LEX_UPPER | DL_LEX_CAPS));
    feat[n++] = dl_feat2(T_FLAGS, x->flags, x->len < 8 ? x->len : 8);
    return n;
}

dl_sight_line dl_sight_sentence(const dl_sight *s, dl_span sent)
{
    uint32_t words = 0, upper = 0, caps = 0;
    for (uint32_t t = sent.beg; t < sent.end; t++) {
        const dl_form *f = &s->form[s->of[t]];
        words += f->upper || f->alpha;
        upper += f->upper > 0;
        caps += f->upper == 2;
    }
    const uint32_t n = dl_span_len(sent);
    const uint32_t how = caps * 4 > words * 3 ? 3 : words > 3 && upper * 2 > words ? 2 : upper ? 1 : 0;
    return (dl_sight_line){ .sent = sent, .how = how * 8 + (n < 4 ? n : n < 8 ? 4 : n < 16 ? 5 : 6) };
}

/* The neighbours of the same word elsewhere are evidence here too. */
static uint32_t far_feats(const dl_sight *s, uint32_t t, uint64_t *feat)
{
    uint32_t n = 0;
    for (size_t k = 0; k < 2; k++) {
        const uint32_t far = s->same[2 * (size_t)t + k];
        if (far == DL_NONE) continue;
        if (far > 0) feat[n++] = dl_feat(T_FAR, s->form[s->of[far - 1]].lex.lower);
        if (far + 1 < s->d->toks.n) feat[n++] = dl_feat(T_FAR + 1, s->form[s->of[far + 1]].lex.lower);
    }
    return n;
}

uint32_t dl_sight_place(const dl_sight *s, dl_sight_line *line, uint32_t t, uint64_t feat[DL_PLACE_FEATS])
{
    uint32_t n = 0;
    const dl_form *f = &s->form[s->of[t]];
    const uint32_t seen = f->upper ? s->seen[f->type] : 0;
    const bool first = t == line->sent.beg, last = t + 1 == line->sent.end;
    feat[n++] = dl_feat(T_PLACE, (uint64_t)first | (uint64_t)last << 1 | (uint64_t)line->quoted << 2);
    feat[n++] = dl_feat(T_SENTENCE, line->how | (uint64_t)f->upper << 16);
    feat[n++] = dl_feat3(T_SEEN, seen, f->upper, first);
    n += far_feats(s, t, feat + n);
    for (uint32_t k = 0; k < FACTS && n < DL_PLACE_FEATS; k++)
        if (s->fact[t] >> k & 1) feat[n++] = dl_feat2(T_FACT, k, (s->fact[t] & F_INSIDE) != 0);
    const dl_str word = dl_tok_text(s->d, t);
    if (word.len == 1 && word.p[0] == '"') line->quoted = !line->quoted;
    return n;
}
