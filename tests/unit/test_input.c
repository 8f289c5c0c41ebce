/* test_input.c: pages out of files of every kind, and every kind of trouble: one bad page is one
 * error that names it and the byte, and the rest goes on. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <cmocka.h>

#include "base/date.h"
#include "input/decode.h"
#include "input_bench.h"

/* ---- Single pages and encodings ------------------------------------------------------------- */

static void kinds(void **state)
{
    bench *t = *state;
    READ(t, "a", "<!doctype html><p>Hello</p>");
    is_page(t, 0, DL_RAW_HTML, "<!doctype html><p>Hello</p>");
    assert_true(str_is(t->page[0].raw.id, t->path));
    assert_int_equal(t->n, 1);
    READ(t, "b.html", "Harbour shut\n\nThe port of Veldhaven is shut.\n");
    is_page(t, 0, DL_RAW_TEXT, "Harbour shut\n\nThe port of Veldhaven is shut.\n");
    READ(t, "empty", "");
    is_fault(t, 0, DL_EINPUT, 0);
    READ(t, "image.html", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    is_fault(t, 0, DL_EINPUT, 0);
}

static void encodings(void **state)
{
    bench *t = *state;
    READ(t, "bom", "\xef\xbb\xbfna\xc3\xafve text");
    is_page(t, 0, DL_RAW_TEXT, "na\xc3\xafve text");
    assert_int_equal(dl_offsets_from(&t->page[0].raw.offsets, 0), 3);
    READ(t, "meta", "<html><meta charset=windows-1251><p>\xcc\xee\xf1\xea\xe2\xe0</p>");
    is_page(t, 0, DL_RAW_HTML, "<html><meta charset=windows-1251><p>\xd0\x9c\xd0\xbe\xd1\x81\xd0\xba\xd0\xb2\xd0\xb0</p>");
    assert_true(str_is(t->page[0].raw.encoding, "windows-1251"));
    const dl_raw *r = &t->page[0].raw; /* the "<" of "</p>" is byte 36 + 6 of the page */
    assert_int_equal(dl_offsets_from(&r->offsets, 36 + 12), 36 + 6);
    assert_int_equal(r->raw_len, 46);
    READ(t, "sjis", "<html><meta http-equiv=Content-Type content='text/html; charset=Shift_JIS'>\x93\xfa\x96\x7b\\");
    is_page(t, 0, DL_RAW_HTML,
            "<html><meta http-equiv=Content-Type content='text/html; charset=Shift_JIS'>\xe6\x97\xa5\xe6\x9c\xac\\");
    READ(t, "lie", "<html><meta charset=iso-8859-1><p>caf\xc3\xa9</p>"); /* UTF-8 in truth */
    is_page(t, 0, DL_RAW_HTML, "<html><meta charset=iso-8859-1><p>caf\xc3\xa9</p>");
    READ(t, "lie2",
         "<html><meta charset=utf-8><p>caf\xe9 cr\xe8me fra\xee"
         "che \xe0 c\xf4t\xe9 d\xe9j\xe0 vu</p>");
    assert_int_equal(t->page[0].st, DL_OK);
    assert_true(dl_str_find(t->page[0].raw.bytes, DL_STR("caf\xc3\xa9 cr\xc3\xa8me"), 0) != SIZE_MAX);
    READ(t, "latin", "<html><meta charset=latin1><p>\x93quoted\x94</p>"); /* windows-1252, says the standard */
    is_page(t, 0, DL_RAW_HTML, "<html><meta charset=latin1><p>\xe2\x80\x9cquoted\xe2\x80\x9d</p>");
    READ(t, "utf16", "\xff\xfe<\0p\0>\0H\0\xe9\0<\0/\0p\0>\0");
    is_page(t, 0, DL_RAW_HTML, "<p>H\xc3\xa9</p>");
    assert_int_equal(dl_offsets_from(&t->page[0].raw.offsets, 3), 8);
#define E_ACUTE8 "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
    READ(t, "bad", "<html><meta charset=utf-8>" E_ACUTE8 E_ACUTE8 " \xff two \xc3");
    is_page(t, 0, DL_RAW_HTML, "<html><meta charset=utf-8>" E_ACUTE8 E_ACUTE8 " \xef\xbf\xbd two \xef\xbf\xbd");
    READ(t, "nul", "Text with a \0 in it, and more of it behind.");
    is_page(t, 0, DL_RAW_TEXT, "Text with a \xef\xbf\xbd in it, and more of it behind.");
    assert_int_equal(dl_offsets_from(&t->page[0].raw.offsets, 15), 13);
}

static void compressed_page(void **state)
{
    bench *t = *state;
    static const char page[] = "<html><p>Packed</p></html>";
    unsigned char z[256];
    size_t n = gzip(z, sizeof z, page, sizeof page - 1);
    read_bytes(t, "page.gz", z, n);
    is_page(t, 0, DL_RAW_HTML, page);
    read_bytes(t, "cut.gz", z, n - 12);
    is_fault(t, 0, DL_EINPUT, 0);
    n = ZSTD_compress(z, sizeof z, page, sizeof page - 1, 3);
    assert_false(ZSTD_isError(n));
    read_bytes(t, "page", z, n);
    is_page(t, 0, DL_RAW_HTML, page);
    z[n / 2] ^= 0x55;
    read_bytes(t, "damaged", z, n);
    assert_int_equal(t->n, 1);
}

static void bomb(void **state)
{
    bench *t = *state;
    const size_t n = (size_t)64 << 20;
    char *zeros = calloc(1, n);
    unsigned char *z = malloc(1 << 20);
    assert_true(zeros && z);
    memset(zeros, ' ', n);
    const size_t made = ZSTD_compress(z, 1 << 20, zeros, n, 3); /* over DL_INFLATE_RATIO */
    assert_true(!ZSTD_isError(made) && n / made > DL_INFLATE_RATIO);
    read_bytes(t, "bomb", z, made);
    is_fault(t, 0, DL_ELIMIT, 0);
    free(zeros);
    free(z);
}

/* The standard's own cases. */
static void declared(void **state)
{
    bench *t = *state;
    static const char *const files[] = { "tests1.dat", "tests2.dat", "test-yahoo-jp.dat" };
    unsigned cases = 0;
    for (size_t k = 0; k < sizeof files / sizeof files[0]; k++) {
        char path[256];
        const char *shared = getenv("DATELINE_SHARED");
        snprintf(path, sizeof path, "%s/data/extract/html5lib-tests/encoding/%s", shared ? shared : "../shared", files[k]);
        FILE *f = fopen(path, "rb");
        if (!f) {
            print_message("%s is not here\n", path);
            skip();
        }
        char *bytes = dl_arena_get(&t->a, 1 << 20, 1);
        const dl_str s = { bytes, fread(bytes, 1, 1 << 20, f) };
        fclose(f);
        for (size_t at = 0; (at = dl_str_find(s, DL_STR("#data\n"), at)) != SIZE_MAX;) {
            const size_t end = dl_str_find(s, DL_STR("\n#encoding\n"), at += 6), word = end + 11;
            assert_true(end != SIZE_MAX);
            const size_t line = dl_str_find(s, DL_STR("\n"), word);
            const dl_str page = dl_str_cut(s, at, end), want = dl_str_trim(dl_str_cut(s, word, line == SIZE_MAX ? s.len : line));
            dl_str is = dl_decode_prescan(page);
            if (dl_str_starts(page, DL_STR("\xef\xbb\xbf"))) is = DL_STR("utf-8");
            if (!is.len) is = DL_STR("windows-1252");
            if (!dl_str_eq_nocase(is, want)) print_message("%.*s\n", (int)page.len, page.p);
            assert_true(dl_str_eq_nocase(is, want));
            at = end;
            cases++;
        }
    }
    assert_true(cases > 80);
}

/* ---- Folders -------------------------------------------------------------------------------- */

static void folders(void **state)
{
    bench *t = *state;
    char dir[80];
    put(t, "b.txt", "second page\n", 12);
    put(t, "a.txt", "first page\n", 11);
    put(t, ".hidden", "x", 1);
    snprintf(dir, sizeof dir, "%s/aa", t->dir);
    assert_int_equal(mkdir(dir, 0700), 0);
    put(t, "aa/z.txt", "third page\n", 11);
    snprintf(dir, sizeof dir, "%s/c", t->dir);
    assert_int_equal(mkdir(dir, 0), 0);
    read_all(t, t->dir);
    is_page(t, 0, DL_RAW_TEXT, "first page\n");
    is_page(t, 1, DL_RAW_TEXT, "third page\n");
    is_page(t, 2, DL_RAW_TEXT, "second page\n");
    if (geteuid() != 0) assert_int_equal(t->page[3].st, DL_EIO); /* root may read all */
    read_all(t, "/nowhere/at/all");
    assert_int_equal(t->n, 1);
    assert_int_equal(t->page[0].st, DL_EIO);
    assert_int_equal(t->page[0].err.sys_errno, ENOENT);
}

/* ---- JSONL ---------------------------------------------------------------------------------- */

static void jsonl(void **state)
{
    bench *t = *state;
    static const char lines[] = "{\"id\":\"x\",\"text\":\"One.\\n\",\"date\":\"2021-05-04\"}\n"
                                "\n"
                                "{\"html\":\"<p>Two</p>\",\"url\":\"https://e.example/2\"}\n"
                                "{\"id\":\"x\",\"text\":broken}\n"
                                "{\"id\":\"x\",\"text\":\"Four.\"}\n"
                                "{\"id\":\"y\"}\n"
                                "{\"sentences\":[[\"A\",\"b\"],[\"C\"]]}\n"
                                "{\"id\":\"z\",\"text\":\"cut o";
    unsigned char z[512];
    for (int packed = 0; packed < 2; packed++) {
        const size_t n = packed ? gzip(z, sizeof z, lines, sizeof lines - 1) : 0;
        read_bytes(t, packed ? "l.gz" : "l.jsonl", packed ? (const void *)z : lines, packed ? n : sizeof lines - 1);
        assert_int_equal(t->n, 7);
        is_page(t, 0, DL_RAW_CLEAN, "One.\n");
        assert_true(t->page[0].raw.given == dl_seconds(dl_days(2021, 5, 4)));
        is_page(t, 1, DL_RAW_HTML, "<p>Two</p>");
        assert_true(dl_str_ends(t->page[1].raw.id, DL_STR("#2")));
        assert_int_equal(t->page[2].st, DL_EINPUT);
        is_page(t, 3, DL_RAW_CLEAN, "Four."); /* an id that was there before is kept */
        assert_true(str_is(t->page[3].raw.id, "x"));
        assert_int_equal(t->page[4].st, DL_EINPUT);
        is_page(t, 5, DL_RAW_SENTENCES, "A b\nC\n");
        assert_int_equal(t->page[6].st, DL_EINPUT);
        if (!packed) assert_true(t->page[6].err.offset >= sizeof lines - 1 - 20);
    }
}

/* An id may be a whole number; it is taken as it is written. What is neither that nor a string is none. */
static void ids_of_records(void **state)
{
    bench *t = *state;
    static const char lines[] = "{\"id\":42,\"text\":\"a\"}\n"
                                "{\"text\":\"a\",\"id\":-7,\"x\":[1]}\n"
                                "{\"id\":null,\"text\":\"a\"}\n"
                                "{\"id\":true,\"text\":\"a\"}\n"
                                "{\"id\":1.5,\"text\":\"a\"}\n"
                                "{\"id\":[\"x\"],\"text\":\"a\"}\n"
                                "{\"id\":1,\"id\":\"b\",\"text\":\"a\"}\n"
                                "{\"id\":12345678901234567890123,\"text\":\"a\"}\n";
    static const char *const want[] = { "42", "-7", "#3", "#4", "#5", "#6", "b", "12345678901234567890123" };
    READ(t, "ids.jsonl", lines);
    assert_int_equal(t->n, 8);
    for (size_t i = 0; i < 8; i++) {
        const dl_str id = t->page[i].raw.id;
        assert_true(want[i][0] == '#' ? dl_str_ends(id, dl_str_of(want[i])) : str_is(id, want[i]));
    }
}

static void given_dates(void **state)
{
    bench *t = *state;
    READ(t, "d",
         "{\"text\":\"a\",\"date\":\"2020-02-15T07:00:00+09:00\"}\n{\"text\":\"b\",\"date\":\"Sat, 15 Feb 2020 10:00:00 GMT\"}\n"
         "{\"text\":\"c\",\"date\":\"2020-02-15T07:00:00Z\"}\n{\"text\":\"d\",\"date\":\"soon\"}\n");
    const int64_t day = dl_seconds(dl_days(2020, 2, 15));
    assert_true(t->page[0].raw.given == day && !t->page[0].raw.given_time);
    assert_true(t->page[1].raw.given == day + 36000 && t->page[1].raw.given_time);
    assert_true(t->page[2].raw.given == day + 7 * 3600);
    assert_true(t->page[3].raw.given == DL_NEVER);
}

static void long_line(void **state)
{
    bench *t = *state;
    const size_t n = (size_t)10 << 20;
    char *line = malloc(n + 64);
    assert_non_null(line);
    memcpy(line, "{\"text\":\"", 9);
    memset(line + 9, 'a', n);
    memcpy(line + 9 + n, "\"}\n{\"text\":\"b\"}\n", 16);
    read_bytes(t, "long", line, 9 + n + 16);
    assert_int_equal(t->n, 2);
    assert_int_equal(t->page[0].raw.bytes.len, n);
    is_page(t, 1, DL_RAW_CLEAN, "b");
    free(line);
}

static void json_feed(void **state)
{
    bench *t = *state;
    READ(t, "feed",
         "{\n \"version\": \"https://jsonfeed.org/version/1.1\",\n \"items\": [\n"
         "  {\"id\": \"7\", \"url\": \"https://e.example/7\", \"title\": \"Seven\", \"content_html\": \"<p>Text</p>\", "
         "\"date_published\": \"2023-02-22T11:53:00+01:00\"},\n  {\"id\": \"8\"}]}");
    assert_int_equal(t->n, 1);
    is_page(t, 0, DL_RAW_HTML, "<p>Text</p>");
    assert_true(str_is(t->page[0].raw.id, "7") && t->page[0].raw.feed && t->page[0].raw.given_time);
    assert_true(t->page[0].raw.given == dl_seconds(dl_days(2023, 2, 22)) + (10 * 60 + 53) * 60);
}

/* Plain lines are read by one reader, all others by another: what both can read, both read alike. A number with a fraction makes a line the other's. */
static void two_readers(void **state)
{
    bench *t = *state;
    static const char *const values[] = { "plain",
                                          "a \\\"quoted\\\" word, a \\\\ and a \\/",
                                          "\\b\\f\\n\\r\\t ends",
                                          "caf\\u00e9 \\u65e5\\u672c \\ud83d\\ude00 \\u0041",
                                          "raw \xc3\xa9 and a bad byte \xff",
                                          "\\ud83d alone",
                                          "\\udc00 alone",
                                          "\\ud83d\\u0041",
                                          "nul \\u0000 inside",
                                          "" };
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        char lines[1024];
        const int n = sprintf(
            lines, " {\"id\" : \"k\", \"n\":-12, \"x\":null,\"text\":\"%s\" } \n{\"id\":\"k\",\"n\":1.5,\"text\":\"%s\"}\n",
            values[i], values[i]);
        read_bytes(t, "two.jsonl", lines, (size_t)n);
        assert_int_equal(t->n, 2);
        assert_int_equal(t->page[0].st, t->page[1].st);
        if (t->page[0].st) continue;
        assert_true(dl_str_eq(t->page[0].raw.bytes, t->page[1].raw.bytes) && t->page[0].raw.raw_hash == t->page[1].raw.raw_hash);
        assert_true(str_is(t->page[0].raw.id, "k"));
    }
    READ(t, "odd.jsonl",
         "{\"text\":\"a\"} x\n{\"text\":\"a\",}\n{\"text\":\"bad \\x "
         "escape\"}\n{\"te\\u0078t\":\"key\"}\n{\"text\":\"one\",\"text\":\"two\"}\n"
         "{\"text\":\"deep\",\"meta\":{\"text\":[\"no\"]}}\n{\"text\":7,\"html\":\"<p>h</p>\"}\n");
    assert_int_equal(t->page[2].st, DL_EINPUT);
    is_page(t, 3, DL_RAW_CLEAN, "key");
    is_page(t, 4, DL_RAW_CLEAN, "two");
    is_page(t, 5, DL_RAW_CLEAN, "deep");
    is_page(t, 6, DL_RAW_HTML, "<p>h</p>");
}

