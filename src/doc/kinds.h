/* kinds.h: the enumerations of a document, and the words that FORMATS.md has for them. */
#ifndef DL_DOC_KINDS_H
#define DL_DOC_KINDS_H

#include "doc/date_kinds.h"

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
/* What a block is to a reader, kept or not. */
typedef enum dl_text_role {
    DL_TEXT_BODY,
    DL_TEXT_HEADING,
    DL_TEXT_LIST,
    DL_TEXT_QUOTE,
    DL_TEXT_POST,
    DL_TEXT_CAPTION,
    DL_TEXT_CREDIT,
    DL_TEXT_BYLINE,
    DL_TEXT_DATELINE,
    DL_TEXT_AGENCY,
    DL_TEXT_RELATED,
    DL_TEXT_PROMO,
    DL_TEXT_NEWSLETTER,
    DL_TEXT_COMMENT,
    DL_TEXT_CORRECTION,
    DL_TEXT_COOKIE,
    DL_TEXT_NAVIGATION,
    DL_TEXT_TITLE,
    DL_TEXT_DATE,
    DL_TEXT_NOTE,
    DL_TEXT_PULL_QUOTE,
    DL_TEXT_PAYWALL,
    DL_TEXT_ADVERTISEMENT,
    DL_TEXT_SHARE,
    DL_TEXT_TAGS,
    DL_TEXT_LEGAL,
    DL_TEXT_EMBED,
    DL_TEXT_REPEAT,
    DL_TEXT_HIDDEN,
    DL_TEXT_FURNITURE,
    DL_TEXT_ROLES
} dl_text_role;
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
/* What of a page is stated, and by whom. */
typedef enum dl_stated_field {
    DL_STATED_TITLE,
    DL_STATED_AUTHOR,
    DL_STATED_OUTLET,
    DL_STATED_LANGUAGE,
    DL_STATED_SECTION,
    DL_STATED_CANONICAL,
    DL_STATED_FIELDS
} dl_stated_field;
typedef enum dl_stated_basis {
    DL_STATED_BY_LD,     /* JSON-LD                                                              */
    DL_STATED_BY_META,   /* a meta element                                                       */
    DL_STATED_BY_OG,     /* Open Graph's                                                         */
    DL_STATED_BY_H1,     /* the first heading                                                    */
    DL_STATED_BY_WINDOW, /* <title>                                                              */
    DL_STATED_BY_ITEM,   /* itemprop                                                             */
    DL_STATED_BY_LINK,   /* <link>, rel=author, a link to an author's page                       */
    DL_STATED_BY_CLASS,  /* an element that is named as the byline                               */
    DL_STATED_BY_LINE,   /* words on the page: "By Ann Lee"                                      */
    DL_STATED_BY_URL,
    DL_STATED_BY_HTML, /* <html lang>                                                            */
    DL_STATED_BY_TEXT, /* the body itself                                                        */
    DL_STATED_BASES
} dl_stated_basis;
typedef enum dl_name_type { DL_PER, DL_ORG, DL_LOC, DL_NORP, DL_FAC, DL_EVENT_NAME, DL_MISC, DL_NAME_TYPES } dl_name_type;
/* A token's part in a name: 0: none; 1 + 2 * type: the first of one; 2 + 2 * type: a further one. */
#define DL_BIOS (1 + 2 * DL_NAME_TYPES)
static inline int dl_bio_begins(unsigned bio) { return bio % 2 == 1; }
static inline unsigned dl_bio_type(unsigned bio) { return (bio - 1) / 2; } /* of a part that is one */
/* Whether part b may stand behind part a; at the start a is 0. */
static inline int dl_bio_follows(unsigned b, unsigned a) { return b == 0 || dl_bio_begins(b) || a == b || a + 1 == b; }
typedef enum dl_actor_kind { DL_PERSON, DL_ORGANISATION, DL_GOVERNMENT, DL_PLACE, DL_GROUP, DL_ACTOR_KINDS } dl_actor_kind;
typedef enum dl_mention_kind { DL_BY_NAME, DL_BY_TITLE, DL_BY_PRONOUN, DL_BY_METONYM, DL_MENTION_KINDS } dl_mention_kind;
typedef enum dl_timex_type { DL_DATE, DL_TIME, DL_DURATION, DL_SET, DL_TIMEX_TYPES } dl_timex_type;
typedef enum dl_time_basis { DL_EXPLICIT, DL_DEICTIC, DL_INFERRED, DL_TIME_BASES } dl_time_basis;
typedef enum dl_quote_kind { DL_DIRECT, DL_MIXED, DL_INDIRECT, DL_QUOTE_KINDS } dl_quote_kind;
typedef enum dl_part_role {
    DL_CONTENT,
    DL_CUE,
    DL_SOURCE,
    DL_VIA,
    DL_NAMED, /* where the source is named, when DL_SOURCE is a pronoun or empty                */
    DL_PART_ROLES
} dl_part_role;
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
    *const dl_text_words[DL_TEXT_ROLES],
        *const dl_verdict_words[DL_VERDICTS],
            *const dl_basis_words[DL_BASES],
                *const dl_credit_words[DL_CREDITS],
                    *const dl_name_words[DL_NAME_TYPES],
                        *const dl_actor_words[DL_ACTOR_KINDS],
                            *const dl_mention_words[DL_MENTION_KINDS],
                                *const dl_timex_words[DL_TIMEX_TYPES],
                                    *const dl_time_basis_words[DL_TIME_BASES],
                                        *const dl_quote_words[DL_QUOTE_KINDS],
                                            *const dl_plover_words[DL_PLOVERS],
                                                *const dl_modality_words[DL_MODALITIES],
                                                    *const dl_stated_field_words[DL_STATED_FIELDS],
                                                        *const dl_stated_basis_words[DL_STATED_BASES];

#endif
