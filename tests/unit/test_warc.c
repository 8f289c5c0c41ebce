/* test_warc.c: WARC files as crawls serve them: coded bodies, records that are cut, lie or are none of ours, feeds among them, and the byte that each error names. */
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <zstd.h>

#include "base/date.h"
#include "input_bench.h"

#define OK_HEAD "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
static const char page[] = "<html><p>Coded body</p>";
static const char good[] = OK_HEAD "\r\n<html><p>Good</p>";

/* A response with these header lines and this body. */
static void read_response(bench *t, const char *fields, const void *body, size_t n)
{
    char block[4096], w[8192];
    const int k = sprintf(block, OK_HEAD "%s\r\n", fields);
    memcpy(block + k, body, n);
    read_bytes(t, "r.warc", w, record(w, "response", block, (size_t)k + n, 0));
}

static void is_only(bench *t, const char *bytes, bool cut)
{
    is_page(t, 0, DL_RAW_HTML, bytes);
    assert_int_equal(t->n, 1);
    assert_int_equal(t->page[0].raw.cut, cut);
}

/* RFC 7932 by hand: window of 16 bits, one meta-block of stored bytes, the last empty one. */
static const unsigned char brotli[] = { 0x0f, 0x0b, 0x80, 0x3c, 0x68, 0x74, 0x6d, 0x6c, 0x3e, 0x3c, 0x70, 0x3e, 0x43, 0x6f,
                                        0x64, 0x65, 0x64, 0x20, 0x62, 0x6f, 0x64, 0x79, 0x3c, 0x2f, 0x70, 0x3e, 0x03 };

static void codings(void **state)
{
    bench *t = *state;
    unsigned char z[512];
    size_t n = gzip(z, sizeof z, page, sizeof page - 1);
    read_response(t, "Content-Encoding: gzip\r\n", z, n);
    is_only(t, page, false);
    read_response(t, "content-encoding:X-GZIP\r\n", z, n);
    is_only(t, page, false);
    read_response(t, "X-Other: 1\r\n", z, n); /* the field is lost */
    is_only(t, page, false);
    read_response(t, "Content-Encoding: deflate\r\n", z, deflated(z, sizeof z, 15, page, sizeof page - 1));
    is_only(t, page, false);
    read_response(t, "Content-Encoding: deflate\r\n", z, deflated(z, sizeof z, -15, page, sizeof page - 1));
    is_only(t, page, false);
    read_response(t, "Content-Encoding: br\r\n", brotli, sizeof brotli);
    is_only(t, page, false);
    n = ZSTD_compress(z, sizeof z, page, sizeof page - 1, 3);
    read_response(t, "Content-Encoding: zstd\r\n", z, n);
    is_only(t, page, false);
    unsigned char twice[600];
    n = gzip(twice, sizeof twice, brotli, sizeof brotli);
    read_response(t, "Content-Encoding: br, gzip\r\n", twice, n);
    is_only(t, page, false);
    static const char *const undone[] = { "gzip", "deflate", "br", "zstd", "compress", "identity", "utf-8", "none" };
    for (size_t i = 0; i < sizeof undone / sizeof undone[0]; i++) { /* the recorder undid it and left the field */
        char field[64];
        snprintf(field, sizeof field, "Content-Encoding: %s\r\n", undone[i]);
        read_response(t, field, page, sizeof page - 1);
        is_only(t, page, false);
    }
    read_response(t, "Content-Encoding: compress\r\n", "\x1f\x9d\x90\x3c", 4);
    is_fault(t, 0, DL_EINPUT, 0);
}

/* Chunks around a coded body, in both places where it can be said. */
static void chunked_codings(void **state)
{
    bench *t = *state;
    unsigned char z[512];
    char body[1024];
    const size_t n = gzip(z, sizeof z, page, sizeof page - 1), half = n / 2;
    int k = sprintf(body, "%zx\r\n", half);
    memcpy(body + k, z, half);
    k += (int)half;
    k += sprintf(body + k, "\r\n%zX;name=value\r\n", n - half);
    memcpy(body + k, z + half, n - half);
    k += (int)(n - half);
    const int end = k + sprintf(body + k, "\r\n0\r\nTrailer: x\r\n\r\n");
    read_response(t, "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", body, (size_t)end);
    is_only(t, page, false);
    read_response(t, "Transfer-Encoding: gzip, chunked\r\n", body, (size_t)end);
    is_only(t, page, false);
    read_response(t, "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", body, (size_t)k); /* no last chunk */
    is_only(t, page, true);
    read_response(t, "Transfer-Encoding: chunked\r\n", page, sizeof page - 1); /* the recorder undid it */
    is_only(t, page, false);
}

