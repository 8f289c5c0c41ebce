/* sql.c: SQLite calls. */
#include "store/sql.h"

#include "base/error.h"

dl_status dl_sql_fail(sqlite3 *db, const char *path, dl_error *err)
{
    int code = db ? sqlite3_errcode(db) : SQLITE_NOMEM;
    const char *advice = "";
    switch (code & 0xFF) {
    case SQLITE_NOMEM: return dl_fail_mem(err, path);
    case SQLITE_BUSY:
    case SQLITE_LOCKED: advice = "; another program is writing to it, try again when it is done"; break;
    case SQLITE_FULL: advice = "; make room on the disk and run the same command again, nothing is lost"; break;
    case SQLITE_READONLY: advice = "; it cannot be written here"; break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: advice = "; it is no store, or it is damaged: see `dateline doctor`"; break;
    case SQLITE_CANTOPEN: advice = "; the folder must exist and be readable"; break;
    default: break;
    }
    return dl_fail(err, DL_ESTORE, path, DL_NO_OFFSET, "%s%s", db ? sqlite3_errmsg(db) : "no memory", advice);
}

dl_status dl_sql_run(sqlite3 *db, const char *path, const char *sql, dl_error *err)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK ? DL_OK : dl_sql_fail(db, path, err);
}

sqlite3_stmt *dl_sql_prepare(sqlite3 *db, const char *path, const char *sql, dl_error *err)
{
    sqlite3_stmt *st = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK) (void)dl_sql_fail(db, path, err);
    return st;
}

void dl_sql_bind_str(sqlite3_stmt *st, int at, dl_str s)
{
    if (s.len)
        sqlite3_bind_text64(st, at, s.p, s.len, SQLITE_STATIC, SQLITE_UTF8);
    else
        sqlite3_bind_null(st, at);
}

dl_str dl_sql_str(sqlite3_stmt *st, int column)
{
    const void *p = sqlite3_column_text(st, column);
    return (dl_str){ p, p ? (size_t)sqlite3_column_bytes(st, column) : 0 };
}

int64_t dl_sql_number(sqlite3 *db, const char *sql, int64_t otherwise)
{
    sqlite3_stmt *st = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW)
        otherwise = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    return otherwise;
}
