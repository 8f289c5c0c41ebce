/* look.c: stories, search and the check of a store. */
#include <stdlib.h>

#include "base/date.h"
#include "base/error.h"
#include "store/handle.h"

static dl_status failed(dl_store *s, dl_error *err) { return dl_sql_fail(s->db, s->path, err); }

/* ---- Stories ---- */

bool dl_store_stories_fresh(dl_store *s)
{
    return dl_sql_number(s->db, "SELECT value FROM setting WHERE name = 'stories_of_pages'", -1) ==
           dl_sql_number(s->db, "SELECT count(*) FROM page", -2);
}

static dl_status put_story(dl_store *s, sqlite3_stmt *story, sqlite3_stmt *member, uint32_t number, const dl_story_row *row,
                           dl_error *err)
{
    char from[11], to[11];
    dl_date_text(from, row->from);
    dl_date_text(to, dl_day_until(row->to));
    sqlite3_reset(story);
    sqlite3_bind_int64(story, 1, number);
    dl_sql_bind_str(story, 2, row->title);
    dl_sql_bind_str(story, 3, dl_str_of(from));
    dl_sql_bind_str(story, 4, dl_str_of(to));
    sqlite3_bind_int64(story, 5, row->n);
    sqlite3_bind_int64(story, 6, row->texts);
    sqlite3_bind_int64(story, 7, row->lines);
    sqlite3_bind_int64(story, 8, row->first_hand);
    if (sqlite3_step(story) != SQLITE_DONE) return failed(s, err);
    for (uint32_t i = 0; i < row->n; i++) {
        sqlite3_reset(member);
        sqlite3_bind_int64(member, 1, (int64_t)row->page[i] + 1);
        sqlite3_bind_int64(member, 2, number);
        if (sqlite3_step(member) != SQLITE_DONE) return failed(s, err);
    }
    return DL_OK;
}

dl_status dl_store_put_stories(dl_store *s, const dl_story_row *row, uint32_t n, dl_error *err)
{
    sqlite3_stmt *story = NULL, *member = NULL;
    dl_status st = dl_store_begin(s, err);
    if (st) return st;
    st = dl_sql_run(s->db, s->path, "DELETE FROM story_page; DELETE FROM story", err);
    if (!st) {
        story = dl_sql_prepare(s->db, s->path, "INSERT INTO story VALUES (?, ?, ?, ?, ?, ?, ?, ?)", err);
        member = dl_sql_prepare(s->db, s->path, "INSERT INTO story_page (page, story) VALUES (?, ?)", err);
        st = story && member ? DL_OK : DL_ESTORE;
    }
    for (uint32_t i = 0; !st && i < n; i++) st = put_story(s, story, member, i + 1, &row[i], err);
    if (!st) st = dl_sql_run(s->db, s->path, "INSERT OR REPLACE INTO setting SELECT 'stories_of_pages', count(*) FROM page", err);
    sqlite3_finalize(story);
    sqlite3_finalize(member);
    if (!st) st = dl_store_commit(s, err);
    if (st) dl_store_rollback(s);
    return st;
}

dl_status dl_store_put_answers(dl_store *s, dl_str jsonl, dl_error *err)
{
    dl_status st = dl_sql_run(s->db, s->path,
                              "CREATE TABLE answer (answer INTEGER PRIMARY KEY, record TEXT NOT NULL, json TEXT NOT NULL)", err);
    if (st) return st;
    sqlite3_stmt *put =
        dl_sql_prepare(s->db, s->path, "INSERT INTO answer (record, json) VALUES (json_extract(?1, '$.record'), ?1)", err);
    dl_str rest = jsonl, line;
    while (put && !st && rest.len && dl_str_next(&rest, '\n', &line)) {
        if (!line.len) continue;
        sqlite3_reset(put);
        dl_sql_bind_str(put, 1, line);
        if (sqlite3_step(put) != SQLITE_DONE) st = failed(s, err);
    }
    sqlite3_finalize(put);
    return put ? st : DL_ESTORE;
}

