/* warc.c: records one behind the other. */
#include "input/warc.h"

#include "base/date.h"
#include "base/error.h"
#include "base/limits.h"
#include "input/decode.h"
#include "input/http.h"
#include "input/sniff.h"

#define LINE_ENDS 4u               /* bytes behind a record                                      */
#define HEAD_MAX ((size_t)1 << 16) /* bytes of a record's header                                 */

bool dl_warc_starts(dl_str s) { return dl_str_starts(s, DL_STR("WARC/1.")) || dl_str_starts(s, DL_STR("WARC/0.")); }

/* Goes to the next line that begins a record. */
static void resync(dl_stream *s)
{
    bool fresh = true; /* at the start of a line */
    for (;;) {
        const dl_str w = dl_stream_need(s, HEAD_MAX);
        if (!w.len) return;
        if (fresh && dl_warc_starts(w)) return;
        const char *nl = memchr(w.p, '\n', w.len);
        const size_t n = nl ? (size_t)(nl - w.p) + 1 : w.len;
        dl_stream_take(s, n);
        fresh = nl != NULL;
    }
}

/* What is at the end of a stream that broke: the reason, and on to the next member. */
static dl_status broken(dl_stream *s, dl_error *err)
{
    const dl_error why = s->why;
    dl_stream_resume(s);
    if (err) *err = why;
    return why.status;
}

/* The header's bytes, with their empty line; 0: there is none within HEAD_MAX. */
static size_t header_len(dl_str w)
{
    const dl_str head = dl_str_cut(w, 0, w.len < HEAD_MAX ? w.len : HEAD_MAX);
    const size_t a = dl_str_find(head, DL_STR("\r\n\r\n"), 0), b = dl_str_find(head, DL_STR("\n\n"), 0);
    if (a == SIZE_MAX && b == SIZE_MAX) return 0;
    return a < b ? a + 4 : b + 2;
}

static dl_str kept(dl_arena *a, dl_str s) { return dl_arena_str(a, s); }

/* The page of a response: its body if it is a page that was found. DL_ENONE: none of ours. */
static dl_status response(dl_raw *out, dl_str block, dl_arena *a, const char *where, uint64_t at, dl_error *err)
{
    dl_http h;
    dl_status st = dl_http_read(&h, block, err, where, at);
    if (st) return st;
    if (h.status < 200 || h.status > 299 || !dl_sniff_wanted(h.content_type)) return DL_ENONE;
    bool cut;
    dl_str body;
    st = dl_http_body(&body, &h, &cut, a, err, where, at);
    if (st) return st;
    if (!body.len) return dl_fail(err, DL_EINPUT, where, at, "an empty page");
    out->content_type = kept(a, h.content_type);
    return dl_sniff_page(out, body, a, where, at, err);
}

static dl_status page_of(dl_raw *out, dl_str head, dl_str block, dl_arena *a, const char *where, uint64_t at, dl_error *err)
{
    const dl_str type = dl_http_field(head, "warc-type"), mime = dl_http_field(head, "content-type");
    dl_str url = dl_http_field(head, "warc-target-uri");
    bool timed;
    if (url.len > 1 && url.p[0] == '<' && url.p[url.len - 1] == '>') url = dl_str_cut(url, 1, url.len - 1); /* 1.0 */
    if (dl_str_starts_nocase(url, DL_STR("dns:")) || dl_str_starts_nocase(url, DL_STR("whois:"))) return DL_ENONE;
    *out = (dl_raw){ .given = DL_NEVER, .fetched = DL_NEVER };
    out->url = kept(a, url);
    if (!dl_date_read(dl_http_field(head, "warc-date"), &out->fetched, &timed)) out->fetched = DL_NEVER;
    if (dl_str_eq_nocase(type, DL_STR("response"))) {
        if (mime.len && dl_str_find_nocase(mime, DL_STR("http"), 0) == SIZE_MAX) return DL_ENONE;
        return response(out, block, a, where, at, err);
    }
    if (!dl_str_eq_nocase(type, DL_STR("resource")) && !dl_str_eq_nocase(type, DL_STR("conversion"))) return DL_ENONE;
    if (!dl_sniff_wanted(mime) || !block.len) return DL_ENONE;
    out->content_type = kept(a, mime);
    return dl_sniff_page(out, block, a, where, at, err);
}

