/* schema.sql.h: the tables of a store, version 1. */
#ifndef DL_STORE_SCHEMA_SQL_H
#define DL_STORE_SCHEMA_SQL_H

static const char *const schema[] = {
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID",
    "CREATE TABLE page (page INTEGER PRIMARY KEY, known_by INTEGER NOT NULL UNIQUE, id TEXT NOT NULL, url TEXT, title TEXT, "
    "outlet TEXT, agency TEXT,"
    " published TEXT, published_basis TEXT NOT NULL, language TEXT, verdict TEXT NOT NULL, words INTEGER NOT NULL, bytes INTEGER "
    "NOT NULL, document BLOB NOT NULL)",
    "CREATE INDEX page_by_id ON page (id)",
    "CREATE INDEX page_by_day ON page (published)",
    "CREATE TABLE snapshot (page INTEGER PRIMARY KEY REFERENCES page (page), bytes INTEGER NOT NULL, zstd BLOB NOT NULL)",
    "CREATE TABLE passage (passage INTEGER PRIMARY KEY, page INTEGER NOT NULL REFERENCES page (page), kind TEXT NOT NULL, beg "
    "INTEGER NOT NULL,"
    " \"end\" INTEGER NOT NULL, text TEXT NOT NULL)",
    "CREATE INDEX passage_by_page ON passage (page)",
    "CREATE VIRTUAL TABLE passages USING fts5 (text, content='passage', content_rowid='passage', tokenize=\"unicode61 "
    "remove_diacritics 2\")",
    "CREATE TABLE author (page INTEGER NOT NULL REFERENCES page (page), name TEXT NOT NULL)",
    "CREATE INDEX author_by_page ON author (page)",
    "CREATE TABLE credit (page INTEGER NOT NULL REFERENCES page (page), kind TEXT NOT NULL, name TEXT NOT NULL)",
    "CREATE INDEX credit_by_page ON credit (page)",
    "CREATE TABLE story (story INTEGER PRIMARY KEY, title TEXT, \"from\" TEXT, \"to\" TEXT, pages INTEGER NOT NULL, texts "
    "INTEGER NOT NULL,"
    " lines INTEGER NOT NULL, first_hand INTEGER NOT NULL)",
    "CREATE TABLE story_page (page INTEGER PRIMARY KEY REFERENCES page (page), story INTEGER NOT NULL REFERENCES story (story))",
    "CREATE VIEW page_view AS SELECT page, id, title, outlet, agency, published, published_basis, language, verdict, words,"
    " (SELECT story FROM story_page s WHERE s.page = page.page) AS story, (SELECT group_concat(name, '; ') FROM author a WHERE "
    "a.page = page.page) AS authors"
    " FROM page",
    "CREATE VIEW story_view AS SELECT s.story, s.title, s.\"from\", s.\"to\", s.pages, s.texts, s.lines, s.first_hand FROM story "
    "s ORDER BY s.lines DESC, s.pages DESC",
};

#endif
