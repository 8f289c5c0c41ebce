/* warc.c: records one behind the other. */
#include "input/warc.h"

#include "base/date.h"
#include "base/error.h"
#include "base/limits.h"
#include "input/decode.h"
#include "input/http.h"

#define LINE_ENDS 4u               /* bytes behind a record                                      */
#define BEHIND (LINE_ENDS + 8u)    /* and those that show the next                               */
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

/* The bytes of a record as a page or a feed, by what they are said to be and are. DL_ENONE: neither. */
static dl_status body_of(dl_raw *out, dl_sniffed *kind, dl_str body, dl_str type, dl_arena *a, const char *where, uint64_t at,
                         dl_error *err)
{
    const dl_typed typed = dl_sniff_typed(type);
    const dl_sniffed is = dl_sniff(body);
    out->content_type = kept(a, type);
    if (typed != DL_TYPED_NOT && (is == DL_SNIFF_FEED || is == DL_SNIFF_JSON_FEED)) {
        *kind = is;
        out->bytes = kept(a, body);
        return dl_arena_failed(a) ? dl_fail_mem(err, where) : DL_OK;
    }
    if (typed == DL_TYPED_NOT || typed == DL_TYPED_FEED || (typed == DL_TYPED_OPEN && dl_sniff_binary(body))) return DL_ENONE;
    *kind = DL_SNIFF_PAGE;
    return dl_sniff_page(out, body, a, where, at, err);
}

static dl_status response(dl_raw *out, dl_sniffed *kind, dl_str block, dl_arena *a, const char *where, uint64_t at, dl_error *err)
{
    dl_http h;
    dl_status st = dl_http_read(&h, block, err, where, at);
    if (st) return st;
    if (h.status < 200 || h.status > 299 || dl_sniff_typed(h.content_type) == DL_TYPED_NOT) return DL_ENONE;
    bool cut;
    dl_str body;
    st = dl_http_body(&body, &h, &cut, a, err, where, at);
    if (st) return st;
    out->cut = out->cut || cut || h.status == 206;
    if (!body.len) return dl_fail(err, DL_EINPUT, where, at, "an empty page");
    return body_of(out, kind, body, h.content_type, a, where, at, err);
}

static dl_status page_of(dl_raw *out, dl_sniffed *kind, dl_str head, dl_str block, dl_arena *a, const char *where, uint64_t at,
                         dl_error *err)
{
    const dl_str type = dl_http_field(head, "warc-type"), mime = dl_http_field(head, "content-type");
    dl_str url = dl_http_field(head, "warc-target-uri");
    bool timed;
    if (url.len > 1 && url.p[0] == '<' && url.p[url.len - 1] == '>') url = dl_str_cut(url, 1, url.len - 1); /* 1.0 */
    if (dl_str_starts_nocase(url, DL_STR("dns:")) || dl_str_starts_nocase(url, DL_STR("whois:"))) return DL_ENONE;
    if (dl_str_ends(url, DL_STR("/robots.txt"))) return DL_ENONE; /* the crawler's own business */
    *out = (dl_raw){ .given = DL_NEVER, .fetched = DL_NEVER, .at = at };
    out->url = kept(a, url);
    out->cut = dl_http_field(head, "warc-truncated").len > 0;
    if (!dl_date_read(dl_http_field(head, "warc-date"), &out->fetched, &timed)) out->fetched = DL_NEVER;
    if (dl_str_eq_nocase(type, DL_STR("response"))) {
        if (mime.len && dl_str_find_nocase(mime, DL_STR("http"), 0) == SIZE_MAX) return DL_ENONE;
        return response(out, kind, block, a, where, at, err);
    }
    if (!dl_str_eq_nocase(type, DL_STR("resource")) && !dl_str_eq_nocase(type, DL_STR("conversion"))) return DL_ENONE;
    return block.len ? body_of(out, kind, block, mime, a, where, at, err) : DL_ENONE;
}

/* Where in w[beg, end) a line begins that begins a record; SIZE_MAX: nowhere. */
static size_t next_record(dl_str w, size_t beg, size_t end)
{
    const dl_str s = dl_str_cut(w, 0, end + 8 < w.len ? end + 8 : w.len);
    for (size_t at = beg; (at = dl_str_find(s, DL_STR("\nWARC/"), at)) != SIZE_MAX; at++)
        if (dl_warc_starts(dl_str_cut(s, at + 1, s.len))) return at + 1;
    return SIZE_MAX;
}