/* ---- XML feeds ------------------------------------------------------------------------------ */

static void rss(void **state)
{
    bench *t = *state;
    READ(t, "rss",
         "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<rss version=\"2.0\" xmlns:media=\"m\"><channel><title>C</title>\n"
         "<item><title>Caf\xe9 shut</title><link>https://e.example/1</link><media:title>not this</media:title>\n"
         "<description>short</description><content:encoded><![CDATA[<p>Whole&nbsp;text</p>]]></content:encoded>\n"
         "<pubDate>Wed, 22 Feb 2023 11:53:00 GMT</pubDate><source url=\"u\">Harbour News</source></item>\n"
         "<item><title>No body</title><link>https://e.example/2</link></item>\n"
         "<item><description>Plain words only.</description><pubDate>22 Feb 23 06:53 EST</pubDate></item>\n"
         "<item><description>broken</description></channel></rss>");
    assert_int_equal(t->n, 3);
    is_page(t, 0, DL_RAW_HTML, "<p>Whole&nbsp;text</p>");
    const dl_raw *r = &t->page[0].raw;
    assert_true(str_is(r->title, "Caf\xc3\xa9 shut") && str_is(r->url, "https://e.example/1") &&
                str_is(r->feed_source, "Harbour News"));
    assert_true(r->given == dl_seconds(dl_days(2023, 2, 22)) + (11 * 60 + 53) * 60);
    is_page(t, 1, DL_RAW_TEXT, "Plain words only.");
    assert_true(t->page[1].raw.given == r->given);
    assert_int_equal(t->page[2].st, DL_EINPUT);
}

