/* http.c: heads, chunks and content codings. */
#include "input/http.h"

#include <zlib.h>

#include "base/error.h"
#include "base/limits.h"

dl_str dl_http_head(dl_str block, dl_str *body)
{
    const size_t a = dl_str_find(block, DL_STR("\r\n\r\n"), 0), b = dl_str_find(block, DL_STR("\n\n"), 0);
    size_t end = a < b ? a : b, gap = a < b ? 4 : 2;
    if (end == SIZE_MAX) end = block.len, gap = 0;
    *body = dl_str_cut(block, end + gap, block.len);
    return dl_str_cut(block, 0, end);
}

dl_str dl_http_field(dl_str head, const char *name)
{
    const dl_str want = dl_str_of(name);
    dl_str line;
    while (dl_str_next(&head, '\n', &line)) {
        const size_t colon = dl_str_find(line, DL_STR(":"), 0);
        if (colon != SIZE_MAX && dl_str_eq_nocase(dl_str_trim(dl_str_cut(line, 0, colon)), want))
            return dl_str_trim(dl_str_cut(line, colon + 1, line.len));
    }
    return (dl_str){ NULL, 0 };
}

dl_status dl_http_read(dl_http *out, dl_str message, dl_error *err, const char *where, uint64_t offset)
{
    *out = (dl_http){ 0 };
    dl_str head = dl_http_head(message, &out->body), rest = head, line, version, word;
    uint64_t status = 0;
    if (!dl_str_next(&rest, '\n', &line) || !dl_str_next(&line, ' ', &version) ||
        !dl_str_starts_nocase(version, DL_STR("HTTP/")) || !dl_str_next(&line, ' ', &word) ||
        !dl_str_number(dl_str_trim(word), 999, &status))
        return dl_fail(err, DL_EINPUT, where, offset, "http: no status line");
    out->status = (int)status;
    out->content_type = dl_http_field(head, "content-type");
    out->transfer_encoding = dl_http_field(head, "transfer-encoding");
    out->content_encoding = dl_http_field(head, "content-encoding");
    out->last_modified = dl_http_field(head, "last-modified");
    return DL_OK;
}

