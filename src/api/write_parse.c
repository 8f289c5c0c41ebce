/* write_parse.c: `dateline parse`: the document as CoNLL-U
 * (universaldependencies.org/format.html), with offsets and names in MISC. */
#include "api/view.h"
#include "tags/tags.h"
#include "trees/trees.h"

/* "B-PER" for the token, given the row of names at which to look; the row moves on. */
static void put_name(dl_buf *o, const dl_doc *d, uint32_t tok, uint32_t *name)
{
    const dl_names *n = &d->names;
    while (*name < n->n && n->tok[*name].end <= tok) ++*name;
    if (*name >= n->n || !dl_span_has(n->tok[*name], tok)) return;
    dl_buf_fmt(o, "|NE=%c-%s", n->tok[*name].beg == tok ? 'B' : 'I', dl_name_words[n->type[*name]]);
}

/* A field: no tabs, newlines or blanks, never empty. */
static void put_field(dl_buf *o, dl_str s)
{
    if (!s.len) dl_buf_putc(o, '_');
    size_t done = 0;
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.p[i] <= ' ') {
            dl_buf_add(o, dl_str_cut(s, done, i));
            dl_buf_putc(o, '_');
            done = i + 1;
        }
    dl_buf_add(o, dl_str_cut(s, done, s.len));
}

static void put_text(dl_buf *o, dl_str s)
{
    dl_buf_puts(o, "# text = ");
    size_t done = 0;
    for (size_t i = 0; i < s.len; i++)
        if (s.p[i] == '\n' || s.p[i] == '\r' || s.p[i] == '\t') {
            dl_buf_add(o, dl_str_cut(s, done, i));
            dl_buf_putc(o, ' ');
            done = i + 1;
        }
    dl_buf_add(o, dl_str_cut(s, done, s.len));
    dl_buf_putc(o, '\n');
}

static void put_uint(dl_buf *o, uint32_t v)
{
    char digit[10];
    size_t n = sizeof digit;
    do digit[--n] = (char)('0' + v % 10);
    while (v /= 10);
    dl_buf_add(o, (dl_str){ digit + n, sizeof digit - n });
}

static void put_head(dl_buf *o, const dl_doc *d, uint32_t tok, uint32_t first)
{
    uint32_t head = d->toks.head[tok], rel = d->toks.rel[tok];
    if (head == DL_NONE) {
        dl_buf_puts(o, "_\t_");
        return;
    }
    put_uint(o, head == tok ? 0 : head - first + 1);
    dl_buf_putc(o, '\t');
    dl_buf_puts(o, dl_rel_names[rel < DL_RELS ? rel : 0]);
}

static void put_token(dl_buf *o, const dl_doc *d, uint32_t tok, dl_span sent, bool tree, uint32_t *name)
{
    const dl_toks *t = &d->toks;
    put_uint(o, tok - sent.beg + 1);
    dl_buf_putc(o, '\t');
    put_field(o, dl_tok_text(d, tok));
    dl_buf_putc(o, '\t');
    put_field(o, dl_tok_lemma(d, tok));
    dl_buf_putc(o, '\t');
    dl_buf_puts(o, dl_upos_names[t->upos[tok] < DL_UPOSES ? t->upos[tok] : 0]);
    dl_buf_putc(o, '\t');
    dl_buf_puts(o, dl_xpos_names[t->xpos[tok] < DL_XPOSES ? t->xpos[tok] : 0]);
    dl_buf_puts(o, "\t_\t");
    if (tree)
        put_head(o, d, tok, sent.beg);
    else
        dl_buf_puts(o, "_\t_");
    dl_buf_puts(o, "\t_\tbeg=");
    put_uint(o, t->span[tok].beg);
    dl_buf_puts(o, "|end=");
    put_uint(o, t->span[tok].end);
    put_name(o, d, tok, name);
    if (!(t->flags[tok] & DL_TOK_SPACE)) dl_buf_puts(o, "|SpaceAfter=No");
    dl_buf_putc(o, '\n');
}

void dl_write_parse(dl_out *o, const dl_view *v, uint32_t page, const dl_doc *d)
{
    (void)v;
    (void)page;
    uint32_t name = 0, block = DL_NONE;
    dl_buf_puts(o->buf, "# newdoc id = ");
    put_field(o->buf, dl_doc_str(d, d->meta->id));
    dl_buf_putc(o->buf, '\n');
    for (uint32_t s = 0; s < d->sents.n; s++) {
        if (d->sents.block[s] != block) dl_buf_puts(o->buf, "# newpar\n");
        block = d->sents.block[s];
        put_text(o->buf, dl_doc_text(d, d->sents.span[s]));
        for (uint32_t t = d->sents.tok[s].beg; t < d->sents.tok[s].end; t++)
            put_token(o->buf, d, t, d->sents.tok[s], !o->req->no_tree, &name);
        dl_buf_putc(o->buf, '\n');
    }
    o->rows++;
}
