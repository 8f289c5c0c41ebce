/* ruling.c: what a person decided on how pages count. */
#include "base/error.h"
#include "store/handle.h"

static const char table[] =
    "CREATE TABLE IF NOT EXISTS ruling (ruling INTEGER PRIMARY KEY, page INTEGER NOT NULL REFERENCES page (page),"
    " copy_of INTEGER REFERENCES page (page), who TEXT NOT NULL, made TEXT NOT NULL, note TEXT,"
    " undone_by TEXT, undone TEXT, kind INTEGER NOT NULL DEFAULT 0)";

static dl_status failed(dl_store *s, dl_error *err) { return dl_sql_fail(s->db, s->path, err); }

static bool has_table(dl_store *s)
{
    return dl_sql_number(s->db, "SELECT count(*) FROM sqlite_master WHERE name = 'ruling'", 0) > 0;
}

/* Stores of an earlier version know of one kind alone. */
static bool has_kind(dl_store *s)
{
    return dl_sql_number(s->db, "SELECT count(*) FROM pragma_table_info('ruling') WHERE name = 'kind'", 0) > 0;
}

static dl_status make_table(dl_store *s, dl_error *err)
{
    dl_status st = dl_sql_run(s->db, s->path, table, err);
    if (!st && !has_kind(s))
        st = dl_sql_run(s->db, s->path, "ALTER TABLE ruling ADD COLUMN kind INTEGER NOT NULL DEFAULT 0", err);
    return st;
}

dl_status dl_store_find(uint32_t *out, dl_store *s, dl_str id, dl_error *err)
{
    sqlite3_stmt *st = dl_sql_prepare(
        s->db, s->path, "SELECT page, id = ?1 FROM page WHERE instr(id, ?1) > 0 ORDER BY id = ?1 DESC, page LIMIT 2", err);
    if (!st) return DL_ESTORE;
    dl_sql_bind_str(st, 1, id);
    int64_t page[2] = { 0 };
    bool exact = false;
    int n = 0, rc = SQLITE_DONE;
    while (n < 2 && (rc = sqlite3_step(st)) == SQLITE_ROW) {
        page[n] = sqlite3_column_int64(st, 0);
        exact |= !n && sqlite3_column_int(st, 1);
        n++;
    }
    dl_status status = rc == SQLITE_ROW || rc == SQLITE_DONE ? DL_OK : failed(s, err);
    sqlite3_finalize(st);
    if (status) return status;
    if (!n || (n > 1 && !exact))
        return dl_fail(err, DL_ENONE, s->path, DL_NO_OFFSET,
                       n ? "%.*s: several pages have such an id" : "%.*s: no page has such an id",
                       (int)(id.len < 100 ? id.len : 100), id.p ? id.p : "");
    *out = (uint32_t)(page[0] - 1);
    return DL_OK;
}

/* Runs a prepared statement and has the stories counted anew. */
static dl_status change(dl_store *s, sqlite3_stmt *st, dl_error *err)
{
    dl_status out = st && sqlite3_step(st) == SQLITE_DONE ? DL_OK : failed(s, err);
    bool any = sqlite3_changes(s->db) > 0;
    sqlite3_finalize(st);
    if (!out && !any) out = dl_fail(err, DL_ENONE, s->path, DL_NO_OFFSET, "nothing was decided on that page");
    if (!out) out = dl_sql_run(s->db, s->path, "DELETE FROM setting WHERE name = 'stories_of_pages'", err);
    if (!out) out = dl_store_commit(s, err);
    if (out) dl_store_rollback(s);
    return out;
}

