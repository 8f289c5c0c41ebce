/* test_formats.c: the tables of docs/formats.md against what the program writes: every key, in order. Runs build/dateline
 * (or $DATELINE) over examples/pages. */
#include "test.h"
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MAX_KEYS = 40 };

typedef struct table {
    char command[64];
    char key[MAX_KEYS][32];
    int n;
} table;

/* The keys of a row: "| from, to | ..." gives two. */
static void take_row(table *t, char *line)
{
    char *end = strchr(line + 1, '|'), *save = NULL;
    if (!end) return;
    *end = 0;
    for (char *k = strtok_r(line + 1, " ,", &save); k && t->n < MAX_KEYS; k = strtok_r(NULL, " ,", &save)) {
        if (!strcmp(k, "key") || k[0] == '-') return;
        snprintf(t->key[t->n++], sizeof t->key[0], "%s", k);
    }
}

/* The next "### dateline X" with a table; false at the end. */
static int next_table(FILE *f, table *t)
{
    char line[2048];
    *t = (table){ .n = 0 };
    for (;;) {
        long at = ftell(f);
        if (!fgets(line, sizeof line, f)) return t->n > 0;
        if (!strncmp(line, "### dateline ", 13) || !strncmp(line, "## ", 3)) {
            if (t->n) {
                fseek(f, at, SEEK_SET);
                return 1;
            }
            *t = (table){ .n = 0 };
            if (line[2] == '#') snprintf(t->command, sizeof t->command, "%.*s", (int)strcspn(line + 13, "\n"), line + 13);
        } else if (line[0] == '|' && t->command[0]) {
            take_row(t, line);
        }
    }
}

static void hold_against(const table *t, const char *json)
{
    struct json_object *o = json_tokener_parse(json);
    int i = 0;
    assert_non_null(o);
    json_object_object_foreach(o, key, value)
    {
        (void)value;
        if (i >= t->n || strcmp(key, t->key[i]))
            fail_msg("dateline %s: key %d is \"%s\", docs/formats.md has \"%s\"", t->command, i + 1, key,
                     i < t->n ? t->key[i] : "no more");
        i++;
    }
    if (i != t->n) fail_msg("dateline %s: docs/formats.md has \"%s\", too", t->command, t->key[i]);
    json_object_put(o);
}

static void every_key_is_documented_in_order(void **state)
{
    (void)state;
    const char *program = getenv("DATELINE");
    table t;
    int tables = 0;
    FILE *doc = fopen("docs/formats.md", "r");
    if (!doc || access("examples/pages", R_OK) || access(program ? program : "build/dateline", X_OK)) {
        printf("skipped: docs/formats.md, examples/pages or the program is not here\n");
        if (doc) fclose(doc);
        skip();
    }
    while (next_table(doc, &t)) {
        char call[256];
        static char line[1 << 22];
        char *id = strstr(t.command, " ID");
        if (id) *id = 0;
        snprintf(call, sizeof call, "%s %s%s --jsonl --progress off examples/pages 2>/dev/null",
                 program ? program : "build/dateline", t.command, id ? " 000_emmering_courier.html" : "");
        FILE *out = popen(call, "r");
        assert_non_null(out);
        int n = 0;
        while (fgets(line, sizeof line, out)) {
            hold_against(&t, line);
            n++;
        }
        pclose(out);
        if (!n) fail_msg("dateline %s wrote nothing", t.command);
        tables++;
    }
    fclose(doc);
    assert_true(tables >= 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_key_is_documented_in_order) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