static void atom(void **state)
{
    bench *t = *state;
    READ(t, "atom",
         "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>T</title><id>https://e.example/i</id>"
         "<link rel=\"self\" href=\"no\"/><link href=\"https://e.example/a\"/><updated>2023-02-23T00:00:00Z</updated>"
         "<published>2023-02-22T10:00:00Z</published><source><title>Wire</title></source>"
         "<content type=\"xhtml\"><div><p>One &lt; two</p></div></content><summary>s</summary></entry></feed>");
    assert_int_equal(t->n, 1);
    is_page(t, 0, DL_RAW_HTML, "<div><p>One &lt; two</p></div>");
    const dl_raw *r = &t->page[0].raw;
    assert_true(str_is(r->url, "https://e.example/a") && str_is(r->feed_source, "Wire"));
    assert_true(r->given == dl_seconds(dl_days(2023, 2, 22)) + 36000);
}

/* Who wrote it and where it is from, in each dialect; full texts in each. */
static void feed_names(void **state)
{
    bench *t = *state;
    READ(t, "names.rss",
         "<rss version=\"2.0\" xmlns:dc=\"d\" xmlns:content=\"c\"><channel>"
         "<item><description>One.</description><dc:creator>Ann Lee</dc:creator><dc:creator>Bo Hu</dc:creator><dc:creator>Ann "
         "Lee</dc:creator>"
         "<dc:source>Harbour Wire</dc:source></item>"
         "<item><description>Two.</description><author>cy@e.example (Cy Dole)</author></item>"
         "<item><description>Three.</description><author>desk@e.example</author></item></channel></rss>");
    assert_int_equal(t->n, 3);
    assert_true(str_is(t->page[0].raw.author, "Ann Lee, Bo Hu") && str_is(t->page[0].raw.feed_source, "Harbour Wire"));
    assert_true(str_is(t->page[1].raw.author, "Cy Dole"));
    assert_int_equal(t->page[2].raw.author.len, 0);
    READ(
        t, "names.atom",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:x=\"http://www.w3.org/1999/xhtml\"><entry><author><name>Dee Fox</name>"
        "<uri>https://e.example/dee</uri></author><content type=\"html\">&lt;p&gt;Escaped &amp;amp; "
        "whole&lt;/p&gt;</content></entry>"
        "<entry><content type=\"xhtml\"><x:div><x:p>Prefixed</x:p></x:div></content></entry></feed>");
    is_page(t, 0, DL_RAW_HTML, "<p>Escaped &amp; whole</p>");
    assert_true(str_is(t->page[0].raw.author, "Dee Fox"));
    is_page(t, 1, DL_RAW_HTML, "<div><p>Prefixed</p></div>");
    READ(t, "names.json",
         "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"content_text\":\"Words.\",\"author\":{\"name\":\"Eve "
         "Gray\"}}]}");
    assert_true(str_is(t->page[0].raw.author, "Eve Gray"));
}

