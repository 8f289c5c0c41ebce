/* test_mhtml.c: pages that browsers saved: MHTML messages, and the notes that savers leave in HTML. */
#include "base/date.h"
#include "input/mhtml.h"
#include "input_bench.h"

#define TOP                                                                                                                      \
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://e.example/news/1\r\nSubject: Bridge\r\n"                       \
    "Date: Wed, 22 Feb 2023 12:53:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"                         \
    "\ttype=\"text/html\";\r\n\tboundary=\"----Part-AbC----\"\r\n\r\n\r\n"
#define NEXT "------Part-AbC----\r\n"
#define LAST "------Part-AbC------\r\n"

static void blink(void **state)
{
    bench *t = *state;
    READ(t, "b.mhtml",
         TOP NEXT
         "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: "
         "cid:frame-1@mhtml.blink\r\n\r\n"
         "<html><p>An advert</p></html>\r\n" NEXT
         "Content-Type: text/html\r\nContent-ID: <frame-0@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\n"
         "Content-Location: https://e.example/news/1\r\n\r\n"
         "<!DOCTYPE html><html><meta charset=3D\"utf-8\"><p class=3D\"a\">The br=\r\nidge caf=C3=A9 is shut=20\r\n= a "
         "stray</p></html>\r\n" NEXT
         "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://e.example/i.png\r\n\r\n"
         "iVBORw0KGgo=\r\n" LAST);
    assert_int_equal(t->n, 1);
    is_page(t, 0, DL_RAW_HTML,
            "<!DOCTYPE html><html><meta charset=\"utf-8\"><p class=\"a\">The bridge caf\xc3\xa9 is shut \r\n= a "
            "stray</p></html>\r\n");
    const dl_raw *r = &t->page[0].raw;
    assert_true(str_is(r->url, "https://e.example/news/1") && str_is(r->id, t->path) && !r->cut);
    assert_true(r->fetched == dl_seconds(dl_days(2023, 2, 22)) + (11 * 60 + 53) * 60);
}

/* `start` names the part; base64 of Windows-1251; offsets are those of the decoded part. */
static void start_and_charset(void **state)
{
    bench *t = *state;
    READ(t, "s.mht",
         "MIME-Version: 1.0\nContent-Type: multipart/related; start=\"<main@x>\"; boundary=b\n\npreamble\n--bb\nnot this\n"
         "--b\nContent-Type: text/html\n\n<html>first</html>\n--b\n"
         "Content-Type: text/html; charset=windows-1251\nContent-ID: <main@x>\nContent-Transfer-Encoding: base64\n\n"
         "PGh0bWw+PHA+zO7x\n6uLgPC9wPjwvaHRtbD4=\n--b--\nepilogue\n");
    assert_int_equal(t->n, 1);
    is_page(t, 0, DL_RAW_HTML, "<html><p>\xd0\x9c\xd0\xbe\xd1\x81\xd0\xba\xd0\xb2\xd0\xb0</p></html>");
    assert_true(str_is(t->page[0].raw.encoding, "windows-1251"));
    assert_int_equal(t->page[0].raw.raw_len, 6 + 3 + 6 + 4 + 7);
    assert_int_equal(dl_offsets_from(&t->page[0].raw.offsets, 9 + 12), 9 + 6);
}

/* A mail: HTML inside alternatives inside a mixed message. */
static void nested(void **state)
{
    bench *t = *state;
    READ(t, "m.eml",
         "From: a@e.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"o\"\n\n--o\n"
         "Content-Type: multipart/alternative;\n boundary=i\n\n--i\nContent-Type: text/plain\n\nPlain words\n--i\n"
         "Content-Type: text/html\n\n<html><p>Rich words</p>\n--i--\n--o\nContent-Type: application/pdf\n\n%PDF\n--o--\n");
    assert_int_equal(t->n, 1);
    is_page(t, 0, DL_RAW_HTML, "<html><p>Rich words</p>\n");
    READ(t, "plain.eml",
         "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: text/plain\n\nPlain words "
         "only\n--o--\n");
    is_page(t, 0, DL_RAW_TEXT, "Plain words only\n");
    READ(t, "one.mht",
         "MIME-Version: 1.0\nContent-Type: text/html\nContent-Location: https://e.example/x\n\n<html>No parts</html>");
    is_page(t, 0, DL_RAW_HTML, "<html>No parts</html>");
    assert_true(str_is(t->page[0].raw.url, "https://e.example/x"));
}

