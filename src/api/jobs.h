/* jobs.h: something is made of each page of a hand, in parallel, and taken in their order. */
#ifndef DL_API_JOBS_H
#define DL_API_JOBS_H

#include "api/pile.h"

typedef struct dl_page_job {
    const dl_page_in_hand *page;
    dl_buf record, sheet; /* for what is made; empty, as the arena is                               */
    dl_arena arena;
    int32_t told; /* a day                                                                     */
    bool ok;
    bool ready; /* has been set up; of jobs.c                                                   */
} dl_page_job;

typedef struct dl_jobs {
    void (*work)(void *ctx, unsigned worker, dl_page_job *j); /* on a worker                        */
    dl_status (*take)(void *ctx, dl_page_job *j, dl_error *err);
    void *ctx;
} dl_jobs;

/* Fails as `take`, and DL_ENOMEM. */
DL_MUST_USE dl_status dl_jobs_run(const dl_jobs *jobs, const dl_hand *hand, unsigned workers, dl_error *err);

#endif