/* An entry's byte in its feed is known. */
static void feed_bytes(void **state)
{
    bench *t = *state;
    static const char feed[] = "<rss><channel><item><description>One.</description></item>\n<item><description>Two.</"
                               "description></item></channel></rss>";
    read_bytes(t, "at.rss", feed, sizeof feed - 1);
    assert_true(t->page[0].raw.at == 14 && t->page[1].raw.at == (uint64_t)(strstr(feed, "\n") - feed) + 1);
}

static void line_numbers(void **state)
{
    bench *t = *state;
    static const char lines[] = "{\"text\":\"a\"}\n\n{\"text\":\n{\"text\":\"c\"}\n{\"text\":\"d\"";
    unsigned char z[256];
    for (int packed = 0; packed < 2; packed++) {
        const size_t n = packed ? gzip(z, sizeof z, lines, sizeof lines - 1) : sizeof lines - 1;
        read_bytes(t, packed ? "n.jsonl.gz" : "n.jsonl", packed ? (const char *)z : lines, n);
        assert_int_equal(t->n, 4);
        assert_memory_equal(t->page[1].err.message, "line 3: ", 8);
        is_page(t, 2, DL_RAW_CLEAN, "c");
        assert_memory_equal(t->page[3].err.message, "line 5: ", 8);
    }
}

