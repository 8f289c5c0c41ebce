/* pool.h: work in parallel, results in order.
 *
 *   caller's thread:  make -> ring of 4N slots -> deliver (same order as made)
 *   N workers:             work
 *
 * `make` and `deliver` run on the caller's thread alone, so they need no locks; `work` runs on a
 * worker and sees its own state and the job. The ring bounds memory: no more than 4N jobs exist.
 * The order of results is the order of making, for any N, so output is the same bytes.
 * With one worker, no thread is started and the three run in turn. */
#ifndef DL_BASE_POOL_H
#define DL_BASE_POOL_H

#include "base/defs.h"

typedef struct dl_pool_plan {
    unsigned workers; /* 1 to 256                                                              */
    size_t job_size;  /* bytes of a job; zeroed once, reused after that                         */
    void *ctx;
    /* Fills the job. DL_OK, DL_ENONE (no more jobs) or an error, which ends the run. */
    dl_status (*make)(void *ctx, void *job, dl_error *err);
    /* Does the job. A failure belongs into the job: deliver sees it. */
    void (*work)(void *ctx, unsigned worker, void *job);
    /* Takes the result. Anything but DL_OK ends the run. */
    dl_status (*deliver)(void *ctx, void *job, dl_error *err);
    /* Called for every job slot at the end, delivered or not. May be NULL. */
    void (*discard)(void *ctx, void *job);
} dl_pool_plan;

/* Runs until make says DL_ENONE and all is delivered. Returns the first error of make or deliver.
 * Fails also DL_ENOMEM, DL_EIO (no thread could be started). */
DL_MUST_USE dl_status dl_pool_run(const dl_pool_plan *plan, dl_error *err);

#endif
