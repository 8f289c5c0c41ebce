/* store.c: opening, filling and reading a store. */
#include "store/store.h"

#include <stdlib.h>
#include <unistd.h>
#include <zstd.h>

#include "base/date.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/limits.h"
#include "store/handle.h"
#include "store/schema.sql.h"

enum { APPLICATION = 0x444C3031, BUSY_MS = 5000, ZSTD_LEVEL = 3 };

static const char *const sql[DL_STORE_STATEMENTS] = {
    [KNOWS] = "SELECT 1 FROM page WHERE known_by = ?",
    [PUT_PAGE] = "INSERT INTO page (known_by, id, url, title, outlet, agency, published, published_basis, language, verdict, "
                 "words, bytes, document)"
                 " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [PUT_SNAPSHOT] = "INSERT INTO snapshot VALUES (?, ?, ?)",
    [PUT_PASSAGE] = "INSERT INTO passage (page, kind, beg, \"end\", text) VALUES (?, ?, ?, ?, ?)",
    [PUT_INDEX] = "INSERT INTO passages (rowid, text) VALUES (?, ?)",
    [PUT_AUTHOR] = "INSERT INTO author VALUES (?, ?)",
    [PUT_CREDIT] = "INSERT INTO credit VALUES (?, ?, ?)",
    [GET] = "SELECT document FROM page WHERE page = ?",
    [GET_SNAPSHOT] = "SELECT bytes, zstd FROM snapshot WHERE page = ?",
};

const char *dl_store_path(const dl_store *s) { return s->path; }
static dl_status failed(dl_store *s, dl_error *err) { return dl_sql_fail(s->db, s->path, err); }

static sqlite3_stmt *ready(dl_store *s, dl_store_statement which, dl_error *err)
{
    if (!s->st[which]) s->st[which] = dl_sql_prepare(s->db, s->path, sql[which], err);
    if (s->st[which]) sqlite3_reset(s->st[which]);
    return s->st[which];
}

static dl_status step(dl_store *s, sqlite3_stmt *st, dl_error *err)
{
    int rc = sqlite3_step(st);
    dl_status out = rc == SQLITE_DONE || rc == SQLITE_ROW ? DL_OK : failed(s, err);
    sqlite3_reset(st);
    return out;
}

/* ---- Opening ---- */

static dl_status make_tables(dl_store *s, dl_error *err)
{
    dl_status st = dl_sql_run(s->db, s->path, "BEGIN IMMEDIATE", err);
    if (st) return st;
    for (size_t i = 0; !st && i < DL_COUNT(schema); i++) st = dl_sql_run(s->db, s->path, schema[i], err);
    char pragmas[96];
    sqlite3_snprintf(sizeof pragmas, pragmas, "PRAGMA application_id = %d; PRAGMA user_version = %d", APPLICATION,
                     DL_STORE_VERSION);
    if (!st) st = dl_sql_run(s->db, s->path, pragmas, err);
    if (!st) st = dl_sql_run(s->db, s->path, "COMMIT", err);
    if (st) sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    return st;
}

static dl_status check_version(dl_store *s, bool read_only, dl_error *err)
{
    int64_t tables = dl_sql_number(s->db, "SELECT count(*) FROM sqlite_master", -1);
    int64_t app = dl_sql_number(s->db, "PRAGMA application_id", 0), version = dl_sql_number(s->db, "PRAGMA user_version", 0);
    if (tables < 0) return failed(s, err);
    if (tables == 0) {
        if (read_only)
            return dl_fail(err, DL_ENONE, s->path, DL_NO_OFFSET, "No pages yet. Add some: dateline add FILE|FOLDER|WARC|-");
        return make_tables(s, err);
    }
    if (app != APPLICATION) return dl_fail(err, DL_ESTORE, s->path, DL_NO_OFFSET, "this SQLite file is not a store of dateline");
    if (version > DL_STORE_VERSION)
        return dl_fail(err, DL_ESTORE, s->path, DL_NO_OFFSET,
                       "this store was made by a newer version (format %lld, this program knows %d)", (long long)version,
                       DL_STORE_VERSION);
    return DL_OK;
}

