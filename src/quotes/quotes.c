/* quotes.c: the stage: labels, attributions, speakers, days, rows; see quotes.h. */
#include "quotes/quotes.h"

#include "base/sort.h"
#include "quotes/said.h"
#include "quotes/speaker.h"

typedef struct writer {
    dl_build *b;
    const dl_quoting *q;
    const dl_attribs *all;
    const dl_voice *voice; /* [all->n]                                                             */
    const uint32_t *via;   /* [all->n] entities                                                    */
} writer;

static dl_span bytes(const dl_doc *d, dl_span tok)
{
    return (dl_span){ d->toks.span[tok.beg].beg, d->toks.span[tok.end - 1].end };
}

static void part(dl_build *b, dl_part_role role, dl_span span, uint32_t ent)
{
    uint32_t p = dl_row(b, DL_T_PARTS);
    if (p == DL_NONE) return;
    b->d.parts.role[p] = (uint8_t)role;
    b->d.parts.span[p] = span;
    b->d.parts.ent[p] = ent;
}

static void put_speakers(const writer *w, const dl_attrib *a, const dl_voice *v)
{
    const dl_doc *d = &w->b->d;
    for (uint32_t i = 0; i < v->n; i++) {
        dl_span tok = v->who[i].tok;
        dl_span at = dl_span_len(tok) ? bytes(d, tok) : (dl_span){ bytes(d, a->content[0]).beg, bytes(d, a->content[0]).beg };
        part(w->b, DL_SOURCE, at, v->who[i].ent);
    }
    for (uint32_t i = 0; i < v->n; i++)
        if (dl_span_len(v->who[i].named)) part(w->b, DL_NAMED, bytes(d, v->who[i].named), v->who[i].ent);
}

static void put_row(const writer *w, uint32_t i)
{
    dl_build *b = w->b;
    const dl_attrib *a = &w->all->row[i];
    uint32_t row = dl_row(b, DL_T_QUOTES);
    if (row == DL_NONE) return;
    dl_span parts = { b->d.parts.n, 0 };
    for (uint32_t k = 0; k < a->n_content; k++) part(b, DL_CONTENT, bytes(&b->d, a->content[k]), DL_NONE);
    if (dl_span_len(a->cue)) part(b, DL_CUE, bytes(&b->d, a->cue), DL_NONE);
    put_speakers(w, a, &w->voice[i]);
    if (dl_span_len(a->via)) part(b, DL_VIA, bytes(&b->d, a->via), w->via[i]);
    parts.end = b->d.parts.n;
    b->d.quotes.parts[row] = parts;
    b->d.quotes.kind[row] = a->kind;
    b->d.quotes.sent[row] = w->q->sent[a->content[0].beg];
    b->d.quotes.score[row] = a->score;
    const dl_attrib *said = a;
    for (int step = 0; step < 8 && said->from != DL_NONE; step++) said = &w->all->row[said->from];
    dl_said_on(w->q, said, &b->d.quotes.from[row], &b->d.quotes.to[row]);
}

static int by_content(const void *a, const void *b, const void *ctx)
{
    const dl_attrib *row = ctx;
    uint32_t x = row[*(const uint32_t *)a].content[0].beg, y = row[*(const uint32_t *)b].content[0].beg;
    return x < y ? -1 : x > y;
}

/* Speakers in the order of the text; a quotation that goes on has those of the one it goes on from,
 * which always stands before it in the list. */
static dl_voice *cast(const dl_quoting *q, const dl_attribs *all, uint32_t *via)
{
    dl_voice *voice = DL_NEW(q->a, all->n + 1, dl_voice);
    dl_casting c;
    if (!voice || !dl_casting_open(&c, q)) return NULL;
    for (size_t i = 0; i < all->n; i++) {
        const dl_attrib *a = &all->row[i];
        via[i] = dl_casting_ent(&c, a->via);
        if (a->from == DL_NONE) {
            dl_casting_resolve(&c, a->source, &voice[i]);
            continue;
        }
        voice[i] = voice[a->from];
        for (uint32_t k = 0; k < voice[i].n; k++) {
            if (!dl_span_len(voice[i].who[k].named)) voice[i].who[k].named = voice[i].who[k].tok;
            voice[i].who[k].tok = (dl_span){ 0, 0 };
        }
    }
    return voice;
}

static dl_status find(dl_build *b, const dl_models *m)
{
    dl_quoting q;
    dl_attribs all;
    if (!dl_quoting_open(&q, &b->d, m, &b->scratch) || !dl_quoting_label(&q) || !dl_attribs_find(&all, &q)) return DL_ENOMEM;
    uint32_t *order = DL_NEW(&b->scratch, all.n + 1, uint32_t), *via = DL_NEW(&b->scratch, all.n + 1, uint32_t);
    dl_voice *voice = via ? cast(&q, &all, via) : NULL;
    if (!voice || !order) return DL_ENOMEM;
    for (uint32_t i = 0; i < all.n; i++) order[i] = i;
    if (!dl_sort(order, all.n, sizeof *order, by_content, all.row, &b->scratch)) return DL_ENOMEM;
    writer w = { b, &q, &all, voice, via };
    for (size_t i = 0; i < all.n; i++)
        if (all.row[order[i]].score >= DL_ATTRIB_LEAST) put_row(&w, order[i]);
    return dl_build_status(b);
}

dl_status dl_quotes_find(dl_build *b, const dl_models *m)
{
    dl_arena_mark here = dl_arena_here(&b->scratch);
    dl_status st = find(b, m);
    dl_arena_back(&b->scratch, here);
    return st;
}
