/* claims.h: who is said to have written a page, by whom, and where on the page. claims.c gathers,
 * authors.c decides. */
#ifndef DL_EXTRACT_CLAIMS_H
#define DL_EXTRACT_CLAIMS_H

#include "extract/people.h"
#include "extract/voices.h"

typedef enum dl_claim_voice {
    DL_CLAIM_LD,     /* JSON-LD: a Person, or a bare string                                      */
    DL_CLAIM_LD_ORG, /* JSON-LD: an Organization                                                 */
    DL_CLAIM_META,   /* <meta name=author>                                                       */
    DL_CLAIM_META2,  /* other meta elements: parsely-author, article:author ...                  */
    DL_CLAIM_ITEM,   /* itemprop=author                                                          */
    DL_CLAIM_REL,    /* rel=author                                                               */
    DL_CLAIM_LINK,   /* a link to an author's page                                               */
    DL_CLAIM_CLASS,  /* an element whose class speaks of an author                               */
    DL_CLAIM_LINE,   /* "By Ann Lee"                                                             */
    DL_CLAIM_ALONE,  /* a name alone below the headline, or below the text                       */
    DL_CLAIM_VOICES
} dl_claim_voice;

typedef enum dl_claim_place { /* of those that the page shows */
                              DL_PLACE_NONE,
                              DL_PLACE_HEAD, /* from the headline to the first paragraph         */
                              DL_PLACE_BODY,
                              DL_PLACE_END, /* within a few lines below the last paragraph        */
                              DL_PLACE_ELSE,
                              DL_PLACES
} dl_claim_place;

#define DL_CLAIMS 160 /* of one page; more are dropped                                          */

typedef struct dl_claim {
    dl_who who;
    uint64_t key;   /* hash of the name's words                                                  */
    uint8_t voice;  /* dl_claim_voice                                                            */
    uint8_t place;  /* dl_claim_place                                                            */
    uint16_t entry; /* names of one credit share it                                             */
    bool marked;    /* all of a line in bold or italics, or set at the right edge                */
    uint32_t block; /* of the page, for what it shows; DL_NONE                                   */
    dl_span src;
} dl_claim;

typedef struct dl_claims {
    dl_people people;
    uint32_t n;
    uint16_t entries;
    uint32_t title; /* block of the headline, or DL_NONE                                        */
    dl_claim c[DL_CLAIMS];
} dl_claims;

void dl_claims_gather(dl_claims *out, const dl_voices *o);

#endif