static int hex(int c)
{
    if (dl_is_digit(c)) return c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The size before a chunk; SIZE_MAX: none stands there. *at moves behind its line. */
static size_t chunk_size(dl_str s, size_t *at)
{
    size_t n = 0, digits = 0, i = *at;
    for (; i < s.len && hex((unsigned char)s.p[i]) >= 0 && digits < 8; i++, digits++)
        n = n * 16 + (size_t)hex((unsigned char)s.p[i]);
    const size_t end = dl_str_find(s, DL_STR("\n"), i);
    if (!digits || end == SIZE_MAX || end - i > 256) return SIZE_MAX;
    for (size_t k = i; k < end && s.p[k] != ';'; k++)
        if (s.p[k] != ' ' && s.p[k] != '\r') return SIZE_MAX;
    *at = end + 1;
    return n;
}

/* RFC 9112, 7.1. False: it is not chunked, whatever the head says. */
static bool dechunk(dl_str *out, dl_str s, bool *cut, dl_arena *a)
{
    size_t at = 0, made = 0;
    size_t n = chunk_size(s, &at);
    if (n == SIZE_MAX) return false;
    char *to = dl_arena_raw(a, s.len + 1, 1);
    while (to && n && n != SIZE_MAX) {
        const size_t k = n < s.len - at ? n : s.len - at;
        memcpy(to + made, s.p + at, k);
        made += k;
        at += k;
        if (at < s.len && s.p[at] == '\r') at++;
        if (at < s.len && s.p[at] == '\n') at++;
        n = k < n ? SIZE_MAX : chunk_size(s, &at);
    }
    *cut = *cut || n == SIZE_MAX;
    *out = (dl_str){ to, made };
    return true;
}

/* zlib's window bits for what the bytes are: gzip, zlib, or raw deflate. */
static int window_bits(dl_str s, bool deflate)
{
    const unsigned char *p = (const unsigned char *)s.p;
    if (s.len > 2 && p[0] == 0x1f && p[1] == 0x8b) return 15 + 16;
    if (s.len > 1 && (p[0] & 0x0f) == 8 && ((unsigned)p[0] << 8 | p[1]) % 31 == 0) return 15;
    return deflate ? -15 : 0;
}

static dl_status unpack(dl_str *io, int bits, bool *cut, dl_arena *a, dl_error *err, const char *where, uint64_t offset)
{
    z_stream z = { 0 };
    size_t cap = io->len < DL_PAGE_MAX / 4 ? io->len * 4 + 1024 : DL_PAGE_MAX, len = 0;
    char *p = dl_arena_raw(a, cap, 1);
    if (!p || inflateInit2(&z, bits) != Z_OK) return dl_fail_mem(err, where);
    z.next_in = (unsigned char *)(uintptr_t)io->p;
    z.avail_in = (uInt)io->len;
    int r = Z_OK;
    dl_status st = DL_OK;
    while (r == Z_OK && !st) {
        if (len == cap && cap >= DL_PAGE_MAX) {
            st = dl_fail(err, DL_ELIMIT, where, offset, "limit: page: its body unpacks to more than %zu bytes", DL_PAGE_MAX);
        } else if (len == cap) {
            char *wide = dl_arena_grow(a, p, len, cap * 2 < DL_PAGE_MAX ? cap * 2 : DL_PAGE_MAX, 1);
            if (!wide) st = dl_fail_mem(err, where);
            p = wide;
            cap = cap * 2 < DL_PAGE_MAX ? cap * 2 : DL_PAGE_MAX;
        }
        if (st) break;
        z.next_out = (unsigned char *)p + len;
        z.avail_out = (uInt)(cap - len);
        r = inflate(&z, Z_NO_FLUSH);
        len = cap - z.avail_out;
    }
    inflateEnd(&z);
    if (st) return st;
    if (r != Z_STREAM_END && !len) return dl_fail(err, DL_EINPUT, where, offset, "http: the body's compression is damaged");
    *cut = *cut || r != Z_STREAM_END;
    *io = (dl_str){ p, len };
    return DL_OK;
}

static bool names(dl_str field, const char *coding) { return dl_str_find_nocase(field, dl_str_of(coding), 0) != SIZE_MAX; }

dl_status dl_http_body(dl_str *out, const dl_http *h, bool *cut, dl_arena *a, dl_error *err, const char *where, uint64_t offset)
{
    dl_str s = h->body;
    *cut = false;
    if (names(h->transfer_encoding, "chunked")) dechunk(&s, h->body, cut, a);
    if (dl_arena_failed(a)) return dl_fail_mem(err, where);
    const dl_str coding = h->content_encoding;
    const bool deflate = names(coding, "deflate"), gzip = names(coding, "gzip");
    if (coding.len && !deflate && !gzip && !names(coding, "identity")) {
        /* Recorders that undo the coding keep its name: text begins with white space or a mark. */
        const bool bare = s.len && (dl_is_space((unsigned char)s.p[0]) || s.p[0] == '<' || s.p[0] == '{');
        if (!bare && (names(coding, "br") || names(coding, "zstd") || names(coding, "compress")))
            return dl_fail(err, DL_EINPUT, where, offset, "http: content coding %.*s is not read",
                           (int)(coding.len < 20 ? coding.len : 20), coding.p);
    }
    const bool bare_text = s.len && (s.p[0] == '<' || dl_is_space((unsigned char)s.p[0]));
    const int bits = (gzip || deflate) && s.len ? window_bits(s, deflate && !bare_text) : 0;
    *out = s;
    return bits ? unpack(out, bits, cut, a, err, where, offset) : DL_OK;
}
