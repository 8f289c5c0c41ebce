/* test_html5lib.c: the conformance cases of html5lib-tests, read from data beside the repository
 * (DATELINE_SHARED, or ../shared). Without them, the tests are skipped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <dirent.h>
#include <json-c/json.h>

#include "base/buf.h"
#include "base/sort.h"
#include "base/utf8.h"
#include "html/tree.h"

/* Tree cases that are not passed, all with scripting off. */
enum { TREE_FAILURES = 0, SHOWN = 40 };

static const char *folder(char out[512], const char *sub)
{
    const char *shared = getenv("DATELINE_SHARED");
    (void)snprintf(out, 512, "%s/data/extract/html5lib-tests/%s", shared ? shared : "../shared", sub);
    return out;
}

static dl_str read_file(const char *path, dl_arena *a)
{
    FILE *f = fopen(path, "rb");
    if (!f) return (dl_str){ NULL, 0 };
    char *p = dl_arena_get(a, 8 << 20, 1);
    size_t n = fread(p, 1, (8 << 20) - 1, f);
    (void)fclose(f);
    return (dl_str){ p, n };
}

/* Calls `each` for every file of a folder with that ending; false: the folder is not there. */
static bool each_file(const char *sub, const char *ending, void (*each)(const char *path, void *ctx), void *ctx)
{
    char dir[512], path[1024];
    DIR *d = opendir(folder(dir, sub));
    if (!d) return false;
    for (struct dirent *e; (e = readdir(d));) {
        if (!dl_str_ends(dl_str_of(e->d_name), dl_str_of(ending))) continue;
        (void)snprintf(path, sizeof path, "%s/%s", dir, e->d_name);
        each(path, ctx);
    }
    (void)closedir(d);
    return true;
}

/* ---- tokenizer ---- */

typedef struct tally {
    unsigned n, failed;
    dl_arena file, page, scratch;
} tally;

/* A JSON string as bytes, with a second round of \uHHHH where the case asks for it. Lone surrogates
 * keep their three bytes: the tokenizer passes bytes through. */
static dl_str json_bytes(struct json_object *o, bool twice, dl_arena *a)
{
    dl_str s = { json_object_get_string(o), (size_t)json_object_get_string_len(o) };
    char *out = dl_arena_get(a, s.len + 1, 1);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (!twice || s.p[i] != '\\' || s.len - i < 6 || s.p[i + 1] != 'u') {
            out[n++] = s.p[i];
            continue;
        }
        char hex[5] = { s.p[i + 2], s.p[i + 3], s.p[i + 4], s.p[i + 5], 0 };
        uint32_t cp = (uint32_t)strtoul(hex, NULL, 16);
        i += 5;
        if (cp >= 0xD800 && cp <= 0xDFFF) {
            out[n++] = (char)(0xE0 | cp >> 12);
            out[n++] = (char)(0x80 | (cp >> 6 & 63));
            out[n++] = (char)(0x80 | (cp & 63));
        } else {
            n += dl_utf8_put(out + n, cp);
        }
    }
    return (dl_str){ out, n };
}

static void put_string(dl_buf *b, dl_str s)
{
    dl_buf_putc(b, '"');
    dl_buf_add(b, s);
    dl_buf_puts(b, "\" ");
}

static void put_opt(dl_buf *b, dl_str s)
{
    if (s.p)
        put_string(b, s);
    else
        dl_buf_puts(b, "null ");
}

static int by_name(const void *x, const void *y, const void *ctx)
{
    const dl_str *a = x, *b = y;
    (void)ctx;
    return dl_str_cmp(a[0], b[0]);
}

/* Both lists of tokens are written in one form: a word for the type, then its parts, attributes sorted. */
static void put_attrs(dl_buf *b, dl_str (*pair)[2], size_t n, dl_arena *scratch)
{
    assert_true(dl_sort(pair, n, sizeof *pair, by_name, NULL, scratch));
    for (size_t i = 0; i < n; i++) {
        put_string(b, pair[i][0]);
        put_string(b, pair[i][1]);
    }
}

