/* tree.h: the tree construction stage of the HTML standard (13.2.6). Internal to this room.
 *
 * An insertion mode is a function over the current token: true, the token is done with; false, it
 * is to be processed again, by the mode that is now set. Text tokens are runs: a mode that treats
 * white space apart takes a piece off the front by raising `from`.
 * Bounds: at most DL_DEPTH_MAX elements are open; at most DL_FORMAT_MAX are in the list of active
 * formatting elements; clones of formatting elements are limited in proportion to the page. So the
 * cost of one token has a constant bound, and counts of open elements answer most questions about
 * scopes without looking at the stack. */
#ifndef DL_HTML_TREE_H
#define DL_HTML_TREE_H

#include <assert.h>

#include "base/limits.h"
#include "html/dom.h"
#include "html/tokenizer.h"

/* A namespace and a tag in one number. */
#define DL_KIND(ns, tag) ((unsigned)(ns) << 8 | (unsigned)(tag))
#define DL_KINDS DL_KIND(DL_NS_MATHML + 1, 0)

/* Properties of kinds of elements (13.2.4.2, 13.2.6.3). */
enum {
    DL_EL_SPECIAL = 1,
    DL_EL_FORMATTING = 2,
    DL_EL_SCOPE = 4, /* ends a scope                                                           */
    DL_EL_LIST_SCOPE = 8,
    DL_EL_BUTTON_SCOPE = 16,
    DL_EL_TABLE_SCOPE = 32,
    DL_EL_IMPLIED = 64,   /* generate implied end tags                                          */
    DL_EL_THOROUGH = 128, /* generate all implied end tags thoroughly                           */
    DL_EL_FOSTER = 256,   /* table, tbody, tfoot, thead, tr: text in it is foster-parented      */
    DL_EL_HEADING = 512,
    DL_EL_MATH_POINT = 1024, /* MathML text integration point                                   */
    DL_EL_HTML_POINT = 2048  /* HTML integration point (annotation-xml: by its attributes)      */
};
extern const uint16_t dl_el_props[DL_KINDS];

/* Flags of nodes while they are built. */
enum {
    DL_NODE_OPEN = 1,       /* on the stack of open elements                                     */
    DL_NODE_LISTED = 2,     /* in the list of active formatting elements                         */
    DL_NODE_OWNS = 4,       /* its text is our own, in a piece of memory of a power of two        */
    DL_NODE_MARKED = 8,     /* its text has marks                                                */
    DL_NODE_HTML_POINT = 16 /* annotation-xml that is an HTML integration point                 */
};

typedef struct dl_tree dl_tree;
typedef bool dl_mode_fn(dl_tree *b);

typedef struct dl_formatting {
    uint32_t node;  /* DL_NONE: a marker                                                      */
    uint64_t attrs; /* sum of hashes of its attributes                                        */
} dl_formatting;

/* The select element whose options were last seen: its selectedcontent and chosen option. */
typedef struct dl_selected {
    uint32_t select, element, option; /* DL_NONE: none yet                                     */
} dl_selected;

struct dl_tree {
    dl_dom *d;
    size_t cap;    /* nodes there is room for                                                  */
    uint8_t *flag; /* [cap] DL_NODE_*                                                          */
    dl_tokenizer t;
    dl_arena *keep, *scratch;
    dl_mode_fn *mode, *original_mode;
    size_t from;                 /* first byte of the text token that is not done with        */
    uint32_t open[DL_DEPTH_MAX]; /* [n_open] stack of open elements (13.2.4.2)                */
    uint16_t kind[DL_DEPTH_MAX]; /* [n_open] their DL_KIND                                    */
    uint32_t n_open;
    uint16_t count[DL_KINDS];          /* open elements of each kind                                */
    dl_formatting list[DL_FORMAT_MAX]; /* [n_list] active formatting elements (13.2.4.3)         */
    uint32_t n_list;
    size_t clones;                       /* formatting elements that may still be cloned              */
    dl_mode_fn *templates[DL_DEPTH_MAX]; /* [n_templates] stack of template insertion modes     */
    uint32_t n_templates;
    uint32_t head, form; /* element pointers (13.2.4.4)                               */
    uint32_t context;    /* fragment case: the context element, else DL_NONE          */
    dl_selected selected;
    bool frameset_ok, skip_lf, foster, stop, failed;
    size_t marks_cap;
};

