/* sniff.c: kinds of input by their first bytes. */
#include "input/sniff.h"

#include "base/error.h"
#include "input/decode.h"
#include "input/labels.h"
#include "input/mhtml.h"
#include "input/warc.h"

#define HEAD ((size_t)4096) /* bytes that are looked at                                           */

static dl_str without_mark(dl_str s)
{
    if (dl_str_starts(s, DL_STR("\xef\xbb\xbf"))) s = dl_str_cut(s, 3, s.len);
    size_t i = 0;
    while (i < s.len && dl_is_space((unsigned char)s.p[i])) i++;
    return dl_str_cut(s, i, s.len);
}

/* Magic numbers of what is often among scraped pages, and bytes that no text has. */
static bool binary(dl_str s)
{
    static const struct {
        const char *p;
        size_t n;
    } magic[] = { { "\x89PNG", 4 },
                  { "\xff\xd8\xff", 3 },
                  { "GIF8", 4 },
                  { "%PDF-", 5 },
                  { "PK\x03\x04", 4 },
                  { "bplist00", 8 },
                  { "\x7f"
                    "ELF",
                    4 },
                  { "RIFF", 4 },
                  { "SQLite format 3", 15 },
                  { "OggS", 4 },
                  { "\x1a\x45\xdf\xa3", 4 } };
    for (size_t i = 0; i < DL_COUNT(magic); i++)
        if (s.len >= magic[i].n && !memcmp(s.p, magic[i].p, magic[i].n)) return true;
    if (s.len > 2 && (dl_str_starts(s, DL_STR("\xff\xfe")) || dl_str_starts(s, DL_STR("\xfe\xff")))) return false;
    size_t odd = 0, nul = 0, n = s.len < HEAD ? s.len : HEAD;
    for (size_t i = 0; i < n; i++) {
        const unsigned char c = (unsigned char)s.p[i];
        nul += !c;
        odd += c && c < 0x20 && !dl_is_space(c) && c != 0x1b;
    }
    return odd * 20 > n || (odd > 8 && nul > 8);
}

/* Why bytes that are no text are not read: archives of pages are named, and what to do instead. */
static const char *what_binary(dl_str s)
{
    if (dl_str_starts(s, DL_STR("bplist00")))
        return "a web archive of Safari (.webarchive) is not read: save the page's source instead";
    if (dl_str_starts(s, DL_STR("PK\x03\x04"))) return "a ZIP archive is not read: unpack it (a WACZ holds WARC files)";
    if (dl_str_starts(s, DL_STR("%PDF-"))) return "a PDF is not read";
    return "neither HTML nor text";
}

static bool json_start(dl_str s)
{
    if (!s.len || s.p[0] != '{') return false;
    const dl_str in = without_mark(dl_str_cut(s, 1, s.len));
    return in.len && (in.p[0] == '"' || in.p[0] == '}');
}

/* Why text that is a container of another kind is not read; NULL: it is none. */
static const char *what_container(dl_str s)
{
    if (dl_str_starts(s, DL_STR("filedesc://"))) return "an ARC file is not read: make a WARC file of it";
    s = without_mark(s);
    if (!s.len || s.p[0] != '[' || !json_start(without_mark(dl_str_cut(s, 1, s.len)))) return NULL;
    return "a JSON array is not read: give one object a line (jq -c '.[]')";
}

static bool looks_html(dl_str s)
{
    static const char *const words[] = { "<!doctype", "<html",  "<head",   "<body", "<div",
                                         "<meta",     "<title", "<script", "<p>",   "<article" };
    const dl_str head = dl_str_cut(s, 0, s.len < HEAD / 2 ? s.len : HEAD / 2);
    for (size_t i = 0; i < DL_COUNT(words); i++)
        if (dl_str_find_nocase(head, dl_str_of(words[i]), 0) != SIZE_MAX) return true;
    return false;
}

