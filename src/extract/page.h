/* page.h: a page while it is taken apart. For this room alone.
 *
 * Whatever the page came as, it becomes a row of blocks in reading order: a line (or several lines
 * that were one) of plain text, or a run of words between two block tags of HTML. Readers fill the
 * blocks, judges set their role, emit.c writes them out. All memory is the builder's scratch. */
#ifndef DL_EXTRACT_PAGE_H
#define DL_EXTRACT_PAGE_H

#include "base/date.h"
#include "base/hash.h"
#include "base/offsets.h"
#include "extract/extract.h"
#include "extract/printed.h"
#include "model/table.h"

/* What a line is by its words alone (lex.c). */
typedef enum dl_lex {
    DL_LEX_NONE,
    DL_LEX_TAIL,     /* heads a section that is no part of the article: "Most read"                 */
    DL_LEX_TEASE,    /* points to another piece: "See also ..."                                     */
    DL_LEX_PROMO,    /* asks the reader for something: subscribe, follow, sign in                   */
    DL_LEX_WALL,     /* says that the rest is for subscribers                                       */
    DL_LEX_AD,       /* "Advertisement", "Story continues below"                                    */
    DL_LEX_SHARE,    /* buttons                                                                     */
    DL_LEX_NAV,      /* a run of section names                                                      */
    DL_LEX_LEGAL,    /* copyright, cookies, terms                                                   */
    DL_LEX_TEMPLATE, /* a template that was not filled                                           */
    DL_LEX_ICON,     /* alternative texts of icons                                                  */
    DL_LEX_TAGLINE,  /* what a site says of itself                                                  */
    DL_LEX_LIVE,     /* furniture of live pages: "Latest post"                                      */
    DL_LEX_JOB,      /* "China correspondent"                                                       */
    DL_LEX_DATE,     /* a date and little else                                                      */
    DL_LEX_BYLINE,   /* "By Ann Lee"                                                                */
    DL_LEX_CREDIT,   /* "source: ...", "photo: ..."                                                 */
    DL_LEX_CAPTION,  /* ends in a picture's credit                                                  */
    DL_LEX_NUMBER,   /* a lone number                                                               */
    DL_LEX_BULLET,   /* a lone list mark                                                            */
    DL_LEX_NOTE,     /* correction, clarification, editor's note                                    */
    DL_LEX_SITE,     /* other articles of the host print it, too: its words do not tell, the pile does  */
    DL_LEX_KEY,      /* a line of leaked metadata: "author: Ann Lee"                                */
    DL_LEXES
} dl_lex;

typedef enum dl_role { DL_ROLE_OPEN, DL_ROLE_KEEP, DL_ROLE_TITLE, DL_ROLE_OUT } dl_role;

typedef struct dl_xblock {
    dl_str text;         /* white space folded to single blanks                                   */
    dl_str norm;         /* lower-case words joined by one blank: for comparing                   */
    dl_span src;         /* bytes of the page's src                                               */
    uint64_t hash;       /* of norm                                                               */
    uint32_t words;      /* of norm                                                               */
    uint32_t chars;      /* code points of text                                                   */
    uint32_t link;       /* code points of text inside links                                      */
    uint32_t node;       /* HTML: the element that holds it                                       */
    uint32_t post;       /* number of the live post, or DL_NONE                                   */
    uint32_t same_as;    /* DL_ROLE_OUT, "repeat": the block that was kept, or DL_NONE            */
    uint32_t inner;      /* HTML: DL_ZONE_* of inline elements that hold all of it                  */
    uint32_t flags;      /* HTML: DL_ZONE_* of the element and those around it                    */
    uint16_t gap;        /* text: empty lines before it                                           */
    uint16_t tag;        /* HTML: of node                                                         */
    uint16_t caps;       /* words with a capital                                                  */
    uint16_t stops;      /* function words                                                        */
    uint8_t host_pages;  /* other articles of this host that print it, up to 16                     */
    uint8_t other_hosts; /* other hosts whose copies of this page keep it, up to 16                 */
    uint8_t lex;         /* dl_lex                                                                */
    uint8_t closed;      /* ends like a sentence                                                  */
    uint8_t item;        /* a list item                                                           */
    uint8_t quoted;      /* begins with a quotation mark                                          */
    uint8_t sure;        /* 0-100, 0: the usual                                                   */
    uint8_t role;        /* dl_role                                                               */
    uint8_t kind;        /* DL_ROLE_KEEP: dl_block_kind                                           */
    const char *why;     /* DL_ROLE_OUT: one of the words of docs/formats.md, a literal           */
} dl_xblock;

