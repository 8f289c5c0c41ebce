/* names.c: finds names with the tagger that train/train_names.c made: BIO labels over features.h.
 * Who bears a name is coref's question. */
#include "names/names.h"

#include "names/features.h"

/* The type of a label's name, "PER" of "B-PER"; DL_NAME_TYPES: none. */
static uint8_t type_of(dl_str label)
{
    if (label.len > 2)
        for (uint8_t k = 0; k < DL_NAME_TYPES; k++)
            if (dl_str_eq(dl_str_cut(label, 2, label.len), dl_str_of(dl_name_words[k]))) return k;
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
    bool failed = dl_arena_failed(&b->scratch);
    dl_arena_back(&b->scratch, here);
    return failed ? DL_ENOMEM : dl_build_status(b);
}
