/* models.h: the linked model pack, opened once for a group of tests:
 * cmocka_run_group_tests(tests, open_models, close_models). */
#ifndef DL_TESTS_MODELS_H
#define DL_TESTS_MODELS_H

#include "model/pack.h"
#include "test.h"

static dl_models *models;

static int open_models(void **state)
{
    (void)state;
    return dl_models_open(&models, NULL, NULL) == DL_OK ? 0 : -1;
}

static int close_models(void **state)
{
    (void)state;
    dl_models_close(models);
    return 0;
}

#endif
