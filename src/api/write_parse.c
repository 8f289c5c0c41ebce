/* write_parse.c: `dateline parse`: the document as CoNLL-U
 * (universaldependencies.org/format.html), with offsets and names in MISC.
 *
 * `# text` is made of the forms and the blanks that SpaceAfter=No leaves, as validators demand; the bytes
 * of the page are what beg and end name. A token costs one reservation in the buffer and no formatting. */
#include "api/view.h"
#include "base/utf8.h"
#include "tags/tags.h"
#include "trees/trees.h"

/* What each tag and relation is called, with lengths; one a document. */
typedef struct words {
    uint32_t base; /* of a part of a text: where in it the part begins */
    dl_str upos[DL_UPOSES], xpos[DL_XPOSES], rel[DL_RELS], type[DL_NAME_TYPES];
} words;

static void call(dl_str *to, const char *const *names, unsigned n)
{
    for (unsigned i = 0; i < n; i++) to[i] = dl_str_of(names[i]);
}

static dl_str named(const dl_str *names, unsigned n, unsigned i) { return names[i < n ? i : 0]; }

/* The most that the columns of a token take beside its form and lemma: four numbers of ten digits, the
 * longest names of all columns, separators. */
enum { ROW = 256 };

static char *put_uint(char *at, uint32_t v)
{
    char digit[10];
    size_t n = sizeof digit;
    do digit[--n] = (char)('0' + v % 10);
    while (v /= 10);
    return dl_str_copy(at, (dl_str){ digit + n, sizeof digit - n });
}

/* What a field may not hold: control characters, white space but for single blanks within. */
static bool barred(uint32_t cp, const char *from, const char *at, bool last)
{
    if (cp == ' ') return last || at == from || at[-1] == ' ';
    return cp < ' ' || (cp >= 0x7f && cp < 0xa0) || dl_cp_space(cp);
}

/* A field; what it may not hold becomes "_", and so does an empty one. No longer than s, or 1. */
static char *put_field(char *at, dl_str s)
{
    char *const from = at;
    size_t i = 0;
    while (i < s.len) {
        const unsigned char c = (unsigned char)s.p[i];
        if (c > ' ' && c < 0x7f) {
            *at++ = s.p[i++];
            continue;
        }
        const size_t beg = i;
        const uint32_t cp = dl_utf8_next(s, &i);
        at = dl_str_copy(at, barred(cp, from, at, i == s.len) ? DL_STR("_") : dl_str_cut(s, beg, i));
    }
    return at == from ? dl_str_copy(at, DL_STR("_")) : at;
}

static bool follows_blank(const dl_doc *d, uint32_t tok) { return (d->toks.flags[tok] & DL_TOK_SPACE) != 0; }

static void put_text(dl_buf *o, const dl_doc *d, dl_span sent)
{
    dl_buf_puts(o, "# text = ");
    for (uint32_t t = sent.beg; t < sent.end; t++) {
        const dl_str form = dl_tok_text(d, t);
        char *at = dl_buf_room(o, form.len + 2);
        if (!at) return;
        char *end = put_field(at, form);
        if (follows_blank(d, t) && t + 1 < sent.end) *end++ = ' ';
        o->len -= (size_t)(at + form.len + 2 - end);
    }
    dl_buf_putc(o, '\n');
}

/* HEAD and DEPREL. */
static char *put_head(char *at, const dl_doc *d, uint32_t tok, uint32_t first, const words *w)
{
    const uint32_t head = d->toks.head[tok];
    if (head == DL_NONE) return dl_str_copy(at, DL_STR("_\t_"));
    at = put_uint(at, head == tok ? 0 : head - first + 1);
    *at++ = '\t';
    return dl_str_copy(at, named(w->rel, DL_RELS, d->toks.rel[tok]));
}

