/* test_again.c: a page that is read once more from where it was found. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"
#include "input/source.h"
#include "test.h"

#define ONE "{\"id\":\"one\",\"url\":\"https://a.example/1\",\"html\":\"<p>The bridge was closed on Monday.</p>\"}\n"
#define TWO "{\"id\":\"two\",\"url\":\"https://a.example/2\",\"html\":\"<p>The ferry left on Tuesday.</p>\"}\n"
#define SIX "{\"id\":\"two\",\"url\":\"https://a.example/2\",\"html\":\"<p>The ferry left on Tuesdax.</p>\"}\n"

typedef struct reader {
    char path[64];
    dl_arena a;
    dl_source src;
    dl_raw page;
} reader;

static void put(const reader *r, const char *text)
{
    FILE *f = fopen(r->path, "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

/* The n-th page of a file that holds `text`. */
static void begin(reader *r, const char *ending, const char *text, int n)
{
    dl_error err;
    snprintf(r->path, sizeof r->path, "/tmp/dateline-again-%ld.%s", (long)getpid(), ending);
    put(r, text);
    const char *path = r->path;
    dl_arena_init(&r->a, DL_ARENA_MAX);
    assert_int_equal(dl_source_paths(&r->src, &path, 1, &err), DL_OK);
    for (int i = 0; i < n; i++) assert_int_equal(r->src.next(r->src.self, &r->page, &r->a, &err), DL_OK);
}

static void end(reader *r)
{
    r->src.close(r->src.self);
    dl_arena_free(&r->a);
    unlink(r->path);
}

static void assert_again(const reader *r, dl_arena *a)
{
    dl_raw again;
    dl_error err;
    assert_int_equal(dl_source_again(&again, &r->page, a, &err), DL_OK);
    assert_true(dl_str_eq(again.id, r->page.id));
    assert_true(dl_str_eq(again.url, r->page.url));
    assert_true(dl_str_eq(again.bytes, r->page.bytes));
}

static void a_line_is_found_by_its_byte(void **state)
{
    reader r;
    (void)state;
    begin(&r, "jsonl", ONE TWO, 2);
    assert_true(dl_str_eq(r.page.id, DL_STR("two")));
    assert_again(&r, &r.a);
    put(&r, ONE TWO ONE); /* what comes behind it is of no matter */
    assert_again(&r, &r.a);
    end(&r);
}

static void a_file_is_found_by_its_path(void **state)
{
    reader r;
    (void)state;
    begin(&r, "html", "<html><body><p>The bridge was closed on Monday.</p></body></html>", 1);
    assert_again(&r, &r.a);
    end(&r);
}

static void what_has_changed_is_another_page(void **state)
{
    static const char *const now[] = { ONE SIX, TWO ONE, ONE, "", "{" };
    reader r;
    dl_raw again;
    dl_error err;
    (void)state;
    for (size_t i = 0; i < DL_COUNT(now); i++) {
        begin(&r, "jsonl", ONE TWO, 2);
        put(&r, now[i]);
        assert_int_not_equal(dl_source_again(&again, &r.page, &r.a, &err), DL_OK);
        end(&r);
    }
    begin(&r, "jsonl", ONE TWO, 2);
    unlink(r.path);
    assert_int_equal(dl_source_again(&again, &r.page, &r.a, &err), DL_EIO);
    r.page.path = NULL;
    assert_int_equal(dl_source_again(&again, &r.page, &r.a, &err), DL_ENONE);
    end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_found_by_its_byte),
        cmocka_unit_test(a_file_is_found_by_its_path),
        cmocka_unit_test(what_has_changed_is_another_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