static void troubles(void **state)
{
    bench *t = *state;
    READ(t, "cut.mhtml",
         TOP NEXT "Content-Type: text/html\r\nContent-Location: https://e.example/news/1\r\n\r\n<html><p>It ends he");
    is_page(t, 0, DL_RAW_HTML, "<html><p>It ends he");
    assert_true(t->page[0].raw.cut);
    READ(t, "none.mhtml", TOP NEXT "Content-Type: image/gif\r\n\r\nGIF8\r\n" LAST);
    is_fault(t, 0, DL_EINPUT, 0);
    READ(t, "parts.mhtml", TOP "no boundary at all");
    is_fault(t, 0, DL_EINPUT, 0);
    READ(t, "text", "Note: this is a plain text\nwith a first line that has a colon, and no more than that.\n");
    assert_int_equal(t->page[0].raw.kind, DL_RAW_TEXT);
    READ(t, "safari.webarchive", "bplist00\xd1\x01\x02_\x10\x0fWebMainResource");
    is_fault(t, 0, DL_EINPUT, 0);
    assert_non_null(strstr(t->page[0].err.message, ".webarchive"));
}

/* Multiparts in multiparts without end, and boundaries that nearly are: linear, and it ends. */
static void deep(void **state)
{
    bench *t = *state;
    const size_t n = (size_t)4 << 20;
    char *w = malloc(n);
    assert_non_null(w);
    int k = sprintf(w, "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n");
    static const char level[] = "--a\nContent-Type: multipart/mixed; boundary=a\n\n";
    size_t at = (size_t)k;
    while (at + sizeof level < n / 2) {
        memcpy(w + at, level, sizeof level - 1);
        at += sizeof level - 1;
    }
    memset(w + at, '-', n - at);
    read_bytes(t, "deep", w, n);
    free(w);
    assert_int_equal(t->n, 1);
    assert_int_equal(t->page[0].st, DL_EINPUT);
}

static const char *const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static size_t base64(char *to, const unsigned char *s, size_t n)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i += 3) {
        const uint32_t v = (uint32_t)s[i] << 16 | (i + 1 < n ? (uint32_t)s[i + 1] << 8 : 0) | (i + 2 < n ? s[i + 2] : 0);
        to[k++] = digits[v >> 18];
        to[k++] = digits[v >> 12 & 63];
        to[k++] = i + 1 < n ? digits[v >> 6 & 63] : '=';
        to[k++] = i + 2 < n ? digits[v & 63] : '=';
        if (i % 57 == 54) to[k++] = '\n';
    }
    return k;
}

static size_t quoted(char *to, const unsigned char *s, size_t n)
{
    size_t k = 0, line = 0;
    for (size_t i = 0; i < n; i++) {
        if (line > 70) {
            k += (size_t)sprintf(to + k, "=\r\n");
            line = 0;
        }
        const bool plain = s[i] > ' ' && s[i] < 0x7f && s[i] != '=' && s[i] != '-';
        k += (size_t)sprintf(to + k, plain ? "%c" : "=%02X", s[i]);
        line += plain ? 1 : 3;
    }
    return k;
}

