/* pool.c: an ordered pool over a ring of slots.
 *
 * A slot goes free -> ready -> busy -> done -> free. The caller makes into the slot at `head` and
 * delivers from `tail`; a worker takes the oldest ready slot. All states are under one lock: a job
 * is a page, so the lock is taken some thousand times a second at most. */
#include "base/pool.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/error.h"

typedef enum state { FREE, READY, BUSY, DONE } state;

typedef struct ring {
    const dl_pool_plan *plan;
    size_t slots;
    char *job;           /* [slots] of plan->job_size */
    state *st;           /* [slots] */
    uint64_t head, tail; /* jobs made; jobs delivered */
    uint64_t taken;      /* jobs that a worker has begun */
    bool closed;         /* nothing more will be made */
    pthread_mutex_t lock;
    pthread_cond_t ready, done;
} ring;

typedef struct worker {
    ring *r;
    unsigned number;
    pthread_t thread;
} worker;

static void *job_at(ring *r, uint64_t serial) { return r->job + (size_t)(serial % r->slots) * r->plan->job_size; }

static void *run_worker(void *arg)
{
    worker *w = arg;
    ring *r = w->r;
    pthread_mutex_lock(&r->lock);
    for (;;) {
        while (r->taken == r->head && !r->closed) pthread_cond_wait(&r->ready, &r->lock);
        if (r->taken == r->head) break;
        uint64_t serial = r->taken++;
        r->st[serial % r->slots] = BUSY;
        pthread_mutex_unlock(&r->lock);
        r->plan->work(r->plan->ctx, w->number, job_at(r, serial));
        pthread_mutex_lock(&r->lock);
        r->st[serial % r->slots] = DONE;
        pthread_cond_signal(&r->done);
    }
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* Delivers the oldest job once it is done. */
static dl_status deliver_next(ring *r, dl_error *err)
{
    pthread_mutex_lock(&r->lock);
    while (r->st[r->tail % r->slots] != DONE) pthread_cond_wait(&r->done, &r->lock);
    pthread_mutex_unlock(&r->lock);
    dl_status st = r->plan->deliver(r->plan->ctx, job_at(r, r->tail), err);
    pthread_mutex_lock(&r->lock);
    r->st[r->tail % r->slots] = FREE;
    r->tail++;
    pthread_mutex_unlock(&r->lock);
    return st;
}

static dl_status feed(ring *r, dl_error *err)
{
    for (;;) {
        while (r->head - r->tail == r->slots) {
            dl_status st = deliver_next(r, err);
            if (st) return st;
        }
        dl_status st = r->plan->make(r->plan->ctx, job_at(r, r->head), err);
        if (st == DL_ENONE) break;
        if (st) return st;
        pthread_mutex_lock(&r->lock);
        r->st[r->head % r->slots] = READY;
        r->head++;
        pthread_cond_signal(&r->ready);
        pthread_mutex_unlock(&r->lock);
    }
    while (r->tail < r->head) {
        dl_status st = deliver_next(r, err);
        if (st) return st;
    }
    return DL_OK;
}

static void close_ring(ring *r, worker *w, unsigned started)
{
    pthread_mutex_lock(&r->lock);
    r->closed = true;
    r->taken = r->head; /* what no worker has begun is not begun any more */
    pthread_cond_broadcast(&r->ready);
    pthread_mutex_unlock(&r->lock);
    for (unsigned i = 0; i < started; i++) pthread_join(w[i].thread, NULL);
}

static dl_status run_threads(ring *r, dl_error *err)
{
    const dl_pool_plan *plan = r->plan;
    dl_status st = DL_OK;
    unsigned started = 0;
    worker *w = calloc(plan->workers, sizeof *w);
    if (!w) return dl_fail_mem(err, "pool");
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->ready, NULL);
    pthread_cond_init(&r->done, NULL);
    for (; started < plan->workers; started++) {
        w[started] = (worker){ .r = r, .number = started };
        if (pthread_create(&w[started].thread, NULL, run_worker, &w[started])) break;
    }
    if (started)
        st = feed(r, err);
    else
        st = dl_fail(err, DL_EIO, "pool", DL_NO_OFFSET, "no thread could be started");
    close_ring(r, w, started);
    pthread_cond_destroy(&r->done);
    pthread_cond_destroy(&r->ready);
    pthread_mutex_destroy(&r->lock);
    free(w);
    return st;
}

static dl_status run_alone(const dl_pool_plan *plan, void *job, dl_error *err)
{
    for (;;) {
        dl_status st = plan->make(plan->ctx, job, err);
        if (st) return st == DL_ENONE ? DL_OK : st;
        plan->work(plan->ctx, 0, job);
        st = plan->deliver(plan->ctx, job, err);
        if (st) return st;
    }
}

dl_status dl_pool_run(const dl_pool_plan *plan, dl_error *err)
{
    ring r = { .plan = plan, .slots = plan->workers > 1 ? plan->workers * (size_t)4 : 1 };
    dl_status st;
    r.job = calloc(r.slots, plan->job_size);
    r.st = calloc(r.slots, sizeof *r.st);
    if (!r.job || !r.st)
        st = dl_fail_mem(err, "pool");
    else if (plan->workers > 1)
        st = run_threads(&r, err);
    else
        st = run_alone(plan, r.job, err);
    for (size_t i = 0; r.job && plan->discard && i < r.slots; i++) plan->discard(plan->ctx, r.job + i * plan->job_size);
    free(r.st);
    free(r.job);
    return st;
}
