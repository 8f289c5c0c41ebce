/* input_bench.h: files in a folder of their own, and all that a source reads out of them. */
#ifndef DL_TESTS_INPUT_BENCH_H
#define DL_TESTS_INPUT_BENCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

#include "base/limits.h"
#include "input/source.h"

typedef struct got {
    dl_status st;
    dl_raw raw;
    dl_error err;
} got;

typedef struct bench {
    char dir[64], path[128];
    dl_arena a;
    dl_source src;
    got page[32];
    size_t n;
} bench;

static inline int open_bench(void **state)
{
    static bench t;
    memset(&t, 0, sizeof t);
    strcpy(t.dir, "/tmp/dl-input-XXXXXX");
    assert_non_null(mkdtemp(t.dir));
    dl_arena_init(&t.a, DL_ARENA_MAX);
    *state = &t;
    return 0;
}

static inline int close_bench(void **state)
{
    bench *t = *state;
    char command[128];
    if (t->src.close) t->src.close(t->src.self);
    dl_arena_free(&t->a);
    snprintf(command, sizeof command, "rm -rf %s", t->dir);
    return system(command);
}

static inline const char *put(bench *t, const char *name, const void *bytes, size_t n)
{
    snprintf(t->path, sizeof t->path, "%s/%s", t->dir, name);
    FILE *f = fopen(t->path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
    return t->path;
}

/* Reads all pages of a path; they stay in t->a. */
static inline void read_all(bench *t, const char *path)
{
    dl_error err;
    if (t->src.close) t->src.close(t->src.self);
    assert_int_equal(dl_source_paths(&t->src, &path, 1, &err), DL_OK);
    for (t->n = 0; t->n < 32; t->n++) {
        got *g = &t->page[t->n];
        memset(g, 0, sizeof *g);
        g->st = t->src.next(t->src.self, &g->raw, &t->a, &g->err);
        if (g->st == DL_ENONE) return;
    }
    fail_msg("the source does not end");
}

static inline void read_bytes(bench *t, const char *name, const void *bytes, size_t n) { read_all(t, put(t, name, bytes, n)); }
#define READ(t, name, literal) read_bytes((t), (name), (literal), sizeof(literal) - 1)

static inline void is_page(const bench *t, size_t i, dl_raw_kind kind, const char *bytes)
{
    assert_true(i < t->n);
    if (t->page[i].st) print_message("%s\n", t->page[i].err.message);
    assert_int_equal(t->page[i].st, DL_OK);
    assert_int_equal(t->page[i].raw.kind, kind);
    assert_int_equal(t->page[i].raw.bytes.len, strlen(bytes));
    assert_memory_equal(t->page[i].raw.bytes.p, bytes, strlen(bytes));
}

static inline void is_fault(const bench *t, size_t i, dl_status st, uint64_t offset)
{
    assert_true(i < t->n);
    assert_int_equal(t->page[i].st, st);
    assert_string_equal(t->page[i].err.where, t->path);
    assert_true(t->page[i].err.offset == offset);
    assert_true(t->page[i].err.message[0] != '\0');
}

static inline bool str_is(dl_str s, const char *z) { return dl_str_eq(s, dl_str_of(z)); }

/* `bits` as zlib has them: 15 with its head, -15 bare, 15 + 16 gzip. */
static inline size_t deflated(unsigned char *to, size_t cap, int bits, const void *from, size_t n)
{
    z_stream z = { 0 };
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = (unsigned char *)(uintptr_t)from;
    z.avail_in = (uInt)n;
    z.next_out = to;
    z.avail_out = (uInt)cap;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    const size_t made = cap - z.avail_out;
    deflateEnd(&z);
    return made;
}

static inline size_t gzip(unsigned char *to, size_t cap, const void *from, size_t n)
{
    return deflated(to, cap, 15 + 16, from, n);
}

/* A WARC record; its length is off by `lie`. */
static inline size_t record(char *to, const char *type, const char *block, size_t n, long lie)
{
    int k = sprintf(to,
                    "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: https://e.example/p\r\nWARC-Date: 2023-02-22T11:53:00Z\r\n"
                    "Content-Type: %s\r\nContent-Length: %ld\r\n\r\n",
                    type, !strcmp(type, "response") ? "application/http; msgtype=response" : "text/plain", (long)n + lie);
    memcpy(to + k, block, n);
    memcpy(to + k + n, "\r\n\r\n", 4);
    return (size_t)k + n + 4;
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, open_bench, close_bench)

#endif
