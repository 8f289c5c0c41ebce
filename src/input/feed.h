/* feed.h: RSS 2.0 and 1.0, Atom and JSON Feed: each entry that has content is a page. */
#ifndef DL_INPUT_FEED_H
#define DL_INPUT_FEED_H

#include "input/raw.h"

typedef struct dl_entry {
    dl_str id, title, link, body, source;
    dl_str author; /* names, joined by ", "                                                      */
    uint64_t at;   /* byte of the feed where it begins; DL_NO_OFFSET: not known                  */
    int64_t date;  /* seconds UTC, or DL_NEVER                                                    */
    bool timed;
} dl_entry;

typedef struct dl_feed {
    dl_entry *entry; /* [n]                                                                      */
    size_t n, cap;
    dl_status st; /* not DL_OK: the file broke behind the last entry                             */
    dl_error why;
} dl_feed;

/* Reads a whole feed; strings lie in `a`. What stands before a fault is given, with the fault in
 * out->st. Fails DL_ENOMEM only. */
DL_MUST_USE dl_status dl_feed_read(dl_feed *out, dl_str bytes, dl_arena *a, const char *where, dl_error *err);
DL_MUST_USE dl_status dl_feed_read_json(dl_feed *out, dl_str bytes, dl_arena *a, const char *where, dl_error *err);
/* An entry as a page; strings are copied into `a`. Fails DL_ENOMEM. */
DL_MUST_USE dl_status dl_feed_page(dl_raw *out, const dl_entry *e, dl_arena *a, const char *where, dl_error *err);

/* One name more behind those joined by ", "; one that is there already is not put twice. */
dl_str dl_feed_join(dl_arena *a, dl_str names, dl_str name);

/* "Wed, 22 Feb 2023 11:53:00 GMT" (RFC 5322, with the old zones), or an RFC 3339 instant. */
bool dl_feed_date(dl_str s, int64_t *seconds, bool *timed);

#endif
