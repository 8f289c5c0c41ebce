/* corpus.c: a document of gold becomes a page, is looked at as any page is, and its sentences become examples. */
#include "fit/corpus.h"

#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "base/error.h"
#include "base/limits.h"
#include "doc/build.h"
#include "encode/sight.h"
#include "learn/gold.h"
#include "learn/learn.h"
#include "tags/tags.h"
#include "trees/trees.h"

static const struct {
    const char *theirs;
    uint8_t ours; /* dl_name_type                                                                  */
} types[] = {
    { "PER", DL_PER },
    { "Person", DL_PER },
    { "person", DL_PER },
    { "politician", DL_PER },
    { "PERSON", DL_PER },
    { "ORG", DL_ORG },
    { "Organization", DL_ORG },
    { "organisation", DL_ORG },
    { "organization", DL_ORG },
    { "politicalparty", DL_ORG },
    { "LOC", DL_LOC },
    { "Location", DL_LOC },
    { "location", DL_LOC },
    { "country", DL_LOC },
    { "GPE", DL_LOC },
    { "NORP", DL_NORP },
    { "Facility", DL_FAC },
    { "FAC", DL_FAC },
    { "Event", DL_EVENT_NAME },
    { "event", DL_EVENT_NAME },
    { "election", DL_EVENT_NAME },
    { "EVENT", DL_EVENT_NAME },
    { "MISC", DL_MISC },
    { "Misc", DL_MISC },
    { "misc", DL_MISC },
    { "Product", DL_MISC },
    { "Miscellaneous", DL_MISC },
};

typedef struct page { /* a document of gold, arrays by token                                          */
    dl_build b;
    dl_arena gold;
    uint8_t *names, *xpos, *upos, *rel;
    uint16_t *head;
    size_t cap[5];
    uint32_t sent_beg;
    bool tree, split_misc;
    float weight;
} page;

/* Their label as a part in a name (DL_BIOS). */
static uint8_t bio_of(dl_str theirs)
{
    if (theirs.len < 3 || theirs.p[1] != '-' || (theirs.p[0] != 'B' && theirs.p[0] != 'I')) return 0;
    for (size_t k = 0; k < DL_COUNT(types); k++)
        if (dl_str_eq(dl_str_cut(theirs, 2, theirs.len), dl_str_of(types[k].theirs)))
            return (uint8_t)(1 + 2 * types[k].ours + (theirs.p[0] == 'I'));
    return 0;
}

/* The row of the token; DL_NONE: no memory. */
static uint32_t put_token(page *p, dl_str form, bool space)
{
    dl_span at = dl_put_text(&p->b, form);
    dl_put_text(&p->b, DL_STR(" "));
    const uint32_t row = dl_row(&p->b, DL_T_TOKS);
    if (row == DL_NONE || !DL_ROOM(&p->gold, p->names, row, p->cap[0]) || !DL_ROOM(&p->gold, p->xpos, row, p->cap[1]) ||
        !DL_ROOM(&p->gold, p->upos, row, p->cap[2]) || !DL_ROOM(&p->gold, p->rel, row, p->cap[3]) ||
        !DL_ROOM(&p->gold, p->head, row, p->cap[4]))
        return DL_NONE;
    p->b.d.toks.span[row] = at;
    p->b.d.toks.flags[row] = space ? DL_TOK_SPACE : 0;
    p->names[row] = p->xpos[row] = p->upos[row] = p->rel[row] = 0;
    p->head[row] = 0;
    return row;
}

static void end_sentence(page *p)
{
    const uint32_t end = p->b.d.toks.n;
    if (end == p->sent_beg) return;
    const uint32_t row = dl_row(&p->b, DL_T_SENTS);
    if (row != DL_NONE) p->b.d.sents.tok[row] = (dl_span){ p->sent_beg, end };
    p->sent_beg = end;
}