/* ---- Search ---- */

static const char search_sql[] =
    "SELECT p.id, g.text, highlight(passages, 0, '[', ']'), p.title, p.outlet, p.published, p.page, g.beg, g.\"end\","
    " coalesce((SELECT story FROM story_page s WHERE s.page = p.page), 0), bm25(passages)"
    " FROM passages JOIN passage g ON g.passage = passages.rowid JOIN page p ON p.page = g.page"
    " WHERE passages MATCH ?1 AND (?2 IS NULL OR substr(p.published, 1, 10) >= ?2) AND (?3 IS NULL OR substr(p.published, 1, 10) "
    "<= ?3)"
    " AND (?4 = 0 OR EXISTS (SELECT 1 FROM story_page s WHERE s.page = p.page AND s.story = ?4))"
    " ORDER BY bm25(passages), g.passage LIMIT ?5";

dl_status dl_store_search(dl_store *s, const char *match, const char *since, const char *until, uint32_t story, uint32_t limit,
                          dl_hit_fn *fn, void *ctx, dl_error *err)
{
    sqlite3_stmt *st = dl_sql_prepare(s->db, s->path, search_sql, err);
    if (!st) return DL_ESTORE;
    dl_sql_bind_str(st, 1, dl_str_of(match));
    dl_sql_bind_str(st, 2, dl_str_of(since));
    dl_sql_bind_str(st, 3, dl_str_of(until));
    sqlite3_bind_int64(st, 4, story);
    sqlite3_bind_int64(st, 5, limit);
    int rc;
    bool more = true;
    while (more && (rc = sqlite3_step(st)) == SQLITE_ROW) {
        dl_hit hit = { .id = dl_sql_str(st, 0),
                       .text = dl_sql_str(st, 1),
                       .marked = dl_sql_str(st, 2),
                       .title = dl_sql_str(st, 3),
                       .outlet = dl_sql_str(st, 4) };
        hit.published = dl_sql_str(st, 5);
        hit.page = (uint32_t)(sqlite3_column_int64(st, 6) - 1);
        hit.beg = (uint32_t)sqlite3_column_int64(st, 7);
        hit.end = (uint32_t)sqlite3_column_int64(st, 8);
        hit.story = (uint32_t)sqlite3_column_int64(st, 9);
        hit.rank = -sqlite3_column_double(st, 10);
        more = fn(ctx, &hit);
    }
    dl_status out = !more || rc == SQLITE_DONE ? DL_OK : failed(s, err);
    sqlite3_finalize(st);
    return out;
}

/* ---- The check ---- */

dl_status dl_store_check(dl_store *s, uint32_t *out_bad, dl_error *err)
{
    uint32_t n = dl_store_count(s), bad = 0;
    sqlite3_stmt *st = dl_sql_prepare(s->db, s->path, "PRAGMA quick_check(1)", err);
    if (!st) return DL_ESTORE;
    bool whole = sqlite3_step(st) == SQLITE_ROW && dl_str_eq(dl_sql_str(st, 0), DL_STR("ok"));
    dl_status out =
        whole ? DL_OK : dl_fail(err, DL_ESTORE, s->path, DL_NO_OFFSET, "SQLite finds it damaged: %s", sqlite3_errmsg(s->db));
    sqlite3_finalize(st);
    for (uint32_t i = 0; !out && i < n; i++) {
        dl_bytes block;
        dl_doc d;
        dl_error one;
        dl_status page = dl_store_get(s, i, &block, &one);
        if (!page) {
            page = dl_doc_open(&d, block.p, block.len, &one);
            free(block.p);
        }
        if (page && !bad++) dl_fail(err, DL_ESTORE, s->path, one.offset, "page %u: %s", i + 1, one.message);
    }
    if (!out) *out_bad = bad;
    return out;
}
