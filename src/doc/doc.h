/* doc.h: the document: what Dateline knows of one page, as columns.
 *
 * Each page stage appends rows to tables (struct of arrays). Rows name each other by 32-bit
 * number, text by byte span. Text never moves once `extract` has written it:
 *
 *     text   [0, body_len)         the body: paragraphs, headings, lists, quotations, posts in
 *                                  reading order, each line ended by '\n'. All later stages read
 *                                  this and nothing else.
 *            [body_len, text_len)  asides kept for the record: captions, bylines, datelines, notes
 *     strings                      what is not text: titles, names, values, reasons
 *
 * A dl_doc is a view of such columns. There are two owners of them:
 *   dl_build (build.h)   grows them, one page at a time, in a worker's arena;
 *   dl_seal (seal.h)     one contiguous, pointer-free, checksummed block that never changes.
 * Through `const dl_doc *` both are read alike. Nothing is freed through a dl_doc. */
#ifndef DL_DOC_DOC_H
#define DL_DOC_DOC_H

#include "base/str.h"

typedef dl_span dl_ref; /* bytes of `strings`; empty: unknown                                    */

typedef enum dl_block_kind { /* the first five are body text */
                             DL_PARAGRAPH,
                             DL_HEADING,
                             DL_LIST,
                             DL_QUOTATION,
                             DL_POST,
                             DL_CAPTION,
                             DL_BYLINE,
                             DL_DATELINE,
                             DL_NOTE,
                             DL_BLOCK_KINDS
} dl_block_kind;
typedef enum dl_verdict { DL_ARTICLE, DL_LIVE, DL_INDEX, DL_OTHER, DL_VERDICTS } dl_verdict;
/* What a date rests on, strongest claim of the page first. */
typedef enum dl_basis {
    DL_BY_NONE,
    DL_BY_PRINTED,
    DL_BY_META,
    DL_BY_URL,
    DL_BY_TEXT,
    DL_BY_STORY,
    DL_BY_GIVEN,
    DL_BASES
} dl_basis;
typedef enum dl_credit_kind { /* where the page names whom it has its text from */
                              DL_CREDIT_BYLINE,
                              DL_CREDIT_DATELINE,
                              DL_CREDIT_TAG,
                              DL_CREDIT_SOURCE,
                              DL_CREDIT_PHOTO,
                              DL_CREDIT_META,
                              DL_CREDITS
} dl_credit_kind;
typedef enum dl_name_type { DL_PER, DL_ORG, DL_LOC, DL_NORP, DL_FAC, DL_EVENT_NAME, DL_MISC, DL_NAME_TYPES } dl_name_type;
typedef enum dl_actor_kind { DL_PERSON, DL_ORGANISATION, DL_GOVERNMENT, DL_PLACE, DL_GROUP, DL_ACTOR_KINDS } dl_actor_kind;
typedef enum dl_mention_kind { DL_BY_NAME, DL_BY_TITLE, DL_BY_PRONOUN, DL_BY_METONYM, DL_MENTION_KINDS } dl_mention_kind;
typedef enum dl_timex_type { DL_DATE, DL_TIME, DL_DURATION, DL_SET, DL_TIMEX_TYPES } dl_timex_type;
typedef enum dl_time_basis { DL_EXPLICIT, DL_DEICTIC, DL_INFERRED, DL_TIME_BASES } dl_time_basis;
typedef enum dl_quote_kind { DL_DIRECT, DL_MIXED, DL_INDIRECT, DL_QUOTE_KINDS } dl_quote_kind;
typedef enum dl_part_role { DL_CONTENT, DL_CUE, DL_SOURCE, DL_VIA, DL_PART_ROLES } dl_part_role;
typedef enum dl_plover { /* Open Event Data Alliance, PLOVER manual */
                         DL_NO_TYPE,
                         DL_AGREE,
                         DL_CONSULT,
                         DL_SUPPORT,
                         DL_CONCEDE,
                         DL_COOPERATE,
                         DL_AID,
                         DL_RETREAT,
                         DL_REQUEST,
                         DL_ACCUSE,
                         DL_REJECT,
                         DL_THREATEN,
                         DL_PROTEST,
                         DL_SANCTION,
                         DL_MOBILIZE,
                         DL_COERCE,
                         DL_ASSAULT,
                         DL_PLOVERS
} dl_plover;
typedef enum dl_modality {
    DL_HAPPENED,
    DL_ONGOING,
    DL_EXPECTED,
    DL_POSSIBLE,
    DL_HYPOTHETICAL,
    DL_DENIED,
    DL_REFUSED,
    DL_DEMANDED,
    DL_WARNED,
    DL_ALLEGED,
    DL_MODALITIES
} dl_modality;
typedef enum dl_arg_role { DL_AGENT, DL_TARGET, DL_ARG_ROLES } dl_arg_role;
/* The words that FORMATS.md has for these, e.g. dl_block_words[DL_LIST] is "list". */
extern const char *const dl_block_words[DL_BLOCK_KINDS],
    *const dl_verdict_words[DL_VERDICTS], *const dl_basis_words[DL_BASES],
                                              *const dl_credit_words[DL_CREDITS],
                                                  *const dl_name_words[DL_NAME_TYPES],
                                                      *const dl_actor_words[DL_ACTOR_KINDS],
                                                          *const dl_mention_words[DL_MENTION_KINDS],
                                                              *const dl_timex_words[DL_TIMEX_TYPES],
                                                                  *const dl_time_basis_words[DL_TIME_BASES],
                                                                      *const dl_quote_words[DL_QUOTE_KINDS],
                                                                          *const dl_plover_words[DL_PLOVERS],
                                                                              *const dl_modality_words[DL_MODALITIES];

