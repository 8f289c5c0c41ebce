/* tables.h: the tables of a document: which stage writes them, and what stands in each column.
 * [n] beside every column; the comment says unit and range. Which rows a column may name is checked by
 * the loader (schema.c). */
#ifndef DL_DOC_TABLES_H
#define DL_DOC_TABLES_H

#include "base/str.h"

typedef dl_span dl_ref; /* bytes of `strings`; empty: unknown                                    */

typedef struct dl_blocks { /* extract: what the page shows, kept parts only */
    uint32_t n;
    uint8_t *kind;  /* dl_block_kind                                                       */
    uint8_t *role;  /* dl_text_role                                                        */
    uint8_t *sure;  /* 0-100: confidence in the role                                       */
    dl_span *span;  /* bytes of text, without the final '\n'                               */
    dl_span *raw;   /* bytes of the page as read                                           */
    int64_t *time;  /* posts: seconds UTC, or DL_NEVER                                     */
    dl_ref *author; /* posts                                                               */
    dl_ref *title;  /* posts                                                               */
} dl_blocks;
typedef struct dl_removed { /* extract: what was thrown away, in page order */
    uint32_t n;
    dl_ref *why;       /* "navigation", "teaser", "repeat", "advertisement" ...               */
    uint8_t *role;     /* dl_text_role                                                        */
    uint8_t *sure;     /* 0-100: confidence in the role                                       */
    dl_span *raw;      /* bytes of the page as read                                           */
    uint32_t *same_as; /* for "repeat": the block (row of blocks) that was kept, or DL_NONE   */
} dl_removed;
typedef struct dl_warnings { /* any stage */
    uint32_t n;
    dl_ref *what; /* one word                                                            */
    dl_ref *detail;
} dl_warnings;
typedef struct dl_authors { /* extract */
    uint32_t n;
    dl_ref *name;
} dl_authors;
typedef struct dl_credits { /* extract: whom the text is said to come from */
    uint32_t n;
    dl_ref *name;  /* as printed: "Press Association", "AP", "agencies"                   */
    uint8_t *kind; /* dl_credit_kind                                                      */
    dl_span *raw;  /* bytes of the page as read                                           */
} dl_credits;
typedef struct dl_dates { /* extract: when the page may have been published */
    uint32_t n;
    int64_t *at;       /* seconds UTC                                                         */
    uint8_t *grain;    /* dl_grain: DL_GRAIN_DAY or finer                                     */
    uint8_t *basis;    /* dl_basis                                                            */
    uint8_t *sure;     /* 0-100                                                               */
    uint8_t *modified; /* 1: a date of change, not of publication                             */
    uint8_t *place;    /* dl_date_place                                                       */
    uint8_t *region;   /* dl_date_region                                                      */
    uint16_t *signs;   /* DL_DATE_ALONE ...                                                   */
    int32_t *day;      /* where it was written, days since 1970: 2020-02-15T07:00+09:00 is the 15th */
    dl_span *raw;      /* bytes of the page as read                                           */
    dl_ref *words;     /* as found                                                            */
} dl_dates;
typedef struct dl_sents { /* tokens: sentences of the body, in order, without gaps in tokens */
    uint32_t n;
    dl_span *tok;    /* rows of toks                                                        */
    dl_span *span;   /* bytes of text                                                       */
    uint32_t *block; /* row of blocks                                                       */
} dl_sents;
typedef struct dl_toks { /* tokens, tags, trees */
    uint32_t n;
    dl_span *span;  /* bytes of text                                                       */
    uint8_t *flags; /* DL_TOK_* below                                                      */
    uint8_t *xpos;  /* tags: number of a Penn tag, tags/tags.h                             */
    uint8_t *upos;  /* tags: number of a UD tag, tags/tags.h                               */
    uint8_t *bio;   /* tags: DL_BIO_* of kinds.h: its part in a name                          */
    dl_ref *lemma;  /* tags                                                                */
    uint32_t *head; /* trees: row of toks; its own row: root; DL_NONE: not parsed          */
    uint8_t *rel;   /* trees: number of a UD relation, trees/trees.h                       */
} dl_toks;
#define DL_TOK_SPACE 1u   /* white space follows                                                 */
#define DL_TOK_QUOTED 2u  /* inside quotation marks                                              */
typedef struct dl_names { /* names: disjoint, in order */
    uint32_t n;
    dl_span *tok;  /* rows of toks                                                        */
    dl_span *span; /* bytes of text                                                       */
    uint8_t *type; /* dl_name_type                                                        */
} dl_names;
typedef struct dl_ents { /* coref: who and what this page speaks of; one row each */
    uint32_t n;
    dl_ref *name;       /* the fullest name printed here, without titles                       */
    uint8_t *kind;      /* dl_actor_kind                                                       */
    uint8_t *gender;    /* 'm', 'f', 'n' or 0                                                  */
    uint8_t *plural;    /* 1: several people                                                   */
    uint32_t *country;  /* dl_country(): three letters of ISO 3166-1 alpha-3, or 0             */
    uint32_t *mentions; /* how many rows of ments                                              */
} dl_ents;
typedef struct dl_ments { /* coref: in order of beg, then longest first */
    uint32_t n;
    uint32_t *ent; /* row of ents                                                         */
    dl_span *tok;  /* rows of toks                                                        */
    dl_span *span; /* bytes of text                                                       */
    uint8_t *kind; /* dl_mention_kind                                                     */
} dl_ments;
typedef struct dl_roles { /* coref: "Russia's security chief" said of an entity */
    uint32_t n;
    uint32_t *ent;     /* row of ents                                                         */
    dl_ref *title;     /* as printed                                                          */
    uint32_t *country; /* dl_country() or 0                                                   */
    dl_span *span;     /* bytes of text                                                       */
} dl_roles;
typedef struct dl_times { /* times: TIMEX3, in order */
    uint32_t n;
    dl_span *span;  /* bytes of text                                                       */
    dl_span *tok;   /* rows of toks                                                        */
    uint32_t *sent; /* row of sents                                                        */
    uint8_t *type;  /* dl_timex_type                                                       */
    dl_ref *value;  /* TIMEX3 value                                                        */
    int64_t *from;  /* first second, UTC; DL_NEVER: open or unknown                        */
    int64_t *to;    /* first second after it; DL_NEVER: open or unknown                    */
    uint8_t *grain; /* dl_grain                                                            */
    uint8_t *basis; /* dl_time_basis                                                       */
    dl_ref *anchor; /* what it was resolved against: a TIMEX3 value, or empty              */
} dl_times;
typedef struct dl_quotes { /* quotes: reported speech, in order of content */
    uint32_t n;
    uint8_t *kind;      /* dl_quote_kind                                                       */
    uint32_t *sent;     /* row of sents where it begins                                        */
    int64_t *from, *to; /* the day or days it was said: half-open seconds, or DL_NEVER         */
    uint8_t *score;     /* 0-100                                                               */
    dl_span *parts;     /* rows of parts                                                       */
} dl_quotes;
typedef struct dl_parts { /* quotes: the pieces of a quotation */
    uint32_t n;
    uint8_t *role; /* dl_part_role                                                        */
    dl_span *span; /* bytes of text                                                       */
    uint32_t *ent; /* of DL_SOURCE, DL_VIA, DL_NAMED: row of ents, or DL_NONE; two sources are
                            two parts: joint speech                                             */
} dl_parts;
typedef struct dl_events { /* events: who did what to whom, in order of trigger */
    uint32_t n;
    uint8_t *type;      /* dl_plover                                                           */
    uint8_t *root;      /* CAMEO root, 1-20, or 0                                              */
    uint8_t *modality;  /* dl_modality, as this page has it                                    */
    uint8_t *basis;     /* dl_time_basis of from/to; DL_TIME_BASES: no day known               */
    dl_span *trigger;   /* bytes of text                                                       */
    dl_span *span;      /* bytes of text: the clause                                           */
    uint32_t *sent;     /* row of sents                                                        */
    uint32_t *quote;    /* row of quotes it stands in, or DL_NONE                              */
    uint32_t *place;    /* row of ents, or DL_NONE                                             */
    int64_t *from, *to; /* half-open seconds, or DL_NEVER                                      */
    dl_span *args;      /* rows of args                                                        */
} dl_events;
typedef struct dl_args { /* events: the actors of an event */
    uint32_t n;
    uint8_t *role; /* dl_arg_role                                                         */
    uint32_t *ent; /* row of ents                                                         */
    dl_span *span; /* bytes of text                                                       */
} dl_args;
typedef struct dl_damages { /* damage: passages that a machine broke; never quoted */
    uint32_t n;
    dl_span *span; /* bytes of text                                                       */
    dl_ref *what;  /* one word: "pronoun", "break", "acronym", "order" ...                */
    dl_ref *note;  /* for a person                                                        */
    uint8_t *sure; /* 0-100                                                               */
} dl_damages;
typedef struct dl_stated { /* extract: what each voice of the page says of it, in order of field, best voice first */
    uint32_t n;
    uint8_t *field;  /* dl_stated_field                                                      */
    uint8_t *basis;  /* dl_stated_basis                                                      */
    uint8_t *chosen; /* 1: what the document has taken                                       */
    dl_ref *value;
    dl_span *raw; /* bytes of the page as read; empty where the voice is no part of it   */
} dl_stated;

#endif
