/* source.c: the pages of a list of paths. Each file is told apart by its first bytes. */
#include "input/source.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "input/conllu.h"
#include "input/feed.h"
#include "input/jsonl.h"
#include "input/mhtml.h"
#include "input/saved.h"
#include "input/sniff.h"
#include "input/stream.h"
#include "input/walk.h"
#include "input/warc.h"

#define HEAD ((size_t)4096) /* bytes that tell what a file is                                     */

typedef struct paths {
    dl_arena arena; /* paths                                                                     */
    dl_arena file;  /* of the file in hand: entries of a feed                                    */
    dl_walk walk;
    dl_stream stream;
    dl_feed feed;
    size_t entry;    /* of the feed: the next one                                                */
    bool in_feed;    /* the feed is the body of a WARC record                                    */
    int64_t fetched; /* when that was recorded                                                   */
    uint64_t record; /* and where                                                                */
    uint64_t line;   /* of a JSONL file, from 1                                                  */
    dl_conllu conllu;
    uint64_t last; /* where the page before it began                                           */
    const char *path;
    dl_sniffed kind;
    dl_take take;
    uint64_t part;   /* of a text that comes in parts: where the next begins                    */
    bool open;       /* a file is in hand                                                        */
    uint32_t number; /* of the record, from 1                                                    */
    uint64_t bytes;  /* of files that are done                                                   */
} paths;

static void close_file(paths *p)
{
    if (p->open) p->bytes += p->stream.file.at + p->stream.file.bytes.len;
    dl_stream_close(&p->stream);
    dl_arena_reset(&p->file);
    p->feed = (dl_feed){ 0 };
    p->open = p->in_feed = false;
}

/* PATH#n for a record that names itself not, PATH#n.k for the k-th entry of a feed that is one. */
static dl_status name_record(paths *p, dl_raw *out, dl_arena *a, dl_error *err)
{
    char id[4200];
    if (out->id.len) return DL_OK;
    const size_t of = p->kind == DL_SNIFF_FEED || p->kind == DL_SNIFF_JSON_FEED ? p->entry : p->number;
    const int n = p->in_feed ? snprintf(id, sizeof id, "%s#%u.%zu", p->path, p->number, p->entry)
                             : snprintf(id, sizeof id, "%s#%zu", p->path, of);
    out->id = dl_arena_str(a, (dl_str){ id, n < 0 ? 0 : (size_t)n < sizeof id ? (size_t)n : sizeof id - 1 });
    return dl_arena_failed(a) ? dl_fail_mem(err, p->path) : DL_OK;
}

/* The whole of a stream that is one page or one feed. */
static dl_status whole(paths *p, dl_str *out, dl_error *err)
{
    *out = dl_stream_need(&p->stream, DL_PAGE_MAX + 1);
    if (dl_stream_broken(&p->stream)) {
        if (err) *err = p->stream.why;
        return p->stream.why.status;
    }
    if (out->len > DL_PAGE_MAX)
        return dl_fail(err, DL_ELIMIT, p->path, DL_PAGE_MAX, "limit: page: more than %zu bytes", DL_PAGE_MAX);
    return out->len ? DL_OK : dl_fail(err, DL_EINPUT, p->path, 0, "empty file");
}

/* How much of the head of a long text is a part: up to a line's end, else up to a blank, else up to a character's. */
static size_t part_of(dl_str s)
{
    size_t n = s.len;
    while (n && s.p[n - 1] != '\n') n--;
    if (n) return n;
    for (n = s.len; n && s.p[n - 1] != ' ';) n--;
    if (n) return n;
    for (n = s.len; n > s.len - 3 && ((unsigned char)s.p[n - 1] & 0xc0) == 0x80;) n--;
    return ((unsigned char)s.p[n - 1] & 0xc0) == 0xc0 ? n - 1 : s.len;
}

