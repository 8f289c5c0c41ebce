/* extract_page.h: one page through extract, with models and a builder that a group of tests shares:
 * cmocka_run_group_tests(tests, open_all, close_all). */
#ifndef DL_TESTS_EXTRACT_PAGE_H
#define DL_TESTS_EXTRACT_PAGE_H

#include "extract/extract.h"
#include "test.h"

static dl_models *models;
static dl_build build;

static int open_all(void **state)
{
    (void)state;
    dl_build_init(&build);
    return dl_models_open(&models, NULL, NULL) == DL_OK ? 0 : -1;
}
static int close_all(void **state)
{
    (void)state;
    dl_build_free(&build);
    dl_models_close(models);
    return 0;
}

static const dl_doc *read_page(dl_raw_kind kind, const char *url, const char *page)
{
    dl_raw raw = { .kind = kind,
                   .id = DL_STR("p"),
                   .url = dl_str_of(url),
                   .bytes = dl_str_of(page),
                   .raw_len = strlen(page),
                   .fetched = DL_NEVER,
                   .given = DL_NEVER };
    dl_build_reset(&build);
    assert_int_equal(dl_extract(&build, &raw, models), DL_OK);
    return &build.d;
}

static inline void assert_str(dl_str got, const char *want)
{
    if (!dl_str_eq(got, dl_str_of(want))) fail_msg("got \"%.*s\", want \"%s\"", (int)got.len, got.p, want);
}

#endif
