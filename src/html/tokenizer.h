/* tokenizer.h: the tokenizer of the HTML standard (13.2.5). Internal to this room and its tests.
 *
 * One call gives one token. Characters come as runs: as long as possible, so two text tokens never
 * follow each other, except where a CDATA section begins or ends. Text, names and values are views
 * of the page wherever its bytes are the characters; else they are made in `keep`.
 * The tree builder sets `state` after a start tag (RCDATA, RAWTEXT ...), and `foreign`.
 * Cost: linear; every byte is scanned once, and once more where it is decoded. */
#ifndef DL_HTML_TOKENIZER_H
#define DL_HTML_TOKENIZER_H

#include "base/offsets.h"
#include "html/tag.h"

typedef enum dl_tok_state {
    DL_TOK_DATA,      /* 13.2.5.1  */
    DL_TOK_RCDATA,    /* 13.2.5.2  */
    DL_TOK_RAWTEXT,   /* 13.2.5.3  */
    DL_TOK_SCRIPT,    /* 13.2.5.4  */
    DL_TOK_PLAINTEXT, /* 13.2.5.5  */
    DL_TOK_CDATA      /* 13.2.5.69 */
} dl_tok_state;

typedef enum dl_token_type {
    DL_TOKEN_EOF,
    DL_TOKEN_TEXT,
    DL_TOKEN_START,
    DL_TOKEN_END,
    DL_TOKEN_COMMENT,
    DL_TOKEN_DOCTYPE
} dl_token_type;

typedef struct dl_token {
    dl_token_type type;
    dl_tag tag;            /* of tags                                                     */
    dl_str text;           /* characters, comment, name of a tag or doctype (p NULL: none) */
    dl_span raw;           /* bytes of the page: all of it                                */
    uint32_t attr, n_attr; /* rows of dl_attrs                                            */
    bool self_closing;
    bool nul;                    /* text holds U+0000                                           */
    bool force_quirks;           /* of doctypes                                                 */
    dl_str public_id, system_id; /* of doctypes; p NULL: missing                                */
} dl_token;

/* Attribute rows. A token's rows stand at the end, behind `n`: the tree builder keeps them by
 * raising n; else the next token takes their place. */
typedef struct dl_attrs {
    uint32_t n;
    size_t cap;
    dl_str *name, *value; /* [cap]                                                              */
    dl_span *raw;         /* [cap] bytes of the value                                           */
} dl_attrs;

typedef struct dl_tokenizer {
    const char *p; /* [n] the page                                                              */
    uint32_t n, at;
    dl_tok_state state;
    bool foreign;      /* the adjusted current node is not of HTML: CDATA sections are known      */
    dl_str last_start; /* name of the last start tag: the appropriate end tag has the same        */
    dl_token tok;
    dl_offsets map; /* of tok.text to the page when it was decoded; n 0: it begins at raw.beg  */
    dl_attrs attrs;
    uint32_t next_amp, next_cr, next_nul; /* where the next such byte is, at or behind a point passed */
    uint32_t *seen;                       /* [seen_room] row + 1 by hash of name, for tags of many attributes */
    uint32_t seen_room, seen_cap, seen_n; /* slots there are, slots in use for this tag, names in it          */
    dl_arena *keep, *scratch;
    bool failed; /* memory was refused: what follows is EOF                                     */
} dl_tokenizer;

void dl_tok_init(dl_tokenizer *t, dl_str page, dl_arena *keep, dl_arena *scratch);
/* The next token, into t->tok; its strings hold as long as `keep`, its map until the next call. */
dl_token_type dl_tok_next(dl_tokenizer *t);

/* Room for `more` rows behind attrs.n; false: no memory. */
bool dl_tok_attr_room(dl_tokenizer *t, size_t more);

/* ---- between the files of the tokenizer ---- */

/* Classes of bytes. */
enum {
    DL_CH_SPACE = 1,    /* TAB, LF, FF, CR, SPACE                                              */
    DL_CH_TAG_END = 2,  /* ends a tag's name: space / >                                        */
    DL_CH_NAME_END = 4, /* ends an attribute's name: space / > =                               */
    DL_CH_ALPHA = 8,
    DL_CH_UPPER = 16,    /* A-Z and NUL: a name with it is not a view                             */
    DL_CH_VALUE_END = 32 /* ends an unquoted value: space >                                    */
};
extern const uint8_t dl_ch_class[256];
static inline bool dl_ch_is(char c, unsigned classes) { return dl_ch_class[(unsigned char)c] & classes; }

/* What stands at t->at, which is '<': DL_TOKEN_EOF with t->at < n when it gave no token. */
dl_token_type dl_tok_markup(dl_tokenizer *t);
dl_token_type dl_tok_tag(dl_tokenizer *t, dl_token_type type, uint32_t name); /* 13.2.5.8, the name begins there */
dl_token_type dl_tok_comment(dl_tokenizer *t, uint32_t beg);                  /* 13.2.5.43, behind "<!--"        */
dl_token_type dl_tok_bogus(dl_tokenizer *t, uint32_t beg);                    /* 13.2.5.41 */
dl_token_type dl_tok_doctype(dl_tokenizer *t, uint32_t beg);                  /* 13.2.5.53, behind "<!doctype"   */
/* End of the text of a script element that begins at t->at (13.2.5.4, 13.2.5.15 to 13.2.5.31). */
uint32_t dl_tok_script_end(dl_tokenizer *t);
/* "</" at `at` begins the appropriate end tag. */
bool dl_tok_closes(const dl_tokenizer *t, uint32_t at);
/* The characters of [beg, end): a view, or decoded as DL_DECODE_* say. */
dl_str dl_tok_chars(dl_tokenizer *t, uint32_t beg, uint32_t end, unsigned how, dl_offsets *map);
/* The same with ASCII letters in lower case. */
dl_str dl_tok_lower(dl_tokenizer *t, uint32_t beg, uint32_t end);
/* Where c is next, at or behind `from`; t->n: nowhere. */
static inline uint32_t dl_tok_find(const dl_tokenizer *t, uint32_t from, char c)
{
    const char *hit = from < t->n ? memchr(t->p + from, c, t->n - from) : NULL;
    return hit ? (uint32_t)(hit - t->p) : t->n;
}
static inline bool dl_tok_ahead(const dl_tokenizer *t, uint32_t *next, uint32_t beg, uint32_t end, char c)
{
    if (*next < beg) *next = dl_tok_find(t, beg, c);
    return *next < end;
}

#endif