static void cut_bodies(void **state)
{
    bench *t = *state;
    unsigned char z[512];
    char w[2048];
    read_response(t, "Content-Length: 400\r\n", page, sizeof page - 1);
    is_only(t, page, true);
    read_response(t, "Content-Length: 23\r\n", page, sizeof page - 1);
    is_only(t, page, false);
    read_response(t, "Content-Length: 5\r\n", page, sizeof page - 1); /* all that was recorded is the page */
    is_only(t, page, false);
    read_response(t, "Content-Length: 900\r\nContent-Encoding: gzip\r\n", page,
                  sizeof page - 1); /* the length of what was sent */
    is_only(t, page, false);
    const size_t n = gzip(z, sizeof z, page, sizeof page - 1);
    read_response(t, "Content-Encoding: gzip\r\n", z, n - 8); /* its check sum is missing */
    is_only(t, page, true);
    read_response(t, "Content-Encoding: br\r\n", brotli, sizeof brotli - 1);
    is_only(t, page, true);
    const int k = sprintf(w,
                          "WARC/1.1\r\nWARC-Type: response\r\nWARC-Truncated: length\r\nContent-Type: "
                          "application/http\r\nContent-Length: %zu\r\n\r\n",
                          sizeof good - 1);
    memcpy(w + k, good, sizeof good - 1);
    read_bytes(t, "t.warc", w, (size_t)k + sizeof good - 1); /* and no line end behind it */
    is_only(t, "<html><p>Good</p>", true);
}

static size_t typed(char *to, const char *status, const char *type, const char *body)
{
    char block[1024];
    const int n = sprintf(block, "HTTP/1.1 %s\r\nContent-Type: %s\r\n\r\n%s", status, type, body);
    return record(to, "response", block, (size_t)n, 0);
}

static void passed_by(void **state)
{
    bench *t = *state;
    static const char *const kinds[] = { "warcinfo", "request", "metadata", "revisit", "continuation", "x-other" };
    char w[8192];
    size_t n = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) n += record(w + n, kinds[i], good, sizeof good - 1, 0);
    n += typed(w + n, "200 OK", "image/jpeg", "\xff\xd8\xff\xe0");
    n += typed(w + n, "200 OK", "text/css", "p { color: red }");
    n += typed(w + n, "200 OK", "application/json", "{\"a\": 1}");
    n += typed(w + n, "200 OK", "application/xml", "<?xml version=\"1.0\"?><urlset><url/></urlset>");
    n += typed(w + n, "200 OK", "application/octet-stream", "PK\x03\x04zip");
    n += typed(w + n, "200 OK", "", "%PDF-1.7");
    n += typed(w + n, "301 Moved", "text/html", "<html>moved");
    n += typed(w + n, "404 Not Found", "text/html", "<html>no");
    n += typed(w + n, "500 Error", "text/html", "<html>no");
    n += typed(w + n, "200 OK", "text/html", "<html><p>The one page</p>");
    n += typed(w + n, "200 OK", "text/html", "\x89PNG\r\n\x1a\n"); /* says that it is a page: a broken one */
    read_bytes(t, "p.warc", w, n);
    is_page(t, 0, DL_RAW_HTML, "<html><p>The one page</p>");
    assert_true(dl_str_ends(t->page[0].raw.id, DL_STR("#16")));
    assert_int_equal(t->page[1].st, DL_EINPUT);
    assert_int_equal(t->n, 2);
}

static void interim_heads(void **state)
{
    bench *t = *state;
    char w[1024];
    static const char block[] =
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </s.css>\r\n\r\n" OK_HEAD "\r\n<html>After both";
    read_bytes(t, "i.warc", w, record(w, "response", block, sizeof block - 1, 0));
    is_only(t, "<html>After both", false);
}