/* "|NE=B-PER" for the token, given the row of names at which to look; the row moves on. */
static char *put_name(char *at, const dl_doc *d, uint32_t tok, uint32_t *name, const words *w)
{
    const dl_names *n = &d->names;
    while (*name < n->n && n->tok[*name].end <= tok) ++*name;
    if (*name >= n->n || !dl_span_has(n->tok[*name], tok)) return at;
    at = dl_str_copy(at, n->tok[*name].beg == tok ? DL_STR("|NE=B-") : DL_STR("|NE=I-"));
    return dl_str_copy(at, named(w->type, DL_NAME_TYPES, n->type[*name]));
}

static void put_token(dl_buf *o, const dl_doc *d, uint32_t tok, dl_span sent, bool tree, uint32_t *name, const words *w)
{
    const dl_toks *t = &d->toks;
    const dl_str form = dl_tok_text(d, tok), lemma = dl_tok_lemma(d, tok);
    const size_t most = form.len + lemma.len + ROW;
    char *const from = dl_buf_room(o, most);
    if (!from) return;
    char *at = put_uint(from, tok - sent.beg + 1);
    *at++ = '\t';
    at = put_field(at, form);
    *at++ = '\t';
    at = put_field(at, lemma);
    *at++ = '\t';
    at = dl_str_copy(at, named(w->upos, DL_UPOSES, t->upos[tok]));
    *at++ = '\t';
    at = dl_str_copy(at, named(w->xpos, DL_XPOSES, t->xpos[tok]));
    at = dl_str_copy(at, DL_STR("\t_\t"));
    at = tree ? put_head(at, d, tok, sent.beg, w) : dl_str_copy(at, DL_STR("_\t_"));
    at = dl_str_copy(at, DL_STR("\t_\tbeg="));
    at = put_uint(at, w->base + t->span[tok].beg);
    at = dl_str_copy(at, DL_STR("|end="));
    at = put_uint(at, w->base + t->span[tok].end);
    at = put_name(at, d, tok, name, w);
    if (!follows_blank(d, tok)) at = dl_str_copy(at, DL_STR("|SpaceAfter=No"));
    *at++ = '\n';
    o->len -= most - (size_t)(at - from);
}

/* An id as comments may hold it: no white space; in the id of a sentence no slash, which UD keeps for itself. */
static void put_id(dl_buf *o, dl_str id, bool slash)
{
    char *const from = dl_buf_room(o, id.len + 1);
    if (!from) return;
    char *end = put_field(from, id);
    for (char *c = from; c < end; c++)
        if (*c == ' ' || (*c == '/' && !slash)) *c = '_';
    o->len -= (size_t)(from + id.len + 1 - end);
}

void dl_write_parse(dl_out *o, const dl_view *v, uint32_t page, const dl_doc *d)
{
    (void)v;
    (void)page;
    words w;
    call(w.upos, dl_upos_names, DL_UPOSES);
    call(w.xpos, dl_xpos_names, DL_XPOSES);
    call(w.rel, dl_rel_names, DL_RELS);
    call(w.type, dl_name_words, DL_NAME_TYPES);
    uint32_t name = 0, block = DL_NONE;
    const dl_str id = dl_doc_str(d, d->meta->id);
    w.base = d->meta->part && d->blocks.n ? d->blocks.raw[0].beg - d->blocks.span[0].beg : 0;
    if (!d->meta->part) {
        dl_buf_puts(o->buf, "# newdoc id = ");
        put_id(o->buf, id, true);
        dl_buf_putc(o->buf, '\n');
        o->sents = 0;
        o->rows++;
    }
    for (uint32_t s = 0; s < d->sents.n; s++) {
        const dl_span sent = d->sents.tok[s];
        if (sent.beg >= sent.end) continue;
        if (d->sents.block[s] != block) dl_buf_puts(o->buf, "# newpar\n");
        block = d->sents.block[s];
        dl_buf_puts(o->buf, "# sent_id = ");
        put_id(o->buf, id, false);
        dl_buf_fmt(o->buf, "-s%u\n", ++o->sents);
        put_text(o->buf, d, sent);
        for (uint32_t t = sent.beg; t < sent.end; t++) put_token(o->buf, d, t, sent, !o->req->no_tree, &name, &w);
        dl_buf_putc(o->buf, '\n');
    }
}
