/* cut.h: the parts of this room: words within a line (words.c), sentence ends by rule
 * (sentences.c) and as learnt (ends.c). */
#ifndef DL_TOKENS_CUT_H
#define DL_TOKENS_CUT_H

#include "doc/build.h"
#include "learn/clusters.h"
#include "model/table.h"

/* What a word before a stop is: data/abbreviations.tsv, and patterns. */
typedef enum dl_abbr {
    DL_ABBR_NONE,
    DL_ABBR_TITLE,   /* Mr. Gen.: a name follows, the sentence goes on                          */
    DL_ABBR_NUMBER,  /* No. p.: only before a number                                            */
    DL_ABBR_INNER,   /* e.g. vs.: the sentence goes on                                          */
    DL_ABBR_INITIAL, /* J.                                                                      */
    DL_ABBR_END      /* Inc. U.S. etc.: may stand last                                          */
} dl_abbr;

typedef struct dl_cut {
    dl_build *b;
    const char *t;          /* the document's text                                              */
    uint32_t line_beg, end; /* the line, without its newline                                    */
    uint32_t first;         /* row of toks of the line's first token                             */
    dl_tsv abbrs, starts;
    dl_clusters groups;
    const struct dl_end_page *page;
    const struct dl_end_net *net; /* without units: the rules alone decide                       */
} dl_cut;

/* Appends the tokens of the line. Stops of abbreviations stay with them. */
void dl_cut_words(dl_cut *c);
/* Appends the sentences of the line's tokens, and parts the stop from an abbreviation that stands
 * last. `block` is the row of blocks. */
void dl_cut_sentences(dl_cut *c, uint32_t block);

/* The kind of abbreviation that text [beg, end) is; text[end] is the stop. */
dl_abbr dl_abbr_of(const dl_cut *c, uint32_t beg, uint32_t end);
/* Marks with DL_RULE_END the tokens of the line behind which a sentence ends by the rules; mark[0] is
 * of the line's first token, n is the row behind its last. */
#define DL_RULE_END 4u
#define DL_RULE_ALWAYS 16u /* beyond doubt                                                       */
#define DL_RULE_NEVER 8u   /* “Why?” Mr Smith asked: the sentence goes on, whatever was learnt     */
void dl_cut_rules(const dl_cut *c, uint8_t *mark, uint32_t n);

/* One code point at byte i of the line, and the byte behind it; 0 at the line's end. */
uint32_t dl_cut_cp(const dl_cut *c, uint32_t i, uint32_t *next);
bool dl_cut_word(uint32_t cp);  /* part of a word: letter, mark, digit, '_'                      */
bool dl_cut_blank(uint32_t cp); /* white space and characters of no width                        */

#endif
