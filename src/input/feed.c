/* feed.c: XML feeds by expat, read element by element. */
#include "input/feed.h"

#include <expat.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "input/decode.h"

#define NAMES_MAX 500u /* bytes of authors of one entry, above which no more are put             */

typedef struct reader {
    dl_feed *out;
    dl_arena *a;
    XML_Parser xml;
    const dl_offsets *map; /* from what the parser reads to the feed as it was read                */
    dl_buf text;           /* of the field in hand                                                     */
    unsigned depth;        /* open elements                                                            */
    unsigned item;         /* depth of the open entry, 0: none                                         */
    unsigned field;        /* depth of the field in hand, 0: none                                      */
    bool markup, full, published, lost;
    dl_entry now;
} reader;

/* Names of other vocabularies ("media:title") are not ours. */
static dl_str local_name(const char *name)
{
    const dl_str s = { name, strlen(name) };
    const size_t colon = dl_str_find(s, DL_STR(":"), 0);
    if (colon == SIZE_MAX) return s;
    const bool known =
        dl_str_starts(s, DL_STR("content:")) || dl_str_starts(s, DL_STR("dc:")) || dl_str_starts(s, DL_STR("atom:"));
    return known ? dl_str_cut(s, colon + 1, s.len) : DL_STR("");
}

/* "xhtml:p" inside a body is a p. */
static const char *bare_name(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

static const char *attribute(const char **v, const char *name)
{
    for (; *v; v += 2)
        if (!strcmp(v[0], name)) return v[1];
    return NULL;
}

static void escape(dl_buf *b, dl_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] == '<')
            dl_buf_puts(b, "&lt;");
        else if (s.p[i] == '&')
            dl_buf_puts(b, "&amp;");
        else
            dl_buf_putc(b, s.p[i]);
    }
}

static void open_item(reader *r)
{
    r->item = r->depth;
    r->full = r->published = false;
    const XML_Index at = XML_GetCurrentByteIndex(r->xml);
    r->now =
        (dl_entry){ .date = DL_NEVER, .at = at < 0 || at > UINT32_MAX ? DL_NO_OFFSET : dl_offsets_from(r->map, (uint32_t)at) };
}

static void link_of(reader *r, const char **attributes)
{
    const char *href = attribute(attributes, "href"), *rel = attribute(attributes, "rel");
    if (href && (!rel || !strcmp(rel, "alternate"))) r->now.link = dl_arena_str(r->a, dl_str_of(href));
}

static void XMLCALL begin(void *ctx, const char *name, const char **attributes)
{
    reader *r = ctx;
    const dl_str n = local_name(name);
    r->depth++;
    if (r->depth > DL_DEPTH_MAX) {
        r->lost = true;
        XML_StopParser(r->xml, XML_FALSE);
        return;
    }
    if (!r->item) {
        if (dl_str_eq(n, DL_STR("item")) || dl_str_eq(n, DL_STR("entry"))) open_item(r);
        return;
    }
    if (r->field) { /* markup inside: Atom's xhtml */
        r->markup = true;
        dl_buf_fmt(&r->text, "<%s>", bare_name(name));
        return;
    }
    if (r->depth != r->item + 1) return; /* inside an element of another vocabulary */
    if (dl_str_eq(n, DL_STR("link"))) link_of(r, attributes);
    r->field = n.len ? r->depth : 0;
    r->markup = false;
    dl_buf_reset(&r->text);
}

static void set(dl_str *field, reader *r, dl_str value)
{
    if (!field->len && value.len) *field = dl_arena_str(r->a, value);
}

static void dated(reader *r, dl_str value, bool published)
{
    int64_t at;
    bool timed;
    if ((r->now.date != DL_NEVER && (r->published || !published)) || !dl_feed_date(value, &at, &timed)) return;
    r->now.date = at;
    r->now.timed = timed;
    r->published = published;
}

/* The whole article counts more than a summary. */
static void body(reader *r, dl_str value, bool full)
{
    if (!value.len || (r->now.body.len && (r->full || !full))) return;
    r->now.body = dl_arena_str(r->a, value);
    r->full = full;
}

