/* jobs.c: a pool over the pages of a hand. */
#include "api/jobs.h"

#include "base/limits.h"
#include "base/pool.h"

typedef struct running {
    const dl_jobs *jobs;
    const dl_hand *hand;
    size_t next;
} running;

static dl_status make(void *ctx, void *slot, dl_error *err)
{
    running *r = ctx;
    dl_page_job *j = slot;
    (void)err;
    if (r->next == r->hand->n) return DL_ENONE;
    if (!j->ready) {
        dl_arena_init(&j->arena, DL_ARENA_MAX);
        dl_buf_init(&j->record, UINT32_MAX);
        dl_buf_init(&j->sheet, UINT32_MAX);
        j->ready = true;
    }
    dl_arena_reset(&j->arena);
    dl_buf_reset(&j->record);
    dl_buf_reset(&j->sheet);
    j->page = &r->hand->page[r->next++];
    return DL_OK;
}

static void work(void *ctx, unsigned worker, void *slot)
{
    const dl_jobs *jobs = ((running *)ctx)->jobs;
    jobs->work(jobs->ctx, worker, slot);
}

static dl_status deliver(void *ctx, void *slot, dl_error *err)
{
    const dl_jobs *jobs = ((running *)ctx)->jobs;
    return jobs->take(jobs->ctx, slot, err);
}

static void discard(void *ctx, void *slot)
{
    dl_page_job *j = slot;
    (void)ctx;
    if (!j->ready) return;
    dl_arena_free(&j->arena);
    dl_buf_free(&j->record);
    dl_buf_free(&j->sheet);
}

dl_status dl_jobs_run(const dl_jobs *jobs, const dl_hand *hand, unsigned workers, dl_error *err)
{
    running r = { jobs, hand, 0 };
    const dl_pool_plan plan = { workers, sizeof(dl_page_job), &r, make, work, deliver, discard };
    return dl_pool_run(&plan, err);
}
