/* test_html.c: the HTML parser on cases of our own: source offsets, decoding, the standard's
 * repairs, every ceiling, memory that is refused, and cost. The standard's cases: test_html5lib.c. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "html/tree.h"

typedef struct page {
    dl_arena keep, scratch;
    dl_dom d;
} page;

static void page_open(page *p, dl_str html)
{
    dl_arena_init(&p->keep, DL_ARENA_MAX);
    dl_arena_init(&p->scratch, DL_ARENA_MAX);
    assert_int_equal(dl_html_parse(&p->d, html, &p->keep, &p->scratch, NULL), DL_OK);
}

static void page_close(page *p)
{
    dl_arena_free(&p->keep);
    dl_arena_free(&p->scratch);
}

/* The k-th element of a name, k from 0. */
static uint32_t element(const dl_dom *d, const char *name, unsigned k)
{
    for (uint32_t i = dl_dom_next(d, 0, 0, false); i != DL_NONE; i = dl_dom_next(d, 0, i, false))
        if (d->type[i] == DL_NODE_ELEMENT && dl_str_eq(d->data[i], dl_str_of(name)) && !k--) return i;
    return DL_NONE;
}

static void assert_str(dl_str got, const char *want)
{
    if (!dl_str_eq(got, dl_str_of(want))) fail_msg("got '%.*s', want '%s'", (int)got.len, got.p ? got.p : "", want);
}

/* The bytes of the page [beg, end). */
static void assert_bytes(const dl_dom *d, uint32_t beg, uint32_t end, const char *want)
{
    assert_true(beg <= end && end <= d->page.len);
    assert_str(dl_str_cut(d->page, beg, end), want);
}

/* Everything below a node as "tag(child child) 'text' #comment#". */
static void write_tree(dl_buf *b, const dl_dom *d, uint32_t root)
{
    uint32_t last = root;
    for (uint32_t i = dl_dom_next(d, root, root, false); i != DL_NONE; i = dl_dom_next(d, root, i, false)) {
        if (d->parent[i] == last && last != root) dl_buf_putc(b, '(');
        if (d->parent[i] != last)
            for (uint32_t p = last; d->parent[p] != d->parent[i]; p = d->parent[p]) dl_buf_putc(b, ')');
        if (d->prev[i] != DL_NONE) dl_buf_putc(b, ' ');
        const char *quote = d->type[i] == DL_NODE_TEXT ? "'" : d->type[i] == DL_NODE_COMMENT ? "#" : "";
        dl_buf_puts(b, quote);
        dl_buf_add(b, d->data[i]);
        dl_buf_puts(b, quote);
        last = i;
    }
    for (uint32_t p = last; p != root && d->parent[p] != root; p = d->parent[p]) dl_buf_putc(b, ')');
}

static void assert_body(const char *html, const char *want)
{
    page p;
    dl_buf b;
    page_open(&p, dl_str_of(html));
    dl_buf_init(&b, 1 << 20);
    write_tree(&b, &p.d, element(&p.d, "body", 0));
    assert_str(dl_buf_str(&b), want);
    dl_buf_free(&b);
    page_close(&p);
}

static void test_tags(void **state)
{
    (void)state;
    for (unsigned t = DL_TAG_UNKNOWN + 1; t < DL_TAGS_N; t++) assert_int_equal(dl_tag_of(dl_tag_name(t)), t);
    assert_int_equal(dl_tag_of(DL_STR("blockquote")), DL_TAG_BLOCKQUOTE);
    assert_int_equal(dl_tag_of(DL_STR("blockquot")), DL_TAG_UNKNOWN);
    assert_int_equal(dl_tag_of(DL_STR("")), DL_TAG_UNKNOWN);
    assert_int_equal(dl_tag_of(DL_STR("x-card")), DL_TAG_UNKNOWN);
    assert_true(dl_tag_void(DL_TAG_BR) && !dl_tag_void(DL_TAG_P));
}

