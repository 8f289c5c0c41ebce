/* speaker.h: from the words of a source to who is meant. Not for other rooms. */
#ifndef DL_QUOTES_SPEAKER_H
#define DL_QUOTES_SPEAKER_H

#include "quotes/attrib.h"

#define DL_SPEAKERS_MAX 4

typedef struct dl_speaker {
    dl_span tok;   /* the words in this attribution; empty where it goes on with a speaker before */
    dl_span named; /* tokens where the speaker is named, when tok is a pronoun or empty; or empty */
    uint32_t ent;  /* or DL_NONE                                                                 */
} dl_speaker;

typedef struct dl_voice { /* who says an attribution's words */
    dl_speaker who[DL_SPEAKERS_MAX];
    uint32_t n;
} dl_voice;

typedef struct dl_casting { /* what resolving one source needs of those before */
    const dl_quoting *q;
    uint32_t *ment; /* [tokens] the mention that holds the token, or DL_NONE                    */
    dl_voice last;  /* the last source                                                          */
    dl_voice joint; /* the last source of two or more                                           */
    dl_voice many;  /* the last source in the plural                                            */
    uint32_t joint_sent, many_sent;
} dl_casting;

/* False: no memory. */
DL_MUST_USE bool dl_casting_open(dl_casting *c, const dl_quoting *q);
/* The speakers that the words name; n is 0 for an empty span. */
void dl_casting_resolve(dl_casting *c, dl_span source, dl_voice *out);

/* The entity that a noun phrase means, or DL_NONE. */
uint32_t dl_casting_ent(const dl_casting *c, dl_span s);

#endif
