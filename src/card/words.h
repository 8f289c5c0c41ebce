/* words.h: a text as folded words: what copies and stories compare.
 *
 * A word is a run of letters and digits; everything else parts words, apostrophes too, so that a
 * typewriter's and a printer's apostrophe give the same words. Characters of scripts written
 * without spaces are a word each. Words are lower case and without accents, as hashes. */
#ifndef DL_CARD_WORDS_H
#define DL_CARD_WORDS_H

#include "base/arena.h"

#define DL_WORD_UPPER 1u     /* begins with a capital letter                                       */
#define DL_WORD_NUMBER 2u    /* begins with a digit                                                */
#define DL_WORD_LINE 4u      /* the first word of a line                                           */
#define DL_WORD_SENT 8u      /* a full stop, question mark or quotation mark stands before it      */
#define DL_WORD_QUOTED 16u   /* between quotation marks that opened on this line                  */
#define DL_WORD_DOUBTFUL 64u /* set by others: perhaps template text                            */
#define DL_WORD_HEADING 32u  /* on a line that is short and ends without a stop: heading, teaser  */
#define DL_WORD_BEGINS 128u  /* the first word of a sentence, as far as stops and capitals tell     */

typedef struct dl_words {
    uint32_t n;
    uint32_t *hash; /* [n] of the folded word                                                  */
    dl_span *span;  /* [n] bytes of the text                                                   */
    uint8_t *flags; /* [n] DL_WORD_*                                                           */
} dl_words;

/* The words of a text, in `a`. n is 0 when memory was refused (ask dl_arena_failed). Linear. */
void dl_words_of(dl_words *out, dl_str text, dl_arena *a);
/* The hash of one word, the same as in a text. */
uint32_t dl_word_hash(dl_str word);
/* The hash of k words in a row. */
static inline uint32_t dl_shingle(const uint32_t *word, unsigned k)
{
    uint64_t h = UINT64_C(0x9ae16a3b2f90404f);
    for (unsigned i = 0; i < k; i++) {
        h = (h ^ word[i]) * UINT64_C(0xff51afd7ed558ccd);
        h ^= h >> 32;
    }
    return (uint32_t)(h ^ (h >> 29));
}

#endif