static void put_token(dl_buf *b, dl_tokenizer *t, dl_arena *scratch)
{
    const dl_token *k = &t->tok;
    static const char *const word[] = { "", "", "\nStart ", "\nEnd ", "\nComment ", "\nDoctype " };
    dl_buf_puts(b, word[k->type]);
    if (k->type == DL_TOKEN_DOCTYPE) {
        put_opt(b, k->text);
        put_opt(b, k->public_id);
        put_opt(b, k->system_id);
        dl_buf_puts(b, k->force_quirks ? "false" : "true");
        return;
    }
    put_string(b, k->text);
    if (k->type != DL_TOKEN_START) return;
    dl_str(*pair)[2] = dl_arena_get(scratch, k->n_attr + (size_t)1, sizeof *pair);
    for (uint32_t i = 0; i < k->n_attr; i++) {
        pair[i][0] = t->attrs.name[k->attr + i];
        pair[i][1] = t->attrs.value[k->attr + i];
    }
    put_attrs(b, pair, k->n_attr, scratch);
    if (k->self_closing) dl_buf_puts(b, "/");
}

static void put_tokens(dl_buf *b, dl_tokenizer *t, dl_arena *scratch)
{
    bool in_text = false;
    while (dl_tok_next(t) != DL_TOKEN_EOF) {
        if (t->tok.type == DL_TOKEN_TEXT) {
            if (!in_text) dl_buf_puts(b, "\nCharacter ");
            dl_buf_add(b, t->tok.text);
        } else {
            put_token(b, t, scratch);
        }
        in_text = t->tok.type == DL_TOKEN_TEXT;
    }
}

static void put_wanted(dl_buf *b, struct json_object *list, bool twice, dl_arena *a)
{
    bool in_text = false;
    for (size_t i = 0; i < json_object_array_length(list); i++) {
        struct json_object *o = json_object_array_get_idx(list, i);
        dl_str part[5];
        size_t n = json_object_array_length(o);
        for (size_t j = 0; j < 5; j++) {
            struct json_object *p = j < n ? json_object_array_get_idx(o, j) : NULL;
            part[j] = p && json_object_is_type(p, json_type_string) ? json_bytes(p, twice, a) : (dl_str){ NULL, 0 };
        }
        bool text = part[0].p[0] == 'C' && part[0].p[1] == 'h';
        if (text && !in_text) dl_buf_puts(b, "\nCharacter ");
        in_text = text;
        if (text) {
            dl_buf_add(b, part[1]);
        } else if (part[0].p[0] == 'D') {
            dl_buf_puts(b, "\nDoctype ");
            for (size_t j = 1; j < 4; j++) put_opt(b, part[j]);
            dl_buf_puts(b, json_object_get_boolean(json_object_array_get_idx(o, 4)) ? "true" : "false");
        } else {
            dl_buf_puts(b, part[0].p[0] == 'S' ? "\nStart " : part[0].p[0] == 'E' ? "\nEnd " : "\nComment ");
            put_string(b, part[1]);
        }
        if (part[0].p[0] != 'S') continue;
        dl_str pair[64][2];
        size_t k = 0;
        json_object_object_foreach(json_object_array_get_idx(o, 2), name, value)
        {
            /* The name is copied as JSON text too, for the second round of unescaping. */
            struct json_object *key = json_object_new_string(name);
            pair[k][0] = json_bytes(key, twice, a);
            pair[k++][1] = json_bytes(value, twice, a);
            (void)json_object_put(key);
        }
        put_attrs(b, pair, k, a);
        if (n > 3) dl_buf_puts(b, "/");
    }
}

static dl_tok_state state_named(const char *name)
{
    switch (name[0]) {
    case 'P': return DL_TOK_PLAINTEXT;
    case 'R': return name[1] == 'C' ? DL_TOK_RCDATA : DL_TOK_RAWTEXT;
    case 'S': return DL_TOK_SCRIPT;
    case 'C': return DL_TOK_CDATA;
    default: return DL_TOK_DATA;
    }
}