/* Whatever letters a page has, both encodings give them back. */
static void round_trip(void **state)
{
    bench *t = *state;
    static const char *const alphabet[] = {
        "a", "=", "-", "\n", " ", "\xc3\xa9", "\xe6\x97\xa5", "<p>", "--x", ".", "\t", "&amp;"
    };
    uint32_t seed = 7;
    for (int round = 0; round < 200; round++) {
        char want[512] = "<html>", part[4096], message[8192];
        size_t n = 6;
        const size_t len = 6 + (seed >> 16) % 300;
        while (n < len) {
            seed = seed * 1664525 + 1013904223;
            const char *piece = alphabet[(seed >> 16) % 12];
            memcpy(want + n, piece, strlen(piece));
            n += strlen(piece);
        }
        want[n] = '\0';
        const bool b64 = round % 2;
        const size_t coded = (b64 ? base64 : quoted)(part, (const unsigned char *)want, n);
        const int k = sprintf(message,
                              "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: "
                              "text/html; charset=utf-8\r\n"
                              "Content-Transfer-Encoding: %s\r\n\r\n%.*s%s--x--\r\n",
                              b64 ? "base64" : "quoted-printable", (int)coded, part, b64 ? "\r\n" : "=\r\n");
        read_bytes(t, "r.mhtml", message, (size_t)k);
        is_page(t, 0, DL_RAW_HTML, want);
    }
}

/* ---- Pages saved as HTML ---------------------------------------------------------------------- */

static void saved(void **state)
{
    bench *t = *state;
    const int64_t day = dl_seconds(dl_days(2023, 2, 22));
    READ(t, "chrome.html", "<!DOCTYPE html>\r\n<!-- saved from url=(0026)https://e.example/a--b?c=d -->\r\n<html><p>x</p>");
    assert_true(str_is(t->page[0].raw.url, "https://e.example/a--b?c=d"));
    READ(t, "wrong.html", "<!-- saved from url=(0009)https://e.example/short -->\n<html><p>x</p>");
    assert_true(str_is(t->page[0].raw.url, "https://e.example/short"));
    READ(t, "local.html", "<!-- saved from url=(0014)about:internet -->\n<html><p>x</p>");
    assert_int_equal(t->page[0].raw.url.len, 0);
    READ(t, "single.html",
         "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://e.example/s \n saved date: Wed Feb 22 "
         "2023 12:53:00 GMT+0100 "
         "(Central European Standard Time)\n--><meta charset=utf-8><p>x</p>");
    assert_true(str_is(t->page[0].raw.url, "https://e.example/s") && t->page[0].raw.fetched == day + (11 * 60 + 53) * 60);
    READ(t, "we.html",
         "<html><head><meta name=\"savepage-url\" content=\"https://e.example/we\"><meta name=\"savepage-date\" content=\"Wed "
         "Feb 22 2023 11:53:00 "
         "GMT+0000 (Greenwich Mean Time)\"></head><p>x</p>");
    assert_true(str_is(t->page[0].raw.url, "https://e.example/we") && t->page[0].raw.fetched == day + (11 * 60 + 53) * 60);
    READ(t, "track.html",
         "<html>\n<!-- Mirrored from e.example/t.html by HTTrack Website Copier/3.x [XR&CO'2014], Wed, 22 Feb 2023 11:53:00 GMT "
         "-->\n<p>x</p>");
    assert_true(str_is(t->page[0].raw.url, "http://e.example/t.html") && t->page[0].raw.fetched == day + (11 * 60 + 53) * 60);
    READ(t, "given.jsonl",
         "{\"url\":\"https://e.example/given\",\"html\":\"<!-- saved from url=(0020)https://e.example/a -->\\n<html>\"}\n"
         "{\"html\":\"<!-- saved from url=(0019)https://e.example/a -->\\n<html>\"}\n");
    assert_true(str_is(t->page[0].raw.url, "https://e.example/given") && str_is(t->page[1].raw.url, "https://e.example/a"));
    READ(t, "none.html", "<html><p>She said: saved from url=(0001)nothing, Page saved with SingleFile</p>");
    assert_int_equal(t->page[0].raw.url.len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { CASE(blink), CASE(start_and_charset), CASE(nested), CASE(troubles),
                                        CASE(deep),  CASE(round_trip),        CASE(saved) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
