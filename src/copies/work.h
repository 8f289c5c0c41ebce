/* work.h: what the files of this room hand to each other while the copies of a pile are found. */
#ifndef DL_COPIES_WORK_H
#define DL_COPIES_WORK_H

#include "copies/pair.h"
#include "copies/record.h"
#include "copies/source.h"

typedef struct dl_work {
    const dl_pages *pages;          /* of a corpus: ids, outlets, dates and verdicts, and no text; one thread at a time */
    const dl_record *const *record; /* [pages] of a corpus; NULL: the words are those of the pages    */
    unsigned workers;               /* threads that compare                                       */
    const dl_settings *set;         /* whom to ask for a stop and to tell how far it is; NULL: nobody */
    bool lasting;                   /* the work lasts as long as what is handed out, and gives reasons when asked */
    const dl_models *models;
    dl_background background;
    dl_arena *keep;    /* the caller's: what is handed out                                       */
    dl_arena life;     /* until the call ends                                                    */
    dl_arena page;     /* while one page is looked at                                            */
    dl_card *card;     /* [pages]                                                                */
    dl_source *source; /* [pages]                                                               */
    dl_shared shared;
    dl_pair *pair; /* [n_pairs] in order of a, b                                                */
    size_t n_pairs;
    dl_mapped passages; /* of all pairs, where they are not in `keep`                            */
} dl_work;

/* Whom the page of a record credits; a view of the record. */
void dl_record_source(dl_source *out, const dl_record *r);

/* A page's words, prepared for comparison; in `a`. False: no memory. */
bool dl_side_read(dl_side *out, const dl_work *w, uint32_t page, dl_arena *a);
/* Finds and compares candidates, in parallel: pair and n_pairs. */
DL_MUST_USE dl_status dl_pairs_find(dl_work *w, dl_error *err);
/* The way through once card, source and shared are there: pairs, families, lines, reasons. */
DL_MUST_USE dl_status dl_work_finish(dl_copies *out, dl_work *w, dl_error *err);
void dl_work_close(dl_work *w); /* all but `keep`                                               */

/* Families: pages joined by pairs of kind copy and rewrite, by quorum: two groups become one when
 * the mean share over the pairs across is nearly a half, so that a page which only shares a passage with
 * one short copy does not bridge two texts. Pairs of one family become copies, pairs across two
 * become partial. Fills n_families, family, family_of, parent, kind, credited. */
bool dl_families_make(dl_copies *out, dl_work *w);
/* Lines of reporting over the families. */
bool dl_lines_make(dl_copies *out, dl_work *w);
/* Reasons in words, once the kinds are settled. */
bool dl_pair_explain(dl_pair *p, const dl_work *w);

#endif
