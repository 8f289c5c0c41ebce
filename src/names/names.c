/* names.c: finds names with the tagger that train/train_names.c made: BIO labels over features.h.
 * Who bears a name is coref's question. */
#include "names/names.h"

#include "base/hash.h"
#include "names/features.h"

/* The type of a label's name, "PER" of "B-PER"; DL_NAME_TYPES: none. */
static uint8_t type_of(dl_str label)
{
    if (label.len > 2)
        for (unsigned k = 0; k < DL_NAME_TYPES; k++)
            if (dl_str_eq(dl_str_cut(label, 2, label.len), dl_str_of(dl_name_words[k]))) return (uint8_t)k;
    return DL_NAME_TYPES;
}

static void put_name(dl_build *b, uint32_t from, uint32_t to, uint8_t type)
{
    uint32_t row = dl_row(b, DL_T_NAMES);
    if (row == DL_NONE) return;
    b->d.names.tok[row] = (dl_span){ from, to };
    b->d.names.span[row] = (dl_span){ b->d.toks.span[from].beg, b->d.toks.span[to - 1].end };
    b->d.names.type[row] = type;
}

/* Labels of one sentence to rows of names. */
static void put_names(dl_build *b, const dl_linear *w, dl_span sent, const uint8_t *label)
{
    uint32_t n = sent.end - sent.beg;
    for (uint32_t i = 0; i < n;) {
        dl_str l = dl_linear_label(w, label[i]);
        uint8_t type = type_of(l);
        uint32_t from = i++;
        if (type == DL_NAME_TYPES) continue;
        while (i < n) {
            dl_str next = dl_linear_label(w, label[i]);
            if (!next.len || next.p[0] != 'I' || type_of(next) != type) break;
            i++;
        }
        put_name(b, sent.beg + from, sent.beg + i, type);
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
    const dl_doc *d = &b->d;
    dl_linear weights;
    if (!dl_linear_open(&weights, m, DL_NAMES_WEIGHTS)) return dl_build_status(b);
    dl_facts facts = dl_facts_open(m);
    dl_names_clusters classes = dl_names_clusters_open(dl_models_section(m, DL_NAMES_CLUSTERS));
    dl_arena_mark here = dl_arena_here(&b->scratch);
    dl_names_word *w = dl_names_look(d, &facts, &classes, &b->scratch);
    uint8_t *label = DL_NEW(&b->scratch, (size_t)d->toks.n + 1, uint8_t);
    dl_seq seq;
    dl_feats f;
    dl_seq_init(&seq, &b->scratch);
    for (uint32_t s = 0; w && label && s < d->sents.n; s++) {
        dl_span sent = d->sents.tok[s];
        dl_seq_clear(&seq);
        for (uint32_t t = sent.beg; t < sent.end; t++) {
            dl_names_features(&f, w, sent, t);
            if (!dl_seq_add(&seq, &f)) return DL_ENOMEM;
        }
        dl_seq_viterbi(&weights, &seq, &b->scratch, label + sent.beg);
        put_names(b, &weights, sent, label + sent.beg);
    }
    agree(b);
    bool failed = dl_arena_failed(&b->scratch);
    dl_arena_back(&b->scratch, here);
    return failed ? DL_ENOMEM : dl_build_status(b);
}
