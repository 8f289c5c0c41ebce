/* card.h: a page as the stages over many pages see it: about 2 KB instead of the document.
 *
 * The sketch holds every fourth 4-word shingle by hash (the shingles whose hash is 0 modulo
 * DL_SKETCH_EVERY), so that two pages sample the same shingles and counts over pages stay exact:
 * U. Manber, "Finding similar files in a large file system" (1994). */
#ifndef DL_CARD_CARD_H
#define DL_CARD_CARD_H

#include "card/words.h"
#include "doc/doc.h"

#define DL_SKETCH_WORDS 4u /* words of a shingle                                                */
#define DL_SKETCH_EVERY 4u /* one shingle of so many is kept; a power of two                     */

typedef struct dl_card {
    uint32_t words;    /* body words                                                       */
    uint32_t n_sketch; /* sampled shingles                                                 */
    uint32_t n_title;  /* words of the headline, the shortest left out                      */
    uint32_t n_names;
    const uint32_t *sketch; /* [n_sketch] ascending, distinct                                    */
    const uint32_t *title;  /* [n_title] hashes as in words.h, distinct                          */
    const uint32_t *names;  /* [n_names] words with a capital inside sentences, the most frequent first */
    uint64_t text_hash;     /* of the body words: equal for equal texts                          */
    uint64_t host;          /* hash of the host; 0: unknown                                      */
    int64_t published;      /* seconds UTC, or DL_NEVER                                          */
    uint32_t markup;        /* remains of it in the body: beginnings of tags and entities        */
    uint8_t has_time;       /* `published` holds a clock time                                     */
} dl_card;

static inline bool dl_sketch_takes(uint32_t shingle) { return !(shingle & (DL_SKETCH_EVERY - 1)); }

/* The card of a page, its arrays in `keep`; `words` receives the body words when not NULL (in
 * `scratch`). d may be NULL: an empty card. False: no memory. Linear in the body. */
bool dl_card_make(dl_card *out, dl_words *words, const dl_doc *d, dl_arena *keep, dl_arena *scratch);
/* "www.example.org" of an address, without "www."; archive prefixes are seen through. */
dl_str dl_card_host(dl_str url);

#endif