/* A line end must stand behind a record; false: something else does. */
static bool at_record_end(dl_stream *s)
{
    const dl_str w = dl_stream_need(s, 1);
    return !w.len || w.p[0] == '\r' || w.p[0] == '\n' || dl_warc_starts(dl_stream_need(s, 8));
}

static dl_status one_record(dl_stream *s, dl_raw *out, dl_arena *a, dl_error *err)
{
    const uint64_t at = dl_stream_offset(s);
    dl_str w = dl_stream_need(s, HEAD_MAX);
    const size_t head_len = header_len(w);
    if (!dl_warc_starts(w) || !head_len) {
        if (dl_stream_broken(s)) return broken(s, err);
        const bool starts = dl_warc_starts(w);
        /* Where no header ends within reach, none that begins in the first half does: bytes are searched twice at most. */
        dl_stream_take(s, !starts ? 1 : w.len < HEAD_MAX ? w.len : HEAD_MAX / 2);
        resync(s);
        return dl_fail(err, DL_EINPUT, s->where, at, starts ? "warc: the header does not end" : "warc: no record begins here");
    }
    uint64_t len = 0;
    dl_str head = dl_str_cut(w, 0, head_len);
    if (!dl_str_number(dl_http_field(head, "content-length"), UINT64_C(1) << 50, &len)) {
        if (dl_stream_broken(s)) return broken(s, err);
        dl_stream_take(s, head_len);
        resync(s);
        return dl_fail(err, DL_EINPUT, s->where, at, "warc: the record has no length");
    }
    if (len > DL_PAGE_MAX && (s->codec || w.len >= head_len + len)) {
        const bool whole = dl_stream_skip(s, head_len + len);
        if (!whole && dl_stream_broken(s)) return broken(s, err);
        return dl_fail(err, DL_ELIMIT, s->where, at, "limit: a record of %llu bytes", (unsigned long long)len);
    }
    if (len <= DL_PAGE_MAX) w = dl_stream_need(s, head_len + (size_t)len + LINE_ENDS);
    if (w.len < head_len + len) {
        if (dl_stream_broken(s)) return broken(s, err);
        dl_stream_take(s, head_len);
        resync(s); /* a length that is too large may hide the records behind */
        return dl_fail(err, DL_EINPUT, s->where, at, "warc: the record is shorter than its header says");
    }
    /* The check sum of a member is behind its last byte. */
    if (dl_stream_broken(s) && w.len <= head_len + len + LINE_ENDS) return broken(s, err);
    head = dl_str_cut(w, 0, head_len);
    dl_status st = page_of(out, head, dl_str_cut(w, head_len, head_len + (size_t)len), a, s->where, at, err);
    dl_stream_take(s, head_len + (size_t)len);
    if (!at_record_end(s)) {
        resync(s);
        return dl_fail(err, DL_EINPUT, s->where, at, "warc: the record is longer than its header says");
    }
    return st;
}

dl_status dl_warc_next(dl_stream *s, dl_raw *out, uint32_t *number, dl_arena *a, dl_error *err)
{
    for (;;) {
        const dl_str w = dl_stream_need(s, 1);
        if (!w.len) {
            if (dl_stream_broken(s)) return broken(s, err);
            return DL_ENONE;
        }
        if (w.p[0] == '\r' || w.p[0] == '\n') { /* more line ends than there should be */
            dl_stream_take(s, 1);
            continue;
        }
        ++*number;
        const dl_status st = one_record(s, out, a, err);
        if (st != DL_ENONE) return st;
    }
}
