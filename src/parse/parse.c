/* parse.c: the stage. */
#include "parse/parse.h"

#include "base/limits.h"
#include "tags/lemma.h"
#include "tags/tags.h"
#include "trees/trees.h"

#define NETWORK "reader"

typedef struct reading {
    dl_build *b;
    dl_reader reader;
    dl_tagger tagger;
    dl_parser parser;
    bool trees;
} reading;

static bool open_reading(reading *r, const dl_models *m)
{
    return dl_reader_open(&r->reader, r->b, m, NETWORK) && dl_tagger_open(&r->tagger, &r->reader.net, m, NETWORK) &&
           (!r->trees || dl_parser_open(&r->parser, &r->reader.net, m, NETWORK));
}

static bool read_piece(reading *r, dl_span piece)
{
    const size_t d = r->reader.net.d;
    uint8_t *x = dl_reader_states(&r->reader, piece);
    if (!x || !dl_tagger_put(&r->tagger, r->b, piece, x + d, d)) return false;
    return !r->trees || (dl_reader_deepen(&r->reader, dl_span_len(piece)) && dl_parser_put(&r->parser, r->b, piece, x, d));
}

/* The token of the piece whose head is its own row. */
static uint32_t root_of(const dl_doc *d, dl_span piece)
{
    uint32_t t = piece.beg;
    while (t + 1 < piece.end && d->toks.head[t] != t) t++;
    return t;
}

/* Sentences that were given may be longer than DL_SENT_MAX: they are read in pieces, whose roots hang on the first one's. */
static bool read_sentence(reading *r, dl_span sent)
{
    uint32_t root = DL_NONE;
    for (dl_span piece = { sent.beg, sent.beg }; piece.end < sent.end; piece.beg = piece.end) {
        piece.end = sent.end - piece.beg > DL_SENT_MAX ? piece.beg + DL_SENT_MAX : sent.end;
        if (!read_piece(r, piece)) return false;
        if (!r->trees) continue;
        const uint32_t here = root_of(&r->b->d, piece);
        if (root == DL_NONE) root = here;
        r->b->d.toks.head[here] = root;
        if (here != root) r->b->d.toks.rel[here] = DL_REL_PARATAXIS;
    }
    return true;
}

static dl_status find(dl_build *b, const dl_models *m, bool trees)
{
    reading r = { .b = b, .trees = trees };
    const dl_arena_mark here = dl_arena_here(&b->scratch);
    bool ok = open_reading(&r, m);
    for (uint32_t i = 0; ok && i < b->d.sents.n; i++) ok = read_sentence(&r, b->d.sents.tok[i]);
    const bool failed = dl_arena_failed(&b->scratch);
    dl_arena_back(&b->scratch, here);
    if (failed) return DL_ENOMEM;
    dl_lemmas_find(b, m);
    return dl_build_status(b);
}

dl_status dl_parse_words(dl_build *b, const dl_models *m) { return find(b, m, false); }

dl_status dl_parse_trees(dl_build *b, const dl_models *m) { return find(b, m, true); }