/* Kept, and as a part of the body. */
static inline bool dl_extract_in_body(const dl_xblock *k) { return k->role == DL_ROLE_KEEP && k->kind <= DL_POST; }

typedef struct dl_xpost {
    dl_str title, author;
    int64_t time; /* seconds UTC, or DL_NEVER                                                  */
} dl_xpost;

#define DL_WORD_BITS 32768u

typedef struct dl_xpage {
    dl_build *b;
    const dl_raw *raw;
    const dl_models *models;
    const dl_marks *marks;   /* what they tell of it; NULL: nothing                               */
    const dl_beside *beside; /* the pages around it; NULL: it is alone                         */
    dl_arena *a;             /* scratch                                                           */
    dl_str src;              /* the bytes that spans mean                                         */
    dl_offsets *map[8];      /* [maps] from src back to the page as read: the last one is the first step */
    uint32_t maps;
    dl_tsv phrases, nav, months, agencies, words, date_words, role_words;
    uint64_t *stop_bits;   /* [DL_WORD_BITS / 64] a filter before `words`                          */
    uint64_t *phrase_bits; /* the same before phrases that may stand anywhere, by their first word  */
    uint32_t n;
    size_t cap;
    dl_xblock *blk; /* [n] in reading order                                                    */
    uint32_t posts;
    size_t posts_cap;
    dl_xpost *post;
    dl_str title, outlet, agency, language;
    int lean;           /* -1: what is doubtful goes, +1: it stays                               */
    bool month_first;   /* 02/03/2023 is the third of February                                   */
    bool merge_removed; /* neighbours with one reason become one row                            */
    bool html;          /* a page of HTML, and no lines with markup in them                        */
    bool live;          /* a live page                                                             */
    bool index;         /* a page of teasers                                                       */
    bool other;         /* no article and no page of teasers: an error, a wall, a form             */
    bool truncated;     /* a wall or a cut                                                         */
} dl_xpage;

/* extract.c: an empty page over a record; `given` is the caller's and lives as long as the page. */
DL_MUST_USE dl_status dl_extract_begin(dl_xpage *p, dl_build *b, const dl_raw *raw, const dl_models *m, dl_offsets *given);

/* blocks.c: a block from bytes of src; its text, norm and counts. NULL: no memory. */
dl_xblock *dl_extract_block(dl_xpage *p, dl_str text, dl_span src);
void dl_extract_measure(dl_xpage *p, dl_xblock *k);
/* White space folded; the arena's. */
dl_str dl_extract_fold(dl_arena *a, dl_str s);
dl_str dl_extract_norm(dl_arena *a, dl_str s);
/* Bytes of src to bytes of the page as it was read. */
dl_span dl_extract_raw(const dl_xpage *p, dl_span src);
/* A function word of the page's language (of any, where that is unknown), lower case, folded. */
bool dl_extract_stop(const dl_xpage *p, dl_str w);
/* Fills the two filters; false: no memory. Whether a word may be in a filter's table. */
bool dl_extract_filters(dl_xpage *p);
bool dl_extract_bit(const uint64_t *bits, dl_str w);
void dl_extract_out(dl_xblock *k, const char *why);