/* RSS names people and sources in plain text, Atom puts an element around the name. */
static dl_str name_in(dl_str s, const char *open, const char *close)
{
    const size_t beg = dl_str_find(s, dl_str_of(open), 0), end = dl_str_find(s, dl_str_of(close), 0), n = strlen(open);
    if (beg != SIZE_MAX && end != SIZE_MAX && beg + n <= end) return dl_str_trim(dl_str_cut(s, beg + n, end));
    return dl_str_find(s, DL_STR("<"), 0) == SIZE_MAX ? s : (dl_str){ NULL, 0 };
}

/* One more author: "Ann Lee", "ann@e.example (Ann Lee)"; an address alone is no name. */
static void author(reader *r, dl_str value)
{
    value = name_in(value, "<name>", "</name>");
    const size_t open = dl_str_find(value, DL_STR("("), 0), close = dl_str_find(value, DL_STR(")"), 0);
    if (dl_str_find(value, DL_STR("@"), 0) != SIZE_MAX)
        value = open < close && close != SIZE_MAX ? dl_str_trim(dl_str_cut(value, open + 1, close)) : (dl_str){ NULL, 0 };
    r->now.author = dl_feed_join(r->a, r->now.author, value);
}

static void take_field(reader *r, dl_str n)
{
    const dl_str value = dl_str_trim(dl_buf_str(&r->text));
    if (dl_str_eq(n, DL_STR("source")))
        set(&r->now.source, r, name_in(value, "<title>", "</title>"));
    else if (dl_str_eq(n, DL_STR("creator")) || dl_str_eq(n, DL_STR("author")))
        author(r, value);
    else if (dl_str_eq(n, DL_STR("title")))
        set(&r->now.title, r, value);
    else if (dl_str_eq(n, DL_STR("link")))
        set(&r->now.link, r, value);
    else if (dl_str_eq(n, DL_STR("encoded")) || dl_str_eq(n, DL_STR("content")))
        body(r, value, true);
    else if (dl_str_eq(n, DL_STR("description")) || dl_str_eq(n, DL_STR("summary")))
        body(r, value, false);
    else if (dl_str_eq(n, DL_STR("pubDate")) || dl_str_eq(n, DL_STR("published")))
        dated(r, value, true);
    else if (dl_str_eq(n, DL_STR("date")) || dl_str_eq(n, DL_STR("updated")))
        dated(r, value, false);
    else if (dl_str_eq(n, DL_STR("guid")) || dl_str_eq(n, DL_STR("id")))
        set(&r->now.id, r, value);
}

static void close_item(reader *r)
{
    r->item = r->field = 0;
    if (!r->now.link.len && dl_str_web(r->now.id)) r->now.link = r->now.id;
    if (!r->now.body.len) return; /* a headline with a link is no page */
    if (DL_ROOM(r->a, r->out->entry, r->out->n, r->out->cap)) r->out->entry[r->out->n++] = r->now;
}

static void XMLCALL end(void *ctx, const char *name)
{
    reader *r = ctx;
    if (r->field && r->depth > r->field)
        dl_buf_fmt(&r->text, "</%s>", bare_name(name));
    else if (r->field && r->depth == r->field) {
        take_field(r, local_name(name));
        r->field = 0;
    }
    if (r->item && r->depth == r->item) close_item(r);
    r->depth--;
}

static void XMLCALL text(void *ctx, const char *s, int len)
{
    reader *r = ctx;
    if (!r->field || len <= 0) return;
    if (r->markup)
        escape(&r->text, (dl_str){ s, (size_t)len });
    else
        dl_buf_add(&r->text, (dl_str){ s, (size_t)len });
}

/* "&nbsp;" and its kin are not defined in XML but are used: left for the HTML parser. */
static void XMLCALL skipped(void *ctx, const char *name, int is_parameter)
{
    reader *r = ctx;
    if (r->field && !is_parameter) dl_buf_fmt(&r->text, "&%s;", name);
}