/* I-X behind anything but B-X and I-X begins a name. */
static void mend_names(page *p)
{
    for (uint32_t s = 0; s < p->b.d.sents.n; s++)
        for (uint32_t t = p->b.d.sents.tok[s].beg; t < p->b.d.sents.tok[s].end; t++) {
            const uint8_t l = p->names[t];
            const uint8_t before = t > p->b.d.sents.tok[s].beg ? p->names[t - 1] : 0;
            if (!dl_bio_follows(l, before)) p->names[t] = (uint8_t)(l - 1);
        }
}

static void split_misc(page *p, const dl_facts *f)
{
    enum { MISC = 1 + 2 * DL_MISC, NORP = 1 + 2 * DL_NORP };
    for (uint32_t t = 0; t < p->b.d.toks.n; t++) {
        if (p->names[t] != MISC || (t + 1 < p->b.d.toks.n && p->names[t + 1] == MISC + 1)) continue;
        if (dl_facts_nation(f, dl_tok_text(&p->b.d, t)).as & (DL_AS_ADJ | DL_AS_PEOPLE)) p->names[t] = NORP;
    }
}

/* ---- Examples ------------------------------------------------------------------------------------ */

static void *kept(dl_arena *a, const void *p, size_t n, size_t size)
{
    void *to = dl_arena_raw(a, n + 1, size);
    if (to) memcpy(to, p, n * size);
    return to;
}

static bool put_rows(dl_corpus *c, const dl_sight *s, const dl_vectors *v, dl_span sent, dl_fit_sent *out)
{
    const uint32_t n = dl_span_len(sent);
    uint32_t *end = dl_arena_raw(c->arena, n, sizeof *end), *vec = dl_arena_raw(c->arena, n, sizeof *vec), rows = 0;
    uint64_t *all = dl_arena_raw(c->arena, (size_t)n * (DL_WORD_FEATS + DL_PLACE_FEATS), sizeof *all);
    if (!end || !vec || !all) return false;
    dl_sight_line line = dl_sight_sentence(s, sent);
    for (uint32_t i = 0; i < n; i++) {
        const dl_form *form = &s->form[s->of[sent.beg + i]];
        uint64_t feat[DL_WORD_FEATS + DL_PLACE_FEATS];
        uint32_t k = dl_sight_word(s, form, feat);
        k += dl_sight_place(s, &line, sent.beg + i, feat + k);
        for (uint32_t j = 0; j < k; j++) all[rows++] = feat[j];
        end[i] = rows;
        vec[i] = dl_vectors_row(v, form->lex.lower);
    }
    out->end = end;
    out->feat = all;
    out->vec = vec;
    return true;
}

static bool put_example(dl_corpus *c, const page *p, const dl_sight *s, const dl_vectors *v, dl_span sent)
{
    dl_fit_sent x = { .n = dl_span_len(sent), .weight = p->weight };
    if (x.n > DL_SENT_MAX || !DL_ROOM(c->arena, c->sent, c->n, c->cap)) return x.n > DL_SENT_MAX;
    if (!put_rows(c, s, v, sent, &x)) return false;
    if (p->tree) {
        x.xpos = kept(c->arena, p->xpos + sent.beg, x.n, 1);
        x.upos = kept(c->arena, p->upos + sent.beg, x.n, 1);
        x.rel = kept(c->arena, p->rel + sent.beg, x.n, 1);
        x.head = kept(c->arena, p->head + sent.beg, x.n, sizeof *x.head);
    } else {
        x.names = kept(c->arena, p->names + sent.beg, x.n, 1);
    }
    c->sent[c->n++] = x;
    c->words += x.n;
    return !dl_arena_failed(c->arena);
}

static bool put_page(dl_corpus *c, page *p)
{
    end_sentence(p);
    mend_names(p);
    dl_sight s;
    dl_vectors v;
    dl_vectors_open(&v, c->models);
    bool ok = dl_sight_page(&s, &p->b.d, c->models, &p->b.scratch);
    if (ok && p->split_misc) split_misc(p, &s.facts);
    for (uint32_t i = 0; ok && i < p->b.d.sents.n; i++) ok = put_example(c, p, &s, &v, p->b.d.sents.tok[i]);
    dl_build_reset(&p->b);
    p->sent_beg = 0;
    return ok;
}