static void tokenizer_case(struct json_object *c, const char *state, const char *path, tally *t)
{
    dl_arena_reset(&t->page);
    dl_arena_reset(&t->scratch);
    struct json_object *twice_o = NULL, *o = NULL;
    bool twice = json_object_object_get_ex(c, "doubleEscaped", &twice_o) && json_object_get_boolean(twice_o);
    dl_str page = json_bytes(json_object_object_get(c, "input"), twice, &t->page);
    dl_tokenizer k;
    dl_tok_init(&k, page, &t->page, &t->scratch);
    k.state = state_named(state);
    if (json_object_object_get_ex(c, "lastStartTag", &o)) k.last_start = json_bytes(o, twice, &t->page);
    dl_buf got, want;
    dl_buf_init(&got, 1 << 20);
    dl_buf_init(&want, 1 << 20);
    put_tokens(&got, &k, &t->scratch);
    put_wanted(&want, json_object_object_get(c, "output"), twice, &t->page);
    t->n++;
    if (!dl_str_eq(dl_buf_str(&got), dl_buf_str(&want)) && t->failed++ < SHOWN)
        print_message("%s: %s (%s)\n got:%.*s\n want:%.*s\n", path,
                      json_object_get_string(json_object_object_get(c, "description")), state, (int)got.len, got.p, (int)want.len,
                      want.p);
    dl_buf_free(&got);
    dl_buf_free(&want);
}

static void tokenizer_file(const char *path, void *ctx)
{
    tally *t = ctx;
    struct json_object *file = json_object_from_file(path), *tests = NULL, *states = NULL;
    assert_non_null(file);
    /* xmlViolation.test is for parsers that turn HTML into XML: it has another key. */
    if (json_object_object_get_ex(file, "tests", &tests)) {
        for (size_t i = 0; i < json_object_array_length(tests); i++) {
            struct json_object *c = json_object_array_get_idx(tests, i);
            if (!json_object_object_get_ex(c, "initialStates", &states)) {
                tokenizer_case(c, "Data state", path, t);
                continue;
            }
            for (size_t j = 0; j < json_object_array_length(states); j++)
                tokenizer_case(c, json_object_get_string(json_object_array_get_idx(states, j)), path, t);
        }
    }
    (void)json_object_put(file);
}

static void tally_init(tally *t)
{
    *t = (tally){ 0 };
    dl_arena_init(&t->file, SIZE_MAX / 2);
    dl_arena_init(&t->page, SIZE_MAX / 2);
    dl_arena_init(&t->scratch, SIZE_MAX / 2);
}

static void tally_free(tally *t)
{
    dl_arena_free(&t->file);
    dl_arena_free(&t->page);
    dl_arena_free(&t->scratch);
}

static void test_tokenizer_cases(void **unused)
{
    (void)unused;
    tally t;
    tally_init(&t);
    bool there = each_file("tokenizer", ".test", tokenizer_file, &t);
    tally_free(&t);
    if (!there) {
        print_message("html5lib-tests are not there: tokenizer cases are not run\n");
        skip();
    }
    print_message("tokenizer: %u of %u cases\n", t.n - t.failed, t.n);
    assert_true(t.n > 7000);
    assert_int_equal(t.failed, 0);
}

/* ---- tree construction ---- */

typedef struct tree_case {
    dl_str data, fragment, document;
    bool script_on;
} tree_case;

/* An attribute's name as the cases print it: foreign elements have namespaces on a few. */
static dl_str shown_name(const dl_dom *d, uint32_t node, dl_str name, dl_arena *a)
{
    static const char *const spaced[] = { "xlink:actuate", "xlink:arcrole", "xlink:href", "xlink:role", "xlink:show",
                                          "xlink:title",   "xlink:type",    "xml:lang",   "xml:space",  "xmlns:xlink" };
    if (d->ns[node] == DL_NS_HTML) return name;
    for (size_t i = 0; i < DL_COUNT(spaced); i++) {
        if (!dl_str_eq(name, dl_str_of(spaced[i]))) continue;
        dl_str copy = dl_arena_str(a, name);
        *strchr((char *)(uintptr_t)copy.p, ':') = ' ';
        return copy;
    }
    return name;
}