/* ---- node.c: nodes, text, attributes ---- */
bool dl_tree_reserve(dl_tree *b); /* room for all nodes that one token can make; false: no memory */
void dl_tree_append(dl_tree *b, uint32_t parent, uint32_t before, uint32_t node); /* before DL_NONE: at the end */
void dl_tree_detach(dl_tree *b, uint32_t node);
void dl_tree_move_children(dl_tree *b, uint32_t from, uint32_t to);
/* 13.2.6.1 appropriate place for inserting a node, with an override target. */
void dl_tree_place(const dl_tree *b, uint32_t target, uint32_t *parent, uint32_t *before);
uint32_t dl_tree_element(dl_tree *b, unsigned kind, dl_str name, dl_span raw); /* not in the tree yet */
uint32_t dl_tree_clone(dl_tree *b, uint32_t node);
void dl_tree_comment(dl_tree *b, uint32_t parent); /* the comment token, at the end of the parent */
void dl_tree_doctype(dl_tree *b);
bool dl_tree_replace_nul(dl_tree *b);                  /* U+0000 of the text token becomes U+FFFD                 */
void dl_tree_text(dl_tree *b, size_t beg, size_t end); /* characters [beg, end) of the token     */
void dl_tree_no_origin(dl_tree *b, uint32_t text);     /* a copy: no byte of the page is its own  */
void dl_tree_merge_attrs(dl_tree *b, uint32_t node);   /* those of the token that it has not     */
bool dl_tree_finish(dl_tree *b);                       /* fills in what dl_dom says of attributes and marks */

/* ---- stack.c: the stack of open elements ---- */
void dl_open_push(dl_tree *b, uint32_t node);
void dl_open_pop(dl_tree *b);
void dl_open_remove(dl_tree *b, uint32_t at);
void dl_open_insert(dl_tree *b, uint32_t at, uint32_t node);
void dl_open_replace(dl_tree *b, uint32_t at, uint32_t node);
uint32_t dl_open_find(const dl_tree *b, uint32_t node); /* its place; n_open: not there          */
/* 13.2.4.2: has an element of this kind in the scope that `ends` (DL_EL_* flags) end. */
bool dl_open_in_scope(const dl_tree *b, unsigned kind, unsigned ends);
void dl_open_pop_kind(dl_tree *b, unsigned kind);                      /* until one of this kind has been popped  */
void dl_open_implied(dl_tree *b, unsigned except, unsigned which);     /* 13.2.6.3; except 0: none  */
void dl_open_close_p(dl_tree *b);                                      /* "close a p element", if one is in button scope */
uint32_t dl_open_insert_element(dl_tree *b, unsigned ns, dl_str name); /* for the start tag token */
uint32_t dl_open_insert_html(dl_tree *b);                              /* the same, an HTML element              */
uint32_t dl_open_insert_implied(dl_tree *b, dl_tag tag);               /* for a start tag that is not there      */
void dl_tree_root(dl_tree *b, bool given);                             /* the html element, of the token or implied */
uint32_t dl_open_insert_clone(dl_tree *b, uint32_t of);
void dl_open_insert_void(dl_tree *b); /* inserted and popped                     */
void dl_open_reset_mode(dl_tree *b);  /* 13.2.4.1 reset the insertion mode appropriately */

#define DL_IN_SCOPE(b, tag) dl_open_in_scope((b), (tag), DL_EL_SCOPE)
#define DL_IN_TABLE_SCOPE(b, tag) dl_open_in_scope((b), (tag), DL_EL_TABLE_SCOPE)

