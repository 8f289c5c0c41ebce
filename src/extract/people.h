/* people.h: the names in a credit: "By Ann Lee and Bo Hu in Kyiv, staff writers", "dpa/lee". */
#ifndef DL_EXTRACT_PEOPLE_H
#define DL_EXTRACT_PEOPLE_H

#include "extract/page.h"

typedef enum dl_who_kind {
    DL_WHO_PERSON, /* two to five words, written as a person's name is                          */
    DL_WHO_ONE,    /* one word: a given name, an account                                        */
    DL_WHO_AGENCY, /* one of data/agencies.tsv                                                  */
    DL_WHO_OUTLET, /* the page's own outlet or host                                             */
    DL_WHO_HOUSE,  /* a newsroom, a firm, a body: "Staff", "Redaktion", "Wikimedia Foundation"  */
    DL_WHO_OTHER,  /* several words that are none of these                                      */
    DL_WHO_KINDS
} dl_who_kind;

typedef struct dl_who {
    dl_str name;
    uint8_t kind; /* dl_who_kind                                                                */
    uint8_t rest; /* it stands behind a comma or the like, and another name                */
    uint8_t led;  /* words like "by" stood before it                                            */
} dl_who;

#define DL_WHO_MAX 24 /* names of one credit; more are dropped                                  */

typedef struct dl_people { /* what reading a credit needs; made once a page */
    dl_xpage *p;
    dl_tsv words, given; /* data/byline_words.tsv, data/firstnames.tsv                          */
    dl_str host;         /* of the page's address                                              */
} dl_people;

void dl_people_open(dl_people *o, dl_xpage *p, dl_str host);
/* The names in s, job titles, places, dates and furniture left out. '\n' parts elements of the page.
 * Returns how many; at most DL_WHO_MAX. */
uint32_t dl_people_read(const dl_people *o, dl_str s, dl_who *out);
/* Words that stand before names, and nothing else: "Written by", "Autor". */
bool dl_people_lead(dl_xpage *p, dl_str s);
/* Its first word is a given name that data/firstnames.tsv has. */
bool dl_people_given(const dl_people *o, dl_str name);
/* The words of a name as they are compared: lower case, no accents, no marks. */
dl_str dl_people_key(const dl_people *o, dl_str name);

#endif
