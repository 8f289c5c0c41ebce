/* dom.h: an HTML document as a tree of numbered nodes (struct of arrays), with the bytes of the
 * page that each node came from.
 *
 * Built as the WHATWG HTML standard says (13.2.5 tokenization, 13.2.6 tree construction), with
 * scripting off. Node 0 is the document. Node numbers are in order of creation; order in the tree
 * is given by the links. Everything lies in the arena that dl_html_parse was given.
 * Depth: at most DL_DEPTH_MAX elements are open at a time: one more closes the innermost first.
 * Names of SVG elements and attributes have the capitals that the standard gives them.
 * Cost: linear in the page (the standard's few quadratic corners are bounded, see tree.h). */
#ifndef DL_HTML_DOM_H
#define DL_HTML_DOM_H

#include "base/offsets.h"
#include "html/tag.h"

typedef enum dl_node_type { DL_NODE_DOCUMENT, DL_NODE_DOCTYPE, DL_NODE_ELEMENT, DL_NODE_TEXT, DL_NODE_COMMENT } dl_node_type;
typedef enum dl_ns { DL_NS_HTML, DL_NS_SVG, DL_NS_MATHML } dl_ns;

/* A place in the text of a node from which on its bytes come from other bytes of the page. */
typedef struct dl_text_mark {
    uint32_t node, made, from;
} dl_text_mark;

typedef struct dl_dom {
    dl_str page;                          /* the bytes it was parsed from (borrowed)                              */
    uint32_t n;                           /* nodes                                                                */
    uint8_t *type;                        /* [n] dl_node_type                                                     */
    uint8_t *ns;                          /* [n] dl_ns, of elements                                               */
    uint16_t *tag;                        /* [n] dl_tag number of elements (DL_TAG_UNKNOWN: see name), else 0     */
    uint32_t *parent;                     /* [n] node number; DL_NONE: none; so the next four                     */
    uint32_t *first, *last, *prev, *next; /* [n] children and siblings                          */
    dl_str *data;                         /* [n] text and comments: characters, decoded; elements and doctypes: name */
    dl_span *raw;                         /* [n] bytes of the page: text and comments: all of it; elements: the start tag.
                           An element that the parser implied has an empty span where it arose  */
    uint32_t *raw_end;                    /* [n] elements: byte behind the end tag, or where it was closed        */
    uint32_t *attr;                       /* [n] first row of the attributes below                                */
    uint16_t *n_attr;                     /* [n]                                                                  */
    uint32_t attrs;                       /* rows of attributes                                                   */
    dl_str *attr_name;                    /* [attrs] lower case                                                   */
    dl_str *attr_value;                   /* [attrs] decoded                                                      */
    dl_span *attr_raw;                    /* [attrs] bytes of the page: the value, without its quotes            */
    uint32_t marks;
    dl_text_mark *mark; /* [marks] by node, then by place; of the text nodes that are not a view of the page */
    bool quirks;
    uint32_t template_of; /* reserved for content of <template>: its children hang below it     */
} dl_dom;

/* Parses UTF-8 bytes; bytes that are not UTF-8 must have been replaced before. Never fails on
 * input: every byte sequence is a document. Fails DL_ENOMEM, DL_ELIMIT (over DL_PAGE_MAX). */
DL_MUST_USE dl_status dl_html_parse(dl_dom *out, dl_str page, dl_arena *keep, dl_arena *scratch, dl_error *err);

/* A doctype's public and system identifiers are attributes of these names, where it has them. */
#define DL_DOCTYPE_PUBLIC "public"
#define DL_DOCTYPE_SYSTEM "system"

/* An attribute's value by its lower-case name; p is NULL where there is none. */
dl_str dl_dom_attr(const dl_dom *d, uint32_t node, const char *name);
/* From bytes of the text of a text node to bytes of the page, exact in every case. */
DL_MUST_USE bool dl_dom_text_map(const dl_dom *d, uint32_t node, dl_offsets *out, dl_arena *a);
/* The next node in tree order below `root`, without recursion; DL_NONE at the end.
 * `skip` true: not into the children of `node`. */
uint32_t dl_dom_next(const dl_dom *d, uint32_t root, uint32_t node, bool skip);
/* Decodes character references (13.2.5.72) in text that is not part of a parse, e.g. escaped HTML
 * found as text. The result lies in the arena; `map` (may be NULL) gets its offsets. */
dl_str dl_html_unescape(dl_arena *a, dl_str s, dl_offsets *map);

#endif
