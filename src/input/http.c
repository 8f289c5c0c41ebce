/* http.c: heads and chunks. */
#include "input/http.h"

#include "base/error.h"
#include "input/coding.h"

#define INTERIM_MAX 4 /* heads of interim answers (100 Continue) before the one that counts      */

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

/* The number of a status line that stands at the front; 0: none does. */
static int status_of(dl_str head)
{
    dl_str line, version, word;
    uint64_t status = 0;
    if (!dl_str_next(&head, '\n', &line) || !dl_str_next(&line, ' ', &version) ||
        !dl_str_starts_nocase(version, DL_STR("HTTP/")) || !dl_str_next(&line, ' ', &word) ||
        !dl_str_number(dl_str_trim(word), 999, &status))
        return 0;
    return (int)status;
}

dl_status dl_http_read(dl_http *out, dl_str message, dl_error *err, const char *where, uint64_t offset)
{
    *out = (dl_http){ 0 };
    dl_str head = dl_http_head(message, &out->body);
    out->status = status_of(head);
    for (int k = 0; k < INTERIM_MAX && out->status >= 100 && out->status < 200 && status_of(out->body); k++) {
        head = dl_http_head(out->body, &out->body);
        out->status = status_of(head);
    }
    if (!out->status) return dl_fail(err, DL_EINPUT, where, offset, "http: no status line");
    out->content_type = dl_http_field(head, "content-type");
    out->transfer_encoding = dl_http_field(head, "transfer-encoding");
    out->content_encoding = dl_http_field(head, "content-encoding");
    out->last_modified = dl_http_field(head, "last-modified");
    out->length = dl_http_field(head, "content-length");
    return DL_OK;
}

/* The size before a chunk; SIZE_MAX: none stands there. *at moves behind its line. */
static size_t chunk_size(dl_str s, size_t *at)
{
    size_t n = 0, digits = 0, i = *at;
    for (; i < s.len && dl_hex((unsigned char)s.p[i]) >= 0 && digits < 8; i++, digits++)
        n = n * 16 + (size_t)dl_hex((unsigned char)s.p[i]);
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

static bool names(dl_str field, const char *coding) { return dl_str_find_nocase(field, dl_str_of(coding), 0) != SIZE_MAX; }

/* A transfer coding below the chunks (RFC 9112, 7): its name alone. */
static dl_str below_chunks(dl_str field)
{
    const size_t comma = dl_str_find(field, DL_STR(","), 0);
    return comma == SIZE_MAX ? (dl_str){ NULL, 0 } : dl_str_trim(dl_str_cut(field, 0, comma));
}

dl_status dl_http_body(dl_str *out, const dl_http *h, bool *cut, dl_arena *a, dl_error *err, const char *where, uint64_t offset)
{
    dl_str s = h->body;
    *cut = false;
    dl_status st = DL_OK;
    if (names(h->transfer_encoding, "chunked") && dechunk(&s, h->body, cut, a))
        st = dl_coding_undo(&s, below_chunks(h->transfer_encoding), cut, a, err, where, offset);
    if (dl_arena_failed(a)) return dl_fail_mem(err, where);
    /* Some recorders keep the coding and drop the field: no page begins with the magic number of gzip. */
    const bool unnamed = !h->content_encoding.len && dl_str_starts(s, DL_STR("\x1f\x8b\x08"));
    if (!st) st = dl_coding_undo(&s, unnamed ? DL_STR("gzip") : h->content_encoding, cut, a, err, where, offset);
    uint64_t sent;
    if (!h->transfer_encoding.len && !h->content_encoding.len && dl_str_number(h->length, UINT64_MAX, &sent))
        *cut = *cut || h->body.len < sent;
    *out = s;
    return st;
}
