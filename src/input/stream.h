/* stream.h: the bytes of a file from front to back, decompressed on the way (gzip, zstd; several
 * members one behind the other are one stream). A plain file is mapped and never copied; of a
 * compressed one or a pipe only a window is in memory, as wide as its reader asks for.
 *
 * A member that is damaged or cut off breaks the stream: what came before it can still be taken,
 * then dl_stream_broken tells why, and dl_stream_resume goes on at the next member. */
#ifndef DL_INPUT_STREAM_H
#define DL_INPUT_STREAM_H

#include "base/buf.h"
#include "input/file.h"

typedef enum dl_codec { DL_CODEC_NONE, DL_CODEC_GZIP, DL_CODEC_ZSTD } dl_codec;

/* Where a member's bytes begin: counted in the stream, and in the file. */
typedef struct dl_member {
    uint64_t made, from;
} dl_member;

typedef struct dl_stream {
    dl_file file;
    const char *where; /* the path, for errors                                                   */
    size_t raw_at;     /* the next of file.bytes; of a plain file: where the window begins       */
    dl_codec codec;
    void *state;     /* z_stream or ZSTD_DCtx, owned                                        */
    dl_buf window;   /* decompressed bytes, from `taken` on                                 */
    size_t taken;    /* bytes of the window that were used                                  */
    uint64_t passed; /* bytes of the stream before the window                               */
    dl_member *mark; /* [marks] the members that the window has bytes of, owned             */
    size_t marks, marks_cap;
    uint64_t member;      /* byte of the file where the member in hand begins                    */
    uint64_t member_made; /* bytes that it gave so far                                           */
    bool open;            /* a member is in hand                                                 */
    bool broken;
    dl_error why; /* set where broken                                                            */
} dl_stream;

/* `path` must outlive the stream. Fails DL_EIO, DL_ENOMEM. */
DL_MUST_USE dl_status dl_stream_open(dl_stream *out, const char *path, dl_error *err);
/* The same over bytes that the caller keeps. */
void dl_stream_bytes(dl_stream *out, dl_str bytes, const char *where);
void dl_stream_close(dl_stream *s);

/* What can be seen after asking for n bytes: at least n, unless the stream ends or breaks there.
 * Holds until the next call. */
dl_str dl_stream_need(dl_stream *s, size_t n);
/* Moves on by n bytes that were seen. */
void dl_stream_take(dl_stream *s, size_t n);
/* Moves on by n bytes, seen or not; false: the stream ended before. */
bool dl_stream_skip(dl_stream *s, uint64_t n);
/* The byte of the file where the next byte comes from, or where its compressed member begins. */
uint64_t dl_stream_offset(const dl_stream *s);
/* Bytes of the file that were read. */
static inline uint64_t dl_stream_read(const dl_stream *s) { return s->file.at + s->raw_at; }
/* All that is left can be seen at once: a plain file that is mapped. */
static inline bool dl_stream_open_book(const dl_stream *s) { return s->codec == DL_CODEC_NONE && s->file.fd < 0; }
static inline bool dl_stream_broken(const dl_stream *s) { return s->broken; }
/* Drops what is left of a broken member and looks for the next; false: there is none. */
bool dl_stream_resume(dl_stream *s);

#endif