dl_status dl_store_rule(dl_store *s, const dl_ruling *r, dl_error *err)
{
    dl_status status = dl_store_begin(s, err);
    if (status) return status;
    status = make_table(s, err);
    sqlite3_stmt *st =
        status ? NULL
               : dl_sql_prepare(s->db, s->path,
                                "INSERT INTO ruling (page, copy_of, who, made, note, kind) VALUES (?, ?, ?, ?, ?, ?)", err);
    if (!st) {
        dl_store_rollback(s);
        return DL_ESTORE;
    }
    sqlite3_bind_int64(st, 1, (int64_t)r->page + 1);
    if (r->of == DL_NONE)
        sqlite3_bind_null(st, 2);
    else
        sqlite3_bind_int64(st, 2, (int64_t)r->of + 1);
    dl_sql_bind_str(st, 3, r->who);
    dl_sql_bind_str(st, 4, r->made);
    dl_sql_bind_str(st, 5, r->note);
    sqlite3_bind_int(st, 6, r->kind);
    return change(s, st, err);
}

dl_status dl_store_unrule(dl_store *s, uint32_t page, dl_str who, dl_str when, dl_error *err)
{
    if (!has_table(s)) return dl_fail(err, DL_ENONE, s->path, DL_NO_OFFSET, "nothing was decided on that page");
    dl_status status = dl_store_begin(s, err);
    if (status) return status;
    sqlite3_stmt *st = dl_sql_prepare(s->db, s->path,
                                      "UPDATE ruling SET undone_by = ?2, undone = ?3 WHERE ruling ="
                                      " (SELECT max(ruling) FROM ruling WHERE page = ?1 AND undone IS NULL)",
                                      err);
    if (!st) {
        dl_store_rollback(s);
        return DL_ESTORE;
    }
    sqlite3_bind_int64(st, 1, (int64_t)page + 1);
    dl_sql_bind_str(st, 2, who);
    dl_sql_bind_str(st, 3, when);
    return change(s, st, err);
}

static dl_str kept(dl_arena *a, sqlite3_stmt *st, int column)
{
    dl_str s = dl_sql_str(st, column);
    return s.len ? dl_arena_str(a, s) : (dl_str){ 0 };
}

dl_status dl_store_rulings(dl_ruling **out, uint32_t *n, dl_store *s, dl_arena *a, dl_error *err)
{
    dl_ruling *v = NULL;
    size_t count = 0, cap = 0;
    *out = NULL;
    *n = 0;
    if (!has_table(s)) return DL_OK;
    static const char *const ask[] = {
        "SELECT ruling, page, copy_of, who, made, note, undone_by, undone, 0 FROM ruling ORDER BY ruling",
        "SELECT ruling, page, copy_of, who, made, note, undone_by, undone, kind FROM ruling ORDER BY ruling",
    };
    sqlite3_stmt *st = dl_sql_prepare(s->db, s->path, ask[has_kind(s)], err);
    if (!st) return DL_ESTORE;
    uint32_t pages = dl_store_count(s);
    int rc;
    bool room = true;
    while (room && (rc = sqlite3_step(st)) == SQLITE_ROW) {
        int64_t page = sqlite3_column_int64(st, 1) - 1, of = sqlite3_column_int64(st, 2) - 1;
        const int kind = sqlite3_column_int(st, 8);
        if (page < 0 || page >= pages || of >= pages || kind < 0 || kind >= DL_RULING_KINDS || (kind && of < 0)) continue;
        room = DL_ROOM(a, v, count, cap);
        if (!room) break;
        v[count] = (dl_ruling){ .number = (uint32_t)sqlite3_column_int64(st, 0),
                                .page = (uint32_t)page,
                                .of = of < 0 ? DL_NONE : (uint32_t)of,
                                .kind = (uint8_t)kind };
        v[count].who = kept(a, st, 3);
        v[count].made = kept(a, st, 4);
        v[count].note = kept(a, st, 5);
        v[count].undone_by = kept(a, st, 6);
        v[count].undone = kept(a, st, 7);
        count++;
    }
    dl_status status = !room || dl_arena_failed(a) ? dl_fail_mem(err, s->path) : rc == SQLITE_DONE ? DL_OK : failed(s, err);
    sqlite3_finalize(st);
    *out = v;
    *n = (uint32_t)count;
    return status;
}
