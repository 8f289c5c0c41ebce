/* tokens.c: the stage: lines of blocks, given tokens, and which tokens are quoted. */
#include "tokens/tokens.h"

#include "base/utf8.h"
#include "tokens/ends.h"

static void cut_block(dl_cut *c, uint32_t block)
{
    dl_span s = c->b->d.blocks.span[block];
    uint32_t body = c->b->d.meta->body_len;
    s.end = s.end < body ? s.end : body;
    for (uint32_t i = s.beg; i < s.end;) {
        const char *nl = memchr(c->t + i, '\n', s.end - i);
        c->line_beg = i;
        c->end = nl ? (uint32_t)(nl - c->t) : s.end;
        c->first = c->b->d.toks.n;
        dl_cut_words(c);
        dl_cut_sentences(c, block);
        i = c->end + 1;
    }
}

/* What a quotation mark does: +1 opens, -1 closes, 0 is none. A straight one opens where a blank or
 * an opening mark stands before it and none behind. */
static int quote_turn(const dl_doc *d, uint32_t tok, bool open)
{
    dl_str s = dl_tok_text(d, tok);
    size_t at = 0;
    uint32_t cp = dl_utf8_next(s, &at);
    if (dl_str_eq(s, DL_STR("``")) || (at == s.len && (cp == 0x201c || cp == 0x201e || cp == 0xab))) return 1;
    if (dl_str_eq(s, DL_STR("''")) || (at == s.len && (cp == 0x201d || cp == 0xbb))) return -1;
    if (at != s.len || cp != '"') return 0;
    bool before = tok == 0 || (d->toks.flags[tok - 1] & DL_TOK_SPACE);
    bool after = (d->toks.flags[tok] & DL_TOK_SPACE) != 0;
    return before == after ? (open ? -1 : 1) : before ? 1 : -1;
}

/* A quotation that is not closed ends with its block. */
static void mark_quoted(dl_build *b)
{
    dl_doc *d = &b->d;
    bool open = false;
    uint32_t block = DL_NONE;
    for (uint32_t s = 0; s < d->sents.n; s++) {
        open &= d->sents.block[s] == block;
        block = d->sents.block[s];
        for (uint32_t t = d->sents.tok[s].beg; t < d->sents.tok[s].end; t++) {
            int turn = quote_turn(d, t, open);
            if (turn)
                open = turn > 0;
            else if (open)
                d->toks.flags[t] |= DL_TOK_QUOTED;
        }
    }
}

static dl_status find(dl_build *b, const dl_models *m, bool learnt)
{
    dl_cut c = { .b = b, .t = b->d.text, .abbrs = dl_tsv_open(m, "abbreviations"), .starts = dl_tsv_open(m, "sentence_starts") };
    dl_end_page page;
    dl_end_page_of(&page, b);
    c.page = &page;
    c.groups = dl_clusters_open(m);
    dl_end_net net;
    c.net = &net;
    dl_end_net_view(&net, learnt ? dl_models_section(m, "tokens/ends") : (dl_str){ 0 });
    for (uint32_t i = 0; i < b->d.blocks.n; i++)
        if (b->d.blocks.kind[i] <= DL_POST) cut_block(&c, i);
    mark_quoted(b);
    return dl_build_status(b);
}

dl_status dl_tokens_find(dl_build *b, const dl_models *m) { return find(b, m, true); }

dl_status dl_tokens_by_rule(dl_build *b, const dl_models *m) { return find(b, m, false); }

/* The block that holds a byte, from `from` on; blocks ascend. */
static uint32_t block_of(const dl_doc *d, uint32_t from, uint32_t byte)
{
    while (from + 1 < d->blocks.n && d->blocks.span[from + 1].beg <= byte && d->blocks.kind[from + 1] <= DL_POST) from++;
    return from;
}

static void put_given(dl_build *b, dl_span s)
{
    uint32_t row = dl_row(b, DL_T_TOKS);
    if (row == DL_NONE) return;
    b->d.toks.span[row] = s;
    b->d.toks.head[row] = DL_NONE;
    if (s.end >= b->d.text_len || dl_is_space((unsigned char)b->d.text[s.end])) b->d.toks.flags[row] = DL_TOK_SPACE;
}

dl_status dl_tokens_given(dl_build *b, const dl_raw *raw)
{
    uint32_t at = 0, block = 0;
    size_t w = 0;
    for (size_t s = 0; s < raw->n_sents; s++) {
        uint32_t first = b->d.toks.n;
        for (; w < raw->sent_end[s] && w < raw->n_words; w++) {
            dl_span span = raw->word[w];
            if (span.beg < at || span.end <= span.beg || span.end > b->d.meta->body_len) continue;
            put_given(b, span);
            at = span.end;
        }
        uint32_t n = b->d.toks.n, row = n > first ? dl_row(b, DL_T_SENTS) : DL_NONE;
        if (row == DL_NONE) continue;
        const dl_span *span = b->d.toks.span;
        block = block_of(&b->d, block, span[first].beg);
        b->d.sents.tok[row] = (dl_span){ first, n };
        b->d.sents.span[row] = (dl_span){ span[first].beg, span[n - 1].end };
        b->d.sents.block[row] = block;
    }
    mark_quoted(b);
    return dl_build_status(b);
}
