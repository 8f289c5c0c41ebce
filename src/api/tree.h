/* tree.h: a family of pages as a tree: who has the text from whom. Drawn as text, as SVG and as HTML
 * from the same rows. */
#ifndef DL_API_TREE_H
#define DL_API_TREE_H

#include "api/view.h"

#define DL_TREE_DEEP 16u /* levels that are drawn; what lies deeper is drawn there             */

typedef struct dl_tree_row {
    uint32_t page;  /* DL_NONE: an origin that no page of the pile shows                         */
    uint32_t depth; /* 0: the root                                                              */
    uint32_t up;    /* row of its parent; the root's own                                          */
    uint32_t rails; /* bits: levels above it at which a sibling is still to come                  */
    bool last;      /* no sibling comes behind it                                                */
} dl_tree_row;

typedef struct dl_tree { /* parents before children                                                  */
    const dl_family *family;
    uint32_t n;
    const dl_tree_row *row; /* [n] */
} dl_tree;

/* In `a`. False: no memory. Linear in the pages of the family. */
bool dl_tree_make(dl_tree *out, const dl_copies *c, uint32_t family, dl_arena *a);

/* What stands at a row, without line ends; text of pages is left as it is: the caller escapes. */
void dl_tree_name(dl_buf *b, const dl_view *v, const dl_tree *t, uint32_t row);
/* Has the origin a name for a reader? */
bool dl_tree_named(const dl_view *v, const dl_tree *t);
void dl_tree_notes(dl_buf *b, const dl_view *v, const dl_tree *t, uint32_t row);

/* The same where blanks fold: dots stand between what is apart. */
void dl_tree_put_dotted(dl_buf *b, dl_str s);

/* The families that are asked for; those that have nothing to show are counted in *alone. */
bool dl_tree_family_asked(const dl_view *v, uint32_t family);
bool dl_tree_shows(const dl_view *v, uint32_t family);

/* All families that are asked for. */
void dl_tree_write_text(dl_out *o, const dl_view *v);
dl_status dl_tree_write_svg(dl_out *o, const dl_view *v, dl_error *err);
/* One family as an <svg> element; `id` is its anchor. */
bool dl_tree_put_svg(dl_buf *b, const dl_view *v, uint32_t family, dl_arena *scratch);

#endif
