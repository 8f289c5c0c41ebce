/* report.h: the accounts of a pile as one self-contained HTML page: no network, no script, prints well.
 * One section a file; what they share is here. */
#ifndef DL_API_REPORT_H
#define DL_API_REPORT_H

#include "api/matter.h"
#include "brief/brief.h"

typedef struct dl_report_page {
    dl_buf *buf;
    const dl_view *v;
    const dl_told_story *s;
    const dl_brief *brief;
    dl_arena *scratch;
} dl_report_page;

/* A report is opened once, takes one story after the other, and is closed. */
void dl_report_open(dl_buf *b, dl_str title);
dl_status dl_report_story(dl_out *o, const dl_view *v, const dl_told_story *s, const dl_brief *b, dl_error *err);
void dl_report_close(dl_buf *b);

/* <section id="ID-N"><h2>TITLE</h2> */
void dl_report_section(const dl_report_page *r, const char *id, const char *title);

void dl_report_account(const dl_report_page *r);
void dl_report_timeline(const dl_report_page *r);
void dl_report_quotes(const dl_report_page *r);
void dl_report_copies(const dl_report_page *r);
void dl_report_disagreements(const dl_report_page *r);
void dl_report_pages(const dl_report_page *r);

/* <a class="cite" href="#p2s14">...</a>: a link to a sentence or passage in the pages section. */
void dl_report_cite(const dl_report_page *r, uint32_t page, dl_span span);
/* The names of the lines that a claim rests on. */
void dl_report_lines(const dl_report_page *r, const dl_claim *c);
/* "1 line", "3 lines". */
void dl_report_count(dl_buf *b, uint32_t n, const char *noun);

#endif
