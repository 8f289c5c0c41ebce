/* stream.c: plain, gzip (RFC 1952) and zstd (RFC 8878) files as one run of bytes. */
#include "input/stream.h"

#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

#include "base/error.h"
#include "base/limits.h"

#define MAGIC 4u                       /* bytes that tell a codec                              */
#define KEEP_MAX ((size_t)64 << 20)    /* of a member, to look through where it is damaged     */
#define STEP ((size_t)1 << 16)         /* bytes made at a time                                 */
#define BOMB_FREE ((uint64_t)16 << 20) /* bytes that any member may make                       */
#define WINDOW_MAX (DL_LINE_MAX + STEP)

static bool starts(dl_str s, size_t at, const char *magic, size_t n) { return s.len - at >= n && !memcmp(s.p + at, magic, n); }

static bool gzip_at(dl_str s, size_t at) { return at < s.len && starts(s, at, "\x1f\x8b\x08", 3); }

/* A frame, or a frame that holds no data (0x184D2A50 to 5F), as crawls begin with. */
static bool zstd_at(dl_str s, size_t at)
{
    if (at >= s.len) return false;
    return starts(s, at, "\x28\xb5\x2f\xfd", 4) ||
           (s.len - at >= 4 && ((unsigned char)s.p[at] & 0xf0) == 0x50 && !memcmp(s.p + at + 1, "\x2a\x4d\x18", 3));
}

static void give_up(dl_stream *s, dl_status st, const char *why)
{
    s->broken = true;
    (void)dl_fail(&s->why, st, s->where, s->member, "%s", why);
}

/* Bytes of the file from raw_at on: at least n, unless it ends before. */
static size_t have(dl_stream *s, size_t n)
{
    while (s->file.bytes.len - s->raw_at < n && s->file.fd >= 0 && !s->broken) {
        const dl_status st = dl_file_more(&s->file, s->where, &s->why);
        if (st == DL_ENOMEM) give_up(s, DL_ELIMIT, "limit: a record or line is too long to be held");
        if (st == DL_EIO) s->broken = true;
    }
    return s->file.bytes.len - s->raw_at;
}

static void begin(dl_stream *out, dl_file file, const char *where)
{
    *out = (dl_stream){ .where = where, .file = file };
    dl_buf_init(&out->window, WINDOW_MAX);
    (void)have(out, MAGIC);
    const dl_str s = out->file.bytes;
    out->codec = gzip_at(s, 0) ? DL_CODEC_GZIP : zstd_at(s, 0) ? DL_CODEC_ZSTD : DL_CODEC_NONE;
}

static bool member_begins(const dl_stream *s, size_t at)
{
    return s->codec == DL_CODEC_GZIP ? gzip_at(s->file.bytes, at) : zstd_at(s->file.bytes, at);
}

void dl_stream_bytes(dl_stream *out, dl_str bytes, const char *where) { begin(out, dl_file_of(bytes), where); }

dl_status dl_stream_open(dl_stream *out, const char *path, dl_error *err)
{
    dl_file file;
    dl_status st = dl_file_open(&file, path, err);
    if (!st) begin(out, file, path);
    return st;
}

static void end_codec(dl_stream *s)
{
    if (s->state && s->codec == DL_CODEC_GZIP) inflateEnd(s->state);
    if (s->codec == DL_CODEC_ZSTD)
        ZSTD_freeDCtx(s->state);
    else
        free(s->state);
    s->state = NULL;
}

void dl_stream_close(dl_stream *s)
{
    end_codec(s);
    dl_buf_free(&s->window);
    free(s->mark);
    dl_file_close(&s->file);
    *s = (dl_stream){ .where = s->where };
}

