/* date_kinds.h: where on a page a date stands, and what stands round it: columns of dates. */
#ifndef DL_DOC_DATE_KINDS_H
#define DL_DOC_DATE_KINDS_H

/* Where on a page a date stands: the voices that dates/ weighs. */
typedef enum dl_date_place {
    DL_DATE_ELSEWHERE,   /* not told                                                            */
    DL_DATE_LD,          /* JSON-LD of the article                                              */
    DL_DATE_LD_OTHER,    /* of another object: WebPage, Recipe, VideoObject                     */
    DL_DATE_META,        /* <meta>: published                                                   */
    DL_DATE_META_MADE,   /* created, issued                                                     */
    DL_DATE_META_DAY,    /* "date" and no more                                                  */
    DL_DATE_ITEM,        /* microdata, RDFa                                                     */
    DL_DATE_TIME,        /* <time>, <abbr>                                                      */
    DL_DATE_ATTRIBUTE,   /* data-..., title of another element                                  */
    DL_DATE_CLASS,       /* short text of an element whose class speaks of a date               */
    DL_DATE_SCRIPT,      /* a key of a script: published                                        */
    DL_DATE_SCRIPT_MADE, /* created                                                             */
    DL_DATE_COMMENT,     /* <!-- -->                                                            */
    DL_DATE_ADDRESS,     /* of the page                                                         */
    DL_DATE_CANONICAL,   /* the address that the page gives itself                              */
    DL_DATE_PICTURE,     /* address of its picture                                              */
    DL_DATE_PRINTED,     /* in a line of text                                                   */
    DL_DATE_PLACES
} dl_date_place;
typedef enum dl_date_region { /* as the article lies */
                              DL_REGION_NONE,
                              DL_REGION_HEAD,  /* before the headline                                */
                              DL_REGION_ABOVE, /* ... by a few lines                                 */
                              DL_REGION_TITLE, /* in the headline, or behind it by a few lines        */
                              DL_REGION_LEDE,  /* before the text, or where it begins                 */
                              DL_REGION_BODY,
                              DL_REGION_END, /* behind the text by a few lines                      */
                              DL_REGION_TAIL,
                              DL_REGIONS
} dl_date_region;
/* Bits of dates.signs. */
enum {
    DL_DATE_ALONE = 1,    /* the line holds nothing else                                         */
    DL_DATE_NAMED = 2,    /* class or zone speak of a date or of who wrote it                    */
    DL_DATE_SAID = 4,     /* the words before say "published"                                    */
    DL_DATE_ASIDE = 8,    /* among navigation, teasers, comments                                 */
    DL_DATE_FOOT = 16,    /* in the footer                                                       */
    DL_DATE_VAGUE = 32,   /* day and month could be the other way round                          */
    DL_DATE_SWAPPED = 64, /* ... and are, in this row                                            */
    DL_DATE_OTHER = 128,  /* the words before say of what else: an event, a deadline              */
    DL_DATE_UTC = 256     /* written in UTC, which says nothing of the day at the publisher's    */
};

#endif