static void test_offsets_of_elements(void **state)
{
    (void)state;
    page p;
    page_open(&p, DL_STR("<!doctype html>\n<title>T</title><DIV Class=a><p>one<p>two</DIV >three<br>"));
    const dl_dom *d = &p.d;
    uint32_t div = element(d, "div", 0), first = element(d, "p", 0), second = element(d, "p", 1), html = element(d, "html", 0);
    assert_bytes(d, d->raw[div].beg, d->raw[div].end, "<DIV Class=a>");
    assert_bytes(d, d->raw[div].beg, d->raw_end[div], "<DIV Class=a><p>one<p>two</DIV >");
    assert_bytes(d, d->raw[first].beg, d->raw_end[first], "<p>one");   /* closed by the next */
    assert_bytes(d, d->raw[second].beg, d->raw_end[second], "<p>two"); /* closed by its parent's end */
    assert_int_equal(d->raw[html].beg, 16);                            /* implied where <title> stands */
    assert_int_equal(d->raw[html].end, 16);
    assert_int_equal(d->raw_end[html], d->page.len);
    uint32_t br = element(d, "br", 0);
    assert_bytes(d, d->raw[br].beg, d->raw_end[br], "<br>");
    assert_int_equal(d->tag[div], DL_TAG_DIV);
    assert_false(d->quirks);
    page_close(&p);

    page_open(&p, DL_STR("<html><body>x</body>\n</html>\n"));
    uint32_t body = element(&p.d, "body", 0);
    assert_bytes(&p.d, p.d.raw[body].beg, p.d.raw_end[body], "<body>x</body>");
    assert_bytes(&p.d, 0, p.d.raw_end[element(&p.d, "html", 0)], "<html><body>x</body>\n</html>");
    assert_true(p.d.quirks);
    page_close(&p);
}

static void test_text_is_a_view(void **state)
{
    (void)state;
    page p;
    page_open(&p, DL_STR("<p>a < b and c</p>"));
    uint32_t text = p.d.first[element(&p.d, "p", 0)];
    assert_str(p.d.data[text], "a < b and c");
    assert_ptr_equal(p.d.data[text].p, p.d.page.p + 3);
    assert_bytes(&p.d, p.d.raw[text].beg, p.d.raw[text].end, "a < b and c");
    page_close(&p);
}

/* Where byte `at` of the text of a node came from. */
static uint32_t origin(page *p, uint32_t node, uint32_t at)
{
    dl_offsets map = { 0 };
    assert_true(dl_dom_text_map(&p->d, node, &map, &p->scratch));
    return dl_offsets_from(&map, at);
}

static void test_text_decoded(void **state)
{
    (void)state;
    page p;
    page_open(&p, DL_STR("<p>A &amp; B&mdash;C\r\nD&lt;</p>"));
    uint32_t text = p.d.first[element(&p.d, "p", 0)];
    assert_str(p.d.data[text], "A & B\xE2\x80\x94"
                               "C\nD<");
    assert_bytes(&p.d, p.d.raw[text].beg, p.d.raw[text].end, "A &amp; B&mdash;C\r\nD&lt;");
    assert_int_equal(origin(&p, text, 0), 3);
    assert_int_equal(origin(&p, text, 2), 5);   /* & */
    assert_int_equal(origin(&p, text, 3), 10);  /* the blank behind it */
    assert_int_equal(origin(&p, text, 8), 19);  /* C */
    assert_int_equal(origin(&p, text, 9), 20);  /* the line's end */
    assert_int_equal(origin(&p, text, 10), 22); /* D */
    assert_int_equal(origin(&p, text, 12), 27); /* behind all */
    page_close(&p);
}

static void test_text_in_pieces(void **state)
{
    (void)state;
    page p;
    page_open(&p, DL_STR("<p>one</b>two&gt;</i>three</>four<b></b>"));
    uint32_t text = p.d.first[element(&p.d, "p", 0)];
    assert_str(p.d.data[text], "onetwo>threefour");
    assert_bytes(&p.d, origin(&p, text, 3), origin(&p, text, 6), "two");
    assert_bytes(&p.d, origin(&p, text, 7), origin(&p, text, 7) + 5, "three");
    assert_bytes(&p.d, origin(&p, text, 12), origin(&p, text, 16), "four");
    page_close(&p);
    /* Text that a table gives away comes to one node in front of it. */
    page_open(&p, DL_STR("<table>ab<tr>cd<td>ef</table>"));
    text = p.d.first[element(&p.d, "body", 0)];
    assert_str(p.d.data[text], "abcd");
    assert_int_equal(origin(&p, text, 0), 7);
    assert_int_equal(origin(&p, text, 2), 13);
    page_close(&p);
}