/* ---- WARC ----------------------------------------------------------------------------------- */

#define OK_HEAD "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
static const char good[] = OK_HEAD "\r\n<html><p>Good</p>";
static const char chunked[] = OK_HEAD "Transfer-Encoding: chunked\r\n\r\n6\r\n<html>\r\n7;x=y\r\n<p>Two.\r\n0\r\n\r\n";
static const char not_found[] = "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<html>no";
static const char picture[] = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG";

static size_t plain_warc(char *to)
{
    size_t n = record(to, "warcinfo", "software: x\r\n", 13, 0);
    n += record(to + n, "response", good, sizeof good - 1, 0);
    n += record(to + n, "response", not_found, sizeof not_found - 1, 0);
    n += record(to + n, "response", chunked, sizeof chunked - 1, 0);
    n += record(to + n, "response", picture, sizeof picture - 1, 0);
    n += record(to + n, "conversion", "Plain text of a page.\n", 22, 0);
    return n;
}

static void warc(void **state)
{
    bench *t = *state;
    char w[4096];
    read_bytes(t, "w", w, plain_warc(w));
    assert_int_equal(t->n, 3);
    is_page(t, 0, DL_RAW_HTML, "<html><p>Good</p>");
    const dl_raw *r = &t->page[0].raw;
    assert_true(str_is(r->url, "https://e.example/p") && str_is(r->content_type, "text/html") &&
                dl_str_ends(r->id, DL_STR("w#2")));
    assert_true(r->fetched == dl_seconds(dl_days(2023, 2, 22)) + (11 * 60 + 53) * 60);
    is_page(t, 1, DL_RAW_HTML, "<html><p>Two.");
    is_page(t, 2, DL_RAW_TEXT, "Plain text of a page.\n");
}