static bool begin_codec(dl_stream *s)
{
    if (s->codec == DL_CODEC_ZSTD) {
        if (!s->state) s->state = ZSTD_createDCtx();
        return s->state && !ZSTD_isError(ZSTD_DCtx_reset(s->state, ZSTD_reset_session_only));
    }
    if (s->state) return inflateReset(s->state) == Z_OK;
    s->state = calloc(1, sizeof(z_stream));
    if (!s->state) return false;
    if (inflateInit2((z_stream *)s->state, 15 + 16) == Z_OK) return true;
    free(s->state);
    s->state = NULL;
    return false;
}

/* Notes where the member that begins now stands; false: no memory. */
static bool mark_member(dl_stream *s)
{
    if (s->marks == s->marks_cap) {
        const size_t cap = s->marks_cap ? s->marks_cap * 2 : 16;
        dl_member *wide = realloc(s->mark, cap * sizeof *wide);
        if (!wide) return false;
        s->mark = wide;
        s->marks_cap = cap;
    }
    s->mark[s->marks++] = (dl_member){ s->passed + s->window.len, s->file.at + s->raw_at };
    return true;
}

/* The last member that begins at or before the next byte; marks must be there. */
static size_t member_at(const dl_stream *s)
{
    const uint64_t at = s->passed + s->taken;
    size_t lo = 0, hi = s->marks;
    while (hi - lo > 1) {
        const size_t mid = lo + (hi - lo) / 2;
        if (s->mark[mid].made <= at)
            lo = mid;
        else
            hi = mid;
    }
    return lo;
}

/* The next member, behind padding of zeros; false: the stream is at its end, or broken. */
static bool begin_member(dl_stream *s)
{
    while (have(s, MAGIC) && s->file.bytes.p[s->raw_at] == '\0') s->raw_at++;
    if (s->raw_at == s->file.bytes.len) return false;
    s->member = s->file.at + s->raw_at;
    s->member_made = 0;
    if (!member_begins(s, s->raw_at)) {
        give_up(s, DL_EINPUT, "bytes behind a compressed member that are none");
        return false;
    }
    if (!begin_codec(s) || !mark_member(s)) {
        give_up(s, DL_ENOMEM, "memory was refused");
        return false;
    }
    s->open = true;
    return true;
}

static size_t gunzip(dl_stream *s, char *to, size_t room, bool *end, const char **bad)
{
    z_stream *z = s->state;
    const size_t left = have(s, STEP), give = left < UINT32_MAX / 2 ? left : UINT32_MAX / 2;
    z->next_in = (unsigned char *)(uintptr_t)(s->file.bytes.p + s->raw_at);
    z->avail_in = (uInt)give;
    z->next_out = (unsigned char *)to;
    z->avail_out = (uInt)room;
    const int r = inflate(z, Z_NO_FLUSH);
    s->raw_at += give - z->avail_in;
    *end = r == Z_STREAM_END;
    if (r != Z_OK && r != Z_STREAM_END) *bad = r == Z_BUF_ERROR ? "gzip: the file ends inside a member" : "gzip: damaged";
    return room - z->avail_out;
}

static size_t unzstd(dl_stream *s, char *to, size_t room, bool *end, const char **bad)
{
    const size_t left = have(s, STEP);
    ZSTD_inBuffer in = { s->file.bytes.p + s->raw_at, left, 0 };
    ZSTD_outBuffer out = { to, room, 0 };
    const size_t r = ZSTD_decompressStream(s->state, &out, &in);
    s->raw_at += in.pos;
    *end = r == 0;
    if (ZSTD_isError(r))
        *bad = "zstd: damaged";
    else if (r && !in.pos && !out.pos)
        *bad = "zstd: the file ends inside a frame";
    return out.pos;
}

