/* build.h: the builder: the document of one page while the stages write it.
 *
 * A worker owns one builder and uses it page after page. Columns grow in its `keep` arena; a stage
 * takes working memory from `scratch` and gives it back (dl_arena_here / dl_arena_back).
 * Failure is sticky: after a refused row, dl_build_failed() is true and dl_row returns DL_NONE. */
#ifndef DL_DOC_BUILD_H
#define DL_DOC_BUILD_H

#include "base/arena.h"
#include "doc/doc.h"

typedef enum dl_table { /* in the order of dl_doc */
                        DL_T_BLOCKS,
                        DL_T_REMOVED,
                        DL_T_WARNINGS,
                        DL_T_AUTHORS,
                        DL_T_CREDITS,
                        DL_T_DATES,
                        DL_T_SENTS,
                        DL_T_TOKS,
                        DL_T_NAMES,
                        DL_T_ENTS,
                        DL_T_MENTS,
                        DL_T_ROLES,
                        DL_T_TIMES,
                        DL_T_QUOTES,
                        DL_T_PARTS,
                        DL_T_EVENTS,
                        DL_T_ARGS,
                        DL_T_DAMAGES,
                        DL_T_STATED,
                        DL_TABLES
} dl_table;

typedef struct dl_build {
    dl_doc d;         /* read it as any document; write through its column pointers          */
    dl_meta meta;     /* d.meta points here                                                  */
    dl_arena keep;    /* columns, text, strings                                              */
    dl_arena scratch; /* a stage's own                                                       */
    uint32_t cap[DL_TABLES];
    uint32_t text_cap, strings_cap;
    bool over;     /* more text or strings than DL_TEXT_MAX were asked for                         */
    dl_error *err; /* where a failing stage says why; may be NULL                         */
} dl_build;

void dl_build_init(dl_build *b);
void dl_build_free(dl_build *b);
void dl_build_reset(dl_build *b); /* an empty document; memory kept                             */

/* Appends a zeroed row to a table (dl_ref and row columns too: set DL_NONE and DL_NEVER yourself).
 * Returns its number; DL_NONE when memory was refused. Column pointers may move. */
uint32_t dl_row(dl_build *b, dl_table t);
/* Makes the table empty again. */
void dl_rows_clear(dl_build *b, dl_table t);
/* Keeps a string; the empty string is the empty ref. */
dl_ref dl_put(dl_build *b, dl_str s);
/* Appends to the text; returns the span it has. Used by extract (and by readers of clean text). */
dl_span dl_put_text(dl_build *b, dl_str s);
/* Puts a row into `warnings`. */
void dl_warn(dl_build *b, const char *what, const char *fmt, ...) DL_PRINTF(3, 4);

/* DL_OK, DL_ELIMIT when the text grew over DL_TEXT_MAX, or DL_ENOMEM when memory was refused, since the last reset. The end of every stage:
 * `return dl_build_status(b);` */
DL_MUST_USE dl_status dl_build_status(const dl_build *b);

/* Fills an empty builder with all that a document holds, so that late stages can run again
 * (dl_rows_clear their tables first). Fails DL_ENOMEM. */
DL_MUST_USE dl_status dl_build_from(dl_build *b, const dl_doc *d);

#endif
