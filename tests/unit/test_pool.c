/* test_pool.c: results come in the order of making, for any number of workers; errors end the run; nothing leaks. */
#include "test.h"
#include <stdlib.h>

#include "base/pool.h"

typedef struct job {
    unsigned number;
    char *owned;
} job;

typedef struct run {
    unsigned made, limit, next, discarded, fail_at;
    bool in_order;
} run;

static dl_status make(void *ctx, void *p, dl_error *err)
{
    run *r = ctx;
    job *j = p;
    (void)err;
    if (r->made == r->limit) return DL_ENONE;
    j->number = r->made++;
    return DL_OK;
}

static void work(void *ctx, unsigned worker, void *p)
{
    job *j = p;
    unsigned spin = (j->number * 2654435761u) % 5000;
    (void)ctx;
    (void)worker;
    for (volatile unsigned i = 0; i < spin; i++) continue;
    free(j->owned);
    j->owned = malloc(16);
}

static dl_status deliver(void *ctx, void *p, dl_error *err)
{
    run *r = ctx;
    job *j = p;
    (void)err;
    if (j->number != r->next++) r->in_order = false;
    return r->fail_at && j->number == r->fail_at ? DL_EIO : DL_OK;
}

static void discard(void *ctx, void *p)
{
    run *r = ctx;
    free(((job *)p)->owned);
    r->discarded++;
}

static dl_status go(run *r, unsigned workers)
{
    dl_error err;
    dl_pool_plan plan = { workers, sizeof(job), r, make, work, deliver, discard };
    return dl_pool_run(&plan, &err);
}

static void results_come_in_order(void **state)
{
    (void)state;
    for (unsigned workers = 1; workers <= 8; workers++) {
        run r = { .limit = 3000, .in_order = true };
        assert_int_equal(go(&r, workers), DL_OK);
        assert_true(r.in_order);
        assert_int_equal(r.next, 3000);
        assert_int_equal(r.discarded, workers > 1 ? workers * 4 : 1);
    }
}

static void no_job_is_no_work(void **state)
{
    (void)state;
    run r = { .limit = 0, .in_order = true };
    assert_int_equal(go(&r, 3), DL_OK);
    assert_int_equal(r.next, 0);
}

static void an_error_of_delivery_ends_the_run(void **state)
{
    (void)state;
    for (unsigned workers = 1; workers <= 4; workers++) {
        run r = { .limit = 1000, .fail_at = 500, .in_order = true };
        assert_int_equal(go(&r, workers), DL_EIO);
        assert_int_equal(r.next, 501);
        assert_true(r.made < 600); /* the ring bounds what is begun */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_come_in_order),
        cmocka_unit_test(no_job_is_no_work),
        cmocka_unit_test(an_error_of_delivery_ends_the_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
