/* test_examples.c: the text pages of examples/ against their hand-made gold: every line of the article is in the body, no line of
 * furniture, and no caption. */
#include "test.h"
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/utf8.h"

enum { MAX_LINES = 200, LEAST_WORDS = 4 };

static bool collect(void *buf, const void *bytes, size_t n)
{
    dl_buf_add(buf, (dl_str){ bytes, n });
    return !((dl_buf *)buf)->failed;
}

static char *slurp(const char *path)
{
    FILE *f = fopen(path, "rb");
    static char text[1 << 16];
    if (!f) return NULL;
    text[fread(text, 1, sizeof text - 1, f)] = 0;
    fclose(f);
    return text;
}

/* " word word ... " with folded words alone; the number of words. */
static size_t words_of(dl_buf *out, dl_str s)
{
    static char folded[1 << 16];
    size_t n = dl_fold(folded, sizeof folded, s), words = 0;
    bool inside = false;
    for (size_t i = 0; i < n && i < sizeof folded; i++) {
        unsigned char c = (unsigned char)folded[i];
        bool word = dl_is_alpha(c) || dl_is_digit(c) || c >= 0x80;
        if (word && !inside) {
            dl_buf_putc(out, ' ');
            words++;
        }
        if (word) dl_buf_putc(out, (char)c);
        inside = word;
    }
    dl_buf_puts(out, " ");
    dl_buf_putc(out, 0);
    return words;
}

/* The body that the program finds, as words. */
static void body_of(dl_buf *out, const char *path)
{
    dl_pile *p;
    dl_error err;
    dl_buf json;
    struct json_object *text = NULL;
    dl_buf_init(&json, 1 << 22);
    assert_int_equal(dl_pile_open(&p, &(dl_settings){ .threads = 1 }, &err), DL_OK);
    assert_int_equal(dl_pile_add(p, path, &err), DL_OK);
    assert_int_equal(dl_pile_write(p, &(dl_request){ .what = DL_EXTRACT, .format = DL_JSONL }, collect, &json, NULL, &err),
                     DL_OK);
    dl_pile_close(p);
    dl_buf_putc(&json, 0);
    struct json_object *row = json_tokener_parse(json.p);
    assert_true(json_object_object_get_ex(row, "text", &text));
    words_of(out, dl_str_of(json_object_get_string(text)));
    json_object_put(row);
    dl_buf_free(&json);
}

static size_t lines_of(char *text, char **line)
{
    size_t n = 0;
    char *save = NULL;
    for (char *s = text; n + 1 < MAX_LINES && s; s = save) { /* empty lines count */
        save = strchr(s, '\n');
        if (save) *save++ = 0;
        line[++n] = s;
    }
    return n;
}

/* Holds every line of the ranges [[a,b], ...] against the body. */
static void hold(struct json_object *page, const char *key, char **line, size_t n, const char *body, bool wanted,
                 const char *path)
{
    struct json_object *ranges = NULL;
    if (!json_object_object_get_ex(page, key, &ranges)) return;
    for (size_t i = 0; i < json_object_array_length(ranges); i++) {
        struct json_object *r = json_object_array_get_idx(ranges, i);
        if (json_object_get_type(r) != json_type_array) continue;
        size_t a = (size_t)json_object_get_int(json_object_array_get_idx(r, 0)),
               b = (size_t)json_object_get_int(json_object_array_get_idx(r, 1));
        for (size_t k = a; k <= b && k <= n; k++) {
            dl_buf words;
            dl_buf_init(&words, 1 << 16);
            size_t count = words_of(&words, dl_str_of(line[k]));
            bool there = strstr(body, words.p) != NULL;
            if (wanted && count && !there) fail_msg("%s: line %zu of the article is lost: %s", path, k, line[k]);
            if (!wanted && count >= LEAST_WORDS && there) fail_msg("%s: line %zu is no article: %s", path, k, line[k]);
            dl_buf_free(&words);
        }
    }
}

static void text_pages_are_cut_as_by_hand(void **state)
{
    (void)state;
    static const char *const pages[] = { "002", "008", "009" };
    char *gold_text = access("examples/gold/pages.json", R_OK) ? NULL : slurp("examples/gold/pages.json");
    if (!gold_text) {
        printf("skipped: examples/gold/pages.json is not here\n");
        skip();
    }
    struct json_object *gold = json_tokener_parse(gold_text), *all = NULL, *page = NULL, *file = NULL;
    assert_true(json_object_object_get_ex(gold, "pages", &all));
    for (size_t i = 0; i < DL_COUNT(pages); i++) {
        char path[256], *line[MAX_LINES + 1];
        dl_buf body;
        dl_buf_init(&body, 1 << 20);
        assert_true(json_object_object_get_ex(all, pages[i], &page));
        assert_true(json_object_object_get_ex(page, "file", &file));
        snprintf(path, sizeof path, "examples/pages/%s", json_object_get_string(file));
        body_of(&body, path);
        char *text = slurp(path);
        assert_non_null(text);
        size_t n = lines_of(text, line);
        hold(page, "article_lines", line, n, body.p, true, path);
        hold(page, "boilerplate", line, n, body.p, false, path);
        hold(page, "captions", line, n, body.p, false, path);
        dl_buf_free(&body);
    }
    json_object_put(gold);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(text_pages_are_cut_as_by_hand) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