static dl_status open_db(dl_store *s, const char *path, bool read_only, dl_error *err)
{
    int flags = read_only ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if (read_only && access(path, F_OK))
        return dl_fail(err, DL_ENONE, path, DL_NO_OFFSET, "No pages yet. Add some: dateline add FILE|FOLDER|WARC|-");
    int rc = sqlite3_open_v2(path, &s->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc != SQLITE_OK && read_only) { /* a store on a read-only disk */
        sqlite3_close(s->db);
        rc = sqlite3_open_v2(path, &s->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
    }
    if (rc != SQLITE_OK) return failed(s, err);
    sqlite3_busy_timeout(s->db, BUSY_MS);
    sqlite3_limit(s->db, SQLITE_LIMIT_LENGTH, 1 << 30);
    if (!read_only) {
        dl_status st = dl_sql_run(s->db, s->path, "PRAGMA journal_mode = WAL", err);
        if (st) return st;
        st = dl_sql_run(s->db, s->path, "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON", err);
        if (st) return st;
    }
    return check_version(s, read_only, err);
}

dl_status dl_store_open(dl_store **out, const char *path, bool read_only, dl_error *err)
{
    dl_store *s = calloc(1, sizeof *s);
    if (!s) return dl_fail_mem(err, path);
    size_t len = strlen(path) + 1;
    s->path = malloc(len);
    dl_status st = s->path ? DL_OK : dl_fail_mem(err, path);
    if (!st) {
        memcpy(s->path, path, len);
        st = open_db(s, path, read_only, err);
    }
    if (st) {
        dl_store_close(s);
        return st;
    }
    *out = s;
    return DL_OK;
}

void dl_store_close(dl_store *s)
{
    if (!s) return;
    for (int i = 0; i < DL_STORE_STATEMENTS; i++) sqlite3_finalize(s->st[i]);
    sqlite3_close(s->db);
    free(s->path);
    free(s);
}

dl_status dl_store_begin(dl_store *s, dl_error *err) { return dl_sql_run(s->db, s->path, "BEGIN IMMEDIATE", err); }
dl_status dl_store_commit(dl_store *s, dl_error *err) { return dl_sql_run(s->db, s->path, "COMMIT", err); }
void dl_store_rollback(dl_store *s)
{
    if (!sqlite3_get_autocommit(s->db)) sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
}

/* ---- Pages ---- */

uint64_t dl_store_key(uint64_t raw_hash, dl_str url) { return dl_hash_mix(raw_hash, dl_hash_str(url)); }

bool dl_store_knows(dl_store *s, uint64_t key)
{
    sqlite3_stmt *st = ready(s, KNOWS, NULL);
    if (!st) return false;
    sqlite3_bind_int64(st, 1, (int64_t)key);
    bool known = sqlite3_step(st) == SQLITE_ROW;
    sqlite3_reset(st);
    return known;
}

static dl_status put_page(dl_store *s, uint64_t key, const dl_doc *d, dl_bytes block, dl_error *err)
{
    const dl_meta *m = d->meta;
    char published[21];
    sqlite3_stmt *st = ready(s, PUT_PAGE, err);
    if (!st) return DL_ESTORE;
    if (m->has_time)
        dl_instant_text(published, m->published);
    else
        dl_date_text(published, m->published);
    sqlite3_bind_int64(st, 1, (int64_t)key);
    sqlite3_bind_text64(st, 2, d->strings + m->id.beg, m->id.end - m->id.beg, SQLITE_STATIC, SQLITE_UTF8);
    dl_sql_bind_str(st, 3, dl_doc_str(d, m->url));
    dl_sql_bind_str(st, 4, dl_doc_str(d, m->title));
    dl_sql_bind_str(st, 5, dl_doc_str(d, m->outlet));
    dl_sql_bind_str(st, 6, dl_doc_str(d, m->agency));
    dl_sql_bind_str(st, 7, dl_str_of(published));
    dl_sql_bind_str(st, 8, dl_str_of(dl_basis_words[m->basis]));
    dl_sql_bind_str(st, 9, dl_doc_str(d, m->language));
    dl_sql_bind_str(st, 10, dl_str_of(dl_verdict_words[m->verdict]));
    sqlite3_bind_int64(st, 11, m->words);
    sqlite3_bind_int64(st, 12, m->raw_len);
    sqlite3_bind_blob64(st, 13, block.p, block.len, SQLITE_STATIC);
    return step(s, st, err);
}

static dl_status put_snapshot(dl_store *s, int64_t page, dl_str raw, dl_error *err)
{
    if (!raw.p) return DL_OK;
    sqlite3_stmt *st = ready(s, PUT_SNAPSHOT, err);
    if (!st) return DL_ESTORE;
    size_t cap = ZSTD_compressBound(raw.len);
    char *packed = malloc(cap);
    if (!packed) return dl_fail_mem(err, s->path);
    size_t n = ZSTD_compress(packed, cap, raw.p, raw.len, ZSTD_LEVEL);
    dl_status out = ZSTD_isError(n) ? dl_fail(err, DL_ESTORE, s->path, DL_NO_OFFSET, "zstd: %s", ZSTD_getErrorName(n)) : DL_OK;
    if (!out) {
        sqlite3_bind_int64(st, 1, page);
        sqlite3_bind_int64(st, 2, (int64_t)raw.len);
        sqlite3_bind_blob64(st, 3, packed, n, SQLITE_STATIC);
        out = step(s, st, err);
        sqlite3_clear_bindings(st);
    }
    free(packed);
    return out;
}

static dl_status put_passages(dl_store *s, int64_t page, const dl_doc *d, dl_error *err)
{
    sqlite3_stmt *put = ready(s, PUT_PASSAGE, err), *index = ready(s, PUT_INDEX, err);
    if (!put || !index) return DL_ESTORE;
    for (uint32_t i = 0; i < d->blocks.n; i++) {
        dl_span at = d->blocks.span[i];
        if (d->blocks.kind[i] > DL_POST || at.end == at.beg) continue;
        sqlite3_bind_int64(put, 1, page);
        dl_sql_bind_str(put, 2, dl_str_of(dl_block_words[d->blocks.kind[i]]));
        sqlite3_bind_int64(put, 3, at.beg);
        sqlite3_bind_int64(put, 4, at.end);
        dl_sql_bind_str(put, 5, dl_doc_text(d, at));
        dl_status st = step(s, put, err);
        if (st) return st;
        sqlite3_bind_int64(index, 1, sqlite3_last_insert_rowid(s->db));
        dl_sql_bind_str(index, 2, dl_doc_text(d, at));
        st = step(s, index, err);
        if (st) return st;
    }
    return DL_OK;
}

static dl_status put_people(dl_store *s, int64_t page, const dl_doc *d, dl_error *err)
{
    sqlite3_stmt *author = ready(s, PUT_AUTHOR, err), *credit = ready(s, PUT_CREDIT, err);
    if (!author || !credit) return DL_ESTORE;
    dl_status st = DL_OK;
    for (uint32_t i = 0; !st && i < d->authors.n; i++) {
        if (d->authors.name[i].beg == d->authors.name[i].end) continue;
        sqlite3_bind_int64(author, 1, page);
        dl_sql_bind_str(author, 2, dl_doc_str(d, d->authors.name[i]));
        st = step(s, author, err);
    }
    for (uint32_t i = 0; !st && i < d->credits.n; i++) {
        if (d->credits.name[i].beg == d->credits.name[i].end) continue;
        sqlite3_bind_int64(credit, 1, page);
        dl_sql_bind_str(credit, 2, dl_str_of(dl_credit_words[d->credits.kind[i]]));
        dl_sql_bind_str(credit, 3, dl_doc_str(d, d->credits.name[i]));
        st = step(s, credit, err);
    }
    return st;
}

dl_status dl_store_put(dl_store *s, uint64_t key, const dl_doc *d, dl_bytes block, dl_str raw, dl_error *err)
{
    dl_status st = put_page(s, key, d, block, err);
    if (st) return st;
    int64_t page = sqlite3_last_insert_rowid(s->db);
    st = put_snapshot(s, page, raw, err);
    if (!st) st = put_passages(s, page, d, err);
    return st ? st : put_people(s, page, d, err);
}

uint32_t dl_store_count(dl_store *s) { return (uint32_t)dl_sql_number(s->db, "SELECT coalesce(max(page), 0) FROM page", 0); }

dl_status dl_store_get(dl_store *s, uint32_t n, dl_bytes *out, dl_error *err)
{
    sqlite3_stmt *st = ready(s, GET, err);
    if (!st) return DL_ESTORE;
    sqlite3_bind_int64(st, 1, (int64_t)n + 1);
    int rc = sqlite3_step(st);
    if (rc != SQLITE_ROW) {
        dl_status bad =
            rc == SQLITE_DONE ? dl_fail(err, DL_ESTORE, s->path, DL_NO_OFFSET, "page %u is missing", n + 1) : failed(s, err);
        sqlite3_reset(st);
        return bad;
    }
    size_t len = (size_t)sqlite3_column_bytes(st, 0);
    const void *p = sqlite3_column_blob(st, 0);
    uint8_t *copy = malloc(len ? len : 1);
    if (copy && len) memcpy(copy, p, len);
    sqlite3_reset(st);
    if (!copy) return dl_fail_mem(err, s->path);
    *out = (dl_bytes){ copy, len };
    return DL_OK;
}

dl_status dl_store_snapshot(dl_store *s, uint32_t n, dl_bytes *out, dl_error *err)
{
    sqlite3_stmt *st = ready(s, GET_SNAPSHOT, err);
    if (!st) return DL_ESTORE;
    sqlite3_bind_int64(st, 1, (int64_t)n + 1);
    if (sqlite3_step(st) != SQLITE_ROW) {
        sqlite3_reset(st);
        return DL_ENONE;
    }
    int64_t len = sqlite3_column_int64(st, 0);
    uint8_t *p = len >= 0 && (uint64_t)len <= DL_PAGE_MAX ? malloc((size_t)len + 1) : NULL;
    size_t got = p ? ZSTD_decompress(p, (size_t)len, sqlite3_column_blob(st, 1), (size_t)sqlite3_column_bytes(st, 1)) : 0;
    sqlite3_reset(st);
    if (!p || ZSTD_isError(got) || got != (size_t)len) {
        free(p);
        return dl_fail(err, DL_ESTORE, s->path, DL_NO_OFFSET, "the snapshot of page %u is damaged", n + 1);
    }
    *out = (dl_bytes){ p, got };
    return DL_OK;
}
