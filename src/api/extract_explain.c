/* extract_explain.c: every part of a page in its order: what it is, how sure that is, kept or not and why. */
#include <stdio.h>

#include "api/article.h"
#include "api/parts.h"
#include "base/limits.h"
#include "html/dom.h"

enum {
    WORDS_AT = 60, /* columns before the words */
    MOST = 100,    /* columns of words where the output is no terminal */
    LOOK = 2000,   /* bytes of a part that was removed of which the words are looked for */
};

/* The words of a part: of one that was removed its bytes without their markup. */
static dl_str words_of(dl_out *o, const dl_view *v, uint32_t page, const dl_doc *d, const dl_part *part)
{
    dl_str s = dl_part_text(v, page, d, part, o->scratch);
    if (part->block != DL_NONE) return s;
    if (s.len > LOOK) s.len = LOOK;
    char *bare = dl_arena_raw(o->scratch, s.len + 1, 1);
    size_t n = 0;
    bool tag = false;
    for (size_t i = 0; bare && i < s.len; i++) {
        if (s.p[i] == '<') tag = true;
        if (!tag || s.p[i] == '>') bare[n++] = tag ? ' ' : s.p[i];
        if (s.p[i] == '>') tag = false;
    }
    return dl_str_trim(dl_html_unescape(o->scratch, (dl_str){ bare, n }, NULL));
}

static void put_json(dl_out *o, const dl_doc *d, const dl_part *part, dl_str words)
{
    const bool kept = part->block != DL_NONE;
    const uint32_t i = kept ? part->block : part->removed;
    dl_json j = dl_json_to(o->buf);
    dl_json_open(&j, '{');
    dl_json_key(&j, "id");
    dl_json_str(&j, dl_doc_str(d, d->meta->id));
    dl_json_key(&j, "kept");
    dl_json_bool(&j, kept);
    dl_json_key(&j, "role");
    dl_json_word(&j, dl_text_words[kept ? d->blocks.role[i] : d->removed.role[i]]);
    dl_json_key(&j, "sure");
    dl_json_num(&j, (kept ? d->blocks.sure[i] : d->removed.sure[i]) / 100.0, 2);
    dl_json_key(&j, "why");
    dl_json_opt(&j, kept ? (dl_str){ NULL, 0 } : dl_doc_str(d, d->removed.why[i]));
    dl_json_key(&j, "raw_beg");
    dl_json_int(&j, part->raw.beg);
    dl_json_key(&j, "raw_end");
    dl_json_int(&j, part->raw.end);
    dl_json_key(&j, "text");
    dl_json_opt(&j, words);
    dl_json_close(&j, '}');
    dl_json_line(&j);
}

/* The first words, cut at a word to so many columns. */
static void first_words(dl_out *o, dl_str words, dl_style style)
{
    const unsigned width = o->req->width;
    const unsigned most = width > WORDS_AT + MOST ? MOST : width > WORDS_AT + 20 ? width - WORDS_AT : 20;
    dl_buf line, fold;
    dl_buf_init(&line, DL_ARENA_MAX);
    dl_buf_init(&fold, DL_ARENA_MAX);
    dl_text_folded(&fold, words);
    dl_text_cell(&line, dl_buf_str(&fold), most);
    dl_text_styled(o->buf, dl_str_trim(dl_buf_str(&line)), style, o->req->colour);
    o->buf->failed |= line.failed || fold.failed;
    dl_buf_free(&fold);
    dl_buf_free(&line);
}

static void put_text(dl_out *o, const dl_doc *d, const dl_part *part, dl_str words)
{
    const bool kept = part->block != DL_NONE;
    const uint32_t i = kept ? part->block : part->removed;
    const uint8_t sure = kept ? d->blocks.sure[i] : d->removed.sure[i];
    const dl_style style = kept ? DL_PLAIN : DL_DIM;
    char cell[32];
    dl_buf_fmt(o->buf, "%8u-%-8u ", part->raw.beg, part->raw.end);
    snprintf(cell, sizeof cell, "%c %-16s", kept ? '+' : '-', dl_text_words[kept ? d->blocks.role[i] : d->removed.role[i]]);
    dl_text_styled(o->buf, dl_str_of(cell), kept ? DL_BOLD : DL_DIM, o->req->colour);
    snprintf(cell, sizeof cell, " .%02u ", sure < 100 ? sure : 99);
    dl_text_styled(o->buf, dl_str_of(cell), sure < 60 ? DL_WARN : style, o->req->colour);
    dl_text_cell(o->buf, kept ? (dl_str){ NULL, 0 } : dl_doc_str(d, d->removed.why[i]), 14);
    dl_buf_putc(o->buf, ' ');
    first_words(o, words, style);
    dl_buf_putc(o->buf, '\n');
}

static void put_head(dl_out *o, const dl_doc *d)
{
    const dl_meta *m = d->meta;
    dl_buf *b = o->buf;
    if (o->rows) dl_buf_putc(b, '\n');
    dl_buf_puts(b, "==> ");
    dl_text_put(b, dl_doc_str(d, m->id));
    dl_buf_puts(b, " <==\n");
    dl_text_styled(b, dl_doc_str(d, m->title), DL_BOLD, o->req->colour);
    dl_buf_fmt(b, "\n%s, %u words kept%s; %u parts kept, %u removed\n", dl_verdict_words[m->verdict], m->words,
               m->truncated ? ", truncated" : "", d->blocks.n, d->removed.n);
    for (uint32_t i = 0; i < d->warnings.n; i++) {
        dl_text_styled(b, dl_doc_str(d, d->warnings.what[i]), DL_WARN, o->req->colour);
        dl_buf_puts(b, ": ");
        dl_text_put(b, dl_doc_str(d, d->warnings.detail[i]));
        dl_buf_putc(b, '\n');
    }
    dl_buf_puts(b, "           bytes   role            sure why            words\n");
}

void dl_extract_explained(dl_out *o, const dl_view *v, uint32_t page, const dl_doc *d)
{
    const bool json = o->req->format == DL_JSONL || o->req->format == DL_JSON;
    uint32_t n = 0;
    const dl_part *part = dl_parts_of(d, o->scratch, &n);
    o->buf->failed |= !part;
    if (!json) put_head(o, d);
    for (uint32_t i = 0; part && i < n; i++) {
        dl_arena_mark here = dl_arena_here(o->scratch);
        dl_str words = words_of(o, v, page, d, &part[i]);
        if (json)
            put_json(o, d, &part[i], words);
        else
            put_text(o, d, &part[i], words);
        dl_arena_back(o->scratch, here);
    }
}
