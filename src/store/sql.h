/* sql.h: the few SQLite calls that the store is made of, with errors in the project's words. */
#ifndef DL_STORE_SQL_H
#define DL_STORE_SQL_H

#include <sqlite3.h>

#include "base/str.h"

/* DL_ESTORE with what happened and what to do about it. */
dl_status dl_sql_fail(sqlite3 *db, const char *path, dl_error *err);
DL_MUST_USE dl_status dl_sql_run(sqlite3 *db, const char *path, const char *sql, dl_error *err);
/* NULL on failure. */
sqlite3_stmt *dl_sql_prepare(sqlite3 *db, const char *path, const char *sql, dl_error *err);
void dl_sql_bind_str(sqlite3_stmt *st, int at, dl_str s); /* empty: NULL */
dl_str dl_sql_str(sqlite3_stmt *st, int column);
/* One number; `otherwise` where there is no row. */
int64_t dl_sql_number(sqlite3 *db, const char *sql, int64_t otherwise);

#endif