/* The name of the first element behind declarations and comments. */
static dl_str root_of(dl_str s)
{
    for (unsigned k = 0; k < 16 && s.len && s.p[0] == '<'; k++) {
        const bool note = dl_str_starts(s, DL_STR("<!--"));
        if (s.len < 2 || (s.p[1] != '?' && s.p[1] != '!')) {
            size_t e = 1;
            while (e < s.len && !dl_is_space((unsigned char)s.p[e]) && s.p[e] != '>' && s.p[e] != '/') e++;
            return dl_str_cut(s, 1, e);
        }
        const size_t end = dl_str_find(s, note ? DL_STR("-->") : DL_STR(">"), 0);
        if (end == SIZE_MAX) break;
        s = without_mark(dl_str_cut(s, end + (note ? 3 : 1), s.len));
    }
    return (dl_str){ NULL, 0 };
}

static bool feed_root(dl_str s)
{
    const dl_str r = root_of(s);
    return dl_str_eq(r, DL_STR("rss")) || dl_str_eq(r, DL_STR("feed")) || dl_str_eq(r, DL_STR("rdf:RDF")) ||
           dl_str_eq(r, DL_STR("atom:feed"));
}

dl_sniffed dl_sniff(dl_str head)
{
    if (head.len > HEAD) head.len = HEAD;
    const dl_str s = without_mark(head);
    if (dl_warc_starts(s)) return DL_SNIFF_WARC;
    if (json_start(s)) return dl_str_find(s, DL_STR("jsonfeed.org/version"), 0) != SIZE_MAX ? DL_SNIFF_JSON_FEED : DL_SNIFF_JSONL;
    if (feed_root(s)) return DL_SNIFF_FEED;
    if (dl_mhtml_starts(s)) return DL_SNIFF_MHTML;
    return binary(head) ? DL_SNIFF_BINARY : DL_SNIFF_PAGE;
}

dl_typed dl_sniff_typed(dl_str type)
{
    static const struct {
        const char *start;
        dl_typed is;
    } types[] = { { "text/html", DL_TYPED_PAGE },
                  { "application/xhtml", DL_TYPED_PAGE },
                  { "text/plain", DL_TYPED_PAGE },
                  { "application/octet-stream", DL_TYPED_OPEN },
                  { "binary/octet-stream", DL_TYPED_OPEN },
                  { "unknown", DL_TYPED_OPEN },
                  { "application/rss", DL_TYPED_FEED },
                  { "application/atom", DL_TYPED_FEED },
                  { "application/rdf", DL_TYPED_FEED },
                  { "application/xml", DL_TYPED_FEED },
                  { "text/xml", DL_TYPED_FEED },
                  { "text/rss", DL_TYPED_FEED },
                  { "application/feed", DL_TYPED_FEED },
                  { "application/json", DL_TYPED_FEED } };
    type = dl_str_trim(type);
    if (!type.len) return DL_TYPED_OPEN;
    for (size_t i = 0; i < DL_COUNT(types); i++)
        if (dl_str_starts_nocase(type, dl_str_of(types[i].start))) return types[i].is;
    return DL_TYPED_NOT;
}

bool dl_sniff_binary(dl_str bytes) { return binary(bytes); }

dl_status dl_sniff_page(dl_raw *out, dl_str bytes, dl_arena *a, const char *where, uint64_t offset, dl_error *err)
{
    const bool plain = dl_str_starts_nocase(out->content_type, DL_STR("text/plain"));
    const bool typed = dl_str_starts_nocase(out->content_type, DL_STR("text/html")) ||
                       dl_str_starts_nocase(out->content_type, DL_STR("application/xhtml"));
    const dl_charset *said = dl_charset_of(dl_decode_charset(out->content_type));
    const bool utf16 = said && dl_str_starts(dl_str_of(said->name), DL_STR("utf-16"));
    if (!utf16 && binary(bytes)) return dl_fail(err, DL_EINPUT, where, offset, "%s", what_binary(bytes));
    const char *container = offset ? NULL : what_container(bytes);
    if (container) return dl_fail(err, DL_EINPUT, where, offset, "%s", container);
    const bool html = typed || (!plain && looks_html(bytes));
    const dl_status st = dl_decode(out, bytes, out->content_type, html, a, where, err);
    if (st) return st;
    if (out->offsets.n) out->original = dl_arena_str(a, bytes); /* what offsets back mean bytes of */
    /* UTF-16 shows its tags only now. */
    out->kind = html || (!plain && looks_html(out->bytes)) ? DL_RAW_HTML : DL_RAW_TEXT;
    return DL_OK;
}
