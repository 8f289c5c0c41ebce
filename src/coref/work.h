/* work.h: what the parts of coref share. Private to coref. */
#ifndef DL_COREF_WORK_H
#define DL_COREF_WORK_H

#include "base/hash.h"
#include "base/sort.h"
#include "doc/build.h"
#include "facts/facts.h"
#include "learn/clusters.h"
#include "learn/learn.h"

/* One piece of text that may mean someone. */
typedef enum dl_item_what {
    DL_IT_PERSON,
    DL_IT_ORG,
    DL_IT_PLACE,
    DL_IT_NATION,
    DL_IT_PEOPLE,
    DL_IT_WORK,
    DL_IT_DESC,
    DL_IT_PRONOUN
} dl_item_what;

typedef struct dl_item {
    dl_span tok;      /* rows of toks: the mention                                              */
    uint32_t head;    /* row of toks: the word that the sentence's tree knows it by             */
    uint32_t sent;    /* row of sents                                                           */
    uint32_t ent;     /* work entity, or DL_NONE                                                */
    uint32_t country; /* dl_country() or 0: of the one who is meant                             */
    uint32_t of;      /* DESC: the named item that it describes, or DL_NONE                     */
    dl_agent agent;   /* DESC: its noun                                                         */
    dl_span title;    /* rows of toks: DESC without its article; PERSON: the words of the name   */
    uint8_t what;     /* dl_item_what                                                           */
    uint8_t kind;     /* dl_mention_kind                                                        */
    uint8_t as;       /* NATION: DL_AS_*                                                        */
    uint8_t place;    /* NATION: meant as a place                                               */
    uint8_t modifier; /* part of another noun phrase: no mention of its own                     */
    uint8_t subject;  /* subject of a clause                                                    */
    uint8_t plural, gender, definite;
} dl_item;

typedef struct dl_entity {
    dl_str name;       /* the fullest so far                                                    */
    uint32_t country;  /* or 0                                                                  */
    uint32_t mentions; /* items                                                                 */
    uint32_t last;     /* its last item so far, while pronouns are resolved                     */
    uint32_t row;      /* row of ents, or DL_NONE                                               */
    uint32_t role;     /* its last role, or DL_NONE                                             */
    uint8_t kind;      /* dl_actor_kind                                                         */
    uint8_t gender, plural;
    uint8_t named; /* 1: has a name, not only a description                                 */
} dl_entity;

typedef struct dl_said_role {
    uint32_t ent, item, next; /* of whom; the DESC; the entity's role before it, or DL_NONE     */
    uint32_t country;
    uint32_t families; /* of offices that the class belongs to, as bits                          */
    dl_str cls;        /* class of the office                                                          */
} dl_said_role;

typedef struct dl_coref {
    dl_build *b;
    const dl_doc *d;
    dl_facts f;
    dl_clusters groups;
    dl_linear metonyms;
    dl_arena *a; /* scratch                                                                     */
    dl_item *item;
    uint32_t n_items;
    size_t item_cap;
    uint32_t *at; /* [toks.n] the item whose words hold the token, names before descriptions, or DL_NONE */
    dl_entity *ent;
    uint32_t n_ents;
    size_t ent_cap;
    dl_said_role *role;
    uint32_t n_roles;
    size_t role_cap;
    dl_map keys;  /* key of a thing -> work entity                                               */
    dl_map lands; /* country -> anything: the page names it by a form that nothing else has         */
} dl_coref;

/* ---- grammar.c: what the tags and trees say, or a guess without them */
bool dl_cr_is(const dl_coref *c, uint32_t tok, const char *words); /* one of "a b c ", in lower case */
bool dl_cr_capital(const dl_coref *c, uint32_t tok);               /* begins with a capital letter     */
uint32_t dl_cr_prev(const dl_coref *c, const dl_item *it);         /* the token before, articles skipped; DL_NONE */
bool dl_cr_noun(const dl_coref *c, uint32_t tok);
bool dl_cr_verb(const dl_coref *c, uint32_t tok);
bool dl_cr_modifier(const dl_coref *c, uint32_t tok); /* may stand between an article and its noun */
uint32_t dl_cr_head(const dl_coref *c, dl_span tok);
bool dl_cr_subject(const dl_coref *c, const dl_item *it);
dl_span dl_cr_sent(const dl_coref *c, const dl_item *it);

/* ---- items.c, describe.c: what may mean someone */
uint32_t dl_cr_item(dl_coref *c, dl_span tok, dl_item_what what); /* a new item, or DL_NONE          */
void dl_cr_find_names(dl_coref *c);
void dl_cr_find_descriptions(dl_coref *c);
void dl_cr_find_pronouns(dl_coref *c);

/* ---- people.c, things.c, pronouns.c: who is meant */
uint32_t dl_cr_ent(dl_coref *c, dl_actor_kind kind, dl_str name); /* a new entity, or DL_NONE        */
void dl_cr_link(dl_coref *c, uint32_t item, uint32_t ent);
void dl_cr_role(dl_coref *c, uint32_t ent, uint32_t item);
uint32_t dl_cr_with_role(const dl_coref *c, dl_str cls, uint32_t country, uint32_t item);
uint64_t dl_cr_words_key(const dl_coref *c, dl_span tok);
uint32_t dl_cr_org(dl_coref *c, dl_span tok, uint32_t country, dl_actor_kind kind, dl_str name);
uint32_t dl_cr_state(dl_coref *c, uint32_t country, dl_str name); /* its government                   */
void dl_cr_people(dl_coref *c);
void dl_cr_things(dl_coref *c);
void dl_cr_describe(dl_coref *c);
void dl_cr_pronouns(dl_coref *c, const dl_models *m);

/* ---- metonym.c: place, or those who act for it, by learnt weights */
#define DL_CR_METONYMS "coref/metonyms"
void dl_cr_metonym_features(dl_feats *out, const dl_coref *c, dl_span tok);
int32_t dl_cr_metonym(const dl_coref *c, dl_span tok); /* > 0: rather those who act for it             */

/* ---- rank.c: he and she by learnt weights */
#define DL_CR_WEIGHTS "coref/pronouns"
#define DL_CR_BACK 60                      /* items before the pronoun that are looked at                          */
#define DL_CR_CANDIDATES 48                /* of one pronoun                                                       */
bool dl_cr_ranked(const dl_item *pronoun); /* is it one that the ranker knows?                      */
bool dl_cr_may_mean(const dl_item *pronoun, const dl_item *x, const dl_entity *e);
uint32_t dl_cr_candidates(const dl_coref *c, const uint32_t *order, uint32_t n, uint32_t k, uint32_t *cand);
void dl_cr_rank_features(dl_feats *out, const dl_coref *c, uint32_t item, const uint32_t *cand, uint32_t n, uint32_t i);
uint32_t dl_cr_rank(const dl_coref *c, const dl_linear *w, const uint32_t *order, uint32_t n, uint32_t k);

/* ---- coref.c: the steps up to the pronouns; false: no memory */
bool dl_cr_begin(dl_coref *c, dl_build *b, const dl_models *m);
/* All items in order of place: [n_items], in the arena; NULL: no memory. */
uint32_t *dl_cr_order(dl_coref *c);

dl_str dl_cr_text(const dl_coref *c, dl_span tok); /* as printed, line breaks and all             */
dl_str dl_cr_tidy(dl_coref *c, dl_span tok);       /* white space folded; kept in the arena       */

#endif
