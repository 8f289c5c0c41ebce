/* report.h: what goes to stderr: progress, pages that failed, the end of a run. */
#ifndef DL_CLI_REPORT_H
#define DL_CLI_REPORT_H

#include <dateline/dateline.h>

typedef struct report {
    const char *mode;   /* "auto", "plain", "json", "off"                                        */
    bool terminal;      /* stderr is one                                                         */
    bool drawn;         /* a progress line stands there                                          */
    double begun, last; /* seconds of the monotonic clock                                       */
} report;

void report_begin(report *r, const char *mode);
void report_progress(void *ctx, const char *what, uint64_t done, uint64_t total, uint64_t bytes);
void report_failed(void *ctx, const dl_error *err);
void report_clear(report *r);
/* An error that ends the run; returns the exit status for it. */
int report_error(report *r, const dl_error *err);

/* Bytes of input never reach a terminal as they are: control characters become '?'. */
void report_text(const char *s);

#endif