/* The next part of a plain text; DL_ENONE: there is no more. UTF-16 has no lines to be seen here and comes whole. */
static dl_status text_of(paths *p, dl_raw *out, dl_arena *a, dl_error *err)
{
    dl_str bytes = dl_stream_need(&p->stream, DL_PART_MAX + 1);
    const bool wide = dl_str_starts(bytes, DL_STR("\xff\xfe")) || dl_str_starts(bytes, DL_STR("\xfe\xff"));
    dl_status st = DL_OK;
    if (p->number && !bytes.len && !dl_stream_broken(&p->stream)) return DL_ENONE;
    if (!p->number && (wide || !bytes.len)) st = whole(p, &bytes, err);
    if (!st && dl_stream_broken(&p->stream)) {
        if (err) *err = p->stream.why;
        st = p->stream.why.status;
    }
    if (!st && p->part > UINT32_MAX - DL_PAGE_MAX)
        st = dl_fail(err, DL_ELIMIT, p->path, p->part, "limit: a text of more than %u bytes", UINT32_MAX - (uint32_t)DL_PAGE_MAX);
    if (!st && !wide && bytes.len > DL_PART_MAX) bytes.len = part_of(dl_str_cut(bytes, 0, DL_PART_MAX));
    *out = (dl_raw){ .fetched = DL_NEVER, .given = DL_NEVER, .base = (uint32_t)p->part, .content_type = DL_STR("text/plain") };
    out->id = dl_arena_str(a, dl_str_of(p->path));
    if (!st) st = dl_sniff_page(out, dl_arena_str(a, bytes), a, p->path, p->part, err);
    out->kind = DL_RAW_CLEAN;
    if (!st && dl_arena_failed(a)) st = dl_fail_mem(err, p->path);
    if (st) { /* the rest of the file goes with it */
        close_file(p);
        return st;
    }
    dl_stream_take(&p->stream, bytes.len);
    p->part += bytes.len;
    p->number++;
    return DL_OK;
}

static dl_status page_of(paths *p, dl_raw *out, dl_arena *a, dl_error *err)
{
    dl_str bytes;
    dl_status st = whole(p, &bytes, err);
    *out = (dl_raw){ .fetched = DL_NEVER, .given = DL_NEVER };
    out->id = dl_arena_str(a, dl_str_of(p->path));
    if (!st)
        st = p->kind == DL_SNIFF_MHTML ? dl_mhtml_read(out, bytes, a, p->path, err)
                                       : dl_sniff_page(out, bytes, a, p->path, 0, err);
    if (!st) dl_saved_read(out, a);
    if (!st && dl_arena_failed(a)) st = dl_fail_mem(err, p->path);
    if (!st) out->content_type = dl_arena_str(a, out->content_type); /* the file is gone before the page */
    close_file(p);
    return st;
}

/* Passes over the rest of a line that is too long; false: the stream ended or broke. */
static bool skip_line(dl_stream *s)
{
    for (;;) {
        const dl_str w = dl_stream_need(s, 1);
        if (!w.len) return false;
        const char *nl = memchr(w.p, '\n', w.len);
        dl_stream_take(s, nl ? (size_t)(nl - w.p) + 1 : w.len);
        if (nl) return true;
    }
}

/* The next line that is not empty; DL_ENONE: there is none. */
static dl_status next_line(paths *p, dl_str *line, uint64_t *offset, dl_error *err)
{
    dl_stream *s = &p->stream;
    for (;;) {
        size_t want = 1 << 16;
        dl_str w = dl_stream_need(s, want);
        *offset = dl_stream_offset(s);
        const char *nl = w.len ? memchr(w.p, '\n', w.len) : NULL;
        while (!nl && w.len >= want && want <= DL_LINE_MAX) {
            const size_t seen = w.len;
            want *= 2;
            w = dl_stream_need(s, want);
            nl = w.len > seen ? memchr(w.p + seen, '\n', w.len - seen) : NULL;
        }
        if (!nl && dl_stream_broken(s)) {
            if (err) *err = s->why;
            const dl_status st = s->why.status;
            if (!dl_stream_resume(s) || !skip_line(s)) dl_stream_skip(s, UINT64_MAX);
            return st;
        }
        const size_t len = nl ? (size_t)(nl - w.p) : w.len;
        if (len > DL_LINE_MAX) {
            skip_line(s);
            p->line++;
            return dl_fail(err, DL_ELIMIT, p->path, *offset, "limit: a line of more than %zu bytes", DL_LINE_MAX);
        }
        *line = dl_str_trim(dl_str_cut(w, 0, len));
        if (!w.len) return DL_ENONE;
        dl_stream_take(s, len + (nl != NULL));
        p->line++;
        if (dl_str_starts(*line, DL_STR("\xef\xbb\xbf"))) *line = dl_str_cut(*line, 3, line->len);
        if (line->len) return DL_OK;
    }
}

