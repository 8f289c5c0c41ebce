/* coding.c: one decoder after the other, each writing into the arena. */
#include "input/coding.h"

#include <brotli/decode.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

#include "base/error.h"
#include "base/limits.h"

#define CODINGS_MAX 4 /* one above the other; more are nobody's page                              */

typedef enum step { STEP_MORE, STEP_ROOM, STEP_END, STEP_CUT, STEP_BAD } step;

/* A decoder at work: what is left of its input, and where its output goes. */
typedef struct work {
    const unsigned char *in;
    size_t left;
    char *out; /* [cap] of the arena                                                             */
    size_t made, cap;
    void *state;
} work;

typedef struct decoder {
    bool (*is)(dl_str coded, bool named);    /* `named`: the field says so, where bytes cannot tell   */
    void *(*open)(dl_str coded, bool named); /* NULL: no memory                                  */
    step (*run)(work *w);                    /* until the input is used up, the room is, or the stream ends         */
    void (*close)(void *state);
} decoder;

/* zlib's window bits for what the bytes are: gzip, zlib, or raw deflate where that is said. */
static int window_bits(dl_str s, bool deflate)
{
    const unsigned char *p = (const unsigned char *)s.p;
    if (s.len > 2 && p[0] == 0x1f && p[1] == 0x8b) return 15 + 16;
    if (s.len > 1 && (p[0] & 0x0f) == 8 && ((unsigned)p[0] << 8 | p[1]) % 31 == 0) return 15;
    return deflate ? -15 : 0;
}

static bool zlib_is(dl_str coded, bool named) { return window_bits(coded, named) != 0; }

static void *zlib_open(dl_str coded, bool named)
{
    z_stream *z = calloc(1, sizeof *z);
    if (z && inflateInit2(z, window_bits(coded, named)) == Z_OK) return z;
    free(z);
    return NULL;
}

static step zlib_run(work *w)
{
    z_stream *z = w->state;
    z->next_in = (unsigned char *)(uintptr_t)w->in;
    z->avail_in = (uInt)w->left; /* <= DL_PAGE_MAX */
    z->next_out = (unsigned char *)w->out + w->made;
    z->avail_out = (uInt)(w->cap - w->made);
    const int r = inflate(z, Z_NO_FLUSH);
    w->in = z->next_in;
    w->left = z->avail_in;
    w->made = w->cap - z->avail_out;
    if (r == Z_STREAM_END) return STEP_END;
    if (r != Z_OK && r != Z_BUF_ERROR) return STEP_BAD;
    return w->made == w->cap ? STEP_ROOM : STEP_CUT;
}

static void zlib_close(void *state)
{
    inflateEnd(state);
    free(state);
}

static bool brotli_is(dl_str coded, bool named)
{
    (void)coded;
    return named;
}

static void *brotli_open(dl_str coded, bool named)
{
    (void)coded;
    (void)named;
    return BrotliDecoderCreateInstance(NULL, NULL, NULL);
}

static step brotli_run(work *w)
{
    size_t room = w->cap - w->made;
    unsigned char *to = (unsigned char *)w->out + w->made;
    const BrotliDecoderResult r = BrotliDecoderDecompressStream(w->state, &w->left, &w->in, &room, &to, NULL);
    w->made = w->cap - room;
    switch (r) {
    case BROTLI_DECODER_RESULT_SUCCESS: return STEP_END;
    case BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT: return STEP_ROOM;
    case BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT: return STEP_CUT;
    default: return STEP_BAD;
    }
}

static void brotli_close(void *state) { BrotliDecoderDestroyInstance(state); }

static bool zstd_is(dl_str s, bool named)
{
    (void)named;
    return s.len > 4 && !memcmp(s.p, "\x28\xb5\x2f\xfd", 4);
}

static void *zstd_open(dl_str coded, bool named)
{
    (void)coded;
    (void)named;
    return ZSTD_createDCtx();
}

static step zstd_run(work *w)
{
    ZSTD_inBuffer in = { w->in, w->left, 0 };
    ZSTD_outBuffer out = { w->out, w->cap, w->made };
    const size_t r = ZSTD_decompressStream(w->state, &out, &in);
    w->in += in.pos;
    w->left -= in.pos;
    w->made = out.pos;
    if (ZSTD_isError(r)) return STEP_BAD;
    if (!r && !w->left) return STEP_END;
    if (w->made == w->cap) return STEP_ROOM;
    return w->left ? STEP_MORE : STEP_CUT;
}