/* A length that is too large by less than the next record: that one is not lost. */
static void wrong_lengths(void **state)
{
    bench *t = *state;
    char w[4096];
    for (long lie = -17; lie <= 200; lie += 7) {
        size_t n = record(w, "response", good, sizeof good - 1, 0);
        const size_t second = n;
        n += record(w + n, "response", good, sizeof good - 1, lie);
        n += record(w + n, "response", good, sizeof good - 1, 0);
        n += record(w + n, "response", good, sizeof good - 1, 0);
        unsigned char z[4096];
        const bool small = lie >= 0 && lie <= 4; /* within the line ends */
        read_bytes(t, "l.warc", w, n);
        assert_int_equal(t->n, 4);
        for (size_t i = 0; i < 4; i++)
            if (i != 1) is_page(t, i, DL_RAW_HTML, "<html><p>Good</p>");
        if (!small) is_fault(t, 1, DL_EINPUT, second);
        read_bytes(t, "l.warc.gz", z, gzip(z, sizeof z, w, n));
        assert_int_equal(t->n, 4);
    }
}

/* Many small members: each error names its own member's byte, though several are unpacked at once. */
static void packed_offsets(void **state)
{
    bench *t = *state;
    char w[1024];
    unsigned char z[16384];
    size_t n = 0, at[8];
    static const char no_status[] = "not a response at all";
    for (int i = 0; i < 8; i++) {
        at[i] = n;
        const bool bad = i % 2;
        const size_t k = record(w, "response", bad ? no_status : good, bad ? sizeof no_status - 1 : sizeof good - 1, 0);
        n += gzip(z + n, sizeof z - n, w, k);
    }
    read_bytes(t, "o.warc.gz", z, n);
    assert_int_equal(t->n, 8);
    for (size_t i = 0; i < 8; i++) {
        if (i % 2) {
            is_fault(t, i, DL_EINPUT, at[i]);
        } else {
            is_page(t, i, DL_RAW_HTML, "<html><p>Good</p>");
            assert_true(t->page[i].raw.at == at[i]);
        }
    }
}

/* The member behind a good one is damaged from its first byte on: the good one is read. */
static void damaged_next(void **state)
{
    bench *t = *state;
    char w[1024];
    unsigned char z[4096];
    const size_t k = record(w, "response", good, sizeof good - 1, 0), first = gzip(z, sizeof z, w, k),
                 n = first + gzip(z + first, 2048, w, k);
    memset(z + first + 10, 0xff, 20);
    read_bytes(t, "d.warc.gz", z, n);
    is_page(t, 0, DL_RAW_HTML, "<html><p>Good</p>");
    is_fault(t, 1, DL_EINPUT, first);
    assert_int_equal(t->n, 2);
}