/* lex.c: what a line is by its words. */
void dl_extract_lex(dl_xpage *p, dl_xblock *k);
/* The line says who wrote it: the names are put into authors (and agencies into credits). */
bool dl_extract_byline(dl_xpage *p, const dl_xblock *k, bool keep);
/* Reads the names out of "Ann Lee and Bo Hu in Kyiv | BBC News": appends authors, credits. */
void dl_extract_names(dl_xpage *p, dl_str names, dl_span src);
bool dl_extract_name_like(dl_str s);
void dl_extract_author(dl_xpage *p, dl_str name);
void dl_extract_credit(dl_xpage *p, dl_str name, dl_credit_kind kind, dl_span src);
/* agency.c: the agency's full name where `s` is one (any of its forms); empty: it is none. */
dl_str dl_extract_agency(const dl_xpage *p, dl_str s);
/* Looks like the name of a newsroom or an agency, known or not: "Orrin News". */
bool dl_extract_newsroom_form(dl_str s);
/* "source: X with agencies", "photo: Reuters": credits, outlet. */
void dl_extract_credit_line(dl_xpage *p, const dl_xblock *k);
/* dateline.c: "MOSCOW, Feb 22 (Reuters) -" at the start of a block. */
bool dl_extract_dateline(dl_xpage *p, const dl_xblock *k);

/* text.c: plain and half-cleaned text. */
void dl_extract_text(dl_xpage *p);
/* The blocks that lines.c made, or a fragment of HTML: what is title, body, furniture. */
void dl_extract_judge(dl_xpage *p);
/* region.c: the lines [first, end) that hold the article; first == p->n: there is none. */
void dl_extract_region(dl_xpage *p, uint32_t *first, uint32_t *end);
/* A paragraph: words in a row that close like a sentence, or so many that they must be one. */
bool dl_extract_prose(const dl_xblock *k);
/* The content words of a block go into a set; how many of another's are in it. */
void dl_extract_learn(const dl_xpage *p, dl_map *m, const dl_xblock *k);
void dl_extract_known(const dl_xpage *p, const dl_map *m, const dl_xblock *k, uint32_t *known, uint32_t *all);
/* "More from Daily Echo": the outlet's name is taken. */
void dl_extract_outlet(dl_xpage *p, const dl_xblock *k);
const char *dl_extract_reason(dl_lex l); /* why a line of that class is no article              */
/* prints.c: what other pages of the pile tell of the blocks is put into them; before any is judged. */
void dl_prints_mark(dl_xpage *p);
/* After that: blocks that copies vouch for are taken back, and it is said what the pile changed. */
void dl_prints_settle(dl_xpage *p);
/* What this page tells the others. */
void dl_prints_leave(const dl_xpage *p);
/* repeat.c */
void dl_extract_repeats(dl_xpage *p);
/* lang.c: ISO 639-1 code by function words and scripts; empty: too little to tell. */
dl_str dl_extract_language(const dl_xpage *p, dl_str text);
/* The language of a text that is clearly not `stated`; empty: it may be, or cannot be told. */
dl_str dl_extract_language_not(const dl_xpage *p, dl_str text, dl_str stated);
/* live.c: posts of a live page; which printing of a repeat is kept. */
void dl_extract_live(dl_xpage *p);
/* verdict.c: the same for plain text as for HTML: an error, a text that breaks off. */
void dl_verdict_text(dl_xpage *p);
/* roles.c: what the block is to a reader once it is decided, and how sure that is, 0-100. */
dl_text_role dl_extract_role(const dl_xpage *p, const dl_xblock *k, uint8_t *out_sure);
/* ranges.c: cuts the blocks' bytes so that none is in two; place[i]: where block i stands among those that have
 * bytes, in page order, DL_NONE: it has none. False: no memory. */
bool dl_ranges_apart(dl_xpage *p, uint32_t *place);
/* emit.c: writes what was decided into the builder. */
dl_status dl_extract_emit(dl_xpage *p);
dl_status dl_extract_finish(dl_xpage *p); /* the fields of meta alone                            */
/* given.c: what came with the page: authors and source of a feed's entry, a recording that was cut. */
void dl_extract_given(dl_xpage *p);
/* escaped.c: undoes entity escaping until stable where the page is escaped; true: src is HTML now. */
bool dl_extract_escaped(dl_xpage *p);
/* escaped_parts.c: the same for markup inside a page that is not escaped; true: src has changed. */
bool dl_extract_unwrap_parts(dl_xpage *p);
/* html.c */
dl_status dl_extract_html(dl_xpage *p);

#endif
