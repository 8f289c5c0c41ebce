/* pipeline.h: the page stages in their order.
 *
 *   raw -> extract -> tokens -> date of the page | words, trees -> names -> coref -> damage -> times
 *       -> quotes -> events
 *
 * Before the bar a page is read; behind it it is understood, which is where the time goes. Between
 * the two the pile may have a word on the date (dates/dates.h). No stage calls another. */
#ifndef DL_PIPELINE_H
#define DL_PIPELINE_H

#include "dates/dates.h"
#include "extract/evidence.h"
#include "input/raw.h"

typedef uint32_t dl_stages; /* a set of the stages behind the bar                               */
#define DL_STAGE_WORDS 1u   /* tags, parts of names, lemmas                                           */
#define DL_STAGE_TREES 2u   /* the same and trees                                                     */
#define DL_STAGE_NAMES 4u
#define DL_STAGE_COREF 8u
#define DL_STAGE_DAMAGE 16u
#define DL_STAGE_TIMES 32u
#define DL_STAGE_QUOTES 64u
#define DL_STAGE_EVENTS 128u
#define DL_STAGES_ALL 255u

/* Reads a page into an empty builder: extract, tokens, its own date. Fails DL_ENOMEM, DL_ELIMIT. */
DL_MUST_USE dl_status dl_pipeline_read(dl_build *b, const dl_raw *raw, const dl_models *m);
/* The same for a page among others (extract/evidence.h); `beside` may be NULL. */
DL_MUST_USE dl_status dl_pipeline_read_beside(dl_build *b, const dl_raw *raw, const dl_models *m, const dl_beside *beside);
/* Runs the stages of the set, in order. Fails DL_ENOMEM. */
DL_MUST_USE dl_status dl_pipeline_understand(dl_build *b, dl_stages set, const dl_models *m);
/* Sentences and words of a text that lies in the builder, then the stages of the set. Fails DL_ENOMEM. */
DL_MUST_USE dl_status dl_pipeline_text(dl_build *b, dl_stages set, const dl_models *m);
/* Gives an understood page another date: it is applied, and what rests on it is done anew. */
DL_MUST_USE dl_status dl_pipeline_redate(dl_build *b, const dl_redate *r, const dl_models *m);

#endif