/* ---- formatting.c: the list of active formatting elements ---- */
void dl_format_push(dl_tree *b, uint32_t node); /* 13.2.4.3, with Noah's Ark clause              */
void dl_format_marker(dl_tree *b);
void dl_format_clear(dl_tree *b); /* up to the last marker                                     */
void dl_format_remove(dl_tree *b, uint32_t node);
uint32_t dl_format_last(const dl_tree *b, dl_tag tag); /* behind the last marker; DL_NONE        */
void dl_format_reconstruct(dl_tree *b);
/* 13.2.6.4.7 adoption agency algorithm for an end tag; false: act as for any other end tag. */
bool dl_format_adopt(dl_tree *b, dl_tag tag);

/* ---- selected.c: the copy that selectedcontent shows ---- */
void dl_selected_option(dl_tree *b, uint32_t option);   /* an option is closed                       */
void dl_selected_element(dl_tree *b, uint32_t element); /* a selectedcontent element is open         */

/* ---- insertion modes (13.2.6.4) ---- */
dl_mode_fn dl_mode_initial, dl_mode_before_html, dl_mode_before_head, dl_mode_in_head, dl_mode_in_head_noscript,
    dl_mode_after_head;
dl_mode_fn dl_mode_in_body, dl_mode_text, dl_mode_in_table, dl_mode_in_caption, dl_mode_in_column_group, dl_mode_in_table_body;
dl_mode_fn dl_mode_in_row, dl_mode_in_cell, dl_mode_in_template, dl_mode_after_body, dl_mode_in_frameset, dl_mode_after_frameset;
dl_mode_fn dl_mode_after_after_body, dl_mode_after_after_frameset;
dl_mode_fn dl_mode_foreign; /* 13.2.6.5 */
bool dl_body_start(dl_tree *b), dl_body_end(dl_tree *b);
bool dl_body_any_end(dl_tree *b);
bool dl_body_text(dl_tree *b);
void dl_mode_raw_text(dl_tree *b, dl_tok_state state); /* 13.2.6.2 generic parsing of raw text and RCDATA elements */
bool dl_mode_template_start(dl_tree *b), dl_mode_template_end(dl_tree *b);
void dl_mode_spaces(dl_tree *b, bool insert); /* white space at the front of the text token       */
void dl_body_seen(dl_tree *b);                /* clears frameset_ok if the text token has text     */
bool dl_is_quirky(const dl_token *doctype);   /* 13.2.6.4.1                                      */
void dl_foreign_attrs(dl_tree *b, unsigned ns);
bool dl_foreign_applies(const dl_tree *b); /* the token is for dl_mode_foreign                */
bool dl_token_hidden(const dl_tree *b);    /* the start tag has type=hidden                   */

/* ---- small questions ---- */
static inline const dl_token *dl_token_of(const dl_tree *b) { return &b->t.tok; }
static inline bool dl_at_start(const dl_tree *b, dl_tag tag) { return b->t.tok.type == DL_TOKEN_START && b->t.tok.tag == tag; }
static inline bool dl_at_end(const dl_tree *b, dl_tag tag) { return b->t.tok.type == DL_TOKEN_END && b->t.tok.tag == tag; }
static inline uint32_t dl_current(const dl_tree *b) { return b->open[b->n_open - 1]; }
static inline unsigned dl_current_kind(const dl_tree *b) { return b->kind[b->n_open - 1]; }
static inline bool dl_current_is(const dl_tree *b, dl_tag tag) { return dl_current_kind(b) == DL_KIND(DL_NS_HTML, tag); }
static inline bool dl_text_done(const dl_tree *b) { return b->from >= b->t.tok.text.len; }
static inline unsigned dl_kind_of(const dl_dom *d, uint32_t node) { return DL_KIND(d->ns[node], d->tag[node]); }

/* 13.4 the fragment case: what would be set as innerHTML of a context element. The children of
 * the document's only element are the result. */
DL_MUST_USE dl_status dl_html_parse_fragment(dl_dom *out, dl_str page, dl_ns ns, dl_str context, dl_arena *keep,
                                             dl_arena *scratch, dl_error *err);

#endif