static void put_line(dl_buf *b, unsigned depth)
{
    dl_buf_puts(b, "| ");
    dl_buf_fill(b, ' ', 2 * (size_t)depth);
}

static void put_element(dl_buf *b, const dl_dom *d, uint32_t i, unsigned depth, dl_arena *scratch)
{
    static const char *const prefix[] = { "", "svg ", "math " };
    dl_buf_fmt(b, "<%s%.*s>\n", prefix[d->ns[i]], (int)d->data[i].len, d->data[i].p);
    dl_str(*pair)[2] = dl_arena_get(scratch, d->n_attr[i] + (size_t)1, sizeof *pair);
    for (uint32_t k = 0; k < d->n_attr[i]; k++) {
        pair[k][0] = shown_name(d, i, d->attr_name[d->attr[i] + k], scratch);
        pair[k][1] = d->attr_value[d->attr[i] + k];
    }
    assert_true(dl_sort(pair, d->n_attr[i], sizeof *pair, by_name, NULL, scratch));
    for (uint32_t k = 0; k < d->n_attr[i]; k++) {
        put_line(b, depth + 1);
        dl_buf_add(b, pair[k][0]);
        dl_buf_puts(b, "=\"");
        dl_buf_add(b, pair[k][1]);
        dl_buf_puts(b, "\"\n");
    }
    if (d->ns[i] == DL_NS_HTML && d->tag[i] == DL_TAG_TEMPLATE) {
        put_line(b, depth + 1);
        dl_buf_puts(b, "content\n");
    }
}

static void put_node(dl_buf *b, const dl_dom *d, uint32_t i, unsigned depth, dl_arena *scratch)
{
    put_line(b, depth);
    switch ((dl_node_type)d->type[i]) {
    case DL_NODE_DOCTYPE: {
        dl_str public_id = dl_dom_attr(d, i, DL_DOCTYPE_PUBLIC), system_id = dl_dom_attr(d, i, DL_DOCTYPE_SYSTEM);
        dl_buf_puts(b, "<!DOCTYPE ");
        dl_buf_add(b, d->data[i]);
        if (public_id.p || system_id.p)
            dl_buf_fmt(b, " \"%.*s\" \"%.*s\"", (int)public_id.len, public_id.p ? public_id.p : "", (int)system_id.len,
                       system_id.p ? system_id.p : "");
        dl_buf_puts(b, ">\n");
        break;
    }
    case DL_NODE_ELEMENT: put_element(b, d, i, depth, scratch); break;
    case DL_NODE_TEXT:
        dl_buf_puts(b, "\"");
        dl_buf_add(b, d->data[i]);
        dl_buf_puts(b, "\"\n");
        break;
    case DL_NODE_COMMENT:
        dl_buf_puts(b, "<!-- ");
        dl_buf_add(b, d->data[i]);
        dl_buf_puts(b, " -->\n");
        break;
    case DL_NODE_DOCUMENT: fail();
    }
}

static void put_tree(dl_buf *b, const dl_dom *d, uint32_t root, dl_arena *scratch)
{
    for (uint32_t i = dl_dom_next(d, root, root, false); i != DL_NONE; i = dl_dom_next(d, root, i, false)) {
        unsigned depth = 0;
        for (uint32_t p = d->parent[i]; p != root; p = d->parent[p])
            depth += d->tag[p] == DL_TAG_TEMPLATE && d->ns[p] == DL_NS_HTML ? 2 : 1;
        put_node(b, d, i, depth, scratch);
    }
}

