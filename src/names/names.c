/* names.c: from the parts that tokens have in names (tags/tags.h) to names, read alike all over a page.
 * Who bears a name is coref's question. */
#include "names/names.h"

#include "base/hash.h"

static void put_name(dl_build *b, uint32_t from, uint32_t to, uint8_t type)
{
    uint32_t row = dl_row(b, DL_T_NAMES);
    if (row == DL_NONE) return;
    b->d.names.tok[row] = (dl_span){ from, to };
    b->d.names.span[row] = (dl_span){ b->d.toks.span[from].beg, b->d.toks.span[to - 1].end };
    b->d.names.type[row] = type;
}

static void put_names(dl_build *b, dl_span sent)
{
    const uint8_t *bio = b->d.toks.bio;
    for (uint32_t t = sent.beg; t < sent.end;) {
        const uint32_t from = t++;
        if (!bio[from]) continue;
        const unsigned type = dl_bio_type(bio[from]);
        while (t < sent.end && bio[t] && !dl_bio_begins(bio[t]) && dl_bio_type(bio[t]) == type) t++;
        put_name(b, from, t, (uint8_t)type);
    }
}

/* ---- One reading a page ------------------------------------------------------------------------ */

/* How often the page has these words as PER, ORG, LOC. */
struct votes {
    uint32_t n[3];
};

static void vote(dl_map *words, struct votes *v, uint32_t *n, dl_str said, uint8_t type)
{
    uint32_t *at = dl_map_put(words, dl_hash_str(said), *n);
    if (!at) return;
    if (*at == *n) v[(*n)++] = (struct votes){ { 0, 0, 0 } };
    v[*at].n[type]++;
}

/* A name that is read in two ways on one page takes the reading that it mostly has. "Orlov" counts as a
 * person where "Ivan Orlov" stands, "Acme" as a firm where "Acme Holdings" does. (After Krishnan & Manning,
 * "An Effective Two-Stage Model for Exploiting Non-Local Dependencies", 2006; by counting, not by a model.) */
static void agree(dl_build *b)
{
    const dl_names *names = &b->d.names;
    dl_map words;
    dl_map_init(&words, &b->scratch);
    struct votes *v = DL_NEW(&b->scratch, (size_t)names->n * 2 + 1, struct votes);
    uint32_t n = 0;
    for (uint32_t i = 0; v && i < names->n; i++) {
        if (names->type[i] > DL_LOC) continue;
        dl_span t = names->tok[i];
        vote(&words, v, &n, dl_doc_text(&b->d, names->span[i]), names->type[i]);
        if (t.end - t.beg > 1 && names->type[i] != DL_LOC)
            vote(&words, v, &n, dl_tok_text(&b->d, names->type[i] == DL_PER ? t.end - 1 : t.beg), names->type[i]);
    }
    for (uint32_t i = 0; v && i < names->n; i++) {
        uint32_t at = names->type[i] > DL_LOC ? DL_NONE : dl_map_get(&words, dl_hash_str(dl_doc_text(&b->d, names->span[i])));
        if (at == DL_NONE) continue;
        uint8_t most = names->type[i];
        for (uint8_t k = 0; k < 3; k++)
            if (v[at].n[k] > v[at].n[most]) most = k;
        if (v[at].n[most] >= 2 * v[at].n[names->type[i]] + 1) b->d.names.type[i] = most;
    }
}

dl_status dl_names_find(dl_build *b, const dl_models *m)
{
    (void)m;
    const dl_arena_mark here = dl_arena_here(&b->scratch);
    for (uint32_t s = 0; s < b->d.sents.n; s++) put_names(b, b->d.sents.tok[s]);
    agree(b);
    const bool failed = dl_arena_failed(&b->scratch);
    dl_arena_back(&b->scratch, here);
    return failed ? DL_ENOMEM : dl_build_status(b);
}
