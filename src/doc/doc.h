/* doc.h: the document: what Dateline knows of one page, as columns.
 *
 * Each page stage appends rows to tables (struct of arrays). Rows name each other by 32-bit
 * number, text by byte span. Text never moves once `extract` has written it:
 *
 *     text   [0, body_len)         the body: paragraphs, headings, lists, quotations, posts in
 *                                  reading order, each line ended by '\n'. All later stages read
 *                                  this and nothing else.
 *            [body_len, text_len)  asides kept for the record: captions, bylines, datelines, notes
 *     strings                      what is not text: titles, names, values, reasons
 *
 * A dl_doc is a view of such columns. There are two owners of them:
 *   dl_build (build.h)   grows them, one page at a time, in a worker's arena;
 *   dl_seal (seal.h)     one contiguous, pointer-free, checksummed block that never changes.
 * Through `const dl_doc *` both are read alike. Nothing is freed through a dl_doc. */
#ifndef DL_DOC_DOC_H
#define DL_DOC_DOC_H

#include "base/date.h"
#include "doc/kinds.h"
#include "doc/tables.h"

/* One a page. */
typedef struct dl_meta {
    dl_ref id, url, canonical, title, outlet, agency, language /* ISO 639-1 */, section;
    dl_ref place, place_agency; /* dateline: "MOSCOW", "Reuters"                                */
    int64_t place_day;          /* dateline: its day, or DL_NEVER                               */
    int64_t fetched;            /* seconds UTC, DL_NEVER unknown; so the next four              */
    int64_t published;          /* the best hypothesis: see dates/dates.h                       */
    int64_t printed;            /* what the page prints                                         */
    int64_t given;              /* what the input record states, to be believed                 */
    int64_t modified;
    uint64_t raw_hash;    /* XXH3 of the page as read                                              */
    uint64_t text_hash;   /* XXH3 of the folded body words: equal texts are equal copies           */
    uint32_t raw_len;     /* bytes of the page as read                                             */
    uint32_t body_len;    /* bytes of text that are body                                           */
    uint32_t words;       /* body words                                                            */
    uint8_t verdict;      /* dl_verdict                                                            */
    uint8_t basis;        /* dl_basis of `published`                                               */
    uint8_t has_time;     /* `published` holds a clock time, not only a day                        */
    uint8_t truncated;    /* cut by a paywall or by the scrape                                     */
    uint8_t clean;        /* came as text that is already an article                               */
    uint8_t tokens_given; /* tokens and sentence ends came with the input                        */
    uint8_t part;         /* goes on with a long text (dl_raw.base): blocks.raw says where       */
    uint8_t pad;
} dl_meta;

typedef struct dl_doc {
    const dl_meta *meta;
    const char *text;    /* [text_len]                                                          */
    const char *strings; /* [strings_len]                                                       */
    uint32_t text_len, strings_len;
    dl_blocks blocks;
    dl_removed removed;
    dl_warnings warnings;
    dl_authors authors;
    dl_credits credits;
    dl_dates dates;
    dl_sents sents;
    dl_toks toks;
    dl_names names;
    dl_ents ents;
    dl_ments ments;
    dl_roles roles;
    dl_times times;
    dl_quotes quotes;
    dl_parts parts;
    dl_events events;
    dl_args args;
    dl_damages damages;
    dl_stated stated;
} dl_doc;

static inline dl_str dl_doc_text(const dl_doc *d, dl_span s)
{
    return dl_str_cut((dl_str){ d->text, d->text_len }, s.beg, s.end);
}
static inline dl_str dl_doc_str(const dl_doc *d, dl_ref r)
{
    return dl_str_cut((dl_str){ d->strings, d->strings_len }, r.beg, r.end);
}
static inline dl_str dl_doc_body(const dl_doc *d) { return (dl_str){ d->text, d->meta->body_len }; }
static inline dl_arrival dl_doc_arrival(const dl_doc *d)
{
    return (dl_arrival){ d->meta->published, d->meta->fetched, dl_doc_str(d, d->meta->id) };
}
static inline dl_str dl_tok_text(const dl_doc *d, uint32_t tok) { return dl_doc_text(d, d->toks.span[tok]); }

/* The row of sents that holds the token or the byte, by bisection; DL_NONE: none. */
uint32_t dl_sent_of_tok(const dl_doc *d, uint32_t tok);
uint32_t dl_sent_of_byte(const dl_doc *d, uint32_t byte);
/* The tokens that meet the byte span; an empty span where none does. */
dl_span dl_toks_of(const dl_doc *d, dl_span bytes);

/* "CHN" as a number, and back. */
static inline uint32_t dl_country(const char *a3)
{
    return (uint32_t)(unsigned char)a3[0] << 16 | (uint32_t)(unsigned char)a3[1] << 8 | (unsigned char)a3[2];
}
void dl_country_text(char out[4], uint32_t country); /* "" for 0                                */

#endif