static void test_nul(void **state)
{
    (void)state;
    page p;
    page_open(&p, DL_STR("<p>a\0b<title>c\0d</title><svg><desc>x</desc>e\0f"));
    assert_str(p.d.data[p.d.first[element(&p.d, "p", 0)]], "ab");
    assert_str(p.d.data[p.d.first[element(&p.d, "title", 0)]], "c\xEF\xBF\xBD"
                                                               "d");
    uint32_t text = p.d.last[element(&p.d, "svg", 0)];
    assert_str(p.d.data[text], "e\xEF\xBF\xBD"
                               "f");
    assert_bytes(&p.d, origin(&p, text, 4), (uint32_t)p.d.page.len, "f");
    page_close(&p);
}

static void test_attributes(void **state)
{
    (void)state;
    page p;
    page_open(&p, DL_STR("<A HREF='/x?a=1&amp;b=2&copy=3' Id = q data-x class=\"a b\" class=c>"));
    const dl_dom *d = &p.d;
    uint32_t a = element(d, "a", 0);
    assert_int_equal(d->n_attr[a], 4);
    assert_str(dl_dom_attr(d, a, "href"), "/x?a=1&b=2&copy=3");
    assert_str(dl_dom_attr(d, a, "id"), "q");
    assert_str(dl_dom_attr(d, a, "data-x"), "");
    assert_non_null(dl_dom_attr(d, a, "data-x").p);
    assert_str(dl_dom_attr(d, a, "class"), "a b"); /* the first of a name counts */
    assert_null(dl_dom_attr(d, a, "title").p);
    dl_span raw = d->attr_raw[d->attr[a]];
    assert_bytes(d, raw.beg, raw.end, "/x?a=1&amp;b=2&copy=3");
    page_close(&p);
}

/* Doubles are found among many, too. */
static void test_many_attributes(void **state)
{
    (void)state;
    dl_buf b;
    page p;
    dl_buf_init(&b, 1 << 24);
    dl_buf_puts(&b, "<p");
    for (unsigned i = 0; i < 70000; i++) dl_buf_fmt(&b, " n%u=%u n%u=x", i, i, i / 2);
    dl_buf_puts(&b, ">");
    page_open(&p, dl_buf_str(&b));
    uint32_t node = element(&p.d, "p", 0);
    assert_int_equal(p.d.n_attr[node], DL_ATTR_MAX);
    assert_str(dl_dom_attr(&p.d, node, "n0"), "0");
    assert_str(dl_dom_attr(&p.d, node, "n1234"), "1234");
    assert_str(dl_dom_attr(&p.d, node, "n65534"), "65534");
    assert_null(dl_dom_attr(&p.d, node, "n65535").p);
    page_close(&p);
    dl_buf_free(&b);
}

static void test_repairs(void **state)
{
    (void)state;
    assert_body("<b>1<p>2</b>3</p>", "b('1') p(b('2') '3')"); /* adoption agency */
    assert_body("<a>1<div>2<a>3</div>4", "a('1') div(a('2') a('3')) a('4')");
    assert_body("<i><b>x</i>y</b>", "i(b('x')) b('y')");
    assert_body("<b><b><b><b><b>x<p>y", "b(b(b(b(b('x' p('y'))))))");              /* open: nothing to rebuild */
    assert_body("<p><b><b><b><b><b>x</p>y", "p(b(b(b(b(b('x')))))) b(b(b('y')))"); /* Noah's Ark: three of five */
    assert_body("<table><td>1<td>2<tr><th>3</table>4", "table(tbody(tr(td('1') td('2')) tr(th('3')))) '4'");
    assert_body("<table>x<b>y<tr><td>z</table>", "'x' b('y') table(tbody(tr(td('z'))))");
    assert_body("<ul><li>1<li>2<ul><li>3</ul><li>4</ul>", "ul(li('1') li('2' ul(li('3'))) li('4'))");
    assert_body("<p>1<h2>2</h3>3", "p('1') h2('2') '3'");
    assert_body("w</p>x</br>y", "'w' p 'x' br 'y'");
    assert_body("<svg><path/><p>x", "svg(path) p('x')");
    assert_body("<svg><foreignobject><p>x</p></foreignobject></svg>y", "svg(foreignObject(p('x'))) 'y'");
    assert_body("<pre>\n\nx</pre><textarea>\n&lt;b></textarea>", "pre('\nx') textarea('<b>')");
    assert_body("<script>a<!--<script>b</script>--></script>c", "'c'");
    assert_body("x<!--a--!>y<!-->z", "'x' #a# 'y' ## 'z'");
    assert_body("<noscript><img></noscript>", "img");
    assert_body("x<noscript><img></noscript>", "'x' noscript(img)"); /* scripting is off */
    assert_body("<select><option>1<option>2</select>3", "select(option('1') option('2')) '3'");
    assert_body("<select><button><selectedcontent></button><option><b>1</b>2<option selected>3</select>",
                "select(button(selectedcontent('3')) option(b('1') '2') option('3'))");
    assert_body("<select><option disabled>1<option>2<i>3</i><option>4</option><selectedcontent></select>",
                "select(option('1') option('2' i('3')) option('4') selectedcontent('2' i('3')))");
    assert_body("<select><option>1<selectedcontent></option>2", "select(option('1' selectedcontent) '2')");
    assert_body("<body><script>1</script>2<script>3<", "script('1') '2' script('3<')");
}