/* "line 7: not JSON: ...": the byte of a packed file is that of its member. */
static dl_status number_line(const paths *p, dl_status st, dl_error *err)
{
    if (!err || st == DL_ENOMEM) return st;
    const dl_error why = *err;
    return dl_fail(err, st, why.where, why.offset, "line %llu: %s", (unsigned long long)p->line, why.message);
}

static dl_status line_of(paths *p, dl_raw *out, dl_arena *a, dl_error *err)
{
    dl_str line = { NULL, 0 };
    uint64_t offset = 0;
    dl_status st = next_line(p, &line, &offset, err);
    if (st) return st;
    p->number++;
    st = dl_jsonl_read(out, line, a, p->path, offset, err);
    if (st) return number_line(p, st, err);
    out->at = offset;
    out->line = line;
    dl_saved_read(out, a);
    return name_record(p, out, a, err);
}

static dl_status open_feed(paths *p, dl_sniffed kind, dl_str bytes, dl_error *err)
{
    p->entry = 0;
    return (kind == DL_SNIFF_FEED ? dl_feed_read : dl_feed_read_json)(&p->feed, bytes, &p->file, p->path, err);
}

/* Entry by entry; then the fault, if the feed broke. */
static dl_status entry_of(paths *p, dl_raw *out, dl_arena *a, dl_error *err)
{
    if (p->entry < p->feed.n) {
        const dl_entry *e = &p->feed.entry[p->entry++];
        const dl_status st = dl_feed_page(out, e, a, p->path, err);
        if (p->kind != DL_SNIFF_JSON_FEED) out->id = (dl_str){ NULL, 0 };
        return st ? st : name_record(p, out, a, err);
    }
    const dl_status st = p->feed.st;
    if (!st) return DL_ENONE;
    if (err) *err = p->feed.why;
    p->feed.st = DL_OK;
    return st;
}

/* The next page of a WARC file: a record, or an entry of a feed that a record holds. */
static dl_status record_of(paths *p, dl_raw *out, dl_arena *a, dl_error *err)
{
    for (;;) {
        if (p->in_feed) {
            const dl_status st = entry_of(p, out, a, err);
            out->at = p->record;
            if (st == DL_OK) out->fetched = p->fetched;
            if (st == DL_OK || st == DL_ENOMEM) return st;
            if (st != DL_ENONE && err) err->offset = p->record;
            p->in_feed = st != DL_ENONE; /* a fault is told once, then it is at its end */
            if (st != DL_ENONE) return st;
        }
        dl_sniffed kind = DL_SNIFF_PAGE;
        dl_status st = dl_warc_next(&p->stream, out, &kind, &p->number, a, err);
        if (!st && kind == DL_SNIFF_PAGE) return name_record(p, out, a, err);
        if (st) return st;
        dl_arena_reset(&p->file);
        st = open_feed(p, kind, out->bytes, err);
        if (st) return st;
        p->in_feed = true;
        p->record = out->at;
        p->fetched = out->fetched;
    }
}

/* The next document of a CoNLL-U file. */
static dl_status document_of(paths *p, dl_raw *out, dl_arena *a, dl_error *err)
{
    p->number++;
    const dl_status st = dl_conllu_next(&p->conllu, a, out, err);
    if (!st) out->id = dl_arena_str(a, out->id); /* the file is gone before the record */
    return st ? st : name_record(p, out, a, err);
}

static dl_status open_conllu(paths *p, dl_error *err)
{
    dl_str bytes;
    const dl_status st = whole(p, &bytes, err);
    if (st)
        close_file(p);
    else
        dl_conllu_init(&p->conllu, dl_utf8_clean(&p->file, bytes), p->path);
    return st;
}

/* What the file is that begins so. */
static dl_sniffed kind_of(const paths *p, dl_str head)
{
    if (p->take != DL_TAKE_SEEN) return p->take == DL_TAKE_CONLLU ? DL_SNIFF_CONLLU : DL_SNIFF_PAGE;
    const dl_sniffed kind = dl_sniff(head);
    return kind == DL_SNIFF_PAGE && dl_conllu_sniff(head) ? DL_SNIFF_CONLLU : kind;
}

