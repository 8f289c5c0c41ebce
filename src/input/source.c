/* source.c: the pages of a list of paths. A file is told apart by its first bytes: JSON records, CoNLL-U,
 * HTML, or text. */
#include "input/source.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "input/conllu.h"
#include "input/file.h"
#include "input/jsonl.h"
#include "input/walk.h"

typedef struct paths {
    dl_arena arena;
    dl_walk walk;
    dl_file file; /* the file in hand; bytes.p NULL: none */
    const char *path;
    bool lines; /* it holds records, one a line */
    bool trees; /* it is CoNLL-U: a record a document */
    dl_conllu conllu;
    size_t at;       /* byte of the next line */
    uint32_t number; /* of the record, from 1 */
    uint64_t bytes;
} paths;

static bool looks_json(dl_str s)
{
    size_t i = 0;
    while (i < s.len && dl_is_space((unsigned char)s.p[i])) i++;
    if (i == s.len || s.p[i] != '{') return false;
    for (i++; i < s.len && dl_is_space((unsigned char)s.p[i]); i++) continue;
    return i < s.len && (s.p[i] == '"' || s.p[i] == '}');
}

/* A tag or a doctype near the beginning. */
static bool looks_html(dl_str s)
{
    static const char *const words[] = { "<!doctype", "<html",  "<head",   "<body", "<div",
                                         "<meta",     "<title", "<script", "<p>",   "<article" };
    dl_str head = dl_str_cut(s, 0, s.len < 2048 ? s.len : 2048);
    for (size_t i = 0; i < DL_COUNT(words); i++)
        if (dl_str_find_nocase(head, dl_str_of(words[i]), 0) != SIZE_MAX) return true;
    return false;
}

static dl_status page_of(paths *p, dl_raw *out, dl_arena *a, dl_error *err)
{
    dl_str bytes = p->file.bytes;
    if (!bytes.len) return dl_fail(err, DL_EINPUT, p->path, 0, "empty file");
    if (bytes.len > DL_PAGE_MAX) return dl_fail(err, DL_ELIMIT, p->path, DL_PAGE_MAX, "limit: a page of %zu bytes", bytes.len);
    dl_str clean = dl_utf8_clean(a, bytes);
    *out = (dl_raw){ .fetched = DL_NEVER, .given = DL_NEVER, .encoding = DL_STR("utf-8") };
    out->id = dl_arena_str(a, dl_str_of(p->path));
    out->bytes = clean.p == bytes.p ? dl_arena_str(a, bytes) : clean; /* the file is closed before the page is done */
    out->kind = looks_html(bytes) ? DL_RAW_HTML : DL_RAW_TEXT;
    out->raw_len = bytes.len;
    out->raw_hash = dl_hash_str(bytes);
    return dl_arena_failed(a) ? dl_fail_mem(err, p->path) : DL_OK;
}

/* Gives a record without an id the path and its number. */
static void name_record(paths *p, dl_raw *out, dl_arena *a)
{
    char id[4200];
    int n = snprintf(id, sizeof id, "%s#%u", p->path, p->number);
    out->id = out->id.len ? dl_arena_str(a, out->id) : dl_arena_str(a, (dl_str){ id, n < 0 ? 0 : (size_t)n });
}

static dl_status record_of(paths *p, dl_raw *out, dl_arena *a, dl_error *err)
{
    dl_str rest = dl_str_cut(p->file.bytes, p->at, p->file.bytes.len), line;
    uint64_t offset = p->at;
    dl_str_next(&rest, '\n', &line);
    p->at += line.len + 1;
    p->number++;
    dl_status st = dl_jsonl_read(out, line, a, p->path, offset, err);
    if (!st && !out->id.len) name_record(p, out, a);
    return st;
}

/* The next document of a CoNLL-U file; DL_ENONE at its end. */
static dl_status document_of(paths *p, dl_raw *out, dl_arena *a, dl_error *err)
{
    p->number++;
    dl_status st = dl_conllu_next(&p->conllu, a, out, err);
    if (!st) name_record(p, out, a);
    return !st && dl_arena_failed(a) ? dl_fail_mem(err, p->path) : st;
}

static dl_status next(void *self, dl_raw *out, dl_arena *a, dl_error *err)
{
    paths *p = self;
    for (;;) {
        if (!p->file.bytes.p) {
            dl_status st = dl_walk_next(&p->walk, &p->path, err);
            if (!st) st = dl_file_open(&p->file, p->path, err);
            if (st) return st;
            p->bytes += p->file.bytes.len;
            p->lines = looks_json(p->file.bytes);
            p->at = 0;
            p->number = 0;
            p->trees = !p->lines && dl_conllu_sniff(p->file.bytes);
            if (p->trees) dl_conllu_init(&p->conllu, dl_utf8_clean(&p->arena, p->file.bytes), p->path);
            if (!p->lines && !p->trees) {
                st = page_of(p, out, a, err);
                dl_file_close(&p->file);
                return st;
            }
        }
        if (p->trees) {
            dl_status st = document_of(p, out, a, err);
            if (st != DL_ENONE) return st;
            dl_file_close(&p->file);
            continue;
        }
        while (p->at < p->file.bytes.len && dl_is_space((unsigned char)p->file.bytes.p[p->at])) p->at++;
        if (p->at < p->file.bytes.len) return record_of(p, out, a, err);
        dl_file_close(&p->file);
    }
}

static void close_paths(void *self)
{
    paths *p = self;
    dl_file_close(&p->file);
    dl_arena_free(&p->arena);
    free(p);
}

static uint64_t bytes_read(void *self) { return ((paths *)self)->bytes; }

dl_status dl_source_paths(dl_source *out, const char *const *names, size_t n, dl_error *err)
{
    paths *p = calloc(1, sizeof *p);
    if (!p) return dl_fail_mem(err, "input");
    dl_arena_init(&p->arena, DL_ARENA_MAX);
    if (!dl_walk_init(&p->walk, &p->arena, names, n)) {
        close_paths(p);
        return dl_fail_mem(err, "input");
    }
    *out = (dl_source){ next, close_paths, bytes_read, p };
    return DL_OK;
}