static void test_unescape(void **state)
{
    (void)state;
    dl_arena a;
    dl_offsets map = { 0 };
    dl_arena_init(&a, DL_ARENA_MAX);
    dl_str s = DL_STR("plain");
    assert_ptr_equal(dl_html_unescape(&a, s, &map).p, s.p);
    assert_str(dl_html_unescape(&a, DL_STR("&lt;p&gt;caf&eacute;s &notit; &#x2019;&#150;&#xD800;&"), &map),
               "<p>caf\xC3\xA9s \xC2\xACit; \xE2\x80\x99\xE2\x80\x93\xEF\xBF\xBD&");
    assert_int_equal(dl_offsets_from(&map, 0), 0);
    assert_int_equal(dl_offsets_from(&map, 1), 4);                      /* p */
    assert_int_equal(dl_offsets_from(&map, 3), 9);                      /* c */
    assert_int_equal(dl_offsets_from(&map, 8), 20);                     /* s */
    assert_str(dl_html_unescape(&a, DL_STR("&amp;lt;"), NULL), "&lt;"); /* once only */
    dl_arena_free(&a);
}

/* n times a piece, between two others. */
static dl_str repeated(dl_buf *b, const char *before, const char *piece, size_t n, const char *after)
{
    dl_buf_init(b, (size_t)1 << 28);
    dl_buf_puts(b, before);
    for (size_t i = 0; i < n; i++) dl_buf_puts(b, piece);
    dl_buf_puts(b, after);
    return dl_buf_str(b);
}

static unsigned depth_of(const dl_dom *d, uint32_t node)
{
    unsigned depth = 0;
    for (uint32_t i = d->parent[node]; i != DL_NONE; i = d->parent[i]) depth++;
    return depth;
}

static void test_depth(void **state)
{
    (void)state;
    dl_buf b;
    page p;
    page_open(&p, repeated(&b, "<body>", "<div>", 5000, "x"));
    uint32_t text = p.d.n - 1;
    assert_str(p.d.data[text], "x");
    assert_int_equal(depth_of(&p.d, text), DL_DEPTH_MAX + 1); /* in the 512th open element; the document counts */
    assert_int_equal(p.d.n, 5000 + 5);
    page_close(&p);
    dl_buf_free(&b);
    page_open(&p, repeated(&b, "<body>", "<table><td>", 3000, "x</table>y"));
    for (uint32_t i = 0; i < p.d.n; i++) assert_true(depth_of(&p.d, i) <= DL_DEPTH_MAX + 1);
    page_close(&p);
    dl_buf_free(&b);
}

static void test_formatting_ceiling(void **state)
{
    (void)state;
    dl_buf b;
    page p;
    dl_buf_init(&b, 1 << 20);
    dl_buf_puts(&b, "<div>");
    for (int i = 0; i < 400; i++) dl_buf_fmt(&b, "<b id=%d>", i);
    dl_buf_puts(&b, "</div>x");
    page_open(&p, dl_buf_str(&b));
    uint32_t text = p.d.n - 1;
    assert_str(p.d.data[text], "x");
    assert_int_equal(depth_of(&p.d, text), DL_FORMAT_MAX + 3); /* document, html, body, and the youngest */
    page_close(&p);
    dl_buf_free(&b);
}

/* A page of unclosed formatting elements does not grow without bound. */
static void test_clones(void **state)
{
    (void)state;
    dl_buf b, c;
    page p;
    dl_buf_init(&b, 1 << 20);
    for (int i = 0; i < 200; i++) dl_buf_fmt(&b, "<div><b id=%d></div>", i);
    dl_buf_putc(&b, 0);
    page_open(&p, repeated(&c, b.p, "<p>x</p>", 20000, ""));
    assert_true(p.d.n < 100000);
    page_close(&p);
    dl_buf_free(&b);
    dl_buf_free(&c);
}