static dl_status open_next(paths *p, dl_error *err)
{
    dl_status st = dl_walk_next(&p->walk, &p->path, err);
    if (!st) st = dl_stream_open(&p->stream, p->path, err);
    if (st) return st;
    p->open = true;
    p->number = 0;
    p->line = p->part = 0;
    p->last = UINT64_MAX;
    p->kind = kind_of(p, dl_stream_need(&p->stream, HEAD));
    if (p->kind == DL_SNIFF_CONLLU) return open_conllu(p, err);
    if (p->kind != DL_SNIFF_FEED && p->kind != DL_SNIFF_JSON_FEED) return DL_OK;
    dl_str bytes;
    st = whole(p, &bytes, err);
    if (!st) st = open_feed(p, p->kind, bytes, err);
    if (st) close_file(p);
    return st;
}

/* Where the page can be found again: in a mapped file, from the byte where it begins; of a packed one, if it is the first page of
 * its member. */
static void put_place(paths *p, dl_raw *out, bool mapped, bool packed)
{
    const bool first = !packed || out->at != p->last;
    const bool found = p->take == DL_TAKE_TEXT     ? false
                       : p->kind == DL_SNIFF_WARC  ? first && !p->in_feed
                       : p->kind == DL_SNIFF_JSONL ? !packed
                                                   : p->kind == DL_SNIFF_PAGE;
    p->last = out->at;
    out->path = mapped && found ? p->path : NULL;
    out->found_as = (uint8_t)p->kind;
}

static dl_status next(void *self, dl_raw *out, dl_arena *a, dl_error *err)
{
    paths *p = self;
    for (;;) {
        dl_status st = p->open ? DL_OK : open_next(p, err);
        if (st) return st;
        const bool mapped = p->stream.file.map != NULL, packed = p->stream.codec != DL_CODEC_NONE;
        switch (p->kind) {
        case DL_SNIFF_WARC: st = record_of(p, out, a, err); break;
        case DL_SNIFF_JSONL: st = line_of(p, out, a, err); break;
        case DL_SNIFF_CONLLU: st = document_of(p, out, a, err); break;
        case DL_SNIFF_FEED:
        case DL_SNIFF_JSON_FEED: st = entry_of(p, out, a, err); break;
        default: st = p->take == DL_TAKE_TEXT ? text_of(p, out, a, err) : page_of(p, out, a, err);
        }
        if (!st) put_place(p, out, mapped, packed);
        if (st != DL_ENONE) return st;
        close_file(p);
    }
}

/* What is there now, whatever that is. */
static dl_status read_place(dl_raw *out, const dl_raw *page, dl_arena *a, dl_error *err)
{
    paths p = { .path = page->path, .kind = (dl_sniffed)page->found_as, .open = true };
    dl_status st = dl_stream_open(&p.stream, page->path, err);
    if (st) return st;
    if (page->at > p.stream.file.bytes.len) {
        st = DL_ENONE;
    } else if (p.kind == DL_SNIFF_PAGE) {
        st = page_of(&p, out, a, err);
    } else {
        p.stream.raw_at = (size_t)page->at;
        st = p.kind == DL_SNIFF_WARC ? record_of(&p, out, a, err) : line_of(&p, out, a, err);
    }
    close_file(&p);
    dl_arena_free(&p.file);
    return st;
}

dl_status dl_source_again(dl_raw *out, const dl_raw *page, dl_arena *a, dl_error *err)
{
    if (!page->path) return DL_ENONE;
    const dl_status st = read_place(out, page, a, err);
    if (st) return st;
    out->id = page->id;
    out->lean = page->lean;
    return out->raw_hash == page->raw_hash && out->raw_len == page->raw_len && dl_str_eq(out->url, page->url) ? DL_OK : DL_ENONE;
}

static void close_paths(void *self)
{
    paths *p = self;
    close_file(p);
    dl_arena_free(&p->arena);
    dl_arena_free(&p->file);
    free(p);
}

static uint64_t bytes_read(void *self)
{
    const paths *p = self;
    return p->bytes + (p->open ? dl_stream_read(&p->stream) : 0);
}

dl_status dl_source_paths(dl_source *out, const char *const *names, size_t n, dl_error *err)
{
    paths *p = calloc(1, sizeof *p);
    if (!p) return dl_fail_mem(err, "input");
    dl_arena_init(&p->arena, DL_ARENA_MAX);
    dl_arena_init(&p->file, DL_ARENA_MAX);
    if (!dl_walk_init(&p->walk, &p->arena, names, n)) {
        close_paths(p);
        return dl_fail_mem(err, "input");
    }
    *out = (dl_source){ next, close_paths, bytes_read, p };
    return DL_OK;
}

void dl_source_take(dl_source *s, dl_take how) { ((paths *)s->self)->take = how; }
