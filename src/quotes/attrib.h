/* attrib.h: attributions: which cue goes with which source and which content. Not for other rooms. */
#ifndef DL_QUOTES_ATTRIB_H
#define DL_QUOTES_ATTRIB_H

#include "quotes/work.h"

#define DL_CONTENTS_MAX 4
#define DL_ATTRIB_LEAST 50 /* attributions of a lower score are nobody's words and are not written */

typedef struct dl_attrib {
    dl_span cue;    /* tokens; empty: a quotation that goes on without one                        */
    dl_span source; /* tokens; empty: nobody is named                                             */
    dl_span via;    /* tokens of whoever relays the words; empty: nobody                          */
    dl_span content[DL_CONTENTS_MAX];
    uint32_t n_content;
    uint32_t from; /* the attribution whose source this one carries on, or DL_NONE               */
    uint8_t kind;  /* dl_quote_kind                                                              */
    uint8_t score; /* 0-100                                                                      */
    bool dropped;
} dl_attrib;

typedef struct dl_attribs { /* in order of the first content */
    size_t n, cap;
    dl_attrib *row;
} dl_attribs;

/* From labels, trees and quotation marks to attributions. False: no memory. */
DL_MUST_USE bool dl_attribs_find(dl_attribs *out, const dl_quoting *q);

/* Adds what the tagger has no cue for: contents whose cue the tree knows, noun cues with a clause
 * ("Putin's announcement that ..."), speech inside speech, "reportedly". False: no memory. */
DL_MUST_USE bool dl_attribs_more(dl_attribs *out, const dl_quoting *q);
/* Sets the kind by the quotation marks of the contents and appends. False: no memory. */
DL_MUST_USE bool dl_attribs_add(dl_attribs *out, const dl_quoting *q, dl_attrib a);
uint8_t dl_attrib_kind(const dl_quoting *q, const dl_attrib *a);
/* A clause stands in the span: it has a finite verb. */
bool dl_any_finite(const dl_quoting *q, dl_span s);

/* Whoever relays the words: "TASS reported, quoting the ministry, that ...", "..., according to a US
 * statement", "the BBC's Ann Lee". Sets `via`, and `source` where the words are another's. */
void dl_attrib_relay(const dl_quoting *q, dl_attrib *a);
/* A press agency, a paper, a channel: by its name or by the noun. */
bool dl_source_is_media(const dl_quoting *q, dl_span s);
/* The noun phrase around a head, without the clauses that hang on it. */
dl_span dl_phrase_of(const dl_quoting *q, uint32_t head);
/* The word of a span that the others hang on. */
uint32_t dl_span_head(const dl_quoting *q, dl_span s);
/* Who does what this verb (or noun) says: a token, or DL_NONE; relative pronouns give what they
 * refer to, participles the subject of the clause they belong to. */
uint32_t dl_subject_of(const dl_quoting *q, uint32_t verb);
/* First to last token of the subtree of t that lies inside `within`. */
dl_span dl_subtree(const dl_quoting *q, uint32_t t, dl_span within);

#endif