static void warc_troubles(void **state)
{
    bench *t = *state;
    char w[4096];
    size_t n = record(w, "response", good, sizeof good - 1, -5); /* longer than it says */
    const size_t second = n;
    n += record(w + n, "response", good, sizeof good - 1, 0);
    const size_t third = n;
    n += record(w + n, "response", good, sizeof good - 1, 100000); /* shorter than it says */
    n += record(w + n, "response", good, sizeof good - 1, 0);
    const size_t huge = n;
    n += (size_t)sprintf(w + n, "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\n");
    n += record(w + n, "response", good, sizeof good - 1, 0);
    const size_t junk = n;
    n += (size_t)sprintf(w + n, "what is this\r\nWARC/1.0 no\r\n\r\n");
    n += record(w + n, "response", good, sizeof good - 1, 0);
    const size_t last = n;
    n += record(w + n, "response", good, sizeof good - 1, 0) - 20; /* cut off */
    read_bytes(t, "bad.warc", w, n);
    is_fault(t, 0, DL_EINPUT, 0);
    is_page(t, 1, DL_RAW_HTML, "<html><p>Good</p>");
    is_fault(t, 2, DL_EINPUT, third);
    is_page(t, 3, DL_RAW_HTML, "<html><p>Good</p>");
    is_fault(t, 4, DL_EINPUT, huge);
    is_page(t, 5, DL_RAW_HTML, "<html><p>Good</p>");
    is_fault(t, 6, DL_EINPUT, junk);
    assert_int_equal(t->page[7].st, DL_EINPUT); /* "WARC/1.0 no" has no length */
    is_page(t, 8, DL_RAW_HTML, "<html><p>Good</p>");
    is_fault(t, 9, DL_EINPUT, last);
    assert_int_equal(t->n, 10);
    assert_true(second > 0);
}

