/* facts.h: what the program knows of the world before it reads: countries with their peoples, capitals
 * and seats of government, international bodies, offices and titles, given names.
 *
 * The facts stand in data/countries.tsv, bodies.tsv, agents.tsv, firstnames.tsv, variants.tsv and
 * surnames_first.tsv; this is how they are asked. Forms are compared with ASCII letters lowered,
 * words joined by one blank, without "the". Opening costs nothing; every look-up is O(1). */
#ifndef DL_FACTS_FACTS_H
#define DL_FACTS_FACTS_H

#include "doc/doc.h"
#include "model/table.h"

typedef struct dl_facts {
    dl_tsv countries, bodies, agents, first, variants, surnames;
} dl_facts;

dl_facts dl_facts_open(const dl_models *m);

/* How a form names a country; bits, since "US" is a name and an adjective. */
#define DL_AS_NAME 1u    /* China, the UK                                                       */
#define DL_AS_ADJ 2u     /* Chinese                                                             */
#define DL_AS_PEOPLE 4u  /* Russians                                                            */
#define DL_AS_CAPITAL 8u /* Beijing                                                             */
#define DL_AS_SEAT 16u   /* the Kremlin                                                         */
typedef struct dl_nation {
    uint32_t country; /* dl_country(); 0: the form is none                                      */
    unsigned as;      /* DL_AS_*                                                                */
    bool shared;      /* other places or people are called so as well: Georgia, Kingston        */
} dl_nation;
/* The country that a form stands for. A name goes before an adjective, that before a capital. */
dl_nation dl_facts_nation(const dl_facts *f, dl_str form);
/* "China" for dl_country("CHN"); empty where it is unknown. */
dl_str dl_facts_country_name(const dl_facts *f, uint32_t country);

typedef enum dl_body_class { DL_BODY_NONE, DL_BODY_INTL, DL_BODY_REGION, DL_BODY_INST, DL_BODY_MEDIA } dl_body_class;
typedef struct dl_body {
    uint8_t cls;      /* dl_body_class; DL_BODY_NONE: unknown                                   */
    uint32_t country; /* or 0                                                                   */
    dl_str name;      /* the usual name                                                         */
} dl_body;
/* An organisation known by this form. Forms that are words in lower case ("who", "us") must be
 * printed as the table has them. */
dl_body dl_facts_body(const dl_facts *f, dl_str form);
/* The organisation that a place stands for, where it is no government: Brussels, the European Union. */
dl_body dl_facts_body_behind(const dl_facts *f, dl_str place);

typedef enum dl_agent_kind {
    DL_AG_NONE,
    DL_AG_PERSON,
    DL_AG_GROUP,
    DL_AG_ORG,
    DL_AG_GOV,
    DL_AG_HONORIFIC,
    DL_AG_RANK
} dl_agent_kind;
typedef struct dl_agent {
    uint8_t kind;   /* dl_agent_kind                                                            */
    uint8_t plural; /* 1: several                                                               */
    uint8_t gender; /* 'm' 'f' 'n' or 0                                                         */
    uint8_t title;  /* 1: may stand before a name                                               */
    dl_str cls;     /* offices of one class may be said of one person                           */
    dl_str base;    /* the singular                                                             */
} dl_agent;
/* The noun of one who holds an office, speaks or acts: "foreign minister", "officials", "Mr". */
dl_agent dl_facts_agent(const dl_facts *f, dl_str form);

/* 'm', 'f', 'u' (borne by both) or 0 (unknown) for a given name. */
uint8_t dl_facts_gender(const dl_facts *f, dl_str first);
/* Are these two given names spellings or short forms of one: Sergei and Sergey, Joe and Joseph? */
bool dl_facts_same_first(const dl_facts *f, dl_str a, dl_str b);
/* Is this a family name that is printed before the given name? */
bool dl_facts_surname_first(const dl_facts *f, dl_str word);
/* Are those with this family name called by the last word of their name (Pham Minh Chinh is Mr Chinh)? */
bool dl_facts_called_by_given(const dl_facts *f, dl_str surname);

/* Joins the tokens [tok.beg, tok.end) as they are printed, white space made one blank, into
 * buf[cap]; returns an empty string where they do not fit. */
dl_str dl_facts_join(const dl_doc *d, dl_span tok, char *buf, size_t cap);
/* The longest form of up to `max` tokens that begins at `tok` and is an agent noun; its length in
 * tokens, 0: none. Stops at `end`. */
uint32_t dl_facts_agent_at(const dl_facts *f, const dl_doc *d, uint32_t tok, uint32_t end, dl_agent *out);
/* The same for countries and for bodies. */
uint32_t dl_facts_nation_at(const dl_facts *f, const dl_doc *d, uint32_t tok, uint32_t end, dl_nation *out);
uint32_t dl_facts_body_at(const dl_facts *f, const dl_doc *d, uint32_t tok, uint32_t end, dl_body *out);
/* Whether one of these forms may begin with the token: asked once for a word, it spares the others. */
bool dl_facts_nation_begins(const dl_facts *f, const dl_doc *d, uint32_t tok);
bool dl_facts_body_begins(const dl_facts *f, const dl_doc *d, uint32_t tok);

#endif