static void zstd_close(void *state) { ZSTD_freeDCtx(state); }

static const decoder zlib_decoder = { zlib_is, zlib_open, zlib_run, zlib_close };
static const decoder brotli_decoder = { brotli_is, brotli_open, brotli_run, brotli_close };
static const decoder zstd_decoder = { zstd_is, zstd_open, zstd_run, zstd_close };

/* False: the page would be longer than pages may be, or memory was refused (the arena knows). */
static bool widen(work *w, dl_arena *a)
{
    if (w->cap >= DL_PAGE_MAX) return false;
    const size_t cap = w->cap * 2 < DL_PAGE_MAX ? w->cap * 2 : DL_PAGE_MAX;
    char *wide = dl_arena_grow(a, w->out, w->made, cap, 1);
    if (!wide) return false;
    w->out = wide;
    w->cap = cap;
    return true;
}

/* Looks like a page as it is: what recorders that undid the coding leave. */
static bool bare(dl_str s) { return s.len && (dl_is_space((unsigned char)s.p[0]) || s.p[0] == '<' || s.p[0] == '{'); }

/* Whether the bytes are coded is seen from them; `named`: the field says so where they cannot tell. */
static dl_status undo(dl_str *io, const decoder *d, bool named, bool *cut, dl_arena *a, dl_error *err, const char *where,
                      uint64_t offset)
{
    work w = { .in = (const unsigned char *)io->p,
               .left = io->len,
               .cap = io->len < DL_PAGE_MAX / 4 ? io->len * 4 + 1024 : DL_PAGE_MAX };
    if (!d->is(*io, named)) return DL_OK; /* not coded, whatever the field says */
    w.state = d->open(*io, named);
    if (!w.state) return dl_fail_mem(err, where);
    w.out = dl_arena_raw(a, w.cap, 1);
    step s = STEP_MORE;
    bool wide = w.out != NULL;
    while (wide && (s == STEP_MORE || s == STEP_ROOM)) {
        if (s == STEP_ROOM) wide = widen(&w, a);
        if (wide) s = d->run(&w);
    }
    d->close(w.state);
    if (dl_arena_failed(a)) return dl_fail_mem(err, where);
    if (!wide) return dl_fail(err, DL_ELIMIT, where, offset, "limit: page: its body unpacks to more than %zu bytes", DL_PAGE_MAX);
    if (s != STEP_END && bare(*io)) return DL_OK;
    if (s != STEP_END && !w.made) return dl_fail(err, DL_EINPUT, where, offset, "http: the body's compression is damaged");
    *cut = *cut || s != STEP_END;
    *io = (dl_str){ w.out, w.made };
    return DL_OK;
}

static bool is(dl_str name, const char *a, const char *b)
{
    return dl_str_eq_nocase(name, dl_str_of(a)) || dl_str_eq_nocase(name, dl_str_of(b));
}

static dl_status undo_named(dl_str *io, dl_str name, bool *cut, dl_arena *a, dl_error *err, const char *where, uint64_t offset)
{
    if (is(name, "gzip", "x-gzip")) return undo(io, &zlib_decoder, false, cut, a, err, where, offset);
    if (is(name, "deflate", "x-deflate")) return undo(io, &zlib_decoder, true, cut, a, err, where, offset);
    if (is(name, "br", "brotli")) return undo(io, &brotli_decoder, true, cut, a, err, where, offset);
    if (is(name, "zstd", "zst")) return undo(io, &zstd_decoder, true, cut, a, err, where, offset);
    if (!is(name, "compress", "x-compress") || bare(*io)) return DL_OK; /* identity, utf-8 and other things that fields hold */
    return dl_fail(err, DL_EINPUT, where, offset, "http: content coding %.*s is not read", (int)(name.len < 20 ? name.len : 20),
                   name.p);
}

dl_status dl_coding_undo(dl_str *io, dl_str field, bool *cut, dl_arena *a, dl_error *err, const char *where, uint64_t offset)
{
    dl_str name[CODINGS_MAX], piece;
    size_t n = 0;
    while (dl_str_next(&field, ',', &piece)) {
        if (n == CODINGS_MAX) return dl_fail(err, DL_EINPUT, where, offset, "http: more than %d content codings", CODINGS_MAX);
        name[n++] = dl_str_trim(piece);
    }
    dl_status st = DL_OK;
    while (!st && n && io->len) st = undo_named(io, name[--n], cut, a, err, where, offset);
    return st;
}
