/* sniff.h: what bytes are, by their content; the name of a file tells nothing. */
#ifndef DL_INPUT_SNIFF_H
#define DL_INPUT_SNIFF_H

#include "input/raw.h"

typedef enum dl_sniffed {
    DL_SNIFF_PAGE,
    DL_SNIFF_JSONL,
    DL_SNIFF_JSON_FEED,
    DL_SNIFF_FEED,
    DL_SNIFF_WARC,
    DL_SNIFF_MHTML,
    DL_SNIFF_CONLLU,
    DL_SNIFF_BINARY
} dl_sniffed;

/* By the first bytes of a stream; PAGE: HTML or text. */
dl_sniffed dl_sniff(dl_str head);
/* What a body with this declared type can be. */
typedef enum dl_typed {
    DL_TYPED_NOT,  /* no page: a picture, a script                                                */
    DL_TYPED_PAGE, /* said to be HTML or plain text                                               */
    DL_TYPED_FEED, /* XML or JSON: a feed, or nothing of ours                                     */
    DL_TYPED_OPEN  /* nothing said, or nothing that helps                                         */
} dl_typed;
dl_typed dl_sniff_typed(dl_str content_type);
/* Bytes that are no text at all. */
bool dl_sniff_binary(dl_str bytes);
/* Decodes a page and tells HTML from text. out->content_type is believed. Fails DL_EINPUT (an image, a
 * program ...), DL_ELIMIT, DL_ENOMEM. */
DL_MUST_USE dl_status dl_sniff_page(dl_raw *out, dl_str bytes, dl_arena *a, const char *where, uint64_t offset, dl_error *err);

#endif