/* One a page. */
typedef struct dl_meta {
    dl_ref id, url, canonical, title, outlet, agency, language /* ISO 639-1 */, section;
    dl_ref place, place_agency; /* dateline: "MOSCOW", "Reuters"                                */
    int64_t place_day;          /* dateline: its day, or DL_NEVER                               */
    int64_t fetched;            /* seconds UTC, DL_NEVER unknown; so the next four              */
    int64_t published;          /* the best hypothesis: see dates/dates.h                       */
    int64_t printed;            /* what the page prints                                         */
    int64_t given;              /* what the input record states, to be believed                 */
    int64_t modified;
    uint64_t raw_hash;    /* XXH3 of the page as read                                              */
    uint64_t text_hash;   /* XXH3 of the folded body words: equal texts are equal copies           */
    uint32_t raw_len;     /* bytes of the page as read                                             */
    uint32_t body_len;    /* bytes of text that are body                                           */
    uint32_t words;       /* body words                                                            */
    uint8_t verdict;      /* dl_verdict                                                            */
    uint8_t basis;        /* dl_basis of `published`                                               */
    uint8_t has_time;     /* `published` holds a clock time, not only a day                        */
    uint8_t truncated;    /* cut by a paywall or by the scrape                                     */
    uint8_t clean;        /* came as text that is already an article                               */
    uint8_t tokens_given; /* tokens and sentence ends came with the input                        */
    uint8_t pad[2];
} dl_meta;

/* ---- Tables. [n] beside every column; the comment says unit and range. ----------------------- */

typedef struct dl_blocks { /* extract: what the page shows, kept parts only */
    uint32_t n;
    uint8_t *kind;  /* dl_block_kind                                                       */
    uint8_t *sure;  /* 0-100: confidence in the kind                                       */
    dl_span *span;  /* bytes of text, without the final '\n'                               */
    dl_span *raw;   /* bytes of the page as read                                           */
    int64_t *time;  /* posts: seconds UTC, or DL_NEVER                                     */
    dl_ref *author; /* posts                                                               */
    dl_ref *title;  /* posts                                                               */
} dl_blocks;
typedef struct dl_removed { /* extract: what was thrown away, in page order */
    uint32_t n;
    dl_ref *why;       /* "navigation", "teaser", "repeat", "advertisement" ...               */
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
    uint32_t *ent; /* of DL_SOURCE and DL_VIA: row of ents, or DL_NONE; two sources are
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

typedef struct dl_doc {
    const dl_meta *meta;
    const char *text;    /* [text_len]                                                          */
    const char *strings; /* [strings_len]                                                       */
    uint32_t text_len, strings_len;
    dl_blocks blocks;
    dl_removed removed;
    dl_warnings warnings;
    dl_authors authors;
    dl_credits credits;
    dl_dates dates;
    dl_sents sents;
    dl_toks toks;
    dl_names names;
    dl_ents ents;
    dl_ments ments;
    dl_roles roles;
    dl_times times;
    dl_quotes quotes;
    dl_parts parts;
    dl_events events;
    dl_args args;
    dl_damages damages;
} dl_doc;

static inline dl_str dl_doc_text(const dl_doc *d, dl_span s) { return (dl_str){ d->text + s.beg, s.end - s.beg }; }
static inline dl_str dl_doc_str(const dl_doc *d, dl_ref r) { return (dl_str){ d->strings + r.beg, r.end - r.beg }; }
static inline dl_str dl_doc_body(const dl_doc *d) { return (dl_str){ d->text, d->meta->body_len }; }
static inline dl_str dl_tok_text(const dl_doc *d, uint32_t tok) { return dl_doc_text(d, d->toks.span[tok]); }

/* The row of sents that holds the token or the byte, by bisection; DL_NONE: none. */
uint32_t dl_sent_of_tok(const dl_doc *d, uint32_t tok);
uint32_t dl_sent_of_byte(const dl_doc *d, uint32_t byte);
/* The tokens that meet the byte span; an empty span where none does. */
dl_span dl_toks_of(const dl_doc *d, dl_span bytes);

/* "CHN" as a number, and back. */
static inline uint32_t dl_country(const char *a3)
{
    return (uint32_t)(unsigned char)a3[0] << 16 | (uint32_t)(unsigned char)a3[1] << 8 | (unsigned char)a3[2];
}
void dl_country_text(char out[4], uint32_t country); /* "" for 0                                */

#endif