static void test_page_ceiling(void **state)
{
    (void)state;
    dl_arena a;
    dl_dom d;
    dl_error err = { 0 };
    dl_arena_init(&a, DL_ARENA_MAX);
    assert_int_equal(dl_html_parse(&d, (dl_str){ "", DL_PAGE_MAX + 1 }, &a, &a, &err), DL_ELIMIT);
    dl_arena_free(&a);
}

static void test_empty(void **state)
{
    (void)state;
    page p;
    page_open(&p, (dl_str){ NULL, 0 });
    assert_int_equal(p.d.n, 4); /* document, html, head, body */
    page_close(&p);
}

/* Every ceiling of memory gives DL_ENOMEM or the document, never a crash. */
static void test_memory_refused(void **state)
{
    (void)state;
    dl_buf b;
    dl_str html =
        repeated(&b, "<title>x&amp;</title>", "<p a=1 B='&lt;' c>x\r\ny</b>&amp;z<b><i></p>\1<table>q", 300, "<!-- \r -->");
    unsigned refused = 0;
    for (size_t max = 0; max < (size_t)3 << 20; max += max < 200000 ? 4099 : 65537) {
        dl_arena keep, scratch;
        dl_dom d;
        dl_arena_init(&keep, max);
        dl_arena_init(&scratch, max);
        dl_status st = dl_html_parse(&d, html, &keep, &scratch, NULL);
        assert_true(st == DL_OK || st == DL_ENOMEM);
        refused += st == DL_ENOMEM;
        dl_arena_free(&keep);
        dl_arena_free(&scratch);
    }
    assert_true(refused > 10);
    dl_buf_free(&b);
}

/* The least of three runs, in seconds. */
static double cost(const char *before, const char *piece, size_t n)
{
    dl_buf b;
    dl_str html = repeated(&b, before, piece, n, "");
    double best = 1e9;
    for (int i = 0; i < 3; i++) {
        page p;
        clock_t at = clock();
        page_open(&p, html);
        double s = (double)(clock() - at) / CLOCKS_PER_SEC;
        page_close(&p);
        if (s < best) best = s;
    }
    dl_buf_free(&b);
    return best;
}

/* Four times the page may cost four times as much; a quadratic parser would need sixteen. */
static void test_cost(void **state)
{
    (void)state;
    static const struct {
        const char *before, *piece;
    } bad[] = {
        { "", "<div>" },
        { "", "<b>" },
        { "", "<a>" },
        { "", "<p>" },
        { "", "<table><td>" },
        { "<table>", "x<b>" },
        { "", "<b><div>" },
        { "", "<a href=x><div></a>" },
        { "<p><b><i><u><s>", "<p>x" },
        { "", "a</x>" },
        { "", "a\1&amp;</>" },
        { "<p ", "a=1 " },
        { "", "<!--" },
        { "<script>", "<!--<script" },
        { "<title>", "</titl" },
        { "<svg>", "<g></x>" },
        { "", "<body a b c>" },
        { "", "&notit;&#1" },
        { "<p><object>", "<span><div></div>" },
        { "", "<select><option>" },
        { "", "<template><tr><td>" },
        { "<select><button><selectedcontent></button>", "<option selected>x" },
    };
    for (size_t i = 0; i < DL_COUNT(bad); i++) {
        double one = cost(bad[i].before, bad[i].piece, 4000), four = cost(bad[i].before, bad[i].piece, 16000);
        if (four > 9 * one + 0.02) fail_msg("%s%s...: %.4f s, then %.4f s", bad[i].before, bad[i].piece, one, four);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tags),           cmocka_unit_test(test_offsets_of_elements),
        cmocka_unit_test(test_text_is_a_view), cmocka_unit_test(test_text_decoded),
        cmocka_unit_test(test_text_in_pieces), cmocka_unit_test(test_nul),
        cmocka_unit_test(test_attributes),     cmocka_unit_test(test_many_attributes),
        cmocka_unit_test(test_repairs),        cmocka_unit_test(test_unescape),
        cmocka_unit_test(test_depth),          cmocka_unit_test(test_formatting_ceiling),
        cmocka_unit_test(test_clones),         cmocka_unit_test(test_page_ceiling),
        cmocka_unit_test(test_empty),          cmocka_unit_test(test_memory_refused),
        cmocka_unit_test(test_cost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