static uint32_t roll(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

/* Records of several kinds, some with lengths that lie, in one member each or plain; a few bytes of it are damaged. */
static size_t random_file(unsigned char *to, size_t cap, uint32_t *seed)
{
    char w[2048];
    const bool packed = roll(seed) % 2;
    size_t n = 0;
    for (uint32_t k = 2 + roll(seed) % 8; k > 0 && n + 2048 < cap; k--) {
        const char *type = roll(seed) % 4 ? "response" : "request";
        const long lie = roll(seed) % 5 ? 0 : (long)(roll(seed) % 120) - 40;
        const size_t len = record(w, type, good, sizeof good - 1, lie);
        if (packed)
            n += gzip(to + n, cap - n, w, len);
        else
            memcpy(to + n, w, len), n += len;
    }
    for (uint32_t k = roll(seed) % 4; k > 0; k--) to[roll(seed) % n] ^= (unsigned char)(1 + roll(seed) % 255);
    return n;
}

/* The same bytes through a pipe, written in small pieces. */
static void read_piped(bench *t, const unsigned char *bytes, size_t n)
{
    snprintf(t->path, sizeof t->path, "%s/pipe", t->dir);
    assert_int_equal(mkfifo(t->path, 0600), 0);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (!child) {
        const int fd = open(t->path, O_WRONLY);
        for (size_t at = 0; fd >= 0 && at < n; at += 100)
            if (write(fd, bytes + at, n - at < 100 ? n - at : 100) < 0) break;
        _exit(0);
    }
    read_all(t, t->path);
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_int_equal(unlink(t->path), 0);
}

/* Whatever is in it: a pipe gives what a file gives, every fault lies inside. */
static void pipes_and_files(void **state)
{
    bench *t = *state;
    static unsigned char bytes[1 << 16];
    static got file[32];
    uint32_t seed = 11, pages = 0, faults = 0;
    for (int round = 0; round < 300; round++) {
        const size_t n = random_file(bytes, sizeof bytes, &seed);
        dl_arena_reset(&t->a);
        read_bytes(t, "file", bytes, n);
        const size_t found = t->n;
        memcpy(file, t->page, sizeof file);
        for (size_t i = 0; i < found; i++) {
            faults += file[i].st != DL_OK;
            pages += file[i].st == DL_OK;
            if (file[i].st) assert_true(file[i].err.offset <= n);
        }
        read_piped(t, bytes, n);
        assert_int_equal(t->n, found);
        for (size_t i = 0; i < found; i++) {
            assert_int_equal(t->page[i].st, file[i].st);
            if (file[i].st) assert_true(t->page[i].err.offset == file[i].err.offset);
            if (!file[i].st)
                assert_true(dl_str_eq(t->page[i].raw.bytes, file[i].raw.bytes) && t->page[i].raw.at == file[i].raw.at);
        }
    }
    assert_true(pages > 300 && faults > 100);
}

#define FEED                                                                                                                     \
    "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><item><title>One</title><description>First "                           \
    "words.</description></item>"                                                                                                \
    "<item><title>Two</title><link>https://e.example/2</link><description>Second words.</description></item></channel></rss>"

static void feeds(void **state)
{
    bench *t = *state;
    char w[8192];
    size_t n = typed(w, "200 OK", "application/rss+xml; charset=utf-8", FEED);
    n += typed(w + n, "200 OK", "text/html", "<html><p>Between</p>");
    n += typed(w + n, "200 OK", "text/html", FEED); /* as many servers say */
    const size_t broken = n;
    n += typed(w + n, "200 OK", "text/xml", "<rss><channel><item><description>Whole.</description></item><item>");
    n += typed(w + n, "200 OK", "application/feed+json",
               "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"j\",\"content_html\":\"<p>Json</p>\","
               "\"authors\":[{\"name\":\"Ann Lee\"},{\"name\":\"Bo Hu\"}]}]}");
    read_bytes(t, "f.warc", w, n);
    is_page(t, 0, DL_RAW_TEXT, "First words.");
    is_page(t, 1, DL_RAW_TEXT, "Second words.");
    assert_true(dl_str_ends(t->page[0].raw.id, DL_STR("f.warc#1.1")) && dl_str_ends(t->page[1].raw.id, DL_STR("#1.2")));
    assert_true(str_is(t->page[1].raw.url, "https://e.example/2"));
    assert_true(t->page[1].raw.fetched == dl_seconds(dl_days(2023, 2, 22)) + (11 * 60 + 53) * 60);
    is_page(t, 2, DL_RAW_HTML, "<html><p>Between</p>");
    assert_true(dl_str_ends(t->page[2].raw.id, DL_STR("#2")));
    is_page(t, 4, DL_RAW_TEXT, "Second words.");
    is_page(t, 5, DL_RAW_TEXT, "Whole.");
    is_fault(t, 6, DL_EINPUT, broken);
    is_page(t, 7, DL_RAW_HTML, "<p>Json</p>");
    assert_true(str_is(t->page[7].raw.author, "Ann Lee, Bo Hu"));
    assert_int_equal(t->n, 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = { CASE(codings),        CASE(chunked_codings), CASE(cut_bodies),
                                        CASE(passed_by),      CASE(interim_heads),   CASE(wrong_lengths),
                                        CASE(packed_offsets), CASE(damaged_next),    CASE(pipes_and_files),
                                        CASE(feeds) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