static void tree_run(const tree_case *c, const char *path, tally *t)
{
    dl_arena_reset(&t->page);
    dl_arena_reset(&t->scratch);
    dl_dom d;
    if (c->fragment.p) {
        dl_ns ns = dl_str_starts(c->fragment, DL_STR("svg "))    ? DL_NS_SVG
                   : dl_str_starts(c->fragment, DL_STR("math ")) ? DL_NS_MATHML
                                                                 : DL_NS_HTML;
        size_t skip_prefix = ns == DL_NS_SVG ? 4 : ns == DL_NS_MATHML ? 5 : 0;
        dl_str context = dl_str_cut(c->fragment, skip_prefix, c->fragment.len);
        assert_int_equal(dl_html_parse_fragment(&d, c->data, ns, context, &t->page, &t->scratch, NULL), DL_OK);
    } else {
        assert_int_equal(dl_html_parse(&d, c->data, &t->page, &t->scratch, NULL), DL_OK);
    }
    dl_buf got;
    dl_buf_init(&got, 1 << 24);
    put_tree(&got, &d, c->fragment.p ? d.first[0] : 0, &t->scratch);
    t->n++;
    dl_str g = dl_buf_str(&got);
    while (g.len && g.p[g.len - 1] == '\n') g.len--;
    if (!dl_str_eq(g, c->document) && t->failed++ < SHOWN)
        print_message("%s:\n%.*s\n(%.*s)\ngot:\n%.*s\nwant:\n%.*s\n\n", path, (int)c->data.len, c->data.p, (int)c->fragment.len,
                      c->fragment.p ? c->fragment.p : "", (int)g.len, g.p, (int)c->document.len, c->document.p);
    dl_buf_free(&got);
}

/* The end of a section that begins at `at`: the next line that begins with '#' and is a heading. */
static size_t section_end(dl_str s, size_t at)
{
    static const char *const heads[] = { "#data\n",       "#errors\n",    "#new-errors\n", "#document-fragment\n",
                                         "#script-off\n", "#script-on\n", "#document\n" };
    for (; at < s.len; at++) {
        if (s.p[at] != '#' || s.p[at - 1] != '\n') continue;
        for (size_t i = 0; i < DL_COUNT(heads); i++)
            if (dl_str_starts(dl_str_cut(s, at, s.len), dl_str_of(heads[i]))) return at;
    }
    return s.len;
}

static void tree_file(const char *path, void *ctx)
{
    tally *t = ctx;
    dl_arena_reset(&t->file);
    dl_str s = read_file(path, &t->file);
    tree_case c = { 0 };
    for (size_t at = 0; at < s.len;) {
        size_t eol = at + dl_str_find(dl_str_cut(s, at, s.len), DL_STR("\n"), 0);
        dl_str head = dl_str_cut(s, at, eol);
        size_t end = section_end(s, eol + 1);
        size_t last = end > eol + 1 ? end - 1 : end; /* without the last newline */
        dl_str body = dl_str_cut(s, eol + 1, last);
        at = end;
        if (dl_str_eq(head, DL_STR("#data"))) c = (tree_case){ .data = body };
        if (dl_str_eq(head, DL_STR("#document-fragment"))) c.fragment = body;
        if (dl_str_eq(head, DL_STR("#script-on"))) c.script_on = true;
        if (!dl_str_eq(head, DL_STR("#document"))) continue;
        while (body.len && body.p[body.len - 1] == '\n') body.len--;
        c.document = body;
        if (!c.script_on) tree_run(&c, path, t);
    }
}

static void test_tree_cases(void **unused)
{
    (void)unused;
    tally t;
    tally_init(&t);
    bool there = each_file("tree-construction", ".dat", tree_file, &t);
    tally_free(&t);
    if (!there) {
        print_message("html5lib-tests are not there: tree cases are not run\n");
        skip();
    }
    print_message("tree construction: %u of %u cases\n", t.n - t.failed, t.n);
    assert_true(t.n > 1700);
    assert_true(t.failed <= TREE_FAILURES);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_tokenizer_cases), cmocka_unit_test(test_tree_cases) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