/* Headers that never end: linear, not a search of the rest for each. */
static void warc_headers(void **state)
{
    bench *t = *state;
    const size_t n = 9 * (size_t)200000;
    char *w = malloc(n);
    assert_non_null(w);
    for (size_t i = 0; i < n; i += 9) memcpy(w + i, "WARC/1.0\n", 9);
    put(t, "headers", w, n);
    free(w);
    const char *path = t->path;
    dl_error err;
    dl_raw raw;
    assert_int_equal(dl_source_paths(&t->src, &path, 1, &err), DL_OK);
    size_t faults = 0;
    while (t->src.next(t->src.self, &raw, &t->a, &err) == DL_EINPUT) faults++;
    assert_in_range(faults, 1, 100);
}

static void warc_packed(void **state)
{
    bench *t = *state;
    char w[1024];
    unsigned char z[8192];
    size_t n = 0, middle = 0, part;
    for (int i = 0; i < 3; i++) {
        const size_t k = record(w, "response", good, sizeof good - 1, 0);
        if (i == 1) middle = n;
        part = gzip(z + n, sizeof z - n, w, k);
        if (i == 1) z[n + part / 2] ^= 0x33; /* the second member is damaged */
        n += part;
    }
    read_bytes(t, "w.warc.gz", z, n);
    assert_int_equal(t->n, 3);
    is_page(t, 0, DL_RAW_HTML, "<html><p>Good</p>");
    is_fault(t, 1, DL_EINPUT, middle);
    is_page(t, 2, DL_RAW_HTML, "<html><p>Good</p>");
    read_bytes(t, "cut.warc.gz", z, n - 70);
    assert_int_equal(t->n, 3);
    assert_int_equal(t->page[2].st, DL_EINPUT);
    char whole[4096];
    n = plain_warc(whole);
    const size_t made = ZSTD_compress(z, sizeof z, whole, n, 3);
    read_bytes(t, "w.warc.zst", z, made);
    assert_int_equal(t->n, 3);
    is_page(t, 2, DL_RAW_TEXT, "Plain text of a page.\n");
}

static void coded_body(void **state)
{
    bench *t = *state;
    char block[1024], w[2048];
    static const char page[] = "<html><p>Coded body</p>";
    int k = sprintf(block, OK_HEAD "Content-Encoding: gzip\r\n\r\n");
    size_t n = gzip((unsigned char *)block + k, 512, page, sizeof page - 1);
    read_bytes(t, "coded", w, record(w, "response", block, (size_t)k + n, 0));
    is_page(t, 0, DL_RAW_HTML, page);
    memcpy(block + k, page, sizeof page); /* said to be coded, but is not */
    read_bytes(t, "uncoded", w, record(w, "response", block, (size_t)k + sizeof page - 1, 0));
    is_page(t, 0, DL_RAW_HTML, page);
    k = sprintf(block, OK_HEAD "Content-Encoding: br\r\n\r\n\x0b\x02\x80"); /* ends before its first byte */
    read_bytes(t, "brotli", w, record(w, "response", block, (size_t)k, 0));
    is_fault(t, 0, DL_EINPUT, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(kinds),      CASE(encodings),   CASE(declared),       CASE(compressed_page), CASE(bomb),         CASE(folders),
        CASE(jsonl),      CASE(given_dates), CASE(ids_of_records), CASE(long_line),       CASE(json_feed),    CASE(two_readers),
        CASE(rss),        CASE(atom),        CASE(warc),           CASE(warc_troubles),   CASE(warc_headers), CASE(warc_packed),
        CASE(coded_body), CASE(feed_names),  CASE(feed_bytes),     CASE(line_numbers)
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