/* Does the record whose block is w[beg, end) end there: are line ends behind it, and the next record or the end? Where something else is, a line end
 * will do, unless a record begins inside the block. */
static bool ends_at(dl_str w, size_t beg, size_t end)
{
    size_t at = end;
    while (at < w.len && (w.p[at] == '\r' || w.p[at] == '\n')) at++;
    if (at == w.len || dl_warc_starts(dl_str_cut(w, at, w.len))) return true;
    return at > end && next_record(w, beg - 1, end) == SIZE_MAX;
}

/* The header of a record, which w begins with: its length in bytes and that of its block. */
static dl_status read_header(dl_stream *s, dl_str w, size_t *head_len, uint64_t *len, uint64_t at, dl_error *err)
{
    *head_len = header_len(w);
    if (!dl_warc_starts(w) || !*head_len) {
        if (dl_stream_broken(s)) return broken(s, err);
        const bool starts = dl_warc_starts(w);
        /* Where no header ends within reach, none that begins in the first half does: bytes are searched twice at most. */
        dl_stream_take(s, !starts ? 1 : w.len < HEAD_MAX ? w.len : HEAD_MAX / 2);
        resync(s);
        return dl_fail(err, DL_EINPUT, s->where, at, starts ? "warc: the header does not end" : "warc: no record begins here");
    }
    if (dl_str_number(dl_http_field(dl_str_cut(w, 0, *head_len), "content-length"), UINT64_C(1) << 50, len)) return DL_OK;
    if (dl_stream_broken(s)) return broken(s, err);
    dl_stream_take(s, *head_len);
    resync(s);
    return dl_fail(err, DL_EINPUT, s->where, at, "warc: the record has no length");
}

/* A record whose length is not that of its block: passed over, to where the next one begins. */
static dl_status misjudged(dl_stream *s, dl_str w, size_t head_len, size_t end, uint64_t at, dl_error *err)
{
    const size_t next = next_record(w, head_len ? head_len - 1 : 0, end < w.len ? end : w.len);
    dl_stream_take(s, next != SIZE_MAX ? next : end < w.len ? end : head_len);
    if (next == SIZE_MAX) resync(s);
    const bool less = next != SIZE_MAX || end >= w.len;
    return dl_fail(err, DL_EINPUT, s->where, at, "warc: the record is %s than its header says", less ? "shorter" : "longer");
}

static dl_status one_record(dl_stream *s, dl_raw *out, dl_sniffed *kind, dl_arena *a, dl_error *err)
{
    const uint64_t at = dl_stream_offset(s);
    dl_str w = dl_stream_need(s, HEAD_MAX);
    size_t head_len;
    uint64_t len = 0;
    dl_status st = read_header(s, w, &head_len, &len, at, err);
    if (st) return st;
    if (len > DL_PAGE_MAX && (!dl_stream_open_book(s) || w.len >= head_len + len)) {
        const bool whole = dl_stream_skip(s, head_len + len);
        if (!whole && dl_stream_broken(s)) return broken(s, err);
        return dl_fail(err, DL_ELIMIT, s->where, at, "limit: a record of %llu bytes", (unsigned long long)len);
    }
    if (len <= DL_PAGE_MAX) w = dl_stream_need(s, head_len + (size_t)len + LINE_ENDS);
    const size_t end = len <= DL_PAGE_MAX ? head_len + (size_t)len : SIZE_MAX;
    if (w.len < end) {
        if (dl_stream_broken(s)) return broken(s, err);
        return misjudged(s, w, head_len, end, at, err); /* a length that is too large may hide the records behind */
    }
    /* The check sum of a member is behind its last byte; a member behind it is another matter. */
    if (dl_stream_broken(s) && s->member == at && w.len <= end + LINE_ENDS) return broken(s, err);
    w = dl_stream_need(s, end + BEHIND);
    if (!ends_at(w, head_len, end)) return misjudged(s, w, head_len, end, at, err);
    st = page_of(out, kind, dl_str_cut(w, 0, head_len), dl_str_cut(w, head_len, end), a, s->where, at, err);
    dl_stream_take(s, end);
    return st;
}

dl_status dl_warc_next(dl_stream *s, dl_raw *out, dl_sniffed *kind, uint32_t *number, dl_arena *a, dl_error *err)
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
        const dl_status st = one_record(s, out, kind, a, err);
        if (st != DL_ENONE) return st;
    }
}
