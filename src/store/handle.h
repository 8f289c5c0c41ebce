/* handle.h: what is behind a dl_store, for the files of this room. */
#ifndef DL_STORE_HANDLE_H
#define DL_STORE_HANDLE_H

#include "store/sql.h"
#include "store/store.h"

typedef enum dl_store_statement {
    KNOWS,
    PUT_PAGE,
    PUT_SNAPSHOT,
    PUT_PASSAGE,
    PUT_INDEX,
    PUT_AUTHOR,
    PUT_CREDIT,
    GET,
    GET_SNAPSHOT,
    DL_STORE_STATEMENTS
} dl_store_statement;

struct dl_store {
    sqlite3 *db;
    char *path;
    sqlite3_stmt *st[DL_STORE_STATEMENTS]; /* made at first use */
};

#endif