/* Makes up to STEP bytes more; false: no more can be made. */
static bool make(dl_stream *s)
{
    if (s->broken || (!s->open && !begin_member(s))) return false;
    const size_t before = s->window.len;
    char *to = dl_buf_room(&s->window, STEP);
    if (!to) {
        s->taken = 0;
        give_up(s, DL_ELIMIT, "limit: a record or line is too long to be held");
        return false;
    }
    bool end = false;
    const char *bad = NULL;
    const size_t made = s->codec == DL_CODEC_GZIP ? gunzip(s, to, STEP, &end, &bad) : unzstd(s, to, STEP, &end, &bad);
    s->window.len = before + made;
    s->member_made += made;
    if (end) s->open = false;
    if (bad)
        give_up(s, DL_EINPUT, bad);
    else if (s->member_made > BOMB_FREE && s->member_made / DL_INFLATE_RATIO > dl_stream_read(s) - s->member)
        give_up(s, DL_ELIMIT, "limit: it unpacks to more than is sound");
    return !s->broken || made > 0;
}

static void slide(dl_stream *s)
{
    if (s->taken < STEP && s->taken < s->window.len) return;
    const size_t left = s->window.len - s->taken;
    if (left > s->taken) return; /* moved only when it pays: linear over all */
    const size_t old = s->marks ? member_at(s) : 0;
    if (old) memmove(s->mark, s->mark + old, (s->marks - old) * sizeof *s->mark);
    s->marks -= old;
    if (left) memmove(s->window.p, s->window.p + s->taken, left);
    s->window.len = left;
    s->passed += s->taken;
    s->taken = 0;
}

/* Gives back what was read of the file; of a member in hand it is kept for a while, in case that it is damaged. */
static void pass(dl_stream *s)
{
    const uint64_t read = dl_stream_read(s);
    const uint64_t keep = s->codec && s->open && read - s->member < KEEP_MAX ? s->member : read;
    s->raw_at -= dl_file_pass(&s->file, (size_t)(keep - s->file.at));
}

dl_str dl_stream_need(dl_stream *s, size_t n)
{
    pass(s);
    if (s->codec == DL_CODEC_NONE) {
        (void)have(s, n);
        return dl_str_cut(s->file.bytes, s->raw_at, s->file.bytes.len);
    }
    slide(s);
    while (s->window.len - s->taken < n && make(s)) continue;
    return dl_str_cut(dl_buf_str(&s->window), s->taken, s->window.len);
}

void dl_stream_take(dl_stream *s, size_t n)
{
    if (s->codec == DL_CODEC_NONE)
        s->raw_at += n;
    else
        s->taken += n;
}

bool dl_stream_skip(dl_stream *s, uint64_t n)
{
    while (n) {
        const dl_str w = dl_stream_need(s, 1);
        if (!w.len) return false;
        const size_t k = n < w.len ? (size_t)n : w.len;
        dl_stream_take(s, k);
        n -= k;
    }
    return true;
}

uint64_t dl_stream_offset(const dl_stream *s)
{
    if (!s->marks || (s->taken == s->window.len && !s->open)) return dl_stream_read(s);
    return s->mark[member_at(s)].from;
}

bool dl_stream_resume(dl_stream *s)
{
    if (!s->broken) return true;
    const bool lost = s->window.failed;
    s->passed += s->window.len;
    s->marks = 0;
    dl_buf_reset(&s->window);
    s->taken = 0;
    s->broken = s->open = false;
    if (s->codec == DL_CODEC_NONE) { /* a pipe that cannot be read on */
        s->raw_at = s->file.bytes.len;
        return false;
    }
    const bool kept = !lost && s->member >= s->file.at;
    if (kept) s->raw_at = (size_t)(s->member + 1 - s->file.at);
    while (have(s, MAGIC) && !member_begins(s, s->raw_at)) {
        const size_t left = s->file.bytes.len - s->raw_at;
        const char *next = memchr(s->file.bytes.p + s->raw_at + 1, s->codec == DL_CODEC_GZIP ? 0x1f : 0x28, left - 1);
        s->raw_at = next ? (size_t)(next - s->file.bytes.p) : s->file.bytes.len;
        s->raw_at -= dl_file_pass(&s->file, s->raw_at);
    }
    return s->raw_at < s->file.bytes.len;
}
