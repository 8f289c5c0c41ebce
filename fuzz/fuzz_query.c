/* fuzz_query.c: whatever is typed gives an expression that FTS5 takes, or an error that names a byte of it. */
#include <sqlite3.h>
#include <stdlib.h>

#include "search/query.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_expression(const char *match)
{
    sqlite3 *db;
    sqlite3_stmt *st;
    if (sqlite3_open(":memory:", &db) != SQLITE_OK) abort();
    if (sqlite3_exec(db, "CREATE VIRTUAL TABLE t USING fts5 (x)", NULL, NULL, NULL) != SQLITE_OK) abort();
    if (sqlite3_prepare_v2(db, "SELECT * FROM t WHERE t MATCH ?", -1, &st, NULL) != SQLITE_OK) abort();
    sqlite3_bind_text(st, 1, match, -1, SQLITE_STATIC);
    int rc = sqlite3_step(st);
    if (rc != SQLITE_DONE && rc != SQLITE_ROW) abort();
    sqlite3_finalize(st);
    sqlite3_close(db);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dl_buf out;
    dl_error err;
    dl_buf_init(&out, 1 << 24);
    dl_status st = dl_query_read(&out, (dl_str){ (const char *)data, size }, &err);
    if (!st) try_expression(out.p);
    if (st == DL_EUSAGE && err.offset > size) abort();
    dl_buf_free(&out);
    return 0;
}
