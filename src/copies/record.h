/* record.h: a page as a corpus keeps it on disk: what comparing, families and lines read of it.
 *
 *     record    dl_record | sketch u32[] | title u32[] | names u32[] | word hashes u32[] | id, url,
 *               outlet, source, elsewhere, where ended by NUL | spans and flags of the words | zeroes up to a multiple of 8
 *     a word    byte: its length (15: a varint follows) | gap before it << 4 (3: a varint follows) | 64:
 *               the flags follow as a byte; else they are those of the line or quotation that goes on | 128:
 *               a capital letter
 *
 * Little endian; read where it lies. */
#ifndef DL_COPIES_RECORD_H
#define DL_COPIES_RECORD_H

#include "base/buf.h"
#include "card/card.h"
#include "model/pack.h"

typedef struct dl_record {
    uint32_t bytes; /* all of it, a multiple of 8                                               */
    uint32_t words, sketch, title, names;
    uint32_t coded; /* bytes of the words' spans and flags                                      */
    uint32_t id, url, outlet, source, elsewhere, where; /* bytes of these strings                   */
    uint32_t markup, zero;
    int64_t published, fetched;
    uint64_t text_hash, host;
    uint64_t key; /* of the page as it was given: the same when it is given again                */
    uint8_t has_time, verdict, source_kind, own, secondary, pad[3];
} dl_record;

/* Appends the record of a page. False: no memory. */
bool dl_record_make(dl_buf *out, const dl_doc *d, uint64_t key, const dl_models *m, dl_arena *scratch);
/* The record at `p`; NULL: there is none that fits into n bytes. */
const dl_record *dl_record_at(const uint8_t *p, size_t n);

/* Views of a record; they hold as long as it does. */
void dl_record_card(dl_card *out, const dl_record *r);
dl_str dl_record_id(const dl_record *r);
/* A document with the id, url, outlet, date and verdict and nothing else. */
void dl_record_doc(dl_doc *out, dl_meta *meta, const dl_record *r);
/* Its words; the hashes lie in the record, the rest in `a`. False: no memory, or damaged. */
bool dl_record_words(dl_words *out, const dl_record *r, dl_arena *a);

#endif