/* ---- Files --------------------------------------------------------------------------------------- */

static bool put_tree(page *p, const dl_gold *g, dl_span words)
{
    for (uint32_t i = words.beg; i < words.end; i++) {
        const dl_gold_word *w = &g->word[i];
        const uint32_t row = put_token(p, w->form, w->space);
        if (row == DL_NONE) return false;
        p->xpos[row] = (uint8_t)dl_xpos_of(w->xpos);
        p->upos[row] = (uint8_t)dl_upos_of(w->upos);
        p->rel[row] = (uint8_t)dl_rel_of(w->rel);
        p->head[row] = (uint16_t)w->head;
    }
    end_sentence(p);
    return true;
}

static dl_status read_trees(dl_corpus *c, page *p, const char *path, dl_error *err)
{
    dl_arena a;
    dl_gold g = { .n_words = 0 };
    dl_arena_init(&a, (size_t)8 << 30);
    dl_status st = dl_gold_read(&g, &a, path, err);
    bool ok = true;
    for (size_t s = 0; !st && ok && s < g.n_sents; s++) {
        if (g.sent[s].doc && p->b.d.toks.n) ok = put_page(c, p);
        ok = ok && put_tree(p, &g, g.sent[s].words);
    }
    if (ok && p->b.d.toks.n) ok = put_page(c, p);
    dl_arena_free(&a);
    return st ? st : ok ? DL_OK : DL_ENOMEM;
}

/* A line's first and last column. */
static bool columns(char *line, dl_str *word, dl_str *label)
{
    dl_str s = dl_str_of(line);
    while (s.len && dl_is_space(s.p[s.len - 1])) s.len--;
    if (!s.len) return false;
    size_t w = 0, l = s.len;
    while (w < s.len && !dl_is_space(s.p[w])) w++;
    while (l && !dl_is_space(s.p[l - 1])) l--;
    *word = dl_str_cut(s, 0, w);
    *label = dl_str_cut(s, l, s.len);
    return w && l;
}

static dl_status read_names(dl_corpus *c, page *p, const char *path, dl_error *err)
{
    char line[4096];
    gzFile in = gzopen(path, "rb");
    if (!in) return dl_fail(err, DL_EIO, path, 0, "cannot be read");
    /* Files without marks of documents: 20 sentences are one. */
    bool marked = false, ok = true;
    uint32_t sents = 0;
    while (ok && gzgets(in, line, sizeof line)) {
        dl_str word, label;
        const bool any = columns(line, &word, &label), mark = any && dl_str_eq(word, DL_STR("-DOCSTART-"));
        marked |= mark;
        if (!any && p->b.d.toks.n > p->sent_beg) sents++;
        if (!any) end_sentence(p);
        if ((mark || (!marked && sents % 20 == 19 && !any)) && p->b.d.toks.n) ok = put_page(c, p);
        if (!any || mark) continue;
        const uint32_t row = put_token(p, word, true);
        if (row == DL_NONE) ok = false;
        if (ok) p->names[row] = bio_of(label);
    }
    if (ok && p->b.d.toks.n) ok = put_page(c, p);
    gzclose(in);
    return ok ? DL_OK : DL_ENOMEM;
}

dl_status dl_corpus_read(dl_corpus *c, const char *path, float weight, dl_error *err)
{
    page p = { .weight = weight,
               .tree = strstr(path, ".conllu") != NULL,
               .split_misc = strstr(path, "conll03") || strstr(path, "wikigold") };
    dl_build_init(&p.b);
    dl_arena_init(&p.gold, (size_t)1 << 32);
    const dl_status st = (p.tree ? read_trees : read_names)(c, &p, path, err);
    dl_build_free(&p.b);
    dl_arena_free(&p.gold);
    return st;
}