dl_status dl_feed_read(dl_feed *out, dl_str bytes, dl_arena *a, const char *where, dl_error *err)
{
    dl_raw utf8 = { 0 };
    *out = (dl_feed){ 0 };
    dl_status st = dl_decode(&utf8, bytes, (dl_str){ NULL, 0 }, true, a, where, err);
    if (st == DL_ENOMEM) return st;
    if (st) {
        out->st = dl_fail(&out->why, st, where, DL_NO_OFFSET, "limit: a feed of %zu bytes", bytes.len);
        return DL_OK;
    }
    reader r = { .out = out, .a = a, .xml = XML_ParserCreate("UTF-8"), .map = &utf8.offsets };
    if (!r.xml) return dl_fail_mem(err, where);
    dl_buf_init(&r.text, DL_PAGE_MAX);
    XML_SetUserData(r.xml, &r);
    XML_SetElementHandler(r.xml, begin, end);
    XML_SetCharacterDataHandler(r.xml, text);
    XML_SetSkippedEntityHandler(r.xml, skipped);
    XML_UseForeignDTD(r.xml, XML_TRUE);
    enum XML_Status ok = XML_STATUS_OK;
    const size_t step = (size_t)1 << 24;
    for (size_t at = 0; ok == XML_STATUS_OK && !r.lost; at += step) {
        const size_t n = utf8.bytes.len - at < step ? utf8.bytes.len - at : step;
        ok = XML_Parse(r.xml, utf8.bytes.p + at, (int)n, at + n == utf8.bytes.len);
        if (at + n == utf8.bytes.len) break;
    }
    if (ok != XML_STATUS_OK) {
        const uint32_t made = (uint32_t)XML_GetCurrentByteIndex(r.xml);
        const char *why = r.lost ? "limit: elements nested too deep" : XML_ErrorString(XML_GetErrorCode(r.xml));
        out->st =
            dl_fail(&out->why, r.lost ? DL_ELIMIT : DL_EINPUT, where, dl_offsets_from(&utf8.offsets, made), "feed: %s", why);
    }
    XML_ParserFree(r.xml);
    dl_buf_free(&r.text);
    return dl_arena_failed(a) ? dl_fail_mem(err, where) : DL_OK;
}

dl_str dl_feed_join(dl_arena *a, dl_str names, dl_str name)
{
    if (!name.len || names.len > NAMES_MAX || dl_str_find(names, name, 0) != SIZE_MAX) return names;
    if (!names.len) return dl_arena_str(a, name);
    char *p = dl_arena_raw(a, names.len + name.len + 2, 1);
    if (!p) return names;
    (void)dl_str_copy(dl_str_copy(dl_str_copy(p, names), DL_STR(", ")), name);
    return (dl_str){ p, names.len + name.len + 2 };
}

static bool has_tags(dl_str s)
{
    for (size_t at = 0; (at = dl_str_find(s, DL_STR("<"), at)) != SIZE_MAX; at++)
        if (at + 1 < s.len && (dl_is_alpha((unsigned char)s.p[at + 1]) || s.p[at + 1] == '/' || s.p[at + 1] == '!')) return true;
    return dl_str_find(s, DL_STR("&"), 0) != SIZE_MAX;
}

dl_status dl_feed_page(dl_raw *out, const dl_entry *e, dl_arena *a, const char *where, dl_error *err)
{
    *out = (dl_raw){ .fetched = DL_NEVER, .given = e->date, .given_time = e->date != DL_NEVER && e->timed, .feed = true };
    out->kind = has_tags(e->body) ? DL_RAW_HTML : DL_RAW_TEXT;
    out->id = dl_arena_str(a, e->id);
    out->url = dl_arena_str(a, e->link);
    out->title = dl_arena_str(a, e->title);
    out->feed_source = dl_arena_str(a, e->source);
    out->author = dl_arena_str(a, e->author);
    out->at = e->at;
    out->bytes = dl_utf8_clean(a, dl_arena_str(a, e->body));
    out->encoding = DL_STR("utf-8");
    out->raw_len = e->body.len;
    out->raw_hash = dl_hash_str(e->body);
    return dl_arena_failed(a) ? dl_fail_mem(err, where) : DL_OK;
}
